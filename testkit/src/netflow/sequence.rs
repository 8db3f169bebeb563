//! Sequence numbers: the oracle of the tracker.

use arbitrary::{Arbitrary, Result, Unstructured};
use netflow_v5::{Header, Packet, Tracker, Verdict};
use std::collections::BTreeSet;

/// The packets of one engine, in the order in which they arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrivals(pub Vec<Arrival>);

/// What a tracker looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// flow_sequence.
    pub sequence: u32,
    /// The count.
    pub count: u16,
    /// SysUptime.
    pub uptime: u32,
    /// unix_secs.
    pub secs: u32,
    /// Milliseconds of unix_nsecs.
    pub millis: u32,
}

/// Where a packet stands from the one that was expected: on the limits of the tracker.
const STEPS: [i64; 16] =
    [0, 0, 0, 30, 1, 90, -30, -31, -60, 4097, -4096, -4097, 4096, 0x7fff_ffff, -0x8000_0000, 5000];

/// Milliseconds by which the exporter seems to have been started later or earlier.
const BOOTS: [i64; 8] = [0, 0, 0, 0, 5000, -5000, 5001, -5001];

impl<'a> Arbitrary<'a> for Arrivals {
    /// Two bytes for each packet: by the first a step, from where, and a moment, by the second a
    /// count.
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut next = i64::from(u32::arbitrary(u)?);
        // Where the last packet ended, however far away it was.
        let mut end = next;
        let mut boot = 1_700_000_000_000 + i64::from(u16::arbitrary(u)?);
        let mut now: i64 = boot + i64::from(u32::arbitrary(u)?);
        let mut arrivals = Vec::new();
        while arrivals.len() < 24 && u.len() >= 2 {
            let [steer, count] = <[u8; 2]>::arbitrary(u)?;
            let count = match count {
                0xff => 0xffff,
                0xe0.. => 30,
                count => u16::from(count) % 48,
            };
            let step = STEPS[usize::from(steer % 16)];
            let is_continued = steer >= 0x80;
            boot += BOOTS[usize::from(steer / 16 % 8)];
            now += 1337;
            let sequence = step + if is_continued { end } else { next };
            end = sequence + i64::from(count);
            if is_continued && step == 0 || (0..=4096).contains(&(sequence - next)) {
                next = end;
            }
            let low = |wide: i64| wide.rem_euclid(1 << 32) as u32;
            arrivals.push(Arrival {
                sequence: low(sequence),
                count,
                uptime: low(now - boot),
                secs: low(now / 1000),
                millis: low(now % 1000),
            });
        }
        Ok(Self(arrivals))
    }
}

/// Holds every promise of `Tracker` against packets in this order.
///
/// # Panics
///
/// If one is broken.
pub fn check_sequence(arrivals: &Arrivals) {
    let (mut tracker, mut naive) = (Tracker::new(), Naive::default());
    assert_eq!(tracker, Tracker::default());
    for (n, arrival) in arrivals.0.iter().enumerate() {
        let Arrival { sequence, count, uptime, secs, millis } = *arrival;
        let header = Header {
            sys_uptime: uptime,
            unix_secs: secs,
            unix_nsecs: millis * 1_000_000 + 999_999,
            flow_sequence: sequence,
            ..Header::default()
        };
        // Only the header is looked at.
        let bytes = header.to_bytes(count);
        let (packet, _) = Packet::parse_lax(&bytes).expect("a header");
        let lost = tracker.lost();
        let verdict = tracker.observe(&packet);
        assert_eq!(verdict, naive.observe(arrival), "{n} of {arrivals:?}");
        assert_eq!(tracker.lost(), naive.lost, "{n} of {arrivals:?}");
        let expected = match verdict {
            Verdict::Lost { flows } => lost + u64::from(flows),
            Verdict::Reordered { found } => lost - u64::from(found),
            _ => lost,
        };
        assert_eq!(tracker.lost(), expected);
    }
}

/// A tracker that keeps what became of all the last flows, as runs of the same.
#[derive(Debug, Default)]
struct Naive {
    last: Option<(u32, i64)>,
    doubtful: Option<Arrival>,
    /// The newest first.
    runs: Vec<(State, usize)>,
    gaps: u32,
    lost: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Seen,
    /// In the gap with this number.
    Missing(u32),
    Unknown,
}

const WINDOW: usize = 4096;

/// By how many milliseconds the one boot was later than the other, modulo a wrap of the uptime.
fn later(boot: i64, than: i64) -> i64 {
    i64::from((boot - than) as i32)
}

fn is_same(boot: i64, other: i64) -> bool {
    later(boot, other).abs() <= 5000
}

impl Arrival {
    fn boot(&self) -> i64 {
        i64::from(self.secs) * 1000 + i64::from(self.millis) - i64::from(self.uptime)
    }

    fn end(&self) -> u32 {
        self.sequence.wrapping_add(self.count.into())
    }
}

impl Naive {
    fn observe(&mut self, arrival: &Arrival) -> Verdict {
        let Arrival { sequence, count, .. } = *arrival;
        let (boot, end) = (arrival.boot(), arrival.end());
        let doubtful = self.doubtful.take();
        let Some((next, last_boot)) = self.last else {
            let _ = self.restart(arrival);
            return Verdict::First;
        };
        let ahead = i64::from(sequence.wrapping_sub(next) as i32);
        if ahead == 0 {
            self.last = Some((end, boot));
            self.push(State::Seen, count.into());
            self.forget();
            return Verdict::InOrder;
        }
        let is_followed = |first: &Arrival| first.count > 0 && first.end() == sequence;
        if let Some(first) = doubtful.filter(is_followed) {
            let ahead = i64::from(first.sequence.wrapping_sub(next) as i32);
            let verdict = if ahead > 0 && is_same(first.boot(), last_boot) {
                self.lose(ahead, &first)
            } else {
                self.restart(&first)
            };
            // Nothing is between the two.
            self.last = Some((end, boot));
            self.push(State::Seen, count.into());
            self.forget();
            return verdict;
        }
        if later(boot, last_boot) > 5000 {
            return self.restart(arrival);
        }
        if !is_same(boot, last_boot) || ahead.abs() > 4096 {
            self.doubtful = Some(*arrival);
            return Verdict::Doubtful;
        }
        if ahead > 0 {
            return self.lose(ahead, arrival);
        }
        let behind = ahead.unsigned_abs() as usize;
        let known = self.runs.iter().take_while(|(state, _)| *state != State::Unknown);
        let is_known = behind <= known.map(|(_, len)| len).sum();
        let found = self.take(behind.saturating_sub(count.into()), behind);
        self.lost -= u64::from(found);
        self.forget();
        let new = usize::from(count).saturating_sub(behind);
        if new > 0 {
            self.last = Some((end, boot));
            self.push(State::Seen, new);
        }
        match found {
            0 if is_known && new == 0 => Verdict::Duplicate,
            found => Verdict::Reordered { found },
        }
    }

    fn restart(&mut self, arrival: &Arrival) -> Verdict {
        self.last = Some((arrival.end(), arrival.boot()));
        self.runs.clear();
        self.push(State::Seen, arrival.count.into());
        Verdict::Restarted
    }

    fn lose(&mut self, flows: i64, arrival: &Arrival) -> Verdict {
        self.last = Some((arrival.end(), arrival.boot()));
        self.gaps += 1;
        self.push(State::Missing(self.gaps), flows as usize);
        self.push(State::Seen, arrival.count.into());
        self.lost += flows as u64;
        self.forget();
        Verdict::Lost { flows: flows as u32 }
    }

    fn push(&mut self, state: State, flows: usize) {
        if flows > 0 {
            self.runs.insert(0, (state, flows));
        }
        let end = self.split(WINDOW);
        self.runs.truncate(end);
    }

    /// What is missing between these two was seen. What is left of a gap behind them is a gap of
    /// its own.
    fn take(&mut self, near: usize, far: usize) -> u32 {
        let (start, end) = (self.split(near), self.split(far));
        let mut found = 0;
        let mut taken = BTreeSet::new();
        self.gaps += 1;
        for (n, (state, len)) in self.runs.iter_mut().enumerate().skip(start) {
            let State::Missing(gap) = *state else { continue };
            if n < end {
                found += *len as u32;
                taken.insert(gap);
                *state = State::Seen;
            } else if taken.contains(&gap) {
                *state = State::Missing(self.gaps);
            }
        }
        found
    }

    /// Has a run begin so many flows back, if there are so many, and returns which.
    fn split(&mut self, mut at: usize) -> usize {
        for n in 0..self.runs.len() {
            let (state, len) = self.runs[n];
            if at == 0 {
                return n;
            }
            if at < len {
                self.runs[n] = (state, at);
                self.runs.insert(n + 1, (state, len - at));
                return n + 1;
            }
            at -= len;
        }
        self.runs.len()
    }

    /// Of more than eight gaps those furthest back are forgotten, and what is behind them.
    fn forget(&mut self) {
        let mut gaps = BTreeSet::new();
        for (state, _) in &mut self.runs {
            if let State::Missing(gap) = *state {
                gaps.insert(gap);
            }
            if gaps.len() > 8 {
                *state = State::Unknown;
            }
        }
    }
}
