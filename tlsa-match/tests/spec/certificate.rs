//! Certificates, keys and requests.

use crate::{CERTIFICATES, LEAF, LEAF_KEY, OpenSsl, rdata};
use testkit::tlsa::Build;
use tlsa_match::{Certificate, MatchingType, PublicKey, Record, Request, Selector, Usage};

#[test]
fn the_key_is_what_openssl_extracts() {
    for (name, der, key) in CERTIFICATES {
        let certificate = Certificate::parse(der).unwrap();
        assert_eq!(certificate.public_key().as_bytes(), key, "{name}");
        assert_eq!(certificate.as_bytes(), der, "{name}");
        assert_eq!(PublicKey::parse(key), Ok(certificate.public_key()), "{name}");
    }
}

#[test]
fn a_certificate_of_version_1_has_no_version_field() {
    let der = include_bytes!("../data/root-rsa-v1.der");
    // The serial number comes at once: the TBS certificate begins at 4.
    assert_eq!((der[4], der[8]), (0x30, 0x02));
    assert!(Certificate::parse(der).is_ok());
    for version in
        [vec![], vec![0xa0, 3, 2, 1, 0], vec![0xa0, 3, 2, 1, 1], vec![0xa0, 4, 2, 2, 0, 2]]
    {
        let der = Build { version, ..Build::new(1, &[2; 4]) }.encode();
        assert!(Certificate::parse(&der).is_ok());
    }
}

#[test]
fn what_follows_the_key_may_be_there_in_its_order() {
    let (issuer, subject, extensions) = ([0x81, 1, 0], [0x82, 1, 0], [0xa3, 2, 0x30, 0]);
    for (tail, is_allowed) in [
        (vec![], true),
        ([&issuer[..], &subject, &extensions].concat(), true),
        (issuer.to_vec(), true),
        (extensions.to_vec(), true),
        ([&subject[..], &extensions].concat(), true),
        ([&subject[..], &issuer].concat(), false),
        ([&extensions[..], &extensions].concat(), false),
        (vec![0x30, 0], false),
        (vec![5, 0], false),
    ] {
        let der = Build { tail: tail.clone(), ..Build::new(1, &[2; 4]) }.encode();
        assert_eq!(Certificate::parse(&der).is_ok(), is_allowed, "{tail:02x?}");
    }
}

#[test]
fn keys_of_all_lengths_are_found() {
    // Around each form of length.
    for len in [0, 1, 110, 120, 127, 128, 129, 240, 255, 256, 257, 65_500, 65_536, 70_000] {
        let build = Build::new(1, &vec![7; len]);
        let der = build.encode();
        assert_eq!(Certificate::parse(&der).unwrap().public_key().as_bytes(), build.key, "{len}");
    }
}

/// Returns where the elements of the one that starts here start.
fn elements(der: &[u8], start: usize) -> Vec<usize> {
    let header = |at: usize| match der[at + 1] {
        0x82 => (at + 4, usize::from(der[at + 2]) << 8 | usize::from(der[at + 3])),
        0x81 => (at + 3, usize::from(der[at + 2])),
        len => (at + 2, usize::from(len)),
    };
    let (mut at, len) = header(start);
    let end = at + len;
    let mut starts = Vec::new();
    while at < end {
        starts.push(at);
        let (contents, len) = header(at);
        at = contents + len;
    }
    starts
}

#[test]
fn every_element_up_to_the_key_has_its_tag() {
    let whole = elements(LEAF, 0);
    let fields = elements(LEAF, whole[0]);
    assert_eq!((whole.len(), fields.len()), (3, 8));
    // All but the extensions, and what the version and the key consist of.
    let tags = [&[0][..], &whole, &fields[..7], &elements(LEAF, fields[0])];
    let tags = [&tags.concat()[..], &elements(LEAF, fields[6])].concat();
    for at in tags {
        for wrong in (0..=u8::MAX).filter(|wrong| *wrong != LEAF[at]) {
            let mut der = LEAF.to_vec();
            der[at] = wrong;
            assert!(Certificate::parse(&der).is_err(), "{wrong:#04x} at {at}");
        }
    }
}

#[test]
fn a_request_has_the_key_of_the_next_certificate() {
    let der = include_bytes!("../data/leaf-p256.csr.der");
    let request = Request::parse(der).unwrap();
    assert_eq!(request.public_key().as_bytes(), LEAF_KEY);
    assert_eq!(request.as_bytes(), der);
    let len = der.len();
    let shown = format!("Request {{ len: {len}, public_key: {:?} }}", request.public_key());
    assert_eq!(format!("{request:?}"), shown);
}

#[test]
fn one_is_not_taken_for_the_other() {
    let request = include_bytes!("../data/leaf-p256.csr.der");
    assert!(Certificate::parse(request).is_err());
    assert!(PublicKey::parse(request).is_err());
    assert!(Request::parse(LEAF).is_err());
    assert!(PublicKey::parse(LEAF).is_err());
    assert!(Certificate::parse(LEAF_KEY).is_err());
    assert!(Request::parse(LEAF_KEY).is_err());
}

#[test]
fn a_private_key_is_no_public_one() {
    // RFC 8410 §10.3, the first of the examples.
    let private = hex_literal::hex!(
        "302e020100300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"
    );
    let error = PublicKey::parse(&private).unwrap_err();
    assert_eq!(error.to_string(), "key algorithm at byte 2: unexpected byte '\\x02'");
}

#[test]
fn a_record_is_made_of_a_certificate_and_of_a_key() {
    for (name, der, key) in CERTIFICATES {
        let certificate = Certificate::parse(der).unwrap();
        for (selector, object) in [(Selector::CERT, der), (Selector::SPKI, key)] {
            for matching_type in [0, 1, 2].map(MatchingType) {
                let data = certificate.association(selector, matching_type, &OpenSsl).unwrap();
                let record = Record {
                    usage: Usage::DANE_EE,
                    selector,
                    matching_type,
                    data: data.as_bytes(),
                };
                let mut out = vec![0; record.encoded_len()];
                record.encode(&mut out).unwrap();
                assert_eq!(out, rdata([3, selector.0, matching_type.0], object), "{name}");
                if selector == Selector::SPKI {
                    let of_key = certificate.public_key().association(matching_type, &OpenSsl);
                    assert_eq!(of_key, Some(data));
                }
            }
        }
        assert_eq!(certificate.association(Selector(2), MatchingType::FULL, &OpenSsl), None);
        assert_eq!(certificate.association(Selector::CERT, MatchingType(3), &OpenSsl), None);
        assert_eq!(certificate.public_key().association(MatchingType(3), &OpenSsl), None);
    }
}

#[test]
fn debug_shows_no_bytes() {
    let certificate = Certificate::parse(LEAF).unwrap();
    let len = LEAF.len();
    assert_eq!(
        format!("{certificate:?}"),
        format!("Certificate {{ len: {len}, public_key: PublicKey {{ len: 91 }} }}")
    );
    let association = certificate.association(Selector::CERT, MatchingType::SHA2_512, &OpenSsl);
    assert_eq!(format!("{:?}", association.unwrap()), "Association { len: 64 }");
}
