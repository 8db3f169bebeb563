//! Captures of packets composed by hand: every message with every quote, behind every header.

use super::pcap::Pcap;
use std::{net::Ipv6Addr, ops::Range};

/// Returns the captures and their names.
pub(crate) fn captures() -> Vec<(&'static str, Pcap)> {
    let v4 = |ty, code| v4(1, &icmp(ty, code, &v4_quote(17)));
    vec![
        ("types v4", raw(v4_types())),
        ("quotes v4", raw(v4_quotes())),
        ("types v6", raw(v6_types())),
        ("quotes v6", raw(v6_quotes())),
        ("headers v6", raw(v6_headers())),
        ("addresses v6", raw(v6_addresses())),
        ("declared lengths", declared_lengths()),
        ("Ethernet", Pcap::of(1, ethernet().into_iter().map(whole))),
        ("PPP", Pcap::of(9, ppp(&[]).into_iter().map(whole))),
        ("PPP in HDLC framing", Pcap::of(50, ppp(&[0xff, 0x03]).into_iter().map(whole))),
        ("NULL", Pcap::of(0, [whole([&[2, 0, 0, 0], &v4(3, 3)[..]].concat())])),
        ("LOOP", Pcap::of(108, [whole([&[0, 0, 0, 2], &v4(11, 0)[..]].concat())])),
        ("cooked", Pcap::of(113, cooked().into_iter().map(whole))),
        ("cooked v2", Pcap::of(276, cooked_v2().into_iter().map(whole))),
    ]
}

fn raw(packets: Vec<Vec<u8>>) -> Pcap {
    Pcap::of(101, packets.into_iter().map(whole))
}

pub(crate) fn whole(packet: Vec<u8>) -> (Vec<u8>, usize) {
    let len = packet.len();
    (packet, len)
}

fn v4_types() -> Vec<Vec<u8>> {
    let codes: [(u8, &[u8]); 5] = [
        (3, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 255]),
        (4, &[0, 1]),
        (5, &[0, 1, 2, 3, 4]),
        (11, &[0, 1, 2]),
        (12, &[0, 1, 2, 3]),
    ];
    let message = |(ty, codes): (u8, &'static [u8])| {
        codes.iter().map(move |code| v4(1, &icmp(ty, *code, &v4_quote(17))))
    };
    codes.into_iter().flat_map(message).collect()
}

/// Quotes whose header tcpdump reads otherwise, or whose ports.
fn v4_quotes() -> Vec<Vec<u8>> {
    let with = |at: usize, byte: u8| {
        let mut quote = v4_quote(17);
        quote[at] = byte;
        quote
    };
    let mut options = v4_quote(17);
    options[0] = 0x47;
    options.splice(20..20, [7, 7, 4, 0, 0, 0, 0, 1]);
    let quotes = [
        v4_quote(6),
        v4_quote(33),
        v4_quote(132),
        v4_quote(136),
        v4_quote(50),
        v4_quote(1),
        // The fragment offset: a later fragment.
        with(7, 1),
        // Header lengths of 4 words and of 15, other versions.
        with(0, 0x44),
        with(0, 0x4f),
        with(0, 0x05),
        with(0, 0xff),
        options,
        v6_quote(17),
        v6_quote(58),
    ];
    let codes = [(3, 0), (3, 2), (3, 3), (3, 4), (5, 1), (11, 0), (12, 0)];
    quotes.iter().flat_map(|quote| codes.map(|(ty, code)| v4(1, &icmp(ty, code, quote)))).collect()
}

fn v6_types() -> Vec<Vec<u8>> {
    let codes: [(u8, Range<u8>); 4] = [(1, 0..12), (2, 0..2), (3, 0..3), (4, 0..12)];
    codes
        .into_iter()
        .flat_map(|(ty, codes)| codes.map(move |code| v6(58, &icmp(ty, code, &v6_quote(17)))))
        .collect()
}

fn v6_quotes() -> Vec<Vec<u8>> {
    let behind = |first: u8, headers: &[u8]| {
        let mut quote = v6_quote(first);
        quote.splice(40..40, headers.iter().copied());
        quote
    };
    let mut no_ip = v6_quote(17);
    no_ip[0] = 0;
    let mut v4 = v4_quote(17);
    v4.extend([0; 40]);
    let quotes = [
        v6_quote(6),
        v6_quote(132),
        v6_quote(58),
        v6_quote(50),
        behind(0, &[17, 0, 0, 0, 0, 0, 0, 0]),
        behind(60, &[6, 0, 0, 0, 0, 0, 0, 0]),
        behind(43, &[17, 0, 0, 0, 0, 0, 0, 0]),
        behind(51, &[17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        // The first fragment and a later one.
        behind(44, &[17, 0, 0, 1, 0, 0, 0, 0]),
        behind(44, &[17, 0, 0, 8, 0, 0, 0, 0]),
        // A mobility header.
        behind(135, &[17, 0, 0, 0, 0, 0, 0, 0]),
        no_ip,
        v4,
    ];
    let codes = [(1, 0), (1, 2), (1, 4), (1, 5), (2, 0), (3, 0), (4, 0)];
    quotes.iter().flat_map(|quote| codes.map(|(ty, code)| v6(58, &icmp(ty, code, quote)))).collect()
}

/// Extension headers in front of the message.
fn v6_headers() -> Vec<Vec<u8>> {
    let message = icmp(1, 4, &v6_quote(17));
    let none = [0; 6];
    let chain = |headers: &[(u8, &[u8])]| {
        let mut payload = message.clone();
        let mut next = 58;
        for (header, body) in headers.iter().rev() {
            payload.splice(0..0, [&[next], *body].concat());
            next = *header;
        }
        v6(next, &payload)
    };
    let options = [&[0][..], &none].concat();
    let fragment = [0, 0, 0, 0, 0, 0, 1];
    let more = [0, 0, 1, 0, 0, 0, 1];
    let routing = [0, 0, 0, 0, 0, 0, 0];
    let unknown_routing = [0, 3, 0, 0, 0, 0, 0];
    let authentication = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2];
    vec![
        chain(&[(0, &options)]),
        chain(&[(60, &options)]),
        chain(&[(0, &options), (60, &options)]),
        chain(&[(44, &fragment)]),
        chain(&[(0, &options), (44, &more)]),
        chain(&[(43, &routing)]),
        chain(&[(43, &unknown_routing)]),
        chain(&[(51, &authentication)]),
        chain(&[
            (0, &options),
            (43, &routing),
            (44, &fragment),
            (60, &options),
            (51, &authentication),
        ]),
    ]
}

/// Addresses that have more than one spelling.
fn v6_addresses() -> Vec<Vec<u8>> {
    let addresses = [
        "::",
        "::1",
        "::1:0",
        "::0.1.0.0",
        "::198.51.100.7",
        "::ffff:198.51.100.7",
        "::ffff:0:0",
        "64:ff9b::c633:6407",
        "2001:0:0:1::",
        "2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3",
        "1:0:0:0:2:0:0:3",
        "0:1:0:1:0:1:0:1",
    ];
    let with = |address: &&str| {
        let address: Ipv6Addr = address.parse().unwrap();
        let mut quote = v6_quote(17);
        quote[24..40].copy_from_slice(&address.octets());
        let mut packet = v6(58, &icmp(1, 2, &quote));
        packet[8..24].copy_from_slice(&address.octets());
        packet
    };
    addresses.iter().map(with).collect()
}

/// Packets that declare more than there was, or less.
fn declared_lengths() -> Pcap {
    let v4 = |len: [u8; 2]| {
        let mut packet = v4(1, &icmp(3, 3, &v4_quote(17)));
        packet[2..4].copy_from_slice(&len);
        whole(packet)
    };
    let v6 = |len: [u8; 2]| {
        let mut packet = v6(58, &icmp(1, 4, &v6_quote(17)));
        packet[4..6].copy_from_slice(&len);
        whole(packet)
    };
    let lens =
        |whole: u8| [[0, 0], [0, 19], [0, 20], [0, 21], [0, 27], [0, whole], [1, 0], [0xff, 0xff]];
    Pcap::of(101, lens(56).map(v4).into_iter().chain(lens(56).map(v6)))
}

fn ethernet() -> Vec<Vec<u8>> {
    let (v4, v6) = messages();
    let header = |behind: &[u8]| [&[2; 12], behind].concat();
    vec![
        header(&[&[0x08, 0x00], &v4[..]].concat()),
        header(&[&[0x86, 0xdd], &v6[..]].concat()),
        header(&[&[0x81, 0x00, 0, 5, 0x08, 0x00], &v4[..]].concat()),
        header(&[&[0x88, 0xa8, 0, 5, 0x81, 0x00, 0, 6, 0x86, 0xdd], &v6[..]].concat()),
        header(&[&[0, 64, 0xaa, 0xaa, 3, 0, 0, 0, 0x08, 0x00], &v4[..]].concat()),
        header(&[&[0x88, 0x47][..], &LABELS, &v4].concat()),
        header(&[&[0x88, 0x48][..], &LABELS[4..], &v6].concat()),
        header(&[&[0x88, 0x64, 0x11, 0, 0, 1, 0, 58, 0x00, 0x21], &v4[..]].concat()),
        header(&[&[0x88, 0x64, 0x11, 0, 0, 0, 0, 58, 0x00, 0x21], &v4[..]].concat()),
        header(&[&[0x88, 0x64, 0x11, 0, 0xab, 0xcd, 0, 98, 0x00, 0x57], &v6[..]].concat()),
        header(&[&[0x88, 0x64, 0x11, 0, 0, 1, 0, 66, 0x02, 0x81][..], &LABELS, &v4].concat()),
    ]
}

fn ppp(framing: &[u8]) -> Vec<Vec<u8>> {
    let (v4, v6) = messages();
    vec![
        [framing, &[0x00, 0x21], &v4].concat(),
        [framing, &[0x00, 0x57], &v6].concat(),
        [framing, &[0x02, 0x81], &LABELS, &v4].concat(),
    ]
}

fn cooked() -> Vec<Vec<u8>> {
    let (v4, v6) = messages();
    let header = [0, 0, 0, 1, 0, 6, 2, 2, 2, 2, 2, 2, 0, 0];
    vec![
        [&header[..], &[0x08, 0x00], &v4].concat(),
        [&header[..], &[0x81, 0x00, 0, 5, 0x08, 0x00], &v4].concat(),
        [&header[..], &[0x81, 0x00, 0, 5, 0x86, 0xdd], &v6].concat(),
        [&header[..], &[0x88, 0xa8, 0, 5, 0x08, 0x00], &v4].concat(),
        [&header[..], &[0x81, 0x00, 0, 5, 0x81, 0x00, 0, 6, 0x86, 0xdd], &v6].concat(),
        [&header[..], &[0x81, 0x00, 0, 5, 0x88, 0x47][..], &LABELS, &v4].concat(),
        [&header[..], &[0x81, 0x00, 0, 5, 0x88, 0x64, 0x11, 0, 0, 1, 0, 58, 0x00, 0x21], &v4]
            .concat(),
    ]
}

fn cooked_v2() -> Vec<Vec<u8>> {
    let (v4, v6) = messages();
    // Interface 1; in, broadcast, multicast, to another host, out.
    let header = |ether_type: [u8; 2], packet_type| {
        [&ether_type[..], &[0, 0, 0, 0, 0, 1, 0, 1, packet_type, 6, 2, 2, 2, 2, 2, 2, 0, 0]]
            .concat()
    };
    let mut packets: Vec<Vec<u8>> =
        (0..5).map(|packet_type| [&header([0x08, 0x00], packet_type), &v4[..]].concat()).collect();
    packets.push([&header([0x86, 0xdd], 0), &v6[..]].concat());
    packets.push([&header([0x81, 0x00], 4)[..], &[0, 5, 0x86, 0xdd], &v6[..]].concat());
    packets
}

fn messages() -> (Vec<u8>, Vec<u8>) {
    (v4(1, &icmp(3, 3, &v4_quote(17))), v6(58, &icmp(1, 4, &v6_quote(17))))
}

pub(crate) fn icmp(ty: u8, code: u8, quote: &[u8]) -> Vec<u8> {
    // A next-hop MTU, a gateway, a pointer.
    [&[ty, code, 0x12, 0x34, 20, 0, 0x05, 0xdc], quote].concat()
}

pub(crate) fn v4_quote(protocol: u8) -> Vec<u8> {
    v4(protocol, &TRANSPORT)
}

pub(crate) fn v6_quote(next_header: u8) -> Vec<u8> {
    v6(next_header, &TRANSPORT)
}

pub(crate) fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(20 + payload.len()).unwrap().to_be_bytes();
    let header = [&[0x45, 0], &len[..], &[0, 1, 0, 0, 64, protocol, 0, 0]].concat();
    [&header[..], &[192, 0, 2, 1, 198, 51, 100, 7], payload].concat()
}

pub(crate) fn v6(next_header: u8, payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(payload.len()).unwrap().to_be_bytes();
    let address = |last: u8| [&[0x20, 0x01, 0x0d, 0xb8][..], &[0; 11], &[last]].concat();
    let header = [&[0x60, 0, 0, 0], &len[..], &[next_header, 64]].concat();
    [&header[..], &address(1), &address(10), payload].concat()
}

/// Ports 33434 and 33435, and four bytes more.
const TRANSPORT: [u8; 8] = [0x82, 0x9a, 0x82, 0x9b, 0, 8, 0, 0];

/// Labels 100 and 16001, the second of class 5 and at the bottom.
const LABELS: [u8; 8] = [0, 0x06, 0x40, 64, 0x03, 0xe8, 0x1b, 1];
