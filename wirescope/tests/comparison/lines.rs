//! Our lines against tcpdump's.

use super::{
    composed,
    difference::{self, Difference, PRINT, Table},
    fields, pcap,
};
use crate::pcap::{Pcap, Record, ours};
use libtest_mimic::Failed;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};
use tempfile::TempDir;

/// Compares the lines of a capture.
pub(crate) fn same(file: &Path) -> Result<(), Failed> {
    if converted(file).is_none() {
        return Ok(());
    }
    compare(&pcap::lines(&mut tcpdump(), file), &pcap::lines(&mut ours(), file)).verdict()
}

/// Compares what is printed of a capture's errors, each of them cut to every length.
pub(crate) fn same_if_cut(file: &Path) -> Result<(), Failed> {
    let Some(capture) = errors_of(file) else { return Ok(()) };
    compare_cut(&capture).verdict()
}

/// Does the same to a capture in memory.
pub(crate) fn same_if_cut_in(capture: &Pcap) -> Result<(), Failed> {
    compare_cut(capture).verdict()
}

/// Checks that of every packet, cut to every length, there is one line and one object or none.
pub(crate) fn one_or_none(file: &Path) -> Result<(), Failed> {
    let Some(capture) = converted(file) else { return Ok(()) };
    in_file(&Pcap::cut(capture.link, &capture.records, usize::MAX), |file| {
        let lines = pcap::lines(&mut ours(), file);
        let objects = fields::objects(file);
        assert_eq!(lines.len(), objects.len());
        match lines.values().find(|lines| lines.len() > 1) {
            Some(lines) => Err(format!("{lines:#?}").into()),
            None => Ok(()),
        }
    })
}

/// Checks that no difference is listed that there is not.
pub(crate) fn every_difference_occurs() -> Result<(), Failed> {
    let captures = composed::captures();
    let used = captures.iter().flat_map(|(_, capture)| compare_cut(capture).used).collect();
    all_occur(&PRINT, &used)
}

/// Returns what a capture holds as a classic pcap file, `None` if that cannot be: it holds packets of
/// several link types, and tcpdump does not read it.
fn converted(file: &Path) -> Option<Pcap> {
    let output = Command::new("tcpdump").args(["-w", "-", "-r"]).arg(file).output().unwrap();
    let is_mixed = file.ends_with("mixed.pcapng");
    assert_eq!(output.status.success(), !is_mixed, "{}", file.display());
    (!is_mixed).then(|| Pcap::parse(&output.stdout))
}

/// Returns the packets of a capture of whose ICMP errors tcpdump prints different lines, `None` if
/// it does not read the capture.
pub(crate) fn errors_of(file: &Path) -> Option<Pcap> {
    let Pcap { link, records } = converted(file)?;
    // Times by which a line's packet is known.
    let packets = records.iter().map(|record| (record.data.clone(), record.wire_len));
    let theirs = in_file(&Pcap::of(link, packets), |file| pcap::lines(&mut tcpdump(), file));
    assert_eq!(theirs.len(), records.len());
    let mut shapes = BTreeSet::new();
    let is_new = |(_, line): &(&Record, &Vec<String>)| {
        let shape = line[0].replace(|c: char| c.is_ascii_hexdigit(), "");
        is_error(&line[0]) && shapes.insert(shape)
    };
    let records = records.iter().zip(theirs.values()).filter(is_new);
    Some(Pcap { link, records: records.map(|(record, _)| record.clone()).collect() })
}

/// Writes a capture to a file that is there as long as `read` reads it.
pub(crate) fn in_file<T>(capture: &Pcap, read: impl FnOnce(&Path) -> T) -> T {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("capture");
    fs::write(&file, capture.to_bytes()).unwrap();
    read(&file)
}

fn compare_cut(capture: &Pcap) -> Comparison {
    // 200 bytes hold the longest headers, and the ports behind them.
    let cut = Pcap::cut(capture.link, &capture.records, 200);
    in_file(&cut, |file| {
        compare(&pcap::lines(&mut tcpdump(), file), &pcap::lines(&mut ours(), file))
    })
}

fn tcpdump() -> Command {
    let mut command = Command::new("tcpdump");
    command.args(["-n", "-tt", "-r"]);
    command
}

/// Checks that each difference of a table was among those that occurred.
pub(crate) fn all_occur(table: &Table, used: &BTreeSet<usize>) -> Result<(), Failed> {
    let unused: Vec<usize> = (0..table.differences.len()).filter(|i| !used.contains(i)).collect();
    if unused.is_empty() { Ok(()) } else { Err(format!("these do not occur: {unused:?}").into()) }
}

/// What a comparison found.
pub(crate) struct Comparison {
    /// Those that there may be.
    differences: Vec<&'static Difference>,
    problems: Vec<String>,
    /// The differences that occurred.
    pub(crate) used: BTreeSet<usize>,
}

impl Comparison {
    pub(crate) fn new(tables: &[&Table]) -> Self {
        let differences = tables.iter().flat_map(|table| table.differences).collect();
        Self { differences, problems: Vec::new(), used: BTreeSet::new() }
    }

    pub(crate) fn line(&mut self, theirs: &str, ours: &str) {
        match difference::between(&self.differences, theirs, ours) {
            Some(used) => self.used.extend(used),
            None => self.problems.push(format!("tcpdump: {theirs}\nours:    {ours}")),
        }
    }

    pub(crate) fn verdict(self) -> Result<(), Failed> {
        let count = self.problems.len();
        match count {
            0 => Ok(()),
            _ => {
                let first: Vec<String> = self.problems.into_iter().take(20).collect();
                Err(format!("{count} differences\n{}", first.join("\n")).into())
            }
        }
    }
}

fn compare(
    theirs: &BTreeMap<String, Vec<String>>,
    ours: &BTreeMap<String, Vec<String>>,
) -> Comparison {
    let mut found = Comparison::new(&[&PRINT]);
    let times: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    for time in times {
        let lines = |of: &BTreeMap<String, Vec<String>>| of.get(time).cloned().unwrap_or_default();
        let (theirs, ours) = (lines(theirs), lines(ours));
        if let ([theirs], [ours]) = (&theirs[..], &ours[..]) {
            found.line(theirs, ours);
            continue;
        }
        let errors: Vec<&String> = theirs.iter().filter(|line| is_error(line)).collect();
        if errors.len() == ours.len() {
            errors.iter().zip(&ours).for_each(|(theirs, ours)| found.line(theirs, ours));
        } else {
            found.problems.push(format!("at {time}\ntcpdump: {theirs:#?}\nours:    {ours:#?}"));
        }
    }
    found
}

/// Returns whether tcpdump's line is about an ICMP error that is not inside a tunnel.
fn is_error(line: &str) -> bool {
    let Some((_, rest)) = line.split_once(" > ") else { return false };
    let Some((_, mut message)) = rest.split_once(": ") else { return false };
    while let Some(rest) = behind_extension_header(message) {
        message = rest;
    }
    if message.starts_with(" [|icmp") {
        return true;
    }
    let (words, after): (&[&str], _) = match message.strip_prefix("ICMP6, ") {
        Some(after) => (&V6_WORDS, after),
        None => (&V4_WORDS, message.strip_prefix("ICMP ").unwrap_or_default()),
    };
    words.iter().any(|word| after.starts_with(word))
        || message.starts_with("ICMP ") && after.contains(" unreachable")
}

fn behind_extension_header(line: &str) -> Option<&str> {
    let one_word = line.strip_prefix("HBH ").or_else(|| line.strip_prefix("DSTOPT "));
    let in_brackets = || {
        let rest = line.strip_prefix("frag (0|").or_else(|| line.strip_prefix("RT6 ("))?;
        Some(rest.split_once(") ")?.1)
    };
    let authentication = || Some(line.strip_prefix("AH(")?.split_once("): ")?.1);
    one_word.or_else(in_brackets).or_else(authentication)
}

const V4_WORDS: [&str; 5] =
    ["redirect", "source quench", "time exceeded", "ip reassembly", "parameter problem"];
const V6_WORDS: [&str; 4] =
    ["destination unreachable", "packet too big", "time exceeded", "parameter problem"];
