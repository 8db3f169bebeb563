//! The diagnosis: pairs that belong together, put together and named.

use super::{
    findings::Findings,
    pair::{Flow, Knocks, Pair, Refusals},
    refusal::{Reason, Service},
};
use crate::{link::Vlan, tally::Tally, time::Span};
use icmp_wire::Protocol;
use serde::Serialize;
use std::{cmp::Reverse, net::IpAddr, ops::RangeInclusive};

/// Refusals that have one cause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cause {
    pub(super) kind: Kind,
    pub(super) knocker: Few<IpAddr>,
    pub(super) knocker_port: Few<Option<u16>>,
    pub(super) wanted: Few<IpAddr>,
    pub(super) wanted_port: Few<Option<u16>>,
    pub(super) circumstances: Circumstances,
    pub(super) count: u64,
    pub(super) span: Span,
    /// The least hop limit that a datagram had left.
    hop_limit: u8,
    /// How often the datagrams themselves were seen, where they are of no other cause.
    pub(super) knocks: Option<u64>,
}

/// What kind of knocking it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Nothing is known of it but the addresses.
    Plain,
    /// One host tries many ports of another.
    PortScan,
    /// One host tries many hosts.
    HostScan,
    /// Many hosts send to the same port, or say so.
    ManyKnockers,
    /// Answers to questions whose socket is gone.
    LateAnswers,
    /// Probes of a traceroute that went far enough.
    Traceroute,
}

/// What must be the same for refusals to have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Circumstances {
    pub(super) reason: Reason,
    pub(super) in_transit: Option<IpAddr>,
    pub(super) service: Service,
    pub(super) addressee: Option<IpAddr>,
    pub(super) vlan: Option<Vlan>,
}

/// One value, or how many different ones and between which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Few<T> {
    One(T),
    Many { count: usize, least: T, greatest: T },
}

impl<T: Copy + Ord> Few<T> {
    /// Puts values together, of which `count` are different.
    fn of(values: impl Iterator<Item = Self>) -> Option<Self> {
        let mut values: Vec<Self> = values.collect();
        let least = values.iter().map(|few| few.ends().0).min()?;
        let greatest = values.iter().map(|few| few.ends().1).max()?;
        if least == greatest {
            return Some(Self::One(least));
        }
        values.sort_unstable_by_key(Self::ends);
        values.dedup_by_key(|few| few.ends());
        // Of those that were put together before, the most that any of them has.
        let most = values.iter().map(Self::count).max()?;
        let count = if most > 1 { most } else { values.len() };
        Some(Self::Many { count, least, greatest })
    }

    pub(super) fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many { count, .. } => *count,
        }
    }

    pub(super) fn one(&self) -> Option<T> {
        match self {
            Self::One(value) => Some(*value),
            Self::Many { .. } => None,
        }
    }

    fn ends(&self) -> (T, T) {
        match self {
            Self::One(value) => (*value, *value),
            Self::Many { least, greatest, .. } => (*least, *greatest),
        }
    }
}

impl Few<Option<u16>> {
    /// Returns the ports, `None` if there are none or they are not known.
    pub(super) fn known(&self) -> Option<Few<u16>> {
        match *self {
            Self::One(port) => port.map(Few::One),
            Self::Many { count, least, greatest } => {
                Some(Few::Many { count, least: least?, greatest: greatest? })
            }
        }
    }
}

/// Returns the causes of all refusals that were found, those with the most refusals first.
pub(super) fn causes(findings: &Findings) -> Vec<Cause> {
    let mut pairs: Vec<(&Pair, &Refusals)> = findings.pairs.iter().collect();
    pairs.sort_unstable_by_key(|(pair, _)| pair.flow);
    let causes = pairs
        .chunk_by(|(pair, _), (next, _)| pair.flow == next.flow)
        .flat_map(|of_flow| {
            // What was refused in two ways belongs to neither alone.
            let knocks = (of_flow.len() == 1).then_some(&findings.knocks);
            of_flow.iter().map(move |(pair, refusals)| Cause::new(pair, refusals, knocks))
        })
        .collect();
    drop(pairs);

    // A client takes a new port for each socket: that alone tells nothing.
    let mut causes = collapse(causes, 2, None, |cause| {
        let (knocker_port, wanted_port) = match cause.kind {
            Kind::LateAnswers => (Some(cause.knocker_port), None),
            Kind::Traceroute => (None, None),
            _ => (None, Some(cause.wanted_port)),
        };
        let ports = (knocker_port, wanted_port);
        Some((cause.kind, cause.circumstances, cause.knocker, cause.wanted, ports))
    });
    for cause in &mut causes {
        // The first that arrives has nothing left; those that were sent with it have more.
        if cause.kind == Kind::Traceroute && cause.hop_limit > 1 {
            cause.kind =
                if cause.wanted_port.count() < MANY { Kind::Plain } else { Kind::PortScan };
        }
    }
    let causes = collapse(causes, MANY, Some(Kind::PortScan), |cause| {
        let has_port = matches!(cause.wanted_port, Few::One(Some(_)));
        (cause.kind == Kind::Plain && has_port).then_some((
            cause.circumstances,
            cause.knocker,
            cause.wanted,
        ))
    });
    let causes = collapse(causes, MANY, Some(Kind::HostScan), |cause| match cause.kind {
        Kind::Plain => Some((cause.circumstances, cause.knocker, Some(cause.wanted_port))),
        Kind::PortScan => Some((cause.circumstances, cause.knocker, None)),
        _ => None,
    });
    let causes = collapse(causes, MANY, Some(Kind::ManyKnockers), |cause| {
        (cause.kind == Kind::Plain).then_some((
            cause.circumstances,
            cause.wanted,
            cause.wanted_port,
        ))
    });
    let mut causes = collapse(causes, 2, None, |cause| {
        (cause.kind == Kind::LateAnswers).then_some((
            cause.circumstances,
            cause.wanted,
            cause.knocker_port,
        ))
    });
    causes.sort_unstable_by_key(|cause| {
        (Reverse(cause.count), cause.circumstances, cause.knocker, cause.wanted, cause.wanted_port)
    });
    causes
}

/// Puts causes with the same key together where there are at least `many` of them.
///
/// Causes without a key stay as they are.
fn collapse<K: Ord>(
    mut causes: Vec<Cause>,
    many: usize,
    kind: Option<Kind>,
    key: impl Fn(&Cause) -> Option<K>,
) -> Vec<Cause> {
    causes.sort_unstable_by_key(&key);
    let mut collapsed = Vec::new();
    for group in causes.chunk_by(|cause, next| key(cause) == key(next)) {
        let cause = match group {
            [first, ..] if group.len() >= many && key(first).is_some() => Cause::of(group, kind),
            _ => None,
        };
        match cause {
            Some(cause) => collapsed.push(cause),
            None => collapsed.extend_from_slice(group),
        }
    }
    collapsed
}

impl Cause {
    fn new(pair: &Pair, refusals: &Refusals, knocks: Option<&Tally<Flow, Knocks>>) -> Self {
        let Pair { flow, service, reason, in_transit, addressee, vlan } = *pair;
        let knocks = knocks
            .filter(|knocks| knocks.lacking() == 0 && service == Service::Protocol(Protocol::UDP))
            .map(|knocks| knocks.get(&flow).map_or(0, |knocks| knocks.0));
        Self {
            kind: Kind::of(pair, refusals),
            knocker: Few::One(flow.source),
            knocker_port: Few::One(flow.ports.map(|ports| ports.source)),
            wanted: Few::One(flow.destination),
            wanted_port: Few::One(flow.ports.map(|ports| ports.destination)),
            circumstances: Circumstances { reason, in_transit, service, addressee, vlan },
            count: refusals.count,
            span: refusals.span,
            hop_limit: refusals.hop_limit,
            knocks,
        }
    }

    /// Puts causes together.
    fn of(group: &[Self], kind: Option<Kind>) -> Option<Self> {
        let first = group.first()?;
        let mut span = Span::default();
        let mut count: u64 = 0;
        for cause in group {
            span.join(cause.span);
            count = count.saturating_add(cause.count);
        }
        Some(Self {
            kind: kind.unwrap_or(first.kind),
            knocker: Few::of(group.iter().map(|cause| cause.knocker))?,
            knocker_port: Few::of(group.iter().map(|cause| cause.knocker_port))?,
            wanted: Few::of(group.iter().map(|cause| cause.wanted))?,
            wanted_port: Few::of(group.iter().map(|cause| cause.wanted_port))?,
            circumstances: first.circumstances,
            count,
            span,
            hop_limit: group.iter().map(|cause| cause.hop_limit).min()?,
            knocks: group.iter().map(|cause| cause.knocks).sum(),
        })
    }
}

impl Kind {
    /// Returns what a pair looks like by itself.
    fn of(pair: &Pair, refusals: &Refusals) -> Self {
        let Some(ports) = pair.flow.ports.filter(|_| {
            pair.reason.is_port_closed() && pair.service == Service::Protocol(Protocol::UDP)
        }) else {
            return Self::Plain;
        };
        if TRACEROUTE_PORTS.contains(&ports.destination) && refusals.hop_limit < MOST_HOPS {
            Self::Traceroute
        } else if matches!(ports.source, DNS | NTP) && ports.destination >= FIRST_CLIENT_PORT {
            Self::LateAnswers
        } else {
            Self::Plain
        }
    }
}

/// From how many ports or hosts on it is a scan.
const MANY: usize = 10;

const DNS: u16 = 53;
const NTP: u16 = 123;

/// Below it are the ports that only a server takes.
const FIRST_CLIENT_PORT: u16 = 1024;

/// Where traceroute starts, and where it is after 30 hops with the most probes that it takes.
const TRACEROUTE_PORTS: RangeInclusive<u16> = 33434..=33434 + 30 * 10;

/// How many hops traceroute tries, and fewer than what a host sends its own datagrams with.
const MOST_HOPS: u8 = 30;
