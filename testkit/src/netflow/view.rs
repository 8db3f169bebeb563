//! What `netflow_v5` sees, and what must hold of every view of it.

use super::{Fields, Seen, SeenPackets, SeenRecord};
use crate::bytes::{Failure, check_error, offset_within};
use netflow_v5::{Clock, Error, Packet, Packets, Record};
use std::fmt::Debug;

/// Returns what `netflow_v5` sees in `data`, having checked what must hold of every view of it.
///
/// # Errors
///
/// The crate's own.
///
/// # Panics
///
/// If a view contradicts itself.
pub fn see(data: &[u8]) -> Result<Seen, Failure> {
    let (packet, error) = Packet::parse_lax(data).map_err(|error| failure(error, data))?;
    assert_eq!(offset_within(packet.as_bytes(), data), 0);
    Ok(Seen { failure: error.map(|error| failure(error, data)), ..self::packet(packet) })
}

/// Takes the packets of a datagram one after the other.
pub(super) fn packets(data: &[u8]) -> SeenPackets {
    let mut packets = Packets::new(data);
    let mut whole = Vec::new();
    let mut at = 0;
    loop {
        assert_eq!((offset_within(packets.remainder(), data), packets.error()), (at, None));
        let Some(packet) = packets.next() else { break };
        assert_eq!(offset_within(packet.as_bytes(), data), at);
        assert_eq!(packet.records().len(), packet.count().into());
        at += packet.as_bytes().len();
        whole.push(self::packet(packet));
    }
    let (error, remainder) = (packets.error(), packets.remainder());
    assert_eq!(offset_within(remainder, data), at);
    assert_eq!(at + remainder.len(), data.len());
    assert_eq!(error.is_none(), remainder.is_empty());
    assert!(packets.next().is_none(), "not fused");
    assert_eq!((packets.error(), packets.remainder()), (error, remainder));
    check_text(&Packets::new(data), data.len());
    let error = error.map(|error| failure(error, data));
    SeenPackets { whole, error, remainder: remainder.len() }
}

fn packet(packet: Packet<'_>) -> Seen {
    let bytes = packet.as_bytes();
    let (uptime, secs, nsecs) = (packet.sys_uptime(), packet.unix_secs(), packet.unix_nsecs());
    let clock = packet.clock();
    assert_eq!(clock, Clock::new(uptime, secs, nsecs));
    let micros = Clock::with_microseconds(uptime, secs, nsecs);
    let sampling = packet.sampling();
    check_records(packet);
    check_text(&packet, bytes.len());
    // The same bytes at another place are the same packet.
    let copy = bytes.to_vec();
    let (same, _) = Packet::parse_lax(&copy).unwrap();
    assert_eq!(same, packet);
    let records = packet.records().map(|record| self::record(record, clock, bytes)).collect();
    Seen {
        count: packet.count(),
        is_valid: packet.has_valid_count(),
        sys_uptime: uptime,
        unix_secs: secs,
        unix_nsecs: nsecs,
        flow_sequence: packet.flow_sequence(),
        engine: (packet.engine_type(), packet.engine_id()),
        sampling: (
            sampling.0,
            sampling.mode().0,
            sampling.interval(),
            sampling.rate().map(u32::from),
        ),
        sent: (clock.sent_millis(), micros.sent_millis()),
        records,
        len: bytes.len(),
        failure: None,
    }
}

fn record(record: Record<'_>, clock: Clock, packet: &[u8]) -> SeenRecord {
    assert_eq!(record.as_bytes().len(), 48);
    let fields = Fields {
        srcaddr: record.srcaddr().octets(),
        dstaddr: record.dstaddr().octets(),
        nexthop: record.nexthop().octets(),
        input: record.input(),
        output: record.output(),
        packets: record.packets(),
        octets: record.octets(),
        first: record.first(),
        last: record.last(),
        srcport: record.srcport(),
        dstport: record.dstport(),
        pad1: record.pad1(),
        tcp_flags: record.tcp_flags().0,
        protocol: record.protocol().0,
        tos: record.tos(),
        src_as: record.src_as(),
        dst_as: record.dst_as(),
        src_mask: record.src_mask(),
        dst_mask: record.dst_mask(),
        pad2: record.pad2(),
    };
    SeenRecord {
        offset: offset_within(record.as_bytes(), packet),
        fields,
        icmp: record.icmp().map(|icmp| (icmp.ty, icmp.code)),
        times: (clock.unix_millis(record.first()), clock.unix_millis(record.last())),
    }
}

/// The laws of an iterator with a fixed stride, and the record with an index.
fn check_records(packet: Packet<'_>) {
    let len = packet.records().len();
    let forward: Vec<Record<'_>> = packet.into_iter().collect();
    assert_eq!(forward.len(), len);
    let mut backward: Vec<Record<'_>> = (&packet).into_iter().rev().collect();
    backward.reverse();
    assert_eq!(forward, backward);
    for (n, record) in forward.iter().enumerate() {
        assert_eq!(packet.record(n), Some(*record));
        assert_eq!(packet.records().nth(n), Some(*record));
    }
    assert_eq!((packet.record(len), packet.record(usize::MAX)), (None, None));
    assert_eq!(packet.records().nth(len), None);

    let mut records = packet.records();
    for left in (0..len).rev() {
        let taken = if left % 3 == 0 { records.next_back() } else { records.next() };
        assert!(taken.is_some());
        assert_eq!(records.size_hint(), (left, Some(left)));
        assert_eq!(records.remainder().len(), 48 * left);
        offset_within(records.remainder(), packet.as_bytes());
    }
    assert_eq!((records.next(), records.next_back(), records.next()), (None, None, None));
}

/// Holds an error against its promises.
pub(super) fn failure(error: Error, data: &[u8]) -> Failure {
    check_error(&error, data);
    error.into()
}

/// Formatting never fails, and never prints the bytes: what is said grows with the records alone.
fn check_text(view: &impl Debug, len: usize) {
    // A few records say all that many would.
    if len > 300 {
        return;
    }
    let text = format!("{view:?}");
    assert!(text.len() < 1000 + 20 * len, "too much to say: {text}");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text:?}");
}
