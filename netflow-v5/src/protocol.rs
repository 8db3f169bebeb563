use core::fmt;

/// The IP protocol of a flow.
///
/// The numbers are IANA's [Assigned Internet Protocol Numbers].
///
/// [Assigned Internet Protocol Numbers]: https://www.iana.org/assignments/protocol-numbers
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Internet Control Message (RFC 792).
    pub const ICMP: Self = Self(1);
    /// Internet Group Management (RFC 1112).
    pub const IGMP: Self = Self(2);
    /// IPv4 encapsulation (RFC 2003).
    pub const IPV4: Self = Self(4);
    /// Transmission Control (RFC 9293).
    pub const TCP: Self = Self(6);
    /// User Datagram (RFC 768).
    pub const UDP: Self = Self(17);
    /// IPv6 encapsulation (RFC 2473).
    pub const IPV6: Self = Self(41);
    /// Generic Routing Encapsulation (RFC 2784).
    pub const GRE: Self = Self(47);
    /// Encap Security Payload (RFC 4303).
    pub const ESP: Self = Self(50);
    /// Authentication Header (RFC 4302).
    pub const AH: Self = Self(51);
    /// OSPFIGP (RFC 1583, RFC 2328).
    pub const OSPFIGP: Self = Self(89);
    /// Stream Control Transmission Protocol (RFC 9260).
    pub const SCTP: Self = Self(132);

    /// Returns IANA's keyword for the protocols that have a constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::ICMP => "ICMP",
            Self::IGMP => "IGMP",
            Self::IPV4 => "IPv4",
            Self::TCP => "TCP",
            Self::UDP => "UDP",
            Self::IPV6 => "IPv6",
            Self::GRE => "GRE",
            Self::ESP => "ESP",
            Self::AH => "AH",
            Self::OSPFIGP => "OSPFIGP",
            Self::SCTP => "SCTP",
            _ => return None,
        })
    }
}

impl From<u8> for Protocol {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<Protocol> for u8 {
    fn from(protocol: Protocol) -> Self {
        protocol.0
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Protocol({self})")
    }
}
