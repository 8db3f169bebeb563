//! Every public function of `icmp_wire`.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
};

/// Port unreachable, quoting UDP over IPv4.
const V4: [u8; 36] = [
    3, 3, 0x5f, 0x0c, 0, 0, 0, 0, 0x45, 0, 0x05, 0xd4, 0, 1, 0x40, 0, 64, 17, 0xb0, 0x37, 192, 0,
    2, 214, 192, 0, 2, 10, 0xc3, 0x50, 0x08, 0x07, 0x05, 0xc0, 0, 0,
];

/// Port unreachable, quoting UDP behind hop-by-hop options over IPv6.
const V6: [u8; 64] = [
    1, 4, 0, 0, 0, 0, 0, 0, 0x60, 0, 0, 0, 0, 16, 0, 64, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 1, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 17, 0, 1, 4, 0, 0, 0,
    0, 0xc3, 0x50, 0x08, 0x07, 0, 8, 0, 0,
];

pub fn prove() {
    v4();
    v6();
    protocol();
    if let Ok(quote) = call(icmp_wire::Quote::parse, &V4[8..]) {
        self::quote(quote);
    }
}

fn v4() {
    let ty = call(<icmp_wire::v4::Type as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::Type>>::from, ty);
    call(icmp_wire::v4::Type::name, ty);
    show(<icmp_wire::v4::Type as Display>::fmt, &ty);
    show(<icmp_wire::v4::Type as Debug>::fmt, &ty);

    let code = call(<icmp_wire::v4::UnreachableCode as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::UnreachableCode>>::from, code);
    call(icmp_wire::v4::UnreachableCode::name, code);
    show(<icmp_wire::v4::UnreachableCode as Display>::fmt, &code);
    show(<icmp_wire::v4::UnreachableCode as Debug>::fmt, &code);

    let Ok(message) = call(icmp_wire::v4::Message::parse, &V4[..]) else { return };
    call(icmp_wire::v4::Message::ty, &message);
    call(icmp_wire::v4::Message::code, &message);
    call(icmp_wire::v4::Message::code_name, &message);
    call(icmp_wire::v4::Message::checksum, &message);
    call(icmp_wire::v4::Message::payload, &message);
    call(|(a, b)| <icmp_wire::v4::Message as PartialEq>::eq(a, b), (&message, &message));
    call(|message| <icmp_wire::v4::Message as Hash>::hash(message, &mut Sink), &message);

    let body = call(icmp_wire::v4::Message::body, &message);
    let icmp_wire::v4::Body::Unreachable(unreachable) = body else { return };
    call(icmp_wire::v4::Unreachable::code, &unreachable);
    call(icmp_wire::v4::Unreachable::next_hop_mtu, &unreachable);
    if let Ok(quote) = call(icmp_wire::v4::Unreachable::quote, &unreachable) {
        self::quote(quote);
    }
}

fn v6() {
    let ty = call(<icmp_wire::v6::Type as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::v6::Type>>::from, ty);
    call(icmp_wire::v6::Type::name, ty);
    show(<icmp_wire::v6::Type as Display>::fmt, &ty);
    show(<icmp_wire::v6::Type as Debug>::fmt, &ty);

    let code = call(<icmp_wire::v6::UnreachableCode as From<u8>>::from, 4);
    call(<u8 as From<icmp_wire::v6::UnreachableCode>>::from, code);
    call(icmp_wire::v6::UnreachableCode::name, code);
    show(<icmp_wire::v6::UnreachableCode as Display>::fmt, &code);
    show(<icmp_wire::v6::UnreachableCode as Debug>::fmt, &code);

    let Ok(message) = call(icmp_wire::v6::Message::parse, &V6[..]) else { return };
    call(icmp_wire::v6::Message::ty, &message);
    call(icmp_wire::v6::Message::code, &message);
    call(icmp_wire::v6::Message::code_name, &message);
    call(icmp_wire::v6::Message::checksum, &message);
    call(icmp_wire::v6::Message::payload, &message);
    call(|(a, b)| <icmp_wire::v6::Message as PartialEq>::eq(a, b), (&message, &message));
    call(|message| <icmp_wire::v6::Message as Hash>::hash(message, &mut Sink), &message);

    let body = call(icmp_wire::v6::Message::body, &message);
    let icmp_wire::v6::Body::Unreachable(unreachable) = body else { return };
    call(icmp_wire::v6::Unreachable::code, &unreachable);
    if let Ok(quote) = call(icmp_wire::v6::Unreachable::quote, &unreachable) {
        self::quote(quote);
    }
}

fn quote(quote: icmp_wire::Quote<'_>) {
    call(icmp_wire::Quote::source, &quote);
    call(icmp_wire::Quote::destination, &quote);
    call(icmp_wire::Quote::declared_len, &quote);
    call(icmp_wire::Quote::hop_limit, &quote);
    call(icmp_wire::Quote::as_bytes, &quote);
    call(icmp_wire::Quote::offset, &quote);
    call(icmp_wire::Quote::ports, &quote);
    call(|(a, b)| <icmp_wire::Quote as PartialEq>::eq(a, b), (&quote, &quote));
    call(|quote| <icmp_wire::Quote as Hash>::hash(quote, &mut Sink), &quote);

    let Ok(transport) = call(icmp_wire::Quote::transport, &quote) else { return };
    call(icmp_wire::Transport::protocol, &transport);
    call(icmp_wire::Transport::fragment_offset, &transport);
    call(icmp_wire::Transport::is_later_fragment, &transport);
    call(icmp_wire::Transport::ports, &transport);
    call(icmp_wire::Transport::as_bytes, &transport);
    call(icmp_wire::Transport::offset, &transport);
    show(<icmp_wire::Transport as Debug>::fmt, &transport);
}

fn protocol() {
    let protocol = call(<icmp_wire::Protocol as From<u8>>::from, 17);
    call(<u8 as From<icmp_wire::Protocol>>::from, protocol);
    call(icmp_wire::Protocol::name, protocol);
    call(icmp_wire::Protocol::has_ports, protocol);
    show(<icmp_wire::Protocol as Display>::fmt, &protocol);
    show(<icmp_wire::Protocol as Debug>::fmt, &protocol);
}
