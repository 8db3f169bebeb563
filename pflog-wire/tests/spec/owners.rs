//! Users and processes, and what stands for none of them.

use crate::{FIELDS_61, FIELDS_69, FIELDS_100, big, little, patched};

/// The same header with this family, user and process, and those of the rule.
fn with(bytes: &[u8], family: u8, (uid, pid): (u32, i32)) -> Vec<u8> {
    let owner = [uid.to_le_bytes(), pid.to_le_bytes()].concat();
    patched(&patched(bytes, 1, &[family]), 44, &[&owner[..], &owner].concat())
}

#[test]
fn what_stands_for_none_depends_on_the_system() {
    const SAME: Option<()> = Some(());
    for (name, bytes, family, owner, uid, pid) in [
        ("OpenBSD today", &FIELDS_100[..], 2, (0xffff_ffff, 100_000), None, None),
        ("OpenBSD in 2010", &FIELDS_100, 2, (0xffff_ffff, 32767), None, None),
        ("OpenBSD 4.5", &FIELDS_61, 24, (0xffff_ffff, 32767), None, None),
        ("FreeBSD", &FIELDS_69, 2, (0xffff_ffff, 100_000), None, None),
        ("FreeBSD with a user", &FIELDS_69, 2, (1000, 100_000), SAME, None),
        ("NetBSD", &FIELDS_61, 24, (0x7fff_ffff, 30001), None, None),
        ("Darwin", &FIELDS_61, 30, (0x7fff_ffff, 100_000), None, None),
        ("Darwin over IPv4", &FIELDS_61, 2, (0x7fff_ffff, 100_000), None, None),
        ("NPF", &FIELDS_61, 24, (0x7fff_ffff, -1), None, None),
        ("root", &FIELDS_61, 2, (0, 0), SAME, SAME),
        // A process of that number, since there is a user.
        ("OpenBSD, a process 32767", &FIELDS_100, 2, (1000, 32767), SAME, SAME),
        ("anybody, a process 32767", &FIELDS_61, 2, (1000, 32767), SAME, SAME),
        ("OpenBSD, a process 30001", &FIELDS_100, 2, (1000, 30001), SAME, SAME),
        ("anybody, a process 30001", &FIELDS_61, 2, (1000, 30001), SAME, SAME),
        ("NetBSD, a process 32767", &FIELDS_61, 24, (0x7fff_ffff, 32767), SAME, SAME),
        // Not what this system writes for none.
        ("OpenBSD without NetBSD's user", &FIELDS_100, 2, (0x7fff_ffff, 30001), SAME, SAME),
        ("OpenBSD without NetBSD's process", &FIELDS_100, 2, (0xffff_ffff, 30001), None, SAME),
        ("FreeBSD, the greatest user", &FIELDS_69, 2, (0x7fff_ffff, 100_000), SAME, None),
        ("anybody, the greatest user", &FIELDS_61, 2, (0x7fff_ffff, 1), SAME, SAME),
        ("one less than each", &FIELDS_61, 2, (0x7fff_fffe, 99_999), SAME, SAME),
        ("one less and one more", &FIELDS_61, 2, (0xffff_fffe, 100_001), SAME, SAME),
        // Nowhere.
        ("a negative process", &FIELDS_100, 2, (1000, -2), SAME, None),
        ("the least process", &FIELDS_69, 2, (1000, i32::MIN), SAME, None),
    ] {
        let bytes = with(bytes, family, owner);
        let entry = little(&bytes);
        let (raw_uid, raw_pid) = owner;
        let expected = (uid.map(|()| raw_uid), pid.map(|()| raw_pid));
        assert_eq!((entry.uid(), entry.pid()), expected, "{name}");
        assert_eq!((entry.rule_uid(), entry.rule_pid()), expected, "{name}");
        assert_eq!((entry.raw_uid(), entry.raw_pid()), (Some(raw_uid), Some(raw_pid)));
        assert_eq!((entry.raw_rule_uid(), entry.raw_rule_pid()), (Some(raw_uid), Some(raw_pid)));
    }
}

#[test]
fn a_process_that_may_be_none_is_shown() {
    // The rule's, beside a user that says nothing: on FreeBSD it would be one.
    let bytes = with(&FIELDS_61, 28, (0xffff_ffff, 32767));
    assert_eq!((little(&bytes).uid(), little(&bytes).pid()), (None, Some(32767)));
}

#[test]
fn the_byte_order_is_that_of_users_and_processes_only() {
    for bytes in [&FIELDS_61[..], &FIELDS_69, &FIELDS_100] {
        let (big, little) = (big(bytes), little(bytes));
        assert_eq!((big.raw_uid(), little.raw_uid()), (Some(0x1819_1a1b), Some(0x1b1a_1918)));
        assert_eq!((big.raw_pid(), little.raw_pid()), (Some(0x1c1d_1e1f), Some(0x1f1e_1d1c)));
        assert_eq!(
            (big.raw_rule_uid(), little.raw_rule_uid()),
            (Some(0x2021_2223), Some(0x2322_2120))
        );
        assert_eq!(
            (big.raw_rule_pid(), little.raw_rule_pid()),
            (Some(0x2425_2627), Some(0x2726_2524))
        );
        assert_eq!((big.rule(), big.subrule()), (little.rule(), little.subrule()));
        assert_eq!((big.ridentifier(), big.sport()), (little.ridentifier(), little.sport()));
    }
}
