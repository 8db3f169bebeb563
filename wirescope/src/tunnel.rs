//! Tunnels: a datagram inside another.

use crate::{datagram::Datagram, link::Frame};
use etherparse::IpNumber;

/// Returns the kind of tunnel and what is inside, if `datagram` is a tunnel's.
pub(crate) fn inside<'a>(datagram: &Datagram<'a>) -> Option<(&'static str, Frame<'a>)> {
    let payload = datagram.payload;
    let (tunnel, frame) = match datagram.protocol {
        // RFC 2003.
        IpNumber::IPV4 => ("IPIP", Frame::ip(payload)?),
        // RFC 4213.
        IpNumber::IPV6 => ("6in4", Frame::ip(payload)?),
        IpNumber::GRE => ("GRE", gre(payload)?),
        IpNumber::UDP => ("VXLAN", vxlan(payload)?),
        _ => return None,
    };
    Some((tunnel, frame))
}

/// Reads a GRE packet, RFC 2784 and 2890.
fn gre(payload: &[u8]) -> Option<Frame<'_>> {
    let ([flags, 0, protocol @ ..], rest) = payload.split_first_chunk::<4>()? else { return None };
    // Checksum, key and sequence number, four bytes each.
    let options = [0x80, 0x20, 0x10].iter().filter(|flag| flags & **flag != 0).count();
    let rest = rest.get(options.saturating_mul(4)..)?;
    match u16::from_be_bytes(*protocol) {
        0x0800 | 0x86dd => Frame::ip(rest),
        0x6558 => Frame::ethernet(rest),
        _ => None,
    }
}

/// Reads a VXLAN packet, RFC 7348 §5.
fn vxlan(payload: &[u8]) -> Option<Frame<'_>> {
    let (header, rest) = payload.split_first_chunk::<16>()?;
    let [_, _, high, low, _, _, _, _, 0x08, ..] = *header else { return None };
    (u16::from_be_bytes([high, low]) == 4789).then(|| Frame::ethernet(rest))?
}
