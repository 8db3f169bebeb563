//! Every field of the header and of each record, but for the unused ones.

use crate::{COUNTS, Case, contender, datagrams, floor_records, name};
use criterion::Criterion;
use netflow_parser::{
    NetflowPacket, NetflowParser,
    static_versions::v5::{FlowSet, V5},
};
use rustflow_core::netflow_v5::parser::{FlowRecord, NetFlowV5Parser};
use std::net::Ipv4Addr;

pub(crate) fn fields(criterion: &mut Criterion) {
    for count in COUNTS {
        let mut group = criterion.benchmark_group(name("all fields", count));
        let cases: Vec<Case<u64>> =
            datagrams(count).into_iter().map(|bytes| (bytes.clone(), answer(&bytes))).collect();
        contender(&mut group, "netflow-v5", &cases, netflow_v5);
        contender(&mut group, "netflow_parser", &cases, netflow_parser());
        contender(&mut group, "netflow_parser parse_direct", &cases, parse_direct);
        contender(&mut group, "rustflow_core", &cases, rustflow_core);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

/// Widths in bytes of the fields of the header, and of those of a record.
const HEADER: [usize; 9] = [2, 2, 4, 4, 4, 4, 1, 1, 2];
const RECORD: [usize; 20] = [4, 4, 4, 2, 2, 4, 4, 4, 4, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 2];

fn answer(bytes: &[u8]) -> u64 {
    let sum = |mut bytes: &[u8], widths: &[usize]| {
        widths.iter().fold(0, |sum: u64, width| {
            let (field, rest) = bytes.split_at(*width);
            bytes = rest;
            sum + field.iter().fold(0, |value, &byte| value << 8 | u64::from(byte))
        })
    };
    let records = bytes[24..].chunks(48).map(|record| sum(record, &RECORD));
    records.fold(sum(bytes, &HEADER), mix)
}

/// Takes a record in, so that no record can be left out or exchanged.
fn mix(digest: u64, record: u64) -> u64 {
    digest.rotate_left(7) ^ record
}

/// All numbers in one.
macro_rules! sum {
    ($($field:expr),+ $(,)?) => { 0 $(+ u64::from($field))+ };
}

fn bits(address: Ipv4Addr) -> u32 {
    address.to_bits()
}

fn netflow_v5(bytes: &[u8]) -> Option<u64> {
    let packet = netflow_v5::Packet::parse(bytes).ok()?;
    let header = sum![
        5_u16,
        packet.count(),
        packet.sys_uptime(),
        packet.unix_secs(),
        packet.unix_nsecs(),
        packet.flow_sequence(),
        packet.engine_type(),
        packet.engine_id(),
        packet.sampling().0,
    ];
    let record = |record: netflow_v5::Record<'_>| {
        sum![
            bits(record.srcaddr()),
            bits(record.dstaddr()),
            bits(record.nexthop()),
            record.input(),
            record.output(),
            record.packets(),
            record.octets(),
            record.first(),
            record.last(),
            record.srcport(),
            record.dstport(),
            record.tcp_flags().0,
            record.protocol().0,
            record.tos(),
            record.src_as(),
            record.dst_as(),
            record.src_mask(),
            record.dst_mask(),
        ]
    };
    Some(packet.records().map(record).fold(header, mix))
}

/// With a parser that is kept, as its documentation has it.
fn netflow_parser() -> impl FnMut(&[u8]) -> Option<u64> {
    let mut parser = NetflowParser::default();
    move |bytes| match parser.parse_bytes(bytes).packets.first()? {
        NetflowPacket::V5(v5) => Some(of_v5(v5)),
        _ => None,
    }
}

fn parse_direct(bytes: &[u8]) -> Option<u64> {
    let (_, v5) = V5::parse_direct(&bytes[2..]).ok()?;
    Some(of_v5(&v5))
}

#[inline]
fn of_v5(v5: &V5) -> u64 {
    let header = sum![
        v5.header.version,
        v5.header.count,
        v5.header.sys_up_time,
        v5.header.unix_secs,
        v5.header.unix_nsecs,
        v5.header.flow_sequence,
        v5.header.engine_type,
        v5.header.engine_id,
        v5.header.sampling_interval,
    ];
    let record = |flow: &FlowSet| {
        sum![
            bits(flow.src_addr),
            bits(flow.dst_addr),
            bits(flow.next_hop),
            flow.input,
            flow.output,
            flow.d_pkts,
            flow.d_octets,
            flow.first,
            flow.last,
            flow.src_port,
            flow.dst_port,
            flow.tcp_flags,
            flow.protocol_number,
            flow.tos,
            flow.src_as,
            flow.dst_as,
            flow.src_mask,
            flow.dst_mask,
        ]
    };
    v5.flowsets.iter().map(record).fold(header, mix)
}

fn rustflow_core(bytes: &[u8]) -> Option<u64> {
    let (_, packet) = NetFlowV5Parser.parse(bytes).ok()?;
    let header = packet.header;
    let header = sum![
        header.version,
        header.count,
        header.sys_uptime.timestamp_millis() as u32,
        header.unix_secs,
        header.unix_nsecs,
        header.flow_sequence,
        header.engine_type,
        header.engine_id,
        header.sampling_mode << 14 | header.sampling_interval,
    ];
    let record = |flow: &FlowRecord| {
        sum![
            bits(flow.srcaddr),
            bits(flow.dstaddr),
            bits(flow.nexthop),
            flow.input,
            flow.output,
            flow.d_pkts,
            flow.d_ockts,
            flow.first.timestamp_millis() as u32,
            flow.last.timestamp_millis() as u32,
            flow.srcport,
            flow.dstport,
            flow.tcp_flags,
            flow.prot,
            flow.tos,
            flow.src_as,
            flow.dst_as,
            flow.src_mask,
            flow.dst_mask,
        ]
    };
    Some(packet.flow_records.iter().map(record).fold(header, mix))
}

fn floor(bytes: &[u8]) -> Option<u64> {
    let records = floor_records(bytes)?;
    let header = bytes.first_chunk::<24>()?;
    let header = sum![
        u16_at(header, 0),
        u16_at(header, 2),
        u32_at(header, 4),
        u32_at(header, 8),
        u32_at(header, 12),
        u32_at(header, 16),
        header[20],
        header[21],
        u16_at(header, 22),
    ];
    let record = |record: &[u8; 48]| {
        sum![
            u32_at(record, 0),
            u32_at(record, 4),
            u32_at(record, 8),
            u16_at(record, 12),
            u16_at(record, 14),
            u32_at(record, 16),
            u32_at(record, 20),
            u32_at(record, 24),
            u32_at(record, 28),
            u16_at(record, 32),
            u16_at(record, 34),
            record[37],
            record[38],
            record[39],
            u16_at(record, 40),
            u16_at(record, 42),
            record[44],
            record[45],
        ]
    };
    Some(records.iter().map(record).fold(header, mix))
}

/// All places are constants: nothing is checked when it runs.
#[inline(always)]
fn u16_at<const N: usize>(bytes: &[u8; N], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

#[inline(always)]
fn u32_at<const N: usize>(bytes: &[u8; N], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
