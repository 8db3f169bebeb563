//! `icmp-wire`, its strongest peers, and floors written by hand, on the same work in one run.

mod build;
mod checksum;
#[path = "../contender.rs"]
mod contender;
mod extension;
mod port_unreachable;

use contender::{Answer, Case, contender};
use criterion::{Criterion, criterion_group, criterion_main};
use std::{net::IpAddr, time::Duration};

/// Inputs that one iteration goes through: a single one takes nanoseconds.
const BATCH: u8 = 64;

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

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = port_unreachable::v4, port_unreachable::v6, extension::first_label,
        checksum::checksum, build::v4, build::v6
}
criterion_main!(benches);
