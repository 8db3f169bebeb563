use crate::{
    Class, Record, Type,
    grammar::{self, Head, Space},
};
use core::{fmt, iter::FusedIterator};
use wire_error::{ErrorKind, Result};

/// A line of a zone file, or of what `dig` and `host` print: a record of any type.
///
/// The RDATA of TLSA and SMIMEA records is read; of others it is known where it ends.
///
/// ```
/// use tlsa_match::{Class, Entry, Lines, Type};
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
///     let entry = Entry::parse(line)?;
///     if entry.ty != Some(Type::TLSA) {
///         continue;
///     }
///     assert_eq!(entry.owner, Some(&b"_25._tcp.mail"[..]));
///     assert_eq!((entry.ttl, entry.class), (Some(3600), Class::IN));
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
    /// The class, [`IN`](Class::IN) where it was not written.
    pub class: Class,
    /// The type, `None` if the line has RDATA and nothing else.
    pub ty: Option<Type>,
    line: &'a [u8],
    rdata: &'a [u8],
    space: Space,
}

impl<'a> Entry<'a> {
    /// Reads a line in one of these forms:
    ///
    /// - `owner TTL class type RDATA`, of which all before the type may be absent if there is white
    ///   space in front. TTL and class come in any order, the class as `CLASS1` and the type as
    ///   `TYPE52`, too.
    /// - RDATA of a TLSA record alone, as `dig +short` prints it, which begins with a number, an acronym
    ///   of RFC 7218 or `\#`; and that of an RRSIG, which it prints beside it.
    /// - `TLSA 3 1 1 …` and `SMIMEA 3 1 1 …`.
    /// - `owner has TLSA record 3 1 1 …`, which may be another type, and `owner is an alias for name`,
    ///   as `host` prints them.
    ///
    /// A number that begins a line is taken for an owner if a type follows, and for a usage if none
    /// does, or if it is CERT, which is the name of a selector. A directive is not read.
    ///
    /// # Errors
    ///
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) where an owner has a byte that is not printable
    ///   ASCII, or begins with `$` or `#`; where a word is no type, or is a second TTL or class; and
    ///   where parentheses or quotation marks are not in order.
    /// - [`Truncated`](ErrorKind::Truncated) if there is no type, or no RDATA, or if a parenthesis or
    ///   quotation is left open.
    pub fn parse(line: &'a [u8]) -> Result<Self> {
        let Head { owner, ttl, class, ty, rdata, space } = grammar::head(line)?;
        Ok(Self { owner, ttl, class, ty, line, rdata, space })
    }

    /// Reads the record: see [`Record::parse_text`]. Offsets count from the start of the line.
    ///
    /// # Errors
    ///
    /// - [`InvalidValue`](ErrorKind::InvalidValue) for another type than [`TLSA`](Type::TLSA) and
    ///   [`SMIMEA`](Type::SMIMEA).
    /// - Those of [`Record::parse_text`].
    pub fn record<'b>(&self, buf: &'b mut [u8]) -> Result<Record<'b>> {
        let offset = self.line.len().saturating_sub(self.rdata.len());
        match self.ty {
            None | Some(Type::TLSA | Type::SMIMEA) => {
                grammar::record(self.rdata, self.space.is_open, buf)
                    .map_err(|error| error.nested_at(offset))
            }
            Some(Type(ty)) => {
                Err(ErrorKind::InvalidValue { found: ty.into() }.at("type of RDATA", offset))
            }
        }
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("owner", &self.owner.map(<[u8]>::escape_ascii).map(Shown))
            .field("ttl", &self.ttl)
            .field("class", &self.class)
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
/// A line that opens a parenthesis goes on to where one is closed, or to the end of the text: whether
/// its parentheses are in order is for [`Entry::parse`] to say. What stands in quotation marks is
/// passed over, since other types have them.
#[derive(Clone)]
pub struct Lines<'a> {
    text: &'a [u8],
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Lines<'a> {
    /// Takes a text apart.
    #[must_use]
    pub const fn new(text: &'a [u8]) -> Self {
        Self { text, rest: text, offset: 0 }
    }

    /// Returns where the line that came last begins, counted from the start of the text. An error in it
    /// that is [moved](crate::Error::nested_at) by so much tells on which
    /// [line](crate::Error::line) of the text it is.
    ///
    /// ```
    /// use tlsa_match::{Entry, Lines};
    ///
    /// let text = b"; records\n_25._tcp.mail TLSA 3 1 1 d7\n_25._tcp.mail TSLA 3 1 1 d7\n";
    /// let mut lines = Lines::new(text);
    /// let error = lines.find_map(|line| Entry::parse(line).err());
    /// let error = error.map(|error| error.nested_at(lines.offset()).line(text));
    /// assert_eq!(error, Some(3));
    /// ```
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
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
            let start = self.rest;
            let (end, _) = grammar::end_of_entry(start, Space { is_open: false });
            self.rest = end.split_first().map_or(end, |(_, rest)| rest);
            let line = start.get(..start.len().saturating_sub(end.len())).unwrap_or_default();
            let mut bytes = line.iter().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
            if bytes.next().is_some_and(|first| *first != b';') {
                self.offset = self.text.len().saturating_sub(start.len());
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
