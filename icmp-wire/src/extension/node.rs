use super::{
    Class, Name, Object,
    subobject::{Reader, Writer},
};
use core::net::IpAddr;
use wire_error::Result;

/// The node that sent the message (draft-ietf-intarea-extended-icmp-nodeid).
///
/// The C-Type of the object tells which parts are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeIdentification<'a> {
    /// An address of the node, which need not be of the family of the message.
    pub address: Option<IpAddr>,
    /// The node's name.
    pub name: Option<Name<'a>>,
}

impl<'a> NodeIdentification<'a> {
    pub(super) fn of(object: &Object<'a>) -> Result<Self> {
        let mut parts = Reader::new(object, "node identification object");
        let has = |bit: u8| object.c_type() & bit != 0;
        let identification = Self {
            address: if has(HAS_ADDRESS) { Some(parts.address()?) } else { None },
            name: if has(HAS_NAME) { Some(parts.name()?) } else { None },
        };
        parts.finish("end of node identification object")?;
        Ok(identification)
    }

    /// Writes the object to the front of `out`, its header included, and returns how many bytes it
    /// took.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), and how many bytes it takes.
    /// - [`InvalidLength`](crate::ErrorKind::InvalidLength) if the name is longer than 63 bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let mut c_type = 0;
        let mut parts = Writer::new();
        if let Some(address) = self.address {
            c_type |= HAS_ADDRESS;
            parts.address(address);
        }
        if let Some(name) = self.name {
            c_type |= HAS_NAME;
            parts.name(name)?;
        }
        Object::new(Class::NODE_IDENTIFICATION, c_type, parts.data()).encode(out)
    }
}

const HAS_ADDRESS: u8 = 0x04;
const HAS_NAME: u8 = 0x02;
