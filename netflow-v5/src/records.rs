use crate::{Record, raw};
use core::{fmt, iter::FusedIterator, slice};

/// The records of a [`Packet`](crate::Packet) that are there.
#[derive(Clone)]
pub struct Records<'a>(pub(crate) slice::Iter<'a, raw::Record>);

impl<'a> Records<'a> {
    /// Returns the bytes of the records that were not yet taken.
    #[must_use]
    pub fn remainder(&self) -> &'a [u8] {
        raw::bytes(self.0.as_slice())
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Record)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(Record)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Records<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(Record)
    }
}

impl ExactSizeIterator for Records<'_> {}

impl FusedIterator for Records<'_> {}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
