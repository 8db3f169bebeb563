//! LDIF as plain fields.

use super::{Seen, SeenAttribute, SeenBody, see};
use arbitrary::{Arbitrary, Result, Unstructured};
use ldif_keys::Rules;

/// LDIF as a tool prints it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Whether lines end in CR and LF.
    pub has_cr: bool,
    /// Whether the last line has its end.
    pub has_end: bool,
    /// The entries.
    pub records: Vec<Entry>,
}

/// An entry, or a change to one.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The lines in front of the dn.
    pub before: &'static str,
    /// The name, or none.
    pub dn: Option<Line>,
    /// The `changetype`, if it is one.
    pub change: Option<&'static str>,
    /// The attributes; of a modification those of each step.
    pub lines: Vec<Line>,
}

/// An attribute with its value.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name, with options.
    pub name: &'static str,
    /// What stands in front of the value, and how many spaces behind that.
    pub form: (&'static str, usize),
    /// The value, decoded.
    pub value: Vec<u8>,
    /// The width, if it is folded.
    pub wrap: Option<usize>,
    /// Whether a comment follows.
    pub has_comment: bool,
}

const BEFORE: [&str; 8] = [
    "",
    "version: 1\n",
    "# sshPublicKey: no\n  key\n",
    "version: 1\n\n",
    "# a\nversion:1\n# b\n",
    "VERSION:  1\n",
    "\n\n",
    "#\n",
];
const CHANGES: [&str; 8] =
    ["add", "ADD", "delete", "modify", "modrdn", "moddn", "rename", "modify "];
const NAMES: [&str; 16] = [
    "sshPublicKey",
    "SSHPUBLICKEY",
    "sshPublicKey;x-opt",
    "1.3.6.1.4.1.24552.500.1.1.1.13",
    "1.3.6;lang-en",
    "member;range=0-1499",
    "under_score",
    "cn",
    "dnQualifier",
    "versions",
    "control",
    "search",
    "result",
    "x-y;a;b;c",
    "a",
    "userCertificate;binary",
];
const DN: &[u8] = b"uid=user1,dc=example,dc=com";

impl<'a> Arbitrary<'a> for Line {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [name, shape, len, seed] = <[u8; 4]>::arbitrary(u)?;
        let form = ([":", "::", ":<", "::"][usize::from(shape % 4)], usize::from(shape / 4 % 4));
        // Around the width of a line.
        let len = usize::from(len) % 90;
        let byte = |at: usize| match (form.0, seed) {
            ("::", _) => (at * 37) as u8 ^ seed,
            (_, 200..) if at == len / 2 => seed,
            // Neither a space nor what a value cannot start with.
            _ => b'A' + (at as u8 ^ seed) % 26,
        };
        Ok(Self {
            name: NAMES[usize::from(name % 16)],
            form,
            value: (0..len).map(byte).collect(),
            wrap: [None, Some(76), Some(78), Some(2 + usize::from(seed % 40))]
                [usize::from(shape / 16 % 4)],
            has_comment: shape >= 0xe0,
        })
    }
}

impl<'a> Arbitrary<'a> for Entry {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [steer, kind, count] = <[u8; 3]>::arbitrary(u)?;
        let dn = Line { name: ["dn", "DN"][usize::from(kind / 16 % 2)], ..Line::arbitrary(u)? };
        let form = if dn.form.0 == ":<" { ("::", 1) } else { dn.form };
        let lines = (0..count % 5).map(|_| Line::arbitrary(u)).collect::<Result<_>>()?;
        let has_dn = steer < 0xe0;
        Ok(Self {
            before: BEFORE[usize::from(steer % 8)],
            dn: has_dn.then(|| Line { value: DN.to_vec(), form, ..dn }),
            change: CHANGES.get(usize::from(kind % 16)).copied().filter(|_| has_dn),
            lines,
        })
    }
}

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [shape, count] = <[u8; 2]>::arbitrary(u)?;
        let records = (0..=count % 3).map(|_| Entry::arbitrary(u)).collect::<Result<_>>()?;
        Ok(Self { has_cr: shape & 1 != 0, has_end: shape & 2 == 0, records })
    }
}

impl Line {
    fn encode(&self, text: &mut Vec<u8>) {
        let mut line = self.name.as_bytes().to_vec();
        line.extend(self.form.0.bytes().chain(vec![b' '; self.form.1]));
        match self.form.0 {
            "::" => line.extend(base64(&self.value)),
            _ => line.extend(&self.value),
        }
        for (at, byte) in line.into_iter().enumerate() {
            if self.wrap.is_some_and(|wrap| at >= wrap && (at - wrap) % (wrap - 1) == 0) {
                text.extend(b"\n ");
            }
            text.push(byte);
        }
        text.push(b'\n');
        if self.has_comment {
            text.extend(b"# sshPublicKey: in a\n  comment\n");
        }
    }

    /// Whether its end cannot be told from the value's.
    fn is_ambiguous(&self) -> bool {
        self.form.0 != "::" && self.value.iter().any(|byte| b"\n\r".contains(byte))
    }
}

/// Encodes a few bits at a time.
pub(crate) fn base64(bytes: &[u8]) -> Vec<u8> {
    let alphabet: Vec<u8> =
        (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(*b"+/").collect();
    let bit = |n: usize| bytes.get(n / 8).map_or(0, |byte| byte >> (7 - n % 8) & 1);
    let mut text: Vec<u8> = (0..(bytes.len() * 8).div_ceil(6))
        .map(|n| (0..6).fold(0, |value, at| value << 1 | usize::from(bit(6 * n + at))))
        .map(|value| alphabet[value])
        .collect();
    text.resize(text.len().next_multiple_of(4), b'=');
    text
}

impl Model {
    /// Writes the LDIF.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for record in &self.records {
            text.extend(record.before.bytes());
            if let Some(dn) = &record.dn {
                dn.encode(&mut text);
            }
            if let Some(change) = record.change {
                text.extend(format!("changetype: {change}\n").bytes());
            }
            for line in &record.lines {
                if record.change == Some("modify") {
                    text.extend(format!("add: {}\n", line.name).bytes());
                }
                line.encode(&mut text);
                if record.change == Some("modify") {
                    text.extend(b"-\n");
                }
            }
            text.push(b'\n');
        }
        if !self.has_end {
            while text.last() == Some(&b'\n') {
                text.pop();
            }
        }
        if self.has_cr {
            let lines = text.split(|&byte| byte == b'\n');
            text = lines.collect::<Vec<_>>().join(&b"\r\n"[..]);
        }
        text
    }
}

/// Holds what `ldif_keys` makes of a model against its fields.
///
/// # Panics
///
/// If they differ.
pub fn check_model(model: &Model) {
    let text = model.encode();
    super::check(&text);
    if model.records.iter().flat_map(|record| &record.lines).any(Line::is_ambiguous) {
        return;
    }
    let is_there = |record: &&Entry| record.dn.is_some() || !record.lines.is_empty();
    let expected: Vec<&Entry> = model.records.iter().filter(is_there).collect();
    let seen: Seen = see(&text, Rules::LENIENT);
    assert_eq!(seen.len(), expected.len(), "{}", text.escape_ascii());
    for (seen, entry) in seen.into_iter().zip(expected) {
        let seen = seen.unwrap();
        let dn = entry.dn.as_ref().map(|dn| dn.value.clone());
        assert_eq!(seen.dn.map(|dn| dn.bytes.unwrap()), dn);
        let starts_as = |name: &str| entry.lines.first().is_some_and(|line| line.name == name);
        let kind = match (&entry.dn, entry.change) {
            (None, _) if ["control", "search", "result"].into_iter().any(starts_as) => "trailer",
            (None, _) => "without dn",
            (Some(_), None) => "content",
            (_, Some("add" | "ADD")) => "add",
            (_, Some("delete")) => "delete",
            (_, Some("modify")) => "modify",
            (_, Some("modrdn" | "moddn")) => "rename",
            (_, Some(_)) => "unknown",
        };
        match (&seen.body, kind) {
            (SeenBody::Attributes(found, attributes), _) => {
                assert_eq!(*found, kind);
                let attributes: Vec<_> = attributes.iter().map(|it| it.clone().unwrap()).collect();
                check_lines(&attributes, &entry.lines);
            }
            (SeenBody::Modify(modifications), "modify") => {
                let values = modifications.iter().flat_map(|it| it.clone().unwrap().values);
                check_lines(&values.map(Result::unwrap).collect::<Vec<_>>(), &entry.lines);
            }
            (SeenBody::Delete, "delete")
            | (SeenBody::Rename(_), "rename")
            | (SeenBody::Unknown, "unknown") => {}
            (other, _) => panic!("{kind} became {other:?}"),
        }
    }
}

fn check_lines(seen: &[SeenAttribute], lines: &[Line]) {
    assert_eq!(seen.len(), lines.len());
    for (seen, line) in seen.iter().zip(lines) {
        assert_eq!(seen.description.join(&b';'), line.name.as_bytes());
        assert_eq!(
            seen.value.form,
            if line.value.is_empty() && line.form.0 == ":" { ":" } else { line.form.0 }
        );
        match line.form.0 {
            ":<" => assert_eq!(seen.value.text, line.value),
            _ => assert_eq!(seen.value.bytes.as_ref().unwrap(), &line.value),
        }
    }
}
