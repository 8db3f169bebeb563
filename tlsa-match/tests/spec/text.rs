//! Records as text.

use hex_literal::hex;
use tlsa_match::{Class, Entry, Hex, Lines, MatchingType, Record, Selector, Type, Usage};

fn read(text: &str) -> Option<(u8, u8, u8, Vec<u8>)> {
    let mut buf = [0; 100];
    let record = Record::parse_text(text.as_bytes(), &mut buf).ok()?;
    let Record { usage, selector, matching_type, data } = record;
    Some((usage.0, selector.0, matching_type.0, data.to_vec()))
}

#[test]
fn the_examples_of_rfc_6698_are_read() {
    let text = "(
        1 1 2 92003ba34942dc74152e2f2c408d29ec
              a5a520e7f2e06bb944f4dca346baf63c
              1b177615d466f6c4b71c216a50292bd5
              8c9ebdd2f74e38fe51ffd48c43326cbc )";
    let data = hex!(
        "92003ba34942dc74152e2f2c408d29eca5a520e7f2e06bb944f4dca346baf63c"
        "1b177615d466f6c4b71c216a50292bd58c9ebdd2f74e38fe51ffd48c43326cbc"
    );
    assert_eq!(read(text), Some((1, 1, 2, data.to_vec())));
}

#[test]
fn fields_are_decimals_or_acronyms_in_any_case() {
    let expected = Some((3, 1, 1, vec![0xab]));
    for text in [
        "3 1 1 ab",
        "003 01 1 AB",
        "DANE-EE SPKI SHA2-256 aB",
        "dane-ee spki sha2-256 Ab",
        "Dane-Ee 1 SHA2-256 ab",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    // RFC 7218 §2.
    for (n, usage) in
        [(0, "PKIX-TA"), (1, "PKIX-EE"), (2, "DANE-TA"), (3, "DANE-EE"), (255, "PrivCert")]
    {
        assert_eq!(read(&format!("{usage} 0 0 ab")), Some((n, 0, 0, vec![0xab])));
    }
    for (n, selector) in [(0, "Cert"), (1, "SPKI"), (255, "PrivSel")] {
        assert_eq!(read(&format!("0 {selector} 0 ab")), Some((0, n, 0, vec![0xab])));
    }
    for (n, matching) in [(0, "Full"), (1, "SHA2-256"), (2, "SHA2-512"), (255, "PrivMatch")] {
        assert_eq!(read(&format!("0 0 {matching} ab")), Some((0, 0, n, vec![0xab])));
    }
    for text in [
        "+3 1 1 ab",
        "-1 1 1 ab",
        "256 1 1 ab",
        "3.0 1 1 ab",
        "3 1 1ab",
        "3 1 1,ab",
        "0x3 1 1 ab",
        "DANE-E 1 1 ab",
        "DANE-EEE 1 1 ab",
        "SPKI 1 1 ab",
        "\"3\" 1 1 ab",
        "\\051 1 1 ab",
        "3 1 ab",
        "3 1 Cert ab",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn data_is_hexadecimal_with_white_space_anywhere() {
    let expected = Some((3, 1, 1, vec![0xd7, 0x46, 0xe9]));
    for text in [
        "3 1 1 d746e9",
        "3 1 1 D746E9",
        "3 1 1 d 7 4 6 e 9",
        "3 1 1 d74 6e9",
        "\t3\t1\t1\td7\t46e9 ",
        "3 1 1 (d7\n46e9)",
        "(3 1 1\nd7 ; a comment ( with a parenthesis\n 46e9\n)",
        "3 1 1 d746e9;",
        "3 1 1 d746e9\r\n",
        "3 1 1 d746e9\n\n ; nothing\n",
        "3(1)1 d746e9",
        "3 ( 1 ) ( 1 ) d746e9 ()",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    for text in [
        "3 1 1 d746e",
        "3 1 1 d746eg",
        "3 1 1 d7:46:e9",
        "3 1 1 0xd746e9",
        "3 1 1 \"d746e9\"",
        "3 1 1 d746e9 junk",
        "3 1 1\nd746e9",
        "3 1 1 d7\n46e9",
        "(3 1 1 d746e9",
        "3 1 1 d746e9)",
        "((3 1 1 d746e9))",
        "3 1 1",
        "3 1 1 ",
        "3 1 1 ; d746e9",
        "",
        "3 1 1 d746e9\n;\nd7",
        "3 1 1 d7-",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn the_generic_form_has_the_length_that_it_says() {
    let expected = Some((3, 1, 1, vec![0xd7, 0x46]));
    for text in [
        "\\# 5 030101d746",
        "\\# 05 03 01 01 d7 46",
        " \\# ( 5\n030101D7\n46 )",
        "\\#\t5 0 30101d746",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert_eq!(read("\\# 3 030101"), Some((3, 1, 1, vec![])));
    for text in [
        "\\# 4 030101d746",
        "\\# 6 030101d746",
        "\\# 5 030101d74",
        "\\#5 030101d746",
        "\\# 5030101d746",
        "\\# 0",
        "\\# 2 0301",
        "\\# 5",
        "\\# 5.0 030101d746",
        "\\# +5 030101d746",
        "# 5 030101d746",
        "\\# -1 030101",
        "\\# 65536 030101",
        "\\# 18446744073709551621 030101d746",
        "\\# 5 030101d7461",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn records_are_written_in_three_forms() {
    let record = Record {
        usage: Usage::DANE_EE,
        selector: Selector::SPKI,
        matching_type: MatchingType::SHA2_256,
        data: &[0xd7, 0x04],
    };
    assert_eq!(record.to_string(), "3 1 1 d704");
    assert_eq!(record.mnemonics().to_string(), "DANE-EE SPKI SHA2-256 d704");
    assert_eq!(record.generic().to_string(), "\\# 5 030101d704");
    assert_eq!(Hex(record.data).to_string(), "d704");
    // No form has a way to write no data but the generic one.
    let empty = Record { data: &[], ..record };
    assert_eq!(empty.to_string(), "\\# 3 030101");
    assert_eq!(empty.mnemonics().to_string(), "\\# 3 030101");
    assert_eq!(format!("{:?}", Hex(&[1, 2])), "Hex { len: 2 }");
}

/// Owner, TTL, class, number of the type, and the record as text.
type Line = (Option<&'static str>, Option<u32>, Class, Option<u16>, Option<&'static str>);

#[track_caller]
fn check_line(line: &str, expected: Option<Line>) {
    let mut buf = vec![0; line.len()];
    let seen = Entry::parse(line.as_bytes()).ok().map(|entry| {
        let record = entry.record(&mut buf).ok().map(|record| record.to_string());
        let owner = entry.owner.map(|owner| String::from_utf8(owner.to_vec()).unwrap());
        (owner, entry.ttl, entry.class, entry.ty.map(u16::from), record)
    });
    let expected = expected.map(|(owner, ttl, class, ty, record)| {
        (owner.map(str::to_owned), ttl, class, ty, record.map(str::to_owned))
    });
    assert_eq!(seen, expected, "{line:?}");
}

#[test]
fn a_selector_is_no_type() {
    for (line, ty, record) in [
        ("TLSA 3 Cert SHA2-512 ab", Some(52), "3 0 2 ab"),
        ("type52 3 CERT 1 ab", Some(52), "3 0 1 ab"),
        ("SMIMEA 3 cert Full ab", Some(53), "3 0 0 ab"),
        ("TLSA DANE-TA Cert 1 ab", Some(52), "2 0 1 ab"),
        ("  3 Cert SHA2-256 ab", None, "3 0 1 ab"),
        // Nor is it a signature, which goes on with a name.
        (
            "TLSA 3 1 2 20260101010101 20260101010101 12 ab",
            Some(52),
            "3 1 2 202601010101012026010101010112ab",
        ),
    ] {
        check_line(line, Some((None, None, Class::IN, ty, Some(record))));
    }
}

#[test]
fn code_points_are_numbers() {
    for code in [0, 1, 52, 255] {
        let codes: [u8; 3] = [Usage(code).into(), Selector(code).into(), MatchingType(code).into()];
        assert_eq!(codes, [code; 3]);
        assert_eq!((Usage::from(code), Selector::from(code)), (Usage(code), Selector(code)));
        let wide = u16::from(code) << 8;
        assert_eq!([u16::from(Class(wide)), u16::from(Type(wide))], [wide; 2]);
        assert_eq!((Class::from(wide), Type::from(wide)), (Class(wide), Type(wide)));
        assert_eq!(MatchingType::from(code), MatchingType(code));
    }
    for code in 0..=255 {
        let (usage, selector, matching_type) = (Usage(code), Selector(code), MatchingType(code));
        let again = |name: Option<&str>| name.map(|name| name.to_ascii_lowercase().into_bytes());
        let named = again(usage.name()).and_then(|name| Usage::from_name(&name));
        assert_eq!(named, usage.name().map(|_| usage));
        let named = again(selector.name()).and_then(|name| Selector::from_name(&name));
        assert_eq!(named, selector.name().map(|_| selector));
        let named = again(matching_type.name()).and_then(|name| MatchingType::from_name(&name));
        assert_eq!(named, matching_type.name().map(|_| matching_type));
    }
    assert_eq!(Usage::from_name(b"3"), None);
    assert_eq!(
        (Class::from_name(b"in"), Type::from_name(b"tlsa")),
        (Some(Class::IN), Some(Type::TLSA))
    );
}

#[test]
fn lines_of_zones_and_of_dig() {
    let (tlsa, smimea, record) = (Some(52), Some(53), Some("3 1 1 ab"));
    let owner = Some("_25._tcp.mail");
    for (line, ttl, ty) in [
        ("_25._tcp.mail 3600 IN TLSA 3 1 1 ab", Some(3600), tlsa),
        ("_25._tcp.mail IN 3600 TLSA 3 1 1 ab", Some(3600), tlsa),
        ("_25._tcp.mail\tTlSa\t3 1 1 ab", None, tlsa),
        ("_25._tcp.mail in TYPE52 \\# 4 030101ab", None, tlsa),
        ("_25._tcp.mail 3600 CLASS1 TYPE52 \\# 4 0301 01ab", Some(3600), tlsa),
        ("_25._tcp.mail class001 60 type052 3 1 1 ab", Some(60), tlsa),
        ("_25._tcp.mail type53 3 1 1 ab", None, smimea),
        ("_25._tcp.mail 1h30m SMIMEA 3 1 1 ab", Some(5400), smimea),
        ("_25._tcp.mail 1W2D1s TLSA 3 1 1 ab", Some(777_601), tlsa),
        ("_25._tcp.mail 7d1 TLSA 3 1 1 ab", Some(604_801), tlsa),
        ("_25._tcp.mail 4294967296 TLSA 3 1 1 ab", Some(u32::MAX), tlsa),
        ("_25._tcp.mail (IN TLSA 3 1 1\nab)", None, tlsa),
        ("_25._tcp.mail IN TLSA 3 1 1 ab ; of a host\r", None, tlsa),
    ] {
        check_line(line, Some((owner, ttl, Class::IN, ty, record)));
    }
    for (line, class) in [
        ("_25._tcp.mail CH TLSA 3 1 1 ab", Class::CH),
        ("_25._tcp.mail hs TLSA 3 1 1 ab", Class::HS),
        ("_25._tcp.mail NONE TLSA 3 1 1 ab", Class::NONE),
        ("_25._tcp.mail ANY TLSA 3 1 1 ab", Class::ANY),
        ("_25._tcp.mail CLASS65535 TLSA 3 1 1 ab", Class(u16::MAX)),
    ] {
        check_line(line, Some((owner, None, class, tlsa, record)));
    }
    for (line, ttl) in [
        (" 60 IN TLSA 3 1 1 ab", Some(60)),
        ("\tTLSA 3 1 1 ab", None),
        ("(TLSA 3 1 1\nab)", None),
        // What is pasted into a form.
        ("TLSA 3 1 1 ab", None),
        ("type52 DANE-EE SPKI SHA2-256 ab", None),
        ("TLSA (3 1 1\nab)", None),
    ] {
        check_line(line, Some((None, ttl, Class::IN, tlsa, record)));
    }
    check_line("TLSA TLSA 3 1 1 ab", Some((Some("TLSA"), None, Class::IN, tlsa, record)));
    check_line("3 1 TLSA 3 1 1 ab", Some((Some("3"), Some(1), Class::IN, tlsa, record)));
    check_line("SMIMEA 3 1 1 ab", Some((None, None, Class::IN, smimea, record)));
    check_line("_25._tcp.mail IN TLSA 3 1 1", Some((owner, None, Class::IN, tlsa, None)));
}

#[test]
fn rdata_alone() {
    let cases = [
        ("3 1 1 ab", Some("3 1 1 ab")),
        ("  3 1 1 ab", Some("3 1 1 ab")),
        ("3 1 1 AB CD ; of dig", Some("3 1 1 abcd")),
        ("( 3 1 1\nab )", Some("3 1 1 ab")),
        ("\\# 4 030101ab", Some("3 1 1 ab")),
        ("\\#(4\n030101ab)", Some("3 1 1 ab")),
        ("DANE-EE SPKI Full ab", Some("3 1 0 ab")),
        // Types have names that are digits, and the name of a selector.
        ("\\# 4 aaaa aaaa", Some("170 170 170 aa")),
        ("3 Cert 1 ab", Some("3 0 1 ab")),
        ("dane-ee CERT SHA2-512 ab", Some("3 0 2 ab")),
        ("256 Cert 1 ab", None),
        ("DANE-EE Cert SHA2-257 ab", None),
        ("3 cert", None),
        // A record all the same, which nobody can read.
        ("3", None),
        ("3 1", None),
        ("3 1 256 aa", None),
        ("256 1 1 aa", None),
        ("3 1 1 0g", None),
        ("3 1 1 abc", None),
        ("3600 1 1 aa", None),
        ("dane-ta 1 1", None),
        ("SPKI 1 1 aa", None),
        ("3 1 AAAA", None),
        ("full", None),
        ("\\# 5 030101ab", None),
        ("\\# AAAA 030101ab", None),
        ("3 1 1 ab from server 192.0.2.1 in 8 ms.", None),
    ];
    for (line, record) in cases {
        check_line(line, Some((None, None, Class::IN, None, record)));
    }
}

#[test]
fn lines_about_other_types() {
    for (line, owner, ttl, ty) in [
        ("www IN A 192.0.2.1", Some("www"), None, 1),
        ("3 3600 IN A 192.0.2.1", Some("3"), Some(3600), 1),
        ("3 A 192.0.2.1", Some("3"), None, 1),
        ("@ 1h aaaa 2001:db8::1", Some("@"), Some(3600), 28),
        (" MX 10 mail", None, None, 15),
        ("a TYPE65534 \\# 0", Some("a"), None, 65534),
        ("a Type1 \\# 4 c0000201", Some("a"), None, 1),
        ("a NSAP-PTR b", Some("a"), None, 23),
        ("a CERT PKIX 1 8 AAAA", Some("a"), None, 37),
        ("3 60 CERT PKIX 1 8 AAAA", Some("3"), Some(60), 37),
        ("3 IN CERT PKIX 1 8 AAAA", Some("3"), None, 37),
        ("a IPN 1", Some("a"), None, 264),
        ("a DLV 1", Some("a"), None, 32769),
        ("a ANY ANY 1", Some("a"), None, 255),
        ("a TXT \"(\" \\( ( b ; (\n\")\" )", Some("a"), None, 16),
        ("a TXT \"\\\")\"", Some("a"), None, 16),
        ("a SOA ns root (\n1 2 3 4 5 )", Some("a"), None, 6),
        ("a$b#c A 192.0.2.1", Some("a$b#c"), None, 1),
        // Of an escaped character nothing ends.
        ("a\\ b\\(\\;\\\"\\032c A 192.0.2.1", Some("a\\ b\\(\\;\\\"\\032c"), None, 1),
        ("a NSEC b A TLSA", Some("a"), None, 47),
        ("a RRSIG TLSA 8 5 3600 20300101000000 20260101000000 1 b. AAAA", Some("a"), None, 46),
        // Of dig +short.
        ("TLSA 8 5 3600 20300101000000 20260101000000 1 b. AAAA", None, None, 46),
        ("CNAME 8 5 60 (\n20300101000000 20260101000000 1 b.\nAAAA )", None, None, 46),
    ] {
        let class = if line.contains("ANY ANY") { Class::ANY } else { Class::IN };
        check_line(line, Some((owner, ttl, class, Some(ty), None)));
    }
    // They have no record for us.
    let entry = Entry::parse(b"www TXT 3 1 1 ab").unwrap();
    let error = entry.record(&mut [0; 9]).unwrap_err().to_string();
    assert_eq!(error, "type of RDATA at byte 8: invalid value 16");
}

#[test]
fn lines_of_host() {
    let owner = Some("_25._tcp.mail.example.com");
    let line = "_25._tcp.mail.example.com has TLSA record 3 1 1 AB CD";
    check_line(line, Some((owner, None, Class::IN, Some(52), Some("3 1 1 abcd"))));
    let line = "_25._tcp.mail.example.com is an alias for tlsa.example.com.";
    check_line(line, Some((owner, None, Class::IN, Some(5), None)));
    for line in [
        "_25._tcp.mail.example.com has no TLSA record",
        "_25._tcp.mail.example.com has TLSA record",
        "_25._tcp.mail.example.com has TLSA record ",
        "_25._tcp.mail.example.com has TSLA record 3 1 1 ab",
        "_25._tcp.mail.example.com has TLSA records 3 1 1 ab",
        "_25._tcp.mail.example.com is an alias for ",
        "_25._tcp.mail.example.com is an alias of b",
        " has TLSA record 3 1 1 ab",
        "Host mail.example.com not found: 3(NXDOMAIN)",
        "Using domain server:",
    ] {
        check_line(line, None);
    }
}

#[test]
fn an_error_in_an_entry_counts_from_the_start_of_its_line() {
    let line = b"_25._tcp.mail IN TLSA 3 1 1 xy";
    let error = Entry::parse(line).unwrap().record(&mut [0; 9]).unwrap_err();
    assert_eq!((error.offset(), error.context()), (28, "association data"));
}

#[test]
fn a_text_falls_into_lines() {
    let text = b"; comment\n\none (\n two ; )\n) three\n   \n four \"(;\" five\\;\\( ; (\nsix (";
    let lines: Vec<&[u8]> = Lines::new(text).collect();
    assert_eq!(lines, [&b"one (\n two ; )\n) three"[..], b" four \"(;\" five\\;\\( ; (", b"six ("]);
    // An open quotation ends with its line.
    let lines: Vec<&[u8]> = Lines::new(b"a \"(\nb \\\nc (\"\n)\nd").collect();
    assert_eq!(lines, [&b"a \"("[..], b"b \\", b"c (\"\n)", b"d"]);
    // It is not for the lines to say which parentheses are in order.
    let lines: Vec<&[u8]> = Lines::new(b"a ((\nb )\nc )\nd (\ne").collect();
    assert_eq!(lines, [&b"a ((\nb )"[..], b"c )", b"d (\ne"]);
    // Nothing else is white space.
    let lines: Vec<&[u8]> = Lines::new(b"\t \r\n\x0c; a\n\x0b\n\xef\xbb\xbf; b\n\0").collect();
    assert_eq!(lines, [&b"\x0c; a"[..], b"\x0b", b"\xef\xbb\xbf; b", b"\0"]);
    let mut lines = Lines::new(b"; (\na\n\nb (\n)\nc\n");
    assert_eq!((lines.offset(), lines.next(), lines.offset()), (0, Some(&b"a"[..]), 4));
    assert_eq!((lines.next(), lines.offset()), (Some(&b"b (\n)"[..]), 7));
    assert_eq!(
        (lines.remainder(), lines.next(), lines.offset()),
        (&b"c\n"[..], Some(&b"c"[..]), 13)
    );
    assert_eq!((lines.next(), lines.offset()), (None, 13));
}

#[test]
fn debug_shows_no_byte_as_it_is() {
    let entry = Entry::parse(b"a\\\"b 60 IN TLSA 3 1 1 ab \x1b[2J").unwrap();
    assert_eq!(
        format!("{entry:?}"),
        "Entry { owner: Some(a\\\\\\\"b), ttl: Some(60), class: Class(IN), ty: Some(Type(TLSA)), .. }"
    );
    assert_eq!(format!("{:?}", Lines::new(b"abc")), "Lines { len: 3 }");
}
