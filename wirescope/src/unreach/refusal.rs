//! Refusals: destination unreachable, and what it says of the datagram that was refused.

use super::message::Message;
use icmp_wire::{Protocol, v4, v6};
use std::fmt;

/// Why a datagram was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reason {
    V4(v4::UnreachableCode),
    V6(v6::UnreachableCode),
}

impl Reason {
    /// Returns why the datagram that `message` quotes was not delivered, `None` if it may have been.
    pub(crate) fn of(message: &Message<'_>) -> Option<Self> {
        match message {
            Message::V4(message) => match message.body() {
                v4::Body::Unreachable { code, .. } => Some(Self::V4(code)),
                _ => None,
            },
            Message::V6(message) => match message.body() {
                v6::Body::Unreachable { code } => Some(Self::V6(code)),
                _ => None,
            },
        }
    }

    /// Returns whether the wanted port was closed.
    pub(crate) fn is_port_closed(self) -> bool {
        matches!(
            self,
            Self::V4(v4::UnreachableCode::PORT_UNREACHABLE)
                | Self::V6(v6::UnreachableCode::PORT_UNREACHABLE)
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::V4(code) => match code {
                v4::UnreachableCode::NET_UNREACHABLE => "net unreachable",
                v4::UnreachableCode::HOST_UNREACHABLE => "host unreachable",
                v4::UnreachableCode::PROTOCOL_UNREACHABLE => "protocol unreachable",
                v4::UnreachableCode::PORT_UNREACHABLE => "port closed",
                v4::UnreachableCode::FRAGMENTATION_NEEDED => "too big, must not fragment",
                v4::UnreachableCode::SOURCE_ROUTE_FAILED => "source route failed",
                v4::UnreachableCode::NETWORK_UNKNOWN => "net unknown",
                v4::UnreachableCode::HOST_UNKNOWN => "host unknown",
                v4::UnreachableCode::SOURCE_HOST_ISOLATED => "source isolated",
                v4::UnreachableCode::NETWORK_PROHIBITED => "net prohibited",
                v4::UnreachableCode::HOST_PROHIBITED => "host prohibited",
                v4::UnreachableCode::NET_UNREACHABLE_FOR_TOS => "net unreachable for TOS",
                v4::UnreachableCode::HOST_UNREACHABLE_FOR_TOS => "host unreachable for TOS",
                v4::UnreachableCode::COMMUNICATION_PROHIBITED => "prohibited",
                v4::UnreachableCode::HOST_PRECEDENCE_VIOLATION => "precedence violation",
                v4::UnreachableCode::PRECEDENCE_CUTOFF => "precedence cutoff",
                v4::UnreachableCode(code) => return write!(f, "code {code}"),
            },
            Self::V6(code) => match code {
                v6::UnreachableCode::NO_ROUTE => "no route",
                v6::UnreachableCode::PROHIBITED => "prohibited",
                v6::UnreachableCode::BEYOND_SCOPE => "beyond scope of source",
                v6::UnreachableCode::ADDRESS_UNREACHABLE => "host unreachable",
                v6::UnreachableCode::PORT_UNREACHABLE => "port closed",
                v6::UnreachableCode::SOURCE_POLICY => "source refused by policy",
                v6::UnreachableCode::REJECT_ROUTE => "reject route",
                v6::UnreachableCode::SOURCE_ROUTING_HEADER => "source routing error",
                v6::UnreachableCode::HEADERS_TOO_LONG => "headers too long",
                v6::UnreachableCode::P_ROUTE => "projected route error",
                v6::UnreachableCode(code) => return write!(f, "code {code}"),
            },
        })
    }
}

/// What the refused datagram was to reach there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Service {
    /// A protocol, at the port of the endpoint if it has one.
    Protocol(Protocol),
    /// The datagram was a later fragment, which names no port.
    LaterFragment(Protocol),
    /// The quote was cut before the ports.
    PortsCut(Protocol),
    /// The quote was cut in the chain of IPv6 extension headers.
    ProtocolCut,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Protocol(protocol) => lower_case(f, protocol),
            Self::LaterFragment(protocol) => {
                lower_case(f, protocol)?;
                f.write_str(", later fragment")
            }
            Self::PortsCut(protocol) => {
                lower_case(f, protocol)?;
                f.write_str(", ports cut off")
            }
            Self::ProtocolCut => f.write_str("protocol cut off"),
        }
    }
}

fn lower_case(f: &mut fmt::Formatter<'_>, protocol: Protocol) -> fmt::Result {
    match protocol.name() {
        Some(name) => f.write_str(&name.to_ascii_lowercase()),
        None => write!(f, "protocol {}", protocol.0),
    }
}
