//! `icmp-wire`, its strongest peers, and floors written by hand, on the same work in one run.

mod build;
mod checksum;
mod extension;
mod port_unreachable;

use criterion::{
    BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use std::{hint::black_box, net::IpAddr, time::Duration};

/// Inputs that one iteration goes through: a single one takes nanoseconds.
const BATCH: u8 = 64;

/// An input, and what every contender has to make of it.
type Case<A> = (Vec<u8>, A);

/// What is to be found out.
trait Answer: Copy {
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

impl Answer for (u8, IpAddr, u16) {
    fn digest(self) -> u64 {
        let (code, address, port) = self;
        let address = match address {
            IpAddr::V4(address) => address.to_bits().into(),
            IpAddr::V6(address) => address.to_bits() as u64 ^ (address.to_bits() >> 64) as u64,
        };
        address ^ (u64::from(code) << 32) ^ (u64::from(port) << 40)
    }
}

/// Times one contender, after it has given the right answers.
///
/// Each contender is a type of its own and has one caller, so that each can be inlined there.
fn contender<A: Answer>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    cases: &[Case<A>],
    mut read: impl FnMut(&[u8]) -> Option<A>,
) {
    for (input, answer) in cases {
        assert_eq!(batch(&[input], &mut read), answer.digest(), "{name} on {input:02x?}");
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

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = port_unreachable::v4, port_unreachable::v6, extension::first_label,
        checksum::checksum, build::v4, build::v6
}
criterion_main!(benches);
