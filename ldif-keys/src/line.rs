//! Lines with their continuations. Private: what a line means is up to others.

use crate::Rules;
use memchr::memchr;

/// A line that is no comment, with its continuations.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// The bytes, without the last end of line. A line feed in them is part of a fold.
    pub(crate) bytes: &'a [u8],
    /// How many continuations it has.
    pub(crate) folds: usize,
    pub(crate) offset: usize,
    /// Counted from 1.
    pub(crate) number: usize,
}

/// The lines of a record, without comments.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    /// Starts with a line. No blank line is in it.
    pub(crate) rest: &'a [u8],
    pub(crate) offset: usize,
    pub(crate) number: usize,
    pub(crate) rules: Rules,
}

impl<'a> Lines<'a> {
    /// Takes the next line, and the comments in front of it.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let line = self.take()?;
            if line.bytes.first() != Some(&b'#') {
                return Some(line);
            }
        }
    }

    /// Drops the lines that remain.
    pub(crate) fn clear(&mut self) {
        self.rest = &[];
    }

    /// Returns the lines up to where `after` starts.
    pub(crate) fn up_to(self, after: usize) -> Self {
        let len = after.saturating_sub(self.offset);
        Self { rest: self.rest.get(..len).unwrap_or(self.rest), ..self }
    }

    /// Takes a line, be it a comment.
    #[inline(always)]
    pub(crate) fn take(&mut self) -> Option<Line<'a>> {
        let (offset, number) = (self.offset, self.number);
        let feed = memchr(b'\n', self.rest).unwrap_or(self.rest.len());
        match self.rest.split_at_checked(feed) {
            // Nearly all lines: with an end, and not folded.
            Some((line, [_, rest @ ..])) if !continues(rest, self.rules) => {
                self.rest = rest;
                self.offset = offset.saturating_add(feed).saturating_add(1);
                self.number = number.saturating_add(1);
                let bytes = match line {
                    [before @ .., b'\r'] => before,
                    _ => line,
                };
                Some(Line { bytes, folds: 0, offset, number })
            }
            _ => {
                let (len, folds) = self.folded(feed)?;
                let (bytes, rest) = self.rest.split_at_checked(len)?;
                self.rest = rest;
                self.offset = offset.saturating_add(len);
                self.number = number.saturating_add(folds).saturating_add(1);
                Some(Line { bytes: without_end(bytes), folds, offset, number })
            }
        }
    }

    /// Returns the length of a line that is folded or has no end, and how many folds it has. Its
    /// first line feed is known.
    // By value, so that nothing has to be in memory for the other lines.
    #[inline(never)]
    fn folded(self, feed: usize) -> Option<(usize, usize)> {
        if self.rest.is_empty() {
            return None;
        }
        let mut len = feed.saturating_add(1).min(self.rest.len());
        let mut folds = 0_usize;
        while self.continues_at(len) {
            len = self.line_end(len);
            folds = folds.saturating_add(1);
        }
        Some((len, folds))
    }

    /// Whether a line that starts here continues the one before.
    #[inline(always)]
    pub(crate) fn continues_at(&self, at: usize) -> bool {
        continues(self.rest.get(at..).unwrap_or_default(), self.rules)
    }

    /// Returns where the line that holds `at` ends, its line feed included.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.rest.get(at..).unwrap_or_default();
        memchr(b'\n', rest)
            .map_or(self.rest.len(), |feed| at.saturating_add(feed).saturating_add(1))
    }
}

/// Whether `rest` starts with a line that continues the one before.
#[inline(always)]
fn continues(rest: &[u8], rules: Rules) -> bool {
    match rest {
        [b' ', ..] => true,
        [b'\t', ..] => rules.tab_continues,
        _ => false,
    }
}

/// Returns the length of the blank line at the start of `input`, if there is one.
///
/// A lone CR at the end of the input is an end of line that was cut.
pub(crate) fn blank(input: &[u8]) -> Option<usize> {
    match input {
        [b'\n', ..] | [b'\r'] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}

/// Returns the length of the lines up to the first blank one, and how many they are. The first is
/// not blank.
#[inline]
pub(crate) fn record(input: &[u8]) -> (usize, usize) {
    let (mut len, mut lines) = (0_usize, 0_usize);
    let mut rest = input;
    // Most of a record is no end of it: compilers turn this into a few instructions for 16 bytes.
    while let (Some((block, after)), Some((_, following))) =
        (rest.split_first_chunk::<BLOCK>(), rest.split_first())
    {
        let Some(following) = following.first_chunk::<BLOCK>() else { break };
        let (mut feeds, mut may_end) = (0_u8, 0_u8);
        for (&byte, &next) in block.iter().zip(following) {
            let feed = u8::from(byte == b'\n');
            feeds = feeds.wrapping_add(feed);
            // Behind a line feed, nothing else up to a CR is common.
            may_end |= feed & u8::from(next <= b'\r');
        }
        if may_end != 0 {
            break;
        }
        lines = lines.saturating_add(feeds.into());
        len = len.saturating_add(BLOCK);
        rest = after;
    }
    while let Some(feed) = memchr(b'\n', rest) {
        let line = feed.saturating_add(1);
        len = len.saturating_add(line);
        lines = lines.saturating_add(1);
        rest = rest.get(line..).unwrap_or_default();
        if blank(rest).is_some() {
            return (len, lines);
        }
    }
    // The last line lacks its end, or has it where the input ends.
    (input.len(), lines.saturating_add(usize::from(!rest.is_empty())))
}

/// Returns the first place from `at` on that is not part of a fold, or the end of the line.
#[inline]
pub(crate) fn skip_folds(line: &[u8], mut at: usize) -> usize {
    loop {
        let fold = match line.get(at..) {
            Some([b'\n', ..]) => 2,
            Some([b'\r', b'\n', ..]) => 3,
            _ => return at.min(line.len()),
        };
        at = at.saturating_add(fold);
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Bytes that are looked at together.
const BLOCK: usize = 128;
