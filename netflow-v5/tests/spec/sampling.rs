//! Sampling, and what it makes of the counters.

use crate::packet;
use core::num::NonZeroU32;
use netflow_v5::{Packet, Sampling, SamplingMode, Scaled};

#[test]
fn all_sixteen_bits_are_read() {
    for bits in 0..=u16::MAX {
        let sampling = Sampling::from(bits);
        let (mode, interval) = (sampling.mode(), sampling.interval());
        assert_eq!((u16::from(mode.0), interval), (bits / 16384, bits % 16384));
        assert_eq!(Sampling::new(mode, interval), sampling);
        assert_eq!(u16::from(sampling), bits);
        let is_sampled = bits >= 16384 && interval > 0;
        assert_eq!(sampling.rate().map(NonZeroU32::get), is_sampled.then_some(interval.into()));
    }
}

#[test]
fn parts_that_are_too_large_are_cut() {
    assert_eq!(Sampling::new(SamplingMode(5), 0xffff), Sampling(0x7fff));
    assert_eq!(Sampling::new(SamplingMode::RANDOM, 0x4001), Sampling(0x8001));
}

#[test]
fn modes_have_names() {
    let names = [Some("none"), Some("packet interval"), Some("random"), None, None];
    for (number, name) in (0..).zip(names) {
        let mode = SamplingMode::from(number);
        assert_eq!((mode.name(), u8::from(mode)), (name, number));
        assert_eq!(mode.to_string(), name.map_or(number.to_string(), Into::into));
        assert_eq!(format!("{mode:?}"), format!("SamplingMode({mode})"));
    }
    assert_eq!(SamplingMode::PACKET_INTERVAL, SamplingMode(1));
    assert_eq!(
        format!("{:?}", Sampling(0x8064)),
        "Sampling { mode: SamplingMode(random), interval: 100 }"
    );
}

#[test]
fn counters_are_scaled_by_the_callers_rate_and_by_no_other() {
    let mut bytes = packet(1, 1);
    bytes[22..24].copy_from_slice(&[0x40, 0x64]);
    let record = Packet::parse(&bytes).unwrap().record(0).unwrap();
    assert_eq!((record.packets(), record.octets()), (0x1819_1a1b, 0x1c1d_1e1f));
    let scaled = |rate| record.scaled(NonZeroU32::new(rate).unwrap());
    assert_eq!(scaled(1), Scaled { packets: 0x1819_1a1b, octets: 0x1c1d_1e1f });
    assert_eq!(scaled(3), Scaled { packets: 3 * 0x1819_1a1b, octets: 3 * 0x1c1d_1e1f });
}

#[test]
fn the_greatest_counter_times_the_greatest_rate_fits() {
    let mut bytes = packet(1, 1);
    bytes[24 + 16..24 + 24].fill(0xff);
    let record = Packet::parse(&bytes).unwrap().record(0).unwrap();
    let product = 0xffff_fffe_0000_0001;
    assert_eq!(record.scaled(NonZeroU32::MAX), Scaled { packets: product, octets: product });
}
