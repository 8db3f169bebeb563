use core::fmt;

/// The type of an ICMPv4 message, from IANA's [ICMP Type Numbers]: those that quote a datagram.
///
/// [ICMP Type Numbers]: https://www.iana.org/assignments/icmp-parameters
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type(pub u8);

impl Type {
    /// Destination Unreachable (RFC 792).
    pub const DESTINATION_UNREACHABLE: Self = Self(3);
    /// Source Quench (Deprecated) (RFC 792, RFC 6633).
    pub const SOURCE_QUENCH: Self = Self(4);
    /// Redirect (RFC 792).
    pub const REDIRECT: Self = Self(5);
    /// Time Exceeded (RFC 792).
    pub const TIME_EXCEEDED: Self = Self(11);
    /// Parameter Problem (RFC 792).
    pub const PARAMETER_PROBLEM: Self = Self(12);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::DESTINATION_UNREACHABLE => "Destination Unreachable",
            Self::SOURCE_QUENCH => "Source Quench (Deprecated)",
            Self::REDIRECT => "Redirect",
            Self::TIME_EXCEEDED => "Time Exceeded",
            Self::PARAMETER_PROBLEM => "Parameter Problem",
            _ => return None,
        })
    }

    /// Returns whether a message of this type is an error (RFC 1122 §3.2.2).
    #[must_use]
    pub const fn is_error(self) -> bool {
        self.quotes()
    }

    /// Returns whether a message of this type quotes a datagram behind its header.
    #[must_use]
    #[inline]
    pub const fn quotes(self) -> bool {
        matches!(
            self,
            Self::DESTINATION_UNREACHABLE
                | Self::SOURCE_QUENCH
                | Self::REDIRECT
                | Self::TIME_EXCEEDED
                | Self::PARAMETER_PROBLEM
        )
    }

    /// Returns whether a message of this type has a field for the length of its quote, and so may
    /// have an extension structure (RFC 4884 §4).
    pub(super) const fn has_length(self) -> bool {
        matches!(
            self,
            Self::DESTINATION_UNREACHABLE | Self::TIME_EXCEEDED | Self::PARAMETER_PROBLEM
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

/// The code of an ICMPv4 destination-unreachable message: why the datagram was refused.
///
/// IANA's codes for type 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnreachableCode(pub u8);

impl UnreachableCode {
    /// Net Unreachable (RFC 792).
    pub const NET_UNREACHABLE: Self = Self(0);
    /// Host Unreachable (RFC 792).
    pub const HOST_UNREACHABLE: Self = Self(1);
    /// Protocol Unreachable (RFC 792).
    pub const PROTOCOL_UNREACHABLE: Self = Self(2);
    /// Port Unreachable (RFC 792).
    pub const PORT_UNREACHABLE: Self = Self(3);
    /// Fragmentation Needed and Don't Fragment was Set (RFC 792).
    pub const FRAGMENTATION_NEEDED: Self = Self(4);
    /// Source Route Failed (RFC 792).
    pub const SOURCE_ROUTE_FAILED: Self = Self(5);
    /// Destination Network Unknown (RFC 1122).
    pub const NETWORK_UNKNOWN: Self = Self(6);
    /// Destination Host Unknown (RFC 1122).
    pub const HOST_UNKNOWN: Self = Self(7);
    /// Source Host Isolated (RFC 1122).
    pub const SOURCE_HOST_ISOLATED: Self = Self(8);
    /// Communication with Destination Network is Administratively Prohibited (RFC 1122).
    pub const NETWORK_PROHIBITED: Self = Self(9);
    /// Communication with Destination Host is Administratively Prohibited (RFC 1122).
    pub const HOST_PROHIBITED: Self = Self(10);
    /// Destination Network Unreachable for Type of Service (RFC 1122).
    pub const NET_UNREACHABLE_FOR_TOS: Self = Self(11);
    /// Destination Host Unreachable for Type of Service (RFC 1122).
    pub const HOST_UNREACHABLE_FOR_TOS: Self = Self(12);
    /// Communication Administratively Prohibited (RFC 1812).
    pub const COMMUNICATION_PROHIBITED: Self = Self(13);
    /// Host Precedence Violation (RFC 1812).
    pub const HOST_PRECEDENCE_VIOLATION: Self = Self(14);
    /// Precedence cutoff in effect (RFC 1812).
    pub const PRECEDENCE_CUTOFF: Self = Self(15);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NET_UNREACHABLE => "Net Unreachable",
            Self::HOST_UNREACHABLE => "Host Unreachable",
            Self::PROTOCOL_UNREACHABLE => "Protocol Unreachable",
            Self::PORT_UNREACHABLE => "Port Unreachable",
            Self::FRAGMENTATION_NEEDED => "Fragmentation Needed and Don't Fragment was Set",
            Self::SOURCE_ROUTE_FAILED => "Source Route Failed",
            Self::NETWORK_UNKNOWN => "Destination Network Unknown",
            Self::HOST_UNKNOWN => "Destination Host Unknown",
            Self::SOURCE_HOST_ISOLATED => "Source Host Isolated",
            Self::NETWORK_PROHIBITED => {
                "Communication with Destination Network is Administratively Prohibited"
            }
            Self::HOST_PROHIBITED => {
                "Communication with Destination Host is Administratively Prohibited"
            }
            Self::NET_UNREACHABLE_FOR_TOS => "Destination Network Unreachable for Type of Service",
            Self::HOST_UNREACHABLE_FOR_TOS => "Destination Host Unreachable for Type of Service",
            Self::COMMUNICATION_PROHIBITED => "Communication Administratively Prohibited",
            Self::HOST_PRECEDENCE_VIOLATION => "Host Precedence Violation",
            Self::PRECEDENCE_CUTOFF => "Precedence cutoff in effect",
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

/// The code of an ICMPv4 redirect: for what the other gateway is better.
///
/// IANA's codes for type 5.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RedirectCode(pub u8);

impl RedirectCode {
    /// Redirect Datagram for the Network (or subnet) (RFC 792).
    pub const NETWORK: Self = Self(0);
    /// Redirect Datagram for the Host (RFC 792).
    pub const HOST: Self = Self(1);
    /// Redirect Datagram for the Type of Service and Network (RFC 792).
    pub const TOS_AND_NETWORK: Self = Self(2);
    /// Redirect Datagram for the Type of Service and Host (RFC 792).
    pub const TOS_AND_HOST: Self = Self(3);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NETWORK => "Redirect Datagram for the Network (or subnet)",
            Self::HOST => "Redirect Datagram for the Host",
            Self::TOS_AND_NETWORK => "Redirect Datagram for the Type of Service and Network",
            Self::TOS_AND_HOST => "Redirect Datagram for the Type of Service and Host",
            _ => return None,
        })
    }
}

impl From<u8> for RedirectCode {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<RedirectCode> for u8 {
    fn from(value: RedirectCode) -> Self {
        value.0
    }
}

impl fmt::Display for RedirectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for RedirectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectCode({self})")
    }
}

/// The code of an ICMPv4 time-exceeded message: where the time ran out.
///
/// IANA's codes for type 11.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeExceededCode(pub u8);

impl TimeExceededCode {
    /// Time to Live exceeded in Transit (RFC 792).
    pub const IN_TRANSIT: Self = Self(0);
    /// Fragment Reassembly Time Exceeded (RFC 792).
    pub const REASSEMBLY: Self = Self(1);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::IN_TRANSIT => "Time to Live exceeded in Transit",
            Self::REASSEMBLY => "Fragment Reassembly Time Exceeded",
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

/// The code of an ICMPv4 parameter problem: what was wrong.
///
/// IANA's codes for type 12.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterProblemCode(pub u8);

impl ParameterProblemCode {
    /// Pointer indicates the error (RFC 792).
    pub const POINTER: Self = Self(0);
    /// Missing a Required Option (RFC 1108).
    pub const MISSING_OPTION: Self = Self(1);
    /// Bad Length (RFC 792).
    pub const BAD_LENGTH: Self = Self(2);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::POINTER => "Pointer indicates the error",
            Self::MISSING_OPTION => "Missing a Required Option",
            Self::BAD_LENGTH => "Bad Length",
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
