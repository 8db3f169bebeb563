//! What a decoder sees, as plain fields, so that two decoders can be compared whole.

use crate::bytes::Failure;

/// What a decoder sees of a packet that may be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The count that is declared.
    pub count: u16,
    /// Whether it is one that the format allows.
    pub is_valid: bool,
    /// SysUptime.
    pub sys_uptime: u32,
    /// unix_secs.
    pub unix_secs: u32,
    /// unix_nsecs.
    pub unix_nsecs: u32,
    /// flow_sequence.
    pub flow_sequence: u32,
    /// engine_type and engine_id.
    pub engine: (u8, u8),
    /// The 16 bits of the sampling, its mode, its interval, and the rate that follows from them.
    pub sampling: (u16, u8, u16, Option<u32>),
    /// When the packet was sent, in milliseconds since 1970, by nanoseconds and by microseconds.
    pub sent: (i64, i64),
    /// The records that are there.
    pub records: Vec<SeenRecord>,
    /// The length of the header and these records.
    pub len: usize,
    /// Why it is not one whole packet and nothing more.
    pub failure: Option<Failure>,
}

/// What a decoder sees of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenRecord {
    /// Where it begins.
    pub offset: usize,
    /// What is sent.
    pub fields: Fields,
    /// The ICMP type and code.
    pub icmp: Option<(u8, u8)>,
    /// First and Last, in milliseconds since 1970.
    pub times: (i64, i64),
}

/// The fields of a record, in the order in which they are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub struct Fields {
    pub srcaddr: [u8; 4],
    pub dstaddr: [u8; 4],
    pub nexthop: [u8; 4],
    pub input: u16,
    pub output: u16,
    pub packets: u32,
    pub octets: u32,
    pub first: u32,
    pub last: u32,
    pub srcport: u16,
    pub dstport: u16,
    pub pad1: u8,
    pub tcp_flags: u8,
    pub protocol: u8,
    pub tos: u8,
    pub src_as: u16,
    pub dst_as: u16,
    pub src_mask: u8,
    pub dst_mask: u8,
    pub pad2: u16,
}

/// What a decoder sees of a datagram that holds several packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPackets {
    /// Those that are whole, with the places of their records counted from their own starts.
    pub whole: Vec<Seen>,
    /// What is wrong with the one behind them.
    pub error: Option<Failure>,
    /// How many bytes are left.
    pub remainder: usize,
}
