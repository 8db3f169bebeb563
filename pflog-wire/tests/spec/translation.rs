//! The addresses of OpenBSD's header, of which packet they are, and what IP it is.

use crate::{FIELDS_28, FIELDS_45, FIELDS_61, OPENBSD, little, old, patched};
use core::net::IpAddr;
use pflog_wire::{ByteOrder, Entry, Family, LinkType, Meaning};

/// OpenBSD's header with these families, IPv6 or IPv4 addresses, and a payload that starts so.
fn translated(af: u8, rewritten: u8, naf: u8, payload: &[u8]) -> Vec<u8> {
    let bytes = patched(&OPENBSD, 1, &[af]);
    let bytes = patched(&bytes, 61, &[rewritten, naf]);
    let bytes = patched(&bytes, 64, &[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
    [&bytes, payload].concat()
}

fn v6() -> Option<IpAddr> {
    Some("2001:db8::9".parse().unwrap())
}

/// The same bytes as an IPv4 address.
fn v4() -> Option<IpAddr> {
    Some([0x20, 1, 0x0d, 0xb8].into())
}

#[test]
fn the_payload_tells_before_from_after_between_families() {
    use Meaning::*;
    let (four, six): (&[u8], &[u8]) = (&[0x45], &[0x60]);
    for (name, (af, rewritten, naf, payload), meaning, saddr) in [
        ("not translated", (2, 0, 2, four), Unchanged, v4()),
        ("IPv6, not translated", (24, 0, 24, six), Unchanged, v6()),
        ("not translated, no payload", (2, 0, 2, &[][..]), Unchanged, v4()),
        ("before naf, not translated", (2, 0, 0, four), Unchanged, v4()),
        ("before naf", (2, 1, 0, four), Original, v4()),
        ("before naf, IPv6", (24, 1, 0, six), Original, v6()),
        ("before naf, no payload", (24, 1, 0, &[]), Original, v6()),
        ("the old era, to IPv6", (2, 1, 24, six), Original, v4()),
        ("the new era, to IPv6", (2, 1, 24, four), Translated, v6()),
        ("the old era, to IPv4", (24, 1, 2, four), Original, v6()),
        ("the new era, to IPv4", (24, 1, 2, six), Translated, v4()),
        ("not said, but to IPv4", (24, 0, 2, four), Original, v6()),
        ("the same family", (2, 1, 2, four), Undecidable, v4()),
        ("the same family, IPv6", (24, 1, 24, six), Undecidable, v6()),
        ("the same family, another payload", (24, 1, 24, four), Undecidable, v6()),
        ("the same version", (24, 1, 30, six), Undecidable, v6()),
        ("another family, no payload", (2, 1, 24, &[]), Undecidable, None),
        ("another family, neither version", (2, 1, 24, &[0x50]), Undecidable, None),
        ("to no family", (2, 1, 99, four), Translated, None),
        ("from no family", (99, 1, 2, four), Original, None),
        ("from and to none", (99, 1, 98, four), Undecidable, None),
        ("any byte but 0 is yes", (2, 255, 24, four), Translated, v6()),
    ] {
        let bytes = translated(af, rewritten, naf, payload);
        let entry = little(&bytes);
        assert_eq!((entry.meaning(), entry.saddr()), (Some(meaning), saddr), "{name}");
        let daddr = saddr.map(|saddr| {
            if saddr.is_ipv4() {
                [198, 51, 100, 7].into()
            } else {
                "c633:6407::".parse::<IpAddr>().unwrap()
            }
        });
        assert_eq!(entry.daddr(), daddr, "{name}");
        assert_eq!(
            (entry.rewritten(), entry.raw_rewritten()),
            (Some(rewritten != 0), Some(rewritten))
        );
        assert_eq!(entry.naf(), Some(Family(naf.into())));
    }
}

#[test]
fn addresses_and_ports_are_there_without_a_translation() {
    let entry = little(&OPENBSD);
    assert_eq!(entry.meaning(), Some(Meaning::Unchanged));
    assert_eq!(entry.saddr(), Some([192, 0, 2, 1].into()));
    assert_eq!((entry.sport(), entry.dport()), (Some(41917), Some(23)));
}

#[test]
fn other_layouts_have_no_addresses() {
    for entry in [little(&FIELDS_45), little(&FIELDS_61), old(&FIELDS_28)] {
        assert_eq!((entry.meaning(), entry.rewritten(), entry.naf()), (None, None, None));
        assert_eq!((entry.saddr(), entry.raw_daddr(), entry.sport()), (None, None, None));
    }
}

#[test]
fn addresses_of_zeros_are_addresses() {
    let bytes = patched(&patched(&OPENBSD, 61, &[1]), 64, &[0; 36]);
    let entry = little(&bytes);
    assert_eq!((entry.rewritten(), entry.saddr()), (Some(true), Some([0, 0, 0, 0].into())));
    assert_eq!((entry.sport(), entry.dport()), (Some(0), Some(0)));
}

#[test]
fn a_family_that_contradicts_the_payload_is_told() {
    for (family, first, found) in [
        (2, 0x45, None),
        (24, 0x60, None),
        (28, 0x6f, None),
        (30, 0x60, None),
        (2, 0x60, Some(6)),
        (24, 0x45, Some(4)),
        (28, 0x45, Some(4)),
        (30, 0x4f, Some(4)),
        (2, 0x00, Some(0)),
        (2, 0xff, Some(15)),
        // Neither says a version.
        (0, 0x45, None),
        (10, 0x60, None),
        (255, 0x00, None),
    ] {
        let expected = found.map(|found| (Family(u32::from(family)), found));
        for header in [&FIELDS_45[..], &FIELDS_61] {
            let bytes = [&patched(header, 1, &[family])[..], &[first]].concat();
            assert_eq!(little(&bytes).version_mismatch(), expected, "{family} {first}");
        }
        let bytes = [&patched(&FIELDS_28, 3, &[family])[..], &[first]].concat();
        assert_eq!(old(&bytes).version_mismatch(), expected);
    }
    assert_eq!(little(&FIELDS_61).version_mismatch(), None);
    // A payload that was translated has the other family.
    assert_eq!(little(&translated(2, 1, 24, &[0x60])).version_mismatch(), None);
    assert_eq!(little(&translated(24, 1, 2, &[0x45])).version_mismatch(), None);
    assert_eq!(little(&translated(2, 1, 2, &[0x60])).version_mismatch(), Some((Family::INET, 6)));
    assert_eq!(little(&translated(2, 1, 0, &[0x60])).version_mismatch(), Some((Family::INET, 6)));
}

#[test]
fn what_is_whole_of_a_cut_translation_is_there() {
    for (len, [rewritten, naf, saddr, daddr, sport, dport]) in [
        (61, [false; 6]),
        (62, [true, false, false, false, false, false]),
        (63, [true, true, false, false, false, false]),
        (79, [true, true, false, false, false, false]),
        (80, [true, true, true, false, false, false]),
        (96, [true, true, true, true, false, false]),
        (97, [true, true, true, true, false, false]),
        (98, [true, true, true, true, true, false]),
        (99, [true, true, true, true, true, false]),
    ] {
        let cut = &OPENBSD[..len];
        let (entry, error) = Entry::parse_lax(cut, LinkType::Pflog, ByteOrder::Little).unwrap();
        assert!(error.is_some());
        let found = [
            entry.rewritten().is_some(),
            entry.naf().is_some(),
            entry.saddr().is_some(),
            entry.daddr().is_some(),
            entry.sport().is_some(),
            entry.dport().is_some(),
        ];
        assert_eq!(found, [rewritten, naf, saddr, daddr, sport, dport], "{len}");
        assert_eq!(entry.meaning().is_some(), naf);
    }
}
