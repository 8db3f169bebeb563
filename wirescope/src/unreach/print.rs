//! One line per message, as `tcpdump -n` prints it.

mod prefix;
mod v4;
mod v6;

use self::prefix::Prefix;
use super::message::Message;
use crate::datagram::Datagram;
use icmp_wire::{Protocol, Quote};
use std::{
    fmt,
    io::{self, Write},
    net::{IpAddr, Ipv6Addr},
};

/// Writes the line of one message, without its time.
pub(crate) fn line(
    output: &mut impl Write,
    datagram: &Datagram<'_>,
    message: &icmp_wire::Result<Message<'_>>,
) -> io::Result<()> {
    let quoted = Quoted::of(message);
    writeln!(output, "{}{}", Prefix(datagram), Words { datagram, quoted })
}

/// What the message says, in tcpdump's words.
///
/// tcpdump ends a line with `[|icmp]` where it needs bytes that were not captured, and it needs no
/// others than it prints: so a cut message can be as good as a whole one.
struct Words<'a> {
    datagram: &'a Datagram<'a>,
    quoted: Quoted<'a>,
}

impl Words<'_> {
    /// Returns the header of the message, filled up with zeros if it was cut.
    fn header(&self) -> [u8; 8] {
        let mut header = [0; 8];
        for (place, byte) in header.iter_mut().zip(self.datagram.payload) {
            *place = *byte;
        }
        header
    }
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.datagram.source.is_ipv4() { self.v4(f) } else { self.v6(f) }
    }
}

/// What a message quotes, whether or not it can be read.
struct Quoted<'a> {
    quote: icmp_wire::Result<Quote<'a>>,
    bytes: &'a [u8],
}

impl<'a> Quoted<'a> {
    fn of(message: &icmp_wire::Result<Message<'a>>) -> Self {
        match message {
            Ok(message @ Message::V4(v4)) => Self { quote: message.quote(), bytes: v4.payload() },
            Ok(message @ Message::V6(v6)) => Self { quote: message.quote(), bytes: v6.payload() },
            Err(error) => Self { quote: Err(*error), bytes: &[] },
        }
    }

    fn source(&self) -> Address {
        Address(self.quote.ok().map(|quote| quote.source()))
    }

    fn destination(&self) -> Address {
        Address(match (self.quote, self.bytes) {
            (Ok(quote), _) => Some(quote.destination()),
            // An IPv4 header that is wrong about its length has its addresses all the same.
            (Err(_), [0x40..=0x44, rest @ ..]) => {
                rest.get(15..).and_then(<[u8]>::first_chunk::<4>).map(|address| (*address).into())
            }
            (Err(_), _) => None,
        })
    }

    fn protocol(&self) -> Option<Protocol> {
        let quote = self.quote.ok()?;
        Some(quote.transport().map_or(quote.protocol(), |transport| transport.protocol()))
    }

    /// Returns whether the quote was cut before the ports.
    fn lacks_ports(&self) -> bool {
        self.quote.is_ok_and(|quote| quote.ports().is_err())
    }
}

/// The protocol and port that a quoted datagram wanted.
struct Service<'a>(&'a Quoted<'a>);

impl fmt::Display for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(transport) = self.0.quote.and_then(|quote| quote.transport()) else {
            return f.write_str("port ?");
        };
        match transport.protocol() {
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

/// Why a quote cannot be read; nothing if it can.
struct Why<'a>(&'a Quoted<'a>);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.quote {
            Ok(_) => Ok(()),
            Err(error) => write!(f, " ({error})"),
        }
    }
}

/// An address as tcpdump writes it, the last 32 bits of `::a.b.c.d` in decimal; `?` for one that
/// cannot be read.
struct Address(Option<IpAddr>);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(IpAddr::V6(v6)) if is_ipv4_compatible(v6) => {
                let [.., a, b, c, d] = v6.octets();
                write!(f, "::{a}.{b}.{c}.{d}")
            }
            Some(address) => address.fmt(f),
            None => f.write_str("?"),
        }
    }
}

/// Returns whether exactly the first six groups are zero.
fn is_ipv4_compatible(address: Ipv6Addr) -> bool {
    matches!(address.segments(), [0, 0, 0, 0, 0, 0, group, _] if group != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{Frame, Vlan};

    /// Returns the line of a datagram.
    #[track_caller]
    fn line_of(bytes: &[u8]) -> String {
        line_in(Frame::ip(bytes).unwrap(), bytes.len())
    }

    #[track_caller]
    fn line_in(frame: Frame<'_>, wire_len: usize) -> String {
        let datagram = Datagram::of(&frame, wire_len).unwrap();
        let message = Message::of(&datagram).unwrap();
        let mut output = Vec::new();
        line(&mut output, &datagram, &message).unwrap();
        String::from_utf8(output).unwrap().strip_suffix('\n').unwrap().to_owned()
    }

    fn icmp(ty: u8, code: u8, quote: &[u8]) -> Vec<u8> {
        // A next-hop MTU of 1500, a gateway, a pointer.
        [&[ty, code, 0, 0, 10, 0, 0x05, 0xdc], quote].concat()
    }

    /// From 192.0.2.1 to 198.51.100.7.
    fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
        let len = u8::try_from(payload.len()).unwrap().checked_add(20).unwrap();
        let header = [0x45, 0, 0, len, 0, 1, 0, 0, 64, protocol, 0, 0];
        [&header[..], &[192, 0, 2, 1, 198, 51, 100, 7], payload].concat()
    }

    /// From `2001:db8::1` to `::198.51.100.7`, which has no other spelling in tcpdump.
    fn v6(next_header: u8, payload: &[u8]) -> Vec<u8> {
        let len = u8::try_from(payload.len()).unwrap();
        let source = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        let destination = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 198, 51, 100, 7];
        let header = [0x60, 0, 0, 0, 0, len, next_header, 64];
        [&header[..], &source, &destination, payload].concat()
    }

    /// Ports 53 and 1024, and four bytes more.
    const PORTS: [u8; 8] = [0, 53, 4, 0, 0, 8, 0, 0];

    /// The lines are tcpdump's.
    #[test]
    fn v4_errors_have_the_words_of_tcpdump() {
        for (ty, code, words) in [
            (3, 0, "net 198.51.100.7 unreachable"),
            (3, 1, "host 198.51.100.7 unreachable"),
            (3, 2, "198.51.100.7 protocol 17 unreachable"),
            (3, 3, "198.51.100.7 udp port 1024 unreachable"),
            (3, 4, "198.51.100.7 unreachable - need to frag (mtu 1500)"),
            (3, 5, "198.51.100.7 unreachable - source route failed"),
            (3, 6, "net 198.51.100.7 unreachable - unknown"),
            (3, 7, "host 198.51.100.7 unreachable - unknown"),
            (3, 8, "198.51.100.7 unreachable - source host isolated"),
            (3, 9, "net 198.51.100.7 unreachable - admin prohibited"),
            (3, 10, "host 198.51.100.7 unreachable - admin prohibited"),
            (3, 11, "net 198.51.100.7 unreachable - tos prohibited"),
            (3, 12, "host 198.51.100.7 unreachable - tos prohibited"),
            (3, 13, "host 198.51.100.7 unreachable - admin prohibited filter"),
            (3, 14, "host 198.51.100.7 unreachable - host precedence violation"),
            (3, 15, "host 198.51.100.7 unreachable - precedence cutoff"),
            (3, 16, "198.51.100.7 unreachable - #16"),
            (4, 0, "source quench"),
            (5, 0, "redirect 198.51.100.7 to net 10.0.5.220"),
            (5, 1, "redirect 198.51.100.7 to host 10.0.5.220"),
            (5, 2, "redirect-tos 198.51.100.7 to net 10.0.5.220"),
            (5, 3, "redirect-tos 198.51.100.7 to host 10.0.5.220"),
            (5, 4, "redirect-#4 198.51.100.7 to 10.0.5.220"),
            (11, 0, "time exceeded in-transit"),
            (11, 1, "ip reassembly time exceeded"),
            (11, 2, "time exceeded-#2"),
            (12, 0, "parameter problem - octet 10"),
            (12, 1, "parameter problem - code 1"),
        ] {
            let line = line_of(&v4(1, &icmp(ty, code, &v4(17, &PORTS))));
            assert_eq!(line, format!("IP 192.0.2.1 > 198.51.100.7: ICMP {words}, length 36"));
        }
    }

    /// The lines are tcpdump's, but for those of codes that it does not know.
    #[test]
    fn v6_errors_have_the_words_of_tcpdump() {
        for (ty, code, words) in [
            (1, 0, "destination unreachable, unreachable route ::198.51.100.7"),
            (1, 1, "destination unreachable,  unreachable prohibited ::198.51.100.7"),
            (
                1,
                2,
                "destination unreachable, beyond scope ::198.51.100.7, source address 2001:db8::1",
            ),
            (1, 3, "destination unreachable, unreachable address ::198.51.100.7"),
            (1, 4, "destination unreachable, unreachable port, ::198.51.100.7 udp port 1024"),
            (1, 5, "destination unreachable, source address failed policy ::198.51.100.7"),
            (1, 6, "destination unreachable, reject route ::198.51.100.7"),
            (1, 7, "destination unreachable, error in source routing header ::198.51.100.7"),
            (1, 8, "destination unreachable, headers too long ::198.51.100.7"),
            (1, 9, "destination unreachable, error in projected route ::198.51.100.7"),
            (1, 10, "destination unreachable, unknown unreach code (10) ::198.51.100.7"),
            (2, 0, "packet too big, mtu 167773660"),
            (3, 0, "time exceeded in-transit for ::198.51.100.7"),
            (3, 1, "time exceeded in-transit (reassembly)"),
            (3, 2, "time exceeded in-transit, unknown code (2)"),
            (4, 0, "parameter problem, erroneous - octet 167773660"),
            (4, 1, "parameter problem, next header - octet 167773660"),
            (4, 2, "parameter problem, option - octet 167773660"),
            (4, 3, "parameter problem, incomplete header chain - octet 167773660"),
            (4, 4, "parameter problem, code-#4"),
        ] {
            let line = line_of(&v6(58, &icmp(ty, code, &v6(17, &PORTS))));
            let start = "IP6 2001:db8::1 > ::198.51.100.7: ICMP6, ";
            assert_eq!(line, format!("{start}{words}, length 56"));
        }
    }

    #[test]
    fn a_quote_that_tcpdump_takes_for_something_else_is_read_or_explained() {
        let with = |at: usize, byte: u8| {
            let mut quote = v4(17, &PORTS);
            quote[at] = byte;
            quote
        };
        let later_v6 = v6(44, &[&[17, 0, 0, 8, 0, 0, 0, 1], &PORTS[..]].concat());
        let not_ip = "(quoted IP header at byte 8: unsupported version 15)";
        let short = "(quoted IPv4 header length at byte 8: invalid length 4)";
        for (code, quote, words) in [
            (3, v4(136, &PORTS), "198.51.100.7 protocol 136 port 1024 unreachable, length 36"),
            (3, v4(50, &PORTS), "198.51.100.7 protocol 50 (no port) unreachable, length 36"),
            (3, with(7, 1), "198.51.100.7 udp (later fragment) unreachable, length 36"),
            (0, v6(17, &PORTS), "net ::198.51.100.7 unreachable, length 56"),
            (2, with(0, 0xf5), &format!("? protocol ? unreachable {not_ip}, length 36")),
            (3, with(0, 0xf5), &format!("? port ? unreachable {not_ip}, length 36")),
            (3, with(0, 0x44), &format!("198.51.100.7 port ? unreachable {short}, length 36")),
        ] {
            let line = line_of(&v4(1, &icmp(3, code, &quote)));
            assert_eq!(line, format!("IP 192.0.2.1 > 198.51.100.7: ICMP {words}"));
        }
        let not_ip = "(quoted IP header at byte 8: unsupported version 0)";
        let v4_quote = [&v4(17, &PORTS)[..], &[0; 20]].concat();
        for (code, quote, words) in [
            (4, v6(132, &PORTS), "port, ::198.51.100.7 protocol 132 port 1024, length 56"),
            (4, v6(50, &PORTS), "port, ::198.51.100.7 protocol 50 (no port), length 56"),
            (4, later_v6, "port, ::198.51.100.7 udp (later fragment), length 64"),
            (0, v4_quote, "route 198.51.100.7, length 56"),
            (0, vec![0; 48], &format!("route ? {not_ip}, length 56")),
        ] {
            let line = line_of(&v6(58, &icmp(1, code, &quote)));
            let start = "IP6 2001:db8::1 > ::198.51.100.7: ICMP6, destination unreachable, ";
            assert_eq!(line, format!("{start}unreachable {words}"));
        }
    }

    /// The lines are tcpdump's, but for the code of the last.
    #[test]
    fn a_cut_message_says_what_was_captured() {
        let cut =
            |bytes: Vec<u8>, len: usize| line_in(Frame::ip(&bytes[..len]).unwrap(), bytes.len());
        let message = |ty, code| v4(1, &icmp(ty, code, &v4(17, &PORTS)));
        for (ty, code, len, words) in [
            (3, 0, 20 + 27, " [|icmp]"),
            (3, 0, 20 + 28, "ICMP net 198.51.100.7 unreachable, length 36"),
            (3, 3, 20 + 31, " [|icmp]"),
            (4, 0, 20 + 2, "ICMP source quench, length 36"),
            (11, 0, 20 + 27, " [|icmp]"),
            (12, 0, 20 + 4, " [|icmp]"),
            (12, 0, 20 + 5, "ICMP parameter problem - octet 10, length 36"),
            (12, 1, 20 + 2, "ICMP parameter problem - code 1, length 36"),
        ] {
            let line = cut(message(ty, code), len);
            assert_eq!(line, format!("IP 192.0.2.1 > 198.51.100.7: {words}"));
        }
        let message = |ty, code| v6(58, &icmp(ty, code, &v6(17, &PORTS)));
        for (ty, code, len, words) in [
            (1, 0, 40, " [|icmp6]"),
            (1, 0, 40 + 1, "ICMP6, destination unreachable [|icmp6]"),
            (1, 0, 40 + 47, "ICMP6, destination unreachable, unreachable route [|icmp6]"),
            (1, 4, 40 + 51, "ICMP6, destination unreachable, unreachable port [|icmp6]"),
            (2, 0, 40 + 7, "ICMP6, packet too big [|icmp6]"),
            (3, 0, 40 + 47, "ICMP6, time exceeded in-transit [|icmp6]"),
            (3, 1, 40 + 2, "ICMP6, time exceeded in-transit (reassembly), length 56"),
            (4, 0, 40 + 47, "ICMP6, parameter problem [|icmp6]"),
            (1, 6, 40 + 47, "ICMP6, destination unreachable, reject route [|icmp6]"),
        ] {
            let line = cut(message(ty, code), len);
            assert_eq!(line, format!("IP6 2001:db8::1 > ::198.51.100.7: {words}"));
        }
    }

    #[test]
    fn what_the_message_was_wrapped_in_comes_first() {
        let bytes = v4(1, &icmp(11, 0, &v4(17, &PORTS)));
        let ip = Frame::ip(&bytes).unwrap();
        let tag = Vlan { outer: 5, inner: None };
        let tags = Vlan { inner: Some(6), ..tag };
        // Labels 100 and 16001, the second of class 5 and at the bottom.
        let labels = &[0, 0x06, 0x40, 64, 0x03, 0xe8, 0x1b, 1];
        let stack = "MPLS (label 100, tc 0, ttl 64) (label 16001, tc 5, [S], ttl 1) ";
        for (frame, start) in [
            (Frame { vlan: Some(tags), ..ip }, ""),
            (Frame { vlan: Some(tag), is_cooked_vlan: true, ..ip }, "ethertype IPv4, "),
            (
                Frame { vlan: Some(tags), is_cooked_vlan: true, ..ip },
                "ethertype 802.1Q, ethertype IPv4, ",
            ),
            (Frame { pppoe_session: Some(0x3b1a), ..ip }, "PPPoE  [ses 0x3b1a] "),
            (Frame { pppoe_session: Some(0), ..ip }, "PPPoE  "),
            (Frame { labels, ..ip }, stack),
            (Frame { pppoe_session: Some(1), labels, ..ip }, &format!("PPPoE  [ses 0x1] {stack}")),
        ] {
            let line = line_in(frame, bytes.len());
            let rest = "IP 192.0.2.1 > 198.51.100.7: ICMP time exceeded in-transit, length 36";
            assert_eq!(line, format!("{start}{rest}"));
        }
    }

    #[test]
    fn extension_headers_have_a_word_each_but_for_two() {
        let message = icmp(3, 1, &v6(17, &PORTS));
        let chain = [
            &[43, 0, 0, 0, 0, 0, 0, 0][..], // Hop-by-hop options,
            &[60, 0, 0, 0, 0, 0, 0, 0],     // routing,
            &[51, 0, 0, 0, 0, 0, 0, 0],     // destination options,
            &[44, 1, 0, 0, 0, 0, 0, 0],     // authentication, which
            &[0, 0, 0, 0],                  // is four bytes longer,
            &[58, 7, 0, 1, 0, 0, 0, 1],     // and the first fragment.
            &message,
        ];
        assert_eq!(
            line_of(&v6(0, &chain.concat())),
            "IP6 2001:db8::1 > ::198.51.100.7: HBH DSTOPT frag (0|56) \
             ICMP6, time exceeded in-transit (reassembly), length 56"
        );
    }

    #[test]
    fn a_chain_of_extension_headers_that_was_cut_holds_no_message() {
        let chain = [&[60, 0, 0, 0, 0, 0, 0, 0][..], &[58, 0, 0, 0, 0, 0, 0, 0], &[1, 4]];
        let bytes = v6(0, &chain.concat());
        for len in 40..56 {
            let frame = Frame::ip(&bytes[..len]).unwrap();
            let datagram = Datagram::of(&frame, bytes.len());
            assert!(Message::of(&datagram.unwrap()).is_none(), "{len}");
        }
        assert_eq!(
            line_of(&bytes),
            "IP6 2001:db8::1 > ::198.51.100.7: HBH DSTOPT \
             ICMP6, destination unreachable, unreachable port [|icmp6]"
        );
    }

    #[test]
    fn lengths_that_are_wrong_are_said() {
        let mut bytes = v4(1, &icmp(11, 0, &v4(17, &PORTS)));
        bytes[3] = bytes[3].wrapping_add(8);
        let rest = "192.0.2.1 > 198.51.100.7: ICMP time exceeded in-transit";
        assert_eq!(
            line_of(&bytes),
            format!("IP truncated-ip - 8 bytes missing! {rest}, length 44")
        );
        bytes[3] = 0;
        assert_eq!(line_of(&bytes), format!("IP {rest}, length 0"));
        let mut bytes = v6(58, &icmp(3, 1, &v6(17, &PORTS)));
        bytes[5] = bytes[5].wrapping_add(8);
        assert_eq!(
            line_of(&bytes),
            "IP6 truncated-ip6 - 8 bytes missing! 2001:db8::1 > ::198.51.100.7: \
             ICMP6, time exceeded in-transit (reassembly), length 64"
        );
        bytes[5] = 0;
        assert_eq!(line_of(&bytes), "IP6 2001:db8::1 > ::198.51.100.7: ICMP6, length 0 (invalid)");
    }
}
