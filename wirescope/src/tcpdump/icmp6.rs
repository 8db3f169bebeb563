//! What tcpdump says of ICMPv6.

mod error;

use crate::{
    datagram::Datagram,
    line::Line,
    network::{u16_at, v6_at},
};

/// Writes what a message says, up to where it was cut.
pub(super) fn message(line: &mut Line, datagram: &Datagram<'_>) {
    let len = datagram.payload_len;
    if len == 0 {
        line.text("ICMP6, length 0 (invalid)");
        return;
    }
    match words(line, datagram.payload, len) {
        Some(()) => line.text(", length ").number(len),
        None => line.text(" [|icmp6]"),
    };
}

fn words(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    let ty = *message.first()?;
    line.text("ICMP6, ");
    match name(ty) {
        Some(name) => line.text(name),
        None => line.text("unknown icmp6 type (").number(ty).text(")"),
    };
    // tcpdump wants to see the code of every message.
    message.get(1)?;
    match ty {
        1..=4 => error::words(line, message)?,
        128 | 129 => {
            let (identifier, sequence) = (u16_at(message, 4)?, u16_at(message, 6)?);
            line.text(", id ").number(identifier).text(", seq ").number(sequence);
        }
        130 if len >= QUERY_V2_LEN => group_and_sources(line.text(" v2"), message, len)?,
        130 if len != LISTENER_LEN => {
            line.text(" unknown-version (len ").number(len).text(") ");
        }
        // There is no space, in tcpdump.
        130..=132 => _ = listener(line, message),
        135 | 136 => {
            let target = v6_at(message, 8)?;
            line.text(if ty == 135 { ", who has " } else { ", tgt is " }).address(target.into());
        }
        137 => {
            let (target, destination) = (v6_at(message, 8)?, v6_at(message, 24)?);
            line.text(", ").address(destination.into()).text(" to ").address(target.into());
        }
        143 if len < 8 => _ = line.text(" [invalid len ").number(len).text("]"),
        143 => {
            let records = u16_at(message, 6)?;
            line.text(", ").number(records).text(" group record(s)");
        }
        144 | 146 => {
            let identifier = u16_at(message, 4)?.to_be_bytes();
            line.text(", id 0x").bytes(&identifier);
        }
        _ => {}
    }
    Some(())
}

const fn name(ty: u8) -> Option<&'static str> {
    Some(match ty {
        1 => "destination unreachable",
        2 => "packet too big",
        3 => "time exceeded in-transit",
        4 => "parameter problem",
        128 => "echo request",
        129 => "echo reply",
        130 => "multicast listener query",
        131 => "multicast listener report",
        132 => "multicast listener done",
        133 => "router solicitation",
        134 => "router advertisement",
        135 => "neighbor solicitation",
        136 => "neighbor advertisement",
        137 => "redirect",
        138 => "router renumbering",
        139 => "node information query",
        140 => "node information reply",
        141 => "inverse neighbor solicitation",
        142 => "inverse neighbor advertisement",
        143 => "multicast listener report v2",
        144 => "ha discovery request",
        145 => "ha discovery reply",
        146 => "mobile router solicitation",
        147 => "mobile router advertisement",
        155 => "RPL",
        200 => "mtrace response",
        201 => "mtrace message",
        _ => return None,
    })
}

/// Writes what is in a message of version 1, RFC 2710 §3; nothing if it was cut.
pub(crate) fn listener<'a>(line: &'a mut Line, message: &[u8]) -> &'a mut Line {
    if let (Some(delay), Some(address)) = (u16_at(message, 4), v6_at(message, 8)) {
        line.text("max resp delay: ").number(delay).text(" addr: ").address(address.into());
    }
    line
}

/// Writes what is in a query of version 2, RFC 3810 §5.1.
pub(crate) fn group_and_sources(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    let address = v6_at(message, 8)?;
    line.text(" [gaddr ").address(address.into());
    let sources = u16_at(message, 26)?;
    if len < usize::from(sources).saturating_mul(16).saturating_add(QUERY_V2_LEN) {
        line.text(" [invalid number of sources]");
    } else if sources > 0 {
        line.text(", ").number(sources).text(" source(s)");
    }
    line.text("]");
    Some(())
}

/// The length of a message of version 1, in bytes.
pub(crate) const LISTENER_LEN: usize = 24;

/// The length of a query of version 2 without sources, in bytes.
pub(crate) const QUERY_V2_LEN: usize = 28;
