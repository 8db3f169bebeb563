use super::{ParameterProblemCode, TimeExceededCode, Type, UnreachableCode};
use crate::{Severity, raw};

/// What the header of a message says, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// Type 1: a datagram could not be delivered.
    Unreachable {
        /// Why.
        code: UnreachableCode,
    },
    /// Type 2: a datagram is too long for the next link. The code means nothing.
    PacketTooBig {
        /// The largest datagram that the next link takes, in bytes.
        mtu: u32,
    },
    /// Type 3: a datagram ran out of time.
    TimeExceeded {
        /// Where.
        code: TimeExceededCode,
    },
    /// Type 4: a datagram's headers could not be processed.
    ParameterProblem {
        /// What was wrong.
        code: ParameterProblemCode,
        /// Where it was wrong, in bytes from the start of the quoted datagram. It may be behind the
        /// end of the quote.
        pointer: u32,
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
        let rest = [a, b, c, d];
        match Type(*ty) {
            Type::DESTINATION_UNREACHABLE => Self::Unreachable { code: UnreachableCode(*code) },
            Type::PACKET_TOO_BIG => Self::PacketTooBig { mtu: u32::from_be_bytes(rest) },
            Type::TIME_EXCEEDED => Self::TimeExceeded { code: TimeExceededCode(*code) },
            Type::PARAMETER_PROBLEM => Self::ParameterProblem {
                code: ParameterProblemCode(*code),
                pointer: u32::from_be_bytes(rest),
            },
            ty => Self::Other { ty, code: *code, rest },
        }
    }

    /// Returns type, code and the second half of the header, the length of the quote left 0.
    pub(super) const fn fields(self) -> (Type, u8, [u8; 4]) {
        match self {
            Self::Unreachable { code } => (Type::DESTINATION_UNREACHABLE, code.0, [0; 4]),
            Self::PacketTooBig { mtu } => (Type::PACKET_TOO_BIG, 0, mtu.to_be_bytes()),
            Self::TimeExceeded { code } => (Type::TIME_EXCEEDED, code.0, [0; 4]),
            Self::ParameterProblem { code, pointer } => {
                (Type::PARAMETER_PROBLEM, code.0, pointer.to_be_bytes())
            }
            Self::Other { ty, code, rest } => (ty, code, rest),
        }
    }

    /// Returns what the error means for a connection; `None` if no RFC says, or if it is no error.
    ///
    /// As RFC 9293 §3.9.2.2 and RFC 5461 §2 have it. "Packet too big" is for path MTU discovery and
    /// neither.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Unreachable { code } => match code {
                UnreachableCode::NO_ROUTE | UnreachableCode::ADDRESS_UNREACHABLE => {
                    Some(Severity::Soft)
                }
                UnreachableCode::PROHIBITED | UnreachableCode::PORT_UNREACHABLE => {
                    Some(Severity::Hard)
                }
                _ => None,
            },
            Self::TimeExceeded { code: TimeExceededCode(0 | 1) }
            | Self::ParameterProblem { code: ParameterProblemCode(0..=2), .. } => {
                Some(Severity::Soft)
            }
            _ => None,
        }
    }
}
