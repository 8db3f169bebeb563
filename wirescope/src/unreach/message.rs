//! ICMP error messages: those that quote the datagram they are about.

use crate::datagram::Datagram;
use etherparse::IpNumber;
use icmp_wire::{Quote, v4, v6};
use std::net::IpAddr;

/// An ICMP or ICMPv6 error message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message<'a> {
    V4(v4::Message<'a>),
    V6(v6::Message<'a>),
}

impl<'a> Message<'a> {
    /// Returns the error message in `datagram`, `None` if it is something else.
    ///
    /// An error if the message is too short to be told from one, or to be one.
    #[inline]
    pub(crate) fn of(datagram: &Datagram<'a>) -> Option<icmp_wire::Result<Self>> {
        if datagram.is_later_fragment {
            return None;
        }
        let payload = datagram.payload;
        match (datagram.protocol, datagram.source) {
            (IpNumber::ICMP, IpAddr::V4(_)) => {
                let may_be = payload.first().is_none_or(|ty| v4::Type(*ty).quotes());
                may_be.then(|| v4::Message::parse(payload).map(Self::V4))
            }
            (IpNumber::IPV6_ICMP, IpAddr::V6(_)) => {
                let may_be = payload.first().is_none_or(|ty| v6::Type(*ty).quotes());
                may_be.then(|| v6::Message::parse(payload).map(Self::V6))
            }
            _ => None,
        }
    }

    /// Returns the datagram that the message is about.
    #[inline]
    pub(crate) fn quote(&self) -> icmp_wire::Result<Quote<'a>> {
        let quote = match self {
            Self::V4(message) => message.quote(),
            Self::V6(message) => message.quote(),
        };
        // Each of these messages has one.
        quote.and_then(|quote| {
            quote.ok_or_else(|| icmp_wire::ErrorKind::Missing.at("quoted datagram", 8))
        })
    }

    /// Returns the name of the message's type.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::V4(message) => message.ty().name(),
            Self::V6(message) => message.ty().name(),
        }
        .unwrap_or("other error messages")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{composed::v6, link::Frame};

    #[test]
    fn a_chain_of_extension_headers_that_was_cut_holds_no_message() {
        let chain = [&[60, 0, 0, 0, 0, 0, 0, 0][..], &[58, 0, 0, 0, 0, 0, 0, 0], &[1, 4]];
        let bytes = v6(0, &chain.concat());
        for len in 40..=bytes.len() {
            let frame = Frame::ip(&bytes[..len]).unwrap();
            let datagram = Datagram::of(&frame, bytes.len()).unwrap();
            assert_eq!(Message::of(&datagram).is_some(), len >= 56, "{len}");
        }
    }
}
