//! `--print` as its user meets it: lines, objects and times.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::std_instead_of_alloc,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod pcap;

use crate::pcap::Pcap;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// A capture of the repository.
fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures").join(name)
}

/// Returns what the command prints of a file.
#[track_caller]
fn print(file: &Path, arguments: &[&str], zone: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.args(["unreach", "--print"]).args(arguments).arg(file);
    let output = command.env("TZ", zone).stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), &output.stderr[..]), (Some(0), &b""[..]));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Writes a capture to a file that is there as long as the folder is.
fn in_folder(capture: &Pcap) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("capture");
    fs::write(&file, capture.to_bytes()).unwrap();
    (folder, file)
}

/// A refusal from burst.pcap, at 1700000000.123456.
fn refusal() -> Pcap {
    let mut capture = Pcap::parse(&fs::read(capture("burst.pcap")).unwrap());
    let mut record = capture.records.swap_remove(1);
    (record.seconds, record.microseconds) = (1_700_000_000, 123_456);
    Pcap { records: vec![record], ..capture }
}

#[test]
fn errors_of_every_type_are_printed() {
    let lines = print(&capture("reject.pcap"), &["--time", "none"], "UTC");
    // 36 are unreachable.
    assert_eq!(lines.len(), 37);
    let too_big =
        "IP6 2001:db8:1::1 > 2001:db8:1::23: ICMP6, packet too big, mtu 1280, length 1240";
    assert!(lines.iter().any(|line| line == too_big), "{lines:#?}");
}

#[test]
fn objects_have_all_fields_in_one_order() {
    let (_folder, file) = in_folder(&refusal());
    let [line] = &print(&file, &["--json"], "UTC")[..] else { panic!("one line") };
    let start = concat!(
        r#"{"time":1700000000.123456000,"src":"192.0.2.10","dst":"192.0.2.214","family":"ipv4","#,
        r#""type":3,"code":3,"reason":"Port Unreachable","mtu":null,"length":36,"#,
        r#""checksum":{"status":"valid","sent":"#
    );
    assert_eq!(line[..start.len()], *start);
    let object: Value = serde_json::from_str(line).unwrap();
    assert_eq!(object["quote"]["src"], "192.0.2.214");
    assert!(line.ends_with(r#","declared":28,"present":28},"extensions":[],"error":null}"#));
}

#[test]
fn times_are_in_the_style_and_the_zone_that_are_asked_for() {
    let (_folder, file) = in_folder(&refusal());
    for (style, zone, time) in [
        ("none", "UTC", ""),
        ("clock", "UTC", "22:13:20.123456 "),
        ("clock", "America/New_York", "17:13:20.123456 "),
        ("epoch", "America/New_York", "1700000000.123456 "),
        ("delta", "UTC", " 00:00:00.000000 "),
        ("since", "UTC", " 00:00:00.000000 "),
        ("date", "America/New_York", "2023-11-14 17:13:20.123456 "),
        ("bsd", "UTC", "Nov 14 22:13:20.123456 "),
    ] {
        let lines = print(&file, &["--time", style], zone);
        assert_eq!(lines[0][..lines[0].find("IP ").unwrap()], *time, "{style} in {zone}");
    }
}

#[test]
fn of_a_cut_packet_there_is_one_line_or_none() {
    for name in ["any-sll.pcap", "any-sll2.pcap", "raw-ip.pcap", "reject.pcap", "snaplen.pcap"] {
        let whole = Pcap::parse(&fs::read(capture(name)).unwrap());
        let cut = Pcap::cut(whole.link, &whole.records, 200);
        let (_folder, file) = in_folder(&cut);
        let lines = pcap::lines(&mut pcap::ours(), &file);
        assert!(lines.len() > 500, "{name}: {}", lines.len());
        for (time, lines) in lines {
            assert_eq!(lines.len(), 1, "{name} at {time}");
        }
    }
}
