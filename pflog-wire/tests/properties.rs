//! What holds for all bytes and for all entries.

#![expect(clippy::disallowed_methods, reason = "a test may panic")]

use pflog_wire::{ByteOrder, Entry, LinkType};
use proptest::{collection::vec, prelude::*};
use testkit::{bytes::model, pflog};

/// The lengths that are known, each with the bytes it takes.
const KNOWN: [(u8, usize); 6] = [(45, 48), (49, 52), (61, 64), (68, 68), (69, 72), (100, 100)];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..150)) {
        pflog::check(&data);
    }

    #[test]
    fn any_bytes_behind_a_known_length(at in 0..6_usize, data in vec(any::<u8>(), 0..150)) {
        pflog::check(&[&[KNOWN[at].0], &data[..]].concat());
    }
}

proptest! {
    // Some rules take a few thousand of them to be met.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

    #[test]
    fn any_entries(seed in vec(any::<u8>(), 10)) {
        pflog::check_model(&model(&seed));
    }
}

#[test]
fn all_lengths_are_accepted_as_the_layouts_say() {
    let mut bytes = [0xa5; 260];
    for length in 0..=u8::MAX {
        bytes[0] = length;
        let takes = KNOWN.iter().find(|(known, _)| *known == length).map(|(_, takes)| *takes);
        for len in (0..=110).chain(250..260) {
            let input = &bytes[..len];
            for byte_order in [ByteOrder::Big, ByteOrder::Little] {
                let parsed = Entry::parse(input, LinkType::Pflog, byte_order);
                let payload = parsed.ok().map(|entry| entry.payload().len());
                assert_eq!(
                    payload,
                    takes.and_then(|takes| len.checked_sub(takes)),
                    "{length} {len}"
                );
                let lax = Entry::parse_lax(input, LinkType::Pflog, byte_order);
                assert_eq!(
                    lax.is_ok(),
                    len >= 44 && (45..=252).contains(&length),
                    "{length} {len}"
                );
                if let Ok((entry, error)) = lax {
                    assert_eq!(error, parsed.err());
                    let behind = usize::from(length).div_ceil(4) * 4;
                    assert_eq!(entry.payload().len(), len.saturating_sub(behind));
                }
                let old = Entry::parse(input, LinkType::OldPflog, byte_order);
                let payload = old.ok().map(|entry| entry.payload().len());
                assert_eq!(payload, len.checked_sub(28), "{length} {len}");
                let lax = Entry::parse_lax(input, LinkType::OldPflog, byte_order);
                assert_eq!(lax.err(), old.err());
            }
        }
    }
}

#[test]
fn no_value_of_the_first_four_bytes_but_the_length_is_refused() {
    for (length, takes) in KNOWN {
        let mut bytes = vec![0; takes];
        bytes[0] = length;
        for high in 0..=u8::MAX {
            for low in 0..=u8::MAX {
                // Each byte in all its values, beside another one in all of its.
                for codes in [[high, low, 255 - low], [low, high, low], [255 - high, low, high]] {
                    bytes[1..4].copy_from_slice(&codes);
                    let entry = Entry::parse(&bytes, LinkType::Pflog, ByteOrder::Big).unwrap();
                    assert_eq!(
                        [entry.family().0, entry.action().0.into(), entry.reason().0.into()],
                        codes.map(u32::from)
                    );
                }
            }
        }
    }
}
