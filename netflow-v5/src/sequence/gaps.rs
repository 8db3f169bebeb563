use super::Tracker;

/// Which of the last flows are missing.
///
/// All places are distances back from the number that is expected next, so they never wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Gaps {
    gaps: [Gap; 8],
    /// How far back all is known: what is not in a gap was seen.
    known: u32,
}

/// Flows that are missing, from `far` back to `near` back. Empty if the two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Gap {
    far: u32,
    near: u32,
}

impl Gaps {
    /// Nothing is missing, and nothing known.
    pub(super) const NONE: Self = Self { gaps: [Gap::EMPTY; 8], known: 0 };

    /// So many flows more were seen, and all that was is further back.
    pub(super) fn advance(&mut self, flows: u32) {
        self.known = self.known.saturating_add(flows).min(Tracker::WINDOW);
        for gap in &mut self.gaps {
            gap.far = gap.far.saturating_add(flows);
            gap.near = gap.near.saturating_add(flows);
        }
    }

    /// These were not seen after all. If there is no room, the gap furthest back is forgotten: those
    /// too far back for anything to be late are so the first to go.
    pub(super) fn add(&mut self, far: u32, near: u32) {
        let distance = |gap: &&mut Gap| if gap.is_empty() { u32::MAX } else { gap.far };
        let Some(place) = self.gaps.iter_mut().max_by_key(distance) else { return };
        if place.is_empty() {
            *place = Gap { far, near };
        } else {
            // One of the two goes: the one that is further back.
            self.known = self.known.min(place.near.max(near));
            if place.far > far {
                *place = Gap { far, near };
            }
        }
    }

    /// These were seen: returns how many of them were missing.
    pub(super) fn take(&mut self, far: u32, near: u32) -> u32 {
        let mut found: u32 = 0;
        let mut split = None;
        for gap in &mut self.gaps {
            let (from, to) = (far.min(gap.far), near.max(gap.near));
            if from <= to {
                continue;
            }
            found = found.saturating_add(from.saturating_sub(to));
            let (before, after) = (Gap { near: from, ..*gap }, Gap { far: to, ..*gap });
            *gap = if after.is_empty() { before } else { after };
            if !before.is_empty() && !after.is_empty() {
                split = Some(before);
            }
        }
        if let Some(Gap { far, near }) = split {
            self.add(far, near);
        }
        found
    }

    /// Returns whether all is known from this far back on.
    pub(super) const fn are_known(&self, far: u32) -> bool {
        far <= self.known
    }
}

impl Default for Gaps {
    fn default() -> Self {
        Self::NONE
    }
}

impl Gap {
    const EMPTY: Self = Self { far: 0, near: 0 };

    const fn is_empty(&self) -> bool {
        self.far == self.near
    }
}
