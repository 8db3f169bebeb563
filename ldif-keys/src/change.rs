use crate::{
    Attribute, Description, Text, Value,
    line::{Line, Lines},
};
use core::{fmt, iter::FusedIterator};
use wire_error::{Error, ErrorKind, Result};

/// One step of a `changetype: modify`.
///
/// Of a [`Delete`](Operation::Delete) the values are those that are to go away.
#[derive(Clone, Copy)]
pub struct Modification<'a> {
    operation: Operation,
    attribute: Attribute<'a>,
    description: Description<'a>,
    values: Lines<'a>,
}

/// What a [`Modification`] does with the attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Adds values.
    Add,
    /// Removes values, or all if none is given.
    Delete,
    /// Puts values in place of all that there are.
    Replace,
    /// Adds a number to the value (RFC 4525).
    Increment,
}

impl<'a> Modification<'a> {
    /// Returns what is done.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// Returns the attribute it is done to.
    #[must_use]
    pub const fn description(&self) -> Description<'a> {
        self.description
    }

    /// Returns the values, as attributes that all have this description.
    #[must_use]
    pub const fn values(&self) -> Values<'a> {
        Values { lines: self.values, description: self.description }
    }

    /// Returns the line of the input that the modification starts on, counted from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.attribute.line()
    }

    /// Returns where the modification starts in the input.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.attribute.offset()
    }

    fn read(line: Line<'a>, values: Lines<'a>) -> Result<Self> {
        let attribute = Attribute::read(line, values.rules)?;
        let is = |name: &[u8]| attribute.is_exactly(name);
        let operation = if is(b"add") {
            Operation::Add
        } else if is(b"delete") {
            Operation::Delete
        } else if is(b"replace") {
            Operation::Replace
        } else if is(b"increment") {
            Operation::Increment
        } else {
            return Err(unexpected(line, "modification"));
        };
        let Value::Plain(text) = attribute.value() else {
            return Err(unexpected(line, "modification"));
        };
        let description = Description(text);
        if values.rules.is_strict {
            description.check()?;
        }
        Ok(Self { operation, attribute, description, values })
    }
}

impl fmt::Debug for Modification<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modification")
            .field("line", &self.line())
            .field("operation", &self.operation)
            .field("description", &self.description)
            .field("values", &self.values())
            .finish()
    }
}

/// The modifications of a `changetype: modify`, in their order.
///
/// One that cannot be read is an error, and those behind its `-` are read all the same. By
/// [strict](crate::Rules::is_strict) rules a missing `-` at the end is an error, too.
#[derive(Clone)]
pub struct Modifications<'a> {
    pub(crate) lines: Lines<'a>,
}

impl<'a> Iterator for Modifications<'a> {
    type Item = Result<Modification<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        if is_end(line) {
            return Some(Err(unexpected(line, "modification")));
        }
        let values = self.lines;
        loop {
            let end = self.lines.offset;
            match self.lines.next() {
                Some(line) if !is_end(line) => {}
                None if values.rules.is_strict => {
                    return Some(Err(ErrorKind::Missing.at("end of modification", end)));
                }
                _ => return Some(Modification::read(line, values.up_to(end))),
            }
        }
    }
}

impl FusedIterator for Modifications<'_> {}

impl fmt::Debug for Modifications<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The values of a [`Modification`], in their order.
///
/// A line that cannot be read is an error, and so is one about another attribute; the lines behind
/// it are read all the same.
#[derive(Clone)]
pub struct Values<'a> {
    lines: Lines<'a>,
    description: Description<'a>,
}

impl<'a> Iterator for Values<'a> {
    type Item = Result<Attribute<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        let description = self.description.as_text();
        Some(Attribute::read(line, self.lines.rules).and_then(|attribute| {
            match attribute.description().as_text().eq_text_ignore_ascii_case(description) {
                true => Ok(attribute),
                false => Err(unexpected(line, "attribute description")),
            }
        }))
    }
}

impl FusedIterator for Values<'_> {}

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// A `changetype: modrdn` or `moddn`: what becomes of the name.
#[derive(Clone, Copy)]
pub struct Rename<'a> {
    pub(crate) lines: Lines<'a>,
}

impl<'a> Rename<'a> {
    /// Returns the new relative dn.
    ///
    /// # Errors
    ///
    /// [`Missing`](ErrorKind::Missing) if the record does not start with it, and what is wrong with
    /// its line.
    pub fn new_rdn(&self) -> Result<Value<'a>> {
        self.read().map(|(new_rdn, ..)| new_rdn)
    }

    /// Returns whether the values of the old relative dn are to go away.
    ///
    /// # Errors
    ///
    /// - [`Missing`](ErrorKind::Missing) if the line is, or has no value behind a single colon, and
    ///   what is wrong with it and those before.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) if it is neither `0` nor `1`.
    pub fn deletes_old_rdn(&self) -> Result<bool> {
        let (_, value, _) = self.read()?;
        let text = value.as_text();
        if !matches!(value, Value::Plain(_)) {
            return Err(ErrorKind::Missing.at("deleteoldrdn", text.offset()));
        }
        let mut bytes = text.bytes();
        match (bytes.next(), bytes.next()) {
            (Some(b'0'), None) => Ok(false),
            (Some(b'1'), None) => Ok(true),
            (None, _) => Err(ErrorKind::Missing.at("deleteoldrdn", text.offset())),
            (Some(b'0' | b'1'), Some(found)) => {
                Err(ErrorKind::UnexpectedByte { found }.at("deleteoldrdn", text.offset_at(1)))
            }
            (Some(found), _) => {
                Err(ErrorKind::UnexpectedByte { found }.at("deleteoldrdn", text.offset()))
            }
        }
    }

    /// Returns the dn of the entry that it is moved below; `None` if it stays where it is.
    ///
    /// # Errors
    ///
    /// What is wrong with its line and those before.
    pub fn new_superior(&self) -> Result<Option<Value<'a>>> {
        self.read().map(|(.., new_superior)| new_superior)
    }

    /// Holds it against RFC 2849.
    pub(crate) fn check(&self) -> Result<()> {
        self.new_rdn()?.check_dn("newrdn")?;
        self.deletes_old_rdn()?;
        self.new_superior()?.map_or(Ok(()), |value| value.check_dn("newsuperior"))
    }

    fn read(&self) -> Result<(Value<'a>, Value<'a>, Option<Value<'a>>)> {
        let mut lines = self.lines;
        let new_rdn = part(&mut lines, "newrdn")?;
        let deletes = part(&mut lines, "deleteoldrdn")?;
        let new_superior = match { lines }.next() {
            Some(_) => Some(part(&mut lines, "newsuperior")?),
            None => None,
        };
        match lines.next() {
            Some(line) => Err(unexpected(line, "change record")),
            None => Ok((new_rdn, deletes, new_superior)),
        }
    }
}

impl fmt::Debug for Rename<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rename")
            .field("new_rdn", &self.new_rdn())
            .field("deletes_old_rdn", &self.deletes_old_rdn())
            .field("new_superior", &self.new_superior())
            .finish()
    }
}

/// Takes the attribute of this name.
fn part<'a>(lines: &mut Lines<'a>, name: &'static str) -> Result<Value<'a>> {
    let line = lines.next().ok_or_else(|| ErrorKind::Missing.at(name, lines.offset))?;
    let attribute = Attribute::read(line, lines.rules)?;
    match attribute.is_exactly(name.as_bytes()) {
        true => Ok(attribute.value()),
        false => Err(unexpected(line, name)),
    }
}

fn unexpected(line: Line<'_>, context: &'static str) -> Error {
    let found = line.bytes.first().copied().unwrap_or_default();
    ErrorKind::UnexpectedByte { found }.at(context, line.offset)
}

/// Whether a line ends a modification.
fn is_end(line: Line<'_>) -> bool {
    Text::new(line.bytes, line.folds, line.offset).eq_ignore_ascii_case(b"-")
}
