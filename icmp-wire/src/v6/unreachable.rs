use crate::{
    Quote,
    v6::{Message, UnreachableCode},
};
use core::fmt;
use wire_error::Result;

/// An ICMPv6 destination-unreachable message (RFC 4443 §3.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unreachable<'a>(Message<'a>);

impl<'a> Unreachable<'a> {
    #[inline]
    pub(crate) const fn new(message: Message<'a>) -> Self {
        Self(message)
    }

    /// Returns why the datagram was refused.
    #[inline]
    #[must_use]
    pub const fn code(&self) -> UnreachableCode {
        UnreachableCode(self.0.header.code)
    }

    /// Returns the datagram that was refused, as much of it as was sent back.
    ///
    /// # Errors
    ///
    /// As [`Quote::parse`]. Offsets count from the start of the message.
    #[inline]
    pub fn quote(&self) -> Result<Quote<'a>> {
        Quote::parse_at(self.0.payload, size_of_val(self.0.header))
    }
}

impl fmt::Debug for Unreachable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreachable")
            .field("code", &self.code())
            .field("quote", &self.quote())
            .finish()
    }
}
