//! What a capture says of its packets and the packets do not: it picks the layout and the order of
//! bytes.

/// The link type of the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the header has had two numbers, and gets no third")]
pub enum LinkType {
    /// 17, `DLT_OLD_PFLOG`: OpenBSD 3.0 to 3.3, a header without a length.
    OldPflog,
    /// 117, `LINKTYPE_PFLOG`: everything since, on all systems.
    Pflog,
}

impl LinkType {
    /// Returns the link type with this number in a pcap or pcapng file, `None` if it is another.
    #[inline]
    #[must_use]
    pub const fn from_number(number: u32) -> Option<Self> {
        match number {
            17 => Some(Self::OldPflog),
            117 => Some(Self::Pflog),
            _ => None,
        }
    }

    /// Returns the number in a pcap or pcapng file.
    #[inline]
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::OldPflog => 17,
            Self::Pflog => 117,
        }
    }
}

/// The byte order of the machine that wrote the log: that of the capture file, by its magic.
///
/// The numbers of users and processes are in this order, all others in network order. libpcap swaps
/// them where it swaps the file since 1.10.2; before that, a file that was rewritten on a machine of
/// the other order has them in the order of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are two")]
pub enum ByteOrder {
    /// The most significant byte first.
    Big,
    /// The least significant byte first.
    Little,
}

impl ByteOrder {
    /// Returns the number that these bytes are in this order.
    #[inline]
    pub(crate) const fn number(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Big => u32::from_be_bytes(bytes),
            Self::Little => u32::from_le_bytes(bytes),
        }
    }

    /// Returns the bytes of a number in this order.
    #[inline]
    pub(crate) const fn bytes(self, number: u32) -> [u8; 4] {
        match self {
            Self::Big => number.to_be_bytes(),
            Self::Little => number.to_le_bytes(),
        }
    }
}
