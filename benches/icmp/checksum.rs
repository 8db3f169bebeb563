//! The Internet checksum (RFC 1071), of the shortest errors and of the longest.

use crate::{Case, contender};
use criterion::{Criterion, Throughput};

pub(crate) fn checksum(criterion: &mut Criterion) {
    for len in [64, 576, 1500] {
        let mut group = criterion.benchmark_group(format!("checksum of {len} bytes"));
        let cases = cases(len);
        group.throughput(Throughput::Bytes((cases.len() * len) as u64));
        contender(&mut group, "icmp-wire", &cases, |bytes| Some(icmp_wire::checksum(bytes)));
        contender(&mut group, "etherparse", &cases, etherparse);
        contender(&mut group, "internet-checksum", &cases, internet_checksum);
        contender(&mut group, "smoltcp", &cases, smoltcp);
        contender(&mut group, "naive", &cases, |bytes| Some(naive(bytes)));
        group.finish();
    }
}

/// A batch that stays in the first-level cache.
fn cases(len: usize) -> Vec<Case<u16>> {
    let input = |n: usize| {
        let input: Vec<u8> = (0..len).map(|i| (i * 31 + n * 17) as u8).collect();
        let checksum = naive(&input);
        (input, checksum)
    };
    (0..16).map(input).collect()
}

fn etherparse(bytes: &[u8]) -> Option<u16> {
    use etherparse::checksum::Sum16BitWords;
    Some(Sum16BitWords::new().add_slice(bytes).ones_complement().to_be())
}

fn internet_checksum(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(internet_checksum::checksum(bytes)))
}

fn smoltcp(bytes: &[u8]) -> Option<u16> {
    Some(!smoltcp::wire::checksum::data(bytes))
}

/// As RFC 1071 §4.1 has it: 16 bits at a time.
pub(crate) fn naive(bytes: &[u8]) -> u16 {
    complement(sum(bytes))
}

pub(crate) fn sum(bytes: &[u8]) -> u32 {
    let (words, rest) = bytes.as_chunks();
    let sum: u32 = words.iter().map(|&word| u32::from(u16::from_be_bytes(word))).sum();
    sum + rest.first().map_or(0, |&last| u32::from(last) << 8)
}

pub(crate) fn complement(mut sum: u32) -> u16 {
    while sum >> 16 != 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}
