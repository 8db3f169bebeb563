//! What is said of one record.

use serde::{Serialize, Serializer};
use std::fmt;
use tlsa_match::{Debt, Hex, Match, Record, Standing, Usage};

/// What is said of one record, in JSON as it is.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    record: String,
    pub(super) usable: bool,
    /// Why it is not, or is not looked at.
    reason: Option<String>,
    pub(super) matched: bool,
    /// Where in the chain; `None` if it does not match, or matches what was not sent.
    depth: Option<usize>,
    /// What is owed for the match.
    #[serde(serialize_with = "names")]
    owed: Option<Vec<Debt>>,
    #[serde(skip)]
    short: String,
}

impl Row {
    /// `alone` is whether a record would match if it were the only one, and `is_named` whether the
    /// end entity is for the name that it should be for, as far as that can be told. `has_roots` is
    /// whether a record of a root had to match.
    pub(super) fn new(
        record: &Record<'_>,
        standing: Standing,
        found: Option<Match>,
        alone: bool,
        is_named: Option<bool>,
        has_roots: bool,
    ) -> Self {
        let (depth, debts): (_, &'static [Debt]) = match found {
            Some(Match::Authenticated(_)) => (Some(0), &[]),
            Some(Match::Owed(owed)) => (owed.depth(), owed.debts()),
            None => (None, &[]),
        };
        let is_other = is_named == Some(false) && debts.contains(&Debt::Names);
        let is_paid = |debt: Debt| debt == Debt::Names && is_named.is_some();
        let owed = debts.iter().copied().filter(|debt| !is_paid(*debt)).collect();
        let matched = found.is_some() && !is_other;
        let reason = match standing {
            Standing::Usable if is_other => {
                Some("no match: the certificate is for another name".to_owned())
            }
            Standing::Usable if found.is_none() && !has_roots && record.usage == Usage::PKIX_TA => {
                Some("no match, unless it is of a root that was not sent: see --roots".to_owned())
            }
            Standing::Usable => None,
            Standing::PassedOver { by } if alone => {
                Some(format!("passed over for {by}, though alone it would match"))
            }
            Standing::PassedOver { by } => Some(format!("passed over for {by}")),
            Standing::Unusable(reason) => Some(reason.to_string()),
        };
        Self {
            record: record.to_string(),
            usable: !matches!(standing, Standing::Unusable(_)),
            reason,
            matched,
            depth: depth.filter(|_| matched),
            owed: matched.then_some(owed),
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
