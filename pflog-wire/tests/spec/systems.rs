//! Which systems may have written a header.

use crate::{
    FIELDS, FIELDS_28, FIELDS_45, FIELDS_61, FIELDS_69, FIELDS_100, big, little, old, patched,
};
use hex_literal::hex;
use pflog_wire::{ByteOrder, Entry, LinkType, Systems};

#[test]
fn the_layout_is_the_first_clue() {
    let all_of_45 = Systems::OPENBSD | Systems::FREEBSD | Systems::DRAGONFLY | Systems::NETBSD;
    let expected = [
        all_of_45,
        Systems::FREEBSD,
        Systems::ALL,
        Systems::FREEBSD,
        Systems::FREEBSD,
        Systems::OPENBSD,
    ];
    for (bytes, expected) in FIELDS.into_iter().zip(expected) {
        assert_eq!(little(bytes).systems(), expected, "{}", bytes[0]);
    }
    assert_eq!(old(&FIELDS_28).systems(), Systems::OPENBSD);
}

#[test]
fn the_number_of_ipv6_is_the_second() {
    let (o, f, d) = (Systems::OPENBSD, Systems::FREEBSD, Systems::DRAGONFLY);
    for (family, of_45, of_61) in [
        (24, o | Systems::NETBSD, o | Systems::NETBSD | Systems::NPF),
        (28, f | d, f | d),
        // Those that wrote 45 bytes have no 30, nor a 0: the layout is the better clue.
        (30, o | f | d | Systems::NETBSD, Systems::DARWIN),
        (0, o | f | d | Systems::NETBSD, Systems::NPF),
        (2, o | f | d | Systems::NETBSD, Systems::ALL),
        (10, o | f | d | Systems::NETBSD, Systems::ALL),
    ] {
        assert_eq!(little(&patched(&FIELDS_45, 1, &[family])).systems(), of_45, "{family}");
        assert_eq!(little(&patched(&FIELDS_61, 1, &[family])).systems(), of_61, "{family}");
        assert_eq!(little(&patched(&FIELDS_69, 1, &[family])).systems(), f, "{family}");
        assert_eq!(little(&patched(&FIELDS_100, 1, &[family])).systems(), o, "{family}");
    }
}

#[test]
fn no_user_and_no_process_are_the_third() {
    let (o, f, d) = (Systems::OPENBSD, Systems::FREEBSD, Systems::DRAGONFLY);
    for (uid, pid, expected) in [
        (0xffff_ffff, 100_000, o | f | d),
        (0xffff_ffff, 1, o | f | d),
        (0xffff_ffff, 32767, o),
        (0x7fff_ffff, 100_000, Systems::DARWIN),
        (0x7fff_ffff, 30001, Systems::NETBSD),
        (0x7fff_ffff, 0xffff_ffff, Systems::NPF),
        // A user with the greatest number there is.
        (0x7fff_ffff, 1, Systems::ALL),
        (0x7fff_ffff, 32767, Systems::ALL),
        (1000, 100_000, Systems::ALL),
        (1000, 30001, Systems::ALL),
        (1000, 32767, Systems::ALL),
        (0, 0, Systems::ALL),
    ] {
        let with = |bytes: &[u8], family, order: fn(u32) -> [u8; 4]| {
            let bytes = patched(bytes, 1, &[family]);
            patched(&bytes, 44, &[order(uid), order(pid)].concat())
        };
        assert_eq!(
            little(&with(&FIELDS_61, 2, u32::to_le_bytes)).systems(),
            expected,
            "{uid} {pid}"
        );
        assert_eq!(big(&with(&FIELDS_61, 2, u32::to_be_bytes)).systems(), expected, "{uid} {pid}");
        // What contradicts the layout or the family is passed over.
        assert_eq!(little(&with(&FIELDS_69, 2, u32::to_le_bytes)).systems(), f);
        assert_eq!(little(&with(&FIELDS_61, 30, u32::to_le_bytes)).systems(), Systems::DARWIN);
    }
    // IPv6 tells the rest.
    let none = hex!("ffffffff a0860100");
    let bytes = patched(&patched(&FIELDS_61, 1, &[24]), 44, &none);
    assert_eq!(little(&bytes).systems(), o);
}

#[test]
fn a_user_that_was_cut_is_no_clue() {
    let bytes = patched(&FIELDS_61, 44, &[0xff; 4]);
    for (len, expected) in [
        (47, Systems::ALL),
        (51, Systems::ALL),
        (52, Systems::OPENBSD | Systems::FREEBSD | Systems::DRAGONFLY),
    ] {
        let (entry, _) =
            Entry::parse_lax(&bytes[..len], LinkType::Pflog, ByteOrder::Little).unwrap();
        assert_eq!(entry.systems(), expected, "{len}");
    }
}

#[test]
fn macos_has_rulesets_of_its_own() {
    let bytes = patched(&FIELDS_61, 20, b"com.apple/250.Ap");
    assert_eq!(little(&bytes).systems(), Systems::DARWIN);
    let bytes = patched(&FIELDS_100, 20, b"com.apple/250.Ap");
    assert_eq!(little(&bytes).systems(), Systems::OPENBSD);
    let bytes = patched(&FIELDS_61, 20, b"com.appl\0");
    assert_eq!(little(&bytes).systems(), Systems::ALL);
}

#[test]
fn npf_is_known_by_its_marks() {
    // npf_ext_log.c: no user and no process, and an identifier of 64 bits in two halves.
    let bytes = hex!(
        "3d 00 01 00 776d3000000000000000000000000000 72756c65730000000000000000000000"
        "00000007 00000000 ffffff7f ffffffff ffffff7f ffffffff 01 000000"
    );
    let entry = little(&bytes);
    assert_eq!((entry.systems(), entry.npf_rule()), (Systems::NPF, Some(7)));
    assert_eq!((entry.rule(), entry.subrule(), entry.raw_subrule()), (Some(7), None, Some(0)));
    assert_eq!(
        (entry.uid(), entry.pid(), entry.rule_uid(), entry.rule_pid()),
        (None, None, None, None)
    );
    assert_eq!(entry.action_names().only(), Some("block"));
    let bytes = patched(&bytes, 36, &hex!("01020304 05060708"));
    assert_eq!(little(&bytes).npf_rule(), Some(0x0506_0708_0102_0304));
    // As pf has it outside of anchors, though no pf writes a packet without a family.
    let bytes = patched(&patched(&FIELDS_61, 1, &[0]), 40, &[0xff; 4]);
    assert_eq!((little(&bytes).systems(), little(&bytes).npf_rule()), (Systems::NPF, None));
    assert_eq!(little(&FIELDS_61).npf_rule(), None);
    assert_eq!(old(&FIELDS_28).npf_rule(), None);
    // By IPv6 it may as well be others.
    let bytes = patched(&FIELDS_61, 1, &[24]);
    assert_eq!(little(&bytes).npf_rule(), None);
}

/// What ipfw's NAT64 writes: parts of addresses and ports for rules.
const NAT64: [u8; 64] = hex!(
    "3d 02 04 00 4e415436344c534e0000000000000000 00000000000000000000000000000000"
    "c0000201 00500035 00000000 00000000 00000000 00000000 01 000000"
);

#[test]
fn the_nat64_of_ipfw_is_known_by_its_marks() {
    let longer = patched(&[&NAT64[..], &[0; 8]].concat(), 0, &[69]);
    for bytes in
        [&NAT64[..], &longer, &patched(&NAT64, 4, b"NAT64STL"), &patched(&NAT64, 4, b"NAT64CLAT")]
    {
        let entry = little(bytes);
        assert_eq!(entry.systems(), Systems::IPFW);
        assert_eq!((entry.rule(), entry.subrule(), entry.npf_rule()), (None, None, None));
        assert_eq!((entry.raw_rule(), entry.raw_subrule()), (0xc000_0201, Some(0x0050_0035)));
        assert_eq!(entry.action_names().only(), Some("nat"));
        assert_eq!(entry.reason_names().only(), Some("match"));
        assert_eq!(entry.direction_names().unwrap().only(), Some("in"));
        assert_eq!(entry.interface().0[..5], *b"NAT64");
    }
    // Each mark has to be there.
    for (at, byte) in
        [(2, 0), (2, 1), (60, 0), (60, 2), (4, b'n'), (8, b'6'), (44, 1), (48, 1), (52, 1), (59, 1)]
    {
        let bytes = patched(&NAT64, at, &[byte]);
        let entry = little(&bytes);
        assert!(!entry.systems().intersects(Systems::IPFW), "{at}");
        assert_eq!(entry.rule(), Some(0xc000_0201));
    }
    for length in [68, 100] {
        let bytes = patched(&[&NAT64[..], &[0; 40]].concat(), 0, &[length]);
        assert!(!little(&bytes).systems().intersects(Systems::IPFW), "{length}");
    }
}

#[test]
fn a_set_of_systems_is_a_set() {
    let both = Systems::OPENBSD | Systems::FREEBSD;
    assert_eq!(both | Systems::FREEBSD, both);
    assert!(both.contains(Systems::FREEBSD) && both.contains(both) && Systems::ALL.contains(both));
    assert!(!both.contains(Systems::NETBSD) && !both.contains(Systems::FREEBSD | Systems::NPF));
    assert!(both.intersects(Systems::FREEBSD | Systems::NPF) && !both.intersects(Systems::NPF));
    assert_eq!(both & (Systems::FREEBSD | Systems::NPF), Systems::FREEBSD);
    assert!(!Systems::ALL.contains(Systems::IPFW));
    assert_eq!((both & Systems::NPF).to_string(), "-");
    let text = "OpenBSD|FreeBSD|DragonFly|NetBSD|Darwin|NPF|ipfw";
    assert_eq!((Systems::ALL | Systems::IPFW).to_string(), text);
    assert_eq!(format!("{both:?}"), "Systems(OpenBSD|FreeBSD)");
}
