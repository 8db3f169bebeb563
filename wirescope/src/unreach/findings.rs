//! What a capture was found to hold.

use super::{
    message::Message,
    pair::{Exports, Flow, Knocks, Pair, Refusals},
    rate::Rates,
    refusal::{Reason, Service},
};
use crate::{
    capture::Packet,
    copies::Copies,
    datagram::Datagram,
    export::is_export,
    link::Frame,
    tally::Tally,
    time::{Span, Time},
    tunnel,
};
use etherparse::IpNumber;
use icmp_wire::{Error, Ports, Quote, v4, v6};
use std::{collections::BTreeMap, net::IpAddr};

/// What was found so far.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) packets: u64,
    /// Packets in which no IP datagram was found.
    pub(super) without_ip: u64,
    /// Datagrams that were refused.
    pub(super) refused: u64,
    /// Datagrams that were seen before, at another place.
    pub(super) copies: u64,
    /// The time of all refusals.
    pub(super) span: Span,
    pub(super) pairs: Tally<Pair, Refusals>,
    /// What was forgotten of the pairs: these have nobody's address for a knocker.
    pub(super) rest: Tally<Pair, Refusals>,
    pub(super) knocks: Tally<Flow, Knocks>,
    /// Port unreachables by the second.
    pub(super) rates: Rates,
    /// Other messages, by name.
    pub(super) others: BTreeMap<&'static str, u64>,
    /// Refusals inside tunnels, by the kind of tunnel.
    pub(super) tunneled: BTreeMap<&'static str, u64>,
    /// Messages whose quote cannot be read, by what could not be read of them.
    pub(super) damaged: BTreeMap<&'static str, (u64, Error)>,
    seen: Copies,
}

impl Findings {
    pub(super) fn new() -> Self {
        Self {
            packets: 0,
            without_ip: 0,
            refused: 0,
            copies: 0,
            span: Span::default(),
            pairs: Tally::new(LIMIT, |refusals| refusals.count),
            rest: Tally::new(LIMIT / 4, |refusals| refusals.count),
            knocks: Tally::new(LIMIT, |knocks| knocks.count),
            rates: Rates::default(),
            others: BTreeMap::new(),
            tunneled: BTreeMap::new(),
            damaged: BTreeMap::new(),
            seen: Copies::new(),
        }
    }

    /// Returns by host how often the datagrams were captured that it refused with port unreachables,
    /// and how often it refused these; nothing if some were forgotten.
    pub(super) fn knocks_by_host(&self) -> BTreeMap<IpAddr, (u64, u64)> {
        let mut knocks: BTreeMap<IpAddr, (u64, u64)> = BTreeMap::new();
        if self.knocks.lacking() > 0 || self.pairs.lacking() > 0 {
            return knocks;
        }
        let mut flows: Vec<(IpAddr, Flow, u64)> = self
            .pairs
            .iter()
            .filter(|(pair, _)| pair.reason.is_port_closed() && pair.is_udp())
            .map(|(pair, refusals)| (pair.refused_by(), pair.flow, refusals.count))
            .collect();
        flows.sort_unstable();
        for of_flow in flows.chunk_by(|(host, flow, _), next| (host, flow) == (&next.0, &next.1)) {
            let Some((host, flow, _)) = of_flow.first() else { continue };
            let (knocked, refused) = knocks.entry(*host).or_default();
            let known = self.knocks.get(flow).map_or(0, |knocks| knocks.count);
            *knocked = knocked.saturating_add(known);
            let counts = of_flow.iter().map(|(_, _, count)| *count);
            *refused = refused.saturating_add(counts.sum());
        }
        knocks
    }

    /// Returns how many datagrams came so fast that a copy of them may not have been recognized.
    pub(super) fn hurried(&self) -> u64 {
        self.seen.hurried()
    }

    /// Takes a datagram, and the error message in it if there is one.
    #[inline]
    pub(super) fn add(
        &mut self,
        packet: &Packet<'_>,
        datagram: &Datagram<'_>,
        message: Option<&icmp_wire::Result<Message<'_>>>,
    ) {
        let tunnel = match message {
            None if !datagram.is_later_fragment => tunnel::inside(datagram),
            _ => None,
        };
        let is_udp = datagram.protocol == IpNumber::UDP && !datagram.is_later_fragment;
        if message.is_none() && tunnel.is_none() && !is_udp {
            return;
        }
        if self.seen.contain(packet, datagram) {
            return count(&mut self.copies);
        }
        match message {
            Some(Ok(message)) => match Reason::of(message) {
                Some(reason) => match message.quote() {
                    Ok(quote) => self.add_refusal(packet.time, datagram, reason, &quote),
                    Err(error) => self.add_damaged(packet.time, error),
                },
                None => count(self.others.entry(message.name()).or_default()),
            },
            Some(Err(error)) if is_unreachable(datagram) => self.add_damaged(packet.time, *error),
            Some(Err(_)) => count(self.others.entry("cut off").or_default()),
            None => {
                if let Some((name, inner)) = tunnel {
                    self.add_tunneled(name, &inner);
                }
                if is_udp {
                    self.add_knock(datagram);
                }
            }
        }
    }

    #[inline]
    fn add_refusal(
        &mut self,
        time: Option<Time>,
        datagram: &Datagram<'_>,
        reason: Reason,
        quote: &Quote<'_>,
    ) {
        count(&mut self.refused);
        self.span.add(time);
        let (service, ports, transport) = service(quote);
        let flow = Flow { source: quote.source(), destination: quote.destination(), ports };
        let pair = Pair {
            flow,
            service,
            reason,
            in_transit: Some(datagram.source).filter(|source| *source != flow.destination),
            addressee: Some(datagram.destination).filter(|addressee| *addressee != flow.source),
            vlan: datagram.frame.vlan,
        };
        let rest = &mut self.rest;
        let refusals = self.pairs.entry_or_forget(&pair, |pair, refusals| {
            rest.entry(&pair.of_any_knocker()).join(refusals);
        });
        let hop_limit = quote.hop_limit();
        if refusals.count == 0 || hop_limit < refusals.hop_limit {
            refusals.hop_limit = hop_limit;
        }
        if pair.is_udp() && transport.len() > UDP_HEADER {
            refusals.is_answer |= is_answer(transport, ports);
            refusals.exports.join(exports(transport));
        }
        count(&mut refusals.count);
        refusals.span.add(time);
        if let Some(time) = time.filter(|_| reason.is_port_closed()) {
            self.rates.add(datagram.source, time);
        }
    }

    fn add_damaged(&mut self, time: Option<Time>, error: Error) {
        count(&mut self.refused);
        self.span.add(time);
        let (known, _) = self.damaged.entry(error.context()).or_insert((0, error));
        count(known);
    }

    fn add_tunneled(&mut self, name: &'static str, inner: &Frame<'_>) {
        let datagram = Datagram::of(inner, inner.ip.len());
        let message = datagram.as_ref().and_then(Message::of);
        if matches!(message, Some(Ok(message)) if Reason::of(&message).is_some()) {
            count(self.tunneled.entry(name).or_default());
        }
    }

    fn add_knock(&mut self, datagram: &Datagram<'_>) {
        if let [a, b, c, d, ..] = *datagram.payload {
            let source = u16::from_be_bytes([a, b]);
            let destination = u16::from_be_bytes([c, d]);
            let flow = Flow {
                source: datagram.source,
                destination: datagram.destination,
                ports: Some(Ports { source, destination }),
            };
            let knocks = self.knocks.entry(&flow);
            count(&mut knocks.count);
            knocks.exports.join(exports(datagram.payload));
        }
    }
}

/// Returns whether the type of a message is there, and is destination unreachable.
fn is_unreachable(datagram: &Datagram<'_>) -> bool {
    let ty = datagram.payload.first().copied();
    match datagram.source {
        IpAddr::V4(_) => ty == Some(v4::Type::DESTINATION_UNREACHABLE.0),
        IpAddr::V6(_) => ty == Some(v6::Type::DESTINATION_UNREACHABLE.0),
    }
}

/// Returns whether a datagram of UDP, or what is left of it, can be seen to answer a question.
#[inline]
fn is_answer(udp: &[u8], ports: Option<Ports>) -> bool {
    let payload = udp.get(UDP_HEADER..);
    match ports {
        // RFC 1035 §4.1.1: the QR bit.
        Some(Ports { source: DNS, .. }) => {
            matches!(payload, Some([_, _, flags, ..]) if flags & 0x80 != 0)
        }
        // RFC 5905 §7.3: mode 4, server.
        Some(Ports { source: NTP, .. }) => {
            matches!(payload, Some([first, ..]) if first & 0x07 == 4)
        }
        _ => false,
    }
}

/// Returns whether a datagram of UDP, as much as there is of it, is an export.
#[inline]
fn exports(udp: &[u8]) -> Exports {
    let Some(([_, _, _, _, high, low, _, _], payload)) = udp.split_first_chunk::<UDP_HEADER>()
    else {
        return Exports::default();
    };
    let [0, 5, count @ ..] = payload else { return Exports::default() };
    let len = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(UDP_HEADER);
    match count.first_chunk() {
        Some(count) if is_export(payload, len) => {
            Exports { count: 1, records: u16::from_be_bytes(*count) }
        }
        _ => Exports::default(),
    }
}

/// Returns what the quoted datagram was to reach, its ports if they are there, and the bytes from them
/// on.
#[inline]
fn service<'a>(quote: &Quote<'a>) -> (Service, Option<Ports>, &'a [u8]) {
    let Ok(transport) = quote.transport() else {
        let cut = if quote.source().is_ipv4() {
            Service::PortsCut(quote.protocol())
        } else {
            Service::ProtocolCut
        };
        return (cut, None, &[]);
    };
    let (protocol, bytes) = (transport.protocol(), transport.as_bytes());
    match transport.ports() {
        Err(_) => (Service::PortsCut(protocol), None, bytes),
        Ok(None) if transport.is_later_fragment() => {
            (Service::LaterFragment(protocol), None, bytes)
        }
        Ok(ports) => (Service::Protocol(protocol), ports, bytes),
    }
}

fn count(counter: &mut u64) {
    *counter = counter.saturating_add(1);
}

pub(super) const DNS: u16 = 53;
pub(super) const NTP: u16 = 123;

/// The length of a UDP header in bytes.
const UDP_HEADER: usize = 8;

/// The most pairs, and the most flows of knocks, that are told apart.
pub(super) const LIMIT: usize = 400_000;
