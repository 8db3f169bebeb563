//! A datagram taken for a packet, of which no record is looked at.

use crate::{COUNTS, Case, contender, datagrams, floor_records, name};
use criterion::Criterion;

/// Peers that decode all records at once are in the other rows: there the records are used, too.
pub(crate) fn parse(criterion: &mut Criterion) {
    for count in COUNTS {
        let mut group = criterion.benchmark_group(name("parse only", count));
        let cases: Vec<Case<u16>> =
            datagrams(count).into_iter().map(|bytes| (bytes, count)).collect();
        contender(&mut group, "netflow-v5", &cases, netflow_v5);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

fn netflow_v5(bytes: &[u8]) -> Option<u16> {
    Some(netflow_v5::Packet::parse(bytes).ok()?.count())
}

fn floor(bytes: &[u8]) -> Option<u16> {
    u16::try_from(floor_records(bytes)?.len()).ok()
}
