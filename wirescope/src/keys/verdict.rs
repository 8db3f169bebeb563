//! What is said of one value.

use ldif_keys::{Attribute, Error, Key, Refusal, Value};
use serde::Serialize;
use std::fmt;

/// What becomes of a value, or of one key in it.
#[derive(Debug)]
pub(super) struct Verdict<'a> {
    pub(super) status: Status,
    pub(super) why: Option<Why>,
    /// The key, if it could be read.
    pub(super) key: Option<Key<'a>>,
}

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Accepted,
    /// The entry has it before.
    Duplicate,
    /// It is not the offered one.
    NotOffered,
    Refused,
}

impl Status {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::NotOffered => "not-offered",
            Self::Refused => "refused",
        }
    }
}

/// Why a value is refused.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why {
    /// The value is elsewhere, and nothing is opened to get it.
    Url,
    /// The value cannot be decoded.
    Encoding(Error),
    Key(Refusal),
}

impl Why {
    /// Returns a name for programs.
    fn name(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Encoding(_) => "encoding",
            Self::Key(refusal) => refusal.reason().name(),
        }
    }
}

/// Writes it for people.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => f.write_str("a URL is not opened"),
            // Its offset is that in a part of the input.
            Self::Encoding(error) => write!(f, "{}: {}", error.context(), error.kind()),
            Self::Key(refusal) => write!(f, "{refusal}"),
        }
    }
}

/// A verdict in JSON.
#[derive(Debug, Serialize)]
pub(super) struct Object<'a> {
    dn: Option<&'a str>,
    line: usize,
    attribute: String,
    status: &'static str,
    reason: Option<&'static str>,
    #[serde(rename = "type")]
    ty: Option<&'static str>,
    bits: Option<u32>,
    fingerprint: Option<String>,
    comment: Option<String>,
}

impl<'a> Object<'a> {
    pub(super) fn new(
        dn: Option<&'a str>,
        line: usize,
        attribute: &Attribute<'_>,
        verdict: &Verdict<'_>,
    ) -> Self {
        let key = verdict.key;
        let comment = key.map(|key| key.comment()).filter(|comment| !comment.is_empty());
        Self {
            dn,
            line,
            attribute: name(attribute),
            status: verdict.status.name(),
            reason: verdict.why.map(Why::name),
            ty: key.map(|key| key.algorithm().name()),
            bits: key.map(|key| key.bits()),
            fingerprint: key.map(|key| key.fingerprint().to_string()),
            comment: comment.map(|comment| comment.escape_ascii().to_string()),
        }
    }
}

/// Returns a value such that nobody is harmed by reading it: decoded if it can be, in ASCII.
pub(super) fn shown(value: &Value<'_>) -> String {
    let bytes = value.to_cow().unwrap_or_else(|_| value.as_text().to_cow());
    bytes.escape_ascii().to_string()
}

/// Returns the name of an attribute in ASCII, with its options.
pub(super) fn name(attribute: &Attribute<'_>) -> String {
    attribute.description().as_text().to_cow().escape_ascii().to_string()
}
