//! What tcpdump says of IGMP.

use crate::{
    datagram::Datagram,
    line::Line,
    network::{u16_at, u32_at, v4_at},
};
use std::net::Ipv4Addr;

/// Writes a message, up to where it was cut.
pub(super) fn message(line: &mut Line, datagram: &Datagram<'_>) {
    if words(line, datagram.payload, datagram.payload_len).is_none() {
        line.text(" [|igmp]");
    }
}

fn words(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    let ty = *message.first()?;
    match ty {
        0x11 if len >= 12 => query_v3(line, message, len)?,
        0x11 => query(line, message, len)?,
        0x12 | 0x16 | 0x17 => {
            let group = v4_at(message, 4)?;
            line.text(match ty {
                0x12 => "igmp v1 report ",
                0x16 => "igmp v2 report ",
                _ => "igmp leave ",
            });
            line.address(group.into());
            if ty == 0x12 {
                other_len(line, len);
            }
        }
        0x22 => {
            line.text("igmp v3 report");
            if len < 16 || !len.is_multiple_of(4) {
                line.text(" [invalid len ").number(len).text("]");
            } else {
                let records = u16_at(message, 6)?;
                line.text(", ").number(records).text(" group record(s)");
            }
        }
        // tcpdump goes on with what these two carry.
        0x13 => _ = line.text("igmp dvmrp"),
        0x14 => _ = line.text("igmp pimv1"),
        0x1e => route(line, "mresp ", message, len)?,
        0x1f => route(line, "mtrace ", message, len)?,
        _ => _ = line.text("igmp-").number(ty),
    }
    Some(())
}

/// Writes a query of version 1 or 2, RFC 2236 §2.
fn query(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    line.text("igmp query");
    match *message.get(1)? {
        0 => _ = line.text(" v1"),
        // Ten seconds.
        100 => _ = line.text(" v2"),
        time => _ = line.text(" v2 [max resp time ").number(time).text("]"),
    }
    let group = v4_at(message, 4)?;
    if group != Ipv4Addr::UNSPECIFIED {
        line.text(" [gaddr ").address(group.into()).text("]");
    }
    other_len(line, len);
    Some(())
}

/// Writes a query of version 3, RFC 3376 §4.1.
fn query_v3(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    line.text("igmp query v3");
    if !len.is_multiple_of(4) {
        line.text(" [invalid len ").number(len).text("]");
        return Some(());
    }
    let code = *message.get(1)?;
    if code != 100 {
        line.text(" [max resp time ");
        response_time(line, code);
        line.text("]");
    }
    let group = v4_at(message, 4)?;
    if group == Ipv4Addr::UNSPECIFIED {
        return Some(());
    }
    line.text(" [gaddr ").address(group.into());
    let sources = u16_at(message, 10)?;
    if len < usize::from(sources).saturating_mul(4).saturating_add(12) {
        line.text(" [invalid number of sources]");
    } else if sources > 0 {
        line.text(", ").number(sources).text(" source(s)");
    }
    line.text("]");
    Some(())
}

/// Writes what a multicast traceroute asks for: draft-ietf-idmr-traceroute-ipm §4.
fn route(line: &mut Line, name: &str, message: &[u8], len: usize) -> Option<()> {
    if len < 24 {
        line.text(" [invalid len ").number(len).text("]");
        return Some(());
    }
    let (source, destination) = (v4_at(message, 8)?, v4_at(message, 12)?);
    let (response, identifier) = (v4_at(message, 16)?, u32_at(message, 20)?);
    line.text(name).number(identifier & 0xff_ffff).text(": ").address(source.into());
    line.text(" to ").address(destination.into()).text(" reply-to ").address(response.into());
    if response.is_multicast() {
        line.text(" with-ttl ").number(identifier >> 24);
    }
    Some(())
}

/// Writes the time of a code, RFC 3376 §4.1.1: tenths of a second, from 128 on a floating-point value.
fn response_time(line: &mut Line, code: u8) {
    let tenths = match code {
        0..128 => u32::from(code),
        _ => u32::from(code & 0x0f | 0x10) << (u32::from(code >> 4 & 0x07).saturating_add(3)),
    };
    let seconds = tenths / 10;
    if tenths < 600 {
        line.number(seconds).text(".").number(tenths % 10).text("s");
        return;
    }
    line.number(seconds / 60).text("m");
    if seconds % 60 != 0 {
        line.number(seconds % 60).text("s");
    }
}

/// Writes the length of a message of fixed length if it has another.
fn other_len(line: &mut Line, len: usize) {
    if len != 8 {
        line.text(" [len ").number(len).text("]");
    }
}
