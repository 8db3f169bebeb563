//! `netflow-v5`, its strongest peers, and floors written by hand, on the same work in one run.

#[path = "../contender.rs"]
mod contender;
mod fields;
mod octets;
mod parse;

use contender::{Answer, Case, contender};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

/// Datagrams that one iteration goes through: few enough for the first-level cache.
const BATCH: u32 = 16;

/// Records of a datagram.
const COUNTS: [u16; 3] = [1, 10, 30];

impl Answer for u64 {
    fn digest(self) -> u64 {
        self
    }
}

/// The name of a work on so many records.
fn name(work: &str, count: u16) -> String {
    format!("{work}, {count} record{}", if count == 1 { "" } else { "s" })
}

/// Datagrams of so many records that differ in all fields but the unused ones, which are 0: not all
/// peers show those.
fn datagrams(count: u16) -> Vec<Vec<u8>> {
    let datagram = |n: u32| {
        let mut state = n;
        let mut next = || {
            state = state.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
            (state ^ state >> 15).to_be_bytes()
        };
        let mut bytes = vec![0, 5];
        bytes.extend(count.to_be_bytes());
        (0..5).for_each(|_| bytes.extend(next()));
        for _ in 0..count {
            let start = bytes.len();
            (0..12).for_each(|_| bytes.extend(next()));
            bytes[start + 36] = 0;
            bytes[start + 46..].fill(0);
        }
        bytes
    };
    (0..BATCH).map(datagram).collect()
}

/// The records of a datagram, after the checks that `Packet::parse` makes.
fn floor_records(bytes: &[u8]) -> Option<&[[u8; 48]]> {
    let (header, records) = bytes.split_first_chunk::<24>()?;
    let count = u16::from_be_bytes([header[2], header[3]]);
    let (records, rest) = records.as_chunks();
    let is_whole = records.len() == usize::from(count) && rest.is_empty();
    (header[..2] == [0, 5] && is_whole).then_some(records)
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = parse::parse, octets::octets, fields::fields
}
criterion_main!(benches);
