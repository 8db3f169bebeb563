//! Records written as text.

use super::Record;
use core::fmt::{self, Write};

/// A [`Record`] displayed with the acronyms of RFC 7218.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mnemonics<'a>(Record<'a>);

/// A [`Record`] displayed as one of unknown type (RFC 3597 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Generic<'a>(Record<'a>);

/// Bytes displayed in lower-case hexadecimal, as the data of a record is.
///
/// ```
/// assert_eq!(tlsa_match::Hex(&[0xd7, 0x04]).to_string(), "d704");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hex<'a>(pub &'a [u8]);

impl<'a> Mnemonics<'a> {
    pub(super) const fn new(record: Record<'a>) -> Self {
        Self(record)
    }
}

impl<'a> Generic<'a> {
    pub(super) const fn new(record: Record<'a>) -> Self {
        Self(record)
    }
}

/// In the generic form if there is no data, which the other has no way to write.
impl fmt::Display for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.data.is_empty() {
            return self.generic().fmt(f);
        }
        let [usage, selector, matching_type] = self.head();
        write!(f, "{usage} {selector} {matching_type} {}", Hex(self.data))
    }
}

/// A number that has no acronym remains one. In the generic form if there is no data.
impl fmt::Display for Mnemonics<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Record { usage, selector, matching_type, data } = self.0;
        if data.is_empty() {
            return self.0.generic().fmt(f);
        }
        write!(f, "{usage} {selector} {matching_type} {}", Hex(data))
    }
}

impl fmt::Display for Generic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(record) = self;
        write!(f, "\\# {} {}{}", record.encoded_len(), Hex(&record.head()), Hex(record.data))
    }
}

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            for nibble in [byte >> 4, byte & 0x0f] {
                f.write_char(char::from_digit(nibble.into(), 16).unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hex").field("len", &self.0.len()).finish()
    }
}
