//! Extension objects.

use crate::icmp::SeenObjectBody;
use icmp_wire::Label;
use std::net::IpAddr;

/// An extension object as plain fields.
#[derive(Clone, Debug)]
pub struct Object {
    /// The class.
    pub class: u8,
    /// The C-Type.
    pub c_type: u8,
    /// What the object is made of.
    pub parts: Vec<Part>,
    /// Bytes behind that.
    pub stray: u8,
    /// What its header says of its length.
    pub length: Length,
}

/// What the header of an object says of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// As it is.
    Right,
    /// One less.
    Less,
    /// One more.
    More,
    /// This, whatever it is.
    Fixed(u16),
}

/// A part of an extension object.
#[derive(Clone, Debug)]
pub enum Part {
    /// An entry of a label stack.
    Label(Label),
    /// An index, MTU or pointer.
    Number(u32),
    /// An address as RFC 5837 §4.2 has it.
    Address {
        /// The address family.
        family: u16,
        /// The address.
        bytes: Vec<u8>,
    },
    /// An address as RFC 8335 §2.1 has it.
    Asked {
        /// The address family.
        family: u16,
        /// The length in bytes.
        length: u8,
        /// The address, and what fills it up.
        bytes: Vec<u8>,
    },
    /// A name.
    Name {
        /// The length that precedes it as RFC 5837 §4.3 has it.
        length: Option<u8>,
        /// The name.
        name: Vec<u8>,
        /// The zeros behind it.
        zeros: u8,
    },
    /// Anything else.
    Raw(Vec<u8>),
}

impl Object {
    /// Encodes the object.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![0, 0, self.class, self.c_type];
        for part in &self.parts {
            part.encode(&mut bytes);
        }
        bytes.resize(bytes.len() + usize::from(self.stray), 0x5a);
        let len = u16::try_from(bytes.len()).unwrap();
        let length = match self.length {
            Length::Right => len,
            Length::Less => len - 1,
            Length::More => len + 1,
            Length::Fixed(length) => length,
        };
        bytes[..2].copy_from_slice(&length.to_be_bytes());
        bytes
    }

    /// What an object says that begins at byte `at`, if the fields alone tell.
    #[must_use]
    pub fn says(&self, at: usize) -> Option<SeenObjectBody> {
        let place = |from: usize, part: &[u8]| at + from..at + from + part.len();
        if self.length != Length::Right || self.stray != 0 {
            return None;
        }
        Some(match (self.class, self.c_type, &self.parts[..]) {
            (1, 1, parts) => SeenObjectBody::LabelStack(
                parts
                    .iter()
                    .map(|part| if let Part::Label(label) = part { Some(*label) } else { None })
                    .collect::<Option<_>>()?,
            ),
            (2 | 5, c_type, parts) => {
                let mut parts = parts.iter().peekable();
                let (mut from, is_interface) = (4, self.class == 2);
                let mut take = |bit| match parts.next_if(|_| c_type & bit != 0) {
                    Some(part) => {
                        let begin = from;
                        from += part.len();
                        Some((part, begin))
                    }
                    None => None,
                };
                let index = if is_interface { number_of(take(8)) } else { None };
                let (address, name) = (address_of(take(4)), take(2));
                let mtu = if is_interface { number_of(take(1)) } else { None };
                let bits = u8::from(index.is_some()) << 3
                    | u8::from(address.is_some()) << 2
                    | u8::from(name.is_some()) << 1
                    | u8::from(mtu.is_some());
                let name = match name {
                    Some((Part::Name { length: Some(length), name, zeros }, from)) => {
                        let len = 1 + name.len() + usize::from(*zeros);
                        if usize::from(*length) != len || len % 4 != 0 || len > 64 {
                            return None;
                        }
                        Some(place(from + 1, name))
                    }
                    Some(_) => return None,
                    None => None,
                };
                let meant = if is_interface { 15 } else { 6 };
                if parts.next().is_some() || bits != c_type & meant {
                    return None;
                }
                match self.class {
                    2 => SeenObjectBody::Interface { role: c_type >> 6, index, address, name, mtu },
                    _ => SeenObjectBody::Node { address, name },
                }
            }
            (3, 1, [Part::Name { length: None, name, .. }]) => {
                SeenObjectBody::ByName(place(4, name))
            }
            (3, 2, [Part::Number(index)]) => SeenObjectBody::ByIndex(*index),
            (3, 3, [Part::Asked { family, length, bytes }]) => {
                let filling = bytes.len().checked_sub((*length).into())?;
                if filling > 3 {
                    return None;
                }
                let address = place(8, &bytes[..usize::from(*length)]);
                SeenObjectBody::ByAddress { family: *family, address }
            }
            (3, 1..=3, _) => return None,
            (4, 1, [Part::Number(pointer)]) => SeenObjectBody::Pointer(*pointer),
            (4, 1, _) => return None,
            _ => SeenObjectBody::Other,
        })
    }
}

fn number_of(part: Option<(&Part, usize)>) -> Option<u32> {
    if let Some((Part::Number(number), _)) = part { Some(*number) } else { None }
}

fn address_of(part: Option<(&Part, usize)>) -> Option<IpAddr> {
    let Some((Part::Address { family, bytes }, _)) = part else { return None };
    match (family, bytes.len()) {
        (1, 4) => Some(<[u8; 4]>::try_from(&bytes[..]).unwrap().into()),
        (2, 16) => Some(<[u8; 16]>::try_from(&bytes[..]).unwrap().into()),
        _ => None,
    }
}

impl Part {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Label(label) => {
                let class = u32::from(label.traffic_class) * 512;
                let bottom = u32::from(label.is_bottom_of_stack) * 256;
                let entry = label.label * 4096 + class + bottom + u32::from(label.time_to_live);
                out.extend(entry.to_be_bytes());
            }
            Self::Number(number) => out.extend(number.to_be_bytes()),
            Self::Address { family, bytes } => {
                out.extend(family.to_be_bytes());
                out.extend([0, 0]);
                out.extend(bytes);
            }
            Self::Asked { family, length, bytes } => {
                out.extend(family.to_be_bytes());
                out.extend([*length, 0]);
                out.extend(bytes);
            }
            Self::Name { length, name, zeros } => {
                out.extend(length);
                out.extend(name);
                out.resize(out.len() + usize::from(*zeros), 0);
            }
            Self::Raw(bytes) => out.extend(bytes),
        }
    }

    fn len(&self) -> usize {
        let mut bytes = Vec::new();
        self.encode(&mut bytes);
        bytes.len()
    }
}
