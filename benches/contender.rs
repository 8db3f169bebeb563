//! What the benches of all formats share: how one contender is timed.

use criterion::{BenchmarkGroup, measurement::WallTime};
use std::hint::black_box;

/// An input, and what every contender has to make of it.
pub(crate) type Case<A> = (Vec<u8>, A);

/// What is to be found out.
pub(crate) trait Answer: Copy {
    /// Returns a number that all of it goes into, so that none of it can be left out.
    fn digest(self) -> u64;
}

impl Answer for u16 {
    fn digest(self) -> u64 {
        self.into()
    }
}

impl Answer for u32 {
    fn digest(self) -> u64 {
        self.into()
    }
}

impl Answer for usize {
    fn digest(self) -> u64 {
        self as u64
    }
}

/// Times one contender, after it has given the right answers.
///
/// Each contender is a type of its own and has one caller, so that each can be inlined there.
pub(crate) fn contender<A: Answer>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    cases: &[Case<A>],
    mut read: impl FnMut(&[u8]) -> Option<A>,
) {
    for (input, answer) in cases {
        let input = input.as_slice();
        let start = input.get(..64).unwrap_or(input);
        assert_eq!(batch(&[input], &mut read), answer.digest(), "{name} on {start:02x?}");
    }
    let inputs: Vec<&[u8]> = cases.iter().map(|(input, _)| input.as_slice()).collect();
    group.bench_function(name, |bencher| {
        bencher.iter(|| batch(black_box(&inputs), &mut read));
    });
}

#[inline(never)]
fn batch<A: Answer>(inputs: &[&[u8]], read: &mut impl FnMut(&[u8]) -> Option<A>) -> u64 {
    inputs.iter().fold(0, |sum, input| sum.wrapping_add(read(input).map_or(0, Answer::digest)))
}
