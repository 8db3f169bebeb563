//! Byte-for-byte layouts. Private: zerocopy is not part of the public API.

use wire_error::{ErrorKind, Result};
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    network_endian::{U16, U32},
};

/// The header of a packet.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Version = 5          |             Count             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           SysUptime                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           unix_secs                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                          unix_nsecs                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         flow_sequence                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  engine_type  |   engine_id   |       sampling_interval       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) version: U16,
    pub(crate) count: U16,
    pub(crate) sys_uptime: U32,
    pub(crate) unix_secs: U32,
    pub(crate) unix_nsecs: U32,
    pub(crate) flow_sequence: U32,
    pub(crate) engine_type: u8,
    pub(crate) engine_id: u8,
    pub(crate) sampling: U16,
}

/// A flow record.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            srcaddr                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            dstaddr                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            nexthop                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             input             |            output             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             dPkts                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            dOctets                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             First                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             Last                              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            srcport            |            dstport            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     pad1      |   tcp_flags   |     prot      |      tos      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            src_as             |            dst_as             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   src_mask    |   dst_mask    |             pad2              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(FromBytes, Hash, Immutable, IntoBytes, KnownLayout, PartialEq, Eq, Unaligned)]
#[repr(C)]
pub(crate) struct Record {
    pub(crate) srcaddr: [u8; 4],
    pub(crate) dstaddr: [u8; 4],
    pub(crate) nexthop: [u8; 4],
    pub(crate) input: U16,
    pub(crate) output: U16,
    pub(crate) packets: U32,
    pub(crate) octets: U32,
    pub(crate) first: U32,
    pub(crate) last: U32,
    pub(crate) srcport: U16,
    pub(crate) dstport: U16,
    pub(crate) pad1: u8,
    pub(crate) tcp_flags: u8,
    pub(crate) protocol: u8,
    pub(crate) tos: u8,
    pub(crate) src_as: U16,
    pub(crate) dst_as: U16,
    pub(crate) src_mask: u8,
    pub(crate) dst_mask: u8,
    pub(crate) pad2: U16,
}

/// A packet: the header, and as many records as are at hand.
#[derive(FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Packet {
    pub(crate) header: Header,
    pub(crate) records: [Record],
}

const _: () = assert!(size_of::<Header>() == 24);
const _: () = assert!(size_of::<Record>() == 48);

/// The version that this crate is about.
pub(crate) const VERSION: u16 = 5;

/// Reads the header at the front of `input`.
#[inline]
pub(crate) fn header(input: &[u8]) -> Result<(&Header, &[u8])> {
    if let Some((version, _)) = input.split_first_chunk() {
        let version = u16::from_be_bytes(*version);
        if version != VERSION {
            let kind = ErrorKind::UnsupportedVersion { found: version.into() };
            return Err(kind.at(HEADER, 0));
        }
    }
    Header::ref_from_prefix(input).map_err(|_| {
        let (needed, available) = (size_of::<Header>(), input.len());
        ErrorKind::Truncated { needed, available }.at(HEADER, 0)
    })
}

/// Splits a packet of `count` records off the front of `input`; `None` if there are fewer.
#[inline]
pub(crate) fn packet(input: &[u8], count: u16) -> Option<(&Packet, &[u8])> {
    Packet::ref_from_prefix_with_elems(input, count.into()).ok()
}

/// Lays a packet of `count` records over the front of `out`; `None` if it does not fit.
#[inline]
pub(crate) fn packet_mut(out: &mut [u8], count: u16) -> Option<&mut Packet> {
    Packet::mut_from_prefix_with_elems(out, count.into()).ok().map(|(packet, _)| packet)
}

/// Returns `bytes` as records, and what is too short for one.
#[inline]
pub(crate) fn records(bytes: &[u8]) -> (&[Record], &[u8]) {
    <[Record]>::ref_from_prefix(bytes).unwrap_or((&[], bytes))
}

/// Returns the bytes of any of these.
#[inline]
pub(crate) fn bytes<T: Immutable + IntoBytes + ?Sized>(layout: &T) -> &[u8] {
    layout.as_bytes()
}

const HEADER: &str = "packet header";
