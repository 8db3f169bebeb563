//! `--user`, with programs in place of ldapsearch.

use super::{KEY, OTHER, keys, told, value};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A program in place of ldapsearch, and where it can leave what it was given.
pub(super) struct Program {
    folder: TempDir,
}

impl Program {
    pub(super) fn new(script: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let script = script.replace("FOLDER", folder.path().to_str().unwrap());
        fs::write(folder.path().join("script"), format!("#!/bin/sh\n{script}\n")).unwrap();
        // Had this process it open for writing, so would have what other tests start at the time,
        // and it could not be run (ETXTBSY).
        let mut install = Command::new("install");
        install.args(["-m", "755", "script", "ldapsearch"]).current_dir(&folder);
        assert!(install.status().unwrap().success());
        Self { folder }
    }

    /// A program that prints this and ends well.
    fn prints(ldif: &str) -> Self {
        let program = Self::new("cat FOLDER/ldif");
        fs::write(program.path("ldif"), ldif).unwrap();
        program
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let program = format!("--ldapsearch={}", self.path("ldapsearch").display());
        let mut command = keys(&["--uri=ldapi:///", &program]);
        told(command.args(args).env("LDAPURI", "ldap://192.0.2.1").output().unwrap())
    }

    /// What it left.
    fn left(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A file with a password.
    fn password(&self, text: &str, mode: u32) -> String {
        let path = self.path("password");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.to_str().unwrap().into()
    }
}

const LEAVE: &str =
    r#"printf '%s\n' "$@" > FOLDER/args; env > FOLDER/env; cat > FOLDER/input; pwd > FOLDER/pwd"#;

#[test]
fn the_answer_is_printed() {
    let program = Program::prints(&value(KEY));
    assert_eq!(program.run(&["--user=user1"]), (Some(0), format!("{KEY}\n"), String::new()));
    let program = Program::prints("");
    assert_eq!(program.run(&["--user=user1"]), (Some(0), String::new(), String::new()));
}

#[test]
fn ldapsearch_is_given_what_it_needs_and_no_more() {
    let program = Program::new(LEAVE);
    assert_eq!(program.run(&["--user=user1"]).0, Some(0));
    assert_eq!(
        program.left("args"),
        "-LLL\n-o\nldif-wrap=no\n-H\nldapi:///\n-x\n--\n\
         (&(objectClass=posixAccount)(uid=user1))\nsshPublicKey\n"
    );
    let mut environment: Vec<String> = program.left("env").lines().map(Into::into).collect();
    // Of the shell.
    environment
        .retain(|line| !["PWD", "SHLVL", "_", "OLDPWD"].contains(&line.split('=').next().unwrap()));
    environment.sort();
    assert_eq!(environment, ["LC_ALL=C", "LDAPNETWORK_TIMEOUT=5", "LDAPTIMEOUT=5"]);
    assert_eq!(program.left("pwd"), "/\n");
    assert_eq!(program.left("input"), "");

    program.run(&[
        "--user=user1",
        "--base=ou=people,dc=example,dc=com",
        "--filter=(|(uid={user})(mail={user}@example.com))",
        "--attribute=ipaSshPubKey",
        "--attribute=1.2.3",
        "--sasl=EXTERNAL",
        "--timeout=7",
    ]);
    assert_eq!(
        program.left("args"),
        "-LLL\n-o\nldif-wrap=no\n-H\nldapi:///\n-b\nou=people,dc=example,dc=com\n-Q\n-Y\nEXTERNAL\n\
         --\n(|(uid=user1)(mail=user1@example.com))\nipaSshPubKey\n1.2.3\n"
    );
    assert!(program.left("env").contains("LDAPTIMEOUT=7\n"));
}

#[test]
fn what_goes_over_a_network_is_protected() {
    let program = Program::new(LEAVE);
    for (args, is_asked_for) in [
        (&["--uri=ldap://ldap.example.com"][..], true),
        (&["--uri=ldap://ldap.example.com", "--plaintext"], false),
        (&["--uri=ldaps://ldap.example.com"], false),
        (&["--uri=ldap://127.0.0.1"], false),
    ] {
        let path = format!("--ldapsearch={}", program.path("ldapsearch").display());
        let output = keys(&["--user=user1", &path]).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(program.left("args").contains("\n-ZZ\n"), is_asked_for, "{args:?}");
    }
}

#[test]
fn a_name_is_a_name_whatever_it_is_made_of() {
    let program = Program::new(LEAVE);
    for (name, escaped) in [
        ("*", r"\2a"),
        ("user1)(uid=*", r"user1\29\28uid=\2a"),
        (r"a\b", r"a\5cb"),
        ("a\nb\r\u{1b}\u{7f}", r"a\0ab\0d\1b\7f"),
        ("-x", "-x"),
        ("$(id)`id`;id|id&", r"$\28id\29`id`;id|id&"),
        ("{user}", "{user}"),
        ("'\" %u", "'\" %u"),
        ("ü", r"\c3\bc"),
    ] {
        assert_eq!(program.run(&[&format!("--user={name}"), "--filter=(uid={user})"]).0, Some(0));
        let args = program.left("args");
        assert!(args.ends_with(&format!("\n(uid={escaped})\nsshPublicKey\n")), "{name}: {args}");
    }
    // It may hold anything but NUL, and be no UTF-8.
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let path = format!("--ldapsearch={}", program.path("ldapsearch").display());
    let name = OsStr::from_bytes(b"--user=\xff");
    let mut command = keys(&["--uri=ldapi:///", &path]);
    assert_eq!(command.arg(name).output().unwrap().status.code(), Some(0));
    assert!(program.left("args").contains(r"(uid=\ff)"));
    // Without a place for the name a filter would find the same for all; and what sshd puts in its
    // place is not escaped.
    for wrong in ["(uid=user1)", "uid={user}", "(uid={user})\n", "(uid=%u)"] {
        let (code, stdout, _) = program.run(&["--user=user1", &format!("--filter={wrong}")]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{wrong}");
    }
}

#[test]
fn a_search_that_fails_prints_nothing() {
    let print = format!("cat <<'END'\n{}\nEND\n", value(KEY));
    for (script, reason) in [
        ("exit 4", "ldapsearch ended with 4: "),
        (
            "echo 'ldap_bind: Invalid credentials (49)' >&2; exit 49",
            "ldapsearch ended with 49: ldap_bind: Invalid credentials (49)",
        ),
        ("printf 'a\\n\\tb\\033[2J\\n' >&2; exit 255", "ldapsearch ended with 255: a; b\\x1b[2J"),
        ("kill -9 $$", "ldapsearch was killed by 9"),
        ("kill -11 $$", "ldapsearch was killed by 11"),
        ("head -c 100000000 /dev/zero", "ldapsearch printed more than 1048576 bytes"),
        ("head -c 100000000 /dev/zero >&2; exit 1", "ldapsearch ended with 1: \\x00"),
        // Why is told however much there is besides.
        (
            "echo; for i in 1 2 3 4 5 6 7 8 9 10; do echo 'sshPublicKey: no'; done; exit 4",
            "ldapsearch ended with 4: ",
        ),
        ("echo; echo 'dn: uid=user2'", "more than one entry: --all takes the keys of all"),
        ("echo 'Usage: ldapsearch'", "places that are no LDIF: 1"),
        ("echo; echo 'result: 4 Size limit exceeded'", "the search failed: 4 Size limit exceeded"),
        ("echo 'sshPublicKey;range=0-1: x'", "places that are no LDIF: 1"),
        // Silent, and silent behind closed outputs.
        ("while :; do :; done", "ldapsearch took too long"),
        ("exec >&- 2>&-; while :; do :; done", "ldapsearch took too long"),
        ("exec >&-; while :; do :; done", "ldapsearch took too long"),
    ] {
        let start = Instant::now();
        let program = Program::new(&format!("{print}{script}"));
        let (code, stdout, stderr) = program.run(&["--user=user1", "--timeout=1"]);
        assert_eq!((code, stdout.as_str()), (Some(75), ""), "{script}");
        let last = stderr.lines().last().unwrap();
        assert!(last.starts_with(&format!("wirescope: keys of user1: {reason}")), "{stderr}");
        assert!(last.len() < 300, "{last}");
        assert!(start.elapsed() < Duration::from_secs(30), "{script}");
    }
}

#[test]
fn a_base_that_is_not_there_has_no_keys() {
    let program = Program::new(&format!(
        "cat <<'END'\n{}\nEND\necho 'No such object (32)' >&2; exit 32",
        value(KEY)
    ));
    let (code, stdout, stderr) = program.run(&["--user=user1"]);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    assert!(stderr.ends_with("not for us: No such object (32)\n"), "{stderr}");
}

#[test]
fn a_refused_value_costs_only_itself() {
    let program = Program::prints(&format!(
        "{}sshPublicKey: ssh-dss AAAA\nsshPublicKey: {OTHER}\n",
        value(KEY)
    ));
    let (code, stdout, stderr) = program.run(&["--user=us\u{1b}er1"]);
    assert_eq!((code, stdout), (Some(0), format!("{KEY}\n{OTHER}\n")));
    assert_eq!(
        stderr,
        "wirescope: keys of us\\x1ber1: line 3: sshPublicKey of \
         uid=user1,ou=people,dc=example,dc=com: unsupported key type at byte 0\n"
    );
}

#[test]
fn the_password_goes_by_a_pipe() {
    for (text, expected) in [
        ("secret", "secret"),
        ("secret\n", "secret"),
        ("se cret\r\n", "se cret"),
        ("secret\n\n", "secret\n"),
    ] {
        let program = Program::new(LEAVE);
        let file = format!("--password-file={}", program.password(text, 0o640));
        let dn = "--bind-dn=cn=reader,dc=example,dc=com";
        assert_eq!(program.run(&["--user=user1", dn, &file]).0, Some(0));
        assert_eq!(program.left("input"), expected);
        assert!(
            program
                .left("args")
                .contains("\n-x\n-D\ncn=reader,dc=example,dc=com\n-y\n/dev/stdin\n--\n")
        );
        assert!(!program.left("args").contains("cret") && !program.left("env").contains("cret"));
    }
}

#[test]
fn a_password_that_others_know_is_not_used() {
    let program = Program::new(LEAVE);
    let ask = |file: &str| {
        let file = format!("--password-file={file}");
        program.run(&["--user=user1", "--bind-dn=cn=reader", &file])
    };
    for (text, mode, reason) in [
        ("secret\n", 0o644, "others can read or change it: chmod o= and g-w"),
        ("secret\n", 0o602, "others can read or change it: chmod o= and g-w"),
        ("secret\n", 0o660, "others can read or change it: chmod o= and g-w"),
        ("", 0o600, "no password"),
        ("\n", 0o600, "no password"),
        (&"x".repeat(513), 0o600, "too long for a password"),
    ] {
        let (code, stdout, stderr) = ask(&program.password(text, mode));
        assert_eq!((code, stdout.as_str()), (Some(75), ""));
        assert!(stderr.ends_with(&format!("password: {reason}\n")), "{stderr}");
        assert!(!program.path("args").exists() && !stderr.contains("secret"));
    }
    assert!(ask("/").2.ends_with("not a file\n"));
    assert!(ask("/no/such\nfile").2.contains("/no/such\\nfile: No such file"));
}

#[test]
fn a_password_is_not_waited_for() {
    let program = Program::new(LEAVE);
    let fifo = program.path("fifo");
    assert!(Command::new("mkfifo").args(["-m", "600"]).arg(&fifo).status().unwrap().success());
    let file = format!("--password-file={}", fifo.display());
    let start = Instant::now();
    let (code, stdout, stderr) =
        program.run(&["--user=user1", "--bind-dn=cn=reader", &file, "--timeout=1"]);
    assert_eq!((code, stdout.as_str()), (Some(75), ""));
    assert!(stderr.ends_with("fifo: not a file\n"), "{stderr}");
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn what_ldapsearch_started_ends_with_it() {
    // A wrapper, and what it waits for, which has the pipe that it would be read from.
    let program = Program::new("sleep 300 & echo $! > FOLDER/pid; wait");
    assert_eq!(program.run(&["--user=user1", "--timeout=1"]).0, Some(75));
    let pid = program.left("pid");
    let is_there = || {
        // One that has ended and that nobody has waited for yet is none.
        let status = fs::read_to_string(format!("/proc/{}/status", pid.trim_end()));
        status.is_ok_and(|status| !status.contains("State:\tZ"))
    };
    let start = Instant::now();
    while is_there() {
        assert!(start.elapsed() < Duration::from_secs(30), "it is still there");
        thread::yield_now();
    }
}

/// A wrong argument is wrong whatever the directory says, which is not asked.
#[test]
fn what_is_wrong_is_told_before_the_search() {
    let program = Program::new(LEAVE);
    for (arg, reason) in [
        ("--user=", "no name"),
        ("--force-options=no-such-option", "unknown option"),
        ("--allow-options=no-such-option", "possible values"),
        ("--key=!!!", "not a key in base64"),
        ("--fingerprint=MD5:00", "FingerprintHash"),
        ("--ldapsearch=ldapsearch", "not an absolute path"),
        ("--uri=192.0.2.1", "not a URI of a directory: 192.0.2.1"),
        ("--uri=", "no URI"),
    ] {
        let path = format!("--ldapsearch={}", program.path("ldapsearch").display());
        let others = ["--user=user1", "--uri=ldapi:///", &path];
        let option = arg.split('=').next().unwrap();
        let others = others.into_iter().filter(|other| !other.starts_with(option));
        let output = keys(&[arg]).args(others).stdin(Stdio::null()).output().unwrap();
        let (code, stdout, stderr) = told(output);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arg}: {stderr}");
        assert!(stderr.contains(reason), "{stderr}");
        assert!(!program.path("args").exists(), "{arg}");
    }
}

#[test]
fn what_is_missing_is_told() {
    for (args, code, reason) in [
        (
            &["--uri=ldapi:///", "--ldapsearch=/no/such/program"][..],
            75,
            "ldapsearch cannot be run: No such file",
        ),
        (&["--uri=ldapi:///", "--ldapsearch=/"], 75, "ldapsearch cannot be run: Permission denied"),
        (&["--timeout=0"], 2, "0 is not in 1..=3600"),
        (&["--bind-dn=cn=reader"], 2, "--password-file <FILE>"),
        (&["--password-file=/dev/null"], 2, "--bind-dn <DN>"),
        (&["file"], 2, "cannot be used with"),
    ] {
        let output = keys(&["--user=user1"]).args(args).stdin(Stdio::null()).output().unwrap();
        let (status, stdout, stderr) = told(output);
        assert_eq!((status, stdout.as_str()), (Some(code), ""), "{args:?}: {stderr}");
        assert!(stderr.contains(reason), "{stderr}");
    }
    // These say nothing of a file.
    assert_eq!(keys(&["--uri=ldapi:///", "-"]).output().unwrap().status.code(), Some(2));
}
