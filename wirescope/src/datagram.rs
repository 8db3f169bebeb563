//! IP datagrams: the headers of a frame, and what they carry.

use crate::link::Frame;
use etherparse::{IpNumber, Ipv4ExtensionsSlice, Ipv4HeaderSlice, LaxIpv6Slice};
use icmp_wire::Quote;
use std::net::IpAddr;

/// An IP datagram, as much of it as was captured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Datagram<'a> {
    pub(crate) frame: &'a Frame<'a>,
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    /// What the sender tells its datagrams apart by; IPv6 has no such field.
    pub(crate) identification: Option<u16>,
    pub(crate) hop_limit: u8,
    /// What `payload` is, behind all extension headers.
    pub(crate) protocol: IpNumber,
    /// What was captured behind the headers, without the link's padding.
    pub(crate) payload: &'a [u8],
    /// The length of the payload that the IP header declares, in bytes.
    pub(crate) payload_len: usize,
    /// How many bytes the IP header declares that were not on the wire.
    pub(crate) missing: usize,
    /// Whether this is a fragment other than the first.
    pub(crate) is_later_fragment: bool,
}

impl<'a> Datagram<'a> {
    /// Returns the IP datagram in `frame`, of which `wire_len` bytes were on the wire.
    ///
    /// `None` if its header is damaged.
    #[inline]
    pub(crate) fn of(frame: &'a Frame<'a>, wire_len: usize) -> Option<Self> {
        match frame.ip.first()? >> 4 {
            4 => Self::v4(frame, wire_len),
            6 => Self::v6(frame, wire_len),
            _ => None,
        }
    }

    #[inline]
    fn v4(frame: &'a Frame<'a>, wire_len: usize) -> Option<Self> {
        let header = Ipv4HeaderSlice::from_slice(frame.ip).ok()?;
        let header_len = header.slice().len();
        let declared = usize::from(header.total_len());
        // A length within the header is that of no datagram; there may be more behind it all the same.
        let end = if declared < header_len { frame.ip.len() } else { declared };
        let payload = frame.ip.get(header_len..end.min(frame.ip.len()))?;
        let (_, protocol, payload, _) =
            Ipv4ExtensionsSlice::from_slice_lax(header.protocol(), payload);
        Some(Self {
            source: header.source_addr().into(),
            destination: header.destination_addr().into(),
            identification: Some(header.identification()),
            hop_limit: header.ttl(),
            protocol,
            payload,
            payload_len: declared.saturating_sub(offset_of(payload, frame.ip)),
            missing: declared.saturating_sub(wire_len),
            is_later_fragment: header.fragments_offset().value() != 0,
            frame,
        })
    }

    fn v6(frame: &'a Frame<'a>, wire_len: usize) -> Option<Self> {
        let (datagram, _) = LaxIpv6Slice::from_slice(frame.ip).ok()?;
        let header = datagram.header();
        // etherparse's iterator over the extension headers reads on where the chain was cut.
        let is_later_fragment = Quote::parse(frame.ip)
            .and_then(|datagram| datagram.transport())
            .is_ok_and(|transport| transport.is_later_fragment());
        let payload = datagram.payload();
        let declared = usize::from(header.payload_length()).saturating_add(header.slice().len());
        Some(Self {
            source: header.source_addr().into(),
            destination: header.destination_addr().into(),
            identification: None,
            hop_limit: header.hop_limit(),
            protocol: payload.ip_number,
            payload: payload.payload,
            payload_len: declared.saturating_sub(offset_of(payload.payload, frame.ip)),
            missing: declared.saturating_sub(wire_len),
            is_later_fragment,
            frame,
        })
    }
}

fn offset_of(part: &[u8], whole: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}
