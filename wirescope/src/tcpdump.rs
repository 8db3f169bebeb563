//! Datagrams as `tcpdump -n -e -S` prints them, in the words of 4.99.3.

pub(crate) mod icmp;
pub(crate) mod icmp6;
mod igmp;
mod prefix;
pub(crate) mod quoted;
mod tcp;
mod udp;

use self::prefix::{addresses, extension_headers, missing, ports};
use crate::{datagram::Datagram, line::Line};
use etherparse::IpNumber;

/// Writes what a datagram is: its addresses, and what is in it.
pub(crate) fn datagram(line: &mut Line, datagram: &Datagram<'_>) {
    missing(line, datagram);
    let (protocol, is_v4) = (datagram.protocol, datagram.source.is_ipv4());
    let is_bare = datagram.is_bare();
    let is_later_fragment = is_v4 && datagram.is_later_fragment;
    let names_ports = matches!(protocol, IpNumber::TCP | IpNumber::UDP);
    if is_later_fragment || !is_bare || !names_ports {
        addresses(line, datagram);
        line.text(": ");
    }
    if !is_bare && !is_v4 && !extension_headers(line, datagram) {
        return;
    }
    match (protocol, is_v4) {
        _ if is_later_fragment => {
            line.text("ip-proto-").number(datagram.first_protocol().0);
        }
        (IpNumber::TCP, _) => tcp::segment(line, datagram),
        (IpNumber::UDP, _) => udp::datagram(line, datagram),
        (IpNumber::ICMP, true) => icmp::message(line, datagram),
        (IpNumber::IPV6_ICMP, false) => icmp6::message(line, datagram),
        (IpNumber::IGMP, true) => igmp::message(line, datagram),
        (IpNumber::ENCAPSULATING_SECURITY_PAYLOAD, _) => encrypted(line, datagram),
        (IpNumber::IPV6_NO_NEXT_HEADER, _) => _ = line.text("no next header"),
        (IpNumber::AUTHENTICATION_HEADER, _) => _ = line.text(" [|ah]"),
        // Of a whole one the words are written.
        (IpNumber::IPV6_HEADER_HOP_BY_HOP, false) if is_bare => _ = line.text(" [|hbhopt]"),
        (IpNumber::IPV6_DESTINATION_OPTIONS, false) => _ = line.text(" [|dstopt]"),
        (IpNumber::IPV6_FRAGMENTATION_HEADER, false) => _ = line.text(" [|frag6]"),
        (IpNumber::IPV6_ROUTE_HEADER, false) => _ = line.text(" [|rt6]"),
        (IpNumber(number), _) => {
            line.text(" ip-proto-").number(number).text(" ").number(datagram.payload_len);
        }
    }
}

/// Writes an encapsulating security payload, RFC 4303 §2.
fn encrypted(line: &mut Line, datagram: &Datagram<'_>) {
    // tcpdump wants a byte behind the header.
    match datagram.payload.split_first_chunk::<8>() {
        Some((header, [_, ..])) => {
            let [spi @ .., s0, s1, s2, s3] = header;
            line.text("ESP(spi=0x").bytes(spi).text(",seq=0x");
            line.hex(u32::from_be_bytes([*s0, *s1, *s2, *s3]));
            line.text("), length ").number(datagram.payload_len);
        }
        _ => _ = line.text(" [|esp]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composed::{PORTS, icmp, tcp, v4, v6, written};

    #[track_caller]
    fn line_of(bytes: &[u8]) -> String {
        written(datagram, bytes, bytes.len())
    }

    /// The lines are tcpdump's.
    #[test]
    fn segments_have_the_words_of_tcpdump() {
        let start = "192.0.2.1.1024 > 198.51.100.7.443: Flags ";
        for (flags, data, words) in [
            (0x02, "", "[S], seq 4294967295, win 16384, length 0"),
            (0x12, "", "[S.], seq 4294967295, ack 1, win 16384, length 0"),
            (0x10, "", "[.], ack 1, win 16384, length 0"),
            (0x18, "data", "[P.], seq 4294967295:3, ack 1, win 16384, length 4"),
            (0x29, "data", "[FPU], seq 4294967295:3, win 16384, urg 7, length 4"),
            (0xc2, "", "[SEW], seq 4294967295, win 16384, length 0"),
            (0x04, "", "[R], seq 4294967295, win 16384, length 0"),
            (0x00, "", "[none], win 16384, length 0"),
        ] {
            let line = line_of(&v4(6, &tcp(flags, &[], data.as_bytes())));
            assert_eq!(line, format!("{start}{words}"));
        }
    }

    /// The lines are tcpdump's, but for the last.
    #[test]
    fn options_have_the_words_of_tcpdump() {
        let start =
            "192.0.2.1.1024 > 198.51.100.7.443: Flags [S], seq 4294967295, win 16384, options [";
        for (options, words) in [
            (
                &[2, 4, 5, 0xb4, 1, 3, 3, 6, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 1][..],
                "mss 1460,nop,wscale 6,sackOK,TS val 9 ecr 1], length 0",
            ),
            (&[1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2], "nop,nop,sack 1 {1:2}], length 0"),
            (&[5, 6, 0, 0, 0, 1, 1, 1], "sack invalid sack,nop,nop], length 0"),
            (&[77, 6, 1, 2, 3, 4, 77, 2], "unknown-77 0x01020304,unknown-77], length 0"),
            (&[2, 4, 5, 0xb4, 0, 0xff, 0xff, 0xff], "mss 1460,eol], length 0"),
            (&[2, 5, 5, 0xb4, 1, 1, 1, 1], "mss 1460[len 5],nop,nop,nop,nop], length 0"),
            (&[2, 1, 1, 1], "[bad opt]"),
            (&[1, 1, 2, 1], "nop,nop,[bad opt]]"),
            (&[30, 4, 1, 2], "mptcp 0x0102], length 0"),
        ] {
            let line = line_of(&v4(6, &tcp(0x02, options, b"")));
            assert_eq!(line, format!("{start}{words}"));
        }
    }

    /// The lines are tcpdump's.
    #[test]
    fn a_cut_segment_says_what_was_captured() {
        let options = [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0];
        let bytes = v4(6, &tcp(0x02, &options, b"data"));
        let start = ".1024 > 198.51.100.7.443: Flags [S], seq 4294967295:3, win 16384, options [";
        for (len, words) in [
            (20 + 3, " > 198.51.100.7: [|tcp]"),
            (20 + 19, ".1024 > 198.51.100.7.443:  [|tcp]"),
            (40, &format!("{start} [|tcp]")),
            (43, &format!("{start}mss [|tcp]")),
            (44, &format!("{start}mss 1460, [|tcp]")),
            (47, &format!("{start}mss 1460,sackOK, [|tcp]")),
            (55, &format!("{start}mss 1460,sackOK,TS [|tcp]>")),
            (
                57,
                &format!(
                    "{start}mss 1460,sackOK,TS val 9 ecr 1,eol], length 4 \
                     [remaining caplen(37) < header length(40)] [|tcp]"
                ),
            ),
        ] {
            assert_eq!(written(datagram, &bytes, len), format!("192.0.2.1{words}"), "{len}");
        }
    }

    /// The lines are tcpdump's.
    #[test]
    fn header_lengths_that_are_wrong_are_said() {
        let with = |offset: u8| {
            let mut segment = tcp(0x02, &[], b"data");
            segment[12] = offset;
            line_of(&v4(6, &segment))
        };
        let start = "192.0.2.1.1024 > 198.51.100.7.443: ";
        assert_eq!(with(0x40), format!("{start} tcp 8 [bad hdr length 16 - too short, < 20]"));
        let long = "Flags [S] [bad hdr length 28 - too long, > 24]";
        assert_eq!(with(0x70), format!("{start}{long}"));
    }

    /// The lines are tcpdump's.
    #[test]
    fn datagrams_have_the_words_of_tcpdump() {
        let udp = |len: u8| [4, 0, 0x82, 0x9b, 0, len, 0, 0, 1, 2, 3, 4];
        let ports = "192.0.2.1.1024 > 198.51.100.7.33435: ";
        for (bytes, words) in [
            (v4(17, &udp(12)), "UDP, length 4"),
            (v4(17, &udp(8)), "UDP, length 0"),
            (v4(17, &udp(20)), "UDP, bad length 12 > 4"),
            (v4(17, &udp(4)), "truncated-udplength 4"),
            (v4(17, &udp(12)[..6]), "truncated-udp 6"),
        ] {
            assert_eq!(line_of(&bytes), format!("{ports}{words}"));
        }
        for (protocol, payload, words) in [
            (1, &[8, 0, 0, 0, 0, 9, 0, 1][..], "ICMP echo request, id 9, seq 1, length 8"),
            (1, &[30, 0], "ICMP type-#30, length 2"),
            (2, &[0x16, 0, 0, 0, 224, 0, 0, 251], "igmp v2 report 224.0.0.251"),
            (2, &[0x22; 16], "igmp v3 report, 8738 group record(s)"),
            (50, &[0, 0, 1, 0, 0, 0, 0, 1, 0], "ESP(spi=0x00000100,seq=0x1), length 9"),
            (240, &[0; 8], " ip-proto-240 8"),
        ] {
            let line = line_of(&v4(protocol, payload));
            assert_eq!(line, format!("192.0.2.1 > 198.51.100.7: {words}"));
        }
        for (protocol, payload, words) in [
            (58, &[129, 0, 0, 0, 0, 9, 0, 1][..], "ICMP6, echo reply, id 9, seq 1, length 8"),
            (58, &[133, 0, 0, 0, 0, 0, 0, 0], "ICMP6, router solicitation, length 8"),
            (59, &[], "no next header"),
            (135, &[0; 8], " ip-proto-135 8"),
            (44, &[17, 0, 0, 8, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8], "frag (8|8)"),
        ] {
            let line = line_of(&v6(protocol, payload));
            assert_eq!(line, format!("2001:db8::1 > ::198.51.100.7: {words}"));
        }
        let mut later = v4(17, &udp(12));
        later[7] = 1;
        assert_eq!(line_of(&later), "192.0.2.1 > 198.51.100.7: ip-proto-17");
    }

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
            assert_eq!(line, format!("192.0.2.1 > 198.51.100.7: ICMP {words}, length 36"));
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
            let start = "2001:db8::1 > ::198.51.100.7: ICMP6, ";
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
            assert_eq!(line, format!("192.0.2.1 > 198.51.100.7: ICMP {words}"));
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
            let start = "2001:db8::1 > ::198.51.100.7: ICMP6, destination unreachable, ";
            assert_eq!(line, format!("{start}unreachable {words}"));
        }
    }

    /// The lines are tcpdump's, but for the code of the last.
    #[test]
    fn a_cut_message_says_what_was_captured() {
        let cut = |bytes: Vec<u8>, len: usize| written(datagram, &bytes, len);
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
            assert_eq!(line, format!("192.0.2.1 > 198.51.100.7: {words}"));
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
            assert_eq!(line, format!("2001:db8::1 > ::198.51.100.7: {words}"));
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
            "2001:db8::1 > ::198.51.100.7: HBH DSTOPT frag (0|56) \
             ICMP6, time exceeded in-transit (reassembly), length 56"
        );
    }

    #[test]
    fn a_chain_of_extension_headers_ends_where_it_was_cut() {
        let chain = [&[60, 0, 1, 4, 0, 0, 0, 0][..], &[58, 0, 1, 4, 0, 0, 0, 0], &[1, 4]];
        let bytes = v6(0, &chain.concat());
        for (lens, words) in [
            (40..48, " [|hbhopt]"),
            (48..56, "HBH  [|dstopt]"),
            (56..57, "HBH DSTOPT  [|icmp6]"),
            (57..58, "HBH DSTOPT ICMP6, destination unreachable [|icmp6]"),
            (58..59, "HBH DSTOPT ICMP6, destination unreachable, unreachable port [|icmp6]"),
        ] {
            for len in lens {
                let line = written(datagram, &bytes, len);
                assert_eq!(line, format!("2001:db8::1 > ::198.51.100.7: {words}"));
            }
        }
    }

    #[test]
    fn lengths_that_are_wrong_are_said() {
        let mut bytes = v4(1, &icmp(11, 0, &v4(17, &PORTS)));
        bytes[3] = bytes[3].wrapping_add(8);
        let rest = "192.0.2.1 > 198.51.100.7: ICMP time exceeded in-transit";
        assert_eq!(line_of(&bytes), format!("truncated-ip - 8 bytes missing! {rest}, length 44"));
        bytes[3] = 0;
        assert_eq!(line_of(&bytes), format!("{rest}, length 0"));
        let mut bytes = v6(58, &icmp(3, 1, &v6(17, &PORTS)));
        bytes[5] = bytes[5].wrapping_add(8);
        assert_eq!(
            line_of(&bytes),
            "truncated-ip6 - 8 bytes missing! 2001:db8::1 > ::198.51.100.7: \
             ICMP6, time exceeded in-transit (reassembly), length 64"
        );
        bytes[5] = 0;
        assert_eq!(line_of(&bytes), "2001:db8::1 > ::198.51.100.7: ICMP6, length 0 (invalid)");
    }
}
