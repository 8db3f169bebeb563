//! The compact generator: a few bytes choose a message near the limits of the format.

use super::{Seen, SeenQuote, SeenTransport, SeenUnreachable, see};
use crate::bytes::Failure;
use arbitrary::{Arbitrary, Result, Unstructured};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use wire_error::ErrorKind;

/// The IP version that carries a message.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// ICMPv4.
    V4,
    /// ICMPv6.
    V6,
}

/// An ICMP message as plain fields.
#[derive(Clone, Debug)]
pub struct Model {
    /// ICMPv4 or ICMPv6.
    pub family: Family,
    /// The type.
    pub ty: u8,
    /// The code.
    pub code: u8,
    /// The checksum, which nobody verifies.
    pub checksum: u16,
    /// The second half of the ICMP header.
    pub rest: [u8; 4],
    /// The datagram that is quoted.
    pub quoted: Quoted,
    /// How many bytes of the whole are kept.
    pub kept: usize,
}

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
    fn len(self) -> usize {
        match self.kind {
            44 => 8,
            51 => 4 * (usize::from(self.length) + 2),
            _ => 8 * (usize::from(self.length) + 1),
        }
    }

    fn is_later_fragment(self) -> bool {
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

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let family = u.arbitrary()?;
        let ty = match (u8::arbitrary(u)?, family) {
            (0xf0.., _) => u.arbitrary()?,
            (_, Family::V4) => 3,
            (_, Family::V6) => 1,
        };
        let code = u8::arbitrary(u)?;
        let code = if code < 0xf0 { code % 18 } else { code };
        let mut model = Self {
            family,
            ty,
            code,
            checksum: u.arbitrary()?,
            rest: u.arbitrary()?,
            quoted: u.arbitrary()?,
            kept: usize::MAX,
        };
        // One byte in two cuts the message a few bytes around a place where something begins.
        let places = [0, 8, model.transport_at(), model.transport_at() + 4, model.whole().len()];
        let steer = u8::arbitrary(u)?;
        if steer % 2 == 1 {
            let place = places[usize::from(steer / 2 % 5)];
            model.kept = (place + usize::from(u8::arbitrary(u)? % 16)).saturating_sub(8);
        }
        Ok(model)
    }
}

impl Model {
    /// Encodes the message, and cuts it where the model says.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.whole();
        bytes.truncate(self.kept);
        bytes
    }

    fn whole(&self) -> Vec<u8> {
        let quoted = &self.quoted;
        let mut bytes = vec![self.ty, self.code];
        bytes.extend(self.checksum.to_be_bytes());
        bytes.extend(self.rest);
        if quoted.version == 6 {
            let first = quoted.extensions.first().map_or(quoted.protocol, |first| first.kind);
            bytes.extend([0x60 | (quoted.fill % 16), quoted.fill, quoted.fill, quoted.fill]);
            bytes.extend(quoted.declared.to_be_bytes());
            bytes.extend([first, quoted.hop_limit]);
            bytes.extend(self.source_v6().octets());
            bytes.extend(self.destination_v6().octets());
            let following = quoted.extensions.iter().skip(1).map(|following| following.kind);
            for (extension, next) in
                quoted.extensions.iter().zip(following.chain([quoted.protocol]))
            {
                let end = bytes.len() + extension.len();
                bytes.extend([next, extension.length]);
                bytes.extend((extension.fragment_offset * 8).to_be_bytes());
                bytes.resize(end, quoted.fill);
            }
        } else {
            let end = bytes.len() + usize::from(quoted.header_words.max(5)) * 4;
            bytes.extend([(quoted.version << 4) | quoted.header_words, quoted.fill]);
            bytes.extend(quoted.declared.to_be_bytes());
            bytes.extend([quoted.fill, quoted.fill]);
            bytes.extend((0x4000 | quoted.fragment_offset).to_be_bytes());
            bytes.extend([quoted.hop_limit, quoted.protocol, quoted.fill, quoted.fill]);
            bytes.extend(self.source_v4().octets());
            bytes.extend(self.destination_v4().octets());
            bytes.resize(end, quoted.fill);
        }
        bytes.extend(quoted.ports.0.to_be_bytes());
        bytes.extend(quoted.ports.1.to_be_bytes());
        bytes.resize(bytes.len() + usize::from(quoted.payload), quoted.fill);
        bytes
    }

    /// Where the bytes behind the IP header, or behind that of a later fragment, begin.
    fn transport_at(&self) -> usize {
        match self.quoted.version {
            6 => 48 + self.reached().iter().map(|extension| extension.len()).sum::<usize>(),
            _ => 8 + usize::from(self.quoted.header_words.max(5)) * 4,
        }
    }

    /// The IPv6 extension headers that a walk passes.
    fn reached(&self) -> &[Extension] {
        let extensions = &self.quoted.extensions;
        let later = extensions.iter().position(|extension| extension.is_later_fragment());
        &extensions[..later.map_or(extensions.len(), |later| later + 1)]
    }

    fn source_v4(&self) -> Ipv4Addr {
        [192, 0, 2, self.quoted.fill].into()
    }

    fn destination_v4(&self) -> Ipv4Addr {
        [198, 51, 100, !self.quoted.fill].into()
    }

    fn source_v6(&self) -> Ipv6Addr {
        [0x2001, 0xdb8, 0, 0, 0, 0, 0, self.quoted.fill.into()].into()
    }

    fn destination_v6(&self) -> Ipv6Addr {
        [0x2001, 0xdb8, 1, 0, 0, 0, self.quoted.fill.into(), 1].into()
    }

    /// What a decoder has to see, told from the fields alone.
    fn expected(&self, len: usize) -> std::result::Result<Seen, Failure> {
        if len < 8 {
            return truncated(8, len, 0);
        }
        let unreachable = matches!((self.family, self.ty), (Family::V4, 3) | (Family::V6, 1));
        let mtu = u16::from_be_bytes([self.rest[2], self.rest[3]]);
        let has_mtu = self.family == Family::V4 && self.code == 4 && mtu != 0;
        Ok(Seen {
            ty: self.ty,
            code: self.code,
            checksum: self.checksum,
            unreachable: unreachable.then(|| SeenUnreachable {
                mtu: has_mtu.then_some(mtu),
                quote: self.expected_quote(len),
            }),
        })
    }

    fn expected_quote(&self, len: usize) -> std::result::Result<SeenQuote, Failure> {
        let quoted = &self.quoted;
        let (fixed, present) = (if quoted.version == 6 { 40 } else { 20 }, len - 8);
        if present == 0 {
            return truncated(1, 0, 8);
        }
        if quoted.version != 4 && quoted.version != 6 {
            let kind = ErrorKind::UnsupportedVersion { found: quoted.version.into() };
            return Err(Failure { offset: 8, kind });
        }
        if present < fixed {
            return truncated(fixed, present, 8);
        }
        if quoted.version == 4 && quoted.header_words < 5 {
            let kind = ErrorKind::InvalidLength { found: quoted.header_words.into() };
            return Err(Failure { offset: 8, kind });
        }
        let (source, destination): (IpAddr, IpAddr) = match quoted.version {
            6 => (self.source_v6().into(), self.destination_v6().into()),
            _ => (self.source_v4().into(), self.destination_v4().into()),
        };
        Ok(SeenQuote {
            offset: 8,
            source,
            destination,
            declared_len: usize::from(quoted.declared) + if quoted.version == 6 { 40 } else { 0 },
            present,
            hop_limit: quoted.hop_limit,
            transport: self.expected_transport(len),
        })
    }

    fn expected_transport(&self, len: usize) -> std::result::Result<SeenTransport, Failure> {
        let quoted = &self.quoted;
        let at = self.transport_at();
        let (mut protocol, mut fragment_offset) = (quoted.protocol, quoted.fragment_offset);
        if quoted.version == 6 {
            fragment_offset = 0;
            let mut begin = 48;
            for (i, extension) in self.reached().iter().enumerate() {
                let present = len - begin;
                if present < extension.len() {
                    // Without its first 8 bytes nothing is known of its length.
                    let needed = if present < 8 { 8 } else { extension.len() };
                    return truncated(needed, present, begin);
                }
                begin += extension.len();
                if extension.is_later_fragment() {
                    fragment_offset = extension.fragment_offset;
                    let next = quoted.extensions.get(i + 1);
                    protocol = next.map_or(quoted.protocol, |next| next.kind);
                }
            }
        } else if len < at {
            return truncated(at - 8, len - 8, 8);
        }
        let ports = if fragment_offset != 0 || ![6, 17, 33, 132, 136].contains(&protocol) {
            Ok(None)
        } else if len < at + 4 {
            truncated(4, len - at, at)
        } else {
            Ok(Some(quoted.ports))
        };
        Ok(SeenTransport { protocol, fragment_offset, offset: at, ports })
    }
}

/// Encodes a model and demands its fields back.
///
/// # Panics
///
/// If they do not come back.
pub fn check_model(model: &Model) {
    let bytes = model.encode();
    assert_eq!(see(model.family, &bytes), model.expected(bytes.len()), "{model:?}");
    super::check(&bytes);
}

fn truncated<T>(needed: usize, available: usize, offset: usize) -> std::result::Result<T, Failure> {
    Err(Failure { offset, kind: ErrorKind::Truncated { needed, available } })
}
