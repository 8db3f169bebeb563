//! From LDIF to lines.

use super::{
    Stop,
    lines::Lines,
    log::Log,
    offered::Offered,
    verdict::{Object, Status, Verdict, Why, name, shown},
};
use ldif_keys::{
    Attribute, Attributes, Body, Error, Key, Keys, Policy, Record, Records, Refusal, Rules, Value,
};
use memchr::memchr_iter;
use std::{cell::LazyCell, fmt, io::Write, mem};

/// What is asked for.
#[derive(Debug)]
pub(super) struct Choices<'a> {
    pub(super) format: Format,
    pub(super) attributes: &'a [&'a str],
    pub(super) rules: Rules,
    pub(super) policy: Policy<'a>,
    pub(super) offered: &'a Offered,
    /// Whether this is the answer of a search, all of it.
    pub(super) is_search: bool,
    pub(super) all: bool,
    pub(super) split: bool,
    pub(super) add_records: bool,
    pub(super) without_dn: bool,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Lines,
    Json,
    /// The values that are refused, and how many are not.
    Report,
}

/// The dn of an entry as it is told, escaped once and only if it is.
type Dn<'a> = LazyCell<Option<String>, Box<dyn FnOnce() -> Option<String> + 'a>>;

/// Reads records, and writes what is asked for.
#[derive(Debug)]
pub(super) struct Reading<'a, W> {
    choices: &'a Choices<'a>,
    log: &'a mut Log,
    writer: W,
    lines: Lines,
    /// What is written, unless it is the lines.
    text: Vec<u8>,
    /// Room for a value.
    decoded: Vec<u8>,
    /// How many lines of input came before those in work.
    before: usize,
    count: Count,
}

/// How many there were.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    entries: usize,
    accepted: usize,
    duplicate: usize,
    not_offered: usize,
    refused: usize,
    /// Records that are changes, whose keys are not taken.
    changes: usize,
    /// What cannot be read.
    damaged: usize,
    /// What can: names of entries, and attributes.
    readable: usize,
}

impl<'a, W: Write> Reading<'a, W> {
    pub(super) fn new(choices: &'a Choices<'a>, log: &'a mut Log, writer: W) -> Self {
        Self {
            choices,
            log,
            writer,
            lines: Lines::default(),
            text: Vec::new(),
            decoded: Vec::new(),
            before: 0,
            count: Count::default(),
        }
    }

    /// Takes whole records, all there are or the next of them.
    pub(super) fn take(&mut self, ldif: &[u8]) -> Result<(), Stop> {
        for record in Records::new(ldif, self.choices.rules) {
            match record {
                Ok(record) => self.record(&record)?,
                Err(error) => self.damage(|| error.line(ldif), &unread(&error)),
            }
        }
        self.before = self.before.saturating_add(memchr_iter(b'\n', ldif).count());
        Ok(())
    }

    /// Writes what is left, and returns whether nothing was refused.
    pub(super) fn finish(mut self) -> Result<bool, Stop> {
        let Count { entries, accepted, duplicate, not_offered, refused, changes, .. } = self.count;
        let Count { damaged, readable, .. } = self.count;
        let has_values = [accepted, duplicate, not_offered, refused].iter().any(|count| *count > 0);
        let is_audited = self.choices.format == Format::Report && readable > 0;
        // What cannot be read might have been a key; and ldapsearch prints nothing of the kind.
        if damaged > 0 && (!has_values && !is_audited || self.choices.is_search) {
            return Err(Stop::Input(format!("places that are no LDIF: {damaged}")));
        }
        if self.choices.format == Format::Report {
            writeln!(
                self.text,
                "entries {entries}: accepted {accepted}, duplicate {duplicate}, not offered \
                 {not_offered}, refused {refused}; changes {changes}, damaged {damaged}",
            )?;
        }
        self.write()?;
        self.writer.flush()?;
        Ok(refused == 0 && damaged == 0)
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Stop> {
        let attributes = match record.body() {
            Body::Content(attributes) => attributes,
            Body::Add(attributes) if self.choices.add_records => attributes,
            Body::WithoutDn(attributes) if self.choices.without_dn => attributes,
            Body::WithoutDn(_) => {
                self.damage(|| record.line(), &"a record without a dn");
                return Ok(());
            }
            Body::Trailer(attributes) => return trailer(attributes),
            _ => {
                self.count.changes = self.count.changes.saturating_add(1);
                return Ok(());
            }
        };
        self.count.entries = self.count.entries.saturating_add(1);
        if self.count.entries > 1 && !self.choices.all {
            return Err(Stop::Input("more than one entry: --all takes the keys of all".into()));
        }
        let dn = record.dn();
        self.count.readable = self.count.readable.saturating_add(usize::from(dn.is_some()));
        // It is told with each value.
        if dn.is_some_and(|dn| dn.as_text().as_raw().len() > LONGEST_DN) {
            self.damage(|| record.line(), &"a dn that is too long");
            return Ok(());
        }
        if let Err(error) = attributes.check() {
            // Whose keys they are, or whether it takes them away, is not known.
            self.damage(|| record.line_at(error.offset()), &unread(&error));
            return Ok(());
        }
        if attributes.clone().flatten().any(|attribute| is_tombstone(&attribute)) {
            self.damage(|| record.line(), &"an entry that was removed");
            return Ok(());
        }
        let dn: Dn<'_> = LazyCell::new(Box::new(|| dn.map(|dn| shown(&dn))));
        for attribute in attributes {
            match attribute {
                Ok(attribute) => {
                    self.count.readable = self.count.readable.saturating_add(1);
                    let description = attribute.description();
                    if self.choices.attributes.iter().any(|name| description.is(name)) {
                        if description.is_deleted() {
                            self.damage(|| attribute.line(), &"a value that was removed");
                            continue;
                        }
                        if is_range(&attribute) {
                            self.damage(|| attribute.line(), &"not all values are here");
                        }
                        self.value(&dn, &attribute)?;
                    }
                }
                Err(error) => {
                    self.damage(|| record.line_at(error.offset()), &unread(&error));
                }
            }
        }
        self.lines.end_entry();
        if self.choices.format != Format::Lines {
            self.lines.bytes.clear();
        }
        if self.lines.bytes.len() >= LEN && !self.holds() {
            self.write()?;
        }
        Ok(())
    }

    /// Returns whether nothing is written before the end: more than one entry is an error, and so is
    /// what ends a search.
    const fn holds(&self) -> bool {
        !self.choices.all || self.choices.is_search
    }

    fn value(&mut self, dn: &Dn<'_>, attribute: &Attribute<'_>) -> Result<(), Stop> {
        let value = attribute.value();
        let mut decoded = mem::take(&mut self.decoded);
        let len = decoded.len().max(value.as_text().as_raw().len());
        decoded.resize(len, 0);
        let said = match value.decode(&mut decoded) {
            Err(error) => {
                let is_url = matches!(value, Value::Url(_));
                let why = Some(if is_url { Why::Url } else { Why::Encoding(error) });
                self.say(dn, attribute, &Verdict { status: Status::Refused, why, key: None })
            }
            Ok(value) if self.choices.split => {
                Keys::new(value).try_for_each(|key| self.key(dn, attribute, key))
            }
            Ok(value) => self.key(dn, attribute, Key::parse(value)),
        };
        self.decoded = decoded;
        said
    }

    fn key(
        &mut self,
        dn: &Dn<'_>,
        attribute: &Attribute<'_>,
        key: Result<Key<'_>, Refusal>,
    ) -> Result<(), Stop> {
        let line = key.and_then(|key| Ok((key, key.authorize(self.choices.policy)?)));
        let (status, why) = match line {
            Err(refusal) => (Status::Refused, Some(Why::Key(refusal))),
            Ok((key, _)) if !self.choices.offered.may_be(&key) => (Status::NotOffered, None),
            Ok((key, line)) if self.lines.add(&line, key.comment()) => (Status::Accepted, None),
            Ok(_) => (Status::Duplicate, None),
        };
        self.say(dn, attribute, &Verdict { status, why, key: key.ok() })
    }

    fn say(
        &mut self,
        dn: &Dn<'_>,
        attribute: &Attribute<'_>,
        verdict: &Verdict<'_>,
    ) -> Result<(), Stop> {
        let count = match verdict.status {
            Status::Accepted => &mut self.count.accepted,
            Status::Duplicate => &mut self.count.duplicate,
            Status::NotOffered => &mut self.count.not_offered,
            Status::Refused => &mut self.count.refused,
        };
        *count = count.saturating_add(1);
        let line = self.before.saturating_add(attribute.line());
        if self.choices.format == Format::Json {
            let object = Object::new(dn.as_deref(), line, attribute, verdict);
            serde_json::to_writer(&mut self.text, &object).map_err(std::io::Error::from)?;
            writeln!(self.text)?;
        } else if let Some(why) = verdict.why {
            let dn = dn.as_deref().unwrap_or("a record without a dn");
            let what = format!("line {line}: {:.200} of {dn:.200}: {why}", name(attribute));
            match self.choices.format {
                Format::Report => writeln!(self.text, "{what}")?,
                _ => self.log.remark(&what),
            }
        }
        match self.text.len() {
            MOST_HELD.. if self.holds() => {
                Err(Stop::Input(format!("{MOST_HELD} bytes or more to be printed at once")))
            }
            LEN.. if !self.holds() => {
                self.writer.write_all(&self.text)?;
                self.text.clear();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Tells what cannot be read. To find the line takes time, so only a few are told.
    fn damage(&mut self, line: impl FnOnce() -> usize, what: &dyn fmt::Display) {
        self.count.damaged = self.count.damaged.saturating_add(1);
        if self.count.damaged <= MOST {
            self.log.remark(&format!("line {}: {what}", self.before.saturating_add(line())));
        }
    }

    fn write(&mut self) -> Result<(), Stop> {
        for bytes in [&mut self.lines.bytes, &mut self.text] {
            self.writer.write_all(bytes)?;
            bytes.clear();
        }
        Ok(())
    }
}

/// Looks at what ldapsearch prints behind the entries, unless told not to: a search that failed.
fn trailer(attributes: Attributes<'_>) -> Result<(), Stop> {
    for attribute in attributes.flatten().filter(|attribute| attribute.description().is("result")) {
        let result = attribute.value();
        if result.as_text().bytes().next() != Some(b'0') {
            return Err(Stop::Input(format!("the search failed: {:.200}", shown(&result))));
        }
    }
    Ok(())
}

/// Returns whether these are only some of the values, as Active Directory returns them if there are
/// too many ([MS-ADTS] 3.1.1.3.1.3.3): `sshPublicKey;range=0-1499`.
fn is_range(attribute: &Attribute<'_>) -> bool {
    attribute.description().options().any(|option| {
        let option = option.to_cow().to_ascii_lowercase();
        option.starts_with(b"range=") && !option.ends_with(b"*")
    })
}

/// Returns whether this says that the entry is kept for replicas alone: of 389 Directory Server, and
/// of Active Directory.
fn is_tombstone(attribute: &Attribute<'_>) -> bool {
    let (description, text) = (attribute.description(), attribute.value().as_text());
    description.is("objectClass") && text.eq_ignore_ascii_case(b"nsTombstone")
        || description.is("isDeleted") && text.eq_ignore_ascii_case(b"TRUE")
}

/// Returns what is wrong, without the place: that is one in a part of the input.
fn unread(error: &Error) -> String {
    format!("{}: {}", error.context(), error.kind())
}

/// How much is written at once, at the least.
const LEN: usize = 0x1_0000;

/// The longest dn of an entry whose keys are taken, as it is written, in bytes.
const LONGEST_DN: usize = 0x2000;

/// The most that is held until the end of all, besides lines.
const MOST_HELD: usize = 0x100_0000;

/// How many places that cannot be read are told.
const MOST: usize = 8;
