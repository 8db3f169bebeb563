//! Exports of other versions: counted and named, not read.

/// What a datagram holds that is no NetFlow v5 export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V1,
    /// Version 5 by its number alone.
    Like5,
    V6,
    V7,
    V8,
    V9,
    Ipfix,
    SFlow,
}

impl Version {
    /// Returns what is in a UDP payload of `len` bytes, as much as there is of it; `None` if that is
    /// nothing known.
    ///
    /// More than the version number has to agree, the length or the lengths of the parts; but for
    /// version 5, of which what agrees in more is an export.
    pub(super) fn of(payload: &[u8], len: usize) -> Option<Self> {
        let (&[a, b, c, d], rest) = payload.split_first_chunk::<4>()?;
        let count = usize::from(u16::from_be_bytes([c, d]));
        let has = |header: usize, record: usize| {
            count > 0 && count.saturating_mul(record).saturating_add(header) == len
        };
        match u16::from_be_bytes([a, b]) {
            1 if has(16, 48) => Some(Self::V1),
            5 if len >= 24 => Some(Self::Like5),
            6 if has(24, 52) => Some(Self::V6),
            7 if has(24, 52) => Some(Self::V7),
            8 if has(28, record_len_of_v8(*payload.get(22)?)?) => Some(Self::V8),
            // RFC 3954 §5.1: sets follow 20 bytes of header.
            9 if count > 0 && are_sets(payload.get(20..)?, len.checked_sub(20)?) => Some(Self::V9),
            // RFC 7011 §3.1: the length of the message, and sets behind 16 bytes of header.
            10 if count == len && are_sets(payload.get(16..)?, len.checked_sub(16)?) => {
                Some(Self::Ipfix)
            }
            // sFlow version 2, 4 or 5, and whether the agent's address is one of IPv4 or IPv6.
            0 if matches!(d, 2 | 4 | 5) && len >= 28 => {
                matches!(rest.first_chunk()?, [0, 0, 0, 1 | 2]).then_some(Self::SFlow)
            }
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V1 => "NetFlow v1",
            Self::Like5 => "like NetFlow v5, by a number alone (--udp-port reads them)",
            Self::V6 => "NetFlow v6",
            Self::V7 => "NetFlow v7",
            Self::V8 => "NetFlow v8",
            Self::V9 => "NetFlow v9",
            Self::Ipfix => "IPFIX",
            Self::SFlow => "sFlow",
        }
    }
}

/// Returns whether `len` bytes, as much as there is of them, are sets of at least four bytes, with
/// identifiers that sets have.
fn are_sets(mut sets: &[u8], mut len: usize) -> bool {
    if len < 4 {
        return false;
    }
    while let Some(([high, low, length @ ..], _)) = sets.split_first_chunk::<4>() {
        let id = u16::from_be_bytes([*high, *low]);
        let set_len = usize::from(u16::from_be_bytes(*length));
        // Templates are 0 and 1 in version 9, 2 and 3 in IPFIX; data starts at 256.
        if !matches!(id, 0..=3 | 256..) || set_len < 4 {
            return false;
        }
        match len.checked_sub(set_len) {
            // Padding of less than a header.
            Some(0..4) => return true,
            Some(left) => len = left,
            None => return false,
        }
        sets = sets.get(set_len..).unwrap_or_default();
    }
    // The rest was not captured.
    true
}

/// Returns the length of a record of an aggregation of version 8.
fn record_len_of_v8(aggregation: u8) -> Option<usize> {
    Some(match aggregation {
        1 | 2 => 28,
        3 | 4 | 6 | 9..=12 => 32,
        5 | 7 | 13 | 14 => 40,
        8 => 44,
        _ => return None,
    })
}
