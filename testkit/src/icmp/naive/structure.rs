//! Extension structures (RFC 4884), and whether there is one.

use super::{super::Family, checksum, object, truncated, u16_at};
use crate::{
    bytes::Failure,
    icmp::{SeenObject, SeenObjects, SeenStructure},
};
use icmp_wire::{Checksum, Evidence};
use std::ops::Range;
use wire_error::ErrorKind;

/// Decodes the structure that follows the quote in a message, if one does.
pub(super) fn after_quote(family: Family, data: &[u8]) -> Option<SeenStructure> {
    let (length, word) = match (family, data[0]) {
        (Family::V4, 3 | 11 | 12) => (usize::from(data[5]), 4),
        (Family::V6, 1 | 3) => (usize::from(data[4]), 8),
        _ => return None,
    };
    let declared = length * word;
    if declared == 0 {
        return proven(data, Evidence::Legacy, 128);
    }
    if declared < 128 {
        let zeros = data.get(8 + declared..8 + 128)?;
        let mut seen = proven(data, Evidence::Padded, 128).or_else(|| {
            if zeros.iter().any(|&byte| byte != 0) {
                None
            } else {
                plausible(data, Evidence::Padded, 128)
            }
        })?;
        quoting(&mut seen, data, 8..8 + declared);
        return Some(seen);
    }
    proven(data, Evidence::Compliant, declared)
        .or_else(|| proven(data, Evidence::Octets, length))
        .or_else(|| proven(data, Evidence::Legacy, 128))
        .or_else(|| plausible(data, Evidence::Compliant, declared))
}

/// Decodes what is behind so many bytes of quote if the checksum, or the objects instead of one,
/// say that it is a structure.
fn proven(data: &[u8], evidence: Evidence, quote_len: usize) -> Option<SeenStructure> {
    let (seen, is_reserved_clear) = behind(data, evidence, quote_len)?;
    let is_declared = evidence == Evidence::Compliant || evidence == Evidence::Padded;
    let is_filled = !seen.objects.whole.is_empty() && seen.objects.error.is_none();
    let is_proven = match checksum::structure(data, seen.offset, data.len()) {
        Checksum::Valid => is_declared || is_reserved_clear && is_filled,
        Checksum::NotSent => is_reserved_clear && is_filled,
        _ => false,
    };
    if is_proven { Some(seen) } else { None }
}

/// Decodes what is behind so many bytes of quote if it may be what was left of a structure.
fn plausible(data: &[u8], evidence: Evidence, quote_len: usize) -> Option<SeenStructure> {
    let (seen, is_reserved_clear) = behind(data, evidence, quote_len)?;
    if is_reserved_clear && !seen.objects.whole.is_empty() { Some(seen) } else { None }
}

/// Decodes what has the right version, and whether its reserved bits are zero.
fn behind(data: &[u8], evidence: Evidence, quote_len: usize) -> Option<(SeenStructure, bool)> {
    let at = 8 + quote_len;
    if quote_len < 128 || data.len() < at + 4 || data[at] / 16 != 2 {
        return None;
    }
    let mut seen = structure(data, at, evidence);
    quoting(&mut seen, data, 8..at);
    Some((seen, data[at] % 16 == 0 && data[at + 1] == 0))
}

/// Decodes a structure without anything in front.
///
/// # Errors
///
/// As the crate does.
pub fn bare(data: &[u8]) -> Result<SeenStructure, Failure> {
    if data.len() < 4 {
        return truncated(4, data.len(), 0);
    }
    if data[0] / 16 != 2 {
        let kind = ErrorKind::UnsupportedVersion { found: (data[0] / 16).into() };
        return Err(Failure { offset: 0, kind });
    }
    Ok(structure(data, 0, Evidence::Given))
}

fn quoting(seen: &mut SeenStructure, data: &[u8], original: Range<usize>) {
    seen.original_len = original.len();
    seen.quote = super::quote(&data[..original.end], original.start);
}

fn structure(data: &[u8], at: usize, evidence: Evidence) -> SeenStructure {
    SeenStructure {
        evidence,
        offset: at,
        len: data.len() - at,
        original_len: 0,
        quote: super::quote(&[], 0),
        checksum: u16_at(data, at + 2),
        objects: objects(data, at + 4),
    }
}

/// Decodes the objects from byte `at` on.
#[must_use]
pub fn objects(data: &[u8], mut at: usize) -> SeenObjects {
    let mut whole = Vec::new();
    let mut error = None;
    while at < data.len() {
        let present = data.len() - at;
        if present < 4 {
            error = truncated::<()>(4, present, at).err();
            break;
        }
        let len = usize::from(u16_at(data, at));
        if len < 4 {
            error = Some(Failure { offset: at, kind: ErrorKind::InvalidLength { found: len } });
            break;
        }
        if present < len {
            error = truncated::<()>(len, present, at).err();
            break;
        }
        let (class, c_type) = (data[at + 2], data[at + 3]);
        let body = object::body(data, at, len);
        whole.push(SeenObject { offset: at, len, class, c_type, body });
        at += len;
    }
    SeenObjects { whole, error, remainder: data.len() - at }
}
