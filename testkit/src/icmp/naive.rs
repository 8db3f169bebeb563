//! A second decoder: index by index, as the RFCs' diagrams read, sharing nothing with the crate.

pub mod checksum;
pub mod encode;
pub mod line;
mod object;
pub mod structure;

use super::{Family, Seen, SeenBody, SeenQuote, SeenTransport};
use crate::bytes::Failure;
use icmp_wire::Severity;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use wire_error::ErrorKind;

/// Decodes one message.
///
/// # Errors
///
/// As the crate does.
pub fn decode(family: Family, data: &[u8]) -> Result<Seen, Failure> {
    if data.len() < 8 {
        return truncated(8, data.len(), 0);
    }
    let (ty, code) = (data[0], data[1]);
    let is_quoting = match family {
        Family::V4 => [3, 4, 5, 11, 12].contains(&ty),
        Family::V6 => [1, 2, 3, 4].contains(&ty),
    };
    let structure = structure::after_quote(family, data);
    Ok(Seen {
        ty,
        is_error: match family {
            Family::V4 => is_quoting,
            Family::V6 => ty / 128 == 0,
        },
        code,
        checksum: u16_at(data, 2),
        body: body(family, data),
        severity: severity(family, ty, code),
        quote: if is_quoting { quote(data, 8).map(Some) } else { Ok(None) },
        original_len: structure.as_ref().map_or(data.len() - 8, |structure| structure.original_len),
        structure,
    })
}

fn body(family: Family, data: &[u8]) -> SeenBody {
    match (family, data[0]) {
        (Family::V4, 3) => {
            let mtu = u16_at(data, 6);
            SeenBody::Unreachable { mtu: if data[1] == 4 && mtu != 0 { Some(mtu) } else { None } }
        }
        (Family::V4, 4) => SeenBody::SourceQuench,
        (Family::V4, 5) => {
            SeenBody::Redirect { gateway: Ipv4Addr::new(data[4], data[5], data[6], data[7]) }
        }
        (Family::V4, 11) => SeenBody::TimeExceeded,
        (Family::V4, 12) => SeenBody::ParameterProblem { pointer: data[4].into() },
        (Family::V6, 1) => SeenBody::Unreachable { mtu: None },
        (Family::V6, 2) => SeenBody::PacketTooBig { mtu: u32_at(data, 4) },
        (Family::V6, 3) => SeenBody::TimeExceeded,
        (Family::V6, 4) => SeenBody::ParameterProblem { pointer: u32_at(data, 4) },
        _ => SeenBody::Other { rest: [data[4], data[5], data[6], data[7]] },
    }
}

/// RFC 9293 §3.9.2.2 lists these.
fn severity(family: Family, ty: u8, code: u8) -> Option<Severity> {
    match (family, ty, code) {
        (Family::V4, 3, 0 | 1 | 5) => Some(Severity::Soft),
        (Family::V4, 3, 2..=4) => Some(Severity::Hard),
        (Family::V4, 11, 0 | 1) => Some(Severity::Soft),
        (Family::V4, 12, _) => Some(Severity::Soft),
        (Family::V6, 1, 0 | 3) => Some(Severity::Soft),
        (Family::V6, 1, 1 | 4) => Some(Severity::Hard),
        (Family::V6, 3, 0 | 1) => Some(Severity::Soft),
        (Family::V6, 4, 0..=2) => Some(Severity::Soft),
        _ => None,
    }
}

/// Decodes the quote that begins at byte `at`.
///
/// # Errors
///
/// As the crate does.
pub fn quote(data: &[u8], at: usize) -> Result<SeenQuote, Failure> {
    let present = data.len() - at;
    if present == 0 {
        return truncated(1, 0, at);
    }
    match data[at] / 16 {
        4 => {
            if present < 20 {
                return truncated(20, present, at);
            }
            let words = usize::from(data[at] % 16);
            if words < 5 {
                let kind = ErrorKind::InvalidLength { found: words };
                return Err(Failure { offset: at, kind });
            }
            Ok(SeenQuote {
                offset: at,
                source: v4_at(data, at + 12),
                destination: v4_at(data, at + 16),
                declared_len: u16_at(data, at + 2).into(),
                present,
                protocol: data[at + 9],
                identification: Some(u16_at(data, at + 4)),
                hop_limit: data[at + 8],
                header_checksum: Some(checksum::ipv4(data, at, 4 * words)),
                transport: if present < 4 * words {
                    truncated(4 * words, present, at)
                } else {
                    let fragment_offset = u16_at(data, at + 6) % 8192;
                    Ok(transport(data, data[at + 9], fragment_offset, at + 4 * words))
                },
            })
        }
        6 => {
            if present < 40 {
                return truncated(40, present, at);
            }
            Ok(SeenQuote {
                offset: at,
                source: v6_at(data, at + 8),
                destination: v6_at(data, at + 24),
                declared_len: 40 + usize::from(u16_at(data, at + 4)),
                present,
                protocol: data[at + 6],
                identification: None,
                hop_limit: data[at + 7],
                header_checksum: None,
                transport: chain(data, data[at + 6], at + 40),
            })
        }
        version => {
            let kind = ErrorKind::UnsupportedVersion { found: version.into() };
            Err(Failure { offset: at, kind })
        }
    }
}

/// Walks the IPv6 extension headers, the first of which is a `kind` and begins at byte `at`.
fn chain(data: &[u8], mut kind: u8, mut at: usize) -> Result<SeenTransport, Failure> {
    loop {
        let present = data.len() - at;
        let needed = match kind {
            0 | 43 | 60 | 135 | 139 | 140 if present >= 8 => 8 + 8 * usize::from(data[at + 1]),
            51 if present >= 8 => 8 + 4 * usize::from(data[at + 1]),
            0 | 43 | 44 | 51 | 60 | 135 | 139 | 140 => 8,
            _ => return Ok(transport(data, kind, 0, at)),
        };
        if present < needed {
            return truncated(needed, present, at);
        }
        if kind == 44 {
            let fragment_offset = u16_at(data, at + 2) / 8;
            if fragment_offset != 0 {
                return Ok(transport(data, data[at], fragment_offset, at + 8));
            }
        }
        kind = data[at];
        at += needed;
    }
}

fn transport(data: &[u8], protocol: u8, fragment_offset: u16, at: usize) -> SeenTransport {
    let present = data.len() - at;
    let mut seen = SeenTransport {
        protocol,
        fragment_offset,
        offset: at,
        ports: Ok(None),
        query: Ok(None),
        tcp_sequence: Ok(None),
    };
    if fragment_offset != 0 {
        return seen;
    }
    if [6, 17, 33, 132, 136].contains(&protocol) {
        seen.ports = if present < 4 {
            truncated(4, present, at)
        } else {
            Ok(Some((u16_at(data, at), u16_at(data, at + 2))))
        };
    }
    if protocol == 6 {
        seen.tcp_sequence =
            if present < 8 { truncated(8, present, at) } else { Ok(Some(u32_at(data, at + 4))) };
    }
    if protocol == 1 || protocol == 58 {
        seen.query = if present < 8 {
            truncated(8, present, at)
        } else {
            // Echo, timestamp, information and address mask; ICMPv6 has echo only.
            let queries: &[u8] =
                if protocol == 1 { &[8, 0, 13, 14, 15, 16, 17, 18] } else { &[128, 129] };
            let query = (data[at], u16_at(data, at + 4), u16_at(data, at + 6));
            Ok(queries.contains(&data[at]).then_some(query))
        };
    }
    seen
}

fn truncated<T>(needed: usize, available: usize, offset: usize) -> Result<T, Failure> {
    Err(Failure { offset, kind: ErrorKind::Truncated { needed, available } })
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from(data[at]) * 256 + u16::from(data[at + 1])
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from(u16_at(data, at)) * 65536 + u32::from(u16_at(data, at + 2))
}

fn v4_at(data: &[u8], at: usize) -> IpAddr {
    Ipv4Addr::new(data[at], data[at + 1], data[at + 2], data[at + 3]).into()
}

fn v6_at(data: &[u8], at: usize) -> IpAddr {
    let mut groups = [0; 8];
    for (i, group) in groups.iter_mut().enumerate() {
        *group = u16_at(data, at + 2 * i);
    }
    Ipv6Addr::from(groups).into()
}
