use crate::{
    Rules, Text,
    base64::{Decoder, Mode},
    line::skip_folds,
    sink::{Counter, Sink, Utf8, Window},
};
#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, vec::Vec};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// A value as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 2849 has three forms and no way to add one")]
pub enum Value<'a> {
    /// Behind `:`, as it is.
    Plain(Text<'a>),
    /// Behind `::`, in base64.
    Base64(Base64<'a>),
    /// Behind `:<`, a URL of the value. Nothing opens it.
    Url(Text<'a>),
}

/// How a value is written.
// As wide as the fields beside it: narrower ones are slow to copy.
#[derive(Clone, Copy)]
#[repr(usize)]
pub(crate) enum Form {
    Plain,
    Base64(Mode),
    Url,
}

/// Tells the form of a value and where it starts, from what is behind the first colon.
pub(crate) fn start(line: &[u8], behind: usize, rules: Rules) -> (Form, usize) {
    let at = skip_folds(line, behind);
    let (form, mut at) = match line.get(at) {
        Some(b':') => (Form::Base64(Mode::of(rules)), skip_folds(line, at.saturating_add(1))),
        Some(b'<') => (Form::Url, skip_folds(line, at.saturating_add(1))),
        _ => (Form::Plain, at),
    };
    // FILL is spaces only. A TAB is a part of the value (ITS#10388).
    while line.get(at) == Some(&b' ') {
        at = skip_folds(line, at.saturating_add(1));
    }
    (form, at)
}

impl<'a> Value<'a> {
    #[inline]
    pub(crate) const fn new(form: Form, text: Text<'a>) -> Self {
        match form {
            Form::Plain => Self::Plain(text),
            Form::Base64(mode) => Self::Base64(Base64 { text, mode }),
            Form::Url => Self::Url(text),
        }
    }

    /// Returns the value as it is written, after the colons and the spaces behind them.
    #[must_use]
    #[inline]
    pub const fn as_text(&self) -> Text<'a> {
        match self {
            Self::Plain(text) | Self::Url(text) | Self::Base64(Base64 { text, .. }) => *text,
        }
    }

    /// Returns how many bytes of buffer are enough to [decode](Self::decode) it.
    #[must_use]
    pub fn max_len(&self) -> usize {
        match self {
            Self::Plain(text) | Self::Url(text) => text.len(),
            Self::Base64(base64) => base64.max_len(),
        }
    }

    /// Returns the value: borrowed from the input if it stands there as it is, else unfolded or
    /// decoded into `out`.
    ///
    /// Text is bytes until it is whole: some writers fold in the middle of a character.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) if `out` is needed and too small.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte), [`InvalidLength`](ErrorKind::InvalidLength)
    ///   and [`InvalidValue`](ErrorKind::InvalidValue) for base64, see [`Base64::decode`].
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) of `<` for a URL: what it leads to is not
    ///   here.
    #[inline]
    pub fn decode<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8]>
    where
        'a: 'b,
    {
        match self {
            Self::Plain(text) => text.unfold(out),
            // A copy, so that a value of another form need not be in memory.
            Self::Base64(base64) => { *base64 }.decode(out),
            Self::Url(text) => Err(url(*text)),
        }
    }

    /// Returns the value: borrowed from the input if it stands there as it is, else owned.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), but for the buffer.
    #[cfg(feature = "alloc")]
    pub fn to_cow(&self) -> Result<Cow<'a, [u8]>> {
        match self {
            Self::Plain(text) => Ok(text.to_cow()),
            Self::Base64(base64) => base64.to_vec().map(Cow::Owned),
            Self::Url(text) => Err(url(*text)),
        }
    }

    /// Holds it against RFC 2849, but for the base64. Of a URL that is its scheme (RFC 1738 §5).
    pub(crate) fn check_text(&self) -> Result<()> {
        let (Self::Plain(text) | Self::Url(text)) = self else { return Ok(()) };
        let is_safe = |byte: u8| byte.is_ascii() && !matches!(byte, 0 | b'\r');
        // SAFE-INIT-CHAR: the forms that these would make are told by the colons alone.
        let is_safe_first = |byte: u8| is_safe(byte) && !matches!(byte, b':' | b'<');
        let place = (0..text.len())
            .zip(text.bytes())
            .find(|&(index, byte)| if index == 0 { !is_safe_first(byte) } else { !is_safe(byte) });
        if let Some((index, found)) = place {
            return Err(ErrorKind::UnexpectedByte { found }.at("value", text.offset_at(index)));
        }
        let Self::Url(url) = self else { return Ok(()) };
        let is_scheme =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        match (0..url.len()).zip(url.bytes()).find(|&(_, byte)| !is_scheme(byte)) {
            None => Err(ErrorKind::Missing.at("URL", url.offset_at(url.len()))),
            Some((_, b':')) => Ok(()),
            Some((index, found)) => {
                Err(ErrorKind::UnexpectedByte { found }.at("URL", url.offset_at(index)))
            }
        }
    }

    /// Holds it against RFC 2849, all of it.
    pub(crate) fn check(&self) -> Result<()> {
        match self {
            Self::Plain(_) | Self::Url(_) => self.check_text(),
            Self::Base64(base64) => base64.decode_into(&mut Counter::default()),
        }
    }

    /// Holds a dn, or a part of one, against RFC 2849: no URL, and UTF-8 where it is in base64.
    pub(crate) fn check_dn(&self, context: &'static str) -> Result<()> {
        let (found, offset) = match self {
            Self::Plain(_) => return self.check_text(),
            Self::Url(text) => (b'<', text.offset()),
            Self::Base64(base64) => {
                let mut utf8 = Utf8::default();
                base64.decode_into(&mut utf8)?;
                let Some((index, found)) = utf8.unfinished() else { return Ok(()) };
                // 8 bits against 6.
                (found, base64.text.offset_at(index.saturating_add(index.wrapping_div(3))))
            }
        };
        Err(ErrorKind::UnexpectedByte { found }.at(context, offset))
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (form, text) = match self {
            Self::Plain(text) => ("Plain", text),
            Self::Base64(Base64 { text, .. }) => ("Base64", text),
            Self::Url(text) => ("Url", text),
        };
        write!(f, "{form}({} bytes)", text.len())
    }
}

/// A value in base64, not yet decoded (RFC 4648 §4).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Base64<'a> {
    text: Text<'a>,
    mode: Mode,
}

impl<'a> Base64<'a> {
    /// Returns the base64.
    #[must_use]
    pub const fn as_text(&self) -> Text<'a> {
        self.text
    }

    /// Returns how many bytes of buffer are enough to decode it.
    #[must_use]
    pub fn max_len(&self) -> usize {
        self.text.len().div_ceil(4).saturating_mul(3)
    }

    /// Decodes it into `out`, and returns the part that was written.
    ///
    /// Read by [strict](crate::Rules::is_strict) rules it must be made of the alphabet alone; by
    /// others CR, spaces and TABs are skipped. Either way the padding must be there and be right, and
    /// nothing may follow it.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall), which says the length that is needed.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) if a byte is not of the alphabet, is padding
    ///   where there can be none, or follows the padding.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) with how many characters there are, if they are
    ///   not a multiple of 4.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) with the bits in front of the padding that are
    ///   not 0.
    pub fn decode<'b>(&self, out: &'b mut [u8]) -> Result<&'b [u8]> {
        let available = out.len();
        let mut window = Window::new(out);
        self.decode_into(&mut window)?;
        window
            .finish()
            .map_err(|needed| ErrorKind::BufferTooSmall { needed, available }.at("base64 value", 0))
    }

    #[cfg(feature = "alloc")]
    fn to_vec(self) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.max_len());
        self.decode_into(&mut bytes)?;
        Ok(bytes)
    }

    #[inline]
    fn decode_into(&self, sink: &mut impl Sink) -> Result<()> {
        let mut decoder = Decoder::new(self.mode);
        let failure = match self.text.as_slice() {
            Some(text) => decoder.feed(text, sink),
            None => self.text.segments().try_for_each(|segment| decoder.feed(segment, sink)),
        };
        failure
            .and_then(|()| decoder.finish())
            .map_err(|failure| failure.kind.at("base64 value", self.text.offset_at(failure.index)))
    }
}

impl fmt::Debug for Base64<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.text.len())
    }
}

#[cold]
fn url(text: Text<'_>) -> wire_error::Error {
    ErrorKind::UnexpectedByte { found: b'<' }.at("value", text.offset())
}
