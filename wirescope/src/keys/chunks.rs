//! LDIF of any length, a part at a time.

use super::{Stop, cannot_read};
use ldif_keys::Records;
use std::io::Read;

/// Reads LDIF, and passes it on in parts of whole records.
pub(super) fn read(
    mut input: impl Read,
    mut take: impl FnMut(&[u8]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut held = Vec::new();
    loop {
        // At least as much as is there, so that a long record is not looked through too often.
        let more = held.len().max(LEN).min(MAX_LEN.saturating_sub(held.len()));
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        if input.by_ref().take(more).read_to_end(&mut held).map_err(cannot_read)? == 0 {
            return take(&held);
        }
        let whole = Records::complete_len(&held);
        if whole == 0 && held.len() >= MAX_LEN {
            return Err(Stop::Input(format!("a record of {MAX_LEN} bytes or more")));
        }
        take(held.get(..whole).unwrap_or_default())?;
        held.drain(..whole);
    }
}

/// How much is read at once: what a processor's cache holds.
const LEN: usize = 0x4_0000;

/// What a record may not have, since it is held as a whole. Photographs may be in it.
const MAX_LEN: usize = 0x400_0000;
