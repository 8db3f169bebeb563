use crate::{Names, Systems, names::Row};
use core::fmt;

/// Why the packet was logged, or dropped.
///
/// The numbers up to 14 are the same on all systems, 15 and 16 are not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason(pub u16);

impl Reason {
    /// A rule matched.
    pub const MATCH: Self = Self(0);
    /// A fragment had a bad offset.
    pub const BAD_OFFSET: Self = Self(1);
    /// Fragments did not fit together, or were not to pass.
    pub const FRAGMENT: Self = Self(2);
    /// The packet was too short.
    pub const SHORT: Self = Self(3);
    /// The packet could not be normalized.
    pub const NORMALIZE: Self = Self(4);
    /// There was no memory.
    pub const MEMORY: Self = Self(5);
    /// The TCP timestamp was bad.
    pub const BAD_TIMESTAMP: Self = Self(6);
    /// The input queue was congested.
    pub const CONGESTION: Self = Self(7);
    /// The packet had IP options.
    pub const IP_OPTION: Self = Self(8);
    /// The checksum of the protocol was bad.
    pub const PROTO_CKSUM: Self = Self(9);
    /// The packet did not match the state of its connection.
    pub const STATE_MISMATCH: Self = Self(10);
    /// The state could not be inserted.
    pub const STATE_INSERT: Self = Self(11);
    /// There were as many states as are allowed.
    pub const STATE_LIMIT: Self = Self(12);
    /// The source had as many nodes or connections as are allowed.
    pub const SRC_LIMIT: Self = Self(13);
    /// The proxy of TCP handshakes dropped the packet.
    pub const SYNPROXY: Self = Self(14);

    /// Returns the names of the reason in a header that one of these systems wrote, in the words of
    /// `PFRES_NAMES`.
    pub fn names(self, systems: Systems) -> Names {
        Names::new(self.rows(), || systems)
    }

    pub(crate) const fn rows(self) -> &'static [Row] {
        match self {
            Self::MATCH => &[(Systems::EVERY, "match")],
            Self::BAD_OFFSET => &[(Systems::EVERY, "bad-offset")],
            Self::FRAGMENT => &[(Systems::EVERY, "fragment")],
            Self::SHORT => &[(Systems::EVERY, "short")],
            Self::NORMALIZE => &[(Systems::EVERY, "normalize")],
            Self::MEMORY => &[(Systems::EVERY, "memory")],
            Self::BAD_TIMESTAMP => &[(Systems::EVERY, "bad-timestamp")],
            Self::CONGESTION => &[(Systems::EVERY, "congestion")],
            Self::IP_OPTION => &[(Systems::EVERY, "ip-option")],
            Self::PROTO_CKSUM => &[(Systems::EVERY, "proto-cksum")],
            Self::STATE_MISMATCH => &[(Systems::EVERY, "state-mismatch")],
            Self::STATE_INSERT => &[(Systems::EVERY, "state-insert")],
            Self::STATE_LIMIT => &[(Systems::EVERY, "state-limit")],
            Self::SRC_LIMIT => &[(Systems::EVERY, "src-limit")],
            Self::SYNPROXY => &[(Systems::EVERY, "synproxy")],
            Self(15) => &[
                (Systems::OPENBSD, "translate"),
                (Systems::FREEBSD, "map-failed"),
                (Systems::NETBSD, "state-locked"),
                (Systems::DARWIN, "dummynet"),
            ],
            Self(16) => &[(Systems::OPENBSD, "no-route"), (Systems::DARWIN, "invalid-port")],
            _ => &[],
        }
    }
}

impl From<u16> for Reason {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<Reason> for u16 {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reason({})", self.0)
    }
}
