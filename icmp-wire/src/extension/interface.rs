use super::{
    Class, Name, Object,
    subobject::{Reader, Writer, trim_nul},
};
use core::{fmt, net::IpAddr};
use wire_error::{ErrorKind, Result};

/// An interface or next hop that the datagram met (RFC 5837).
///
/// The C-Type of the object tells which parts are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InterfaceInformation<'a> {
    /// What the interface was to the datagram.
    pub role: InterfaceRole,
    /// The interface's ifIndex (RFC 2863).
    pub index: Option<u32>,
    /// The interface's address.
    pub address: Option<IpAddr>,
    /// The interface's name.
    pub name: Option<Name<'a>>,
    /// The interface's MTU in bytes.
    pub mtu: Option<u32>,
}

impl<'a> InterfaceInformation<'a> {
    pub(super) fn of(object: &Object<'a>) -> Result<Self> {
        let mut parts = Reader::new(object, "interface information object");
        let has = |bit: u8| object.c_type() & bit != 0;
        let information = Self {
            role: InterfaceRole(object.c_type() >> 6),
            index: if has(HAS_INDEX) { Some(parts.u32()?) } else { None },
            address: if has(HAS_ADDRESS) { Some(parts.address()?) } else { None },
            name: if has(HAS_NAME) { Some(parts.name()?) } else { None },
            mtu: if has(HAS_MTU) { Some(parts.u32()?) } else { None },
        };
        parts.finish("end of interface information object")?;
        Ok(information)
    }

    /// Writes the object to the front of `out`, its header included, and returns how many bytes it
    /// took.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall), and how many bytes it takes.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if the name is longer than 63 bytes.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) if the role is above 3.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        if self.role.0 > 3 {
            let kind = ErrorKind::InvalidValue { found: self.role.0.into() };
            return Err(kind.at("interface role", 0));
        }
        let mut c_type = self.role.0 << 6;
        let mut parts = Writer::new();
        if let Some(index) = self.index {
            c_type |= HAS_INDEX;
            parts.bytes(&index.to_be_bytes());
        }
        if let Some(address) = self.address {
            c_type |= HAS_ADDRESS;
            parts.address(address);
        }
        if let Some(name) = self.name {
            c_type |= HAS_NAME;
            parts.name(name)?;
        }
        if let Some(mtu) = self.mtu {
            c_type |= HAS_MTU;
            parts.bytes(&mtu.to_be_bytes());
        }
        Object::new(Class::INTERFACE_INFORMATION, c_type, parts.data()).encode(out)
    }
}

const HAS_INDEX: u8 = 0x08;
const HAS_ADDRESS: u8 = 0x04;
const HAS_NAME: u8 = 0x02;
const HAS_MTU: u8 = 0x01;

/// The interface that an extended echo asks about (RFC 8335 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InterfaceIdentification<'a> {
    /// C-Type 1: by name.
    Name(Name<'a>),
    /// C-Type 2: by ifIndex.
    Index(u32),
    /// C-Type 3: by address.
    Address {
        /// IANA's number of the address family: 1 is IPv4, 2 is IPv6.
        family: u16,
        /// The address: 4 bytes of IPv4, 16 of IPv6.
        address: &'a [u8],
    },
}

impl<'a> InterfaceIdentification<'a> {
    pub(super) fn of(object: &Object<'a>) -> Result<Self> {
        let context = "interface identification object";
        let mut parts = Reader::new(object, context);
        match object.c_type() {
            1 => Ok(Self::Name(Name(trim_nul(object.data())))),
            2 => {
                let index = parts.u32()?;
                parts.finish("end of interface identification object")?;
                Ok(Self::Index(index))
            }
            _ => {
                let Some((&[high, low, length, _], rest)) = object.data().split_first_chunk()
                else {
                    return Err(object.invalid_length(context));
                };
                // Up to three bytes behind the address fill it up to a multiple of 4.
                match rest.split_at_checked(length.into()) {
                    Some((address, filling)) if filling.len() < 4 => {
                        Ok(Self::Address { family: u16::from_be_bytes([high, low]), address })
                    }
                    _ => Err(object.invalid_length(context)),
                }
            }
        }
    }

    /// Writes the object to the front of `out`, its header included, and returns how many bytes it
    /// took.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall), and how many bytes it takes.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if a name or an address is longer than 64 bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let mut parts = Writer::new();
        let c_type = match *self {
            Self::Name(Name(name)) => {
                parts.padded(name, "name")?;
                1
            }
            Self::Index(index) => {
                parts.bytes(&index.to_be_bytes());
                2
            }
            Self::Address { family, address } => {
                let [high, low] = family.to_be_bytes();
                parts.bytes(&[high, low, u8::try_from(address.len()).unwrap_or(u8::MAX), 0]);
                parts.padded(address, "address")?;
                3
            }
        };
        Object::new(Class::INTERFACE_IDENTIFICATION, c_type, parts.data()).encode(out)
    }
}

/// What an interface was to the datagram: the upper two bits of the C-Type (RFC 5837 §4.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceRole(pub u8);

impl InterfaceRole {
    /// IP interface upon which datagram arrived.
    pub const INCOMING: Self = Self(0);
    /// Sub-IP component of an IP interface upon which datagram arrived.
    pub const INCOMING_SUB_IP: Self = Self(1);
    /// IP interface through which datagram would be forwarded.
    pub const OUTGOING: Self = Self(2);
    /// IP next-hop to which datagram would be forwarded.
    pub const NEXT_HOP: Self = Self(3);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::INCOMING => "IP interface upon which datagram arrived",
            Self::INCOMING_SUB_IP => {
                "Sub-IP component of an IP interface upon which datagram arrived"
            }
            Self::OUTGOING => "IP interface through which datagram would be forwarded",
            Self::NEXT_HOP => "IP next-hop to which datagram would be forwarded",
            _ => return None,
        })
    }
}

impl From<u8> for InterfaceRole {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<InterfaceRole> for u8 {
    fn from(value: InterfaceRole) -> Self {
        value.0
    }
}

impl fmt::Display for InterfaceRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for InterfaceRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InterfaceRole({self})")
    }
}
