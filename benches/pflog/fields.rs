//! Every field of the header, as it was sent, and the length of the packet behind it.

use crate::{Case, LAYOUTS, contender, entries};
use criterion::Criterion;
use pflog_wire::{ByteOrder, Entry, Layout, LinkType};

pub(crate) fn fields(criterion: &mut Criterion) {
    for layout in LAYOUTS {
        run(criterion, layout.2, &[layout]);
    }
    run(criterion, "in turn", &LAYOUTS);
}

fn run(criterion: &mut Criterion, name: &str, layouts: &[(u8, usize, &str)]) {
    let mut group = criterion.benchmark_group(format!("all fields, {name}"));
    let cases: Vec<Case<u64>> =
        entries(layouts).into_iter().map(|bytes| (bytes.clone(), answer(&bytes))).collect();
    contender(&mut group, "pflog-wire", &cases, pflog_wire);
    contender(&mut group, "any layout", &cases, any_layout);
    contender(&mut group, "floor", &cases, floor);
    group.finish();
}

/// Of a name its length, of an address four words.
fn answer(bytes: &[u8]) -> u64 {
    let big = |at: usize, width: usize| {
        bytes[at..at + width].iter().fold(0, |value, &byte| value << 8 | u64::from(byte))
    };
    let little = |at: usize| {
        bytes[at..at + 4].iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte))
    };
    let len = |at: usize| bytes[at..at + 16].iter().take_while(|byte| **byte != 0).count() as u64;
    let codes: u64 = (0..4).map(|at| big(at, 1)).sum();
    let owners: u64 = [44, 48, 52, 56].map(little).iter().sum();
    let more = match bytes[0] {
        69 => big(64, 4),
        100 => {
            let words: u64 = (64..96).step_by(4).map(|at| big(at, 4)).sum();
            big(61, 1) + big(62, 1) + words + big(96, 2) + big(98, 2)
        }
        _ => 0,
    };
    codes + len(4) + len(20) + big(36, 4) + big(40, 4) + owners + big(60, 1) + more + 60
}

/// All numbers in one.
macro_rules! sum {
    ($($field:expr),+ $(,)?) => { 0 $(+ u64::from($field))+ };
}

/// By the layout, as the floor does.
fn pflog_wire(bytes: &[u8]) -> Option<u64> {
    let entry = Entry::parse(bytes, LinkType::Pflog, ByteOrder::Little).ok()?;
    let tail = match entry.layout() {
        Layout::OPENBSD_3_4 => u64::from(entry.direction()?.0),
        Layout::PFSENSE => sum![entry.raw_ridentifier()?, entry.direction()?.0],
        Layout::OPENBSD_4_1 => owners(&entry)?,
        Layout::FREEBSD_13_1_DRAFT | Layout::FREEBSD_13_1 => {
            owners(&entry)? + u64::from(entry.raw_ridentifier()?)
        }
        Layout::OPENBSD_4_9 => owners(&entry)? + translation(&entry)?,
        _ => return None,
    };
    Some(tail + start_of(&entry)?)
}

#[inline(always)]
fn start_of(entry: &Entry<'_>) -> Option<u64> {
    Some(sum![
        entry.layout().0,
        entry.family().0,
        entry.action().0,
        entry.reason().0,
        entry.interface().0.len() as u64,
        entry.ruleset().map_or(0, |name| name.0.len()) as u64,
        entry.raw_rule(),
        entry.raw_subrule()?,
        entry.payload().len() as u64,
    ])
}

#[inline(always)]
fn owners(entry: &Entry<'_>) -> Option<u64> {
    Some(sum![
        entry.raw_uid()?,
        entry.raw_pid()? as u32,
        entry.raw_rule_uid()?,
        entry.raw_rule_pid()? as u32,
        entry.direction()?.0,
    ])
}

#[inline(always)]
fn translation(entry: &Entry<'_>) -> Option<u64> {
    Some(sum![
        entry.raw_rewritten()?,
        entry.naf()?.0,
        words(entry.raw_saddr()?),
        words(entry.raw_daddr()?),
        entry.sport()?,
        entry.dport()?,
    ])
}

/// Whichever the layout is: what it does not have is 0.
fn any_layout(bytes: &[u8]) -> Option<u64> {
    let entry = Entry::parse(bytes, LinkType::Pflog, ByteOrder::Little).ok()?;
    let process = |pid: Option<i32>| pid.unwrap_or_default() as u32;
    let words = |address: Option<&[u8; 16]>| address.map_or(0, words);
    let tail = sum![
        entry.raw_uid().unwrap_or_default(),
        process(entry.raw_pid()),
        entry.raw_rule_uid().unwrap_or_default(),
        process(entry.raw_rule_pid()),
        entry.direction().map_or(0, |direction| direction.0),
        entry.raw_ridentifier().unwrap_or_default(),
        entry.raw_rewritten().unwrap_or_default(),
        entry.naf().map_or(0, |naf| naf.0),
        words(entry.raw_saddr()),
        words(entry.raw_daddr()),
        entry.sport().unwrap_or_default(),
        entry.dport().unwrap_or_default(),
    ];
    Some(tail + start_of(&entry)?)
}

/// As C does with a cast to a structure, once it is known to be there.
fn floor(bytes: &[u8]) -> Option<u64> {
    Some(match bytes.first()? {
        45 => {
            let (header, payload) = bytes.split_first_chunk::<48>()?;
            start(header) + u64::from(header[44]) + payload.len() as u64
        }
        49 => {
            let (header, payload) = bytes.split_first_chunk::<52>()?;
            let tail = sum![u32_at(header, 44), header[48]];
            start(header) + tail + payload.len() as u64
        }
        61 => {
            let (header, payload) = bytes.split_first_chunk::<64>()?;
            common(header) + payload.len() as u64
        }
        68 => {
            let (header, payload) = bytes.split_first_chunk::<68>()?;
            common(header) + u64::from(u32_at(header, 64)) + payload.len() as u64
        }
        69 => {
            let (header, payload) = bytes.split_first_chunk::<72>()?;
            common(header) + u64::from(u32_at(header, 64)) + payload.len() as u64
        }
        100 => {
            let (header, payload) = bytes.split_first_chunk::<100>()?;
            let translation = sum![
                header[61],
                header[62],
                words(&chunk_at(header, 64)),
                words(&chunk_at(header, 80)),
                u16::from_be_bytes(chunk_at(header, 96)),
                u16::from_be_bytes(chunk_at(header, 98)),
            ];
            common(header) + translation + payload.len() as u64
        }
        _ => return None,
    })
}

#[inline(always)]
fn start<const N: usize>(header: &[u8; N]) -> u64 {
    sum![
        header[0],
        header[1],
        header[2],
        header[3],
        name_len(chunk_at(header, 4)),
        name_len(chunk_at(header, 20)),
        u32_at(header, 36),
        u32_at(header, 40),
    ]
}

#[inline(always)]
fn common<const N: usize>(header: &[u8; N]) -> u64 {
    let tail = sum![
        u32::from_le_bytes(chunk_at(header, 44)),
        u32::from_le_bytes(chunk_at(header, 48)),
        u32::from_le_bytes(chunk_at(header, 52)),
        u32::from_le_bytes(chunk_at(header, 56)),
        header[60],
    ];
    start(header) + tail
}

/// `strnlen`, sixteen bytes at once.
#[inline(always)]
fn name_len(field: [u8; 16]) -> u32 {
    let word = u128::from_le_bytes(field);
    let (ones, highs) = (u128::from_ne_bytes([1; 16]), u128::from_ne_bytes([0x80; 16]));
    (word.wrapping_sub(ones) & !word & highs).trailing_zeros() / 8
}

#[inline(always)]
fn words(address: &[u8; 16]) -> u64 {
    sum![u32_at(address, 0), u32_at(address, 4), u32_at(address, 8), u32_at(address, 12)]
}

/// All places are constants: nothing is checked when it runs.
#[inline(always)]
fn u32_at<const N: usize>(bytes: &[u8; N], at: usize) -> u32 {
    u32::from_be_bytes(chunk_at(bytes, at))
}

#[inline(always)]
fn chunk_at<const N: usize, const M: usize>(bytes: &[u8; N], at: usize) -> [u8; M] {
    std::array::from_fn(|n| bytes[at + n])
}
