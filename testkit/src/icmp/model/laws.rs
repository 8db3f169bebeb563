//! What has to come of a model, read and written.

use super::{Family, Model, Object, Part, Seal};
use crate::icmp::{
    Seen, SeenObjects, check, naive,
    naive::{checksum, encode::Parts},
    see,
    written::{self, Build},
};
use icmp_wire::{
    Checksum, Class, Evidence, InterfaceInformation, InterfaceRole, Name, NodeIdentification, v4,
    v6,
};
use std::{net::IpAddr, num::NonZeroU16};
use wire_error::ErrorKind;

/// Encodes a model and demands its fields back, and has the crate write what the model says.
///
/// # Panics
///
/// If they do not come back.
pub fn check_model(model: &Model) {
    let bytes = model.encode();
    let seen = see(model.family, &bytes);
    let mut expected = seen.clone();
    model.expect(bytes.len(), &mut expected);
    assert_eq!(seen, expected, "{model:?}");
    if model.is_sealed && bytes.len() == model.whole().len() {
        let status = checksum::message(model.family, &bytes, bytes.len());
        assert_eq!(status, Checksum::Valid);
    }
    check(&bytes);
    model.check_written();
    for object in model.structure.iter().flat_map(|structure| &structure.objects) {
        object.check_written();
    }
}

impl Model {
    /// Has the message written, and reads it.
    fn check_written(&self) {
        let datagram = match &self.structure {
            Some(structure) if structure.quote_len > 128 => self.quote(),
            _ => self.quoted.encode(),
        };
        let objects = self.objects();
        written::check_structure(&objects);
        let mut rest = self.rest;
        let (code, max_len) = (self.code, self.max_len);
        let build = match self.family {
            Family::V4 => {
                let body = self.body_v4(&mut rest);
                let mut build = v4::Build::new(body, &datagram);
                assert_eq!((build.max_len, build.objects), (556, &[][..]));
                (build.objects, build.max_len) = (&objects, max_len);
                Build::V4(build)
            }
            Family::V6 => {
                let body = self.body_v6(&mut rest);
                let mut build = v6::Build::new(body, &datagram);
                assert_eq!((build.max_len, build.objects), (1240, &[][..]));
                (build.objects, build.max_len) = (&objects, max_len);
                Build::V6(build)
            }
        };
        let has_code = !matches!((self.family, self.ty), (Family::V4, 4) | (Family::V6, 2));
        let parts = Parts {
            family: self.family,
            ty: self.ty,
            code: if has_code { code } else { 0 },
            rest,
            datagram: &datagram,
            objects: &objects,
            max_len,
        };
        if let Some(message) = build.check(&parts) {
            let seen = see(self.family, &message).unwrap();
            assert_eq!(seen, naive::decode(self.family, &message).unwrap());
            check_read_back(&parts, &message, &seen);
            let again = Parts::of(self.family, &message, &seen);
            let rewritten = Build::from(self.family, &message).check(&again);
            if written::is_canonical(&again, &message, &seen) {
                assert_eq!(rewritten, Some(message));
            }
        }
    }

    /// The objects, and where there is to be no checksum, one that makes it come to 0.
    fn objects(&self) -> Vec<u8> {
        let Some(structure) = &self.structure else { return Vec::new() };
        let mut objects = structure.encode_objects();
        if structure.seal == Seal::NotSent && objects.len() % 2 == 0 {
            objects.extend([0, 6, 247, 0]);
            let sum = checksum::checksum(&[&[0x20, 0], &objects[..]].concat());
            objects.extend(sum.to_be_bytes());
        }
        objects
    }

    fn body_v4(&self, rest: &mut [u8; 4]) -> v4::Body {
        let [a, b, c, d] = *rest;
        match self.ty {
            3 => {
                *rest = if self.code == 4 { [0, 0, c, d] } else { [0; 4] };
                let code = v4::UnreachableCode(self.code);
                let next_hop_mtu = NonZeroU16::new(u16::from_be_bytes([c, d]));
                v4::Body::Unreachable { code, next_hop_mtu }
            }
            4 => {
                *rest = [0; 4];
                v4::Body::SourceQuench
            }
            5 => v4::Body::Redirect {
                code: v4::RedirectCode(self.code),
                gateway: [a, b, c, d].into(),
            },
            11 => {
                *rest = [0; 4];
                v4::Body::TimeExceeded { code: v4::TimeExceededCode(self.code) }
            }
            12 => {
                *rest = [a, 0, 0, 0];
                let code = v4::ParameterProblemCode(self.code);
                v4::Body::ParameterProblem { code, pointer: a }
            }
            ty => v4::Body::Other { ty: v4::Type(ty), code: self.code, rest: *rest },
        }
    }

    fn body_v6(&self, rest: &mut [u8; 4]) -> v6::Body {
        let word = u32::from_be_bytes(*rest);
        match self.ty {
            1 => {
                *rest = [0; 4];
                v6::Body::Unreachable { code: v6::UnreachableCode(self.code) }
            }
            2 => v6::Body::PacketTooBig { mtu: word },
            3 => {
                *rest = [0; 4];
                v6::Body::TimeExceeded { code: v6::TimeExceededCode(self.code) }
            }
            4 => {
                let code = v6::ParameterProblemCode(self.code);
                v6::Body::ParameterProblem { code, pointer: word }
            }
            ty => v6::Body::Other { ty: v6::Type(ty), code: self.code, rest: *rest },
        }
    }
}

/// What was written is read as what it was written from, and keeps the RFCs' limits.
fn check_read_back(parts: &Parts<'_>, message: &[u8], seen: &Seen) {
    assert_eq!((seen.ty, seen.code), (parts.ty, parts.code));
    let status = checksum::message(parts.family, message, message.len());
    assert_eq!(status, Checksum::Valid);
    let (word, field) = if parts.family == Family::V4 { (4, 5) } else { (8, 4) };
    if parts.objects.is_empty() {
        assert_eq!(message[4..8], parts.rest);
        assert!(parts.datagram.starts_with(&message[8..]));
        let whole = 8 + parts.datagram.len();
        let is_cut = seen.quote != Ok(None);
        assert_eq!(message.len(), if is_cut { whole.min(parts.max_len.max(8)) } else { whole });
        return;
    }
    let structure = seen.structure.as_ref().expect("a structure was written");
    let at = structure.offset;
    let quote_len = seen.original_len;
    assert_eq!(structure.evidence, Evidence::Compliant);
    assert!(at == 8 + quote_len && quote_len >= 128 && quote_len % word == 0);
    assert_eq!(usize::from(message[field]) * word, quote_len);
    assert!(message.len() <= parts.max_len.max(8 + 128 + 4 + parts.objects.len()));
    let status = checksum::structure(message, at, message.len());
    assert_eq!(status, Checksum::Valid);
    assert_eq!(&message[at + 4..], parts.objects);
    let mut read = naive::structure::objects(parts.objects, 0);
    for object in &mut read.whole {
        object.offset += at + 4;
    }
    let without_body = |objects: &SeenObjects| -> Vec<_> {
        objects.whole.iter().map(|seen| (seen.offset, seen.len, seen.class, seen.c_type)).collect()
    };
    assert_eq!(without_body(&structure.objects), without_body(&read));
    // As much is quoted as fits, and what fills it up is zeros.
    let quoted = parts.datagram.len().min(quote_len);
    assert_eq!(message[8..8 + quoted], parts.datagram[..quoted]);
    assert!(message[8 + quoted..at].iter().all(|&byte| byte == 0));
    let is_all = quoted == parts.datagram.len();
    let is_full = message.len() + word > parts.max_len || quote_len == 255 * word;
    assert!(is_all || is_full || quote_len == 128, "{quoted} of {}", parts.datagram.len());
}

impl Object {
    /// Has the object written from what it says, which gives the same bytes, or is refused.
    fn check_written(&self) {
        let (mut index, mut mtu) = (None, None);
        let mut address: Option<IpAddr> = None;
        let mut name: Option<Name<'_>> = None;
        for part in &self.parts {
            match part {
                Part::Number(number) if self.c_type & 8 != 0 && index.is_none() => {
                    index = Some(*number);
                }
                Part::Number(number) => mtu = Some(*number),
                Part::Address { family: 1, bytes } if bytes.len() == 4 => {
                    address = Some(<[u8; 4]>::try_from(&bytes[..]).unwrap().into());
                }
                Part::Address { family: 2, bytes } if bytes.len() == 16 => {
                    address = Some(<[u8; 16]>::try_from(&bytes[..]).unwrap().into());
                }
                Part::Name { name: letters, .. } => name = Some(Name(letters)),
                _ => return,
            }
        }
        let role = InterfaceRole(self.c_type >> 6);
        let mut interface = InterfaceInformation { role, index, address, name, mtu };
        let node = NodeIdentification { address, name };
        let mut buffer = [0; 100];
        let written = match Class(self.class) {
            Class::INTERFACE_INFORMATION => interface.encode(&mut buffer),
            Class::NODE_IDENTIFICATION => node.encode(&mut buffer),
            _ => return,
        };
        let len = written.unwrap();
        if self.says(0).is_some() {
            let mut expected = self.encode();
            // Bits that mean nothing are not kept.
            expected[3] &= if self.class == 2 { 0xcf } else { 0x06 };
            assert_eq!(buffer[..len], expected);
        }
        // What the format has no room for.
        let long = [b'x'; 300];
        let too_long = &long[..64 + usize::from(self.c_type % 237)];
        let refused = ErrorKind::InvalidLength { found: too_long.len() };
        interface.name = Some(Name(too_long));
        assert_eq!(interface.encode(&mut buffer).unwrap_err().kind(), refused);
        let node = NodeIdentification { name: Some(Name(too_long)), ..node };
        assert_eq!(node.encode(&mut buffer).unwrap_err().kind(), refused);
        interface.name = None;
        interface.role = InterfaceRole(4 | self.c_type);
        let refused = ErrorKind::InvalidValue { found: interface.role.0.into() };
        assert_eq!(interface.encode(&mut buffer).unwrap_err().kind(), refused);
    }
}
