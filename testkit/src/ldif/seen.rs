//! What either decoder sees.

use crate::bytes::Failure;
use ldif_keys::Operation;

/// All records of LDIF, and what is wrong between them.
pub type Seen = Vec<Result<SeenRecord, Failure>>;

/// A record.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRecord {
    /// Where it starts.
    pub offset: usize,
    /// On which line.
    pub line: usize,
    /// Its name.
    pub dn: Option<SeenValue>,
    /// What a change is made with.
    pub controls: Vec<Result<SeenControl, Failure>>,
    /// The word behind `changetype`.
    pub change_type: Option<SeenValue>,
    /// What it says.
    pub body: SeenBody,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq)]
pub enum SeenBody {
    /// Attributes, and the name of the kind of record.
    Attributes(&'static str, Vec<Result<SeenAttribute, Failure>>),
    /// Modifications.
    Modify(Vec<Result<SeenModification, Failure>>),
    /// A new name.
    Rename(SeenRename),
    /// Nothing.
    Delete,
    /// Nothing that is known.
    Unknown,
}

/// What becomes of a name: each part or what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRename {
    /// `newrdn`.
    pub new_rdn: Result<SeenValue, Failure>,
    /// `deleteoldrdn`.
    pub deletes_old_rdn: Result<bool, Failure>,
    /// `newsuperior`.
    pub new_superior: Result<Option<SeenValue>, Failure>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenAttribute {
    /// Where it starts.
    pub offset: usize,
    /// On which line.
    pub line: usize,
    /// Its type, and the options behind it.
    pub description: Vec<Vec<u8>>,
    /// Its value.
    pub value: SeenValue,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenValue {
    /// What stands in front of it: `:`, `::` or `:<`.
    pub form: &'static str,
    /// Where it starts.
    pub offset: usize,
    /// As it is written, unfolded.
    pub text: Vec<u8>,
    /// Decoded.
    pub bytes: Result<Vec<u8>, Failure>,
}

/// A modification.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenModification {
    /// Where it starts.
    pub offset: usize,
    /// On which line.
    pub line: usize,
    /// What is done.
    pub operation: Operation,
    /// To which attribute.
    pub description: Vec<Vec<u8>>,
    /// With which values.
    pub values: Vec<Result<SeenAttribute, Failure>>,
}

/// A control.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenControl {
    /// Which.
    pub oid: Vec<u8>,
    /// Whether it must be known.
    pub is_critical: bool,
    /// With what.
    pub value: Option<SeenValue>,
}
