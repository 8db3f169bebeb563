//! What other decoders have got wrong: each test is named after the right answer, and says who gave
//! another one.

use crate::{
    checksum::naive,
    extension::{quote, structure, v4},
    ip,
};
use hex_literal::hex;
use icmp_wire::{
    Checksum, ErrorKind, Evidence, Label, ObjectBody, Objects, Ports, Protocol, Quote, checksum,
    v4::{self, Body},
    v6,
};

const LABEL: [u8; 8] = hex!("0008 0101 03e8 1101");

fn extensions(bytes: &[u8]) -> Option<icmp_wire::Extensions<'_>> {
    v4::Message::parse(bytes).unwrap().extensions()
}

fn first_label(bytes: &[u8]) -> Option<Label> {
    match extensions(bytes)?.objects().next()?.body() {
        Ok(ObjectBody::LabelStack(stack)) => stack.labels().next(),
        _ => None,
    }
}

#[test]
fn a_quote_of_28_bytes_of_1500_is_read() {
    // smoltcp rejects every IPv4 quote that is shorter than its total length (smoltcp#16).
    for (protocol, words) in [(6, 5), (17, 5), (17, 7)] {
        let mut bytes = quote(usize::from(words) * 4, 1);
        (bytes[0], bytes[9]) = (0x40 | words, protocol);
        bytes.extend(hex!("c350 0807 05c8 0000"));
        let quote = Quote::parse(&bytes).unwrap();
        assert_eq!((quote.declared_len(), quote.as_bytes().len()), (1500, bytes.len()));
        assert_eq!(quote.ports(), Ok(Some(Ports { source: 50000, destination: 2055 })));
    }
}

#[test]
fn eight_bytes_of_tcp_have_ports_and_a_sequence_number() {
    // etherparse wants 20 bytes of TCP, and shows no transport; so do pnet and trippy.
    let mut bytes = quote(20, 0);
    bytes[9] = 6;
    bytes.extend(hex!("d431 0016 8badf00d"));
    let transport = Quote::parse(&bytes).unwrap().transport().unwrap();
    assert_eq!(transport.ports(), Ok(Some(Ports { source: 54321, destination: 22 })));
    assert_eq!(transport.tcp_sequence(), Ok(Some(0x8bad_f00d)));
}

#[test]
fn a_quoted_query_has_an_identifier() {
    // githedgehog/dataplane#932 had to write this view itself.
    for (protocol, ty, is_query) in [
        (1, 8, true),
        (1, 0, true),
        (1, 12, false),
        (1, 13, true),
        (1, 14, true),
        (1, 15, true),
        (1, 16, true),
        (1, 17, true),
        (1, 18, true),
        (1, 19, false),
        (1, 3, false),
        (58, 128, true),
        (58, 129, true),
        (58, 1, false),
        (58, 8, false),
    ] {
        let mut bytes = quote(20, 0);
        bytes[9] = protocol;
        bytes.extend([ty, 0, 0, 0, 0x12, 0x34, 0, 7]);
        let query = Quote::parse(&bytes).unwrap().transport().unwrap().query().unwrap();
        assert_eq!(query.is_some(), is_query, "{protocol} {ty}");
        if let Some(query) = query {
            assert_eq!((query.ty, query.identifier, query.sequence), (ty, 0x1234, 7));
        }
    }
    let transport = |bytes: &[u8]| Quote::parse(bytes).unwrap().transport().unwrap().query();
    assert_eq!(transport(&quote(28, 0)), Ok(None), "UDP");
    for protocol in [1, 6] {
        let mut fragment = quote(28, 8);
        (fragment[7], fragment[9]) = (1, protocol);
        let transport = Quote::parse(&fragment).unwrap().transport().unwrap();
        assert_eq!((transport.query(), transport.tcp_sequence()), (Ok(None), Ok(None)));
    }
}

#[test]
fn a_plain_quote_of_548_bytes_is_no_extension() {
    // trippy-packet cuts it to 128 bytes and takes the rest for a structure, as scapy does.
    let bytes = v4(0, &[&quote(548, 0x20)]);
    assert_eq!(extensions(&bytes), None);
    assert_eq!(v4::Message::parse(&bytes).unwrap().original_datagram().len(), 548);
}

#[test]
fn a_length_in_octets_does_not_lose_the_labels() {
    // Fortinet's routers (trippy#1561): trippy and tshark miss the object.
    let bytes = v4(0x80, &[&quote(128, 0), &hex!("2000 0000"), &LABEL]);
    assert_eq!(extensions(&bytes).unwrap().evidence(), Evidence::Octets);
    assert_eq!(first_label(&bytes).unwrap().label, 16001);
}

#[test]
fn a_checksum_of_zero_means_that_none_was_sent() {
    // tcpdump and libtins drop the structure or call it incorrect; RFC 4884 §7 says what it means.
    for length in [0, 32] {
        let bytes = v4(length, &[&quote(128, 0), &hex!("2000 0000"), &LABEL]);
        let status = extensions(&bytes).unwrap().checksum_status(bytes.len());
        assert_eq!(status, Checksum::NotSent);
    }
}

#[test]
fn every_structure_with_a_right_checksum_is_valid() {
    // libtins adds to a folded sum and truncates: it rejects one structure in two thousand.
    for low in 0..=u16::MAX {
        let [a, b] = low.to_be_bytes();
        let structure = structure(&[0, 8, 1, 1, 0xff, 0xf0, a, b]);
        let extensions = icmp_wire::Extensions::parse(&structure).unwrap();
        let expected = if extensions.checksum() == 0 { Checksum::NotSent } else { Checksum::Valid };
        assert_eq!(extensions.checksum_status(12), expected, "{low:#06x}");
    }
}

#[test]
fn the_length_field_tells_where_the_structure_is() {
    // tcpdump looks at 128 whatever the length says: "Multi-Part extension v0 packet not supported".
    let bytes = v4(40, &[&quote(160, 0), &structure(&LABEL)]);
    assert_eq!(extensions(&bytes).unwrap().offset(), 168);
}

#[test]
fn a_quoted_total_length_above_128_hides_no_structure() {
    // Wireshark wants it to be at most 128 unless a preference is set.
    let bytes = v4(32, &[&quote(128, 0), &structure(&LABEL)]);
    let quote = v4::Message::parse(&bytes).unwrap().quote().unwrap().unwrap();
    assert_eq!(quote.declared_len(), 1500);
    assert_eq!(first_label(&bytes).unwrap().label, 16001);
}

#[test]
fn an_object_ends_where_its_length_says() {
    // trippy's object view yields the whole rest, and panics under 4 bytes.
    let objects = [&LABEL[..], &hex!("0006 fe07 aabb")].concat();
    let data: Vec<&[u8]> = Objects::new(&objects).map(|object| object.data()).collect();
    assert_eq!(data, [&LABEL[4..], &[0xaa, 0xbb]]);
    for length in 0..4 {
        let bytes = [0, length, 1, 1, 9, 9, 9, 9];
        let mut objects = Objects::new(&bytes);
        assert_eq!(objects.next(), None);
        let found = usize::from(length);
        let error = ErrorKind::InvalidLength { found }.at("extension object", 0);
        assert_eq!((objects.error(), objects.remainder().len()), (Some(error), 8));
        assert_eq!(objects.next(), None, "a length of 0 once looped forever (tcpdump 196bff5)");
    }
}

#[test]
fn the_v6_length_is_another_byte_and_another_unit() {
    // ttl read byte 5 in units of 4 for both families; scapy never sets it.
    let bytes = [&[1, 4, 0, 0, 16, 0, 0, 0][..], &quote(128, 0), &structure(&LABEL)].concat();
    let extensions = v6::Message::parse(&bytes).unwrap().extensions().unwrap();
    assert_eq!((extensions.evidence(), extensions.offset()), (Evidence::Compliant, 136));
}

#[test]
fn ipv4_options_are_no_transport_header() {
    // pktparse returns them as one.
    let mut bytes = quote(24, 0x94);
    bytes[0] = 0x46;
    bytes.extend(hex!("c350 0807"));
    assert_eq!(Quote::parse(&bytes).unwrap().ports().unwrap().unwrap().destination, 2055);
}

#[test]
fn an_interface_name_of_a_length_that_cannot_be_ends_the_object() {
    // tcpdump underflowed on 0 (5fefba1), and read on for others (09fd9f02); x/net/icmp sliced out
    // of range (golang#10951).
    for length in (0..=255).filter(|length| *length == 0 || *length > 64 || length % 4 != 0) {
        let object = [&hex!("0048 0202")[..], &[length], &[b'a'; 67]].concat();
        let body = Objects::new(&object).next().unwrap().body();
        let found = usize::from(length);
        let error = ErrorKind::InvalidLength { found }.at("name length", 4);
        assert_eq!(body, Err(error));
    }
    // Longer than what is left of the object.
    let object = hex!("000c 0202 10 61 62 63 64 65 66 67");
    let error = Objects::new(&object).next().unwrap().body().unwrap_err();
    assert_eq!(error.to_string(), "interface information object at byte 0: invalid length 12");
}

#[test]
fn the_newest_codes_have_names() {
    // etherparse knows ICMPv6 codes up to 6.
    for (code, name) in
        [(7, "Error in Source Routing Header"), (8, "Headers too long"), (9, "Error in P-Route")]
    {
        assert_eq!(v6::UnreachableCode(code).name(), Some(name));
    }
}

#[test]
fn a_declared_length_beyond_the_capture_sums_nothing() {
    // CVE-2017-12895 (tcpdump): total lengths of 13911 and 33008 with 204 and 244 bytes captured.
    let bytes = v4(32, &[&quote(128, 0), &structure(&LABEL)]);
    for declared in [13_891, 32_988, usize::MAX] {
        let message = v4::Message::parse(&bytes).unwrap();
        assert_eq!(message.checksum_status(declared), Checksum::Truncated);
        let extensions = message.extensions().unwrap();
        assert_eq!(extensions.checksum_status(declared), Checksum::Truncated);
    }
}

#[test]
fn a_quoted_header_shorter_than_its_length_is_truncated() {
    // CVE-2017-13012, CVE-2018-14462 (tcpdump), CVE-2022-23093 (ping): 40 bytes of options that
    // are not there.
    for words in 0..16 {
        for present in 20..=60 {
            let mut bytes = quote(present, 1);
            bytes[0] = 0x40 | words;
            let found = usize::from(words);
            match Quote::parse(&bytes) {
                Err(error) => {
                    assert!(words < 5);
                    assert_eq!(error.kind(), ErrorKind::InvalidLength { found });
                }
                Ok(quote) => assert_eq!(quote.transport().is_ok(), found * 4 <= present),
            }
        }
    }
}

#[test]
fn an_object_shorter_than_its_c_type_promises_reads_nothing_behind_it() {
    // tcpdump 33040b7: length 6, but index and address announced.
    let message = hex!("2a00 6d63 0000 0000 2000 cccb 0006 020c 1122 deadbeefcafe");
    let structure = icmp_wire::Extensions::parse(&message[8..]).unwrap();
    let mut objects = structure.objects();
    let object = objects.next().unwrap();
    assert_eq!(object.data(), [0x11, 0x22]);
    let error = ErrorKind::InvalidLength { found: 6 }.at("interface information object", 4);
    assert_eq!(object.body(), Err(error));
    assert_eq!(objects.next(), None);
    assert_eq!(
        objects.error().unwrap().kind(),
        ErrorKind::Truncated { needed: 0xdead, available: 6 }
    );
}

#[test]
fn messages_that_are_no_errors_quote_nothing() {
    // Router advertisements with 0 addresses (tcpdump 2b4a3e6), neighbor discovery options of
    // length 32 and more (pnet_packet panics on these 18 bytes), types 49 and 255.
    let advertisement = hex!("0900 f6ff 0000 0708");
    let neighbor = hex!("0d4e6833ffff0000a01100588e2bffff1838");
    for bytes in [&advertisement[..], &neighbor, &[49; 8], &[255; 8]] {
        let message = v4::Message::parse(bytes).unwrap();
        assert_eq!((message.quote(), message.extensions()), (Ok(None), None));
        assert!(matches!(message.body(), Body::Other { .. }));
        assert_eq!(message.body().severity(), None);
    }
    for ty in [49, 255] {
        for len in 0..8 {
            assert!(v4::Message::parse(&vec![ty; len]).is_err(), "icmp_print-oobr-1 and -2");
        }
    }
}

#[test]
fn an_extended_echo_with_missing_bytes_says_what_is_missing() {
    // RFC 8335, 15 bytes of it, the Local bit set (tcpdump, icmp-rfc8335-missing-bytes).
    let message = hex!("2a00 ae56 0000 0001 2000 0000 000c 03");
    let message = v4::Message::parse(&message).unwrap();
    let mut objects = icmp_wire::Extensions::parse(message.payload()).unwrap().objects();
    assert_eq!(objects.next(), None);
    let error = ErrorKind::Truncated { needed: 4, available: 3 }.at("extension object", 4);
    assert_eq!((objects.error(), objects.remainder()), (Some(error), &[0, 12, 3][..]));
}

#[test]
fn a_v6_error_of_40_bytes_has_too_little_of_a_quote() {
    // smoltcp#808: the check took the header of the message into account as well.
    for len in 40..48 {
        let bytes = [&hex!("0104 0000 0000 0000 60")[..], &vec![0; len - 9]].concat();
        let error = v6::Message::parse(&bytes).unwrap().quote().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated { needed: 40, available: len - 8 });
    }
}

#[test]
fn an_unregistered_protocol_is_a_protocol_without_ports() {
    // CVE-2026-23398 (Linux): fragmentation needed quoting a protocol that nobody registered.
    let mut bytes = [&hex!("0304 0000 0000 05dc")[..], &quote(28, 0)].concat();
    for protocol in [2, 97, 143, 253, 255] {
        bytes[17] = protocol;
        let quote = v4::Message::parse(&bytes).unwrap().quote().unwrap().unwrap();
        assert_eq!(quote.transport().unwrap().protocol(), Protocol(protocol));
        assert_eq!(quote.ports(), Ok(None));
    }
}

#[test]
fn a_chain_in_an_embedded_packet_ends_with_it() {
    // FreeBSD SA-20:31: an ICMPv6 error whose packet has routing and destination options chained.
    let mut bytes = hex!("6000 0000 0018 2b40").to_vec();
    bytes.extend([0x20; 32]);
    bytes.extend(hex!("3c00 0000 0000 0000 3c00 0000 0000 0000 3c01 0000 0000 0000"));
    let error = Quote::parse(&bytes).unwrap().transport().unwrap_err();
    assert_eq!(
        (error.offset(), error.kind()),
        (56, ErrorKind::Truncated { needed: 16, available: 8 })
    );
}

#[test]
fn a_length_field_beyond_the_message_overflows_nothing() {
    // trippy multiplied it in 8 bits (trippy#1287, trippy#1561).
    for length in 0..=u8::MAX {
        for quote_len in [0, 1, 20, 127, 128, 131, 132, 135] {
            let bytes = v4(length, &[&quote(28, 0), &vec![0; quote_len]]);
            assert_eq!(extensions(&bytes), None);
            let bytes = [&[3, 0, 0, 0, length, 0, 0, 0], &bytes[8..]].concat();
            assert_eq!(v6::Message::parse(&bytes).unwrap().extensions(), None);
        }
    }
}

#[test]
fn any_number_of_bytes_can_be_summed() {
    // A mutant of another checksum hung on ff ff, and nothing tested it.
    for bytes in [&[][..], &[0xff], &[0xff; 2], &[0; 3], &[0xff; 65_537]] {
        assert_eq!(checksum(bytes), naive(bytes));
    }
}

#[test]
fn errors_are_hard_or_soft_as_the_rfcs_have_it() {
    // No other crate tells (smoltcp#1071). RFC 1122 §4.2.3.9, RFC 9293 §3.9.2.2, RFC 5461.
    use icmp_wire::Severity::{Hard, Soft};
    let severity =
        |ty, code| v4::Message::parse(&[ty, code, 0, 0, 0, 0, 0, 0]).unwrap().body().severity();
    let unreachable = [Some(Soft), Some(Soft), Some(Hard), Some(Hard), Some(Hard), Some(Soft)];
    for code in 0..=u8::MAX {
        let expected = unreachable.get(usize::from(code)).copied().flatten();
        assert_eq!(severity(3, code), expected, "{code}");
        assert_eq!(severity(4, code), None);
        assert_eq!(severity(5, code), None);
        assert_eq!(severity(11, code), (code < 2).then_some(Soft));
        assert_eq!(severity(12, code), Some(Soft));
    }
    let severity =
        |ty, code| v6::Message::parse(&[ty, code, 0, 0, 0, 0, 0, 0]).unwrap().body().severity();
    let unreachable = [Some(Soft), Some(Hard), None, Some(Soft), Some(Hard)];
    for code in 0..=u8::MAX {
        let expected = unreachable.get(usize::from(code)).copied().flatten();
        assert_eq!(severity(1, code), expected, "{code}");
        assert_eq!(severity(2, code), None);
        assert_eq!(severity(3, code), (code < 2).then_some(Soft));
        assert_eq!(severity(4, code), (code < 3).then_some(Soft));
    }
}

#[test]
fn addresses_of_a_truncated_quote_are_those_of_the_datagram() {
    let quote = quote(20, 0);
    let quote = Quote::parse(&quote).unwrap();
    assert_eq!((quote.source(), quote.destination()), (ip("192.0.2.214"), ip("192.0.2.10")));
    assert_eq!(quote.ports().unwrap_err().kind(), ErrorKind::Truncated { needed: 4, available: 0 });
}
