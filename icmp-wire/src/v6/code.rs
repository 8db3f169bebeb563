use core::fmt;

/// The type of an ICMPv6 message, from IANA's [ICMPv6 "type" Numbers]: those that quote a
/// datagram.
///
/// [ICMPv6 "type" Numbers]: https://www.iana.org/assignments/icmpv6-parameters
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type(pub u8);

impl Type {
    /// Destination Unreachable (RFC 4443 §3.1).
    pub const DESTINATION_UNREACHABLE: Self = Self(1);
    /// Packet Too Big (RFC 4443 §3.2).
    pub const PACKET_TOO_BIG: Self = Self(2);
    /// Time Exceeded (RFC 4443 §3.3).
    pub const TIME_EXCEEDED: Self = Self(3);
    /// Parameter Problem (RFC 4443 §3.4).
    pub const PARAMETER_PROBLEM: Self = Self(4);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::DESTINATION_UNREACHABLE => "Destination Unreachable",
            Self::PACKET_TOO_BIG => "Packet Too Big",
            Self::TIME_EXCEEDED => "Time Exceeded",
            Self::PARAMETER_PROBLEM => "Parameter Problem",
            _ => return None,
        })
    }

    /// Returns whether a message of this type is an error: whether the upper bit is clear (RFC 4443
    /// §2.1).
    #[must_use]
    pub const fn is_error(self) -> bool {
        self.0 < 0x80
    }

    /// Returns whether a message of this type has a field for the length of its quote, and so may
    /// have an extension structure (RFC 4884 §4).
    pub(super) const fn has_length(self) -> bool {
        matches!(self, Self::DESTINATION_UNREACHABLE | Self::TIME_EXCEEDED)
    }

    /// Returns whether a message of this type is known to quote a datagram behind its header.
    #[must_use]
    #[inline]
    pub const fn quotes(self) -> bool {
        matches!(
            self,
            Self::DESTINATION_UNREACHABLE
                | Self::PACKET_TOO_BIG
                | Self::TIME_EXCEEDED
                | Self::PARAMETER_PROBLEM
        )
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
    /// Error in P-Route (RFC 9914).
    pub const P_ROUTE: Self = Self(9);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NO_ROUTE => "no route to destination",
            Self::PROHIBITED => "communication with destination administratively prohibited",
            Self::BEYOND_SCOPE => "beyond scope of source address",
            Self::ADDRESS_UNREACHABLE => "address unreachable",
            Self::PORT_UNREACHABLE => "port unreachable",
            Self::SOURCE_POLICY => "source address failed ingress/egress policy",
            Self::REJECT_ROUTE => "reject route to destination",
            Self::SOURCE_ROUTING_HEADER => "Error in Source Routing Header",
            Self::HEADERS_TOO_LONG => "Headers too long",
            Self::P_ROUTE => "Error in P-Route",
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

/// The code of an ICMPv6 time-exceeded message: where the time ran out.
///
/// IANA's codes for type 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeExceededCode(pub u8);

impl TimeExceededCode {
    /// Hop limit exceeded in transit (RFC 4443 §3.3).
    pub const IN_TRANSIT: Self = Self(0);
    /// Fragment reassembly time exceeded (RFC 4443 §3.3).
    pub const REASSEMBLY: Self = Self(1);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::IN_TRANSIT => "hop limit exceeded in transit",
            Self::REASSEMBLY => "fragment reassembly time exceeded",
            _ => return None,
        })
    }
}

impl From<u8> for TimeExceededCode {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<TimeExceededCode> for u8 {
    fn from(value: TimeExceededCode) -> Self {
        value.0
    }
}

impl fmt::Display for TimeExceededCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for TimeExceededCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeExceededCode({self})")
    }
}

/// The code of an ICMPv6 parameter problem: what was wrong.
///
/// IANA's codes for type 4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterProblemCode(pub u8);

impl ParameterProblemCode {
    /// Erroneous header field encountered (RFC 4443 §3.4).
    pub const HEADER_FIELD: Self = Self(0);
    /// Unrecognized Next Header type encountered (RFC 4443 §3.4).
    pub const NEXT_HEADER: Self = Self(1);
    /// Unrecognized IPv6 option encountered (RFC 4443 §3.4).
    pub const OPTION: Self = Self(2);
    /// IPv6 First Fragment has incomplete IPv6 Header Chain (RFC 7112).
    pub const INCOMPLETE_CHAIN: Self = Self(3);
    /// SR Upper-layer Header Error (RFC 8754).
    pub const SR_UPPER_LAYER_HEADER: Self = Self(4);
    /// Unrecognized Next Header type encountered by intermediate node (RFC 8883).
    pub const NEXT_HEADER_IN_TRANSIT: Self = Self(5);
    /// Extension header too big (RFC 8883).
    pub const EXTENSION_HEADER_TOO_BIG: Self = Self(6);
    /// Extension header chain too long (RFC 8883).
    pub const CHAIN_TOO_LONG: Self = Self(7);
    /// Too many extension headers (RFC 8883).
    pub const TOO_MANY_EXTENSION_HEADERS: Self = Self(8);
    /// Too many options in extension header (RFC 8883).
    pub const TOO_MANY_OPTIONS: Self = Self(9);
    /// Option too big (RFC 8883).
    pub const OPTION_TOO_BIG: Self = Self(10);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::HEADER_FIELD => "erroneous header field encountered",
            Self::NEXT_HEADER => "unrecognized Next Header type encountered",
            Self::OPTION => "unrecognized IPv6 option encountered",
            Self::INCOMPLETE_CHAIN => "IPv6 First Fragment has incomplete IPv6 Header Chain",
            Self::SR_UPPER_LAYER_HEADER => "SR Upper-layer Header Error",
            Self::NEXT_HEADER_IN_TRANSIT => {
                "Unrecognized Next Header type encountered by intermediate node"
            }
            Self::EXTENSION_HEADER_TOO_BIG => "Extension header too big",
            Self::CHAIN_TOO_LONG => "Extension header chain too long",
            Self::TOO_MANY_EXTENSION_HEADERS => "Too many extension headers",
            Self::TOO_MANY_OPTIONS => "Too many options in extension header",
            Self::OPTION_TOO_BIG => "Option too big",
            _ => return None,
        })
    }
}

impl From<u8> for ParameterProblemCode {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<ParameterProblemCode> for u8 {
    fn from(value: ParameterProblemCode) -> Self {
        value.0
    }
}

impl fmt::Display for ParameterProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for ParameterProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParameterProblemCode({self})")
    }
}
