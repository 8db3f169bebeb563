//! The Internet checksum, a word at a time (RFC 1071 §1).

use super::{super::Family, u16_at};
use icmp_wire::Checksum;
use std::net::Ipv6Addr;

/// The source that all IPv6 headers of these oracles have.
pub const SOURCE: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0x12, 0xfe34, 0x56, 0xdc78, 0x9a, 0xbabc);

/// Their destination.
pub const DESTINATION: Ipv6Addr =
    Ipv6Addr::new(0x2001, 0xdb8, 0xf0, 0x1e2d, 0x3c, 0x4b5a, 0x69, 0x7888);

/// Returns the checksum of `data`.
#[must_use]
pub fn checksum(data: &[u8]) -> u16 {
    !sum(0, data, None)
}

/// Returns the checksum that a message has to have, whatever it has.
#[must_use]
pub fn of_message(family: Family, message: &[u8]) -> u16 {
    !sum(before(family, message.len()), message, Some(2))
}

/// Returns the checksum that an extension structure has to have, whatever it has.
#[must_use]
pub fn of_structure(structure: &[u8]) -> u16 {
    !sum(0, structure, Some(2))
}

/// Says what the checksum of a message is worth whose IP header declares it to have a length.
#[must_use]
pub fn message(family: Family, data: &[u8], declared_len: usize) -> Checksum {
    if declared_len < 8 || declared_len > data.len() {
        return Checksum::Truncated;
    }
    status(before(family, declared_len), &data[..declared_len], 2)
}

/// Says what the checksum of the structure is worth that begins at byte `at` of such a message.
#[must_use]
pub fn structure(data: &[u8], at: usize, declared_len: usize) -> Checksum {
    if u16_at(data, at + 2) == 0 {
        return Checksum::NotSent;
    }
    if declared_len < at + 4 || declared_len > data.len() {
        return Checksum::Truncated;
    }
    status(0, &data[at..declared_len], 2)
}

/// Says what the checksum of the IPv4 header is worth that begins at byte `at`.
pub(super) fn ipv4(data: &[u8], at: usize, len: usize) -> Checksum {
    if data.len() < at + len {
        return Checksum::Truncated;
    }
    status(0, &data[at..at + len], 10)
}

fn status(before: u16, covered: &[u8], field: usize) -> Checksum {
    // RFC 1071 §1 (3): all ones.
    if sum(before, covered, None) == 0xffff {
        Checksum::Valid
    } else {
        Checksum::Invalid { computed: !sum(before, covered, Some(field)) }
    }
}

/// The sum of what is prepended for the checksum.
fn before(family: Family, len: usize) -> u16 {
    match family {
        Family::V4 => 0,
        Family::V6 => {
            // RFC 8200 §8.1.
            let mut pseudo_header = [0; 40];
            pseudo_header[..16].copy_from_slice(&SOURCE.octets());
            pseudo_header[16..32].copy_from_slice(&DESTINATION.octets());
            pseudo_header[32..36].copy_from_slice(&u32::try_from(len).unwrap().to_be_bytes());
            pseudo_header[39] = 58;
            sum(0, &pseudo_header, None)
        }
    }
}

/// Adds the words of `data`, but for the one at byte `skip`.
fn sum(mut sum: u16, data: &[u8], skip: Option<usize>) -> u16 {
    let mut at = 0;
    while at < data.len() {
        if Some(at) != skip {
            let word =
                if at + 1 < data.len() { u16_at(data, at) } else { u16_at(&[data[at], 0], 0) };
            let (added, carries) = sum.overflowing_add(word);
            sum = if carries { added + 1 } else { added };
        }
        at += 2;
    }
    sum
}
