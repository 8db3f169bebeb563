//! What is said of one record.

use serde::{Serialize, Serializer};
use std::fmt;
use tlsa_match::{Debt, Hex, MatchingType, Record};

/// What is said of one record, in JSON as it is.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    record: String,
    usable: bool,
    /// Why it is not, or is not looked at.
    reason: Option<String>,
    matched: bool,
    /// Where in the chain; `None` if it does not match, or matches what was not sent.
    depth: Option<usize>,
    /// What is owed for the match.
    #[serde(serialize_with = "names")]
    owed: Option<Vec<Debt>>,
    #[serde(skip)]
    short: String,
}

/// What is found about a record.
#[derive(Debug)]
pub(super) enum Finding {
    Match {
        /// `None` if it is about what was not sent.
        depth: Option<usize>,
        owed: Vec<Debt>,
    },
    /// It would be a match, but for the name in the certificate.
    OtherName,
    NoMatch,
    /// There is no match, but a root that is not sent may well have one.
    NotSent,
    PassedOver {
        by: MatchingType,
        /// Whether it would match if it were the only one.
        alone: bool,
    },
    Unusable(String),
}

impl Row {
    pub(super) fn new((record, finding): (&Record<'_>, &Finding)) -> Self {
        let reason = match finding {
            Finding::Match { .. } | Finding::NoMatch => None,
            Finding::OtherName => Some("no match: the certificate is for another name".to_owned()),
            Finding::NotSent => {
                Some("no match, unless it is of a root that was not sent: see --roots".to_owned())
            }
            Finding::PassedOver { by, alone: true } => {
                Some(format!("passed over for {by}, though alone it would match"))
            }
            Finding::PassedOver { by, alone: false } => Some(format!("passed over for {by}")),
            Finding::Unusable(reason) => Some(reason.clone()),
        };
        let (depth, owed) = match finding {
            Finding::Match { depth, owed } => (*depth, Some(owed.clone())),
            _ => (None, None),
        };
        Self {
            record: record.to_string(),
            usable: !matches!(finding, Finding::Unusable(_)),
            reason,
            matched: owed.is_some(),
            depth,
            owed,
            short: short(record),
        }
    }
}

/// What people read.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.short)?;
        match &self.reason {
            Some(reason) if self.usable => return writeln!(f, "  {reason}"),
            Some(reason) => return writeln!(f, "  unusable: {reason}"),
            None => {}
        }
        let Some(owed) = &self.owed else { return writeln!(f, "  no match") };
        match self.depth {
            Some(depth) => write!(f, "  match at depth {depth}")?,
            None => write!(f, "  match, if it issued what was sent")?,
        }
        if owed.is_empty() {
            return writeln!(f, ", nothing owed");
        }
        writeln!(f, ", owed:")?;
        for debt in owed {
            match debt {
                Debt::Signature => writeln!(f, "    a certificate of the path is signed with it"),
                Debt::Path => writeln!(f, "    a path to it: signatures, times, constraints"),
                Debt::Pkix => writeln!(f, "    a path through it to a trusted root"),
                Debt::Names => writeln!(f, "    the name in the certificate must be the peer's"),
                other => writeln!(f, "    {other}"),
            }?;
        }
        Ok(())
    }
}

fn names<S: Serializer>(owed: &Option<Vec<Debt>>, serializer: S) -> Result<S::Ok, S::Error> {
    let names = owed.as_ref().map(|owed| owed.iter().map(|debt| debt.name()).collect::<Vec<_>>());
    names.serialize(serializer)
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
