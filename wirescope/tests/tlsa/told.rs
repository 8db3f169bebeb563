//! What is told, and how it ends.

use super::{LEAF, OTHER, ROOT, create, on, pem, tlsa};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

/// The leaf and another certificate, whose key is that of an anchor if a record says so.
fn chain() -> String {
    pem("CERTIFICATE", LEAF) + &pem("CERTIFICATE", OTHER)
}

pub(super) fn exits() {
    let end_entity = create(&[], LEAF);
    let anchor = create(&["--usage", "2"], OTHER);
    let pkix = create(&["--usage", "1"], LEAF);
    let other = format!("3 1 1 {}", "00".repeat(32));
    for (args, code, end) in [
        (&["--record", &end_entity][..], 0, "Match, and nothing is owed."),
        (&["--record", &anchor, "--record", &end_entity], 0, "Match, and nothing is owed."),
        (&["--record", &other], 1, "No match: no connection may be made."),
        (
            &["--record", &anchor, "--record", &other],
            3,
            "Match, worth nothing before what is owed has been checked.",
        ),
        (&["--record", &pkix], 3, "Match, worth nothing before what is owed has been checked."),
        (
            &["--record", &pkix, "--profile", "smtp"],
            4,
            "No usable record: nothing is authenticated.",
        ),
        (&["--record", "3 1 1 00"], 4, "No usable record: nothing is authenticated."),
        (&["--record", "www A 192.0.2.1"], 4, "No record: nothing is authenticated."),
    ] {
        let args = [&["match", "-"], args].concat();
        let (found, stdout, stderr) = on(&args, chain());
        assert_eq!((found, stderr.as_str()), (Some(code), ""), "{args:?}");
        let [told, said] =
            ["", "wirescope: "].map(|start| format!("{start}{end}\n{start}DNSSEC: not checked\n"));
        assert!(stdout.ends_with(&told), "{args:?}: {stdout}");
        let (found, _, stderr) = on(&[&args[..], &["--json"]].concat(), chain());
        assert_eq!((found, stderr), (Some(code), said));
    }
}

pub(super) fn report() {
    let records = [
        create(&[], LEAF),
        create(&["--usage", "2", "--matching", "2"], OTHER),
        create(&["--usage", "1"], LEAF),
        create(&["--usage", "2", "--selector", "0", "--matching", "0"], LEAF),
        format!("3 1 2 {}", "00".repeat(64)),
        "3 1 1 0a0b".to_owned(),
        format!("9 1 1 {}", "00".repeat(32)),
    ];
    let digest = |record: &str| record.split(' ').next_back().unwrap().to_owned();
    let short = |record: &str| digest(record)[..64].to_owned();
    let mut args = vec!["match", "-", "--name", "mail.example.com"];
    args.extend(records.iter().flat_map(|record| ["--record", record]));
    let (code, stdout, _) = on(&args, chain());
    assert_eq!(code, Some(3));
    let expected = format!(
        "DANE-EE SPKI SHA2-256 {}
  passed over for SHA2-512, though alone it would match
DANE-TA SPKI SHA2-512 {}... (64 bytes)
  match at depth 1, owed:
    a path to it: signatures, times, constraints
PKIX-EE SPKI SHA2-256 {}
  match at depth 0, owed:
    a path through it to a trusted root
DANE-TA Cert Full {}... ({} bytes)
  no match
DANE-EE SPKI SHA2-512 {}... (64 bytes)
  no match
DANE-EE SPKI SHA2-256 0a0b
  unusable: the digest is of length 2 and not 32
9 SPKI SHA2-256 {}
  unusable: the usage is unknown
Match, worth nothing before what is owed has been checked.
DNSSEC: not checked
",
        digest(&records[0]),
        short(&records[1]),
        digest(&records[2]),
        short(&records[3]),
        LEAF.len(),
        "00".repeat(32),
        "00".repeat(32),
    );
    assert_eq!(stdout, expected);
}

/// Both certificates are for mail.example.com.
pub(super) fn names() {
    let [anchor, end_entity] = [("2", OTHER), ("3", LEAF)].map(|(usage, certificate)| {
        let record = create(&["--usage", usage], certificate);
        move |names: &[&str]| {
            let mut args = vec!["match", "-", "--json", "--record", &record];
            args.extend(names.iter().flat_map(|name| ["--name", name]));
            let (code, stdout, stderr) = on(&args, chain());
            assert!(stderr.ends_with("\nwirescope: DNSSEC: not checked\n"), "{stderr}");
            let row: Value = serde_json::from_str(&stdout).unwrap();
            (code.unwrap(), json!([row["reason"], row["matched"], row["depth"], row["owed"]]))
        }
    });
    let owed = |debts: Value| (3, json!([null, true, 1, debts]));
    assert_eq!(anchor(&[]), owed(json!(["path", "names"])));
    assert_eq!(anchor(&["mail.example.com"]), owed(json!(["path"])));
    assert_eq!(anchor(&["example.com", "mail.example.com"]), owed(json!(["path"])));
    let other = "no match: the certificate is for another name";
    for name in ["example.com", "192.0.2.1", "2001:db8::1"] {
        assert_eq!(anchor(&[name]), (1, json!([other, false, null, null])), "{name}");
        // RFC 7671 §5.1.
        assert_eq!(end_entity(&[name]), (0, json!([null, true, 0, []])), "{name}");
    }
    for name in ["", "*.example.com", "mail example com", "m\u{fc}ller.example.com"] {
        let args = ["match", "-", "--record", "3 1 1 00", "--name", name];
        assert_eq!(on(&args, chain()).0, Some(2), "{name}");
    }
}

pub(super) fn json() {
    let end_entity = create(&[], LEAF);
    let stale = format!("3 1 2 {}", "00".repeat(64));
    let sent = create(&["--usage", "DANE-TA", "--selector", "Cert"], OTHER);
    let not_sent = create(&["--usage", "2", "--matching", "0"], super::REQUEST);
    let end_entity_as_anchor =
        create(&["--usage", "2", "--selector", "0", "--matching", "0"], LEAF);
    let records = [&*end_entity, &stale, &sent, &end_entity_as_anchor, "3 1 1 0A"];
    let mut args = vec!["match", "-", "--json"];
    args.extend(records.iter().flat_map(|record| ["--record", record]));
    let (code, stdout, _) = on(&args, chain());
    assert_eq!(code, Some(3));
    let rows: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let fields = ["record", "usable", "reason", "matched", "depth", "owed"];
    for row in &rows {
        assert_eq!(row.as_object().unwrap().len(), fields.len());
        assert!(fields.iter().all(|field| row.get(field).is_some()), "{row}");
    }
    let over = "passed over for SHA2-512, though alone it would match";
    let matched: Vec<Value> = rows
        .iter()
        .map(|row| json!([row["usable"], row["reason"], row["matched"], row["depth"], row["owed"]]))
        .collect();
    assert_eq!(matched[0], json!([true, over, false, null, null]));
    assert_eq!(matched[1], json!([true, null, false, null, null]));
    assert_eq!(matched[2], json!([true, null, true, 1, ["path", "names"]]));
    // The leaf was sent, but an end entity is no anchor.
    assert_eq!(matched[3], json!([true, null, false, null, null]));
    assert_eq!([&rows[4]["usable"], &rows[4]["record"]], [&json!(false), &json!("3 1 1 0a")]);
    assert_eq!(rows[0]["record"], json!(end_entity));

    // Of a certificate alone that anchor is not sent.
    let (_, stdout, _) = on(&["match", "-", "--json", "--record", &not_sent], OTHER);
    let row: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!([&row["matched"], &row["depth"]], [&json!(true), &json!(null)]);
    assert_eq!(row["owed"], json!(["signature", "path", "names"]));
}

/// A root that is not sent can be what PKIX-TA is about.
pub(super) fn roots() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [others, all] = [path("others.pem"), path("all.pem")];
    // Of another name, and with text around it as BSD systems have it.
    fs::write(&others, format!("=== CN=a\nCertificate:\n{}", pem("CERTIFICATE", OTHER))).unwrap();
    fs::write(&all, pem("CERTIFICATE", OTHER) + "# b\n" + &pem("CERTIFICATE", ROOT)).unwrap();
    let args = ["--usage", "0", "--matching"];
    for (matching, selector) in [("0", "0"), ("1", "0"), ("2", "1"), ("0", "1")] {
        let args = [&args[..], &[matching, "--selector", selector]].concat();
        let row = |record: &str, more: &[&str]| {
            let args = [&["match", "-", "--json", "--record", record], more].concat();
            let (code, stdout, stderr) = on(&args, LEAF);
            let row = serde_json::from_str::<Value>(&stdout)
                .map(|row| json!([row["reason"], row["matched"], row["depth"], row["owed"]]));
            (code.unwrap(), row.unwrap_or_else(|_| json!(stderr)))
        };
        let record = create(&args, ROOT);
        let unsure = "wirescope: standard input: no match, unless PKIX-TA is about a root that was \
                      not sent: give trusted ones with --roots\n";
        assert_eq!(row(&record, &[]), (2, json!(unsure)));
        assert_eq!(row(&record, &["--roots", &others]), (1, json!([null, false, null, null])));
        let found = json!([null, true, null, ["pkix", "names"]]);
        assert_eq!(row(&record, &["--roots", &all]), (3, found));
        // A trusted root that has not issued anything here.
        let other = create(&args, OTHER);
        assert_eq!(row(&other, &["--roots", &all]), (1, json!([null, false, null, null])));
        // An anchor of DANE has to be sent, and an end entity is none of them.
        for usage in ["1", "2", "3"] {
            let record = format!("{usage}{}", &record[1..]);
            assert_eq!(row(&record, &["--roots", &all]), row(&record, &[]), "{record}");
        }
        // Where another record matches, it is told with the record.
        let end_entity = create(&[], LEAF);
        let args = ["match", "-", "--record", &end_entity, "--record", &record];
        let (code, stdout, _) = on(&args, LEAF);
        assert_eq!(code, Some(0));
        assert!(
            stdout.contains("\n  no match, unless it is of a root that was not sent"),
            "{stdout}"
        );
    }
}

pub(super) fn hints() {
    let record = create(&[], LEAF);
    let args = ["match", "--record", &record, "-"];
    let wrong_order = pem("CERTIFICATE", OTHER) + &pem("CERTIFICATE", LEAF);
    let (code, _, stderr) = on(&args, wrong_order);
    let hint = "wirescope: certificate 2 would match, but the server's comes first\n";
    assert_eq!((code, stderr.as_str()), (Some(1), hint));

    // Without -showcerts openssl s_client prints the first certificate alone.
    let told = "Certificate chain\n 0 s:CN = mail.example.com\n   i:CN = anchor\n 1 s:CN = anchor\n\
                ---\nServer certificate\n";
    let (code, stdout, stderr) = on(&args, format!("{told}{}", pem("CERTIFICATE", OTHER)));
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.ends_with("openssl s_client prints them with -showcerts\n"), "{stderr}");
    // A match is one all the same.
    let (code, ..) = on(&args, format!("{told}{}", pem("CERTIFICATE", LEAF)));
    assert_eq!(code, Some(0));
}

pub(super) fn closed() {
    for args in [&[][..], &["--json"]] {
        let other = create(&[], OTHER);
        let mut command = tlsa(&[&["match", "--record", &other, "-"], args].concat());
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(LEAF).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

pub(super) fn readme() {
    let text = include_str!("../../README.md");
    let examples: Vec<&str> = text
        .split("```text\n$ wirescope ")
        .skip(1)
        .filter(|example| example.starts_with("tlsa "))
        .map(|example| example.split("```").next().unwrap())
        .collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let (args, expected) = example.split_once('\n').unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("\"$0\" {args}"), env!("CARGO_BIN_EXE_wirescope")])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .output();
        assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), expected);
    }
}
