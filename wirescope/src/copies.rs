//! Copies: one datagram that was captured at more than one place.

use crate::{capture::Packet, datagram::Datagram, time::Time};
use foldhash::fast::FixedState;
use std::{
    hash::{BuildHasher, Hash, Hasher},
    net::IpAddr,
};

/// The latest datagrams, to recognize a copy of one of them.
///
/// A copy has the same addresses, identification and checksum, or in IPv6 the same bytes, within a
/// second and at another place: on another interface, in another direction or VLAN, with other link
/// addresses or another hop limit. At the same place, as on a mirroring port, it has the same
/// identification, and follows within a millisecond.
#[derive(Debug)]
pub(crate) struct Copies {
    /// In each set, the fingerprints of the latest datagrams that agree in some of their bits.
    fingerprints: Vec<[u64; WAYS]>,
    /// Where and when they were seen, apart: it is rarely looked at.
    seen: Vec<[Seen; WAYS]>,
    /// Which of each set is the oldest.
    oldest: Vec<u8>,
    /// The start of a second, and how many came since.
    second: (Time, u64),
    /// How many came so fast that others may have been replaced too early.
    hurried: u64,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    time: Time,
    place: u64,
}

impl Copies {
    pub(crate) fn new() -> Self {
        Self {
            fingerprints: vec![[0; WAYS]; SETS],
            seen: vec![[NEVER; WAYS]; SETS],
            oldest: vec![0; SETS],
            second: (Time::MIN, 0),
            hurried: 0,
        }
    }

    /// Returns whether `datagram` is a copy of one that was given before.
    #[inline]
    pub(crate) fn contain(&mut self, packet: &Packet<'_>, datagram: &Datagram<'_>) -> bool {
        // Nothing is said of copies where the capture has no times.
        let Some(time) = packet.time else { return false };
        let fingerprint = fingerprint(datagram);
        let index = usize::try_from(fingerprint).unwrap_or_default() % SETS;
        let (Some(known), Some(seen), Some(oldest)) = (
            self.fingerprints.get_mut(index),
            self.seen.get_mut(index),
            self.oldest.get_mut(index),
        ) else {
            return false;
        };
        let now = Seen { time, place: place(packet, datagram) };
        // All at once: most datagrams are new, and then each of the comparisons is made anyway.
        if known.iter().fold(false, |is, known| is | (*known == fingerprint)) {
            let same = known.iter().zip(seen.iter_mut()).find(|(known, _)| **known == fingerprint);
            if let Some((_, seen)) = same {
                let apart = time.since(seen.time).abs();
                let is_copy = if now.place == seen.place {
                    apart <= MIRRORED && datagram.identification.is_some_and(|id| id != 0)
                } else {
                    apart < WINDOW
                };
                if !is_copy {
                    *seen = now;
                }
                return is_copy;
            }
        }
        let way = usize::from(*oldest) % WAYS;
        *oldest = oldest.wrapping_add(1);
        if let (Some(known), Some(seen)) = (known.get_mut(way), seen.get_mut(way)) {
            *known = fingerprint;
            *seen = now;
        }
        let (start, count) = &mut self.second;
        if time.since(*start).abs() >= WINDOW {
            (*start, *count) = (time, 0);
        }
        *count = count.saturating_add(1);
        self.hurried = self.hurried.saturating_add((*count > CALM).into());
        false
    }

    /// Returns how many datagrams came so fast that a copy of them may not have been recognized.
    pub(crate) fn hurried(&self) -> u64 {
        self.hurried
    }
}

/// Returns what copies of a datagram agree in, and other datagrams do not.
#[inline]
fn fingerprint(datagram: &Datagram<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let id = datagram.identification;
    match (datagram.source, datagram.destination, datagram.payload.first_chunk()) {
        // What is identified needs no more than its ports and checksum.
        (IpAddr::V4(source), IpAddr::V4(destination), Some(head)) => {
            let addresses = (u64::from(source.to_bits()) << 32) | u64::from(destination.to_bits());
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

/// Returns what tells the places apart at which copies of a datagram are captured.
#[inline]
fn place(packet: &Packet<'_>, datagram: &Datagram<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let link = packet.data.len().saturating_sub(datagram.frame.ip.len());
    hasher.write(packet.data.get(..link).unwrap_or_default());
    hasher.write_u64((u64::from(packet.interface) << 8) | u64::from(datagram.hop_limit));
    hasher.finish()
}

/// How far apart the copies of a datagram may be, in nanoseconds.
const WINDOW: i64 = 1_000_000_000;

/// How far apart they may be at the same place, in nanoseconds.
const MIRRORED: i64 = 1_000_000;

/// How many datagrams may come in a second: a quarter of what there is room for, so that hardly any
/// set has to take more of them than it can.
pub(crate) const CALM: u64 = 0x2000;

const NEVER: Seen = Seen { time: Time::MIN, place: 0 };

const WAYS: usize = 8;
const SETS: usize = 0x1000;
