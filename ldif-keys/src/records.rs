use crate::{
    Attribute, Record, Rules, Value,
    line::{self, Line, Lines},
};
use core::{fmt, iter::FusedIterator};
use wire_error::{ErrorKind, Result};

/// The records of LDIF, one after the other.
///
/// Comments, blank lines and `version: 1` are passed over. An error is about a record that is
/// dropped or, if the rules are not [strict](Rules::is_strict), about a line that is dropped in front
/// of one. Either way the iteration goes on, at the next blank line or at the next line, and ends
/// for good at the end of the input.
///
/// ```
/// use ldif_keys::{Records, Rules};
///
/// let ldif = b"version: 1\n\n continues nothing\ndn: dc=example,dc=com\ndc: example\n";
/// let mut records = Records::new(ldif, Rules::LENIENT);
/// let error = records.next().unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "continuation at byte 12: unexpected byte ' '");
/// assert_eq!(error.line(ldif), 3);
/// assert_eq!(records.next().unwrap()?.line(), 4);
/// assert!(records.next().is_none());
/// # Ok::<(), ldif_keys::Error>(())
/// ```
#[derive(Clone)]
pub struct Records<'a> {
    /// What is behind the record in work.
    rest: &'a [u8],
    /// What is left of the record in work: lines, none of them blank.
    lines: Lines<'a>,
    /// Where `rest` starts, and on which line.
    offset: usize,
    number: usize,
    /// Whether a version may still come, by the RFC.
    is_first: bool,
    /// Whether the records are changes, by the RFC all of them or none.
    are_changes: Option<bool>,
}

impl<'a> Records<'a> {
    /// Reads the records in `input` by `rules`.
    #[must_use]
    pub const fn new(input: &'a [u8], rules: Rules) -> Self {
        let lines = Lines { rest: &[], offset: 0, number: 1, rules };
        Self { rest: input, lines, offset: 0, number: 1, is_first: true, are_changes: None }
    }

    /// Returns how many bytes at the start of `chunk` are complete records: up to the last blank
    /// line, and with it.
    ///
    /// For LDIF that arrives in parts: what is behind may go on in the next part, and belongs in
    /// front of it. A reader starts to count lines and bytes anew with each part, and so do
    /// [strict](Rules::is_strict) rules with what they say of a whole file: that it has one version,
    /// in front, and either changes or none.
    ///
    /// ```
    /// use ldif_keys::Records;
    ///
    /// let chunk = b"dn: uid=user1,dc=example,dc=com\nuid: user1\n\ndn: uid=us";
    /// assert_eq!(Records::complete_len(chunk), 44);
    /// ```
    #[must_use]
    pub fn complete_len(chunk: &[u8]) -> usize {
        let mut end = chunk.len();
        while let Some(feed) = memchr::memrchr(b'\n', chunk.get(..end).unwrap_or_default()) {
            let line = chunk.get(..feed).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.last().is_none_or(|&byte| byte == b'\n') {
                return feed.saturating_add(1);
            }
            end = feed;
        }
        0
    }

    /// Goes to the next record, and returns its lines.
    fn advance(&mut self) -> Option<Lines<'a>> {
        loop {
            // In front of any record: files are put together, and parts start with any of them.
            if self.rest.starts_with(BYTE_ORDER_MARK) && !self.lines.rules.is_strict {
                self.skip(BYTE_ORDER_MARK.len(), 0);
            } else if let Some(len) = line::blank(self.rest) {
                self.skip(len, 1);
            } else {
                break;
            }
        }
        let (len, count) = line::record(self.rest);
        let record = self.rest.get(..len).unwrap_or(self.rest);
        let (offset, number) = (self.offset, self.number);
        self.skip(len, count);
        let lines = Lines { rest: record, offset, number, rules: self.lines.rules };
        (!record.is_empty()).then_some(lines)
    }

    fn skip(&mut self, len: usize, lines: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
        self.offset = self.offset.saturating_add(len);
        self.number = self.number.saturating_add(lines);
    }

    /// Reads what is left of the record in work, or the start of it if that is wrong.
    fn read(&mut self) -> Result<Option<Record<'a>>> {
        loop {
            self.check_start()?;
            let before = self.lines;
            let Some(line) = self.lines.next() else { return Ok(None) };
            let is_first = core::mem::take(&mut self.is_first);
            let Some(read) = version(line, self.lines.rules) else {
                self.lines.clear();
                let record = Record::read(before)?;
                if before.rules.is_strict {
                    self.check_kind(&record)?;
                }
                return Ok(Some(record));
            };
            read?;
            if self.lines.rules.is_strict && !is_first {
                let found = line.bytes.first().copied().unwrap_or_default();
                return Err(ErrorKind::UnexpectedByte { found }.at("version", line.offset));
            }
        }
    }

    /// Reads on in the record in work, and in those behind it up to one that is one.
    #[inline(never)]
    fn next_any(&mut self) -> Option<Result<Record<'a>>> {
        loop {
            if self.lines.rest.is_empty() {
                self.lines = self.advance()?;
            }
            match self.read() {
                Ok(None) => {}
                Ok(Some(record)) => return Some(Ok(record)),
                Err(error) => {
                    if self.lines.rules.is_strict {
                        self.lines.clear();
                    }
                    return Some(Err(error));
                }
            }
        }
    }

    /// Holds a record against those before it (RFC 2849, `ldif-file`).
    fn check_kind(&mut self, record: &Record<'_>) -> Result<()> {
        let is_change = record.change_type().is_some();
        if *self.are_changes.get_or_insert(is_change) == is_change {
            return Ok(());
        }
        let context =
            if is_change { "change record in content" } else { "content record in changes" };
        let found = record.as_bytes().first().copied().unwrap_or_default();
        Err(ErrorKind::UnexpectedByte { found }.at(context, record.offset()))
    }

    /// Drops what no record starts with: a continuation of nothing.
    fn check_start(&mut self) -> Result<()> {
        let lines = &mut self.lines;
        if !lines.continues_at(0) {
            return Ok(());
        }
        let offset = lines.offset;
        let found = lines.rest.first().copied().unwrap_or_default();
        lines.take();
        Err(ErrorKind::UnexpectedByte { found }.at("continuation", offset))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.lines.rest.is_empty() {
            let lines = self.advance()?;
            // Few start with a comment, a version or a continuation.
            let is_special = matches!(lines.rest, [b'#' | b'v' | b'V' | b' ' | b'\t', ..]);
            if !is_special && !lines.rules.is_strict {
                return Some(Record::read(lines));
            }
            self.lines = lines;
        }
        self.next_any()
    }
}

impl FusedIterator for Records<'_> {}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Reads a line as `version: 1`, if it is about the version.
fn version(line: Line<'_>, rules: Rules) -> Option<Result<()>> {
    // Few lines begin with the letter.
    if !matches!(line.bytes, [b'v' | b'V', ..]) {
        return None;
    }
    let attribute = Attribute::read(line, rules).ok()?;
    attribute.is_exactly(b"version").then(|| {
        let text = attribute.value().as_text();
        let offset = text.offset();
        if !matches!(attribute.value(), Value::Plain(_)) {
            return Err(ErrorKind::Missing.at("version", offset));
        }
        let mut version = 0_u64;
        for (index, found) in (0..text.len()).zip(text.bytes()) {
            if !found.is_ascii_digit() {
                let kind = ErrorKind::UnexpectedByte { found };
                return Err(kind.at("version", text.offset_at(index)));
            }
            version = version.saturating_mul(10).saturating_add((found & 0x0f).into());
        }
        match version {
            1 => Ok(()),
            _ if text.is_empty() => Err(ErrorKind::Missing.at("version", offset)),
            found => Err(ErrorKind::UnsupportedVersion { found }.at("version", offset)),
        }
    })
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
