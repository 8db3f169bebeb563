//! Our lines of pflog entries against tcpdump's: every inner packet that can be told from another.

use super::{
    composed::{icmp, v4, v4_quote, v6, v6_quote, whole},
    difference::{PFLOG, PRINT},
    lines::{Comparison, all_occur, in_file},
    pcap::{self, Pcap},
};
use libtest_mimic::Failed;
use pflog_wire::{Action, Build, ByteOrder, Direction, Family, Layout, Reason};
use std::{path::Path, process::Command};

/// Returns captures of entries, and their names.
pub(crate) fn captures() -> Vec<(&'static str, Pcap)> {
    vec![
        ("TCP flags", entries(tcp_flags())),
        ("TCP options", entries(tcp_options())),
        ("TCP headers", entries(tcp_headers())),
        ("UDP", entries(udp_lengths())),
        ("ports", entries(by_port())),
        ("ICMP", entries(icmp_messages())),
        ("ICMPv6", entries(icmp6_messages())),
        ("IGMP", entries(igmp_messages())),
        ("protocols", entries(protocols())),
        ("fragments", entries(fragments())),
        ("extension headers", entries(extension_headers())),
        ("declared lengths", entries(declared_lengths())),
        ("damage", entries(damage())),
    ]
}

/// Compares the lines of entries, each of them cut to every length.
pub(crate) fn same_if_cut(capture: &Pcap) -> Result<(), Failed> {
    compare(capture).verdict()
}

/// Compares the lines of a log.
pub(crate) fn same(file: &Path) -> Result<(), Failed> {
    let mut found = Comparison::new(&[&PFLOG, &PRINT]);
    compare_file(file, &mut found);
    found.verdict()
}

/// Checks that no difference is listed that there is not.
pub(crate) fn every_difference_occurs() -> Result<(), Failed> {
    let mut found = Comparison::new(&[&PFLOG, &PRINT]);
    in_file(&headers(), |file| compare_file(file, &mut found));
    let in_packets = captures().into_iter().flat_map(|(_, capture)| compare(&capture).used);
    all_occur(&PFLOG, &found.used.into_iter().chain(in_packets).collect())
}

fn compare(capture: &Pcap) -> Comparison {
    let mut found = Comparison::new(&[&PFLOG, &PRINT]);
    let mut cut = Pcap::cut(capture.link, &capture.records, HEADER_LEN + 120);
    // The header of an entry is whole: these are tests of what follows it. Where that declares
    // nothing, tcpdump looks at nothing.
    cut.records.retain(|record| {
        record.data.len() >= HEADER_LEN && !matches!(record.data[64..], [0x60, _, _, _, 0, 0, ..])
    });
    for capture in [capture, &cut] {
        in_file(capture, |file| compare_file(file, &mut found));
    }
    found
}

fn compare_file(file: &Path, found: &mut Comparison) {
    let (theirs, ours) = (pcap::lines(&mut tcpdump(), file), pcap::lines(&mut ours(), file));
    assert!(theirs.keys().all(|time| ours.contains_key(time)));
    for (time, ours) in ours {
        // What has no bytes gets no time from tcpdump.
        let theirs = theirs.get(&time).cloned().unwrap_or_else(|| vec![String::new(); ours.len()]);
        assert_eq!(theirs.len(), ours.len(), "{theirs:?} {ours:?}");
        theirs.iter().zip(&ours).for_each(|(theirs, ours)| found.line(theirs, ours));
    }
}

fn tcpdump() -> Command {
    let mut command = Command::new("tcpdump");
    command.args(["-n", "-e", "-S", "-tt", "-r"]);
    command
}

fn ours() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.args(["pflog", "--style", "tcpdump", "--time", "epoch", "-r"]);
    command
}

/// Puts packets behind headers of 61 bytes and padding, as FreeBSD writes them.
fn entries(packets: Vec<Vec<u8>>) -> Pcap {
    let entry = |packet: Vec<u8>| {
        let family = if packet.first().is_some_and(|first| first >> 4 == 6) { 24 } else { 2 };
        let mut header = vec![61, family, 1, 0];
        header.extend(b"em0");
        header.resize(36, 0);
        // Rule 3 of no anchor; nobody's socket; in.
        header.extend([0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff]);
        header.extend([0xff, 0xff, 0xff, 0xff, 0xa0, 0x86, 1, 0]);
        header.extend([0; 8]);
        header.extend([1, 0, 0, 0]);
        whole([header, packet].concat())
    };
    Pcap::of(117, packets.into_iter().map(entry))
}

/// Headers in which tcpdump sees something else.
pub(crate) fn headers() -> Pcap {
    let four = v4(17, &udp(40_000, 40_001, 8, b""));
    let six = v6(17, &udp(40_000, 40_001, 8, b""));
    let entry = |layout, packet: &[u8], change: &dyn Fn(&mut Build<'_>)| {
        let mut build = Build::new(layout, ByteOrder::Little);
        build.interface = "em0".into();
        change(&mut build);
        let mut header = vec![0; build.encoded_len()];
        build.encode(&mut header).unwrap();
        whole([&header, packet].concat())
    };
    let mut entries = vec![
        (Vec::new(), 92),
        whole(vec![0; 92]),
        entry(Layout::OPENBSD_4_1, &four, &|_| {}),
        entry(Layout::OPENBSD_4_1, &four, &|it| (it.rule, it.ruleset) = (3, "spamd".into())),
        entry(Layout::OPENBSD_4_1, &four, &|it| (it.rule, it.subrule) = (3, 0x0100_0000)),
        entry(Layout::OPENBSD_4_1, &four, &|it| it.direction = Direction::FWD),
        entry(Layout::OPENBSD_4_1, &four, &|it| it.family = Family::UNSPEC),
        entry(Layout::OPENBSD_4_1, &six, &|_| {}),
        entry(Layout::OPENBSD_4_1, &four, &|it| it.family = Family::INET6_OPENBSD),
    ];
    let mut unknown = entries[2].clone();
    unknown.0[0] = 62;
    entries.push(unknown);
    for layout in [Layout::OPENBSD_4_1, Layout::FREEBSD_13_1, Layout::OPENBSD_4_9] {
        for reason in [3, 4, 15, 16] {
            entries.push(entry(layout, &four, &|it| it.reason = Reason(reason)));
        }
        for action in [3, 11, 12, 13, 14, 15] {
            entries.push(entry(layout, &four, &|it| it.action = Action(action)));
        }
    }
    for layout in [Layout::OPENBSD_3_4, Layout::PFSENSE] {
        for direction in [Direction::IN, Direction::OUT] {
            entries.push(entry(layout, &four, &|it| it.direction = direction));
            let family = Family::INET6_FREEBSD;
            entries.push(entry(layout, &six, &|it| {
                (it.direction, it.family) = (direction, family);
            }));
        }
    }
    Pcap::of(117, entries)
}

fn tcp_flags() -> Vec<Vec<u8>> {
    (0..=255).map(|flags| v4(6, &tcp(flags, &[], b"data"))).collect()
}

fn tcp_options() -> Vec<Vec<u8>> {
    let lists: [&[u8]; 33] = [
        // As OpenBSD's, FreeBSD's and Linux' SYN have them.
        &[2, 4, 5, 0xb4, 1, 1, 4, 2, 1, 3, 3, 6, 1, 1, 8, 10, 0, 1, 2, 3, 0, 0, 0, 0],
        &[2, 4, 5, 0xb4, 1, 3, 3, 6, 4, 2, 8, 10, 0xff, 1, 2, 3, 0, 0, 0, 0],
        &[2, 4, 5, 0xb4, 4, 2, 8, 10, 0xff, 1, 2, 3, 0, 0, 0, 0, 1, 3, 3, 6],
        &[1, 1, 8, 10, 0, 1, 2, 3, 4, 5, 6, 7],
        // Selective acknowledgments: one, two, none, half of one.
        &[1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2],
        &[1, 1, 5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4],
        &[5, 2, 1, 1],
        &[5, 6, 0, 0, 0, 1, 1, 1],
        &[6, 6, 0, 0, 0, 1, 7, 6, 0, 0, 0, 2],
        &[11, 6, 0, 0, 0, 1, 12, 6, 0, 0, 0, 2, 13, 6, 0, 0, 0, 3, 1, 1],
        &[77, 6, 1, 2, 3, 4, 77, 2],
        // The end of the list, with more behind it, and in front of a header that is cut.
        &[2, 4, 5, 0xb4, 0, 0xff, 0xff, 0xff],
        &[0, 0, 0, 0],
        // Lengths that are another kind's.
        &[2, 3, 5, 0xb4, 1, 1, 1, 1],
        &[2, 5, 5, 0xb4, 1, 1, 1, 1],
        &[3, 4, 6, 1, 1, 1, 1, 1],
        &[4, 3, 1, 1],
        &[8, 3, 1, 1],
        // Lengths that are no option's, first and later.
        &[2, 1, 1, 1],
        &[2, 0, 1, 1],
        &[2, 5, 1, 1],
        &[1, 1, 2, 1],
        &[1, 1, 2, 4],
        &[1, 1, 1, 2],
        &[1, 8, 3, 1],
        // Of these tcpdump has more to say.
        &[19, 18, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 1],
        &[30, 12, 0, 0x81, 0, 1, 2, 3, 4, 5, 6, 7],
        &[34, 2, 1, 1],
        &[34, 10, 0, 1, 2, 3, 4, 5, 6, 7, 1, 1],
        &[254, 4, 0xf9, 0x89],
        &[28, 4, 0x80, 5],
        &[29, 8, 1, 2, 3, 4, 5, 6],
        &[20, 4, 1, 2],
    ];
    let segments =
        |options: &&[u8]| [v4(6, &tcp(0x02, options, b"")), v4(6, &tcp(0x18, options, b"data"))];
    lists.iter().flat_map(segments).chain([v6(6, &tcp(0x02, lists[0], b""))]).collect()
}

fn tcp_headers() -> Vec<Vec<u8>> {
    let with = |at: usize, byte: u8| {
        let mut segment = tcp(0x38, &[], b"data");
        segment[at] = byte;
        v4(6, &segment)
    };
    // A sequence number at the end, an urgent pointer, header lengths of 0, 4, 6, 7 and 15 words.
    [(4, 0xff), (19, 7), (12, 0), (12, 0x40), (12, 0x60), (12, 0x70), (12, 0xf0)]
        .map(|(at, byte)| with(at, byte))
        .to_vec()
}

fn udp_lengths() -> Vec<Vec<u8>> {
    let lens = [0, 4, 7, 8, 12, 16, 17, 500, 65535];
    let datagrams = lens.into_iter().flat_map(|len| {
        let datagram = udp(40000, 40001, len, b"payload!");
        [v4(17, &datagram), v6(17, &datagram)]
    });
    // Too short for a header.
    datagrams.chain([v4(17, &[1, 2, 3]), v4(17, &[1, 2, 3, 4, 5, 6])]).collect()
}

/// Datagrams and segments of which tcpdump knows by the port what is in them.
fn by_port() -> Vec<Vec<u8>> {
    let ntp = [&[0x23][..], &[0; 47]].concat();
    let dns = [&[0xab, 0xcd, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0][..]].concat();
    let segment = |port: u16, data: &[u8]| {
        let mut segment = tcp(0x18, &[], data);
        segment[2..4].copy_from_slice(&port.to_be_bytes());
        v4(6, &segment)
    };
    vec![
        v4(17, &udp(40000, 123, 56, &ntp)),
        v4(17, &udp(53, 40000, 20, &dns)),
        v6(17, &udp(40000, 514, 17, b"<13>hello")),
        segment(80, b"GET / HTTP/1.1\r\n\r\n"),
        segment(25, b"EHLO example.org\r\n"),
        segment(22, b"SSH-2.0-OpenSSH\r\n"),
    ]
}

fn icmp_messages() -> Vec<Vec<u8>> {
    let quote = v4_quote(17);
    let codes = [0, 1, 2, 3, 4, 13, 16];
    let mut packets: Vec<Vec<u8>> =
        (0..45).flat_map(|ty| codes.map(|code| v4(1, &icmp(ty, code, &quote)))).collect();
    // Router advertisements: lifetimes of seconds, minutes and hours; a size of 3 words.
    for header in [[2, 2, 0, 59], [2, 2, 0x0e, 0x0f], [2, 2, 0xff, 0xff], [2, 3, 0, 1]] {
        let entries = [192, 0, 2, 1, 0, 0, 0, 5, 192, 0, 2, 2, 0x80, 0, 0, 0];
        packets.push(v4(1, &[&[9, 0, 0, 0][..], &header, &entries].concat()));
    }
    // The last milliseconds of a day, and more than a day has.
    let times = [0, 0, 0, 1, 0x05, 0x26, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff];
    packets.push(v4(1, &icmp(14, 0, &times)));
    packets
}

fn icmp6_messages() -> Vec<Vec<u8>> {
    let quote = v6_quote(17);
    let types = (0..9).chain(126..160).chain([200, 201, 255]);
    let mut packets: Vec<Vec<u8>> =
        types.flat_map(|ty| [0, 1, 4, 6].map(|code| v6(58, &icmp(ty, code, &quote)))).collect();
    let listener = |ty, rest: &[u8]| v6(58, &[&[ty, 0, 0, 0, 0, 100, 0, 1], rest].concat());
    // Listener messages of version 1, of version 2 with no, one and a missing source, of no version.
    let group = v6_quote(0)[24..40].to_vec();
    for sources in [&[][..], &[2, 125, 0, 0], &[2, 125, 0, 1], &[2, 125, 0, 2], &[0]] {
        packets.push(listener(130, &[&group[..], sources].concat()));
        packets.push(listener(130, &[&group[..], sources, &group].concat()));
    }
    packets.extend([listener(131, &group), listener(132, &group), listener(143, &[])]);
    packets.push(v6(58, &[143, 0, 0, 0, 0, 0]));
    packets
}

fn igmp_messages() -> Vec<Vec<u8>> {
    let mut packets = Vec::new();
    for ty in [0x11, 0x12, 0x16, 0x17, 0x22, 0x99] {
        for code in [0, 1, 100, 127, 128, 0xff] {
            for (len, group) in
                [(8, 0), (8, 224), (9, 224), (12, 224), (13, 224), (16, 0), (20, 224)]
            {
                let mut message =
                    [&[ty, code, 0, 0, group, 0, 0, 0, 2, 125, 0, 1][..], &[0; 8]].concat();
                message.truncate(len);
                packets.push(v4(2, &message));
            }
        }
    }
    for ty in [0x13, 0x14, 0x1e, 0x1f] {
        packets.push(v4(2, &[&[ty, 1, 0, 0], &[1; 28][..]].concat()));
        packets.push(v4(2, &[&[ty, 1, 0, 0], &[1; 12][..], &[224; 8]].concat()));
        packets.push(v4(2, &[ty, 1, 0, 0, 0, 0, 0, 0]));
    }
    packets
}

fn protocols() -> Vec<Vec<u8>> {
    let datagram = v4_quote(17);
    let security = [&[0, 0, 1, 0, 0, 0, 0, 1][..], &[0; 16]].concat();
    let of = |protocol: u8, payload: &[u8]| [v4(protocol, payload), v6(protocol, payload)];
    let unknown = [3, 59, 99, 240, 255].map(|protocol| of(protocol, &[1; 8]));
    let others = [4, 33, 41, 47, 89, 103, 112, 132].map(|protocol| of(protocol, &datagram));
    let mut packets: Vec<Vec<u8>> = unknown.into_iter().chain(others).flatten().collect();
    packets.extend(of(50, &security));
    packets.extend([v4(58, &icmp(128, 0, &[])), v6(1, &icmp(8, 0, &[]))]);
    packets
}

fn fragments() -> Vec<Vec<u8>> {
    let udp = udp(40000, 40001, 500, b"payload!");
    let v4_fragment = |protocol: u8, flags: u8, offset: u8, payload: &[u8]| {
        let mut packet = v4(protocol, payload);
        (packet[6], packet[7]) = (flags, offset);
        packet
    };
    let v6_fragment = |protocol: u8, place: u8, payload: &[u8]| {
        v6(44, &[&[protocol, 0, 0, place, 0, 0, 0, 7], payload].concat())
    };
    let mut packets = vec![
        v4_fragment(17, 0x20, 0, &udp),
        v4_fragment(17, 0x20, 1, &udp),
        v4_fragment(6, 0, 2, &udp),
        v4_fragment(1, 0x40, 0, &icmp(8, 0, &[])),
    ];
    // The only one, the first, one in between, the last.
    for place in [0, 1, 9, 8] {
        packets.push(v6_fragment(17, place, &udp));
        packets.push(v6_fragment(6, place, &tcp(2, &[2, 4, 5, 0xb4], b"")));
        packets.push(v6_fragment(58, place, &icmp(128, 0, &[])));
    }
    packets.push(v6_fragment(99, 0, &[1]));
    packets
}

fn extension_headers() -> Vec<Vec<u8>> {
    let udp = udp(40000, 40001, 16, b"payload!");
    let tcp = tcp(0x10, &[], b"data");
    let echo = icmp(128, 0, &[]);
    let mut packets = Vec::new();
    for (protocol, payload) in [(17, &udp), (6, &tcp), (58, &echo), (59, &Vec::new())] {
        // Hop-by-hop options and destination options, padded.
        for header in [0, 60] {
            packets.push(v6(header, &[&[protocol, 0, 1, 4, 0, 0, 0, 0], &payload[..]].concat()));
        }
        let both = [60, 0, 1, 4, 0, 0, 0, 0, protocol, 0, 1, 4, 0, 0, 0, 0];
        packets.push(v6(0, &[&both, &payload[..]].concat()));
        let routing = [protocol, 0, 0, 0, 0, 0, 0, 0];
        packets.push(v6(43, &[&routing, &payload[..]].concat()));
        let unknown_routing = [protocol, 0, 9, 0, 0, 0, 0, 0];
        packets.push(v6(43, &[&unknown_routing, &payload[..]].concat()));
        let authentication = [protocol, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2];
        packets.push(v6(51, &[&authentication, &payload[..]].concat()));
        if protocol != 58 {
            packets.push(v4(51, &[&authentication, &payload[..]].concat()));
        }
        // A router alert of no length, and hop-by-hop options behind others.
        packets.push(v6(0, &[&[protocol, 0, 5, 0, 0, 0, 0, 0], &payload[..]].concat()));
        let twice = [0, 0, 1, 4, 0, 0, 0, 0, protocol, 0, 1, 4, 0, 0, 0, 0];
        packets.push(v6(60, &[&twice, &payload[..]].concat()));
    }
    packets
}

fn declared_lengths() -> Vec<Vec<u8>> {
    let segment = tcp(0x02, &[], b"");
    let mut packets = Vec::new();
    for len in [0u16, 19, 20, 21, 39, 41, 48, 65535] {
        let mut packet = v4(6, &segment);
        packet[2..4].copy_from_slice(&len.to_be_bytes());
        packets.push(packet);
    }
    for len in [0u16, 1, 19, 21, 28, 65535] {
        let mut packet = v6(6, &segment);
        packet[4..6].copy_from_slice(&len.to_be_bytes());
        packets.push(packet);
    }
    packets
}

fn damage() -> Vec<Vec<u8>> {
    let with = |first: u8| {
        let mut packet = v4(6, &tcp(0x02, &[], b""));
        packet[0] = first;
        packet
    };
    // Versions 1 and 10, header lengths of 4 and of 15 words; the beginnings of both headers.
    let mut packets = [0x15, 0xa5, 0x44, 0x4f].map(with).to_vec();
    packets.push(v6(6, &tcp(0x02, &[], b"")));
    packets
}

/// From port 40000 to port 4430, the last sequence number but one, urgent pointer 0.
fn tcp(flags: u8, options: &[u8], data: &[u8]) -> Vec<u8> {
    let words = u8::try_from(5 + options.len() / 4).unwrap();
    let start = [0x9c, 0x40, 0x11, 0x4e, 0xff, 0xff, 0xff, 0xfe, 0x3a, 0xde, 0x68, 0xb1];
    [&start[..], &[words << 4, flags, 0x20, 0, 0, 0, 0, 0], options, data].concat()
}

fn udp(source: u16, destination: u16, len: u16, data: &[u8]) -> Vec<u8> {
    let [source, destination, len] = [source, destination, len].map(u16::to_be_bytes);
    [&source[..], &destination, &len, &[0, 0], data].concat()
}

/// The length of an entry's header with its padding, in bytes.
const HEADER_LEN: usize = 64;
