use crate::sink::{Emit, Sink};
use core::fmt;
use wire_error::Result;

/// A value as it stands in a search filter (RFC 4515 §3): displayed, it is ASCII that matches these
/// bytes and nothing else.
///
/// Besides what the RFC demands, control bytes and bytes above 127 are escaped. A server takes both
/// for the same.
///
/// ```
/// use ldif_keys::FilterValue;
///
/// let user = b"*)(uid=*";
/// let filter = format!("(&(objectClass=posixAccount)(uid={}))", FilterValue(user));
/// assert_eq!(filter, r"(&(objectClass=posixAccount)(uid=\2a\29\28uid=\2a))");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FilterValue<'a>(pub &'a [u8]);

impl FilterValue<'_> {
    /// Returns the length of the escaped value.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        Emit::len(self)
    }

    /// Writes the escaped value to `out`, and returns its length.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), which says the length that is needed.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        Emit::encode(self, "filter value", out)
    }
}

impl Emit for FilterValue<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        for &byte in self.0 {
            match byte {
                b'*' | b'(' | b')' | b'\\' => hex(byte, sink),
                b' '..=b'~' => sink.put(&[byte]),
                _ => hex(byte, sink),
            }
        }
    }
}

impl fmt::Display for FilterValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Emit::show(self, f)
    }
}

impl fmt::Debug for FilterValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilterValue({} bytes)", self.0.len())
    }
}

/// A value as it stands in a dn (RFC 4514 §2.4): displayed, it is ASCII that stands for these bytes
/// and nothing else.
///
/// Besides what the RFC demands, `=`, control bytes and bytes above 127 are escaped.
///
/// ```
/// use ldif_keys::DnValue;
///
/// let dn = format!("cn={},dc=example,dc=com", DnValue(b"#1, or so "));
/// assert_eq!(dn, r"cn=\#1\, or so\ ,dc=example,dc=com");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DnValue<'a>(pub &'a [u8]);

impl DnValue<'_> {
    /// Returns the length of the escaped value.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        Emit::len(self)
    }

    /// Writes the escaped value to `out`, and returns its length.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), which says the length that is needed.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        Emit::encode(self, "dn value", out)
    }
}

impl Emit for DnValue<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        let last = self.0.len().saturating_sub(1);
        for (index, &byte) in (0..=last).zip(self.0) {
            match byte {
                b'"' | b'+' | b',' | b';' | b'<' | b'=' | b'>' | b'\\' => sink.put(&[b'\\', byte]),
                b'#' if index == 0 => sink.put(b"\\#"),
                b' ' if index == 0 || index == last => sink.put(b"\\ "),
                b' '..=b'~' => sink.put(&[byte]),
                _ => hex(byte, sink),
            }
        }
    }
}

impl fmt::Display for DnValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Emit::show(self, f)
    }
}

impl fmt::Debug for DnValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DnValue({} bytes)", self.0.len())
    }
}

fn hex(byte: u8, sink: &mut impl Sink) {
    let digit =
        |nibble: u8| if nibble < 10 { b'0' | nibble } else { nibble.wrapping_add(b'a' - 10) };
    sink.put(&[b'\\', digit(byte >> 4), digit(byte & 0x0f)]);
}
