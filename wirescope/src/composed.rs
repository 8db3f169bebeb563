//! Datagrams composed by hand, for tests.

use crate::{datagram::Datagram, line::Line, link::Frame};

/// Returns what is written of the first `len` bytes of a datagram.
#[track_caller]
pub(crate) fn written(write: fn(&mut Line, &Datagram<'_>), datagram: &[u8], len: usize) -> String {
    let frame = Frame::ip(&datagram[..len]).unwrap();
    let mut line = Line::default();
    write(&mut line, &Datagram::of(&frame, datagram.len()).unwrap());
    str::from_utf8(line.as_bytes()).unwrap().to_owned()
}

pub(crate) fn icmp(ty: u8, code: u8, quote: &[u8]) -> Vec<u8> {
    // A next-hop MTU of 1500, a gateway, a pointer.
    [&[ty, code, 0, 0, 10, 0, 0x05, 0xdc], quote].concat()
}

/// From port 1024 to port 443, the last sequence number, acknowledging 1.
pub(crate) fn tcp(flags: u8, options: &[u8], data: &[u8]) -> Vec<u8> {
    let words = u8::try_from(options.len() / 4).unwrap().checked_add(5).unwrap();
    let start = [4, 0, 1, 0xbb, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, words << 4, flags];
    // A window of 16384, and an urgent pointer of 7.
    [&start[..], &[0x40, 0, 0, 0, 0, 7], options, data].concat()
}

/// From 192.0.2.1 to 198.51.100.7.
pub(crate) fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let len = u8::try_from(payload.len()).unwrap().checked_add(20).unwrap();
    let header = [0x45, 0, 0, len, 0, 1, 0, 0, 64, protocol, 0, 0];
    [&header[..], &[192, 0, 2, 1, 198, 51, 100, 7], payload].concat()
}

/// From `2001:db8::1` to `::198.51.100.7`, which has no other spelling in tcpdump.
pub(crate) fn v6(next_header: u8, payload: &[u8]) -> Vec<u8> {
    let len = u8::try_from(payload.len()).unwrap();
    let source = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let destination = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 198, 51, 100, 7];
    let header = [0x60, 0, 0, 0, 0, len, next_header, 64];
    [&header[..], &source, &destination, payload].concat()
}

/// Ports 53 and 1024, and four bytes more.
pub(crate) const PORTS: [u8; 8] = [0, 53, 4, 0, 0, 8, 0, 0];
