//! Where what is written goes. Private.

use core::fmt::{self, Write};
use wire_error::{ErrorKind, Result};

/// Takes bytes.
pub(crate) trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

/// Something that can be written.
pub(crate) trait Emit {
    fn emit(&self, sink: &mut impl Sink);

    fn len(&self) -> usize {
        let mut counter = Counter::default();
        self.emit(&mut counter);
        counter.0
    }

    /// Writes all of it, and returns how many bytes that are.
    fn encode(&self, context: &'static str, out: &mut [u8]) -> Result<usize> {
        let available = out.len();
        let mut window = Window::new(out);
        self.emit(&mut window);
        match window.finish() {
            Ok(written) => Ok(written.len()),
            Err(needed) => Err(ErrorKind::BufferTooSmall { needed, available }.at(context, 0)),
        }
    }

    /// Writes what is ASCII.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Text { f, result: Ok(()) };
        self.emit(&mut text);
        text.result
    }
}

/// Counts.
#[derive(Default)]
pub(crate) struct Counter(pub(crate) usize);

impl Sink for Counter {
    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.0 = self.0.saturating_add(bytes.len());
    }
}

/// Tells text in UTF-8 from other bytes.
#[derive(Default)]
pub(crate) struct Utf8 {
    /// What there is of a character that is not whole, or never will be, and where it starts. Once
    /// that is full, nothing goes in any more.
    character: [u8; 4],
    len: usize,
    start: usize,
}

impl Utf8 {
    /// Returns where the first character starts that is not whole, and its first byte.
    pub(crate) fn unfinished(&self) -> Option<(usize, u8)> {
        let [first, ..] = self.character;
        (self.len > 0).then_some((self.start, first))
    }
}

impl Sink for Utf8 {
    fn put(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let Some(place) = self.character.get_mut(self.len) else { return };
            *place = byte;
            self.len = self.len.saturating_add(1);
            let character = self.character.get(..self.len).unwrap_or_default();
            if core::str::from_utf8(character).is_ok() {
                self.start = self.start.saturating_add(self.len);
                self.len = 0;
            }
        }
    }
}

/// The caller's buffer. Counts on when it is full.
pub(crate) struct Window<'b> {
    out: &'b mut [u8],
    len: usize,
}

impl<'b> Window<'b> {
    #[inline]
    pub(crate) fn new(out: &'b mut [u8]) -> Self {
        Self { out, len: 0 }
    }

    /// Returns what was written, or how long it would be.
    #[inline]
    pub(crate) fn finish(self) -> Result<&'b [u8], usize> {
        let len = self.len;
        let written: &[u8] = self.out;
        written.get(..len).ok_or(len)
    }
}

impl Sink for Window<'_> {
    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        let end = self.len.saturating_add(bytes.len());
        if let Some(place) = self.out.get_mut(self.len..end) {
            place.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        }
        self.len = end;
    }
}

#[cfg(feature = "alloc")]
impl Sink for alloc::vec::Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

struct Text<'f, 'a> {
    f: &'f mut fmt::Formatter<'a>,
    result: fmt::Result,
}

impl Sink for Text<'_, '_> {
    fn put(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.result = self.result.and_then(|()| self.f.write_char(byte.into()));
        }
    }
}
