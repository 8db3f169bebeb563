//! What an error quotes.

use crate::call::{Sink, call, show};
use core::{fmt::Debug, hash::Hash};

/// The head of a UDP datagram over IPv4.
const QUOTE: [u8; 28] = [
    0x45, 0, 0x05, 0xd4, 0, 1, 0x40, 0, 64, 17, 0xb0, 0x37, 192, 0, 2, 214, 192, 0, 2, 10, 0xc3,
    0x50, 0x08, 0x07, 0x05, 0xc0, 0, 0,
];

pub fn prove() {
    let Ok(quote) = call(icmp_wire::Quote::parse, &QUOTE[..]) else { return };
    self::quote(quote);
}

pub fn quote(quote: icmp_wire::Quote<'_>) {
    call(icmp_wire::Quote::source, &quote);
    call(icmp_wire::Quote::destination, &quote);
    call(icmp_wire::Quote::declared_len, &quote);
    call(icmp_wire::Quote::hop_limit, &quote);
    call(icmp_wire::Quote::protocol, &quote);
    call(icmp_wire::Quote::identification, &quote);
    call(icmp_wire::Quote::header_checksum_status, &quote);
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
    call(icmp_wire::Transport::query, &transport);
    call(icmp_wire::Transport::tcp_sequence, &transport);
    call(icmp_wire::Transport::as_bytes, &transport);
    call(icmp_wire::Transport::offset, &transport);
    call(|(a, b)| <icmp_wire::Transport as PartialEq>::eq(a, b), (&transport, &transport));
    call(|view| <icmp_wire::Transport as Hash>::hash(view, &mut Sink), &transport);
    show(<icmp_wire::Transport as Debug>::fmt, &transport);
}
