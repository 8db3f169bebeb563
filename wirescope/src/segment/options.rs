//! TCP options one by one, as both tcpdumps read them.

use crate::network::{u16_at, u32_at};

/// The options of a segment, RFC 9293 §3.2, as far as the header says and was captured.
#[derive(Debug)]
pub(crate) struct Options<'a> {
    captured: &'a [u8],
    /// How many bytes the header has for them.
    len: usize,
}

/// An option, its kind and length read.
#[derive(Debug)]
pub(crate) struct TcpOption<'a> {
    pub(crate) kind: u8,
    /// The length of its data, as it says itself.
    pub(crate) data_len: usize,
    captured: &'a [u8],
    len: usize,
}

/// Why options are not read to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A length contradicts the header's, or what the kind demands.
    Bad,
    /// The kind or length of an option was not captured.
    Missing,
    /// Some of its data was not captured.
    Cut,
}

impl<'a> Options<'a> {
    /// Takes the front of `captured`, which are `len` bytes in the header.
    pub(crate) const fn new(captured: &'a [u8], len: usize) -> Self {
        Self { captured, len }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the next option; there is one unless they are empty.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<TcpOption<'a>, End> {
        let kind = self.byte()?;
        let mut data_len = 0;
        if !matches!(kind, END_OF_LIST | NO_OPERATION) {
            let left = self.len;
            // Includes the kind and itself.
            let declared = usize::from(self.byte()?);
            if declared > left.saturating_add(1) {
                return Err(End::Bad);
            }
            data_len = declared.checked_sub(2).ok_or(End::Bad)?;
        }
        Ok(TcpOption { kind, data_len, captured: self.captured, len: self.len })
    }

    /// Goes on behind so many bytes of an option's data. Those are as many as were read of it, and not
    /// as many as it declares.
    #[inline]
    pub(crate) fn skip(&mut self, read: usize) {
        self.captured = self.captured.get(read..).unwrap_or_default();
        self.len = self.len.saturating_sub(read);
    }

    #[inline]
    fn byte(&mut self) -> Result<u8, End> {
        let (byte, rest) = self.captured.split_first().ok_or(End::Missing)?;
        self.captured = rest;
        self.len = self.len.saturating_sub(1);
        Ok(*byte)
    }
}

impl<'a> TcpOption<'a> {
    /// Returns the first `len` bytes of its data, be they declared or not.
    #[inline]
    pub(crate) fn data(&self, len: usize) -> Result<&'a [u8], End> {
        if len > self.len {
            return Err(End::Bad);
        }
        self.captured.get(..len).ok_or(End::Cut)
    }

    /// Returns what was captured of the data that it declares.
    pub(crate) fn captured(&self) -> &'a [u8] {
        self.captured.get(..self.data_len).unwrap_or(self.captured)
    }

    #[inline]
    pub(crate) fn u8(&self) -> Result<u8, End> {
        self.data(1)?.first().copied().ok_or(End::Cut)
    }

    #[inline]
    pub(crate) fn u16(&self) -> Result<u16, End> {
        u16_at(self.data(2)?, 0).ok_or(End::Cut)
    }

    #[inline]
    pub(crate) fn u32_at(&self, at: usize) -> Result<u32, End> {
        u32_at(self.data(at.saturating_add(4))?, at).ok_or(End::Cut)
    }
}

pub(crate) const END_OF_LIST: u8 = 0;
pub(crate) const NO_OPERATION: u8 = 1;
