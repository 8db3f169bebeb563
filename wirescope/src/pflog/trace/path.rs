//! One packet, and the rules that it matched.

use crate::pflog::{
    logged::Logged,
    record::{Record, RuleKey},
};
use crate::time::Time;
use pflog_wire::Entry;
use std::collections::HashSet;

/// The entries of one packet, in the order in which they were logged. There is at least one.
#[derive(Debug)]
pub(in crate::pflog) struct Path {
    first: Record,
    more: Vec<Record>,
}

impl Path {
    pub(super) fn new(first: Record) -> Self {
        Self { first, more: Vec::new() }
    }

    pub(super) fn push(&mut self, record: Record) {
        self.more.push(record);
    }

    /// Returns the time of the first entry.
    pub(super) fn time(&self) -> Option<Time> {
        self.first.time
    }

    /// Returns the first entry, which has the packet as all others do.
    pub(in crate::pflog) fn first(&self) -> Logged<'_> {
        self.first.logged()
    }

    /// Returns the entries of the rules that the packet matched: one of each, since pf logs a rule
    /// once for each `log (matches)` before it.
    pub(in crate::pflog) fn steps(&self) -> Vec<Entry<'_>> {
        let mut known = HashSet::new();
        let entries = self.entries().filter_map(|logged| logged.entry);
        entries.filter(|entry| known.insert(RuleKey::new(entry))).collect()
    }

    /// Returns the last entry of a rule that decides, `None` if that rule does not log.
    pub(in crate::pflog) fn verdict(&self) -> Option<Entry<'_>> {
        self.entries().filter_map(|logged| logged.entry.filter(decides)).last()
    }

    /// Returns all entries.
    pub(in crate::pflog) fn entries(&self) -> impl Iterator<Item = Logged<'_>> {
        [&self.first].into_iter().chain(&self.more).map(Record::logged)
    }

    /// Returns how much memory this takes, about, in bytes.
    pub(super) fn size(&self) -> usize {
        self.more.iter().fold(self.first.size(), |size, record| size.saturating_add(record.size()))
    }
}

/// Returns whether the rule of an entry decides what becomes of the packet: rules that match,
/// translate or normalize it leave that to others.
fn decides(entry: &Entry<'_>) -> bool {
    entry.action_names().all(|name| !UNDECIDED.contains(&name))
}

const UNDECIDED: [&str; 13] = [
    "match",
    "scrub",
    "noscrub",
    "nat",
    "nonat",
    "binat",
    "nobinat",
    "rdr",
    "nordr",
    "nat64",
    "nonat64",
    "dummynet",
    "nodummynet",
];
