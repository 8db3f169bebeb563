//! What well-formed entries say.
//!
//! The headers of macOS and of OpenBSD 6.8 are those in the tests of gopacket and of scapy, the
//! latter with other addresses; the values beside them are what tshark 4.0.17 shows for the same
//! headers. The others are composed by hand from the tables of the format.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod build;
mod code;
mod owners;
mod peers;
#[cfg(feature = "serde")]
mod serde;
mod systems;
mod translation;

use hex_literal::hex;
use pflog_wire::{
    Action, ByteOrder, Direction, Entry, Error, Family, Layout, LinkType, Name, Names, Reason,
    Systems,
};

/// macOS: passed out on en0, by rule 0 of the ruleset "logging" at rule 174.
const MACOS: [u8; 64] = hex!(
    "3d 02 00 00 656e3000000000000000000000000000 6c6f6767696e67000000000000000000"
    "00000000 000000ae ffffff7f a0860100 00000000 c0b80000 02 000000"
);

/// OpenBSD 6.8: blocked in on vio0, by rule 5.
const OPENBSD: [u8; 100] = hex!(
    "64 02 01 00 76696f30000000000000000000000000 00000000000000000000000000000000"
    "00000005 ffffffff ffffffff a0860100 00000000 84530100 01 00 02 00"
    "c0000201000000000000000000000000 c6336407000000000000000000000000 a3bd 0017"
);

/// Every field differs from the others, and reads differently backwards; names without a NUL.
const FIELDS_28: [u8; 28] = hex!("00000018 6162636465666768696a6b6c6d6e6f70 1234 0007 0102 0203");
const FIELDS_45: [u8; 48] = hex!(
    "2d 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 02 a1a2a3"
);
const FIELDS_49: [u8; 52] = hex!(
    "31 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 28292a2b 02 a1a2a3"
);
const FIELDS_61: [u8; 64] = hex!(
    "3d 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627 02 a1a2a3"
);
const FIELDS_68: [u8; 68] = hex!(
    "44 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627 02 a1a2a3 28292a2b"
);
const FIELDS_69: [u8; 72] = hex!(
    "45 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627 02 a1a2a3 28292a2b a4a5a6a7"
);
const FIELDS_100: [u8; 100] = hex!(
    "64 02 01 07 6162636465666768696a6b6c6d6e6f70 7172737475767778797a303132333435"
    "10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627 02 01 18 a1"
    "30313233343536373839 3a3b3c3d3e3f 40414243444546474849 4a4b4c4d4e4f 5051 5253"
);

/// The headers with all fields and link type 117.
const FIELDS: [&[u8]; 6] =
    [&FIELDS_45, &FIELDS_49, &FIELDS_61, &FIELDS_68, &FIELDS_69, &FIELDS_100];

fn little(bytes: &[u8]) -> Entry<'_> {
    Entry::parse(bytes, LinkType::Pflog, ByteOrder::Little).unwrap()
}

fn big(bytes: &[u8]) -> Entry<'_> {
    Entry::parse(bytes, LinkType::Pflog, ByteOrder::Big).unwrap()
}

fn old(bytes: &[u8]) -> Entry<'_> {
    Entry::parse(bytes, LinkType::OldPflog, ByteOrder::Little).unwrap()
}

/// The same bytes, but for those at a place.
fn patched(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

fn all(names: Names) -> Vec<&'static str> {
    names.collect()
}

#[test]
fn a_header_from_macos_says_what_happened() {
    let entry = little(&MACOS);
    assert_eq!((entry.layout(), entry.family()), (Layout::OPENBSD_4_1, Family::INET));
    assert_eq!((entry.action(), entry.reason()), (Action::PASS, Reason::MATCH));
    assert_eq!((entry.interface().0, entry.ruleset()), (&b"en0"[..], Some("logging".into())));
    assert_eq!((entry.rule(), entry.subrule()), (Some(0), Some(174)));
    assert_eq!((entry.raw_uid(), entry.raw_pid()), (Some(2_147_483_647), Some(100_000)));
    assert_eq!((entry.uid(), entry.pid()), (None, None));
    assert_eq!((entry.rule_uid(), entry.rule_pid()), (Some(0), Some(47296)));
    assert_eq!(entry.direction(), Some(Direction::OUT));
    assert_eq!(entry.systems(), Systems::DARWIN);
    assert_eq!((entry.ridentifier(), entry.rewritten()), (None, None));
}

#[test]
fn a_header_from_openbsd_says_what_happened() {
    let entry = little(&OPENBSD);
    assert_eq!((entry.layout(), entry.family()), (Layout::OPENBSD_4_9, Family::INET));
    assert_eq!((entry.action(), entry.reason()), (Action::BLOCK, Reason::MATCH));
    assert_eq!((entry.interface().0, entry.ruleset()), (&b"vio0"[..], None));
    assert_eq!((entry.rule(), entry.subrule()), (Some(5), None));
    assert_eq!((entry.uid(), entry.pid()), (None, None));
    assert_eq!((entry.rule_uid(), entry.rule_pid()), (Some(0), Some(86916)));
    assert_eq!(entry.direction(), Some(Direction::IN));
    assert_eq!((entry.rewritten(), entry.naf()), (Some(false), Some(Family::INET)));
    let addresses = [entry.saddr(), entry.daddr()].map(|address| address.unwrap().to_string());
    assert_eq!(addresses, ["192.0.2.1", "198.51.100.7"]);
    assert_eq!((entry.sport(), entry.dport()), (Some(41917), Some(23)));
    assert_eq!(entry.systems(), Systems::OPENBSD);
}

#[test]
fn every_layout_has_its_fields_at_their_places() {
    for (bytes, length, has_owners, has_ridentifier, has_translation) in [
        (&FIELDS_45[..], 45, false, false, false),
        (&FIELDS_49, 49, false, true, false),
        (&FIELDS_61, 61, true, false, false),
        (&FIELDS_68, 68, true, true, false),
        (&FIELDS_69, 69, true, true, false),
        (&FIELDS_100, 100, true, false, true),
    ] {
        let with_payload = [bytes, b"payload"].concat();
        let entry = big(&with_payload);
        assert_eq!((entry.link_type(), entry.layout()), (LinkType::Pflog, Layout(length)));
        assert_eq!((entry.family(), entry.action()), (Family::INET, Action::BLOCK));
        assert_eq!(entry.reason(), Reason::CONGESTION);
        assert_eq!(entry.interface().0, b"abcdefghijklmnop");
        assert_eq!(entry.ruleset(), Some(Name(b"qrstuvwxyz012345")));
        assert_eq!((entry.rule(), entry.subrule()), (Some(0x1011_1213), Some(0x1415_1617)));
        assert_eq!(entry.direction(), Some(Direction::OUT), "{length}");

        assert_eq!(entry.uid(), has_owners.then_some(0x1819_1a1b));
        assert_eq!(entry.pid(), has_owners.then_some(0x1c1d_1e1f));
        assert_eq!(entry.rule_uid(), has_owners.then_some(0x2021_2223));
        assert_eq!(entry.rule_pid(), has_owners.then_some(0x2425_2627));
        assert_eq!(entry.ridentifier(), has_ridentifier.then_some(0x2829_2a2b), "{length}");
        assert_eq!(entry.rewritten(), has_translation.then_some(true));
        assert_eq!(entry.naf(), has_translation.then_some(Family::INET6_OPENBSD));
        let saddr: &[u8; 16] = b"0123456789:;<=>?";
        assert_eq!(entry.raw_saddr(), has_translation.then_some(saddr));
        let daddr: &[u8; 16] = b"@ABCDEFGHIJKLMNO";
        assert_eq!(entry.raw_daddr(), has_translation.then_some(daddr));
        assert_eq!(entry.sport(), has_translation.then_some(0x5051));
        assert_eq!(entry.dport(), has_translation.then_some(0x5253));

        assert_eq!((entry.payload(), entry.header_bytes()), (&b"payload"[..], bytes));
        assert_eq!(entry.as_bytes(), with_payload);
        assert!(little(bytes).payload().is_empty());
    }
}

#[test]
fn the_header_of_link_type_17_has_no_length() {
    let with_payload = [&FIELDS_28[..], b"payload"].concat();
    let entry = old(&with_payload);
    assert_eq!((entry.link_type(), entry.layout()), (LinkType::OldPflog, Layout::OPENBSD_3_0));
    assert_eq!((entry.family(), entry.action()), (Family::INET6_OPENBSD, Action(0x0102)));
    assert_eq!((entry.reason(), entry.direction()), (Reason(7), Some(Direction(0x0203))));
    assert_eq!(entry.interface().0, b"abcdefghijklmnop");
    assert_eq!((entry.rule(), entry.raw_rule()), (Some(0x1234), 0x1234));
    assert_eq!((entry.ruleset(), entry.subrule(), entry.raw_subrule()), (None, None, None));
    assert_eq!((entry.uid(), entry.pid(), entry.rule_uid()), (None, None, None));
    assert_eq!((entry.ridentifier(), entry.meaning(), entry.saddr()), (None, None, None));
    assert_eq!((entry.payload(), entry.header_bytes()), (&b"payload"[..], &FIELDS_28[..]));
    assert_eq!(entry.systems(), Systems::OPENBSD);

    // The default rule: -1 in 16 bits.
    let bytes = patched(&FIELDS_28, 20, &[0xff, 0xff]);
    assert_eq!((old(&bytes).rule(), old(&bytes).raw_rule()), (None, u32::MAX));
    let bytes = patched(&FIELDS_28, 20, &[0x80, 0x00]);
    assert_eq!(old(&bytes).rule(), Some(0xffff_8000));
}

#[test]
fn a_rule_without_a_number_is_the_default_rule() {
    for bytes in FIELDS {
        let default = patched(bytes, 36, &[0xff; 4]);
        assert_eq!((big(&default).rule(), big(&default).raw_rule()), (None, u32::MAX));
        let no_anchor = patched(bytes, 40, &[0xff; 4]);
        assert_eq!(big(&no_anchor).subrule(), None);
        assert_eq!(big(&no_anchor).raw_subrule(), Some(u32::MAX));
        for (number, expected) in [([0xff, 0xff, 0xff, 0xfe], 0xffff_fffe), ([0; 4], 0)] {
            let bytes = patched(&patched(bytes, 36, &number), 40, &number);
            assert_eq!(little(&bytes).rule(), Some(expected));
            assert_eq!(little(&bytes).subrule(), Some(expected));
        }
    }
}

#[test]
fn a_rule_identifier_of_0_is_none() {
    for (bytes, at) in [(&FIELDS_49[..], 44), (&FIELDS_68, 64), (&FIELDS_69, 64)] {
        let bytes = patched(bytes, at, &[0; 4]);
        assert_eq!(
            (little(&bytes).ridentifier(), little(&bytes).raw_ridentifier()),
            (None, Some(0))
        );
        let bytes = patched(&bytes, at + 3, &[1]);
        assert_eq!(little(&bytes).ridentifier(), Some(1));
    }
}

#[test]
fn names_end_at_a_nul_or_at_16_bytes() {
    for (field, name) in [
        (*b"abcdefghijklmnop", &b"abcdefghijklmnop"[..]),
        (*b"abcdefghijklmno\0", b"abcdefghijklmno"),
        (*b"em0\0garbage\0\0\0\0\0", b"em0"),
        (*b"\0em0\0\0\0\0\0\0\0\0\0\0\0\0", b""),
        ([0; 16], b""),
        ([0xff; 16], &[0xff; 16]),
    ] {
        for bytes in FIELDS {
            let bytes = patched(&patched(bytes, 4, &field), 20, &field);
            let entry = little(&bytes);
            assert_eq!(entry.interface(), Name(name));
            assert_eq!(entry.ruleset(), Some(Name(name)).filter(|_| !name.is_empty()));
        }
        assert_eq!(old(&patched(&FIELDS_28, 4, &field)).interface(), Name(name));
    }
}

#[test]
fn names_are_fit_for_a_terminal() {
    let name = Name(b"e\x01m\xff\x1b[2J");
    assert_eq!(name.to_string(), "e\\x01m\\xff\\x1b[2J");
    assert_eq!(format!("{name:?}"), "Name(e\\x01m\\xff\\x1b[2J)");
    assert_eq!((Name::from("em0"), Name::MAX_LEN), (Name::from(&b"em0"[..]), 16));
}

#[test]
fn link_types_have_their_numbers() {
    for number in 0..1000 {
        let expected = match number {
            17 => Some(LinkType::OldPflog),
            117 => Some(LinkType::Pflog),
            _ => None,
        };
        assert_eq!(LinkType::from_number(number), expected);
        assert_eq!(expected.map_or(number, LinkType::number), number);
    }
}

#[test]
fn layouts_are_named_by_who_wrote_them_first() {
    let known = [
        (28, "OpenBSD 3.0", 28),
        (45, "OpenBSD 3.4", 48),
        (49, "pfSense", 52),
        (61, "OpenBSD 4.1", 64),
        (68, "FreeBSD 13.1 draft", 68),
        (69, "FreeBSD 13.1", 72),
        (100, "OpenBSD 4.9", 100),
    ];
    for length in 0..=u8::MAX {
        let layout = Layout::from(length);
        let row = known.iter().find(|(known, _, _)| *known == length);
        assert_eq!((layout.name(), layout.is_known()), (row.map(|row| row.1), row.is_some()));
        assert_eq!(
            layout.header_len(),
            row.map_or(usize::from(length).div_ceil(4) * 4, |row| row.2)
        );
        let text = row.map_or(length.to_string(), |row| row.1.to_owned());
        assert_eq!(
            (layout.to_string(), format!("{layout:?}")),
            (text.clone(), format!("Layout({text})"))
        );
        assert_eq!(u8::from(layout), length);
    }
}

#[test]
fn debug_shows_fields() {
    let text = format!("{:?}", little(&OPENBSD));
    let expected = "Entry { layout: Layout(OpenBSD 4.9), family: Family(2), action: Action(1), \
        reason: Reason(0), interface: Name(vio0), ruleset: None, rule: Some(5), subrule: None, \
        uid: None, pid: None, rule_uid: Some(0), rule_pid: Some(86916), \
        direction: Some(Direction(1)), ridentifier: None, rewritten: Some(false), \
        naf: Some(Family(2)), saddr: Some(192.0.2.1), daddr: Some(198.51.100.7), \
        sport: Some(41917), dport: Some(23), .. }";
    assert_eq!(text, expected);
}

#[test]
fn views_are_equal_by_their_bytes_and_by_what_they_were_read_by() {
    use core::hash::{BuildHasher, BuildHasherDefault};
    use std::hash::DefaultHasher;
    let hash = |entry: &Entry<'_>| BuildHasherDefault::<DefaultHasher>::default().hash_one(entry);
    let (one, other) = (MACOS, MACOS);
    assert_eq!((little(&one), hash(&little(&one))), (little(&other), hash(&little(&other))));
    assert_ne!((little(&one), hash(&little(&one))), (big(&one), hash(&big(&one))));
    assert_ne!(little(&one), big(&one));
    assert_ne!(little(&one), old(&one));
    assert_ne!(hash(&little(&one)), hash(&old(&one)));
    let longer = [&MACOS[..], &[0]].concat();
    assert_ne!(little(&one), little(&longer));
    assert_ne!(hash(&little(&one)), hash(&little(&longer)));
    let changed = patched(&MACOS, 63, &[1]);
    assert_ne!(little(&one), little(&changed));
}

#[test]
fn views_can_be_sent_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Entry<'_>>();
    check::<Names>();
    check::<Systems>();
    check::<Error>();
}
