//! Numbers and addresses in network byte order.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Returns the number of two bytes that stands `at` so many bytes into `bytes`.
#[inline]
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|number| u16::from_be_bytes(*number))
}

/// Returns the number of four bytes that stands `at` so many bytes into `bytes`.
#[inline]
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_be_bytes(*number))
}

/// Returns the IPv4 address that stands `at` so many bytes into `bytes`.
pub(crate) fn v4_at(bytes: &[u8], at: usize) -> Option<Ipv4Addr> {
    bytes.get(at..)?.first_chunk::<4>().map(|octets| (*octets).into())
}

/// Returns the IPv6 address that stands `at` so many bytes into `bytes`.
pub(crate) fn v6_at(bytes: &[u8], at: usize) -> Option<Ipv6Addr> {
    bytes.get(at..)?.first_chunk::<16>().map(|octets| (*octets).into())
}
