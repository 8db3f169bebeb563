//! Byte-for-byte layouts. Private: zerocopy is not part of the public API.

use zerocopy::{
    FromBytes, Immutable, KnownLayout, Unaligned,
    network_endian::{I16, U16, U32},
};

/// The whole header of OpenBSD 3.0, and nothing of the others.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                              af                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      ifname (16 bytes)                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |              rnr              |            reason             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            action             |              dir              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Old {
    pub(crate) family: U32,
    pub(crate) interface: [u8; 16],
    pub(crate) rule: I16,
    pub(crate) reason: U16,
    pub(crate) action: U16,
    pub(crate) direction: U16,
}

/// What all layouts with a length byte begin with.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    length     |      af       |    action     |    reason     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      ifname (16 bytes)                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      ruleset (16 bytes)                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            rulenr                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           subrulenr                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// It goes on at byte 44, in the byte order of the writer where it says HO:
///
/// ```text
/// length 45       44 dir (1)
/// length 49       44 ridentifier (4)   48 dir (1)
/// length 61 on    44 uid (4, HO)   48 pid (4, HO)   52 rule_uid (4, HO)   56 rule_pid (4, HO)
///                 60 dir (1)
/// length 68, 69   64 ridentifier (4)
/// length 100      61 rewritten (1)   62 naf (1)   64 saddr (16)   80 daddr (16)
///                 96 sport (2)   98 dport (2)
/// ```
#[derive(FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Common {
    pub(crate) length: u8,
    pub(crate) family: u8,
    pub(crate) action: u8,
    pub(crate) reason: u8,
    pub(crate) interface: [u8; 16],
    pub(crate) ruleset: [u8; 16],
    pub(crate) rule: U32,
    pub(crate) subrule: U32,
}

const _: () = assert!(size_of::<Old>() == 28);
const _: () = assert!(size_of::<Common>() == 44);

/// Returns the `T` that begins at `offset`, if it is whole.
#[inline]
pub(crate) fn at<T>(bytes: &[u8], offset: usize) -> Option<&T>
where
    T: FromBytes + Immutable + KnownLayout + Unaligned,
{
    T::ref_from_prefix(bytes.get(offset..)?).ok().map(|(part, _)| part)
}

/// Writes `bytes` to `place` from `offset` on, as many as it takes.
#[inline]
pub(crate) fn put(place: &mut [u8], offset: usize, bytes: &[u8]) {
    for (place, byte) in place.iter_mut().skip(offset).zip(bytes) {
        *place = *byte;
    }
}
