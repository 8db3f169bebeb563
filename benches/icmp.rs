//! From the bytes of a message to who wanted which port, by `icmp-wire`, by etherparse, and by a
//! floor that reads the bytes at their offsets after the same checks of length.

use criterion::{Criterion, criterion_group, criterion_main};
use etherparse::{Icmpv4Slice, Icmpv4Type, LaxNetSlice, LaxSlicedPacket, TransportSlice};
use hex_literal::hex;
use std::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr},
};

/// Port unreachable, quoting an IPv4 header and 8 bytes of UDP.
const PORT_UNREACHABLE: [u8; 36] = hex!(
    "0303 5f0c 0000 0000"
    "4500 05d4 0001 4000 4011 b037 c000 02d6 c000 020a"
    "c350 0807 05c0 0000"
);

/// The code, the wanted address and the wanted port.
type Answer = (u8, IpAddr, u16);

fn icmp_wire(bytes: &[u8]) -> Option<Answer> {
    use icmp_wire::v4::{Body, Message};
    let Body::Unreachable(unreachable) = Message::parse(bytes).ok()?.body() else { return None };
    let quote = unreachable.quote().ok()?;
    Some((unreachable.code().0, quote.destination(), quote.ports().ok()??.destination))
}

fn etherparse(bytes: &[u8]) -> Option<Answer> {
    let slice = Icmpv4Slice::from_slice(bytes).ok()?;
    let Icmpv4Type::DestinationUnreachable(header) = slice.icmp_type() else { return None };
    let quoted = LaxSlicedPacket::from_ip(slice.payload()).ok()?;
    let Some(LaxNetSlice::Ipv4(net)) = quoted.net else { return None };
    let Some(TransportSlice::Udp(udp)) = quoted.transport else { return None };
    Some((header.code_u8(), net.header().destination_addr().into(), udp.destination_port()))
}

fn floor(bytes: &[u8]) -> Option<Answer> {
    if bytes.len() < 28 || bytes[0] != 3 || bytes[8] >> 4 != 4 {
        return None;
    }
    let transport = 8 + usize::from(bytes[8] & 15) * 4;
    let is_first = u16::from_be_bytes([bytes[14], bytes[15]]) & 0x1fff == 0;
    if transport < 28 || !is_first || ![6, 17, 33, 132, 136].contains(&bytes[17]) {
        return None;
    }
    let ports = bytes.get(transport..transport + 4)?;
    let destination = Ipv4Addr::new(bytes[24], bytes[25], bytes[26], bytes[27]);
    Some((bytes[1], destination.into(), u16::from_be_bytes([ports[2], ports[3]])))
}

fn port_unreachable_v4(criterion: &mut Criterion) {
    let expected = Some((3, Ipv4Addr::new(192, 0, 2, 10).into(), 2055));
    let mut group = criterion.benchmark_group("port unreachable, IPv4, to code, address and port");
    for (name, read) in [
        ("icmp-wire", icmp_wire as fn(&[u8]) -> Option<Answer>),
        ("etherparse", etherparse),
        ("floor", floor),
    ] {
        assert_eq!(read(&PORT_UNREACHABLE), expected, "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| read(black_box(&PORT_UNREACHABLE)));
        });
    }
    group.finish();
}

criterion_group!(benches, port_unreachable_v4);
criterion_main!(benches);
