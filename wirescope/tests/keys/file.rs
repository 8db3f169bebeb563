//! LDIF from files and standard input.

use super::{FINGERPRINT, KEY, OTHER, entry, keys, on, search::Program, value};
use ldif_keys::KeyOption;
use serde_json::{Value, json};
use std::{fs, path::Path, process::Stdio};
use tempfile::TempDir;

#[test]
fn a_key_is_a_line_with_its_comment() {
    let line = format!("{KEY} user1@example.com\n");
    assert_eq!(on(&[], value(line.trim_end())), (Some(0), line.clone(), String::new()));
    assert_eq!(on(&["-"], value(line.trim_end())), (Some(0), line.clone(), String::new()));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, value(line.trim_end())).unwrap();
    let output = keys(&[file.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.stdout, line.as_bytes());
}

/// The record may be one that takes the key away.
#[test]
fn a_change_that_is_told_too_late_costs_the_keys_before_it() {
    let record =
        format!("dn: uid=user1\nsshPublicKey: {KEY}\nchangetype: modify\ndelete: sshPublicKey\n");
    let (code, stdout, stderr) = on(&[], &*record);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("line 3: late changetype: "), "{stderr}");
    assert_eq!(on(&["--json"], &*record).1, "");
}

/// Without a line between them two entries are one, and whose the keys are is not known.
#[test]
fn a_second_dn_costs_the_keys_before_it() {
    let record = format!("dn: uid=user1\nsshPublicKey: {KEY}\nd\n n: uid=user2\ncn: x\n");
    for args in [&[][..], &["--all"]] {
        let (code, stdout, stderr) = on(args, &*record);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(stderr.contains("line 3: late dn: "), "{stderr}");
    }
    let more = format!("{record}\ndn: uid=user3\nsshPublicKey: {KEY}\n");
    assert_eq!(on(&["--all"], more).1, format!("{KEY}\n"));
}

/// What a server keeps for its replicas is not in the directory.
#[test]
fn what_was_removed_has_no_keys() {
    for ldif in [
        entry(&[&format!("sshPublicKey;vdcsn-5f3e8a1b000000010000;deleted: {KEY}")]),
        entry(&[&format!("sshPublicKey;adcsn-5f3e8a1b000000010000;DeletedAttribute: {KEY}")]),
        entry(&["objectClass: nsTombstone", &format!("sshPublicKey: {KEY}")]),
        entry(&[&format!("sshPublicKey: {KEY}"), "objectclass: NSTOMBSTONE"]),
        entry(&[&format!("sshPublicKey: {KEY}"), "isDeleted: TRUE"]),
    ] {
        let (code, stdout, stderr) = on(&[], &*ldif);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{ldif}");
        assert!(stderr.contains(" that was removed\n"), "{stderr}");
        let other = format!("{ldif}\ndn: uid=user2\nsshPublicKey: {KEY}\nisDeleted: FALSE\n");
        assert_eq!(on(&["--all"], other).1, format!("{KEY}\n"));
    }
    let options = entry(&[&format!("sshPublicKey;vucsn-5f3e8a1b000000010000;x-deleted: {KEY}")]);
    assert_eq!(on(&[], options).1, format!("{KEY}\n"));
}

#[test]
fn an_attribute_is_known_by_its_name_or_by_its_number() {
    const OID: &str = "1.3.6.1.4.1.24552.500.1.1.1.13";
    for asked in ["sshPublicKey", OID] {
        for named in ["SSHPublicKey", OID] {
            let ldif = entry(&[&format!("{named}: {KEY}")]);
            assert_eq!(on(&["--attribute", asked], ldif).1, format!("{KEY}\n"), "{asked} {named}");
        }
    }
}

#[test]
fn folded_and_in_base64_it_is_the_same() {
    let (start, end) = KEY.split_at(40);
    let folded = format!("dn: uid=user1\nsshPublicKey: {start}\n {end}\n");
    assert_eq!(on(&[], folded).1, format!("{KEY}\n"));
    let windows = format!("dn: uid=user1\r\nSSHPUBLICKEY: {start}\r\n {end}\r\n");
    assert_eq!(on(&[], windows).1, format!("{KEY}\n"));
    // printf '%s\r\n' KEY | base64 -w 0
    let base64 = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUpTQm1XWmNLQ3pRdkFUL09IUlNnNWNa\
        eWFhdlc1UnlYeHJXYmZSZDhtU3cNCg==";
    assert_eq!(on(&[], entry(&[&format!("sshPublicKey:: {base64}")])).1, format!("{KEY}\n"));
}

#[test]
fn a_tab_continues_a_line_if_asked_for() {
    let (start, end) = KEY.split_at(40);
    let folded = format!("dn: uid=user1\nsshPublicKey: {start}\n\t{end}\n");
    let (code, stdout, stderr) = on(&[], &*folded);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    assert!(
        stderr.contains("line 2: sshPublicKey of uid=user1: key ends too early at byte"),
        "{stderr}"
    );
    assert_eq!(on(&["--tab-continues"], folded).1, format!("{KEY}\n"));
}

#[test]
fn more_than_one_entry_has_to_be_asked_for() {
    let both = format!("{}\n{}", value(KEY), value(OTHER));
    let (code, stdout, stderr) = on(&[], &*both);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert_eq!(
        stderr,
        "wirescope: standard input: more than one entry: --all takes the keys of all\n"
    );
    assert_eq!(on(&["--json"], &*both).1, "");
    assert_eq!(on(&["--all"], both).1, format!("{KEY}\n{OTHER}\n"));
}

#[test]
fn a_key_is_printed_once_for_an_entry() {
    let lines = [
        &format!("sshPublicKey: {KEY} at home"),
        &format!("sshPublicKey: {OTHER}"),
        &format!("sshPublicKey:  {KEY}"),
        // Base64 alone is the same key too.
        &format!("sshPublicKey: {}", &KEY[12..]),
    ];
    let lines = lines.map(String::as_str);
    assert_eq!(on(&[], entry(&lines)).1, format!("{KEY} at home\n{OTHER}\n"));
    let status = |args| -> Vec<String> {
        let json = on(args, entry(&lines)).1;
        json.lines()
            .map(|line| {
                serde_json::from_str::<Value>(line).unwrap()["status"].as_str().unwrap().into()
            })
            .collect()
    };
    assert_eq!(status(&["--json"]), ["accepted", "accepted", "duplicate", "duplicate"]);
    // Two users may share one.
    let both = format!("{}\n{}", value(KEY), value(KEY));
    assert_eq!(on(&["--all"], both).1, format!("{KEY}\n{KEY}\n"));
    // With other options it is another way in.
    let lines = [
        &format!("sshPublicKey: from=\"192.0.2.1\" {KEY} b"),
        &format!("sshPublicKey: from=\"192.0.2.2\" {KEY} a"),
        &format!("sshPublicKey: from=\"192.0.2.1\" {KEY} a"),
    ];
    let output = on(&["--allow-options=from"], entry(&lines.map(String::as_str)));
    assert_eq!(output.1, format!("from=\"192.0.2.1\" {KEY} b\nfrom=\"192.0.2.2\" {KEY} a\n"));
}

#[test]
fn the_attribute_is_chosen_by_name_or_oid() {
    let lines = [
        &format!("1.3.6.1.4.1.24552.500.1.1.1.13: {KEY}"),
        &format!("ipaSshPubKey;x-new: {OTHER}"),
        "sshPublicKeyOld: no key",
    ];
    assert_eq!(on(&[], entry(&lines)).1, format!("{KEY}\n"));
    assert_eq!(on(&["--attribute=ipasshpubkey"], entry(&lines)).1, format!("{OTHER}\n"));
    assert_eq!(
        on(&["--attribute", "sshPublicKey", "--attribute", "ipaSshPubKey"], entry(&lines)).1,
        format!("{KEY}\n{OTHER}\n")
    );
    for wrong in ["", "-x", "a b", "a:b", "a\nb", "(uid=user1)"] {
        assert_eq!(on(&[&format!("--attribute={wrong}")], "").0, Some(2), "{wrong:?}");
    }
}

#[test]
fn options_are_refused_unless_a_policy_says_otherwise() {
    let widening = format!("no-touch-required {KEY}");
    let restricting = format!("from=\"192.0.2.1\",no-touch-required {KEY}");
    let cases: [(&[&str], &str, Option<String>); 15] = [
        (&[], &widening, None),
        (&[], &restricting, None),
        (&["--strip-options"], &widening, Some(KEY.into())),
        (&["--strip-options"], &restricting, None),
        (&["--allow-options=from"], &restricting, None),
        (&["--allow-options=from,no-touch-required"], &restricting, Some(restricting.clone())),
        (&["--allow-options=from"], KEY, Some(KEY.into())),
        (&["--force-options=restrict,pty"], KEY, Some(format!("restrict,pty {KEY}"))),
        (&["--force-options=restrict"], &widening, Some(format!("restrict {KEY}"))),
        // What is forced need not be as narrow.
        (&["--force-options=pty"], &restricting, None),
        (&["--force-options=pty"], &format!("cert-authority {KEY}"), None),
        (
            &["--force-options=restrict", "--drop-restrictions"],
            &restricting,
            Some(format!("restrict {KEY}")),
        ),
        // An unknown one is none that may be dropped.
        (&["--strip-options"], &format!("no-such-option {KEY}"), None),
        (&["--force-options=restrict"], &format!("no-such-option {KEY}"), None),
        (&["--allow-options=FROM,No-Touch-Required"], &restricting, Some(restricting.clone())),
    ];
    for (args, text, expected) in cases {
        let (code, stdout, stderr) = on(args, value(text));
        assert_eq!(code, Some(0));
        match expected {
            Some(line) => assert_eq!(stdout, format!("{line}\n"), "{args:?}"),
            None => {
                assert_eq!(stdout, "", "{args:?}");
                assert!(stderr.contains("option"), "{args:?}: {stderr}");
            }
        }
    }
    // sshd would refuse each line with such a prefix, or take more than it for options.
    for wrong in ["", "no-such-option", "restrict ", "command=\"a", "command=\"a\nb\""] {
        let (code, stdout, stderr) = on(&[&format!("--force-options={wrong}")], value(KEY));
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(stderr.contains("'--force-options <OPTIONS>': "), "{stderr}");
    }
    for wrong in ["comand", "", "from,", "from=\"192.0.2.1\"", "no-from"] {
        let (code, stdout, stderr) = on(&[&format!("--allow-options={wrong}")], value(KEY));
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{wrong:?}");
        let names: Vec<&str> = stderr.split(|c: char| !(c.is_alphanumeric() || c == '-')).collect();
        assert!(KeyOption::names().all(|name| names.contains(&name)), "{stderr}");
    }
    for wrong in [
        &["--strip-options", "--force-options=restrict"][..],
        &["--strip-options", "--allow-options=from"],
        &["--allow-options=from", "--force-options=restrict"],
        &["--drop-restrictions"],
    ] {
        assert_eq!(on(wrong, "").0, Some(2), "{wrong:?}");
    }
}

#[test]
fn only_the_offered_key_is_printed_if_it_is_named() {
    let both = entry(&[&format!("sshPublicKey: {KEY}"), &format!("sshPublicKey: {OTHER}")]);
    for (args, expected) in [
        (&["--key", &KEY[12..]][..], format!("{KEY}\n")),
        (&["--key", &KEY[12..], "--type=ssh-ed25519"], format!("{KEY}\n")),
        (&["--key", &KEY[12..], "--type=ssh-rsa"], String::new()),
        (&["--type=ssh-ed25519"], format!("{KEY}\n{OTHER}\n")),
        (&["--fingerprint", FINGERPRINT], format!("{KEY}\n")),
    ] {
        assert_eq!(on(args, &*both), (Some(0), expected, String::new()), "{args:?}");
    }
}

/// sshd names every key that a client offers, whether it could be in a directory or not.
#[test]
fn an_offered_key_that_is_not_known_matches_none() {
    for args in [
        // printf '\0\0\0\x20ssh-ed25519-cert-v01@openssh.com' | base64
        &["--key=AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t"][..],
        // printf '\0\0\0\x0bssh-unknown\0\0\0\1x' | base64
        &["--key=AAAAC3NzaC11bmtub3duAAAAAXg="],
        &["--type=ssh-ed25519-cert-v01@openssh.com"],
        &["--type=ssh-unknown@example.com"],
        &["--fingerprint=SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ] {
        assert_eq!(on(args, value(KEY)), (Some(0), String::new(), String::new()), "{args:?}");
    }
}

#[test]
fn an_offered_key_that_sshd_would_not_write_is_an_error() {
    let spaced = format!("--key= {}", &KEY[12..]);
    let line = format!("--key={KEY}");
    let comment = format!("--key={} comment", &KEY[12..]);
    let feed = format!("--key={}\n", &KEY[12..]);
    let padded = format!("--key={}=", &KEY[12..]);
    let cut = format!("--fingerprint={}", &FINGERPRINT[..49]);
    let dash = format!("--fingerprint={}-", &FINGERPRINT[..49]);
    let hash = format!("--fingerprint={}", &FINGERPRINT[7..]);
    for (arg, reason) in [
        ("--key=", "base64"),
        ("--key=!!!", "base64"),
        ("--key=%k", "base64"),
        (&spaced, "base64"),
        (&line, "base64"),
        (&comment, "base64"),
        (&feed, "base64"),
        (&padded, "base64"),
        ("--fingerprint=", "FingerprintHash"),
        ("--fingerprint=%f", "FingerprintHash"),
        ("--fingerprint=SHA256:", "43 characters"),
        (&cut, "43 characters"),
        (&dash, "43 characters"),
        (&hash, "FingerprintHash"),
        // As `FingerprintHash md5` has it.
        ("--fingerprint=MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff", "FingerprintHash"),
    ] {
        let (code, stdout, stderr) = on(&[arg], value(KEY));
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arg}");
        assert!(stderr.contains(reason), "{stderr}");
    }
}

#[test]
fn several_keys_in_a_value_have_to_be_asked_for() {
    let both = format!("{KEY}\n# old\n{OTHER}\nssh-dss AAAA\n");
    let ldif = ldif_keys::Build::new(b"sshPublicKey", both.as_bytes());
    let mut line = vec![0; ldif.encoded_len().unwrap()];
    ldif.encode(&mut line).unwrap();
    let text = format!("dn: uid=user1\n{}", String::from_utf8(line).unwrap());
    let (code, stdout, stderr) = on(&[], &*text);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    assert!(stderr.ends_with("more than one line at byte 80\n"), "{stderr}");
    let (_, stdout, stderr) = on(&["--split"], text);
    assert_eq!(stdout, format!("{KEY}\n{OTHER}\n"));
    assert!(stderr.contains("unsupported key type"), "{stderr}");
}

#[test]
fn keys_come_from_entries_that_are_there() {
    let dn = "dn: uid=user1,dc=example,dc=com\n";
    let add = format!("{dn}changetype: add\nsshPublicKey: {KEY}\n");
    assert_eq!(on(&[], &*add), (Some(0), String::new(), String::new()));
    assert_eq!(on(&["--add-records"], &*add).1, format!("{KEY}\n"));
    // These are keys that are taken away.
    for change in ["delete: sshPublicKey", "replace: sshPublicKey", "add: sshPublicKey"] {
        let modify = format!("{dn}changetype: modify\n{change}\nsshPublicKey: {KEY}\n-\n");
        assert_eq!(
            on(&["--add-records", "--all"], modify),
            (Some(0), String::new(), String::new())
        );
    }
    let without = format!("sshPublicKey: {KEY}\n");
    let (code, stdout, stderr) = on(&[], &*without);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("line 1: a record without a dn\n"), "{stderr}");
    assert_eq!(on(&["--without-dn"], &*without).1, format!("{KEY}\n"));
    let json: Value = serde_json::from_str(&on(&["--json", "--without-dn"], without).1).unwrap();
    assert_eq!(json["dn"], Value::Null);
}

#[test]
fn a_search_that_failed_is_told_by_what_follows_the_entries() {
    let good = format!("{}\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n", value(KEY));
    assert_eq!(on(&[], good), (Some(0), format!("{KEY}\n"), String::new()));
    let cut = format!("{}\nsearch: 2\nresult: 4 Size limit exceeded\n", value(KEY));
    let (code, stdout, stderr) = on(&[], cut);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.ends_with("the search failed: 4 Size limit exceeded\n"), "{stderr}");
    // Active Directory's way to return a part of the values.
    let part = entry(&[&format!("sshPublicKey;range=0-1499: {KEY}")]);
    assert!(on(&[], part).2.contains("line 2: not all values are here"));
    let rest = entry(&[&format!("sshPublicKey;range=1500-*: {KEY}")]);
    assert_eq!(on(&[], rest).2, "");
}

#[test]
fn an_audit_fails_if_a_value_is_refused() {
    let good = value(KEY);
    assert_eq!(
        on(&["--check"], &*good),
        (
            Some(0),
            "entries 1: accepted 1, duplicate 0, not offered 0, refused 0; changes 0, damaged 0\n"
                .into(),
            String::new()
        )
    );
    let text =
        format!("{good}sshPublicKey: ssh-dss AAAA\nsshPublicKey:: <\nsshPublicKey:< file:///\n");
    let (code, stdout, stderr) = on(&["--check"], &*text);
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
    let of = "sshPublicKey of uid=user1,ou=people,dc=example,dc=com";
    assert_eq!(
        stdout,
        format!(
            "line 3: {of}: unsupported key type at byte 0\n\
             line 4: {of}: base64 value: unexpected byte '<'\n\
             line 5: {of}: a URL is not opened\n\
             entries 1: accepted 1, duplicate 0, not offered 0, refused 3; changes 0, damaged 0\n"
        )
    );
    let (code, stdout, _) = on(&["--check", "--json"], text);
    let reasons: Vec<Value> = stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["reason"].clone())
        .collect();
    assert_eq!((code, json!(reasons)), (Some(1), json!([null, "algorithm", "encoding", "url"])));
    // What cannot be read might have been a key.
    assert_eq!(on(&["--check"], format!("{good}no attribute\n")).0, Some(1));
    let (code, _, stderr) = on(&[], format!("{good}no attribute\n"));
    let told = "line 3: attribute description: unexpected byte 'a'\n";
    assert!(code == Some(0) && stderr.ends_with(told), "{stderr}");
}

#[test]
fn json_has_every_field_of_every_value() {
    // printf '%s M\xc3\xbc"\\\x1b' KEY | base64 -w 0
    let base64 = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUpTQm1XWmNLQ3pRdkFUL09IUlNnNWNa\
        eWFhdlc1UnlYeHJXYmZSZDhtU3cgTcO8Ilwb";
    let text = format!("{}sshPublicKey: ssh-rsa AAAA\nsshPublicKey:: {base64}\n", value(KEY));
    let (code, stdout, stderr) = on(&["--json"], text);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let objects: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let dn = "uid=user1,ou=people,dc=example,dc=com";
    let key = json!({
        "dn": dn, "line": 2, "attribute": "sshPublicKey", "status": "accepted", "reason": null,
        "type": "ssh-ed25519", "bits": 256, "fingerprint": FINGERPRINT, "comment": null,
    });
    assert_eq!(objects[0], key);
    assert_eq!(
        objects[1],
        json!({
            "dn": dn, "line": 3, "attribute": "sshPublicKey", "status": "refused",
            "reason": "truncated", "type": null, "bits": null, "fingerprint": null,
            "comment": null,
        })
    );
    assert_eq!(objects[2]["comment"], r#"M\xc3\xbc\"\\\x1b"#);
    assert_eq!(objects[2]["status"], "duplicate");
    let names = ["dn", "line", "attribute", "status", "reason", "type", "bits", "fingerprint"];
    let places: Vec<_> = names.iter().map(|name| stdout.find(&format!("\"{name}\":"))).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{stdout}");
}

#[test]
fn lines_are_counted_over_all_of_a_long_input() {
    // More than is read at once.
    let filler = "description: something that is no key at all\n".repeat(10);
    let mut text = String::new();
    for user in 0..2000 {
        text += &format!("dn: uid=user{user}\n{filler}\n");
    }
    text += "dn: uid=last\nsshPublicKey: ssh-dss AAAA\n";
    let line = text.lines().count();
    let (code, _, stderr) = on(&["--all"], text);
    assert_eq!(code, Some(0));
    assert!(stderr.contains(&format!("line {line}: sshPublicKey of uid=last: ")), "{stderr}");
}

#[test]
fn no_key_is_lost_where_a_part_of_the_input_ends() {
    let (start, end) = KEY.split_at(40);
    let text: String = (0..5000)
        .map(|user| format!("dn: uid=user{user}\nsshPublicKey: {start}\n {end} {user}\n\n"))
        .collect();
    let expected: String = (0..5000).map(|user| format!("{KEY} {user}\n")).collect();
    assert_eq!(on(&["--all"], &*text), (Some(0), expected, String::new()));
    assert_eq!(on(&["--all", "--json"], text).1.lines().count(), 5000);
}

#[test]
fn nothing_of_a_long_entry_is_printed_before_the_end_of_all() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("ldif");
    let values = |comment: usize| {
        // Options tell them apart.
        format!("sshPublicKey: from=\"192.0.2.{comment}\" {KEY} {}\n", "x".repeat(4000))
    };
    let long: String = (0..100).map(values).collect();
    fs::write(&file, format!("dn: uid=user1\n{long}\ndn: uid=user2\n\nno attribute\n")).unwrap();
    let file = file.to_str().unwrap();
    let printed = |args: &[&str]| {
        let output = keys(args).arg("--allow-options=from").stdin(Stdio::null()).output().unwrap();
        (output.status.code(), output.stdout.len())
    };
    assert_eq!(printed(&[file]), (Some(2), 0));
    assert_eq!(printed(&["--json", file]), (Some(2), 0));
    assert!(matches!(printed(&["--all", file]), (Some(0), 400_000..)));
    // A search is held to its end even so.
    let cat = Program::new(&format!("cat {file}"));
    let program = format!("--ldapsearch={}", cat.path("ldapsearch").display());
    assert_eq!(printed(&["--all", "--user=user1", "--uri=ldapi:///", &program]), (Some(75), 0));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let text: String =
        (0..5000).map(|user| format!("dn: uid=user{user}\nsshPublicKey: {KEY}\n\n")).collect();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, text).unwrap();
    let mut child = keys(&["--all", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn every_option_is_documented() {
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let documentation = fs::read_to_string(documentation).unwrap();
    let help = String::from_utf8(keys(&["--help"]).output().unwrap().stdout).unwrap();
    let options = help.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
    let names: Vec<&str> = options.map(|rest| rest.split(' ').next().unwrap()).collect();
    assert_eq!(names.len(), 25);
    for name in names {
        assert!(documentation.contains(&format!("`--{name}")), "--{name}");
    }
}
