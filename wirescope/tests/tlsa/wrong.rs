//! What is neither records nor certificates.

use super::{LEAF, OTHER, create, on, pem, pki::Pki};
use std::process::Command;

pub(super) fn records() {
    let many = "3 1 1 00\n".repeat(101);
    let two = "_25._tcp.a.example.com. TLSA 3 1 1 00\n_25._tcp.b.example.com. TLSA 3 1 1 00\n";
    let chain = concat!(env!("CARGO_MANIFEST_DIR"), "/../tlsa-match/tests/data/leaf-p256.der");
    for (records, what) in [
        (b"This is a letter.\n".as_slice(), "no TLSA record in it"),
        (b"\0\x01\x02\xff", "no TLSA record in it"),
        (LEAF, "no TLSA record in it"),
        (b"_25._smimecert.example.com. SMIMEA 3 1 1 00\n", "no TLSA record in it"),
        (
            two.as_bytes(),
            "records of two names, _25._tcp.a.example.com. and _25._tcp.b.example.com.",
        ),
        (many.as_bytes(), "records of a set at byte 0: exceeds the limit of 100"),
    ] {
        let (code, stdout, stderr) = on(&["match", "--records", "-", chain], records);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert_eq!(stderr, format!("wirescope: standard input: {what}\n"));
    }
    assert_eq!(on(&["match", chain], "").0, Some(2));
    let (code, _, stderr) = on(&["match", "--records", "-", "-"], "");
    assert_eq!(code, Some(2));
    assert_eq!(stderr, "wirescope: standard input: cannot be both the chain and the records\n");
}

pub(super) fn chains() {
    let [leaf, other] = [LEAF, OTHER].map(|der| pem("CERTIFICATE", der));
    let cut = &leaf[..leaf.len() - 40];
    let damaged = "standard input: a block of PEM is damaged, or has no end";
    let within = "standard input: PEM begins within a line";
    let one_line = leaf.replace('\n', "");
    for (input, what) in [
        (Vec::new(), "standard input: empty"),
        // A server's certificate may hold somebody else's in a name, which is printed within a line.
        (format!(" 0 s:CN = {one_line}\n{other}").into(), within),
        (format!("{one_line}\n{other}").into(), within),
        (format!("{other}subject: {leaf}").into(), within),
        (
            pem("PKCS7", LEAF).into(),
            "standard input: PKCS #7: openssl pkcs7 -print_certs takes it apart",
        ),
        (cut.into(), damaged),
        // A chain must not lose a certificate without a word.
        (format!("{leaf}{cut}").into(), damaged),
        (format!("{cut}\n{leaf}").into(), damaged),
        (format!("{cut}{leaf}").into(), within),
        (leaf.replace('M', "!").into(), damaged),
        (pem("PUBLIC KEY", super::KEY).into(), "standard input: no certificate in this PEM"),
    ] {
        let (code, stdout, stderr) = on(&["match", "--record", "3 1 1 00", "-"], input);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{what}");
        assert_eq!(stderr, format!("wirescope: {what}\n"));
    }
    for input in [
        b"This is a letter.\n".to_vec(),
        LEAF[..100].to_vec(),
        [LEAF, b"\0"].concat(),
        [LEAF, OTHER].concat(),
        pem("CERTIFICATE", &LEAF[..100]).into(),
        pem("TRUSTED CERTIFICATE", &[LEAF, b"\x30\x00"].concat()).into(),
        (leaf.clone() + &pem("CERTIFICATE", b"")).into(),
        leaf.repeat(17).into(),
    ] {
        for args in [&["match", "--record", "3 1 1 00", "-"][..], &["create", "-"]] {
            let (code, stdout, stderr) = on(args, input.clone());
            // To make a record the first is enough.
            if args[0] == "match" || !input.starts_with(leaf.as_bytes()) {
                assert_eq!((code, stdout.as_str(), stderr.lines().count()), (Some(2), "", 1));
            }
        }
    }
    for (name, end) in [
        ("/", "/: Is a directory (os error 21)"),
        ("/no/such\nfile", "/no/such\\nfile: No such file or directory (os error 2)"),
    ] {
        for args in [
            &["match", "--record", "3 1 1 00", name][..],
            &["match", "--records", name, "-"],
            &["create", name],
        ] {
            let (code, stdout, stderr) = on(args, LEAF);
            assert_eq!((code, stdout.as_str()), (Some(2), ""));
            assert_eq!(stderr, format!("wirescope: {end}\n"));
        }
    }
}

pub(super) fn private_keys() {
    let secret = b"0123456789".repeat(10);
    for label in ["PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
        let key = pem(label, &secret);
        let cut = key.lines().take(2).collect::<Vec<_>>().join("\n");
        let certificate = pem("CERTIFICATE", LEAF);
        for input in [&key, &cut, &(certificate + &key)] {
            refused(input.as_bytes());
        }
    }
}

pub(super) fn private_keys_of_openssl() {
    let pki = Pki::new();
    for leaf in &pki.leaves {
        // The forms of PKCS #1 and SEC 1 are for keys of RSA and of the curves P-256 and P-384.
        let traditional: &[&str] = match leaf.name {
            "rsa" => &["rsa", "-traditional"],
            "p256" | "p384" => &["ec"],
            _ => &["pkey"],
        };
        let encrypted = ["pkcs8", "-topk8", "-passout", "pass:x"];
        for form in [traditional, &["pkcs8", "-topk8", "-nocrypt"], &encrypted] {
            for encoding in ["PEM", "DER"] {
                refused(&pki.openssl(&[form, &["-in", &leaf.key, "-outform", encoding]].concat()));
            }
        }
    }
}

/// Nothing of a private key is printed.
#[track_caller]
fn refused(key: &[u8]) {
    let (code, stdout, stderr) = on(&["create", "-"], key);
    assert_eq!((code, stdout.as_str(), stderr.lines().count()), (Some(2), "", 1), "{stderr}");
    assert!(
        [
            "wirescope: standard input: a private key is not taken: give the public key, a request \
             or a certificate\n",
            "wirescope: standard input: no certificate, request or public key; a private key is not \
             taken\n",
        ]
        .contains(&&*stderr),
        "{stderr}"
    );
}

pub(super) fn endless() {
    for args in ["match --record 3 -", "match --records - /dev/null", "create -"] {
        // No more memory than this, in kilobytes.
        let script =
            format!("ulimit -v 100000; head -c 1G /dev/zero 2>/dev/null | \"$0\" tlsa {args}");
        let output =
            Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_wirescope")]).output();
        let output = output.unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(stderr, "wirescope: standard input: more than 4194304 bytes\n", "{args}");
    }
}

pub(super) fn terminal() {
    let escape = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    let is_harmless = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
    let record = create(&["--usage", "1"], LEAF);
    for records in [
        format!("3 1 1 {escape}"),
        format!("3 1 1 ( 00 ; {escape}\n )"),
        format!("{escape} TLSA 3 1 1 00"),
        format!("{escape} TLSA 3 1 1 00\na TLSA 3 1 1 00"),
        format!("a TLSA 3 1 1 00 ; {escape}"),
        format!("\\# 3 {escape}"),
        format!("3 1 1 00 \"{escape}\""),
        escape.to_owned(),
    ] {
        for args in [&[][..], &["--json"], &["--name", escape]] {
            let records = ["match", "--record", &records, "--record", &record, "-"];
            let (_, stdout, stderr) = on(&[&records[..], args].concat(), LEAF);
            assert!(is_harmless(&stdout) && is_harmless(&stderr), "{stdout:?} {stderr:?}");
        }
    }
    for chain in [
        format!("-----BEGIN {escape}-----\nAAAA\n-----END {escape}2-----\n"),
        format!("-----BEGIN CERTIFICATE-----\n{escape}\n-----END CERTIFICATE-----\n"),
        format!("-----BEGIN CERTIFICATE-----\n{escape}: x\n\nAAAA\n-----END CERTIFICATE-----\n"),
        format!("0{escape}"),
        escape.to_owned(),
    ] {
        for args in [&["match", "--record", &record, "-"][..], &["create", "-"]] {
            let (_, stdout, stderr) = on(args, &*chain);
            assert!(is_harmless(&stdout) && is_harmless(&stderr), "{stdout:?} {stderr:?}");
        }
    }
    let (_, stdout, stderr) = on(&["create", "--host", escape, "-"], LEAF);
    assert!(is_harmless(&stdout) && is_harmless(&stderr), "{stdout:?} {stderr:?}");
}
