//! Messages of ICMPv6.

use crate::call::{Sink, call};
use core::{hash::Hash, net::Ipv6Addr};

/// Destination unreachable, long enough for an extension structure.
const MESSAGE: [u8; 160] = {
    let mut message = [0; 160];
    message[0] = 1;
    message[8] = 0x60;
    message[136] = 0x20;
    message
};

const ADDRESS: Ipv6Addr = Ipv6Addr::LOCALHOST;

pub fn prove() {
    let Ok(message) = call(icmp_wire::v6::Message::parse, &MESSAGE[..]) else { return };
    call(icmp_wire::v6::Message::ty, &message);
    call(icmp_wire::v6::Message::code, &message);
    call(icmp_wire::v6::Message::code_name, &message);
    call(icmp_wire::v6::Message::checksum, &message);
    call(
        |(message, source, destination, len)| {
            icmp_wire::v6::Message::checksum_status(message, source, destination, len)
        },
        (&message, ADDRESS, ADDRESS, 36),
    );
    call(icmp_wire::v6::Message::original_datagram, &message);
    call(icmp_wire::v6::Message::payload, &message);
    call(icmp_wire::v6::Message::as_bytes, &message);
    call(|(a, b)| <icmp_wire::v6::Message as PartialEq>::eq(a, b), (&message, &message));
    call(|message| <icmp_wire::v6::Message as Hash>::hash(message, &mut Sink), &message);

    let body = call(icmp_wire::v6::Message::body, &message);
    call(icmp_wire::v6::Body::severity, body);
    if let Ok(Some(quote)) = call(icmp_wire::v6::Message::quote, &message) {
        super::quote::quote(quote);
    }
    if let Some(extensions) = call(icmp_wire::v6::Message::extensions, &message) {
        super::extension::extensions(extensions);
    }

    let build =
        call(|(body, datagram)| icmp_wire::v6::Build::new(body, datagram), (body, &MESSAGE[8..]));
    call(icmp_wire::v6::Build::encoded_len, &build);
    let mut build = call(<icmp_wire::v6::Build as From<icmp_wire::v6::Message>>::from, message);
    build.objects = &MESSAGE[140..];
    call(
        |(build, source, destination, out)| {
            icmp_wire::v6::Build::encode(build, source, destination, out)
        },
        (&build, ADDRESS, ADDRESS, &mut [0; 600][..]),
    );
}
