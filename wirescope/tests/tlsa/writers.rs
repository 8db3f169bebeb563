//! The records that danetool and ldns-dane make.

use super::{create, pki::Pki};
use std::{fs, process::Command};

#[track_caller]
fn printed(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
}

/// It knows no matching type but digests.
pub(super) fn danetool() {
    let pki = Pki::new();
    for leaf in &pki.leaves {
        for (usage, its) in [
            ("0", &["--no-domain", "--ca"][..]),
            ("1", &["--no-domain"]),
            ("2", &["--ca"]),
            ("3", &[]),
        ] {
            for (matching, hash) in [("1", "sha256"), ("2", "sha512")] {
                for (selector, load, file) in [
                    ("0", &["--x509", "--load-certificate"][..], &leaf.certificate),
                    ("1", &["--load-certificate"], &leaf.certificate),
                    ("1", &["--load-pubkey"], &leaf.public_key),
                ] {
                    let theirs = ["--tlsa-rr", "--host", "www.example.com", "--hash", hash];
                    let place = ["--port", "25", "--proto", "udp"];
                    let theirs = [&theirs[..], &place, its, load, &[file]].concat();
                    let ours = ["--format", "danetool", "--host", "www.example.com"];
                    let codes = ["--usage", usage, "--selector", selector, "--matching", matching];
                    let args = [&ours[..], &place, &codes].concat();
                    let ours = create(&args, fs::read(file).unwrap());
                    assert_eq!(ours, printed("danetool", &theirs), "{theirs:?}");
                    if selector == "1" {
                        let request = fs::read(&leaf.request).unwrap();
                        assert_eq!(ours, create(&args, request));
                    }
                }
            }
        }
    }
}

/// It looks for the anchor of PKIX-TA among the roots of the machine.
pub(super) fn ldns() {
    let pki = Pki::new();
    let end_entities = pki.leaves.iter().map(|leaf| ("3", &leaf.certificate));
    let others = [("1", &pki.leaves[0].certificate), ("2", &pki.anchor)];
    for (usage, file) in end_entities.chain(others) {
        for selector in ["0", "1"] {
            for matching in ["0", "1", "2"] {
                let place = ["create", "www.example.com", "25", usage, selector, matching];
                let made = |more: &[&str]| {
                    let file = ["-s", "-n", "-u", "-c", file];
                    printed("ldns-dane", &[more, &file, &place].concat())
                };
                let ours = |format| {
                    let host = ["--host", "www.example.com", "--port", "25", "--proto", "udp"];
                    let codes = ["--usage", usage, "--selector", selector];
                    let form = ["--matching", matching, "--format", format];
                    create(&[&host[..], &codes, &form].concat(), fs::read(file).unwrap())
                };
                let theirs = made(&[]);
                assert_eq!(ours("ldns"), theirs);
                assert_eq!(fields(&ours("rfc")), fields(&theirs));
                assert_eq!(fields(&ours("generic")), fields(&made(&["-b"])));
            }
        }
    }
}

/// The fields of a line, all but the time to live.
fn fields(line: &str) -> Vec<&str> {
    line.split_ascii_whitespace().filter(|field| *field != "3600").collect()
}
