//! What is counted: pairs of who sent refused datagrams and where to, and the flows they are of.

use super::refusal::{Reason, Service};
use crate::{link::Vlan, time::Span};
use icmp_wire::{Ports, Protocol};
use std::{
    hash::{Hash, Hasher},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// The datagrams from one port of a host to one port of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flow {
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    /// `None` if there are none, or they are not known.
    pub(super) ports: Option<Ports>,
}

/// What refusals of the same datagrams agree in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) flow: Flow,
    pub(super) service: Service,
    pub(super) reason: Reason,
    /// Who refused, if not the wanted host itself.
    pub(super) in_transit: Option<IpAddr>,
    /// Who was told, if not the knocker.
    pub(super) addressee: Option<IpAddr>,
    pub(super) vlan: Option<Vlan>,
}

/// The refusals of a pair.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Refusals {
    pub(super) count: u64,
    pub(super) span: Span,
    /// The least hop limit that a quoted datagram had left; 0 before there is any.
    pub(super) hop_limit: u8,
    /// Whether a quoted datagram answered a question of DNS or NTP.
    pub(super) is_answer: bool,
    pub(super) exports: Exports,
}

impl Refusals {
    /// Adds the refusals of another pair.
    pub(super) fn join(&mut self, other: &Self) {
        self.hop_limit = match self.count {
            0 => other.hop_limit,
            _ => self.hop_limit.min(other.hop_limit),
        };
        self.count = self.count.saturating_add(other.count);
        self.span.join(other.span);
        self.is_answer |= other.is_answer;
        self.exports.join(other.exports);
    }
}

impl Pair {
    /// Returns who refused.
    pub(super) fn refused_by(&self) -> IpAddr {
        self.in_transit.unwrap_or(self.flow.destination)
    }

    pub(super) fn is_udp(&self) -> bool {
        self.service == Service::Protocol(Protocol::UDP)
    }

    /// Returns what pairs agree in whose knocker is not told apart any more.
    pub(super) fn of_any_knocker(&self) -> Self {
        let nobody: IpAddr = match self.flow.source {
            IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let ports = self.flow.ports.map(|ports| Ports { source: 0, ..ports });
        let flow = Flow { source: nobody, ports, ..self.flow };
        Self { flow, addressee: None, ..*self }
    }
}

/// The datagrams of a flow themselves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Knocks {
    pub(super) count: u64,
    pub(super) exports: Exports,
}

/// Those of some datagrams that are exports of NetFlow v5.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Exports {
    pub(super) count: u64,
    /// The most records that one declares.
    pub(super) records: u16,
}

impl Exports {
    pub(super) fn join(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.records = self.records.max(other.records);
    }
}

// By hand, in few words: derived ones would take longer than all else that is done with a packet.
impl Hash for Flow {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash_with(0, state);
    }
}

impl Hash for Pair {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (kind, Protocol(protocol)) = match self.service {
            Service::Protocol(protocol) => (0, protocol),
            Service::LaterFragment(protocol) => (1, protocol),
            Service::PortsCut(protocol) => (2, protocol),
            Service::ProtocolCut => (3, Protocol(0)),
        };
        let (family, code) = match self.reason {
            Reason::V4(code) => (4, code.0),
            Reason::V6(code) => (6, code.0),
        };
        self.flow.hash_with(u32::from_ne_bytes([kind, protocol, family, code]), state);
        if self.in_transit.is_some() || self.addressee.is_some() || self.vlan.is_some() {
            (self.in_transit, self.addressee, self.vlan).hash(state);
        }
    }
}

impl Flow {
    /// Hashes this, and something else.
    #[inline]
    fn hash_with(&self, other: u32, state: &mut impl Hasher) {
        let ports = self
            .ports
            .map_or(0, |ports| (u32::from(ports.source) << 16) | u32::from(ports.destination));
        let rest = (u64::from(ports) << 32) | u64::from(other);
        match (self.source, self.destination) {
            (IpAddr::V4(source), IpAddr::V4(destination)) => {
                let addresses =
                    (u64::from(source.to_bits()) << 32) | u64::from(destination.to_bits());
                state.write_u128((u128::from(addresses) << 64) | u128::from(rest));
            }
            (source, destination) => (source, destination, rest).hash(state),
        }
    }
}
