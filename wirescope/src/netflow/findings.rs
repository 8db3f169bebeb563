//! What a capture was found to hold.

use super::{
    exporter::{Ends, Exporter, Key},
    talkers::{By, Order, Sum, Talkers},
    version::Version,
};
use crate::{
    copies::Copies,
    export,
    tally::Tally,
    time::{Span, Time},
};
use hashbrown::HashSet;
use netflow_v5::{Packet, Packets, Record};
use std::collections::BTreeMap;

/// What was found so far.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) packets: u64,
    /// Exports of version 5, of which a datagram may hold several.
    pub(super) exports: u64,
    /// When they were captured.
    pub(super) span: Span,
    pub(super) exporters: Tally<Key, Exporter>,
    pub(super) talkers: Talkers,
    /// What all flows add up to.
    pub(super) sum: Sum,
    /// Datagrams that are something else, and what.
    pub(super) others: BTreeMap<&'static str, u64>,
    pub(super) copies: Copies,
    /// Datagrams that were captured before, at another place.
    pub(super) copied: u64,
    /// Between whom there were exports before.
    known: HashSet<Ends>,
}

impl Findings {
    pub(super) fn new(by: By, order: Order) -> Self {
        Self {
            packets: 0,
            exports: 0,
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

    /// Returns what a UDP payload of `len` bytes holds, given as much as there is of it.
    ///
    /// Where exports are expected, by the user or since there were some before, one whose count does
    /// not fit the length is one too.
    pub(super) fn look<'a>(
        &self,
        ends: &Ends,
        is_asked_for: bool,
        payload: &'a [u8],
        len: usize,
    ) -> Content<'a> {
        let is_export =
            export::is_export(payload, len) || is_asked_for || self.known.contains(ends);
        if is_export && Packet::parse_lax(payload).is_ok() {
            return Content::Exports(Exports { whole: Packets::new(payload), is_done: false });
        }
        match Version::of(payload, len) {
            _ if is_export && payload.starts_with(&[0, 5]) => {
                Content::Other("NetFlow v5 cut in its header")
            }
            Some(version) => Content::Other(version.name()),
            None if is_asked_for => Content::Other("no NetFlow"),
            None => Content::Nothing,
        }
    }

    /// Takes a datagram with exports, or with something else that has a name.
    pub(super) fn learn(&mut self, ends: &Ends, content: &Content<'_>) {
        match content {
            Content::Exports(_) if self.known.len() < MOST_EXPORTERS => {
                self.known.insert(*ends);
            }
            Content::Other(name) => {
                let count = self.others.entry(name).or_default();
                *count = count.saturating_add(1);
            }
            Content::Exports(_) | Content::Nothing => {}
        }
    }

    /// Takes an export, of whose flows so many are looked at; `None` if it is not itself.
    pub(super) fn add(
        &mut self,
        time: Option<Time>,
        ends: Ends,
        export: &Packet<'_>,
        flows: Option<u64>,
    ) {
        let key = Key { ends, engine_type: export.engine_type(), engine_id: export.engine_id() };
        let exporter = self.exporters.entry(&key);
        exporter.follow(export);
        if let Some(flows) = flows {
            exporter.add(time, export, flows);
            self.exports = self.exports.saturating_add(1);
            self.span.add(time);
        }
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

/// What a datagram holds.
#[derive(Clone, Debug)]
pub(super) enum Content<'a> {
    Exports(Exports<'a>),
    /// Something else, by name.
    Other(&'static str),
    Nothing,
}

/// The exports in a datagram.
#[derive(Clone, Debug)]
pub(super) struct Exports<'a> {
    whole: Packets<'a>,
    is_done: bool,
}

impl<'a> Iterator for Exports<'a> {
    type Item = Packet<'a>;

    fn next(&mut self) -> Option<Packet<'a>> {
        if let Some(export) = self.whole.next() {
            return Some(export);
        }
        // The last may be cut, or declare more than there is.
        let rest = if self.is_done { &[] } else { self.whole.remainder() };
        self.is_done = true;
        Packet::parse_lax(rest).ok().map(|(export, _)| export)
    }
}

/// The most exporters that are told apart.
pub(super) const MOST_EXPORTERS: usize = 100_000;
