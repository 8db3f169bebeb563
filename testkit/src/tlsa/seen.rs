//! What a reader or a matcher sees, as plain fields, so that two can be compared whole.

/// The fields of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRecord {
    /// Usage, selector and matching type.
    pub head: [u8; 3],
    /// The association data.
    pub data: Vec<u8>,
}

/// A record of any type, as a line of a zone file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenEntry {
    /// The owner.
    pub owner: Option<Vec<u8>>,
    /// The time to live.
    pub ttl: Option<u32>,
    /// The number of the class.
    pub class: u16,
    /// The number of the type.
    pub ty: Option<u16>,
    /// The record, if it is a TLSA or SMIMEA record that can be read.
    pub record: Option<SeenRecord>,
}

/// What a set says of a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The verdict in a word.
    pub verdict: &'static str,
    /// How each record stands.
    pub standings: Vec<SeenStanding>,
    /// The matches, the best first.
    pub matches: Vec<SeenMatch>,
    /// What the publisher should mend, if the peer has a chain.
    pub findings: Option<Vec<(usize, SeenFinding)>>,
}

/// How a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenStanding {
    /// It is looked at.
    Usable,
    /// It is not, because of a digest of this matching type.
    PassedOver(u8),
    /// It cannot be used, for this reason.
    Unusable(&'static str),
}

/// A match: the record, the depth or why there is none, and what is owed.
pub type SeenMatch = (usize, Result<usize, &'static str>, Vec<&'static str>);

/// What the publisher should mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenFinding {
    /// The record cannot be used.
    Unusable(&'static str),
    /// Its combination matches nothing.
    Unmatched,
    /// Its anchor is not in the chain.
    NotSent,
}
