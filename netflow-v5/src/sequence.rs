//! Lost flows.

mod gaps;

use self::gaps::Gaps;
use crate::Packet;

/// Follows the sequence numbers of one engine of one exporter, and says what became of its packets
/// on their way.
///
/// Of this format the sequence number counts flows, not packets: it is the number of flows that were
/// exported before those of the packet, so the next packet is expected to have this number plus
/// [`count`](Packet::count).
///
/// A pure state machine: no input, no output, no clock but those in the packets, under 100 bytes. Each
/// engine counts for itself, so the caller keeps one tracker for each exporter's address, engine type
/// and engine identifier, and decides how many of them to keep and for how long. Exporters that share
/// an address, such as behind one translated address, need the UDP source port in the key too, or
/// they look like enormous losses.
///
/// ```
/// use netflow_v5::{Build, Flow, Header, Packet, Tracker, Verdict};
///
/// # fn main() -> netflow_v5::Result<()> {
/// let mut tracker = Tracker::new();
/// for (flow_sequence, verdict) in [
///     (100, Verdict::First),
///     (102, Verdict::InOrder),
///     (108, Verdict::Lost { flows: 4 }),
///     (104, Verdict::Reordered { found: 2 }),
///     (108, Verdict::Duplicate),
/// ] {
///     let header = Header { flow_sequence, ..Header::default() };
///     let mut bytes = [0; 120];
///     Build::new(header, &[Flow::default(); 2]).encode(&mut bytes)?;
///     assert_eq!(tracker.observe(&Packet::parse(&bytes)?), verdict);
/// }
/// assert_eq!(tracker.lost(), 2); // 106 and 107 are still missing.
/// # Ok(())
/// # }
/// ```
#[expect(missing_copy_implementations, reason = "each copy would count for itself")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tracker {
    latest: Option<Latest>,
    gaps: Gaps,
    lost: u64,
}

/// What is kept of the packet that is furthest ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Latest {
    /// When the exporter was started: see `Clock::boot`.
    boot: u32,
    /// The sequence number that the next packet should have.
    next: u32,
}

/// What a sequence number says about a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[must_use]
pub enum Verdict {
    /// It is the first of this engine. What was before it is not known, and not lost.
    First,
    /// It is the one that was expected.
    InOrder,
    /// It is ahead of the one that was expected.
    Lost {
        /// How many flows are missing in between, unless they are yet to come.
        flows: u32,
    },
    /// It is behind the one that was expected, and was not seen before: it was overtaken.
    Reordered {
        /// How many of its flows had been counted as lost, and are not any more. 0 if it comes from
        /// before the first packet, or from a gap too long ago to be remembered.
        found: u32,
    },
    /// It is behind the one that was expected, and its flows were seen before.
    Duplicate,
    /// The exporter was started anew, and counts anew. Nothing is lost as far as this packet tells.
    Restarted,
}

impl Tracker {
    /// How many flows a packet may be behind the one that was expected, and be late: 4096, which are
    /// 136 packets of 30. A packet further behind shows that the exporter counts anew.
    pub const WINDOW: u32 = 4096;

    /// How far two packets may be apart about the moment at which the exporter was started: 5
    /// seconds. Those that send whole seconds are off by up to 2.
    pub const TOLERANCE_MILLIS: u32 = 5000;

    /// Makes a tracker that has seen no packet.
    #[must_use]
    pub const fn new() -> Self {
        Self { latest: None, gaps: Gaps::NONE, lost: 0 }
    }

    /// Takes note of the next packet, in the order in which they arrived.
    ///
    /// What the sequence number is compared with, in this order:
    ///
    /// 1. It is the expected one: in order, whatever the clocks say, since they are set at times.
    /// 2. The exporter was started at another moment, by its clock less its uptime, modulo a wrap of
    ///    the uptime, and give or take [`TOLERANCE_MILLIS`](Self::TOLERANCE_MILLIS): restarted.
    /// 3. It is up to 2³¹ ahead: lost. Numbers wrap at 2³².
    /// 4. It is more than [`WINDOW`](Self::WINDOW) behind: restarted.
    /// 5. It is less behind: reordered, or a duplicate. To tell, the last 8 gaps are remembered.
    ///
    /// Only the header is looked at, and the count that it declares believed: a packet whose count
    /// is garbage is better not shown to a tracker.
    pub fn observe(&mut self, packet: &Packet<'_>) -> Verdict {
        let (sequence, count) = (packet.flow_sequence(), u32::from(packet.count()));
        let latest = Latest { boot: packet.clock().boot(), next: sequence.wrapping_add(count) };
        let Some(Latest { boot, next }) = self.latest else {
            return self.start(latest, count, Verdict::First);
        };
        let (ahead, behind) = (sequence.wrapping_sub(next), next.wrapping_sub(sequence));
        match ahead {
            0 => {
                self.advance(latest, count);
                Verdict::InOrder
            }
            _ if is_apart(boot, latest.boot) => self.start(latest, count, Verdict::Restarted),
            1..HALF => {
                self.advance(latest, ahead.wrapping_add(count));
                self.gaps.add(ahead.wrapping_add(count), count);
                self.lost = self.lost.saturating_add(ahead.into());
                Verdict::Lost { flows: ahead }
            }
            _ if behind > Self::WINDOW => self.start(latest, count, Verdict::Restarted),
            _ => self.look_back(latest, behind, count),
        }
    }

    /// Returns how many flows were lost since the tracker was made, over all restarts: those that are
    /// still missing.
    #[must_use]
    pub const fn lost(&self) -> u64 {
        self.lost
    }

    /// The first packet, or the first since a restart.
    fn start(&mut self, latest: Latest, count: u32, verdict: Verdict) -> Verdict {
        self.gaps = Gaps::NONE;
        self.advance(latest, count);
        verdict
    }

    /// Goes on to `latest`, which ends `flows` behind what was the next number.
    fn advance(&mut self, latest: Latest, flows: u32) {
        self.latest = Some(latest);
        self.gaps.advance(flows);
    }

    /// The packet is this far behind.
    fn look_back(&mut self, latest: Latest, behind: u32, count: u32) -> Verdict {
        let is_known = self.gaps.are_known(behind);
        let found = self.gaps.take(behind, behind.saturating_sub(count));
        self.lost = self.lost.saturating_sub(found.into());
        let new = count.saturating_sub(behind);
        if new > 0 {
            self.advance(latest, new);
        }
        match found {
            0 if is_known && new == 0 => Verdict::Duplicate,
            found => Verdict::Reordered { found },
        }
    }
}

/// Whether two moments modulo 2³² ms are further apart than clocks are inexact.
const fn is_apart(one: u32, other: u32) -> bool {
    let (after, before) = (one.wrapping_sub(other), other.wrapping_sub(one));
    after > Tracker::TOLERANCE_MILLIS && before > Tracker::TOLERANCE_MILLIS
}

/// Numbers that are less than this ahead are ahead, the others behind.
const HALF: u32 = 1 << 31;
