//! Byte-for-byte layouts. Private: zerocopy is not part of the public API.

use wire_error::{ErrorKind, Result};
use zerocopy::{
    FromBytes, Immutable, KnownLayout, Unaligned,
    byteorder::{
        native_endian,
        network_endian::{U16, U32},
    },
};

/// The header of every ICMP and ICMPv6 message (RFC 792, RFC 4443 §2.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Type      |     Code      |           Checksum            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                   depends on type and code                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) ty: u8,
    pub(crate) code: u8,
    pub(crate) checksum: U16,
    pub(crate) rest: [U16; 2],
}

/// The fixed part of an IPv4 header (RFC 791 §3.1).
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Ipv4 {
    pub(crate) version_and_header_length: u8,
    pub(crate) type_of_service: u8,
    pub(crate) total_length: U16,
    pub(crate) identification: U16,
    pub(crate) flags_and_fragment_offset: U16,
    pub(crate) time_to_live: u8,
    pub(crate) protocol: u8,
    pub(crate) checksum: U16,
    pub(crate) source: [u8; 4],
    pub(crate) destination: [u8; 4],
}

/// An IPv6 header (RFC 8200 §3).
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Ipv6 {
    pub(crate) version_class_and_flow: U32,
    pub(crate) payload_length: U16,
    pub(crate) next_header: u8,
    pub(crate) hop_limit: u8,
    pub(crate) source: [u8; 16],
    pub(crate) destination: [u8; 16],
}

/// The start of every IPv6 extension header, a fragment header's reserved byte included.
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Ipv6Extension {
    pub(crate) next_header: u8,
    pub(crate) length: u8,
    pub(crate) fragment_offset_and_flags: U16,
    pub(crate) rest: [u8; 4],
}

/// What the headers of UDP, TCP, SCTP, DCCP and UDP-Lite begin with.
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Ports {
    pub(crate) source: U16,
    pub(crate) destination: U16,
}

/// What a TCP header begins with (RFC 9293 §3.1).
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Tcp {
    pub(crate) ports: Ports,
    pub(crate) sequence: U32,
}

/// The header of an extension structure (RFC 4884 §7).
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Structure {
    pub(crate) version_and_reserved: U16,
    pub(crate) checksum: U16,
}

/// The header of an extension object (RFC 4884 §8).
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Object {
    pub(crate) length: U16,
    pub(crate) class: u8,
    pub(crate) c_type: u8,
}

/// An entry of an MPLS label stack (RFC 4950 §4, RFC 3032 §2.1).
#[derive(FromBytes, Hash, Immutable, KnownLayout, PartialEq, Eq, Unaligned)]
#[repr(transparent)]
pub(crate) struct Label(pub(crate) U32);

const _: () = assert!(size_of::<Header>() == 8);
const _: () = assert!(size_of::<Structure>() == 4);
const _: () = assert!(size_of::<Object>() == 4);
const _: () = assert!(size_of::<Label>() == 4);
const _: () = assert!(size_of::<Ipv4>() == 20);
const _: () = assert!(size_of::<Ipv6>() == 40);
const _: () = assert!(size_of::<Ipv6Extension>() == 8);
const _: () = assert!(size_of::<Ports>() == 4);

/// Splits a `T` off the front of `input`, which starts at `offset`.
#[inline]
pub(crate) fn split<'a, T>(
    input: &'a [u8],
    context: &'static str,
    offset: usize,
) -> Result<(&'a T, &'a [u8])>
where
    T: FromBytes + Immutable + KnownLayout + Unaligned,
{
    T::ref_from_prefix(input).map_err(|_| {
        ErrorKind::Truncated { needed: size_of::<T>(), available: input.len() }.at(context, offset)
    })
}

/// Returns `bytes` as a label stack, if they are a whole number of entries.
#[inline]
pub(crate) fn labels(bytes: &[u8]) -> Option<&[Label]> {
    <[Label]>::ref_from_bytes(bytes).ok()
}

/// Returns `bytes` as words, and what is too short for one.
#[inline]
pub(crate) fn words(bytes: &[u8]) -> (&[native_endian::U64], &[u8]) {
    <[native_endian::U64]>::ref_from_prefix(bytes).unwrap_or((&[], bytes))
}

/// Writes `bytes` to the front of `place`, as many as it takes.
#[inline]
pub(crate) fn fill(place: &mut [u8], bytes: &[u8]) {
    for (place, byte) in place.iter_mut().zip(bytes) {
        *place = *byte;
    }
}
