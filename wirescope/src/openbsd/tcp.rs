//! What OpenBSD's tcpdump says of TCP (print-tcp.c 1.32), with `-S`: sequence numbers as they are.

mod options;

use super::addresses;
use crate::{
    datagram::Datagram,
    line::Line,
    network::{u16_at, u32_at},
    segment::{ACK, CWR, ECE, FIN, HEADER_LEN, Header, PSH, RST, SYN, URG},
};

/// Writes a segment that is `len` bytes long by the IP header, its addresses first.
pub(super) fn segment(line: &mut Line, datagram: &Datagram<'_>, len: usize) {
    let payload = datagram.payload;
    if len < HEADER_LEN {
        line.text("truncated-tcp ").number(len);
        return;
    }
    let (Some(source), Some(destination)) = (u16_at(payload, 0), u16_at(payload, 2)) else {
        addresses(line, datagram);
        line.text(": [|tcp]");
        return;
    };
    if datagram.is_bare() {
        line.address(datagram.source).text(".").number(source).text(" > ");
        line.address(datagram.destination).text(".").number(destination).text(": ");
    } else {
        line.number(source).text(" > ").number(destination).text(": ");
    }
    let Some((header, behind)) = Header::of(payload) else {
        if let (Some(sequence), None) = (u32_at(payload, 4), u32_at(payload, 8)) {
            line.number(sequence).text(" ");
        }
        line.text("[|tcp]");
        return;
    };
    flags(line, &header);
    let Some(data_len) = len.checked_sub(header.len) else {
        line.text(" [bad hdr length]");
        return;
    };
    if data_len > 0 || header.has(SYN | FIN | RST) {
        line.text(" ").number(header.sequence).text(":");
        line.number(header.sequence_behind(data_len)).text("(").number(data_len).text(")");
    }
    if header.has(ACK) {
        line.text(" ack ").number(header.acknowledgment);
    }
    line.text(" win ").number(header.window);
    if header.has(URG) {
        line.text(" urg ").number(header.urgent);
    }
    if header.options_len() > 0 {
        options::write(line, behind, &header);
    }
}

fn flags(line: &mut Line, header: &Header) {
    if !header.has(SYN | FIN | RST | PSH | ECE | CWR) {
        line.text(".");
        return;
    }
    for (flag, letter) in LETTERS {
        if header.has(flag) {
            line.text(letter);
        }
    }
}

const LETTERS: [(u8, &str); 6] =
    [(SYN, "S"), (FIN, "F"), (RST, "R"), (PSH, "P"), (CWR, "W"), (ECE, "E")];
