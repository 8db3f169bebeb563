//! Datagrams as OpenBSD's `tcpdump -n -S` prints them.
//!
//! From its source (usr.sbin/tcpdump, print-ip.c 1.40, print-ip6.c 1.13, print-frag6.c 1.7,
//! print-ipsec.c 1.16 and those named in the modules) and unverified: no OpenBSD was at hand.

mod icmp;
mod icmp6;
mod igmp;
mod tcp;
mod udp;

use crate::{
    datagram::Datagram,
    line::Line,
    network::{u16_at, u32_at},
};
use etherparse::IpNumber;

/// Writes what a datagram is: its addresses, what is in it, and what is unusual in its header.
pub(crate) fn datagram(line: &mut Line, datagram: &Datagram<'_>) {
    let is_v4 = datagram.source.is_ipv4();
    if datagram.missing > 0 {
        line.text(if is_v4 { "truncated-ip - " } else { "truncated-ip6 - " });
        line.number(datagram.missing).text(" bytes missing!");
    }
    if is_v4 { v4(line, datagram) } else { v6(line, datagram) }
}

fn v4(line: &mut Line, datagram: &Datagram<'_>) {
    let ip = datagram.frame.ip;
    let len = datagram.payload_len.saturating_sub(datagram.missing);
    if datagram.is_later_fragment {
        addresses(line, datagram);
        line.text(":");
    } else if let Some(header) = datagram.extension_headers().next() {
        authenticated(line, datagram, header.bytes, len.saturating_add(header.bytes.len()));
    } else {
        payload(line, datagram, len);
    }
    // RFC 791 §3.1: two flags, and the offset in units of 8 bytes.
    let fragment = u16_at(ip, 6).unwrap_or_default();
    let offset = fragment << 3;
    if fragment & 0x3fff != 0 {
        let identification = datagram.identification.unwrap_or_default();
        line.text(" (frag ").number(identification).text(":").number(len);
        line.text("@").number(offset);
        line.text(if fragment & 0x2000 == 0 { ")" } else { "+)" });
    }
    if fragment & 0x4000 != 0 {
        line.text(" (DF)");
    }
    let type_of_service = ip.get(1).copied().unwrap_or_default();
    if type_of_service != 0 {
        line.text(" [tos 0x").hex(type_of_service.into());
        // Of RFC 3168 §5, as bits.
        line.text(match type_of_service & 3 {
            0 => "]",
            1 => " (C)]",
            2 => " (E)]",
            _ => " (EC)]",
        });
    }
    if datagram.hop_limit <= 1 {
        line.text(" [ttl ").number(datagram.hop_limit).text("]");
    }
}

fn v6(line: &mut Line, datagram: &Datagram<'_>) {
    chain(line, datagram);
    let flow = u32_at(datagram.frame.ip, 0).unwrap_or_default();
    let (class, label) = (flow >> 20 & 0xff, flow & 0xf_ffff);
    if class != 0 {
        line.text(" [class 0x").hex(class).text("]");
    }
    if label != 0 {
        line.text(" [flowlabel 0x").hex(label).text("]");
    }
    if datagram.hop_limit <= 1 {
        line.text(" [hlim ").number(datagram.hop_limit).text("]");
    }
}

/// Writes extension headers and what they lead to. The words for routing headers are not
/// reproduced.
fn chain(line: &mut Line, datagram: &Datagram<'_>) {
    if !datagram.is_bare() && datagram.first_protocol() != IpNumber::AUTHENTICATION_HEADER {
        addresses(line, datagram);
        line.text(": ");
    }
    for header in datagram.extension_headers() {
        match header.protocol {
            IpNumber::IPV6_HEADER_HOP_BY_HOP => _ = line.text("HBH "),
            IpNumber::IPV6_DESTINATION_OPTIONS => _ = line.text("DSTOPT "),
            IpNumber::AUTHENTICATION_HEADER => {
                let len = header.behind.saturating_add(header.bytes.len());
                return authenticated(line, datagram, header.bytes, len);
            }
            IpNumber::IPV6_FRAGMENTATION_HEADER => {
                let fragment = u16_at(header.bytes, 2).unwrap_or_default();
                line.text("frag (0x").bytes(header.bytes.get(4..8).unwrap_or_default());
                line.text(":").number(header.behind).text("@").number(fragment & 0xfff8);
                line.text(if fragment & 1 == 0 { ")" } else { "+)" });
                if fragment & 0xfff8 != 0 {
                    return;
                }
                line.text(" ");
            }
            _ => {}
        }
    }
    payload(line, datagram, datagram.payload_len);
}

/// Writes what is in the datagram, and its addresses unless they precede extension headers.
///
/// Tunnels, routing protocols and the like have the line of an unknown protocol.
fn payload(line: &mut Line, datagram: &Datagram<'_>, len: usize) {
    let (protocol, is_v4) = (datagram.protocol, datagram.source.is_ipv4());
    match protocol {
        IpNumber::TCP => return tcp::segment(line, datagram, len),
        IpNumber::UDP => return udp::datagram(line, datagram, len),
        IpNumber::ENCAPSULATING_SECURITY_PAYLOAD => return encrypted(line, datagram, len),
        IpNumber::AUTHENTICATION_HEADER => {
            return authenticated(line, datagram, datagram.payload, len);
        }
        _ => {}
    }
    if datagram.is_bare() {
        addresses(line, datagram);
        line.text(": ");
    }
    match (protocol, is_v4) {
        (IpNumber::ICMP, true) => icmp::message(line, datagram.payload),
        (IpNumber::IPV6_ICMP, false) => icmp6::message(line, datagram.payload, len),
        (IpNumber::IGMP, true) => igmp::message(line, datagram.payload, len),
        (IpNumber::IPV6_NO_NEXT_HEADER, false) => _ = line.text("no next header"),
        (IpNumber::IPV6_HEADER_HOP_BY_HOP, false) if datagram.is_bare() => _ = line.text("[|HBH]"),
        (IpNumber::IPV6_DESTINATION_OPTIONS, false) => _ = line.text("[|DSTOPT]"),
        (IpNumber::IPV6_FRAGMENTATION_HEADER, false) => _ = line.text("[|frag]"),
        (IpNumber(number), _) => {
            line.text("ip-proto-").number(number).text(" ").number(len);
        }
    }
}

/// Writes an encapsulating security payload, RFC 4303 §2.
fn encrypted(line: &mut Line, datagram: &Datagram<'_>, len: usize) {
    addresses(line.text("esp "), datagram);
    match (datagram.payload.first_chunk::<4>(), u32_at(datagram.payload, 4)) {
        (Some(spi), Some(sequence)) => {
            line.text(" spi 0x").bytes(spi).text(" seq ").number(sequence.cast_signed());
            line.text(" len ").number(len);
        }
        _ => _ = line.text("[|esp]"),
    }
}

/// Writes an authentication header, RFC 4302 §2; nothing of what it authenticates.
fn authenticated(line: &mut Line, datagram: &Datagram<'_>, header: &[u8], len: usize) {
    addresses(line.text("ah "), datagram);
    match (u32_at(header, 4), u32_at(header, 8)) {
        (Some(spi), Some(sequence)) => {
            line.text(" spi 0x").display(format_args!("{spi:08X}"));
            line.text(" seq ").number(sequence.cast_signed()).text(" len ").number(len);
        }
        _ => _ = line.text("[|ah]"),
    }
}

fn addresses(line: &mut Line, datagram: &Datagram<'_>) {
    line.address(datagram.source).text(" > ").address(datagram.destination);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composed::{PORTS, icmp, tcp, v4, v6, written};

    #[track_caller]
    fn line_of(bytes: &[u8]) -> String {
        written(datagram, bytes, bytes.len())
    }

    /// The line is one of an OpenBSD system, with other addresses.
    #[test]
    fn a_segment_has_the_line_of_a_system() {
        let start = [0x36, 0xd1, 0x03, 0x36, 0xa8, 0xb3, 0xfb, 0x39, 0, 0, 0, 0, 0x50, 2];
        let mut bytes = v4(6, &[&start[..], &[0x40, 0, 0, 0, 0, 0]].concat());
        bytes[6] = 0x40;
        bytes.splice(12..20, [192, 0, 2, 226, 203, 0, 113, 34]);
        assert_eq!(
            line_of(&bytes),
            "192.0.2.226.14033 > 203.0.113.34.822: S 2830367545:2830367545(0) win 16384 (DF)"
        );
    }

    /// By the source, as all that follow.
    #[test]
    fn segments_have_letters_and_lengths() {
        let start = "192.0.2.1.1024 > 198.51.100.7.443: ";
        for (flags, data, words) in [
            (0x12, "", "S 4294967295:4294967295(0) ack 1 win 16384"),
            (0x10, "", ". ack 1 win 16384"),
            (0x18, "data", "P 4294967295:3(4) ack 1 win 16384"),
            (0x38, "data", "P 4294967295:3(4) ack 1 win 16384 urg 7"),
            (0xc7, "", "SFRWE 4294967295:4294967295(0) win 16384"),
        ] {
            let line = line_of(&v4(6, &tcp(flags, &[], data.as_bytes())));
            assert_eq!(line, format!("{start}{words}"));
        }
    }

    #[test]
    fn options_are_in_angle_brackets() {
        let start = "192.0.2.1.1024 > 198.51.100.7.443: S 4294967295:4294967295(0) win 16384 ";
        let syn = [
            2, 4, 5, 0xb4, 1, 1, 4, 2, 1, 3, 3, 6, 1, 1, 8, 10, 0x4b, 0xff, 0x5c, 0x39, 0, 0, 0, 0,
        ];
        let bytes = v4(6, &tcp(2, &syn, b""));
        let words = "<mss 1460,nop,nop,sackOK,nop,wscale 6,nop,nop,timestamp 1275026489";
        for (len, end) in [(64, " 0>"), (63, "[|tcp]>"), (60, "[|tcp]>")] {
            assert_eq!(written(datagram, &bytes, len), format!("{start}{words}{end}"));
        }
        for (options, words) in [
            (&[77, 4, 1, 2][..], "<opt-77:0102>"),
            (&[4, 3, 1, 1], "<sackOK[len 3][len 3],nop,nop>"),
            (&[5, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1], "<malformed sack [len 8] ,nop,nop>"),
            (&[2, 1, 1, 1], "<[bad opt]>"),
        ] {
            assert_eq!(line_of(&v4(6, &tcp(2, options, b""))), format!("{start}{words}"));
        }
        let sack = [1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        assert_eq!(
            line_of(&v4(6, &tcp(0x10, &sack, b""))),
            "192.0.2.1.1024 > 198.51.100.7.443: . ack 1 win 16384 <nop,nop,sack 1 {1:2} >"
        );
    }

    #[test]
    fn a_cut_segment_says_what_was_captured() {
        let bytes = v4(6, &tcp(2, &[], b""));
        for (len, words) in [
            (23, " > 198.51.100.7: [|tcp]"),
            (24, ".1024 > 198.51.100.7.443: [|tcp]"),
            (28, ".1024 > 198.51.100.7.443: 4294967295 [|tcp]"),
            (32, ".1024 > 198.51.100.7.443: [|tcp]"),
        ] {
            assert_eq!(written(datagram, &bytes, len), format!("192.0.2.1{words}"));
        }
    }

    #[test]
    fn what_is_unusual_in_the_header_comes_last() {
        let with = |changes: &[(usize, u8)]| {
            let mut bytes = v4(17, &[4, 0, 0x82, 0x9b, 0, 12, 0, 0, 1, 2, 3, 4]);
            changes.iter().for_each(|(at, byte)| bytes[*at] = *byte);
            line_of(&bytes)
        };
        let start = "192.0.2.1.1024 > 198.51.100.7.33435: udp 4";
        assert_eq!(with(&[]), start);
        assert_eq!(with(&[(6, 0x40), (8, 1)]), format!("{start} (DF) [ttl 1]"));
        assert_eq!(with(&[(1, 0x10)]), format!("{start} [tos 0x10]"));
        assert_eq!(with(&[(1, 0x13)]), format!("{start} [tos 0x13 (EC)]"));
        assert_eq!(with(&[(6, 0x20)]), format!("{start} (frag 1:12@0+)"));
        let later = "192.0.2.1 > 198.51.100.7: (frag 1:12@16)";
        assert_eq!(with(&[(7, 2)]), later);
        assert_eq!(with(&[(3, 40)]), format!("truncated-ip - 8 bytes missing!{start}"));
        let mut bytes = v6(59, &[]);
        bytes.splice(..8, [0x6b, 0x81, 0x23, 0x45, 0, 0, 59, 1]);
        assert_eq!(
            line_of(&bytes),
            "2001:db8::1 > ::198.51.100.7: no next header [class 0xb8] [flowlabel 0x12345] [hlim 1]"
        );
    }

    #[test]
    fn messages_have_their_words() {
        let v4_quote = v4(17, &PORTS);
        for (protocol, payload, words) in [
            (1, icmp(8, 0, &[]), "icmp: echo request"),
            (1, icmp(3, 3, &v4_quote), "icmp: 198.51.100.7 udp port 1024 unreachable"),
            (1, icmp(3, 1, &v4_quote), "icmp: host 198.51.100.7 unreachable"),
            (1, icmp(3, 16, &v4_quote), "icmp: #16 198.51.100.7 unreachable"),
            (1, icmp(5, 3, &v4_quote), "icmp: redirect-tos 198.51.100.7 to net 10.0.5.220"),
            (1, icmp(12, 2, &v4_quote), "icmp: bad length 10"),
            (1, vec![8], "[|icmp]"),
            (2, vec![0x22, 0, 0, 0, 0, 0, 0, 1], "igmp-2 [v2]"),
            (2, vec![0x16, 0, 0, 0, 224, 0, 0, 251], "igmp nreport 224.0.0.251"),
            (240, vec![0; 8], "ip-proto-240 8"),
        ] {
            let line = line_of(&v4(protocol, &payload));
            assert_eq!(line, format!("192.0.2.1 > 198.51.100.7: {words}"));
        }
        let v6_quote = v6(17, &PORTS);
        for (payload, words) in [
            (icmp(128, 0, &[]), "icmp6: echo request"),
            (icmp(1, 4, &v6_quote), "icmp6: ::198.51.100.7 udp port 1024 unreachable"),
            (icmp(4, 0, &v6_quote), "icmp6: parameter problem errorneous - octet 167773660"),
            (icmp(143, 0, &[]), "multicast listener report v2, 1500 group record(s)"),
            (icmp(135, 0, &v6_quote[8..24]), "icmp6: neighbor sol: who has 2001:db8::1"),
            (icmp(139, 0, &[]), "icmp6: type-#139"),
        ] {
            let line = line_of(&v6(58, &payload));
            assert_eq!(line, format!("2001:db8::1 > ::198.51.100.7: {words}"));
        }
        let esp = v4(50, &[0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff]);
        assert_eq!(line_of(&esp), "esp 192.0.2.1 > 198.51.100.7 spi 0x00000100 seq -1 len 8");
        let ah = v4(51, &[17, 1, 0, 0, 0, 0, 0, 0xab, 0, 0, 0, 2]);
        assert_eq!(line_of(&ah), "ah 192.0.2.1 > 198.51.100.7 spi 0x000000AB seq 2 len 12");
        let fragment = v6(44, &[&[58, 0, 0, 1, 0, 0, 0, 7][..], &icmp(128, 0, &[])].concat());
        assert_eq!(
            line_of(&fragment),
            "2001:db8::1 > ::198.51.100.7: frag (0x00000007:8@0+) icmp6: echo request"
        );
    }
}
