//! The compact generator: a few bytes choose packets near the limits of the format.

use super::{Fields, Seen, SeenPackets, check, naive, view};
use crate::bytes::Failure;
use arbitrary::{Arbitrary, Result, Unstructured};
use netflow_v5::{Build, Flow, Header};
use wire_error::ErrorKind;

/// A datagram as plain fields.
#[derive(Clone, Debug)]
pub struct Model {
    /// The packets in it.
    pub parts: Vec<Part>,
    /// What follows them.
    pub trailing: Vec<u8>,
    /// How many bytes of the whole are kept.
    pub kept: usize,
}

/// A packet as plain fields.
#[derive(Clone, Debug)]
pub struct Part {
    /// The version.
    pub version: u16,
    /// The count, which may be wrong.
    pub count: u16,
    /// SysUptime, unix_secs, unix_nsecs and flow_sequence.
    pub header: [u32; 4],
    /// engine_type and engine_id.
    pub engine: (u8, u8),
    /// The 16 bits of the sampling.
    pub sampling: u16,
    /// The records.
    pub records: Vec<Fields>,
}

/// How many records there are.
const COUNTS: [usize; 8] = [1, 30, 2, 0, 31, 29, 3, 64];

/// What is declared beside what is there.
const DECLARED: [fn(u16) -> u16; 8] = [
    |count| count,
    |count| count + 1,
    |count| count.saturating_sub(1),
    |_| 0,
    |_| 65535,
    |_| 31,
    u16::swap_bytes,
    |count| count + 256,
];

const VERSIONS: [u16; 8] = [9, 1, 7, 0x0500, 10, 0, 8, 6];

/// Uptimes from that of the packet on: both sides of all wraps, and of what others take for one.
const TIMES: [u32; 16] = [
    0,
    1,
    u32::MAX,
    10_000_u32.wrapping_neg(),
    100_000,
    100_001,
    0x7fff_ffff,
    0x8000_0000,
    0x8000_0001,
    100_000_u32.wrapping_neg(),
    3382_u32.wrapping_neg(),
    804_u32.wrapping_neg(),
    86_400_000_u32.wrapping_neg(),
    0x4000_0000,
    0xc000_0000,
    50,
];

const PROTOCOLS: [u8; 8] = [1, 6, 17, 1, 0, 255, 58, 47];

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let steer = u8::arbitrary(u)?;
        let mut model = Self { parts: Vec::new(), trailing: Vec::new(), kept: usize::MAX };
        for _ in 0..[1, 2, 1, 3][usize::from(steer % 4)] {
            model.parts.push(Part::arbitrary(u)?);
        }
        // Once in eight a damaged version or count, as a rule that of the last packet.
        let damage = u8::arbitrary(u)?;
        let at = usize::from(steer / 4 % 4).min(model.parts.len() - 1);
        match (steer / 16 % 4, model.parts.get_mut(at)) {
            (1, Some(part)) => {
                part.count = DECLARED[usize::from(damage % 8)](part.count);
            }
            (2, Some(part)) if damage % 4 == 0 => {
                part.version = VERSIONS[usize::from(damage / 4 % 8)];
            }
            _ => {}
        }
        if steer & 0x40 != 0 {
            let len = [1, 23, 24, 48, 2, 72, 47, 4][usize::from(damage / 32)];
            model.trailing = (0..len).map(|n| [damage, 0, 5, n as u8][n % 4]).collect();
        }
        if steer & 0x80 != 0 {
            let places = [0, 24, 72, model.whole().len()];
            let [place, shift] = <[u8; 2]>::arbitrary(u)?;
            let place = places[usize::from(place % 4)] + usize::from(place / 4 % 32) * 48;
            model.kept = (place + usize::from(shift % 16)).saturating_sub(8);
        }
        Ok(model)
    }
}

impl<'a> Arbitrary<'a> for Part {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let steer = u8::arbitrary(u)?;
        let header: [u32; 4] = u.arbitrary()?;
        let engine = u.arbitrary()?;
        let sampling = u.arbitrary()?;
        let seeds: [u8; 4] = u.arbitrary()?;
        let [sys_uptime, ..] = header;
        let records = 0..COUNTS[usize::from(steer % 8)];
        let records: Vec<_> = records.map(|n| record(sys_uptime, seeds, n)).collect();
        Ok(Self { version: 5, count: records.len() as u16, header, engine, sampling, records })
    }
}

/// A record whose fields all differ, and from those of the other records too.
fn record(sys_uptime: u32, [times, protocol, values, stride]: [u8; 4], n: usize) -> Fields {
    let mut state = u32::from(values) << 16 | u32::from(stride) << 8 | n as u32;
    let mut next = || {
        state = state.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
        state ^ state >> 15
    };
    let time = |nibble: usize| sys_uptime.wrapping_add(TIMES[(nibble + n) % 16]);
    let protocol = usize::from(protocol) + n;
    Fields {
        srcaddr: next().to_be_bytes(),
        dstaddr: next().to_be_bytes(),
        nexthop: next().to_be_bytes(),
        input: next() as u16,
        output: next() as u16,
        packets: next(),
        octets: next(),
        first: time(usize::from(times % 16)),
        last: time(usize::from(times / 16)),
        srcport: if protocol & 8 != 0 { 0 } else { next() as u16 },
        dstport: next() as u16,
        pad1: next() as u8,
        tcp_flags: next() as u8,
        protocol: PROTOCOLS[protocol % 8],
        tos: next() as u8,
        src_as: next() as u16,
        dst_as: next() as u16,
        src_mask: next() as u8,
        dst_mask: next() as u8,
        pad2: next() as u16,
    }
}

impl Model {
    /// Encodes the datagram, and cuts it where the model says.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.whole();
        bytes.truncate(self.kept);
        bytes
    }

    fn whole(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.parts.iter().flat_map(Part::encode).collect();
        bytes.extend(&self.trailing);
        bytes
    }

    /// What a reader has to see of the packets that are whole and say nothing wrong; `None` if the
    /// model has others, but for a cut.
    fn expected(&self) -> Option<SeenPackets> {
        let is_odd =
            |part: &Part| part.version != 5 || usize::from(part.count) != part.records.len();
        if self.parts.iter().any(is_odd) || !self.trailing.is_empty() {
            return None;
        }
        let mut left = self.encode().len();
        let total = left;
        let mut seen = SeenPackets { whole: Vec::new(), error: None, remainder: 0 };
        for part in &self.parts {
            let len = 24 + 48 * part.records.len();
            if left == 0 {
                break;
            }
            if left < len {
                let (at, needed) =
                    if left < 24 { (0, 24) } else { (24 + (left - 24) / 48 * 48, 48) };
                let kind = ErrorKind::Truncated { needed, available: left - at };
                seen.error = Some(Failure { offset: total - left + at, kind });
                break;
            }
            seen.whole.push(part.expected());
            left -= len;
        }
        seen.remainder = left;
        Some(seen)
    }
}

impl Part {
    /// Encodes the packet.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.version.to_be_bytes().to_vec();
        bytes.extend(self.count.to_be_bytes());
        bytes.extend(self.header.iter().flat_map(|field| field.to_be_bytes()));
        bytes.extend([self.engine.0, self.engine.1]);
        bytes.extend(self.sampling.to_be_bytes());
        for record in &self.records {
            bytes.extend([record.srcaddr, record.dstaddr, record.nexthop].concat());
            bytes.extend(record.input.to_be_bytes());
            bytes.extend(record.output.to_be_bytes());
            let counters = [record.packets, record.octets, record.first, record.last];
            bytes.extend(counters.iter().flat_map(|field| field.to_be_bytes()));
            bytes.extend(record.srcport.to_be_bytes());
            bytes.extend(record.dstport.to_be_bytes());
            bytes.extend([record.pad1, record.tcp_flags, record.protocol, record.tos]);
            bytes.extend(record.src_as.to_be_bytes());
            bytes.extend(record.dst_as.to_be_bytes());
            bytes.extend([record.src_mask, record.dst_mask]);
            bytes.extend(record.pad2.to_be_bytes());
        }
        bytes
    }

    fn expected(&self) -> Seen {
        let [sys_uptime, unix_secs, unix_nsecs, flow_sequence] = self.header;
        let sent = naive::sent(unix_secs, unix_nsecs);
        let seen =
            |(n, record): (usize, &Fields)| naive::seen(24 + 48 * n, *record, sys_uptime, sent.0);
        Seen {
            count: self.count,
            is_valid: (1..=30).contains(&self.count),
            sys_uptime,
            unix_secs,
            unix_nsecs,
            flow_sequence,
            engine: self.engine,
            sampling: naive::sampling(self.sampling),
            sent,
            records: self.records.iter().enumerate().map(seen).collect(),
            len: 24 + 48 * self.records.len(),
            failure: None,
        }
    }

    /// Has the crate write what the model says.
    fn check_written(&self) {
        let [sys_uptime, unix_secs, unix_nsecs, flow_sequence] = self.header;
        let header = Header {
            sys_uptime,
            unix_secs,
            unix_nsecs,
            flow_sequence,
            engine_type: self.engine.0,
            engine_id: self.engine.1,
            sampling: self.sampling.into(),
        };
        let flows: Vec<Flow> = self.records.iter().map(flow).collect();
        let mut build = Build::new(header, &flows);
        build.max_count = u16::MAX;
        let mut out = vec![0; build.encoded_len()];
        assert_eq!(build.encode(&mut out), Ok(out.len()));
        let right = Self { version: 5, count: self.records.len() as u16, ..self.clone() };
        assert_eq!(out, right.encode());
    }
}

fn flow(fields: &Fields) -> Flow {
    Flow {
        srcaddr: fields.srcaddr.into(),
        dstaddr: fields.dstaddr.into(),
        nexthop: fields.nexthop.into(),
        input: fields.input,
        output: fields.output,
        packets: fields.packets,
        octets: fields.octets,
        first: fields.first,
        last: fields.last,
        srcport: fields.srcport,
        dstport: fields.dstport,
        pad1: fields.pad1,
        tcp_flags: fields.tcp_flags.into(),
        protocol: fields.protocol.into(),
        tos: fields.tos,
        src_as: fields.src_as,
        dst_as: fields.dst_as,
        src_mask: fields.src_mask,
        dst_mask: fields.dst_mask,
        pad2: fields.pad2,
    }
}

/// Encodes a model and demands its fields back, and has the crate write what the model says.
///
/// # Panics
///
/// If they do not come back.
pub fn check_model(model: &Model) {
    let bytes = model.encode();
    if let Some(expected) = model.expected() {
        assert_eq!(view::packets(&bytes), expected, "{model:?}");
    }
    check(&bytes);
    for part in &model.parts {
        part.check_written();
    }
}
