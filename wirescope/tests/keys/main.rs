//! `wirescope keys` as its user meets it.

#![expect(
    clippy::disallowed_methods,
    clippy::std_instead_of_core,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod file;
mod search;
mod wrong;

use std::{
    io::Write,
    process::{Command, Output, Stdio},
    thread,
};

/// A key that was made with `ssh-keygen -t ed25519`.
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw";
/// What `ssh-keygen -l` says of it.
const FINGERPRINT: &str = "SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY";
/// Another one.
const OTHER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvHd320Sjm6wgaKF4D+1qS5ogQhD2tWSpgc3yMHN7d5";

fn keys(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("keys").args(args);
    command
}

/// Runs the command on input, and returns its exit code, output and what it told.
#[track_caller]
fn on(args: &[&str], input: impl Into<Vec<u8>>) -> (Option<i32>, String, String) {
    let mut command = keys(args);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.into();
    // It may have seen enough before.
    let writer = thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    told(output)
}

#[track_caller]
fn told(Output { status, stdout, stderr }: Output) -> (Option<i32>, String, String) {
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// An entry with these lines.
fn entry(lines: &[&str]) -> String {
    format!("dn: uid=user1,ou=people,dc=example,dc=com\n{}\n", lines.join("\n"))
}

/// An entry with this one key.
fn value(value: &str) -> String {
    entry(&[&format!("sshPublicKey: {value}")])
}
