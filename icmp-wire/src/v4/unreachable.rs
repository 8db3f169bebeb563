use crate::{
    Quote,
    v4::{Message, UnreachableCode},
};
use core::{fmt, num::NonZeroU16};
use wire_error::Result;

/// An ICMPv4 destination-unreachable message (RFC 792).
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

    /// Returns the largest datagram that the next hop takes, in bytes (RFC 1191 §4).
    ///
    /// `None` for every code but [`FRAGMENTATION_NEEDED`](UnreachableCode::FRAGMENTATION_NEEDED).
    /// For that code, `None` means that the router predates RFC 1191 and sent 0.
    #[inline]
    #[must_use]
    pub const fn next_hop_mtu(&self) -> Option<NonZeroU16> {
        match self.code() {
            UnreachableCode::FRAGMENTATION_NEEDED => NonZeroU16::new(self.0.header.rest[1].get()),
            _ => None,
        }
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
            .field("next_hop_mtu", &self.next_hop_mtu())
            .field("quote", &self.quote())
            .finish()
    }
}
