//! Copies: one datagram that was captured at more than one place.

use crate::{capture::Packet, datagram::Datagram, time::Time};
use hashbrown::DefaultHashBuilder;
use std::{
    hash::{BuildHasher, Hash, Hasher},
    net::IpAddr,
};

/// The datagrams of the last second, to recognize a copy of one of them.
///
/// A copy carries the same bytes and, in IPv4, the same identification. Where the header does not
/// identify the datagram, another place must show that it was not sent twice: another interface,
/// direction, VLAN, link address or hop limit.
#[derive(Debug)]
pub(super) struct Copies {
    hasher: DefaultHashBuilder,
    /// In each set, the fingerprints of the latest datagrams that agree in some of their bits.
    fingerprints: Vec<[u64; WAYS]>,
    /// Where and when they were seen, apart: it is rarely looked at.
    seen: Vec<[Seen; WAYS]>,
    /// Which of a set is the next to be replaced.
    next: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    time: Time,
    place: u64,
}

impl Copies {
    pub(super) fn new() -> Self {
        Self {
            hasher: DefaultHashBuilder::default(),
            fingerprints: vec![[0; WAYS]; SETS],
            seen: vec![[Seen::default(); WAYS]; SETS],
            next: 0,
        }
    }

    /// Returns whether `datagram` is a copy of one that was given before.
    pub(super) fn contain(&mut self, packet: &Packet<'_>, datagram: &Datagram<'_>) -> bool {
        // Nothing is said of copies where the capture has no times.
        let Some(time) = packet.time else { return false };
        let fingerprint = self.fingerprint(datagram);
        let place = if datagram.identification.is_some_and(|id| id != 0) {
            None
        } else {
            let link = packet.data.len().saturating_sub(datagram.frame.ip.len());
            let link = packet.data.get(..link);
            Some(self.hasher.hash_one((packet.interface, link, datagram.hop_limit)))
        };
        let index = usize::try_from(fingerprint).unwrap_or_default() % SETS;
        let (Some(known), Some(seen)) =
            (self.fingerprints.get_mut(index), self.seen.get_mut(index))
        else {
            return false;
        };
        // All at once: most datagrams are new, and then each of the comparisons is made anyway.
        let is_known = known.iter().fold(false, |is, known| is | (*known == fingerprint));
        let now = Seen { time, place: place.unwrap_or_default() };
        if is_known {
            let same = known.iter().zip(seen).find(|(known, _)| **known == fingerprint);
            return same.is_some_and(|(_, seen)| {
                let is_copy = time.since(seen.time).abs() <= WINDOW
                    && place.is_none_or(|place| place != seen.place);
                if !is_copy {
                    *seen = now;
                }
                is_copy
            });
        }
        self.next = self.next.wrapping_add(1) % WAYS;
        if let (Some(known), Some(seen)) = (known.get_mut(self.next), seen.get_mut(self.next)) {
            *known = fingerprint;
            *seen = now;
        }
        false
    }
}

impl Copies {
    /// Returns what copies of a datagram agree in, and other datagrams do not.
    #[inline]
    fn fingerprint(&self, datagram: &Datagram<'_>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        let id = datagram.identification;
        match (datagram.source, datagram.destination, datagram.payload.first_chunk()) {
            // What is identified needs no more than its ports and checksum.
            (IpAddr::V4(source), IpAddr::V4(destination), Some(head)) => {
                let addresses =
                    (u64::from(source.to_bits()) << 32) | u64::from(destination.to_bits());
                let head = u64::from_ne_bytes(*head);
                hasher.write_u128((u128::from(addresses) << 64) | u128::from(head));
                hasher.write_u16(id.unwrap_or_default());
            }
            (source, destination, _) => {
                (source, destination, id, datagram.payload).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

/// How far apart the copies of a datagram may be, in nanoseconds.
const WINDOW: i64 = 1_000_000_000;

const WAYS: usize = 8;
const SETS: usize = 0x80;
