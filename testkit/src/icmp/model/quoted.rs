//! The datagram that a message quotes.

use arbitrary::{Arbitrary, Result, Unstructured};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A quoted datagram as plain fields.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// The IP version in its header: 4, 6, or one that does not exist.
    pub version: u8,
    /// IPv4's header length in words.
    pub header_words: u8,
    /// IPv4's total length or IPv6's payload length.
    pub declared: u16,
    /// IPv4's fragment offset in units of 8 bytes.
    pub fragment_offset: u16,
    /// Time to live or hop limit.
    pub hop_limit: u8,
    /// IPv6's extension headers.
    pub extensions: Vec<Extension>,
    /// The protocol.
    pub protocol: u8,
    /// Source and destination port, or whatever else begins the payload.
    pub ports: (u16, u16),
    /// Bytes behind the ports.
    pub payload: u8,
    /// What all other bytes are.
    pub fill: u8,
}

/// An IPv6 extension header as plain fields.
#[derive(Clone, Copy, Debug)]
pub struct Extension {
    /// Its next-header value.
    pub kind: u8,
    /// Its length byte, in the unit of its kind.
    pub length: u8,
    /// A fragment header's offset in units of 8 bytes.
    pub fragment_offset: u16,
}

impl Extension {
    pub(super) fn len(self) -> usize {
        match self.kind {
            44 => 8,
            51 => 4 * (usize::from(self.length) + 2),
            _ => 8 * (usize::from(self.length) + 1),
        }
    }

    pub(super) fn is_later_fragment(self) -> bool {
        self.kind == 44 && self.fragment_offset != 0
    }
}

const PROTOCOLS: [u8; 11] = [17, 6, 132, 33, 136, 1, 58, 50, 59, 255, 47];
const EXTENSIONS: [u8; 8] = [0, 43, 44, 51, 60, 135, 139, 140];

impl<'a> Arbitrary<'a> for Extension {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let steer = u8::arbitrary(u)?;
        Ok(Self {
            kind: EXTENSIONS[usize::from(steer % 8)],
            length: if steer >= 0xf8 { u8::arbitrary(u)? } else { steer / 8 % 4 },
            fragment_offset: if steer & 0x20 != 0 { u16::arbitrary(u)? % 0x2000 } else { 0 },
        })
    }
}

impl<'a> Arbitrary<'a> for Quoted {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let steer = u8::arbitrary(u)?;
        let mut extensions = Vec::new();
        for _ in 0..steer / 4 % 8 {
            extensions.push(Extension::arbitrary(u)?);
        }
        Ok(Self {
            version: match steer {
                0xe0.. => u8::arbitrary(u)? % 16,
                _ if steer & 1 == 0 => 4,
                _ => 6,
            },
            header_words: if steer & 2 == 0 { 5 } else { u8::arbitrary(u)? % 16 },
            declared: u.arbitrary()?,
            fragment_offset: [0, 0, 0, 1, 0x1fff, 0x1000][usize::from(u8::arbitrary(u)? % 6)],
            hop_limit: u.arbitrary()?,
            extensions,
            protocol: PROTOCOLS[usize::from(u8::arbitrary(u)? % 11)],
            ports: u.arbitrary()?,
            payload: u.arbitrary()?,
            fill: u.arbitrary()?,
        })
    }
}

impl Quoted {
    /// Encodes the datagram.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.version == 6 {
            let first = self.extensions.first().map_or(self.protocol, |first| first.kind);
            bytes.extend([0x60 | (self.fill % 16), self.fill, self.fill, self.fill]);
            bytes.extend(self.declared.to_be_bytes());
            bytes.extend([first, self.hop_limit]);
            bytes.extend(self.source_v6().octets());
            bytes.extend(self.destination_v6().octets());
            let following = self.extensions.iter().skip(1).map(|following| following.kind);
            for (extension, next) in self.extensions.iter().zip(following.chain([self.protocol])) {
                let end = bytes.len() + extension.len();
                bytes.extend([next, extension.length]);
                bytes.extend((extension.fragment_offset * 8).to_be_bytes());
                bytes.resize(end, self.fill);
            }
        } else {
            let end = bytes.len() + usize::from(self.header_words.max(5)) * 4;
            bytes.extend([(self.version << 4) | self.header_words, self.fill]);
            bytes.extend(self.declared.to_be_bytes());
            bytes.extend([self.fill, self.fill]);
            bytes.extend((0x4000 | self.fragment_offset).to_be_bytes());
            bytes.extend([self.hop_limit, self.protocol, self.fill, self.fill]);
            bytes.extend(self.source_v4().octets());
            bytes.extend(self.destination_v4().octets());
            bytes.resize(end, self.fill);
        }
        bytes.extend(self.ports.0.to_be_bytes());
        bytes.extend(self.ports.1.to_be_bytes());
        bytes.resize(bytes.len() + usize::from(self.payload), self.fill);
        bytes
    }

    /// Where the bytes behind the IP header, or behind that of a later fragment, begin.
    pub(super) fn transport_at(&self) -> usize {
        match self.version {
            6 => 40 + self.reached().iter().map(|extension| extension.len()).sum::<usize>(),
            _ => usize::from(self.header_words.max(5)) * 4,
        }
    }

    /// The IPv6 extension headers that a walk passes.
    pub(super) fn reached(&self) -> &[Extension] {
        let extensions = &self.extensions;
        let later = extensions.iter().position(|extension| extension.is_later_fragment());
        &extensions[..later.map_or(extensions.len(), |later| later + 1)]
    }

    pub(super) fn source_v4(&self) -> Ipv4Addr {
        [192, 0, 2, self.fill].into()
    }

    pub(super) fn destination_v4(&self) -> Ipv4Addr {
        [198, 51, 100, !self.fill].into()
    }

    pub(super) fn source_v6(&self) -> Ipv6Addr {
        [0x2001, 0xdb8, 0, 0, 0, 0, 0, self.fill.into()].into()
    }

    pub(super) fn destination_v6(&self) -> Ipv6Addr {
        [0x2001, 0xdb8, 1, 0, 0, 0, self.fill.into(), 1].into()
    }
}
