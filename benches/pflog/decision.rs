//! What was decided about the packet, in words: what a line about it begins with.

use crate::{Case, LAYOUTS, contender, entries};
use criterion::Criterion;
use pflog_wire::{ByteOrder, Entry, LinkType};

pub(crate) fn decision(criterion: &mut Criterion) {
    for layout in LAYOUTS {
        let mut group = criterion.benchmark_group(format!("decision in words, {}", layout.2));
        let cases: Vec<Case<u64>> = entries(&[layout])
            .into_iter()
            .map(|mut bytes| {
                // In or out.
                bytes[60] = bytes[60] % 2 + 1;
                let answer = answer(&bytes);
                (bytes, answer)
            })
            .collect();
        contender(&mut group, "pflog-wire", &cases, pflog_wire);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

const ACTIONS: [&str; 2] = ["pass", "block"];
const REASONS: [&str; 8] = [
    "match",
    "bad-offset",
    "fragment",
    "short",
    "normalize",
    "memory",
    "bad-timestamp",
    "congestion",
];
const DIRECTIONS: [&str; 3] = ["in/out", "in", "out"];

/// Of a word its length, and of what is none 0.
fn answer(bytes: &[u8]) -> u64 {
    let number =
        |at: usize| bytes[at..at + 4].iter().fold(0, |value, &byte| value << 8 | u64::from(byte));
    let words = [
        ACTIONS[usize::from(bytes[2])],
        REASONS[usize::from(bytes[3])],
        DIRECTIONS[usize::from(bytes[60])],
    ];
    let len = words.map(|word| word.len() as u64).iter().sum::<u64>();
    len + number(36) + number(40)
}

fn pflog_wire(bytes: &[u8]) -> Option<u64> {
    let entry = Entry::parse(bytes, LinkType::Pflog, ByteOrder::Little).ok()?;
    let words = [
        entry.action_names().only()?,
        entry.reason_names().only()?,
        entry.direction_names()?.only()?,
    ];
    let len: u64 = words.map(|word| word.len() as u64).iter().sum();
    Some(
        len + u64::from(entry.rule().unwrap_or_default())
            + u64::from(entry.subrule().unwrap_or_default()),
    )
}

/// The words of one system, whichever wrote it.
fn floor(bytes: &[u8]) -> Option<u64> {
    let takes = match bytes.first()? {
        45 => 48,
        49 => 52,
        61 => 64,
        68 => 68,
        69 => 72,
        100 => 100,
        _ => return None,
    };
    let header = bytes.get(..takes)?.first_chunk::<64>()?;
    let words = [
        ACTIONS.get(usize::from(header[2]))?,
        REASONS.get(usize::from(header[3]))?,
        DIRECTIONS.get(usize::from(header[60]))?,
    ];
    let number = |at: usize| {
        let number =
            u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if number == u32::MAX { 0 } else { u64::from(number) }
    };
    Some(words.map(|word| word.len() as u64).iter().sum::<u64>() + number(36) + number(40))
}
