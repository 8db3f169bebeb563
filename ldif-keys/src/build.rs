use crate::{
    base64,
    sink::{Emit, Sink},
};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// A line of LDIF to be written.
///
/// A record is its `dn`, then its attributes, then an empty line. What was read is written again byte
/// by byte, but for comments, folds, spaces behind the colon, the choice of base64, and ends of line.
///
/// ```
/// use ldif_keys::{Build, Content};
///
/// let mut out = [0; 100];
/// let len = Build::new(b"cn", "Zo\u{eb}".as_bytes()).encode(&mut out)?;
/// assert_eq!(&out[..len], b"cn:: Wm/Dqw==\n");
///
/// let mut line = Build::new(b"dn", b"uid=user1,dc=example,dc=com");
/// line.wrap = Some(20);
/// let len = line.encode(&mut out)?;
/// assert_eq!(&out[..len], b"dn: uid=user1,dc=exa\n mple,dc=com\n");
/// # Ok::<(), ldif_keys::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Build<'a> {
    /// The attribute's name with its options, or another word that a line may start with.
    pub description: &'a [u8],
    /// The value.
    pub value: Content<'a>,
    /// The most columns a line may have, 2 or more; `None` for one line of any length.
    pub wrap: Option<usize>,
}

/// A value to be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 2849 has no other forms")]
pub enum Content<'a> {
    /// As it is if RFC 2849 allows it and nothing at its end can get lost, else in base64.
    Bytes(&'a [u8]),
    /// In base64.
    Base64(&'a [u8]),
    /// The URL of a value.
    Url(&'a [u8]),
}

impl<'a> Build<'a> {
    /// The columns of the examples in RFC 2849. The tools of OpenLDAP have 78.
    pub const WRAP: usize = 76;

    /// Makes a line of any value, folded to [`WRAP`](Self::WRAP).
    #[must_use]
    pub const fn new(description: &'a [u8], value: &'a [u8]) -> Self {
        Self { description, value: Content::Bytes(value), wrap: Some(Self::WRAP) }
    }

    /// Returns the length of the line, with its line feed and its folds.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode), but for the buffer.
    pub fn encoded_len(&self) -> Result<usize> {
        self.check()?;
        Ok(Emit::len(self))
    }

    /// Writes the line with its line feed to `out`, and returns its length.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall), which says the length that is needed.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) and [`Missing`](ErrorKind::Missing) if the
    ///   description or the URL cannot be written.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) of a width under 2.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        self.check()?;
        Emit::encode(self, "line", out)
    }

    fn check(&self) -> Result<()> {
        // Whatever is read by lenient rules, too.
        let is_allowed = |byte: &u8| byte.is_ascii_graphic() && *byte != b':';
        let is_start = |byte: &u8| !matches!(byte, b'#' | b';');
        let start = self.description.first().ok_or(ErrorKind::Missing.at(DESCRIPTION, 0))?;
        let unexpected = Some(start).filter(|byte| !is_start(byte));
        if let Some(&found) = unexpected.or(self.description.iter().find(|byte| !is_allowed(byte)))
        {
            return Err(ErrorKind::UnexpectedByte { found }.at(DESCRIPTION, 0));
        }
        if let Some(found @ ..2) = self.wrap {
            return Err(ErrorKind::InvalidLength { found }.at("line", 0));
        }
        if let Content::Url(url) = self.value {
            if let Some(&found) = url.iter().find(|byte| !byte.is_ascii_graphic()) {
                return Err(ErrorKind::UnexpectedByte { found }.at("URL", 0));
            }
        }
        Ok(())
    }
}

impl Emit for Build<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        let mut line = Folding { sink, wrap: self.wrap.unwrap_or(usize::MAX), column: 0 };
        line.put(self.description);
        match self.value {
            Content::Bytes([]) => line.put(b":"),
            Content::Bytes(bytes) if is_safe(bytes) => {
                line.put(b": ");
                line.put(bytes);
            }
            Content::Bytes(bytes) | Content::Base64(bytes) => {
                line.put(b":: ");
                base64::encode(bytes, &mut line);
            }
            Content::Url(url) => {
                line.put(b":< ");
                line.put(url);
            }
        }
        sink.put(b"\n");
    }
}

impl fmt::Debug for Build<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Build")
            .field("description_len", &self.description.len())
            .field("value", &self.value)
            .field("wrap", &self.wrap)
            .finish()
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (form, bytes) = match self {
            Self::Bytes(bytes) => ("Bytes", bytes),
            Self::Base64(bytes) => ("Base64", bytes),
            Self::Url(url) => ("Url", url),
        };
        write!(f, "{form}({} bytes)", bytes.len())
    }
}

/// Folds what goes through.
struct Folding<'s, S> {
    sink: &'s mut S,
    wrap: usize,
    column: usize,
}

impl<S: Sink> Sink for Folding<'_, S> {
    fn put(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.column == self.wrap {
                self.sink.put(b"\n ");
                self.column = 1;
            }
            let room = self.wrap.saturating_sub(self.column);
            let (part, after) = rest.split_at_checked(room).unwrap_or((rest, &[]));
            self.sink.put(part);
            self.column = self.column.saturating_add(part.len());
            rest = after;
        }
    }
}

/// Whether a value can be written as it is. That a control byte or a space at the end survives all
/// readers is more than the RFC says, so OpenLDAP does not rely on it.
fn is_safe(bytes: &[u8]) -> bool {
    let ends = [bytes.first(), bytes.last()];
    ends.into_iter().flatten().all(u8::is_ascii_graphic)
        && !matches!(bytes.first(), Some(b':' | b'<'))
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

const DESCRIPTION: &str = "attribute description";
