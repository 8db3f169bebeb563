use crate::{Layout, Names, Systems, names::Row};
use core::fmt;

/// What was done with the packet.
///
/// The numbers up to 10 are the same on all systems, those above are not. In the headers of OpenBSD
/// 3.0 they are older: `PF_NOSCRUB` came between 2 and 3 later. It came while the layout of OpenBSD
/// 3.4 was in use, so that there each number above 2 may mean either of two actions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action(pub u16);

impl Action {
    /// The packet passed.
    pub const PASS: Self = Self(0);
    /// The packet was dropped.
    pub const BLOCK: Self = Self(1);
    /// The packet was normalized.
    pub const SCRUB: Self = Self(2);
    /// The packet was not to be normalized.
    pub const NOSCRUB: Self = Self(3);
    /// The source was translated.
    pub const NAT: Self = Self(4);
    /// The source was not to be translated.
    pub const NONAT: Self = Self(5);
    /// Source or destination were translated, each way.
    pub const BINAT: Self = Self(6);
    /// Neither was to be translated.
    pub const NOBINAT: Self = Self(7);
    /// The destination was translated.
    pub const RDR: Self = Self(8);
    /// The destination was not to be translated.
    pub const NORDR: Self = Self(9);
    /// The packet was answered by the proxy of TCP handshakes.
    pub const SYNPROXY_DROP: Self = Self(10);

    /// Returns the names of the action in a header of this layout that one of these systems wrote,
    /// as filters of tcpdump have them: pcap-filter(7).
    pub fn names(self, layout: Layout, systems: Systems) -> Names {
        Names::new(self.rows(layout), || systems)
    }

    #[inline]
    pub(crate) const fn rows(self, layout: Layout) -> &'static [Row] {
        match layout {
            Layout::OPENBSD_3_0 => self.without_noscrub(),
            Layout::OPENBSD_3_4 => self.with_noscrub_or_without(),
            _ => self.with_noscrub(),
        }
    }

    const fn without_noscrub(self) -> &'static [Row] {
        match self.0 {
            0..=2 => self.with_noscrub(),
            3 => &[(Systems::EVERY, "nat")],
            4 => &[(Systems::EVERY, "nonat")],
            5 => &[(Systems::EVERY, "binat")],
            6 => &[(Systems::EVERY, "nobinat")],
            7 => &[(Systems::EVERY, "rdr")],
            8 => &[(Systems::EVERY, "nordr")],
            _ => &[],
        }
    }

    const fn with_noscrub_or_without(self) -> &'static [Row] {
        match self.0 {
            3 => &[(Systems::EVERY, "nat"), (Systems::EVERY, "noscrub")],
            4 => &[(Systems::EVERY, "nonat"), (Systems::EVERY, "nat")],
            5 => &[(Systems::EVERY, "binat"), (Systems::EVERY, "nonat")],
            6 => &[(Systems::EVERY, "nobinat"), (Systems::EVERY, "binat")],
            7 => &[(Systems::EVERY, "rdr"), (Systems::EVERY, "nobinat")],
            8 => &[(Systems::EVERY, "nordr"), (Systems::EVERY, "rdr")],
            9 => &[(Systems::EVERY, "synproxy-drop"), (Systems::EVERY, "nordr")],
            0..=2 | 10 => self.with_noscrub(),
            _ => &[],
        }
    }

    const fn with_noscrub(self) -> &'static [Row] {
        const BOTH: Systems = Systems::OPENBSD.or(Systems::FREEBSD);
        match self {
            Self::PASS => &[(Systems::EVERY, "pass")],
            Self::BLOCK => &[(Systems::EVERY, "block")],
            Self::SCRUB => &[(Systems::EVERY, "scrub")],
            Self::NOSCRUB => &[(Systems::EVERY, "noscrub")],
            Self::NAT => &[(Systems::EVERY, "nat")],
            Self::NONAT => &[(Systems::EVERY, "nonat")],
            Self::BINAT => &[(Systems::EVERY, "binat")],
            Self::NOBINAT => &[(Systems::EVERY, "nobinat")],
            Self::RDR => &[(Systems::EVERY, "rdr")],
            Self::NORDR => &[(Systems::EVERY, "nordr")],
            Self::SYNPROXY_DROP => &[(Systems::EVERY, "synproxy-drop")],
            Self(11) => &[(BOTH, "defer"), (Systems::DARWIN, "dummynet")],
            Self(12) => &[(BOTH, "match"), (Systems::DARWIN, "nodummynet")],
            Self(13) => &[(Systems::OPENBSD, "divert"), (Systems::DARWIN, "nat64")],
            Self(14) => &[(Systems::OPENBSD, "rt"), (Systems::DARWIN, "nonat64")],
            Self(15) => &[(Systems::OPENBSD, "afrt")],
            _ => &[],
        }
    }
}

impl From<u16> for Action {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<Action> for u16 {
    fn from(action: Action) -> Self {
        action.0
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Action({})", self.0)
    }
}
