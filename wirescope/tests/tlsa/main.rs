//! `wirescope tlsa` as its user meets it, and against danetool, ldns-dane and OpenSSL.
//!
//! Keys and certificates are made by the tests, and servers listen on the loopback interface only.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod forms;
mod pki;
mod resolved;
mod server;
mod told;
mod verdicts;
mod writers;
mod wrong;
mod zone;

use libtest_mimic::{Arguments, Trial};
use std::{
    io::Write,
    process::{Command, ExitCode, Output, Stdio},
    thread,
};
use testkit::outside::{Need, trial};

fn main() -> ExitCode {
    let on = |name: &str, needs: &[Need], test: fn()| {
        trial(name, needs, move || {
            test();
            Ok(())
        })
    };
    let resolving = [OPENSSL, DANETOOL, LDNS, UNBOUND, NETWORK];
    let trials: Vec<Trial> = vec![
        on("every exit status", &[], told::exits),
        on("a report", &[], told::report),
        on("JSON", &[], told::json),
        on("whom a certificate is for", &[], told::names),
        on("a root that is not sent", &[], told::roots),
        on("hints", &[], told::hints),
        on("a verdict that nobody reads", &[], told::closed),
        on("the examples in the README", &[], told::readme),
        on("every form of records", &[], forms::records),
        on("every form of a chain", &[], forms::chains),
        on("every form of what a record is made of", &[], forms::subjects),
        on("acronyms", &[], forms::acronyms),
        on("wrong records", &[], wrong::records),
        on("no line hides a record", &[], wrong::swallowed),
        on("lookups that failed", &[], wrong::lookups),
        on("wrong chains", &[], wrong::chains),
        on("a certificate too long for a record", &[OPENSSL], wrong::too_long),
        on("private keys", &[], wrong::private_keys),
        on("input without an end", &[], wrong::endless),
        on("nothing of the input steers a terminal", &[], wrong::terminal),
        on("private keys of OpenSSL", &[OPENSSL], wrong::private_keys_of_openssl),
        on("records of danetool", &[OPENSSL, DANETOOL], writers::danetool),
        on("records of ldns-dane", &[OPENSSL, LDNS], writers::ldns),
        on("verdicts of OpenSSL", &[OPENSSL], verdicts::each),
        on("verdicts of OpenSSL on several records", &[OPENSSL], verdicts::sets),
        on("verdicts of OpenSSL on who signs itself", &[OPENSSL], verdicts::self_signed),
        on("a certificate in a name is nobody's", &[OPENSSL], verdicts::held_in_a_name),
        on("verdicts of OpenSSL on names", &[OPENSSL], verdicts::names),
        on("verdicts of OpenSSL on an anchor that is not sent", &[OPENSSL], verdicts::not_sent),
        on("verdicts of danetool and ldns-dane", &resolving, resolved::each),
        on("verdicts of danetool and ldns-dane on several records", &resolving, resolved::sets),
        on("what s_client prints is a chain", &[OPENSSL], verdicts::noise),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A certificate, and the request and the key that belong to it.
const LEAF: &[u8] = include_bytes!("../../../tlsa-match/tests/data/leaf-p256.der");
const REQUEST: &[u8] = include_bytes!("../../../tlsa-match/tests/data/leaf-p256.csr.der");
const KEY: &[u8] = include_bytes!("../../../tlsa-match/tests/data/leaf-p256.spki.der");
/// Who has issued it.
const ROOT: &[u8] = include_bytes!("../../../tlsa-match/tests/data/root-p256.der");
/// Another certificate.
const OTHER: &[u8] = include_bytes!("../../../tlsa-match/tests/data/leaf-ed25519.der");

fn tlsa(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("tlsa").args(args);
    command
}

/// Runs the command on input, and returns its exit code, output and what it told.
#[track_caller]
fn on(args: &[&str], input: impl Into<Vec<u8>>) -> (Option<i32>, String, String) {
    let mut child = tlsa(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.into();
    // It may have seen enough before.
    let writer = thread::spawn(move || stdin.write_all(&input).ok());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    writer.join().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Makes a record.
#[track_caller]
fn create(args: &[&str], input: impl Into<Vec<u8>>) -> String {
    let (code, stdout, stderr) = on(&[&["create"], args, &["-"]].concat(), input);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{args:?}");
    stdout.trim_end_matches('\n').to_owned()
}

/// A block of PEM.
fn pem(label: &str, der: &[u8]) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

const OPENSSL: Need = Need::Says(&["openssl", "version"], "OpenSSL 3.");
const DANETOOL: Need = Need::Program("danetool", "danetool 3.7.");
const LDNS: Need = Need::Says(&["ldns-dane", "-v"], "ldns-dane version 1.8.");
const UNBOUND: Need = Need::Says(&["unbound", "-V"], "Version 1.");
/// The rights of root, with which there can be a network that reaches nobody.
const NETWORK: Need = Need::Says(&["unshare", "--mount", "--net", "ip", "-V"], "ip utility");
