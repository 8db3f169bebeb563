//! What holds for all bytes, for all certificates, and for all sets.

use proptest::{collection::vec, prelude::*};
use testkit::{bytes::model, tlsa};
use tlsa_match::{Profile, Record};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..200)) {
        tlsa::check(&data);
        tlsa::check_certificate(&data);
    }

    #[test]
    fn any_text(text in r"[ \t\r\n;()a-fA-F0-9]{0,60}") {
        tlsa::check(text.as_bytes());
    }

    #[test]
    fn any_line(
        text in r#"(_[0-9]{1,6}[.]_(tcp|udp|sctp|Tcp)[.a-z]{0,9}|[ ;("$#]|@|a\\[ 0("])? ?(3600|1h|IN|CLASS1|CH|ANY)? ?(TLSA|SMIMEA|TYPE52|A|TYPE1|ANY|has TLSA record|is an alias for)? ?\(?[0-3] \(?[01] [0-2] [0-9a-f \n)]{0,40}[)]?"#,
    ) {
        tlsa::check(text.as_bytes());
    }

    #[test]
    fn any_lines(text in r#"((a|TLSA|CNAME|TXT|8|;|"|\\|\(|\)|3|1|[0-9]{14}|b[.])[ \n]?){0,14}"#) {
        tlsa::check(text.as_bytes());
    }

    #[test]
    fn any_mnemonics(
        text in r"(\\# ?[0-9]{1,2}|(?i)(dane-ta|dane-ee|pkix-ta|pkix-ee|privcert|3) ?(cert|spki|privsel|1) (full|sha2-256|sha2-512|privmatch|1)) ?[0-9a-f ]{0,30}",
    ) {
        tlsa::check(text.as_bytes());
    }

    #[test]
    fn any_certificate(
        version in prop_oneof![
            Just(vec![]),
            vec(any::<u8>(), 1..6),
            (0_u8..5).prop_map(|version| vec![0xa0, 3, 2, 1, version]),
        ],
        bits in vec(any::<u8>(), 0..300),
        tail in prop_oneof![Just(vec![]), vec(any::<u8>(), 0..8), Just(vec![0x81, 0, 0xa3, 0])],
        change in any::<(prop::sample::Index, u8, bool)>(),
    ) {
        let build = tlsa::Build { version, tail, ..tlsa::Build::new(1, &bits) };
        for mut der in [build.encode(), build.encode_request()] {
            let (at, byte, is_changed) = change;
            if is_changed {
                let at = at.index(der.len().min(40));
                der[at] = byte;
            }
            tlsa::check_certificate(&der);
        }
    }
}

proptest! {
    // Some rules take a few thousand of them to be met.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn any_set(seed in vec(any::<u8>(), 3..27)) {
        tlsa::check_model(&model(&seed));
    }
}

#[test]
fn all_usages_selectors_and_matching_types_are_usable_as_the_registry_says() {
    let key = &include_bytes!("data/leaf-ed25519.spki.der")[..];
    let certificate = &include_bytes!("data/leaf-ed25519.der")[..];
    let check = |[usage, selector, matching_type]: [u8; 3], data| {
        let record = Record {
            usage: usage.into(),
            selector: selector.into(),
            matching_type: matching_type.into(),
            data,
        };
        let is_data = match (matching_type, selector) {
            (0, 0) => data == certificate,
            (0, 1) => data == key,
            (1, _) => data.len() == 32,
            (2, _) => data.len() == 64,
            _ => false,
        };
        let is_known = selector <= 1 && is_data;
        assert_eq!(record.unusable(&Profile::DEFAULT).is_none(), usage <= 3 && is_known);
        let is_dane = usage == 2 || usage == 3;
        assert_eq!(record.unusable(&Profile::SMTP).is_none(), is_dane && is_known);
    };
    for triple in 0..1_u32 << 24 {
        let [_, head @ ..] = triple.to_be_bytes();
        check(head, &[0; 32]);
    }
    for selector in 0..=255 {
        for usage in 0..=255 {
            for matching_type in [0, 1, 2, 3, 255] {
                for data in [key, certificate, &[0; 64][..], &[0; 31], &[0; 33], &[0; 63], &[]] {
                    check([usage, selector, matching_type], data);
                }
            }
        }
    }
}
