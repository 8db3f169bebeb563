use core::fmt;

/// The type of an ICMPv6 message, from IANA's [ICMPv6 "type" Numbers].
///
/// [ICMPv6 "type" Numbers]: https://www.iana.org/assignments/icmpv6-parameters
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type(pub u8);

impl Type {
    /// Destination Unreachable (RFC 4443 §3.1).
    pub const DESTINATION_UNREACHABLE: Self = Self(1);

    /// Returns IANA's name for the types that have a constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::DESTINATION_UNREACHABLE => Some("Destination Unreachable"),
            _ => None,
        }
    }
}

impl From<u8> for Type {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<Type> for u8 {
    fn from(value: Type) -> Self {
        value.0
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Type({self})")
    }
}

/// The code of an ICMPv6 destination-unreachable message: why the datagram was refused.
///
/// IANA's codes for type 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnreachableCode(pub u8);

impl UnreachableCode {
    /// No route to destination (RFC 4443 §3.1).
    pub const NO_ROUTE: Self = Self(0);
    /// Communication with destination administratively prohibited (RFC 4443 §3.1).
    pub const PROHIBITED: Self = Self(1);
    /// Beyond scope of source address (RFC 4443 §3.1).
    pub const BEYOND_SCOPE: Self = Self(2);
    /// Address unreachable (RFC 4443 §3.1).
    pub const ADDRESS_UNREACHABLE: Self = Self(3);
    /// Port unreachable (RFC 4443 §3.1).
    pub const PORT_UNREACHABLE: Self = Self(4);
    /// Source address failed ingress/egress policy (RFC 4443 §3.1).
    pub const SOURCE_POLICY: Self = Self(5);
    /// Reject route to destination (RFC 4443 §3.1).
    pub const REJECT_ROUTE: Self = Self(6);
    /// Error in Source Routing Header (RFC 6550, RFC 6554).
    pub const SOURCE_ROUTING_HEADER: Self = Self(7);
    /// Headers too long (RFC 8883).
    pub const HEADERS_TOO_LONG: Self = Self(8);

    /// Returns IANA's name for the code, `None` if it is not assigned.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NO_ROUTE => "No route to destination",
            Self::PROHIBITED => "Communication with destination administratively prohibited",
            Self::BEYOND_SCOPE => "Beyond scope of source address",
            Self::ADDRESS_UNREACHABLE => "Address unreachable",
            Self::PORT_UNREACHABLE => "Port unreachable",
            Self::SOURCE_POLICY => "Source address failed ingress/egress policy",
            Self::REJECT_ROUTE => "Reject route to destination",
            Self::SOURCE_ROUTING_HEADER => "Error in Source Routing Header",
            Self::HEADERS_TOO_LONG => "Headers too long",
            _ => return None,
        })
    }
}

impl From<u8> for UnreachableCode {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<UnreachableCode> for u8 {
    fn from(value: UnreachableCode) -> Self {
        value.0
    }
}

impl fmt::Display for UnreachableCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for UnreachableCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnreachableCode({self})")
    }
}
