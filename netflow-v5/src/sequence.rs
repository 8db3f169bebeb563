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
/// A pure state machine: no input, no output, no clock but those in the packets, 104 bytes. Each
/// engine counts for itself, so the caller keeps one tracker for each exporter's address, engine type
/// and engine identifier, and decides how many of them to keep and for how long. Exporters that share
/// an address, such as behind one translated address, need the UDP source port in the key too. If
/// they take turns under one key, [doubts](Verdict::Doubtful) show it; but two packets of one in
/// succession are believed, and look like a restart or an enormous loss.
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
    doubt: Option<Doubt>,
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

/// What is kept of a packet that is not believed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Doubt {
    sequence: u32,
    /// What is to be kept if it is believed.
    latest: Latest,
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
    /// It is ahead of the one that was expected, or goes on from a doubtful one that was.
    Lost {
        /// How many flows are missing in between, unless they are yet to come. Those of the
        /// doubtful one are not.
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
    /// It is far from the one that was expected, or from an exporter that was started earlier. The
    /// next packet tells whether the exporter goes on from here: if it does, that one is
    /// [`Lost`](Self::Lost) or [`Restarted`](Self::Restarted). If not, nothing is counted: it was late,
    /// a copy, damaged or another exporter's, or what came behind it was lost.
    Doubtful,
}

impl Tracker {
    /// How many flows a packet may be behind the one that was expected, or ahead of it, and be
    /// believed at once: 4096, which are 136 packets of 30.
    pub const WINDOW: u32 = 4096;

    /// How far two packets may be apart about the moment at which the exporter was started: 5
    /// seconds. Those that send whole seconds are off by up to 2.
    pub const TOLERANCE_MILLIS: u32 = 5000;

    /// Makes a tracker that has seen no packet.
    #[must_use]
    pub const fn new() -> Self {
        Self { latest: None, doubt: None, gaps: Gaps::NONE, lost: 0 }
    }

    /// Takes note of the next packet, in the order in which they arrived.
    ///
    /// What the packet is compared with, in this order:
    ///
    /// 1. It is the expected one: in order, whatever the clocks say, since they are set at times.
    /// 2. The last one was doubtful, had flows, and this one follows it without a gap, whatever the
    ///    clocks say: both are believed. If the doubtful one was less than 2³¹ ahead, and the exporter
    ///    not started at another moment, what is in front of it is lost; otherwise the exporter has
    ///    restarted. Numbers wrap at 2³².
    /// 3. The exporter was started later, by its clock less its uptime, modulo a wrap of the uptime,
    ///    and give or take [`TOLERANCE_MILLIS`](Self::TOLERANCE_MILLIS): restarted.
    /// 4. It was started earlier, or half a wrap later: doubtful. A packet from before a restart may
    ///    be late.
    /// 5. The packet is up to [`WINDOW`](Self::WINDOW) ahead: lost.
    /// 6. It is up to [`WINDOW`](Self::WINDOW) behind: reordered, or a duplicate. To tell, the last 8
    ///    gaps are remembered.
    /// 7. It is further away: doubtful.
    ///
    /// After a doubtful packet that is not confirmed, the next is compared as if it had not been
    /// there. So one packet far away loses nothing, be it late, repeated or garbage.
    ///
    /// Only the header is looked at, and the count that it declares believed: a packet whose count
    /// is garbage is better not shown to a tracker.
    pub fn observe(&mut self, packet: &Packet<'_>) -> Verdict {
        let (sequence, count) = (packet.flow_sequence(), u32::from(packet.count()));
        let latest = Latest { boot: packet.clock().boot(), next: sequence.wrapping_add(count) };
        let doubt = self.doubt.take().filter(|doubt| doubt.latest.next == sequence);
        let Some(Latest { boot, next }) = self.latest else {
            return self.start(latest, count, Verdict::First);
        };
        let (ahead, behind) = (sequence.wrapping_sub(next), next.wrapping_sub(sequence));
        match (ahead, doubt) {
            (0, _) => {
                self.advance(latest, count);
                Verdict::InOrder
            }
            (_, Some(doubt)) => self.believe(doubt, latest, Latest { boot, next }),
            _ if is_later(latest.boot, boot) => self.start(latest, count, Verdict::Restarted),
            _ if is_apart(latest.boot, boot) => self.doubt(sequence, latest),
            (1..=Self::WINDOW, _) => self.skip(latest, ahead, count),
            _ if behind <= Self::WINDOW => self.look_back(latest, behind, count),
            _ => self.doubt(sequence, latest),
        }
    }

    /// Returns how many flows were lost since the tracker was made, over all restarts: those of each
    /// [`Lost`](Verdict::Lost), less those [found](Verdict::Reordered) since.
    ///
    /// Not all that is missing is known, and not all that is counted is missing:
    ///
    /// - What was lost right before a restart is not counted.
    /// - A great loss, of more than [`WINDOW`](Self::WINDOW) in a row, is counted once two packets
    ///   behind it follow each other without a gap, and not before. Packets in between stayed
    ///   doubtful, and count as lost too.
    /// - A packet that is later than [`WINDOW`](Self::WINDOW), or than the last 8 gaps, stays lost.
    /// - Two that are wrong in the same way and follow each other are believed: two late ones, more
    ///   than [`WINDOW`](Self::WINDOW) behind, are a restart, and the way back from there is a loss.
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

    /// The packet may be the first since a restart or a great loss, or one astray. Without flows its
    /// copy would follow it.
    fn doubt(&mut self, sequence: u32, latest: Latest) -> Verdict {
        self.doubt = (latest.next != sequence).then_some(Doubt { sequence, latest });
        Verdict::Doubtful
    }

    /// The packet follows the doubtful one.
    fn believe(&mut self, doubt: Doubt, latest: Latest, old: Latest) -> Verdict {
        let count = latest.next.wrapping_sub(doubt.sequence);
        match doubt.sequence.wrapping_sub(old.next) {
            ahead @ 1..HALF if !is_apart(doubt.latest.boot, old.boot) => {
                self.skip(latest, ahead, count)
            }
            _ => self.start(latest, count, Verdict::Restarted),
        }
    }

    /// So many flows in front of the last `count` are missing.
    fn skip(&mut self, latest: Latest, flows: u32, count: u32) -> Verdict {
        let far = flows.wrapping_add(count);
        self.advance(latest, far);
        self.gaps.add(far, count);
        self.lost = self.lost.saturating_add(flows.into());
        Verdict::Lost { flows }
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

/// Whether the one moment is that far behind the other.
const fn is_later(one: u32, other: u32) -> bool {
    is_apart(one, other) && one.wrapping_sub(other) < HALF
}

/// Numbers and moments that are less than this ahead are ahead, the others behind.
const HALF: u32 = 1 << 31;
