//! What holds for all bytes, for all packets, and for all orders of arrival.

#![expect(clippy::disallowed_methods, reason = "a test may panic")]

use netflow_v5::{Packet, Recognition};
use proptest::{collection::vec, prelude::*};
use std::{fs, path::Path};
use testkit::{bytes::model, netflow};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..200)) {
        netflow::check(&data);
    }

    #[test]
    fn any_bytes_behind_a_plausible_start(count in 0_u8..5, data in vec(any::<u8>(), 0..300)) {
        netflow::check(&[&[0, 5, 0, count], &data[..]].concat());
    }
}

proptest! {
    // Some rules take a few thousand of them to be met.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

    #[test]
    fn any_packets(seed in vec(any::<u8>(), 0..100)) {
        netflow::check_model(&model(&seed));
    }

    #[test]
    fn any_order(seed in vec(any::<u8>(), 10..58)) {
        netflow::check_sequence(&model(&seed));
    }
}

#[test]
fn the_captures_hold_every_promise() {
    // Read at every byte: the oracle does not need to know where the packets begin.
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
    let bytes = fs::read(captures.join("collector-down.pcap")).unwrap();
    for at in (0..bytes.len()).step_by(7) {
        let end = bytes.len().min(at + 120);
        netflow::check(&bytes[at..end]);
    }
}

#[test]
fn all_versions_and_counts_are_accepted_as_the_bytes_say() {
    // In front of one record, and of 31.
    for records in [1, 31] {
        let mut bytes = vec![0; 24 + 48 * records];
        for version in 0..=u16::MAX {
            bytes[..2].copy_from_slice(&version.to_be_bytes());
            assert_eq!(Packet::parse_lax(&bytes).is_ok(), version == 5);
        }
        bytes[..2].copy_from_slice(&[0, 5]);
        for count in 0..=u16::MAX {
            bytes[2..4].copy_from_slice(&count.to_be_bytes());
            let declared = usize::from(count);
            assert_eq!(Packet::parse(&bytes).is_ok(), declared == records);
            assert_eq!(Packet::parse_prefix(&bytes).is_ok(), declared <= records);
            let (packet, _) = Packet::parse_lax(&bytes).unwrap();
            assert_eq!(packet.records().len(), declared.min(records));
            let is_export = declared == records && declared <= 30;
            let recognition = Recognition::of(&bytes, bytes.len());
            assert_eq!(recognition == Recognition::Export, is_export);
        }
    }
}
