//! What is said of bytes that cannot be read.

#![expect(clippy::indexing_slicing, reason = "a test may panic")]

use pflog_wire::{ByteOrder, Direction, Entry, Error, ErrorKind, LinkType};

/// A header with this length byte, and what follows, of this length altogether.
fn header(length: u8, len: usize) -> Vec<u8> {
    let mut bytes = vec![0x5a; 300];
    bytes[0] = length;
    bytes.truncate(len);
    bytes
}

fn error(bytes: &[u8], link_type: LinkType) -> Option<Error> {
    Entry::parse(bytes, link_type, ByteOrder::Little).err()
}

#[test]
fn headers() {
    use ErrorKind::*;
    let cut = |needed, available| (Truncated { needed, available }, "header", 0);
    let padding = |needed, available, at| (Truncated { needed, available }, "header padding", at);
    let invalid = |found| (InvalidLength { found }, "header length", 0);
    let mislabeled = (InvalidLength { found: 0 }, "header of link type 17", 0);
    let mut old = vec![0; 48];
    old[3] = 2;
    let mut old_v6 = vec![0; 28];
    old_v6[3] = 24;
    let cases = [
        ("nothing", vec![], (Truncated { needed: 1, available: 0 }, "header length", 0)),
        ("a length of 0", header(0, 100), invalid(0)),
        ("a length of 1", header(1, 100), invalid(1)),
        ("the length of link type 17", header(28, 100), invalid(28)),
        ("one less than the least", header(44, 100), invalid(44)),
        ("between two", header(46, 100), invalid(46)),
        ("the least, filled up", header(48, 100), invalid(48)),
        ("50", header(50, 100), invalid(50)),
        ("60", header(60, 100), invalid(60)),
        ("62", header(62, 100), invalid(62)),
        ("64", header(64, 100), invalid(64)),
        ("67", header(67, 100), invalid(67)),
        ("72", header(72, 100), invalid(72)),
        ("84, that a comment has", header(84, 100), invalid(84)),
        ("99", header(99, 200), invalid(99)),
        ("101", header(101, 200), invalid(101)),
        ("the greatest that rounds up", header(252, 300), invalid(252)),
        ("one more", header(253, 300), invalid(253)),
        ("the greatest", header(255, 300), invalid(255)),
        ("not known, and cut", header(62, 10), invalid(62)),
        ("not known, and one byte", header(200, 1), invalid(200)),
        ("zeros", vec![0; 100], invalid(0)),
        ("zeros, three", vec![0; 3], invalid(0)),
        ("an old header of IPv4", old.clone(), mislabeled),
        ("an old header of IPv6", old_v6, mislabeled),
        ("the start of an old header", old[..4].to_vec(), mislabeled),
        ("another family", vec![0, 0, 0, 28, 0], invalid(0)),
        ("another byte", vec![0, 0, 1, 2, 0], invalid(0)),
        ("45 with one byte", header(45, 1), cut(48, 1)),
        ("45 without direction", header(45, 44), cut(48, 44)),
        ("45 without padding", header(45, 45), padding(3, 0, 45)),
        ("45 with some padding", header(45, 47), padding(3, 2, 45)),
        ("49 without direction", header(49, 48), cut(52, 48)),
        ("49 without padding", header(49, 49), padding(3, 0, 49)),
        ("49 but for a byte", header(49, 51), padding(3, 2, 49)),
        ("61 but for the direction", header(61, 60), cut(64, 60)),
        ("61 without padding", header(61, 61), padding(3, 0, 61)),
        ("61 with a byte of padding", header(61, 62), padding(3, 1, 61)),
        ("61 with two bytes of padding", header(61, 63), padding(3, 2, 61)),
        ("68 but for a byte", header(68, 67), cut(68, 67)),
        ("69 without the last byte", header(69, 68), cut(72, 68)),
        ("69 without padding", header(69, 69), padding(3, 0, 69)),
        ("69 but for a byte", header(69, 71), padding(3, 2, 69)),
        ("100 but for a byte", header(100, 99), cut(100, 99)),
        ("100 with one byte", header(100, 1), cut(100, 1)),
    ];
    for (name, bytes, (kind, context, offset)) in cases {
        let expected = Some(kind.at(context, offset));
        assert_eq!(error(&bytes, LinkType::Pflog), expected, "{name}");
        // Each way to read says the same.
        let lax = match Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Big) {
            Ok((_, error)) => error,
            Err(error) => Some(error),
        };
        assert_eq!(lax, expected, "{name}");
    }
}

#[test]
fn headers_of_link_type_17() {
    for len in 0..28 {
        let kind = ErrorKind::Truncated { needed: 28, available: len };
        let expected = Some(kind.at("header", 0));
        assert_eq!(error(&header(61, len), LinkType::OldPflog), expected);
        let bytes = header(61, len);
        let lax = Entry::parse_lax(&bytes, LinkType::OldPflog, ByteOrder::Little);
        assert_eq!(lax.err(), expected);
    }
    assert_eq!(error(&header(61, 28), LinkType::OldPflog), None);
}

#[test]
fn messages_are_sentences() {
    let old = [0, 0, 0, 2, 0];
    for (bytes, text) in [
        (&[][..], "header length at byte 0: needed 1 byte, found 0"),
        (&header(61, 50), "header at byte 0: needed 64 bytes, found 50"),
        (&header(61, 62), "header padding at byte 61: needed 3 bytes, found 1"),
        (&header(62, 100), "header length at byte 0: invalid length 62"),
        (&old, "header of link type 17 at byte 0: invalid length 0"),
    ] {
        let error = error(bytes, LinkType::Pflog);
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn every_prefix_is_truncated_or_parses() {
    for (length, takes) in [(45, 48), (49, 52), (61, 64), (68, 68), (69, 72), (100, 100)] {
        let bytes = header(length, takes + 4);
        for len in 0..bytes.len() {
            for source in testkit::pflog::SOURCES {
                let prefix = &bytes[..len];
                let naive = testkit::pflog::naive::decode(prefix, source);
                assert_eq!(testkit::pflog::see(prefix, source), naive);
            }
            let error = error(&bytes[..len], LinkType::Pflog);
            let is_truncated =
                error.is_some_and(|error| matches!(error.kind(), ErrorKind::Truncated { .. }));
            assert_eq!(is_truncated, len < takes, "{len} bytes of {length}: {error:?}");
        }
    }
}

#[test]
fn what_is_whole_of_a_cut_header_is_there() {
    for length in [61, 68, 69, 100] {
        for len in 0..usize::from(length) {
            let bytes = header(length, len);
            let lax = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little);
            let Ok((entry, error)) = lax else {
                assert!(len < 44, "{len}");
                continue;
            };
            assert!(len >= 44 && error == self::error(&bytes, LinkType::Pflog), "{len}");
            let found = [
                entry.raw_uid().is_some(),
                entry.raw_pid().is_some(),
                entry.raw_rule_uid().is_some(),
                entry.raw_rule_pid().is_some(),
                entry.direction().is_some(),
            ];
            assert_eq!(found, [48, 52, 56, 60, 61].map(|end| len >= end), "{len} of {length}");
            let has_ridentifier = length != 61 && length != 100 && len >= 68;
            assert_eq!(entry.ridentifier().is_some(), has_ridentifier, "{len} of {length}");
            assert_eq!((entry.interface().0.len(), entry.subrule()), (16, Some(0x5a5a_5a5a)));
            assert_eq!((entry.payload(), entry.header_bytes()), (&[][..], &bytes[..]));
        }
    }
    for (length, ridentifier) in [(45, None), (49, Some(0x5a5a_5a5a))] {
        let bytes = header(length, usize::from(length) - 1);
        let (entry, _) = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little).unwrap();
        assert_eq!((entry.ridentifier(), entry.direction()), (ridentifier, None));
    }
}

#[test]
fn without_its_padding_a_header_has_all_fields_and_no_payload() {
    for (length, takes) in [(45, 48), (49, 52), (61, 64), (69, 72)] {
        let whole = header(length, takes);
        let whole = Entry::parse(&whole, LinkType::Pflog, ByteOrder::Little).unwrap();
        for len in length.into()..takes {
            let bytes = header(length, len);
            let (entry, error) =
                Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little).unwrap();
            assert_eq!(error.map(|error| error.context()), Some("header padding"));
            assert_eq!(format!("{entry:?}"), format!("{whole:?}"));
            assert_eq!((entry.payload(), entry.header_bytes()), (&[][..], &bytes[..]));
        }
    }
}

#[test]
fn a_layout_to_come_shows_what_it_has_in_common() {
    for length in [46, 50, 60, 62, 65, 70, 99, 101, 128, 252] {
        let behind = usize::from(length).next_multiple_of(4);
        let bytes = header(length, behind + 5);
        let (entry, error) = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little).unwrap();
        let kind = ErrorKind::InvalidLength { found: length.into() };
        assert_eq!(error, Some(kind.at("header length", 0)));
        assert_eq!((entry.layout().0, entry.layout().name()), (length, None));
        assert_eq!((entry.rule(), entry.interface().0.len()), (Some(0x5a5a_5a5a), 16));
        let has_owners = length > 60;
        assert_eq!(entry.uid(), has_owners.then_some(0x5a5a_5a5a), "{length}");
        assert_eq!(entry.direction(), has_owners.then_some(Direction(0x5a)));
        assert_eq!((entry.ridentifier(), entry.rewritten()), (None, None));
        assert_eq!(
            (entry.header_bytes(), entry.payload()),
            bytes.split_at_checked(behind).unwrap()
        );
    }
}
