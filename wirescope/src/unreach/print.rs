//! One line per message, as `tcpdump -n` prints it.

use crate::{datagram::Datagram, line::Line, link::Vlan, tcpdump};

/// Writes the line of one message, without its time.
pub(super) fn line(line: &mut Line, datagram: &Datagram<'_>) {
    link(line, datagram);
    line.text(if datagram.source.is_ipv4() { "IP " } else { "IP6 " });
    tcpdump::datagram(line, datagram);
    line.text("\n");
}

/// Writes what tcpdump tells of a link header: nothing of most, nor of VLANs.
fn link(line: &mut Line, datagram: &Datagram<'_>) {
    let frame = datagram.frame;
    if frame.is_cooked_vlan {
        if let Some(Vlan { inner: Some(_), .. }) = frame.vlan {
            line.text("ethertype 802.1Q, ");
        }
        let ether_type = match (frame.pppoe_session, frame.labels) {
            (Some(_), _) => "PPPoE S",
            (None, [_, ..]) => "MPLS unicast",
            (None, []) if datagram.source.is_ipv4() => "IPv4",
            (None, []) => "IPv6",
        };
        line.text("ethertype ").text(ether_type).text(", ");
    }
    match frame.pppoe_session {
        // tcpdump leaves the session out if its number is 0, and the spaces around it in.
        Some(0) => _ = line.text("PPPoE  "),
        Some(session) => _ = line.text("PPPoE  [ses 0x").hex(session.into()).text("] "),
        None => {}
    }
    if let (entries @ [_, ..], _) = frame.labels.as_chunks() {
        line.text("MPLS");
        for entry in entries {
            // RFC 3032 §2.1: label, traffic class, bottom of stack, time to live.
            let [_, _, flags, time_to_live] = *entry;
            line.text(" (label ").number(u32::from_be_bytes(*entry) >> 12);
            line.text(", tc ").number(flags >> 1 & 7);
            line.text(if flags & 1 == 0 { ", ttl " } else { ", [S], ttl " });
            line.number(time_to_live).text(")");
        }
        line.text(" ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        composed::{PORTS, icmp, v4},
        link::Frame,
    };

    #[test]
    fn what_the_message_was_wrapped_in_comes_first() {
        let bytes = v4(1, &icmp(11, 0, &v4(17, &PORTS)));
        let ip = Frame::ip(&bytes).unwrap();
        let tag = Vlan { outer: 5, inner: None };
        let tags = Vlan { inner: Some(6), ..tag };
        // Labels 100 and 16001, the second of class 5 and at the bottom.
        let labels = &[0, 0x06, 0x40, 64, 0x03, 0xe8, 0x1b, 1];
        let stack = "MPLS (label 100, tc 0, ttl 64) (label 16001, tc 5, [S], ttl 1) ";
        for (frame, start) in [
            (Frame { vlan: Some(tags), ..ip }, ""),
            (Frame { vlan: Some(tag), is_cooked_vlan: true, ..ip }, "ethertype IPv4, "),
            (
                Frame { vlan: Some(tags), is_cooked_vlan: true, ..ip },
                "ethertype 802.1Q, ethertype IPv4, ",
            ),
            (Frame { pppoe_session: Some(0x3b1a), ..ip }, "PPPoE  [ses 0x3b1a] "),
            (Frame { pppoe_session: Some(0), ..ip }, "PPPoE  "),
            (Frame { labels, ..ip }, stack),
            (Frame { pppoe_session: Some(1), labels, ..ip }, &format!("PPPoE  [ses 0x1] {stack}")),
        ] {
            let datagram = Datagram::of(&frame, bytes.len()).unwrap();
            let mut output = Line::default();
            line(&mut output, &datagram);
            let line = str::from_utf8(output.as_bytes()).unwrap();
            let rest = "IP 192.0.2.1 > 198.51.100.7: ICMP time exceeded in-transit, length 36";
            assert_eq!(line, format!("{start}{rest}\n"));
        }
    }
}
