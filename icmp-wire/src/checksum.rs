use crate::raw;
use core::net::Ipv6Addr;

/// What comparing a checksum with the bytes it covers says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fifth answer")]
pub enum Checksum {
    /// It agrees.
    Valid,
    /// It does not agree.
    Invalid {
        /// What it should have been, to be sent in network byte order.
        computed: u16,
    },
    /// The sender did not compute one: an extension structure with a checksum of 0 (RFC 4884 §7).
    NotSent,
    /// It cannot be told: some of the bytes that it covers are not here.
    Truncated,
}

/// Returns the Internet checksum of `bytes` (RFC 1071): the ones' complement of the ones'
/// complement sum of all 16-bit words, the last one filled up with a zero byte if their number is
/// odd.
///
/// To write one, sum with zeros in its place, and send it in network byte order. Summed with a right
/// checksum in its place, bytes give 0.
///
/// ```
/// // RFC 1071 §3 sums these bytes to ddf2.
/// assert_eq!(icmp_wire::checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
/// ```
#[must_use]
pub fn checksum(bytes: &[u8]) -> u16 {
    Sum::default().add(bytes).checksum()
}

/// A ones' complement sum in the making.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum(u64);

impl Sum {
    /// Adds bytes. Only the last ones may be odd in number.
    pub(crate) fn add(self, bytes: &[u8]) -> Self {
        let (words, mut rest) = raw::words(bytes);
        // RFC 1071 §2: the sum can be taken in words of any size and either byte order. The sum of
        // the upper halves tells what of the sum is theirs: compilers make vector additions of this,
        // as they do not of a sum with carries. It is right up to 2^31 words, 16 GiB.
        let (mut sum, mut upper) = (0_u64, 0_u64);
        for word in words {
            sum = sum.wrapping_add(word.get());
            upper = upper.wrapping_add(word.get() >> 32);
        }
        let lower = sum.wrapping_sub(upper << 32);
        let mut sum = self.0.wrapping_add(lower).wrapping_add(upper);
        if let Some((&word, behind)) = rest.split_first_chunk() {
            sum = sum.wrapping_add(u32::from_ne_bytes(word).into());
            rest = behind;
        }
        if let Some((&word, behind)) = rest.split_first_chunk() {
            sum = sum.wrapping_add(u16::from_ne_bytes(word).into());
            rest = behind;
        }
        if let Some(&last) = rest.first() {
            sum = sum.wrapping_add(u16::from_ne_bytes([last, 0]).into());
        }
        Self(sum)
    }

    /// Adds bytes, but for the checksum that stands `at` an even number of bytes from their start.
    pub(crate) fn add_without(self, bytes: &[u8], at: usize) -> Self {
        let before = bytes.get(..at).unwrap_or(bytes);
        let behind = bytes.get(at.saturating_add(2)..).unwrap_or_default();
        self.add(before).add(behind)
    }

    /// Adds what ICMPv6 prepends for its checksum (RFC 8200 §8.1).
    pub(crate) fn add_pseudo_header(
        self,
        source: Ipv6Addr,
        destination: Ipv6Addr,
        len: usize,
    ) -> Self {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        self.add(&source.octets()).add(&destination.octets()).add(&len.to_be_bytes()).add(&[
            0,
            0,
            0,
            crate::Protocol::IPV6_ICMP.0,
        ])
    }

    /// Returns the checksum that makes the sum come out right.
    pub(crate) fn checksum(self) -> u16 {
        !self.folded()
    }

    /// Returns what the sum of all else says of the checksum `sent`.
    pub(crate) fn status(self, sent: u16) -> Checksum {
        let with = Self(self.0.wrapping_add(sent.to_be().into()));
        if with.folded() == u16::MAX {
            Checksum::Valid
        } else {
            Checksum::Invalid { computed: self.checksum() }
        }
    }

    /// Folds the carries back in, and turns the sum from native to network byte order.
    fn folded(self) -> u16 {
        // Added to itself with its halves exchanged, a number has the sum of the two in its upper
        // half, and their carry added to it.
        let [a, b, c, d, ..] = self.0.wrapping_add(self.0.rotate_left(32)).to_be_bytes();
        let sum = u32::from_be_bytes([a, b, c, d]);
        let [a, b, ..] = sum.wrapping_add(sum.rotate_left(16)).to_be_bytes();
        u16::from_be_bytes([a, b]).to_be()
    }
}
