//! What dig, drill, delv, host and kdig say of a lookup, in comments.

use super::{Result, Wrong};

/// How a lookup went.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    is_answered: bool,
    /// Whether the next comment is the question.
    is_asked: bool,
    /// Where a server could not be reached, until another one answers.
    unreached: Option<usize>,
    /// Where an answer was cut, until it is asked for again.
    truncated: Option<usize>,
}

impl Lookup {
    /// Reads the comments at an offset of a text.
    pub(super) fn read(&mut self, comments: &[u8], mut offset: usize) -> Result<(), Wrong> {
        for comment in comments.split_inclusive(|byte| *byte == b'\n') {
            self.comment(comment, offset).map_err(|what| failed(offset, what))?;
            offset = offset.saturating_add(comment.len());
        }
        Ok(())
    }

    /// Reads a comment. An error is what the program gave up with.
    fn comment<'a>(&mut self, comment: &'a [u8], offset: usize) -> Result<(), &'a [u8]> {
        let start = comment.iter().position(|byte| !matches!(byte, b';' | b' ' | b'\t'));
        let comment = start.and_then(|start| comment.get(start..)).unwrap_or_default().trim_ascii();
        if std::mem::take(&mut self.is_asked) {
            return match comment.rsplit(u8::is_ascii_whitespace).next() {
                Some(b"TLSA" | b"TYPE52" | b"") | None => Ok(()),
                Some(_) => Err(b"the question was for another type"),
            };
        }
        self.is_asked = comment.starts_with(b"QUESTION SECTION:");
        if comment.starts_with(b"->>HEADER<<-") {
            match status(comment) {
                b"NOERROR" | b"NXDOMAIN" => self.answer(),
                other => return Err(other),
            }
        } else if let Some(what) = comment.strip_prefix(b"resolution failed: ") {
            // Of delv: there is no such name, or no such record.
            match what {
                b"ncache nxdomain" | b"ncache nxrrset" => self.answer(),
                other => return Err(other),
            }
        } else if comment.starts_with(b"negative response") {
            self.answer();
        } else if UNREACHED.iter().any(|start| comment.starts_with(start)) {
            self.unreached = Some(offset);
        } else if is_truncated(comment) {
            self.truncated = Some(offset);
        } else if comment.starts_with(b"Truncated, retrying") {
            self.truncated = None;
        } else if FAILURES.iter().any(|start| comment.starts_with(start)) {
            return Err(comment);
        }
        Ok(())
    }

    fn answer(&mut self) {
        self.is_answered = true;
        self.go_on();
    }

    /// Takes note that something has come of the lookup.
    pub(super) fn go_on(&mut self) {
        self.unreached = None;
    }

    /// Returns whether there was an answer.
    pub(super) fn end(self) -> Result<bool, Wrong> {
        match (self.unreached, self.truncated) {
            (Some(offset), _) => Err(failed(offset, b"a server could not be reached")),
            (_, Some(offset)) => Err(failed(offset, b"the answer is truncated")),
            _ => Ok(self.is_answered),
        }
    }
}

fn failed(offset: usize, what: &[u8]) -> Wrong {
    Wrong { offset, what: format!("the lookup failed: {:.100}", what.escape_ascii()) }
}

/// Returns the response code of a header: `status: NOERROR,` and `rcode: NOERROR,`.
fn status(header: &[u8]) -> &[u8] {
    let mut words = header.split(|byte| matches!(byte, b' ' | b',' | b';'));
    words.find(|word| matches!(*word, b"status:" | b"rcode:"));
    words.next().unwrap_or(header)
}

/// Returns whether the flag is among those of a header: `flags: qr aa tc rd ra; QUERY: 1, …`.
fn is_truncated(comment: &[u8]) -> bool {
    let flags = comment.strip_prefix(b"flags:").or_else(|| comment.strip_prefix(b"Flags:"));
    let flags = flags.and_then(|flags| flags.split(|byte| *byte == b';').next());
    flags.is_some_and(|flags| flags.split(|byte| *byte == b' ').any(|flag| flag == b"tc"))
}

/// How a comment of dig or host begins that says why it goes on with another server, if it has one.
const UNREACHED: [&[u8]; 3] = [b"communications error", b"Connection to ", b"UDP setup with "];

/// How a comment begins that says why there is no answer, or that it is not whole.
const FAILURES: [&[u8]; 14] = [
    // dig and host.
    b"no servers could be reached",
    b"NS servers could not be reached",
    b"connection timed out",
    b"no response from",
    b"No acceptable nameservers",
    b"TLS peer certificate verification",
    b"Got bad packet",
    b"Warning: Message parser reports malformed",
    b"WARNING: Message has",
    b"Couldn't verify signature",
    b"Transfer failed",
    // drill.
    b"No packet received",
    b"Chase failed",
    // dig and kdig.
    b"ERROR:",
];
