use crate::{
    base64::{self, Decoder, Mode},
    sink::{Emit, Sink},
};
use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    iter::FusedIterator,
};
use wire_error::Result;

/// The bytes of a key (RFC 4253 §6.6), checked, and still as they came: raw or in base64.
///
/// Two that are equal, whatever stands around them in their values, are the same key: this is what to
/// tell duplicates by.
#[derive(Clone, Copy)]
pub struct Blob<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Raw(&'a [u8]),
    /// Whole groups with the one padding that is right, of so many bytes.
    Base64(&'a [u8], usize),
}

impl<'a> Blob<'a> {
    pub(crate) const fn raw(bytes: &'a [u8]) -> Self {
        Self(Source::Raw(bytes))
    }

    /// Takes base64, if encoding its bytes gives the same again.
    pub(crate) fn base64(text: &'a [u8]) -> Result<Self, base64::Failure> {
        let len = base64::decoded_len(text)?;
        Ok(Self(Source::Base64(text, len)))
    }

    /// Returns how many bytes there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a key has bytes")]
    pub const fn len(&self) -> usize {
        match self.0 {
            Source::Raw(bytes) => bytes.len(),
            Source::Base64(_, len) => len,
        }
    }

    /// Returns the bytes one by one.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> BlobBytes<'a> {
        let rest = match self.0 {
            Source::Raw(bytes) => bytes,
            Source::Base64(text, _) => text,
        };
        BlobBytes {
            rest,
            is_base64: matches!(self.0, Source::Base64(..)),
            group: [0; 3],
            used: 3,
            len: self.len(),
        }
    }

    /// Writes the bytes to `out`, and returns how many they are.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), which says the length that is needed.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        Emit::encode(self, "key", out)
    }

    /// Writes the bytes in base64 to `out`, and returns how many characters they are.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), which says the length that is needed.
    pub fn encode_base64(&self, out: &mut [u8]) -> Result<usize> {
        Emit::encode(&Encoded(*self), "key", out)
    }

    /// Writes the bytes in base64. What was checked to have the one right form is that already.
    pub(crate) fn emit_base64(&self, sink: &mut impl Sink) {
        match self.0 {
            Source::Raw(bytes) => base64::encode(bytes, sink),
            Source::Base64(text, _) => sink.put(text),
        }
    }

    /// Returns the byte with this index.
    #[inline]
    pub(crate) fn byte(&self, at: usize) -> Option<u8> {
        match self.0 {
            Source::Raw(bytes) => bytes.get(at).copied(),
            Source::Base64(text, len) => {
                let group = text.get(at.wrapping_div(3).saturating_mul(4)..)?.first_chunk()?;
                let byte = base64::group(group).get(at.wrapping_rem(3)).copied();
                byte.filter(|_| at < len)
            }
        }
    }

    /// Returns the four bytes from here on.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> Option<[u8; 4]> {
        match self.0 {
            Source::Raw(bytes) => bytes.get(at..)?.first_chunk().copied(),
            Source::Base64(text, len) => {
                let groups = text.get(at.wrapping_div(3).saturating_mul(4)..)?;
                let (first, behind) = groups.split_first_chunk()?;
                let [a, b, c] = base64::group(first);
                let [d, e, f] = base64::group(behind.first_chunk()?);
                let word = match at.wrapping_rem(3) {
                    0 => [a, b, c, d],
                    1 => [b, c, d, e],
                    _ => [c, d, e, f],
                };
                (at.saturating_add(4) <= len).then_some(word)
            }
        }
    }

    /// Returns where a byte starts in the raw blob or the base64.
    pub(crate) fn place(&self, index: usize) -> usize {
        match self.0 {
            Source::Raw(_) => index,
            // 8 bits against 6.
            Source::Base64(..) => index.saturating_add(index.wrapping_div(3)),
        }
    }
}

impl Emit for Blob<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        match self.0 {
            Source::Raw(bytes) => sink.put(bytes),
            Source::Base64(text, _) => {
                // It was checked to be right.
                let _ = Decoder::new(Mode::Strict).feed(text, sink);
            }
        }
    }
}

/// Equal if the bytes are, raw or in base64.
impl PartialEq for Blob<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            // Each has one form only.
            (Source::Raw(a), Source::Raw(b)) | (Source::Base64(a, _), Source::Base64(b, _)) => {
                a == b
            }
            _ => self.bytes().eq(other.bytes()),
        }
    }
}

impl Eq for Blob<'_> {}

impl PartialOrd for Blob<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Blob<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl Hash for Blob<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| byte.hash(state));
        self.len().hash(state);
    }
}

impl fmt::Debug for Blob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.len())
    }
}

/// The bytes of a [`Blob`].
#[derive(Clone)]
pub struct BlobBytes<'a> {
    rest: &'a [u8],
    is_base64: bool,
    /// Bytes of which so many are used.
    group: [u8; 3],
    used: u8,
    len: usize,
}

impl BlobBytes<'_> {
    fn refill(&mut self) {
        let Some((group, rest)) = self.rest.split_first_chunk::<4>() else { return };
        self.group = base64::group(group);
        self.used = 0;
        self.rest = rest;
    }
}

impl Iterator for BlobBytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.len = self.len.checked_sub(1)?;
        if !self.is_base64 {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            return Some(byte);
        }
        if self.used >= 3 {
            self.refill();
        }
        let byte = self.group.get(usize::from(self.used)).copied();
        self.used = self.used.saturating_add(1);
        byte
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<u8> {
        if n >= self.len {
            self.len = 0;
            return None;
        }
        if !self.is_base64 {
            self.rest = self.rest.get(n..)?;
            self.len = self.len.saturating_sub(n);
            return self.next();
        }
        let mut left = n;
        let unused = 3_u8.saturating_sub(self.used);
        if left > unused.into() {
            left = left.saturating_sub(unused.into());
            let groups = left.wrapping_div(3);
            self.rest = self.rest.get(groups.saturating_mul(4)..)?;
            self.used = 3;
            self.len = self.len.saturating_sub(n.saturating_sub(left.wrapping_rem(3)));
            left = left.wrapping_rem(3);
        }
        for _ in 0..left {
            self.next();
        }
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len, Some(self.len))
    }
}

impl ExactSizeIterator for BlobBytes<'_> {}
impl FusedIterator for BlobBytes<'_> {}

impl fmt::Debug for BlobBytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobBytes({} left)", self.len)
    }
}

struct Encoded<'a>(Blob<'a>);

impl Emit for Encoded<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        self.0.emit_base64(sink);
    }
}
