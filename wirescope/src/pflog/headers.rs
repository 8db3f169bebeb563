//! The words for headers, kept: a log has few different ones.

use crate::line::Line;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use pflog_wire::Entry;
use std::io::Write;

/// The words for the headers that were seen last.
#[derive(Debug, Default)]
pub(super) struct Headers(HashMap<Box<[u8]>, Box<[u8]>, RandomState>);

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
        let header = entry.header_bytes();
        let header = header.get(..COMMON).unwrap_or(header);
        if let Some(words) = self.0.get(header) {
            // A line takes everything.
            let _ = line.write_all(words);
            return;
        }
        let start = line.as_bytes().len();
        write(line, entry);
        let words = line.as_bytes().get(start..).unwrap_or_default();
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(header.into(), words.into());
    }
}

/// In bytes; the direction of older layouts stands before that.
const COMMON: usize = 61;

/// How many are kept.
const MOST: usize = 4096;
