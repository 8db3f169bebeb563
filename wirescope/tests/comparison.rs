//! `--print` against other decoders: tcpdump's lines, and the fields that tshark saw.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};
use testkit::outside::{Need, corpus, trial};

/// Versions differ in their wording: the lines are those of this one.
const TCPDUMP: Need = Need::Program("tcpdump", "tcpdump version 4.99.3");

fn main() -> ExitCode {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
    let mut trials: Vec<Trial> = captures(&shipped)
        .into_iter()
        .map(|file| trial(name("tcpdump", &file), &[TCPDUMP], move || same_as_tcpdump(&file)))
        .collect();
    match corpus() {
        Some(corpus) => {
            for file in captures(&corpus.join("icmp")) {
                let ours = file.clone();
                trials.push(trial(name("tcpdump corpus", &file), &[TCPDUMP], move || {
                    same_as_tcpdump(&ours)
                }));
                trials
                    .push(trial(name("tshark corpus", &file), &[], move || same_as_tshark(&file)));
            }
        }
        None => trials.push(trial("corpus", &[Need::Corpus], || Ok(()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn captures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pcap" || end == "pcapng"))
        .collect();
    files.sort();
    files
}

fn name(prefix: &str, file: &Path) -> String {
    format!("{prefix} {}", file.file_name().unwrap().to_string_lossy())
}

/// Returns our lines from `IP ` or `IP6 ` on, `None` if the link type is not read.
fn our_lines(file: &Path) -> Option<Vec<String>> {
    let output = Command::new(env!("CARGO_BIN_EXE_wirescope"))
        .args(["unreach", "--print"])
        .arg(file)
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    if stderr.contains("is not one that is read") {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(LINK_TYPES_NOT_READ.contains(&name), "{stderr}");
        return None;
    }
    assert!(output.status.success(), "{stderr}");
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect())
}

fn same_as_tcpdump(file: &Path) -> Result<(), Failed> {
    let output = Command::new("tcpdump").args(["-n", "-t", "-r"]).arg(file).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let theirs: Vec<&str> = lines.lines().filter_map(unreachable).collect();
    let Some(ours) = our_lines(file) else { return Ok(()) };
    let mut differences = Vec::new();
    if ours.len() != theirs.len() {
        differences.push(format!("{} lines, tcpdump has {}", ours.len(), theirs.len()));
    }
    for (ours, theirs) in ours.iter().zip(&theirs) {
        if ours != theirs && !is_explained(ours, theirs) {
            differences.push(format!("ours:    {ours}\ntcpdump: {theirs}"));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Captures of link types that are not read: of these, only that they are refused is tested.
const LINK_TYPES_NOT_READ: [&str; 5] = [
    "synth-encap-null.pcap",
    "synth-encap-ppp.pcap",
    "tcpdump_mpls-traceroute.pcap",
    "tcpdump_icmp-rfc5837.pcap",
    "tcpdump_icmp_inft_name_length_zero.pcap",
];

/// Returns the line from `IP ` on if it is of a destination unreachable that is not in a tunnel or
/// behind a link header that is not read.
fn unreachable(line: &str) -> Option<&str> {
    let is_unreachable = line.contains(" unreachable") && line.contains(": ICMP")
        || line.contains("beyond scope")
        || line.ends_with(": [|icmp]")
        || line.ends_with(":  [|icmp]");
    let is_wrapped = line.contains("IP6 2001:470:1f16:13f::2") // 6in4
        || line.contains("GREv0")
        || line.starts_with("MPLS")
        || line.starts_with("PPPoE");
    if !is_unreachable || is_wrapped {
        return None;
    }
    // Cooked captures print the interface and the direction first.
    let start = ["IP ", "IP6 "].iter().filter_map(|ip| line.find(ip)).min()?;
    line.get(start..)
}

/// Differences that are meant: see the table in the README.
fn is_explained(ours: &str, theirs: &str) -> bool {
    // tcpdump has no words for IPv6 codes above 4, and no address and length then.
    if let Some((before, code)) = theirs.split_once("unknown unreach code (") {
        let code: u8 = code.trim_end_matches(')').parse().unwrap();
        return code > 4 && ours.starts_with(before);
    }
    // tcpdump finds IPv6 ports in TCP and UDP alone.
    if let Some(before) = theirs.strip_suffix(" [|icmp6]") {
        return ours.starts_with(&format!("{before}, ")) && ours.contains(" protocol ");
    }
    // tcpdump takes the first bytes of any protocol, and of later fragments, for ports.
    if let Some(before) = ours.split(" (no port)").next().filter(|before| *before != ours) {
        return theirs.starts_with(before);
    }
    if let Some((before, _)) = ours.split_once(" (later fragment)") {
        return theirs.starts_with(before);
    }
    false
}

/// Compares addresses, codes and ports with the fields that tshark saw.
fn same_as_tshark(file: &Path) -> Result<(), Failed> {
    let mut expected = PathBuf::from(file).into_os_string();
    expected.push(".tshark.tsv");
    let table = fs::read_to_string(&expected).map_err(|error| format!("{expected:?}: {error}"))?;
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let Some(ours) = our_lines(file) else { return Ok(()) };
    let mut ours = ours.iter();
    for line in lines {
        let row: HashMap<&str, Vec<&str>> = header
            .iter()
            .copied()
            .zip(line.split('\t'))
            .map(|(field, values)| (field, values.split('|').collect()))
            .collect();
        let field = |name: &str, i: usize| {
            row.get(name).and_then(|values| values.get(i)).copied().unwrap_or_default()
        };
        let protocols = field("frame.protocols", 0);
        let (ip, code) = match (field("icmp.type", 0), field("icmpv6.type", 0)) {
            ("3", "") => ("ip", field("icmp.code", 0)),
            ("", "1") => ("ipv6", field("icmpv6.code", 0)),
            _ => continue,
        };
        // tshark looks into tunnels and behind link headers that are not read.
        let outer = protocols.split("icmp").next().unwrap_or_default();
        if ["gre", "mpls", "pppoe", "ip:ipv6"].iter().any(|wrap| outer.contains(wrap)) {
            continue;
        }
        let line = ours.next().ok_or_else(|| format!("no line for: {line}"))?;
        let (source, destination) =
            (field(&format!("{ip}.src"), 0), field(&format!("{ip}.dst"), 0));
        let addresses = format!("{source} > {destination}: ");
        if !line.contains(&addresses) {
            return Err(format!("{addresses} is not in: {line}").into());
        }
        let (wanted, port) = match ip {
            "ip" => (field("ip.dst", 1), code == "3"),
            _ => (field("ipv6.dst", 1), code == "4"),
        };
        if !line.contains("[|icmp") && !line.contains(wanted) {
            return Err(format!("{wanted} is not in: {line}").into());
        }
        for transport in ["udp", "tcp"] {
            let number = field(&format!("{transport}.dstport"), 0);
            if port && !number.is_empty() && !line.contains("[|icmp") {
                let port = format!(" port {number}");
                if !line.contains(&port) {
                    return Err(format!("{port} is not in: {line}").into());
                }
            }
        }
    }
    match ours.next() {
        None => Ok(()),
        Some(line) if line.ends_with(" [|icmp]") => Ok(()),
        Some(line) => Err(format!("tshark sees no such message: {line}").into()),
    }
}
