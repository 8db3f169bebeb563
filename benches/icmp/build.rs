//! From a datagram of 1400 bytes to the error that quotes as much of it as may be.

use crate::{Case, checksum, contender};
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use hex_literal::hex;
use std::{hint::black_box, io::Write, net::Ipv6Addr};

/// RFC 1812 §4.3.2.3 and RFC 4443 §2.4: what an error may take, less its IP header and its own.
const QUOTE_V4: usize = 576 - 20 - 8;
const QUOTE_V6: usize = 1280 - 40 - 8;

const MTU: u32 = 1280;
const ROUTER: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
const SENDER: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0xd6);

/// As many as stay in the first-level cache.
const BATCH: u8 = 16;

pub(crate) fn v4(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build a port unreachable, IPv4");
    group.throughput(Throughput::Elements(BATCH.into()));
    let datagrams = datagrams_v4();
    builder(&mut group, "icmp-wire", &datagrams, icmp_wire_v4, naive_v4);
    builder(&mut group, "etherparse", &datagrams, etherparse_v4, naive_v4);
    builder(&mut group, "smoltcp", &datagrams, smoltcp_v4, naive_v4);
    builder(&mut group, "naive", &datagrams, naive_v4, naive_v4);
    group.finish();
}

pub(crate) fn v6(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build a packet too big, IPv6");
    group.throughput(Throughput::Elements(BATCH.into()));
    let datagrams = datagrams_v6();
    builder(&mut group, "icmp-wire", &datagrams, icmp_wire_v6, naive_v6);
    builder(&mut group, "etherparse", &datagrams, etherparse_v6, naive_v6);
    builder(&mut group, "smoltcp", &datagrams, smoltcp_v6, naive_v6);
    builder(&mut group, "naive", &datagrams, naive_v6, naive_v6);
    group.finish();
}

/// Times one contender, after it has written the same bytes as another.
fn builder(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    datagrams: &[Vec<u8>],
    write: impl Fn(&[u8], &mut [u8]) -> Option<usize>,
    other: impl Fn(&[u8], &mut [u8]) -> Option<usize>,
) {
    let mut out = [0; 1500];
    let case = |datagram: &Vec<u8>| -> Case<usize> {
        let mut expected = [0; 1500];
        let len = other(datagram, &mut expected).expect("there is room");
        write(datagram, &mut out);
        assert_eq!(out[..len], expected[..len], "{name} on {datagram:02x?}");
        (datagram.clone(), len)
    };
    let cases: Vec<_> = datagrams.iter().map(case).collect();
    contender(group, name, &cases, |datagram| {
        let len = write(datagram, &mut out);
        black_box(&mut out);
        len
    });
}

/// With headers as smoltcp writes them, which makes them anew.
fn datagrams_v4() -> Vec<Vec<u8>> {
    let datagram = |n: u8| {
        let mut header = hex!("4500 0578 0000 4000 4011 0000 c000 02d6 c633 6400");
        header[19] = n;
        let checksum = checksum::naive(&header).to_be_bytes();
        header[10..12].copy_from_slice(&checksum);
        [&header, &hex!("c350 829a 0564 0000")[..], &[n; 1372]].concat()
    };
    (0..BATCH).map(datagram).collect()
}

fn datagrams_v6() -> Vec<Vec<u8>> {
    let datagram = |n: u8| {
        let mut header = hex!(
            "6000 0000 0550 1140"
            "2001 0db8 0000 0000 0000 0000 0000 00d6"
            "2001 0db8 0000 0000 0000 0000 0000 0000"
        );
        header[39] = n;
        [&header, &hex!("c350 829a 0550 0000")[..], &[n; 1352]].concat()
    };
    (0..BATCH).map(datagram).collect()
}

fn icmp_wire_v4(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    use icmp_wire::v4::{Body, Build, UnreachableCode};
    let code = UnreachableCode::PORT_UNREACHABLE;
    Build::new(Body::Unreachable { code, next_hop_mtu: None }, datagram).encode(out).ok()
}

fn icmp_wire_v6(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    use icmp_wire::v6::{Body, Build};
    Build::new(Body::PacketTooBig { mtu: MTU }, datagram).encode(ROUTER, SENDER, out).ok()
}

fn etherparse_v4(datagram: &[u8], mut out: &mut [u8]) -> Option<usize> {
    use etherparse::{Icmpv4Header, Icmpv4Type, icmpv4::DestUnreachableHeader};
    let quote = &datagram[..datagram.len().min(QUOTE_V4)];
    let ty = Icmpv4Type::DestinationUnreachable(DestUnreachableHeader::Port);
    let header = Icmpv4Header::with_checksum(ty, quote);
    header.write(&mut out).ok()?;
    out.write_all(quote).ok()?;
    Some(header.header_len() + quote.len())
}

fn etherparse_v6(datagram: &[u8], mut out: &mut [u8]) -> Option<usize> {
    use etherparse::{Icmpv6Header, Icmpv6Type};
    let quote = &datagram[..datagram.len().min(QUOTE_V6)];
    let ty = Icmpv6Type::PacketTooBig { mtu: MTU };
    let header = Icmpv6Header::with_checksum(ty, ROUTER.octets(), SENDER.octets(), quote).ok()?;
    header.write(&mut out).ok()?;
    out.write_all(quote).ok()?;
    Some(header.header_len() + quote.len())
}

fn smoltcp_v4(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    use smoltcp::{
        phy::ChecksumCapabilities,
        wire::{Icmpv4DstUnreachable, Icmpv4Packet, Icmpv4Repr, Ipv4Packet, Ipv4Repr},
    };
    let packet = Ipv4Packet::new_checked(datagram).ok()?;
    let header = Ipv4Repr::parse(&packet, &ChecksumCapabilities::ignored()).ok()?;
    let reason = Icmpv4DstUnreachable::PortUnreachable;
    let data = &datagram[header.buffer_len()..datagram.len().min(QUOTE_V4)];
    let message = Icmpv4Repr::DstUnreachable { reason, header, data };
    let out = out.get_mut(..message.buffer_len())?;
    message.emit(&mut Icmpv4Packet::new_unchecked(out), &ChecksumCapabilities::default());
    Some(message.buffer_len())
}

fn smoltcp_v6(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    use smoltcp::{
        phy::ChecksumCapabilities,
        wire::{Icmpv6Packet, Icmpv6Repr, Ipv6Packet, Ipv6Repr},
    };
    let header = Ipv6Repr::parse(&Ipv6Packet::new_checked(datagram).ok()?).ok()?;
    let data = &datagram[header.buffer_len()..];
    let message = Icmpv6Repr::PktTooBig { mtu: MTU, header, data };
    let out = out.get_mut(..message.buffer_len())?;
    let mut packet = Icmpv6Packet::new_unchecked(out);
    message.emit(&ROUTER, &SENDER, &mut packet, &ChecksumCapabilities::default());
    Some(message.buffer_len())
}

fn naive_v4(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    let quote = &datagram[..datagram.len().min(QUOTE_V4)];
    let out = out.get_mut(..8 + quote.len())?;
    out[..8].copy_from_slice(&[3, 3, 0, 0, 0, 0, 0, 0]);
    out[8..].copy_from_slice(quote);
    let checksum = checksum::naive(out).to_be_bytes();
    out[2..4].copy_from_slice(&checksum);
    Some(out.len())
}

fn naive_v6(datagram: &[u8], out: &mut [u8]) -> Option<usize> {
    let quote = &datagram[..datagram.len().min(QUOTE_V6)];
    let out = out.get_mut(..8 + quote.len())?;
    out[..4].copy_from_slice(&[2, 0, 0, 0]);
    out[4..8].copy_from_slice(&MTU.to_be_bytes());
    out[8..].copy_from_slice(quote);
    let addresses = checksum::sum(&ROUTER.octets()) + checksum::sum(&SENDER.octets());
    let sum = addresses + out.len() as u32 + 58 + checksum::sum(out);
    out[2..4].copy_from_slice(&checksum::complement(sum).to_be_bytes());
    Some(out.len())
}
