//! The flows of `wirescope netflow --csv` against the fields that tshark saw.

use libtest_mimic::Failed;
use std::{collections::HashMap, fs, path::Path, process::Command};

/// Compares each flow with the row of the table that is recorded beside a capture.
pub(crate) fn same_as_recorded(file: &Path) -> Result<(), Failed> {
    let mut recorded = file.as_os_str().to_owned();
    recorded.push(".tshark-flows.tsv");
    let Ok(table) = fs::read_to_string(&recorded) else { return Ok(()) };
    let theirs = rows(&table, '\t', &THEIRS);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.args(["netflow", "--csv", "--udp-port", "2055", "--udp-port", "9996"]);
    let output = command.arg(file).output()?;
    let mut ours = rows(&String::from_utf8(output.stdout)?, ',', &OURS);
    if file.ends_with(DAMAGED) {
        // Of the two exports in one datagram, tshark reads the first.
        ours.remove(126);
    }
    if ours.len() != theirs.len() {
        return Err(format!("{} flows, tshark has {}", ours.len(), theirs.len()).into());
    }
    for (ours, theirs) in ours.iter().zip(&theirs) {
        if ours != theirs {
            return Err(format!("ours:   {ours:?}\ntshark: {theirs:?}").into());
        }
    }
    Ok(())
}

/// Returns these columns of a table, numbers in decimal.
fn rows(table: &str, separator: char, columns: &[&str]) -> Vec<Vec<String>> {
    let mut lines = table.lines();
    let header: HashMap<&str, usize> =
        lines.next().unwrap_or_default().split(separator).zip(0..).collect();
    let number = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).unwrap().to_string(),
        None => text.to_owned(),
    };
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(separator).collect();
            columns.iter().map(|column| number(cells[header[column]])).collect()
        })
        .collect()
}

/// The capture of exports whose counts and lengths are wrong.
const DAMAGED: &str = "synth-malformed.pcap";

const OURS: [&str; 16] = [
    "srcaddr",
    "dstaddr",
    "nexthop",
    "input",
    "output",
    "packets",
    "octets",
    "srcport",
    "dstport",
    "tcp_flags",
    "protocol",
    "tos",
    "src_as",
    "dst_as",
    "src_mask",
    "dst_mask",
];

const THEIRS: [&str; 16] = [
    "srcaddr",
    "dstaddr",
    "nexthop",
    "inputint",
    "outputint",
    "packets",
    "octets",
    "srcport",
    "dstport",
    "tcpflags",
    "protocol",
    "tos",
    "srcas",
    "dstas",
    "srcmask",
    "dstmask",
];
