use crate::datagram::Datagram;
use etherparse::IpNumber;
use icmp_wire::{Protocol, Quote, Transport, v4, v6};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    num::NonZeroU16,
};

/// A datagram that tells of another one that it could not be delivered.
#[derive(Debug)]
pub(crate) struct Refusal<'a> {
    /// The datagram that carries the message.
    pub(crate) datagram: &'a Datagram<'a>,
    pub(crate) reason: Reason,
    /// The largest datagram the next hop takes, if it was sent.
    pub(crate) next_hop_mtu: Option<NonZeroU16>,
    pub(crate) quote: icmp_wire::Result<Quote<'a>>,
}

/// Why a datagram was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reason {
    V4(v4::UnreachableCode),
    V6(v6::UnreachableCode),
}

impl<'a> Refusal<'a> {
    /// Returns the destination unreachable in `datagram`, `None` if it is something else.
    ///
    /// An error if the message is too short to be told from one, or to say why it was sent.
    pub(crate) fn of(datagram: &'a Datagram<'a>) -> Option<icmp_wire::Result<Self>> {
        if datagram.is_later_fragment {
            return None;
        }
        let may_be = |unreachable: u8| datagram.payload.first().is_none_or(|ty| *ty == unreachable);
        match (datagram.protocol, datagram.source) {
            (IpNumber::ICMP, IpAddr::V4(_)) => match v4::Message::parse(datagram.payload) {
                Ok(message) => match message.body() {
                    v4::Body::Unreachable { code, next_hop_mtu } => Some(Ok(Self {
                        datagram,
                        reason: Reason::V4(code),
                        next_hop_mtu,
                        quote: message.quote().transpose()?,
                    })),
                    _ => None,
                },
                Err(error) => may_be(v4::Type::DESTINATION_UNREACHABLE.0).then_some(Err(error)),
            },
            (IpNumber::IPV6_ICMP, IpAddr::V6(_)) => match v6::Message::parse(datagram.payload) {
                Ok(message) => match message.body() {
                    v6::Body::Unreachable { code } => Some(Ok(Self {
                        datagram,
                        reason: Reason::V6(code),
                        next_hop_mtu: None,
                        quote: message.quote().transpose()?,
                    })),
                    _ => None,
                },
                Err(error) => may_be(v6::Type::DESTINATION_UNREACHABLE.0).then_some(Err(error)),
            },
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::V4(code) => match code {
                v4::UnreachableCode::NET_UNREACHABLE => "net unreachable",
                v4::UnreachableCode::HOST_UNREACHABLE => "host unreachable",
                v4::UnreachableCode::PROTOCOL_UNREACHABLE => "protocol unreachable",
                v4::UnreachableCode::PORT_UNREACHABLE => "port closed",
                v4::UnreachableCode::FRAGMENTATION_NEEDED => "too big, must not fragment",
                v4::UnreachableCode::SOURCE_ROUTE_FAILED => "source route failed",
                v4::UnreachableCode::NETWORK_UNKNOWN => "net unknown",
                v4::UnreachableCode::HOST_UNKNOWN => "host unknown",
                v4::UnreachableCode::SOURCE_HOST_ISOLATED => "source isolated",
                v4::UnreachableCode::NETWORK_PROHIBITED => "net prohibited",
                v4::UnreachableCode::HOST_PROHIBITED => "host prohibited",
                v4::UnreachableCode::NET_UNREACHABLE_FOR_TOS => "net unreachable for TOS",
                v4::UnreachableCode::HOST_UNREACHABLE_FOR_TOS => "host unreachable for TOS",
                v4::UnreachableCode::COMMUNICATION_PROHIBITED => "prohibited",
                v4::UnreachableCode::HOST_PRECEDENCE_VIOLATION => "precedence violation",
                v4::UnreachableCode::PRECEDENCE_CUTOFF => "precedence cutoff",
                v4::UnreachableCode(code) => return write!(f, "code {code}"),
            },
            Self::V6(code) => match code {
                v6::UnreachableCode::NO_ROUTE => "no route",
                v6::UnreachableCode::PROHIBITED => "prohibited",
                v6::UnreachableCode::BEYOND_SCOPE => "beyond scope of source",
                v6::UnreachableCode::ADDRESS_UNREACHABLE => "host unreachable",
                v6::UnreachableCode::PORT_UNREACHABLE => "port closed",
                v6::UnreachableCode::SOURCE_POLICY => "source refused by policy",
                v6::UnreachableCode::REJECT_ROUTE => "reject route",
                v6::UnreachableCode::SOURCE_ROUTING_HEADER => "source routing error",
                v6::UnreachableCode::HEADERS_TOO_LONG => "headers too long",
                v6::UnreachableCode::P_ROUTE => "projected route error",
                v6::UnreachableCode(code) => return write!(f, "code {code}"),
            },
        })
    }
}

/// One side of the datagram that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Endpoint {
    pub(crate) address: IpAddr,
    pub(crate) port: Option<u16>,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => SocketAddr::new(self.address, port).fmt(f),
            None => self.address.fmt(f),
        }
    }
}

/// What the refused datagram was to reach there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Service {
    /// A protocol, at the port of the endpoint if it has one.
    Protocol(Protocol),
    /// The datagram was a later fragment, which names no port.
    LaterFragment(Protocol),
    /// The quote was cut before the ports.
    PortsCut(Protocol),
    /// The quote was cut in the chain of IPv6 extension headers.
    ProtocolCut,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Protocol(protocol) => lower_case(f, protocol),
            Self::LaterFragment(protocol) => {
                lower_case(f, protocol)?;
                f.write_str(", later fragment")
            }
            Self::PortsCut(protocol) => {
                lower_case(f, protocol)?;
                f.write_str(", ports cut off")
            }
            Self::ProtocolCut => f.write_str("protocol cut off"),
        }
    }
}

fn lower_case(f: &mut fmt::Formatter<'_>, protocol: Protocol) -> fmt::Result {
    match protocol.name() {
        Some(name) => f.write_str(&name.to_ascii_lowercase()),
        None => write!(f, "protocol {}", protocol.0),
    }
}

/// Who sent the refused datagram, where to, and for what.
pub(crate) fn knock(quote: &Quote<'_>) -> (Endpoint, Endpoint, Service) {
    let transport = quote.transport();
    let ports = transport.and_then(|transport| transport.ports());
    let service = match (transport, ports) {
        (Err(_), _) if quote.source().is_ipv4() => Service::PortsCut(quote.protocol()),
        (Err(_), _) => Service::ProtocolCut,
        (Ok(transport), Err(_)) => Service::PortsCut(transport.protocol()),
        (Ok(transport), Ok(_)) if Transport::is_later_fragment(&transport) => {
            Service::LaterFragment(transport.protocol())
        }
        (Ok(transport), Ok(_)) => Service::Protocol(transport.protocol()),
    };
    let ports = ports.ok().flatten();
    (
        Endpoint { address: quote.source(), port: ports.map(|ports| ports.source) },
        Endpoint { address: quote.destination(), port: ports.map(|ports| ports.destination) },
        service,
    )
}
