use crate::{
    line::skip_folds,
    sink::{Sink, Window},
};
#[cfg(feature = "alloc")]
use alloc::borrow::Cow;
use core::{
    fmt,
    hash::{Hash, Hasher},
    iter::FusedIterator,
};
use memchr::memchr;
use wire_error::{ErrorKind, Result};

/// A part of a line: a name, a value, a dn. It may be folded.
///
/// Wherever it is folded, the end of line and the one space behind it are not part of it (RFC 2849,
/// note 2), and it is compared without them.
///
/// ```
/// use ldif_keys::{Body, Records, Rules, Value};
///
/// let mut records = Records::new(b"dn: uid=us\n er1,dc=example\n ,dc=com\n", Rules::LENIENT);
/// let record = records.next().unwrap()?;
/// let Some(Value::Plain(dn)) = record.dn() else { panic!() };
/// assert_eq!(dn.as_slice(), None);
/// assert!(dn.eq_ignore_ascii_case(b"UID=user1,DC=example,DC=com"));
/// assert_eq!(dn.unfold(&mut [0; 100])?, b"uid=user1,dc=example,dc=com");
/// # Ok::<(), ldif_keys::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// A line feed in it is part of a fold: an optional CR, the line feed, and one byte behind it.
    raw: &'a [u8],
    /// No more folds than these are in it.
    folds: usize,
    offset: usize,
}

impl<'a> Text<'a> {
    #[inline]
    pub(crate) const fn new(raw: &'a [u8], folds: usize, offset: usize) -> Self {
        Self { raw, folds, offset }
    }

    /// Returns the bytes, borrowed from the input; `None` if they are folded.
    #[must_use]
    #[inline]
    pub fn as_slice(&self) -> Option<&'a [u8]> {
        (self.folds == 0 || memchr(b'\n', self.raw).is_none()).then_some(self.raw)
    }

    /// Returns the bytes as they stand in the input, folds included.
    #[must_use]
    pub const fn as_raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Returns the bytes one by one, without the folds.
    #[must_use]
    pub fn bytes(&self) -> Bytes<'a> {
        let mut segments = self.segments();
        Bytes { segment: segments.next().unwrap_or_default(), segments }
    }

    /// Returns how many bytes there are, without the folds.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        if self.folds == 0 {
            return self.raw.len();
        }
        self.segments().fold(0, |len, segment| len.saturating_add(segment.len()))
    }

    /// Returns whether there are no bytes but folds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes().next().is_none()
    }

    /// Compares with `other`, taking ASCII letters of either case for the same.
    #[must_use]
    #[inline]
    pub fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.folds == 0 {
            return self.raw.eq_ignore_ascii_case(other);
        }
        self.may_start_as(other) && self.eq_folded(other)
    }

    /// Whether the first byte is that of `other`, in either case, or may be part of a fold. Most texts
    /// are told apart by it.
    #[inline]
    pub(crate) fn may_start_as(&self, other: &[u8]) -> bool {
        match (self.raw, other) {
            ([b'\r' | b'\n', ..], _) | (_, []) => true,
            ([first, ..], [other, ..]) => first.eq_ignore_ascii_case(other),
            _ => false,
        }
    }

    #[inline(never)]
    fn eq_folded(self, other: &[u8]) -> bool {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        self.bytes().map(lower).eq(other.iter().map(u8::to_ascii_lowercase))
    }

    /// Compares with `other`, taking ASCII letters of either case for the same.
    pub(crate) fn eq_text_ignore_ascii_case(&self, other: Self) -> bool {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        self.bytes().map(lower).eq(other.bytes().map(lower))
    }

    /// Returns the bytes: borrowed from the input if they are not folded, else written to `out`.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](ErrorKind::BufferTooSmall) if they are folded and more than `out` has.
    #[inline]
    pub fn unfold<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8]>
    where
        'a: 'b,
    {
        match self.as_slice() {
            Some(bytes) => Ok(bytes),
            None => self.write(out),
        }
    }

    // By value, so that a text that is not folded need not be in memory.
    #[inline(never)]
    fn write(self, out: &mut [u8]) -> Result<&[u8]> {
        let available = out.len();
        let mut window = Window::new(out);
        self.segments().for_each(|segment| window.put(segment));
        window
            .finish()
            .map_err(|needed| ErrorKind::BufferTooSmall { needed, available }.at("text", 0))
    }

    /// Returns the bytes: borrowed from the input if they are not folded, else owned.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn to_cow(&self) -> Cow<'a, [u8]> {
        self.as_slice().map_or_else(|| Cow::Owned(self.bytes().collect()), Cow::Borrowed)
    }

    /// Returns where the text starts in the input.
    #[must_use]
    #[inline]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Returns where the byte with this index stands in the input, which is behind as many folds as
    /// come before it. For the length of the text and beyond, returns where the text ends.
    #[must_use]
    pub fn offset_at(&self, index: usize) -> usize {
        let start = skip_folds(self.raw, 0);
        let steps = index.min(self.raw.len());
        let at = (0..steps).fold(start, |at, _| skip_folds(self.raw, at.saturating_add(1)));
        self.offset.saturating_add(at)
    }

    /// Returns the parts between the folds.
    #[inline]
    pub(crate) fn segments(&self) -> Segments<'a> {
        Segments { rest: Some(self.raw) }
    }

    /// Returns the part from `start` to `end`, in bytes of the input.
    pub(crate) fn part(&self, start: usize, end: usize) -> Self {
        let raw = self.raw.get(start..end).unwrap_or_default();
        Self { raw, offset: self.offset.saturating_add(start), ..*self }
    }
}

/// Equal if the bytes are, wherever they are folded.
impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for Text<'_> {}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| byte.hash(state));
        0xff_u8.hash(state);
    }
}

/// Writes the bytes that are printable ASCII as they are, and the others escaped: `\n`, `\xff`.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().try_for_each(|byte| write!(f, "{}", byte.escape_ascii()))
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.len())
    }
}

/// The start of a name, quoted and escaped, for Debug.
pub(crate) struct Shown<'a>(pub(crate) Text<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.0.bytes();
        f.write_str("\"")?;
        bytes.by_ref().take(SHOWN).try_for_each(|byte| write!(f, "{}", byte.escape_ascii()))?;
        f.write_str(if bytes.next().is_none() { "\"" } else { "\"..." })
    }
}

/// The bytes of a [`Text`], without the folds.
#[derive(Clone)]
pub struct Bytes<'a> {
    segment: &'a [u8],
    segments: Segments<'a>,
}

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some((&byte, rest)) = self.segment.split_first() {
                self.segment = rest;
                return Some(byte);
            }
            self.segment = self.segments.next()?;
        }
    }
}

impl FusedIterator for Bytes<'_> {}

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments = self.segments.clone();
        let left = segments.fold(self.segment.len(), |left, it| left.saturating_add(it.len()));
        write!(f, "Bytes({left} left)")
    }
}

/// The parts of a text between its folds.
#[derive(Clone)]
pub(crate) struct Segments<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest.take()?;
        let Some(feed) = memchr(b'\n', rest) else { return Some(rest) };
        let (segment, behind) = rest.split_at_checked(feed)?;
        // The line feed, and the space or TAB that makes it a fold.
        self.rest = behind.get(2..);
        Some(segment.strip_suffix(b"\r").unwrap_or(segment))
    }
}

/// Most names are shorter.
const SHOWN: usize = 64;
