//! How many datagrams a host refused in each second.

use crate::time::Time;
use hashbrown::{HashMap, hash_map::Entry};
use std::net::IpAddr;

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
    pub(super) fn hosts(&mut self) -> Vec<(IpAddr, Seconds)> {
        self.settle();
        let mut counts: Vec<(IpAddr, i64, u64)> =
            self.counts.iter().map(|((host, second), count)| (*host, *second, *count)).collect();
        counts.sort_unstable();
        let hosts = counts.chunk_by(|(host, ..), (next, ..)| host == next);
        hosts
            .filter_map(|of_host| {
                let (host, ..) = of_host.first()?;
                let seconds = of_host.iter().map(|(_, second, count)| (*second, *count));
                Some((*host, Seconds(seconds.collect())))
            })
            .collect()
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
pub(super) struct Seconds(Vec<(i64, u64)>);

/// What the counts say of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// They are at the limit in so many seconds, and hardly ever above.
    AtLimit { seconds: u64 },
    /// They are about the same all the time, and not at the limit.
    Flat { rate: u64 },
    /// They are above the limit.
    Above,
    /// They are below.
    Below,
}

impl Seconds {
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        self.0.iter().copied()
    }

    pub(super) fn total(&self) -> u64 {
        self.counts().sum()
    }

    /// Returns the greatest count of a second.
    pub(super) fn peak(&self) -> u64 {
        self.counts().max().unwrap_or_default()
    }

    /// Returns how many seconds there are from the first to the last.
    pub(super) fn span(&self) -> u64 {
        match (self.0.first(), self.0.last()) {
            (Some((first, _)), Some((last, _))) => last.abs_diff(*first).saturating_add(1),
            _ => 0,
        }
    }

    /// Returns what the counts say of a limit.
    ///
    /// A kernel counts by seconds of its own, so that what it lets through in one may be in two of
    /// ours, and a few of ours have more than the limit.
    pub(super) fn reading(&self, limit: u64) -> Reading {
        let tolerance = tolerance(limit);
        let is_about = |count: u64, rate: u64| count.abs_diff(rate) <= tolerance;
        let number = |counts: &mut dyn Iterator<Item = u64>| {
            u64::try_from(counts.count()).unwrap_or(u64::MAX)
        };
        let at_limit = number(&mut self.counts().filter(|count| is_about(*count, limit)));
        let above =
            number(&mut self.counts().filter(|count| *count > limit.saturating_add(tolerance)));
        let active = number(&mut self.counts());
        if limit > 0
            && at_limit >= PLATEAU
            && at_limit.saturating_mul(4) >= active
            && above.saturating_mul(20) <= at_limit
        {
            return Reading::AtLimit { seconds: at_limit };
        }
        // The first and the last second are not whole.
        let mut whole: Vec<u64> = self.counts().collect();
        whole.pop();
        let mut whole = whole.split_off(whole.len().min(1));
        whole.sort_unstable();
        let middle = whole.get(whole.len() / 2).copied().unwrap_or_default();
        let tolerance = self::tolerance(middle);
        let flat = number(&mut whole.iter().copied().filter(|c| c.abs_diff(middle) <= tolerance));
        let is_gapless = self.span() == active;
        if middle >= FLAT
            && is_gapless
            && flat >= 2 * PLATEAU
            && flat.saturating_mul(10) >= number(&mut whole.iter().copied()).saturating_mul(9)
        {
            return Reading::Flat { rate: middle };
        }
        if above > 0 { Reading::Above } else { Reading::Below }
    }

    fn counts(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|(_, count)| *count)
    }

    /// Returns the greatest count of a second in each of at most `most` stretches of equal length,
    /// and that length in seconds.
    pub(super) fn bars(&self, most: u64) -> (u64, Vec<(i64, u64)>) {
        let Some(&(start, _)) = self.0.first() else { return (1, Vec::new()) };
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

/// Returns how far from a limit the counts may be.
///
/// FreeBSD from 14.1 on adds a random number of up to 16 either way; another clock does the rest.
fn tolerance(limit: u64) -> u64 {
    (limit / 12).max(16)
}

/// In how many seconds the counts have to be at the limit.
const PLATEAU: u64 = 3;

/// Below it, a rate that is always the same is nothing remarkable.
const FLAT: u64 = 50;

/// The most seconds, of all hosts together, that are told apart.
pub(super) const LIMIT: usize = 400_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads counts of one second after the other.
    fn reading(counts: impl IntoIterator<Item = u64>, limit: u64) -> Reading {
        Seconds((0..).zip(counts).collect()).reading(limit)
    }

    #[test]
    fn a_limit_with_jitter_is_a_limit() {
        // 184 to 216, as FreeBSD 14.1 draws them, and now and then a burst in two of our seconds.
        let counts = (0..600).map(|i| if i % 97 == 50 { 231 } else { 184 + i * 7 % 33 });
        assert_eq!(reading(counts, 200), Reading::AtLimit { seconds: 594 });
        // The same about a limit of 50: the jitter does not get smaller.
        let counts = (0..60).map(|i| 34 + i * 7 % 33);
        assert_eq!(reading(counts, 50), Reading::AtLimit { seconds: 60 });
    }

    #[test]
    fn a_few_seconds_at_the_limit_are_chance() {
        assert_eq!(reading([200, 200, 3, 1, 1], 200), Reading::Below);
        let rarely = (0..100).map(|i| if i % 25 == 0 { 190 } else { 1 });
        assert_eq!(reading(rarely, 200), Reading::Below);
        assert_eq!(reading([200, 200, 200, 200], 200), Reading::AtLimit { seconds: 4 });
    }

    #[test]
    fn above_the_limit_it_is_not_the_limit() {
        assert_eq!(reading([200, 450, 452, 200, 449], 200), Reading::Above);
        assert_eq!(reading([200; 10], 0), Reading::Flat { rate: 200 });
    }

    #[test]
    fn a_plateau_elsewhere_is_told() {
        // KAME's limit for ICMPv6 errors.
        let counts = [17, 100, 100, 101, 99, 100, 100, 100, 64];
        assert_eq!(reading(counts, 200), Reading::Flat { rate: 100 });
        // A stretch without any, and a slow one, are no plateau.
        assert_eq!(reading([100, 100, 100, 0, 0, 100, 3, 100, 1], 200), Reading::Below);
        assert_eq!(reading([5; 20], 200), Reading::Below);
        assert_eq!(reading([], 200), Reading::Below);
    }

    #[test]
    fn bars_show_the_busiest_second_of_each_stretch() {
        let seconds = Seconds(vec![(100, 1), (101, 9), (105, 4), (109, 2)]);
        assert_eq!(seconds.span(), 10);
        assert_eq!(seconds.bars(5), (2, vec![(100, 9), (102, 0), (104, 4), (106, 0), (108, 2)]));
        let (width, bars) = seconds.bars(60);
        assert_eq!((width, bars.len(), bars.get(1)), (1, 10, Some(&(101, 9))));
    }

    #[test]
    fn hosts_are_counted_apart() {
        let mut rates = Rates::default();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let time = |second| Time::new(second, 0, 1).unwrap();
        for (host, second) in [(one, 5), (other, 5), (one, 5), (one, 4)] {
            rates.add(host, time(second));
        }
        let hosts: Vec<(IpAddr, Vec<(i64, u64)>)> =
            rates.hosts().into_iter().map(|(host, seconds)| (host, seconds.0)).collect();
        assert_eq!(hosts, [(one, vec![(4, 1), (5, 2)]), (other, vec![(5, 1)])]);
    }
}
