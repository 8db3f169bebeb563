//! Counting many different things in bounded memory.

use hashbrown::HashMap;
use std::hash::Hash;

/// Values by key, of which there are never more than a limit.
///
/// All are exact as long as the limit is not reached. Then the lightest half is forgotten, and what
/// was forgotten is known: how much in all, and how much at most of any one key (the Misra-Gries
/// bound).
#[derive(Debug)]
pub(crate) struct Tally<K, V> {
    values: HashMap<K, V>,
    limit: usize,
    /// How much of the whole a value is.
    weight: fn(&V) -> u64,
    has_forgotten: bool,
    forgotten: u64,
    lacking: u64,
}

impl<K: Hash + Eq + Clone, V: Default> Tally<K, V> {
    pub(crate) fn new(limit: usize, weight: fn(&V) -> u64) -> Self {
        Self {
            values: HashMap::new(),
            limit,
            weight,
            has_forgotten: false,
            forgotten: 0,
            lacking: 0,
        }
    }

    /// Returns the value of `key`, which is the default if there was none.
    #[inline]
    pub(crate) fn entry(&mut self, key: &K) -> &mut V {
        self.entry_or_forget(key, |_, _| {})
    }

    /// Does as `entry`, and gives to `forget` what is forgotten to make room.
    #[inline]
    pub(crate) fn entry_or_forget(&mut self, key: &K, forget: impl FnMut(&K, &V)) -> &mut V {
        if self.values.len() >= self.limit && !self.values.contains_key(key) {
            self.forget_the_lightest(forget);
        }
        self.values.entry_ref(key).or_default()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.values.iter()
    }

    /// Returns whether any key was forgotten.
    pub(crate) fn has_forgotten(&self) -> bool {
        self.has_forgotten
    }

    /// Returns the weight that belongs to no value any more.
    pub(crate) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Returns how much the weight of any one key may lack.
    pub(crate) fn lacking(&self) -> u64 {
        self.lacking
    }

    #[cold]
    fn forget_the_lightest(&mut self, mut forget: impl FnMut(&K, &V)) {
        let mut weights: Vec<u64> = self.values.values().map(self.weight).collect();
        let half = weights.len().div_ceil(2);
        let Some(last) = half.checked_sub(1) else { return };
        let (lighter, &mut threshold, _) = weights.select_nth_unstable(last);
        // Of those that are just as heavy as the last, only so many.
        let mut equals =
            half.saturating_sub(lighter.iter().filter(|weight| **weight < threshold).count());
        let mut forgotten: u64 = 0;
        self.values.retain(|key, value| {
            let weight = (self.weight)(value);
            let goes = weight < threshold || weight == threshold && equals > 0;
            if goes {
                equals = equals.saturating_sub((weight == threshold).into());
                forgotten = forgotten.saturating_add(weight);
                forget(key, value);
            }
            !goes
        });
        self.has_forgotten = true;
        self.forgotten = self.forgotten.saturating_add(forgotten);
        self.lacking = self.lacking.saturating_add(threshold);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Count(u64);

    /// Counts keys of which every tenth is the same.
    fn tally(limit: usize, all: u32) -> Tally<u32, Count> {
        let mut tally: Tally<u32, Count> = Tally::new(limit, |count| count.0);
        for i in 1..=all {
            let Count(count) = tally.entry(if i % 10 == 0 { &0 } else { &i });
            *count = count.saturating_add(1);
        }
        tally
    }

    #[test]
    fn all_is_exact_up_to_the_limit() {
        let tally = tally(91, 100);
        assert_eq!((tally.values.len(), tally.forgotten(), tally.lacking()), (91, 0, 0));
        assert_eq!(tally.get(&0).unwrap().0, 10);
    }

    #[test]
    fn beyond_the_limit_nothing_is_lost_from_the_sum_and_the_heaviest_stays() {
        let tally = tally(20, 100_000);
        let kept: u64 = tally.iter().map(|(_, count)| count.0).sum();
        assert_eq!(kept + tally.forgotten(), 100_000);
        assert!(tally.values.len() <= 20);
        let heaviest = tally.get(&0).unwrap().0;
        assert!(heaviest <= 10_000 && heaviest + tally.lacking() >= 10_000, "{heaviest}");
    }

    #[test]
    fn half_is_forgotten_where_all_weigh_the_same() {
        let mut tally: Tally<u32, Count> = Tally::new(10, |count| count.0);
        for i in 0..10 {
            tally.entry(&i).0 = 1;
        }
        let mut forgotten = Vec::new();
        tally.entry_or_forget(&10, |key, count| forgotten.push((*key, count.0))).0 = 1;
        assert_eq!((tally.values.len(), tally.forgotten(), tally.lacking()), (6, 5, 1));
        assert!(forgotten.iter().all(|(key, count)| *key < 10 && *count == 1));
        assert_eq!(forgotten.len(), 5);
    }
}
