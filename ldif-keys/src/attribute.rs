use crate::{
    Description, Rules, Text, Value,
    line::{Line, Lines, skip_folds},
    value::{self, Form},
};
use core::{fmt, iter::FusedIterator};
use wire_error::{Error, ErrorKind, Result};

/// An attribute with one value: a line such as `sshPublicKey: ssh-ed25519 …`.
///
/// An attribute of several values has a line for each.
#[derive(Clone, Copy)]
pub struct Attribute<'a> {
    line: Line<'a>,
    shape: Shape,
}

/// Where the description of a line ends, and where the value starts and in which form.
#[derive(Clone, Copy)]
struct Shape {
    description_end: usize,
    value_start: usize,
    form: Form,
}

impl<'a> Attribute<'a> {
    /// Reads `description: value`.
    // Not inlined, its result is copied about for longer than it takes to read.
    #[inline(always)]
    pub(crate) fn read(line: Line<'a>, rules: Rules) -> Result<Self> {
        let shape = match Shape::plain(line, rules) {
            Some(shape) => shape,
            None => Self::read_any(line, rules)?,
        };
        Ok(Self { line, shape })
    }

    // Returns the shape alone, so that of nearly all lines nothing has to be in memory.
    #[inline(never)]
    fn read_any(line: Line<'a>, rules: Rules) -> Result<Shape> {
        let bytes = line.bytes;
        if bytes.len() > rules.max_line {
            let kind = ErrorKind::LimitExceeded { limit: rules.max_line };
            return Err(kind.at("line", line.offset));
        }
        let (description_end, colon) = description(line, rules)?;
        let (form, value_start) = value::start(bytes, colon.saturating_add(1), rules);
        let shape = Shape { description_end, value_start, form };
        let attribute = Self { line, shape };
        let text = attribute.text();
        if text.as_raw().len() > rules.max_value && text.len() > rules.max_value {
            let kind = ErrorKind::LimitExceeded { limit: rules.max_value };
            return Err(kind.at("value", text.offset()));
        }
        if rules.is_strict {
            attribute.description().check()?;
            attribute.value().check_text()?;
        }
        Ok(shape)
    }

    /// Returns the attribute's name with its options.
    #[must_use]
    #[inline]
    pub fn description(&self) -> Description<'a> {
        let raw = self.line.bytes.get(..self.shape.description_end).unwrap_or_default();
        Description(Text::new(raw, self.line.folds, self.line.offset))
    }

    /// Returns the value, not yet decoded.
    #[must_use]
    #[inline]
    pub fn value(&self) -> Value<'a> {
        Value::new(self.shape.form, self.text())
    }

    /// Returns the line of the input that the attribute starts on, counted from 1.
    #[must_use]
    #[inline]
    pub const fn line(&self) -> usize {
        self.line.number
    }

    /// Returns where the attribute starts in the input.
    #[must_use]
    #[inline]
    pub const fn offset(&self) -> usize {
        self.line.offset
    }

    /// Returns whether this is the description, without options.
    pub(crate) fn is_exactly(&self, description: &[u8]) -> bool {
        self.description().as_text().eq_ignore_ascii_case(description)
    }

    /// Whether whose values would follow is not known.
    #[inline]
    fn is_late(&self) -> bool {
        match self.shape.description_end {
            _ if self.line.folds > 0 => self.is_exactly(b"dn") || self.is_exactly(b"changetype"),
            2 => self.is_exactly(b"dn"),
            10 => self.is_exactly(b"changetype"),
            _ => false,
        }
    }

    #[cold]
    fn late(self) -> Error {
        let context = if self.is_exactly(b"dn") { "late dn" } else { "late changetype" };
        let found = self.line.bytes.first().copied().unwrap_or_default();
        ErrorKind::UnexpectedByte { found }.at(context, self.offset())
    }

    #[inline]
    fn text(&self) -> Text<'a> {
        let raw = self.line.bytes.get(self.shape.value_start..).unwrap_or_default();
        let offset = self.line.offset.saturating_add(self.shape.value_start);
        Text::new(raw, self.line.folds, offset)
    }
}

impl Shape {
    /// Tells that of nearly all lines: a name, a colon, a space, and a value as it is.
    #[inline(always)]
    fn plain(line: Line<'_>, rules: Rules) -> Option<Self> {
        let len = line.bytes.len();
        let name = graphic(line.bytes);
        match (line.bytes.get(name..), line.bytes.first()) {
            (Some([b':', b' ', b'!'..=0xff, ..]), Some(b'!'..=b':' | b'<'..=0xff))
                if name > 0 && len <= rules.max_line && len <= rules.max_value =>
            {
                let value_start = name.saturating_add(2);
                let shape = Self { description_end: name, value_start, form: Form::Plain };
                (!rules.is_strict).then_some(shape)
            }
            _ => None,
        }
    }
}

/// Equal if description and value are, in the same form, wherever they are folded.
impl PartialEq for Attribute<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.description() == other.description() && self.value() == other.value()
    }
}

impl Eq for Attribute<'_> {}

impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("line", &self.line())
            .field("description", &self.description())
            .field("value", &self.value())
            .finish()
    }
}

/// The attributes of a record, in their order.
///
/// A line that cannot be read is an error, and the lines behind it are read all the same. But a `dn`
/// or a `changetype` behind attributes ends the iteration with an error, because whose values would
/// follow is not known: [`check`](Self::check) tells beforehand.
///
/// Ends for good after the last one.
#[derive(Clone)]
pub struct Attributes<'a> {
    pub(crate) lines: Lines<'a>,
}

impl Attributes<'_> {
    /// Says whether those that are left go on to the end of the record. If they do not, those in front
    /// of the end may be of another entry, or of a change that takes them away.
    ///
    /// ```
    /// use ldif_keys::{Body, Records, Rules};
    ///
    /// let ldif = b"dn: uid=user1\nsshPublicKey: x\nchangetype: modify\ndelete: sshPublicKey\n";
    /// let record = Records::new(ldif, Rules::LENIENT).next().unwrap()?;
    /// let Body::Content(attributes) = record.body() else { panic!() };
    /// let error = attributes.check().unwrap_err();
    /// assert_eq!(error.to_string(), "late changetype at byte 30: unexpected byte 'c'");
    /// # Ok::<(), ldif_keys::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnexpectedByte`](ErrorKind::UnexpectedByte), at a `dn` or a `changetype`. A line that cannot
    /// be read is none.
    pub fn check(&self) -> Result<()> {
        let mut lines = self.lines;
        while let Some(line) = lines.next() {
            match Attribute::read(line, lines.rules) {
                Ok(attribute) if attribute.is_late() => return Err(attribute.late()),
                _ => {}
            }
        }
        Ok(())
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<Attribute<'a>>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        let attribute = Attribute::read(line, self.lines.rules);
        match attribute {
            Ok(late) if late.is_late() => {
                self.lines.clear();
                Some(Err(late.late()))
            }
            _ => Some(attribute),
        }
    }
}

impl FusedIterator for Attributes<'_> {}

impl fmt::Debug for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Finds the end of a description, and the colon behind it.
fn description(line: Line<'_>, rules: Rules) -> Result<(usize, usize)> {
    let bytes = line.bytes;
    let (mut end, mut is_over) = (0, false);
    let mut at = skip_folds(bytes, 0);
    loop {
        let place = line.offset.saturating_add(at);
        let Some(&found) = bytes.get(at) else {
            return Err(ErrorKind::Missing.at("colon", place));
        };
        let next = at.saturating_add(1);
        match found {
            b':' if end > 0 => return Ok((end, at)),
            // Behind the description, libldap takes it for a part of it (ITS#10390).
            b' ' if end > 0 && !rules.is_strict => is_over = true,
            // Without a name, options are those of nothing.
            b':' | b' ' | b';' if end == 0 => return Err(unexpected(found, place)),
            b'!'..=b'~' if !is_over => end = next,
            _ => return Err(unexpected(found, place)),
        }
        at = skip_folds(bytes, next);
    }
}

fn unexpected(found: u8, offset: usize) -> Error {
    ErrorKind::UnexpectedByte { found }.at("attribute description", offset)
}

/// Returns how many bytes at the start of `line` are printable and neither a space nor a colon.
#[inline]
fn graphic(line: &[u8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let mut len = 0_usize;
    let mut rest = line;
    // Eight bytes at a time. What carries over, or is taken for a colon behind one, comes behind a
    // byte that is found.
    while let Some((word, after)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let difference = word ^ EACH.wrapping_mul(b':'.into());
        let colon = difference.wrapping_sub(EACH) & !difference;
        let is_over_space = word.wrapping_add(EACH.wrapping_mul((0x7f - b' ').into()));
        let is_del = word.wrapping_add(EACH);
        let found = (colon | word | !is_over_space | is_del) & HIGH;
        if found != 0 {
            let bits = usize::try_from(found.trailing_zeros()).unwrap_or_default();
            return len.saturating_add(bits.wrapping_shr(3));
        }
        len = len.saturating_add(8);
        rest = after;
    }
    let is_over = |byte: &u8| !byte.is_ascii_graphic() || *byte == b':';
    len.saturating_add(rest.iter().position(is_over).unwrap_or(rest.len()))
}
