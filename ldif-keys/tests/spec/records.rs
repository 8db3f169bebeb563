//! Records, lines and values.

use crate::{attributes, behind_dn, err, ok};
use core::hash::BuildHasher as _;
use ldif_keys::{Body, Error, ErrorKind, Record, Records, Rules, Value};
use std::hash::RandomState;

fn all(ldif: &str, rules: Rules) -> Vec<Result<&'static str, String>> {
    Records::new(ldif.as_bytes(), rules)
        .map(|it| it.map(|it| it.body().name()).map_err(|error| error.to_string()))
        .collect()
}

fn lenient(ldif: &str) -> Vec<Result<&'static str, String>> {
    all(ldif, Rules::LENIENT)
}

fn first(ldif: &str) -> Record<'_> {
    Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap()
}

fn dn(record: Record<'_>) -> String {
    String::from_utf8(record.dn().unwrap().to_cow().unwrap().into_owned()).unwrap()
}

#[test]
fn example_1_of_rfc_2849() {
    let ldif = "version: 1\n\
        dn: cn=User One,ou=People,dc=example,dc=com\n\
        objectclass: top\n\
        cn: User One\n\
        \n\
        dn: cn=User Two,ou=People,dc=example,dc=com\n\
        telephonenumber: +1 408 555 1212\n";
    assert_eq!(all(ldif, Rules::STRICT), [Ok("content"), Ok("content")]);
    let records: Vec<_> =
        Records::new(ldif.as_bytes(), Rules::STRICT).map(|it| it.unwrap()).collect();
    assert_eq!(records.iter().map(Record::line).collect::<Vec<_>>(), [2, 6]);
    assert_eq!((records[0].offset(), records[1].offset()), (11, 86));
    assert_eq!(dn(records[1]), "cn=User Two,ou=People,dc=example,dc=com");
}

#[test]
fn one_space_of_each_fold_is_dropped() {
    for end in ["\n", "\r\n"] {
        let ldif = format!("dn: dc=a\ncn: a{end} b{end}  c{end}   d{end}\n").replace('\n', "\n");
        assert_eq!(attributes(&ldif), [ok("cn", "ab c  d")]);
    }
}

#[test]
fn a_fold_may_be_anywhere_but_in_front() {
    for ldif in
        ["s\n n: x", "sn\n : x", "sn:\n  x", "sn: \n x", "sn: x\n ", "sn: x\n \n ", "sn:\n   x"]
    {
        assert_eq!(behind_dn(ldif), [ok("sn", "x")], "{ldif:?}");
    }
    for ldif in ["sn:\n : eA==", "sn::\n  eA==", "sn:: e\n A=\n =", "sn:: eA==\n "] {
        assert_eq!(behind_dn(ldif), [ok("sn", "x")], "{ldif:?}");
    }
    assert_eq!(behind_dn("sn:\n < file:///x"), [err("value at byte 22: unexpected byte '<'")]);
}

#[test]
fn bytes_are_joined_before_they_are_text() {
    // A two-byte character, folded in its middle.
    let ldif = [&b"dn: dc=a\ncn: Zo\xc3\n \xab\n"[..]].concat();
    assert_eq!(attributes(ldif), [ok("cn", "Zo\\xc3\\xab")]);
}

#[test]
fn a_line_of_one_space_is_an_empty_continuation() {
    assert_eq!(behind_dn("a: x\n \nb: y\n"), [ok("a", "x"), ok("b", "y")]);
}

#[test]
fn a_continuation_of_nothing_is_an_error_and_costs_nothing_else() {
    let ldif = " a: x\ndn: dc=a\nb: y\n\n c\n d\n\ndn: dc=b\nb: z\n";
    let expected = [
        Err("continuation at byte 0: unexpected byte ' '".into()),
        Ok("content"),
        Err("continuation at byte 21: unexpected byte ' '".into()),
        Ok("content"),
    ];
    assert_eq!(lenient(ldif), expected);
    let strict = [
        Err("continuation at byte 0: unexpected byte ' '".into()),
        Err("continuation at byte 21: unexpected byte ' '".into()),
        Ok("content"),
    ];
    assert_eq!(all(ldif, Rules::STRICT), strict);
}

#[test]
fn a_continuation_behind_a_comment_belongs_to_the_comment() {
    let ldif = "a: x\n# comment\n sshPublicKey: no\n# c\nb: y\n#\n \n  \nc: z";
    assert_eq!(behind_dn(ldif), [ok("a", "x"), ok("b", "y"), ok("c", "z")]);
}

#[test]
fn a_tab_continues_a_line_only_where_told_to() {
    let ldif = "dn: dc=a\na: x\n\ty\n";
    assert_eq!(
        attributes(ldif),
        [ok("a", "x"), err("attribute description at byte 14: unexpected byte '\\t'")]
    );
    let mut rules = Rules::LENIENT;
    rules.tab_continues = true;
    let record = Records::new(ldif.as_bytes(), rules).next().unwrap().unwrap();
    let Body::Content(attributes) = record.body() else { panic!() };
    assert_eq!(crate::read(attributes), [ok("a", "xy")]);
}

#[test]
fn the_last_line_may_lack_its_end() {
    for ldif in ["a: x", "a: x\r", "a: x\r\n", "a: x\n\n\n", "a: x\n\r", "a: \n x"] {
        assert_eq!(behind_dn(ldif), [ok("a", "x")], "{ldif:?}");
        assert_eq!(all(&format!("dn: dc=a\n{ldif}"), Rules::STRICT), [Ok("content")], "{ldif:?}");
    }
}

#[test]
fn blank_lines_of_either_kind_and_any_number_separate() {
    let ldif = "\n\r\ndn: dc=a\r\na: x\r\n\r\n\n\r\ndn: dc=b\na: y\n\n\n";
    assert_eq!(lenient(ldif), [Ok("content"), Ok("content")]);
    assert_eq!(lenient(""), []);
    assert_eq!(lenient("\n\r\n\r"), []);
    // A CR alone ends no line, and is no blank one.
    assert_eq!(behind_dn("a: x\r\r\n\r\r\nb: y").len(), 3);
}

#[test]
fn versions_are_passed_over_wherever_they_stand_in_front() {
    let ldif =
        "# a\nversion: 1\n\nversion:1\n# b\nVersion: 01\ndn: dc=a\nversion: 7\n\nversion: 1\n";
    assert_eq!(lenient(ldif), [Ok("content")]);
    assert_eq!(attributes(ldif), [ok("version", "7")]);
    let strict = all("version: 1\ndn: dc=a\na: x\n\nversion: 1\ndn: dc=b\na: x\n", Rules::STRICT);
    assert_eq!(strict, [Ok("content"), Err("version at byte 26: unexpected byte 'v'".into())]);
}

#[test]
fn another_version_is_an_error_in_front_of_the_record() {
    let ldif = "version: 2\ndn: dc=a\na: x\n";
    let error = || Err("version at byte 9: unsupported version 2".into());
    assert_eq!(lenient(ldif), [error(), Ok("content")]);
    assert_eq!(all(ldif, Rules::STRICT), [error()]);
    let cases = [
        (
            "version: 18446744073709551616",
            "version at byte 9: unsupported version 18446744073709551615",
        ),
        ("version: 1x", "version at byte 10: unexpected byte 'x'"),
        ("version:", "version at byte 8: missing"),
        ("version:: MQ==", "version at byte 10: missing"),
        ("version:\n   0", "version at byte 12: unsupported version 0"),
    ];
    for (line, text) in cases {
        assert_eq!(lenient(line), [Err(text.into())], "{line}");
    }
}

#[test]
fn a_dn_is_found_in_any_case_and_form() {
    for line in
        ["dn: dc=a", "DN:dc=a", "Dn:   dc=a", "dn:: ZGM9YQ==", "d\n n: dc\n =a", "dn : dc=a"]
    {
        let record = first(line);
        assert_eq!(dn(record), "dc=a", "{line}");
        assert!(matches!(record.body(), Body::Content(_)));
    }
    // No dn, but other attributes that begin like one.
    for line in ["dnx: dc=a", "d: dc=a", "dn;x: dc=a", "dn", "xdn: a"] {
        assert_eq!(lenient(line), [Ok("without dn")], "{line}");
    }
}

#[test]
fn a_record_of_a_dn_alone_is_what_ldapsearch_prints_without_the_attribute() {
    assert_eq!(lenient("dn: dc=a\n"), [Ok("content")]);
    assert_eq!(attributes("dn: dc=a\n"), []);
    assert_eq!(all("dn: dc=a\n", Rules::STRICT), [Err("attribute at byte 9: missing".into())]);
}

#[test]
fn names_of_any_kind() {
    let cases =
        ["cn", "1.3.6.1.4.1.24552.500.1.1.1.13", "a-b", "userCertificate;binary", "x;a;b-1"];
    for name in cases {
        let line = format!("dn: dc=a\n{name}: x\n");
        assert_eq!(attributes(&line), [ok(name, "x")]);
        assert_eq!(all(&line, Rules::STRICT), [Ok("content")], "{name}");
    }
    // Active Directory's, and people's.
    let cases = [
        ("member;range=0-1499", 21),
        ("a_b", 10),
        ("a;;b", 11),
        ("1.2.", 13),
        ("1a", 10),
        ("-a", 9),
        ("a;", 11),
        (".1", 9),
        ("1..2", 11),
    ];
    for (name, at) in cases {
        let line = format!("dn: dc=a\n{name}: x\n");
        assert_eq!(attributes(&line), [ok(name, "x")]);
        let error = Records::new(line.as_bytes(), Rules::STRICT).next().unwrap().unwrap_err();
        assert_eq!((error.context(), error.offset()), ("attribute description", at), "{name}");
    }
}

#[test]
fn descriptions_are_of_graphic_characters() {
    for len in 1..20 {
        for (at, found) in (0..len).flat_map(|at| (0..=u8::MAX).map(move |found| (at, found))) {
            let mut name = vec![b'a'; len];
            name[at] = found;
            // These end it, or the line, or are in front of the value.
            let expected = match found {
                b'\n' | b'\r' | b':' => continue,
                b' ' if at > 0 && at + 1 == len => Some("a".repeat(at)),
                b'!'..=b'~' if !(at == 0 && [b';', b'#'].contains(&found)) => {
                    Some(name.escape_ascii().to_string())
                }
                _ => None,
            };
            let ldif = [b"dn: dc=a\n", &name[..], b": x"].concat();
            let found: Vec<_> = Records::new(&ldif, Rules::LENIENT)
                .filter_map(|record| match record.ok()?.body() {
                    Body::Content(attributes) => attributes.last()?.ok(),
                    _ => None,
                })
                .map(|attribute| attribute.description().as_text().to_string())
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{}", ldif.escape_ascii());
        }
    }
}

#[test]
fn options_stand_behind_the_type() {
    let record = first("dn: dc=a\nCN;lang-\n de;;x: y\n");
    let Body::Content(mut attributes) = record.body() else { panic!() };
    let description = attributes.next().unwrap().unwrap().description();
    assert!(description.is("cn") && !description.is("cn;lang-de") && !description.is("c"));
    let options: Vec<_> = description.options().map(|it| it.to_string()).collect();
    assert_eq!(options, ["lang-de", "", "x"]);
    assert_eq!(description.ty().to_string(), "CN");
    assert_eq!(format!("{description:?}"), "\"CN;lang-de;;x\"");
}

#[test]
fn what_is_deleted_is_marked_by_an_option() {
    for (name, is_deleted) in [
        // What 389 Directory Server exports for replication: `slapd/entry.c`.
        ("sshPublicKey;vdcsn-5f0c1d2e000000010000;deleted", true),
        (
            "sshPublicKey;adcsn-5f0c1d2e000000010000;vdcsn-5f0c1d2e000000010000;deletedattribute;deleted",
            true,
        ),
        ("a;adcsn-5f0c1d2e000000010000;DELETED\n Attribute", true),
        ("sshPublicKey;vucsn-5f0c1d2e000000010000", false),
        ("deleted", false),
        ("a;deletedx", false),
        ("a;x-deleted", false),
    ] {
        let ldif = format!("dn: dc=a\n{name}: x\n");
        let Body::Content(mut attributes) = first(&ldif).body() else { panic!() };
        let description = attributes.next().unwrap().unwrap().description();
        assert_eq!(description.is_deleted(), is_deleted, "{name}");
    }
}

#[test]
fn only_spaces_are_skipped_behind_the_colon() {
    let cases = [
        ("a:x", "x"),
        ("a:   x", "x"),
        ("a:\tx", "\\tx"),
        ("a: \tx", "\\tx"),
        ("a:", ""),
        ("a:   ", ""),
        ("a: x ", "x "),
        ("a: : x", ": x"),
        ("a: < x", "< x"),
        ("a: :: x", ":: x"),
        ("a::", ""),
        ("a::  ", ""),
        ("a::eA==", "x"),
        ("a::   eA==", "x"),
        ("a: b: c", "b: c"),
        ("a: # no comment", "# no comment"),
    ];
    for (line, value) in cases {
        assert_eq!(behind_dn(line), [ok("a", value)], "{line}");
    }
}

#[test]
fn strict_values_are_safe_strings() {
    for (value, at) in
        [(&b"\xc3\xa9"[..], 12), (b"a\0", 13), (b"a\rb", 13), (b": x", 12), (b"< x", 12)]
    {
        let ldif = [b"dn: dc=a\na: ", value, b"\n"].concat();
        let error = Records::new(&ldif, Rules::STRICT).next().unwrap().unwrap_err();
        assert_eq!((error.context(), error.offset()), ("value", at), "{value:?}");
        let kind = ErrorKind::UnexpectedByte { found: ldif[at] };
        assert_eq!(error.kind(), kind);
        assert_eq!(attributes(&ldif), [ok("a", &value.escape_ascii().to_string())]);
    }
}

#[test]
fn base64_has_one_form() {
    let fine =
        [("", ""), ("QQ==", "A"), ("QUI=", "AB"), ("QUJD", "ABC"), ("+/+/", "\\xfb\\xff\\xbf")];
    for (text, value) in fine {
        assert_eq!(behind_dn(&format!("a:: {text}")), [ok("a", value)]);
        assert_eq!(all(&format!("dn: dc=a\na:: {text}"), Rules::STRICT), [Ok("content")], "{text}");
    }
    // Where and what, from the start of the base64. libldap accepts the non-zero bits, data behind the
    // padding, and lone padding.
    let broken = [
        ("QQ", 0, "invalid length 2"),
        ("QQ=", 0, "invalid length 3"),
        ("Q", 0, "invalid length 1"),
        ("QQQQQ", 0, "invalid length 5"),
        ("QR==", 1, "invalid value 1"),
        ("QUJ=", 2, "invalid value 1"),
        ("QQ==QQ==", 4, "unexpected byte 'Q'"),
        ("QUI=JJJJ", 4, "unexpected byte 'J'"),
        ("QQ===", 4, "unexpected byte '='"),
        ("====", 0, "unexpected byte '='"),
        ("=QQQ", 0, "unexpected byte '='"),
        ("Q===", 1, "unexpected byte '='"),
        ("QQ=I", 3, "unexpected byte 'I'"),
        ("Q-_Q", 1, "unexpected byte '-'"),
        ("QQQQ*", 4, "unexpected byte '*'"),
        ("QQ\x0b==", 2, "unexpected byte '\\x0b'"),
    ];
    for (text, at, what) in broken {
        let message = format!("base64 value at byte {}: {what}", 19 + at);
        assert_eq!(behind_dn(&format!("a:: {text}")), [err(&message)], "{text}");
    }
}

#[test]
fn no_character_is_base64_but_the_64() {
    let is_base64 = |found: &u8| found.is_ascii_alphanumeric() || [b'+', b'/'].contains(found);
    // Line ends end the value, and blanks in front are skipped.
    for found in (0..=u8::MAX).filter(|found| !is_base64(found) && !b"\r\n ".contains(found)) {
        for (first, second) in [(0, 0), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            let mut text = *b"QUJDQUJD";
            (text[first], text[second]) = (found, found);
            let line = [b"dn: dc=a\na:: ", &text[..]].concat();
            assert!(attributes(&line)[0].is_err(), "{}", line.escape_ascii());
        }
    }
}

#[test]
fn white_space_in_base64_is_skipped_by_lenient_rules_only() {
    for text in ["QU JD", "QUJD ", "Q\tUJD", "QU\rJD", "QQ = =", "QQ==\r"] {
        let ldif = format!("dn: dc=a\na:: {text}\nb: y");
        assert!(attributes(&ldif)[0].is_ok(), "{text}");
        let strict = all(&ldif, Rules::STRICT);
        let is_end = text.ends_with('\r');
        assert_eq!(strict[0].is_ok(), is_end, "{text}");
    }
    // The place is that of the character, not of what was skipped.
    assert_eq!(behind_dn("a:: Q\n R \n = ="), [err("base64 value at byte 22: invalid value 1")]);
}

#[test]
fn limits_are_the_callers() {
    let ldif = "dn: dc=a\nab: 345\n 678\nc: x\n";
    let read = |rules: Rules| {
        let record = Records::new(ldif.as_bytes(), rules).next().unwrap().unwrap();
        let Body::Content(attributes) = record.body() else { panic!() };
        crate::read(attributes)[0].clone()
    };
    let with = |max_line, max_value| {
        let mut rules = Rules::LENIENT;
        (rules.max_line, rules.max_value) = (max_line, max_value);
        rules
    };
    assert_eq!(read(with(12, 6)), ok("ab", "345678"));
    assert_eq!(read(with(11, 6)), err("line at byte 9: exceeds the limit of 11"));
    assert_eq!(read(with(12, 5)), err("value at byte 13: exceeds the limit of 5"));
    let with_dn = Records::new(b"dn: dc=abcdef\na: x\n", with(12, 99)).next().unwrap().unwrap();
    assert_eq!(with_dn.dn(), None);
    assert!(matches!(with_dn.body(), Body::WithoutDn(_)));
}

#[test]
fn a_byte_order_mark_is_dropped_by_lenient_rules() {
    let ldif = "\u{feff}dn: dc=a\na: x\n";
    assert_eq!(lenient(ldif), [Ok("content")]);
    assert_eq!(first(ldif).offset(), 3);
    assert!(all(ldif, Rules::STRICT)[0].is_err());
    // Of each record, since parts may start with any of them; but of no other line.
    assert_eq!(
        lenient("\u{feff}\n\u{feff}dn: dc=a\n\n\u{feff}dn: dc=b\n"),
        [Ok("content"), Ok("content")]
    );
    assert_eq!(lenient("version: 1\n\u{feff}dn: dc=a\n"), [Ok("without dn")]);
}

#[test]
fn parts_have_what_the_whole_has() {
    let ldif = "\u{feff}version: 1\n\n# c\r\n d\r\n\r\n\u{feff}dn: dc=a\n# c\n\na: x\n b\n\n\
        \u{feff}\n\n\u{feff}# c\nversion: 1\ndn: dc=b\n\n continues nothing\n\n\r\n\
        \u{feff}\u{feff}dn: dc=c\n\u{feff}: y\n\n\nversion: 2\n\u{feff}dn: dc=d";
    let whole = read(ldif.as_bytes(), 0);
    assert_eq!(whole.len(), 7);
    for end in 0..=ldif.len() {
        let (first, last) =
            ldif.as_bytes().split_at(Records::complete_len(&ldif.as_bytes()[..end]));
        assert_eq!([read(first, 0), read(last, first.len())].concat(), whole, "{end}");
    }
}

/// The records of a part, with their places in the whole.
fn read(part: &[u8], start: usize) -> Vec<Result<(usize, &[u8]), Error>> {
    Records::new(part, Rules::LENIENT)
        .map(|it| it.map(|record| (start + record.offset(), record.as_bytes())))
        .map(|it| it.map_err(|error| error.nested_at(start)))
        .collect()
}

#[test]
fn what_ldapsearch_prints_besides_is_a_trailer() {
    for name in ["search", "result", "ref", "matchedDN", "text", "control", "pagedresults"] {
        assert_eq!(lenient(&format!("{name}: x\n")), [Ok("trailer")], "{name}");
        assert_eq!(lenient(&format!("{}: x\n", name.to_uppercase())), [Ok("trailer")], "{name}");
        // In an entry they are attributes.
        assert_eq!(lenient(&format!("dn: dc=a\n{name}: x\n")), [Ok("content")], "{name}");
    }
    assert_eq!(lenient("ufn: a, b\n"), [Ok("without dn")]);
}

#[test]
fn a_late_dn_or_changetype_ends_the_attributes() {
    let ldif = "dn: dc=a\na: x\ndn: dc=b\nb: y\n";
    assert_eq!(attributes(ldif), [ok("a", "x"), err("late dn at byte 14: unexpected byte 'd'")]);
    let ldif = "dn: dc=a\na: x\nCHANGETYPE: delete\nb: y\n";
    assert_eq!(
        attributes(ldif),
        [ok("a", "x"), err("late changetype at byte 14: unexpected byte 'C'")]
    );
    assert_eq!(
        attributes("a: x\nchange\n type: add\nb: y\n"),
        [ok("a", "x"), err("late changetype at byte 5: unexpected byte 'c'")]
    );
}

#[test]
fn what_ends_the_attributes_early_is_told_beforehand() {
    let check = |ldif: &str, read: usize| {
        let (Body::Content(mut attributes) | Body::WithoutDn(mut attributes)) = first(ldif).body()
        else {
            panic!()
        };
        attributes.by_ref().take(read).for_each(drop);
        attributes.check().map_err(|error| error.to_string())
    };
    let late = Err("late changetype at byte 23: unexpected byte 'c'".into());
    let ldif = "dn: dc=a\na: x\nno colon\nchangetype: modify\ndn: b\n";
    for read in 0..3 {
        assert_eq!(check(ldif, read), late, "{read}");
    }
    // What was told is not told again.
    assert_eq!(check(ldif, 3), Ok(()));
    assert_eq!(check("a: x\nDN: b\n", 0), Err("late dn at byte 5: unexpected byte 'D'".into()));
    assert_eq!(check("dn: dc=a\n: x\ndn;x: y\ndnx: y\nchangetypes: z\n# dn: b\n", 0), Ok(()));
    assert_eq!(check("dn: dc=a\n", 0), Ok(()));
}

#[test]
fn a_late_dn_or_changetype_is_found_wherever_it_is_folded() {
    for (word, context) in [("dn", "late dn"), ("changetype", "late changetype")] {
        let mut count = 0;
        for folded in foldings(word, 14) {
            let ldif = format!("dn: dc=a\ncn: x\n{folded}: dc=b\ncn: y\n");
            let text = format!("{context} at byte 15: unexpected byte '{}'", &word[..1]);
            assert_eq!(attributes(&ldif), [ok("cn", "x"), err(&text)], "{folded:?}");
            testkit::ldif::check(ldif.as_bytes());
            count += 1;
        }
        assert!(count > 50);
    }
}

/// A word with folds of both kinds behind any of its characters, up to a length.
fn foldings(word: &str, longest: usize) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![(String::new(), word)]);
    while let Some((start, rest)) = open.pop() {
        if start.len() + rest.len() > longest {
            continue;
        }
        match rest.chars().next() {
            Some(next) => open.push((format!("{start}{next}"), &rest[1..])),
            None => found.push(start.clone()),
        }
        if !start.is_empty() {
            open.extend(["\n ", "\r\n "].map(|fold| (format!("{start}{fold}"), rest)));
        }
    }
    found
}

#[test]
fn a_line_that_cannot_be_read_costs_no_other() {
    let ldif = "a: x\nno colon\n: y\n;z: y\n\u{e9}: y\nb : z\nlast";
    let expected = [
        ok("a", "x"),
        err("attribute description at byte 23: unexpected byte 'c'"),
        err("attribute description at byte 29: unexpected byte ':'"),
        err("attribute description at byte 33: unexpected byte ';'"),
        err("attribute description at byte 39: unexpected byte '\\xc3'"),
        ok("b", "z"),
        err("colon at byte 55: missing"),
    ];
    assert_eq!(behind_dn(ldif), expected);
}

#[test]
fn lines_are_counted_across_folds_comments_and_records() {
    let ldif =
        "# 1\n\nversion: 1\ndn: dc\n =a\n# 6\n#\n a: no\na: x\n y\nb: z\n\n\ndn: dc=b\r\nc: d\r\n";
    let mut records = Records::new(ldif.as_bytes(), Rules::LENIENT);
    let record = records.next().unwrap().unwrap();
    assert_eq!(record.line(), 4);
    let Body::Content(attributes) = record.body() else { panic!() };
    let lines: Vec<_> = attributes.map(|it| it.unwrap().line()).collect();
    assert_eq!(lines, [9, 11]);
    let second = records.next().unwrap().unwrap();
    assert_eq!((second.line(), second.line_at(second.offset() + 11)), (14, 15));
    assert_eq!(second.line_at(usize::MAX), 16);
}

#[test]
fn lines_and_gaps_of_any_length_are_counted() {
    for (len, gap) in (0..300).flat_map(|len| [1, 2, 150].map(|gap| (len, gap))) {
        for (end, behind) in [("\n", ""), ("\r\n", ""), ("\n", "a: x\n")] {
            let first = format!("dn: {}{end}{behind}", "x".repeat(len));
            let gaps = end.repeat(gap);
            let ldif = format!("{first}{gaps}dn: dc=b{end}{gaps}dn: dc=c");
            let records: Vec<_> =
                Records::new(ldif.as_bytes(), Rules::LENIENT).map(|it| it.unwrap()).collect();
            assert_eq!(records[0].as_bytes(), first.as_bytes());
            let lines: Vec<_> = records.iter().map(Record::line).collect();
            let second = 1 + first.lines().count() + gap;
            assert_eq!(lines, [1, second, second + 1 + gap], "{len} {gap}");
        }
    }
}

#[test]
fn complete_records_of_a_part() {
    let cases = [
        ("", 0),
        ("dn: a\n", 0),
        ("dn: a\n\n", 7),
        ("dn: a\r\n\r\nd", 9),
        ("dn: a\n\nb\n\n\nc\n", 11),
        ("\n", 1),
        ("\r\n", 2),
        ("\r", 0),
        ("a\n\r", 0),
        ("a\r\r\nb", 0),
    ];
    for (part, len) in cases {
        assert_eq!(Records::complete_len(part.as_bytes()), len, "{part:?}");
    }
}

#[test]
fn buffers_that_are_too_small_say_what_is_needed() {
    let ldif = "dn: dc\n =a\na:: QUJD\n";
    let record = first(ldif);
    let dn = record.dn().unwrap();
    let needed = |error: Error| (error.kind(), error.offset());
    let kind = ErrorKind::BufferTooSmall { needed: 4, available: 3 };
    assert_eq!(needed(dn.decode(&mut [0; 3]).unwrap_err()), (kind, 0));
    let Body::Content(mut attributes) = record.body() else { panic!() };
    let value = attributes.next().unwrap().unwrap().value();
    let kind = ErrorKind::BufferTooSmall { needed: 3, available: 1 };
    assert_eq!(needed(value.decode(&mut [0; 1]).unwrap_err()), (kind, 0));
    assert_eq!(value.decode(&mut [0; 3]), Ok(&b"ABC"[..]));
    // What stands in the input needs none.
    let Some(Value::Plain(plain)) = first("dn: dc=a").dn() else { panic!() };
    assert_eq!(plain.unfold(&mut []), Ok(&b"dc=a"[..]));
}

#[test]
fn ten_megabytes_on_one_line_take_no_longer_than_on_many() {
    let one = format!("dn: dc=a\na: {}\n", "x".repeat(10_000_000));
    assert_eq!(attributes(&one)[0].as_ref().unwrap().1.len(), 10_000_000);
    let folded = format!("dn: dc=a\na: {}\n", "x\n ".repeat(3_000_000));
    assert_eq!(attributes(&folded)[0].as_ref().unwrap().1.len(), 3_000_000);
    // Nor does an error for each line.
    let errors = " \n\n".repeat(100_000) + &"version: 2\n".repeat(100_000);
    assert_eq!(Records::new(errors.as_bytes(), Rules::LENIENT).count(), 200_000);
}

#[test]
fn views_are_sent_between_threads() {
    fn is_send_sync<T: Send + Sync>() {}
    is_send_sync::<Records<'_>>();
    is_send_sync::<Record<'_>>();
    is_send_sync::<ldif_keys::Key<'_>>();
    is_send_sync::<ldif_keys::AuthorizedKey<'_>>();
}

#[test]
fn views_are_equal_if_what_they_say_is() {
    let ldif = "dn: dc=a\nab: xy\na\n b: x\n y\nab: xz\nac: xy\nab:: eHk=\nab:< xy\n";
    let Body::Content(attributes) = first(ldif).body() else { panic!() };
    let all: Vec<_> = attributes.map(|it| it.unwrap()).collect();
    assert_eq!(all[0], all[1]);
    for other in &all[2..] {
        assert_ne!(all[0], *other);
    }
    let (record, again) = (first("dn: a\na: x\n"), first("\n# c\ndn: a\na: x\n\nb"));
    let other = first("dn: a\na: y\n");
    assert_eq!(record, again);
    assert_ne!(record, other);

    // What is equal has the same hash, and the same for all would be of no use.
    let hasher = RandomState::new();
    assert_eq!(hasher.hash_one(record), hasher.hash_one(again));
    assert_ne!(hasher.hash_one(record), hasher.hash_one(other));
    let [text, folded, other] = [0, 1, 3].map(|n| all[n].description().as_text());
    assert_eq!(hasher.hash_one(text), hasher.hash_one(folded));
    assert_ne!(hasher.hash_one(text), hasher.hash_one(other));
}

#[test]
fn debug_shows_fields_and_no_values() {
    let record = first("dn: dc=a\ncn;x: secret\nb:: c2VjcmV0\nc:< secret\nbroken\n");
    assert_eq!(
        format!("{record:?}"),
        "Record { line: 1, dn: Some(Plain(4 bytes)), body: content(3) }"
    );
    let Body::Content(mut attributes) = record.body() else { panic!() };
    assert_eq!(
        format!("{:?}", attributes.next().unwrap().unwrap()),
        "Attribute { line: 2, description: \"cn;x\", value: Plain(6 bytes) }"
    );
    let value = attributes.clone().next().unwrap().unwrap().value();
    let Value::Base64(base64) = value else { panic!() };
    assert_eq!(format!("{base64:?}"), "Base64(8 bytes)");
    assert_eq!(format!("{:?}", base64.as_text()), "Text(8 bytes)");
    let mut bytes = base64.as_text().bytes();
    bytes.next();
    assert_eq!(format!("{bytes:?}"), "Bytes(7 left)");
    let text = format!("{attributes:?}");
    assert!(
        text.contains("Base64(8 bytes)") && text.contains("Url(6 bytes)") && !text.contains("c2V")
    );
    let modify = first("dn: dc=a\nchangetype: modify\nadd: a\na: x\n-\n");
    assert!(format!("{modify:?}").ends_with("body: modify(1) }"));
    let Body::Modify(mut modifications) = modify.body() else { panic!() };
    assert_eq!(
        format!("{:?}", modifications.next().unwrap().unwrap()),
        "Modification { line: 3, operation: Add, description: \"a\", values: \
         [Ok(Attribute { line: 4, description: \"a\", value: Plain(1 bytes) })] }"
    );
    let controlled = first("dn: dc=a\ncontrol: 1.2 true: secret\nchangetype: delete\n");
    assert_eq!(
        format!("{:?}", controlled.controls()),
        "[Ok(Control { oid: \"1.2\", is_critical: true, value: Some(Plain(6 bytes)) })]"
    );
    let Body::Content(mut attributes) = first("dn: dc=a\na;x;y: z\n").body() else { panic!() };
    let description = attributes.next().unwrap().unwrap().description();
    assert_eq!(format!("{:?}", description.options()), "[\"x\", \"y\"]");
    // Names are shown, but no more than their start.
    for (len, end) in [(64, "\""), (65, "\"...")] {
        let ldif = format!("dn: dc=a\n{};{}: z\n", "a".repeat(len - 2), "b".repeat(len));
        let Body::Content(mut attributes) = first(&ldif).body() else { panic!() };
        let description = attributes.next().unwrap().unwrap().description();
        let text = format!("\"{};{}\"...", "a".repeat(len - 2), "b".repeat(65 - len));
        assert_eq!(format!("{description:?}"), text);
        assert_eq!(format!("{:?}", description.options()), format!("[\"{}{end}]", "b".repeat(64)));
    }
}
