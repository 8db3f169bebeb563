//! The generator of extension objects.

use super::{Length, Object, Part};
use arbitrary::{Arbitrary, Result, Unstructured};
use icmp_wire::Label;

/// Lengths of names on either side of what a multiple of 4 and 63 bytes allow.
const NAMES: [usize; 11] = [4, 0, 1, 3, 7, 8, 59, 60, 61, 62, 63];

/// Lengths that no name has, or that is longer than the object.
const NAME_LENGTHS: [u8; 5] = [0, 63, 68, 5, 64];

/// Lengths of names that have none in front, on either side of the longest that is written.
const ASKED_NAMES: [usize; 16] = [4, 0, 1, 2, 3, 5, 7, 8, 12, 15, 60, 63, 64, 65, 68, 100];

/// Lengths of addresses as they are declared, and of what is there.
const ASKED_ADDRESSES: [(u8, usize); 16] = [
    (4, 4),
    (16, 16),
    (6, 8),
    (4, 3),
    (255, 16),
    (0, 0),
    (4, 7),
    (4, 8),
    (5, 8),
    (0, 3),
    (0, 4),
    (64, 64),
    (64, 67),
    (65, 65),
    (65, 68),
    (1, 0),
];

impl<'a> Arbitrary<'a> for Object {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [steer, detail] = <[u8; 2]>::arbitrary(u)?;
        let mut stray = 0;
        let (class, c_type, parts) = match steer % 8 {
            0 => {
                stray = detail / 6 % 4;
                (1, 1, (0..detail % 6).map(|n| Part::Label(label(detail, n))).collect())
            }
            1 => {
                let mut parts = Vec::new();
                if detail & 8 != 0 {
                    parts.push(Part::Number(number(detail)));
                }
                if detail & 4 != 0 {
                    parts.push(address(u8::arbitrary(u)?));
                }
                if detail & 2 != 0 {
                    parts.push(name(u8::arbitrary(u)?));
                }
                if detail & 1 != 0 {
                    parts.push(Part::Number(number(!detail)));
                }
                (2, detail, parts)
            }
            2 => (3, detail % 5, vec![asked(detail % 5, u8::arbitrary(u)?)]),
            3 => {
                stray = if detail < 0xc0 { 0 } else { detail % 8 };
                (4, 1, vec![Part::Number(number(detail))])
            }
            4 => {
                let mut parts = Vec::new();
                if detail & 4 != 0 {
                    parts.push(address(u8::arbitrary(u)?));
                }
                if detail & 2 != 0 {
                    parts.push(name(u8::arbitrary(u)?));
                }
                (5, detail, parts)
            }
            5 => (0, detail, vec![Part::Raw(vec![detail; usize::from(detail % 13)])]),
            6 => (247, detail, vec![Part::Raw(vec![!detail; usize::from(detail / 16)])]),
            _ => (1, detail, vec![Part::Label(label(detail, 0))]),
        };
        let (length, c_type) = match steer / 8 {
            0..16 => (Length::Right, c_type),
            16 => (Length::Less, c_type),
            17 => (Length::More, c_type),
            18 => (Length::Fixed(0), c_type),
            19 => (Length::Fixed(3), c_type),
            20 => (Length::Fixed(4), c_type),
            21 => (Length::Fixed(u16::MAX), c_type),
            22..28 => (Length::Right, u8::arbitrary(u)?),
            _ => {
                stray = 1 + steer / 8 % 4;
                (Length::Right, c_type)
            }
        };
        Ok(Self { class, c_type, parts, stray, length })
    }
}

/// All fields differ from those of the label before.
fn label(detail: u8, n: u8) -> Label {
    let mixed = detail.wrapping_mul(37).wrapping_add(n.wrapping_mul(11));
    Label {
        label: (u32::from(mixed) * 0x1013) & 0xf_ffff,
        traffic_class: mixed >> 2 & 7,
        is_bottom_of_stack: mixed & 1 != 0,
        time_to_live: !mixed,
    }
}

fn number(detail: u8) -> u32 {
    u32::from_be_bytes([detail, 0x37, !detail, detail.rotate_left(3)])
}

fn address(detail: u8) -> Part {
    let (family, len) = [(1, 4), (2, 16), (1, 4), (2, 16), (0, 4), (3, 16), (1, 16), (2, 4)]
        [usize::from(detail % 8)];
    Part::Address {
        family,
        bytes: (0..len).map(|n: u8| detail.wrapping_add(n.wrapping_mul(29))).collect(),
    }
}

fn asked(c_type: u8, detail: u8) -> Part {
    let choice = usize::from(detail % 16);
    match c_type {
        1 => {
            let zeros = detail / 16 % 4;
            Part::Name { length: None, name: letters(ASKED_NAMES[choice]), zeros }
        }
        3 => {
            let (length, len) = ASKED_ADDRESSES[choice];
            Part::Asked { family: (detail / 16).into(), length, bytes: letters(len) }
        }
        _ => Part::Number(number(detail)),
    }
}

fn name(detail: u8) -> Part {
    let choice = usize::from(detail % 16);
    if let Some(&len) = NAMES.get(choice) {
        let zeros = 3 - u8::try_from(len % 4).unwrap();
        let length = u8::try_from(len).unwrap() + 1 + zeros;
        return Part::Name { length: Some(length), name: letters(len), zeros };
    }
    let length = NAME_LENGTHS[choice - NAMES.len()];
    Part::Name { length: Some(length), name: letters(usize::from(detail / 16)), zeros: 0 }
}

fn letters(len: usize) -> Vec<u8> {
    (b'A'..).take(len).collect()
}
