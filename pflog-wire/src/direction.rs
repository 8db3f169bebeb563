use crate::{Layout, Names, Systems, names::Row};
use core::fmt;

/// Which way the packet went.
///
/// In the headers of OpenBSD 3.0 two numberings are in use, and nothing tells which: the constants
/// are those of the later one, which all other layouts have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Direction(pub u16);

impl Direction {
    /// Either way.
    pub const INOUT: Self = Self(0);
    /// Into the machine.
    pub const IN: Self = Self(1);
    /// Out of it.
    pub const OUT: Self = Self(2);
    /// Through it: OpenBSD since 5.0, and FreeBSD 11.0 and 11.1.
    pub const FWD: Self = Self(3);

    /// Returns the names of the direction in a header of this layout that one of these systems
    /// wrote, as filters and output of tcpdump have them.
    pub fn names(self, layout: Layout, systems: Systems) -> Names {
        Names::new(self.rows(layout), || systems)
    }

    pub(crate) const fn rows(self, layout: Layout) -> &'static [Row] {
        match (layout, self) {
            (Layout::OPENBSD_3_0, Self(0)) => &[(Systems::EVERY, "in"), (Systems::EVERY, "in/out")],
            (Layout::OPENBSD_3_0, Self(1)) => &[(Systems::EVERY, "out"), (Systems::EVERY, "in")],
            (_, Self::INOUT) => &[(Systems::EVERY, "in/out")],
            (_, Self::IN) => &[(Systems::EVERY, "in")],
            (_, Self::OUT) => &[(Systems::EVERY, "out")],
            (Layout::OPENBSD_4_1, Self::FWD) => &[(Systems::FREEBSD, "fwd")],
            (Layout(100..), Self::FWD) => &[(Systems::OPENBSD, "fwd")],
            _ => &[],
        }
    }
}

impl From<u16> for Direction {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<Direction> for u16 {
    fn from(direction: Direction) -> Self {
        direction.0
    }
}

impl fmt::Debug for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Direction({})", self.0)
    }
}
