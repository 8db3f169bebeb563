//! Records as text.

use hex_literal::hex;
use tlsa_match::{Entry, Hex, Lines, MatchingType, Record, Selector, Type, Usage};

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

/// Owner, TTL, type, and the record as text.
type Line = (Option<&'static str>, Option<u32>, Option<Type>, Option<&'static str>);

#[test]
fn lines_of_zones_and_of_dig() {
    let (tlsa, smimea) = (Some(Type::TLSA), Some(Type::SMIMEA));
    let owner = Some("_25._tcp.mail");
    let cases: [(&str, Option<Line>); 31] = [
        ("_25._tcp.mail 3600 IN TLSA 3 1 1 ab", Some((owner, Some(3600), tlsa, Some("3 1 1 ab")))),
        ("_25._tcp.mail IN 3600 TLSA 3 1 1 ab", Some((owner, Some(3600), tlsa, Some("3 1 1 ab")))),
        ("_25._tcp.mail\tTlSa\t3 1 1 ab", Some((owner, None, tlsa, Some("3 1 1 ab")))),
        ("_25._tcp.mail in TYPE52 \\# 4 030101ab", Some((owner, None, tlsa, Some("3 1 1 ab")))),
        ("_25._tcp.mail type53 3 1 1 ab", Some((owner, None, smimea, Some("3 1 1 ab")))),
        (
            "_25._tcp.mail 1h30m SMIMEA 3 1 1 ab",
            Some((owner, Some(5400), smimea, Some("3 1 1 ab"))),
        ),
        (
            "_25._tcp.mail 1W2D1s TLSA 3 1 1 ab",
            Some((owner, Some(777_601), tlsa, Some("3 1 1 ab"))),
        ),
        ("_25._tcp.mail 7d1 TLSA 3 1 1 ab", Some((owner, Some(604_801), tlsa, Some("3 1 1 ab")))),
        (
            "_25._tcp.mail 4294967296 TLSA 3 1 1 ab",
            Some((owner, Some(u32::MAX), tlsa, Some("3 1 1 ab"))),
        ),
        ("_25._tcp.mail (IN TLSA 3 1 1\nab)", Some((owner, None, tlsa, Some("3 1 1 ab")))),
        ("_25._tcp.mail IN TLSA", Some((owner, None, tlsa, None))),
        ("_25._tcp.mail IN TLSA 3 1 1", Some((owner, None, tlsa, None))),
        (" 60 IN TLSA 3 1 1 ab", Some((None, Some(60), tlsa, Some("3 1 1 ab")))),
        ("\tTLSA 3 1 1 ab", Some((None, None, tlsa, Some("3 1 1 ab")))),
        ("TLSA TLSA 3 1 1 ab", Some((Some("TLSA"), None, tlsa, Some("3 1 1 ab")))),
        ("3 1 TLSA 3 1 1 ab", Some((Some("3"), Some(1), tlsa, Some("3 1 1 ab")))),
        ("3 1 1 ab", Some((None, None, None, Some("3 1 1 ab")))),
        ("3 1 1 AB CD ; of dig", Some((None, None, None, Some("3 1 1 abcd")))),
        ("( 3 1 1\nab )", Some((None, None, None, Some("3 1 1 ab")))),
        ("\\# 4 030101ab", Some((None, None, None, Some("3 1 1 ab")))),
        ("DANE-EE SPKI Full ab", Some((None, None, None, Some("3 1 0 ab")))),
        ("3 1", Some((None, None, None, None))),
        ("3 3600 IN A 192.0.2.1", None),
        ("3 A 192.0.2.1", None),
        ("_dane.example.com.", None),
        ("www IN A 192.0.2.1", None),
        ("www CH TLSA 3 1 1 ab", None),
        ("www IN IN TLSA 3 1 1 ab", None),
        ("www 1 2 TLSA 3 1 1 ab", None),
        ("$TTL 3600", None),
        ("TLSA 3 1 1 ab", None),
    ];
    for (line, expected) in cases {
        let mut buf = [0; 40];
        let seen = Entry::parse(line.as_bytes()).map(|entry| {
            let record = entry.record(&mut buf).ok().map(|record| record.to_string());
            (entry.owner.map(<[u8]>::to_vec), entry.ttl, entry.ty, record)
        });
        let expected = expected.map(|(owner, ttl, ty, record)| {
            (owner.map(|owner| owner.as_bytes().to_vec()), ttl, ty, record.map(str::to_owned))
        });
        assert_eq!(seen, expected, "{line}");
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
    let mut lines = Lines::new(b"a\nb");
    assert_eq!((lines.next(), lines.remainder()), (Some(&b"a"[..]), &b"b"[..]));
}

#[test]
fn debug_shows_no_byte_as_it_is() {
    let entry = Entry::parse(b"\x1b[2J 60 IN TLSA 3 1 1 ab").unwrap();
    assert_eq!(
        format!("{entry:?}"),
        "Entry { owner: Some(\\x1b[2J), ttl: Some(60), ty: Some(Type(TLSA)), .. }"
    );
    assert_eq!(format!("{:?}", Lines::new(b"abc")), "Lines { len: 3 }");
}
