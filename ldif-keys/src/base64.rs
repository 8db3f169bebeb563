//! Base64 (RFC 4648 §4), in one form only: what is read is what would be written. Private.

use crate::{Rules, sink::Sink};
use wire_error::ErrorKind;

/// What is read besides the alphabet.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Mode {
    Strict,
    /// CR, spaces and TABs are skipped.
    SkipSpace,
}

impl Mode {
    pub(crate) const fn of(rules: Rules) -> Self {
        if rules.is_strict { Self::Strict } else { Self::SkipSpace }
    }
}

/// What is wrong, and with which character, counted without folds.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) index: usize,
}

/// Decodes base64 that comes in parts.
pub(crate) struct Decoder {
    mode: Mode,
    /// The characters so far of a group of 4, and how many they are.
    group: u32,
    filled: u8,
    /// Characters of padding that are still to come; after the last one, 0.
    padding: Option<u8>,
    /// Characters seen, those skipped included, and those not skipped.
    index: usize,
    count: usize,
    /// Which one of them was the last of the alphabet.
    last: usize,
}

impl Decoder {
    #[inline]
    pub(crate) const fn new(mode: Mode) -> Self {
        Self { mode, group: 0, filled: 0, padding: None, index: 0, count: 0, last: 0 }
    }

    /// Decodes a part.
    #[inline]
    pub(crate) fn feed(&mut self, part: &[u8], sink: &mut impl Sink) -> Result<(), Failure> {
        let mut rest = part;
        while let Some((&first, after)) = rest.split_first() {
            if self.filled == 0 && self.padding.is_none() {
                let len = self.groups(rest, sink);
                if len > 0 {
                    rest = rest.get(len..).unwrap_or_default();
                    continue;
                }
            }
            self.character(first, sink)?;
            rest = after;
        }
        Ok(())
    }

    /// Says whether what was fed is whole.
    #[inline]
    pub(crate) fn finish(&self) -> Result<(), Failure> {
        match (self.filled, self.padding) {
            (0, None) | (_, Some(0)) => Ok(()),
            _ => Err(Failure { kind: ErrorKind::InvalidLength { found: self.count }, index: 0 }),
        }
    }

    /// Decodes groups of 4 of the alphabet, and returns how many characters they are.
    #[inline]
    fn groups(&mut self, text: &[u8], sink: &mut impl Sink) -> usize {
        let mut rest = text;
        while let Some((group, after)) = rest.split_first_chunk::<4>() {
            let [a, b, c, d] = group.map(value);
            if (a | b | c | d) > 63 {
                break;
            }
            sink.put(&bytes(a, b, c, d));
            rest = after;
        }
        let len = text.len().saturating_sub(rest.len());
        self.index = self.index.saturating_add(len);
        self.count = self.count.saturating_add(len);
        len
    }

    fn character(&mut self, found: u8, sink: &mut impl Sink) -> Result<(), Failure> {
        let index = self.index;
        self.index = index.saturating_add(1);
        if self.mode == Mode::SkipSpace && matches!(found, b'\r' | b' ' | b'\t') {
            return Ok(());
        }
        self.count = self.count.saturating_add(1);
        let unexpected = Err(Failure { kind: ErrorKind::UnexpectedByte { found }, index });
        match (found, self.padding, self.filled) {
            (b'=', None, 2 | 3) => self.pad(sink),
            (b'=', Some(1), _) => {
                self.padding = Some(0);
                Ok(())
            }
            (_, None, _) if value(found) <= 63 => {
                self.last = index;
                self.group = self.group << 6 | u32::from(value(found));
                self.filled = self.filled.saturating_add(1);
                if self.filled == 4 {
                    let [_, bytes @ ..] = self.group.to_be_bytes();
                    sink.put(&bytes);
                    (self.group, self.filled) = (0, 0);
                }
                Ok(())
            }
            _ => unexpected,
        }
    }

    /// Ends the last group, of 2 or 3 characters.
    fn pad(&mut self, sink: &mut impl Sink) -> Result<(), Failure> {
        let (bits, missing) = if self.filled == 2 { (4, 1) } else { (2, 0) };
        let excess = self.group & !(u32::MAX << bits);
        if excess != 0 {
            let kind = ErrorKind::InvalidValue { found: excess.into() };
            return Err(Failure { kind, index: self.last });
        }
        match (self.group >> bits).to_be_bytes() {
            [_, _, _, a] if missing == 1 => sink.put(&[a]),
            [_, _, a, b] => sink.put(&[a, b]),
        }
        self.padding = Some(missing);
        Ok(())
    }
}

/// Returns how many bytes a whole text is of, if it has the one form that it can have; else what is
/// wrong with it.
#[inline]
pub(crate) fn decoded_len(text: &[u8]) -> Result<usize, Failure> {
    let end = text.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last.saturating_add(1));
    let (body, padding) = text.split_at_checked(end).unwrap_or((text, &[]));
    let is_whole = text.len() & 3 == 0 && padding.len() <= 2;
    let excess = match padding {
        [] => 0,
        [_] => 0x03,
        _ => 0x0f,
    };
    let last = body.last().copied().map_or(0, value);
    if is_whole && is_alphabet(body) && last & excess == 0 {
        let len = text.len().wrapping_shr(2).saturating_mul(3);
        return Ok(len.saturating_sub(padding.len()));
    }
    // Rare enough to go through it again for the place.
    let mut decoder = Decoder::new(Mode::Strict);
    decoder.feed(text, &mut crate::sink::Counter::default())?;
    decoder.finish()?;
    Err(Failure { kind: ErrorKind::InvalidLength { found: text.len() }, index: 0 })
}

/// Writes bytes as base64.
pub(crate) fn encode(bytes: &[u8], sink: &mut impl Sink) {
    let mut rest = bytes;
    while let Some(([a, b, c], after)) = rest.split_first_chunk() {
        sink.put(&characters(u32::from_be_bytes([0, *a, *b, *c])));
        rest = after;
    }
    match rest {
        [a] => {
            let [first, second, ..] = characters(u32::from_be_bytes([0, *a, 0, 0]));
            sink.put(&[first, second, b'=', b'=']);
        }
        [a, b] => {
            let [first, second, third, _] = characters(u32::from_be_bytes([0, *a, *b, 0]));
            sink.put(&[first, second, third, b'=']);
        }
        _ => {}
    }
}

/// Returns the 6 bits of a character of the alphabet, or more than 6 of another.
#[inline]
fn value(character: u8) -> u8 {
    VALUES.get(usize::from(character)).copied().unwrap_or(NONE)
}

/// Returns the bytes of a group of what was checked. Padding decodes to bytes behind the end.
#[inline]
pub(crate) fn group(group: &[u8; 4]) -> [u8; 3] {
    let [a, b, c, d] = group.map(value);
    bytes(a, b, c & 63, d & 63)
}

#[inline]
const fn bytes(a: u8, b: u8, c: u8, d: u8) -> [u8; 3] {
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}

fn is_alphabet(text: &[u8]) -> bool {
    let is_in = |byte: u8| {
        (byte | 0x20).wrapping_sub(b'a') < 26
            || byte.wrapping_sub(b'0') < 10
            || byte == b'+'
            || byte == b'/'
    };
    let mut rest = text;
    // Compilers turn this into a few instructions for 32 bytes.
    while let Some((block, after)) = rest.split_first_chunk::<32>() {
        if !block.iter().fold(true, |all, &byte| all & is_in(byte)) {
            return false;
        }
        rest = after;
    }
    rest.iter().fold(0, |bits, &byte| bits | value(byte)) <= 63
}

fn characters(group: u32) -> [u8; 4] {
    [18, 12, 6, 0].map(|shift| {
        let [.., index] = group.wrapping_shr(shift).to_be_bytes();
        ALPHABET.get(usize::from(index & 63)).copied().unwrap_or_default()
    })
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const NONE: u8 = 0xff;

const VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut rest: &mut [u8] = &mut values;
    let mut character = 0_u8;
    while let [value, after @ ..] = rest {
        *value = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a' - 26),
            b'0'..=b'9' => character.wrapping_add(52 - b'0'),
            b'+' => 62,
            b'/' => 63,
            _ => NONE,
        };
        character = character.wrapping_add(1);
        rest = after;
    }
    values
}
