//! What is no LDIF.

use super::{KEY, entry, keys, on, value};
use std::{
    fs::File,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

#[test]
fn nothing_is_no_error() {
    assert_eq!(on(&[], ""), (Some(0), String::new(), String::new()));
    assert_eq!(on(&[], "\n\r\n\n"), (Some(0), String::new(), String::new()));
    assert_eq!(on(&["--all"], "version: 1\n"), (Some(0), String::new(), String::new()));
}

#[test]
fn text_is_refused() {
    let (code, stdout, stderr) = on(&[], "This is a letter.\n\nIt has nothing to say.\n");
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert_eq!(
        stderr,
        "wirescope: standard input: line 1: a record without a dn\n\
         wirescope: standard input: line 3: a record without a dn\n\
         wirescope: standard input: places that are no LDIF: 2\n"
    );
    // A key as it is given to sshd is none either.
    assert_eq!(on(&["--without-dn"], KEY).0, Some(2));
}

#[test]
fn an_audit_is_of_what_can_be_read() {
    for (ldif, code) in [
        ("dn: uid=user1\ncn: x\nbroken\n", 1),
        ("dn: uid=user1\nbroken\n", 1),
        ("dn: uid=user1\ncn: x\n", 0),
        ("broken\n", 2),
    ] {
        let (found, stdout, stderr) = on(&["--check"], ldif);
        assert_eq!(found, Some(code), "{ldif}");
        assert_eq!(stdout.starts_with("entries 1: accepted 0"), code < 2, "{stdout}");
        assert_eq!(stderr.starts_with("wirescope: standard input: line "), code > 0, "{stderr}");
        // What is broken might have been the key.
        assert_eq!(on(&[], ldif).0, Some(if code > 0 { 2 } else { 0 }), "{ldif}");
    }
}

#[test]
fn many_faults_are_told_shortly() {
    let (code, _, stderr) = on(&["--all"], " x\n\n".repeat(100_000));
    assert_eq!((code, stderr.lines().count()), (Some(2), 9));
    assert!(stderr.ends_with("places that are no LDIF: 100000\n"), "{stderr}");
}

#[test]
fn a_record_without_an_end_is_not_held_without_one() {
    for line in [
        "head -c 1G /dev/zero",
        "printf 'dn: '; head -c 1G /dev/zero | tr '\\0' a",
        // Behind one that has an end.
        "printf 'dn: uid=user1\\n\\n'; head -c 1G /dev/zero",
    ] {
        let folder = TempDir::new().unwrap();
        let told = folder.path().join("told");
        // No more memory than this, in kilobytes.
        let script = format!("ulimit -v 200000; ({line}) 2>/dev/null | \"$0\" keys --all");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_wirescope")])
            .stderr(File::create(&told).unwrap())
            .output()
            .unwrap();
        let told = std::fs::read_to_string(told).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
        assert!(told.ends_with("a record of 67108864 bytes or more\n"), "{told}");
    }
}

#[test]
fn what_is_told_of_a_value_does_not_grow_with_the_square_of_the_input() {
    let values = "sshPublicKey: no key\n".repeat(100_000);
    let long = format!("dn: uid={}\n{values}", "x".repeat(2_000_000));
    let (code, stdout, stderr) = on(&["--json"], long);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("line 1: a dn that is too long\n"), "{stderr}");
    let short = format!("dn: uid={}\n{values}", "x".repeat(1000));
    let (_, _, stderr) = on(&[], short);
    assert_eq!(stderr.lines().count(), 100_000);
    assert!(stderr.lines().all(|line| line.len() < 400));
}

#[test]
fn what_is_told_of_an_entry_is_not_held_as_a_whole() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    // Each value is told with the dn, of which each byte is five in JSON.
    let long = format!("dn: {}\n{}", "\u{1}".repeat(8000), "a:\n".repeat(3000));
    std::fs::write(&file, long).unwrap();
    let run = |args: &[&str]| {
        // No more memory than this, in kilobytes.
        let script = "ulimit -v 100000; exec \"$0\" keys --attribute=a --json \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_wirescope")]).arg(&file).args(args);
        let Output { status, stdout, stderr } = command.output().unwrap();
        (status.code(), stdout.len(), String::from_utf8(stderr).unwrap())
    };
    let (code, len, stderr) = run(&["--all"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(len > 120_000_000, "{len}");
    // What is not to be printed in part is not printed at all.
    let (code, len, stderr) = run(&[]);
    assert_eq!((code, len), (Some(2), 0));
    assert!(stderr.ends_with(": 16777216 bytes or more to be printed at once\n"), "{stderr}");
}

#[test]
fn what_cannot_be_opened_is_told_with_its_name() {
    for (name, end) in [
        ("/", "/: Is a directory (os error 21)"),
        ("/no/such\nfile", "/no/such\\nfile: No such file or directory (os error 2)"),
    ] {
        let output = keys(&[name]).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), stderr), (Some(2), format!("wirescope: {end}\n")));
    }
    let closed = keys(&[]).stdin(Stdio::null()).output().unwrap();
    assert_eq!((closed.status.code(), closed.stdout), (Some(0), Vec::new()));
}

#[test]
fn nothing_of_the_input_steers_a_terminal() {
    let escape = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    let inputs = [
        value(&format!("{KEY} {escape}")),
        value(&format!("ssh-dss {escape}")),
        value(&format!("{escape} {KEY}")),
        entry(&[&format!("{escape}: {KEY}"), &format!("sshPublicKey;x-{escape}: no key")]),
        format!("dn: uid={escape}\nsshPublicKey: no key\n"),
        format!("dn:: {escape}\nsshPublicKey: no key\n"),
        format!("{escape}\n"),
        format!("result: 4 {escape}\n"),
        format!("dn: a\n\n{escape}: {escape}\n"),
    ];
    for input in inputs {
        for args in [&[][..], &["--json"], &["--check"], &["--without-dn", "--all"]] {
            let (_, stdout, stderr) = on(args, &*input);
            let is_harmless =
                |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
            assert!(is_harmless(&stdout) && is_harmless(&stderr), "{stdout:?} {stderr:?}");
        }
    }
}
