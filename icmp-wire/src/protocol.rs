use core::fmt;

/// The protocol a datagram carries: IPv4's protocol field, or the last next-header value of an
/// IPv6 header chain.
///
/// The numbers are IANA's [Assigned Internet Protocol Numbers].
///
/// [Assigned Internet Protocol Numbers]: https://www.iana.org/assignments/protocol-numbers
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Internet Control Message (RFC 792).
    pub const ICMP: Self = Self(1);
    /// Transmission Control (RFC 9293).
    pub const TCP: Self = Self(6);
    /// User Datagram (RFC 768).
    pub const UDP: Self = Self(17);
    /// Datagram Congestion Control Protocol (RFC 4340).
    pub const DCCP: Self = Self(33);
    /// ICMP for IPv6 (RFC 4443).
    pub const IPV6_ICMP: Self = Self(58);
    /// Stream Control Transmission Protocol (RFC 9260).
    pub const SCTP: Self = Self(132);
    /// UDP-Lite (RFC 3828).
    pub const UDP_LITE: Self = Self(136);

    /// Returns IANA's keyword for the protocols that have a constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::ICMP => "ICMP",
            Self::TCP => "TCP",
            Self::UDP => "UDP",
            Self::DCCP => "DCCP",
            Self::IPV6_ICMP => "IPv6-ICMP",
            Self::SCTP => "SCTP",
            Self::UDP_LITE => "UDPLite",
            _ => return None,
        })
    }

    /// Returns whether the protocol's header begins with a source and a destination port.
    #[must_use]
    pub const fn has_ports(self) -> bool {
        matches!(self, Self::TCP | Self::UDP | Self::DCCP | Self::SCTP | Self::UDP_LITE)
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
