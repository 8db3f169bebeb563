//! `pflog-wire` and a floor written by hand, on the same work in one run.

#[path = "../contender.rs"]
mod contender;
mod decision;
mod fields;

use contender::{Answer, Case, contender};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

/// Entries that one iteration goes through: few enough for the first-level cache.
const BATCH: u32 = 64;

/// The layouts that are written today: the length byte, the bytes it takes, and by whom.
const LAYOUTS: [(u8, usize, &str); 3] =
    [(61, 64, "61 bytes"), (69, 72, "69 bytes"), (100, 100, "100 bytes")];

impl Answer for u64 {
    fn digest(self) -> u64 {
        self
    }
}

/// Entries of one layout that differ in all fields, or of all layouts in turn, each before 60 bytes
/// of a packet: as much as pflogd's 160 leave of it behind OpenBSD's header.
fn entries(layouts: &[(u8, usize, &str)]) -> Vec<Vec<u8>> {
    let entry = |n: u32| {
        let (length, takes, _) = layouts[n as usize % layouts.len()];
        let mut state = n;
        let mut next = || {
            state = state.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
            state ^ state >> 15
        };
        let mut bytes = vec![length, 2, next() as u8 & 1, next() as u8 & 7];
        let mut name = format!("vlan{}", next() % 4096).into_bytes();
        name.resize(16, 0);
        bytes.extend(name);
        bytes.extend([0; 16]);
        while bytes.len() < takes {
            bytes.extend(next().to_be_bytes());
        }
        bytes.extend(std::iter::once(0x45).chain((1..60).map(|_| next() as u8)));
        bytes
    };
    (0..BATCH).map(entry).collect()
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = decision::decision, fields::fields
}
criterion_main!(benches);
