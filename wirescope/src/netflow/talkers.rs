//! Who talks most.

use crate::tally::Tally;
use netflow_v5::{Protocol, Record};
use std::{fmt, net::Ipv4Addr};

/// What flows are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// The source address
    Src,
    /// The destination address
    Dst,
    /// Source and destination address
    Pair,
    /// Protocol and destination port
    Port,
    /// The autonomous system of the source
    As,
}

/// What talkers are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Order {
    Bytes,
    Packets,
    Flows,
}

impl Order {
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Packets => "packets",
            Self::Flows => "flows",
        }
    }
}

/// What flows add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) bytes: u64,
    pub(super) packets: u64,
    pub(super) flows: u64,
}

impl Sum {
    #[inline]
    pub(super) fn add(&mut self, record: &Record<'_>) {
        self.bytes = self.bytes.saturating_add(record.octets().into());
        self.packets = self.packets.saturating_add(record.packets().into());
        self.flows = self.flows.saturating_add(1);
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.packets = self.packets.saturating_add(other.packets);
        self.flows = self.flows.saturating_add(other.flows);
    }

    pub(super) fn of(&self, order: Order) -> u64 {
        match order {
            Order::Bytes => self.bytes,
            Order::Packets => self.packets,
            Order::Flows => self.flows,
        }
    }
}

/// The sums of all talkers.
#[derive(Debug)]
pub(super) struct Talkers {
    by: By,
    order: Order,
    sums: Tally<u64, Sum>,
}

impl Talkers {
    pub(super) fn new(by: By, order: Order) -> Self {
        let weight = match order {
            Order::Bytes => |sum: &Sum| sum.bytes,
            Order::Packets => |sum: &Sum| sum.packets,
            Order::Flows => |sum: &Sum| sum.flows,
        };
        Self { by, order, sums: Tally::new(LIMIT, weight) }
    }

    #[inline]
    pub(super) fn add(&mut self, record: &Record<'_>) {
        let source = || u64::from(record.srcaddr().to_bits());
        let destination = || u64::from(record.dstaddr().to_bits());
        let key = match self.by {
            By::Src => source(),
            By::Dst => destination(),
            By::Pair => (source() << 32) | destination(),
            By::Port => (u64::from(record.protocol().0) << 16) | u64::from(record.dstport()),
            By::As => record.src_as().into(),
        };
        self.sums.entry(&key).add(record);
    }

    /// Returns the talkers, those first that talk most.
    pub(super) fn sorted(&self) -> Vec<(Talker, Sum)> {
        let mut sums: Vec<(u64, Sum)> = self.sums.iter().map(|(key, sum)| (*key, *sum)).collect();
        sums.sort_unstable_by_key(|(key, sum)| (std::cmp::Reverse(sum.of(self.order)), *key));
        sums.into_iter().map(|(key, sum)| (Talker { by: self.by, key }, sum)).collect()
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    /// Returns the title of a column of talkers.
    pub(super) fn title(&self) -> &'static str {
        match self.by {
            By::Src => "SOURCE",
            By::Dst => "DESTINATION",
            By::Pair => "SOURCE > DESTINATION",
            By::Port => "DESTINATION PORT",
            By::As => "SOURCE AS",
        }
    }

    pub(super) fn has_forgotten(&self) -> bool {
        self.sums.has_forgotten()
    }

    /// Returns how much was forgotten, and how much any one talker may lack.
    pub(super) fn forgotten(&self) -> (u64, u64) {
        (self.sums.forgotten(), self.sums.lacking())
    }
}

/// What a sum is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Talker {
    by: By,
    key: u64,
}

impl fmt::Display for Talker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h, i] = self.key.to_be_bytes();
        let (first, second) = (Ipv4Addr::from([a, b, c, d]), Ipv4Addr::from([e, g, h, i]));
        let low = u16::from_be_bytes([h, i]);
        match self.by {
            By::Src | By::Dst => second.fmt(f),
            By::Pair => write!(f, "{first} > {second}"),
            By::Port => match Protocol(g).name() {
                Some(name) => write!(f, "{}/{low}", name.to_ascii_lowercase()),
                None => write!(f, "protocol {g}/{low}"),
            },
            By::As if low == 0 => f.write_str("unknown"),
            By::As => write!(f, "AS{low}"),
        }
    }
}

/// The most talkers whose sums are exact.
pub(super) const LIMIT: usize = 1_000_000;
