use super::{ParameterProblemCode, RedirectCode, TimeExceededCode, Type, UnreachableCode};
use crate::{Severity, raw};
use core::{net::Ipv4Addr, num::NonZeroU16};

/// What the header of a message says, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// Type 3: a datagram could not be delivered.
    Unreachable {
        /// Why.
        code: UnreachableCode,
        /// The largest datagram that the next hop takes, in bytes (RFC 1191 §4).
        ///
        /// `None` for every code but
        /// [`FRAGMENTATION_NEEDED`](UnreachableCode::FRAGMENTATION_NEEDED). For that code, `None`
        /// means that the router predates RFC 1191 and sent 0.
        next_hop_mtu: Option<NonZeroU16>,
    },
    /// Type 4: the sender is asked to slow down. Deprecated by RFC 6633: to be ignored.
    SourceQuench,
    /// Type 5: there is a better first hop.
    Redirect {
        /// For what.
        code: RedirectCode,
        /// The better first hop.
        gateway: Ipv4Addr,
    },
    /// Type 11: a datagram ran out of time.
    TimeExceeded {
        /// Where.
        code: TimeExceededCode,
    },
    /// Type 12: a datagram's header could not be processed.
    ParameterProblem {
        /// What was wrong.
        code: ParameterProblemCode,
        /// Where it was wrong, in bytes from the start of the quoted datagram. Meant for
        /// [`POINTER`](ParameterProblemCode::POINTER).
        pointer: u8,
    },
    /// Any other type.
    Other {
        /// The type.
        ty: Type,
        /// The code.
        code: u8,
        /// The second half of the header.
        rest: [u8; 4],
    },
}

impl Body {
    #[inline]
    pub(super) const fn of(header: &raw::Header) -> Self {
        let raw::Header { ty, code, rest: [first, second], .. } = header;
        let ([a, b], [c, d]) = (first.to_bytes(), second.to_bytes());
        match Type(*ty) {
            Type::DESTINATION_UNREACHABLE => {
                let code = UnreachableCode(*code);
                let next_hop_mtu = match code {
                    UnreachableCode::FRAGMENTATION_NEEDED => NonZeroU16::new(second.get()),
                    _ => None,
                };
                Self::Unreachable { code, next_hop_mtu }
            }
            Type::SOURCE_QUENCH => Self::SourceQuench,
            Type::REDIRECT => {
                Self::Redirect { code: RedirectCode(*code), gateway: Ipv4Addr::new(a, b, c, d) }
            }
            Type::TIME_EXCEEDED => Self::TimeExceeded { code: TimeExceededCode(*code) },
            Type::PARAMETER_PROBLEM => {
                Self::ParameterProblem { code: ParameterProblemCode(*code), pointer: a }
            }
            ty => Self::Other { ty, code: *code, rest: [a, b, c, d] },
        }
    }

    /// Returns type, code and the second half of the header, the length of the quote left 0.
    pub(super) const fn fields(self) -> (Type, u8, [u8; 4]) {
        match self {
            Self::Unreachable { code, next_hop_mtu } => {
                let [high, low] = match (code, next_hop_mtu) {
                    (UnreachableCode::FRAGMENTATION_NEEDED, Some(mtu)) => mtu.get().to_be_bytes(),
                    _ => [0, 0],
                };
                (Type::DESTINATION_UNREACHABLE, code.0, [0, 0, high, low])
            }
            Self::SourceQuench => (Type::SOURCE_QUENCH, 0, [0; 4]),
            Self::Redirect { code, gateway } => (Type::REDIRECT, code.0, gateway.octets()),
            Self::TimeExceeded { code } => (Type::TIME_EXCEEDED, code.0, [0; 4]),
            Self::ParameterProblem { code, pointer } => {
                (Type::PARAMETER_PROBLEM, code.0, [pointer, 0, 0, 0])
            }
            Self::Other { ty, code, rest } => (ty, code, rest),
        }
    }

    /// Returns what the error means for a connection; `None` if no RFC says, or if it is no error.
    ///
    /// As RFC 9293 §3.9.2.2 has it, after RFC 1122 §4.2.3.9. "Fragmentation needed" is hard there
    /// and not for senders that discover the path MTU (RFC 1191).
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Unreachable { code, .. } => match code {
                UnreachableCode::NET_UNREACHABLE
                | UnreachableCode::HOST_UNREACHABLE
                | UnreachableCode::SOURCE_ROUTE_FAILED => Some(Severity::Soft),
                UnreachableCode::PROTOCOL_UNREACHABLE
                | UnreachableCode::PORT_UNREACHABLE
                | UnreachableCode::FRAGMENTATION_NEEDED => Some(Severity::Hard),
                _ => None,
            },
            Self::TimeExceeded { code: TimeExceededCode(0 | 1) }
            | Self::ParameterProblem { .. } => Some(Severity::Soft),
            _ => None,
        }
    }
}
