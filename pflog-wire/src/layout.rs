use crate::Systems;
use core::fmt;

/// The layout of a header, which is the value of its length byte; 28 for the header without one.
///
/// Each is named by the system and the release that wrote it first:
///
/// | length | takes | written by |
/// | --- | --- | --- |
/// | – | 28 | OpenBSD 3.0 to 3.3, link type 17 |
/// | 45 | 48 | OpenBSD 3.4 to 4.0, FreeBSD 5.3 to 6, DragonFly 1, NetBSD 3 and 4 |
/// | 49 | 52 | pfSense and OPNsense on FreeBSD 10 |
/// | 61 | 64 | OpenBSD 4.1 to 4.8, FreeBSD 7.0 to 13.0, DragonFly 2, NetBSD 5 (NPF too), macOS |
/// | 68 | 68 | FreeBSD-CURRENT in November 2021 |
/// | 69 | 72 | FreeBSD since 13.1, pfSense |
/// | 100 | 100 | OpenBSD since 4.9 |
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layout(pub u8);

impl Layout {
    /// 28 bytes, without a length byte.
    pub const OPENBSD_3_0: Self = Self(28);
    /// 45 bytes: neither users nor processes.
    pub const OPENBSD_3_4: Self = Self(45);
    /// 49 bytes: an identifier of the rule, neither users nor processes.
    pub const PFSENSE: Self = Self(49);
    /// 61 bytes: users and processes.
    pub const OPENBSD_4_1: Self = Self(61);
    /// 68 bytes: that of FreeBSD 13.1 without the reserved byte.
    pub const FREEBSD_13_1_DRAFT: Self = Self(68);
    /// 69 bytes: users and processes, and an identifier of the rule.
    pub const FREEBSD_13_1: Self = Self(69);
    /// 100 bytes: users and processes, and the addresses of a packet that was translated.
    pub const OPENBSD_4_9: Self = Self(100);

    /// Returns the system and release that wrote the layout first, `None` if it is not known.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::OPENBSD_3_0 => "OpenBSD 3.0",
            Self::OPENBSD_3_4 => "OpenBSD 3.4",
            Self::PFSENSE => "pfSense",
            Self::OPENBSD_4_1 => "OpenBSD 4.1",
            Self::FREEBSD_13_1_DRAFT => "FreeBSD 13.1 draft",
            Self::FREEBSD_13_1 => "FreeBSD 13.1",
            Self::OPENBSD_4_9 => "OpenBSD 4.9",
            _ => return None,
        })
    }

    /// Returns whether the layout has a constant here. [`Entry::parse`](crate::Entry::parse) reads
    /// no others.
    #[inline]
    #[must_use]
    pub const fn is_known(self) -> bool {
        matches!(
            self,
            Self::OPENBSD_3_0
                | Self::OPENBSD_3_4
                | Self::PFSENSE
                | Self::OPENBSD_4_1
                | Self::FREEBSD_13_1_DRAFT
                | Self::FREEBSD_13_1
                | Self::OPENBSD_4_9
        )
    }

    /// Returns how many bytes the header takes: the length, rounded up to a multiple of 4.
    ///
    /// OpenBSD rounds in eight bits, so that 253 and more become 0 there, and 256 elsewhere. No
    /// header has such a length.
    #[inline]
    #[must_use]
    pub fn header_len(self) -> usize {
        usize::from(self.0).saturating_add(3) & !3
    }

    /// Whether users and processes are at byte 44, and the direction behind them. So it has been in
    /// all layouts since OpenBSD 4.1, and is taken to be in those to come.
    #[inline]
    pub(crate) const fn has_owners(self) -> bool {
        self.0 >= Self::OPENBSD_4_1.0
    }

    /// The systems that write the layout; all of those that write pf's records if it is not known.
    pub(crate) const fn systems(self) -> Systems {
        match self {
            Self::OPENBSD_3_0 | Self::OPENBSD_4_9 => Systems::OPENBSD,
            Self::OPENBSD_3_4 => {
                Systems::OPENBSD.or(Systems::FREEBSD).or(Systems::DRAGONFLY).or(Systems::NETBSD)
            }
            Self::PFSENSE | Self::FREEBSD_13_1_DRAFT | Self::FREEBSD_13_1 => Systems::FREEBSD,
            _ => Systems::ALL,
        }
    }
}

impl From<u8> for Layout {
    fn from(length: u8) -> Self {
        Self(length)
    }
}

impl From<Layout> for u8 {
    fn from(layout: Layout) -> Self {
        layout.0
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Layout({self})")
    }
}
