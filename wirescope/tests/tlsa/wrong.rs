//! What is neither records nor certificates.

use super::{LEAF, OTHER, create, on, pem, pki::Pki};
use std::process::Command;

pub(super) fn records() {
    let many = "3 1 1 00\n".repeat(101);
    let chain = concat!(env!("CARGO_MANIFEST_DIR"), "/../tlsa-match/tests/data/leaf-p256.der");
    refused_records(&many, "records of a set at byte 0: exceeds the limit of 100");
    for (records, what) in [
        ("This is a letter.\n", "line 1: record type at byte 5: unexpected byte 'i'"),
        ("; a\n\n+3 1 1 00\n", "line 3: record type at byte 5: unexpected byte '1'"),
        ("tlsa-example-com", "line 1: record type at byte 16: needed 1 byte, found 0"),
        ("3 1 1 0g", "line 1: association data at byte 7: unexpected byte 'g'"),
        ("a TLSA 3 1 1 abc", "line 1: association data at byte 16: needed 1 byte, found 0"),
        ("3 1", "line 1: selector at byte 3: needed 1 byte, found 0"),
        ("3 1 256 aa", "line 1: matching type at byte 4: invalid value 256"),
        ("3 Cert SHA-256 aa", "line 1: matching type at byte 10: unexpected byte '-'"),
        ("\\# 5 030101ab", "line 1: RDATA length at byte 3: invalid length 5"),
        // What dig +short +identify prints.
        (
            "3 1 1 00 from server 192.0.2.53 in 8 ms.",
            "line 1: association data at byte 10: unexpected byte 'r'",
        ),
    ] {
        refused_records(records, what);
    }
    assert_eq!(on(&["match", chain], "").0, Some(2));
    for args in [
        &["match", "--records", "-", "-"][..],
        &["match", "--record", "3 1 1 00", "--roots", "-", "-"],
    ] {
        let (code, _, stderr) = on(args, "");
        assert_eq!(code, Some(2));
        assert!(stderr.contains("standard input: cannot be more than one of "), "{stderr}");
    }
    for (records, byte) in [(&b"\0\x01\x02\xff"[..], "\\x00"), (LEAF, "\\x01")] {
        let (code, _, stderr) = on(&["match", "--records", "-", chain], records);
        assert_eq!(code, Some(2));
        assert_eq!(
            stderr,
            format!("wirescope: standard input: line 1: unexpected byte '{byte}'\n")
        );
    }
}

/// A record that matches, and what could hide a stale one with a stronger digest.
pub(super) fn swallowed() {
    let good = create(&[], LEAF);
    let stale = format!("3 1 2 {}", "00".repeat(64));
    let (code, ..) = on(&["match", "--record", &format!("{good}\n{stale}"), "-"], LEAF);
    assert_eq!(code, Some(1));
    for (line, what) in [
        ("# next key (from 2026-12-01", "owner name at byte 0: unexpected byte '#'"),
        ("Note (see below", "record type at byte 6: unexpected byte 's'"),
        ("( ; the next ones", "RDATA at byte END: needed 1 byte, found 0"),
        ("www TXT (", "RDATA at byte END: needed 1 byte, found 0"),
        ("www TXT \"(", "RDATA at byte 10: needed 1 byte, found 0"),
        ("www TXT )", "RDATA at byte 8: unexpected byte ')'"),
        ("x SMIMEA 3 1 1 ( 00", "RDATA at byte END: needed 1 byte, found 0"),
        ("x CH TLSA 3 1 1 ( 00", "RDATA at byte END: needed 1 byte, found 0"),
        ("$TTL 3(;", "a directive that is not followed"),
        ("$INCLUDE keys", "a directive that is not followed"),
        ("$GENERATE 1-2 a$ A 192.0.2.$", "a directive that is not followed"),
        ("$ORIGIN a. b.", "a directive that is not followed"),
        ("$TTL", "a directive that is not followed"),
        ("a IN\u{a0}TLSA 3 1 1 00", "record type at byte 2: unexpected byte 'I'"),
        ("; next\u{2028}3 1 2 00", "unexpected \\u{2028}"),
        ("; next\u{85}3 1 2 00", "unexpected \\u{85}"),
        ("\u{feff}; a", "owner name at byte 0: unexpected byte '\\xef'"),
        ("; a\r3 1 2 00", "unexpected byte '\\r'"),
        ("www A 192.0.2.1\u{c}3 1 2 00", "unexpected byte '\\x0c'"),
        ("www A 192.0.2.1\u{b}3 1 2 00", "unexpected byte '\\x0b'"),
    ] {
        let hidden = format!("{line}\n{stale}\n");
        let what = what.replace("END", &hidden.len().to_string());
        refused_records(&format!("{good}\n{hidden}"), &format!("line 2: {what}"));
    }
    // Records of two names, or of two origins.
    let two = ["_25._tcp.a.example.com.", "_25._tcp.b.example.com."];
    for (records, what) in [
        (
            format!("{} TLSA {good}\n{} TLSA {stale}\n", two[0], two[1]),
            format!("line 2: records of two names, {} and {}", two[0], two[1]),
        ),
        (
            format!("_25._tcp IN TLSA {good}\nwww IN A 192.0.2.1\n   IN TLSA {stale}\n"),
            "line 3: records of two names, _25._tcp and www".to_owned(),
        ),
        (
            format!("_25._tcp IN TLSA {good}\nwww CH TXT a\nTLSA {stale}\n"),
            "line 3: records of two names, _25._tcp and www".to_owned(),
        ),
        (
            format!("_25._tcp IN TLSA {good}\nwww IN SMIMEA {stale}\n{stale}\n"),
            "line 3: records of two names, _25._tcp and www".to_owned(),
        ),
        (
            format!("_25._tcp.a TLSA {good}\n_25._tcp.a. TLSA {stale}\n"),
            "line 2: records of two names, _25._tcp.a and _25._tcp.a.".to_owned(),
        ),
        (
            format!("_25._tcp TLSA {good}\n$ORIGIN b.\n_25._tcp TLSA {stale}\n"),
            "line 3: records on both sides of $ORIGIN".to_owned(),
        ),
    ] {
        refused_records(&records, &what);
    }
}

/// A lookup that failed is no answer, whatever stands beside it.
pub(super) fn lookups() {
    let good = create(&[], LEAF);
    let header = |status: &str| format!(";; ->>HEADER<<- opcode: QUERY, {status}, id: 1\n");
    for status in ["SERVFAIL", "REFUSED", "FORMERR", "NOTIMP", "BADVERS", "RESERVED11"] {
        for header in [header(&format!("status: {status}")), header(&format!("rcode: {status}"))] {
            let what = format!("line 2: the lookup failed: {status}");
            refused_records(&format!("{good}\n{header}"), &what);
            refused_records(&format!(";;\n{header}{good}"), &what);
        }
    }
    // An answer to another question says nothing about records.
    let question = |ty| {
        format!(
            "{}\n;; QUESTION SECTION:\n;a.example.com.\t\tIN\t{ty}\n",
            header("status: NOERROR")
        )
    };
    refused_records(&question("A"), "line 4: the lookup failed: the question was for another type");
    refused_records(
        &question("ANY"),
        "line 4: the lookup failed: the question was for another type",
    );
    for ty in ["TLSA", "TYPE52"] {
        let args = ["match", "--record", &question(ty), "-"];
        assert_eq!(on(&args, LEAF).0, Some(4), "{ty}");
    }
    for (comment, what) in [
        (";; no servers could be reached", "no servers could be reached"),
        (
            ";; connection timed out; no servers could be reached",
            "connection timed out; no servers could be reached",
        ),
        (";; communications error to 192.0.2.1#53: timed out", "a server could not be reached"),
        (
            ";; Connection to 192.0.2.1#53(192.0.2.1) for a failed: timed out.",
            "a server could not be reached",
        ),
        (
            ";; UDP setup with 2001:db8::1#53(2001:db8::1) for a failed: network unreachable.",
            "a server could not be reached",
        ),
        (";; Got bad packet: FORMERR", "Got bad packet: FORMERR"),
        (
            ";; Warning: Message parser reports malformed message packet.",
            "Warning: Message parser reports malformed message packet.",
        ),
        (";; flags: qr aa tc rd; QUERY: 1, ANSWER: 1", "the answer is truncated"),
        (";; resolution failed: broken trust chain", "broken trust chain"),
        ("; Transfer failed.", "Transfer failed."),
        (";; NS servers could not be reached", "NS servers could not be reached"),
        (";; no response from 192.0.2.1#53", "no response from 192.0.2.1#53"),
        (";; No acceptable nameservers", "No acceptable nameservers"),
        (
            ";; TLS peer certificate verification for 192.0.2.1#853 failed: expired",
            "TLS peer certificate verification for 192.0.2.1#853 failed: expired",
        ),
        (
            ";; WARNING: Message has 3 extra bytes at end",
            "WARNING: Message has 3 extra bytes at end",
        ),
        (";; Couldn't verify signature: expired", "Couldn\\'t verify signature: expired"),
        (";; Chase failed.", "Chase failed."),
        (";; No packet received", "No packet received"),
        (";; ERROR: failed to query server", "ERROR: failed to query server"),
    ] {
        let what = format!("line 2: the lookup failed: {what}");
        refused_records(&format!("{good}\n{comment}\n"), &what);
    }
    // Not even by a server that was asked before, of which dig tells.
    let truncated = ";; flags: qr tc rd; QUERY: 1, ANSWER: 1";
    let what = "line 1: the lookup failed: the answer is truncated";
    refused_records(&format!("{truncated}\n{good}\n"), what);
    let empty = "empty: there is no record, or the lookup failed; without +short dig tells which";
    for records in ["", "\n \r\n", "; no answer\n\n", "tlsa.example.com.\n", "$TTL 3600\n"] {
        refused_records(records, empty);
    }
}

/// Records that are refused in a file are refused as an argument.
#[track_caller]
fn refused_records(records: &str, what: &str) {
    let (code, stdout, stderr) = on_chain(&["--records", "-"], records);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{records}");
    assert_eq!(stderr, format!("wirescope: standard input: {what}\n"), "{records}");
    let (code, stdout, stderr) = on_chain(&["--record", records], "");
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{records}");
    assert_eq!(stderr, format!("wirescope: --record: {what}\n"), "{records}");
}

#[track_caller]
fn on_chain(records: &[&str], input: &str) -> (Option<i32>, String, String) {
    let chain = concat!(env!("CARGO_MANIFEST_DIR"), "/../tlsa-match/tests/data/leaf-p256.der");
    on(&[&["match", chain], records].concat(), input)
}

pub(super) fn chains() {
    let [leaf, other] = [LEAF, OTHER].map(|der| pem("CERTIFICATE", der));
    let cut = &leaf[..leaf.len() - 40];
    let damaged = "standard input: a block of PEM is damaged, or has no end";
    let around = |line| {
        format!(
            "standard input: line {line}: text around PEM, which could hold other certificates: \
             give PEM alone, or what openssl s_client -showcerts prints"
        )
    };
    let first = around(1);
    let one_line = leaf.replace('\n', "");
    let session = "CONNECTED(00000003)\n---\n";
    let listed = "Certificate chain\n 0 s:CN = a\n   i:CN = b\n";
    for (input, what) in [
        (Vec::new(), "standard input: empty"),
        // Names and other text of a server can hold somebody else's certificate.
        (format!("subject: {one_line}\n{other}").into(), &first),
        (format!("{one_line}\n{other}").into(), &first),
        (format!("- Certificate[0] info:\n{leaf}").into(), &first),
        (
            format!("{leaf}Certificate:\n    Data:\n{other}").into(),
            &around(leaf.lines().count() + 1),
        ),
        (format!("{session}{leaf}{listed}{other}---\n").into(), &around(3)),
        (format!("{session}{listed}CN = c\n{leaf}").into(), &around(6)),
        (format!("{session}{listed}---\nServer certificate\n\n{leaf}").into(), &around(9)),
        (
            format!("{session}{listed}{other}---\n{listed}{leaf}---\n").into(),
            &format!("standard input: line {}: a second chain", 7 + other.lines().count()),
        ),
        (
            format!("{session}OCSP response: \n{listed}{leaf}---\n").into(),
            "standard input: line 3: an OCSP response, which holds other certificates: ask without \
             -status",
        ),
        // As DER it is damaged, and PEM in it is none.
        ([LEAF, b"\n", other.as_bytes()].concat(), &first),
        (
            pem("PKCS7", LEAF).into(),
            "standard input: PKCS #7: openssl pkcs7 -print_certs takes it apart",
        ),
        (cut.into(), damaged),
        // A chain must not lose a certificate without a word.
        (format!("{leaf}{cut}").into(), damaged),
        (format!("{cut}\n{leaf}").into(), damaged),
        (format!("{cut}{leaf}").into(), damaged),
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

/// RDATA has at most 65535 bytes.
pub(super) fn too_long() {
    let pki = Pki::small();
    let leaf = &pki.leaves[0];
    let comment = format!("nsComment={}", "a".repeat(70_000));
    let new =
        ["req", "-x509", "-days", "2", "-subj", "/CN=a", "-outform", "DER", "-key", &leaf.key];
    let certificate = pki.openssl(&[&new[..], &["-addext", &comment]].concat());
    let args = ["create", "--selector", "0", "--matching", "0", "-"];
    let (code, stdout, stderr) = on(&args, &*certificate);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.ends_with("longer than RDATA can be, take a digest of it\n"), "{stderr}");
    let (code, ..) = on(&["create", "--selector", "0", "-"], certificate);
    assert_eq!(code, Some(0));
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
    for args in ["match --record '3 1 1 00' -", "match --records - /dev/null", "create -"] {
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
