//! How many datagrams a host refused in each second.

use crate::time::Time;
use hashbrown::{HashMap, hash_map::Entry};
use std::{collections::BTreeMap, net::IpAddr};

/// The counts of all hosts.
#[derive(Debug, Default)]
pub(super) struct Rates {
    counts: HashMap<(IpAddr, i64), u64>,
    /// The second that is counted now, which is rarely another than the one before.
    current: Option<((IpAddr, i64), u64)>,
    /// How many were not counted, since there were too many seconds.
    beyond: u64,
}

impl Rates {
    #[inline]
    pub(super) fn add(&mut self, host: IpAddr, time: Time) {
        let key = (host, time.second());
        match &mut self.current {
            Some((current, count)) if *current == key => *count = count.saturating_add(1),
            _ => {
                self.settle();
                self.current = Some((key, 1));
            }
        }
    }

    /// Returns the counts by host, each in the order of time.
    pub(super) fn hosts(&mut self) -> BTreeMap<IpAddr, Seconds> {
        self.settle();
        let mut hosts: BTreeMap<IpAddr, Seconds> = BTreeMap::new();
        for (&(host, second), &count) in &self.counts {
            hosts.entry(host).or_default().0.insert(second, count);
        }
        hosts
    }

    /// Returns how many refusals no second is known of.
    pub(super) fn beyond(&self) -> u64 {
        self.beyond
    }

    fn settle(&mut self) {
        let Some((key, count)) = self.current.take() else { return };
        let is_full = self.counts.len() >= LIMIT;
        match self.counts.entry(key) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                *known = known.saturating_add(count);
            }
            Entry::Vacant(_) if is_full => self.beyond = self.beyond.saturating_add(count),
            Entry::Vacant(place) => {
                place.insert(count);
            }
        }
    }
}

/// The counts of one host, by the second; a second without any is left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Seconds(BTreeMap<i64, u64>);

impl Seconds {
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        self.0.iter().map(|(second, count)| (*second, *count))
    }

    pub(super) fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns the greatest count of a second.
    pub(super) fn peak(&self) -> u64 {
        self.0.values().copied().max().unwrap_or_default()
    }

    /// Returns how many seconds there are from the first to the last.
    pub(super) fn span(&self) -> u64 {
        match (self.0.first_key_value(), self.0.last_key_value()) {
            (Some((first, _)), Some((last, _))) => last.abs_diff(*first).saturating_add(1),
            _ => 0,
        }
    }

    /// Returns in how many seconds the count was as high as a limit allows, if the counts look
    /// like those of a host that was held back by it: often at the limit, and never far above.
    pub(super) fn at_limit(&self, limit: u64) -> Option<u64> {
        // FreeBSD from 14.1 on adds a random number of up to 16 in 200 either way.
        let tolerance = limit.saturating_mul(2).div_ceil(25);
        let at_limit = self.0.values().filter(|count| **count >= limit.saturating_sub(tolerance));
        let at_limit = u64::try_from(at_limit.count()).unwrap_or(u64::MAX);
        let is_held_back = self.peak() <= limit.saturating_add(tolerance);
        (limit > 0 && at_limit > 0 && is_held_back).then_some(at_limit)
    }

    /// Returns the greatest count of a second in each of at most `most` stretches of equal length,
    /// and that length in seconds.
    pub(super) fn bars(&self, most: u64) -> (u64, Vec<(i64, u64)>) {
        let Some((&start, _)) = self.0.first_key_value() else { return (1, Vec::new()) };
        let width = self.span().div_ceil(most.max(1)).max(1);
        let bars = self.span().div_ceil(width);
        let mut peaks = vec![0; usize::try_from(bars).unwrap_or_default()];
        for (second, count) in &self.0 {
            let bar = second.abs_diff(start).checked_div(width).unwrap_or_default();
            if let Some(peak) = usize::try_from(bar).ok().and_then(|bar| peaks.get_mut(bar)) {
                *peak = count.max(peak).to_owned();
            }
        }
        let step = i64::try_from(width).unwrap_or(i64::MAX);
        let starts = std::iter::successors(Some(start), |start| Some(start.saturating_add(step)));
        (width, starts.zip(peaks).collect())
    }
}

/// The most seconds, of all hosts together, that are told apart.
const LIMIT: usize = 1_000_000;
