//! Which record matches what, and what is owed.

use crate::{
    LEAF, LEAF_KEY, OTHER, OTHER_KEY, OpenSsl, ROOT, ROOT_KEY, authenticated_by, parse, rdata,
    verdict, verdict_by,
};
use tlsa_match::{
    Certificate, Debt, Dnssec, Match, MatchingType, Peer, Place, Profile, PublicKey, RrSet,
    Standing, Unusable, Usage, Verdict,
};

const CHAIN: [&[u8]; 2] = [LEAF, ROOT];

#[test]
fn dane_ee_authenticates_at_depth_0_only() {
    for matching_type in [0, 1, 2] {
        for (selector, leaf, root) in [(0, LEAF, ROOT), (1, LEAF_KEY, ROOT_KEY)] {
            let record = |object| vec![rdata([3, selector, matching_type], object)];
            assert_eq!(authenticated_by(verdict(&record(leaf), &CHAIN)), Some(0));
            assert_eq!(verdict(&record(root), &CHAIN), Verdict::NoMatch);
        }
    }
}

#[test]
fn trust_anchors_match_from_depth_1_on_and_owe_a_path_and_names() {
    for matching_type in [0, 1, 2] {
        for (selector, leaf, root) in [(0, LEAF, ROOT), (1, LEAF_KEY, ROOT_KEY)] {
            for (usage, debt) in [(Usage::PKIX_TA, Debt::Pkix), (Usage::DANE_TA, Debt::Path)] {
                let record = |object| vec![rdata([usage.0, selector, matching_type], object)];
                let Verdict::Matched(owed) = verdict(&record(root), &CHAIN) else { panic!() };
                assert_eq!((owed.record(), owed.usage(), owed.depth()), (0, usage, Some(1)));
                assert_eq!(owed.debts(), [debt, Debt::Names]);
                match verdict(&record(leaf), &CHAIN) {
                    // It may be that of an issuer too.
                    Verdict::Matched(owed) => {
                        assert_eq!((usage.0, selector, matching_type), (2, 1, 0));
                        assert_eq!(owed.place(), Place::RecordKey);
                    }
                    other => assert_eq!(other, Verdict::NoMatch),
                }
            }
        }
    }
}

#[test]
fn pkix_ee_owes_a_path_to_a_trusted_root() {
    let Verdict::Matched(owed) = verdict(&[rdata([1, 1, 1], LEAF_KEY)], &CHAIN) else { panic!() };
    assert_eq!((owed.usage(), owed.place()), (Usage::PKIX_EE, Place::Chain { depth: 0 }));
    assert_eq!(owed.debts(), [Debt::Pkix, Debt::Names]);
}

#[test]
fn an_anchor_that_was_not_sent_owes_the_signature_too() {
    for (head, object, place) in
        [([2, 0, 0], ROOT, Place::RecordCertificate), ([2, 1, 0], ROOT_KEY, Place::RecordKey)]
    {
        let Verdict::Matched(owed) = verdict(&[rdata(head, object)], &[LEAF]) else { panic!() };
        assert_eq!((owed.place(), owed.depth()), (place, None));
        assert_eq!(owed.debts(), [Debt::Signature, Debt::Path, Debt::Names]);
        // Where it is sent it has its depth, and the signature is a part of the path.
        let Verdict::Matched(owed) = verdict(&[rdata(head, object)], &CHAIN) else { panic!() };
        assert_eq!((owed.depth(), owed.debts()), (Some(1), &[Debt::Path, Debt::Names][..]));
        // Nothing was sent that it could have issued.
        assert_eq!(verdict(&[rdata(head, object)], &[]), Verdict::NoMatch);
    }
    // A digest does not have the certificate. PKIX has its own anchors.
    for head in [[2, 0, 1], [2, 0, 2], [2, 1, 1], [2, 1, 2], [0, 0, 0], [0, 1, 0], [3, 0, 0]] {
        let object = if head[1] == 0 { ROOT } else { ROOT_KEY };
        assert_eq!(verdict(&[rdata(head, object)], &[LEAF]), Verdict::NoMatch);
    }
}

#[test]
fn debts_have_names() {
    let debts = [Debt::Signature, Debt::Path, Debt::Pkix, Debt::Names];
    assert_eq!(debts.map(|debt| debt.to_string()), ["signature", "path", "pkix", "names"]);
}

#[test]
fn no_end_entity_is_its_own_anchor() {
    let heads = [[2, 0, 0], [2, 0, 1], [2, 0, 2], [2, 1, 1], [2, 1, 2], [0, 0, 1], [0, 1, 1]];
    for head in heads {
        let object = if head[1] == 0 { ROOT } else { ROOT_KEY };
        // Sent twice it has not issued itself either.
        for chain in [&[ROOT][..], &[ROOT, ROOT], &[ROOT, LEAF, ROOT]] {
            assert_eq!(verdict(&[rdata(head, object)], chain), Verdict::NoMatch, "{head:?}");
        }
    }
}

#[test]
fn an_end_entity_may_be_signed_with_its_own_key() {
    for chain in [&[ROOT][..], &[ROOT, ROOT]] {
        let Verdict::Matched(owed) = verdict(&[rdata([2, 1, 0], ROOT_KEY)], chain) else {
            panic!()
        };
        assert_eq!((owed.place(), owed.depth()), (Place::RecordKey, None));
        assert_eq!(owed.debts(), [Debt::Signature, Debt::Path, Debt::Names]);
    }
}

#[test]
fn names_are_owed_for_dane_ee_if_the_profile_asks_for_them() {
    let mut profile = Profile::DEFAULT;
    profile.end_entity_names = true;
    let records = [rdata([3, 1, 1], LEAF_KEY)];
    let Verdict::Matched(owed) = verdict_by(&records, &CHAIN, profile) else { panic!() };
    assert_eq!((owed.usage(), owed.debts()), (Usage::DANE_EE, &[Debt::Names][..]));
}

/// As where it is read from a configuration.
#[test]
fn the_order_of_digests_may_be_made_at_run_time() {
    let digests = vec![MatchingType::SHA2_256, MatchingType::SHA2_512];
    let mut profile = Profile::DEFAULT;
    profile.digests = &digests;
    let records = [rdata([3, 1, 1], LEAF_KEY), rdata([3, 1, 2], OTHER_KEY)];
    assert_eq!(authenticated_by(verdict_by(&records, &CHAIN, profile)), Some(0));
    assert_eq!(verdict(&records, &CHAIN), Verdict::NoMatch);
}

#[test]
fn a_raw_key_is_matched_by_3_1_x_only() {
    let key = PublicKey::parse(LEAF_KEY).unwrap();
    for usage in [0, 1, 2, 3] {
        for matching_type in [0, 1, 2] {
            for (selector, object) in [(0, LEAF), (1, LEAF_KEY)] {
                let rdatas = [rdata([usage, selector, matching_type], object)];
                let records = parse(&rdatas);
                let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
                let verdict = set.verdict(Peer::RawKey(key), &OpenSsl).unwrap();
                let expected = (usage == 3 && selector == 1).then_some(0);
                assert_eq!(authenticated_by(verdict), expected);
                assert_eq!(verdict == Verdict::NoMatch, expected.is_none());
            }
        }
    }
    // Nor is it taken for a certificate.
    let rdatas = [rdata([3, 0, 1], LEAF_KEY), rdata([3, 0, 2], LEAF_KEY)];
    for rdatas in [&rdatas[..1], &rdatas[1..]] {
        let records = parse(rdatas);
        let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
        assert_eq!(set.verdict(Peer::RawKey(key), &OpenSsl), Ok(Verdict::NoMatch));
    }
    let other = PublicKey::parse(OTHER_KEY).unwrap();
    let rdatas = [rdata([3, 1, 1], LEAF_KEY), rdata([2, 1, 0], ROOT_KEY)];
    let records = parse(&rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
    assert_eq!(set.verdict(Peer::RawKey(other), &OpenSsl), Ok(Verdict::NoMatch));
}

#[test]
fn agility_is_per_usage_and_selector_and_full_is_outside_of_it() {
    // RFC 7671 §9: of 3 1 1 and 3 1 2 only the latter counts, beside 3 1 0.
    let stale = rdata([3, 1, 2], OTHER_KEY);
    let records = [rdata([3, 1, 1], LEAF_KEY), stale.clone(), rdata([3, 1, 0], OTHER_KEY)];
    assert_eq!(verdict(&records, &CHAIN), Verdict::NoMatch);
    assert_eq!(authenticated_by(verdict(&records, &[OTHER])), Some(1));
    // Of another selector, or of another usage.
    assert_eq!(
        authenticated_by(verdict(&[rdata([3, 0, 1], LEAF), stale.clone()], &CHAIN)),
        Some(0)
    );
    let other_usage = [rdata([2, 1, 1], ROOT_KEY), stale.clone()];
    assert!(matches!(verdict(&other_usage, &CHAIN), Verdict::Matched(_)));
    assert_eq!(authenticated_by(verdict(&[rdata([3, 1, 0], LEAF_KEY), stale], &CHAIN)), Some(0));
}

#[test]
fn an_unusable_record_passes_over_no_other() {
    let mut cut = rdata([3, 1, 2], LEAF_KEY);
    cut.pop();
    let records = [rdata([3, 1, 1], LEAF_KEY), cut];
    assert_eq!(authenticated_by(verdict(&records, &CHAIN)), Some(0));
}

#[test]
fn the_order_of_the_digests_is_the_profiles() {
    let records = [rdata([3, 1, 1], LEAF_KEY), rdata([3, 1, 2], OTHER_KEY)];
    let mut profile = Profile::DEFAULT;
    profile.digests = &[MatchingType::SHA2_256, MatchingType::SHA2_512];
    assert_eq!(authenticated_by(verdict_by(&records, &CHAIN, profile)), Some(0));
    assert_eq!(verdict_by(&records, &[OTHER], profile), Verdict::NoMatch);
    // A digest that is not accepted is unusable, and then it passes over nothing either.
    profile.digests = &[MatchingType::SHA2_256];
    assert_eq!(authenticated_by(verdict_by(&records, &CHAIN, profile)), Some(0));
    profile.digests = &[];
    assert_eq!(verdict_by(&records, &CHAIN, profile), Verdict::NoneUsable);
    // Full is no digest, also where it is named among them.
    profile.digests = &[MatchingType::FULL, MatchingType::SHA2_256];
    let records = [rdata([3, 1, 1], LEAF_KEY), rdata([3, 1, 0], OTHER_KEY)];
    assert_eq!(authenticated_by(verdict_by(&records, &CHAIN, profile)), Some(0));
}

#[test]
fn a_set_explains_how_each_record_stands() {
    let rdatas = [
        rdata([3, 1, 1], LEAF_KEY),
        rdata([3, 1, 2], OTHER_KEY),
        vec![3, 1],
        vec![3, 1, 2, 0xaa],
        vec![9, 1, 1],
        vec![3, 2, 1],
        vec![3, 1, 3],
        vec![3, 0, 0, 0x30],
        rdata([1, 1, 1], LEAF_KEY),
    ];
    let records = parse(&rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::SMTP).unwrap();
    let mut standings = set.standings();
    assert_eq!(standings.len(), 9);
    let passed_over = Standing::PassedOver { by: MatchingType::SHA2_512 };
    assert_eq!((standings.next(), standings.next()), (Some(passed_over), Some(Standing::Usable)));
    let reasons: Vec<String> = standings
        .map(|standing| match standing {
            Standing::Unusable(reason) => reason.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        reasons,
        [
            "TLSA record at byte 0: needed 3 bytes, found 2",
            "the digest is of length 1 and not 64",
            "the usage is unknown",
            "the selector is unknown",
            "the matching type is unknown",
            "certificate at byte 0: needed 2 bytes, found 1",
            "the usage needs trusted roots",
        ]
    );
    assert_eq!(set.standing(9), None);
    let insecure = RrSet::new(&records[..1], Dnssec::Insecure, Profile::SMTP).unwrap();
    let reason = Unusable::Dnssec(Dnssec::Insecure);
    assert_eq!(insecure.standing(0), Some(Standing::Unusable(reason)));
    assert_eq!(reason.to_string(), "DNSSEC: insecure");
    assert_eq!(Unusable::Digest.to_string(), "the digest is not accepted");
}

#[test]
fn all_matches_are_given_the_best_first() {
    let rdatas = [
        rdata([0, 1, 1], ROOT_KEY),
        rdata([2, 0, 0], OTHER),
        rdata([2, 0, 2], ROOT),
        rdata([1, 0, 1], LEAF),
        rdata([3, 1, 1], OTHER_KEY),
        rdata([3, 1, 1], LEAF_KEY),
    ];
    let records = parse(&rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
    let chain = CHAIN.map(|der| Certificate::parse(der).unwrap());
    let matches = set.matches(Peer::Chain(&chain), &OpenSsl).unwrap();
    let matches: Vec<_> = matches
        .map(|found| match found {
            Match::Authenticated(end_entity) => (end_entity.record(), None),
            Match::Owed(owed) => (owed.record(), Some(owed.place())),
        })
        .collect();
    let at = |depth| Some(Place::Chain { depth });
    let in_dns = Some(Place::RecordCertificate);
    assert_eq!(matches, [(5, None), (3, at(0)), (2, at(1)), (0, at(1)), (1, in_dns)]);
}

#[test]
fn debug_shows_what_a_set_is_about() {
    let rdatas = [rdata([3, 1, 1], LEAF_KEY)];
    let records = parse(&rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::SMTP).unwrap();
    assert!(format!("{set:?}").starts_with("RrSet { records: [Ok(Record { usage: Usage(DANE-EE)"));
    assert_eq!(format!("{:?}", set.standings()), "[Usable]");
    let chain = CHAIN.map(|der| Certificate::parse(der).unwrap());
    let matches = set.matches(Peer::Chain(&chain), &OpenSsl).unwrap();
    let text = "Matches { depth: 0, usage: Usage(DANE-EE), record: 0, .. }";
    assert_eq!((format!("{matches:?}"), matches.clone().count()), (text.to_owned(), 1));
    assert_eq!(format!("{:?}", set.lint(&chain, &OpenSsl).unwrap()), "[]");
}
