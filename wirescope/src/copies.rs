//! Copies: one datagram that was captured at more than one place.

use crate::{capture::Packet, datagram::Datagram, time::Time};
use foldhash::fast::FixedState;
use std::{
    hash::{BuildHasher, Hash, Hasher},
    net::IpAddr,
};

/// The latest datagrams, to recognize a copy of one of them.
///
/// A copy has the same addresses, identification and checksum, or where it is not identified the same
/// bytes, within a second and at another place: on another interface, in another direction or VLAN, with other link
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
    second: (Time, usize),
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
        Self::with_sets(FEWEST_SETS)
    }

    fn with_sets(sets: usize) -> Self {
        Self {
            fingerprints: vec![[0; WAYS]; sets],
            seen: vec![[NEVER; WAYS]; sets],
            oldest: vec![0; sets],
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
        let now = Seen { time, place: place(packet, datagram) };
        let index = self.index(fingerprint);
        let known = self.fingerprints.get(index).copied().unwrap_or_default();
        // All at once: most datagrams are new, and then each of the comparisons is made anyway.
        if known.iter().fold(false, |is, known| is | (*known == fingerprint)) {
            let way = known.iter().position(|known| *known == fingerprint);
            let seen = self.seen.get_mut(index).zip(way).and_then(|(seen, way)| seen.get_mut(way));
            return seen.is_some_and(|seen| {
                let is_copy = now.is_copy_of(seen, datagram);
                if !is_copy {
                    *seen = now;
                }
                is_copy
            });
        }
        self.insert(fingerprint, now);
        self.keep_pace(time);
        false
    }

    /// Returns the most datagrams that come in a second without haste: one for each set, so that
    /// hardly any has to take more of them than it can.
    fn pace(&self) -> usize {
        self.fingerprints.len()
    }

    /// Makes room for more, where they come faster than a copy of each could be recognized.
    #[inline]
    fn keep_pace(&mut self, time: Time) {
        let (start, count) = &mut self.second;
        if time.since(*start).abs() >= WINDOW {
            (*start, *count) = (time, 0);
        }
        *count = count.saturating_add(1);
        if *count > self.pace() {
            if self.fingerprints.len() < MOST_SETS {
                self.grow();
            } else {
                self.hurried = self.hurried.saturating_add(1);
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = Self::with_sets(self.fingerprints.len().saturating_mul(2));
        for way in 0..WAYS {
            for ((known, seen), oldest) in
                self.fingerprints.iter().zip(&self.seen).zip(&self.oldest)
            {
                // In the order in which they came.
                let way = usize::from(*oldest).wrapping_add(way) % WAYS;
                if let (Some(fingerprint), Some(seen)) = (known.get(way), seen.get(way))
                    && seen.time != NEVER.time
                {
                    larger.insert(*fingerprint, *seen);
                }
            }
        }
        larger.second = self.second;
        *self = larger;
    }

    /// Replaces the oldest of a set.
    #[inline]
    fn insert(&mut self, fingerprint: u64, now: Seen) {
        let index = self.index(fingerprint);
        let (Some(known), Some(seen), Some(oldest)) = (
            self.fingerprints.get_mut(index),
            self.seen.get_mut(index),
            self.oldest.get_mut(index),
        ) else {
            return;
        };
        let way = usize::from(*oldest) % WAYS;
        *oldest = oldest.wrapping_add(1);
        if let (Some(known), Some(seen)) = (known.get_mut(way), seen.get_mut(way)) {
            *known = fingerprint;
            *seen = now;
        }
    }

    /// Returns the set of a fingerprint. The number of sets is a power of two.
    #[inline]
    fn index(&self, fingerprint: u64) -> usize {
        usize::try_from(fingerprint).unwrap_or_default() & self.fingerprints.len().wrapping_sub(1)
    }

    /// Returns how many datagrams came so fast that a copy of them may not have been recognized.
    pub(crate) fn hurried(&self) -> u64 {
        self.hurried
    }
}

impl Seen {
    /// Returns whether this is a datagram again that was seen before.
    fn is_copy_of(&self, before: &Self, datagram: &Datagram<'_>) -> bool {
        let apart = self.time.since(before.time).abs();
        if self.place == before.place {
            apart <= MIRRORED && datagram.identification.is_some_and(|id| id != 0)
        } else {
            apart < WINDOW
        }
    }
}

/// Returns what copies of a datagram agree in, and other datagrams do not.
#[inline]
fn fingerprint(datagram: &Datagram<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let id = datagram.identification.filter(|id| *id != 0);
    match (datagram.source, datagram.destination, datagram.payload.first_chunk()) {
        // What is identified needs no more than its ports and checksum.
        (IpAddr::V4(source), IpAddr::V4(destination), Some(head)) if id.is_some() => {
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

const NEVER: Seen = Seen { time: Time::MIN, place: 0 };

const WAYS: usize = 8;

/// What stays in the nearest cache: most captures have no more than some hundred datagrams a second.
const FEWEST_SETS: usize = 0x80;

/// Also the most datagrams in a second of which copies are recognized.
pub(crate) const MOST_SETS: usize = 0x1_0000;
