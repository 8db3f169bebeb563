use crate::{Hash, Match, Matches, Peer, Place, Record, RrSet, Standing, Unusable};
use core::{fmt, iter::FusedIterator};
use wire_error::Result;

/// What the publisher of a set should mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Finding {
    /// The record cannot be used.
    Unusable {
        /// Which, counted from 0.
        record: usize,
        /// Why.
        reason: Unusable,
    },
    /// No record of this usage, selector and matching type matches the chain, though one of each such
    /// combination has to (RFC 7671 §8): a client may look at no other. For PKIX-TA the chain needs the
    /// root that is not sent: see [`Peer::Chain`].
    Unmatched {
        /// The first record of the combination, counted from 0.
        record: usize,
    },
    /// The trust anchor is in the record and not in the chain, which not all clients support
    /// (RFC 7671 §5.2). So it is if an end entity is signed with its own key (`2 1 0`).
    NotSent {
        /// Which, counted from 0.
        record: usize,
    },
}

/// What the publisher of a set should mend, in the order of the records.
///
/// A record that matches nothing is no finding where another of the same combination does: it may be
/// for the next certificate.
#[derive(Clone)]
pub struct Lint<'a> {
    set: RrSet<'a>,
    record: usize,
    /// The combinations that need no more words: what matches, and what has been found.
    settled: Combinations,
    not_sent: Combinations,
}

impl<'a> Lint<'a> {
    pub(crate) fn new<H: Hash + ?Sized>(set: RrSet<'a>, peer: Peer<'a>, hash: &'a H) -> Self {
        let (mut settled, mut not_sent) = (Combinations(0), Combinations(0));
        // Each combination has to match by itself, also for a client that knows no stronger digest.
        for found in Matches::new(set, peer, hash).without_agility() {
            let (record, place) = match found {
                Match::Authenticated(found) => (found.record(), Place::Chain { depth: 0 }),
                Match::Owed(owed) => (owed.record(), owed.place()),
            };
            if let Some(Ok(record)) = set.records().get(record) {
                match place {
                    Place::Chain { .. } => settled.insert(record),
                    Place::RecordCertificate | Place::RecordKey => not_sent.insert(record),
                }
            }
        }
        Self { set, record: 0, settled, not_sent }
    }

    fn finding(&mut self, index: usize, record: &Result<Record<'_>>) -> Option<Finding> {
        let standing = self.set.standing(index)?;
        if let Standing::Unusable(reason) = standing {
            return Some(Finding::Unusable { record: index, reason });
        }
        let record = record.as_ref().ok()?;
        if self.settled.contains(record) {
            return None;
        }
        self.settled.insert(record);
        Some(if self.not_sent.contains(record) {
            Finding::NotSent { record: index }
        } else {
            Finding::Unmatched { record: index }
        })
    }
}

impl Iterator for Lint<'_> {
    type Item = Finding;

    fn next(&mut self) -> Option<Finding> {
        while let Some(record) = self.set.records().get(self.record) {
            let index = self.record;
            self.record = index.saturating_add(1);
            if let Some(finding) = self.finding(index, record) {
                return Some(finding);
            }
        }
        None
    }
}

impl FusedIterator for Lint<'_> {}

impl fmt::Debug for Lint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Combinations of usage, selector and matching type that can be used: a bit for each of the 24.
#[derive(Clone, Copy)]
struct Combinations(u32);

impl Combinations {
    fn insert(&mut self, record: &Record<'_>) {
        self.0 |= Self::bit(record);
    }

    fn contains(self, record: &Record<'_>) -> bool {
        self.0 & Self::bit(record) != 0
    }

    fn bit(record: &Record<'_>) -> u32 {
        let [usage, selector, matching_type] =
            [record.usage.0, record.selector.0, record.matching_type.0].map(u32::from);
        // Four usages, two selectors, and three matching types, which take two bits.
        let place = (usage << 3 | selector << 2) | matching_type;
        1_u32.checked_shl(place).unwrap_or_default()
    }
}
