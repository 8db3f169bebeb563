//! Every public function of `icmp_wire`.

mod code;
mod extension;
mod quote;
mod v4;
mod v6;

use crate::call::{call, show};
use core::fmt::Display;

pub fn prove() {
    code::prove();
    v4::prove();
    v6::prove();
    quote::prove();
    extension::prove();
    call(icmp_wire::checksum, &[1, 2, 3][..]);
    rate_limit();
}

fn rate_limit() {
    let line = &b"Limiting icmp unreach response from 296 to 200 packets/sec"[..];
    let Ok(Some(limited)) = call(icmp_wire::RateLimit::parse, line) else { return };
    show(<icmp_wire::RateLimit as Display>::fmt, &limited);
    call(icmp_wire::Response::name, limited.response);
    show(<icmp_wire::Response as Display>::fmt, &limited.response);
}
