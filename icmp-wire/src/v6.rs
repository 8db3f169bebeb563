//! ICMPv6 messages (RFC 4443).

mod body;
mod build;
mod code;

pub use self::{
    body::Body,
    build::Build,
    code::{ParameterProblemCode, TimeExceededCode, Type, UnreachableCode},
};

use crate::{
    Checksum, Extensions, Quote,
    checksum::Sum,
    raw::{self, split},
};
use core::{
    fmt,
    hash::{Hash, Hasher},
    net::Ipv6Addr,
};
use wire_error::Result;
use zerocopy::IntoBytes;

/// One ICMPv6 message.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    header: &'a raw::Header,
    payload: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads `input` as one message: everything behind the IPv6 header and its
    /// extension headers.
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) under 8 bytes.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let (header, payload) = split(input, "ICMPv6 header", 0)?;
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
        match self.body() {
            Body::Unreachable { code } => code.name(),
            Body::TimeExceeded { code } => code.name(),
            Body::ParameterProblem { code, .. } => code.name(),
            Body::PacketTooBig { .. } | Body::Other { .. } => None,
        }
    }

    /// Returns the checksum as it was sent.
    #[inline]
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        self.header.checksum.get()
    }

    /// Returns whether the checksum is right, given the addresses of the IPv6 header, and the length
    /// of the message in bytes as that header declares it: a slice cannot know that it was cut.
    #[must_use]
    pub fn checksum_status(
        &self,
        source: Ipv6Addr,
        destination: Ipv6Addr,
        declared_len: usize,
    ) -> Checksum {
        let header = self.header.as_bytes();
        match declared_len.checked_sub(header.len()).and_then(|len| self.payload.get(..len)) {
            Some(payload) => Sum::default()
                .add_pseudo_header(source, destination, declared_len)
                .add(header)
                .add(payload)
                .status(self.checksum()),
            None => Checksum::Truncated,
        }
    }

    /// Returns what the header says, by the type.
    #[inline]
    #[must_use]
    pub const fn body(&self) -> Body {
        Body::of(self.header)
    }

    /// Returns the datagram that an error message is about, as much of it as was sent back; `None`
    /// for types that quote none.
    ///
    /// The quote is taken to reach to the end of the message. Where an extension structure may
    /// follow it, [`original_datagram`](Self::original_datagram) has its bytes alone.
    ///
    /// # Errors
    ///
    /// As [`Quote::parse`]. Offsets count from the start of the message.
    #[inline]
    pub fn quote(&self) -> Result<Option<Quote<'a>>> {
        if self.ty().quotes() {
            Quote::parse_at(self.payload, size_of_val(self.header)).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Weighs whether an extension structure follows the quote, and returns it if so (RFC 4884).
    ///
    /// Only destination unreachable and time exceeded can have one. Of a message that was cut, it is
    /// seen only where the length field declares it.
    #[must_use]
    pub fn extensions(&self) -> Option<Extensions<'a>> {
        match self.ty() {
            Type::DESTINATION_UNREACHABLE | Type::TIME_EXCEEDED => {
                let [length, _] = self.header.rest[0].to_bytes();
                Extensions::weigh(self.payload, length, WORD)
            }
            _ => None,
        }
    }

    /// Returns the quoted bytes without the extension structure that may follow them. The zeros
    /// that fill the quote up in front of one are included.
    #[must_use]
    pub fn original_datagram(&self) -> &'a [u8] {
        match self.extensions() {
            Some(extensions) => extensions.original_datagram(),
            None => self.payload,
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
            .field("body", &self.body())
            .field("checksum", &self.checksum())
            .field("quote", &self.quote())
            .field("extensions", &self.extensions())
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

/// RFC 4884 §4.1: the length field counts 64-bit words.
const WORD: usize = 8;
