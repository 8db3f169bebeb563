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

/// Shows that tcpdump reads an export as the README says, and wirescope otherwise.
pub(crate) fn as_in_readme(file: &Path) -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))?;
    let mut tcpdump = Command::new("tcpdump");
    tcpdump.args(["-T", "cnfp", "-n", "-t", "-c", "1", "-r"]);
    let theirs = String::from_utf8(tcpdump.arg(file).output()?.stdout)?;
    let mut wirescope = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    wirescope.args(["netflow", "--print", "--time", "none"]);
    let ours = String::from_utf8(wirescope.arg(file).output()?.stdout)?;
    for (in_theirs, in_ours) in [
        ("1048576 recs", "16 recs"),
        ("started 0.182, last 29077.823", "started 0.182, last 0.182"),
        (
            "198.51.100.47/198:0:0 > 0.0.0.0/51:0:4352 >> 0.7.0.7",
            "203.0.113.80/0:0:443 > 198.51.100.47/0:0:45375 >> 0.0.0.0",
        ),
    ] {
        for (text, part) in [(&theirs, in_theirs), (&ours, in_ours), (&readme, in_theirs)] {
            if !text.contains(part) {
                return Err(format!("{part} is not in {text}").into());
            }
        }
        if theirs.contains(in_ours) && in_ours != "started 0.182, last 0.182" {
            return Err(format!("tcpdump says {in_ours} too").into());
        }
    }
    let flows = theirs.matches("started ").count();
    if flows == 14 && theirs.ends_with(" [|cnfp]\n") {
        Ok(())
    } else {
        Err(format!("{flows} flows: {theirs}").into())
    }
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
