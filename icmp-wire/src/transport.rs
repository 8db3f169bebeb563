use crate::{Protocol, raw};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::Result;

/// What a [`Quote`](crate::Quote) shows behind its IP header: the transport header, as much of it
/// as was sent back, or a piece of payload if the quoted datagram is a later fragment.
///
/// Two are equal if they show the same, wherever they stand.
#[derive(Clone, Copy)]
pub struct Transport<'a> {
    pub(crate) protocol: Protocol,
    pub(crate) fragment_offset: u16,
    pub(crate) bytes: &'a [u8],
    pub(crate) offset: usize,
}

impl<'a> Transport<'a> {
    /// Returns the protocol that [`as_bytes`](Self::as_bytes) belongs to.
    ///
    /// Of a later IPv6 fragment this is the first header of the fragmented part, which may itself
    /// be an extension header.
    #[must_use]
    pub const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns the place of these bytes in the datagram before it was fragmented, in units of 8
    /// bytes (RFC 791 §3.1, RFC 8200 §4.5).
    #[must_use]
    pub const fn fragment_offset(&self) -> u16 {
        self.fragment_offset
    }

    /// Returns whether the quoted datagram is a fragment other than the first, and so has no
    /// transport header.
    #[must_use]
    pub const fn is_later_fragment(&self) -> bool {
        self.fragment_offset != 0
    }

    /// Returns the source and destination port.
    ///
    /// `None` if there are none to be had: the protocol has no ports ([`Protocol::has_ports`]) or
    /// the quoted datagram is a later fragment. Errors must not be sent about those (RFC 1122
    /// §3.2.2); a quote whose fragment offset is not 0 may also be one in the wrong byte order.
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) if the datagram had ports and they were not sent
    /// back.
    #[inline]
    pub fn ports(&self) -> Result<Option<Ports>> {
        if self.is_later_fragment() || !self.protocol.has_ports() {
            return Ok(None);
        }
        let (ports, _) = raw::split::<raw::Ports>(self.bytes, "quoted ports", self.offset)?;
        Ok(Some(Ports { source: ports.source.get(), destination: ports.destination.get() }))
    }

    /// Returns the identifier of a quoted ICMP query, which stands in for its ports.
    ///
    /// `None` if there is none to be had: this is not ICMP, or a later fragment, or of another type
    /// than echo, timestamp, information and address mask, requests and replies (RFC 792, RFC 950;
    /// of ICMPv6, echo alone).
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) under 8 bytes of ICMP.
    pub fn query(&self) -> Result<Option<Query>> {
        if self.is_later_fragment()
            || !matches!(self.protocol, Protocol::ICMP | Protocol::IPV6_ICMP)
        {
            return Ok(None);
        }
        let (header, _) = raw::split::<raw::Header>(self.bytes, "quoted ICMP header", self.offset)?;
        let is_query = match self.protocol {
            // RFC 792: echo, timestamp, information; RFC 950: address mask.
            Protocol::ICMP => matches!(header.ty, 0 | 8 | 13..=18),
            // RFC 4443 §4: echo.
            _ => matches!(header.ty, 128 | 129),
        };
        let [identifier, sequence] = header.rest;
        Ok(is_query.then(|| Query {
            ty: header.ty,
            identifier: identifier.get(),
            sequence: sequence.get(),
        }))
    }

    /// Returns the sequence number of a quoted TCP segment, by which a forged error can be told
    /// (RFC 5927 §4.1).
    ///
    /// `None` if this is not TCP, or a later fragment.
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) under 8 bytes of TCP.
    pub fn tcp_sequence(&self) -> Result<Option<u32>> {
        if self.is_later_fragment() || self.protocol != Protocol::TCP {
            return Ok(None);
        }
        let (header, _) = raw::split::<raw::Tcp>(self.bytes, "quoted TCP header", self.offset)?;
        Ok(Some(header.sequence.get()))
    }

    /// Returns the bytes behind the IP header, to the end of the quote.
    ///
    /// If an extension structure may follow the quote, take the transport of
    /// [`Extensions::quote`](crate::Extensions::quote), or this may hold it.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns where these bytes start, from the start of the slice that was parsed: there stands
    /// the source port, 2 bytes on the destination port, and 4 bytes on the identifier of a query.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Debug for Transport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("protocol", &self.protocol)
            .field("fragment_offset", &self.fragment_offset)
            .field("ports", &self.ports())
            .field("query", &self.query())
            .field("offset", &self.offset)
            .field("len", &self.bytes.len())
            .finish()
    }
}

impl PartialEq for Transport<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.protocol, self.fragment_offset, self.bytes)
            == (other.protocol, other.fragment_offset, other.bytes)
    }
}

impl Eq for Transport<'_> {}

impl Hash for Transport<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.protocol, self.fragment_offset, self.bytes).hash(state);
    }
}

/// The ports of a quoted datagram: who sent it, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ports {
    /// The port the datagram came from.
    pub source: u16,
    /// The port the datagram was sent to.
    pub destination: u16,
}

/// The part of a quoted ICMP query by which its sender knows it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Query {
    /// The type: what was asked, or answered.
    pub ty: u8,
    /// The identifier, of the process or socket that asked.
    pub identifier: u16,
    /// The sequence number.
    pub sequence: u16,
}
