//! ICMPv4 messages (RFC 792).

mod code;
mod unreachable;

pub use self::{
    code::{Type, UnreachableCode},
    unreachable::Unreachable,
};

use crate::raw::{self, split};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::Result;
use zerocopy::IntoBytes;

/// One ICMPv4 message.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    header: &'a raw::Header,
    payload: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads `input` as one message: everything behind the IPv4 header.
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) under 8 bytes.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let (header, payload) = split(input, "ICMP header", 0)?;
        Ok(Self { header, payload })
    }

    /// Returns the type.
    #[inline]
    #[must_use]
    pub const fn ty(&self) -> Type {
        Type(self.header.ty)
    }

    /// Returns the code as it was sent. What it means depends on the type: see
    /// [`body`](Self::body).
    #[inline]
    #[must_use]
    pub const fn code(&self) -> u8 {
        self.header.code
    }

    /// Returns IANA's name for the code of this type.
    #[must_use]
    pub const fn code_name(&self) -> Option<&'static str> {
        match self.ty() {
            Type::DESTINATION_UNREACHABLE => UnreachableCode(self.code()).name(),
            _ => None,
        }
    }

    /// Returns the checksum as it was sent.
    #[inline]
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        self.header.checksum.get()
    }

    /// Returns what the message says, by its type.
    #[inline]
    #[must_use]
    pub const fn body(&self) -> Body<'a> {
        match self.ty() {
            Type::DESTINATION_UNREACHABLE => Body::Unreachable(Unreachable::new(*self)),
            _ => Body::Other,
        }
    }

    /// Returns what follows the 8 bytes of the header.
    #[inline]
    #[must_use]
    pub const fn payload(&self) -> &'a [u8] {
        self.payload
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("ty", &self.ty())
            .field("code", &self.code())
            .field("checksum", &self.checksum())
            .field("body", &self.body())
            .field("payload_len", &self.payload.len())
            .finish()
    }
}

impl PartialEq for Message<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.header.as_bytes() == other.header.as_bytes() && self.payload == other.payload
    }
}

impl Eq for Message<'_> {}

impl Hash for Message<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.header.as_bytes().hash(state);
        self.payload.hash(state);
    }
}

/// What a message says, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body<'a> {
    /// Type 3: a datagram could not be delivered.
    Unreachable(Unreachable<'a>),
    /// Any other type. [`Message::payload`] has its bytes.
    Other,
}
