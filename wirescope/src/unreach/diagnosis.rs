//! The diagnosis: pairs that belong together, put together and named.

use super::{
    findings::{DNS, Findings, NTP},
    pair::{Exports, Flow, Knocks, Pair, Refusals},
    refusal::{Reason, Service},
};
use crate::{link::Vlan, tally::Tally, time::Span};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeSet, net::IpAddr, ops::RangeInclusive};

/// Refusals that have one cause.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    pub(super) kind: Kind,
    pub(super) circumstances: Circumstances,
    /// `None` if none is told apart any more.
    pub(super) knocker: Option<Few<IpAddr>>,
    /// Whether there are more than those.
    pub(super) has_unknown_knockers: bool,
    pub(super) knocker_port: Few<Option<u16>>,
    pub(super) wanted: Few<IpAddr>,
    pub(super) wanted_port: Few<Option<u16>>,
    pub(super) count: u64,
    pub(super) span: Span,
    /// How often the datagrams themselves were captured, where they are of no other cause.
    pub(super) knocks: Option<u64>,
    /// Whether answers were seen among the datagrams.
    pub(super) are_answers: bool,
    /// Those of the refused datagrams that are exports.
    pub(super) exports: Exports,
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
    /// Many hosts send to one, or say so.
    ManyKnockers,
    /// From one port of a server to many of a client, which does not wait for it any more.
    LateAnswers,
    /// Probes of a traceroute that went far enough.
    Traceroute,
}

/// What must be the same for refusals to have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Circumstances {
    pub(super) reason: Reason,
    pub(super) refuser: Refuser,
    pub(super) service: Service,
    /// Who was told, if not the knocker.
    pub(super) addressee: Option<IpAddr>,
    pub(super) vlan: Option<Vlan>,
}

/// Who refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refuser {
    /// The host for which the datagrams were.
    Wanted,
    /// The host that sent them, of its own.
    Knocker,
    /// One on the way.
    InTransit(IpAddr),
}

/// One value, or how many different ones and between which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Few<T> {
    One(T),
    Many { count: usize, least: T, greatest: T },
}

impl<T: Copy + Ord> Few<T> {
    fn of(values: impl Iterator<Item = T>) -> Option<Self> {
        let mut values: Vec<T> = values.collect();
        values.sort_unstable();
        values.dedup();
        Some(match *values.as_slice() {
            [] => return None,
            [value] => Self::One(value),
            [least, .., greatest] => Self::Many { count: values.len(), least, greatest },
        })
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
    let mut groups = groups(findings);
    let is_plain = |group: &Group<'_>| group.kind == Kind::Plain;
    // Of probes that are sent together, only the first have no hops left when they arrive.
    collapse(
        &mut groups,
        Kind::Traceroute,
        |group| {
            let is_probe = is_plain(group) && group.leaves.iter().all(Leaf::is_probe);
            let has_arrived = is_probe && group.circumstances.refuser == Refuser::Wanted;
            has_arrived.then_some((group.knocker?, group.wanted?))
        },
        |groups| {
            let ports: BTreeSet<_> = groups.iter().map(|group| group.wanted_port).collect();
            let is_last_hop = |group: &Group<'_>| group.leaves.iter().any(Leaf::is_last_hop);
            ports.len() >= FEW && groups.iter().any(is_last_hop)
        },
    );
    collapse(
        &mut groups,
        Kind::LateAnswers,
        |group| {
            let port = group.server_port().filter(|port| matches!(*port, DNS | NTP))?;
            is_plain(group).then_some((port, group.wanted?))
        },
        |_| true,
    );
    collapse(
        &mut groups,
        Kind::LateAnswers,
        |group| {
            let port = group.server_port()?;
            is_plain(group).then_some((port, group.knocker?, group.wanted?))
        },
        |groups| groups.len() >= FEW,
    );
    // A client takes a new port for each socket: that alone tells nothing.
    collapse(
        &mut groups,
        Kind::Plain,
        |group| is_plain(group).then_some((group.knocker?, group.wanted?, group.wanted_port?)),
        |groups| groups.len() > 1,
    );
    collapse(
        &mut groups,
        Kind::PortScan,
        |group| {
            let has_port = group.wanted_port.is_some_and(|port| port.is_some());
            (is_plain(group) && has_port).then_some((group.knocker?, group.wanted?))
        },
        |groups| groups.len() >= MANY,
    );
    collapse(
        &mut groups,
        Kind::HostScan,
        |group| match group.kind {
            Kind::Plain => Some((group.knocker?, group.wanted_port)),
            Kind::PortScan => Some((group.knocker?, None)),
            _ => None,
        },
        |groups| groups.len() >= MANY,
    );
    collapse(
        &mut groups,
        Kind::ManyKnockers,
        |group| {
            matches!(group.kind, Kind::Plain | Kind::ManyKnockers)
                .then_some((group.wanted?, group.wanted_port?))
        },
        |groups| {
            groups.len() >= MANY || groups.iter().any(|group| group.kind == Kind::ManyKnockers)
        },
    );
    // Where even the ports are no two times the same.
    collapse(
        &mut groups,
        Kind::HostScan,
        |group| {
            matches!(group.kind, Kind::Plain | Kind::PortScan | Kind::HostScan)
                .then_some(group.knocker?)
        },
        |groups| groups.len() >= CROWD,
    );
    collapse(
        &mut groups,
        Kind::ManyKnockers,
        |group| {
            matches!(group.kind, Kind::Plain | Kind::PortScan | Kind::ManyKnockers)
                .then_some(group.wanted?)
        },
        |groups| groups.len() >= CROWD,
    );

    let mut causes: Vec<Cause> = groups.into_iter().filter_map(Group::cause).collect();
    causes.sort_by_cached_key(|cause| {
        let ends = |few: &Few<IpAddr>| few.ends();
        (
            Reverse(cause.count),
            cause.circumstances,
            cause.knocker.as_ref().map(ends),
            cause.wanted.ends(),
            cause.wanted_port.ends(),
        )
    });
    causes
}

/// Refusals that are thought to have one cause.
#[derive(Clone, Debug)]
struct Group<'a> {
    kind: Kind,
    circumstances: Circumstances,
    /// These are `None` where there are many; so is the knocker where it is not known.
    knocker: Option<IpAddr>,
    wanted: Option<IpAddr>,
    wanted_port: Option<Option<u16>>,
    leaves: Vec<Leaf<'a>>,
}

/// A pair, and what is known of it.
#[derive(Clone, Copy, Debug)]
struct Leaf<'a> {
    pair: &'a Pair,
    refusals: &'a Refusals,
    knocks: Option<Knocks>,
    has_knocker: bool,
}

/// Returns each pair as a group of its own.
fn groups(findings: &Findings) -> Vec<Group<'_>> {
    let mut pairs: Vec<(&Pair, &Refusals)> = findings.pairs.iter().collect();
    pairs.sort_unstable_by_key(|(pair, _)| pair.flow);
    let of_pairs = pairs.chunk_by(|(pair, _), (next, _)| pair.flow == next.flow).flat_map(|flow| {
        // What was refused in two ways belongs to neither alone.
        let knocks = (flow.len() == 1).then_some(&findings.knocks);
        flow.iter().map(move |(pair, refusals)| Leaf {
            pair,
            refusals,
            knocks: knocks.and_then(|knocks| knocks_of(pair, knocks)),
            has_knocker: true,
        })
    });
    let of_rest = findings.rest.iter().map(|(pair, refusals)| Leaf {
        pair,
        refusals,
        knocks: None,
        has_knocker: false,
    });
    of_pairs.chain(of_rest).map(Group::of).collect()
}

/// Returns what was captured of the datagrams of a pair, if that is known.
fn knocks_of(pair: &Pair, knocks: &Tally<Flow, Knocks>) -> Option<Knocks> {
    let is_known = pair.is_udp() && knocks.lacking() == 0;
    is_known.then(|| knocks.get(&pair.flow).copied().unwrap_or_default())
}

/// Puts groups together that have the circumstances and a key in common, where they are accepted.
fn collapse<K: Ord>(
    groups: &mut Vec<Group<'_>>,
    kind: Kind,
    key: impl Fn(&Group<'_>) -> Option<K>,
    accepts: impl Fn(&[Group<'_>]) -> bool,
) {
    groups.sort_by_cached_key(|group| key(group).map(|key| (group.circumstances, key)));
    let is_same = |group: &Group<'_>, next: &Group<'_>| {
        group.circumstances == next.circumstances && key(group) == key(next)
    };
    let ends: Vec<(usize, bool)> = groups
        .chunk_by(is_same)
        .map(|same| {
            let is_cause = same.first().is_some_and(|first| key(first).is_some()) && accepts(same);
            (same.len(), is_cause)
        })
        .collect();
    let mut rest = std::mem::take(groups).into_iter();
    for (len, is_cause) in ends {
        let mut same = rest.by_ref().take(len);
        match same.next() {
            Some(first) if is_cause => {
                groups.push(same.fold(Group { kind, ..first }, Group::join));
            }
            first => groups.extend(first.into_iter().chain(same)),
        }
    }
}

impl<'a> Group<'a> {
    fn of(leaf: Leaf<'a>) -> Self {
        let Pair { flow, service, reason, addressee, vlan, .. } = *leaf.pair;
        let refuser = match leaf.pair.in_transit {
            None => Refuser::Wanted,
            Some(host) if host == flow.source => Refuser::Knocker,
            Some(host) => Refuser::InTransit(host),
        };
        Self {
            kind: if leaf.has_knocker { Kind::Plain } else { Kind::ManyKnockers },
            circumstances: Circumstances { reason, refuser, service, addressee, vlan },
            knocker: leaf.has_knocker.then_some(flow.source),
            wanted: Some(flow.destination),
            wanted_port: Some(flow.ports.map(|ports| ports.destination)),
            leaves: vec![leaf],
        }
    }

    fn join(mut self, other: Self) -> Self {
        self.knocker = self.knocker.filter(|knocker| other.knocker == Some(*knocker));
        self.wanted = self.wanted.filter(|wanted| other.wanted == Some(*wanted));
        self.wanted_port = self.wanted_port.filter(|port| other.wanted_port == Some(*port));
        self.leaves.extend(other.leaves);
        self
    }

    /// Returns the port from which a server answers, if all of this is from it, and to ports that
    /// are a client's.
    fn server_port(&self) -> Option<u16> {
        let first = self.leaves.first()?.pair.flow.ports?.source;
        let is_answer = |leaf: &Leaf<'_>| {
            leaf.pair.flow.ports.is_some_and(|ports| {
                ports.source == first
                    && SERVER_PORTS.contains(&first)
                    && !SERVER_PORTS.contains(&ports.destination)
            })
        };
        self.leaves.iter().all(is_answer).then_some(first)
    }

    fn cause(self) -> Option<Cause> {
        let flows = || self.leaves.iter().map(|leaf| &leaf.pair.flow);
        let known = self.leaves.iter().filter(|leaf| leaf.has_knocker);
        let (mut sum, mut knocked) = (Refusals::default(), Exports::default());
        for leaf in &self.leaves {
            sum.join(leaf.refusals);
            knocked.join(leaf.knocks.unwrap_or_default().exports);
        }
        // What the quotes are too short to show, the datagrams themselves may.
        let exports = Exports {
            count: sum.exports.count.max(knocked.count.min(sum.count)),
            records: sum.exports.records.max(knocked.records),
        };
        Some(Cause {
            kind: self.kind,
            circumstances: self.circumstances,
            knocker: Few::of(known.map(|leaf| leaf.pair.flow.source)),
            has_unknown_knockers: self.leaves.iter().any(|leaf| !leaf.has_knocker),
            knocker_port: Few::of(flows().map(|flow| flow.ports.map(|ports| ports.source)))?,
            wanted: Few::of(flows().map(|flow| flow.destination))?,
            wanted_port: Few::of(flows().map(|flow| flow.ports.map(|ports| ports.destination)))?,
            count: sum.count,
            span: sum.span,
            knocks: self.leaves.iter().map(|leaf| leaf.knocks.map(|knocks| knocks.count)).sum(),
            are_answers: sum.is_answer,
            exports,
        })
    }
}

impl Leaf<'_> {
    /// Returns whether this looks like a probe of a traceroute.
    fn is_probe(&self) -> bool {
        let ports = self.pair.flow.ports;
        self.pair.is_udp()
            && ports.is_some_and(|ports| TRACEROUTE_PORTS.contains(&ports.destination))
            && self.refusals.hop_limit < MOST_HOPS
    }

    /// Returns whether the datagram could not have gone any further.
    fn is_last_hop(&self) -> bool {
        self.refusals.hop_limit == 1
    }
}

/// From how many ports on a server answers, and how many probes there are in a traceroute.
const FEW: usize = 3;

/// From how many ports or hosts on it is a scan.
const MANY: usize = 10;

/// From how many rows on it is better to have one, though they have only a host in common.
const CROWD: usize = 50;

/// The ports that only a server takes.
const SERVER_PORTS: RangeInclusive<u16> = 0..=1023;

/// Where traceroute starts, and where it is after 30 hops with the most probes that it takes.
const TRACEROUTE_PORTS: RangeInclusive<u16> = 33434..=33434 + 30 * 10;

/// How many hops traceroute tries, and fewer than what a host sends its own datagrams with.
const MOST_HOPS: u8 = 30;
