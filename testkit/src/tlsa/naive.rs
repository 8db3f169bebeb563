//! A second reader and a second matcher, written from the RFCs. They index, allocate, and compute
//! every digest there is.

mod der;
mod matching;
mod text;

pub use self::{
    der::{certificate, public_key, request},
    matching::{Set, see},
    text::{entry, lines, owner, record},
};

use super::SeenRecord;

/// Reads RDATA.
#[must_use]
pub fn rdata(data: &[u8]) -> Option<SeenRecord> {
    if data.len() < 3 || data.len() > 65535 {
        return None;
    }
    Some(SeenRecord { head: [data[0], data[1], data[2]], data: data[3..].to_vec() })
}
