//! What tcpdump says of UDP, but for what it knows by the port.

use super::{addresses, ports};
use crate::{datagram::Datagram, line::Line, network::u16_at};

/// Writes a UDP datagram, its addresses first.
pub(super) fn datagram(line: &mut Line, datagram: &Datagram<'_>) {
    let (payload, len) = (datagram.payload, datagram.payload_len);
    let (Some(source), Some(destination)) = (u16_at(payload, 0), u16_at(payload, 2)) else {
        if datagram.is_bare() {
            addresses(line, datagram);
            line.text(": ");
        }
        line.text(" [|udp]");
        return;
    };
    ports(line, datagram, source, destination);
    let Some(len) = len.checked_sub(HEADER_LEN) else {
        line.text("truncated-udp ").number(len);
        return;
    };
    let Some(declared) = u16_at(payload, 4).map(usize::from) else {
        line.text(" [|udp]");
        return;
    };
    let Some(data_len) = declared.checked_sub(HEADER_LEN) else {
        line.text("truncated-udplength ").number(declared);
        return;
    };
    if payload.len() < HEADER_LEN {
        line.text(" [|udp]");
    } else if data_len > len && !datagram.is_fragment() {
        line.text("UDP, bad length ").number(data_len).text(" > ").number(len);
    } else {
        line.text("UDP, length ").number(data_len);
    }
}

/// RFC 768.
const HEADER_LEN: usize = 8;
