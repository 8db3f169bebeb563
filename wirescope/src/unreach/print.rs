//! One line per message, as `tcpdump -n` prints it.

use super::refusal::{Reason, Refusal};
use crate::datagram::Datagram;
use icmp_wire::{Error, ErrorKind, Protocol, Quote, v4, v6};
use jiff::{Timestamp, tz::TimeZone};
use std::{
    fmt,
    io::{self, Write},
    net::{IpAddr, Ipv6Addr},
};

/// Writes the line of one message.
pub(crate) fn line(
    output: &mut impl Write,
    time: Option<Timestamp>,
    datagram: &Datagram<'_>,
    refusal: &icmp_wire::Result<Refusal<'_>>,
) -> io::Result<()> {
    if let Some(time) = time {
        let time = time.to_zoned(TimeZone::system());
        write!(output, "{} ", time.strftime("%H:%M:%S.%6f"))?;
    }
    write!(output, "{}", Prefix(datagram))?;
    match refusal {
        Ok(refusal) => writeln!(output, "{}", Line(refusal)),
        Err(_) if datagram.source.is_ipv4() => writeln!(output, " [|icmp]"),
        Err(_) => writeln!(output, "ICMP6, destination unreachable [|icmp6]"),
    }
}

/// What precedes the message: the addresses, and whether the datagram was whole.
struct Prefix<'a>(&'a Datagram<'a>);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(datagram) = self;
        let (ip, cut) = if datagram.source.is_ipv4() {
            ("IP", "truncated-ip")
        } else {
            ("IP6", "truncated-ip6")
        };
        write!(f, "{ip} ")?;
        if datagram.missing > 0 {
            write!(f, "{cut} - {} bytes missing! ", datagram.missing)?;
        }
        write!(f, "{} > {}: ", Address(datagram.source), Address(datagram.destination))
    }
}

/// What the message says, in tcpdump's words.
struct Line<'a>(&'a Refusal<'a>);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(refusal) = self;
        match (refusal.reason, refusal.quote) {
            (Reason::V4(code), Ok(quote)) => self.v4(f, code, &quote),
            (Reason::V6(code), Ok(quote)) => self.v6(f, code, &quote),
            (Reason::V4(_), Err(error)) if is_cut(&error) => f.write_str(" [|icmp]"),
            (Reason::V6(code), Err(error)) if is_cut(&error) => {
                write!(f, "ICMP6, destination unreachable, {} [|icmp6]", V6Words(code))
            }
            (reason, Err(error)) => {
                let icmp = if matches!(reason, Reason::V4(_)) { "ICMP" } else { "ICMP6" };
                write!(f, "{icmp} {reason} ({error}), length {}", refusal.datagram.payload_len)
            }
        }
    }
}

impl Line<'_> {
    fn v4(
        &self,
        f: &mut fmt::Formatter<'_>,
        code: v4::UnreachableCode,
        quote: &Quote<'_>,
    ) -> fmt::Result {
        use v4::UnreachableCode as Code;
        let wanted = Address(quote.destination());
        if code == Code::PORT_UNREACHABLE && quote.ports().is_err() {
            return f.write_str(" [|icmp]");
        }
        f.write_str("ICMP ")?;
        match code {
            Code::NET_UNREACHABLE => write!(f, "net {wanted} unreachable"),
            Code::HOST_UNREACHABLE => write!(f, "host {wanted} unreachable"),
            Code::PROTOCOL_UNREACHABLE => {
                let protocol = quote.transport().map_or(quote.protocol(), |it| it.protocol());
                write!(f, "{wanted} protocol {} unreachable", protocol.0)
            }
            Code::PORT_UNREACHABLE => write!(f, "{wanted} {} unreachable", Service(quote)),
            Code::FRAGMENTATION_NEEDED => match self.0.next_hop_mtu {
                Some(mtu) => write!(f, "{wanted} unreachable - need to frag (mtu {mtu})"),
                None => write!(f, "{wanted} unreachable - need to frag"),
            },
            Code::SOURCE_ROUTE_FAILED => write!(f, "{wanted} unreachable - source route failed"),
            Code::NETWORK_UNKNOWN => write!(f, "net {wanted} unreachable - unknown"),
            Code::HOST_UNKNOWN => write!(f, "host {wanted} unreachable - unknown"),
            Code::SOURCE_HOST_ISOLATED => write!(f, "{wanted} unreachable - source host isolated"),
            Code::NETWORK_PROHIBITED => write!(f, "net {wanted} unreachable - admin prohibited"),
            Code::HOST_PROHIBITED => write!(f, "host {wanted} unreachable - admin prohibited"),
            Code::NET_UNREACHABLE_FOR_TOS => write!(f, "net {wanted} unreachable - tos prohibited"),
            Code::HOST_UNREACHABLE_FOR_TOS => {
                write!(f, "host {wanted} unreachable - tos prohibited")
            }
            Code::COMMUNICATION_PROHIBITED => {
                write!(f, "host {wanted} unreachable - admin prohibited filter")
            }
            Code::HOST_PRECEDENCE_VIOLATION => {
                write!(f, "host {wanted} unreachable - host precedence violation")
            }
            Code::PRECEDENCE_CUTOFF => write!(f, "host {wanted} unreachable - precedence cutoff"),
            Code(code) => write!(f, "{wanted} unreachable - #{code}"),
        }?;
        write!(f, ", length {}", self.0.datagram.payload_len)
    }

    fn v6(
        &self,
        f: &mut fmt::Formatter<'_>,
        code: v6::UnreachableCode,
        quote: &Quote<'_>,
    ) -> fmt::Result {
        use v6::UnreachableCode as Code;
        let wanted = Address(quote.destination());
        write!(f, "ICMP6, destination unreachable, {}", V6Words(code))?;
        match code {
            Code::PORT_UNREACHABLE if quote.ports().is_err() => return f.write_str(" [|icmp6]"),
            Code::PORT_UNREACHABLE => write!(f, ", {wanted} {}", Service(quote)),
            Code::BEYOND_SCOPE => {
                write!(f, " {wanted}, source address {}", Address(quote.source()))
            }
            _ => write!(f, " {wanted}"),
        }?;
        write!(f, ", length {}", self.0.datagram.payload_len)
    }
}

/// The words that come before the address.
struct V6Words(v6::UnreachableCode);

impl fmt::Display for V6Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            v6::UnreachableCode::NO_ROUTE => "unreachable route",
            // The space is tcpdump's.
            v6::UnreachableCode::PROHIBITED => " unreachable prohibited",
            v6::UnreachableCode::BEYOND_SCOPE => "beyond scope",
            v6::UnreachableCode::ADDRESS_UNREACHABLE => "unreachable address",
            v6::UnreachableCode::PORT_UNREACHABLE => "unreachable port",
            // tcpdump has no words for these.
            v6::UnreachableCode::SOURCE_POLICY => "source address failed policy",
            v6::UnreachableCode::REJECT_ROUTE => "reject route",
            v6::UnreachableCode::SOURCE_ROUTING_HEADER => "error in source routing header",
            v6::UnreachableCode::HEADERS_TOO_LONG => "headers too long",
            v6::UnreachableCode::P_ROUTE => "error in projected route",
            v6::UnreachableCode(code) => return write!(f, "unknown unreach code ({code})"),
        })
    }
}

fn is_cut(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Truncated { .. })
}

/// The protocol and port that a quoted datagram wanted.
struct Service<'a>(&'a Quote<'a>);

impl fmt::Display for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(transport) = self.0.transport() else { return Ok(()) };
        let protocol = transport.protocol();
        match protocol {
            Protocol::TCP => f.write_str("tcp"),
            Protocol::UDP => f.write_str("udp"),
            Protocol(number) => write!(f, "protocol {number}"),
        }?;
        match transport.ports() {
            Ok(Some(ports)) => write!(f, " port {}", ports.destination),
            _ if transport.is_later_fragment() => f.write_str(" (later fragment)"),
            _ => f.write_str(" (no port)"),
        }
    }
}

/// An address as tcpdump writes it: the last 32 bits of `::a.b.c.d` in decimal.
struct Address(IpAddr);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V6(v6) if is_ipv4_compatible(v6) => {
                let [.., a, b, c, d] = v6.octets();
                write!(f, "::{a}.{b}.{c}.{d}")
            }
            address => address.fmt(f),
        }
    }
}

/// Returns whether exactly the first six groups are zero.
fn is_ipv4_compatible(address: Ipv6Addr) -> bool {
    matches!(address.segments(), [0, 0, 0, 0, 0, 0, group, _] if group != 0)
}
