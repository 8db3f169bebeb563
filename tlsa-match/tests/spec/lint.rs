//! What a publisher should mend (RFC 7671 §8).

use crate::{LEAF, LEAF_KEY, OTHER, OTHER_KEY, OpenSsl, ROOT, ROOT_KEY, parse, rdata};
use tlsa_match::{Certificate, Dnssec, Finding, Profile, RrSet, Unusable};

fn lint(rdatas: &[Vec<u8>], ders: &[&[u8]]) -> Vec<Finding> {
    let records = parse(rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::SMTP).unwrap();
    let chain: Vec<_> = ders.iter().map(|der| Certificate::parse(der).unwrap()).collect();
    set.lint(&chain, &OpenSsl).unwrap().collect()
}

#[test]
fn every_combination_has_to_match() {
    let records = [
        rdata([3, 1, 1], LEAF_KEY),
        rdata([3, 1, 2], OTHER_KEY),
        rdata([2, 0, 1], ROOT),
        rdata([2, 1, 1], OTHER_KEY),
        rdata([2, 1, 1], LEAF_KEY),
    ];
    // Each once, and a stronger digest hides nothing.
    let findings = [Finding::Unmatched { record: 1 }, Finding::Unmatched { record: 3 }];
    assert_eq!(lint(&records, &[LEAF, ROOT]), findings);
}

#[test]
fn a_record_for_the_next_certificate_is_no_finding() {
    let records = [rdata([3, 1, 1], OTHER_KEY), rdata([3, 1, 1], LEAF_KEY)];
    assert_eq!(lint(&records, &[LEAF, ROOT]), []);
    assert_eq!(lint(&records, &[OTHER, ROOT]), []);
    assert_eq!(lint(&records, &[ROOT]), [Finding::Unmatched { record: 0 }]);
}

#[test]
fn an_anchor_that_is_not_sent_is_one() {
    // RFC 7671 §5.2.3: `2 1 0` without the anchor in the chain, as seen in the field.
    let records = [rdata([2, 1, 0], ROOT_KEY), rdata([2, 0, 0], ROOT)];
    let findings = [Finding::NotSent { record: 0 }, Finding::NotSent { record: 1 }];
    assert_eq!(lint(&records, &[LEAF]), findings);
    assert_eq!(lint(&records, &[LEAF, ROOT]), []);
}

#[test]
fn every_unusable_record_is_one() {
    let records =
        [vec![3, 1, 1, 0], rdata([3, 1, 1], LEAF_KEY), vec![3, 1, 9], rdata([1, 1, 1], LEAF_KEY)];
    let unusable = |record, reason| Finding::Unusable { record, reason };
    assert_eq!(
        lint(&records, &[LEAF, ROOT]),
        [
            unusable(0, Unusable::Length { expected: 32, found: 1 }),
            unusable(2, Unusable::MatchingType),
            unusable(3, Unusable::Pkix),
        ]
    );
}
