//! The rules on which it depends that nobody is taken for another, each by its number.

use crate::{
    LEAF, LEAF_KEY, OTHER_KEY, OpenSsl, ROOT, ROOT_KEY, parse, rdata, verdict, verdict_by,
};
use testkit::tlsa::Build;
use tlsa_match::{
    Certificate, Debt, Dnssec, ErrorKind, Peer, Profile, PublicKey, RrSet, Standing, Unusable,
    Verdict,
};

#[test]
fn t1_no_usable_record_and_no_match_are_different() {
    assert_eq!(verdict(&[], &[LEAF]), Verdict::NoRecords);
    assert_eq!(verdict(&[vec![3, 1, 9, 0]], &[LEAF]), Verdict::NoneUsable);
    assert_eq!(verdict(&[vec![3, 1]], &[LEAF]), Verdict::NoneUsable);
    assert_eq!(verdict(&[vec![]], &[LEAF]), Verdict::NoneUsable);
    assert_eq!(verdict(&[vec![3, 1], rdata([3, 1, 1], OTHER_KEY)], &[LEAF]), Verdict::NoMatch);
    let pkix = [rdata([1, 1, 1], LEAF_KEY), rdata([0, 1, 0], ROOT_KEY)];
    assert_eq!(verdict_by(&pkix, &[LEAF, ROOT], Profile::SMTP), Verdict::NoneUsable);
}

#[test]
fn t2_a_match_alone_authenticates_dane_ee_only() {
    for usage in 0..=255 {
        for (selector, object) in [(0, LEAF), (1, LEAF_KEY), (0, ROOT), (1, ROOT_KEY)] {
            for matching_type in [0, 1, 2] {
                let records = [rdata([usage, selector, matching_type], object)];
                let is_leaf = object == LEAF || object == LEAF_KEY;
                match verdict(&records, &[LEAF, ROOT]) {
                    Verdict::Authenticated(_) => assert!(usage == 3 && is_leaf),
                    Verdict::Matched(owed) => {
                        assert!(usage < 3 && !owed.debts().is_empty());
                        // A key may be that of an issuer whose certificate is not here.
                        let is_key = owed.debts().contains(&Debt::Signature);
                        assert_eq!(is_leaf, usage == 1 || is_key);
                    }
                    Verdict::NoneUsable => assert!(usage > 3),
                    other => assert_eq!(other, Verdict::NoMatch),
                }
            }
        }
    }
}

#[test]
fn t3_the_state_of_dnssec_is_the_callers_and_bogus_is_not_absent() {
    let chain = [LEAF, ROOT].map(|der| Certificate::parse(der).unwrap());
    let rdatas = [rdata([3, 1, 1], LEAF_KEY), rdata([2, 0, 0], ROOT)];
    let records = parse(&rdatas);
    for (dnssec, with, without) in [
        (Dnssec::Insecure, Verdict::NoneUsable, Verdict::NoRecords),
        (Dnssec::Indeterminate, Verdict::NoneUsable, Verdict::NoRecords),
        (Dnssec::Bogus, Verdict::Bogus, Verdict::Bogus),
    ] {
        let set = RrSet::new(&records, dnssec, Profile::DEFAULT).unwrap();
        assert_eq!(set.verdict(Peer::Chain(&chain), &OpenSsl), Ok(with));
        assert_eq!(set.matches(Peer::Chain(&chain), &OpenSsl).unwrap().next(), None);
        let unusable = Standing::Unusable(Unusable::Dnssec(dnssec));
        assert!(set.standings().all(|standing| standing == unusable));
        let empty = RrSet::new(&[], dnssec, Profile::DEFAULT).unwrap();
        assert_eq!(empty.verdict(Peer::Chain(&chain), &OpenSsl), Ok(without));
    }
    let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
    assert!(matches!(set.verdict(Peer::Chain(&chain), &OpenSsl), Ok(Verdict::Authenticated(_))));
}

#[test]
fn t4_the_key_is_found_by_tags_and_taken_as_it_was_received() {
    // Without the serial number the key would be the sixth element, and something else the fifth.
    let without_serial = Build { serial: vec![], ..Build::new(1, &[7; 4]) };
    assert!(Certificate::parse(&without_serial.encode()).is_err());
    let twice = Build { serial: vec![2, 1, 1, 2, 1, 1], ..Build::new(1, &[7; 4]) };
    assert!(Certificate::parse(&twice.encode()).is_err());
    // A sequence that is no key, where the key should be.
    let no_key = Build { key: vec![0x30, 4, 0x30, 0, 3, 0], ..Build::new(1, &[7; 4]) };
    assert!(Certificate::parse(&no_key.encode()).is_err());

    // RSA-PSS: encoded anew, as GnuTLS does it, this one is another.
    let (der, key) = (
        &include_bytes!("../data/leaf-rsapss.der")[..],
        &include_bytes!("../data/leaf-rsapss.spki.der")[..],
    );
    let certificate = Certificate::parse(der).unwrap();
    let at = der.windows(key.len()).position(|window| window == key).unwrap();
    assert!(core::ptr::eq(certificate.public_key().as_bytes(), &der[at..at + key.len()]));
}

#[test]
fn t5_records_chains_and_certificates_are_limited() {
    let mut profile = Profile::DEFAULT;
    (profile.limits.records, profile.limits.chain) = (2, 1);
    profile.limits.certificate = LEAF.len();
    let limit = |limit, context| Err(ErrorKind::LimitExceeded { limit }.at(context, 0));

    let rdatas = vec![rdata([3, 1, 1], LEAF_KEY); 3];
    let records = parse(&rdatas);
    let error = RrSet::new(&records, Dnssec::Secure, profile).map(drop);
    assert_eq!(error, limit(2, "records of a set"));
    let set = RrSet::new(&records[1..], Dnssec::Secure, profile).unwrap();

    let check = |peer: Peer<'_>, expected: Result<(), _>| {
        assert_eq!(set.verdict(peer, &OpenSsl).map(drop), expected);
        assert_eq!(set.matches(peer, &OpenSsl).map(drop), expected);
        if let Peer::Chain(chain) = peer {
            assert_eq!(set.lint(chain, &OpenSsl).map(drop), expected);
        }
    };
    let [leaf, root] = [LEAF, ROOT].map(|der| Certificate::parse(der).unwrap());
    let rsa = Certificate::parse(include_bytes!("../data/leaf-rsa.der")).unwrap();
    let (one, two, long) = ([leaf], [leaf, root], [rsa]);
    check(Peer::Chain(&one), Ok(()));
    check(Peer::Chain(&two), limit(1, "certificates of a chain"));
    check(Peer::Chain(&long), limit(LEAF.len(), "certificate"));
    check(Peer::RawKey(leaf.public_key()), Ok(()));
    let build = Build::new(1, &vec![7; LEAF.len()]);
    let key = PublicKey::parse(&build.key).unwrap();
    check(Peer::RawKey(key), limit(LEAF.len(), "public key"));

    assert_eq!(
        (Profile::default(), Profile::default().limits),
        (Profile::DEFAULT, Default::default())
    );
    let limits = Profile::SMTP.limits;
    assert_eq!((limits.records, limits.chain, limits.certificate), (100, 16, 65535));
}
