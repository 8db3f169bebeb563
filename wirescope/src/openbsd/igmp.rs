//! What OpenBSD's tcpdump says of IGMP (print-ip.c 1.40).

use crate::{line::Line, network::v4_at};
use std::net::Ipv4Addr;

/// Writes a message that is `len` bytes long by the IP header.
pub(super) fn message(line: &mut Line, message: &[u8], len: usize) {
    let (Some(ty), Some(group)) = (message.first(), v4_at(message, 4)) else {
        line.text("[|igmp]");
        return;
    };
    match ty {
        0x11 if group == Ipv4Addr::UNSPECIFIED => line.text("igmp query"),
        0x11 => line.text("igmp query [gaddr ").address(group.into()).text("]"),
        0x12 => line.text("igmp report ").address(group.into()),
        0x16 => line.text("igmp nreport ").address(group.into()),
        0x17 => line.text("igmp leave ").address(group.into()),
        // It goes on with what these four carry.
        0x13 => line.text("igmp dvmrp"),
        0x14 => line.text("igmp pim"),
        0x1e => line.text("mresp"),
        0x1f => line.text("mtrace"),
        _ => line.text("igmp-").number(ty & 0x0f),
    };
    if matches!(ty, 0x11 | 0x12) && len != 8 {
        line.text(" [len ").number(len).text("]");
    }
    if ty >> 4 != 1 {
        line.text(" [v").number(ty >> 4).text("]");
    }
    if message.len() < len {
        line.text("[|igmp]");
    }
}
