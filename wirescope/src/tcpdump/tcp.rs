//! What tcpdump says of TCP, with `-S`: sequence numbers as they are.

mod options;

use super::{addresses, ports};
use crate::{
    datagram::Datagram,
    line::Line,
    network::u16_at,
    segment::{ACK, CWR, ECE, FIN, HEADER_LEN, Header, PSH, RST, SYN, URG},
};

/// Writes a segment, its addresses first.
pub(super) fn segment(line: &mut Line, datagram: &Datagram<'_>) {
    let (payload, len) = (datagram.payload, datagram.payload_len);
    let (Some(source), Some(destination)) = (u16_at(payload, 0), u16_at(payload, 2)) else {
        addresses(line, datagram);
        line.text(": [|tcp]");
        return;
    };
    ports(line, datagram, source, destination);
    let Some((header, behind)) = Header::of(payload) else {
        line.text(" [|tcp]");
        return;
    };
    if header.len < HEADER_LEN {
        line.text(" tcp ").number(len.saturating_sub(header.len));
        line.text(" [bad hdr length ").number(header.len).text(" - too short, < 20]");
        return;
    }
    line.text("Flags [");
    flags(line, header.flags);
    line.text("]");
    let Some(data_len) = len.checked_sub(header.len) else {
        line.text(" [bad hdr length ").number(header.len);
        line.text(" - too long, > ").number(len).text("]");
        return;
    };
    if data_len > 0 || header.has(SYN | FIN | RST) {
        line.text(", seq ").number(header.sequence);
    }
    if data_len > 0 {
        line.text(":").number(header.sequence_behind(data_len));
    }
    if header.has(ACK) {
        line.text(", ack ").number(header.acknowledgment);
    }
    line.text(", win ").number(header.window);
    if header.has(URG) {
        line.text(", urg ").number(header.urgent);
    }
    if header.len > HEADER_LEN && !options::write(line, behind, header.options_len()) {
        return;
    }
    line.text(", length ").number(data_len);
    // The end of the options was captured, and that of the header not.
    if data_len > 0 && payload.len() < header.len {
        line.text(" [remaining caplen(").number(payload.len());
        line.text(") < header length(").number(header.len).text(")] [|tcp]");
    }
}

fn flags(line: &mut Line, flags: u8) {
    if flags == 0 {
        line.text("none");
    }
    for (flag, letter) in LETTERS {
        if flags & flag != 0 {
            line.text(letter);
        }
    }
}

const LETTERS: [(u8, &str); 8] = [
    (FIN, "F"),
    (SYN, "S"),
    (RST, "R"),
    (PSH, "P"),
    (ACK, "."),
    (URG, "U"),
    (ECE, "E"),
    (CWR, "W"),
];
