//! The headers of TCP segments, as far as they were captured.

mod options;

pub(crate) use self::options::{END_OF_LIST, End, NO_OPERATION, Options, TcpOption};

/// The fixed part of a TCP header, RFC 9293 §3.1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) sequence: u32,
    pub(crate) acknowledgment: u32,
    /// The length of the header with its options, in bytes.
    pub(crate) len: usize,
    pub(crate) flags: u8,
    pub(crate) window: u16,
    pub(crate) urgent: u16,
}

impl Header {
    /// Returns the header at the front of `segment`, and what was captured behind it.
    #[inline]
    pub(crate) fn of(segment: &[u8]) -> Option<(Self, &[u8])> {
        let (
            [_, _, _, _, s0, s1, s2, s3, a0, a1, a2, a3, offset, flags, w0, w1, _, _, u0, u1],
            rest,
        ) = segment.split_first_chunk::<20>()?;
        let header = Self {
            sequence: u32::from_be_bytes([*s0, *s1, *s2, *s3]),
            acknowledgment: u32::from_be_bytes([*a0, *a1, *a2, *a3]),
            // In words, in the upper half of the byte.
            len: usize::from(offset >> 4).saturating_mul(4),
            flags: *flags,
            window: u16::from_be_bytes([*w0, *w1]),
            urgent: u16::from_be_bytes([*u0, *u1]),
        };
        Some((header, rest))
    }

    pub(crate) const fn has(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }

    /// Returns the sequence number behind so many bytes of data.
    #[inline]
    pub(crate) fn sequence_behind(&self, data_len: usize) -> u32 {
        // No datagram is longer than 65575 bytes.
        self.sequence.wrapping_add(u32::try_from(data_len).unwrap_or(u32::MAX))
    }

    /// Returns the length of the options, by the header.
    pub(crate) const fn options_len(&self) -> usize {
        self.len.saturating_sub(HEADER_LEN)
    }
}

pub(crate) const FIN: u8 = 0x01;
pub(crate) const SYN: u8 = 0x02;
pub(crate) const RST: u8 = 0x04;
pub(crate) const PSH: u8 = 0x08;
pub(crate) const ACK: u8 = 0x10;
pub(crate) const URG: u8 = 0x20;
pub(crate) const ECE: u8 = 0x40;
pub(crate) const CWR: u8 = 0x80;

/// The length of a header without options, in bytes.
pub(crate) const HEADER_LEN: usize = 20;
