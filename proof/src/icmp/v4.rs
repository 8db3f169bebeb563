//! Messages of ICMPv4.

use crate::call::{Sink, call};
use core::hash::Hash;

/// Destination unreachable, long enough for an extension structure.
const MESSAGE: [u8; 160] = {
    let mut message = [0; 160];
    message[0] = 3;
    message[8] = 0x45;
    message[136] = 0x20;
    message
};

pub fn prove() {
    let Ok(message) = call(icmp_wire::v4::Message::parse, &MESSAGE[..]) else { return };
    call(icmp_wire::v4::Message::ty, &message);
    call(icmp_wire::v4::Message::code, &message);
    call(icmp_wire::v4::Message::code_name, &message);
    call(icmp_wire::v4::Message::checksum, &message);
    call(|(message, len)| icmp_wire::v4::Message::checksum_status(message, len), (&message, 36));
    call(icmp_wire::v4::Message::original_datagram, &message);
    call(icmp_wire::v4::Message::payload, &message);
    call(icmp_wire::v4::Message::as_bytes, &message);
    call(|(a, b)| <icmp_wire::v4::Message as PartialEq>::eq(a, b), (&message, &message));
    call(|message| <icmp_wire::v4::Message as Hash>::hash(message, &mut Sink), &message);

    let body = call(icmp_wire::v4::Message::body, &message);
    call(icmp_wire::v4::Body::severity, body);
    if let Ok(Some(quote)) = call(icmp_wire::v4::Message::quote, &message) {
        super::quote::quote(quote);
    }
    if let Some(extensions) = call(icmp_wire::v4::Message::extensions, &message) {
        super::extension::extensions(extensions);
    }

    let build =
        call(|(body, datagram)| icmp_wire::v4::Build::new(body, datagram), (body, &MESSAGE[8..]));
    call(icmp_wire::v4::Build::encoded_len, &build);
    let mut build = call(<icmp_wire::v4::Build as From<icmp_wire::v4::Message>>::from, message);
    build.objects = &MESSAGE[140..];
    call(|(build, out)| icmp_wire::v4::Build::encode(build, out), (&build, &mut [0; 600][..]));
}
