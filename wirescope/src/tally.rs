//! Counting many different things in bounded memory.

use hashbrown::HashMap;
use std::hash::Hash;

/// What is counted for each key.
pub(crate) trait Weight: Default {
    /// How much of the whole this is.
    fn weight(&self) -> u64;
}

/// Values by key, of which there are never more than a limit.
///
/// All are exact as long as the limit is not reached. Then the lightest half is forgotten, and what
/// was forgotten is known: how much in all, and how much at most of any one key (the Misra-Gries
/// bound).
#[derive(Debug)]
pub(crate) struct Tally<K, V> {
    values: HashMap<K, V>,
    limit: usize,
    forgotten: u64,
    lacking: u64,
}

impl<K: Hash + Eq + Clone, V: Weight> Tally<K, V> {
    pub(crate) fn new(limit: usize) -> Self {
        Self { values: HashMap::new(), limit, forgotten: 0, lacking: 0 }
    }

    /// Returns the value of `key`, which is the default if there was none.
    #[inline]
    pub(crate) fn entry(&mut self, key: &K) -> &mut V {
        if self.values.len() >= self.limit && !self.values.contains_key(key) {
            self.forget_the_lightest();
        }
        self.values.entry_ref(key).or_default()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.values.get(key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.values.iter()
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
    fn forget_the_lightest(&mut self) {
        let mut weights: Vec<u64> = self.values.values().map(V::weight).collect();
        let middle = weights.len() / 2;
        let Some(_) = weights.get(middle) else { return };
        let (_, &mut threshold, _) = weights.select_nth_unstable(middle);
        let mut forgotten: u64 = 0;
        self.values.retain(|_, value| {
            let weight = value.weight();
            let keeps = weight > threshold;
            if !keeps {
                forgotten = forgotten.saturating_add(weight);
            }
            keeps
        });
        self.forgotten = self.forgotten.saturating_add(forgotten);
        self.lacking = self.lacking.saturating_add(threshold);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Count(u64);

    impl Weight for Count {
        fn weight(&self) -> u64 {
            self.0
        }
    }

    /// Counts keys of which every tenth is the same.
    fn tally(limit: usize, all: u32) -> Tally<u32, Count> {
        let mut tally: Tally<u32, Count> = Tally::new(limit);
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
}
