//! One flow a line, as JSON or comma-separated values.

use super::exporter::Ends;
use crate::time::Time;
use netflow_v5::{Packet as Export, Record};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

/// A flow and the export that it came with, in the field names of the format.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Flow {
    /// When the export was captured.
    time: Option<Time>,
    exporter: IpAddr,
    exporter_port: u16,
    collector: IpAddr,
    collector_port: u16,
    engine_type: u8,
    engine_id: u8,
    /// The sequence number of the export.
    sequence: u32,
    srcaddr: Ipv4Addr,
    dstaddr: Ipv4Addr,
    nexthop: Ipv4Addr,
    input: u16,
    output: u16,
    packets: u32,
    octets: u32,
    first: Milliseconds,
    last: Milliseconds,
    srcport: u16,
    dstport: u16,
    tcp_flags: u8,
    protocol: u8,
    tos: u8,
    src_as: u16,
    dst_as: u16,
    src_mask: u8,
    dst_mask: u8,
}

impl Flow {
    /// The names of all fields, in their order.
    pub(super) const FIELDS: &str = "time,exporter,exporter_port,collector,collector_port,engine_type,\
        engine_id,sequence,srcaddr,dstaddr,nexthop,input,output,packets,octets,first,last,srcport,dstport,tcp_flags,protocol,tos,\
        src_as,dst_as,src_mask,dst_mask";

    pub(super) fn new(
        time: Option<Time>,
        ends: &Ends,
        export: &Export<'_>,
        record: &Record<'_>,
    ) -> Self {
        let clock = export.clock();
        Self {
            time,
            exporter: ends.exporter.ip(),
            exporter_port: ends.exporter.port(),
            collector: ends.collector.ip(),
            collector_port: ends.collector.port(),
            engine_type: export.engine_type(),
            engine_id: export.engine_id(),
            sequence: export.flow_sequence(),
            srcaddr: record.srcaddr(),
            dstaddr: record.dstaddr(),
            nexthop: record.nexthop(),
            input: record.input(),
            output: record.output(),
            packets: record.packets(),
            octets: record.octets(),
            first: Milliseconds(clock.unix_millis(record.first())),
            last: Milliseconds(clock.unix_millis(record.last())),
            srcport: record.srcport(),
            dstport: record.dstport(),
            tcp_flags: record.tcp_flags().0,
            protocol: record.protocol().0,
            tos: record.tos(),
            src_as: record.src_as(),
            dst_as: record.dst_as(),
            src_mask: record.src_mask(),
            dst_mask: record.dst_mask(),
        }
    }
}

/// Comma-separated values; a time that is not known is empty.
impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(time) = self.time {
            time.fmt(f)?;
        }
        let Self { exporter, exporter_port, collector, collector_port, .. } = self;
        write!(f, ",{exporter},{exporter_port},{collector},{collector_port}")?;
        let Self { engine_type, engine_id, sequence, srcaddr, dstaddr, .. } = self;
        write!(f, ",{engine_type},{engine_id},{sequence},{srcaddr},{dstaddr}")?;
        let Self { nexthop, input, output, packets, octets, first, last, .. } = self;
        write!(f, ",{nexthop},{input},{output},{packets},{octets},{first},{last}")?;
        let Self { srcport, dstport, tcp_flags, protocol, tos, .. } = self;
        write!(f, ",{srcport},{dstport},{tcp_flags},{protocol},{tos}")?;
        let Self { src_as, dst_as, src_mask, dst_mask, .. } = self;
        write!(f, ",{src_as},{dst_as},{src_mask},{dst_mask}")
    }
}

/// Milliseconds since 1970, which are written as seconds with three decimals.
#[derive(Clone, Copy, Debug)]
struct Milliseconds(i64);

impl fmt::Display for Milliseconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:03}", size / 1_000, size % 1_000)
    }
}

impl Serialize for Milliseconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = RawValue::from_string(self.to_string()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}
