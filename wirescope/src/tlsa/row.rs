//! What is said of one record.

use serde::Serialize;
use std::fmt;
use tlsa_match::{Debt, Hex, Match, Record, Result, Standing};

/// What is said of one record, in JSON as it is.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// The record, or what cannot be read as one, in ASCII.
    record: String,
    pub(super) usable: bool,
    /// Why it is not, or is not looked at.
    reason: Option<String>,
    pub(super) matched: bool,
    /// Where in the chain; `None` if it does not match, or matches what was not sent.
    depth: Option<usize>,
    /// What is owed for the match.
    pub(super) owed: Option<Vec<&'static str>>,
    #[serde(skip)]
    short: String,
    #[serde(skip)]
    debts: &'static [Debt],
}

impl Row {
    /// `alone` is whether a record would match if it were the only one.
    pub(super) fn new(
        line: &[u8],
        record: &Result<Record<'_>>,
        standing: Standing,
        found: Option<Match>,
        alone: bool,
    ) -> Self {
        let (depth, debts): (_, &'static [Debt]) = match found {
            Some(Match::Authenticated(_)) => (Some(0), &[]),
            Some(Match::Owed(owed)) => (owed.depth(), owed.debts()),
            None => (None, &[]),
        };
        let reason = match standing {
            Standing::Usable => None,
            Standing::PassedOver { by } if alone => {
                Some(format!("passed over for {by}, though alone it would match"))
            }
            Standing::PassedOver { by } => Some(format!("passed over for {by}")),
            Standing::Unusable(reason) => Some(reason.to_string()),
        };
        let text = line.escape_ascii();
        Self {
            record: record.as_ref().map_or_else(|_| text.to_string(), ToString::to_string),
            usable: !matches!(standing, Standing::Unusable(_)),
            reason,
            matched: found.is_some(),
            depth,
            owed: found.map(|_| debts.iter().map(|debt| debt.name()).collect()),
            short: record.as_ref().map_or_else(|_| format!("{text:.100}"), short),
            debts,
        }
    }

    /// Returns it for people; `name` is whom the certificate should be for.
    pub(super) fn shown<'a>(&'a self, name: Option<&'a str>) -> impl fmt::Display {
        Shown { row: self, name }
    }
}

struct Shown<'a> {
    row: &'a Row,
    name: Option<&'a str>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, name } = self;
        writeln!(f, "{}", row.short)?;
        match (&row.reason, row.matched, row.depth) {
            (Some(reason), ..) if row.usable => return writeln!(f, "  {reason}"),
            (Some(reason), ..) => return writeln!(f, "  unusable: {reason}"),
            (None, false, _) => return writeln!(f, "  no match"),
            (None, true, Some(depth)) => write!(f, "  match at depth {depth}")?,
            (None, true, None) => write!(f, "  match, if it issued the last certificate")?,
        }
        if row.debts.is_empty() {
            return writeln!(f, ", nothing owed");
        }
        writeln!(f, ", owed:")?;
        for debt in row.debts {
            match (debt, name) {
                (Debt::Signature, _) => writeln!(f, "    the last certificate is signed with it"),
                (Debt::Path, _) => writeln!(f, "    a path to it: signatures, times, constraints"),
                (Debt::Pkix, _) => writeln!(f, "    a path through it to a trusted root"),
                (Debt::Names, Some(name)) => {
                    writeln!(f, "    the name in the certificate is {}", name.escape_debug())
                }
                (Debt::Names, None) => writeln!(f, "    the name in the certificate is the peer's"),
                (other, _) => writeln!(f, "    {other}"),
            }?;
        }
        Ok(())
    }
}

/// Returns a record for a terminal: of more than a SHA-256 digest the beginning.
fn short(record: &Record<'_>) -> String {
    match record.data.split_at_checked(32) {
        Some((start, rest)) if !rest.is_empty() => {
            let Record { usage, selector, matching_type, data } = record;
            let len = data.len();
            format!("{usage} {selector} {matching_type} {}... ({len} bytes)", Hex(start))
        }
        _ => record.mnemonics().to_string(),
    }
}
