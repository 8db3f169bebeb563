//! What precedes the words of a protocol: who sent the datagram to whom, and its extension headers.

use crate::{datagram::Datagram, line::Line, network::u16_at};
use etherparse::IpNumber;

/// Writes how much of the datagram was not on the wire, if so.
pub(super) fn missing(line: &mut Line, datagram: &Datagram<'_>) {
    if datagram.missing > 0 {
        let cut = if datagram.source.is_ipv4() { "truncated-ip - " } else { "truncated-ip6 - " };
        line.text(cut).number(datagram.missing).text(" bytes missing! ");
    }
}

pub(super) fn addresses(line: &mut Line, datagram: &Datagram<'_>) {
    line.address(datagram.source).text(" > ").address(datagram.destination);
}

/// Writes the ports, with the addresses if they were not written in front of extension headers.
#[inline]
pub(super) fn ports(line: &mut Line, datagram: &Datagram<'_>, source: u16, destination: u16) {
    if datagram.is_bare() {
        line.address(datagram.source).text(".").number(source).text(" > ");
        line.address(datagram.destination).text(".").number(destination).text(": ");
    } else {
        line.number(source).text(" > ").number(destination).text(": ");
    }
}

/// Writes the extension headers of IPv6 that have one word each. tcpdump's words for routing and
/// authentication headers are not reproduced.
///
/// Returns whether what follows them has words of its own, and is no later fragment.
pub(super) fn extension_headers(line: &mut Line, datagram: &Datagram<'_>) -> bool {
    for header in datagram.extension_headers() {
        match header.protocol {
            IpNumber::IPV6_HEADER_HOP_BY_HOP => _ = line.text("HBH "),
            IpNumber::IPV6_DESTINATION_OPTIONS => _ = line.text("DSTOPT "),
            IpNumber::IPV6_FRAGMENTATION_HEADER => {
                // RFC 8200 §4.5: in 8-byte units, in the upper 13 bits.
                let offset = u16_at(header.bytes, 2).unwrap_or_default() & 0xfff8;
                line.text("frag (").number(offset).text("|").number(header.behind).text(")");
                if offset != 0 {
                    return false;
                }
                line.text(" ");
            }
            _ => {}
        }
    }
    true
}
