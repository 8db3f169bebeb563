//! What is said of bytes that cannot be read.

use hex_literal::hex;
use icmp_wire::{Error, ErrorKind, Extensions, Objects, Quote, v4, v6};
use testkit::icmp::{Family, see};

const IPV4: [u8; 20] = hex!("4500 0044 dcb3 4000 3f11 72a0 c633 6417 c000 020a");

const IPV6: [u8; 40] = hex!(
    "600c 8aae 0008 1140"
    "2001 0db8 0000 0000 0000 0000 0000 00d6"
    "2001 0db8 0000 0000 0000 0000 0000 000a"
);

/// Returns the first error that a reader of all of a v4 message meets.
fn v4_error(bytes: &[u8]) -> Option<Error> {
    let read = || match v4::Message::parse(bytes)?.quote()? {
        Some(quote) => quote.ports(),
        None => Ok(None),
    };
    read().err()
}

/// Returns the first error that a reader of all of a v6 message meets.
fn v6_error(bytes: &[u8]) -> Option<Error> {
    let read = || match v6::Message::parse(bytes)?.quote()? {
        Some(quote) => quote.ports(),
        None => Ok(None),
    };
    read().err()
}

#[test]
fn v4_messages() {
    use ErrorKind::*;
    let header = hex!("0303 0000 0000 0000");
    let quoting = |first: u8, quote: &[u8]| {
        let mut bytes = header.to_vec();
        bytes.extend(quote);
        bytes[8] = first;
        bytes
    };
    let with_options = [&IPV4[..], &[1; 24]].concat();
    let udp = |n: usize| [&IPV4[..], &hex!("c350 0807")[..n]].concat();
    let cases: [(&str, Vec<u8>, ErrorKind, &str, usize); 14] = [
        ("nothing", vec![], Truncated { needed: 8, available: 0 }, "ICMP header", 0),
        ("a type", vec![3], Truncated { needed: 8, available: 1 }, "ICMP header", 0),
        (
            "a cut header",
            header[..7].to_vec(),
            Truncated { needed: 8, available: 7 },
            "ICMP header",
            0,
        ),
        ("no quote", header.to_vec(), Truncated { needed: 1, available: 0 }, "quoted IP header", 8),
        (
            "a cut quote",
            quoting(0x45, &IPV4[..19]),
            Truncated { needed: 20, available: 19 },
            "quoted IPv4 header",
            8,
        ),
        ("version 0", quoting(0x05, &IPV4), UnsupportedVersion { found: 0 }, "quoted IP header", 8),
        ("version 5", quoting(0x55, &IPV4), UnsupportedVersion { found: 5 }, "quoted IP header", 8),
        (
            "version 15",
            quoting(0xf5, &IPV4),
            UnsupportedVersion { found: 15 },
            "quoted IP header",
            8,
        ),
        (
            "a header of 0 words",
            quoting(0x40, &IPV4),
            InvalidLength { found: 0 },
            "quoted IPv4 header length",
            8,
        ),
        (
            "a header of 4 words",
            quoting(0x44, &IPV4),
            InvalidLength { found: 4 },
            "quoted IPv4 header length",
            8,
        ),
        (
            "cut options",
            quoting(0x46, &IPV4),
            Truncated { needed: 24, available: 20 },
            "quoted IPv4 header",
            8,
        ),
        (
            "options cut by a byte",
            quoting(0x4c, &with_options[..44]),
            Truncated { needed: 48, available: 44 },
            "quoted IPv4 header",
            8,
        ),
        (
            "no ports",
            quoting(0x45, &udp(0)),
            Truncated { needed: 4, available: 0 },
            "quoted ports",
            28,
        ),
        (
            "cut ports",
            quoting(0x45, &udp(3)),
            Truncated { needed: 4, available: 3 },
            "quoted ports",
            28,
        ),
    ];
    for (name, bytes, kind, context, offset) in cases {
        assert_eq!(v4_error(&bytes), Some(kind.at(context, offset)), "{name}");
    }
    assert_eq!(v4_error(&quoting(0x45, &udp(4))), None);
}

#[test]
fn v6_messages() {
    use ErrorKind::*;
    let header = hex!("0104 0000 0000 0000");
    let quoting = |next_header: u8, rest: &[u8]| {
        let mut bytes = [&header[..], &IPV6[..], rest].concat();
        bytes[14] = next_header;
        bytes
    };
    let chain = "quoted IPv6 extension header";
    let cases: [(&str, Vec<u8>, ErrorKind, &str, usize); 9] = [
        (
            "a cut header",
            header[..7].to_vec(),
            Truncated { needed: 8, available: 7 },
            "ICMPv6 header",
            0,
        ),
        ("no quote", header.to_vec(), Truncated { needed: 1, available: 0 }, "quoted IP header", 8),
        (
            "a cut quote",
            quoting(17, &[])[..47].to_vec(),
            Truncated { needed: 40, available: 39 },
            "quoted IPv6 header",
            8,
        ),
        (
            "cut ports",
            quoting(17, &[0; 3]),
            Truncated { needed: 4, available: 3 },
            "quoted ports",
            48,
        ),
        ("no extension header", quoting(0, &[]), Truncated { needed: 8, available: 0 }, chain, 48),
        (
            "a cut extension header",
            quoting(60, &[17, 0, 0, 0, 0, 0, 0]),
            Truncated { needed: 8, available: 7 },
            chain,
            48,
        ),
        (
            "a long one, cut by a byte",
            quoting(43, &[[17, 1].as_slice(), &[0; 13]].concat()),
            Truncated { needed: 16, available: 15 },
            chain,
            48,
        ),
        (
            "a cut fragment header",
            quoting(44, &[17, 0, 0, 0]),
            Truncated { needed: 8, available: 4 },
            chain,
            48,
        ),
        (
            "a second one, cut",
            quoting(0, &hex!("3300 0000 0000 0000 1104 0000 0000 0000")),
            Truncated { needed: 24, available: 8 },
            chain,
            56,
        ),
    ];
    for (name, bytes, kind, context, offset) in cases {
        assert_eq!(v6_error(&bytes), Some(kind.at(context, offset)), "{name}");
    }
    assert_eq!(v6_error(&quoting(17, &[0; 4])), None);
}

#[test]
fn quoted_transport_headers() {
    use ErrorKind::*;
    let quoting = |protocol: u8, len: usize| {
        let mut bytes = [&IPV4[..], &[8; 8][..len]].concat();
        bytes[9] = protocol;
        bytes
    };
    for len in 0..8 {
        let truncated = Truncated { needed: 8, available: len };
        let bytes = quoting(1, len);
        let error = Quote::parse(&bytes).unwrap().transport().unwrap().query().unwrap_err();
        assert_eq!(error, truncated.at("quoted ICMP header", 20));
        let bytes = quoting(6, len);
        let error = Quote::parse(&bytes).unwrap().transport().unwrap().tcp_sequence().unwrap_err();
        assert_eq!(error, truncated.at("quoted TCP header", 20));
    }
}

#[test]
fn extension_structures() {
    use ErrorKind::*;
    let cases = [
        (&[][..], Truncated { needed: 4, available: 0 }),
        (&[0x20, 0, 0], Truncated { needed: 4, available: 3 }),
        (&[0x10, 0, 0, 0], UnsupportedVersion { found: 1 }),
        (&[0x30, 0, 0, 0], UnsupportedVersion { found: 3 }),
    ];
    for (bytes, kind) in cases {
        assert_eq!(Extensions::parse(bytes), Err(kind.at("extension structure", 0)));
    }
}

#[test]
fn extension_objects() {
    use ErrorKind::*;
    let information = "interface information object";
    let identification = "interface identification object";
    let node = "node identification object";
    let cases: [(&str, &[u8], ErrorKind, &str, usize); 20] = [
        (
            "a stack and a byte",
            &hex!("0009 0101 03e8 1101 00"),
            InvalidLength { found: 9 },
            "MPLS label stack object",
            0,
        ),
        (
            "a stack cut by a byte",
            &hex!("0007 0101 03e8 11"),
            InvalidLength { found: 7 },
            "MPLS label stack object",
            0,
        ),
        ("no index", &hex!("0004 0208"), InvalidLength { found: 4 }, information, 0),
        ("a cut index", &hex!("0007 0208 0000 00"), InvalidLength { found: 7 }, information, 0),
        (
            "an address without an address",
            &hex!("0008 0204 0001 0000"),
            InvalidLength { found: 8 },
            information,
            0,
        ),
        (
            "an IPv6 address of 12 bytes",
            &hex!("0014 0204 0002 0000 2001 0db8 0000 0000 0000 0000"),
            InvalidLength { found: 20 },
            information,
            0,
        ),
        (
            "an address of no known family",
            &hex!("000c 0204 0003 0000 c000 0201"),
            InvalidValue { found: 3 },
            "address family",
            4,
        ),
        (
            "an address behind an index, of no known family",
            &hex!("0010 020c 0000 0001 4005 0000 0200 5e00"),
            InvalidValue { found: 0x4005 },
            "address family",
            8,
        ),
        ("no name", &hex!("0004 0202"), InvalidLength { found: 4 }, information, 0),
        ("no MTU", &hex!("0004 0201"), InvalidLength { found: 4 }, information, 0),
        (
            "more than was announced",
            &hex!("000c 0208 0000 0001 0000 05dc"),
            TrailingData { remaining: 4 },
            "end of interface information object",
            8,
        ),
        (
            "anything where nothing was announced",
            &hex!("0005 0200 00"),
            TrailingData { remaining: 1 },
            "end of interface information object",
            4,
        ),
        (
            "a cut identification by index",
            &hex!("0007 0302 0000 00"),
            InvalidLength { found: 7 },
            identification,
            0,
        ),
        (
            "a long identification by index",
            &hex!("0009 0302 0000 000f 00"),
            TrailingData { remaining: 1 },
            "end of interface identification object",
            8,
        ),
        (
            "a cut identification by address",
            &hex!("000a 0303 0001 0400 c000"),
            InvalidLength { found: 10 },
            identification,
            0,
        ),
        (
            "an identification by address without one",
            &hex!("0007 0303 0001 04"),
            InvalidLength { found: 7 },
            identification,
            0,
        ),
        (
            "an identification by address, and a word",
            &hex!("0010 0303 0001 0400 c000 0201 0000 0000"),
            InvalidLength { found: 16 },
            identification,
            0,
        ),
        (
            "a node and a byte",
            &hex!("0005 0500 00"),
            TrailingData { remaining: 1 },
            "end of node identification object",
            4,
        ),
        (
            "a cut pointer",
            &hex!("0007 0401 0000 00"),
            InvalidLength { found: 7 },
            "extended information object",
            0,
        ),
        ("a node without its name", &hex!("0004 0502"), InvalidLength { found: 4 }, node, 0),
    ];
    for (name, bytes, kind, context, offset) in cases {
        let body = Objects::new(bytes).next().unwrap().body();
        assert_eq!(body, Err(kind.at(context, offset)), "{name}");
    }
}

#[test]
fn an_object_deep_in_a_message_says_where_it_is() {
    let object = hex!("0005 0200 00");
    let mut bytes =
        [&hex!("0b00 0000 0020 0000")[..], &IPV4, &[0; 108], &hex!("2000 0000")].concat();
    bytes.extend(object);
    let extensions = v4::Message::parse(&bytes).unwrap().extensions().unwrap();
    let error = extensions.objects().next().unwrap().body().unwrap_err();
    assert_eq!(
        error.to_string(),
        "end of interface information object at byte 144: 1 trailing byte"
    );
}

#[test]
fn messages_are_sentences() {
    let cases = [
        (v4_error(&[3, 3, 0]), "ICMP header at byte 0: needed 8 bytes, found 3"),
        (
            v4_error(&hex!("0303 0000 0000 0000")),
            "quoted IP header at byte 8: needed 1 byte, found 0",
        ),
        (
            v4_error(&hex!("0303 0000 0000 0000 55")),
            "quoted IP header at byte 8: unsupported version 5",
        ),
        (
            v4_error(&[&hex!("0303 0000 0000 0000 44")[..], &IPV4[1..]].concat()),
            "quoted IPv4 header length at byte 8: invalid length 4",
        ),
    ];
    for (error, text) in cases {
        assert_eq!(error.unwrap().to_string(), text);
    }
}

#[test]
fn a_quote_by_itself_counts_from_its_own_start() {
    let error = Quote::parse(&IPV4).unwrap().ports().unwrap_err();
    assert_eq!((error.context(), error.offset()), ("quoted ports", 20));
}

#[test]
fn every_prefix_is_truncated_or_parses() {
    let mut chain = [&hex!("0104 0000 0000 0000")[..], &IPV6[..]].concat();
    chain[14] = 0;
    chain.extend(hex!("2b00 0000 0000 0000 3302 0000 0000 0000 0000 0000 0000 0000"));
    chain.extend(hex!("0000 0000 0000 0000 1104 0000 0000 0000"));
    chain.extend([0; 24]);
    let samples = [
        (Family::V4, [&hex!("0303 0000 0000 0000")[..], &IPV4[..], &[0; 8]].concat()),
        (Family::V4, [&hex!("0304 0000 0000 05dc 4f")[..], &IPV4[1..], &[0; 48]].concat()),
        (Family::V6, [&hex!("0104 0000 0000 0000")[..], &IPV6[..], &[0; 8]].concat()),
        (Family::V6, chain),
    ];
    for (family, bytes) in samples {
        for len in 0..=bytes.len() {
            let prefix = &bytes[..len];
            let error = match family {
                Family::V4 => v4_error(prefix),
                Family::V6 => v6_error(prefix),
            };
            if let Some(error) = error {
                assert!(matches!(error.kind(), ErrorKind::Truncated { .. }), "{len}: {error}");
            }
            assert_eq!(see(family, prefix), testkit::icmp::naive::decode(family, prefix));
        }
    }
}
