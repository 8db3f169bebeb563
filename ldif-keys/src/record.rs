use crate::{Attribute, Attributes, Controls, Modifications, Rename, Value, line::Lines};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::{ErrorKind, Result};

/// One record: an entry as it is, a change to one, or something else that servers print.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// From its first line that is no comment and no version.
    lines: Lines<'a>,
    start: Start,
    /// Where the lines of the body start: behind the `changetype`, or else behind the dn.
    body: usize,
    body_line: usize,
}

/// What a record starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
enum Start {
    Attribute,
    Dn,
    /// A dn, and a `changetype` behind it.
    Change,
}

/// What a record says.
///
/// The values of an attribute are present in the directory only in [`Content`](Self::Content). Each
/// other way to come by attributes is a choice that has a name here.
#[derive(Clone)]
#[non_exhaustive]
pub enum Body<'a> {
    /// The attributes of the entry.
    Content(Attributes<'a>),
    /// Attributes of an entry without a `dn`.
    ///
    /// The `ldap(1)` of OpenBSD leaves it out when the dn is the base of the search. So whose they
    /// are is for the caller to know. It also prints a value that ends in a line feed as it is: what
    /// follows it is then a record of this kind.
    WithoutDn(Attributes<'a>),
    /// No entry but what `ldapsearch` prints besides, unless told not to with `-L`: `search: 2`,
    /// `result: 0 Success`, `ref: ldap://…`.
    Trailer(Attributes<'a>),
    /// The attributes of an entry that is to be added.
    Add(Attributes<'a>),
    /// The entry is to be deleted.
    Delete,
    /// Attributes are to be changed.
    Modify(Modifications<'a>),
    /// The entry is to be renamed or moved.
    Rename(Rename<'a>),
    /// Some other `changetype`.
    Unknown(Value<'a>),
}

impl<'a> Record<'a> {
    /// Reads a record.
    #[inline(always)]
    pub(crate) fn read(mut whole: Lines<'a>) -> Result<Self> {
        // The comments in front are not part of it.
        while whole.rest.first() == Some(&b'#') {
            whole.take();
        }

        let mut body = whole;
        let has_dn = attribute(&mut body, b"dn").is_some();
        let mut behind = body;
        while has_dn && attribute(&mut behind, b"control").is_some() {}
        let start = match has_dn {
            false => Start::Attribute,
            true if attribute(&mut behind, b"changetype").is_some() => {
                body = behind;
                Start::Change
            }
            true => Start::Dn,
        };
        let (body, body_line) = (body.offset, body.number);
        let record = Self { lines: whole, start, body, body_line };
        if whole.rules.is_strict {
            // A copy, so that by other rules it need not be in memory.
            { record }.check()?;
        }
        Ok(record)
    }

    /// Returns the bytes of the record, from its first line that is no comment and no version, with
    /// the end of the last.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.lines.rest
    }

    /// Returns where the record starts in the input.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.lines.offset
    }

    /// Returns the line of the input that the record starts on, counted from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.lines.number
    }

    /// Returns the line of the input that holds a place in this record, such as the
    /// [offset](crate::Error::offset) of an error.
    ///
    /// Takes time linear in the length of the record.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        let len = offset.saturating_sub(self.offset());
        let before = self.as_bytes().get(..len).unwrap_or(self.as_bytes());
        self.line().saturating_add(memchr::memchr_iter(b'\n', before).count())
    }

    /// Returns the name of the entry; `None` if the record has none.
    #[must_use]
    #[inline]
    pub fn dn(&self) -> Option<Value<'a>> {
        attribute(&mut { self.lines }, b"dn").map(|dn| dn.value())
    }

    /// Returns what the change is to be made with (RFC 2849, `control`). Without a
    /// [`changetype`](Self::change_type) there are none.
    #[must_use]
    pub fn controls(&self) -> Controls<'a> {
        let mut lines = self.lines;
        if self.start == Start::Change {
            lines.next();
        } else {
            lines.clear();
        }
        Controls { lines }
    }

    /// Returns the `changetype`; `None` if the record is none of a change.
    #[must_use]
    pub fn change_type(&self) -> Option<Value<'a>> {
        let mut lines = self.controls().lines;
        while attribute(&mut lines, b"control").is_some() {}
        attribute(&mut lines, b"changetype").map(|change_type| change_type.value())
    }

    /// Returns what the record says.
    #[must_use]
    #[inline]
    pub fn body(&self) -> Body<'a> {
        let lines = self.body_lines();
        let attributes = Attributes { lines };
        if self.start == Start::Dn {
            return Body::Content(attributes);
        }
        let Some(change_type) = self.change_type() else {
            let first = attributes.clone().next().and_then(Result::ok);
            let is = |name: &&[u8]| first.is_some_and(|first| first.is_exactly(name));
            return match TRAILERS.iter().any(is) {
                true => Body::Trailer(attributes),
                false => Body::WithoutDn(attributes),
            };
        };
        let Value::Plain(text) = change_type else { return Body::Unknown(change_type) };
        let is = |word: &[u8]| text.eq_ignore_ascii_case(word);
        if is(b"add") {
            Body::Add(attributes)
        } else if is(b"delete") {
            Body::Delete
        } else if is(b"modify") {
            Body::Modify(Modifications { lines })
        } else if is(b"modrdn") || is(b"moddn") {
            Body::Rename(Rename { lines })
        } else {
            Body::Unknown(change_type)
        }
    }

    fn body_lines(&self) -> Lines<'a> {
        let start = self.body.saturating_sub(self.lines.offset);
        Lines {
            rest: self.lines.rest.get(start..).unwrap_or_default(),
            offset: self.body,
            number: self.body_line,
            ..self.lines
        }
    }

    /// Holds all of it against RFC 2849.
    fn check(&self) -> Result<()> {
        let end = self.offset().saturating_add(self.as_bytes().len());
        let Some(dn) = self.dn() else {
            // What it starts with may be wrong in itself.
            Attributes { lines: self.lines }.try_for_each(|attribute| attribute.map(drop))?;
            return Err(ErrorKind::Missing.at("dn", self.offset()));
        };
        dn.check_dn("dn")?;
        for control in self.controls() {
            control?.check()?;
        }
        match self.body() {
            Body::Content(attributes) | Body::Add(attributes) => match check(attributes)? {
                0 => Err(ErrorKind::Missing.at("attribute", end)),
                _ => Ok(()),
            },
            Body::Delete => match self.body_lines().next() {
                None => Ok(()),
                Some(line) => {
                    let remaining = end.saturating_sub(line.offset);
                    Err(ErrorKind::TrailingData { remaining }.at("change record", line.offset))
                }
            },
            Body::Modify(modifications) => {
                for modification in modifications {
                    check(modification?.values())?;
                }
                Ok(())
            }
            Body::Rename(rename) => rename.check(),
            Body::Unknown(value) => {
                let text = value.as_text();
                let found = text.bytes().next().unwrap_or(b'\n');
                Err(ErrorKind::UnexpectedByte { found }.at("change type", text.offset()))
            }
            Body::WithoutDn(_) | Body::Trailer(_) => Ok(()),
        }
    }
}

/// Equal if the bytes are, which says nothing about where they stand.
impl PartialEq for Record<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Record<'_> {}

impl Hash for Record<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("line", &self.line())
            .field("dn", &self.dn())
            .field("body", &self.body())
            .finish()
    }
}

impl Body<'_> {
    /// Returns what kind of record it is of, in lower case: "content", "without dn", "trailer",
    /// "add", "delete", "modify", "rename" or "unknown".
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Content(_) => "content",
            Self::WithoutDn(_) => "without dn",
            Self::Trailer(_) => "trailer",
            Self::Add(_) => "add",
            Self::Delete => "delete",
            Self::Modify(_) => "modify",
            Self::Rename(_) => "rename",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// Shows the kind, and how many lines can be read.
impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = match self {
            Self::Content(attributes)
            | Self::WithoutDn(attributes)
            | Self::Trailer(attributes)
            | Self::Add(attributes) => count(attributes.clone()),
            Self::Modify(modifications) => count(modifications.clone()),
            Self::Delete | Self::Rename(_) | Self::Unknown(_) => 0,
        };
        write!(f, "{}({count})", self.name())
    }
}

// `Iterator::count` has a panic path where overflow is checked.
fn count<T>(items: impl Iterator<Item = Result<T>>) -> usize {
    items.flatten().fold(0, |count, _| count.saturating_add(1))
}

/// Holds values against RFC 2849, and returns how many they are.
fn check<'a>(attributes: impl IntoIterator<Item = Result<Attribute<'a>>>) -> Result<usize> {
    attributes.into_iter().try_fold(0_usize, |count, attribute| {
        attribute?.value().check()?;
        Ok(count.saturating_add(1))
    })
}

/// Takes the attribute that the lines start with, if it is this one.
#[inline(always)]
pub(crate) fn attribute<'a>(lines: &mut Lines<'a>, description: &[u8]) -> Option<Attribute<'a>> {
    // Most lines are told from it by two bytes, unless there is a comment or a fold.
    match (lines.rest, description) {
        ([b'#', ..] | [_, b'\r' | b'\n', ..], _) => {}
        ([a, b, ..], [c, d, ..]) if a.eq_ignore_ascii_case(c) && b.eq_ignore_ascii_case(d) => {}
        _ => return None,
    }
    take(lines, description)
}

#[inline(always)]
fn take<'a>(lines: &mut Lines<'a>, description: &[u8]) -> Option<Attribute<'a>> {
    let mut behind = *lines;
    let attribute = Attribute::read(behind.next()?, lines.rules).ok()?;
    attribute.is_exactly(description).then(|| {
        *lines = behind;
        attribute
    })
}

/// What `ldapsearch` prints without a dn, see `tools/common.c` of OpenLDAP.
const TRAILERS: [&[u8]; 10] = [
    b"search",
    b"result",
    b"ref",
    b"matchedDN",
    b"text",
    b"control",
    b"pagedresults",
    b"extended",
    b"oid",
    b"data",
];
