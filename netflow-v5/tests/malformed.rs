//! What is said of bytes that cannot be read.

#![expect(clippy::disallowed_methods, clippy::indexing_slicing, reason = "a test may panic")]

use hex_literal::hex;
use netflow_v5::{Error, ErrorKind, Packet, Packets};

const HEADER: [u8; 24] = hex!("0005 0002 01020304 65531234 075bcd15 0a0b0c0d 11 12 4064");

/// The header of a packet that declares `count` records, and `len` bytes behind it.
fn packet(count: u16, len: usize) -> Vec<u8> {
    let mut bytes = [&HEADER[..], &vec![0xa5; len]].concat();
    bytes[2..4].copy_from_slice(&count.to_be_bytes());
    bytes
}

fn version(version: u16, len: usize) -> Vec<u8> {
    let mut bytes = packet(1, 48);
    bytes[..2].copy_from_slice(&version.to_be_bytes());
    bytes.truncate(len);
    bytes
}

fn error(bytes: &[u8]) -> Option<Error> {
    Packet::parse(bytes).err()
}

#[test]
fn packets() {
    use ErrorKind::*;
    let header = |available| (Truncated { needed: 24, available }, "packet header", 0);
    let record = |available, at| (Truncated { needed: 48, available }, "flow record", at);
    let unsupported = |found| (UnsupportedVersion { found }, "packet header", 0);
    let trailing = |remaining, at| (TrailingData { remaining }, "packet", at);
    let cases = [
        ("nothing", vec![], header(0)),
        ("a byte", vec![0], header(1)),
        ("another byte", vec![9], header(1)),
        ("a version", vec![0, 5], header(2)),
        ("a header but for a byte", HEADER[..23].to_vec(), header(23)),
        ("version 0", version(0, 72), unsupported(0)),
        ("version 1", version(1, 64), unsupported(1)),
        ("version 4", version(4, 72), unsupported(4)),
        ("version 6", version(6, 72), unsupported(6)),
        ("version 7", version(7, 72), unsupported(7)),
        ("version 8", version(8, 72), unsupported(8)),
        ("version 9", version(9, 72), unsupported(9)),
        ("IPFIX", version(10, 72), unsupported(10)),
        ("the other byte order", version(0x0500, 72), unsupported(0x0500)),
        ("the greatest version", version(0xffff, 72), unsupported(0xffff)),
        ("another version, cut", version(9, 2), unsupported(9)),
        ("no record", packet(1, 0), record(0, 24)),
        ("a byte of a record", packet(1, 1), record(1, 24)),
        ("a record but for a byte", packet(1, 47), record(47, 24)),
        ("a record of two", packet(2, 48), record(0, 72)),
        ("a record of two, and some", packet(2, 49), record(1, 72)),
        ("29 records of 30, and some", packet(30, 48 * 30 - 1), record(47, 1416)),
        ("30 records of 31", packet(31, 48 * 30), record(0, 1464)),
        ("30 records of 65535", packet(65535, 48 * 30), record(0, 1464)),
        ("one record of 256", packet(256, 48), record(0, 72)),
        ("a byte without a record", packet(0, 1), trailing(1, 24)),
        ("a record that is not declared", packet(0, 48), trailing(48, 24)),
        ("a byte too many", packet(1, 49), trailing(1, 72)),
        ("all but a byte of a record too many", packet(1, 48 + 47), trailing(47, 72)),
        ("a record too many", packet(30, 48 * 31), trailing(48, 1464)),
    ];
    for (name, bytes, (kind, context, offset)) in cases {
        let expected = Some(kind.at(context, offset));
        assert_eq!(error(&bytes), expected, "{name}");
        // Each way to read says the same.
        let lax = match Packet::parse_lax(&bytes) {
            Ok((_, error)) => error,
            Err(error) => Some(error),
        };
        assert_eq!(lax, expected, "{name}");
        match Packet::parse_prefix(&bytes) {
            Ok((_, rest)) => assert_eq!(TrailingData { remaining: rest.len() }, kind, "{name}"),
            Err(error) => assert_eq!(Some(error), expected, "{name}"),
        }
    }
}

#[test]
fn a_header_of_two_bytes_or_more_is_never_lax() {
    assert!(Packet::parse_lax(&HEADER[..23]).is_err());
    assert!(Packet::parse_lax(&version(9, 72)).is_err());
    assert!(Packet::parse_lax(&HEADER).is_ok());
}

#[test]
fn a_packet_behind_others_counts_from_the_start_of_the_datagram() {
    let whole = packet(1, 48);
    let cases = [
        (packet(1, 20), "flow record at byte 168: needed 48 bytes, found 20"),
        (packet(3, 100), "flow record at byte 264: needed 48 bytes, found 4"),
        (HEADER[..5].to_vec(), "packet header at byte 144: needed 24 bytes, found 5"),
        (vec![0], "packet header at byte 144: needed 24 bytes, found 1"),
        (version(9, 72), "packet header at byte 144: unsupported version 9"),
        (vec![0; 30], "packet header at byte 144: unsupported version 0"),
    ];
    for (last, text) in cases {
        let bytes = [&whole, &whole, &last[..]].concat();
        let mut packets = Packets::new(&bytes);
        assert_eq!(packets.by_ref().count(), 2, "{text}");
        assert_eq!(packets.error().map(|error| error.to_string()).as_deref(), Some(text));
        assert_eq!(packets.remainder(), last);
        assert_eq!((packets.next(), packets.remainder()), (None, &last[..]));
    }
}

#[test]
fn messages_are_sentences() {
    let cases = [
        (error(&[0, 5, 0]), "packet header at byte 0: needed 24 bytes, found 3"),
        (error(&version(9, 72)), "packet header at byte 0: unsupported version 9"),
        (error(&packet(2, 60)), "flow record at byte 72: needed 48 bytes, found 12"),
        (error(&packet(30, 1448)), "packet at byte 1464: 8 trailing bytes"),
        (error(&packet(1, 49)), "packet at byte 72: 1 trailing byte"),
    ];
    for (error, text) in cases {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn every_prefix_is_truncated_or_parses() {
    for count in [0, 1, 2, 3] {
        let bytes = packet(count, 48 * usize::from(count));
        for len in 0..bytes.len() {
            let error = error(&bytes[..len]);
            let is_truncated =
                error.is_some_and(|error| matches!(error.kind(), ErrorKind::Truncated { .. }));
            assert!(is_truncated, "{len} bytes of {count} records: {error:?}");
            let prefix = &bytes[..len];
            assert_eq!(testkit::netflow::see(prefix), testkit::netflow::naive::decode(prefix));
        }
        assert_eq!(error(&bytes), None);
    }
}
