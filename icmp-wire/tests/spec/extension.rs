//! Extension structures: when one is believed to be there, and what its objects say.

use crate::{check_equality, checksum::naive};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use hex_literal::hex;
use icmp_wire::{
    Checksum, Class, ErrorKind, Evidence, Extensions, InterfaceIdentification,
    InterfaceInformation, InterfaceRole, Label, Name, NodeIdentification, Object, ObjectBody,
    Objects, v4, v6,
};

/// A label stack of two entries: 16001, traffic class 0, then 3, traffic class 5, the last.
const STACK: [u8; 12] = hex!("000c 0101 03e81 0 01 00003 b 40");

/// A structure around these objects.
pub(crate) fn structure(objects: &[u8]) -> Vec<u8> {
    let mut bytes = [&hex!("2000 0000"), objects].concat();
    let checksum = naive(&bytes);
    bytes[2..4].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

/// The head of a UDP datagram of 1500 bytes, `len` bytes of it, the payload all of this byte.
pub(crate) fn quote(len: usize, payload: u8) -> Vec<u8> {
    let mut bytes = hex!(
        "4500 05dc 0001 4000 4011 b02f c000 02d6 c000 020a"
        "c350 0807 05c8 0000"
    )
    .to_vec();
    bytes.resize(len, payload);
    bytes
}

/// A time exceeded whose length field has this value.
pub(crate) fn v4(length: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[11, 0, 0, 0, 0, length, 0, 0][..], &parts.concat()].concat()
}

fn v6(length: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[3, 0, 0, 0, length, 0, 0, 0][..], &parts.concat()].concat()
}

fn evidence(bytes: &[u8]) -> Option<(Evidence, usize)> {
    let extensions = v4::Message::parse(bytes).unwrap().extensions()?;
    Some((extensions.evidence(), extensions.offset()))
}

fn evidence_v6(bytes: &[u8]) -> Option<(Evidence, usize)> {
    let extensions = v6::Message::parse(bytes).unwrap().extensions()?;
    Some((extensions.evidence(), extensions.offset()))
}

#[test]
fn a_compliant_length_counts_words_of_32_bits() {
    for quote_len in [128, 132, 256, 540, 1020] {
        let length = u8::try_from(quote_len / 4).unwrap();
        let bytes = v4(length, &[&quote(quote_len, 0xaa), &structure(&STACK)]);
        assert_eq!(evidence(&bytes), Some((Evidence::Compliant, 8 + quote_len)));
        let message = v4::Message::parse(&bytes).unwrap();
        assert_eq!(message.original_datagram(), quote(quote_len, 0xaa));
        assert_eq!(message.quote().unwrap().unwrap().ports().unwrap().unwrap().source, 50000);
    }
}

#[test]
fn a_compliant_v6_length_counts_words_of_64_bits_in_another_byte() {
    for quote_len in [128, 136, 1224, 2040] {
        let length = u8::try_from(quote_len / 8).unwrap();
        let bytes = v6(length, &[&quote(quote_len, 0xaa), &structure(&STACK)]);
        assert_eq!(evidence_v6(&bytes), Some((Evidence::Compliant, 8 + quote_len)));
    }
    // The length of ICMPv4 is the byte behind it, which ICMPv6 leaves unused.
    let bytes = v4(32, &[&quote(128, 0xaa), &[0; 128], &structure(&STACK)]);
    assert_eq!(evidence_v6(&[&[3], &bytes[1..]].concat()), None);
}

#[test]
fn a_length_under_128_declares_a_quote_that_was_padded() {
    let bytes = v4(7, &[&quote(28, 0), &[0; 100], &structure(&STACK)]);
    assert_eq!(evidence(&bytes), Some((Evidence::Padded, 136)));
    let bytes = v6(15, &[&quote(120, 0), &[0; 8], &structure(&STACK)]);
    assert_eq!(evidence_v6(&bytes), Some((Evidence::Padded, 136)));
}

#[test]
fn the_quote_of_a_structure_ends_in_front_of_it() {
    let bytes = v4(32, &[&quote(128, 0xaa), &structure(&STACK)]);
    let message = v4::Message::parse(&bytes).unwrap();
    let whole = message.quote().unwrap().unwrap();
    let quote = message.extensions().unwrap().quote().unwrap();
    assert_eq!((quote.offset(), quote.as_bytes().len()), (8, 128));
    assert_eq!(quote.transport().unwrap().as_bytes().len(), 108);
    assert_eq!(whole.transport().unwrap().as_bytes().len(), 124);
    assert_eq!(quote.ports(), whole.ports());
}

#[test]
fn ports_are_not_taken_from_what_fills_a_quote_up() {
    // Five words are the IP header alone.
    let bytes = v4(5, &[&quote(20, 0), &[0; 108], &structure(&STACK)]);
    let extensions = v4::Message::parse(&bytes).unwrap().extensions().unwrap();
    assert_eq!(extensions.original_datagram().len(), 20);
    let error = extensions.quote().unwrap().ports().unwrap_err();
    assert_eq!(error.to_string(), "quoted ports at byte 28: needed 4 bytes, found 0");
}

#[test]
fn equal_bytes_are_equal_wherever_they_stand() {
    let twice = [STACK, STACK].concat();
    let mut objects = Objects::new(&twice);
    let (first, second) = (objects.next().unwrap(), objects.next().unwrap());
    assert_ne!(first.offset(), second.offset());
    assert_eq!((first, second), (second, Object::new(Class(1), 1, &STACK[4..])));
    assert_ne!(first, Object::new(Class(1), 2, &STACK[4..]));
    check_equality(&first, &second, &Object::new(Class(2), 1, &STACK[4..]));
}

#[test]
fn structures_are_equal_if_bytes_and_evidence_are() {
    fn of(bytes: &[u8]) -> Extensions<'_> {
        v4::Message::parse(bytes).unwrap().extensions().unwrap()
    }
    let message = v4(32, &[&quote(128, 0xaa), &structure(&STACK)]);
    let copy = message.clone();
    for (place, value) in [(5, 0), (135, 0), (147, 65)] {
        // Another evidence, another quote, another label with its checksum.
        let mut other = message.clone();
        other[place] = value;
        if place == 147 {
            let structure = structure(&other[140..]);
            other[136..].copy_from_slice(&structure);
        }
        check_equality(&of(&message), &of(&copy), &of(&other));
    }
}

#[test]
fn debug_shows_what_routers_say() {
    let message = v4(32, &[&quote(128, 0xaa), &structure(&STACK)]);
    let extensions = v4::Message::parse(&message).unwrap().extensions().unwrap();
    let text = format!("{extensions:?}");
    for part in [
        "evidence: Compliant",
        "class: Class(MPLS Label Stack Class)",
        "label: 16001",
        "offset: 136",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let ObjectBody::LabelStack(stack) = extensions.objects().next().unwrap().body().unwrap() else {
        unreachable!()
    };
    assert!(format!("{:?}", stack.labels()).contains("label: 16001"));
    assert!(stack.into_iter().eq(stack.labels()));
}

#[test]
fn a_length_of_zero_declares_no_place() {
    let bytes = v4(0, &[&structure(&STACK), &[0; 200]]);
    assert_eq!(evidence(&bytes), None);
}

#[test]
fn a_structure_at_128_without_a_length_is_legacy() {
    let bytes = v4(0, &[&quote(128, 0xaa), &structure(&STACK)]);
    assert_eq!(evidence(&bytes), Some((Evidence::Legacy, 136)));
}

#[test]
fn a_length_that_leads_nowhere_is_legacy() {
    // A router was seen to copy the IP identification over bytes 4 and 5: 93 words are 372 bytes.
    let bytes = v4(93, &[&quote(128, 0xaa), &structure(&STACK)]);
    assert_eq!(evidence(&bytes), Some((Evidence::Legacy, 136)));
}

#[test]
fn a_length_in_octets_is_told_from_one_in_words() {
    // Fortinet: 0x80 octets, not words, and no checksum.
    let mut unsummed = structure(&STACK);
    unsummed[2..4].fill(0);
    let bytes = v4(128, &[&quote(128, 0xaa), &unsummed]);
    assert_eq!(evidence(&bytes), Some((Evidence::Octets, 136)));
    let bytes = v4(140, &[&quote(140, 0xaa), &structure(&STACK)]);
    assert_eq!(evidence(&bytes), Some((Evidence::Octets, 148)));
}

#[test]
fn a_length_without_a_structure_bounds_nothing() {
    // 17 words are the 68 bytes that are quoted, and nothing follows.
    let bytes = v4(17, &[&quote(68, 0xaa)]);
    assert_eq!(evidence(&bytes), None);
    assert_eq!(v4::Message::parse(&bytes).unwrap().original_datagram().len(), 68);
}

#[test]
fn a_plain_quote_is_no_structure() {
    for fill in 0..=u8::MAX {
        assert_eq!(evidence(&v4(0, &[&quote(548, fill)])), None, "{fill}");
        // 137 words are the 548 bytes.
        assert_eq!(evidence(&v4(137, &[&quote(548, fill)])), None, "{fill}");
    }
}

#[test]
fn the_version_must_be_2() {
    for version in (0..=15).filter(|version| *version != 2) {
        let mut bytes = [&[version << 4, 0, 0, 0], &STACK[..]].concat();
        let checksum = naive(&bytes);
        bytes[2..4].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(evidence(&v4(32, &[&quote(128, 0xaa), &bytes])), None, "{version}");
        assert!(Extensions::parse(&bytes).is_err());
    }
}

#[test]
fn a_checksum_of_zero_was_not_sent_and_the_objects_have_to_fit() {
    let unsummed = [&hex!("2000 0000"), &STACK[..]].concat();
    for length in [0, 7, 32, 128] {
        let bytes = v4(length, &[&quote(28, 0), &[0; 100], &unsummed]);
        assert!(evidence(&bytes).is_some(), "length {length}");
        let extensions = v4::Message::parse(&bytes).unwrap().extensions().unwrap();
        assert_eq!(extensions.checksum_status(bytes.len()), Checksum::NotSent);
        // Without an object, or with a part of one.
        assert_eq!(evidence(&bytes[..140]), None);
        assert_eq!(evidence(&bytes[..bytes.len() - 1]), None);
        // A part of a second one is only forgiven where the length declares the place.
        let cut = evidence(&[&bytes[..], &[0]].concat());
        assert_eq!(cut.is_some(), length == 7 || length == 32, "length {length}");
        for (place, bit) in [(136, 1), (137, 1), (136, 8), (137, 0x80)] {
            let mut reserved = bytes.clone();
            reserved[place] |= bit;
            assert_eq!(evidence(&reserved), None, "reserved bits are zero");
        }
    }
}

#[test]
fn a_wrong_checksum_is_forgiven_where_the_length_declares_the_place() {
    let mut wrong = structure(&STACK);
    wrong[3] ^= 1;
    let computed = naive(&[&hex!("2000 0000"), &STACK[..]].concat());
    for (length, believed) in [(0, false), (7, true), (32, true), (128, false)] {
        let bytes = v4(length, &[&quote(28, 0), &[0; 100], &wrong]);
        let extensions = v4::Message::parse(&bytes).unwrap().extensions();
        assert_eq!(extensions.is_some(), believed, "length {length}");
        if let Some(extensions) = extensions {
            let status = extensions.checksum_status(bytes.len());
            assert_eq!(status, Checksum::Invalid { computed });
        }
    }
}

#[test]
fn a_wrong_checksum_is_not_forgiven_over_anything() {
    let mut wrong = structure(&STACK);
    wrong[3] ^= 1;
    // Reserved bits that are not zero, an object that is not whole, and none at all.
    let reserved = [&[0x20, 4], &wrong[2..]].concat();
    let broken = [&wrong[..4], &[0, 15], &wrong[6..]].concat();
    for structure in [&reserved[..], &broken, &wrong[..4]] {
        assert_eq!(evidence(&v4(32, &[&quote(128, 0xaa), structure])), None);
    }
    // A padded quote is padded with zeros.
    assert_eq!(evidence(&v4(7, &[&quote(128, 0xaa), &wrong])), None);
    assert!(evidence(&v4(7, &[&quote(28, 0), &[0; 100], &wrong])).is_some());
}

#[test]
fn a_right_checksum_anywhere_beats_a_wrong_one_at_the_declared_place() {
    // A router that fills the length field with something else, and a quote that looks the part:
    // the label of the first entry is 0x20000.
    let object = hex!("000c 0101 2000 0040 0000 3140");
    let bytes = v4(34, &[&quote(128, 0xaa), &structure(&object), &hex!("0004 fe01")]);
    let bytes = &bytes[..bytes.len() - 4];
    assert_eq!(evidence(bytes), Some((Evidence::Legacy, 136)));
}

#[test]
fn a_structure_that_is_not_declared_has_objects_that_fill_it() {
    for (length, place) in [(0, 136), (130, 138)] {
        let quote = quote(place - 8, 0xaa);
        let whole = v4(length, &[&quote, &structure(&STACK)]);
        assert!(evidence(&whole).is_some(), "length {length}");
        let trailing = v4(length, &[&quote, &structure(&[&STACK[..], &[0, 0]].concat())]);
        assert_eq!(evidence(&trailing), None, "length {length}");
        assert_eq!(evidence(&v4(length, &[&quote, &structure(&[])])), None, "length {length}");
        let mut reserved = [&hex!("2001 0000"), &STACK[..]].concat();
        let checksum = naive(&reserved);
        reserved[2..4].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(evidence(&v4(length, &[&quote, &reserved])), None, "length {length}");
        assert_eq!(Extensions::parse(&reserved).unwrap().evidence(), Evidence::Given);
        // Where the length declares it, reserved bits are the receiver's to ignore (RFC 4884 §7).
        let declared = v4(32, &[&self::quote(128, 0xaa), &reserved]);
        assert!(evidence(&declared).is_some());
    }
}

#[test]
fn a_length_of_a_structure_that_cannot_be_is_truncated() {
    let bytes = v4(32, &[&quote(128, 0xaa), &structure(&STACK)]);
    let extensions = v4::Message::parse(&bytes).unwrap().extensions().unwrap();
    for message_len in [0, 135, 136, 139, bytes.len() + 1] {
        assert_eq!(extensions.checksum_status(message_len), Checksum::Truncated, "{message_len}");
    }
    assert_eq!(extensions.checksum_status(bytes.len()), Checksum::Valid);
}

#[test]
fn a_structure_is_written_around_its_objects() {
    let mut out = [0xff; 20];
    assert_eq!(Extensions::encode(&STACK, &mut out), Ok(16));
    assert_eq!(out[..16], structure(&STACK));
    // A checksum of 0 would say that there is none (RFC 4884 §7): the other zero is sent.
    let object = hex!("0008 0101 fff0 df05");
    assert_eq!(naive(&[&hex!("2000"), &object[..]].concat()), 0);
    assert_eq!(Extensions::encode(&object, &mut out), Ok(12));
    assert_eq!(out[2..4], [0xff, 0xff]);
    let extensions = Extensions::parse(&out[..12]).unwrap();
    assert_eq!(extensions.checksum_status(12), Checksum::Valid);
    let error = Extensions::encode(&STACK, &mut [0; 15]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: 16, available: 15 });
    let error = Extensions::encode(&STACK[..11], &mut out).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed: 12, available: 11 });
}

#[test]
fn names_are_escaped_where_they_are_shown() {
    let name = Name(b"em0\x1b[2J\xff");
    assert_eq!(name.to_string(), r"em0\x1b[2J\xff");
    assert_eq!(format!("{name:?}"), r"Name(em0\x1b[2J\xff)");
}

#[test]
fn the_longest_interface_information_is_written_whole() {
    let name = [b'a'; 63];
    let information = InterfaceInformation {
        role: InterfaceRole::NEXT_HOP,
        index: Some(u32::MAX),
        address: Some(Ipv6Addr::LOCALHOST.into()),
        name: Some(Name(&name)),
        mtu: Some(1500),
    };
    let mut out = [0; 100];
    let len = information.encode(&mut out).unwrap();
    assert_eq!(len, 4 + 4 + 20 + 64 + 4);
    assert_eq!(body(&out[..len]), Ok(ObjectBody::InterfaceInformation(information)));
    let error = information.encode(&mut out[..95]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: 96, available: 95 });
    let role = InterfaceInformation { role: InterfaceRole(4), ..information };
    assert_eq!(role.encode(&mut out).unwrap_err().kind(), ErrorKind::InvalidValue { found: 4 });
}

#[test]
fn labels_that_are_too_large_lose_what_does_not_fit() {
    let label = Label {
        label: 0xfff1_2345,
        traffic_class: 0xff,
        is_bottom_of_stack: false,
        time_to_live: 9,
    };
    assert_eq!(label.to_bytes(), [0x12, 0x34, 0x5e, 9]);
}

#[test]
fn roles_have_the_words_of_rfc_5837() {
    let names = [
        "IP interface upon which datagram arrived",
        "Sub-IP component of an IP interface upon which datagram arrived",
        "IP interface through which datagram would be forwarded",
        "IP next-hop to which datagram would be forwarded",
    ];
    for (role, name) in (0..).zip(names) {
        assert_eq!(InterfaceRole(role).name(), Some(name));
    }
    assert_eq!(InterfaceRole(4).name(), None);
}

#[test]
fn a_structure_that_was_cut_is_seen_where_the_length_declares_it() {
    let objects = [STACK, STACK].concat();
    let whole = v4(32, &[&quote(128, 0xaa), &structure(&objects)]);
    let cut = &whole[..whole.len() - 3];
    let extensions = v4::Message::parse(cut).unwrap().extensions().unwrap();
    assert_eq!(extensions.checksum_status(whole.len()), Checksum::Truncated);
    let mut objects = extensions.objects();
    assert_eq!(objects.by_ref().count(), 1);
    let error = objects.error().unwrap();
    assert_eq!(error.to_string(), "extension object at byte 152: needed 12 bytes, found 9");
    assert_eq!(objects.remainder(), &STACK[..9]);
}

#[test]
fn only_these_types_can_have_a_structure() {
    for ty in 0..=u8::MAX {
        let mut bytes = v4(32, &[&quote(128, 0xaa), &structure(&STACK)]);
        bytes[0] = ty;
        assert_eq!(evidence(&bytes).is_some(), [3, 11, 12].contains(&ty), "{ty}");
        let mut bytes = v6(16, &[&quote(128, 0xaa), &structure(&STACK)]);
        bytes[0] = ty;
        assert_eq!(evidence_v6(&bytes).is_some(), [1, 3].contains(&ty), "{ty}");
    }
}

#[test]
fn a_structure_without_objects_is_a_structure() {
    let bytes = v4(32, &[&quote(128, 0xaa), &structure(&[])]);
    let extensions = v4::Message::parse(&bytes).unwrap().extensions().unwrap();
    assert_eq!(extensions.objects().count(), 0);
}

/// Reads the one object of a structure.
fn body(object: &[u8]) -> icmp_wire::Result<ObjectBody<'_>> {
    let mut objects = Objects::new(object);
    let body = objects.next().unwrap().body();
    assert!(objects.next().is_none() && objects.error().is_none());
    body
}

#[test]
fn a_label_stack_shows_all_its_entries() {
    let Ok(ObjectBody::LabelStack(stack)) = body(&STACK) else { unreachable!() };
    let labels = [
        Label { label: 16001, traffic_class: 0, is_bottom_of_stack: false, time_to_live: 1 },
        Label { label: 3, traffic_class: 5, is_bottom_of_stack: true, time_to_live: 64 },
    ];
    assert!(stack.labels().eq(labels));
    assert!(stack.labels().rev().eq([labels[1], labels[0]]));
    assert_eq!((stack.labels().len(), stack.labels().nth(1)), (2, Some(labels[1])));
    let bytes: Vec<u8> = labels.iter().flat_map(|label| label.to_bytes()).collect();
    assert_eq!(bytes, STACK[4..]);
}

#[test]
fn interface_information_has_the_parts_that_its_c_type_tells() {
    // RFC 5837 §4.1: bits 0 and 1 are the role, 4 to 7 index, address, name and MTU.
    let object = hex!(
        "0020 020f"
        "0000 000f"
        "0001 0000 0a0a 0a0a"
        "0c 6765 2d30 2f30 2f30 2e31 00"
        "0000 05dc"
    );
    let information = InterfaceInformation {
        role: InterfaceRole::INCOMING,
        index: Some(15),
        address: Some(Ipv4Addr::new(10, 10, 10, 10).into()),
        name: Some("ge-0/0/0.1".into()),
        mtu: Some(1500),
    };
    assert_eq!(body(&object), Ok(ObjectBody::InterfaceInformation(information)));
    let mut out = [0; 64];
    let len = information.encode(&mut out).unwrap();
    assert_eq!(out[..len], object);
}

#[test]
fn every_role_is_told_by_the_upper_two_bits() {
    for (c_type, role) in [
        (0x08, InterfaceRole::INCOMING),
        (0x48, InterfaceRole::INCOMING_SUB_IP),
        (0x88, InterfaceRole::OUTGOING),
        (0xc8, InterfaceRole::NEXT_HOP),
    ] {
        let object = [0, 8, 2, c_type, 0, 0, 0, 1];
        let Ok(ObjectBody::InterfaceInformation(information)) = body(&object) else {
            unreachable!()
        };
        assert_eq!(information.role, role);
    }
}

#[test]
fn interface_information_may_have_any_of_its_parts() {
    let v6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    for parts in 0..16 {
        let has = |bit: u8| parts & bit != 0;
        let information = InterfaceInformation {
            role: InterfaceRole(parts % 4),
            index: has(8).then_some(7),
            address: has(4).then_some(v6.into()),
            name: has(2).then_some("em0".into()),
            mtu: has(1).then_some(9000),
        };
        let mut out = [0; 64];
        let len = information.encode(&mut out).unwrap();
        assert_eq!(out[3], (parts % 4) << 6 | parts);
        assert_eq!(body(&out[..len]), Ok(ObjectBody::InterfaceInformation(information)));
    }
}

#[test]
fn names_of_every_length_are_filled_up_to_a_word() {
    let name = [b'a'; 64];
    for len in 0..64 {
        let node = NodeIdentification { address: None, name: Some(Name(&name[..len])) };
        let mut out = [0; 80];
        let written = node.encode(&mut out).unwrap();
        assert_eq!((written % 4, usize::from(out[4])), (0, written - 4));
        assert_eq!(body(&out[..written]), Ok(ObjectBody::NodeIdentification(node)));
    }
    let node = NodeIdentification { address: None, name: Some(Name(&name)) };
    let error = node.encode(&mut [0; 80]).unwrap_err();
    assert_eq!(error.to_string(), "name at byte 0: invalid length 64");
}

#[test]
fn interface_identification_is_by_name_index_or_address() {
    use InterfaceIdentification::{Address, Index};
    let cases = [
        (&hex!("0008 0301 656d 3000")[..], InterfaceIdentification::Name("em0".into())),
        (&hex!("0008 0302 0000 000f"), Index(15)),
        (&hex!("000c 0303 0001 0400 c000 0201"), Address { family: 1, address: &[192, 0, 2, 1] }),
        // A MAC address, filled up to a whole number of words.
        (
            &hex!("0010 0303 4005 0600 0200 5e00 5301 0000"),
            Address { family: 0x4005, address: &[2, 0, 0x5e, 0, 0x53, 1] },
        ),
    ];
    for (bytes, identification) in cases {
        assert_eq!(body(bytes), Ok(ObjectBody::InterfaceIdentification(identification)));
        let mut out = [0xff; 16];
        let len = identification.encode(&mut out).unwrap();
        assert_eq!(&out[..len], bytes);
    }
    let longest = Address { family: 9, address: &[7; 64] };
    let mut out = [0; 80];
    let len = longest.encode(&mut out).unwrap();
    assert_eq!(body(&out[..len]), Ok(ObjectBody::InterfaceIdentification(longest)));
    let long = [0; 65];
    for identification in
        [InterfaceIdentification::Name(Name(&long)), Address { family: 9, address: &long }]
    {
        let error = identification.encode(&mut [0; 80]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidLength { found: 65 });
    }
}

#[test]
fn extended_information_points_into_the_quote() {
    assert_eq!(body(&hex!("0008 0401 0000 0028")), Ok(ObjectBody::Pointer(40)));
}

#[test]
fn a_node_may_have_an_address_of_the_other_family() {
    let object = hex!("0018 0504 0002 0000 2001 0db8 0000 0000 0000 0000 0000 0001");
    let address: IpAddr = "2001:db8::1".parse().unwrap();
    let node = NodeIdentification { address: Some(address), name: None };
    assert_eq!(body(&object), Ok(ObjectBody::NodeIdentification(node)));
    let mut out = [0; 24];
    assert_eq!(node.encode(&mut out), Ok(24));
    assert_eq!(out, object);
}

#[test]
fn unknown_objects_keep_their_bytes() {
    for (class, c_type) in [(0, 0), (1, 2), (3, 4), (4, 2), (6, 1), (247, 1), (255, 255)] {
        let data = [1, 2, 3, 4, 5];
        let object = Object::new(Class(class), c_type, &data);
        assert_eq!(object.body(), Ok(ObjectBody::Other));
        let mut out = [0; 9];
        assert_eq!(object.encode(&mut out), Ok(9));
        let read = Objects::new(&out).next().unwrap();
        assert_eq!((read.class(), read.c_type(), read.data()), (Class(class), c_type, &data[..]));
    }
}

#[test]
fn an_extended_echo_has_its_structure_behind_the_header() {
    // RFC 8335 §2: type 42, then the structure, without a quote.
    let bytes =
        [&hex!("2a00 0000 1234 0100")[..], &structure(&hex!("0008 0302 0000 000f"))].concat();
    let message = v4::Message::parse(&bytes).unwrap();
    assert_eq!((message.quote(), message.extensions()), (Ok(None), None));
    let extensions = Extensions::parse(message.payload()).unwrap();
    assert_eq!(extensions.evidence(), Evidence::Given);
    assert_eq!(extensions.checksum_status(message.payload().len()), Checksum::Valid);
    let index = InterfaceIdentification::Index(15);
    let body = extensions.objects().next().unwrap().body();
    assert_eq!(body, Ok(ObjectBody::InterfaceIdentification(index)));
}

#[test]
fn classes_have_ianas_names() {
    let names = [
        None,
        Some("MPLS Label Stack Class"),
        Some("Interface Information Object"),
        Some("Interface Identification Object"),
        Some("Extended Information"),
        Some("Node Identification Object"),
        None,
    ];
    for (class, name) in (0..).zip(names) {
        assert_eq!(Class(class).name(), name);
    }
}
