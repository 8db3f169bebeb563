//! What a decoder has to see, told from the fields of a model alone.

use super::{Family, Length, Model, Seal};
use crate::{
    bytes::Failure,
    icmp::{Seen, SeenBody, SeenObject, SeenQuote, SeenTransport},
};
use icmp_wire::{Checksum, Evidence};
use std::net::IpAddr;
use wire_error::ErrorKind;

impl Model {
    /// Puts what the fields tell in the place of what was seen in the first `len` bytes.
    pub(super) fn expect(&self, len: usize, seen: &mut Result<Seen, Failure>) {
        if len < 8 {
            *seen = truncated(8, len, 0);
            return;
        }
        let Ok(seen) = seen else { return };
        (seen.ty, seen.code, seen.body) = (self.ty, self.code, self.expected_body());
        if !self.is_sealed {
            seen.checksum = self.checksum;
        }
        let is_quoting = match self.family {
            Family::V4 => [3, 4, 5, 11, 12].contains(&self.ty),
            Family::V6 => [1, 2, 3, 4].contains(&self.ty),
        };
        if !is_quoting {
            seen.quote = Ok(None);
        } else if self.is_quote_told() {
            let as_seen = seen.quote.ok().flatten().and_then(|quote| quote.header_checksum);
            seen.quote = self.expected_quote(len, as_seen).map(Some);
        }
        self.expect_structure(len, seen);
    }

    fn expected_body(&self) -> SeenBody {
        let rest = self.header();
        let [a, b, c, d] = rest;
        match (self.family, self.ty) {
            (Family::V4, 3) => {
                let mtu = u16::from_be_bytes([c, d]);
                SeenBody::Unreachable { mtu: Some(mtu).filter(|mtu| self.code == 4 && *mtu != 0) }
            }
            (Family::V4, 4) => SeenBody::SourceQuench,
            (Family::V4, 5) => SeenBody::Redirect { gateway: rest.into() },
            (Family::V4, 11) | (Family::V6, 3) => SeenBody::TimeExceeded,
            (Family::V4, 12) => SeenBody::ParameterProblem { pointer: a.into() },
            (Family::V6, 1) => SeenBody::Unreachable { mtu: None },
            (Family::V6, 2) => SeenBody::PacketTooBig { mtu: u32::from_be_bytes([a, b, c, d]) },
            (Family::V6, 4) => SeenBody::ParameterProblem { pointer: u32::from_be_bytes(rest) },
            _ => SeenBody::Other { rest },
        }
    }

    /// Whether all that is read of the quote stands in front of a structure.
    fn is_quote_told(&self) -> bool {
        let quoted = &self.quoted;
        let read = quoted.transport_at() + 8;
        let fits = |quote_len| read <= quote_len && (4 <= quoted.payload || quoted.fill == 0);
        self.structure.as_ref().is_none_or(|structure| {
            fits(structure.decoy.or(structure.smudge).unwrap_or(structure.quote_len))
        })
    }

    fn expected_quote(
        &self,
        len: usize,
        header_checksum: Option<Checksum>,
    ) -> Result<SeenQuote, Failure> {
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
            6 => (quoted.source_v6().into(), quoted.destination_v6().into()),
            _ => (quoted.source_v4().into(), quoted.destination_v4().into()),
        };
        Ok(SeenQuote {
            offset: 8,
            source,
            destination,
            declared_len: usize::from(quoted.declared) + if quoted.version == 6 { 40 } else { 0 },
            present,
            protocol: match (quoted.version, quoted.extensions.first()) {
                (6, Some(first)) => first.kind,
                _ => quoted.protocol,
            },
            identification: match quoted.version {
                6 => None,
                _ => Some(u16::from_be_bytes([quoted.fill; 2])),
            },
            hop_limit: quoted.hop_limit,
            header_checksum: match quoted.version {
                6 => None,
                _ if present < quoted.transport_at() => Some(Checksum::Truncated),
                _ if self.is_sealed => Some(Checksum::Valid),
                _ => header_checksum,
            },
            transport: self.expected_transport(len),
        })
    }

    fn expected_transport(&self, len: usize) -> Result<SeenTransport, Failure> {
        let quoted = &self.quoted;
        let at = 8 + quoted.transport_at();
        let (mut protocol, mut fragment_offset) = (quoted.protocol, quoted.fragment_offset);
        if quoted.version == 6 {
            fragment_offset = 0;
            let mut begin = 48;
            for (i, extension) in quoted.reached().iter().enumerate() {
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
        // Behind the ports all bytes are the same.
        let read = |applies: bool, needed: usize| match () {
            () if fragment_offset != 0 || !applies => Ok(None),
            () if len < at + needed => truncated(needed, len - at, at),
            () => Ok(Some(u16::from_be_bytes([quoted.fill; 2]))),
        };
        let [ty, _] = quoted.ports.0.to_be_bytes();
        let is_query = match protocol {
            1 => [0, 8, 13, 14, 15, 16, 17, 18].contains(&ty),
            _ => [128, 129].contains(&ty),
        };
        let query = read(protocol == 1 || protocol == 58, 8)
            .map(|read| read.filter(|_| is_query).map(|half| (ty, half, half)));
        Ok(SeenTransport {
            protocol,
            fragment_offset,
            offset: at,
            ports: read([6, 17, 33, 132, 136].contains(&protocol), 4)
                .map(|read| read.map(|_| quoted.ports)),
            query,
            tcp_sequence: read(protocol == 6, 8)
                .map(|read| read.map(|half| u32::from(half) << 16 | u32::from(half))),
        })
    }
    /// Tells of a structure only where nothing about it is odd.
    fn expect_structure(&self, len: usize, seen: &mut Seen) {
        let can_have_one =
            matches!((self.family, self.ty), (Family::V4, 3 | 11 | 12) | (Family::V6, 1 | 3));
        if !can_have_one || len < 8 + 128 + 4 {
            (seen.structure, seen.original_len) = (None, len - 8);
            return;
        }
        let Some((evidence, quote_len)) = self.evidence(len) else { return };
        let structure = seen.structure.as_mut().expect("the structure is as good as can be");
        (structure.evidence, structure.offset) = (evidence, 8 + quote_len);
        structure.len = len - structure.offset;
        structure.original_len = match evidence {
            Evidence::Padded => usize::from(self.structure.as_ref().unwrap().length) * self.word(),
            _ => quote_len,
        };
        seen.original_len = structure.original_len;
        let mut at = structure.offset + 4;
        let mut objects = Vec::new();
        for object in &self.structure.as_ref().unwrap().objects {
            let len = object.encode().len();
            let Some(body) = object.says(at) else { return };
            let (class, c_type) = (object.class, object.c_type);
            objects.push(SeenObject { offset: at, len, class, c_type, body: Ok(body) });
            at += len;
        }
        if self.structure.as_ref().unwrap().stray == 0 {
            structure.objects.whole = objects;
            (structure.objects.error, structure.objects.remainder) = (None, 0);
        }
    }

    /// Why the structure has to be taken for one, and how much is quoted in front of it.
    fn evidence(&self, len: usize) -> Option<(Evidence, usize)> {
        let structure = self.structure.as_ref()?;
        let is_whole = len == self.whole().len();
        if structure.version != 2 || structure.seal != Seal::Right || !is_whole {
            return None;
        }
        let (quote_len, octets) = (structure.quote_len, usize::from(structure.length));
        // A checksum that comes to 0 is as good as none.
        let [_, _, high, low, ..] = structure.encode(self.quoted.fill)[..] else { return None };
        if quote_len < 128 || (high, low) == (0, 0) {
            return None;
        }
        let declared = octets * self.word();
        // Where it is not declared, everything has to fit.
        let is_fit = structure.reserved == 0
            && structure.stray == 0
            && !structure.objects.is_empty()
            && structure.objects.iter().all(|object| object.length == Length::Right);
        let leads_nowhere = |quote_len: usize| 8 + quote_len + 4 > len;
        match declared {
            0 if quote_len == 128 && is_fit => Some((Evidence::Legacy, 128)),
            1..128 if quote_len == 128 => Some((Evidence::Padded, 128)),
            128.. if quote_len == declared => Some((Evidence::Compliant, declared)),
            128.. if leads_nowhere(declared) && quote_len == octets && is_fit => {
                Some((Evidence::Octets, octets))
            }
            128.. if leads_nowhere(declared) && quote_len == 128 && is_fit => {
                let is_alone = octets < 128 || leads_nowhere(octets);
                is_alone.then_some((Evidence::Legacy, 128))
            }
            _ => None,
        }
    }
}

fn truncated<T>(needed: usize, available: usize, offset: usize) -> Result<T, Failure> {
    Err(Failure { offset, kind: ErrorKind::Truncated { needed, available } })
}
