//! The records of one name, as text.

mod lookup;

use self::lookup::Lookup;
use super::{Stop, input};
use std::path::Path;
use tlsa_match::{Class, Entry, Lines, Record, Result, Type};

/// The records, as RDATA.
#[derive(Debug, Default)]
pub(super) struct Records {
    rdatas: Vec<Vec<u8>>,
    owner: Option<Vec<u8>>,
}

impl Records {
    /// Reads what was given as an argument.
    pub(super) fn argument(&mut self, text: &str) -> Result<(), Stop> {
        self.add(text.as_bytes()).map_err(|what| Stop::input("--record", what))
    }

    /// Reads lines of a zone file, or what dig prints.
    pub(super) fn file(&mut self, file: &Path) -> Result<(), Stop> {
        self.add(&input::read(file)?).map_err(|what| Stop::input(file, what))
    }

    /// Takes the records of a text, of which every line has to be understood: a record that is passed
    /// over without a word could be the one with the stronger digest.
    fn add(&mut self, text: &[u8]) -> Result<(), String> {
        match self.read_lines(text) {
            Ok(true) => Ok(()),
            Ok(false) => Err(EMPTY.into()),
            Err(Wrong { offset, what }) => {
                let before = text.iter().take(offset).filter(|byte| **byte == b'\n').count();
                Err(format!("line {}: {what}", before.saturating_add(1)))
            }
        }
    }

    /// Returns whether the text is an answer, which may well be without records.
    fn read_lines(&mut self, text: &[u8]) -> Result<bool, Wrong> {
        printable(text)?;
        let mut lookup = Lookup::default();
        let (mut place, mut has_entry) = (Place::default(), false);
        let mut lines = Lines::new(text);
        loop {
            let before = lines.remainder();
            let next = lines.next();
            let start = text.len().saturating_sub(before.len());
            let end = next.map_or(text.len(), |_| lines.offset());
            lookup.read(text.get(start..end).unwrap_or_default(), start)?;
            let Some(line) = next else { break };
            let wrong = |what: String| Wrong { offset: end, what };
            if line.starts_with(b"$") {
                place.directive(line).map_err(wrong)?;
                continue;
            }
            lookup.go_on();
            if is_alias(line) {
                continue;
            }
            has_entry = true;
            let entry = Entry::parse(line).map_err(|error| wrong(error.to_string()))?;
            let owner = place.owner(&entry);
            if entry.class == Class::IN && matches!(entry.ty, None | Some(Type::TLSA)) {
                place.record().map_err(wrong)?;
                self.push(line, &entry, owner).map_err(wrong)?;
            }
        }
        Ok(lookup.end()? || has_entry)
    }

    fn push(&mut self, line: &[u8], entry: &Entry<'_>, owner: Option<&[u8]>) -> Result<(), String> {
        let mut room = vec![0; line.len()];
        let record = entry.record(&mut room).map_err(|error| error.to_string())?;
        if let Some(owner) = owner {
            let first = self.owner.get_or_insert_with(|| owner.to_vec());
            if !first.eq_ignore_ascii_case(owner) {
                let [first, other] = [first.as_slice(), owner].map(<[u8]>::escape_ascii);
                return Err(format!("records of two names, {first:.253} and {other:.253}"));
            }
        }
        let mut rdata = vec![0; record.encoded_len()];
        record.encode(&mut rdata).map_err(|error| error.to_string())?;
        self.rdatas.push(rdata);
        Ok(())
    }

    /// Returns views of the records.
    pub(super) fn read(&self) -> Vec<Result<Record<'_>>> {
        self.rdatas.iter().map(|rdata| Record::parse(rdata)).collect()
    }
}

/// What is wrong with a text, and where.
#[derive(Debug)]
struct Wrong {
    offset: usize,
    what: String,
}

/// Where a text is, as far as what comes next depends on it.
#[derive(Debug, Default)]
struct Place<'a> {
    /// The owner that came last, of whatever type.
    owner: Option<&'a [u8]>,
    has_record: bool,
    /// Whether the origin has changed behind a record.
    has_moved: bool,
}

impl<'a> Place<'a> {
    /// Returns the owner of a line: without one of its own it has that of the line before (RFC 1035
    /// §5.1).
    fn owner(&mut self, entry: &Entry<'a>) -> Option<&'a [u8]> {
        self.owner = entry.owner.or(self.owner);
        self.owner
    }

    fn record(&mut self) -> Result<(), String> {
        self.has_record = true;
        if self.has_moved { Err("records on both sides of $ORIGIN".into()) } else { Ok(()) }
    }

    /// Reads a directive with its one value; what brings other records in is not followed.
    fn directive(&mut self, line: &[u8]) -> Result<(), String> {
        let line = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        match words.collect::<Vec<_>>()[..] {
            _ if line.iter().any(|byte| b"()\"".contains(byte)) => {}
            [name, _] if name.eq_ignore_ascii_case(b"$TTL") => return Ok(()),
            [name, _] if name.eq_ignore_ascii_case(b"$ORIGIN") => {
                self.has_moved = self.has_record;
                return Ok(());
            }
            _ => {}
        }
        Err("a directive that is not followed".into())
    }
}

/// Returns whether a line is the name of an alias, which `dig +short` prints before the records.
fn is_alias(line: &[u8]) -> bool {
    let name = line.trim_ascii_end();
    name.ends_with(b".") && name.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'"')
}

/// Makes sure that no control character ends a line for people and not for a parser.
fn printable(text: &[u8]) -> Result<(), Wrong> {
    let next = text.iter().skip(1).chain(b"\n");
    let mut wrong = text.iter().zip(next).enumerate().filter(|(_, (byte, next))| {
        byte.is_ascii_control() && !matches!((byte, next), (b'\t' | b'\n', _) | (b'\r', b'\n'))
    });
    if let Some((offset, (byte, _))) = wrong.next() {
        return Err(Wrong { offset, what: format!("unexpected byte '{}'", byte.escape_ascii()) });
    }
    // NEL, and the separators of lines and paragraphs.
    for end in ["\u{85}", "\u{2028}", "\u{2029}"] {
        let mut places = text.windows(end.len());
        if let Some(offset) = places.position(|window| window == end.as_bytes()) {
            return Err(Wrong { offset, what: format!("unexpected {}", end.escape_unicode()) });
        }
    }
    Ok(())
}

const EMPTY: &str =
    "empty: there is no record, or the lookup failed; without +short dig tells which";
