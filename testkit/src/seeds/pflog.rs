//! Seeds for the log headers of pf.
//!
//! All fields differ from each other and read differently backwards, so that a decoder which takes
//! one for another, or the wrong byte order, shows it.

use super::Seeds;

/// The layouts with a length byte, each with the bytes it takes.
const LAYOUTS: [(u8, usize); 6] = [(45, 48), (49, 52), (61, 64), (68, 68), (69, 72), (100, 100)];

/// An IPv4 header, and an IPv6 header.
const V4: [u8; 20] =
    [0x45, 0, 0, 20, 0, 1, 0, 0, 64, 255, 0x8e, 0x75, 192, 0, 2, 10, 198, 51, 100, 20];
const V6: [u8; 8] = [0x60, 0, 0, 0, 0, 0, 59, 64];

/// Packets of a capture as bytes.
pub(super) fn bytes() -> Seeds {
    let mut seeds = Seeds::default();
    lengths(&mut seeds);
    cuts(&mut seeds);
    codes(&mut seeds);
    names(&mut seeds);
    rules(&mut seeds);
    owners(&mut seeds);
    translations(&mut seeds);
    old(&mut seeds);
    known(&mut seeds);
    seeds
}

/// Length bytes on the limits and next to them, before as many bytes as any takes.
fn lengths(seeds: &mut Seeds) {
    seeds.add("empty", []);
    let bytes = [&header(100)[..], &V4, &[0xa5; 136]].concat();
    for length in [0, 1, 27, 28, 29, 44, 46, 47, 48, 50, 52, 60, 62, 63, 64, 65, 67, 70, 71, 72] {
        seeds.add(format!("length-{length}"), patched(&bytes, 0, &[length]));
    }
    for length in [84, 96, 99, 101, 102, 104, 128, 200, 248, 251, 252, 253, 254, 255] {
        seeds.add(format!("length-{length}"), patched(&bytes, 0, &[length]));
    }
    for (length, _) in LAYOUTS {
        seeds.add(format!("length-{length}"), [&header(length)[..], &V4[..19]].concat());
        seeds.add(format!("length-{length}-of-100"), patched(&bytes, 0, &[length]));
    }
}

/// Headers that end in a field, in the padding, and behind it.
fn cuts(seeds: &mut Seeds) {
    for (length, takes) in LAYOUTS {
        let header = header(length);
        let places = [1, 2, 4, 20, 36, 43, 44, 45, 47, 48, 49, 52, 56, 59, 60, 61, 62, 63, 64];
        let more = [67, 68, 69, 70, 71, 79, 80, 95, 96, 98, 99];
        for len in places.into_iter().chain(more).filter(|len| *len < takes) {
            seeds.add(format!("cut-{length}-at-{len}"), &header[..len]);
        }
        seeds.add(format!("cut-{length}-behind"), &header[..]);
        seeds.add(format!("cut-{length}-behind-1"), [&header[..], &[0x46]].concat());
    }
    let unknown = patched(&header(100), 0, &[62]);
    for len in [43, 44, 59, 60, 61, 63, 64, 65] {
        seeds.add(format!("cut-62-at-{len}"), &unknown[..len]);
    }
}

/// Families, actions, reasons and directions, in layouts where they mean different things.
fn codes(seeds: &mut Seeds) {
    for (length, _) in LAYOUTS {
        for family in [0, 10, 24, 28, 30, 255] {
            let bytes = patched(&header(length), 1, &[family]);
            seeds.add(format!("family-{family}-in-{length}"), [&bytes[..], &V6[..7]].concat());
        }
        for action in (2..17).chain([255]) {
            seeds.add(
                format!("action-{action}-in-{length}"),
                patched(&header(length), 2, &[action]),
            );
        }
        for reason in [14, 15, 16, 17, 255] {
            seeds.add(
                format!("reason-{reason}-in-{length}"),
                patched(&header(length), 3, &[reason]),
            );
        }
        for direction in [0, 1, 3, 4, 255] {
            let bytes = patched(&header(length), direction_at(length), &[direction]);
            seeds.add(format!("direction-{direction}-in-{length}"), bytes);
        }
    }
    for (first, name) in [(0x45, "4"), (0x60, "6"), (0xf0, "15"), (0, "0")] {
        for family in [2, 24, 0] {
            let bytes = patched(&header(61), 1, &[family]);
            seeds.add(format!("version-{name}-of-{family}"), [&bytes[..], &[first]].concat());
        }
    }
}

fn names(seeds: &mut Seeds) {
    for (name, field) in [
        ("16", *b"sixteen-bytes-if"),
        ("15", *b"fifteen-bytes-i\0"),
        ("behind-the-nul", *b"em0\0garbage.....\0".first_chunk().expect("16")),
        ("empty", [0; 16]),
        ("not-ascii", [0xff, 0xfe, 0x80, 0x1b, b'[', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("com-apple", *b"com.apple/250.Ap"),
        ("com-appl", *b"com.appl\0\0\0\0\0\0\0\0"),
    ] {
        for length in [45, 61, 100] {
            let bytes = patched(&header(length), 4, &field);
            seeds.add(format!("name-{name}-in-{length}"), bytes.clone());
            seeds.add(format!("ruleset-{name}-in-{length}"), patched(&bytes, 20, &field));
        }
    }
}

fn rules(seeds: &mut Seeds) {
    for (name, number) in [
        ("none", u32::MAX),
        ("0", 0),
        ("1", 1),
        ("1-swapped", 0x0100_0000),
        ("2", 2),
        ("most", u32::MAX - 1),
    ] {
        for length in [45, 61, 69, 100] {
            let bytes = patched(&header(length), 36, &number.to_be_bytes());
            let bytes = patched(&bytes, 40, &number.to_be_bytes());
            seeds.add(format!("rule-{name}-in-{length}"), bytes.clone());
            let bytes = patched(&bytes, 20, &[0; 16]);
            seeds.add(format!("rule-{name}-in-{length}-without-ruleset"), bytes);
        }
    }
    for (length, at) in [(49, 44), (68, 64), (69, 64)] {
        seeds.add(format!("ridentifier-none-in-{length}"), patched(&header(length), at, &[0; 4]));
    }
    // NPF's, and what its marks are next to.
    let marks = [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff];
    let npf = patched(&header(61), 44, &[marks, marks].concat());
    seeds.add("npf", patched(&npf, 1, &[0]));
    seeds.add("npf-ipv4", npf.clone());
    seeds.add("npf-in-100", patched(&header(100), 44, &marks));
    seeds.add("npf-another-user", patched(&npf, 47, &[0x7e]));
    // ipfw's NAT64, and with each of its marks missing.
    for length in [61, 69] {
        let bytes = patched(&header(length), 2, &[4, 0]);
        let bytes = patched(&bytes, 4, b"NAT64LSN\0");
        let bytes = patched(&bytes, 44, &[0; 16]);
        let nat64 = patched(&bytes, 60, &[1]);
        for (name, at, byte) in [
            ("action", 2, 5),
            ("name", 8, b'6'),
            ("direction", 60, 2),
            ("user", 44, 1),
            ("rule-process", 59, 1),
        ] {
            seeds.add(format!("nat64-in-{length}-but-{name}"), patched(&nat64, at, &[byte]));
        }
        seeds.add(format!("nat64-in-{length}"), nat64);
    }
}

/// Users and processes that stand for none somewhere, in both byte orders.
fn owners(seeds: &mut Seeds) {
    for (name, uid, pid) in [
        ("openbsd", u32::MAX, 100_000),
        ("openbsd-old", u32::MAX, 32767),
        ("openbsd-odd", u32::MAX, 30001),
        ("darwin", 0x7fff_ffff, 100_000),
        ("netbsd", 0x7fff_ffff, 30001),
        ("netbsd-odd", 0x7fff_ffff, 32767),
        ("user-most", 0x7fff_ffff, 1),
        ("user", 1000, 12345),
        ("user-alone", 1000, 100_000),
        ("process-32767", 1000, 32767),
        ("process-30001", 1000, 30001),
        ("negative", 1000, 0x8000_0000),
        ("root", 0, 0),
    ] {
        for length in [61, 69, 100] {
            let of = |order: fn(u32) -> [u8; 4]| {
                let owner = [order(uid), order(pid)].concat();
                patched(&header(length), 44, &[&owner[..], &owner].concat())
            };
            let little = of(u32::to_le_bytes);
            if (uid, pid) != (0, 0) {
                seeds.add(format!("owner-{name}-in-{length}-big"), of(u32::to_be_bytes));
            }
            if length == 61 {
                for family in [24, 28, 30] {
                    let bytes = patched(&little, 1, &[family]);
                    seeds.add(format!("owner-{name}-of-{family}"), bytes);
                }
            }
            seeds.add(format!("owner-{name}-in-{length}"), little);
        }
    }
}

/// OpenBSD's addresses before and after a translation, and where nothing tells.
fn translations(seeds: &mut Seeds) {
    for (name, af, rewritten, naf) in [
        ("none", 2, 0, 2),
        ("none-ipv6", 24, 0, 24),
        ("without-naf", 2, 1, 0),
        ("none-without-naf", 24, 0, 0),
        ("same", 2, 1, 2),
        ("same-ipv6", 24, 1, 24),
        ("to-ipv6", 2, 1, 24),
        ("to-ipv4", 24, 1, 2),
        ("not-said", 24, 0, 2),
        ("same-version", 24, 1, 30),
        ("to-none", 2, 1, 99),
        ("from-none", 99, 2, 24),
    ] {
        let bytes = patched(&patched(&header(100), 1, &[af]), 61, &[rewritten, naf, 0xa6]);
        seeds.add(format!("translation-{name}-of-ipv4"), [&bytes[..], &V4].concat());
        seeds.add(format!("translation-{name}-of-ipv6"), [&bytes[..], &V6].concat());
        seeds.add(format!("translation-{name}-of-nothing"), bytes);
    }
    let zeros = patched(&patched(&header(100), 61, &[1, 2]), 64, &[0; 36]);
    seeds.add("translation-of-zeros", [&zeros[..], &V4].concat());
}

/// Headers of link type 17, which read as such of 117 are refused.
fn old(seeds: &mut Seeds) {
    let mut bytes = vec![0, 0, 0, 2];
    bytes.extend(b"abcdefghijklmnop");
    bytes.extend([0x12, 0x34, 0, 7, 0, 1, 0, 2]);
    for len in [3, 4, 19, 20, 27] {
        seeds.add(format!("old-cut-at-{len}"), &bytes[..len]);
    }
    for action in 2..11 {
        seeds.add(format!("old-action-{action}"), patched(&bytes, 25, &[action]));
    }
    for direction in [0, 1, 3] {
        seeds.add(format!("old-direction-{direction}"), patched(&bytes, 27, &[direction]));
    }
    for (name, at, new) in [
        ("default-rule", 20, [0xff, 0xff]),
        ("rule-least", 20, [0x80, 0]),
        ("rule-most", 20, [0x7f, 0xff]),
        ("action-over-255", 24, [1, 2]),
        ("reason-over-255", 22, [3, 4]),
        ("direction-over-255", 26, [5, 6]),
        ("ipv6", 2, [0, 24]),
        ("family-28", 2, [0, 28]),
        ("family-over-255", 2, [1, 2]),
    ] {
        seeds.add(format!("old-{name}"), patched(&bytes, at, &new));
    }
    seeds.add("old-with-payload", [&bytes[..], &V4].concat());
    seeds.add("old", bytes);
}

/// What real systems wrote, with other addresses, and the shapes that other decoders failed on.
fn known(seeds: &mut Seeds) {
    let mut macos = vec![0x3d, 2, 0, 0];
    macos.extend(b"en0\0\0\0\0\0\0\0\0\0\0\0\0\0logging\0\0\0\0\0\0\0\0\0");
    macos.extend([0, 0, 0, 0, 0, 0, 0, 0xae, 0xff, 0xff, 0xff, 0x7f, 0xa0, 0x86, 1, 0]);
    macos.extend([0, 0, 0, 0, 0xc0, 0xb8, 0, 0, 2, 0, 0, 0]);
    seeds.add("known-gopacket-60", &macos[..60]);
    seeds.add("known-macos", [&macos[..], &V4].concat());
    let mut openbsd = vec![0x64, 2, 1, 0];
    openbsd.extend(b"vio0\0\0\0\0\0\0\0\0\0\0\0\0");
    openbsd.extend([0; 16]);
    openbsd.extend([0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    openbsd.extend([0xa0, 0x86, 1, 0, 0, 0, 0, 0, 0x84, 0x53, 1, 0, 1, 0, 2, 0]);
    openbsd.extend([192, 0, 2, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    openbsd.extend([198, 51, 100, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    openbsd.extend([0xa3, 0xbd, 0, 23]);
    seeds.add("known-openbsd", [&openbsd[..], &V4].concat());
    seeds.add("known-all-ones", [0xff; 110]);
    seeds.add("known-all-zeros", [0; 110]);
}

/// Models as the bytes that choose them: those of the generator, in the order in which it reads.
pub(super) fn model() -> Seeds {
    let mut seeds = Seeds::default();
    /// Layout and payload, codes, names, rules, owners, translation, filler, damage, family, values.
    const ONE: [u8; 10] = [0, 0, 0, 0x10, 5, 0, 0xa5, 0, 0, 9];
    let mut add = |name: String, changes: &[(usize, u8)]| {
        let mut bytes = ONE;
        for (at, byte) in changes {
            bytes[*at] = *byte;
        }
        seeds.add(name, bytes);
    };
    for layout in 0..7 {
        add(format!("layout-nth-{layout}"), &[(0, layout)]);
        for (name, at, byte) in [
            ("big", 0, 8 | layout),
            ("payload-ipv6", 0, 0x10 | layout),
            ("payload-none", 0, 0x20 | layout),
            ("action-nth-3", 1, 3),
            ("action-nth-9", 1, 9),
            ("reason-nth-1", 1, 0x10),
            ("direction-nth-3", 8, 3 << 3),
            ("family-nth-1", 8, 1),
            ("names-nth-2", 2, 2 | 1 << 3),
            ("rules-nth-1", 3, 1),
            ("rules-nth-6", 3, 6),
        ] {
            add(format!("layout-nth-{layout}-{name}"), &[(0, layout), (at, byte)]);
        }
    }
    for owners in (0..16).filter(|owners| *owners != 5) {
        for (name, layout) in [("61", 0), ("100", 1), ("69", 2)] {
            add(
                format!("owners-nth-{owners}-in-{name}"),
                &[(0, layout), (4, owners | owners << 4)],
            );
        }
    }
    for translation in 1..8 {
        add(format!("translation-nth-{translation}"), &[(0, 1), (5, translation)]);
        add(format!("translation-nth-{translation}-ipv6"), &[(0, 0x11), (5, translation)]);
    }
    for names in 1..8 {
        add(format!("interface-nth-{names}"), &[(2, names)]);
        add(format!("ruleset-nth-{names}"), &[(2, names << 3)]);
    }
    for damage in 0..16 {
        add(format!("length-nth-{damage}"), &[(7, 0x40 | damage)]);
    }
    for (name, layout) in [("61", 0), ("100", 1), ("69", 2), ("45", 3), ("28", 4)] {
        for (by, shift) in [("before", 7 << 3), ("within", 3 << 3)] {
            add(format!("cut-{name}-{by}"), &[(0, layout), (7, 0x84), (5, shift)]);
        }
    }
    // NAT64: no user, its name, nat, in.
    add("nat64".into(), &[(4, 0x66), (2, 3), (1, 2), (8, 0)]);
    add("nat64-in-69".into(), &[(0, 2), (4, 0x66), (2, 3), (1, 2), (8, 0)]);
    seeds
}

/// A header with all fields of this layout.
fn header(length: u8) -> Vec<u8> {
    let mut bytes = vec![length, 2, 1, 7];
    bytes.extend(b"abcdefghijklmnopqrstuvwxyz012345");
    bytes.extend(0x10..0x18);
    if length == 49 {
        bytes.extend(0x28..0x2c);
    }
    if length > 60 {
        bytes.extend(0x18..0x28);
    }
    bytes.extend([2, 0xa1, 0xa2, 0xa3]);
    match length {
        68 => bytes.extend(0x28..0x2c),
        69 => bytes.extend((0x28..0x2c).chain(0xa4..0xa8)),
        100 => {
            bytes.truncate(61);
            bytes.extend([1, 24, 0xa1]);
            bytes.extend(0x30..0x54);
        }
        _ => {}
    }
    bytes
}

fn direction_at(length: u8) -> usize {
    match length {
        45 => 44,
        49 => 48,
        _ => 60,
    }
}

/// The same bytes, but for those `at` a place.
fn patched(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    [&bytes[..at], new, &bytes[at + new.len()..]].concat()
}
