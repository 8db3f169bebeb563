//! A second decoder: index by index, as the tables of the format read, sharing nothing with the
//! crate.

use super::{Fields, Seen, SeenPackets, SeenRecord};
use crate::bytes::Failure;
use netflow_v5::Recognition;
use wire_error::ErrorKind;

/// Decodes what is there of a packet.
///
/// # Errors
///
/// As the crate does.
pub fn decode(data: &[u8]) -> Result<Seen, Failure> {
    if data.len() >= 2 && u16_at(data, 0) != 5 {
        let kind = ErrorKind::UnsupportedVersion { found: u16_at(data, 0).into() };
        return Err(Failure { offset: 0, kind });
    }
    if data.len() < 24 {
        let kind = ErrorKind::Truncated { needed: 24, available: data.len() };
        return Err(Failure { offset: 0, kind });
    }
    let count = u16_at(data, 2);
    let (sys_uptime, unix_secs, unix_nsecs) = (u32_at(data, 4), u32_at(data, 8), u32_at(data, 12));
    let sent = sent(unix_secs, unix_nsecs);
    let mut records = Vec::new();
    let mut failure = None;
    let mut at = 24;
    for _ in 0..count {
        if data.len() - at < 48 {
            let kind = ErrorKind::Truncated { needed: 48, available: data.len() - at };
            failure = Some(Failure { offset: at, kind });
            break;
        }
        records.push(record(data, at, sys_uptime, sent.0));
        at += 48;
    }
    if failure.is_none() && at < data.len() {
        let kind = ErrorKind::TrailingData { remaining: data.len() - at };
        failure = Some(Failure { offset: at, kind });
    }
    Ok(Seen {
        count,
        is_valid: count > 0 && count < 31,
        sys_uptime,
        unix_secs,
        unix_nsecs,
        flow_sequence: u32_at(data, 16),
        engine: (data[20], data[21]),
        sampling: sampling(u16_at(data, 22)),
        sent,
        records,
        len: at,
        failure,
    })
}

/// Decodes the packets of a datagram, one behind the other.
#[must_use]
pub fn packets(data: &[u8]) -> SeenPackets {
    let mut seen = SeenPackets { whole: Vec::new(), error: None, remainder: 0 };
    let mut at = 0;
    while at < data.len() {
        let packet = match decode(&data[at..]) {
            Ok(mut packet) => match packet.failure.take() {
                Some(failure) if failure.kind != trailing(data.len() - at - packet.len) => {
                    Err(failure)
                }
                _ => Ok(packet),
            },
            Err(failure) => Err(failure),
        };
        match packet {
            Ok(packet) => {
                at += packet.len;
                seen.whole.push(packet);
            }
            Err(failure) => {
                seen.error = Some(Failure { offset: at + failure.offset, ..failure });
                break;
            }
        }
    }
    seen.remainder = data.len() - at;
    seen
}

fn trailing(remaining: usize) -> ErrorKind {
    ErrorKind::TrailingData { remaining }
}

fn record(data: &[u8], at: usize, sys_uptime: u32, sent: i64) -> SeenRecord {
    let fields = Fields {
        srcaddr: [data[at], data[at + 1], data[at + 2], data[at + 3]],
        dstaddr: [data[at + 4], data[at + 5], data[at + 6], data[at + 7]],
        nexthop: [data[at + 8], data[at + 9], data[at + 10], data[at + 11]],
        input: u16_at(data, at + 12),
        output: u16_at(data, at + 14),
        packets: u32_at(data, at + 16),
        octets: u32_at(data, at + 20),
        first: u32_at(data, at + 24),
        last: u32_at(data, at + 28),
        srcport: u16_at(data, at + 32),
        dstport: u16_at(data, at + 34),
        pad1: data[at + 36],
        tcp_flags: data[at + 37],
        protocol: data[at + 38],
        tos: data[at + 39],
        src_as: u16_at(data, at + 40),
        dst_as: u16_at(data, at + 42),
        src_mask: data[at + 44],
        dst_mask: data[at + 45],
        pad2: u16_at(data, at + 46),
    };
    seen(at, fields, sys_uptime, sent)
}

/// What follows from the fields of a record.
#[must_use]
pub fn seen(offset: usize, fields: Fields, sys_uptime: u32, sent: i64) -> SeenRecord {
    let is_icmp = fields.protocol == 1 && fields.srcport == 0;
    let icmp = is_icmp.then_some(((fields.dstport / 256) as u8, (fields.dstport % 256) as u8));
    let time = |uptime| absolute(uptime, sys_uptime, sent);
    SeenRecord { offset, fields, icmp, times: (time(fields.first), time(fields.last)) }
}

/// Of all the moments that an uptime can mean, the nearest to the packet; the earlier of two.
#[must_use]
pub fn absolute(uptime: u32, sys_uptime: u32, sent: i64) -> i64 {
    let boot = sent - i64::from(sys_uptime);
    let wrap = 1 << 32;
    [-wrap, 0, wrap]
        .map(|wraps| boot + i64::from(uptime) + wraps)
        .into_iter()
        .min_by_key(|time| (time - sent).abs())
        .expect("three")
}

/// When a packet was sent, by nanoseconds and by microseconds.
#[must_use]
pub fn sent(unix_secs: u32, unix_nsecs: u32) -> (i64, i64) {
    let (secs, nsecs) = (i64::from(unix_secs), i64::from(unix_nsecs));
    (secs * 1000 + nsecs / 1_000_000, secs * 1000 + nsecs / 1000)
}

/// The parts of the sampling field.
#[must_use]
pub fn sampling(bits: u16) -> (u16, u8, u16, Option<u32>) {
    let (mode, interval) = ((bits / 16384) as u8, bits % 16384);
    let rate = (mode != 0 && interval != 0).then_some(interval.into());
    (bits, mode, interval, rate)
}

/// Whether a payload of `len` bytes that starts like this is an export.
pub fn recognize(payload: &[u8], len: usize) -> Recognition {
    let mut at = 0;
    while at < len {
        let byte = |n| (at + n < len).then(|| payload.get(at + n)).flatten().copied();
        if len - at < 72 || byte(0).is_some_and(|byte| byte != 0) {
            return Recognition::Other;
        }
        if byte(1).is_some_and(|byte| byte != 5) || byte(2).is_some_and(|byte| byte != 0) {
            return Recognition::Other;
        }
        match byte(3) {
            None => return Recognition::Truncated,
            Some(count @ 1..=30) => at += 24 + 48 * usize::from(count),
            Some(_) => return Recognition::Other,
        }
    }
    if at == len && len > 0 { Recognition::Export } else { Recognition::Other }
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from(data[at]) * 256 + u16::from(data[at + 1])
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from(u16_at(data, at)) * 65536 + u32::from(u16_at(data, at + 2))
}
