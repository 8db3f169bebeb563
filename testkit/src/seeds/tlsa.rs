//! Seeds for TLSA records, sets, and certificates.

use super::Seeds;
use std::collections::BTreeSet;
use testkit::tlsa::{Build, Model};

/// RDATA, text, lines, and names of owners.
pub(super) fn bytes() -> Seeds {
    let mut seeds = Seeds::default();
    seeds.add("empty", []);
    for len in [1, 2, 3, 4, 34, 35, 36, 67, 68] {
        let rdata: Vec<u8> = (0..len).map(|n| [3, 1, 1, 0xd7, 0x46][n % 5]).collect();
        seeds.add(format!("rdata-{len}"), rdata);
    }
    for (name, text) in [
        ("plain", "3 1 1 d746e905"),
        ("acronyms", "DANE-EE SPKI SHA2-256 d746"),
        ("acronyms-other", "pkix-ta cert full 00"),
        ("acronyms-third", "PKIX-EE SPKI SHA2-512 aB"),
        ("acronyms-dane-ta", "dane-TA cERT fULL aB"),
        ("acronyms-private", "PrivCert PrivSel PrivMatch ff"),
        ("acronym-and-more", "DANE-EEE SPKI Full ff"),
        ("acronym-cut", "DANE-E 1 1 ff"),
        ("numbers-255", "255 255 255 ff"),
        ("numbers-256", "3 256 1 ff"),
        ("numbers-256-first", "256 1 1 ff"),
        ("numbers-leading-zeros", "003 0001 01 ff"),
        ("numbers-beyond-64-bits", "3 18446744073709551617 1 ff"),
        ("plus", "+3 1 1 ff"),
        ("minus", "-1 1 1 ff"),
        ("fraction", "3.0 1 1 ff"),
        ("odd", "3 1 1 abc"),
        ("odd-words", "3 1 1 ab c d e f"),
        ("not-a-digit", "3 1 1 abcg"),
        ("digit-limits", "3 1 1 09afAF"),
        ("beyond-digits", "3 1 1 0:"),
        ("beyond-letters", "3 1 1 a`"),
        ("before-letters", "3 1 1 a@"),
        ("no-data", "3 1 1"),
        ("no-data-space", "3 1 1 "),
        ("colon", "3 1 1 d7:46"),
        ("quoted", "3 1 1 \"d746\""),
        ("parentheses", "( 3 1 1\n d746 ; half\n e905 )"),
        ("parentheses-close", "3(1)1 d7(\n)46"),
        ("parentheses-unclosed", "(3 1 1 d746"),
        ("parentheses-nested", "((3 1 1 d746))"),
        ("parentheses-unopened", "3 1 1 d746)"),
        ("line-feed-inside", "3 1 1 d7\n46"),
        ("line-feeds-behind", "3 1 1 d746\r\n\n ; nothing\n"),
        ("comment", "3 1 1 d746;46"),
        ("comment-with-generic-mark", "3 1 1 ab;\\#"),
        ("comment-first", ";\n3 1 1 d746"),
        ("generic", "\\# 5 030101d746"),
        ("generic-split", "\\# ( 5 03\n0101d 746 )"),
        ("generic-3", "\\# 3 030101"),
        ("generic-2", "\\# 2 0301"),
        ("generic-0", "\\# 0"),
        ("generic-short", "\\# 6 030101d746"),
        ("generic-long", "\\# 4 030101d746"),
        ("generic-no-space", "\\#5 030101d746"),
        ("generic-most", "\\# 65535 030101d746"),
        ("generic-more", "\\# 65536 030101d746"),
        (
            "zone",
            "_443._tcp.www 3600 IN TLSA 3 1 1 d7\n_25._tcp TLSA ( 2 0 1\nd7 )\n@ IN A 192.0.2.1\n",
        ),
        ("zone-class-first", "a IN 1h30m TLSA 3 1 1 d7"),
        ("zone-class-twice", "a IN IN TLSA 3 1 1 d7"),
        ("zone-ttl-twice", "a 1 2 TLSA 3 1 1 d7"),
        ("zone-ttl-most", "a 4294967295 TLSA 3 1 1 d7"),
        ("zone-ttl-more", "a 4294967296 TLSA 3 1 1 d7"),
        ("zone-ttl-units", "a 1w2D3h4M5s6 TLSA 3 1 1 d7"),
        ("zone-ttl-unit-unknown", "a 1y TLSA 3 1 1 d7"),
        ("zone-type-52", "a type52 \\# 4 030101d7"),
        ("zone-smimea", "a SMIMEA 3 1 1 d7\nb TYPE53 3 1 1 d7"),
        ("zone-type-54", "a TYPE54 3 1 1 d7"),
        ("zone-no-owner", " TLSA 3 1 1 d7\n\t60 IN TLSA 3 1 1 d7"),
        ("zone-open-before", "a ( TLSA 3 1 1\nd7 )"),
        ("zone-open-first", "( a TLSA 3 1 1\nd7 )"),
        ("zone-number", "3 3600 IN A 192.0.2.1\n3 1\n3 1 1 d7"),
        ("zone-quoted", "a TXT \"; ( \\\" (\"\nb TLSA 3 1 1 d7"),
        ("zone-quoted-open", "a TXT \"(\nb TXT (\"\n)\nc TLSA 3 1 1 d7"),
        ("zone-escaped", "a\\;\\(b TLSA 3 1 1 d7\nc \\\nd TLSA 3 1 1 d7"),
        ("zone-comments", ";; dig\n ; (\n\na TLSA 3 1 1 d7 ; (\nb TLSA 3 1 1 d7"),
        ("zone-type-beyond-16-bits", "a TYPE65536 3 1 1 d7\nb CLASS65536 A 192.0.2.1"),
        ("zone-type-65535", "a CLASS65535 TYPE65535 \\# 0"),
        ("zone-class-1", "a 60 CLASS1 TYPE52 \\# 4 030101d7"),
        ("zone-class-other", "a CH TLSA 3 1 1 d7\nb any TLSA 3 1 1 d7\nc ANY ANY d"),
        ("zone-class-unknown", "a CS TLSA 3 1 1 d7"),
        ("zone-type-cert", "3 Cert 1 d7\n3 60 CERT 1 1 8 d7\na CERT 1 1 8 d7"),
        ("zone-type-of-digits", "\\# 4 AAAA d7\n3 1 AAAA d7\n3 1 AAAA"),
        ("zone-type-unknown", "a TSLA 3 1 1 d7"),
        ("zone-type-first", "TLSA 3 1 1 d7\nSMIMEA 3 1 1 d7\ntype52 3 1 1 d7\nA 192.0.2.1"),
        ("zone-no-rdata", "a TLSA\nb A ; c\n TLSA ( )"),
        (
            "zone-signature",
            "a RRSIG TLSA 8 5 60 20300101000000 20260101000000 1 b. d7\n\
             TLSA 8 5 60 20300101000000 20260101000000 1 b. d7\n\
             TLSA 8 5 60 2030010100000 20260101000000 1 b. d7\n\
             TLSA 8 5 60 20300101000000 20260101000000 1 b d7",
        ),
        ("zone-open-twice", "a TXT ( b ( c )\nd TLSA 3 1 1 d7"),
        ("zone-open-in-type", "a TXT ( b\nc TLSA 3 1 1 d7"),
        ("zone-closed-before", "a TXT b )\n) A 192.0.2.1"),
        ("zone-quoted-over-lines", "a TXT ( \"b\nc\" )\nd TXT \"e\\\""),
        ("zone-owner-escaped", "a\\ b\\032\\\"\\; A 192.0.2.1\na\\\tb A 192.0.2.1\na\\"),
        ("zone-owner-quoted", "\"a b\" A 192.0.2.1\na\"b\" A 192.0.2.1"),
        ("zone-owner-not-ascii", "\u{feff}3 1 1 d7\nb\u{fc} A 192.0.2.1\n\u{c}a A 192.0.2.1"),
        ("zone-owner-of-comment", "# a TLSA 3 1 1 d7\n#a TLSA 3 1 1 d7\n$TTL 3600"),
        ("zone-ttl-negative", "a -1 TLSA 3 1 1 d7"),
        (
            "host",
            "a has TLSA record 3 1 1 d7\na has SMIMEA record ( 3 1 1\nd7 )\nb is an alias for a.\n\
             b is an alias for \na has no TLSA record\na  has TLSA record 3 1 1 d7",
        ),
        ("owner", "_443._tcp.www.example.com."),
        ("owner-udp", "_853._udp.example"),
        ("owner-sctp", "_1._SCTP.example"),
        ("owner-65535", "_65535._tcp.example"),
        ("owner-65536", "_65536._tcp.example"),
        ("owner-0", "_0._tcp.example"),
        ("owner-00", "_00._tcp.example"),
        ("owner-leading-zero", "_0443._tcp.example"),
        ("owner-sign", "_+443._tcp.example"),
        ("owner-dccp", "_443._dccp.example"),
        ("owner-no-host", "_443._tcp"),
        ("owner-root", "_443._tcp."),
        ("owner-empty-label", "_443._tcp.a..b"),
        ("owner-not-ascii", "_443._tcp.b\u{fc}cher.example"),
        ("owner-wildcard", "_443._tcp.*.example"),
    ] {
        seeds.add(format!("text-{name}"), text);
    }
    for len in [63, 64] {
        let label = "a".repeat(len);
        seeds.add(format!("text-owner-label-{len}"), format!("_1._tcp.{label}"));
    }
    for len in [253, 254] {
        let labels = ["a".repeat(63), "b".repeat(63), "c".repeat(63)].join(".");
        let owner = format!("_1._tcp.{labels}.");
        let rest = "d".repeat(len - owner.len());
        seeds.add(format!("text-owner-{len}"), format!("{owner}{rest}"));
    }
    seeds
}

/// Sets and peers as the bytes that choose them.
pub(super) fn model() -> Seeds {
    let mut seeds = Seeds::default();
    let mut sets = BTreeSet::new();
    // Some choices lead to the same set: what cuts all data off does so whatever the data was.
    let mut add = |name: String, bytes: Vec<u8>| {
        let Model(set) = testkit::bytes::model(&bytes);
        if sets.insert(format!("{set:?}")) {
            seeds.add(name, bytes);
        }
    };
    for usage in 0..4_u8 {
        for kind in 0..6_u8 {
            let kind = kind % 2 + 8 * (kind / 2);
            for of in 0..3 {
                let record = [usage + 8 * of, kind, 0];
                let bytes = [&[0, 0, 1][..], &record].concat();
                add(format!("one-{usage}-{kind}-of-{of}"), bytes);
            }
        }
        for (name, peer) in [("one", 1), ("none", 4), ("raw", 0xe0)] {
            for kind in [0, 16, 17] {
                let bytes = [&[0, peer, 1][..], &[usage + 8, kind, 0]].concat();
                add(format!("peer-{name}-{usage}-{kind}"), bytes);
                let bytes = [&[0, peer, 1][..], &[usage, kind, 0]].concat();
                add(format!("peer-{name}-{usage}-{kind}-first"), bytes);
            }
        }
    }
    for (name, damage) in [
        ("cut", 200),
        ("longer", 210),
        ("last-bit", 220),
        ("no-data", 230),
        ("no-head", 235),
        ("head-1", 236),
        ("head-2", 237),
        ("first-bit", 240),
        ("short", 245),
    ] {
        for kind in [0, 8, 16, 17] {
            // Beside a good one, whose digest is the weaker.
            let records = [[0, kind, damage], [0, 0, 0]].concat();
            let bytes = [&[0, 0, 2][..], &records].concat();
            add(format!("damage-{name}-{kind}"), bytes);
        }
    }
    for digests in 0..8 {
        for (name, first, second) in [("good", 0, 8), ("stale", 8, 0)] {
            let records = [[first, 0, 0], [second, 8, 0]].concat();
            let bytes = [&[4 * digests, 0, 2][..], &records].concat();
            add(format!("agility-{digests}-{name}"), bytes);
        }
    }
    for state in 0..8 {
        let bytes = [&[32 * state, 0, 1][..], &[0, 0, 0]].concat();
        add(format!("state-{state}"), bytes);
        add(format!("state-{state}-none"), vec![32 * state, 0, 0]);
    }
    for accepts in 1..4 {
        for usage in 0..4 {
            for kind in [0, 16] {
                let of = u8::from(usage == 1 || usage == 3);
                let bytes = [&[accepts, 0, 1][..], &[usage + 8 * of, kind, 0]].concat();
                add(format!("accepts-{accepts}-{usage}-{kind}"), bytes);
            }
        }
    }
    for (name, usage, kind) in [("usage-4", 6, 0), ("usage-255", 7, 0), ("selector-2", 0, 6)] {
        add(format!("unknown-{name}"), [&[0, 0, 1][..], &[usage, kind, 0]].concat());
    }
    add("unknown-selector-255".to_owned(), vec![0, 0, 1, 0, 7, 0]);
    add("unknown-matching-3".to_owned(), vec![0, 0, 1, 0, 48, 0]);
    add("unknown-matching-255".to_owned(), vec![0, 0, 1, 0, 56, 0]);
    let mixed: Vec<u8> = (0..7).flat_map(|n| [n % 4 + 8 * (n % 3), n * 9, 0]).collect();
    add("mixed".to_owned(), [&[0, 0, 7][..], &mixed].concat());
    add("mixed-long".to_owned(), [&[0, 3, 7][..], &mixed].concat());
    seeds
}

/// Certificates, requests and keys.
pub(super) fn certificate() -> Seeds {
    let mut seeds = Seeds::default();
    seeds.add("empty", []);
    for (name, bytes) in [
        ("ed25519", &include_bytes!("../../../tlsa-match/tests/data/leaf-ed25519.der")[..]),
        ("p256", include_bytes!("../../../tlsa-match/tests/data/leaf-p256.der")),
        ("rsapss", include_bytes!("../../../tlsa-match/tests/data/leaf-rsapss.der")),
        ("v1", include_bytes!("../../../tlsa-match/tests/data/root-rsa-v1.der")),
        ("request", include_bytes!("../../../tlsa-match/tests/data/leaf-p256.csr.der")),
        ("key", include_bytes!("../../../tlsa-match/tests/data/leaf-p256.spki.der")),
    ] {
        seeds.add(format!("{name}-cut"), &bytes[..bytes.len() - 1]);
        seeds.add(format!("{name}-longer"), [bytes, &[0]].concat());
        seeds.add(name, bytes);
    }
    for len in [0, 100, 107, 108, 109, 125, 126, 127, 128, 129, 235, 243, 244, 253, 254, 255, 256] {
        seeds.add(format!("bits-{len}"), Build::new(1, &vec![7; len]).encode());
    }
    let plain = Build::new(1, &[7; 4]);
    for (name, version) in [
        ("none", vec![]),
        ("1", vec![0xa0, 3, 2, 1, 0]),
        ("2", vec![0xa0, 3, 2, 1, 1]),
        ("4", vec![0xa0, 3, 2, 1, 3]),
        ("256", vec![0xa0, 4, 2, 2, 1, 0]),
        ("3-long", vec![0xa0, 4, 2, 2, 0, 2]),
        ("empty", vec![0xa0, 2, 2, 0]),
        ("nothing", vec![0xa0, 0]),
        ("other-tag", vec![0xa0, 3, 4, 1, 2]),
        ("twice", vec![0xa0, 6, 2, 1, 2, 2, 1, 2]),
        ("beyond-64-bits", vec![0xa0, 11, 2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 2]),
    ] {
        seeds.add(format!("version-{name}"), Build { version, ..plain.clone() }.encode());
    }
    let (issuer, subject, extensions) = ([0x81, 1, 0], [0x82, 1, 0], [0xa3, 2, 0x30, 0]);
    for (name, tail) in [
        ("all", [&issuer[..], &subject, &extensions].concat()),
        ("issuer", issuer.to_vec()),
        ("extensions", extensions.to_vec()),
        ("reversed", [&subject[..], &issuer].concat()),
        ("twice", [extensions, extensions].concat()),
        ("null", vec![5, 0]),
    ] {
        seeds.add(format!("tail-{name}"), Build { tail, ..plain.clone() }.encode());
    }
    for (name, key) in [
        ("no-parameters", vec![0x30, 8, 0x30, 3, 6, 1, 0x2a, 3, 1, 0]),
        ("null", vec![0x30, 10, 0x30, 5, 6, 1, 0x2a, 5, 0, 3, 1, 0]),
        ("two-parameters", vec![0x30, 12, 0x30, 7, 6, 1, 0x2a, 5, 0, 5, 0, 3, 1, 0]),
        ("long-tag", vec![0x30, 11, 0x30, 6, 6, 1, 0x2a, 0x1f, 1, 0, 3, 1, 0]),
        ("unassigned-tag", vec![0x30, 10, 0x30, 5, 6, 1, 0x2a, 0x0f, 0, 3, 1, 0]),
        ("no-identifier", vec![0x30, 7, 0x30, 2, 6, 0, 3, 1, 0]),
        ("no-bits", vec![0x30, 7, 0x30, 3, 6, 1, 0x2a, 3, 0]),
        ("odd-bits", vec![0x30, 8, 0x30, 3, 6, 1, 0x2a, 3, 1, 1]),
        ("behind-the-bits", vec![0x30, 10, 0x30, 3, 6, 1, 0x2a, 3, 1, 0, 5, 0]),
        ("empty", vec![0x30, 0]),
    ] {
        seeds.add(format!("key-{name}-alone"), key.clone());
        seeds.add(format!("key-{name}"), Build { key, ..plain.clone() }.encode());
    }
    let whole = plain.encode();
    for at in 0..whole.len() {
        let mut der = whole.clone();
        der[at] ^= 0x10;
        seeds.add(format!("bit-{at}"), der);
    }
    for (name, start) in [
        ("0x80", &[0x30, 0x80][..]),
        ("0x81-short", &[0x30, 0x81, 0x7f]),
        ("0x82-short", &[0x30, 0x82, 0, 0xff]),
        ("0x83-short", &[0x30, 0x83, 0, 0xff, 0xff]),
        ("0x84-short", &[0x30, 0x84, 0, 0xff, 0xff, 0xff]),
        ("0x84-most", &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]),
        ("0x85", &[0x30, 0x85, 0, 0, 0, 0, 1]),
        ("0xff", &[0x30, 0xff]),
    ] {
        seeds.add(format!("length-{name}"), [start, &vec![0; 300]].concat());
    }
    let request = plain.encode_request();
    seeds.add("request-small", request.clone());
    for at in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 25, 26, 27, 28, 29, 30, 31] {
        let mut der = request.clone();
        der[at] ^= 2;
        seeds.add(format!("request-bit-{at}"), der);
    }
    seeds
}
