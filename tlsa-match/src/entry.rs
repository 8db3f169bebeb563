use crate::{
    Record, Type,
    grammar::{self, Space},
};
use core::{fmt, iter::FusedIterator};
use wire_error::Result;

/// A TLSA or SMIMEA record as it stands in a zone file, in what `dig` prints, or alone.
///
/// ```
/// use tlsa_match::{Entry, Lines, Type};
///
/// let zone = b"
/// www                  IN A 192.0.2.1
/// _25._tcp.mail   3600 IN TLSA 3 1 1 (
///     d746e9055933bb6ca8438da3ebc0ef01  ; the key of the first host
///     d43b6b8369ff2eb6c6fb9ad67ba6beca )
/// ";
/// let mut buf = [0; 64];
/// let mut records = 0;
/// for line in Lines::new(zone) {
///     let Some(entry) = Entry::parse(line) else { continue };
///     assert_eq!(entry.owner, Some(&b"_25._tcp.mail"[..]));
///     assert_eq!((entry.ttl, entry.ty), (Some(3600), Some(Type::TLSA)));
///     assert_eq!(entry.record(&mut buf)?.data.len(), 32);
///     records += 1;
/// }
/// assert_eq!(records, 1);
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// The owner, as it was written; `None` if that is left to the line before.
    pub owner: Option<&'a [u8]>,
    /// The time to live in seconds.
    pub ttl: Option<u32>,
    /// The type, `None` if the line has RDATA and nothing else.
    pub ty: Option<Type>,
    line: &'a [u8],
    rdata: &'a [u8],
    space: Space,
}

impl<'a> Entry<'a> {
    /// Reads `owner TTL IN TLSA …`, of which all before the type may be absent, or RDATA alone, as
    /// `dig +short` prints it. `None` if the line is about something else: another type or class, or a
    /// directive.
    ///
    /// A number that begins a line is taken for an owner if a type follows, and for a usage if none
    /// does.
    #[must_use]
    pub fn parse(line: &'a [u8]) -> Option<Self> {
        if let Some(head) = grammar::head(line) {
            let grammar::Head { owner, ttl, ty, rdata, space } = head;
            return Some(Self { owner, ttl, ty: Some(ty), line, rdata, space });
        }
        let space = Space { is_open: false };
        grammar::is_rdata(line).then_some(Self {
            owner: None,
            ttl: None,
            ty: None,
            line,
            rdata: line,
            space,
        })
    }

    /// Reads the record: see [`Record::parse_text`]. Offsets count from the start of the line.
    ///
    /// # Errors
    ///
    /// Those of [`Record::parse_text`].
    pub fn record<'b>(&self, buf: &'b mut [u8]) -> Result<Record<'b>> {
        let offset = self.line.len().saturating_sub(self.rdata.len());
        grammar::record(self.rdata, self.space.is_open, buf)
            .map_err(|error| error.nested_at(offset))
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("owner", &self.owner.map(<[u8]>::escape_ascii).map(Shown))
            .field("ttl", &self.ttl)
            .field("ty", &self.ty)
            .finish_non_exhaustive()
    }
}

struct Shown<D>(D);

impl<D: fmt::Display> fmt::Debug for Shown<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The lines of a text that have something on them besides comments, each without its line feed.
///
/// A line that opens a parenthesis goes on to where it is closed. What stands in quotation marks is
/// passed over, since other types have them.
#[derive(Clone)]
pub struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    /// Takes a text apart.
    #[must_use]
    pub const fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    /// Returns what is left of the text.
    #[must_use]
    pub const fn remainder(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        while !self.rest.is_empty() {
            let (line, rest) = split_line(self.rest);
            self.rest = rest;
            if !matches!(line.trim_ascii_start(), [] | [b';', ..]) {
                return Some(line);
            }
        }
        None
    }
}

impl FusedIterator for Lines<'_> {}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("len", &self.rest.len()).finish()
    }
}

/// Splits at the line feed that ends the first line, by its parentheses.
fn split_line(text: &[u8]) -> (&[u8], &[u8]) {
    let (mut is_open, mut is_quoted, mut is_comment, mut is_escaped) = (false, false, false, false);
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        match byte {
            b'\n' if !is_open => {
                let len = text.len().saturating_sub(rest.len());
                return (text.get(..len).unwrap_or_default(), after);
            }
            // No quotation goes over the end of a line.
            b'\n' => (is_quoted, is_comment, is_escaped) = (false, false, false),
            _ if is_comment => {}
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b';' => is_comment = true,
            b'(' => is_open = true,
            b')' => is_open = false,
            _ => {}
        }
        rest = after;
    }
    (text, &[])
}
