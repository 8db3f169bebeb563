//! From a port unreachable to its code, and the address and port that were wanted.

use crate::{BATCH, Case, contender};
use criterion::{Criterion, Throughput};
use hex_literal::hex;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The code, the wanted address and the wanted port.
type Answer = (u8, IpAddr, u16);

pub(crate) fn v4(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("port unreachable, IPv4");
    group.throughput(Throughput::Elements(BATCH.into()));
    let cases = cases_v4(1480);
    contender(&mut group, "icmp-wire", &cases, icmp_wire_v4);
    contender(&mut group, "etherparse", &cases, etherparse_v4);
    contender(&mut group, "etherparse LaxSlicedPacket", &cases, etherparse_packet_v4);
    contender(&mut group, "pnet_packet", &cases, pnet_v4);
    contender(&mut group, "floor", &cases, floor_v4);
    group.finish();

    let mut group = criterion.benchmark_group("port unreachable, IPv4, quoted whole");
    group.throughput(Throughput::Elements(BATCH.into()));
    let cases = cases_v4(8);
    contender(&mut group, "icmp-wire", &cases, icmp_wire_v4);
    contender(&mut group, "smoltcp", &cases, smoltcp_v4);
    contender(&mut group, "floor", &cases, floor_v4);
    group.finish();
}

pub(crate) fn v6(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("port unreachable, IPv6");
    group.throughput(Throughput::Elements(BATCH.into()));
    let cases = cases_v6(1480);
    contender(&mut group, "icmp-wire", &cases, icmp_wire_v6);
    contender(&mut group, "etherparse", &cases, etherparse_v6);
    contender(&mut group, "floor", &cases, floor_v6);
    group.finish();

    let mut group = criterion.benchmark_group("port unreachable, IPv6, quoted whole");
    group.throughput(Throughput::Elements(BATCH.into()));
    let cases = cases_v6(8);
    contender(&mut group, "icmp-wire", &cases, icmp_wire_v6);
    contender(&mut group, "smoltcp", &cases, smoltcp_v6);
    contender(&mut group, "floor", &cases, floor_v6);
    group.finish();
}

/// Quotes an IPv4 header and 8 bytes of UDP, of a datagram with this much UDP.
fn cases_v4(udp_len: u16) -> Vec<Case<Answer>> {
    const MESSAGE: [u8; 36] = hex!(
        "0303 0000 0000 0000"
        "4500 0000 0001 4000 4011 0000 c000 02d6 c633 6400"
        "c350 0000 0000 0000"
    );
    let message = |n: u8| {
        let port = 33434 + u16::from(n);
        let mut message = MESSAGE.to_vec();
        message[10..12].copy_from_slice(&(udp_len + 20).to_be_bytes());
        message[27] = n;
        message[30..32].copy_from_slice(&port.to_be_bytes());
        message[32..34].copy_from_slice(&udp_len.to_be_bytes());
        (message, (3, Ipv4Addr::new(198, 51, 100, n).into(), port))
    };
    (0..BATCH).map(message).collect()
}

/// Quotes an IPv6 header and 8 bytes of UDP, of a datagram with this much UDP.
fn cases_v6(udp_len: u16) -> Vec<Case<Answer>> {
    const MESSAGE: [u8; 56] = hex!(
        "0104 0000 0000 0000"
        "6000 0000 0000 1140"
        "2001 0db8 0000 0000 0000 0000 0000 00d6"
        "2001 0db8 0000 0000 0000 0000 0000 0000"
        "c350 0000 0000 0000"
    );
    let message = |n: u8| {
        let port = 33434 + u16::from(n);
        let mut message = MESSAGE.to_vec();
        message[12..14].copy_from_slice(&udp_len.to_be_bytes());
        message[47] = n;
        message[50..52].copy_from_slice(&port.to_be_bytes());
        message[52..54].copy_from_slice(&udp_len.to_be_bytes());
        (message, (4, Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n.into()).into(), port))
    };
    (0..BATCH).map(message).collect()
}

fn icmp_wire_v4(bytes: &[u8]) -> Option<Answer> {
    use icmp_wire::v4::{Body, Message};
    let message = Message::parse(bytes).ok()?;
    let Body::Unreachable { code, .. } = message.body() else { return None };
    let quote = message.quote().ok()??;
    Some((code.0, quote.destination(), quote.ports().ok()??.destination))
}

fn icmp_wire_v6(bytes: &[u8]) -> Option<Answer> {
    use icmp_wire::v6::{Body, Message};
    let message = Message::parse(bytes).ok()?;
    let Body::Unreachable { code, .. } = message.body() else { return None };
    let quote = message.quote().ok()??;
    Some((code.0, quote.destination(), quote.ports().ok()??.destination))
}

/// With the smallest views that lead to the port.
fn etherparse_v4(bytes: &[u8]) -> Option<Answer> {
    use etherparse::{Icmpv4Slice, Icmpv4Type};
    let slice = Icmpv4Slice::from_slice(bytes).ok()?;
    let Icmpv4Type::DestinationUnreachable(header) = slice.icmp_type() else { return None };
    let (address, port) = etherparse_quote(slice.payload())?;
    Some((header.code_u8(), address, port))
}

fn etherparse_v6(bytes: &[u8]) -> Option<Answer> {
    use etherparse::{Icmpv6Slice, Icmpv6Type};
    let slice = Icmpv6Slice::from_slice(bytes).ok()?;
    let Icmpv6Type::DestinationUnreachable(code) = slice.icmp_type() else { return None };
    let (address, port) = etherparse_quote(slice.payload())?;
    Some((code.code_u8(), address, port))
}

fn etherparse_quote(bytes: &[u8]) -> Option<(IpAddr, u16)> {
    use etherparse::{LaxIpSlice, UdpHeaderSlice, ip_number::UDP};
    let (quote, None) = LaxIpSlice::from_slice(bytes).ok()? else { return None };
    let payload = quote.payload();
    if payload.fragmented || payload.ip_number != UDP {
        return None;
    }
    let udp = UdpHeaderSlice::from_slice(payload.payload).ok()?;
    Some((quote.destination_addr(), udp.destination_port()))
}

/// With the view that finds out the transport protocol too.
fn etherparse_packet_v4(bytes: &[u8]) -> Option<Answer> {
    use etherparse::{Icmpv4Slice, Icmpv4Type, LaxNetSlice, LaxSlicedPacket, TransportSlice};
    let slice = Icmpv4Slice::from_slice(bytes).ok()?;
    let Icmpv4Type::DestinationUnreachable(header) = slice.icmp_type() else { return None };
    let quote = LaxSlicedPacket::from_ip(slice.payload()).ok()?;
    let Some(LaxNetSlice::Ipv4(net)) = quote.net else { return None };
    let Some(TransportSlice::Udp(udp)) = quote.transport else { return None };
    Some((header.code_u8(), net.header().destination_addr().into(), udp.destination_port()))
}

/// It does not know quotes: its views of packets are laid over the payload, and the caller checks.
fn pnet_v4(bytes: &[u8]) -> Option<Answer> {
    use pnet_packet::{
        Packet,
        icmp::{IcmpTypes, destination_unreachable::DestinationUnreachablePacket},
        ip::IpNextHeaderProtocols,
        ipv4::Ipv4Packet,
        udp::UdpPacket,
    };
    let message = DestinationUnreachablePacket::new(bytes)?;
    let quote = Ipv4Packet::new(message.payload())?;
    if message.get_icmp_type() != IcmpTypes::DestinationUnreachable
        || quote.get_version() != 4
        || quote.get_header_length() < 5
        || quote.get_fragment_offset() != 0
        || quote.get_next_level_protocol() != IpNextHeaderProtocols::Udp
    {
        return None;
    }
    let port = UdpPacket::new(quote.payload())?.get_destination();
    Some((message.get_icmp_code().0, quote.get_destination().into(), port))
}

fn smoltcp_v4(bytes: &[u8]) -> Option<Answer> {
    use smoltcp::{
        phy::ChecksumCapabilities,
        wire::{Icmpv4Packet, Icmpv4Repr, IpProtocol, UdpPacket},
    };
    let packet = Icmpv4Packet::new_checked(bytes).ok()?;
    let message = Icmpv4Repr::parse(&packet, &ChecksumCapabilities::ignored()).ok()?;
    let Icmpv4Repr::DstUnreachable { reason, header, data } = message else { return None };
    if header.next_header != IpProtocol::Udp {
        return None;
    }
    let udp = UdpPacket::new_checked(data).ok()?;
    Some((reason.into(), header.dst_addr.into(), udp.dst_port()))
}

fn smoltcp_v6(bytes: &[u8]) -> Option<Answer> {
    use smoltcp::{
        phy::ChecksumCapabilities,
        wire::{Icmpv6Packet, Icmpv6Repr, IpProtocol, UdpPacket},
    };
    let packet = Icmpv6Packet::new_checked(bytes).ok()?;
    let any = Ipv6Addr::UNSPECIFIED;
    let message = Icmpv6Repr::parse(&any, &any, &packet, &ChecksumCapabilities::ignored()).ok()?;
    let Icmpv6Repr::DstUnreachable { reason, header, data } = message else { return None };
    if header.next_header != IpProtocol::Udp {
        return None;
    }
    let udp = UdpPacket::new_checked(data).ok()?;
    Some((reason.into(), header.dst_addr.into(), udp.dst_port()))
}

fn floor_v4(bytes: &[u8]) -> Option<Answer> {
    if bytes.len() < 28 || bytes[0] != 3 || bytes[8] >> 4 != 4 {
        return None;
    }
    let transport = 8 + usize::from(bytes[8] & 15) * 4;
    let is_first = u16::from_be_bytes([bytes[14], bytes[15]]) & 0x1fff == 0;
    if transport < 28 || !is_first || !has_ports(bytes[17]) {
        return None;
    }
    let ports = bytes.get(transport..transport + 4)?;
    let destination = Ipv4Addr::new(bytes[24], bytes[25], bytes[26], bytes[27]);
    Some((bytes[1], destination.into(), u16::from_be_bytes([ports[2], ports[3]])))
}

/// Without a walk over extension headers: a chain is for another function.
fn floor_v6(bytes: &[u8]) -> Option<Answer> {
    if bytes.len() < 52 || bytes[0] != 1 || bytes[8] >> 4 != 6 || !has_ports(bytes[14]) {
        return None;
    }
    let destination: [u8; 16] = bytes[32..48].try_into().ok()?;
    Some((bytes[1], destination.into(), u16::from_be_bytes([bytes[50], bytes[51]])))
}

fn has_ports(protocol: u8) -> bool {
    [6, 17, 33, 132, 136].contains(&protocol)
}
