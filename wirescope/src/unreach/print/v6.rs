//! What tcpdump says of ICMPv6 errors.

use super::{Service, Why, Words};
use icmp_wire::v6::{Body, Message, ParameterProblemCode, TimeExceededCode, UnreachableCode};
use std::fmt;

impl Words<'_> {
    /// Writes what the message says, up to where it was cut.
    pub(super) fn v6(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let captured = self.datagram.payload.len();
        if self.datagram.payload_len == 0 {
            return f.write_str("ICMP6, length 0 (invalid)");
        }
        // Eight bytes are a message.
        let Ok(body) = Message::parse(&self.header()).map(|message| message.body()) else {
            return Ok(());
        };
        if captured > 0 {
            f.write_str("ICMP6, ")?;
        }
        match body {
            Body::Unreachable { .. } if captured == 1 => f.write_str("destination unreachable"),
            Body::Unreachable { code } => {
                write!(f, "destination unreachable, {}", UnreachableWords(code))
            }
            Body::PacketTooBig { .. } => f.write_str("packet too big"),
            Body::TimeExceeded { .. } => f.write_str("time exceeded in-transit"),
            Body::ParameterProblem { .. } => f.write_str("parameter problem"),
            // Of no other type is there a line.
            _ => Ok(()),
        }?;
        let wants_port =
            matches!(body, Body::Unreachable { code: UnreachableCode::PORT_UNREACHABLE });
        if captured < needed(body) || wants_port && self.quoted.lacks_ports() {
            return f.write_str(" [|icmp6]");
        }
        self.rest(f, body)?;
        write!(f, ", length {}", self.datagram.payload_len)
    }

    /// Writes what comes behind the words for type and code.
    fn rest(&self, f: &mut fmt::Formatter<'_>, body: Body) -> fmt::Result {
        let (wanted, why) = (self.quoted.destination(), Why(&self.quoted));
        match body {
            Body::Unreachable { code } => match code {
                UnreachableCode::BEYOND_SCOPE => {
                    write!(f, " {wanted}, source address {}{why}", self.quoted.source())
                }
                UnreachableCode::PORT_UNREACHABLE => {
                    write!(f, ", {wanted} {}{why}", Service(&self.quoted))
                }
                _ => write!(f, " {wanted}{why}"),
            },
            Body::PacketTooBig { mtu } => write!(f, ", mtu {mtu}"),
            Body::TimeExceeded { code } => match code {
                TimeExceededCode::IN_TRANSIT => write!(f, " for {wanted}{why}"),
                TimeExceededCode::REASSEMBLY => f.write_str(" (reassembly)"),
                TimeExceededCode(code) => write!(f, ", unknown code ({code})"),
            },
            Body::ParameterProblem { code, pointer } => match code {
                ParameterProblemCode::HEADER_FIELD => write!(f, ", erroneous - octet {pointer}"),
                ParameterProblemCode::NEXT_HEADER => write!(f, ", next header - octet {pointer}"),
                ParameterProblemCode::OPTION => write!(f, ", option - octet {pointer}"),
                ParameterProblemCode::INCOMPLETE_CHAIN => {
                    write!(f, ", incomplete header chain - octet {pointer}")
                }
                ParameterProblemCode(code) => write!(f, ", code-#{code}"),
            },
            _ => Ok(()),
        }
    }
}

/// Returns how many bytes of a message tcpdump wants to see: the parts that it prints, and of a
/// parameter problem the quoted IPv6 header, which it does not.
const fn needed(body: Body) -> usize {
    match body {
        Body::TimeExceeded { code: TimeExceededCode::IN_TRANSIT } => 48,
        Body::TimeExceeded { .. } => 2,
        Body::PacketTooBig { .. } => 8,
        _ => 48,
    }
}

/// The words that come before the address.
struct UnreachableWords(UnreachableCode);

impl fmt::Display for UnreachableWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            UnreachableCode::NO_ROUTE => "unreachable route",
            // The space is tcpdump's.
            UnreachableCode::PROHIBITED => " unreachable prohibited",
            UnreachableCode::BEYOND_SCOPE => "beyond scope",
            UnreachableCode::ADDRESS_UNREACHABLE => "unreachable address",
            UnreachableCode::PORT_UNREACHABLE => "unreachable port",
            // tcpdump has no words for these.
            UnreachableCode::SOURCE_POLICY => "source address failed policy",
            UnreachableCode::REJECT_ROUTE => "reject route",
            UnreachableCode::SOURCE_ROUTING_HEADER => "error in source routing header",
            UnreachableCode::HEADERS_TOO_LONG => "headers too long",
            UnreachableCode::P_ROUTE => "error in projected route",
            UnreachableCode(code) => return write!(f, "unknown unreach code ({code})"),
        })
    }
}
