//! Packets of a capture as entries of a firewall's log.

use crate::{
    capture::Packet,
    datagram::{self, Datagram},
    link::{self, Frame},
    time::Time,
};
use icmp_wire::{Protocol, Quote, v4, v6};
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

    /// Returns the addresses of the packet, those that it had or was to have, and those of the
    /// datagram that it quotes.
    pub(super) fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        let quotes = self.quote().into_iter().chain(self.quoted());
        let own = quotes.flat_map(|quote| [quote.source(), quote.destination()]);
        let translated = self.entry.map(|entry| [entry.saddr(), entry.daddr()]);
        own.chain(translated.into_iter().flatten().flatten())
    }

    /// Returns the datagram that an ICMP error is about.
    fn quoted(&self) -> Option<Quote<'a>> {
        let transport = self.quote()?.transport().ok()?;
        match transport.protocol() {
            _ if transport.is_later_fragment() => None,
            Protocol::ICMP => v4::Message::parse(transport.as_bytes()).ok()?.quote().ok()?,
            Protocol::IPV6_ICMP => v6::Message::parse(transport.as_bytes()).ok()?.quote().ok()?,
            _ => None,
        }
    }

    /// Returns the packet as a quoted datagram, of which the ports are found in what little there is.
    pub(super) fn quote(&self) -> Option<Quote<'a>> {
        Quote::parse(self.entry?.payload()).ok()
    }

    fn payload(&self) -> &'a [u8] {
        self.entry.map_or(&[], |entry| entry.payload())
    }
}
