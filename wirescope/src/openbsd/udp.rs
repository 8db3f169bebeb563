//! What OpenBSD's tcpdump says of UDP (print-udp.c 1.55), but for what it knows by the port.

use super::addresses;
use crate::{datagram::Datagram, line::Line};

/// Writes a UDP datagram that is `len` bytes long by the IP header, its addresses first.
pub(super) fn datagram(line: &mut Line, datagram: &Datagram<'_>, len: usize) {
    let Some([s0, s1, d0, d1, l0, l1, _, _]) = datagram.payload.first_chunk::<8>() else {
        addresses(line, datagram);
        line.text(": [|udp]");
        return;
    };
    let Some(data_len) = len.checked_sub(8) else {
        addresses(line, datagram);
        line.text(": truncated-udp ").number(len);
        return;
    };
    line.address(datagram.source).text(".").number(u16::from_be_bytes([*s0, *s1])).text(" > ");
    line.address(datagram.destination).text(".").number(u16::from_be_bytes([*d0, *d1]));
    line.text(": ");
    let missing = usize::from(u16::from_be_bytes([*l0, *l1])).saturating_sub(len);
    if missing > 0 {
        line.text(" truncated-udp - ").number(missing).text(" bytes missing!");
    }
    line.text("udp ").number(data_len);
}
