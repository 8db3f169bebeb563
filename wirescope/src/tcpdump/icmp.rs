//! What tcpdump says of ICMPv4.

pub(crate) mod error;

use crate::{
    datagram::Datagram,
    line::Line,
    network::{u16_at, u32_at, v4_at},
};
use icmp_wire::v4::Type;

/// Writes all that a message says, or that it was cut: tcpdump says no part of it.
///
/// tcpdump needs no other bytes than it prints: so a cut message can be as good as a whole one.
pub(super) fn message(line: &mut Line, datagram: &Datagram<'_>) {
    let start = line.len();
    line.text("ICMP ");
    match words(line, datagram.payload) {
        Some(()) => line.text(", length ").number(datagram.payload_len),
        None => {
            line.truncate(start);
            line.text(" [|icmp]")
        }
    };
}

fn words(line: &mut Line, message: &[u8]) -> Option<()> {
    let [ty, _] = *message.first_chunk()?;
    match ty {
        _ if Type(ty).quotes() => error::words(line, message)?,
        0 => query(line.text("echo reply, id "), ", seq ", message)?,
        8 => query(line.text("echo request, id "), ", seq ", message)?,
        9 => router_advertisement(line, message)?,
        10 => _ = line.text("router solicitation"),
        13 => query(line.text("time stamp query id "), " seq ", message)?,
        14 => {
            query(line.text("time stamp reply id "), " seq ", message)?;
            time_of_day(line.text(": org "), u32_at(message, 8)?);
            time_of_day(line.text(", recv "), u32_at(message, 12)?);
            time_of_day(line.text(", xmit "), u32_at(message, 16)?);
        }
        15 => _ = line.text("information request"),
        16 => _ = line.text("information reply"),
        17 => _ = line.text("address mask request"),
        18 => {
            let mask = u32_at(message, 8)?.to_be_bytes();
            line.text("address mask is 0x").bytes(&mask);
        }
        _ => _ = line.text("type-#").number(ty),
    }
    Some(())
}

/// Writes the identifier and the sequence number of a query or reply, RFC 792.
fn query(line: &mut Line, between: &str, message: &[u8]) -> Option<()> {
    let (identifier, sequence) = (u16_at(message, 4)?, u16_at(message, 6)?);
    line.number(identifier).text(between).number(sequence);
    Some(())
}

/// Writes a router advertisement, RFC 1256 §3.
pub(crate) fn router_advertisement(line: &mut Line, message: &[u8]) -> Option<()> {
    let [count, entry_len] = *message.get(4..)?.first_chunk()?;
    let lifetime = u32::from(u16_at(message, 6)?);
    line.text("router advertisement lifetime ");
    let (hours, minutes, seconds) = (lifetime / 3_600, lifetime / 60 % 60, lifetime % 60);
    match (hours, minutes) {
        (0, 0) => line.number(seconds),
        (0, _) => line.number(minutes).text(":").padded(seconds, 2),
        _ => line.number(hours).text(":").padded(minutes, 2).text(":").padded(seconds, 2),
    };
    line.text(" ").number(count).text(":");
    if entry_len != 2 {
        line.text(" [size ").number(entry_len).text("]");
        return Some(());
    }
    for at in (8..).step_by(8).take(count.into()) {
        let address = v4_at(message, at)?;
        let preference = u32_at(message, at.saturating_add(4))?;
        line.text(" {").address(address.into()).text(" ").number(preference).text("}");
    }
    Some(())
}

/// Writes milliseconds since midnight as a time of day.
fn time_of_day(line: &mut Line, milliseconds: u32) {
    let seconds = milliseconds / 1_000;
    line.padded(seconds / 3_600, 2).text(":").padded(seconds / 60 % 60, 2);
    line.text(":").padded(seconds % 60, 2).text(".").padded(milliseconds % 1_000, 3);
}
