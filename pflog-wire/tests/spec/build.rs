//! Entries that are written.

use crate::{FIELDS, FIELDS_28, MACOS, OPENBSD, big, little, old, patched};
use pflog_wire::{
    Action, Build, ByteOrder, Direction, Entry, ErrorKind, Family, Layout, LinkType, Name, Reason,
};

/// Every field as in the headers that have all of them.
fn fields(layout: Layout) -> Build<'static> {
    let mut build = Build::new(layout, ByteOrder::Big);
    build.family = Family::INET;
    build.action = Action::BLOCK;
    build.reason = Reason::CONGESTION;
    build.interface = Name(b"abcdefghijklmnop");
    build.ruleset = Name(b"qrstuvwxyz012345");
    (build.rule, build.subrule) = (0x1011_1213, 0x1415_1617);
    (build.uid, build.pid) = (0x1819_1a1b, 0x1c1d_1e1f);
    (build.rule_uid, build.rule_pid) = (0x2021_2223, 0x2425_2627);
    build.direction = Direction::OUT;
    build.ridentifier = 0x2829_2a2b;
    (build.rewritten, build.naf) = (1, Family::INET6_OPENBSD);
    (build.saddr, build.daddr) = (*b"0123456789:;<=>?", *b"@ABCDEFGHIJKLMNO");
    (build.sport, build.dport) = (0x5051, 0x5253);
    build.payload = b"payload";
    build
}

/// Without the bytes that no field holds, which are 0xa1 and more in the headers with all fields.
fn filled_with_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|&byte| if byte >= 0xa0 { 0 } else { byte }).collect()
}

#[test]
fn fields_are_written_where_they_belong() {
    for bytes in FIELDS {
        let build = fields(Layout(bytes[0]));
        let mut out = [0x5a; 120];
        let len = bytes.len() + 7;
        assert_eq!((build.encoded_len(), build.encode(&mut out)), (len, Ok(len)));
        assert_eq!(out[..len], [&filled_with_zeros(bytes)[..], b"payload"].concat());
        assert_eq!(out[len..], [0x5a; 120][len..]);
    }
}

#[test]
fn the_header_of_link_type_17_is_written() {
    let mut build = fields(Layout::OPENBSD_3_0);
    build.family = Family::INET6_OPENBSD;
    (build.action, build.direction) = (Action(0x0102), Direction(0x0203));
    build.rule = 0x1234;
    let mut out = [0; 40];
    assert_eq!(build.encode(&mut out), Ok(35));
    assert_eq!(out[..35], [&FIELDS_28[..], b"payload"].concat());

    // 16 bits with a sign.
    for (rule, bytes) in
        [(u32::MAX, [0xff, 0xff]), (0xffff_8000, [0x80, 0]), (0x7fff, [0x7f, 0xff])]
    {
        build.rule = rule;
        assert_eq!(build.encode(&mut out), Ok(35));
        assert_eq!((&out[20..22], old(&out).raw_rule()), (&bytes[..], rule));
    }
    for rule in [0x8000, 0xffff, 0xffff_7fff] {
        build.rule = rule;
        let kind = ErrorKind::InvalidValue { found: rule.into() };
        assert_eq!(build.encode(&mut out), Err(kind.at("rule number", 20)));
    }
}

#[test]
fn what_others_wrote_is_written_again() {
    for bytes in [&MACOS[..], &OPENBSD] {
        let bytes = [bytes, &[0x45, 0, 0, 20]].concat();
        for entry in [little(&bytes), big(&bytes)] {
            let mut out = vec![0xa5; bytes.len()];
            assert_eq!(Build::from(entry).encode(&mut out), Ok(bytes.len()));
            assert_eq!(out, bytes);
        }
    }
    for bytes in FIELDS {
        let mut out = vec![0xa5; bytes.len()];
        assert_eq!(Build::from(little(bytes)).encode(&mut out), Ok(bytes.len()));
        assert_eq!(out, filled_with_zeros(bytes));
    }
    let mut out = FIELDS_28;
    out.fill(0);
    assert_eq!(Build::from(old(&FIELDS_28)).encode(&mut out), Ok(28));
    assert_eq!(out, FIELDS_28);
}

#[test]
fn bytes_behind_the_nul_of_a_name_are_not_written_again() {
    let bytes = patched(&patched(&MACOS, 10, b"x"), 30, b"y");
    let mut out = [0; 64];
    assert_eq!(Build::from(little(&bytes)).encode(&mut out), Ok(64));
    assert_eq!(out, MACOS);
}

#[test]
fn a_new_entry_says_nothing() {
    for layout in [45, 49, 61, 68, 69, 100].map(Layout) {
        for byte_order in [ByteOrder::Little, ByteOrder::Big] {
            let mut out = [0xa5; 100];
            let len = Build::new(layout, byte_order).encode(&mut out).unwrap();
            let entry = Entry::parse(&out[..len], LinkType::Pflog, byte_order).unwrap();
            assert_eq!((entry.layout(), entry.family()), (layout, Family::INET));
            assert_eq!((entry.action(), entry.reason()), (Action::PASS, Reason::MATCH));
            assert_eq!((entry.interface(), entry.ruleset()), ("".into(), None));
            assert_eq!((entry.rule(), entry.subrule(), entry.ridentifier()), (None, None, None));
            assert_eq!((entry.uid(), entry.pid()), (None, None));
            assert_eq!((entry.rule_uid(), entry.rule_pid()), (None, None));
            assert_eq!(entry.direction(), Some(Direction::IN));
            assert_ne!(entry.rewritten(), Some(true));
            assert!(entry.payload().is_empty());
        }
    }
}

#[test]
fn a_field_that_was_cut_is_as_in_a_new_entry() {
    let (entry, _) =
        Entry::parse_lax(&crate::FIELDS_100[..50], LinkType::Pflog, ByteOrder::Big).unwrap();
    let new = Build::new(Layout::OPENBSD_4_9, ByteOrder::Big);
    let build = Build::from(entry);
    assert_eq!((build.subrule, build.uid), (0x1415_1617, 0x1819_1a1b));
    assert_eq!((build.pid, build.rule_uid, build.rule_pid), (new.pid, new.rule_uid, new.rule_pid));
    assert_eq!((build.direction, build.rewritten, build.naf), (new.direction, 0, Family::UNSPEC));
    assert_eq!((build.saddr, build.dport, build.payload), (new.saddr, 0, &[][..]));
}

#[test]
fn a_number_that_does_not_fit_is_not_written() {
    type Change = fn(&mut Build<'_>);
    let cases: [(Change, ErrorKind, &str, usize); 9] = [
        (
            |b| b.interface = Name(b"em0\0"),
            ErrorKind::InvalidValue { found: 0 },
            "interface name",
            4,
        ),
        (|b| b.ruleset = Name(b"\0"), ErrorKind::InvalidValue { found: 0 }, "ruleset name", 20),
        (|b| b.family = Family(256), ErrorKind::InvalidValue { found: 256 }, "address family", 1),
        (|b| b.action = Action(256), ErrorKind::InvalidValue { found: 256 }, "action", 2),
        (|b| b.reason = Reason(65535), ErrorKind::InvalidValue { found: 65535 }, "reason", 3),
        (|b| b.direction = Direction(256), ErrorKind::InvalidValue { found: 256 }, "direction", 60),
        (
            |b| b.naf = Family(0x0001_0002),
            ErrorKind::InvalidValue { found: 65538 },
            "address family",
            62,
        ),
        (
            |b| b.interface = Name(&[b'x'; 17]),
            ErrorKind::InvalidLength { found: 17 },
            "interface name",
            4,
        ),
        (
            |b| b.ruleset = Name(&[b'x'; 300]),
            ErrorKind::InvalidLength { found: 300 },
            "ruleset name",
            20,
        ),
    ];
    for (change, kind, context, offset) in cases {
        let mut build = fields(Layout::OPENBSD_4_9);
        change(&mut build);
        let mut out = [0xa5; 120];
        assert_eq!(build.encode(&mut out), Err(kind.at(context, offset)));
        assert_eq!(out, [0xa5; 120]);
    }
    for (layout, offset) in [(45, 44), (49, 48), (61, 60), (68, 60), (69, 60)] {
        let mut build = fields(Layout(layout));
        build.direction = Direction(256);
        let kind = ErrorKind::InvalidValue { found: 256 };
        assert_eq!(build.encode(&mut [0; 120]), Err(kind.at("direction", offset)));
        // Which it does not have.
        build.direction = Direction(255);
        build.naf = Family(256);
        assert!(build.encode(&mut [0; 120]).is_ok());
    }
}

#[test]
fn a_layout_that_is_not_known_is_not_written() {
    for length in [0, 1, 27, 44, 46, 60, 62, 99, 101, 252, 255] {
        let mut out = [0xa5; 300];
        let kind = ErrorKind::InvalidLength { found: length.into() };
        let written = fields(Layout(length)).encode(&mut out);
        assert_eq!(written, Err(kind.at("header length", 0)));
        assert_eq!(out, [0xa5; 300]);
    }
}

#[test]
fn a_buffer_that_is_too_small_is_left_alone() {
    let build = fields(Layout::FREEBSD_13_1);
    for available in 0..79 {
        let mut out = vec![0xa5; available];
        let kind = ErrorKind::BufferTooSmall { needed: 79, available };
        assert_eq!(build.encode(&mut out), Err(kind.at("entry", 0)));
        assert!(out.iter().all(|&byte| byte == 0xa5));
    }
    let text = build.encode(&mut [0; 78]).unwrap_err().to_string();
    assert_eq!(text, "entry at byte 0: needed a buffer of 79 bytes, found 78");
}
