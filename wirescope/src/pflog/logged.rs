//! Packets of a capture as entries of a firewall's log.

use crate::{
    capture::Packet,
    datagram::{self, Datagram},
    link::{self, Frame},
    time::Time,
};
use icmp_wire::Quote;
use pflog_wire::{ByteOrder, Entry, Error, LinkType};
use std::net::IpAddr;

/// An entry, as much of it as was captured, and the packet that was logged.
#[derive(Debug)]
pub(super) struct Logged<'a> {
    pub(super) time: Option<Time>,
    pub(super) entry: Option<Entry<'a>>,
    /// Why the entry is not whole.
    pub(super) error: Option<Error>,
    /// Begins with the logged packet.
    frame: Option<Frame<'a>>,
    /// The length of the logged packet on the wire.
    pub(super) wire_len: usize,
}

impl<'a> Logged<'a> {
    pub(super) fn new(packet: &Packet<'a>) -> Self {
        let link_type = link::log_header(packet.link).unwrap_or(LinkType::Pflog);
        let byte_order = if packet.is_big_endian { ByteOrder::Big } else { ByteOrder::Little };
        let (entry, error) = match Entry::parse_lax(packet.data, link_type, byte_order) {
            Ok((entry, error)) => (Some(entry), error),
            Err(error) => (None, Some(error)),
        };
        let payload = entry.map_or(&[][..], |entry| entry.payload());
        Self {
            time: packet.time,
            entry,
            error,
            frame: Frame::ip(payload),
            wire_len: packet
                .wire_len
                .saturating_sub(packet.data.len().saturating_sub(payload.len())),
        }
    }

    /// Returns the packet that was logged, or why it cannot be read.
    pub(super) fn datagram(&self) -> Result<Datagram<'_>, Error> {
        match (self.error, self.frame.as_ref()) {
            (Some(error), _) => Err(error),
            (None, Some(frame)) => {
                Datagram::of(frame, self.wire_len).ok_or_else(|| datagram::damage(frame.ip))
            }
            (None, None) => Err(datagram::damage(self.payload())),
        }
    }

    /// Returns the addresses of the packet, those that it had or was to have among them.
    pub(super) fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        let own = self.quote().map(|quote| [quote.source(), quote.destination()]);
        let translated = self.entry.map(|entry| [entry.saddr(), entry.daddr()]);
        own.into_iter().flatten().chain(translated.into_iter().flatten().flatten())
    }

    /// Returns the packet as a quoted datagram, of which the ports are found in what little there is.
    pub(super) fn quote(&self) -> Option<Quote<'a>> {
        Quote::parse(self.entry?.payload()).ok()
    }

    fn payload(&self) -> &'a [u8] {
        self.entry.map_or(&[], |entry| entry.payload())
    }
}
