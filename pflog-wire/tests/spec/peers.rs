//! The bugs of other decoders, each named after the right answer.

use crate::{
    FIELDS, FIELDS_28, FIELDS_45, FIELDS_49, FIELDS_61, FIELDS_68, FIELDS_69, FIELDS_100, MACOS,
    OPENBSD, all, big, little, old, patched,
};
use hex_literal::hex;
use pflog_wire::{
    ByteOrder, Direction, Entry, ErrorKind, Layout, LinkType, Meaning, Name, Reason, Systems,
};

#[test]
fn users_and_processes_are_in_the_order_of_the_writer() {
    // tcpdump's master, gopacket and scapy read network order: user 3892510720 for 1000, and process
    // 2693136640 for none.
    let bytes = patched(&OPENBSD, 44, &hex!("e8030000 393000 00"));
    assert_eq!((little(&bytes).uid(), little(&bytes).pid()), (Some(1000), Some(12345)));
    assert_eq!((little(&OPENBSD).raw_pid(), little(&OPENBSD).pid()), (Some(100_000), None));
    let bytes = patched(&OPENBSD, 44, &hex!("000003e8 00003039"));
    assert_eq!((big(&bytes).uid(), big(&bytes).pid()), (Some(1000), Some(12345)));
}

#[test]
fn the_direction_of_45_bytes_is_in_the_last_of_them() {
    // tcpdump 4.99.3 reads byte 60, of the packet: "block unkn(192) on fxp0".
    let packet = hex!("4500003000010000 40068e75 c000020a c6336414");
    let bytes = [&FIELDS_45[..], &packet].concat();
    assert_eq!(little(&bytes).direction(), Some(Direction::OUT));
    assert_eq!((bytes[60], little(&bytes).payload()), (192, &packet[..]));
}

#[test]
fn the_direction_of_49_bytes_is_behind_the_identifier() {
    assert_eq!(little(&FIELDS_49).direction(), Some(Direction::OUT));
}

#[test]
fn translated_addresses_are_of_the_family_after_the_translation() {
    // Wireshark and scapy go by af: 2001:db8:: is shown as 32.1.13.184.
    let bytes = patched(&OPENBSD, 61, &[1, 24]);
    let bytes = patched(&bytes, 64, &hex!("20010db8000000000000000000000001"));
    let bytes = [&bytes[..], &[0x45]].concat();
    assert_eq!(little(&bytes).meaning(), Some(Meaning::Translated));
    assert_eq!(little(&bytes).saddr().unwrap().to_string(), "2001:db8::1");
    // And the other way: 192.0.2.1 is shown as c000:201::.
    let bytes = patched(&patched(&OPENBSD, 1, &[24]), 61, &[1, 2]);
    let bytes = [&bytes[..], &[0x60]].concat();
    assert_eq!(little(&bytes).saddr().unwrap().to_string(), "192.0.2.1");
}

#[test]
fn exactly_60_bytes_are_a_header_that_was_cut() {
    // gopacket looks for 60 and reads the next one.
    let (entry, error) =
        Entry::parse_lax(&MACOS[..60], LinkType::Pflog, ByteOrder::Little).unwrap();
    assert_eq!((entry.rule_pid(), entry.direction()), (Some(47296), None));
    let kind = ErrorKind::Truncated { needed: 64, available: 60 };
    assert_eq!(error, Some(kind.at("header", 0)));
}

#[test]
fn every_length_below_a_header_is_cut() {
    // tcpdump 5ecff0b: captures of 1 to 60 bytes.
    for len in 1..64 {
        let error = Entry::parse(&MACOS[..len], LinkType::Pflog, ByteOrder::Little).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Truncated { .. }), "{len}: {error}");
    }
}

#[test]
fn a_length_is_not_3_less_than_a_multiple_of_4() {
    // gopacket#823 refuses OpenBSD's header for that.
    for bytes in [&FIELDS_68[..], &FIELDS_100] {
        assert!(Entry::parse(bytes, LinkType::Pflog, ByteOrder::Little).is_ok());
    }
}

#[test]
fn the_payload_begins_at_the_next_multiple_of_4() {
    // Wireshark adds 3 (libpcap#1074), tcpdump before 4.99.2 rounds to 8 on 64 bits.
    for (bytes, at) in FIELDS.into_iter().zip([48, 52, 64, 68, 72, 100]) {
        let bytes = [bytes, &[0x45, 0, 0, 20]].concat();
        assert_eq!(little(&bytes).payload(), &bytes[at..]);
        assert_eq!(bytes[at], 0x45);
    }
}

#[test]
fn a_length_that_rounds_to_256_is_refused() {
    // OpenBSD makes 0 of it, and tcpdump.org 256.
    for length in [253, 254, 255] {
        let bytes = [length; 300];
        let error = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little).unwrap_err();
        let kind = ErrorKind::InvalidLength { found: length.into() };
        assert_eq!(error, kind.at("header length", 0));
    }
    let (entry, error) = Entry::parse_lax(&[252; 300], LinkType::Pflog, ByteOrder::Little).unwrap();
    assert_eq!((entry.payload().len(), entry.layout()), (48, Layout(252)));
    assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::InvalidLength { found: 252 }));
}

#[test]
fn old_headers_are_no_shorter_than_they_were() {
    // tcpdump since 4.99.5 refuses less than 61 bytes, and never opens link type 17.
    assert_eq!(little(&FIELDS_45).rule(), Some(0x1011_1213));
    assert_eq!(little(&FIELDS_49).rule(), Some(0x1011_1213));
    assert_eq!(old(&FIELDS_28).rule(), Some(0x1234));
}

#[test]
fn a_header_is_as_long_as_it_says_on_any_machine() {
    // tcpdump wants as many bytes as the structure of the machine it was built on has.
    for bytes in FIELDS {
        assert!(little(bytes).payload().is_empty());
    }
}

#[test]
fn the_header_of_freebsd_14_is_known() {
    // snort3_extra#10.
    assert_eq!(little(&FIELDS_69).systems(), Systems::FREEBSD);
}

#[test]
fn an_identifier_outlives_the_number_of_its_rule() {
    // opnsense/src#295: the number alone does not name the rule.
    let entry = little(&FIELDS_69);
    assert_eq!((entry.ridentifier(), entry.rule()), (Some(0x2829_2a2b), Some(0x1011_1213)));
}

#[test]
fn no_rule_is_no_number() {
    // tcpdump prints 4294967295, Wireshark (#6115) -1.
    let bytes = patched(&OPENBSD, 36, &[0xff; 8]);
    assert_eq!((little(&bytes).rule(), little(&bytes).subrule()), (None, None));
}

#[test]
fn a_subrule_without_a_ruleset_is_that_of_freebsd_9() {
    // "rule 55..16777216/0(match)", as it was seen.
    let without = patched(&FIELDS_61, 20, &[0; 16]);
    let (low, high) = (hex!("00000001"), hex!("01000000"));
    for (name, bytes, at_40, of_little, of_big) in [
        ("may be FreeBSD", &without, high, None, Some(0x0100_0000)),
        ("may be FreeBSD, big-endian", &without, low, Some(1), None),
        ("is FreeBSD", &patched(&without, 1, &[28]), high, None, Some(0x0100_0000)),
        (
            "is not FreeBSD",
            &patched(&without, 1, &[24]),
            high,
            Some(0x0100_0000),
            Some(0x0100_0000),
        ),
        ("is Darwin, big-endian", &patched(&without, 1, &[30]), low, Some(1), Some(1)),
        ("in a ruleset", &FIELDS_61.to_vec(), high, Some(0x0100_0000), Some(0x0100_0000)),
        ("in a ruleset, big-endian", &FIELDS_61.to_vec(), low, Some(1), Some(1)),
        ("another number", &without, [0, 0, 0, 2], Some(2), Some(2)),
    ] {
        let bytes = patched(bytes, 40, &at_40);
        assert_eq!(
            (little(&bytes).subrule(), big(&bytes).subrule()),
            (of_little, of_big),
            "{name}"
        );
        assert_eq!(little(&bytes).raw_subrule(), Some(u32::from_be_bytes(at_40)));
    }
}

#[test]
fn short_is_3_and_normalize_is_4() {
    // tcpdump 4.99.2 to 4.99.4 print unkn(3) for the one and 3(short) for the other.
    assert_eq!(Reason(3).names(Systems::ALL).only(), Some("short"));
    assert_eq!(Reason(4).names(Systems::ALL).only(), Some("normalize"));
}

#[test]
fn names_are_those_of_the_writer_and_not_of_the_reader() {
    // tcpdump has those of the system it was built on: "unkn(15)" on Linux.
    let bytes = patched(&FIELDS_69, 3, &[15]);
    assert_eq!(little(&bytes).reason_names().only(), Some("map-failed"));
    let bytes = patched(&FIELDS_100, 3, &[15]);
    assert_eq!(little(&bytes).reason_names().only(), Some("translate"));
    let bytes = patched(&MACOS, 2, &[11, 15]);
    assert_eq!(all(little(&bytes).reason_names()), ["dummynet"]);
    assert_eq!(all(little(&bytes).action_names()), ["dummynet"]);
    // And "fwd" only there.
    let bytes = patched(&OPENBSD, 60, &[3]);
    assert_eq!(little(&bytes).direction_names().unwrap().only(), Some("fwd"));
}

#[test]
fn a_name_is_equal_whole() {
    // libpcap's "on em1" takes em10 too.
    let bytes = patched(&FIELDS_61, 4, b"em10\0");
    assert_ne!(little(&bytes).interface(), Name(b"em1"));
}

#[test]
fn an_interface_name_does_not_go_on_into_the_ruleset() {
    // OpenBSD's tcpdump prints up to a NUL, wherever that is.
    assert_eq!(little(&FIELDS_61).interface().0.len(), 16);
    assert_eq!(little(&FIELDS_61).ruleset().unwrap().0.len(), 16);
}

#[test]
fn the_family_of_linux_is_none() {
    // gopacket takes 10 for IPv6.
    let bytes = [&patched(&FIELDS_61, 1, &[10])[..], &[0x60]].concat();
    assert!(!little(&bytes).family().is_ipv6() && !little(&bytes).family().is_ipv4());
    assert_eq!(little(&bytes).version_mismatch(), None);
}

#[test]
fn odd_values_of_fields_are_shown() {
    for bytes in FIELDS {
        let bytes = [&[bytes[0]][..], &vec![0xff; bytes.len() - 1], &[0xff]].concat();
        let entry = little(&bytes);
        assert_eq!((entry.family().0, entry.action().0, entry.reason().0), (255, 255, 255));
        assert_eq!(entry.direction(), Some(Direction(255)));
        assert_eq!((entry.interface(), entry.payload()), (Name(&[0xff; 16]), &[0xff][..]));
    }
}
