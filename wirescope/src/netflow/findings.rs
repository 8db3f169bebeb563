//! What a capture was found to hold.

use super::{
    exporter::{Ends, Exporter, Key},
    talkers::{By, Order, Sum, Talkers},
    version::Version,
};
use crate::{
    copies::Copies,
    tally::Tally,
    time::{Span, Time},
};
use hashbrown::HashSet;
use netflow_v5::{Packet as Export, Packets, Recognition, Record};
use std::{collections::BTreeMap, iter};

/// What was found so far.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) packets: u64,
    /// Datagrams that hold exports of version 5.
    pub(super) datagrams: u64,
    /// The time of these.
    pub(super) span: Span,
    pub(super) exporters: Tally<Key, Exporter>,
    pub(super) talkers: Talkers,
    /// What all flows add up to.
    pub(super) sum: Sum,
    /// Datagrams that are something else, and what.
    pub(super) others: BTreeMap<&'static str, u64>,
    pub(super) copies: Copies,
    /// Exports that were captured before, at another place.
    pub(super) copied: u64,
    /// Between whom there were exports before.
    known: HashSet<Ends>,
}

impl Findings {
    pub(super) fn new(by: By, order: Order) -> Self {
        Self {
            packets: 0,
            datagrams: 0,
            span: Span::default(),
            exporters: Tally::new(MOST_EXPORTERS, |exporter| exporter.flows),
            talkers: Talkers::new(by, order),
            sum: Sum::default(),
            others: BTreeMap::new(),
            copies: Copies::new(),
            copied: 0,
            known: HashSet::new(),
        }
    }

    /// Returns the exports in a UDP payload of `len` bytes, as much as there is of it; `None` if there
    /// are none.
    ///
    /// Where exports are expected, by the user or since there were some before, one whose count does
    /// not fit the length is taken too.
    pub(super) fn exports<'a>(
        &mut self,
        ends: &Ends,
        is_expected: bool,
        payload: &'a [u8],
        len: usize,
    ) -> Option<impl Iterator<Item = Export<'a>> + use<'a>> {
        let is_export = match Recognition::of(payload, len) {
            Recognition::Export => true,
            Recognition::Other | Recognition::Truncated => {
                (is_expected || self.known.contains(ends)) && Export::parse_lax(payload).is_ok()
            }
        };
        if !is_export {
            let other = match Version::of(payload, len) {
                Some(version) => version.name(),
                None if is_expected => "no NetFlow",
                None => return None,
            };
            let count = self.others.entry(other).or_default();
            *count = count.saturating_add(1);
            return None;
        }
        if self.known.len() < MOST_EXPORTERS {
            self.known.insert(*ends);
        }
        let mut whole = Packets::new(payload);
        // The last may be cut, or declare more than there is.
        let mut is_done = false;
        Some(iter::from_fn(move || match whole.next() {
            Some(export) => Some(export),
            None if is_done => None,
            None => {
                is_done = true;
                Export::parse_lax(whole.remainder()).ok().map(|(export, _)| export)
            }
        }))
    }

    /// Takes an export.
    pub(super) fn add(&mut self, time: Option<Time>, ends: Ends, export: &Export<'_>) {
        self.datagrams = self.datagrams.saturating_add(1);
        self.span.add(time);
        let key = Key { ends, engine_type: export.engine_type(), engine_id: export.engine_id() };
        self.exporters.entry(&key).add(time, export);
    }

    /// Takes flows.
    #[inline]
    pub(super) fn talk<'a>(&mut self, records: impl Iterator<Item = Record<'a>>) {
        let mut sum = Sum::default();
        for record in records {
            sum.add(&record);
            self.talkers.add(&record);
        }
        self.sum.join(&sum);
    }
}

/// The most exporters that are told apart.
pub(super) const MOST_EXPORTERS: usize = 100_000;
