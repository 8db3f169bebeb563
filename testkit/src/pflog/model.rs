//! The compact generator: a few bytes choose entries near the limits of the format.

use super::{Fields, check, naive, view};
use arbitrary::{Arbitrary, Result, Unstructured};
use pflog_wire::{Action, Build, ByteOrder, Direction, Entry, ErrorKind, Layout, LinkType, Name};

/// A packet of a capture as plain fields.
#[derive(Clone, Debug)]
pub struct Model {
    /// The fields of the layout.
    pub fields: Fields,
    /// What the bytes are that no field holds.
    pub filler: u8,
    /// The length byte, if it is not that of the layout.
    pub length: Option<u8>,
    /// How many bytes of the whole are kept.
    pub kept: usize,
}

const FAMILIES: [u32; 8] = [2, 24, 28, 30, 0, 10, 255, 2];

const ACTIONS: [u16; 16] = [1, 0, 4, 3, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 255, 5];

const REASONS: [u16; 8] = [0, 15, 16, 14, 17, 5, 6, 255];

const DIRECTIONS: [u16; 8] = [1, 2, 0, 3, 4, 255, 1, 1];

/// User and process: both sides of each value that stands for none.
const OWNERS: [(u32, u32); 16] = [
    (0xffff_ffff, 100_000),
    (0x7fff_ffff, 100_000),
    (0x7fff_ffff, 30001),
    (0x7fff_ffff, 0xffff_ffff),
    (0xffff_ffff, 32767),
    (1000, 12345),
    (0, 0),
    (1000, 32767),
    (1000, 30001),
    (0x7fff_ffff, 32767),
    (0xffff_ffff, 30001),
    (0x7fff_fffe, 99_999),
    (0x8000_0000, 0x8000_0000),
    (1000, 100_000),
    (0x7fff_ffff, 1),
    (0xffff_fffe, 100_001),
];

const RULES: [u32; 8] = [3, 0xffff_ffff, 0, 0x7fff, 0x0100_0000, 1, 0xffff_8000, 0x1234_5678];

const NAMES: [&[u8]; 8] = [
    b"em0",
    b"",
    b"sixteen-bytes-if",
    b"NAT64LSN",
    b"com.apple/100",
    b"rules",
    b"\xff\xfe\x80\x1b[",
    b"fifteen-bytes-i",
];

/// What the packet begins with, and how long it is.
const PAYLOADS: [(u8, usize); 8] =
    [(0x45, 20), (0x60, 40), (0x45, 0), (0x45, 1), (0x00, 4), (0xf0, 4), (0x4f, 60), (0x65, 3)];

const LENGTHS: [u8; 16] = [0, 1, 28, 44, 46, 48, 50, 60, 62, 64, 72, 99, 101, 252, 253, 255];

/// rewritten and naf.
const TRANSLATIONS: [(u8, u32); 8] =
    [(0, 2), (1, 24), (1, 2), (0, 0), (1, 0), (0, 24), (255, 30), (1, 255)];

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [steer, codes, names, rules, owners, translation, filler, damage] = u.arbitrary()?;
        let [family, values] = <[u8; 2]>::arbitrary(u)?;
        let pick = |byte: u8, shift: u8, len: usize| usize::from(byte >> shift) % len;
        let (layout, _) = naive::LAYOUTS[[3, 6, 5, 1, 0, 2, 4, 3][pick(steer, 0, 8)]];
        let is_big = steer & 8 != 0;
        let (first, len) = PAYLOADS[pick(steer, 4, 8)];
        let (uid, pid) = OWNERS[pick(owners, 0, 16)];
        let (rule_uid, rule_pid) = OWNERS[pick(owners, 4, 16)];
        let (rewritten, naf) = TRANSLATIONS[pick(translation, 0, 8)];
        let mut state = u32::from(values);
        let mut next = || {
            state = state.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
            state ^ state >> 15
        };
        let has_owners = layout >= 61;
        let is_old = layout == 28;
        let of_100 = layout == 100;
        let mut address = || std::array::from_fn(|_| next() as u8);
        let (saddr, daddr) = (address(), address());
        let fields = Fields {
            family: FAMILIES[pick(family, 0, 8)],
            action: ACTIONS[pick(codes, 0, 16)],
            reason: REASONS[pick(codes, 4, 8)],
            interface: NAMES[pick(names, 0, 8)].to_vec(),
            ruleset: if is_old { vec![] } else { NAMES[(pick(names, 3, 8) + 1) % 8].to_vec() },
            rule: match RULES[pick(rules, 0, 8)] {
                // 16 bits.
                rule if is_old && i16::try_from(rule as i32).is_err() => 0x1234,
                rule => rule,
            },
            subrule: (!is_old).then(|| RULES[(pick(rules, 3, 8) + 1) % 8]),
            owners: [uid, pid, rule_uid, rule_pid].map(|owner| has_owners.then_some(owner)),
            direction: Some(DIRECTIONS[pick(family, 3, 8)]),
            ridentifier: [49, 68, 69]
                .contains(&layout)
                .then(|| if values & 3 == 0 { 0 } else { next() }),
            rewritten: of_100.then_some(rewritten),
            naf: of_100.then_some(naf),
            saddr: of_100.then_some(saddr),
            daddr: of_100.then_some(daddr),
            sport: of_100.then(|| next() as u16),
            dport: of_100.then(|| next() as u16),
            payload: (0..len).map(|n| if n == 0 { first } else { n as u8 }).collect(),
            ..naive::nothing(layout, is_big)
        };
        let mut model = Self { fields, filler, length: None, kept: usize::MAX };
        if damage & 0x40 != 0 && !is_old {
            model.length = Some(LENGTHS[pick(damage, 0, 16)]);
        }
        if damage & 0x80 != 0 {
            let places = [0, 28, 44, 60, usize::from(layout), 64, 80, 100];
            let place = places[pick(damage, 0, 8)];
            model.kept = (place + pick(translation, 3, 32)).saturating_sub(8);
        }
        Ok(model)
    }
}

impl Model {
    /// Encodes the packet, and cuts it where the model says.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = if self.fields.layout == 28 { self.old() } else { self.recent() };
        bytes.extend(&self.fields.payload);
        if let Some(length) = self.length {
            bytes[0] = length;
        }
        bytes.truncate(self.kept);
        bytes
    }

    fn source(&self) -> (LinkType, ByteOrder) {
        let byte_order = if self.fields.is_big { ByteOrder::Big } else { ByteOrder::Little };
        let link_type = if self.fields.layout == 28 { LinkType::OldPflog } else { LinkType::Pflog };
        (link_type, byte_order)
    }

    fn header_len(&self) -> usize {
        let is_layout = |(layout, _): &&(u8, usize)| *layout == self.fields.layout;
        naive::LAYOUTS.iter().find(is_layout).map_or(0, |(_, len)| *len)
    }

    fn old(&self) -> Vec<u8> {
        let fields = &self.fields;
        let mut bytes = fields.family.to_be_bytes().to_vec();
        bytes.extend(self.name(&fields.interface));
        bytes.extend(&fields.rule.to_be_bytes()[2..]);
        let codes = [Some(fields.reason), Some(fields.action), fields.direction];
        bytes.extend(codes.iter().flatten().flat_map(|code| code.to_be_bytes()));
        bytes
    }

    fn recent(&self) -> Vec<u8> {
        let fields = &self.fields;
        let code = |code: u16| code.to_be_bytes()[1];
        let mut bytes = vec![fields.layout, fields.family as u8];
        bytes.extend([code(fields.action), code(fields.reason)]);
        bytes.extend(self.name(&fields.interface));
        bytes.extend(self.name(&fields.ruleset));
        bytes.extend(fields.rule.to_be_bytes());
        bytes.extend(fields.subrule.unwrap_or_default().to_be_bytes());
        for owner in fields.owners.iter().flatten() {
            bytes.extend(if fields.is_big { owner.to_be_bytes() } else { owner.to_le_bytes() });
        }
        let ridentifier = fields.ridentifier.map_or(vec![], |number| number.to_be_bytes().to_vec());
        let direction = code(fields.direction.unwrap_or_default());
        let fill = |bytes: &mut Vec<u8>| {
            bytes.resize(bytes.len().next_multiple_of(4), self.filler);
        };
        match fields.layout {
            49 => {
                bytes.extend(ridentifier);
                bytes.push(direction);
            }
            68 | 69 => {
                bytes.push(direction);
                fill(&mut bytes);
                bytes.extend(ridentifier);
                bytes.extend(vec![self.filler; usize::from(fields.layout - 68)]);
            }
            100 => {
                bytes.extend([direction, fields.rewritten.unwrap_or_default()]);
                bytes.push(fields.naf.unwrap_or_default() as u8);
                fill(&mut bytes);
                bytes.extend([fields.saddr, fields.daddr].iter().flatten().flatten());
                let ports = [fields.sport, fields.dport];
                bytes.extend(ports.iter().flatten().flat_map(|port| port.to_be_bytes()));
            }
            _ => bytes.push(direction),
        }
        fill(&mut bytes);
        bytes
    }

    /// A name in its 16 bytes, and behind the NUL what nobody is to see.
    fn name(&self, name: &[u8]) -> [u8; 16] {
        std::array::from_fn(|n| match n.checked_sub(name.len()) {
            None => name[n],
            Some(0) => 0,
            Some(_) => self.filler,
        })
    }

    /// Has the crate write what the model says.
    fn check_written(&self) {
        let fields = &self.fields;
        let (_, byte_order) = self.source();
        let mut build = Build::new(Layout(fields.layout), byte_order);
        let [uid, pid, rule_uid, rule_pid] = fields.owners.map(Option::unwrap_or_default);
        build.family = fields.family.into();
        build.action = Action(fields.action);
        build.reason = fields.reason.into();
        build.interface = Name(&fields.interface);
        build.ruleset = Name(&fields.ruleset);
        build.rule = fields.rule;
        build.subrule = fields.subrule.unwrap_or_default();
        (build.uid, build.pid) = (uid, pid as i32);
        (build.rule_uid, build.rule_pid) = (rule_uid, rule_pid as i32);
        build.direction = Direction(fields.direction.unwrap_or_default());
        build.ridentifier = fields.ridentifier.unwrap_or_default();
        build.rewritten = fields.rewritten.unwrap_or_default();
        build.naf = fields.naf.unwrap_or_default().into();
        build.saddr = fields.saddr.unwrap_or_default();
        build.daddr = fields.daddr.unwrap_or_default();
        build.sport = fields.sport.unwrap_or_default();
        build.dport = fields.dport.unwrap_or_default();
        build.payload = &fields.payload;
        let right = Self { filler: 0, length: None, kept: usize::MAX, fields: fields.clone() };
        let mut out = vec![0xa5; build.encoded_len()];
        assert_eq!(build.encode(&mut out), Ok(out.len()));
        assert_eq!(out, right.encode());
    }
}

/// Encodes a model and demands its fields back, and has the crate write what the model says.
///
/// # Panics
///
/// If they do not come back.
pub fn check_model(model: &Model) {
    let bytes = model.encode();
    let header_len = model.header_len();
    if model.length.is_none() && bytes.len() >= header_len {
        let payload = bytes[header_len..].to_vec();
        let mut expected = naive::seen(Fields { payload, ..model.fields.clone() });
        expected.header_len = header_len;
        assert_eq!(view::see(&bytes, model.source()), Ok(expected), "{model:?}");
        // Every cut in the header is one.
        for len in 0..header_len {
            let (link_type, byte_order) = model.source();
            let error = Entry::parse(&bytes[..len], link_type, byte_order).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Truncated { .. }), "{len} bytes: {error}");
        }
    }
    check(&bytes);
    model.check_written();
}
