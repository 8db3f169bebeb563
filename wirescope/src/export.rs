//! What a datagram of UDP exports.

use netflow_v5::{Packet, Recognition};

/// Returns whether a payload of `len` bytes is an export of NetFlow v5, as far as it was captured.
///
/// More records than the format allows are an export too, where the length is exactly theirs.
pub(crate) fn is_export(payload: &[u8], len: usize) -> bool {
    match Recognition::of(payload, len) {
        Recognition::Export => !is_text(payload),
        Recognition::Truncated => payload.len() >= HEADER && !is_text(payload),
        Recognition::Other => has_many_records(payload, len),
    }
}

/// Returns whether all behind the version and the count is text, as in an error of TFTP (RFC 1350 §5),
/// which starts with 5 too.
fn is_text(payload: &[u8]) -> bool {
    let text = payload.get(4..).unwrap_or_default();
    !text.is_empty()
        && text.iter().all(|byte| matches!(byte, 0 | b' '..=b'~'))
        && text.iter().any(|byte| *byte != 0)
}

/// Returns whether this has more records than the format allows, and no other bytes.
fn has_many_records(payload: &[u8], len: usize) -> bool {
    let Some([0, 5, high, low]) = payload.first_chunk() else { return false };
    let count = u16::from_be_bytes([*high, *low]);
    let records = len.checked_sub(HEADER).filter(|records| records % RECORD == 0);
    count > Packet::MAX_COUNT && records.map(|len| len / RECORD) == Some(count.into())
}

/// The length of a header in bytes.
const HEADER: usize = 24;

/// The length of a record in bytes.
const RECORD: usize = 48;
