use super::Object;
use crate::raw;
use core::{fmt, iter::FusedIterator, slice};
use wire_error::Result;

/// The MPLS label stack with which the datagram arrived, outermost label first (RFC 4950).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LabelStack<'a>(&'a [raw::Label]);

impl<'a> LabelStack<'a> {
    #[inline]
    pub(super) fn of(object: &Object<'a>) -> Result<Self> {
        raw::labels(object.data())
            .map(Self)
            .ok_or_else(|| object.invalid_length("MPLS label stack object"))
    }

    /// Returns the entries, outermost first.
    #[inline]
    #[must_use]
    pub fn labels(&self) -> Labels<'a> {
        Labels(self.0.iter())
    }
}

impl<'a> IntoIterator for LabelStack<'a> {
    type Item = Label;
    type IntoIter = Labels<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.labels()
    }
}

impl fmt::Debug for LabelStack<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.labels()).finish()
    }
}

/// The entries of a [`LabelStack`].
#[derive(Clone)]
pub struct Labels<'a>(slice::Iter<'a, raw::Label>);

impl Iterator for Labels<'_> {
    type Item = Label;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Label::of)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(Label::of)
    }
}

impl DoubleEndedIterator for Labels<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(Label::of)
    }
}

impl ExactSizeIterator for Labels<'_> {}

impl FusedIterator for Labels<'_> {}

impl fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// An entry of an MPLS label stack (RFC 3032 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The label: 20 bits.
    pub label: u32,
    /// The traffic class, which RFC 5462 renamed from "experimental": 3 bits.
    pub traffic_class: u8,
    /// Whether this is the last entry.
    pub is_bottom_of_stack: bool,
    /// The time to live.
    pub time_to_live: u8,
}

impl Label {
    #[inline]
    fn of(raw: &raw::Label) -> Self {
        let [_, _, flags, time_to_live] = raw.0.to_bytes();
        Self {
            label: raw.0.get() >> 12,
            traffic_class: (flags >> 1) & 0b111,
            is_bottom_of_stack: flags & 1 == 1,
            time_to_live,
        }
    }

    /// Returns the entry as it is sent. Bits that a field has no room for are dropped.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 4] {
        let [high, middle, low, _] = (self.label << 12).to_be_bytes();
        let flags = ((self.traffic_class & 0b111) << 1) | u8::from(self.is_bottom_of_stack);
        [high, middle, low | flags, self.time_to_live]
    }
}
