//! The words for headers, kept: a log has few different ones.

use crate::line::Line;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use pflog_wire::{ByteOrder, Entry};
use std::io::Write;

/// The words for the headers that were seen last.
#[derive(Debug, Default)]
pub(super) struct Headers {
    words: HashMap<Box<[u8]>, Box<[u8]>, RandomState>,
    /// Of all that are kept: in the other order the same bytes may be of another system.
    byte_order: Option<ByteOrder>,
}

impl Headers {
    /// Writes what `write` writes of an entry, which depends on the part of its header that goes up
    /// to the direction, and on no other.
    #[inline]
    pub(super) fn write(
        &mut self,
        line: &mut Line,
        entry: &Entry<'_>,
        write: impl Fn(&mut Line, &Entry<'_>),
    ) {
        if self.byte_order != Some(entry.byte_order()) || self.words.len() >= MOST {
            self.words.clear();
            self.byte_order = Some(entry.byte_order());
        }
        let header = entry.header_bytes();
        let header = header.get(..COMMON).unwrap_or(header);
        if let Some(words) = self.words.get(header) {
            // A line takes everything.
            let _ = line.write_all(words);
            return;
        }
        let start = line.as_bytes().len();
        write(line, entry);
        let words = line.as_bytes().get(start..).unwrap_or_default();
        self.words.insert(header.into(), words.into());
    }
}

/// In bytes; the direction of older layouts stands before that.
const COMMON: usize = 61;

/// How many are kept.
const MOST: usize = 4096;
