//! What tcpdump says of ICMPv4 errors.

use super::{Service, Why, Words};
use icmp_wire::v4::{
    Body, Message, ParameterProblemCode, RedirectCode, TimeExceededCode, UnreachableCode,
};
use std::fmt;

impl Words<'_> {
    /// Writes all that the message says, or that it was cut: tcpdump says no part of it.
    pub(super) fn v4(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Eight bytes are a message.
        let Ok(body) = Message::parse(&self.header()).map(|message| message.body()) else {
            return Ok(());
        };
        let wants_port =
            matches!(body, Body::Unreachable { code: UnreachableCode::PORT_UNREACHABLE, .. });
        if self.datagram.payload.len() < needed(body) || wants_port && self.quoted.lacks_ports() {
            return f.write_str(" [|icmp]");
        }
        f.write_str("ICMP ")?;
        match body {
            Body::Unreachable { code, next_hop_mtu } => {
                self.unreachable(f, code)?;
                if let Some(mtu) = next_hop_mtu {
                    write!(f, " (mtu {mtu})")?;
                }
                write!(f, "{}", Why(&self.quoted))
            }
            Body::SourceQuench => f.write_str("source quench"),
            Body::Redirect { code, gateway } => {
                let wanted = self.quoted.destination();
                match code {
                    RedirectCode::NETWORK => write!(f, "redirect {wanted} to net {gateway}"),
                    RedirectCode::HOST => write!(f, "redirect {wanted} to host {gateway}"),
                    RedirectCode::TOS_AND_NETWORK => {
                        write!(f, "redirect-tos {wanted} to net {gateway}")
                    }
                    RedirectCode::TOS_AND_HOST => {
                        write!(f, "redirect-tos {wanted} to host {gateway}")
                    }
                    RedirectCode(code) => write!(f, "redirect-#{code} {wanted} to {gateway}"),
                }?;
                write!(f, "{}", Why(&self.quoted))
            }
            Body::TimeExceeded { code } => match code {
                TimeExceededCode::IN_TRANSIT => f.write_str("time exceeded in-transit"),
                TimeExceededCode::REASSEMBLY => f.write_str("ip reassembly time exceeded"),
                TimeExceededCode(code) => write!(f, "time exceeded-#{code}"),
            },
            Body::ParameterProblem { code: ParameterProblemCode::POINTER, pointer } => {
                write!(f, "parameter problem - octet {pointer}")
            }
            Body::ParameterProblem { code: ParameterProblemCode(code), .. } => {
                write!(f, "parameter problem - code {code}")
            }
            // Of no other type is there a line.
            _ => Ok(()),
        }?;
        write!(f, ", length {}", self.datagram.payload_len)
    }

    fn unreachable(&self, f: &mut fmt::Formatter<'_>, code: UnreachableCode) -> fmt::Result {
        let wanted = self.quoted.destination();
        let (what, why) = match code {
            UnreachableCode::PROTOCOL_UNREACHABLE => {
                return match self.quoted.protocol() {
                    Some(protocol) => write!(f, "{wanted} protocol {} unreachable", protocol.0),
                    None => write!(f, "{wanted} protocol ? unreachable"),
                };
            }
            UnreachableCode::PORT_UNREACHABLE => {
                return write!(f, "{wanted} {} unreachable", Service(&self.quoted));
            }
            UnreachableCode::NET_UNREACHABLE => ("net ", ""),
            UnreachableCode::HOST_UNREACHABLE => ("host ", ""),
            UnreachableCode::FRAGMENTATION_NEEDED => ("", " - need to frag"),
            UnreachableCode::SOURCE_ROUTE_FAILED => ("", " - source route failed"),
            UnreachableCode::NETWORK_UNKNOWN => ("net ", " - unknown"),
            UnreachableCode::HOST_UNKNOWN => ("host ", " - unknown"),
            UnreachableCode::SOURCE_HOST_ISOLATED => ("", " - source host isolated"),
            UnreachableCode::NETWORK_PROHIBITED => ("net ", " - admin prohibited"),
            UnreachableCode::HOST_PROHIBITED => ("host ", " - admin prohibited"),
            UnreachableCode::NET_UNREACHABLE_FOR_TOS => ("net ", " - tos prohibited"),
            UnreachableCode::HOST_UNREACHABLE_FOR_TOS => ("host ", " - tos prohibited"),
            UnreachableCode::COMMUNICATION_PROHIBITED => ("host ", " - admin prohibited filter"),
            UnreachableCode::HOST_PRECEDENCE_VIOLATION => ("host ", " - host precedence violation"),
            UnreachableCode::PRECEDENCE_CUTOFF => ("host ", " - precedence cutoff"),
            UnreachableCode(code) => return write!(f, "{wanted} unreachable - #{code}"),
        };
        write!(f, "{what}{wanted} unreachable{why}")
    }
}

/// Returns how many bytes of a message tcpdump wants to see: the parts that it prints, and of time
/// exceeded the quoted IPv4 header, which it does not.
const fn needed(body: Body) -> usize {
    match body {
        Body::SourceQuench => 2,
        Body::ParameterProblem { code: ParameterProblemCode::POINTER, .. } => 5,
        Body::ParameterProblem { .. } => 2,
        _ => 28,
    }
}
