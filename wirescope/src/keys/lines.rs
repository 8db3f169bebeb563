//! The lines of one entry.

use hashbrown::{DefaultHashBuilder, HashTable, hash_table::Entry};
use ldif_keys::AuthorizedKey;
use std::{hash::BuildHasher, ops::Range};

/// Lines for sshd, of which each is there once.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) bytes: Vec<u8>,
    /// Where each is, without its comment.
    places: HashTable<Range<usize>>,
    hasher: DefaultHashBuilder,
}

impl Lines {
    /// Adds a line, and returns whether it is a new one: there is none with this key and the same
    /// options.
    pub(super) fn add(&mut self, line: &AuthorizedKey<'_>, comment: &[u8]) -> bool {
        let start = self.bytes.len();
        self.bytes.resize(start.saturating_add(line.encoded_len()), 0);
        let (before, written) = self.bytes.split_at_mut_checked(start).unwrap_or_default();
        if line.encode(written).is_err() {
            // Not with so much room as it asked for.
            self.bytes.truncate(start);
            return false;
        }
        // A comment that is not written does not match, as a line is printable ASCII.
        let written = &*written;
        let key = written.strip_suffix(comment).unwrap_or(written).trim_ascii_end();
        let at = |place: &Range<usize>| before.get(place.clone()).unwrap_or(key);
        let hash = |place: &Range<usize>| self.hasher.hash_one(at(place));
        let place = start..start.saturating_add(key.len());
        match self.places.entry(self.hasher.hash_one(key), |other| at(other) == key, hash) {
            Entry::Occupied(_) => {
                self.bytes.truncate(start);
                false
            }
            Entry::Vacant(vacant) => {
                vacant.insert(place);
                self.bytes.push(b'\n');
                true
            }
        }
    }

    /// Begins with another entry.
    pub(super) fn end_entry(&mut self) {
        self.places.clear();
    }
}
