use core::fmt;

/// The type of an ICMPv4 message, from IANA's [ICMP Type Numbers].
///
/// [ICMP Type Numbers]: https://www.iana.org/assignments/icmp-parameters
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type(pub u8);

impl Type {
    /// Destination Unreachable (RFC 792).
    pub const DESTINATION_UNREACHABLE: Self = Self(3);

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

/// The code of an ICMPv4 destination-unreachable message: why the datagram was refused.
///
/// IANA's codes for type 3. Codes 6 to 12 are from RFC 1122 §3.2.2.1, 13 to 15 from RFC 1812
/// §5.2.7.1, the others from RFC 792.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnreachableCode(pub u8);

impl UnreachableCode {
    /// Net Unreachable.
    pub const NET_UNREACHABLE: Self = Self(0);
    /// Host Unreachable.
    pub const HOST_UNREACHABLE: Self = Self(1);
    /// Protocol Unreachable.
    pub const PROTOCOL_UNREACHABLE: Self = Self(2);
    /// Port Unreachable.
    pub const PORT_UNREACHABLE: Self = Self(3);
    /// Fragmentation Needed and Don't Fragment was Set.
    pub const FRAGMENTATION_NEEDED: Self = Self(4);
    /// Source Route Failed.
    pub const SOURCE_ROUTE_FAILED: Self = Self(5);
    /// Destination Network Unknown.
    pub const NETWORK_UNKNOWN: Self = Self(6);
    /// Destination Host Unknown.
    pub const HOST_UNKNOWN: Self = Self(7);
    /// Source Host Isolated.
    pub const SOURCE_HOST_ISOLATED: Self = Self(8);
    /// Communication with Destination Network is Administratively Prohibited.
    pub const NETWORK_PROHIBITED: Self = Self(9);
    /// Communication with Destination Host is Administratively Prohibited.
    pub const HOST_PROHIBITED: Self = Self(10);
    /// Destination Network Unreachable for Type of Service.
    pub const NET_UNREACHABLE_FOR_TOS: Self = Self(11);
    /// Destination Host Unreachable for Type of Service.
    pub const HOST_UNREACHABLE_FOR_TOS: Self = Self(12);
    /// Communication Administratively Prohibited.
    pub const COMMUNICATION_PROHIBITED: Self = Self(13);
    /// Host Precedence Violation.
    pub const HOST_PRECEDENCE_VIOLATION: Self = Self(14);
    /// Precedence cutoff in effect.
    pub const PRECEDENCE_CUTOFF: Self = Self(15);

    /// Returns IANA's name for the code, `None` if it is not assigned.
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
