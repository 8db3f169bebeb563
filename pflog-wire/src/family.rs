use crate::Systems;
use core::fmt;

/// The address family of a packet: an `AF_` constant of the system that wrote the header.
///
/// That of IPv4 is the same on all systems, that of IPv6 is not. Linux's 10 is none of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Family(pub u32);

impl Family {
    /// Not said: NPF writes it.
    pub const UNSPEC: Self = Self(0);
    /// IPv4.
    pub const INET: Self = Self(2);
    /// IPv6 on OpenBSD and NetBSD.
    pub const INET6_OPENBSD: Self = Self(24);
    /// IPv6 on FreeBSD and DragonFly.
    pub const INET6_FREEBSD: Self = Self(28);
    /// IPv6 on Darwin.
    pub const INET6_DARWIN: Self = Self(30);

    /// Returns whether it is that of IPv4.
    #[inline]
    #[must_use]
    pub const fn is_ipv4(self) -> bool {
        matches!(self, Self::INET)
    }

    /// Returns whether it is that of IPv6, on any system.
    #[inline]
    #[must_use]
    pub const fn is_ipv6(self) -> bool {
        matches!(self, Self::INET6_OPENBSD | Self::INET6_FREEBSD | Self::INET6_DARWIN)
    }

    /// Returns the version of IP, 4 or 6; `None` if it is neither.
    #[inline]
    #[must_use]
    pub const fn ip_version(self) -> Option<u8> {
        match self {
            _ if self.is_ipv4() => Some(4),
            _ if self.is_ipv6() => Some(6),
            _ => None,
        }
    }

    /// Returns the name in the words of pf.conf(5), `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::UNSPEC => "unspec",
            _ if self.is_ipv4() => "inet",
            _ if self.is_ipv6() => "inet6",
            _ => return None,
        })
    }

    /// The systems on which it is that of a packet.
    #[inline]
    pub(crate) const fn systems(self) -> Systems {
        match self {
            Self::UNSPEC => Systems::NPF,
            Self::INET6_OPENBSD => Systems::OPENBSD.or(Systems::NETBSD).or(Systems::NPF),
            Self::INET6_FREEBSD => Systems::FREEBSD.or(Systems::DRAGONFLY),
            Self::INET6_DARWIN => Systems::DARWIN,
            _ => Systems::ALL,
        }
    }
}

impl From<u32> for Family {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<Family> for u32 {
    fn from(family: Family) -> Self {
        family.0
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Family({})", self.0)
    }
}
