//! `Serialize` of the views: the fields in the names of the specification, a code point as its
//! number, an address as serde has it.

use crate::{Packet, Protocol, Record, Records, Sampling, TcpFlags};
use serde::{
    Serialize,
    ser::{SerializeStruct, Serializer},
};

impl Serialize for Packet<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut packet = serializer.serialize_struct("Packet", 9)?;
        packet.serialize_field("count", &self.count())?;
        packet.serialize_field("sys_uptime", &self.sys_uptime())?;
        packet.serialize_field("unix_secs", &self.unix_secs())?;
        packet.serialize_field("unix_nsecs", &self.unix_nsecs())?;
        packet.serialize_field("flow_sequence", &self.flow_sequence())?;
        packet.serialize_field("engine_type", &self.engine_type())?;
        packet.serialize_field("engine_id", &self.engine_id())?;
        packet.serialize_field("sampling", &self.sampling())?;
        packet.serialize_field("records", &self.records())?;
        packet.end()
    }
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.clone())
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_struct("Record", 20)?;
        record.serialize_field("srcaddr", &self.srcaddr())?;
        record.serialize_field("dstaddr", &self.dstaddr())?;
        record.serialize_field("nexthop", &self.nexthop())?;
        record.serialize_field("input", &self.input())?;
        record.serialize_field("output", &self.output())?;
        record.serialize_field("packets", &self.packets())?;
        record.serialize_field("octets", &self.octets())?;
        record.serialize_field("first", &self.first())?;
        record.serialize_field("last", &self.last())?;
        record.serialize_field("srcport", &self.srcport())?;
        record.serialize_field("dstport", &self.dstport())?;
        record.serialize_field("pad1", &self.pad1())?;
        record.serialize_field("tcp_flags", &self.tcp_flags())?;
        record.serialize_field("protocol", &self.protocol())?;
        record.serialize_field("tos", &self.tos())?;
        record.serialize_field("src_as", &self.src_as())?;
        record.serialize_field("dst_as", &self.dst_as())?;
        record.serialize_field("src_mask", &self.src_mask())?;
        record.serialize_field("dst_mask", &self.dst_mask())?;
        record.serialize_field("pad2", &self.pad2())?;
        record.end()
    }
}

impl Serialize for Sampling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl Serialize for TcpFlags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}
