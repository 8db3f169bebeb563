//! A second decoder: index by index, as the RFCs' diagrams read, sharing nothing with the crate.

use super::{Family, Seen, SeenQuote, SeenTransport, SeenUnreachable};
use crate::bytes::Failure;
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
    let unreachable = match (family, data[0]) {
        (Family::V4, 3) => {
            let mtu = u16_at(data, 6);
            Some(SeenUnreachable {
                mtu: if data[1] == 4 && mtu != 0 { Some(mtu) } else { None },
                quote: quote(data, 8),
            })
        }
        (Family::V6, 1) => Some(SeenUnreachable { mtu: None, quote: quote(data, 8) }),
        _ => None,
    };
    Ok(Seen { ty: data[0], code: data[1], checksum: u16_at(data, 2), unreachable })
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
                hop_limit: data[at + 8],
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
                hop_limit: data[at + 7],
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
fn chain(data: &[u8], kind: u8, at: usize) -> Result<SeenTransport, Failure> {
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
    chain(data, data[at], at + needed)
}

fn transport(data: &[u8], protocol: u8, fragment_offset: u16, at: usize) -> SeenTransport {
    let ports = if fragment_offset != 0 || ![6, 17, 33, 132, 136].contains(&protocol) {
        Ok(None)
    } else if data.len() < at + 4 {
        truncated(4, data.len() - at, at)
    } else {
        Ok(Some((u16_at(data, at), u16_at(data, at + 2))))
    };
    SeenTransport { protocol, fragment_offset, offset: at, ports }
}

fn truncated<T>(needed: usize, available: usize, offset: usize) -> Result<T, Failure> {
    Err(Failure { offset, kind: ErrorKind::Truncated { needed, available } })
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from(data[at]) * 256 + u16::from(data[at + 1])
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
