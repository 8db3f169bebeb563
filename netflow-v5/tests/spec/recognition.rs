//! What is an export, and what is not.

use crate::{SOFTFLOWD, packet, two_records};
use netflow_v5::Recognition::{self, Export, Other, Truncated};

#[test]
fn version_count_and_length_have_to_agree() {
    assert_eq!(Recognition::of(&SOFTFLOWD, 72), Export);
    for count in 1..=30 {
        let bytes = packet(count, count.into());
        assert_eq!(Recognition::of(&bytes, bytes.len()), Export);
        for wrong in [-48, -1, 1, 23, 48] {
            let len = bytes.len().saturating_add_signed(wrong);
            let more = [&bytes[..], &[0xff; 48]].concat();
            assert_eq!(Recognition::of(&more[..len], len), Other, "{count} {wrong}");
        }
    }
    for count in [0, 31, 256, 257, 65535] {
        let bytes = packet(count, count.into());
        assert_eq!(Recognition::of(&bytes, bytes.len()), Other, "{count}");
    }
    for version in [0_u16, 1, 4, 6, 7, 9, 10, 0x0105, 0x0500] {
        let mut bytes = packet(1, 1);
        bytes[..2].copy_from_slice(&version.to_be_bytes());
        assert_eq!(Recognition::of(&bytes, 72), Other, "{version}");
    }
    assert_eq!(Recognition::of(&[], 0), Other);
}

#[test]
fn a_quoted_export_is_recognized_by_four_bytes() {
    let bytes = packet(30, 30);
    for present in 4..bytes.len() {
        assert_eq!(Recognition::of(&bytes[..present], 1464), Export, "{present}");
    }
    for present in 0..4 {
        assert_eq!(Recognition::of(&bytes[..present], 1464), Truncated, "{present}");
    }
    // What can be told by less is.
    assert_eq!(Recognition::of(&[1], 1464), Other);
    assert_eq!(Recognition::of(&[0, 9], 1464), Other);
    assert_eq!(Recognition::of(&[0, 5, 1], 1464), Other);
    assert_eq!(Recognition::of(&[], 71), Other);
    assert_eq!(Recognition::of(&bytes[..548], 1463), Other);
}

#[test]
fn several_packets_are_an_export_if_the_last_one_agrees() {
    let bytes = [&SOFTFLOWD[..], &two_records()].concat();
    assert_eq!(Recognition::of(&bytes, 192), Export);
    assert_eq!(Recognition::of(&bytes, 191), Other);
    // Where the second begins is cut off.
    for present in 4..76 {
        assert_eq!(Recognition::of(&bytes[..present], 192), Truncated, "{present}");
    }
    assert_eq!(Recognition::of(&bytes[..76], 192), Export);
    // Less is left than any packet takes.
    assert_eq!(Recognition::of(&bytes[..72], 72 + 71), Other);
    assert_eq!(Recognition::of(&bytes[..72], 72 + 72), Truncated);
}

#[test]
fn bytes_behind_the_datagram_do_not_count() {
    let bytes = [&SOFTFLOWD[..], &[0; 100]].concat();
    assert_eq!(Recognition::of(&bytes, 72), Export);
    assert_eq!(Recognition::of(&bytes, bytes.len()), Other);
    let bytes = [&SOFTFLOWD[..], &SOFTFLOWD].concat();
    assert_eq!((Recognition::of(&bytes, 74), Recognition::of(&bytes, 144)), (Other, Export));
}
