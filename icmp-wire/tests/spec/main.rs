//! What well-formed messages say.
//!
//! The kernel's messages are from `captures/`; the values beside them are those that
//! `tcpdump -nvvxr` 4.99.3 prints for the same packets. The others are composed by hand from the
//! diagrams of the RFCs.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod build;
mod checksum;
mod extension;
mod peers;
#[cfg(feature = "rate-limit")]
mod rate_limit;

use core::net::IpAddr;
use hex_literal::hex;
use icmp_wire::{ErrorKind, Ports, Protocol, Quote, v4, v6};

/// Port unreachable quoting a whole SNMP request of 68 bytes, from `collector-down.pcap`.
const PORT_UNREACHABLE: [u8; 76] = hex!(
    "0303 e993 0000 0000"
    "4500 0044 dcb3 4000 3f11 72a0 c633 6417 c000 020a"
    "dd79 00a1 0030 fee4"
    "3026 0201 0004 0670 7562 6c69 63a0 1902 0101 0201 0002 0100"
    "300e 300c 0608 2b06 0102 0101 0300 0500"
);

/// The head of a fragmentation needed with a next-hop MTU of 1280, quoting 1400 bytes of UDP.
const FRAGMENTATION_NEEDED: [u8; 36] = hex!(
    "0304 b708 0000 0500"
    "4500 0578 dcc4 4000 4011 f214 c633 6417 cb00 7150"
    "9678 42d0 0564 d5b6"
);

/// ICMPv6 port unreachable quoting a UDP datagram without payload.
const PORT_UNREACHABLE_V6: [u8; 56] = hex!(
    "0104 a64d 0000 0000"
    "600c 8aae 0008 1140"
    "2001 0db8 0000 0000 0000 0000 0000 00d6"
    "2001 0db8 0000 0000 0000 0000 0000 000a"
    "de6c 9c40 0008 28df"
);

/// The quote of a v4 message that has one.
fn v4(bytes: &[u8]) -> Quote<'_> {
    v4::Message::parse(bytes).unwrap().quote().unwrap().unwrap()
}

/// The quote of a v6 message that has one.
fn v6(bytes: &[u8]) -> Quote<'_> {
    v6::Message::parse(bytes).unwrap().quote().unwrap().unwrap()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_port_unreachable_says_who_wanted_which_port() {
    let message = v4::Message::parse(&PORT_UNREACHABLE).unwrap();
    assert_eq!(message.ty(), v4::Type::DESTINATION_UNREACHABLE);
    assert_eq!((message.code(), message.code_name()), (3, Some("Port Unreachable")));
    assert_eq!(message.checksum(), 0xe993);
    assert_eq!(message.payload(), &PORT_UNREACHABLE[8..]);
    assert_eq!(message.as_bytes(), PORT_UNREACHABLE);

    let code = v4::UnreachableCode::PORT_UNREACHABLE;
    assert_eq!(message.body(), v4::Body::Unreachable { code, next_hop_mtu: None });

    let quote = v4(&PORT_UNREACHABLE);
    assert_eq!((quote.source(), quote.destination()), (ip("198.51.100.23"), ip("192.0.2.10")));
    assert_eq!((quote.declared_len(), quote.as_bytes().len()), (68, 68));
    assert_eq!((quote.hop_limit(), quote.offset()), (63, 8));
    assert_eq!((quote.protocol(), quote.identification()), (Protocol::UDP, Some(0xdcb3)));

    let transport = quote.transport().unwrap();
    assert_eq!((transport.protocol(), transport.offset()), (Protocol::UDP, 28));
    assert_eq!(transport.as_bytes(), &PORT_UNREACHABLE[28..]);
    assert_eq!(quote.ports(), Ok(Some(Ports { source: 56697, destination: 161 })));
}

#[test]
fn a_v6_port_unreachable_says_who_wanted_which_port() {
    let message = v6::Message::parse(&PORT_UNREACHABLE_V6).unwrap();
    assert_eq!(message.ty(), v6::Type::DESTINATION_UNREACHABLE);
    assert_eq!((message.code(), message.code_name()), (4, Some("port unreachable")));
    assert_eq!(message.checksum(), 0xa64d);

    let code = v6::UnreachableCode::PORT_UNREACHABLE;
    assert_eq!(message.body(), v6::Body::Unreachable { code });
    let quote = v6(&PORT_UNREACHABLE_V6);
    assert_eq!((quote.source(), quote.destination()), (ip("2001:db8::d6"), ip("2001:db8::a")));
    assert_eq!((quote.declared_len(), quote.as_bytes().len()), (48, 48));
    assert_eq!((quote.hop_limit(), quote.offset()), (64, 8));
    assert_eq!((quote.protocol(), quote.identification()), (Protocol::UDP, None));
    assert_eq!(quote.transport().unwrap().offset(), 48);
    assert_eq!(quote.ports(), Ok(Some(Ports { source: 56940, destination: 40000 })));
}

#[test]
fn a_cut_quote_shows_what_is_present_beside_what_was_declared() {
    let quote = v4(&FRAGMENTATION_NEEDED);
    assert_eq!((quote.declared_len(), quote.as_bytes().len()), (1400, 28));
    assert_eq!(quote.ports(), Ok(Some(Ports { source: 38520, destination: 17104 })));
}

#[test]
fn the_next_hop_mtu_belongs_to_fragmentation_needed() {
    let mtu = |bytes: &[u8]| match v4::Message::parse(bytes).unwrap().body() {
        v4::Body::Unreachable { next_hop_mtu, .. } => next_hop_mtu.map(u16::from),
        body => panic!("{body:?}"),
    };
    assert_eq!(mtu(&FRAGMENTATION_NEEDED), Some(1280));
    let mut bytes = FRAGMENTATION_NEEDED;
    bytes[6..8].fill(0);
    assert_eq!(mtu(&bytes), None, "a router that predates RFC 1191");
    bytes[6..8].fill(0xff);
    assert_eq!(mtu(&bytes), Some(65535));
    bytes[1] = 3;
    assert_eq!(mtu(&bytes), None, "another code leaves the field unused");
}

#[test]
fn codes_have_ianas_names() {
    // https://www.iana.org/assignments/icmp-parameters, Type 3
    let names = [
        "Net Unreachable",
        "Host Unreachable",
        "Protocol Unreachable",
        "Port Unreachable",
        "Fragmentation Needed and Don't Fragment was Set",
        "Source Route Failed",
        "Destination Network Unknown",
        "Destination Host Unknown",
        "Source Host Isolated",
        "Communication with Destination Network is Administratively Prohibited",
        "Communication with Destination Host is Administratively Prohibited",
        "Destination Network Unreachable for Type of Service",
        "Destination Host Unreachable for Type of Service",
        "Communication Administratively Prohibited",
        "Host Precedence Violation",
        "Precedence cutoff in effect",
    ];
    // https://www.iana.org/assignments/icmpv6-parameters, Type 1
    let v6_names = [
        "no route to destination",
        "communication with destination administratively prohibited",
        "beyond scope of source address",
        "address unreachable",
        "port unreachable",
        "source address failed ingress/egress policy",
        "reject route to destination",
        "Error in Source Routing Header",
        "Headers too long",
        "Error in P-Route",
    ];
    for code in 0..=u8::MAX {
        let name = names.get(usize::from(code)).copied();
        assert_eq!(v4::UnreachableCode(code).name(), name);
        assert_eq!(v4::Message::parse(&[3, code, 0, 0, 0, 0, 0, 0]).unwrap().code_name(), name);
        let name = v6_names.get(usize::from(code)).copied();
        assert_eq!(v6::UnreachableCode(code).name(), name);
        assert_eq!(v6::Message::parse(&[1, code, 0, 0, 0, 0, 0, 0]).unwrap().code_name(), name);
    }
}

#[test]
fn types_and_their_codes_have_ianas_names() {
    let v4_name = |ty, code| v4::Message::parse(&[ty, code, 0, 0, 0, 0, 0, 0]).unwrap().code_name();
    let v6_name = |ty, code| v6::Message::parse(&[ty, code, 0, 0, 0, 0, 0, 0]).unwrap().code_name();
    let cases = [
        (4, "Source Quench (Deprecated)", &[][..]),
        (
            5,
            "Redirect",
            &[
                "Redirect Datagram for the Network (or subnet)",
                "Redirect Datagram for the Host",
                "Redirect Datagram for the Type of Service and Network",
                "Redirect Datagram for the Type of Service and Host",
            ],
        ),
        (
            11,
            "Time Exceeded",
            &["Time to Live exceeded in Transit", "Fragment Reassembly Time Exceeded"],
        ),
        (
            12,
            "Parameter Problem",
            &["Pointer indicates the error", "Missing a Required Option", "Bad Length"],
        ),
    ];
    for (ty, name, codes) in cases {
        assert_eq!(v4::Type(ty).name(), Some(name));
        for code in 0..=u8::MAX {
            assert_eq!(v4_name(ty, code), codes.get(usize::from(code)).copied(), "{ty} {code}");
        }
    }
    let cases = [
        (2, "Packet Too Big", &[][..]),
        (
            3,
            "Time Exceeded",
            &["hop limit exceeded in transit", "fragment reassembly time exceeded"],
        ),
        (
            4,
            "Parameter Problem",
            &[
                "erroneous header field encountered",
                "unrecognized Next Header type encountered",
                "unrecognized IPv6 option encountered",
                "IPv6 First Fragment has incomplete IPv6 Header Chain",
                "SR Upper-layer Header Error",
                "Unrecognized Next Header type encountered by intermediate node",
                "Extension header too big",
                "Extension header chain too long",
                "Too many extension headers",
                "Too many options in extension header",
                "Option too big",
            ],
        ),
    ];
    for (ty, name, codes) in cases {
        assert_eq!(v6::Type(ty).name(), Some(name));
        for code in 0..=u8::MAX {
            assert_eq!(v6_name(ty, code), codes.get(usize::from(code)).copied(), "{ty} {code}");
        }
    }
}

#[test]
fn an_unknown_code_is_still_an_unreachable_with_a_quote() {
    let mut bytes = PORT_UNREACHABLE;
    bytes[1] = 99;
    let body = v4::Body::Unreachable { code: v4::UnreachableCode(99), next_hop_mtu: None };
    assert_eq!(v4::Message::parse(&bytes).unwrap().body(), body);
    assert_eq!(v4(&bytes), v4(&PORT_UNREACHABLE));
    let mut bytes = PORT_UNREACHABLE_V6;
    bytes[1] = 99;
    let body = v6::Body::Unreachable { code: v6::UnreachableCode(99) };
    assert_eq!(v6::Message::parse(&bytes).unwrap().body(), body);
    assert_eq!(v6(&bytes), v6(&PORT_UNREACHABLE_V6));
}

#[test]
fn the_type_decides_and_not_the_code() {
    for ty in 0..=u8::MAX {
        let bytes = [ty, 3, 0, 0, 0, 0, 0, 0];
        let message = v4::Message::parse(&bytes).unwrap();
        assert_eq!(matches!(message.body(), v4::Body::Unreachable { .. }), ty == 3);
        assert_eq!(message.ty().is_error(), [3, 4, 5, 11, 12].contains(&ty));
        assert_eq!(message.ty().quotes(), [3, 4, 5, 11, 12].contains(&ty));
        let message = v6::Message::parse(&bytes).unwrap();
        assert_eq!(matches!(message.body(), v6::Body::Unreachable { .. }), ty == 1);
        assert_eq!(message.ty().is_error(), ty < 128);
        assert_eq!(message.ty().quotes(), [1, 2, 3, 4].contains(&ty));
    }
}

#[test]
fn ipv4_options_are_passed_over() {
    for words in 6_u8..=15 {
        let mut quote = vec![0; usize::from(words) * 4];
        quote[..20].copy_from_slice(&PORT_UNREACHABLE[8..28]);
        quote[0] = 0x40 | words;
        quote[20..].fill(1); // No operation.
        quote.extend([0xc3, 0x50, 0x08, 0x07]);
        let quote = Quote::parse(&quote).unwrap();
        assert_eq!(quote.transport().unwrap().offset(), usize::from(words) * 4);
        assert_eq!(quote.ports(), Ok(Some(Ports { source: 50000, destination: 2055 })));
    }
}

#[test]
fn protocols_with_ports_are_these_five() {
    for protocol in 0..=u8::MAX {
        let mut quote = PORT_UNREACHABLE[8..32].to_vec();
        quote[9] = protocol;
        let ports = Quote::parse(&quote).unwrap().ports().unwrap();
        let has_ports = [6, 17, 33, 132, 136].contains(&protocol);
        assert_eq!(ports.is_some(), has_ports, "{protocol}");
        assert_eq!(Protocol(protocol).has_ports(), has_ports);
    }
}

#[test]
fn protocols_have_ianas_keywords() {
    // https://www.iana.org/assignments/protocol-numbers
    let names = [
        (1, "ICMP"),
        (6, "TCP"),
        (17, "UDP"),
        (33, "DCCP"),
        (58, "IPv6-ICMP"),
        (132, "SCTP"),
        (136, "UDPLite"),
    ];
    for protocol in 0..=u8::MAX {
        let name = names.iter().find(|(number, _)| *number == protocol).map(|(_, name)| *name);
        assert_eq!(Protocol(protocol).name(), name);
    }
}

#[test]
fn a_later_fragment_has_no_ports() {
    // RFC 791 §3.1: three flags, then thirteen bits of offset. More fragments is not an offset.
    for (field, offset) in [
        (0x0000, 0),
        (0x2000, 0),
        (0xe000, 0),
        (0x0001, 1),
        (0x2001, 1),
        (0x1000, 0x1000),
        (0x1fff, 0x1fff),
    ] {
        let mut quote = PORT_UNREACHABLE[8..32].to_vec();
        quote[6..8].copy_from_slice(&u16::to_be_bytes(field));
        let transport = Quote::parse(&quote).unwrap().transport().unwrap();
        assert_eq!(transport.fragment_offset(), offset, "{field:#06x}");
        assert_eq!(transport.is_later_fragment(), offset != 0);
        assert_eq!(transport.ports().unwrap().is_some(), offset == 0);
        assert_eq!(transport.protocol(), Protocol::UDP);
    }
}

/// An IPv6 header without payload, whose first next header is this.
fn ipv6(next_header: u8) -> Vec<u8> {
    let mut quote = PORT_UNREACHABLE_V6[8..48].to_vec();
    quote[6] = next_header;
    quote
}

#[test]
fn ipv6_extension_headers_are_passed_over() {
    // Kind, length byte, length in bytes: RFC 8200 §4.3-4.6, RFC 4302 §2.2, RFC 6275 §6.1.1, RFC
    // 7401 §5.1, RFC 5533 §5.1.
    let headers = [
        (0, 0, 8),
        (0, 3, 32),
        (43, 2, 24),
        (44, 0xff, 8),
        (51, 4, 24),
        (51, 0, 8),
        (60, 1, 16),
        (60, 255, 2048),
        (135, 1, 16),
        (139, 4, 40),
        (140, 0, 8),
    ];
    for (kind, length, size) in headers {
        let mut quote = ipv6(kind);
        quote.extend([17, length]);
        quote.resize(40 + size, 0);
        quote.extend([0xc3, 0x50, 0x08, 0x07]);
        let quote = Quote::parse(&quote).unwrap();
        let transport = quote.transport().unwrap();
        assert_eq!(
            (transport.protocol(), transport.offset()),
            (Protocol::UDP, 40 + size),
            "{kind}"
        );
        assert_eq!(transport.ports(), Ok(Some(Ports { source: 50000, destination: 2055 })));
    }
}

#[test]
fn a_chain_of_ipv6_extension_headers_is_walked_to_its_end() {
    let mut quote = ipv6(0);
    quote.extend(hex!("2b00 0000 0000 0000")); // Hop-by-hop options, then
    quote.extend(hex!("2c00 0000 0000 0000")); // routing, then
    quote.extend(hex!("3c00 0001 0000 0001")); // the first fragment, then
    quote.extend(hex!("0600 0000 0000 0000")); // destination options, then TCP.
    quote.extend(hex!("d431 0016"));
    let transport = Quote::parse(&quote).unwrap().transport().unwrap();
    assert_eq!((transport.protocol(), transport.offset()), (Protocol::TCP, 72));
    assert_eq!(transport.ports(), Ok(Some(Ports { source: 54321, destination: 22 })));
}

#[test]
fn a_later_ipv6_fragment_ends_the_walk() {
    let mut quote = ipv6(44);
    quote.extend(hex!("3c00 05a9 0000 0001")); // Offset 181, more to come, destination options.
    quote.extend(hex!("0600 0000 0000 0000"));
    let transport = Quote::parse(&quote).unwrap().transport().unwrap();
    assert_eq!((transport.protocol(), transport.fragment_offset()), (Protocol(60), 181));
    assert_eq!((transport.offset(), transport.ports()), (48, Ok(None)));
}

#[test]
fn headers_that_hide_what_follows_end_the_walk() {
    // ESP, no next header, and the numbers for experiments, whose form is not given.
    for kind in [50, 59, 253, 254] {
        let mut quote = ipv6(kind);
        quote.extend([17, 0, 0, 0, 0, 0, 0, 0]);
        let transport = Quote::parse(&quote).unwrap().transport().unwrap();
        assert_eq!((transport.protocol(), transport.offset()), (Protocol(kind), 40));
        assert_eq!(transport.ports(), Ok(None));
    }
}

#[test]
fn the_version_of_the_quote_decides_and_not_that_of_the_message() {
    // Translators have been seen to quote the datagram of the other side.
    let mut bytes = vec![3, 3, 0, 0, 0, 0, 0, 0];
    bytes.extend(&PORT_UNREACHABLE_V6[8..]);
    let quote = v4(&bytes);
    assert_eq!((quote.source(), quote.offset()), (ip("2001:db8::d6"), 8));
}

#[test]
fn a_quote_by_itself_reads_like_one_in_a_message() {
    let inside = v4(&PORT_UNREACHABLE);
    let alone = Quote::parse(&PORT_UNREACHABLE[8..]).unwrap();
    assert_eq!(inside, alone);
    assert_eq!(alone.transport().unwrap().offset(), 20);
}

#[test]
fn code_points_say_their_name_or_their_number() {
    assert_eq!(v4::UnreachableCode(3).to_string(), "Port Unreachable");
    assert_eq!(v4::UnreachableCode(99).to_string(), "99");
    assert_eq!(format!("{:?}", v6::UnreachableCode(99)), "UnreachableCode(99)");
    assert_eq!(v4::Type(3).to_string(), "Destination Unreachable");
    assert_eq!(v6::Type(1).to_string(), "Destination Unreachable");
    assert_eq!(v6::Type(128).to_string(), "128");
    assert_eq!(Protocol(17).to_string(), "UDP");
    assert_eq!(format!("{:?}", Protocol(99)), "Protocol(99)");
}

#[test]
fn code_points_survive_a_round_trip() {
    fn check<T: From<u8> + Copy + core::fmt::Display + core::fmt::Debug>(
        ty: &str,
        name: fn(T) -> Option<&'static str>,
    ) where
        u8: From<T>,
    {
        for number in 0..=u8::MAX {
            let value = T::from(number);
            assert_eq!(u8::from(value), number);
            let text = name(value).map_or(number.to_string(), str::to_owned);
            assert_eq!(value.to_string(), text);
            assert_eq!(format!("{value:?}"), format!("{ty}({text})"));
        }
    }
    check("Type", v4::Type::name);
    check("UnreachableCode", v4::UnreachableCode::name);
    check("RedirectCode", v4::RedirectCode::name);
    check("TimeExceededCode", v4::TimeExceededCode::name);
    check("ParameterProblemCode", v4::ParameterProblemCode::name);
    check("Type", v6::Type::name);
    check("UnreachableCode", v6::UnreachableCode::name);
    check("TimeExceededCode", v6::TimeExceededCode::name);
    check("ParameterProblemCode", v6::ParameterProblemCode::name);
    check("Protocol", Protocol::name);
    check("Class", icmp_wire::Class::name);
    check("InterfaceRole", icmp_wire::InterfaceRole::name);
}

#[test]
fn debug_shows_fields_and_no_dump_of_bytes() {
    let text = format!("{:?}", v4::Message::parse(&PORT_UNREACHABLE).unwrap());
    assert!(text.contains("source: 198.51.100.23, destination: 192.0.2.10"), "{text}");
    assert!(text.contains("Ports { source: 56697, destination: 161 }"), "{text}");
    assert!(!text.contains("[48, 38, 2, 1"), "{text}");
    let text = format!("{:?}", v6::Message::parse(&PORT_UNREACHABLE_V6).unwrap());
    assert!(text.contains("source: 2001:db8::d6, destination: 2001:db8::a"), "{text}");
    let text = format!("{:?}", v4::Build::from(v4::Message::parse(&PORT_UNREACHABLE).unwrap()));
    assert!(text.contains("datagram_len: 68"), "{text}");
    let text = format!("{:?}", v6::Build::from(v6::Message::parse(&PORT_UNREACHABLE_V6).unwrap()));
    assert!(text.contains("datagram_len: 48"), "{text}");
}

/// Equal values hash the same, and different ones, as a rule, do not.
fn check_equality<T: Eq + core::hash::Hash + core::fmt::Debug>(value: &T, same: &T, other: &T) {
    use core::hash::{BuildHasher, BuildHasherDefault};
    let hasher = BuildHasherDefault::<std::hash::DefaultHasher>::default();
    assert_eq!((value, hasher.hash_one(value)), (same, hasher.hash_one(same)));
    assert_ne!(value, other);
    assert_ne!(hasher.hash_one(value), hasher.hash_one(other));
}

#[test]
fn views_are_equal_if_their_bytes_are() {
    let copy = PORT_UNREACHABLE;
    let mut other = PORT_UNREACHABLE;
    other[75] ^= 1; // The last byte of the payload.
    let message = |bytes| v4::Message::parse(bytes).unwrap();
    check_equality(&message(&PORT_UNREACHABLE), &message(&copy), &message(&other));
    check_equality(&v4(&PORT_UNREACHABLE), &v4(&copy), &v4(&other));
    let transport = |bytes| v4(bytes).transport().unwrap();
    check_equality(&transport(&PORT_UNREACHABLE), &transport(&copy), &transport(&other));
    let copy = PORT_UNREACHABLE_V6;
    let mut other = PORT_UNREACHABLE_V6;
    other[55] ^= 1;
    let message = |bytes| v6::Message::parse(bytes).unwrap();
    check_equality(&message(&PORT_UNREACHABLE_V6), &message(&copy), &message(&other));
}

#[test]
fn views_are_copied_shared_and_compared() {
    fn assert_bounds<T: Copy + Eq + core::hash::Hash + core::fmt::Debug + Send + Sync>() {}
    assert_bounds::<v4::Message<'_>>();
    assert_bounds::<v4::Body>();
    assert_bounds::<v6::Message<'_>>();
    assert_bounds::<v6::Body>();
    assert_bounds::<icmp_wire::Transport<'_>>();
    assert_bounds::<Quote<'_>>();
    let mut other = PORT_UNREACHABLE;
    other[2] ^= 1;
    let message = v4::Message::parse(&PORT_UNREACHABLE).unwrap();
    assert_ne!(message, v4::Message::parse(&other).unwrap(), "the checksum differs");
    assert_eq!(v4(&PORT_UNREACHABLE), v4(&other), "the quote does not");
}

#[test]
fn what_a_view_borrows_outlives_the_view() {
    fn quoted(bytes: &[u8]) -> Result<&[u8], ErrorKind> {
        let quote = Quote::parse(bytes).map_err(|error| error.kind())?;
        Ok(quote.transport().map_err(|error| error.kind())?.as_bytes())
    }
    assert_eq!(quoted(&PORT_UNREACHABLE[8..]), Ok(&PORT_UNREACHABLE[28..]));
}
