//! Our JSON of logs of pf against the fields that tshark sees.

use libtest_mimic::Failed;
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// Compares our objects with what tshark makes of a log.
///
/// Where tshark is wrong:
///
/// | what | tshark 4.0.17 |
/// | --- | --- |
/// | link type 17 | unknown |
/// | a header of 49 bytes | without identifier and direction |
/// | a header of 68 or 69 bytes | without identifier |
/// | addresses before or after a translation between families | read as those of the packet's |
pub(crate) fn same_as_now(file: &Path) -> Result<(), Failed> {
    let mut command = Command::new("tshark");
    command.args(["-n", "-T", "fields", "-r"]).arg(file);
    for field in FIELDS {
        command.args(["-e", field]);
    }
    let table = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let objects = objects(file);
    assert_eq!(table.lines().count(), objects.len());
    let mut problems = Vec::new();
    for (i, (row, object)) in table.lines().zip(&objects).enumerate() {
        let cells: Vec<&str> = row.split('\t').collect();
        for (path, theirs) in expected(&cells) {
            let ours = object.pointer(path).unwrap_or(&Value::Null);
            let is_unseen = object["layout"] == 49 && path == "/direction";
            let is_misread = path.starts_with("/rewritten") && object["family"] == "ipv6";
            if *ours != theirs && !is_unseen && !is_misread {
                problems.push(format!("entry {i}, {path}: {ours}, tshark: {theirs}"));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// Returns what each of our fields should be, by tshark.
fn expected(cells: &[&str]) -> Vec<(&'static str, Value)> {
    let number = |cell: &str| cell.parse::<i64>().map_or(Value::Null, Value::from);
    let unless = |none: i64, cell: &str| match cell.parse::<i64>() {
        Ok(number) if number == none => Value::Null,
        _ => number(cell),
    };
    let is_rewritten = cells.last() == Some(&"1");
    let mut all = Vec::new();
    for (field, cell) in FIELDS.into_iter().zip(cells) {
        let (path, value) = match field {
            "pflog.length" => ("/layout", number(cell)),
            "pflog.ifname" => ("/interface", json!(cell)),
            "pflog.ruleset" if cell.is_empty() => ("/ruleset", Value::Null),
            "pflog.ruleset" => ("/ruleset", json!(cell)),
            "pflog.rulenr" => ("/rule", unless(-1, cell)),
            "pflog.subrulenr" => ("/subrule", unless(-1, cell)),
            "pflog.uid" => ("/uid", unless(-1, cell)),
            "pflog.pid" => ("/pid", unless(100_000, cell)),
            "pflog.rule_uid" => ("/rule_uid", unless(-1, cell)),
            "pflog.rule_pid" => ("/rule_pid", unless(100_000, cell)),
            "pflog.action" => ("/action", name(&ACTIONS, cell)),
            "pflog.reason" => ("/reason", name(&REASONS, cell)),
            "pflog.dir" => ("/direction", name(&["in/out", "in", "out"], cell)),
            "ip.src" | "ipv6.src" if !cell.is_empty() => ("/src", json!(cell)),
            "ip.dst" | "ipv6.dst" if !cell.is_empty() => ("/dst", json!(cell)),
            "tcp.srcport" | "udp.srcport" if !cell.is_empty() => ("/src_port", number(cell)),
            "tcp.dstport" | "udp.dstport" if !cell.is_empty() => ("/dst_port", number(cell)),
            "pflog.saddr.ipv4" if is_rewritten => ("/rewritten/src", json!(cell)),
            "pflog.daddr.ipv4" if is_rewritten => ("/rewritten/dst", json!(cell)),
            "pflog.sport" if is_rewritten => ("/rewritten/src_port", number(cell)),
            "pflog.dport" if is_rewritten => ("/rewritten/dst_port", number(cell)),
            _ => continue,
        };
        all.push((path, value));
    }
    all
}

/// Returns the name of a code, as a test can know it without us.
fn name(names: &[&str], cell: &str) -> Value {
    let name = cell.parse().ok().and_then(|code: usize| names.get(code));
    name.map_or(Value::Null, |name| json!(name))
}

fn objects(file: &Path) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    let output = command.args(["pflog", "--json"]).arg(file).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// As pfvar.h of OpenBSD and FreeBSD has them.
const ACTIONS: [&str; 13] = [
    "pass",
    "block",
    "scrub",
    "noscrub",
    "nat",
    "nonat",
    "binat",
    "nobinat",
    "rdr",
    "nordr",
    "synproxy-drop",
    "defer",
    "match",
];

const REASONS: [&str; 15] = [
    "match",
    "bad-offset",
    "fragment",
    "short",
    "normalize",
    "memory",
    "bad-timestamp",
    "congestion",
    "ip-option",
    "proto-cksum",
    "state-mismatch",
    "state-insert",
    "state-limit",
    "src-limit",
    "synproxy",
];

const FIELDS: [&str; 25] = [
    "pflog.length",
    "pflog.ifname",
    "pflog.ruleset",
    "pflog.rulenr",
    "pflog.subrulenr",
    "pflog.uid",
    "pflog.pid",
    "pflog.rule_uid",
    "pflog.rule_pid",
    "pflog.action",
    "pflog.reason",
    "pflog.dir",
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "tcp.srcport",
    "tcp.dstport",
    "udp.srcport",
    "udp.dstport",
    "pflog.saddr.ipv4",
    "pflog.daddr.ipv4",
    "pflog.sport",
    "pflog.dport",
    // The last.
    "pflog.rewritten",
];
