//! What is said of LDIF that cannot be read, by which rules.

use ldif_keys::{Body, Error, ErrorKind, Records, Rules};
use testkit::ldif::{naive, see};

/// The first error, of a record or of one of its attributes.
fn error(ldif: &[u8], rules: Rules) -> Option<Error> {
    Records::new(ldif, rules).find_map(|record| match record {
        Err(error) => Some(error),
        Ok(record) => match record.body() {
            Body::Content(it) | Body::Add(it) | Body::WithoutDn(it) | Body::Trailer(it) => {
                it.into_iter().find_map(|it| it.and_then(|it| it.value().to_cow().map(drop)).err())
            }
            Body::Modify(modifications) => modifications.into_iter().find_map(Result::err),
            Body::Rename(rename) => rename.new_rdn().err(),
            _ => None,
        },
    })
}

#[test]
fn by_lenient_rules() {
    use ErrorKind::*;
    let byte = |found| UnexpectedByte { found };
    let cases: [(&[u8], ErrorKind, &str, usize); 20] = [
        (b" a: x", byte(b' '), "continuation", 0),
        (b"version: 0\n", UnsupportedVersion { found: 0 }, "version", 9),
        (b"version: 1 \n", byte(b' '), "version", 10),
        (b"version:: MQ==\n", Missing, "version", 10),
        (b"dn: a\nb", Missing, "colon", 7),
        (b"dn: a\nb\n c", Missing, "colon", 10),
        (b"dn: a\n: b", byte(b':'), "attribute description", 6),
        (b"dn: a\n;b: c", byte(b';'), "attribute description", 6),
        (b"dn: a\nb c: d", byte(b'c'), "attribute description", 8),
        (b"dn: a\nb\x7f: d", byte(0x7f), "attribute description", 7),
        (b"dn: a\nb:: c", InvalidLength { found: 1 }, "base64 value", 10),
        (b"dn: a\nb:: cQ=e", byte(b'e'), "base64 value", 13),
        (b"dn: a\nb:: cd==", InvalidValue { found: 13 }, "base64 value", 11),
        (b"dn: a\nb:: cde=", InvalidValue { found: 2 }, "base64 value", 12),
        (b"dn: a\nb:< c", byte(b'<'), "value", 10),
        (b"dn: a\nb: c\ndn: d", byte(b'd'), "late dn", 11),
        (b"b: c\nchangetype: add", byte(b'c'), "late changetype", 5),
        (b"dn: a\nchangetype: modify\nb: c\n-\n", byte(b'b'), "modification", 25),
        (b"dn: a\nchangetype: modify\n-\n", byte(b'-'), "modification", 25),
        (b"dn: a\nchangetype: modrdn\n", Missing, "newrdn", 25),
    ];
    for (ldif, kind, context, offset) in cases {
        let name = ldif.escape_ascii().to_string();
        assert_eq!(error(ldif, Rules::LENIENT), Some(kind.at(context, offset)), "{name}");
        // By strict rules it is wrong, too.
        assert!(error(ldif, Rules::STRICT).is_some(), "{name}");
    }
}

/// A change with this control.
macro_rules! control {
    ($text:literal) => {
        concat!("dn: a\ncontrol: ", $text, "\nchangetype: delete\n").as_bytes()
    };
}

/// A new name by these lines.
macro_rules! rename {
    ($lines:literal) => {
        concat!("dn: a\nchangetype: modrdn\n", $lines).as_bytes()
    };
}

#[test]
fn by_strict_rules_only() {
    use ErrorKind::*;
    let byte = |found| UnexpectedByte { found };
    let cases: [(&[u8], ErrorKind, &str, usize); 37] = [
        (b"\xef\xbb\xbfdn: a\nb: c", byte(0xef), "attribute description", 0),
        (b"dn: a\n", Missing, "attribute", 6),
        (b"dn: a\nchangetype: add\n", Missing, "attribute", 22),
        (b"b: c\n", Missing, "dn", 0),
        (b"search: 2\n", Missing, "dn", 0),
        (b"dn:< file:///a\nb: c\n", byte(b'<'), "dn", 5),
        (b"dn:: YQ=\nb: c\n", InvalidLength { found: 3 }, "base64 value", 5),
        (b"dn: a\nversion: 1\n\nversion: 1\ndn: b\n", byte(b'v'), "version", 18),
        (b"dn: a\nb_: c", byte(b'_'), "attribute description", 7),
        (b"dn: a\nb : c", byte(b' '), "attribute description", 7),
        (b"dn: a\nb;: c", Missing, "attribute description", 8),
        (b"dn: a\n1.: c", Missing, "attribute description", 8),
        (b"dn: a\nb: \xff", byte(0xff), "value", 9),
        (b"dn: a\nb:: Y Q==", byte(b' '), "base64 value", 11),
        (b"dn: a\nchangetype: delete\nb: c\n", TrailingData { remaining: 5 }, "change record", 25),
        (b"dn: a\nchangetype: b\n", byte(b'b'), "change type", 18),
        (b"dn: a\nchangetype: modify\nadd: b\nb: c\n", Missing, "end of modification", 37),
        // dn-spec, and the same of `newrdn` and `newsuperior`: `:` or `::`, and that of UTF-8.
        (b"dn:: /w==\nb: c\n", byte(0xff), "dn", 5),
        (b"dn:: YWLD\nb: c\n", byte(0xc3), "dn", 7),
        (b"dn:: YWJjw6Qw\n OTDtoIA=\nb: c\n", byte(0xed), "dn", 17),
        (rename!("newrdn:< x:y\ndeleteoldrdn: 1\n"), byte(b'<'), "newrdn", 34),
        (rename!("newrdn:: gA==\ndeleteoldrdn: 1\n"), byte(0x80), "newrdn", 34),
        (rename!("newrdn: b\ndeleteoldrdn: 1\nnewsuperior:< x:y\n"), byte(b'<'), "newsuperior", 65),
        (
            rename!("newrdn: b\ndeleteoldrdn: 1\nnewsuperior:: /w==\n"),
            byte(0xff),
            "newsuperior",
            65,
        ),
        (control!("1.2:<"), Missing, "URL", 20),
        // control: `ldap-oid 0*1(1*SPACE ("true" / "false")) 0*1(value-spec)`.
        (control!("1.2.3true"), byte(b't'), "control", 20),
        (control!("1.2.3 : v"), byte(b':'), "control", 21),
        (control!("1.2.3 "), Missing, "control", 21),
        (control!("1.2.3\n  \n "), Missing, "control", 25),
        (control!(".1"), Missing, "control", 15),
        (control!("1."), Missing, "control", 17),
        (control!("1..2"), byte(b'.'), "control", 17),
        (control!("1.2. true"), byte(b' '), "control", 19),
        (control!("1.2.:x"), byte(b':'), "control", 19),
        // ldif-file: content or changes, and not both.
        (b"dn: a\nb: c\n\ndn: d\nchangetype: delete\n", byte(b'd'), "change record in content", 12),
        (
            b"dn: a\nchangetype: delete\n\nDN: d\nb: c\n",
            byte(b'D'),
            "content record in changes",
            26,
        ),
        (
            b"dn: a\n\ndn: b\nchangetype: x\n\ndn: a\nb: c\n\ndn: b\n\ndn: c\nchangetype: delete\n",
            Missing,
            "attribute",
            6,
        ),
    ];
    for (ldif, kind, context, offset) in cases {
        let name = ldif.escape_ascii().to_string();
        assert_eq!(error(ldif, Rules::STRICT), Some(kind.at(context, offset)), "{name}");
        let lenient = error(ldif, Rules::LENIENT);
        assert!(lenient.is_none() || ldif.starts_with(b"dn: a\nversion"), "{name}: {lenient:?}");
    }
}

#[test]
fn what_rfc_2849_has_is_right_by_strict_rules() {
    let cases: [&[u8]; 17] = [
        b"dn:: w6Q=\nb:: /w==\n",
        b"dn::\nb:\n",
        b"dn: a\nb:<x:\n",
        b"dn: a\nb:<  FILE+a-b.9:///c:d\n",
        control!("1"),
        control!("01.002"),
        control!("1.2:"),
        control!("1.2::  "),
        control!("1.2 true:< file:///x"),
        control!("1.2  FALSE: v "),
        control!("1.2\n  \n tr\n ue\n :\n v"),
        b"dn: a\ncontrol:1.2\ncontrol:1.3\nchangetype: delete\n",
        rename!("newrdn:: w6Q=\ndeleteoldrdn:   0\nnewsuperior::\n"),
        rename!("newrdn:\ndeleteoldrdn:1\n"),
        b"dn: a\nb: c\n\ndn: d\nb: c\n",
        b"dn: a\nchangetype: add\nb: c\n\ndn: d\nchangetype: delete\n",
        b"dn:: 8J+YgA==\nb: c\n",
    ];
    for ldif in cases {
        let error = Records::new(ldif, Rules::STRICT).find_map(Result::err);
        assert_eq!(error, None, "{}", ldif.escape_ascii());
        testkit::ldif::check(ldif);
    }
    // A record that is wrong in itself says nothing of the others.
    let ldif =
        b"dn: a\n\ndn: b\nchangetype: delete\n\ndn: c\nd: e\n\ndn: f\nchangetype: x\n\ndn: g\n\
        changetype: delete\n";
    let read: Vec<_> = Records::new(ldif, Rules::STRICT)
        .map(|it| it.map(|it| it.offset()).map_err(|error| error.context()))
        .collect();
    let wrong = ["attribute", "content record in changes", "change type"].map(Err);
    assert_eq!(read, [wrong[0], Ok(7), wrong[1], wrong[2], Ok(66)]);
}

#[test]
fn urls_have_a_scheme_by_strict_rules() {
    let byte = |found| ErrorKind::UnexpectedByte { found };
    // RFC 1738 §5, `genericurl`.
    for (line, kind, context, offset) in [
        ("b:<", ErrorKind::Missing, "URL", 9),
        ("b:<  ", ErrorKind::Missing, "URL", 11),
        ("b:< file", ErrorKind::Missing, "URL", 14),
        ("b:< /x:y", byte(b'/'), "URL", 10),
        ("b:< a\n _b:", byte(b'_'), "URL", 13),
        ("b:< :x", byte(b':'), "value", 10),
    ] {
        let ldif = format!("dn: a\n{line}\n");
        let read = |rules| Records::new(ldif.as_bytes(), rules).next().unwrap().err();
        assert_eq!(read(Rules::STRICT), Some(kind.at(context, offset)), "{line}");
        assert_eq!(read(Rules::LENIENT), None, "{line}");
    }
}

#[test]
fn limits() {
    let with = |max_line, max_value| {
        let mut rules = Rules::LENIENT;
        (rules.max_line, rules.max_value) = (max_line, max_value);
        rules
    };
    let ldif = b"dn: a\nbc: def\n";
    for (rules, expected) in [
        (with(7, 3), None),
        (with(6, 3), Some(ErrorKind::LimitExceeded { limit: 6 }.at("line", 6))),
        (with(7, 2), Some(ErrorKind::LimitExceeded { limit: 2 }.at("value", 10))),
    ] {
        assert_eq!(error(ldif, rules), expected);
    }
}

#[test]
fn messages_are_sentences() {
    for (ldif, text) in [
        (&b" a"[..], "continuation at byte 0: unexpected byte ' '"),
        (b"dn: a\nb", "colon at byte 7: missing"),
        (b"version: 2", "version at byte 9: unsupported version 2"),
        (b"dn: a\nb:: *", "base64 value at byte 10: unexpected byte '*'"),
    ] {
        assert_eq!(error(ldif, Rules::LENIENT).map(|it| it.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn every_prefix_of_every_sample_is_seen_as_the_naive_decoder_sees_it() {
    let samples = [
        "version: 1\r\n\r\n# a\r\n b\r\ndn:: ZGM9YQ==\r\ncn;x: a\r\n b\r\n \r\nd:< file:///e\r\n\r\nref: x\r\n",
        "\u{feff}dn: dc=a\nchangetype: modify\nadd: a\na: x\n-\n\ndn: b\nchangetype: moddn\nnewrdn: c\ndeleteoldrdn: 1\nnewsuperior: d\n",
        "dn: dc=a\ncontrol: 1.2 true:: eA==\nchangetype: add\na: x\n\nsearch: 2\n\n a\nversion: 2\nb: c\n",
    ];
    for sample in samples {
        for len in 0..=sample.len() {
            let prefix = &sample.as_bytes()[..len];
            for rules in [Rules::LENIENT, Rules::STRICT] {
                assert_eq!(see(prefix, rules), naive::decode(prefix, rules), "{len} of {sample:?}");
            }
        }
    }
}
