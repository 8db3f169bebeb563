//! The path of each packet through the ruleset.
//!
//! If one of the rules that a packet matches is `match log (matches)`, pf logs the packet for each rule
//! that it matches from there on, and once more for the rule that decides.

mod path;
mod text;

pub(super) use self::{path::Path, text::Layout};

use super::{
    logged::Logged,
    record::{Record, RuleKey},
};
use crate::{capture::Packet, time::Time};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::{
    collections::VecDeque,
    hash::BuildHasher,
    time::{Duration, Instant},
};

/// Paths that further entries may belong to.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// By the time of their first entries.
    paths: VecDeque<Path>,
    /// How many were taken from the front.
    taken: usize,
    /// The last path of each packet, by its hash: how many there were before it.
    latest: HashMap<u64, usize>,
    hasher: RandomState,
    /// The time of the last entry.
    now: Option<Time>,
    /// The memory that all paths take, in bytes.
    size: usize,
    waiting_since: Option<Instant>,
}

impl Trace {
    pub(super) fn add(&mut self, packet: &Packet<'_>, logged: &Logged<'_>) {
        self.waiting_since = None;
        self.now = logged.time.or(self.now);
        let record = Record::new(packet);
        self.size = self.size.saturating_add(record.size());
        let hash = self.hash(logged);
        let known = self.latest.get(&hash).and_then(|place| place.checked_sub(self.taken));
        match known.and_then(|known| self.paths.get_mut(known)) {
            Some(path) if is_continued(path, logged) => path.push(record),
            _ => {
                self.latest.insert(hash, self.taken.saturating_add(self.paths.len()));
                self.paths.push_back(Path::new(record));
            }
        }
    }

    /// Takes the first path if no further entry can belong to it, or if the paths take too much memory.
    pub(super) fn take_complete(&mut self) -> Option<Path> {
        let is_open = is_soon(self.paths.front()?.time(), self.now);
        if is_open && self.size <= MOST { None } else { self.take() }
    }

    /// Takes the first path, whether or not it is complete.
    pub(super) fn take(&mut self) -> Option<Path> {
        let path = self.paths.pop_front()?;
        let hash = self.hash(&path.first());
        if self.latest.get(&hash) == Some(&self.taken) {
            self.latest.remove(&hash);
        }
        self.taken = self.taken.saturating_add(1);
        self.size = self.size.saturating_sub(path.size());
        Some(path)
    }

    /// Returns how long to wait for further entries, `None` if there was time enough for them.
    pub(super) fn patience(&mut self) -> Option<Duration> {
        let waited = self.waiting_since.get_or_insert_with(Instant::now).elapsed();
        PATIENCE.checked_sub(waited).filter(|rest| !rest.is_zero())
    }

    fn hash(&self, logged: &Logged<'_>) -> u64 {
        self.hasher.hash_one(Common::of(logged))
    }
}

/// Returns whether `logged` is of the packet of this path.
///
/// The rule that began it is logged once: where it comes again, so does the packet.
fn is_continued(path: &Path, logged: &Logged<'_>) -> bool {
    let first = path.first();
    let (Some(own), Some(other)) = (first.entry, logged.entry) else { return false };
    Common::of(&first).is_some_and(|common| Some(common) == Common::of(logged))
        && is_soon(first.time, logged.time)
        && RuleKey::new(&own) != RuleKey::new(&other)
}

/// What the entries of one packet have in common.
#[derive(PartialEq, Eq, Hash)]
struct Common<'a> {
    interface: &'a [u8],
    direction: Option<u16>,
    captured: &'a [u8],
    wire_len: usize,
}

impl<'a> Common<'a> {
    /// `None` of a packet of which nothing was captured.
    fn of(logged: &Logged<'a>) -> Option<Self> {
        let entry = logged.entry.filter(|entry| !entry.payload().is_empty())?;
        Some(Self {
            interface: entry.interface().0,
            direction: entry.direction().map(|direction| direction.0),
            captured: entry.payload(),
            wire_len: logged.wire_len,
        })
    }
}

/// Returns whether entries of these times can be of one packet. Those without a time can.
fn is_soon(first: Option<Time>, later: Option<Time>) -> bool {
    first.zip(later).is_none_or(|(first, later)| {
        u128::from(later.since(first).unsigned_abs()) <= PATIENCE.as_nanos()
    })
}

/// How long after the first the last entry of a packet comes at most.
const PATIENCE: Duration = Duration::from_millis(200);

/// The memory that paths may take, in bytes.
const MOST: usize = 0x400_0000;
