//! A second decoder: index by index, as the tables of the format read, sharing nothing with the
//! crate.

mod told;

pub use told::seen;

use super::{Fields, Seen};
use crate::bytes::Failure;
use pflog_wire::{ByteOrder, LinkType};
use wire_error::ErrorKind;

/// The layouts: the length byte, and how many bytes the header takes.
pub const LAYOUTS: [(u8, usize); 7] =
    [(28, 28), (45, 48), (49, 52), (61, 64), (68, 68), (69, 72), (100, 100)];

/// Decodes what is there of an entry.
///
/// # Errors
///
/// As the crate does.
pub fn decode(
    data: &[u8],
    (link_type, byte_order): (LinkType, ByteOrder),
) -> Result<Seen, Failure> {
    let fail = |kind, offset| Err(Failure { offset, kind });
    let length = match link_type {
        LinkType::OldPflog => 28,
        LinkType::Pflog if data.is_empty() => {
            return fail(ErrorKind::Truncated { needed: 1, available: 0 }, 0);
        }
        LinkType::Pflog => data[0],
    };
    let invalid = ErrorKind::InvalidLength { found: length.into() };
    if link_type == LinkType::Pflog && !(45..253).contains(&length) {
        return fail(invalid, 0);
    }
    let known = LAYOUTS.into_iter().find(|(known, _)| *known == length);
    let (len, available) = (usize::from(length), data.len());
    let header_len = len + [0, 3, 2, 1][len % 4];
    let failure = match known {
        None => Some((invalid, 0)),
        Some((_, needed)) if available < len => {
            Some((ErrorKind::Truncated { needed, available }, 0))
        }
        Some((_, needed)) if available < needed => {
            let (needed, available) = (needed - len, available - len);
            Some((ErrorKind::Truncated { needed, available }, len))
        }
        Some(_) => None,
    };
    let least = if link_type == LinkType::OldPflog { 28 } else { 44 };
    if available < least {
        let (kind, offset) = failure.expect("too short for any");
        return fail(kind, offset);
    }
    let fields = match link_type {
        LinkType::OldPflog => old(data, byte_order == ByteOrder::Big),
        LinkType::Pflog => new(data, length, header_len, byte_order == ByteOrder::Big),
    };
    let mut seen = seen(fields);
    seen.header_len = header_len.min(available);
    seen.failure = failure.map(|(kind, offset)| Failure { offset, kind });
    Ok(seen)
}

fn old(data: &[u8], is_big: bool) -> Fields {
    let rule = u32::from(u16_at(data, 20));
    Fields {
        family: u32_at(data, 0),
        action: u16_at(data, 24),
        reason: u16_at(data, 22),
        interface: name(&data[4..20]),
        rule: if rule < 0x8000 { rule } else { 0xffff_0000 + rule },
        direction: Some(u16_at(data, 26)),
        payload: data[28..].to_vec(),
        ..nothing(28, is_big)
    }
}

fn new(data: &[u8], length: u8, header_len: usize, is_big: bool) -> Fields {
    // What is behind the length belongs to no field.
    let whole = |at: usize, width| at + width <= data.len() && at + width <= usize::from(length);
    let number = |at| whole(at, 4).then(|| u32_at(data, at));
    let owner = |at: usize| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|n| u32::from(data[at + n]));
        let (big, little) = (a << 24 | b << 16 | c << 8 | d, d << 24 | c << 16 | b << 8 | a);
        if is_big { big } else { little }
    };
    let direction = match length {
        45 => Some(44),
        49 => Some(48),
        61.. => Some(60),
        _ => None,
    };
    let ridentifier = match length {
        49 => Some(44),
        68 | 69 => Some(64),
        _ => None,
    };
    let has_owners = length > 60;
    let of_100 = |at, width| length == 100 && whole(at, width);
    Fields {
        family: data[1].into(),
        action: data[2].into(),
        reason: data[3].into(),
        interface: name(&data[4..20]),
        ruleset: name(&data[20..36]),
        rule: u32_at(data, 36),
        subrule: Some(u32_at(data, 40)),
        owners: [44, 48, 52, 56].map(|at| (has_owners && whole(at, 4)).then(|| owner(at))),
        direction: direction.filter(|at| whole(*at, 1)).map(|at| data[at].into()),
        ridentifier: ridentifier.and_then(number),
        rewritten: of_100(61, 1).then(|| data[61]),
        naf: of_100(62, 1).then(|| data[62].into()),
        saddr: of_100(64, 16).then(|| data[64..80].try_into().expect("16")),
        daddr: of_100(80, 16).then(|| data[80..96].try_into().expect("16")),
        sport: of_100(96, 2).then(|| u16_at(data, 96)),
        dport: of_100(98, 2).then(|| u16_at(data, 98)),
        payload: data.get(header_len..).unwrap_or(&[]).to_vec(),
        ..nothing(length, is_big)
    }
}

/// No field at all.
#[must_use]
pub fn nothing(layout: u8, is_big: bool) -> Fields {
    Fields {
        layout,
        is_big,
        family: 0,
        action: 0,
        reason: 0,
        interface: vec![],
        ruleset: vec![],
        rule: 0,
        subrule: None,
        owners: [None; 4],
        direction: None,
        ridentifier: None,
        rewritten: None,
        naf: None,
        saddr: None,
        daddr: None,
        sport: None,
        dport: None,
        payload: vec![],
    }
}

/// The same bytes without those that no field holds: behind the NUL of a name, and fillers.
#[must_use]
pub fn canonical(data: &[u8], length: u8) -> Vec<u8> {
    let mut bytes = data.to_vec();
    let names: &[usize] = if length == 28 { &[4] } else { &[4, 20] };
    for &at in names {
        let len = name(&data[at..at + 16]).len();
        bytes[at + len..at + 16].fill(0);
    }
    match length {
        45 => bytes[45..48].fill(0),
        49 => bytes[49..52].fill(0),
        61 | 68 | 69 => bytes[61..64].fill(0),
        100 => bytes[63] = 0,
        _ => {}
    }
    if length == 69 {
        bytes[68..72].fill(0);
    }
    bytes
}

fn name(field: &[u8]) -> Vec<u8> {
    let mut name = vec![];
    for byte in field {
        if *byte == 0 {
            break;
        }
        name.push(*byte);
    }
    name
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from(data[at]) * 256 + u16::from(data[at + 1])
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from(u16_at(data, at)) * 65536 + u32::from(u16_at(data, at + 2))
}
