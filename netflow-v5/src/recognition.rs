use crate::{Packet, raw};

/// Whether the payload of a datagram is an export.
///
/// For captures, where nobody says what a datagram holds, and where it may be cut: by the capture,
/// or by the ICMP error that quotes it. Nothing is guessed: the version and the counts have to agree
/// with the length that the datagram had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "yes, no, and that nobody can know")]
#[must_use]
pub enum Recognition {
    /// It is one packet or several, one behind the other: each has version 5 and a count that the
    /// format allows, and with their records they have just the length of the payload.
    ///
    /// Of payloads of such a length that are random bytes, one in four billion is one too. Of others
    /// it may be more: bytes that are mostly 0 and small numbers look like it more often, and whoever
    /// chooses the bytes can make them look like it.
    ///
    /// A count of 0 or above 30 is refused although the length agrees, while [`Packet::parse`] and
    /// [`Packets`](crate::Packets) read it. They are told what the bytes are; here the count is a part
    /// of the evidence, and speaks against it.
    Export,
    /// It is not.
    Other,
    /// It was cut before the header of a packet that would have to agree, and until there it does.
    Truncated,
}

impl Recognition {
    /// Looks at what is there of a payload that was `len` bytes long, as the length field of its UDP
    /// header says, less the 8 bytes of that header: a slice cannot know that it was cut.
    ///
    /// Four bytes of each packet decide. Bytes behind `len` are not looked at.
    ///
    /// ```
    /// use netflow_v5::{Packet, Recognition};
    ///
    /// # let mut quoted = [0; 520];
    /// # quoted[..4].copy_from_slice(&[0, 5, 0, 30]);
    /// // The start of a datagram, as an ICMP error quotes it; its UDP length is 1472.
    /// assert_eq!(Recognition::of(&quoted, 1464), Recognition::Export);
    /// let (packet, _) = Packet::parse_lax(&quoted)?;
    /// assert_eq!((packet.count(), packet.records().len()), (30, 10));
    /// # Ok::<(), netflow_v5::Error>(())
    /// ```
    pub fn of(mut payload: &[u8], len: usize) -> Self {
        let mut left = len;
        loop {
            let is_different = payload.iter().zip(START).any(|(byte, start)| *byte != start);
            // With so much left, the bytes that decide are in front of the end.
            if is_different || left < SHORTEST {
                return Self::Other;
            }
            let Some(count) = payload.get(START.len()) else { return Self::Truncated };
            if !(1..=Packet::MAX_COUNT).contains(&u16::from(*count)) {
                return Self::Other;
            }
            let packet_len = size_of::<raw::Record>()
                .saturating_mul((*count).into())
                .saturating_add(size_of::<raw::Header>());
            left = match left.checked_sub(packet_len) {
                None => return Self::Other,
                Some(0) => return Self::Export,
                Some(left) => left,
            };
            payload = payload.get(packet_len..).unwrap_or_default();
        }
    }
}

/// The version, and the upper byte of a count that the format allows.
const START: [u8; 3] = [0, 5, 0];

/// A packet of one record.
const SHORTEST: usize = size_of::<raw::Header>() + size_of::<raw::Record>();
