//! From a time exceeded to the first MPLS label with which the datagram came (RFC 4884, RFC 4950).

use crate::{BATCH, Case, checksum, contender};
use criterion::{Criterion, Throughput};
use hex_literal::hex;

pub(crate) fn first_label(criterion: &mut Criterion) {
    let cases = cases();

    let mut group = criterion.benchmark_group("first MPLS label");
    group.throughput(Throughput::Elements(BATCH.into()));
    contender(&mut group, "icmp-wire", &cases, icmp_wire);
    contender(&mut group, "floor", &cases, floor);
    group.finish();

    let mut group = criterion.benchmark_group("first MPLS label, not verified");
    group.throughput(Throughput::Elements(BATCH.into()));
    contender(&mut group, "icmp-wire", &cases, icmp_wire_not_verified);
    contender(&mut group, "trippy-packet", &cases, trippy_not_verified);
    contender(&mut group, "floor", &cases, floor_not_verified);
    group.finish();
}

/// Messages with a quote of 128 bytes, and a stack of two labels behind it.
fn cases() -> Vec<Case<u32>> {
    const HEADER: [u8; 8] = hex!("0b00 0000 0020 0000");
    const QUOTE: [u8; 28] = hex!(
        "4500 003c 0001 0000 0111 0000 c000 02d6 c633 6401"
        "c350 829a 0028 0000"
    );
    let message = |n: u8| {
        let mut structure = hex!("2000 0000 000c 0101 03e8 0001 03e9 0101");
        structure[9] = n;
        let checksum = checksum::naive(&structure).to_be_bytes();
        structure[2..4].copy_from_slice(&checksum);
        let message = [&HEADER[..], &QUOTE, &[0; 100], &structure].concat();
        (message, (0x03 << 12) | (u32::from(n) << 4))
    };
    (0..BATCH).map(message).collect()
}

fn icmp_wire(bytes: &[u8]) -> Option<u32> {
    use icmp_wire::v4::{Body, Message};
    let message = Message::parse(bytes).ok()?;
    let Body::TimeExceeded { .. } = message.body() else { return None };
    icmp_wire_label(&message.extensions()?)
}

/// With the structure taken to be where the length field says, and its checksum not looked at.
fn icmp_wire_not_verified(bytes: &[u8]) -> Option<u32> {
    use icmp_wire::{
        Extensions,
        v4::{Body, Message},
    };
    let message = Message::parse(bytes).ok()?;
    let Body::TimeExceeded { .. } = message.body() else { return None };
    let quote_len = usize::from(bytes[5]) * 4;
    icmp_wire_label(&Extensions::parse(message.payload().get(quote_len.max(128)..)?).ok()?)
}

fn icmp_wire_label(extensions: &icmp_wire::Extensions<'_>) -> Option<u32> {
    use icmp_wire::ObjectBody;
    extensions.objects().find_map(|object| match object.body() {
        Ok(ObjectBody::LabelStack(stack)) => Some(stack.labels().next()?.label),
        _ => None,
    })
}

fn trippy_not_verified(bytes: &[u8]) -> Option<u32> {
    use trippy_packet::{
        icmp_extension::{
            extension_object::{ClassNum, ExtensionObjectPacket},
            extension_structure::ExtensionsPacket,
            mpls_label_stack::MplsLabelStackPacket,
            mpls_label_stack_member::MplsLabelStackMemberPacket,
        },
        icmpv4::{IcmpType, time_exceeded::TimeExceededPacket},
    };
    let message = TimeExceededPacket::new_view(bytes).ok()?;
    if message.get_icmp_type() != IcmpType::TimeExceeded {
        return None;
    }
    let extensions = ExtensionsPacket::new_view(message.extension()?).ok()?;
    extensions.objects().find_map(|object| {
        let object = ExtensionObjectPacket::new_view(object).ok()?;
        if object.get_class_num() != ClassNum::MultiProtocolLabelSwitchingLabelStack {
            return None;
        }
        let stack = MplsLabelStackPacket::new_view(object.payload()).ok()?;
        let label = MplsLabelStackMemberPacket::new_view(stack.members().next()?).ok()?;
        Some(label.get_label())
    })
}

fn floor(bytes: &[u8]) -> Option<u32> {
    let structure = floor_structure(bytes)?;
    if checksum::naive(structure) == 0 { floor_label(structure) } else { None }
}

fn floor_not_verified(bytes: &[u8]) -> Option<u32> {
    floor_label(floor_structure(bytes)?)
}

fn floor_structure(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.len() < 8 || bytes[0] != 11 {
        return None;
    }
    let structure = bytes.get(8 + (usize::from(bytes[5]) * 4).max(128)..)?;
    if structure.len() >= 4 && structure[0] >> 4 == 2 { Some(structure) } else { None }
}

fn floor_label(structure: &[u8]) -> Option<u32> {
    let mut objects = &structure[4..];
    while objects.len() >= 4 {
        let length = usize::from(u16::from_be_bytes([objects[0], objects[1]]));
        if length < 4 || length > objects.len() {
            return None;
        }
        if objects[2..4] == [1, 1] && length >= 8 {
            let [a, b, c] = [objects[4], objects[5], objects[6]];
            return Some(u32::from_be_bytes([0, a, b, c]) >> 4);
        }
        objects = &objects[length..];
    }
    None
}
