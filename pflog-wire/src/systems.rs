use core::{
    fmt,
    ops::{BitAnd, BitOr},
};

/// A set of the systems that may have written a header.
///
/// The link type is the same for all of them, and no field names the system. What tells them apart
/// is the layout, the number of the address family of IPv6, and what stands for "no user" and "no
/// process": see [`Entry::systems`](crate::Entry::systems).
///
/// ```
/// use pflog_wire::{Action, Layout, Systems};
///
/// let systems = Systems::FREEBSD | Systems::DARWIN;
/// assert!(systems.contains(Systems::DARWIN));
/// assert_eq!(systems.to_string(), "FreeBSD|Darwin");
///
/// // The same number is another action on each of them.
/// let action = Action(12);
/// assert!(action.names(Layout::OPENBSD_4_1, systems).eq(["match", "nodummynet"]));
/// assert_eq!(action.names(Layout::OPENBSD_4_1, Systems::DARWIN).only(), Some("nodummynet"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Systems(u8);

impl Systems {
    /// OpenBSD.
    pub const OPENBSD: Self = Self(0x01);
    /// FreeBSD, and what is made of it: pfSense, OPNsense.
    pub const FREEBSD: Self = Self(0x02);
    /// DragonFly BSD.
    pub const DRAGONFLY: Self = Self(0x04);
    /// NetBSD's pf.
    pub const NETBSD: Self = Self(0x08);
    /// Darwin: macOS.
    pub const DARWIN: Self = Self(0x10);
    /// NetBSD's NPF, which logs in pf's format.
    pub const NPF: Self = Self(0x20);
    /// FreeBSD's ipfw, whose NAT64 logs in pf's format, and means other things by it.
    pub const IPFW: Self = Self(0x40);
    /// All that write what the format says: those above but [`IPFW`](Self::IPFW), whose records are
    /// known by their marks.
    pub const ALL: Self = Self(0x3f);
    /// `ALL`, and ipfw.
    pub(crate) const EVERY: Self = Self(0x7f);

    /// Returns whether all of these systems are in the set.
    #[inline]
    #[must_use]
    pub const fn contains(self, systems: Self) -> bool {
        self.0 & systems.0 == systems.0
    }

    /// Returns whether any of these systems is in the set.
    #[inline]
    #[must_use]
    pub const fn intersects(self, systems: Self) -> bool {
        self.0 & systems.0 != 0
    }

    #[inline]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Keeps the systems that a clue speaks for, if there are any: a clue that contradicts those
    /// before it is passed over.
    #[inline]
    pub(crate) const fn narrowed(self, clue: Self) -> Self {
        if self.intersects(clue) { Self(self.0 & clue.0) } else { self }
    }
}

impl BitAnd for Systems {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Systems {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

/// The names of the systems, or `-` for none.
impl fmt::Display for Systems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self(0) {
            return f.write_str("-");
        }
        let mut separator = "";
        for (system, name) in NAMES {
            if self.contains(system) {
                f.write_str(separator)?;
                f.write_str(name)?;
                separator = "|";
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Systems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Systems({self})")
    }
}

const NAMES: [(Systems, &str); 7] = [
    (Systems::OPENBSD, "OpenBSD"),
    (Systems::FREEBSD, "FreeBSD"),
    (Systems::DRAGONFLY, "DragonFly"),
    (Systems::NETBSD, "NetBSD"),
    (Systems::DARWIN, "Darwin"),
    (Systems::NPF, "NPF"),
    (Systems::IPFW, "ipfw"),
];
