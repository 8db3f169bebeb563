//! What a decoder sees, as plain fields, so that two decoders can be compared whole.

use crate::bytes::Failure;
use pflog_wire::Meaning;
use std::net::IpAddr;

/// What a decoder sees of an entry that may be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What is sent.
    pub fields: Fields,
    /// The systems that may have written it.
    pub systems: Vec<&'static str>,
    /// The names that the action may have, in the order of the alphabet.
    pub actions: Vec<&'static str>,
    /// Those of the reason.
    pub reasons: Vec<&'static str>,
    /// Those of the direction.
    pub directions: Option<Vec<&'static str>>,
    /// The number of the rule.
    pub rule: Option<u32>,
    /// The number of the rule in its anchor.
    pub subrule: Option<u32>,
    /// NPF's identifier of the rule.
    pub npf_rule: Option<u64>,
    /// User, process, and those of the rule.
    pub owners: [Option<i64>; 4],
    /// The identifier of the rule.
    pub ridentifier: Option<u32>,
    /// What the addresses are those of.
    pub meaning: Option<Meaning>,
    /// The addresses.
    pub addresses: [Option<IpAddr>; 2],
    /// Family and IP version, where they contradict each other.
    pub mismatch: Option<(u32, u8)>,
    /// How many bytes of header there are.
    pub header_len: usize,
    /// What is wrong with it.
    pub failure: Option<Failure>,
}

/// What is sent: the numbers as they are, and `None` where there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the accessors")]
pub struct Fields {
    pub layout: u8,
    pub is_big: bool,
    pub family: u32,
    pub action: u16,
    pub reason: u16,
    pub interface: Vec<u8>,
    pub ruleset: Vec<u8>,
    pub rule: u32,
    pub subrule: Option<u32>,
    pub owners: [Option<u32>; 4],
    pub direction: Option<u16>,
    pub ridentifier: Option<u32>,
    pub rewritten: Option<u8>,
    pub naf: Option<u32>,
    pub saddr: Option<[u8; 16]>,
    pub daddr: Option<[u8; 16]>,
    pub sport: Option<u16>,
    pub dport: Option<u16>,
    pub payload: Vec<u8>,
}
