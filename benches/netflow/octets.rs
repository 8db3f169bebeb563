//! How many bytes the flows of a datagram had: one field of each record.

use crate::{COUNTS, Case, contender, datagrams, floor_records, name};
use criterion::Criterion;
use netflow_parser::{NetflowPacket, NetflowParser, static_versions::v5::V5};
use rustflow_core::netflow_v5::parser::NetFlowV5Parser;

pub(crate) fn octets(criterion: &mut Criterion) {
    for count in COUNTS {
        let mut group = criterion.benchmark_group(name("sum of octets", count));
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

fn answer(bytes: &[u8]) -> u64 {
    let octets = bytes[24..].chunks(48).map(|record| &record[20..24]);
    octets.map(|octets| octets.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte))).sum()
}

fn netflow_v5(bytes: &[u8]) -> Option<u64> {
    let packet = netflow_v5::Packet::parse(bytes).ok()?;
    Some(packet.records().map(|record| u64::from(record.octets())).sum())
}

/// With a parser that is kept, as its documentation has it.
fn netflow_parser() -> impl FnMut(&[u8]) -> Option<u64> {
    let mut parser = NetflowParser::default();
    move |bytes| match parser.parse_bytes(bytes).packets.first()? {
        NetflowPacket::V5(v5) => {
            Some(v5.flowsets.iter().map(|flow| u64::from(flow.d_octets)).sum())
        }
        _ => None,
    }
}

fn parse_direct(bytes: &[u8]) -> Option<u64> {
    let (_, v5) = V5::parse_direct(&bytes[2..]).ok()?;
    Some(v5.flowsets.iter().map(|flow| u64::from(flow.d_octets)).sum())
}

fn rustflow_core(bytes: &[u8]) -> Option<u64> {
    let (_, packet) = NetFlowV5Parser.parse(bytes).ok()?;
    Some(packet.flow_records.iter().map(|flow| u64::from(flow.d_ockts)).sum())
}

fn floor(bytes: &[u8]) -> Option<u64> {
    let octets = |record: &[u8; 48]| {
        u64::from(u32::from_be_bytes([record[20], record[21], record[22], record[23]]))
    };
    Some(floor_records(bytes)?.iter().map(octets).sum())
}
