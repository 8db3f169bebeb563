//! What is said of bytes and text that cannot be read.

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic")]

use testkit::tlsa::Build;
use tlsa_match::{
    Certificate, Entry, Error, ErrorKind, MatchingType, Owner, PublicKey, Record, Request,
    Selector, Transport, Usage,
};

type Case<'a, T> = (&'a str, T, (ErrorKind, &'static str, usize));

fn check<T: core::fmt::Debug>(cases: &[Case<'_, T>], read: impl Fn(&T) -> Option<Error>) {
    for (name, input, (kind, context, offset)) in cases {
        assert_eq!(read(input), Some(kind.at(context, *offset)), "{name}: {input:02x?}");
    }
}

use ErrorKind::{
    BufferTooSmall, InvalidLength, InvalidValue, LimitExceeded, Missing, TrailingData, Truncated,
    UnexpectedByte, UnsupportedVersion,
};

#[test]
fn rdata() {
    let short = |available| (Truncated { needed: 3, available }, "TLSA record", 0);
    let cases = [
        ("nothing", vec![], short(0)),
        ("a usage", vec![3], short(1)),
        ("a usage and a selector", vec![3, 1], short(2)),
        ("too long", vec![0; 65_536], (InvalidLength { found: 65_536 }, "TLSA record", 0)),
    ];
    check(&cases, |rdata| Record::parse(rdata).err());
    assert!(Record::parse(&[0; 65_535]).is_ok());
}

#[test]
fn records_that_cannot_be_written() {
    let data = [0; 65_533];
    let [usage, selector, matching_type] = [3, 1, 1];
    let (usage, selector) = (Usage(usage), Selector(selector));
    let record =
        Record { usage, selector, matching_type: MatchingType(matching_type), data: &data };
    let limit = LimitExceeded { limit: 65_535 }.at("TLSA record", 0);
    assert_eq!(record.encode(&mut [0; 65_536]), Err(limit));
    let record = Record { data: &data[1..], ..record };
    assert_eq!(record.encode(&mut [0; 65_535]), Ok(65_535));
    let kind = BufferTooSmall { needed: 65_535, available: 4 };
    assert_eq!(record.encode(&mut [0; 4]), Err(kind.at("TLSA record", 0)));
}

#[test]
fn text() {
    const DATA: &str = "association data";
    let end = Truncated { needed: 1, available: 0 };
    let byte = |found| UnexpectedByte { found };
    let long = format!("3 1 1 {}", "ab".repeat(65_533));
    let cases = [
        ("nothing", "", (end, "certificate usage", 0)),
        ("a sign", "+3 1 1 ab", (byte(b'+'), "certificate usage", 0)),
        ("a minus", "3 -1 1 ab", (byte(b'-'), "selector", 2)),
        ("a fraction", "3.0 1 1 ab", (byte(b'.'), "certificate usage", 1)),
        ("256", " 256 1 1 ab", (InvalidValue { found: 256 }, "certificate usage", 1)),
        ("256, later", "3 1 256 ab", (InvalidValue { found: 256 }, "matching type", 4)),
        (
            "beyond 64 bits",
            "3 99999999999999999999 1 ab",
            (InvalidValue { found: u64::MAX }, "selector", 2),
        ),
        ("no such acronym", "DANE-XE 1 1 ab", (byte(b'X'), "certificate usage", 5)),
        ("an acronym and more", "DANE-EEE 1 1 ab", (byte(b'E'), "certificate usage", 7)),
        ("an acronym, cut", "DANE-E", (end, "certificate usage", 6)),
        ("an acronym of another field", "3 Full 1 ab", (byte(b'F'), "selector", 2)),
        ("an acronym, cut by a space", "3 1 SHA2- ab", (byte(b' '), "matching type", 9)),
        ("a usage", "3", (end, "certificate usage", 1)),
        ("a usage and a space", "3 ", (end, "selector", 2)),
        ("no data", "3 1 1", (end, "matching type", 5)),
        ("no data behind a space", "3 1 1 ", (end, DATA, 6)),
        ("an odd digit", "3 1 1 abc", (end, DATA, 9)),
        ("an odd digit in parentheses", "(3 1 1 abc)", (end, DATA, 11)),
        ("a foreign digit", "3 1 1 abcg", (byte(b'g'), DATA, 9)),
        ("a foreign word", "3 1 1 ab zz", (byte(b'z'), DATA, 9)),
        ("an open parenthesis", "(3 1 1 ab", (end, DATA, 9)),
        ("a closed one", "3 1 1 ab)", (byte(b')'), DATA, 8)),
        ("two open ones", "((3 1 1 ab", (byte(b'('), "certificate usage", 1)),
        ("the end of the line", "3 1 1 ab\ncd", (byte(b'c'), DATA, 9)),
        ("the end of the line before", "3 1\n1 ab", (byte(b'\n'), "selector", 3)),
        ("no length", "\\#", (end, "RDATA length", 2)),
        ("no length, but a space", "\\# ", (end, "RDATA length", 3)),
        ("no space", "\\#4 030101ab", (byte(b'4'), "RDATA length", 2)),
        ("a length and a letter", "\\# 4x 030101ab", (byte(b'x'), "RDATA length", 4)),
        ("a length and no data", "\\# 4", (end, "RDATA length", 4)),
        ("a signed length", "\\# +4 030101ab", (byte(b'+'), "RDATA length", 3)),
        ("less than it says", "\\# 5 030101ab", (InvalidLength { found: 5 }, "RDATA length", 3)),
        ("more than it says", "\\# 4 030101abcd", (InvalidLength { found: 4 }, "RDATA length", 3)),
        ("no record", "\\# 2 0301", (InvalidLength { found: 2 }, "RDATA length", 3)),
        ("no RDATA", "\\# 65536 00", (InvalidLength { found: 65_536 }, "RDATA length", 3)),
        ("too much data", &long, (InvalidLength { found: 65_533 }, DATA, 6)),
    ];
    check(&cases, |text| Record::parse_text(text.as_bytes(), &mut vec![0; 70_000]).err());
    let small = BufferTooSmall { needed: 5, available: 1 }.at("buffer", 0);
    assert_eq!(Record::parse_text(b"3 1 1 abcd", &mut [0; 1]), Err(small));
}

#[test]
fn lines() {
    let (owner, ty, rdata) = ("owner name", "record type", "RDATA");
    let end = Truncated { needed: 1, available: 0 };
    let byte = |found| UnexpectedByte { found };
    let cases: [Case<'_, &[u8]>; 51] = [
        ("nothing", b"", (end, owner, 0)),
        ("white space", b" \t", (end, ty, 2)),
        ("a comment", b"; a", (end, ty, 3)),
        ("a word", b"This", (end, ty, 4)),
        ("the name of an alias", b"tlsa.example.com.", (end, ty, 17)),
        ("prose", b"This is a letter.", (byte(b'i'), ty, 5)),
        ("an unknown type", b"a IN TSLA 3 1 1 ab", (byte(b'T'), ty, 5)),
        ("an unknown class", b"a CS TLSA 3 1 1 ab", (byte(b'C'), ty, 2)),
        ("two classes", b"a IN IN TLSA 3 1 1 ab", (byte(b'I'), ty, 5)),
        ("two numbers of classes", b"a CLASS1 CLASS1 TLSA 3", (byte(b'C'), ty, 9)),
        ("two TTLs", b"a 1 2 TLSA 3 1 1 ab", (byte(b'2'), ty, 4)),
        ("a negative TTL", b"a -1 IN TLSA 3 1 1 ab", (byte(b'-'), ty, 2)),
        ("an unknown unit", b"a 1y TLSA 3 1 1 ab", (byte(b'1'), ty, 2)),
        ("a class beyond 16 bits", b"a CLASS65536 TLSA 3", (byte(b'C'), ty, 2)),
        ("a class without a number", b"a CLASS TLSA 3", (byte(b'C'), ty, 2)),
        ("a type beyond 16 bits", b"a TYPE65536 3 1 1 ab", (byte(b'T'), ty, 2)),
        ("a type without a number", b"a TYPE 3 1 1 ab", (byte(b'T'), ty, 2)),
        ("a type with a sign", b"a TYPE+52 3 1 1 ab", (byte(b'T'), ty, 2)),
        ("the end behind a TTL", b"a 60", (end, ty, 4)),
        ("the end of the line behind a class", b"a IN\n", (byte(b'\n'), ty, 4)),
        ("a plus", b"+3 1 2 ab", (byte(b'2'), ty, 5)),
        ("a minus", b"-3 1 1 ab", (byte(b'1'), ty, 5)),
        ("a fraction", b"3.0 1 1 ab", (byte(b'1'), ty, 6)),
        ("quotation marks", b"\"3 1 1 ab\"", (byte(b'"'), owner, 0)),
        ("quotation marks inside", b"a\"b\" A 192.0.2.1", (byte(b'"'), owner, 1)),
        ("other quotation marks", b"'3 1 1 ab'", (byte(b'1'), ty, 5)),
        ("an item of a list", b"- '_25._tcp.a. IN TLSA 3 1 1 ab'", (byte(b'\''), ty, 2)),
        ("a comment of a shell", b"# _25._tcp.a TLSA 3 1 1 ab", (byte(b'#'), owner, 0)),
        ("one without a space", b"#_25._tcp.a TLSA 3 1 1 ab", (byte(b'#'), owner, 0)),
        ("a directive", b"$TTL 3600", (byte(b'$'), owner, 0)),
        ("a byte order mark", b"\xef\xbb\xbf3 1 1 ab", (byte(0xef), owner, 0)),
        ("a NUL", b"\x003 1 1 ab", (byte(0), owner, 0)),
        ("a form feed", b"\x0c_25._tcp.a TLSA 3 1 1 ab", (byte(0x0c), owner, 0)),
        ("another white space", b"\xc2\xa03 1 1 ab", (byte(0xc2), owner, 0)),
        ("another alphabet", b"b\xc3\xbccher A 192.0.2.1", (byte(0xc3), owner, 1)),
        ("an escape at the end", b"a\\", (byte(b'\\'), owner, 1)),
        ("an escaped line feed", b"a\\\nb A 192.0.2.1", (byte(b'\\'), owner, 1)),
        ("no RDATA", b"a IN TLSA", (end, rdata, 9)),
        ("none of another type", b"www AAAA ; 3", (end, rdata, 12)),
        ("none on its line", b"a TLSA\n3 1 1 ab", (byte(b'\n'), rdata, 6)),
        ("an open parenthesis", b"a TXT ( b\n3 1 1 ab", (end, rdata, 18)),
        ("one that opened before", b"Note (TXT below\n3 1 1 ab", (end, rdata, 24)),
        ("one in prose", b"Note (see below\n3 1 1 ab", (byte(b's'), ty, 6)),
        ("two", b"a TXT ( b ( c ) )", (byte(b'('), rdata, 10)),
        ("one in one that opened before", b"a ( TLSA 3 (1 1 ab )", (byte(b'('), rdata, 11)),
        ("a closed one", b"a TXT b )", (byte(b')'), rdata, 8)),
        ("a closed one in front", b") A 192.0.2.1", (byte(b')'), owner, 0)),
        ("an open quotation", b"a TXT \"b", (end, rdata, 8)),
        ("one to the end of its line", b"a TXT (\"b\n\")", (byte(b'\n'), rdata, 9)),
        ("another line", b"a A 192.0.2.1\n\n ; b\nc", (byte(b'c'), rdata, 20)),
        ("another line behind RDATA", b"3 1 1 ab\n3 1 2 cd", (byte(b'3'), rdata, 9)),
    ];
    check(&cases, |line| Entry::parse(line).err());
}

/// A certificate by the contents of its TBS certificate.
fn certificate(tbs: &[u8]) -> Vec<u8> {
    let tail = [0x30, 0, 3, 1, 0];
    let [tbs_len, len] =
        [tbs.len(), tbs.len() + 2 + tail.len()].map(|len| u8::try_from(len).unwrap());
    [&[0x30, len, 0x30, tbs_len][..], tbs, &tail].concat()
}

/// What stands before the key, and the key.
const FIELDS: [u8; 11] = [2, 1, 1, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0];
const KEY: [u8; 10] = [0x30, 8, 0x30, 3, 6, 1, 0x2a, 3, 1, 0];

fn with_key(key: &[u8]) -> Vec<u8> {
    certificate(&[&FIELDS[..], key].concat())
}

fn with_version(version: &[u8]) -> Vec<u8> {
    certificate(&[version, &FIELDS, &KEY].concat())
}

#[test]
fn the_smallest_certificate_is_one() {
    assert!(Certificate::parse(&with_key(&KEY)).is_ok());
    assert!(Certificate::parse(&with_version(&[0xa0, 3, 2, 1, 2])).is_ok());
}

#[test]
fn certificates() {
    let byte = |found| UnexpectedByte { found };
    let invalid = |found| InvalidLength { found };
    let good = with_key(&KEY);
    let patched = |at: usize, byte: u8| {
        let mut der = good.clone();
        der[at] = byte;
        der
    };
    let cases = [
        ("nothing", vec![], (Truncated { needed: 2, available: 0 }, "certificate", 0)),
        ("a tag", vec![0x30], (Truncated { needed: 2, available: 1 }, "certificate", 0)),
        ("another tag", vec![0x31, 0], (byte(0x31), "certificate", 0)),
        (
            "a length, cut",
            vec![0x30, 0x82, 1],
            (Truncated { needed: 4, available: 3 }, "certificate", 0),
        ),
        (
            "a length of four, cut",
            vec![0x30, 0x84, 1, 0, 0],
            (Truncated { needed: 6, available: 5 }, "certificate", 0),
        ),
        (
            "contents, cut",
            good[..20].to_vec(),
            (Truncated { needed: 30, available: 20 }, "certificate", 0),
        ),
        (
            "four gigabytes",
            vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            (Truncated { needed: 0x1_0000_0005, available: 6 }, "certificate", 0),
        ),
        ("the indefinite form", patched(1, 0x80), (byte(0x80), "certificate", 1)),
        ("a length of five", patched(1, 0x85), (byte(0x85), "certificate", 1)),
        ("the reserved length", patched(1, 0xff), (byte(0xff), "certificate", 1)),
        ("0x81 for a short length", vec![0x30, 0x81, 0x7f], (invalid(0x7f), "certificate", 0)),
        ("0x82 for a short length", vec![0x30, 0x82, 0, 0xff], (invalid(0xff), "certificate", 0)),
        (
            "0x83 for a short length",
            vec![0x30, 0x83, 0, 0xff, 0xff],
            (invalid(0xffff), "certificate", 0),
        ),
        (
            "0x84 for a short length",
            vec![0x30, 0x84, 0, 0xff, 0xff, 0xff],
            (invalid(0xff_ffff), "certificate", 0),
        ),
        (
            "a byte behind it",
            [&good[..], &[0]].concat(),
            (TrailingData { remaining: 1 }, "certificate", 30),
        ),
        ("an empty one", vec![0x30, 0], (Missing, "TBS certificate", 2)),
        ("another TBS certificate", patched(2, 0x31), (byte(0x31), "TBS certificate", 2)),
        ("a longer TBS certificate", patched(3, 30), (invalid(30), "TBS certificate", 2)),
        ("no signature algorithm", patched(25, 0x31), (byte(0x31), "signature algorithm", 25)),
        ("no signature", patched(27, 4), (byte(4), "signature", 27)),
        ("a signature of odd bits", patched(29, 7), (InvalidValue { found: 7 }, "signature", 29)),
        ("no serial number", patched(4, 3), (byte(3), "serial number", 4)),
        ("no inner algorithm", patched(7, 3), (byte(3), "signature", 7)),
        ("no issuer", patched(9, 3), (byte(3), "issuer", 9)),
        ("no validity", patched(11, 3), (byte(3), "validity", 11)),
        ("no subject", patched(13, 3), (byte(3), "subject", 13)),
        ("no key", patched(15, 3), (byte(3), "public key", 15)),
        ("a longer key", patched(16, 9), (invalid(9), "public key", 15)),
        ("no key algorithm", patched(17, 3), (byte(3), "key algorithm", 17)),
        ("no object identifier", patched(19, 5), (byte(5), "key algorithm", 19)),
        ("no key bits", patched(22, 4), (byte(4), "key bits", 22)),
        ("a key of odd bits", patched(24, 1), (InvalidValue { found: 1 }, "key bits", 24)),
    ];
    check(&cases, |der| Certificate::parse(der).err());

    let cases = [
        ("the end of the fields", certificate(&FIELDS), (Missing, "public key", 15)),
        (
            "a tag at the end",
            certificate(&[&FIELDS[..], &[0x30]].concat()),
            (Missing, "public key", 15),
        ),
        (
            "a length at the end",
            certificate(&[&FIELDS[..], &[0x30, 0x82, 1]].concat()),
            (Missing, "public key", 15),
        ),
        (
            "something behind the key",
            certificate(&[&FIELDS[..], &KEY, &[5, 0]].concat()),
            (TrailingData { remaining: 2 }, "TBS certificate", 25),
        ),
        (
            "something behind the bits",
            with_key(&[0x30, 10, 0x30, 3, 6, 1, 0x2a, 3, 1, 0, 5, 0]),
            (TrailingData { remaining: 2 }, "public key", 25),
        ),
        (
            "an empty object identifier",
            with_key(&[0x30, 7, 0x30, 2, 6, 0, 3, 1, 0]),
            (Missing, "key algorithm", 21),
        ),
        (
            "an empty bit string",
            with_key(&[0x30, 7, 0x30, 3, 6, 1, 0x2a, 3, 0]),
            (Missing, "key bits", 24),
        ),
        (
            "two parameters",
            with_key(&[0x30, 12, 0x30, 7, 6, 1, 0x2a, 5, 0, 5, 0, 3, 1, 0]),
            (TrailingData { remaining: 2 }, "key algorithm", 24),
        ),
        (
            "parameters of a long tag",
            with_key(&[0x30, 11, 0x30, 6, 6, 1, 0x2a, 0x1f, 1, 0, 3, 1, 0]),
            (byte(0x1f), "key parameters", 22),
        ),
        (
            "parameters that are too long",
            with_key(&[0x30, 10, 0x30, 5, 6, 1, 0x2a, 5, 1, 3, 1, 0]),
            (invalid(1), "key parameters", 22),
        ),
        (
            "version 4",
            with_version(&[0xa0, 3, 2, 1, 3]),
            (UnsupportedVersion { found: 3 }, "version", 8),
        ),
        (
            "version 257",
            with_version(&[0xa0, 4, 2, 2, 1, 0]),
            (UnsupportedVersion { found: 256 }, "version", 8),
        ),
        (
            "a version beyond 64 bits",
            with_version(&[0xa0, 11, 2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            (UnsupportedVersion { found: u64::MAX }, "version", 8),
        ),
        ("no version", with_version(&[0xa0, 0]), (Missing, "version", 6)),
        ("an empty version", with_version(&[0xa0, 2, 2, 0]), (Missing, "version", 8)),
        ("a version that is no number", with_version(&[0xa0, 3, 4, 1, 2]), (byte(4), "version", 6)),
        (
            "two versions",
            with_version(&[0xa0, 6, 2, 1, 2, 2, 1, 2]),
            (TrailingData { remaining: 3 }, "version", 9),
        ),
    ];
    check(&cases, |der| Certificate::parse(der).err());

    let mut der = good.clone();
    der.extend([5, 0]);
    der[1] += 2;
    let kind = TrailingData { remaining: 2 };
    assert_eq!(Certificate::parse(&der), Err(kind.at("certificate", 30)));
}

#[test]
fn keys_and_requests() {
    let cases = [
        ("nothing", vec![], (Truncated { needed: 2, available: 0 }, "public key", 0)),
        (
            "a byte behind it",
            [&KEY[..], &[0]].concat(),
            (TrailingData { remaining: 1 }, "public key", 10),
        ),
    ];
    check(&cases, |der| PublicKey::parse(der).err());

    let request = |information: &[u8]| certificate(information);
    let plain = [&[2, 1, 0, 0x30, 0][..], &KEY].concat();
    assert!(Request::parse(&request(&plain)).is_ok());
    assert!(Request::parse(&request(&[&plain[..], &[0xa0, 0]].concat())).is_ok());
    let whole = "certification request";
    let cases = [
        ("nothing", vec![], (Truncated { needed: 2, available: 0 }, whole, 0)),
        ("an empty one", vec![0x30, 0], (Missing, "certification request information", 2)),
        ("version 1", request(&[2, 1, 1]), (UnsupportedVersion { found: 1 }, "version", 6)),
        ("no version", request(&[2, 0]), (Missing, "version", 6)),
        ("no subject", request(&[2, 1, 0]), (Missing, "subject", 7)),
        ("no key", request(&[2, 1, 0, 0x30, 0]), (Missing, "public key", 9)),
        (
            "other attributes",
            request(&[&plain[..], &[0xa1, 0]].concat()),
            (TrailingData { remaining: 2 }, "certification request information", 19),
        ),
        (
            "a byte behind it",
            [&request(&plain)[..], &[0]].concat(),
            (TrailingData { remaining: 1 }, whole, 24),
        ),
        (
            "another element",
            [&[0x30, 24][..], &request(&plain)[2..], &[5, 0]].concat(),
            (TrailingData { remaining: 2 }, whole, 24),
        ),
        (
            "odd bits",
            [&request(&plain)[..23], &[1]].concat(),
            (InvalidValue { found: 1 }, "signature", 23),
        ),
    ];
    check(&cases, |der| Request::parse(der).err());
}

#[test]
fn every_prefix_is_truncated() {
    let build = Build { tail: vec![0xa3, 2, 0x30, 0], ..Build::new(1, &[7; 200]) };
    let (certificate, request) = (build.encode(), build.encode_request());
    let is_truncated =
        |error: Option<Error>| error.is_some_and(|error| matches!(error.kind(), Truncated { .. }));
    for len in 0..certificate.len() {
        assert!(is_truncated(Certificate::parse(&certificate[..len]).err()), "{len}");
    }
    for len in 0..request.len() {
        assert!(is_truncated(Request::parse(&request[..len]).err()), "{len}");
    }
    for len in 0..build.key.len() {
        assert!(is_truncated(PublicKey::parse(&build.key[..len]).err()), "{len}");
    }
}

#[test]
fn owners() {
    let byte = |found| UnexpectedByte { found };
    let end = Truncated { needed: 1, available: 0 };
    let (port, transport, host, label) =
        ("port label", "transport label", "host name", "label of a host name");
    let long = format!("_1._tcp.a.{}", "b".repeat(64));
    let cases = [
        ("nothing", "", (end, port, 0)),
        ("no low line", "443._tcp.example.com", (byte(b'4'), port, 0)),
        ("no number", "_.", (byte(b'.'), port, 1)),
        ("a name", "_http._tcp.example.com", (byte(b'h'), port, 1)),
        ("a name in a number", "_44x._tcp.example.com", (byte(b'x'), port, 3)),
        ("a sign", "_+443._tcp.example.com", (byte(b'+'), port, 1)),
        ("a zero", "_0443._tcp.example.com", (byte(b'0'), port, 1)),
        ("65536", "_65536._tcp.example.com", (InvalidValue { found: 65_536 }, port, 1)),
        ("only a port", "_443", (end, port, 4)),
        ("no transport", "_443.", (end, transport, 5)),
        ("another transport", "_443._dccp.example.com", (byte(b'_'), transport, 5)),
        ("a transport without a low line", "_443.tcp.example.com", (byte(b't'), transport, 5)),
        ("no host", "_443._tcp", (end, transport, 9)),
        ("an empty host", "_443._tcp.", (Missing, label, 10)),
        ("the root", "_443._tcp..", (Missing, label, 10)),
        ("an empty label", "_443._tcp.a..b", (Missing, label, 12)),
        ("another alphabet", "_443._tcp.b\u{fc}cher.example", (byte(0xc3), host, 11)),
        ("a wildcard", "_443._tcp.*.example.com", (byte(b'*'), host, 10)),
        ("an escape", "_443._tcp.a\\046b", (byte(b'\\'), host, 11)),
        ("a long label", &long, (InvalidLength { found: 64 }, label, 10)),
    ];
    check(&cases, |text| Owner::parse(text).err());
    let kind = UnexpectedByte { found: b' ' };
    assert_eq!(Owner::new(1, Transport::Tcp, "a b"), Err(kind.at(host, 1)));
}

#[test]
fn messages_are_sentences() {
    let cases = [
        (Record::parse(&[3, 1]).err(), "TLSA record at byte 0: needed 3 bytes, found 2"),
        (Certificate::parse(&[0x30, 0x80]).err(), "certificate at byte 1: unexpected byte '\\x80'"),
        (Certificate::parse(&with_key(&[0x30, 0])).err(), "key algorithm at byte 17: missing"),
        (Owner::parse("_1._tcp.").err(), "label of a host name at byte 8: missing"),
    ];
    for (error, text) in cases {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(text));
    }
}
