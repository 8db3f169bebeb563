//! Seeds for NetFlow v5.
//!
//! All fields differ from each other and read differently backwards, so that a decoder which takes
//! one for another, or the wrong byte order, shows it.

use super::Seeds;

/// Payloads as bytes.
pub(super) fn bytes() -> Seeds {
    let mut seeds = Seeds::default();
    lengths(&mut seeds);
    counts(&mut seeds);
    versions(&mut seeds);
    several(&mut seeds);
    headers(&mut seeds);
    times(&mut seeds);
    records(&mut seeds);
    arrivals(&mut seeds);
    known(&mut seeds);
    seeds
}

/// Payloads that end in the header, in a record, or behind the last one.
fn lengths(seeds: &mut Seeds) {
    seeds.add("empty", []);
    let whole = packet(2, 2);
    for len in [1, 2, 3, 4, 23, 24, 25, 71, 72, 73, 119] {
        seeds.add(format!("cut-at-{len}"), &whole[..len]);
    }
    for len in [1, 4, 23, 24, 47, 48, 49] {
        seeds.add(format!("followed-by-{len}"), [&whole[..], &vec![0xa5; len]].concat());
    }
}

fn counts(seeds: &mut Seeds) {
    for count in [0, 1, 2, 29, 30, 31, 32, 42] {
        let bytes = packet(count, count.into());
        if count == 31 || count == 30 {
            seeds.add(format!("count-{count}-cut"), &bytes[..bytes.len() - 1]);
        }
        seeds.add(format!("count-{count}"), bytes);
    }
    for count in [0, 1, 3, 30, 31, 0x0102, 0x0200, 0x8002, 65535] {
        seeds.add(format!("count-{count}-of-2"), packet(count, 2));
        seeds.add(format!("count-{count}-of-none"), patched(&packet(count, 0), 20, &[0xee, 0xef]));
    }
}

fn versions(seeds: &mut Seeds) {
    for version in [0, 1, 4, 6, 7, 8, 9, 10, 0x0105, 0x0500, 0x8005, 0xffff_u16] {
        seeds.add(format!("version-{version}"), patched(&packet(1, 1), 0, &version.to_be_bytes()));
    }
    // Versions 1 and 7, as long as they are.
    seeds.add("version-1-whole", [&[0, 1, 0, 1][..], &[0xa5; 60]].concat());
    seeds.add("version-7-whole", [&[0, 7, 0, 1][..], &[0xa5; 72]].concat());
    seeds.add("version-9-cut", [0, 9]);
}

/// Several packets in one datagram.
fn several(seeds: &mut Seeds) {
    let (one, two, none) = (packet(1, 1), packet(2, 2), packet(0, 0));
    let odd = patched(&packet(31, 31), 4, &[9; 4]);
    for (name, packets) in [
        ("one-two", [&one[..], &two].concat()),
        ("two-one", [&two[..], &one].concat()),
        ("three", [&one[..], &one, &two].concat()),
        ("none-one", [&none[..], &one].concat()),
        ("one-none", [&one[..], &none].concat()),
        ("none-none", [&none[..], &none].concat()),
        ("one-then-31", [&one[..], &odd].concat()),
    ] {
        seeds.add(format!("several-{name}-cut"), &packets[..packets.len() - 1]);
        seeds.add(format!("several-{name}"), packets);
    }
    seeds.add("several-then-version-9", [&one[..], &patched(&one, 0, &[0, 9])].concat());
    seeds.add("several-then-65535", [&one[..], &packet(65535, 0)].concat());
    seeds.add("several-then-a-start", [&one[..], &[0, 5, 0]].concat());
}

fn headers(seeds: &mut Seeds) {
    for sampling in [0, 1, 2, 0x3fff, 0x4000, 0x4001, 0x4065, 0x8064, 0xc001, 0xffff, 50_000_u16] {
        let bytes = patched(&packet(1, 1), 22, &sampling.to_be_bytes());
        seeds.add(format!("sampling-{sampling}"), bytes);
    }
    for (at, name) in [(4, "uptime"), (8, "seconds"), (12, "nanoseconds"), (16, "sequence")] {
        for (value, limit) in [(0, "0"), (u32::MAX, "most")] {
            let bytes = patched(&packet(1, 1), at, &value.to_be_bytes());
            seeds.add(format!("{name}-{limit}"), bytes);
        }
    }
    for nsecs in [999, 1000, 999_999, 1_000_000, 999_999_999, 1_000_000_000] {
        let bytes = patched(&packet(1, 1), 12, &u32::to_be_bytes(nsecs));
        seeds.add(format!("nanoseconds-{nsecs}"), bytes);
    }
}

/// First and Last on both sides of what a time can mean.
fn times(seeds: &mut Seeds) {
    const HALF: u32 = 1 << 31;
    for (name, uptime, first, last) in [
        ("at-the-packet", 5000, 5000, 5000),
        ("first-before-the-start", 3381, u32::MAX, 2577),
        ("both-before-the-wrap", 1000, u32::MAX - 8999, u32::MAX - 7999),
        ("last-after-the-packet", 5000, 4000, 5050),
        ("last-100-s-after", 5000, 4000, 105_000),
        ("last-over-100-s-after", 5000, 4000, 105_001),
        ("last-behind-a-wrap", u32::MAX, u32::MAX - 9, 5),
        ("first-after-last", 5000, 4003, 4000),
        ("half-before", HALF, 0, 1),
        ("half-after", 0, HALF - 1, HALF),
        ("half-around", 1, HALF, HALF + 1),
    ] {
        let bytes = patched(&packet(1, 1), 4, &u32::to_be_bytes(uptime));
        let bytes = patched(&bytes, 24 + 24, &u32::to_be_bytes(first));
        let bytes = patched(&bytes, 24 + 28, &u32::to_be_bytes(last));
        seeds.add(format!("time-{name}"), bytes);
    }
}

fn records(seeds: &mut Seeds) {
    for protocol in [0, 1, 2, 6, 17, 58, 255] {
        for (name, port) in [("no-port", [0, 0]), ("port", [3, 3]), ("port-low", [0, 8])] {
            let bytes = patched(&packet(1, 1), 24 + 38, &[protocol]);
            seeds.add(format!("protocol-{protocol}-{name}"), patched(&bytes, 24 + 32, &port));
        }
    }
    for (name, bits) in [("none", 0), ("fin", 1), ("cwr", 0x80), ("all", 0xff)] {
        seeds.add(format!("tcp-flags-{name}"), patched(&packet(1, 1), 24 + 37, &[bits]));
    }
    for mask in [0, 32, 33, 128, 255] {
        seeds.add(format!("mask-{mask}"), patched(&packet(1, 1), 24 + 44, &[mask, 255 - mask]));
    }
    for (name, counters) in [("none", [0; 8]), ("most", [0xff; 8])] {
        seeds.add(format!("counters-{name}"), patched(&packet(1, 1), 24 + 16, &counters));
    }
}

/// Orders of arrival as the bytes that choose them: two for each packet.
fn arrivals(seeds: &mut Seeds) {
    const IN_ORDER: [u8; 2] = [0, 30];
    /// Upon the packet before, wherever that is.
    const FOLLOWS: [u8; 2] = [0x80, 30];
    for (name, packets) in [
        ("in-order", vec![IN_ORDER; 5]),
        ("lost", vec![IN_ORDER, [3, 30], IN_ORDER]),
        ("overtaken", vec![IN_ORDER, [3, 30], [8, 30], [8, 30]]),
        ("overtaken-in-part", vec![IN_ORDER, [5, 30], [8, 10], [6, 10]]),
        ("nine-gaps", [vec![[3, 10]; 10], vec![[8, 30]; 8]].concat()),
        ("gaps-split", [vec![[5, 30]; 3], vec![[8, 5], [8, 5], [7, 20], [6, 5]]].concat()),
        ("window", vec![[12, 30], [10, 30], [9, 30], [11, 30], IN_ORDER]),
        ("doubtful-once", vec![IN_ORDER, [13, 30], IN_ORDER, [11, 30], [3, 30], [8, 30]]),
        ("confirmed-ahead", vec![IN_ORDER, [9, 30], FOLLOWS, [8, 30], [7, 30]]),
        ("confirmed-behind", vec![[3, 30], [11, 30], FOLLOWS, [3, 30], [8, 30], [8, 30]]),
        ("confirmed-by-none", vec![IN_ORDER, [9, 30], [0x83, 30], [0x86, 30], FOLLOWS]),
        ("confirmed-half-ahead", vec![IN_ORDER, [13, 30], FOLLOWS, [8, 30]]),
        ("confirmed-half-behind", vec![IN_ORDER, [14, 30], FOLLOWS, [8, 30]]),
        ("confirmed-empty", vec![IN_ORDER, [9, 0], FOLLOWS, [0x80, 0], [9, 0], [0x80, 0]]),
        ("confirmed-boot", vec![IN_ORDER, [0x73, 30], FOLLOWS, [0x70, 30], [0xf0, 30], [8, 30]]),
        ("take-turns", [[9, 30], IN_ORDER, [0x8f, 30], IN_ORDER].repeat(4)),
        ("boot", vec![IN_ORDER, [0x43, 30], [0x53, 30], [0x63, 30], [0x73, 30], [0x61, 30]]),
        ("count-most", vec![IN_ORDER, [0, 0xff], [6, 30], [8, 0xff]]),
        ("count-0", vec![[0, 0], [3, 0], [3, 0], [8, 1], [6, 0]]),
    ] {
        for (start, next) in [("0", [0; 4]), ("end", [0xf0, 0xff, 0xff, 0xff])] {
            let clocks = [0x34, 0x12, 0x78, 0x56, 0x34, 0xf2];
            let bytes = [&next[..], &clocks, &packets.concat()].concat();
            seeds.add(format!("arrivals-{name}-from-{start}"), bytes);
        }
    }
}

/// The shapes that other decoders failed on.
fn known(seeds: &mut Seeds) {
    // goflow2 6d92c9e: records are made for the count alone.
    seeds.add("known-goflow2-phantoms", patched(&packet(65535, 0), 16, &[0; 8]));
    // tcpdump's print-cnfp.c: the upper half of the uptime is read as a part of the count.
    seeds.add("known-tcpdump-65537", patched(&packet(1, 1), 4, &[0, 1, 0xe2, 0x40]));
    // Counts that were seen in datagrams of 1464 bytes.
    for count in [55582, 163] {
        seeds.add(format!("known-count-{count}"), packet(count, 30));
    }
    // What softflowd sent to a collector that was down.
    let mut bytes = vec![0, 5, 0, 1, 0, 0, 0x1b, 0x8b, 0x6b, 0x02, 0x45, 0x15, 0x18, 0xe8, 0xff];
    bytes.extend([0xb8, 0, 0, 0x03, 0x44, 0, 0, 0, 0]);
    bytes.extend([198, 51, 100, 23, 203, 0, 113, 80, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend([0, 0, 0, 1, 0, 0, 0, 0xd3, 0, 0, 0x0f, 0xd2, 0, 0, 0x0f, 0xd2]);
    bytes.extend([0xa5, 0x2b, 0x01, 0xbb, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    seeds.add("known-softflowd", bytes);
    seeds.add("known-all-ones", [0xff; 96]);
    seeds.add("known-all-zeros", [0; 96]);
}

/// Models as the bytes that choose them.
pub(super) fn model() -> Seeds {
    let mut seeds = Seeds::default();
    let mut add = |name: &str, choice: &Choice| seeds.add(name, choice.bytes());
    let one = Choice::default();
    add("one", &one);
    // Where the generator chooses from a table, by the place in it.
    for count in 1..8 {
        add(&format!("count-nth-{count}"), &Choice { counts: vec![count], ..one.clone() });
    }
    for declared in 1..8 {
        let damage = Some((1, declared));
        let counts = vec![2];
        add(&format!("declared-nth-{declared}"), &Choice { counts, damage, ..one.clone() });
    }
    for version in 0..8 {
        let damage = Some((2, version * 4));
        add(&format!("version-nth-{version}"), &Choice { damage, ..one.clone() });
    }
    for first in 0..16 {
        let times = first | 0x10;
        add(&format!("time-nth-{first}"), &Choice { times, ..one.clone() });
    }
    for protocol in [1, 3, 4, 8, 9] {
        add(&format!("protocol-nth-{protocol}"), &Choice { protocol, ..one.clone() });
    }
    for (name, counts) in [
        ("two", vec![0, 2]),
        ("two-none", vec![3, 0]),
        ("two-odd", vec![4, 0]),
        ("three", vec![0, 3, 2]),
        ("three-full", vec![1, 5, 1]),
    ] {
        add(name, &Choice { counts: counts.clone(), ..one.clone() });
        let cut = Some((3, 7));
        add(&format!("{name}-cut"), &Choice { counts: counts.clone(), cut, ..one.clone() });
        let damage = Some((1, 1));
        add(&format!("{name}-damaged"), &Choice { counts, damage, ..one.clone() });
    }
    for trailing in 0..8 {
        add(
            &format!("trailing-nth-{trailing}"),
            &Choice { trailing: Some(trailing), ..one.clone() },
        );
    }
    // Around the end of the header, of the first record, and of the second.
    let two = Choice { counts: vec![2], ..one };
    for (name, place) in [("header", 1), ("first", 2), ("second", 3)] {
        for (by, shift) in [("before", 7), ("at", 8), ("behind", 9)] {
            if (place, shift) < (3, 8) {
                let cut = Some((place, shift));
                add(&format!("cut-{name}-{by}"), &Choice { cut, ..two.clone() });
            }
        }
    }
    seeds
}

/// What the model's generator is told, in the order in which it reads.
#[derive(Clone)]
struct Choice {
    counts: Vec<u8>,
    times: u8,
    protocol: u8,
    /// To what kind, and which.
    damage: Option<(u8, u8)>,
    trailing: Option<u8>,
    cut: Option<(u8, u8)>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { counts: vec![0], times: 0, protocol: 2, damage: None, trailing: None, cut: None }
    }
}

impl Choice {
    fn bytes(&self) -> Vec<u8> {
        let (kind, damage) = self.damage.unwrap_or((0, 0));
        let parts = [0, 1, 3][self.counts.len() - 1];
        // Damage comes to the last one.
        let last = (self.counts.len() - 1) as u8;
        let mut steer = parts | last << 2 | kind << 4;
        steer |= if self.trailing.is_some() { 0x40 } else { 0 };
        steer |= if self.cut.is_some() { 0x80 } else { 0 };
        let mut bytes = vec![steer];
        for count in &self.counts {
            // Count, four numbers of the header little-endian, engine, sampling, and what the
            // records are made of.
            bytes.push(*count);
            bytes.extend([0x40, 0x42, 0x0f, 0, 0x34, 0x12, 0x53, 0x65]);
            bytes.extend([0x15, 0xcd, 0x5b, 0x07, 0x0d, 0x0c, 0x0b, 0x0a]);
            bytes.extend([0x11, 0x12, 0x64, 0x40, self.times, self.protocol, 0x5a, 0x35]);
        }
        bytes.push(damage | self.trailing.unwrap_or(0) << 5);
        bytes.extend(self.cut.map_or(vec![], |(place, shift)| vec![place, shift]));
        bytes
    }
}

/// A packet that declares `count` records, and has `present` of them.
fn packet(count: u16, present: usize) -> Vec<u8> {
    let mut bytes = vec![0, 5];
    bytes.extend(count.to_be_bytes());
    bytes.extend([0x01, 0x02, 0x03, 0x04, 0x65, 0x53, 0x12, 0x34, 0x07, 0x5b, 0xcd, 0x15]);
    bytes.extend([0x0a, 0x0b, 0x0c, 0x0d, 0x11, 0x12, 0x40, 0x64]);
    for n in 0..present {
        bytes.extend([192, 0, 2, n as u8, 198, 51, 100, 7, 203, 0, 113, 1]);
        // Numbers that go on in each record where the one before ends.
        bytes.extend((0x14..0x38_u8).map(|byte| byte.wrapping_add((n as u8).wrapping_mul(36))));
    }
    bytes
}

/// The same bytes, but for those `at` a place.
fn patched(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    [&bytes[..at], new, &bytes[at + new.len()..]].concat()
}
