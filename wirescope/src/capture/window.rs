//! The part of a capture that is in memory.

use super::{Error, Input, LARGEST, Sink, words};
use std::io::{self, Read};

/// The bytes of the input from a place on, as many as were read.
#[derive(Debug)]
pub(super) struct Window<'a> {
    input: Input<'a>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Where `start` is in the capture.
    offset: u64,
}

impl<'a> Window<'a> {
    pub(super) fn new(input: Input<'a>) -> Self {
        Self { input, buffer: vec![0; INITIAL], start: 0, end: 0, offset: 0 }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns where the window starts in the capture, in bytes.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Moves the start of the window.
    pub(super) fn consume(&mut self, len: usize) {
        self.start = self.start.saturating_add(len).min(self.end);
        self.offset = self.offset.saturating_add(u64::try_from(len).unwrap_or(u64::MAX));
    }

    /// Reads until the window holds `len` bytes, and returns whether it does: the input may end.
    #[expect(
        clippy::disallowed_methods,
        reason = "copy_within: the start and the end are never behind the buffer's"
    )]
    pub(super) fn fill(&mut self, len: usize, sink: &mut impl Sink) -> Result<bool, Error> {
        if len > LARGEST {
            let what = format_args!("damaged: this record declares {len} bytes, more than 16 MiB");
            return Err(Error::at(self.offset, what));
        }
        if len <= self.bytes().len() {
            return Ok(true);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        if len > self.buffer.len() {
            self.buffer.resize(LARGEST, 0);
        }
        while self.end < len {
            self.input.wait(sink)?;
            let space = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.input.read(space) {
                Ok(0) => return Ok(false),
                Ok(count) => self.end = self.end.saturating_add(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let read = u64::try_from(self.end).unwrap_or(u64::MAX);
                    return Err(Error::at(self.offset.saturating_add(read), words(&error)));
                }
            }
        }
        Ok(true)
    }
}

/// What is read at a time: small enough to stay in the processor's cache.
const INITIAL: usize = 0x1_0000;
