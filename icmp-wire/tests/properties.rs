//! What holds for all bytes, and for all messages.

use proptest::{collection::vec, prelude::*};
use std::{fs, path::Path};
use testkit::{bytes::model, icmp};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..200)) {
        icmp::check(&data);
    }

    #[test]
    fn any_bytes_behind_a_plausible_start(
        start in prop::sample::select(vec![[3, 3, 0x45], [3, 4, 0x46], [1, 4, 0x60], [1, 1, 0x60]]),
        data in vec(any::<u8>(), 6..200),
    ) {
        let mut data = data;
        (data[0], data[1]) = (start[0], start[1]);
        data.insert(0, 0);
        data.rotate_left(1);
        if let Some(version) = data.get_mut(8) {
            *version = start[2];
        }
        icmp::check(&data);
    }

}

proptest! {
    // Some rules take a few thousand messages to be met.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn any_message(seed in vec(any::<u8>(), 0..120)) {
        icmp::check_model(&model(&seed));
    }
}

#[test]
fn the_captures_hold_every_promise() {
    // Read at every byte: the oracle does not need to know where the messages begin.
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
    for name in ["snaplen.pcap", "any-sll.pcap"] {
        let bytes = fs::read(captures.join(name)).unwrap();
        for at in 0..bytes.len() {
            let end = bytes.len().min(at + 120);
            icmp::check(&bytes[at..end]);
        }
    }
}
