//! What well-formed packets say.
//!
//! softflowd's packet is from `captures/collector-down.pcap`; the values beside it are those that
//! tshark 4.0.17 shows for the same packet. The others are composed by hand from the tables of the
//! format.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod build;
mod peers;
mod recognition;
mod sampling;
mod sequence;
#[cfg(feature = "serde")]
mod serde;
mod time;

use hex_literal::hex;
use netflow_v5::{Error, Icmp, Packet, Packets, Protocol, Record, TcpFlags};

/// One flow of QUIC.
const SOFTFLOWD: [u8; 72] = hex!(
    "0005 0001 00001b8b 6b024515 18e8ffb8 00000344 00 00 0000"
    "c6336417 cb007150 00000000 0000 0000 00000001 000000d3 00000fd2 00000fd2"
    "a52b 01bb 00 00 11 00 0000 0000 00 00 0000"
);

/// Every field differs from the others, and reads differently backwards.
const HEADER: [u8; 24] = hex!("0005 0002 01020304 65531234 075bcd15 0a0b0c0d 11 12 4064");
const FIRST: [u8; 48] = hex!(
    "c0000201 c6336407 cb007101 1415 1617 18191a1b 1c1d1e1f 20212223 24252627"
    "2829 2a2b 2c 12 06 2d 2e2f 3031 18 1a 3233"
);
const SECOND: [u8; 48] = hex!(
    "c0000202 c6336408 cb007102 3435 3637 38393a3b 3c3d3e3f 40414243 44454647"
    "0000 0303 48 49 01 4a 4b4c 4d4e 4f 50 5152"
);

fn two_records() -> Vec<u8> {
    [&HEADER[..], &FIRST, &SECOND].concat()
}

/// A packet that declares `count` records, and has `present` of them.
fn packet(count: u16, present: usize) -> Vec<u8> {
    let mut bytes = [&HEADER[..], &FIRST.repeat(present)].concat();
    bytes[2..4].copy_from_slice(&count.to_be_bytes());
    bytes
}

fn ip(text: &str) -> core::net::Ipv4Addr {
    text.parse().unwrap()
}

#[test]
fn a_packet_from_softflowd_says_what_flowed() {
    let packet = Packet::parse(&SOFTFLOWD).unwrap();
    assert_eq!((packet.count(), packet.has_valid_count()), (1, true));
    assert_eq!((packet.sys_uptime(), packet.flow_sequence()), (7051, 836));
    assert_eq!((packet.unix_secs(), packet.unix_nsecs()), (1_795_310_869, 417_923_000));
    assert_eq!((packet.engine_type(), packet.engine_id(), packet.sampling().0), (0, 0, 0));

    let record = packet.record(0).unwrap();
    assert_eq!((record.srcaddr(), record.srcport()), (ip("198.51.100.23"), 42283));
    assert_eq!((record.dstaddr(), record.dstport()), (ip("203.0.113.80"), 443));
    assert_eq!((record.packets(), record.octets()), (1, 211));
    assert_eq!((record.first(), record.last()), (4050, 4050));
    assert_eq!((record.protocol(), record.icmp()), (Protocol::UDP, None));
    assert_eq!(packet.clock().unix_millis(record.first()), 1_795_310_866_416);
}

#[test]
fn every_field_is_its_own() {
    let bytes = two_records();
    let packet = Packet::parse(&bytes).unwrap();
    assert_eq!((packet.count(), packet.sys_uptime()), (2, 0x0102_0304));
    assert_eq!((packet.unix_secs(), packet.unix_nsecs()), (0x6553_1234, 0x075b_cd15));
    assert_eq!(packet.flow_sequence(), 0x0a0b_0c0d);
    assert_eq!((packet.engine_type(), packet.engine_id()), (0x11, 0x12));
    assert_eq!(packet.sampling().0, 0x4064);

    let record = packet.record(0).unwrap();
    assert_eq!(record.srcaddr(), ip("192.0.2.1"));
    assert_eq!(record.dstaddr(), ip("198.51.100.7"));
    assert_eq!(record.nexthop(), ip("203.0.113.1"));
    assert_eq!((record.input(), record.output()), (0x1415, 0x1617));
    assert_eq!((record.packets(), record.octets()), (0x1819_1a1b, 0x1c1d_1e1f));
    assert_eq!((record.first(), record.last()), (0x2021_2223, 0x2425_2627));
    assert_eq!((record.srcport(), record.dstport()), (0x2829, 0x2a2b));
    assert_eq!((record.pad1(), record.tos()), (0x2c, 0x2d));
    assert_eq!(record.tcp_flags(), TcpFlags::SYN | TcpFlags::ACK);
    assert_eq!(record.protocol(), Protocol::TCP);
    assert_eq!((record.src_as(), record.dst_as()), (0x2e2f, 0x3031));
    assert_eq!((record.src_mask(), record.dst_mask(), record.pad2()), (24, 26, 0x3233));
    assert_eq!(record.as_bytes(), FIRST);

    assert_eq!(packet.record(1).unwrap().as_bytes(), SECOND);
    assert_eq!((packet.record(2), packet.as_bytes()), (None, &bytes[..]));
}

#[test]
fn icmp_is_sent_as_the_destination_port() {
    let bytes = two_records();
    let packet = Packet::parse(&bytes).unwrap();
    assert_eq!(packet.record(1).unwrap().icmp(), Some(Icmp { ty: 3, code: 3 }));
    assert_eq!(packet.record(0).unwrap().icmp(), None);
    for (protocol, srcport, expected) in [
        (1, 0, Some(Icmp { ty: 3, code: 3 })),
        (1, 1, None),
        (1, 0x100, None),
        (0, 0, None),
        (17, 0, None),
        (58, 0, None),
    ] {
        let mut bytes = bytes.clone();
        bytes[72 + 32..72 + 34].copy_from_slice(&u16::to_be_bytes(srcport));
        bytes[72 + 38] = protocol;
        let packet = Packet::parse(&bytes).unwrap();
        assert_eq!(packet.record(1).unwrap().icmp(), expected, "{protocol} {srcport}");
    }
}

#[test]
fn records_come_from_both_ends() {
    let mut bytes = packet(5, 5);
    for n in 0..5 {
        bytes[24 + 48 * usize::from(n)] = n;
    }
    let packet = Packet::parse(&bytes).unwrap();
    let number = |record: Record<'_>| record.srcaddr().octets()[0];
    assert!(packet.records().map(number).eq(0..5));
    assert!(packet.into_iter().rev().map(number).eq((0..5).rev()));

    let mut records = packet.records();
    assert_eq!((records.len(), records.remainder()), (5, &bytes[24..]));
    assert_eq!(records.next().map(number), Some(0));
    assert_eq!(records.next_back().map(number), Some(4));
    assert_eq!(records.nth(1).map(number), Some(2));
    assert_eq!(
        (records.size_hint(), records.remainder()),
        ((1, Some(1)), &bytes[24 + 144..][..48])
    );
    assert_eq!(records.clone().next().map(number), Some(3));
    assert_eq!(records.nth(1), None);
    assert_eq!((records.next(), records.next_back(), records.remainder()), (None, None, &[][..]));
}

#[test]
fn several_packets_follow_each_other() {
    let bytes = [&SOFTFLOWD[..], &two_records(), &packet(0, 0)].concat();
    let mut packets = Packets::new(&bytes);
    assert_eq!(packets.next().unwrap().as_bytes(), SOFTFLOWD);
    assert_eq!(packets.remainder(), &bytes[72..]);
    assert_eq!(packets.next().unwrap().count(), 2);
    assert_eq!(packets.next().unwrap().count(), 0);
    assert_eq!((packets.next(), packets.error(), packets.remainder()), (None, None, &[][..]));
    assert_eq!(Packets::new(&[]).next(), None);
    assert_eq!(Packets::new(&[]).error(), None);

    let (packet, rest) = Packet::parse_prefix(&bytes).unwrap();
    assert_eq!((packet.count(), rest), (1, &bytes[72..]));
}

#[test]
fn any_count_is_read_and_those_against_the_format_are_told() {
    for (count, is_valid) in
        [(0, false), (1, true), (29, true), (30, true), (31, false), (64, false), (65535, false)]
    {
        let bytes = packet(count, count.into());
        let packet = Packet::parse(&bytes).unwrap();
        assert_eq!((packet.count(), packet.records().len()), (count, count.into()));
        assert_eq!(packet.has_valid_count(), is_valid, "{count}");
    }
}

#[test]
fn protocols_have_the_names_that_iana_gives_them() {
    // IANA's protocol-numbers-1.csv, the keywords of those that are known here.
    let known = [
        (1, "ICMP"),
        (2, "IGMP"),
        (4, "IPv4"),
        (6, "TCP"),
        (17, "UDP"),
        (41, "IPv6"),
        (47, "GRE"),
        (50, "ESP"),
        (51, "AH"),
        (89, "OSPFIGP"),
        (132, "SCTP"),
    ];
    for number in 0..=255 {
        let name = known.iter().find(|(known, _)| *known == number).map(|(_, name)| *name);
        let protocol = Protocol::from(number);
        assert_eq!((protocol.name(), u8::from(protocol)), (name, number));
        assert_eq!(protocol.to_string(), name.map_or(number.to_string(), Into::into));
    }
    assert_eq!(format!("{:?} {:?}", Protocol::TCP, Protocol(255)), "Protocol(TCP) Protocol(255)");
}

#[test]
fn tcp_flags_have_the_bits_of_the_header() {
    // RFC 9293 §3.1, from the right.
    let names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];
    for bits in 0..=255 {
        let flags = TcpFlags::from(bits);
        assert_eq!(u8::from(flags), bits);
        let set: Vec<&str> = (0..8).filter(|n| bits >> n & 1 == 1).map(|n| names[n]).collect();
        let text = if set.is_empty() { "-".to_owned() } else { set.join("|") };
        assert_eq!(
            (flags.to_string(), format!("{flags:?}")),
            (text.clone(), format!("TcpFlags({text})"))
        );
        for other in 0..=255 {
            assert_eq!(flags.contains(TcpFlags(other)), bits & other == other);
        }
    }
    assert_eq!(TcpFlags::FIN | TcpFlags::CWR, TcpFlags(0x81));
    assert_eq!(TcpFlags(0x03) | TcpFlags::SYN, TcpFlags(0x03));
}

#[test]
fn debug_shows_fields() {
    let packet = Packet::parse(&SOFTFLOWD).unwrap();
    let text = format!("{packet:?}");
    assert!(
        text.starts_with("Packet { count: 1, sys_uptime: 7051, unix_secs: 1795310869,"),
        "{text}"
    );
    assert!(
        text.contains("sampling: Sampling { mode: SamplingMode(none), interval: 0 }"),
        "{text}"
    );
    assert!(text.contains("[Record { srcaddr: 198.51.100.23, dstaddr: 203.0.113.80,"), "{text}");
    assert!(text.contains("protocol: Protocol(UDP)"), "{text}");
    assert_eq!(format!("{:?}", packet.records()), format!("[{:?}]", packet.record(0).unwrap()));
    assert_eq!(format!("{:?}", Packets::new(&SOFTFLOWD)), format!("[{text}]"));
}

#[test]
fn views_are_equal_by_their_bytes() {
    use core::hash::{BuildHasher, BuildHasherDefault};
    use std::hash::DefaultHasher;
    let hash =
        |packet: &Packet<'_>| BuildHasherDefault::<DefaultHasher>::default().hash_one(packet);
    let (one, other) = (two_records(), two_records());
    let (one, other) = (Packet::parse(&one).unwrap(), Packet::parse(&other).unwrap());
    assert_eq!((one, one.record(1), hash(&one)), (other, other.record(1), hash(&other)));
    assert_ne!(one.record(0), one.record(1));
    let mut bytes = two_records();
    bytes[119] ^= 1;
    let other = Packet::parse(&bytes).unwrap();
    assert_ne!(one, other);
    assert_ne!(hash(&one), hash(&other));
}

#[test]
fn views_can_be_sent_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Packet<'_>>();
    check::<Packets<'_>>();
    check::<Record<'_>>();
    check::<netflow_v5::Records<'_>>();
    check::<netflow_v5::Tracker>();
    check::<Error>();
}
