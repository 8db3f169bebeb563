//! What other implementations have got wrong: each test is named after the right answer, and says who
//! gave another one.

use crate::{
    LEAF, LEAF_KEY, OTHER, OTHER_KEY, OpenSsl, ROOT, ROOT_KEY, authenticated_by, parse, rdata,
    verdict, verdict_by,
};
use testkit::tlsa::Build;
use tlsa_match::{
    Certificate, Dnssec, MatchingType, Peer, Profile, Record, RrSet, Standing, Verdict,
};

const CHAIN: [&[u8]; 2] = [LEAF, ROOT];

#[test]
fn sets_of_mixed_usages_are_matched_in_any_order() {
    // CVE-2026-28387: OpenSSL frees twice when PKIX and DANE-TA are mixed.
    for n in 0..4_usize.pow(4) {
        let usages =
            [n % 4, n / 4 % 4, n / 16 % 4, n / 64].map(|usage| u8::try_from(usage).unwrap());
        let records: Vec<Vec<u8>> = usages
            .iter()
            .enumerate()
            .map(|(at, usage)| match (usage, at % 2) {
                (1 | 3, 0) => rdata([*usage, 1, 1], LEAF_KEY),
                (1 | 3, _) => rdata([*usage, 0, 0], LEAF),
                (_, 0) => rdata([*usage, 0, 1], ROOT),
                (_, _) => rdata([*usage, 1, 0], ROOT_KEY),
            })
            .collect();
        let expected = usages.iter().position(|usage| *usage == 3);
        let verdict = verdict(&records, &CHAIN);
        assert_eq!(authenticated_by(verdict), expected, "{usages:?}");
        assert_eq!(matches!(verdict, Verdict::Matched(_)), expected.is_none(), "{usages:?}");
    }
}

#[test]
fn one_match_is_enough() {
    // Stalwart once required DANE-EE and DANE-TA to match both (stalwart#2287).
    let records = [rdata([3, 1, 1], LEAF_KEY), rdata([2, 0, 1], OTHER)];
    assert_eq!(authenticated_by(verdict(&records, &CHAIN)), Some(0));
    let records = [rdata([3, 1, 1], OTHER_KEY), rdata([2, 0, 1], ROOT)];
    let Verdict::Matched(owed) = verdict(&records, &CHAIN) else { panic!() };
    assert_eq!(owed.record(), 1);
}

#[test]
fn a_trust_anchor_never_matches_the_end_entity() {
    // MiniDNS#105 and Stalwart did, hns-dane and mox begin at depth 0.
    for usage in [0, 2] {
        assert_eq!(verdict(&[rdata([usage, 1, 1], LEAF_KEY)], &CHAIN), Verdict::NoMatch);
        assert_eq!(verdict(&[rdata([usage, 0, 1], ROOT)], &[ROOT]), Verdict::NoMatch);
    }
}

#[test]
fn a_stale_stronger_digest_fails_the_set_and_the_set_says_why() {
    // openssl#10269: the rule surprises. GnuTLS, mox, Stalwart and MiniDNS do not have it.
    let rdatas = [rdata([3, 0, 1], LEAF), rdata([3, 0, 2], OTHER)];
    assert_eq!(verdict(&rdatas, &CHAIN), Verdict::NoMatch);
    let records = parse(&rdatas);
    let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).unwrap();
    let by = MatchingType::SHA2_512;
    assert_eq!(set.standing(0), Some(Standing::PassedOver { by }));
    assert_eq!(set.standing(1), Some(Standing::Usable));
}

#[test]
fn a_set_of_unusable_records_is_no_valid_one() {
    // Internet.nl#372: ldns falls back to PKIX, and shows it as valid. OpenSSL's `dane_tlsa_add`
    // says it for each record, and never for the set.
    for rdatas in [vec![vec![3, 1, 1]], vec![vec![3, 1, 3, 1], vec![200, 0, 0, 1]]] {
        assert_eq!(verdict(&rdatas, &CHAIN), Verdict::NoneUsable);
    }
}

#[test]
fn an_expired_end_entity_is_authenticated() {
    // shuque/dane#3. From 2026-01-01 on there is no time at which this one is valid.
    let mut der = Build::new(1, &[7; 4]).encode();
    let end = der.windows(13).position(|window| window == b"460101000000Z").unwrap();
    der[end..end + 2].copy_from_slice(b"25");
    let records = [[&[3, 0, 0][..], &der].concat()];
    assert_eq!(authenticated_by(verdict(&records, &[&der])), Some(0));
}

#[test]
fn upper_case_in_a_zone_file_matches() {
    // miekg/dns compares the text of the digest, in lower case, with the text in the zone.
    let text = Record::parse(&rdata([3, 1, 1], LEAF_KEY)).unwrap().to_string().to_uppercase();
    let mut buf = [0; 32];
    let records = [Record::parse_text(text.as_bytes(), &mut buf)];
    let set = RrSet::new(&records, Dnssec::Secure, Profile::SMTP).unwrap();
    let chain = CHAIN.map(|der| Certificate::parse(der).unwrap());
    let verdict = set.verdict(Peer::Chain(&chain), &OpenSsl).unwrap();
    assert_eq!(authenticated_by(verdict), Some(0));
}

#[test]
fn long_data_is_read() {
    // miekg/dns#211: the token of a whole certificate was too long.
    let data = vec![0xab; 65_532];
    let text = format!("3 0 0 {}", "aB".repeat(data.len()));
    let mut buf = vec![0; data.len()];
    assert_eq!(Record::parse_text(text.as_bytes(), &mut buf).unwrap().data, data);
}

#[test]
fn one_bad_record_costs_no_other() {
    // GnuTLS rejects the whole set when a record has three bytes or less, and hns-dane when one is
    // of a usage that it does not know.
    let good = rdata([3, 1, 1], LEAF_KEY);
    for bad in [
        vec![],
        vec![3],
        vec![3, 1],
        vec![3, 1, 1],
        vec![0, 0, 1],
        vec![3, 1, 0],
        vec![255, 255, 255, 0],
    ] {
        assert_eq!(authenticated_by(verdict(&[bad.clone(), good.clone()], &CHAIN)), Some(1));
        assert_eq!(authenticated_by(verdict(&[good.clone(), bad], &CHAIN)), Some(0));
    }
}

#[test]
fn the_hundredth_record_counts_and_the_next_is_an_error() {
    // GnuTLS drops what is behind 100 records in silence.
    let mut rdatas = vec![rdata([3, 1, 1], OTHER_KEY); 99];
    rdatas.push(rdata([3, 1, 1], LEAF_KEY));
    assert_eq!(authenticated_by(verdict(&rdatas, &CHAIN)), Some(99));
    rdatas.push(vec![]);
    let records = parse(&rdatas);
    assert!(RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).is_err());
}

#[test]
fn digests_of_another_length_never_match() {
    // mox, Stalwart and miekg/dns do not look.
    for matching_type in [1, 2] {
        let whole = rdata([3, 1, matching_type], LEAF_KEY);
        for rdata in
            [whole[..whole.len() - 1].to_vec(), [&whole[..], &[0]].concat(), whole[..3].to_vec()]
        {
            assert_eq!(verdict(&[rdata], &CHAIN), Verdict::NoneUsable);
        }
        // Nor the digest of the other kind, nor of the other selector.
        let mut other = whole.clone();
        other[2] = 3 - matching_type;
        assert_eq!(verdict(&[other], &CHAIN), Verdict::NoneUsable);
        let mut other = whole;
        other[1] = 0;
        assert_eq!(verdict(&[other], &CHAIN), Verdict::NoMatch);
    }
}

#[test]
fn whole_data_is_whole() {
    // hns-dane and mox take any bytes.
    let long = [LEAF_KEY, &[0]].concat();
    for (head, data) in [
        ([3, 1, 0], &LEAF_KEY[..90]),
        ([3, 1, 0], &long),
        ([3, 1, 0], LEAF),
        ([3, 1, 0], &[]),
        ([3, 0, 0], LEAF_KEY),
        ([3, 0, 0], &LEAF[..LEAF.len() - 1]),
        ([2, 0, 0], &[]),
    ] {
        let rdata = [&head[..], data].concat();
        assert_eq!(verdict(&[rdata], &CHAIN), Verdict::NoneUsable);
    }
}

#[test]
fn the_bare_key_of_an_anchor_is_looked_for_in_the_chain_first() {
    // Stalwart once verified the anchor's own signature with it, and not that of the one below.
    let Verdict::Matched(owed) = verdict(&[rdata([2, 1, 0], ROOT_KEY)], &CHAIN) else { panic!() };
    assert_eq!(owed.depth(), Some(1));
}

#[test]
fn pkix_usages_do_not_count_for_mail() {
    // RFC 7672 §3.1.3. GnuTLS takes them for DANE-TA and DANE-EE.
    let pkix = [rdata([1, 1, 1], LEAF_KEY), rdata([0, 0, 0], ROOT)];
    assert_eq!(verdict_by(&pkix, &CHAIN, Profile::SMTP), Verdict::NoneUsable);
    let mixed = [rdata([1, 1, 1], LEAF_KEY), rdata([3, 1, 1], OTHER_KEY)];
    assert_eq!(verdict_by(&mixed, &CHAIN, Profile::SMTP), Verdict::NoMatch);
}
