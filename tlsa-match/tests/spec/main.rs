//! What records, certificates and sets say.
//!
//! The certificates are made by `tests/data/make.sh` with openssl 3.0.19, and so are the digests
//! beside them. The rules are those of RFC 6698, RFC 7671 and RFC 7672; each test names its own.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod certificate;
mod lint;
mod matching;
mod names;
mod peers;
mod security;
mod text;

use hex_literal::hex;
use tlsa_match::{
    Certificate, Dnssec, Error, Hash, Match, MatchingType, Peer, Profile, PublicKey, Record,
    Request, RrSet, Selector, Usage, Verdict,
};

macro_rules! data {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../data/", $name, ".der")),
            include_bytes!(concat!("../data/", $name, ".spki.der")),
        )
    };
}

/// Names, certificates, and the keys that openssl has extracted from them.
const CERTIFICATES: [(&str, &[u8], &[u8]); 7] = [
    data!("leaf-rsa"),
    data!("leaf-rsapss"),
    data!("leaf-p256"),
    data!("leaf-p384"),
    data!("leaf-ed25519"),
    data!("root-p256"),
    data!("root-rsa-v1"),
];

const LEAF: &[u8] = include_bytes!("../data/leaf-p256.der");
const LEAF_KEY: &[u8] = include_bytes!("../data/leaf-p256.spki.der");
const ROOT: &[u8] = include_bytes!("../data/root-p256.der");
const ROOT_KEY: &[u8] = include_bytes!("../data/root-p256.spki.der");
const OTHER: &[u8] = include_bytes!("../data/leaf-ed25519.der");
const OTHER_KEY: &[u8] = include_bytes!("../data/leaf-ed25519.spki.der");

/// The digests that openssl has computed, and no others.
struct OpenSsl;

impl OpenSsl {
    fn digest(name: &str, data: &[u8]) -> Vec<u8> {
        let files = CERTIFICATES.iter().flat_map(|(name, certificate, key)| {
            [(format!("{name}.der"), *certificate), (format!("{name}.spki.der"), *key)]
        });
        let (file, _) = files.into_iter().find(|(_, bytes)| *bytes == data).unwrap();
        let prefix = format!("{file} {name} ");
        let lines = include_str!("../data/digests.txt").lines();
        let digest = lines.filter_map(|line| line.strip_prefix(&prefix)).next().unwrap();
        (0..digest.len() / 2)
            .map(|n| u8::from_str_radix(&digest[2 * n..2 * n + 2], 16).unwrap())
            .collect()
    }
}

impl Hash for OpenSsl {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        Self::digest("sha256", data).try_into().unwrap()
    }

    fn sha512(&self, data: &[u8]) -> [u8; 64] {
        Self::digest("sha512", data).try_into().unwrap()
    }
}

/// RDATA about a certificate or a key, by the numbers.
fn rdata([usage, selector, matching_type]: [u8; 3], object: &[u8]) -> Vec<u8> {
    let data = match matching_type {
        1 => OpenSsl::digest("sha256", object),
        2 => OpenSsl::digest("sha512", object),
        _ => object.to_vec(),
    };
    [&[usage, selector, matching_type][..], &data].concat()
}

fn parse(rdatas: &[Vec<u8>]) -> Vec<Result<Record<'_>, Error>> {
    rdatas.iter().map(|rdata| Record::parse(rdata)).collect()
}

/// The verdict of a secure answer on a chain.
fn verdict(rdatas: &[Vec<u8>], ders: &[&[u8]]) -> Verdict {
    verdict_by(rdatas, ders, Profile::DEFAULT)
}

fn verdict_by(rdatas: &[Vec<u8>], ders: &[&[u8]], profile: Profile<'_>) -> Verdict {
    let records = parse(rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, profile).unwrap();
    let chain: Vec<_> = ders.iter().map(|der| Certificate::parse(der).unwrap()).collect();
    set.verdict(Peer::Chain(&chain), &OpenSsl).unwrap()
}

fn authenticated_by(verdict: Verdict) -> Option<usize> {
    match verdict {
        Verdict::Authenticated(end_entity) => Some(end_entity.record()),
        _ => None,
    }
}

#[test]
fn every_field_is_its_own() {
    let rdata = hex!("02 01 00 30 05");
    let record = Record::parse(&rdata).unwrap();
    assert_eq!((record.usage, record.selector), (Usage::DANE_TA, Selector::SPKI));
    assert_eq!((record.matching_type, record.data), (MatchingType::FULL, &[0x30, 5][..]));
    let mut out = [0; 5];
    assert_eq!((record.encode(&mut out), out), (Ok(5), rdata));
    assert_eq!(
        format!("{record:?}"),
        "Record { usage: Usage(DANE-TA), selector: Selector(SPKI), matching_type: MatchingType(Full), len: 2 }"
    );
}

#[test]
fn unknown_numbers_survive() {
    let rdata = hex!("04 02 03 aa");
    let record = Record::parse(&rdata).unwrap();
    assert_eq!((record.usage.0, record.selector.0, record.matching_type.0), (4, 2, 3));
    assert_eq!(record.to_string(), "4 2 3 aa");
    assert_eq!(record.mnemonics().to_string(), "4 2 3 aa");
    let private = Record { usage: Usage::PRIV_CERT, ..record };
    assert_eq!(private.mnemonics().to_string(), "PrivCert 2 3 aa");
}

#[cfg(feature = "sha2")]
#[test]
fn sha2_computes_what_openssl_does() {
    for (_, certificate, key) in CERTIFICATES {
        for bytes in [certificate, key] {
            assert_eq!(tlsa_match::Sha2.sha256(bytes), OpenSsl.sha256(bytes));
            assert_eq!(tlsa_match::Sha2.sha512(bytes), OpenSsl.sha512(bytes));
        }
    }
}

#[test]
fn views_can_be_sent_and_shared() {
    fn check<T: Send + Sync>() {}
    check::<(Record<'_>, Certificate<'_>, PublicKey<'_>, Request<'_>)>();
    check::<(RrSet<'_>, Peer<'_>, Match, Verdict)>();
}
