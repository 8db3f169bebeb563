//! An encoder, by RFC 4884 §4 and what `Build` promises.

use super::{super::Family, checksum, structure::objects};
use crate::icmp::{Seen, SeenBody, SeenObjectBody};
use std::{net::IpAddr, ops::Range};
use wire_error::ErrorKind;

/// What a message is written from.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// ICMPv4 or ICMPv6.
    pub family: Family,
    /// The type.
    pub ty: u8,
    /// The code.
    pub code: u8,
    /// The second half of the header, the length of the quote left 0.
    pub rest: [u8; 4],
    /// What is quoted.
    pub datagram: &'a [u8],
    /// The objects, one behind the other.
    pub objects: &'a [u8],
    /// How long the message may become.
    pub max_len: usize,
}

impl<'a> Parts<'a> {
    /// Takes apart a message that is seen this way.
    #[must_use]
    pub fn of(family: Family, data: &'a [u8], seen: &Seen) -> Self {
        let mut rest = [0; 4];
        let mut code = seen.code;
        match seen.body {
            SeenBody::Unreachable { mtu } => {
                rest[2..].copy_from_slice(&mtu.unwrap_or(0).to_be_bytes());
            }
            SeenBody::SourceQuench => code = 0,
            SeenBody::Redirect { gateway } => rest = gateway.octets(),
            SeenBody::PacketTooBig { mtu } => {
                code = 0;
                rest = mtu.to_be_bytes();
            }
            SeenBody::TimeExceeded => {}
            SeenBody::ParameterProblem { pointer } => match family {
                Family::V4 => rest[0] = u8::try_from(pointer).unwrap(),
                Family::V6 => rest = pointer.to_be_bytes(),
            },
            SeenBody::Other { rest: sent } => rest = sent,
        }
        let objects = seen.structure.as_ref().map_or(&data[..0], |seen| &data[seen.offset + 4..]);
        let datagram = &data[8..8 + seen.original_len];
        Self { family, ty: seen.ty, code, rest, datagram, objects, max_len: usize::MAX }
    }

    /// Writes the message.
    ///
    /// # Errors
    ///
    /// All that can be said against it: nothing promises which of it is said.
    pub fn encode(&self) -> Result<Vec<u8>, Vec<ErrorKind>> {
        let mut message = vec![self.ty, self.code, 0, 0];
        message.extend(self.rest);
        if self.objects.is_empty() {
            let is_quoting = match self.family {
                Family::V4 => [3, 4, 5, 11, 12].contains(&self.ty),
                Family::V6 => [1, 2, 3, 4].contains(&self.ty),
            };
            let room = if is_quoting { self.max_len.saturating_sub(8) } else { usize::MAX };
            message.extend(self.datagram.iter().take(room));
        } else {
            self.refuse()?;
            let (word, field) = self.length_field();
            let mut room = self.max_len.saturating_sub(8 + 4 + self.objects.len());
            room = room.clamp(128, 255 * word);
            while room % word != 0 {
                room -= 1;
            }
            message.extend(self.datagram.iter().take(room));
            while message.len() < 8 + 128 || (message.len() - 8) % word != 0 {
                message.push(0);
            }
            message[field] = u8::try_from((message.len() - 8) / word).unwrap();
            message.extend(structure(self.objects));
        }
        let checksum = checksum::of_message(self.family, &message);
        message[2..4].copy_from_slice(&checksum.to_be_bytes());
        Ok(message)
    }

    fn refuse(&self) -> Result<(), Vec<ErrorKind>> {
        let mut refused = Vec::new();
        if !matches!((self.family, self.ty), (Family::V4, 3 | 11 | 12) | (Family::V6, 1 | 3)) {
            refused.push(ErrorKind::InvalidValue { found: self.ty.into() });
        }
        if let Some(error) = objects(self.objects, 0).error {
            refused.push(error.kind);
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// The unit of the length field, and where it stands.
    fn length_field(&self) -> (usize, usize) {
        match self.family {
            Family::V4 => (4, 5),
            Family::V6 => (8, 4),
        }
    }
}

/// Writes a structure around objects.
#[must_use]
pub fn structure(objects: &[u8]) -> Vec<u8> {
    let mut structure = [&[0x20, 0, 0, 0], objects].concat();
    // Zero would say that there is none; all ones is the other zero (RFC 1071 §2).
    let checksum = match checksum::of_structure(&structure) {
        0 => 0xffff,
        checksum => checksum,
    };
    structure[2..4].copy_from_slice(&checksum.to_be_bytes());
    structure
}

/// Writes an object about an interface or a node as plain as can be, if it is one.
///
/// # Errors
///
/// What can be said against it.
pub fn object(body: &SeenObjectBody, data: &[u8]) -> Option<Result<Vec<u8>, ErrorKind>> {
    let mut object = vec![0, 0, 2, 0];
    match body {
        SeenObjectBody::Interface { role, index, address, name, mtu } => {
            object[3] = role * 64;
            if let Some(index) = index {
                object[3] += 8;
                object.extend(index.to_be_bytes());
            }
            address_and_name(&mut object, *address, name.as_ref(), data);
            if let Some(mtu) = mtu {
                object[3] += 1;
                object.extend(mtu.to_be_bytes());
            }
        }
        SeenObjectBody::Node { address, name } => {
            object[2] = 5;
            address_and_name(&mut object, *address, name.as_ref(), data);
        }
        SeenObjectBody::ByName(part) | SeenObjectBody::ByAddress { address: part, .. } => {
            if part.len() > 64 {
                return Some(Err(ErrorKind::InvalidLength { found: part.len() }));
            }
            (object[2], object[3]) = (3, 1);
            if let SeenObjectBody::ByAddress { family, .. } = body {
                object[3] = 3;
                object.extend(family.to_be_bytes());
                object.extend([u8::try_from(part.len()).unwrap(), 0]);
            }
            object.extend(&data[part.clone()]);
            while object.len() % 4 != 0 {
                object.push(0);
            }
        }
        SeenObjectBody::ByIndex(index) => {
            (object[2], object[3]) = (3, 2);
            object.extend(index.to_be_bytes());
        }
        _ => return None,
    }
    object[1] = u8::try_from(object.len()).unwrap();
    Some(Ok(object))
}

fn address_and_name(
    object: &mut Vec<u8>,
    address: Option<IpAddr>,
    name: Option<&Range<usize>>,
    data: &[u8],
) {
    if let Some(address) = address {
        object[3] += 4;
        match address {
            IpAddr::V4(address) => object.extend([&[0, 1, 0, 0], &address.octets()[..]].concat()),
            IpAddr::V6(address) => object.extend([&[0, 2, 0, 0], &address.octets()[..]].concat()),
        }
    }
    if let Some(name) = name {
        object[3] += 2;
        let begin = object.len();
        object.push(0);
        object.extend(&data[name.clone()]);
        while (object.len() - begin) % 4 != 0 {
            object.push(0);
        }
        object[begin] = u8::try_from(object.len() - begin).unwrap();
    }
}
