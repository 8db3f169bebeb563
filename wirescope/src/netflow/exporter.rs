//! Exporters: who sends flows, and how many of them were lost on the way.

use crate::time::Time;
use netflow_v5::{Packet, Sampling, Tracker, Verdict};
use std::net::SocketAddr;

/// Who sends flows, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ends {
    pub(super) exporter: SocketAddr,
    pub(super) collector: SocketAddr,
}

/// One engine of an exporter, as one collector knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub(super) ends: Ends,
    pub(super) engine_type: u8,
    pub(super) engine_id: u8,
}

/// What an engine sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Exporter {
    pub(super) packets: u64,
    pub(super) flows: u64,
    /// Flows that packets declare and that were cut off by the capture, or are not there.
    pub(super) missing: u64,
    /// Packets with a count that the format does not allow.
    pub(super) wrong_counts: u64,
    pub(super) restarts: u64,
    pub(super) reordered: u64,
    pub(super) duplicates: u64,
    /// Exports whose number says nothing, since it is far from that of the one before.
    pub(super) doubtful: u64,
    /// All exports whose numbers were followed, whether they are looked at or not.
    followed: u64,
    tracker: Tracker,
    /// The first, and whether there were others.
    pub(super) sampling: Option<(Sampling, bool)>,
    /// How many milliseconds the exporter's clock is ahead of the capture's, at least and at most.
    pub(super) skew: Option<(i64, i64)>,
}

impl Exporter {
    /// Takes the sequence number of an export.
    pub(super) fn follow(&mut self, packet: &Packet<'_>) {
        // A count that is neither allowed nor true says nothing of the numbers.
        if !packet.has_valid_count() && missing(packet) > 0 {
            return;
        }
        self.followed = self.followed.saturating_add(1);
        match self.tracker.observe(packet) {
            Verdict::Restarted => self.restarts = self.restarts.saturating_add(1),
            Verdict::Reordered { .. } => self.reordered = self.reordered.saturating_add(1),
            Verdict::Duplicate => self.duplicates = self.duplicates.saturating_add(1),
            Verdict::Doubtful => self.doubtful = self.doubtful.saturating_add(1),
            _ => {}
        }
    }

    /// Takes an export, of whose flows so many are looked at.
    pub(super) fn add(&mut self, time: Option<Time>, packet: &Packet<'_>, flows: u64) {
        self.packets = self.packets.saturating_add(1);
        self.flows = self.flows.saturating_add(flows);
        self.missing = self.missing.saturating_add(missing(packet));
        if !packet.has_valid_count() {
            self.wrong_counts = self.wrong_counts.saturating_add(1);
        }
        let sampling = packet.sampling();
        self.sampling = match self.sampling {
            None => Some((sampling, false)),
            Some((first, changed)) => Some((first, changed || first != sampling)),
        };
        if let Some(time) = time {
            let ahead = packet.clock().sent_millis().saturating_sub(time.milliseconds());
            self.skew = match self.skew {
                None => Some((ahead, ahead)),
                Some((least, most)) => Some((least.min(ahead), most.max(ahead))),
            };
        }
    }

    /// Returns how many flows were lost on the way; `None` if most numbers are none that count flows.
    pub(super) fn lost(&self) -> Option<u64> {
        let odd = self.reordered.saturating_add(self.duplicates).saturating_add(self.doubtful);
        (odd.saturating_mul(3) <= self.followed || odd < 3).then(|| self.tracker.lost())
    }
}

/// Returns how many flows a packet declares that are not there.
fn missing(packet: &Packet<'_>) -> u64 {
    let present = u64::try_from(packet.records().len()).unwrap_or(u64::MAX);
    u64::from(packet.count()).saturating_sub(present)
}
