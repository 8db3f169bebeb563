//! What is counted: pairs of who sent refused datagrams and where to, and the flows they are of.

use super::refusal::{Reason, Service};
use crate::{link::Vlan, tally::Weight, time::Span};
use icmp_wire::{Ports, Protocol};
use std::{
    hash::{Hash, Hasher},
    net::IpAddr,
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
}

/// How often the datagrams of a flow were seen themselves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Knocks(pub(super) u64);

impl Weight for Refusals {
    fn weight(&self) -> u64 {
        self.count
    }
}

impl Weight for Knocks {
    fn weight(&self) -> u64 {
        self.0
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
