use crate::{Packet, Protocol, Record, Sampling, TcpFlags, raw};
use core::net::Ipv4Addr;
use wire_error::{ErrorKind, Result};

/// A packet to be written.
///
/// ```
/// use netflow_v5::{Build, Flow, Header, Packet, Protocol};
///
/// # fn main() -> netflow_v5::Result<()> {
/// let header = Header { sys_uptime: 60_000, unix_secs: 1_700_000_000, ..Header::default() };
/// let flow = Flow {
///     srcaddr: [192, 0, 2, 1].into(),
///     dstaddr: [198, 51, 100, 7].into(),
///     packets: 10,
///     octets: 1000,
///     protocol: Protocol::UDP,
///     ..Flow::default()
/// };
/// let flows = [flow; 2];
/// let mut buffer = [0; Build::MAX_LEN];
/// let len = Build::new(header, &flows).encode(&mut buffer)?;
///
/// let packet = Packet::parse(&buffer[..len])?;
/// assert_eq!(packet.count(), 2);
/// assert_eq!(packet.record(1).map(Flow::from), Some(flow));
/// # Ok(())
/// # }
/// ```
///
/// Where there is no slice of flows to be had, [`Header::to_bytes`] and [`Flow::to_bytes`] write the
/// parts one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Build<'a> {
    /// The header but for the count, which is that of the flows.
    pub header: Header,
    /// The flows.
    pub flows: &'a [Flow],
    /// The most flows that may be written.
    pub max_count: u16,
}

impl<'a> Build<'a> {
    /// What the most records that the format allows take: 1464 bytes.
    pub const MAX_LEN: usize = 1464;

    /// Makes a packet of at most [`Packet::MAX_COUNT`] flows.
    #[must_use]
    pub const fn new(header: Header, flows: &'a [Flow]) -> Self {
        Self { header, flows, max_count: Packet::MAX_COUNT }
    }

    /// Returns the length of the packet in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        let records = self.flows.len().saturating_mul(size_of::<raw::Record>());
        records.saturating_add(size_of::<raw::Header>())
    }

    /// Writes the packet to the front of `out`, and returns how many bytes it took.
    ///
    /// # Errors
    ///
    /// - [`LimitExceeded`](ErrorKind::LimitExceeded) if there are more flows than
    ///   [`max_count`](Self::max_count).
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under
    ///   [`encoded_len`](Self::encoded_len) bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let count = match u16::try_from(self.flows.len()) {
            Ok(count) if count <= self.max_count => count,
            _ => {
                let kind = ErrorKind::LimitExceeded { limit: self.max_count.into() };
                return Err(kind.at("flows of a packet", 0));
            }
        };
        let Some(packet) = raw::packet_mut(out, count) else {
            let (needed, available) = (self.encoded_len(), out.len());
            return Err(ErrorKind::BufferTooSmall { needed, available }.at("packet", 0));
        };
        packet.header = self.header.raw(count);
        for (record, flow) in packet.records.iter_mut().zip(self.flows) {
            *record = flow.raw();
        }
        Ok(self.encoded_len())
    }
}

/// The header of a packet as plain fields, without the version, which is 5, and the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// See [`Packet::sys_uptime`].
    pub sys_uptime: u32,
    /// See [`Packet::unix_secs`].
    pub unix_secs: u32,
    /// See [`Packet::unix_nsecs`].
    pub unix_nsecs: u32,
    /// See [`Packet::flow_sequence`].
    pub flow_sequence: u32,
    /// See [`Packet::engine_type`].
    pub engine_type: u8,
    /// See [`Packet::engine_id`].
    pub engine_id: u8,
    /// See [`Packet::sampling`].
    pub sampling: Sampling,
}

impl Header {
    /// Returns the 24 bytes of the header of a packet with so many records.
    #[must_use]
    pub fn to_bytes(&self, count: u16) -> [u8; 24] {
        zerocopy::transmute!(self.raw(count))
    }

    fn raw(&self, count: u16) -> raw::Header {
        raw::Header {
            version: raw::VERSION.into(),
            count: count.into(),
            sys_uptime: self.sys_uptime.into(),
            unix_secs: self.unix_secs.into(),
            unix_nsecs: self.unix_nsecs.into(),
            flow_sequence: self.flow_sequence.into(),
            engine_type: self.engine_type,
            engine_id: self.engine_id,
            sampling: self.sampling.0.into(),
        }
    }
}

/// All zeros.
impl Default for Header {
    fn default() -> Self {
        Self {
            sys_uptime: 0,
            unix_secs: 0,
            unix_nsecs: 0,
            flow_sequence: 0,
            engine_type: 0,
            engine_id: 0,
            sampling: Sampling(0),
        }
    }
}

/// Takes the header of a packet apart: with it and the [`Flow`]s of the records the same bytes are
/// written again, all of them.
impl From<Packet<'_>> for Header {
    fn from(packet: Packet<'_>) -> Self {
        Self {
            sys_uptime: packet.sys_uptime(),
            unix_secs: packet.unix_secs(),
            unix_nsecs: packet.unix_nsecs(),
            flow_sequence: packet.flow_sequence(),
            engine_type: packet.engine_type(),
            engine_id: packet.engine_id(),
            sampling: packet.sampling(),
        }
    }
}

/// A flow as plain fields: what a [`Record`] shows, without the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    /// See [`Record::srcaddr`].
    pub srcaddr: Ipv4Addr,
    /// See [`Record::dstaddr`].
    pub dstaddr: Ipv4Addr,
    /// See [`Record::nexthop`].
    pub nexthop: Ipv4Addr,
    /// See [`Record::input`].
    pub input: u16,
    /// See [`Record::output`].
    pub output: u16,
    /// See [`Record::packets`].
    pub packets: u32,
    /// See [`Record::octets`].
    pub octets: u32,
    /// See [`Record::first`].
    pub first: u32,
    /// See [`Record::last`].
    pub last: u32,
    /// See [`Record::srcport`].
    pub srcport: u16,
    /// See [`Record::dstport`].
    pub dstport: u16,
    /// See [`Record::pad1`].
    pub pad1: u8,
    /// See [`Record::tcp_flags`].
    pub tcp_flags: TcpFlags,
    /// See [`Record::protocol`].
    pub protocol: Protocol,
    /// See [`Record::tos`].
    pub tos: u8,
    /// See [`Record::src_as`].
    pub src_as: u16,
    /// See [`Record::dst_as`].
    pub dst_as: u16,
    /// See [`Record::src_mask`].
    pub src_mask: u8,
    /// See [`Record::dst_mask`].
    pub dst_mask: u8,
    /// See [`Record::pad2`].
    pub pad2: u16,
}

impl Flow {
    /// Returns the 48 bytes of the record.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 48] {
        zerocopy::transmute!(self.raw())
    }

    fn raw(&self) -> raw::Record {
        raw::Record {
            srcaddr: self.srcaddr.octets(),
            dstaddr: self.dstaddr.octets(),
            nexthop: self.nexthop.octets(),
            input: self.input.into(),
            output: self.output.into(),
            packets: self.packets.into(),
            octets: self.octets.into(),
            first: self.first.into(),
            last: self.last.into(),
            srcport: self.srcport.into(),
            dstport: self.dstport.into(),
            pad1: self.pad1,
            tcp_flags: self.tcp_flags.0,
            protocol: self.protocol.0,
            tos: self.tos,
            src_as: self.src_as.into(),
            dst_as: self.dst_as.into(),
            src_mask: self.src_mask,
            dst_mask: self.dst_mask,
            pad2: self.pad2.into(),
        }
    }
}

/// All zeros.
impl Default for Flow {
    fn default() -> Self {
        Self {
            srcaddr: Ipv4Addr::UNSPECIFIED,
            dstaddr: Ipv4Addr::UNSPECIFIED,
            nexthop: Ipv4Addr::UNSPECIFIED,
            input: 0,
            output: 0,
            packets: 0,
            octets: 0,
            first: 0,
            last: 0,
            srcport: 0,
            dstport: 0,
            pad1: 0,
            tcp_flags: TcpFlags(0),
            protocol: Protocol(0),
            tos: 0,
            src_as: 0,
            dst_as: 0,
            src_mask: 0,
            dst_mask: 0,
            pad2: 0,
        }
    }
}

impl From<Record<'_>> for Flow {
    fn from(record: Record<'_>) -> Self {
        Self {
            srcaddr: record.srcaddr(),
            dstaddr: record.dstaddr(),
            nexthop: record.nexthop(),
            input: record.input(),
            output: record.output(),
            packets: record.packets(),
            octets: record.octets(),
            first: record.first(),
            last: record.last(),
            srcport: record.srcport(),
            dstport: record.dstport(),
            pad1: record.pad1(),
            tcp_flags: record.tcp_flags(),
            protocol: record.protocol(),
            tos: record.tos(),
            src_as: record.src_as(),
            dst_as: record.dst_as(),
            src_mask: record.src_mask(),
            dst_mask: record.dst_mask(),
            pad2: record.pad2(),
        }
    }
}
