//! What a capture was found to hold.

use super::{
    copies::Copies,
    message::Message,
    pair::{Flow, Knocks, Pair, Refusals},
    rate::Rates,
    refusal::{Reason, Service},
};
use crate::{
    capture::Packet,
    datagram::Datagram,
    tally::Tally,
    time::{Span, Time},
    tunnel,
};
use etherparse::IpNumber;
use icmp_wire::{Error, Ports, Quote};
use std::{collections::BTreeMap, net::IpAddr};

/// What was found so far.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) packets: u64,
    /// Packets in which no IP datagram was found.
    pub(super) without_ip: u64,
    /// Datagrams that were refused.
    pub(super) refused: u64,
    /// Refusals and knocks that were seen before, at another place.
    pub(super) copies: u64,
    /// The time of all refusals.
    pub(super) span: Span,
    pub(super) pairs: Tally<Pair, Refusals>,
    pub(super) knocks: Tally<Flow, Knocks>,
    /// Port unreachables by the second.
    pub(super) rates: Rates,
    /// Other error messages, by name.
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
            pairs: Tally::new(LIMIT),
            knocks: Tally::new(LIMIT),
            rates: Rates::default(),
            others: BTreeMap::new(),
            tunneled: BTreeMap::new(),
            damaged: BTreeMap::new(),
            seen: Copies::new(),
        }
    }

    /// Returns by host how often the datagrams were captured that it refused with port unreachables;
    /// nothing if some were forgotten.
    pub(super) fn knocks_by_host(&self) -> BTreeMap<IpAddr, u64> {
        let mut knocks = BTreeMap::new();
        if self.knocks.lacking() > 0 || self.pairs.lacking() > 0 {
            return knocks;
        }
        let refused = self.pairs.iter().filter(|(pair, _)| pair.reason.is_port_closed());
        let mut flows: Vec<(IpAddr, Flow)> = refused
            .map(|(pair, _)| (pair.in_transit.unwrap_or(pair.flow.destination), pair.flow))
            .collect();
        flows.sort_unstable();
        flows.dedup();
        for (host, flow) in flows {
            let sum: &mut u64 = knocks.entry(host).or_default();
            *sum = sum.saturating_add(self.knocks.get(&flow).map_or(0, |knocks| knocks.0));
        }
        knocks
    }

    /// Takes a datagram, and the error message in it if there is one.
    #[inline]
    pub(super) fn add(
        &mut self,
        packet: &Packet<'_>,
        datagram: &Datagram<'_>,
        message: Option<&icmp_wire::Result<Message<'_>>>,
    ) {
        match message {
            None => self.add_other(packet, datagram),
            Some(Ok(message)) => match Reason::of(message) {
                Some(_) if self.seen.contain(packet, datagram) => count(&mut self.copies),
                Some(reason) => match message.quote() {
                    Ok(quote) => self.add_refusal(packet.time, datagram, reason, &quote),
                    Err(error) => self.add_damaged(packet.time, error),
                },
                None => count(self.others.entry(message.name()).or_default()),
            },
            Some(Err(error)) => self.add_damaged(packet.time, *error),
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
        let (service, ports) = service(quote);
        let flow = Flow { source: quote.source(), destination: quote.destination(), ports };
        let refusals = self.pairs.entry(&Pair {
            flow,
            service,
            reason,
            in_transit: Some(datagram.source).filter(|source| *source != flow.destination),
            addressee: Some(datagram.destination).filter(|addressee| *addressee != flow.source),
            vlan: datagram.frame.vlan,
        });
        let hop_limit = quote.hop_limit();
        if refusals.count == 0 || hop_limit < refusals.hop_limit {
            refusals.hop_limit = hop_limit;
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

    fn add_other(&mut self, packet: &Packet<'_>, datagram: &Datagram<'_>) {
        if datagram.is_later_fragment {
            return;
        }
        if let Some((tunnel, inner)) = tunnel::inside(datagram) {
            let message = Datagram::of(&inner, inner.ip.len()).as_ref().and_then(Message::of);
            if matches!(message, Some(Ok(message)) if Reason::of(&message).is_some()) {
                count(self.tunneled.entry(tunnel).or_default());
            }
        }
        if datagram.protocol == IpNumber::UDP
            && let [a, b, c, d, ..] = *datagram.payload
        {
            if self.seen.contain(packet, datagram) {
                return count(&mut self.copies);
            }
            let source = u16::from_be_bytes([a, b]);
            let destination = u16::from_be_bytes([c, d]);
            let flow = Flow {
                source: datagram.source,
                destination: datagram.destination,
                ports: Some(Ports { source, destination }),
            };
            count(&mut self.knocks.entry(&flow).0);
        }
    }
}

/// Returns what the quoted datagram was to reach, and its ports if they are there.
#[inline]
fn service(quote: &Quote<'_>) -> (Service, Option<Ports>) {
    match quote.transport() {
        Err(_) if quote.source().is_ipv4() => (Service::PortsCut(quote.protocol()), None),
        Err(_) => (Service::ProtocolCut, None),
        Ok(transport) => {
            let protocol = transport.protocol();
            match transport.ports() {
                Err(_) => (Service::PortsCut(protocol), None),
                Ok(None) if transport.is_later_fragment() => {
                    (Service::LaterFragment(protocol), None)
                }
                Ok(ports) => (Service::Protocol(protocol), ports),
            }
        }
    }
}

fn count(counter: &mut u64) {
    *counter = counter.saturating_add(1);
}

/// The most pairs, and the most flows of knocks, that are told apart.
pub(super) const LIMIT: usize = 400_000;
