//! Checksums, as a question of their own.

use crate::{PORT_UNREACHABLE, PORT_UNREACHABLE_V6};
use hex_literal::hex;
use icmp_wire::{Checksum, Quote, checksum, v4, v6};

/// RFC 1071 §4.1, word by word.
pub(crate) fn naive(bytes: &[u8]) -> u16 {
    let mut sum = 0_u32;
    for word in bytes.chunks(2) {
        sum += u32::from(word[0]) * 256 + u32::from(*word.get(1).unwrap_or(&0));
        sum = sum % 65536 + sum / 65536;
    }
    0xffff - u16::try_from(sum).unwrap()
}

#[test]
fn rfc_1071_example() {
    assert_eq!(checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
}

#[test]
fn every_length_is_summed_to_its_last_byte() {
    for fill in [0x00, 0x01, 0x80, 0xff] {
        for len in 0..200 {
            let mut bytes = vec![fill; len];
            assert_eq!(checksum(&bytes), naive(&bytes), "{len} bytes of {fill}");
            if let Some(last) = bytes.last_mut() {
                *last ^= 0x5a;
                assert_eq!(checksum(&bytes), naive(&bytes), "{len} bytes");
            }
        }
    }
}

#[test]
fn carries_are_folded_however_many_there_are() {
    // Two bytes of ff once hung a folding loop; 64 KiB and more overflow a narrow sum.
    for len in [2, 3, 1500, 65_535, 65_536, 1_000_001] {
        assert_eq!(checksum(&vec![0xff; len]), naive(&vec![0xff; len]), "{len}");
        assert_eq!(checksum(&vec![0x00; len]), 0xffff);
    }
}

#[test]
fn a_sum_that_takes_four_rounds_to_fold_is_folded() {
    let mut bytes = vec![0xff; 262_144];
    bytes.extend([0xff, 0xff, 0xff, 0xff, 0x01, 0x00]);
    assert_eq!(checksum(&bytes), naive(&bytes));
    bytes.extend([0x00, 0x01]);
    assert_eq!(checksum(&bytes), naive(&bytes));
}

#[test]
fn bytes_that_are_all_zero_have_a_checksum_of_all_ones() {
    let status = |bytes: &[u8]| v4::Message::parse(bytes).unwrap().checksum_status(bytes.len());
    assert_eq!(status(&[0; 8]), Checksum::Invalid { computed: 0xffff });
    assert_eq!(status(&[0, 0, 0x12, 0x34, 0, 0, 0, 0]), Checksum::Invalid { computed: 0xffff });
    assert_eq!(status(&[0, 0, 0xff, 0xff, 0, 0, 0, 0]), Checksum::Valid);
}

#[test]
fn the_pseudo_header_has_a_length_of_32_bits() {
    let (source, destination) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
    let mut bytes = vec![0xa5; 70_000];
    bytes[2..4].fill(0);
    let mut covered = hex!("2001 0db8 0000 0000 0000 0000 0000 0001").to_vec();
    covered.extend(hex!("2001 0db8 0000 0000 0000 0000 0000 0002 0001 1170 0000 003a"));
    covered.extend(&bytes);
    let message = v6::Message::parse(&bytes).unwrap();
    let computed = naive(&covered);
    let status = message.checksum_status(source, destination, 70_000);
    assert_eq!(status, Checksum::Invalid { computed });
    assert_eq!(message.checksum_status(source, destination, 70_001), Checksum::Truncated);
    assert_eq!(message.checksum_status(source, destination, 7), Checksum::Truncated);
}

#[test]
fn a_kernels_message_is_valid() {
    let message = v4::Message::parse(&PORT_UNREACHABLE).unwrap();
    assert_eq!(message.checksum_status(PORT_UNREACHABLE.len()), Checksum::Valid);
    let message = v6::Message::parse(&PORT_UNREACHABLE_V6).unwrap();
    let (router, sender) = ("2001:db8::a".parse().unwrap(), "2001:db8::d6".parse().unwrap());
    let len = PORT_UNREACHABLE_V6.len();
    assert_eq!(message.checksum_status(router, sender, len), Checksum::Valid);
    let other = "2001:db8::b".parse().unwrap();
    assert_ne!(message.checksum_status(other, sender, len), Checksum::Valid);
}

#[test]
fn a_wrong_checksum_comes_with_the_right_one() {
    for wrong in [0x0000, 0xe992, 0xffff] {
        let mut bytes = PORT_UNREACHABLE;
        bytes[2..4].copy_from_slice(&u16::to_be_bytes(wrong));
        let status = v4::Message::parse(&bytes).unwrap().checksum_status(bytes.len());
        assert_eq!(status, Checksum::Invalid { computed: 0xe993 });
    }
}

#[test]
fn a_message_that_was_cut_cannot_be_told() {
    let message = v4::Message::parse(&PORT_UNREACHABLE[..40]).unwrap();
    assert_eq!(message.checksum_status(76), Checksum::Truncated);
    assert_eq!(message.checksum_status(usize::MAX), Checksum::Truncated);
    assert_eq!(message.checksum_status(7), Checksum::Truncated, "no message is that short");
}

#[test]
fn bytes_behind_the_declared_end_are_not_summed() {
    let padded = [&PORT_UNREACHABLE[..], &[0xaa; 6]].concat();
    let message = v4::Message::parse(&padded).unwrap();
    assert_eq!(message.checksum_status(76), Checksum::Valid);
    let padded = [&PORT_UNREACHABLE_V6[..], &[0xaa; 6]].concat();
    let message = v6::Message::parse(&padded).unwrap();
    let (router, sender) = ("2001:db8::a".parse().unwrap(), "2001:db8::d6".parse().unwrap());
    assert_eq!(message.checksum_status(router, sender, 56), Checksum::Valid);
}

#[test]
fn the_quoted_ipv4_header_has_a_checksum_of_its_own() {
    let quote = PORT_UNREACHABLE[8..].to_vec();
    let status = |bytes: &[u8]| Quote::parse(bytes).unwrap().header_checksum_status();
    assert_eq!(status(&quote), Some(Checksum::Valid));
    let mut routed = quote.clone();
    routed[8] -= 1; // A time to live that a router counted down without correcting the checksum.
    assert_eq!(status(&routed), Some(Checksum::Invalid { computed: 0x73a0 }));
    let mut options = quote;
    options[0] = 0x4f;
    assert_eq!(status(&options[..59]), Some(Checksum::Truncated));
    assert_eq!(status(&PORT_UNREACHABLE_V6[8..]), None);
}
