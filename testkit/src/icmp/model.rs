//! The compact generator: a few bytes choose a message near the limits of the format.

mod choice;
mod expected;
mod laws;
mod object;
mod quoted;
mod structure;

pub use self::{
    laws::check_model,
    object::{Length, Object, Part},
    quoted::{Extension, Quoted},
    structure::{Seal, Structure},
};

use super::naive::checksum;
use arbitrary::{Arbitrary, Result, Unstructured};

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
    /// The checksum, unless it is sealed.
    pub checksum: u16,
    /// The second half of the ICMP header.
    pub rest: [u8; 4],
    /// The datagram that is quoted.
    pub quoted: Quoted,
    /// Whether the checksums of the whole message and of a quoted IPv4 header are right.
    pub is_sealed: bool,
    /// What follows the quote.
    pub structure: Option<Structure>,
    /// How long the message may become where it is written by the crate.
    pub max_len: usize,
    /// How many bytes of the whole are kept.
    pub kept: usize,
}

/// Types of errors, those that may have a structure twice. Nobody knows the last two of ICMPv6.
const TYPES_V4: [u8; 8] = [3, 11, 12, 5, 4, 3, 11, 12];
const TYPES_V6: [u8; 8] = [1, 3, 2, 4, 1, 3, 127, 100];

/// Types of ICMP queries, and two that are none.
const QUERIES: [u16; 8] = [0x0800, 0x0000, 0x0d00, 0x1200, 0x8000, 0x8100, 0x0c00, 0x1300];

/// `None` for the most that the RFCs allow.
const MAX_LENS: [Option<usize>; 8] =
    [None, Some(usize::MAX), Some(0), Some(9), Some(140), Some(164), Some(277), Some(1500)];

impl<'a> Arbitrary<'a> for Model {
    /// Reads the message and its cut first, then what may follow a quote: when the bytes run out,
    /// there is none.
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let family = u.arbitrary()?;
        let ty = match (u8::arbitrary(u)?, family) {
            (0xf0.., _) => u.arbitrary()?,
            (steer, Family::V4) => TYPES_V4[usize::from(steer % 8)],
            (steer, Family::V6) => TYPES_V6[usize::from(steer % 8)],
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
            is_sealed: false,
            structure: None,
            max_len: 0,
            kept: usize::MAX,
        };
        let transport_at = 8 + model.quoted.transport_at();
        model.cut(u, &[0, 8, transport_at, transport_at + 4, model.whole().len()])?;

        let steer = u8::arbitrary(u)?;
        model.is_sealed = steer & 1 != 0;
        model.max_len = MAX_LENS[usize::from(steer / 4 % 8)].unwrap_or(match family {
            Family::V4 => 556,
            Family::V6 => 1240,
        });
        if steer & 0x80 != 0 {
            model.quoted.ports.0 = QUERIES[usize::from(model.quoted.ports.1 % 8)];
        }
        if steer & 2 != 0 {
            let objects = [1, 2, 4, 0][usize::from(steer / 32 % 4)];
            let structure = Structure::arbitrary(u, model.word(), &model.quoted, objects)?;
            let at = 8 + structure.quote_len;
            let first = structure.objects.first().map_or(0, |first| first.encode().len());
            model.structure = Some(structure);
            model.cut(u, &[at, at + 4, at + 4 + first, at + 8 + first, model.whole().len()])?;
        }
        Ok(model)
    }
}

impl Model {
    /// One byte in two cuts the message a few bytes around a place where something begins.
    fn cut(&mut self, u: &mut Unstructured<'_>, places: &[usize; 5]) -> Result<()> {
        let steer = u8::arbitrary(u)?;
        if steer % 2 == 1 {
            let place = places[usize::from(steer / 2 % 5)];
            let kept = (place + usize::from(u8::arbitrary(u)? % 16)).saturating_sub(8);
            self.kept = self.kept.min(kept);
        }
        Ok(())
    }

    /// Encodes the message, and cuts it where the model says.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.whole();
        bytes.truncate(self.kept);
        bytes
    }

    fn whole(&self) -> Vec<u8> {
        let mut bytes = vec![self.ty, self.code];
        bytes.extend(self.checksum.to_be_bytes());
        bytes.extend(self.header());
        bytes.extend(self.quote());
        if let Some(structure) = &self.structure {
            bytes.extend(structure.encode(self.quoted.fill));
            structure.deceive(&mut bytes);
        }
        if self.is_sealed {
            let checksum = checksum::of_message(self.family, &bytes);
            bytes[2..4].copy_from_slice(&checksum.to_be_bytes());
        }
        bytes
    }

    /// The second half of the header, as it is sent.
    fn header(&self) -> [u8; 4] {
        let mut rest = self.rest;
        if let Some(structure) = &self.structure {
            match (self.family, self.ty) {
                (Family::V4, 3 | 11 | 12) => rest[1] = structure.length,
                (Family::V6, 1 | 3) => rest[0] = structure.length,
                _ => {}
            }
        }
        rest
    }

    /// The quoted bytes: what a structure stands behind is cut or filled up.
    fn quote(&self) -> Vec<u8> {
        let mut quote = self.quoted.encode();
        if self.is_sealed && self.quoted.version != 6 {
            let header = &quote[..self.quoted.transport_at()];
            let without = [&header[..10], &[0, 0], &header[12..]].concat();
            quote[10..12].copy_from_slice(&checksum::checksum(&without).to_be_bytes());
        }
        if let Some(structure) = &self.structure {
            quote.resize(structure.quote_len, 0);
        }
        quote
    }

    /// The unit of the length field in bytes.
    fn word(&self) -> usize {
        match self.family {
            Family::V4 => 4,
            Family::V6 => 8,
        }
    }
}
