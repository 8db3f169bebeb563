//! What the directory is asked, without sshd.

use super::{
    Lazy,
    entries::{Entries, User},
    slapd::World,
    values::{blob, compose, line, strings},
};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    sync::Arc,
};

/// Returns the exit code and what is printed.
fn keys(world: &World, user: &str, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wirescope"))
        .args(["keys", &format!("--user={user}"), &format!("--uri={}", world.uri())])
        .arg("--base=ou=people,dc=example,dc=com")
        .args(args)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn objects(world: &World, user: &str) -> Vec<Value> {
    let (code, stdout) = keys(world, user, &["--json"]);
    assert_eq!(code, Some(0));
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(super) fn types(world: &Arc<Lazy>) {
    let mut seen = Vec::new();
    for user in &world.entries.users {
        for object in objects(world, user.name).iter().filter(|object| object["reason"].is_null()) {
            let text = |name: &str| object[name].as_str().unwrap();
            let (_, line) = keys(world, user.name, &["--fingerprint", text("fingerprint")]);
            let name = line.split(' ').next().unwrap();
            assert_eq!(text("type"), name);
            if name == "ssh-mldsa44-ed25519@openssh.com" {
                // Of its specification: no ssh-keygen of a stable system knows it.
                assert_eq!(text("fingerprint"), sha256(&blob(line.trim_end())));
            } else {
                let listed = list(&line).unwrap();
                let mut words = listed.split(' ');
                assert_eq!(words.next().unwrap(), object["bits"].to_string());
                assert_eq!(words.next().unwrap(), text("fingerprint"));
            }
            seen.push(name.to_owned());
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(
        seen,
        [
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ecdsa-sha2-nistp256@openssh.com",
            "sk-ssh-ed25519@openssh.com",
            "ssh-ed25519",
            "ssh-mldsa44-ed25519@openssh.com",
            "ssh-rsa"
        ]
    );
}

pub(super) fn external(world: &Arc<Lazy>) {
    let socket = world.path("ldapi").to_str().unwrap().replace('/', "%2F");
    let output = Command::new(env!("CARGO_BIN_EXE_wirescope"))
        .args(["keys", "--user=user1", "--sasl=EXTERNAL", "--base=dc=example,dc=com"])
        .arg(format!("--uri=ldapi://{socket}"))
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.trim_end(), world.entries.ed25519.public, "{:?}", output.stderr);
}

/// Returns what ssh-keygen says of a line, if it takes it.
fn list(line: &str) -> Option<String> {
    let output = feed(Command::new("ssh-keygen").arg("-lf-"), line.as_bytes());
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn sha256(bytes: &[u8]) -> String {
    let output = feed(&mut Command::new("sha256sum"), bytes).stdout;
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap().to_le_bytes()[0];
    let bytes: Vec<u8> =
        output[..64].chunks_exact(2).map(|pair| digit(&pair[0]) << 4 | digit(&pair[1])).collect();
    format!("SHA256:{}", BASE64_STANDARD_NO_PAD.encode(bytes))
}

pub(super) fn verdicts(world: &Arc<Lazy>) {
    for User { name, values } in &world.entries.users {
        let (mut lines, mut reasons) = (Vec::new(), Vec::new());
        for value in values {
            match &value.expected {
                Ok(line) => lines.push(line.as_str()),
                Err(reason) => reasons.push(*reason),
            }
        }
        let (code, stdout) = keys(world, name, &[]);
        let mut printed: Vec<&str> = stdout.lines().collect();
        lines.sort();
        printed.sort();
        assert_eq!((code, printed), (Some(0), lines), "{name}");

        let objects = objects(world, name);
        let mut said: Vec<&str> =
            objects.iter().filter_map(|object| object["reason"].as_str()).collect();
        reasons.sort();
        said.sort();
        assert_eq!(said, reasons, "{name}");
        assert_eq!(objects.len(), values.len());
        assert_eq!(keys(world, name, &["--check"]).0, Some(i32::from(!reasons.is_empty())));
    }
}

/// What docs/keys.md says of OpenSSH.
pub(super) fn differences(world: &Arc<Lazy>) {
    let Entries { rsa, ecdsa: [ecdsa, ..], ed25519, .. } = &world.entries;
    let [rsa, ecdsa, ed25519] = [rsa, ecdsa, ed25519].map(|pair| pair.public.as_str());
    let [exponent, modulus] = &strings(&blob(rsa))[..] else { panic!("{rsa}") };
    let [_, point] = &strings(&blob(ecdsa))[..] else { panic!("{ecdsa}") };
    let [bytes] = &strings(&blob(ed25519))[..] else { panic!("{ed25519}") };
    let zero = |number: &[u8]| [&[0], number].concat();
    let named = |ty, other, strings: &[&[u8]]| line(ty, &blob(&compose(other, strings)));
    let inside = |character: &str| {
        let (before, behind) = ed25519.split_at(30);
        format!("{before}{character}{behind}")
    };
    const SK_ED25519: &str = "sk-ssh-ed25519@openssh.com";
    let sk_ed25519 = compose(SK_ED25519, &[bytes, b"ssh:"]);
    const SK_ECDSA: &str = "sk-ecdsa-sha2-nistp256@openssh.com";
    const WEBAUTHN: &str = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com";
    let sk_ecdsa = compose(SK_ECDSA, &[b"nistp256", point, b"ssh:"]);
    // What it takes for a key, which it is said to be.
    for (value, key, reason) in [
        (compose("ssh-rsa", &[&zero(exponent), modulus]), rsa, "leading-zero"),
        (compose("ssh-rsa", &[exponent, &zero(modulus)]), rsa, "leading-zero"),
        (compose(SK_ED25519, &[bytes, b"ssh:\0"]), &sk_ed25519, "application"),
        (named("ssh-ed25519", "ssh-ed25519\0", &[bytes]), ed25519, "name-mismatch"),
        (compose("ecdsa-sha2-nistp256", &[b"nistp256\0", point]), ecdsa, "curve"),
        (rsa.replace("ssh-rsa", "rsa-sha2-256"), rsa, "algorithm"),
        (compose("rsa-sha2-512", &[exponent, modulus]), rsa, "algorithm"),
        (named("ssh-rsa", "rsa-sha2-512", &[exponent, modulus]), rsa, "name-mismatch"),
        (sk_ecdsa.replace(SK_ECDSA, WEBAUTHN), &sk_ecdsa, "algorithm"),
        (named(SK_ECDSA, WEBAUTHN, &[b"nistp256", point, b"ssh:"]), &sk_ecdsa, "name-mismatch"),
        (inside("\u{b}"), ed25519, "base64"),
        (inside("\u{c}"), ed25519, "base64"),
        (inside("\r"), ed25519, "several-lines"),
        (format!("{ed25519} a\rb"), ed25519, "several-lines"),
        (format!("{ed25519} a\0b"), ed25519, "nul"),
        (format!("{ed25519} {}", "x".repeat(8192)), ed25519, "too-long"),
    ] {
        let fingerprint = |text| list(text).unwrap().split(' ').nth(1).map(String::from);
        assert_eq!(fingerprint(&value), fingerprint(key), "{value:?}");
        assert_eq!(verdict(&value)["reason"], reason, "{value:?}");
        // That is not what the bytes would have.
        if reason == "leading-zero" || reason == "application" {
            assert_ne!(fingerprint(&value), Some(sha256(&blob(&value))));
        }
    }
    // What it does not take.
    let mut point = point.clone();
    *point.last_mut().unwrap() ^= 1;
    let value = compose("ecdsa-sha2-nistp256", &[b"nistp256", &point]);
    assert_eq!((list(&value), &verdict(&value)["status"]), (None, &json!("accepted")));
}

/// What becomes of a value, as JSON.
fn verdict(value: &str) -> Value {
    let ldif = format!("dn:\nsshPublicKey:: {}\n", BASE64_STANDARD.encode(value));
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    let output = feed(command.args(["keys", "--json"]), ldif.as_bytes());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs a program on input.
fn feed(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// Without -LLL a name can be a record: why it is never left out.
pub(super) fn echo(world: &Arc<Lazy>) {
    let record = format!("dn: uid=user8\nsshPublicKey: {}\n", world.entries.stranger.public);
    let filter = format!("(uid=\n\n{record}\n)");
    let printed = |option: &str| {
        let script = format!("ldapsearch -x \"$1\" -H {} \"$2\" | \"$3\" keys", world.uri());
        let output = Command::new("sh")
            .args(["-c", &script, "sh", option, &filter, env!("CARGO_BIN_EXE_wirescope")])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(printed("-L"), format!("{}\n", world.entries.stranger.public));
    assert_eq!(printed("-LLL"), "");
}

pub(super) fn one_liner(world: &Arc<Lazy>) {
    let script = format!(
        "ldapsearch -x -LLL -H {} -b ou=people,dc=example,dc=com objectClass=posixAccount \
         sshPublicKey | perl -p0e 's/\\n //g' | perl -ne 'print \"$1\\n\" if /^sshPublicKey: (.*)/'",
        world.uri()
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut printed: Vec<&str> = printed.lines().collect();
    let values: Vec<_> = world.entries.users.iter().flat_map(|user| &user.values).collect();
    let good: Vec<&String> =
        values.iter().filter_map(|value| value.expected.as_ref().ok()).collect();
    let before = printed.len();
    for line in &good {
        if let Some(place) = printed.iter().position(|printed| printed == line) {
            printed.swap_remove(place);
        }
    }
    let (found, all, wrong) = (before - printed.len(), good.len(), printed.len());
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let documentation = fs::read_to_string(documentation).unwrap();
    let expected = format!(
        "finds {found} of {all} keys, and passes on {wrong} lines that are no key or have options"
    );
    let words: Vec<&str> = documentation.split_whitespace().collect();
    assert!(words.join(" ").contains(&expected), "docs/keys.md does not say: {expected}");
}
