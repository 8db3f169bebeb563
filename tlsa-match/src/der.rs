//! A strict walk over DER (X.690 §10): tags as expected, lengths definite and as short as can be.
//! Private: it reads what certificates have of it and no more.
//!
//! What every element goes through is inlined by force. Else it takes the way through memory, and
//! three times as long.

use wire_error::{Error, ErrorKind, Result};

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const SEQUENCE: u8 = 0x30;

/// The contents of an element that have not been read yet.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// Where they end in the input.
    end: usize,
}

/// An element with its tag and length.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    bytes: &'a [u8],
    contents: &'a [u8],
    /// Where it ends in the input.
    end: usize,
}

impl<'a> Element<'a> {
    /// Reads the element that the whole input is.
    #[inline(always)]
    pub(crate) fn whole(input: &'a [u8], tag: u8, context: &'static str) -> Result<Self> {
        let Some((bytes, contents, rest)) = split(input, tag) else {
            return Err(Fault::of(input, tag).at_top(input, context));
        };
        let end = bytes.len();
        match rest.len() {
            0 => Ok(Self { bytes, contents, end }),
            remaining => Err(ErrorKind::TrailingData { remaining }.at(context, end)),
        }
    }

    /// Returns the element with its tag and length.
    #[inline(always)]
    pub(crate) const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline(always)]
    pub(crate) const fn contents(&self) -> Reader<'a> {
        Reader { rest: self.contents, end: self.end }
    }
}

impl<'a> Reader<'a> {
    /// Reads the next element, which has to have this tag.
    #[inline(always)]
    pub(crate) fn element(&mut self, tag: u8, context: &'static str) -> Result<Element<'a>> {
        let Some((bytes, contents, rest)) = split(self.rest, tag) else {
            return Err(Fault::of(self.rest, tag).inside(self, context));
        };
        self.rest = rest;
        Ok(Element { bytes, contents, end: self.offset() })
    }

    /// Reads the next element if it has this tag.
    #[inline(always)]
    pub(crate) fn optional(
        &mut self,
        tag: u8,
        context: &'static str,
    ) -> Result<Option<Element<'a>>> {
        match self.rest.first() {
            Some(found) if *found == tag => self.element(tag, context).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads the next element, whatever it is, if there is one.
    #[inline(always)]
    pub(crate) fn any(&mut self, context: &'static str) -> Result<()> {
        match self.rest.first() {
            // A tag of more than one octet.
            Some(&found) if found & 0x1f == 0x1f => {
                Err(ErrorKind::UnexpectedByte { found }.at(context, self.offset()))
            }
            Some(&tag) => self.element(tag, context).map(drop),
            None => Ok(()),
        }
    }

    /// Demands that nothing is left.
    #[inline(always)]
    pub(crate) fn end(&self, context: &'static str) -> Result<()> {
        match self.rest.len() {
            0 => Ok(()),
            remaining => Err(ErrorKind::TrailingData { remaining }.at(context, self.offset())),
        }
    }

    /// Reads the octets that are left as an unsigned number, the greatest if it does not fit.
    pub(crate) fn number(&self) -> u64 {
        number(self.rest)
    }

    /// Reads what is left as a bit string of whole octets.
    #[inline(always)]
    pub(crate) fn whole_octets(&self, context: &'static str) -> Result<()> {
        match self.rest.first() {
            Some(0) => Ok(()),
            Some(&unused) => {
                Err(ErrorKind::InvalidValue { found: unused.into() }.at(context, self.offset()))
            }
            None => Err(ErrorKind::Missing.at(context, self.offset())),
        }
    }

    #[inline(always)]
    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Returns where the rest begins in the input.
    #[inline(always)]
    pub(crate) const fn offset(&self) -> usize {
        self.end.saturating_sub(self.rest.len())
    }
}

/// Splits off an element with this tag: its bytes, its contents, and what follows.
#[inline(always)]
fn split(input: &[u8], tag: u8) -> Option<(&[u8], &[u8], &[u8])> {
    if *input.first()? != tag {
        return None;
    }
    let (header, len) = header(input)?;
    let (bytes, rest) = input.split_at_checked(len.saturating_add(header))?;
    Some((bytes, bytes.get(header..)?, rest))
}

/// Reads how many octets the tag and the length take, and how many the contents do; `None` unless the
/// length is whole and in its shortest form.
#[inline(always)]
fn header(input: &[u8]) -> Option<(usize, usize)> {
    match *input {
        [_, len @ 0..=0x7f, ..] => Some((2, len.into())),
        [_, 0x81, len @ 0x80..=0xff, ..] => Some((3, len.into())),
        [_, 0x82, a @ 1..=0xff, b, ..] => Some((4, u16::from_be_bytes([a, b]).into())),
        [_, 0x83 | 0x84, ..] => long_header(input),
        _ => None,
    }
}

/// Nothing that is read here takes more than four gigabytes.
#[cold]
fn long_header(input: &[u8]) -> Option<(usize, usize)> {
    let (header, len) = match *input {
        [_, 0x83, a @ 1..=0xff, b, c, ..] => (5, u32::from_be_bytes([0, a, b, c])),
        [_, 0x84, a @ 1..=0xff, b, c, d, ..] => (6, u32::from_be_bytes([a, b, c, d])),
        _ => return None,
    };
    Some((header, usize::try_from(len).unwrap_or(usize::MAX)))
}

/// Why there is no element.
enum Fault {
    Tag(u8),
    /// The indefinite form, or more octets of length than are read.
    LengthOctet(u8),
    /// The length could be shorter.
    Length(usize),
    /// The tag and the length are cut.
    Short {
        needed: usize,
    },
    /// The contents are.
    Contents {
        len: usize,
        needed: usize,
    },
}

impl Fault {
    /// Finds out why there is no element, where there is none.
    #[cold]
    fn of(input: &[u8], tag: u8) -> Self {
        if let Some(found) = input.first().filter(|found| **found != tag) {
            return Self::Tag(*found);
        }
        if let Some((header, len)) = header(input) {
            return Self::Contents { len, needed: len.saturating_add(header) };
        }
        let [_, octets, rest @ ..] = input else { return Self::Short { needed: 2 } };
        if !(0x81..=0x84).contains(octets) {
            return Self::LengthOctet(*octets);
        }
        let octets = usize::from(octets & 0x0f);
        match rest.get(..octets) {
            Some(len) => Self::Length(number(len).try_into().unwrap_or(usize::MAX)),
            None => Self::Short { needed: octets.saturating_add(2) },
        }
    }

    /// Of the element that is the whole input: more input would help.
    #[cold]
    fn at_top(self, input: &[u8], context: &'static str) -> Error {
        match self {
            Self::Short { needed } | Self::Contents { needed, .. } => {
                ErrorKind::Truncated { needed, available: input.len() }.at(context, 0)
            }
            _ => self.inside(&Reader { rest: input, end: input.len() }, context),
        }
    }

    /// Of an element inside another: it does not fit the length of that one.
    #[cold]
    fn inside(self, reader: &Reader<'_>, context: &'static str) -> Error {
        let offset = reader.offset();
        match self {
            Self::Tag(found) => ErrorKind::UnexpectedByte { found }.at(context, offset),
            Self::LengthOctet(found) => {
                ErrorKind::UnexpectedByte { found }.at(context, offset.saturating_add(1))
            }
            Self::Length(found) | Self::Contents { len: found, .. } => {
                ErrorKind::InvalidLength { found }.at(context, offset)
            }
            Self::Short { .. } => ErrorKind::Missing.at(context, offset),
        }
    }
}

fn number(octets: &[u8]) -> u64 {
    let shifted =
        |number: u64, octet: &u8| Some(number.checked_mul(256)?.saturating_add(u64::from(*octet)));
    octets.iter().try_fold(0, shifted).unwrap_or(u64::MAX)
}
