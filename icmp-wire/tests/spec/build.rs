//! Messages that are written.

use crate::{
    PORT_UNREACHABLE, PORT_UNREACHABLE_V6, checksum,
    extension::{quote, structure},
};
use core::num::NonZeroU16;
use hex_literal::hex;
use icmp_wire::{
    Checksum, Class, ErrorKind, Evidence, Object, v4,
    v6::{self, UnreachableCode},
};

const CODE: v4::UnreachableCode = v4::UnreachableCode::PORT_UNREACHABLE;
const UNREACHABLE: v4::Body = v4::Body::Unreachable { code: CODE, next_hop_mtu: None };

#[test]
fn a_kernels_message_is_written_byte_for_byte() {
    let mut out = [0; 76];
    let build = v4::Build::new(UNREACHABLE, &PORT_UNREACHABLE[8..]);
    assert_eq!(build.encode(&mut out), Ok(76));
    assert_eq!(out, PORT_UNREACHABLE);

    let mut out = [0; 56];
    let body = v6::Body::Unreachable { code: UnreachableCode::PORT_UNREACHABLE };
    let build = v6::Build::new(body, &PORT_UNREACHABLE_V6[8..]);
    let (router, sender) = ("2001:db8::a".parse().unwrap(), "2001:db8::d6".parse().unwrap());
    assert_eq!(build.encode(router, sender, &mut out), Ok(56));
    assert_eq!(out, PORT_UNREACHABLE_V6);
}

#[test]
fn every_body_is_written_and_read_back() {
    let bodies = [
        v4::Body::Unreachable {
            code: v4::UnreachableCode::FRAGMENTATION_NEEDED,
            next_hop_mtu: NonZeroU16::new(1280),
        },
        v4::Body::SourceQuench,
        v4::Body::Redirect { code: v4::RedirectCode::HOST, gateway: [192, 0, 2, 1].into() },
        v4::Body::TimeExceeded { code: v4::TimeExceededCode::REASSEMBLY },
        v4::Body::ParameterProblem { code: v4::ParameterProblemCode::POINTER, pointer: 20 },
        v4::Body::Other { ty: v4::Type(8), code: 0, rest: [1, 2, 3, 4] },
    ];
    // RFC 792: type, code, and the second half of the header.
    let headers = [
        hex!("0304 0000 0500"),
        hex!("0400 0000 0000"),
        hex!("0501 c000 0201"),
        hex!("0b01 0000 0000"),
        hex!("0c00 1400 0000"),
        hex!("0800 0102 0304"),
    ];
    for (body, header) in bodies.into_iter().zip(headers) {
        let mut out = [0xff; 64];
        let len = v4::Build::new(body, &quote(28, 0)).encode(&mut out).unwrap();
        assert_eq!((&out[..2], &out[4..8]), (&header[..2], &header[2..]));
        let message = v4::Message::parse(&out[..len]).unwrap();
        assert_eq!((message.body(), message.payload()), (body, &quote(28, 0)[..]));
        assert_eq!(message.checksum_status(len), Checksum::Valid);
        assert_eq!(checksum::naive(&out[..len]), 0);
    }
}

#[test]
fn every_v6_body_is_written_and_read_back() {
    let bodies = [
        v6::Body::Unreachable { code: UnreachableCode::NO_ROUTE },
        v6::Body::PacketTooBig { mtu: 1280 },
        v6::Body::TimeExceeded { code: v6::TimeExceededCode::IN_TRANSIT },
        v6::Body::ParameterProblem { code: v6::ParameterProblemCode::NEXT_HEADER, pointer: 40 },
        v6::Body::Other { ty: v6::Type(128), code: 0, rest: [1, 2, 3, 4] },
    ];
    // RFC 4443 §3.
    let headers = [
        hex!("0100 0000 0000"),
        hex!("0200 0000 0500"),
        hex!("0300 0000 0000"),
        hex!("0401 0000 0028"),
        hex!("8000 0102 0304"),
    ];
    let (source, destination) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
    for (body, header) in bodies.into_iter().zip(headers) {
        let mut out = [0xff; 64];
        let build = v6::Build::new(body, &PORT_UNREACHABLE_V6[8..56]);
        let len = build.encode(source, destination, &mut out).unwrap();
        assert_eq!((&out[..2], &out[4..8]), (&header[..2], &header[2..]));
        let message = v6::Message::parse(&out[..len]).unwrap();
        assert_eq!(message.body(), body);
        assert_eq!(message.checksum_status(source, destination, len), Checksum::Valid);
    }
}

#[test]
fn the_quote_is_cut_to_what_the_rfcs_allow() {
    let datagram = quote(1500, 0xaa);
    // RFC 1812 §4.3.2.3: the IPv4 datagram is of at most 576 bytes, 20 of them the header.
    assert_eq!(v4::Build::new(UNREACHABLE, &datagram).encoded_len(), 576 - 20);
    // RFC 4443 §2.4 (c): the minimum IPv6 MTU, 40 of it the header.
    let body = v6::Body::PacketTooBig { mtu: 1280 };
    assert_eq!(v6::Build::new(body, &datagram).encoded_len(), 1280 - 40);
    // RFC 792: the header and 64 bits.
    let mut build = v4::Build::new(UNREACHABLE, &datagram);
    build.max_len = 8 + 28;
    assert_eq!(build.encoded_len(), 36);
}

#[test]
fn a_short_quote_in_front_of_objects_is_padded_to_128() {
    let mut objects = [0; 8];
    Object::new(Class::MPLS_LABEL_STACK, 1, &[0; 4]).encode(&mut objects).unwrap();
    let datagram = quote(28, 0);
    let mut build = v4::Build::new(UNREACHABLE, &datagram);
    build.objects = &objects;
    let mut out = [0xff; 200];
    let len = build.encode(&mut out).unwrap();
    assert_eq!((len, build.encoded_len(), out[5]), (8 + 128 + 12, 8 + 128 + 12, 32));
    assert_eq!(out[8..36], datagram);
    assert_eq!(out[36..136], [0; 100]);
    assert_eq!(out[136..len], structure(&objects));
    let message = v4::Message::parse(&out[..len]).unwrap();
    assert_eq!(message.extensions().unwrap().evidence(), Evidence::Compliant);
    assert_eq!(message.checksum_status(len), Checksum::Valid);
}

#[test]
fn a_long_quote_in_front_of_objects_is_a_whole_number_of_words() {
    let objects = Object::new(Class(250), 1, &[7; 8]);
    let mut bytes = [0; 12];
    objects.encode(&mut bytes).unwrap();
    for len in 125..600 {
        let datagram = quote(len, 0xaa);
        let mut build = v4::Build::new(UNREACHABLE, &datagram);
        build.objects = &bytes;
        let mut out = [0; 600];
        let written = build.encode(&mut out).unwrap();
        assert!(written <= v4::Build::MAX_LEN, "{len}");
        let message = v4::Message::parse(&out[..written]).unwrap();
        let quoted = message.original_datagram();
        assert_eq!((quoted.len() % 4, quoted.len()), (0, usize::from(out[5]) * 4));
        assert!(quoted.len() >= 128 && quoted.len() + 3 >= len.min(556 - 8 - 16), "{len}");
        assert_eq!(message.extensions().unwrap().objects().next().unwrap().data(), [7; 8]);
    }
}

#[test]
fn a_v6_message_with_objects_counts_words_of_64_bits() {
    let (source, destination) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
    let objects = hex!("0008 0101 03e8 1101");
    for len in [0, 60, 128, 129, 1500] {
        let datagram = quote(len.max(28), 0xaa);
        let body = v6::Body::TimeExceeded { code: v6::TimeExceededCode::IN_TRANSIT };
        let mut build = v6::Build::new(body, &datagram);
        build.objects = &objects;
        let mut out = [0; 1300];
        let written = build.encode(source, destination, &mut out).unwrap();
        assert!(written <= v6::Build::MAX_LEN);
        let message = v6::Message::parse(&out[..written]).unwrap();
        let quoted = message.original_datagram().len();
        assert_eq!((quoted % 8, quoted), (0, usize::from(out[4]) * 8), "{len}");
        assert_eq!(message.checksum_status(source, destination, written), Checksum::Valid);
        let again = v6::Build::from(message);
        let mut copy = [0; 1300];
        assert_eq!(again.encode(source, destination, &mut copy), Ok(written));
        assert_eq!(copy, out);
    }
    let mut build = v6::Build::new(v6::Body::PacketTooBig { mtu: 1280 }, &[]);
    build.objects = &objects;
    let error = build.encode(source, destination, &mut [0; 200]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue { found: 2 });
}

#[test]
fn the_length_field_limits_a_quote_in_front_of_objects() {
    let datagram = quote(5000, 0xaa);
    let mut out = [0; 5100];
    let mut build = v4::Build::new(UNREACHABLE, &datagram);
    (build.objects, build.max_len) = (&[0, 4, 250, 1], usize::MAX);
    assert_eq!(build.encode(&mut out), Ok(8 + 255 * 4 + 8));
    let body = v6::Body::Unreachable { code: UnreachableCode::NO_ROUTE };
    let mut build = v6::Build::new(body, &datagram);
    (build.objects, build.max_len) = (&[0, 4, 250, 1], usize::MAX);
    assert_eq!(build.encoded_len(), 8 + 255 * 8 + 8);
}

#[test]
fn header_fields_stand_beside_the_length_of_the_quote() {
    let mut out = [0; 200];
    for (body, header) in [
        (
            v4::Body::Unreachable {
                code: v4::UnreachableCode::FRAGMENTATION_NEEDED,
                next_hop_mtu: NonZeroU16::new(1280),
            },
            hex!("0020 0500"),
        ),
        (
            v4::Body::ParameterProblem { code: v4::ParameterProblemCode::POINTER, pointer: 20 },
            hex!("1420 0000"),
        ),
    ] {
        let datagram = quote(28, 0);
        let mut build = v4::Build::new(body, &datagram);
        build.objects = &[0, 4, 250, 1];
        build.encode(&mut out).unwrap();
        assert_eq!(out[4..8], header);
    }
}

#[test]
fn what_carries_no_meaning_is_not_written() {
    let body = v4::Body::Unreachable { code: CODE, next_hop_mtu: NonZeroU16::new(1280) };
    let mut out = [0xff; 8];
    v4::Build::new(body, &[]).encode(&mut out).unwrap();
    assert_eq!(out[4..], [0; 4], "the field is unused for other codes");
}

#[test]
fn what_is_no_quote_is_not_cut() {
    let payload = [7; 1400];
    let echo = v4::Body::Other { ty: v4::Type(8), code: 0, rest: [0; 4] };
    assert_eq!(v4::Build::new(echo, &payload).encoded_len(), 1408);
    let echo = v6::Body::Other { ty: v6::Type(128), code: 0, rest: [0; 4] };
    assert_eq!(v6::Build::new(echo, &payload).encoded_len(), 1408);
}

#[test]
fn a_message_taken_apart_is_written_the_same() {
    let mut out = [0; 1300];
    for (length, parts) in [
        (0, vec![quote(28, 0xaa)]),
        (0, vec![quote(548, 0xaa)]),
        (32, vec![quote(128, 0xaa), structure(&hex!("0008 0101 03e8 1101"))]),
        (40, vec![quote(160, 0xaa), structure(&hex!("0008 0101 03e8 1101 0005 ff00 01"))]),
    ] {
        let mut bytes = crate::extension::v4(length, &[&parts.concat()]);
        let sum = checksum::naive(&bytes);
        bytes[2..4].copy_from_slice(&sum.to_be_bytes());
        let build = v4::Build::from(v4::Message::parse(&bytes).unwrap());
        let written = build.encode(&mut out).unwrap();
        assert_eq!(out[..written], bytes);
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    let datagram = quote(28, 0);
    let mut build = v4::Build::new(UNREACHABLE, &datagram);
    let error = build.encode(&mut [0; 35]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: 36, available: 35 });

    build.objects = &[0, 3, 1, 1];
    let error = build.encode(&mut [0; 200]).unwrap_err();
    assert_eq!(error.to_string(), "extension object at byte 0: invalid length 3");

    build.objects = &[0, 8, 1, 1, 0];
    let error = build.encode(&mut [0; 200]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated { needed: 8, available: 5 });

    build.objects = &[0, 4, 1, 1];
    build.body = v4::Body::SourceQuench;
    let error = build.encode(&mut [0; 200]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidValue { found: 4 });

    let data = vec![0; 65_532];
    let error = Object::new(Class(1), 1, &data).encode(&mut vec![0; 65_536]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLength { found: 65_536 });
    let error = Object::new(Class(1), 1, &[0; 4]).encode(&mut [0; 7]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: 8, available: 7 });
}
