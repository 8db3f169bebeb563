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

/// One ICMPv6 message.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    bytes: &'a [u8],
    header: &'a raw::Header,
    payload: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads `input` as one message: what the IPv6 header declares to follow it, behind its extension
    /// headers. A link's padding behind that would be taken for a part of the quote.
    ///
    /// # Errors
    ///
    /// [`Truncated`](crate::ErrorKind::Truncated) under 8 bytes.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let (header, payload) = split(input, "ICMPv6 header", 0)?;
        Ok(Self { bytes: input, header, payload })
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
    /// of the message in bytes: IPv6's payload length without extension headers. A slice cannot know
    /// that it was cut.
    ///
    /// Bytes behind that length are not summed. [`Checksum::Truncated`] if there are fewer, and for
    /// a length under 8, which no message has.
    #[must_use]
    pub fn checksum_status(
        &self,
        source: Ipv6Addr,
        destination: Ipv6Addr,
        message_len: usize,
    ) -> Checksum {
        match self.bytes.get(..message_len) {
            Some(message) if message_len >= size_of_val(self.header) => Sum::default()
                .add_pseudo_header(source, destination, message_len)
                .add_without(message, CHECKSUM)
                .status(self.checksum()),
            _ => Checksum::Truncated,
        }
    }

    /// Returns what the header says, by the type.
    #[inline]
    #[must_use]
    pub const fn body(&self) -> Body {
        Body::of(self.header)
    }

    /// Returns the datagram that an error message is about, as much of it as was sent back; `None`
    /// for types that quote none, and for errors that are not known to.
    ///
    /// The quote is taken to reach to the end of the message, which is all that addresses and ports
    /// need. Where its other bytes matter, [`Extensions::quote`] is the quote that ends in front of
    /// an extension structure.
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
    /// Only destination unreachable and time exceeded can have one. Of a message
    /// that was cut, it is as a rule only seen where the length field declares it, and if its first
    /// object is whole.
    #[must_use]
    pub fn extensions(&self) -> Option<Extensions<'a>> {
        if !self.ty().has_length() {
            return None;
        }
        let [length, _] = self.header.rest[0].to_bytes();
        Extensions::weigh(self.payload, length, WORD)
    }

    /// Returns the quoted bytes without the extension structure that may follow them, as
    /// [`Extensions::original_datagram`] has them.
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

    /// Returns the bytes of the message, header included.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
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
        self.bytes == other.bytes
    }
}

impl Eq for Message<'_> {}

impl Hash for Message<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

/// Where the checksum stands.
const CHECKSUM: usize = 2;

/// RFC 4884 §4.1: the length field counts 64-bit words.
const WORD: usize = 8;
