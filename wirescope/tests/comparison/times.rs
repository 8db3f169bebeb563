//! The times of our lines against tcpdump's.

use super::{
    lines,
    pcap::{Pcap, Record},
};
use libtest_mimic::Failed;
use std::{path::Path, process::Command};

/// Compares the times of a capture's errors in every style.
pub(crate) fn same(file: &Path) -> Result<(), Failed> {
    match lines::errors_of(file) {
        Some(capture) => compare(&capture),
        None => Ok(()),
    }
}

/// Compares times that step backward, over the change to winter time in Vienna, and stay apart for
/// most of a day.
pub(crate) fn same_backward() -> Result<(), Failed> {
    let capture = super::composed::captures().swap_remove(0).1;
    let times = [
        (1_698_541_199, 999_999),
        (1_698_541_200, 0),
        (1_698_541_199, 1),
        (1_698_541_198, 2),
        (1_698_620_000, 123_456),
        (1_698_540_000, 0),
    ];
    let record = |(record, (seconds, microseconds)): (&Record, _)| Record {
        seconds,
        microseconds,
        ..record.clone()
    };
    let records = capture.records.iter().zip(times).map(record).collect();
    compare(&Pcap { link: capture.link, records })
}

fn compare(capture: &Pcap) -> Result<(), Failed> {
    let styles = [
        ("clock", None),
        ("none", Some("-t")),
        ("epoch", Some("-tt")),
        ("delta", Some("-ttt")),
        ("date", Some("-tttt")),
        ("since", Some("-ttttt")),
    ];
    lines::in_file(capture, |file| {
        let run = |program: &mut Command, zone| -> Vec<String> {
            let output = program.arg(file).env("TZ", zone).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            // What continues a line begins with a tab.
            text.lines().filter(|line| !line.starts_with('\t')).map(str::to_owned).collect()
        };
        for zone in ["UTC", "Europe/Vienna"] {
            let ours = |style| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
                run(command.args(["unreach", "--print", "--time", style]), zone)
            };
            let theirs = |option: Option<&str>| {
                run(Command::new("tcpdump").arg("-n").args(option).arg("-r"), zone)
            };
            for (style, option) in styles {
                let ours = times(ours(style), &ours("none"));
                let theirs = times(theirs(option), &theirs(Some("-t")));
                if ours != theirs || ours.len() != capture.records.len() {
                    return Err(
                        format!("{style} in {zone}: {ours:#?}\ntcpdump: {theirs:#?}").into()
                    );
                }
            }
        }
        Ok(())
    })
}

/// Returns what precedes the same lines without times.
fn times(mut lines: Vec<String>, without: &[String]) -> Vec<String> {
    assert_eq!(lines.len(), without.len());
    for (line, without) in lines.iter_mut().zip(without) {
        let time = line.strip_suffix(without.as_str()).expect("the line without its time");
        *line = time.to_owned();
    }
    lines
}
