//! Entries that are kept.

use super::logged::Logged;
use crate::{capture::Packet, time::Time};
use pcap_parser::Linktype;

/// A packet of a log, kept as it was captured.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) time: Option<Time>,
    link: Linktype,
    is_big_endian: bool,
    data: Box<[u8]>,
    wire_len: usize,
}

impl Record {
    pub(super) fn new(packet: &Packet<'_>) -> Self {
        Self {
            time: packet.time,
            link: packet.link,
            is_big_endian: packet.is_big_endian,
            data: packet.data.into(),
            wire_len: packet.wire_len,
        }
    }

    pub(super) fn logged(&self) -> Logged<'_> {
        Logged::new(&Packet {
            time: self.time,
            link: self.link,
            interface: 0,
            is_big_endian: self.is_big_endian,
            data: &self.data,
            wire_len: self.wire_len,
        })
    }

    /// Returns how much memory this takes, about, in bytes.
    pub(super) fn size(&self) -> usize {
        size_of::<Self>().saturating_add(self.data.len())
    }
}

/// Which rule an entry is of, and what became of the packet: all that an entry says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RuleKey {
    rule: u32,
    ruleset: Box<[u8]>,
    subrule: Option<u32>,
    ridentifier: Option<u32>,
    action: u16,
    reason: u16,
}

impl RuleKey {
    pub(super) fn new(entry: &pflog_wire::Entry<'_>) -> Self {
        Self {
            rule: entry.raw_rule(),
            ruleset: entry.ruleset().map_or(&[][..], |name| name.0).into(),
            subrule: entry.raw_subrule(),
            ridentifier: entry.ridentifier(),
            action: entry.action().0,
            reason: entry.reason().0,
        }
    }
}
