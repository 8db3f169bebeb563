//! Keys: what sshd takes, and why it does not take the rest.

use crate::ED25519;
use core::{fmt::Write as _, hash::BuildHasher as _};
use ldif_keys::{Algorithm, Fingerprint, Key, Keys, Reason};
use std::hash::RandomState;

/// A string of RFC 4251.
fn string(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat()
}

fn blob(fields: &[&[u8]]) -> Vec<u8> {
    fields.iter().flat_map(string).collect()
}

/// A positive number of so many bytes, the first of which is this one.
fn number(first: u8, len: usize) -> Vec<u8> {
    let mut number = vec![0x55; len];
    number[0] = first;
    number
}

fn refused(value: impl AsRef<[u8]>) -> (Reason, usize) {
    let refusal = Key::parse(value.as_ref()).unwrap_err();
    (refusal.reason(), refusal.offset())
}

fn accepted(value: impl AsRef<[u8]>) -> (Algorithm, u32) {
    let key = Key::parse(value.as_ref()).unwrap();
    (key.algorithm(), key.bits())
}

fn base64(bytes: &[u8]) -> String {
    // Written with the crate's own writer, which `build` holds against RFC 4648.
    let mut key = ldif_keys::Build::new(b"a", b"");
    (key.value, key.wrap) = (ldif_keys::Content::Base64(bytes), None);
    let mut out = vec![0; key.encoded_len().unwrap()];
    key.encode(&mut out).unwrap();
    String::from_utf8(out[4..out.len() - 1].to_vec()).unwrap()
}

#[test]
fn each_algorithm_has_one_layout() {
    let point = |len| number(4, len);
    let cases: [(&[&[u8]], Algorithm, u32, &str); 8] = [
        (&[b"ssh-ed25519", &[7; 32]], Algorithm::Ed25519, 256, "ED25519"),
        (
            &[b"sk-ssh-ed25519@openssh.com", &[7; 32], b"ssh:"],
            Algorithm::SkEd25519,
            256,
            "ED25519-SK",
        ),
        (
            &[b"ecdsa-sha2-nistp256", b"nistp256", &point(65)],
            Algorithm::EcdsaNistp256,
            256,
            "ECDSA",
        ),
        (
            &[b"ecdsa-sha2-nistp384", b"nistp384", &point(97)],
            Algorithm::EcdsaNistp384,
            384,
            "ECDSA",
        ),
        (
            &[b"ecdsa-sha2-nistp521", b"nistp521", &point(133)],
            Algorithm::EcdsaNistp521,
            521,
            "ECDSA",
        ),
        (
            &[b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", &point(65), b"ssh:example"],
            Algorithm::SkEcdsaNistp256,
            256,
            "ECDSA-SK",
        ),
        (&[b"ssh-rsa", &[1, 0, 1], &number(0x80, 1)], Algorithm::Rsa, 2048, "RSA"),
        (
            &[b"ssh-mldsa44-ed25519@openssh.com", &[7; 1344]],
            Algorithm::Mldsa44Ed25519,
            256,
            "MLDSA44-ED25519",
        ),
    ];
    for (fields, algorithm, bits, short_name) in cases {
        let mut fields = fields.to_vec();
        let modulus = [&[0, 0x80][..], &[1; 255]].concat();
        if algorithm == Algorithm::Rsa {
            fields[2] = &modulus;
        }
        let name = core::str::from_utf8(fields[0]).unwrap();
        assert_eq!((algorithm.name(), algorithm.short_name()), (name, short_name));
        assert_eq!(Algorithm::from_name(name.as_bytes()), Some(algorithm));
        assert!(Algorithm::ALL.contains(&algorithm));
        let raw = blob(&fields);
        let text = base64(&raw);
        let line = format!("{name} {text}");
        for value in [&raw[..], text.as_bytes(), line.as_bytes(), format!("{line} c").as_bytes()] {
            assert_eq!(accepted(value), (algorithm, bits), "{name}");
        }

        // Every length but the right one, every cut, and everything behind it.
        for cut in 0..raw.len() {
            let (reason, _) = refused(&raw[..cut]);
            let expected = if cut == 0 { Reason::Empty } else { Reason::Truncated };
            assert_eq!(reason, expected, "{name} cut at {cut}");
        }
        assert_eq!(refused([&raw[..], &[0]].concat()), (Reason::TrailingData, raw.len()));
        let at = line.len() - text.len() + raw.len() + raw.len() / 3;
        let trailing = format!("{name} {}", base64(&[&raw[..], b"\0\0\0\0"].concat()));
        assert_eq!(refused(trailing), (Reason::TrailingData, at));
        for n in 1..fields.len() {
            for len in [fields[n].len() - 1, fields[n].len() + 1] {
                let mut changed = fields.clone();
                let field: Vec<u8> = fields[n].iter().copied().chain([1]).take(len).collect();
                changed[n] = &field;
                let is_free = algorithm == Algorithm::Rsa || fields[n].starts_with(b"ssh:");
                assert_eq!(Key::parse(&blob(&changed)).is_ok(), is_free, "{name}, field {n}");
            }
        }
        // Under another name.
        for other in Algorithm::ALL.into_iter().filter(|it| *it != algorithm) {
            let start = other.name().len() + 1;
            let value = format!("{other} {text}");
            assert_eq!(refused(value), (Reason::NameMismatch, start + 5), "{name} as {other}");
        }
    }
}

#[test]
fn rsa_sizes_and_signs() {
    let key = |e: &[u8], n: &[u8]| blob(&[b"ssh-rsa", e, n]);
    let e = [1, 0, 1];
    // Bits, and the offset of the modulus behind a name and an exponent.
    let cases = [
        (number(0x80, 128), Err((Reason::Negative, 22))),
        ([&[0][..], &number(0x80, 128)].concat(), Ok(1024)),
        (number(0x7f, 128), Err((Reason::Weak, 18))),
        ([&[0][..], &number(0x80, 127)].concat(), Err((Reason::Weak, 18))),
        // sshd leaves out the zeros that are not for the sign, so to it this is another blob.
        ([&[0][..], &number(0x7f, 128)].concat(), Err((Reason::LeadingZero, 22))),
        ([&[0; 9][..], &number(0xff, 128)].concat(), Err((Reason::LeadingZero, 22))),
        (number(1, 129), Ok(1025)),
        (number(0x7f, 2048), Ok(16383)),
        ([&[0][..], &number(0xff, 2048)].concat(), Ok(16384)),
        (number(1, 2049), Err((Reason::TooLarge, 18))),
        ([&[0, 0][..], &number(0xff, 2048)].concat(), Err((Reason::TooLarge, 18))),
        (vec![], Err((Reason::Weak, 18))),
        (vec![0], Err((Reason::LeadingZero, 22))),
        (vec![0; 200], Err((Reason::LeadingZero, 22))),
    ];
    for (n, expected) in cases {
        let parsed = Key::parse(&key(&e, &n)).map(|key| key.bits());
        let parsed = parsed.map_err(|refusal| (refusal.reason(), refusal.offset()));
        assert_eq!(parsed, expected, "{} bytes from {:?}", n.len(), n.first());
    }
    let n = number(0x40, 256);
    assert_eq!(refused(key(&[0x80], &n)), (Reason::Negative, 15));
    assert_eq!(refused(key(&number(1, 2049), &n)), (Reason::TooLarge, 11));
    for e in [&[0][..], &[0, 0], &[0, 1, 0, 1]] {
        assert_eq!(refused(key(e, &n)), (Reason::LeadingZero, 15));
    }
    let before_more = [&key(&e, &[0])[..], &[0x80]].concat();
    assert_eq!(refused(before_more), (Reason::LeadingZero, 22));
    // The first byte of the next number is none of this one.
    assert_eq!(refused(key(&[0], &number(0x80, 256))), (Reason::LeadingZero, 15));
    // As OpenSSH has it, the exponent may be anything else.
    for e in [&[][..], &[1], &[2], &[0, 0x80], &number(1, 2048)] {
        assert_eq!(accepted(key(e, &n)), (Algorithm::Rsa, 2047));
    }
}

#[test]
fn points_are_uncompressed_and_on_the_curve_of_the_name() {
    let key = |curve: &[u8], point: &[u8]| blob(&[b"ecdsa-sha2-nistp256", curve, point]);
    for form in [0, 2, 3, 5, 6, 7] {
        assert_eq!(refused(key(b"nistp256", &number(form, 65))), (Reason::Point, 39));
    }
    assert_eq!(refused(key(b"nistp256", &number(2, 33))), (Reason::Length, 35));
    assert_eq!(refused(key(b"nistp384", &number(4, 97))), (Reason::Curve, 23));
    assert_eq!(refused(key(b"nistp384", &number(4, 65))), (Reason::Curve, 23));
    assert_eq!(refused(key(b"nistp25", &number(4, 65))), (Reason::Curve, 23));
    assert_eq!(refused(key(b"", &number(4, 65))), (Reason::Curve, 23));
}

#[test]
fn an_application_has_no_nul() {
    let key = |application: &[u8]| blob(&[b"sk-ssh-ed25519@openssh.com", &[1; 32], application]);
    assert_eq!(accepted(key(b"")), (Algorithm::SkEd25519, 256));
    assert_eq!(refused(key(b"ssh:\0")), (Reason::Application, 74));
    assert_eq!(refused(key(b"\0ssh:")), (Reason::Application, 70));
}

#[test]
fn lengths_that_lead_nowhere() {
    let mut raw = blob(&[b"ssh-ed25519", &[7; 32]]);
    for (at, bytes) in
        [(0, [0, 0, 0, 48]), (15, [0, 0, 0, 33]), (15, [0xff; 4]), (15, [0x80, 0, 0, 0])]
    {
        let before = raw.clone();
        raw[at..at + 4].clone_from_slice(&bytes);
        assert_eq!(refused(&raw), (Reason::Truncated, at));
        raw = before;
    }
    raw[15..19].clone_from_slice(&[0, 0, 0, 31]);
    assert_eq!(refused(&raw), (Reason::Length, 15));
    // Without a name there is no type.
    assert_eq!(refused(b"\0\0\0\0"), (Reason::Algorithm, 4));
}

#[test]
fn types_that_sshd_does_not_take() {
    for name in [
        "ssh-dss",
        "ssh-rsa-cert-v01@openssh.com",
        "ssh-ed25519-cert-v01@openssh.com",
        "rsa-sha2-256",
        "rsa-sha2-512",
        "ssh-xmss@openssh.com",
        "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
        "SSH-RSA",
        "ssh-ed25519x",
        "ssh-ed2551",
    ] {
        assert_eq!(refused(format!("{name} {ED25519}")), (Reason::Algorithm, 0), "{name}");
        assert_eq!(refused(blob(&[name.as_bytes(), &[7; 32]])), (Reason::Algorithm, 4), "{name}");
        assert_eq!(Algorithm::from_name(name.as_bytes()), None);
    }
}

#[test]
fn values_that_hold_no_key() {
    let cases: [(&[u8], Reason, usize); 17] = [
        (b"", Reason::Empty, 0),
        (b" \t\r\n", Reason::Empty, 0),
        (b"# ssh-ed25519 AAAA", Reason::Comment, 0),
        (b"  #", Reason::Comment, 2),
        (b"---- BEGIN SSH2 PUBLIC KEY ----", Reason::Armor, 0),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----", Reason::Armor, 0),
        (b"ssh-ed25519", Reason::Missing, 11),
        (b"ssh-ed25519  \t", Reason::Missing, 11),
        (b"restrict ssh-ed25519", Reason::Missing, 20),
        (b"restrict", Reason::Algorithm, 0),
        (b"restrict AAAA", Reason::Algorithm, 9),
        (b"hello world", Reason::Algorithm, 0),
        (b"\"hello world", Reason::Quote, 0),
        (b"ssh-ed25519 = c", Reason::Base64, 12),
        (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI c", Reason::Base64, 12),
        (b"ssh-ed25519 AAAAC3Nz!C1l c", Reason::Base64, 20),
        (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIR== c", Reason::Base64, 37),
    ];
    for (value, reason, offset) in cases {
        assert_eq!(refused(value), (reason, offset), "{}", value.escape_ascii());
    }
}

#[test]
fn blanks_around_and_between_as_sshd_skips_them() {
    for (before, first, second) in [("", " ", " "), (" \t", "\t", "\t\t"), ("", "  ", " \t ")] {
        for end in ["", "\n", "\r\n", " ", "\n\n\r\n"] {
            let value = format!("{before}ssh-ed25519{first}{ED25519}{second}user 1{end}");
            let key = Key::parse(value.as_bytes()).unwrap();
            assert_eq!(key.comment(), b"user 1", "{value:?}");
        }
    }
    let value = format!("ssh-ed25519 {ED25519}#x");
    assert_eq!(refused(value), (Reason::Base64, 12 + 68));
    for comment in ["#x", "a # b", "a\tb", "\u{e9}"] {
        let value = format!("ssh-ed25519 {ED25519} {comment}");
        assert_eq!(Key::parse(value.as_bytes()).unwrap().comment(), comment.as_bytes());
    }
    // sshd would pass over empty lines.
    assert_eq!(accepted(format!("\r\n \nssh-ed25519 {ED25519}")), (Algorithm::Ed25519, 256));
}

#[test]
fn several_keys_in_one_value() {
    let value = format!("ssh-ed25519 {ED25519} a\r\n\n# b\nssh-rsa AAAA\n{ED25519} c\n");
    assert_eq!(refused(&value), (Reason::SeveralLines, 82));
    let mut seen = String::new();
    for key in Keys::new(value.as_bytes()) {
        match key {
            Ok(key) => write!(seen, "{};", key.comment().escape_ascii()).unwrap(),
            Err(refusal) => write!(seen, "{refusal};").unwrap(),
        }
    }
    assert_eq!(seen, "a;key ends too early at byte 97;c;");
    let reasons =
        |value: &[u8]| Keys::new(value).map(|it| it.unwrap_err().reason()).collect::<Vec<_>>();
    assert_eq!(reasons(b""), [Reason::Empty]);
    assert_eq!(reasons(b"\n# a\n"), [Reason::Empty]);
    // A line behind the first is no raw key, whatever it begins with.
    let value = format!("# a\n\0\0\n{ED25519}\n");
    let keys: Vec<_> = Keys::new(value.as_bytes()).map(|it| it.is_ok()).collect();
    assert_eq!(keys, [false, true]);
    // The raw bytes of a key may have any byte in them.
    let raw = blob(&[b"ssh-ed25519", &[b'\n'; 32]]);
    assert_eq!(Keys::new(&raw).map(|it| it.unwrap().bits()).collect::<Vec<_>>(), [256]);
}

#[test]
fn the_fingerprint_is_that_of_ssh_keygen() {
    // What `ssh-keygen -l` 9.2 says of it.
    let value = format!("ssh-ed25519 {ED25519}");
    let key = Key::parse(value.as_bytes()).unwrap();
    assert_eq!(key.fingerprint().to_string(), "SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY");
    assert_eq!(format!("{:?}", key.fingerprint()), key.fingerprint().to_string());
    assert_eq!("SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY".parse(), Ok(key.fingerprint()));
}

#[test]
fn a_fingerprint_has_one_form() {
    let good = "SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY";
    let cases = [
        ("", "fingerprint prefix at byte 0: missing"),
        (&good[1..], "fingerprint prefix at byte 0: missing"),
        (
            "sha256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY",
            "fingerprint prefix at byte 0: missing",
        ),
        (
            "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
            "fingerprint prefix at byte 0: missing",
        ),
        (&good[..7], "fingerprint at byte 7: invalid length 0"),
        (&good[..49], "fingerprint at byte 7: invalid length 42"),
        (&format!("{good}="), "fingerprint at byte 7: invalid length 44"),
        (&format!("{good}\n"), "fingerprint at byte 7: invalid length 44"),
        (&good.replace("6oY", "6oZ"), "fingerprint at byte 49: invalid value 1"),
        (&good.replace("6oY", "6o="), "fingerprint at byte 49: unexpected byte '='"),
        (&good.replace("6oY", "6=="), "fingerprint at byte 48: unexpected byte '='"),
        (&good.replace("+nv", "-nv"), "fingerprint at byte 7: unexpected byte '-'"),
        (&good.replace("+n", "\u{e9}"), "fingerprint at byte 7: unexpected byte '\\xc3'"),
    ];
    for (text, message) in cases {
        let error = text.parse::<Fingerprint>().unwrap_err();
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn no_character_is_base64_but_the_64_wherever_it_is() {
    let good = format!("ssh-ed25519 {ED25519}").into_bytes();
    let is_base64 = |found: &u8| found.is_ascii_alphanumeric() || [b'+', b'/'].contains(found);
    for found in (0..=u8::MAX).filter(|found| !is_base64(found)) {
        // One of them, and two that could make up for each other.
        for distance in [0, 1, 3, 31] {
            for at in "ssh-ed25519 ".len()..good.len() - distance {
                let mut wrong = good.clone();
                wrong[at] = found;
                wrong[at + distance] = found;
                assert!(Key::parse(&wrong).is_err(), "{}", wrong.escape_ascii());
            }
        }
    }
}

#[test]
fn equal_keys_are_told_by_their_bytes() {
    let line = format!("ssh-ed25519 {ED25519} a");
    let other = format!("restrict ssh-ed25519 {ED25519} b");
    let raw = blob(&[b"ssh-ed25519", &[7; 32]]);
    let [line, other, raw] =
        [line.as_bytes(), other.as_bytes(), &raw].map(|it| Key::parse(it).unwrap());
    assert_eq!(line.blob(), other.blob());
    assert_ne!(line.blob(), raw.blob());
    assert!(raw.blob() < line.blob());

    // In whatever form they are.
    let (in_base64, hasher) = (base64(&blob(&[b"ssh-ed25519", &[7; 32]])), RandomState::new());
    let in_base64 = Key::parse(in_base64.as_bytes()).unwrap();
    assert_eq!(raw.blob(), in_base64.blob());
    assert_eq!(hasher.hash_one(raw.blob()), hasher.hash_one(in_base64.blob()));
    assert_ne!(hasher.hash_one(raw.blob()), hasher.hash_one(line.blob()));
}
