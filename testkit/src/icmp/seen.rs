//! What a decoder sees, as plain fields, so that two decoders can be compared whole.

use crate::bytes::Failure;
use icmp_wire::{Checksum, Evidence, Label, Severity};
use std::{
    net::{IpAddr, Ipv4Addr},
    ops::Range,
};

/// What a decoder sees of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The type.
    pub ty: u8,
    /// Whether messages of this type are errors.
    pub is_error: bool,
    /// The code.
    pub code: u8,
    /// The checksum as sent.
    pub checksum: u16,
    /// What the second half of the header says.
    pub body: SeenBody,
    /// What that means for a connection.
    pub severity: Option<Severity>,
    /// The quoted datagram; `None` for types that quote none.
    pub quote: Result<Option<SeenQuote>, Failure>,
    /// The quoted bytes, without what follows them.
    pub original_len: usize,
    /// The extension structure.
    pub structure: Option<SeenStructure>,
}

/// What a decoder sees in the second half of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenBody {
    /// ICMPv4 type 3, ICMPv6 type 1.
    Unreachable {
        /// The next-hop MTU; `None` for ICMPv6, for other codes, and for 0.
        mtu: Option<u16>,
    },
    /// ICMPv4 type 4.
    SourceQuench,
    /// ICMPv4 type 5.
    Redirect {
        /// The better first hop.
        gateway: Ipv4Addr,
    },
    /// ICMPv6 type 2.
    PacketTooBig {
        /// The MTU of the next link.
        mtu: u32,
    },
    /// ICMPv4 type 11, ICMPv6 type 3.
    TimeExceeded,
    /// ICMPv4 type 12, ICMPv6 type 4.
    ParameterProblem {
        /// Where the problem is.
        pointer: u32,
    },
    /// All else.
    Other {
        /// As it was sent.
        rest: [u8; 4],
    },
}

/// What a decoder sees of a quoted datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenQuote {
    /// Where the quote starts.
    pub offset: usize,
    /// Its source.
    pub source: IpAddr,
    /// Its destination.
    pub destination: IpAddr,
    /// The length its header declares.
    pub declared_len: usize,
    /// The bytes that are present.
    pub present: usize,
    /// IPv4's protocol, or IPv6's first next-header value.
    pub protocol: u8,
    /// IPv4's identification.
    pub identification: Option<u16>,
    /// Time to live or hop limit.
    pub hop_limit: u8,
    /// What the checksum of an IPv4 header is worth.
    pub header_checksum: Option<Checksum>,
    /// What follows its header.
    pub transport: Result<SeenTransport, Failure>,
}

/// What a decoder sees behind a quoted IP header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenTransport {
    /// The protocol.
    pub protocol: u8,
    /// The fragment offset in units of 8 bytes.
    pub fragment_offset: u16,
    /// Where the transport header starts.
    pub offset: usize,
    /// Source and destination port.
    pub ports: Result<Option<(u16, u16)>, Failure>,
    /// Type, identifier and sequence number of an ICMP query.
    pub query: Result<Option<(u8, u16, u16)>, Failure>,
    /// The sequence number of a TCP segment.
    pub tcp_sequence: Result<Option<u32>, Failure>,
}

/// What a decoder sees of an extension structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenStructure {
    /// Why it is taken for one.
    pub evidence: Evidence,
    /// Where it starts.
    pub offset: usize,
    /// The bytes from there to the end.
    pub len: usize,
    /// The quoted bytes in front, without what is declared to fill them up.
    pub original_len: usize,
    /// The quote that is made of these.
    pub quote: Result<SeenQuote, Failure>,
    /// The checksum as sent.
    pub checksum: u16,
    /// What is in it.
    pub objects: SeenObjects,
}

/// What a decoder sees of extension objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenObjects {
    /// Those in front of the first that is broken.
    pub whole: Vec<SeenObject>,
    /// What is wrong with that one.
    pub error: Option<Failure>,
    /// The bytes from there on.
    pub remainder: usize,
}

/// What a decoder sees of an extension object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenObject {
    /// Where it starts.
    pub offset: usize,
    /// Its length, header included.
    pub len: usize,
    /// Its class.
    pub class: u8,
    /// Its C-Type.
    pub c_type: u8,
    /// What it says.
    pub body: Result<SeenObjectBody, Failure>,
}

/// What an extension object says. Names are where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeenObjectBody {
    /// An MPLS label stack.
    LabelStack(Vec<Label>),
    /// Interface information.
    Interface {
        /// The role.
        role: u8,
        /// The ifIndex.
        index: Option<u32>,
        /// The address.
        address: Option<IpAddr>,
        /// The name.
        name: Option<Range<usize>>,
        /// The MTU.
        mtu: Option<u32>,
    },
    /// An interface identified by name.
    ByName(Range<usize>),
    /// An interface identified by ifIndex.
    ByIndex(u32),
    /// An interface identified by address.
    ByAddress {
        /// The address family.
        family: u16,
        /// Where the address stands.
        address: Range<usize>,
    },
    /// Extended information.
    Pointer(u32),
    /// Node identification.
    Node {
        /// The address.
        address: Option<IpAddr>,
        /// The name.
        name: Option<Range<usize>>,
    },
    /// Anything else.
    Other,
}
