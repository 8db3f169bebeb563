//! IP datagrams: the headers of a frame, and what they carry.

mod extension;

use self::extension::ExtensionHeaders;
use crate::link::Frame;
use etherparse::{IpNumber, Ipv4ExtensionsSlice, Ipv4HeaderSlice, LaxIpSlice, LaxIpv6Slice};
use icmp_wire::{Error, ErrorKind, Quote};
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

    /// Returns the protocol that the IP header names: that of the first extension header, if there is
    /// one.
    #[inline]
    pub(crate) fn first_protocol(&self) -> IpNumber {
        let place = if self.source.is_ipv4() { 9 } else { 6 };
        self.frame.ip.get(place).copied().map_or(self.protocol, IpNumber)
    }

    /// Returns whether the payload follows the IP header itself.
    #[inline]
    pub(crate) fn is_bare(&self) -> bool {
        self.headers().is_empty()
    }

    /// Returns the extension headers.
    pub(crate) fn extension_headers(&self) -> ExtensionHeaders<'a> {
        ExtensionHeaders::new(self.first_protocol(), self.headers(), self.payload_len)
    }

    /// Returns what is between the IP header and the payload.
    #[inline]
    fn headers(&self) -> &'a [u8] {
        let header_len = match (self.source, self.frame.ip) {
            // RFC 791 §3.1: in words.
            (IpAddr::V4(_), [first, ..]) => usize::from(first & 0x0f).saturating_mul(4),
            _ => 40,
        };
        let end = offset_of(self.payload, self.frame.ip);
        self.frame.ip.get(header_len..end).unwrap_or_default()
    }

    /// Returns whether this is one of several fragments.
    pub(crate) fn is_fragment(&self) -> bool {
        LaxIpSlice::from_slice(self.frame.ip).is_ok_and(|(ip, _)| ip.payload().fragmented)
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

/// Returns why there is no datagram in `ip`.
pub(crate) fn damage(ip: &[u8]) -> Error {
    let available = ip.len();
    let truncated = |needed| ErrorKind::Truncated { needed, available };
    match ip {
        [] => truncated(1).at("IP header", 0),
        [0x40..=0x4f, ..] if available < 20 => truncated(20).at("IPv4 header", 0),
        [first @ 0x40..=0x44, ..] => {
            ErrorKind::InvalidLength { found: (first & 0x0f).into() }.at("IPv4 header length", 0)
        }
        [first @ 0x45..=0x4f, ..] => {
            truncated(usize::from(first & 0x0f).saturating_mul(4)).at("IPv4 header", 0)
        }
        [0x60..=0x6f, ..] => truncated(40).at("IPv6 header", 0),
        [first, ..] => {
            ErrorKind::UnsupportedVersion { found: (first >> 4).into() }.at("IP header", 0)
        }
    }
}

fn offset_of(part: &[u8], whole: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composed::v4;

    #[test]
    fn damage_is_said_with_its_place() {
        let v4 = v4(17, &[]);
        let mut options = v4.clone();
        options[0] = 0x4f;
        let mut short = v4.clone();
        short[0] = 0x44;
        for (ip, damage) in [
            (&[][..], "IP header at byte 0: needed 1 byte, found 0"),
            (&[0xa5], "IP header at byte 0: unsupported version 10"),
            (&v4[..19], "IPv4 header at byte 0: needed 20 bytes, found 19"),
            (&options, "IPv4 header at byte 0: needed 60 bytes, found 20"),
            (&short, "IPv4 header length at byte 0: invalid length 4"),
            (&[0x60; 39], "IPv6 header at byte 0: needed 40 bytes, found 39"),
        ] {
            let frame = Frame::ip(ip);
            assert!(frame.is_none_or(|frame| Datagram::of(&frame, ip.len()).is_none()));
            assert_eq!(super::damage(ip).to_string(), damage);
        }
    }
}
