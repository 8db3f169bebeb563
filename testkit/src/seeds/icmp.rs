//! Seeds for ICMP and ICMPv6 errors.
//!
//! All fields differ from each other and read differently backwards, so that a decoder which takes
//! one for another, or the wrong byte order, shows it.

use super::Seeds;

const UDP: u8 = 17;
const FRAGMENT: u8 = 44;
const AUTHENTICATION: u8 = 51;

/// IANA's IPv6 Extension Header Types that have a length to go by.
const EXTENSIONS: [u8; 8] = [0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140];

/// Ports 50000 and 2055, and the other half of a UDP header.
const TRANSPORT: [u8; 8] = [0xc3, 0x50, 0x08, 0x07, 0x05, 0xc0, 0x12, 0x34];

const V4_SOURCE: [u8; 4] = [192, 0, 2, 214];
const V4_DESTINATION: [u8; 4] = [198, 51, 100, 10];
const V6_SOURCE: [u8; 16] = [0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6];
const V6_DESTINATION: [u8; 16] = [0x20, 0x01, 0x0d, 0xb8, 8, 0, 9, 0, 10, 0, 11, 0, 12, 0, 13, 0];

/// Messages as bytes.
pub(super) fn bytes() -> Seeds {
    let mut seeds = Seeds::default();
    messages(&mut seeds);
    codes(&mut seeds);
    quote_lengths(&mut seeds);
    v4_headers(&mut seeds);
    v4_fragments(&mut seeds);
    protocols(&mut seeds);
    v6_headers(&mut seeds);
    v6_extensions(&mut seeds);
    v6_fragments(&mut seeds);
    v6_chains(&mut seeds);
    bare_quotes(&mut seeds);
    structures(&mut seeds);
    objects(&mut seeds);
    known(&mut seeds);
    seeds
}

/// The ICMP header, and types next to those that quote.
fn messages(seeds: &mut Seeds) {
    seeds.add("empty", []);
    for (family, types, whole) in [
        ("v4", [0, 1, 2, 4, 5, 255], v4(3, &v4_quote())),
        ("v6", [0, 2, 3, 4, 129, 255], v6(4, &v6_quote(UDP))),
    ] {
        for len in [1, 7] {
            seeds.add(format!("{family}-message-{len}-bytes"), &whole[..len]);
        }
        for ty in types {
            seeds.add(format!("{family}-type-{ty}"), patched(&whole, 0, &[ty]));
        }
    }
}

fn codes(seeds: &mut Seeds) {
    for code in (0..=16).chain([255]) {
        seeds.add(format!("v4-code-{code}"), v4(code, &v4_quote()));
    }
    for code in (0..=9).chain([255]) {
        seeds.add(format!("v6-code-{code}"), v6(code, &v6_quote(UDP)));
    }
    // Only code 4 has an MTU, and only in the second half of the word.
    for (code, mtu) in
        [(3, 0x05dc), (4, 0), (4, 1), (4, 0x05dc), (4, 0xff00), (4, 0xffff_u16), (5, 0x05dc)]
    {
        let message = patched(&v4(code, &v4_quote()), 6, &mtu.to_be_bytes());
        seeds.add(format!("v4-code-{code}-mtu-{mtu}"), message);
    }
    let message = patched(&v4(4, &v4_quote()), 4, &[0x05, 0xdc, 0, 0]);
    seeds.add("v4-code-4-mtu-in-wrong-half", message);
}

/// From a message of 8 bytes to the most that RFC 1812 and RFC 4443 send back.
fn quote_lengths(seeds: &mut Seeds) {
    let quote = [v4_quote(), vec![0xa5; 1400]].concat();
    for len in [0, 1, 2, 19, 20, 21, 22, 23, 24, 25, 27, 29, 128, 548] {
        seeds.add(format!("v4-quote-{len}-bytes"), v4(3, &quote[..len]));
    }
    let quote = [v6_quote(UDP), vec![0xa5; 1400]].concat();
    for len in [0, 1, 2, 39, 40, 41, 42, 43, 44, 45, 47, 49, 128, 1232] {
        seeds.add(format!("v6-quote-{len}-bytes"), v6(4, &quote[..len]));
    }
}

fn v4_headers(seeds: &mut Seeds) {
    for version in [0, 3, 4, 5, 6, 7, 15] {
        let quote = [v4_quote(), vec![0xa5; 20]].concat();
        seeds.add(format!("v4-version-{version}"), v4(3, &patched(&quote, 0, &[version << 4 | 5])));
    }
    for words in [0, 1, 4] {
        let quote = patched(&v4_quote(), 0, &[0x40 | words]);
        seeds.add(format!("v4-ihl-{words}"), v4(3, &quote));
    }
    for words in [6, 7, 15] {
        let mut quote = patched(&v4_header(), 0, &[0x40 | words]);
        quote.resize(usize::from(words) * 4, 1);
        quote.extend(TRANSPORT);
        for (name, missing) in [("whole", 0), ("ports-short", 5), ("no-ports", 8), ("short", 9)] {
            let quote = &quote[..quote.len() - missing];
            seeds.add(format!("v4-ihl-{words}-{name}"), v4(3, quote));
        }
    }
    for total in [0, 19, 28, 65535_u16] {
        let quote = patched(&v4_quote(), 2, &total.to_be_bytes());
        seeds.add(format!("v4-total-length-{total}"), v4(3, &quote));
    }
    for hops in [0, 255] {
        let quote = patched(&v4_quote(), 8, &[hops]);
        seeds.add(format!("v4-time-to-live-{hops}"), v4(3, &quote));
    }
}

fn v4_fragments(seeds: &mut Seeds) {
    let fields = [
        ("0", 0),
        ("1", 1),
        ("1000", 0x1000),
        ("1fff", 0x1fff),
        ("more", 0x2000),
        ("more-1fff", 0x3fff),
        ("dont-1", 0x4001),
        ("reserved", 0x8000),
        ("flags", 0xe000),
        ("flags-1fff", 0xffff_u16),
    ];
    for (name, field) in fields {
        let quote = patched(&v4_quote(), 6, &field.to_be_bytes());
        seeds.add(format!("v4-fragment-{name}"), v4(3, &quote));
        // A later fragment has no ports to miss.
        seeds.add(format!("v4-fragment-{name}-short"), v4(3, &quote[..23]));
    }
}

/// The protocols with ports, UDP aside, those without, and the numbers next to the former.
fn protocols(seeds: &mut Seeds) {
    for protocol in [1, 6, 33, 58, 132, 136] {
        for behind in [3, 4, 8] {
            let quote = &patched(&v4_quote(), 9, &[protocol])[..20 + behind];
            seeds.add(format!("v4-protocol-{protocol}-{behind}-bytes"), v4(3, quote));
            let quote = &v6_quote(protocol)[..40 + behind];
            seeds.add(format!("v6-protocol-{protocol}-{behind}-bytes"), v6(4, quote));
        }
    }
    for protocol in [0, 2, 5, 7, 16, 18, 32, 34, 131, 133, 135, 137, 255] {
        let quote = patched(&v4_quote(), 9, &[protocol]);
        seeds.add(format!("v4-protocol-{protocol}"), v4(3, &quote));
    }
    // Not to be passed over: the neighbors of extension headers, ESP, no next header, experiments.
    for protocol in [42, 45, 50, 52, 59, 61, 134, 138, 141, 253, 254, 255] {
        seeds.add(format!("v6-protocol-{protocol}"), v6(4, &v6_quote(protocol)));
    }
}

fn v6_headers(seeds: &mut Seeds) {
    for version in [0, 4, 5, 6, 7, 15] {
        let quote = patched(&v6_quote(UDP), 0, &[version << 4 | 5]);
        seeds.add(format!("v6-version-{version}"), v6(4, &quote));
    }
    for payload in [0, 65495, 65496, 65535_u16] {
        let quote = patched(&v6_quote(UDP), 4, &payload.to_be_bytes());
        seeds.add(format!("v6-payload-length-{payload}"), v6(4, &quote));
    }
    for hops in [0, 255] {
        let quote = patched(&v6_quote(UDP), 7, &[hops]);
        seeds.add(format!("v6-hop-limit-{hops}"), v6(4, &quote));
    }
}

fn v6_extensions(seeds: &mut Seeds) {
    for kind in EXTENSIONS {
        for length in [0, 1, 255] {
            let quote =
                [v6_header(kind), extension(kind, UDP, length), TRANSPORT.to_vec()].concat();
            let short = &quote[..quote.len() - 9];
            seeds.add(format!("v6-extension-{kind}-length-{length}"), v6(4, &quote));
            seeds.add(format!("v6-extension-{kind}-length-{length}-short"), v6(4, short));
        }
        // With and without its length byte, and with all but one byte of the ports.
        let quote = [v6_header(kind), extension(kind, UDP, 0), TRANSPORT.to_vec()].concat();
        for len in [0, 1, 2] {
            seeds.add(format!("v6-extension-{kind}-{len}-bytes"), v6(4, &quote[..40 + len]));
        }
        let short = &quote[..quote.len() - 5];
        seeds.add(format!("v6-extension-{kind}-ports-short"), v6(4, short));
    }
}

fn v6_fragments(seeds: &mut Seeds) {
    let fields = [
        ("0-more", 1),
        // The reserved bits are no part of the offset.
        ("0-reserved", 7),
        ("1", 8),
        ("1-more", 9),
        ("1000", 0x8000),
        ("1fff", 0xfff8),
        ("1fff-more", 0xffff_u16),
    ];
    for (name, field) in fields {
        let fragment = patched(&extension(FRAGMENT, UDP, 0), 2, &field.to_be_bytes());
        let quote = [&v6_header(FRAGMENT), &fragment, &TRANSPORT[..]].concat();
        seeds.add(format!("v6-fragment-{name}"), v6(4, &quote));
        seeds.add(format!("v6-fragment-{name}-short"), v6(4, &quote[..51]));
        // What follows a later fragment's header is payload, even where it is called a header.
        let fragment = patched(&fragment, 0, &[AUTHENTICATION]);
        let authentication = extension(AUTHENTICATION, UDP, 4);
        let quote = [&v6_header(FRAGMENT), &fragment, &authentication, &TRANSPORT[..]].concat();
        seeds.add(format!("v6-fragment-{name}-then-51"), v6(4, &quote));
    }
}

fn v6_chains(seeds: &mut Seeds) {
    for (name, kinds) in [
        ("every-kind", EXTENSIONS.to_vec()),
        ("every-kind-backwards", EXTENSIONS.iter().rev().copied().collect()),
        ("twice-44", vec![FRAGMENT; 2]),
        ("8-times-0", vec![0; 8]),
        ("128-times-60", vec![60; 128]),
        // As it should be by RFC 8200 §4.1.
        ("in-order", vec![0, 60, 43, FRAGMENT, AUTHENTICATION, 60, 135]),
    ] {
        let next = kinds.iter().skip(1).copied().chain([UDP]);
        let chain: Vec<u8> =
            kinds.iter().zip(next).flat_map(|(kind, next)| extension(*kind, next, 1)).collect();
        let quote = [v6_header(kinds[0]), chain, TRANSPORT.to_vec()].concat();
        seeds.add(format!("v6-chain-{name}"), v6(4, &quote));
        seeds.add(format!("v6-chain-{name}-short"), v6(4, &quote[..quote.len() - 9]));
        seeds.add(format!("v6-chain-{name}-ports-short"), v6(4, &quote[..quote.len() - 5]));
    }
    // All zeros: each header names the next one of its kind.
    seeds.add("v6-chain-zeros", v6(4, &[v6_header(0), vec![0; 256]].concat()));
}

/// Quotes without an ICMP header in front, as `Quote::parse` takes them.
fn bare_quotes(seeds: &mut Seeds) {
    for len in [19, 20, 23, 24, 28] {
        seeds.add(format!("bare-v4-{len}-bytes"), &v4_quote()[..len]);
    }
    for len in [39, 40, 43, 44, 48] {
        seeds.add(format!("bare-v6-{len}-bytes"), &v6_quote(UDP)[..len]);
    }
    for words in [0, 4, 6, 15] {
        seeds.add(format!("bare-v4-ihl-{words}"), patched(&v4_quote(), 0, &[0x40 | words]));
    }
    for kind in EXTENSIONS {
        let quote = [v6_header(kind), extension(kind, UDP, 1), TRANSPORT.to_vec()].concat();
        seeds.add(format!("bare-v6-extension-{kind}"), quote);
    }
}

/// The shapes that other decoders failed on.
fn known(seeds: &mut Seeds) {
    // CVE-2017-12895, tcpdump: the quoted total length is far more than was captured.
    for (total, len) in [(13911_u16, 204), (33008, 244)] {
        let mut quote = patched(&v4_quote(), 2, &total.to_be_bytes());
        quote.resize(len, 0xa5);
        seeds.add(format!("known-tcpdump-12895-total-{total}"), v4(3, &quote));
    }
    // CVE-2017-13012, tcpdump: the quote ends inside its total length.
    seeds.add("known-tcpdump-13012-total-length", v4(3, &v4_quote()[..3]));
    // CVE-2022-23093, FreeBSD ping: 40 bytes of options in the quoted header.
    let mut quote = patched(&v4_quote(), 0, &[0x4f]);
    quote.resize(60, 0);
    seeds.add("known-ping-23093-options", v4(3, &quote));
    // CVE-2026-23398, Linux: fragmentation needed for a protocol that nobody registered.
    seeds.add("known-linux-23398-protocol", v4(4, &patched(&v4_quote(), 9, &[252])));
    // FreeBSD-SA-20:31: routing and destination options in the quoted chain.
    let chain = [v6_header(43), extension(43, 60, 2), extension(60, UDP, 0)].concat();
    seeds.add("known-freebsd-sa-20-31-chain", v6(4, &chain));
    // smoltcp 5a52cb7: a quote shorter than an IPv6 header in a message that is not.
    for len in 40..=43 {
        seeds.add(format!("known-smoltcp-808-{len}"), &v6(4, &v6_quote(UDP))[..len]);
    }
    // tcpdump: extended echo requests of two bytes, and one whose object is shorter than it says.
    seeds.add("known-tcpdump-oobr", [49, 0]);
    seeds.add(
        "known-tcpdump-33040b7",
        *b"\x2a\x00\x6d\x63\0\0\0\0\x20\x00\xcc\xcb\x00\x06\x02\x0c\x11\x22\xde\xad\xbe\xef\xca\xfe",
    );
    // pnet_packet 0.35: a neighbor discovery option whose length overflows a byte.
    seeds.add(
        "known-pnet-ndp",
        *b"\x0d\x4e\x68\x33\xff\xff\x00\x00\xa0\x11\x00\x58\x8e\x2b\xff\xff\x18\x38",
    );
    // RFC 4884: a quote padded to 128 bytes and an MPLS label behind it, and neither of them so.
    let extension = [0x20, 0, 0xb5, 0x61, 0, 8, 1, 1, 0x18, 0x94, 0x11, 0x01];
    for (name, words, len) in
        [("", 32, 128), ("-legacy", 0, 128), ("-beyond", 255, 128), ("-unpadded", 7, 28)]
    {
        let mut quote = v4_quote();
        quote.resize(len, 0);
        let message = v4(3, &[&quote, &extension[..]].concat());
        seeds.add(format!("known-rfc4884{name}"), patched(&message, 5, &[words]));
    }
    // The two zeros of a ones' complement sum.
    seeds.add("known-all-ones", [0xff; 33]);
    seeds.add("known-all-zeros", [0; 33]);
}

/// Models as the bytes that choose them.
pub(super) fn model() -> Seeds {
    let mut seeds = Seeds::default();
    let mut add = |name: &str, choice: &Choice| seeds.add(name, choice.bytes());
    let v4 = Choice { code: 3, ..Choice::default() };
    let v6 = Choice { v6: true, quotes_v6: true, code: 4, ..Choice::default() };
    add("v4", &v4);
    add("v6", &v6);
    add("v4-quoting-v6", &Choice { v6: false, ..v6.clone() });
    add("v6-quoting-v4", &Choice { v6: true, ..v4.clone() });

    for ty in [0, 2, 255] {
        add(&format!("v4-type-{ty}"), &Choice { ty: Some(ty), ..v4.clone() });
        add(&format!("v6-type-{ty}"), &Choice { ty: Some(ty), ..v6.clone() });
    }
    for code in [0, 15, 16, 255] {
        add(&format!("v4-code-{code}"), &Choice { code, ..v4.clone() });
    }
    for code in [0, 8, 9, 255] {
        add(&format!("v6-code-{code}"), &Choice { code, ..v6.clone() });
    }
    add("v4-code-3-mtu", &Choice { mtu: 0x05dc, ..v4.clone() });
    for mtu in [0, 1, 0xffff] {
        add(&format!("v4-code-4-mtu-{mtu}"), &Choice { code: 4, mtu, ..v4.clone() });
    }
    for version in [0, 5, 7, 15] {
        add(&format!("v4-version-{version}"), &Choice { version: Some(version), ..v4.clone() });
    }
    for words in [0, 4, 6, 15] {
        add(&format!("v4-ihl-{words}"), &Choice { words: Some(words), ..v4.clone() });
    }
    // Where the generator chooses from a table, by the place in it.
    for fragment in 3..6 {
        add(&format!("v4-fragment-nth-{fragment}"), &Choice { fragment, ..v4.clone() });
    }
    for protocol in 1..11 {
        add(&format!("v4-protocol-nth-{protocol}"), &Choice { protocol, ..v4.clone() });
        add(&format!("v6-protocol-nth-{protocol}"), &Choice { protocol, ..v6.clone() });
    }

    let extended = |extensions| Choice { extensions, ..v6.clone() };
    for kind in 0..8 {
        add(&format!("v6-extension-nth-{kind}"), &extended(vec![vec![kind]]));
        add(&format!("v6-extension-nth-{kind}-longer"), &extended(vec![vec![kind | 0x18]]));
        let longest = vec![kind | 0xf8, 255, 0, 0];
        add(&format!("v6-extension-nth-{kind}-longest"), &extended(vec![longest]));
    }
    let [later, last] = [1, 0x1fff_u16].map(|offset| [&[0x22], &offset.to_le_bytes()[..]].concat());
    for (name, extensions) in [
        ("fragment-later", vec![later.clone()]),
        ("fragment-last", vec![last]),
        ("fragment-first-then-later", vec![vec![2], later.clone(), vec![1]]),
        ("fragment-later-in-chain", vec![vec![0], later, vec![3], vec![4]]),
        ("extensions-most", (0..7).map(|kind| vec![kind]).collect()),
    ] {
        add(&format!("v6-{name}"), &extended(extensions));
    }

    // Cut next to the places where something begins, which the generator counts from 0.
    let chain = extended(vec![vec![0x08], vec![0x03], vec![0x14]]);
    for (name, place, whole) in [
        ("v4-cut-quote", 1, &v4),
        ("v4-cut-transport", 2, &v4),
        ("v4-cut-ports-end", 3, &v4),
        ("v6-cut-quote", 1, &v6),
        ("v6-cut-transport", 2, &v6),
        ("v6-cut-ports-end", 3, &v6),
        ("v6-cut-chain-end", 2, &chain),
        ("v6-cut-chain-ports-end", 3, &chain),
    ] {
        for (by, shift) in [("before", 7), ("at", 8), ("behind", 9)] {
            let cut = Some((place, shift));
            add(&format!("{name}-{by}"), &Choice { cut, ..whole.clone() });
        }
    }
    add("v4-cut-everything", &Choice { cut: Some((0, 8)), ..v4 });
    add("v6-cut-everything", &Choice { cut: Some((0, 8)), ..v6.clone() });
    seeds
}

/// Extension structures at and beside 128, where each length field says that they are.
fn structures(seeds: &mut Seeds) {
    const LABELS: [u8; 12] = [0, 12, 1, 1, 0x03, 0xe8, 0x10, 1, 0, 0, 0x3b, 64];
    for (family, word) in [("v4", 4), ("v6", 8)] {
        for quote_len in [120, 124, 127, 128, 129, 132, 136, 1020, 2040] {
            for (field, length) in
                [("zero", 0), ("words", quote_len / word), ("octets", quote_len), ("short", 7)]
            {
                let Ok(length) = u8::try_from(length) else { continue };
                for (seal, structure) in [
                    ("summed", sealed(&LABELS)),
                    ("unsummed", [&[0x20, 0, 0, 0], &LABELS[..]].concat()),
                    ("wrong", [&[0x20, 0, 0x12, 0x34], &LABELS[..]].concat()),
                ] {
                    let mut message = [v4_quote(), vec![0; quote_len - 28], structure].concat();
                    message = if family == "v4" { v4(3, &message) } else { v6(4, &message) };
                    let at = if family == "v4" { 5 } else { 4 };
                    let name = format!("{family}-structure-at-{quote_len}-{field}-{seal}");
                    seeds.add(name, patched(&message, at, &[length]));
                }
            }
        }
    }
}

/// Objects on the limits of their lengths, in a structure of their own.
fn objects(seeds: &mut Seeds) {
    let name = |length: u8, present: usize| [&[length][..], &vec![b'a'; present]].concat();
    let address = |family: u8, len: usize| [&[0, family, 0, 0][..], &vec![0x20; len]].concat();
    let cases: [(&str, u8, u8, Vec<u8>); 22] = [
        ("labels-0", 1, 1, vec![]),
        ("labels-3-bytes", 1, 1, vec![1; 3]),
        ("labels-5-bytes", 1, 1, vec![1; 5]),
        ("labels-of-type-2", 1, 2, vec![1; 4]),
        ("interface-nothing", 2, 0xc0, vec![]),
        ("interface-nothing-announced", 2, 0, vec![0]),
        ("interface-index-3-bytes", 2, 8, vec![1; 3]),
        ("interface-index-5-bytes", 2, 8, vec![1; 5]),
        ("interface-ipv4", 2, 4, address(1, 4)),
        ("interface-ipv6-15-bytes", 2, 4, address(2, 15)),
        ("interface-family-3", 2, 4, address(3, 16)),
        ("interface-name-0", 2, 2, name(0, 3)),
        ("interface-name-4", 2, 2, name(4, 3)),
        ("interface-name-63", 2, 2, name(63, 62)),
        ("interface-name-64", 2, 2, name(64, 63)),
        ("interface-name-68", 2, 2, name(68, 67)),
        (
            "interface-everything",
            2,
            0x0f,
            [vec![7; 4], address(2, 16), name(64, 63), vec![9; 4]].concat(),
        ),
        ("identification-by-name", 3, 1, b"em0\0".to_vec()),
        ("identification-by-address", 3, 3, vec![0x40, 5, 6, 0, 2, 0, 0x5e, 0, 0x53, 1, 0, 0]),
        ("pointer-3-bytes", 4, 1, vec![1; 3]),
        ("node-everything", 5, 6, [address(1, 4), name(8, 7)].concat()),
        ("private", 247, 255, vec![1; 2]),
    ];
    for (kind, class, c_type, data) in cases {
        let length = u8::try_from(data.len() + 4).unwrap();
        let object = [&[0, length, class, c_type][..], &data].concat();
        seeds.add(format!("object-{kind}"), sealed(&object));
        seeds.add(format!("object-{kind}-twice"), sealed(&[&object[..], &object].concat()));
    }
    for length in [0, 3, 4, 5, 9] {
        seeds.add(format!("object-length-{length}"), sealed(&[0, length, 250, 1, 1, 2, 3, 4]));
    }
}

/// A structure around these objects, with its checksum (RFC 1071).
fn sealed(objects: &[u8]) -> Vec<u8> {
    let mut sum = 0x2000;
    for word in objects.chunks(2) {
        sum += u32::from(word[0]) * 256 + word.get(1).map_or(0, |low| u32::from(*low));
    }
    let checksum = u16::try_from(0xffff - (sum % 65536 + sum / 65536)).unwrap().to_be_bytes();
    [&[0x20, 0], &checksum[..], objects].concat()
}

/// The same bytes, but for those `at` a place.
fn patched(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    [&bytes[..at], new, &bytes[at + new.len()..]].concat()
}

fn v4(code: u8, quote: &[u8]) -> Vec<u8> {
    [&[3, code, 0x5f, 0x0c, 0x11, 0x22, 0x33, 0x44], quote].concat()
}

fn v6(code: u8, quote: &[u8]) -> Vec<u8> {
    [&[1, code, 0x5f, 0x0c, 0x11, 0x22, 0x33, 0x44], quote].concat()
}

fn v4_quote() -> Vec<u8> {
    [v4_header(), TRANSPORT.to_vec()].concat()
}

fn v4_header() -> Vec<u8> {
    let fields = [0x45, 0xb8, 0x05, 0xd4, 0x78, 0x9a, 0x40, 0, 63, UDP, 0xb0, 0x37];
    [&fields[..], &V4_SOURCE, &V4_DESTINATION].concat()
}

fn v6_quote(next_header: u8) -> Vec<u8> {
    [v6_header(next_header), TRANSPORT.to_vec()].concat()
}

fn v6_header(next_header: u8) -> Vec<u8> {
    let fields = [0x6b, 0x81, 0x23, 0x45, 0x05, 0xac, next_header, 63];
    [&fields[..], &V6_SOURCE, &V6_DESTINATION].concat()
}

/// An extension header, as long as its kind and length byte make it.
fn extension(kind: u8, next_header: u8, length: u8) -> Vec<u8> {
    let mut extension = vec![next_header, length];
    // A fragment header's offset stands here: the first one.
    extension.extend([0, 0]);
    extension.resize(
        match kind {
            FRAGMENT => 8,
            AUTHENTICATION => 4 * (usize::from(length) + 2),
            _ => 8 * (usize::from(length) + 1),
        },
        0xa5,
    );
    extension
}

/// What the model's generator is told, in the order in which it reads.
#[derive(Clone, Default)]
struct Choice {
    v6: bool,
    ty: Option<u8>,
    code: u8,
    mtu: u16,
    quotes_v6: bool,
    version: Option<u8>,
    words: Option<u8>,
    extensions: Vec<Vec<u8>>,
    fragment: u8,
    protocol: u8,
    cut: Option<(u8, u8)>,
}

impl Choice {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![if self.v6 { 0xff } else { 0 }; 4];
        bytes.extend(self.ty.map_or(vec![0], |ty| vec![0xf0, ty]));
        bytes.push(self.code);
        bytes.extend([0x0c, 0x5f, 0x11, 0x22]);
        bytes.extend(self.mtu.to_be_bytes());
        let steer = u8::from(self.quotes_v6)
            | u8::from(self.words.is_some()) << 1
            | u8::try_from(self.extensions.len()).unwrap() << 2
            | if self.version.is_some() { 0xe0 } else { 0 };
        bytes.push(steer);
        bytes.extend(self.extensions.concat());
        bytes.extend(self.version);
        bytes.extend(self.words);
        // The declared length, little-endian.
        bytes.extend([0xd4, 0x05]);
        bytes.extend([self.fragment, 63, self.protocol]);
        // The ports, little-endian too, 4 bytes behind them, and what the rest is filled with.
        bytes.extend([0x50, 0xc3, 0x07, 0x08, 4, 0xa5]);
        bytes.extend(self.cut.map_or(vec![0], |(place, shift)| vec![place << 1 | 1, shift]));
        bytes
    }
}
