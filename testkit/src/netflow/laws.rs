//! What must hold between the ways to read, and between reading and writing.

use super::{Seen, naive, view};
use crate::bytes::Failure;
use netflow_v5::{Build, ErrorKind, Flow, Header, Packet, Recognition};
use std::num::NonZeroU32;

/// `parse` and `parse_prefix` succeed where nothing is missing, and fail as `parse_lax` does.
pub(super) fn check_entries(data: &[u8], seen: &Result<Seen, Failure>) {
    let (len, lax) = match seen {
        Ok(seen) => (seen.len, seen.failure),
        Err(failure) => (0, Some(*failure)),
    };
    let is_cut = lax.is_some_and(|failure| !matches!(failure.kind, ErrorKind::TrailingData { .. }));
    let parsed = Packet::parse(data).map_err(|error| view::failure(error, data));
    assert_eq!(parsed.err(), lax);
    match Packet::parse_prefix(data) {
        Ok((packet, rest)) => {
            assert!(!is_cut);
            assert_eq!((packet.as_bytes(), rest), (&data[..len], &data[len..]));
            assert_eq!(Packet::parse(&data[..len]), Ok(packet));
        }
        Err(error) => {
            assert!(is_cut);
            assert_eq!(Some(view::failure(error, data)), lax);
        }
    }
}

/// A cut packet shows less, and what it shows is the same.
pub(super) fn check_cuts(data: &[u8], whole: &Result<Seen, Failure>) {
    let sum: usize = data.iter().map(|&byte| usize::from(byte)).sum();
    for place in [1, 2, 4, 24, 25, 71, 72, 73, 120, data.len() - 1.min(data.len())] {
        check_cut(data, place, whole);
    }
    // And anywhere.
    check_cut(data, sum % (data.len() + 1), whole);
}

fn check_cut(data: &[u8], len: usize, whole: &Result<Seen, Failure>) {
    let Some(cut) = data.get(..len) else { return };
    let (Ok(whole), seen) = (whole, view::see(cut)) else { return };
    assert_eq!(seen, naive::decode(cut), "{len} bytes of more");
    match seen {
        Ok(seen) => {
            assert!(whole.records.starts_with(&seen.records));
            let records = seen.records.clone();
            let (len, failure) = (seen.len, seen.failure);
            assert_eq!(seen, Seen { records, len, failure, ..whole.clone() });
        }
        Err(failure) => assert!(matches!(failure.kind, ErrorKind::Truncated { .. })),
    }
}

/// What is recognized as an export reads as such.
pub(super) fn check_recognition(data: &[u8]) {
    for len in [0, 23, 24, 72, 120, data.len() / 2, data.len(), data.len() + 48, 1464, usize::MAX] {
        let recognition = Recognition::of(data, len);
        assert_eq!(recognition, naive::recognize(data, len), "{len} bytes declared");
        match recognition {
            Recognition::Export if len <= data.len() => {
                let seen = view::packets(&data[..len]);
                assert!(seen.error.is_none());
                assert!(!seen.whole.is_empty() && seen.whole.iter().all(|packet| packet.is_valid));
            }
            Recognition::Export => {
                assert_eq!(data[..2.min(data.len())], [0, 5][..2.min(data.len())]);
            }
            Recognition::Other => {}
            Recognition::Truncated => assert!(data.len() < len),
        }
    }
}

/// What was read is written again, byte by byte, and in a buffer of that length only.
pub(super) fn check_written(data: &[u8]) {
    let Ok((packet, error)) = Packet::parse_lax(data) else { return };
    let flows: Vec<Flow> = packet.records().map(Flow::from).collect();
    let header = Header::from(packet);
    let present = packet.records().len() as u16;
    let mut build = Build::new(header, &flows);
    assert_eq!(build.max_count, 30);
    if present > 30 {
        let refused = build.encode(&mut vec![0; data.len()]);
        assert_eq!(refused.map_err(|error| error.kind()), Err(limit(30)));
        build.max_count = present - 1;
        let refused = build.encode(&mut vec![0; data.len()]);
        assert_eq!(refused.map_err(|error| error.kind()), Err(limit(present - 1)));
        build.max_count = present;
    }
    let mut expected = packet.as_bytes().to_vec();
    assert_eq!(build.encoded_len(), expected.len());
    if error.is_some() {
        expected[2..4].copy_from_slice(&present.to_be_bytes());
    }
    let len = expected.len();
    let mut out = vec![0xa5; len + 3];
    assert_eq!(build.encode(&mut out), Ok(len));
    assert_eq!((&out[..len], &out[len..]), (&expected[..], &[0xa5; 3][..]));
    for available in [0, 23, len - 1] {
        let mut out = vec![0xa5; available.min(len - 1)];
        let kind = ErrorKind::BufferTooSmall { needed: len, available: out.len() };
        assert_eq!(build.encode(&mut out), Err(kind.at("packet", 0)));
        assert!(out.iter().all(|&byte| byte == 0xa5), "something was written");
    }

    assert_eq!(header.to_bytes(packet.count()), data[..24]);
    let rates = [1, 2, u32::MAX].map(|rate| NonZeroU32::new(rate).expect("not 0"));
    for (record, flow) in packet.into_iter().zip(&flows) {
        assert_eq!(flow.to_bytes(), record.as_bytes());
        for rate in rates {
            let scaled = record.scaled(rate);
            let [packets, octets] = [record.packets(), record.octets()].map(u128::from);
            let rate = u128::from(rate.get());
            assert_eq!(
                (scaled.packets.into(), scaled.octets.into()),
                (packets * rate, octets * rate)
            );
        }
    }
}

fn limit(limit: u16) -> ErrorKind {
    ErrorKind::LimitExceeded { limit: limit.into() }
}
