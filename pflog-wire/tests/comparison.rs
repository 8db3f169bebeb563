//! Real entries against other decoders: the fields that tshark saw, and the lines of tcpdump.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use core::net::{Ipv4Addr, Ipv6Addr};
use libtest_mimic::{Arguments, Failed};
use pflog_wire::{Action, ByteOrder, Direction, Entry, Layout, LinkType, Name, Reason};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use testkit::outside::{Need, corpus, trial};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    match corpus() {
        Some(corpus) => {
            let mut files: Vec<PathBuf> = fs::read_dir(corpus.join("pflog"))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|end| end == "pcap"))
                .collect();
            files.sort();
            for file in files {
                for (program, end, test) in COMPARISONS {
                    let theirs = beside(&file, end);
                    if theirs.exists() {
                        let name = file.file_name().unwrap().to_string_lossy();
                        let file = file.clone();
                        trials.push(trial(format!("{program} {name}"), &[], move || {
                            test(&file, &fs::read_to_string(&theirs)?)
                        }));
                    }
                }
            }
        }
        None => trials.push(trial("corpus", &[Need::Corpus], || Ok(()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

type Comparison = fn(&Path, &str) -> Result<(), Failed>;

const COMPARISONS: [(&str, &str, Comparison); 2] =
    [("tshark", "tshark.tsv", same_as_tshark), ("tcpdump", "tcpdump.txt", same_as_tcpdump)];

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

/// What a program gets wrong of a field, and of which entries.
struct Bug {
    field: &'static str,
    what: &'static str,
    is_met: fn(&Entry<'_>) -> bool,
}

const TSHARK_BUGS: [Bug; 1] = [Bug {
    field: "address",
    what: "addresses are read by af, where they are of naf",
    is_met: |entry| entry.naf().is_some_and(|naf| naf.0 != 0 && naf != entry.family()),
}];

/// Of 4.99.3 on Linux.
const TCPDUMP_BUGS: [Bug; 6] = [
    Bug {
        field: "direction",
        what: "the direction of 45 bytes is read at byte 60, which is the packet's",
        is_met: |entry| entry.layout() < Layout::OPENBSD_4_1,
    },
    Bug {
        field: "direction",
        what: "\"fwd\" is known on OpenBSD only",
        is_met: |entry| entry.direction() == Some(Direction::FWD),
    },
    Bug {
        field: "action",
        what: "there is no \"noscrub\" before 4.99.6",
        is_met: |entry| entry.action() == Action::NOSCRUB,
    },
    Bug {
        field: "action",
        what: "actions over 10 are those of the system it was built on",
        is_met: |entry| entry.action() > Action::SYNPROXY_DROP,
    },
    Bug {
        field: "reason",
        what: "3 is not known, and 4 is called 3(short)",
        is_met: |entry| [Reason::SHORT, Reason::NORMALIZE].contains(&entry.reason()),
    },
    Bug {
        field: "reason",
        what: "reasons over 14 are those of the system it was built on",
        is_met: |entry| entry.reason() > Reason::SYNPROXY,
    },
];

/// Demands that they are the same, but for what is known to be wrong there.
fn compare(bugs: &[Bug], entry: &Entry<'_>, field: &str, ours: &str, theirs: &str) {
    let bug = bugs.iter().find(|bug| bug.field == field && (bug.is_met)(entry));
    if ours != theirs {
        let what = bug.map(|bug| bug.what);
        assert!(what.is_some(), "{field}: {ours} here, {theirs} there, of {entry:?}");
    }
}

/// The lines of a table, each with its cells by the names of the columns.
fn rows(table: &str) -> impl Iterator<Item = HashMap<&str, &str>> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(move |line| columns.iter().copied().zip(line.split('\t')).collect())
}

fn same_as_tshark(file: &Path, table: &str) -> Result<(), Failed> {
    let capture = Capture::read(file);
    let mut compared = 0;
    for row in rows(table) {
        let frame: usize = row["frame.number"].parse()?;
        let Ok((entry, error)) = capture.lax(frame - 1) else {
            // It shows what is there of less than all layouts have in common.
            continue;
        };
        let text = |number: Option<i64>| number.map(|number| number.to_string());
        let signed = |number: Option<u32>| {
            text(number.map(|number| i64::from(i32::from_ne_bytes(number.to_ne_bytes()))))
        };
        let name = |name: Name<'_>| Some(String::from_utf8_lossy(name.0).into_owned());
        let (layout, is_old) = (entry.layout().0, entry.layout() == Layout::OPENBSD_3_0);
        let rule = if is_old { "pflog.rnr" } else { "pflog.rulenr" };
        for (field, ours) in [
            ("pflog.length", text((!is_old).then_some(layout.into()))),
            ("pflog.af", text(Some(entry.family().0.into()))),
            ("pflog.action", text(Some(entry.action().0.into()))),
            ("pflog.reason", text(Some(entry.reason().0.into()))),
            ("pflog.ifname", name(entry.interface())),
            ("pflog.ruleset", entry.ruleset().and_then(name)),
            (rule, signed(Some(entry.raw_rule()))),
            ("pflog.subrulenr", signed(entry.raw_subrule())),
            ("pflog.uid", signed(entry.raw_uid())),
            ("pflog.pid", text(entry.raw_pid().map(i64::from))),
            ("pflog.rule_uid", signed(entry.raw_rule_uid())),
            ("pflog.rule_pid", text(entry.raw_rule_pid().map(i64::from))),
            ("pflog.dir", text(entry.direction().map(|direction| direction.0.into()))),
            ("pflog.rewritten", text(entry.raw_rewritten().map(i64::from))),
            ("pflog.sport", text(entry.sport().map(i64::from))),
            ("pflog.dport", text(entry.dport().map(i64::from))),
        ] {
            let (ours, theirs) = (ours.unwrap_or_default(), row.get(field).copied().unwrap_or(""));
            // Of a layout that is not known it shows what one of a similar length has, or less.
            if error.is_none() || !ours.is_empty() && !theirs.is_empty() {
                compare(&TSHARK_BUGS, &entry, field, &ours, theirs);
            }
        }
        if error.is_none() {
            same_addresses(&entry, &row);
            compared += 1;
        }
    }
    assert!(compared > 0 || table.lines().any(|line| line.starts_with('#')), "nothing compared");
    Ok(())
}

/// The addresses of a translation, its family, and those of the packet.
fn same_addresses(entry: &Entry<'_>, row: &HashMap<&str, &str>) {
    let cell = |name: &str| row.get(name).copied().unwrap_or_default();
    let v4 = |bytes: &[u8]| Ipv4Addr::from(<[u8; 4]>::try_from(bytes).unwrap()).to_string();
    let v6 = |bytes: &[u8]| Ipv6Addr::from(<[u8; 16]>::try_from(bytes).unwrap()).to_string();
    for (side, ours, raw) in
        [("saddr", entry.saddr(), entry.raw_saddr()), ("daddr", entry.daddr(), entry.raw_daddr())]
    {
        let (four, six) = (format!("pflog.{side}.ipv4"), format!("pflog.{side}.ipv6"));
        let Some(raw) = raw else {
            assert_eq!((cell(&four), cell(&six)), ("", ""));
            continue;
        };
        let theirs = [cell(&four), cell(&six)].concat();
        let ours = ours.map_or(String::new(), |address| address.to_string());
        compare(&TSHARK_BUGS, entry, "address", &ours, &theirs);
        // The bytes are the same.
        assert!(theirs == v4(&raw[..4]) || theirs == v6(raw), "{theirs} of {entry:?}");
        // It takes naf for a pad.
        assert_eq!(
            entry.naf().map(|naf| format!("{:02x}", naf.0)).as_deref(),
            cell("pflog.pad").get(..2)
        );
    }
    let payload = entry.payload();
    let first = |name: &str| cell(name).split('|').next().unwrap_or_default().to_owned();
    if entry.version_mismatch().is_none() {
        let (theirs, ours) = match payload.first().map(|byte| byte >> 4) {
            Some(4) => (first("ip.src"), payload.get(12..16).map(v4)),
            Some(6) => (first("ipv6.src"), payload.get(8..24).map(v6)),
            _ => return,
        };
        // It does not look into a packet of a family that it does not know, nor into a cut one.
        if !theirs.is_empty() {
            compare(&TSHARK_BUGS, entry, "payload", &ours.unwrap_or_default(), &theirs);
        }
    }
}

fn same_as_tcpdump(file: &Path, lines: &str) -> Result<(), Failed> {
    let capture = Capture::read(file);
    let lines: Vec<&str> =
        lines.lines().filter(|line| !line.starts_with(['#', ' ', '\t'])).collect();
    for (n, line) in lines.iter().enumerate() {
        let Some((_, line)) = line.split_once(" rule ") else {
            assert!(line.contains("[|pflog]") || line.contains("nvalid header"), "{line}");
            assert!(capture.parse(n).is_err(), "{line}");
            continue;
        };
        let Ok((entry, _)) = capture.lax(n) else { panic!("{line}") };
        let (rule, rest) = line.split_once("): ").unwrap();
        let (rule, reason) = rule.rsplit_once('/').unwrap();
        let (action, rest) = rest.split_once(' ').unwrap();
        let (direction, rest) = rest.split_once(" on ").unwrap();
        let (interface, _) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));

        let ruleset = entry.ruleset().map_or(String::new(), caret);
        let expected = match entry.raw_subrule() {
            Some(u32::MAX) | None => entry.raw_rule().to_string(),
            Some(subrule) => format!("{}.{ruleset}.{subrule}", entry.raw_rule()),
        };
        let unknown = |number: u16| format!("unkn({number})");
        let number = entry.reason().0;
        let expected_reason =
            entry.reason_names().only().map_or(unknown(number), |name| format!("{number}({name})"));
        let expected_action =
            entry.action_names().only().map_or(unknown(entry.action().0), Into::into);
        let expected_direction = entry.direction().map_or(String::new(), |direction| {
            let name = entry.direction_names().unwrap().only();
            name.map_or(unknown(direction.0), Into::into)
        });
        for (field, ours, theirs) in [
            ("rule", &expected, rule),
            ("reason", &expected_reason, &format!("{reason})")),
            ("action", &expected_action, action),
            ("direction", &expected_direction, direction),
            ("interface", &caret(entry.interface()), interface),
        ] {
            compare(&TCPDUMP_BUGS, &entry, field, ours, theirs);
        }
    }
    Ok(())
}

/// A name as tcpdump prints it.
fn caret(name: Name<'_>) -> String {
    let printed = |&byte: &u8| {
        let meta = if byte >= 0x80 { "M-" } else { "" };
        match byte & 0x7f {
            low @ (0..0x20 | 0x7f) => format!("{meta}^{}", char::from(low ^ 0x40)),
            low => format!("{meta}{}", char::from(low)),
        }
    };
    name.0.iter().map(printed).collect()
}

/// A pcap file.
struct Capture {
    byte_order: ByteOrder,
    link_type: LinkType,
    packets: Vec<Vec<u8>>,
}

impl Capture {
    /// Reads the packets that are whole.
    fn read(file: &Path) -> Self {
        let bytes = fs::read(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        let byte_order = match bytes[..4] {
            [0xd4, 0xc3, 0xb2, 0xa1] | [0x4d, 0x3c, 0xb2, 0xa1] => ByteOrder::Little,
            [0xa1, 0xb2, 0xc3, 0xd4] => ByteOrder::Big,
            _ => panic!("{file:?} is no pcap file"),
        };
        let u32_at = |at: usize| {
            let bytes = bytes[at..at + 4].try_into().unwrap();
            match byte_order {
                ByteOrder::Little => u32::from_le_bytes(bytes),
                ByteOrder::Big => u32::from_be_bytes(bytes),
            }
        };
        let mut packets = Vec::new();
        let mut at = 24;
        while at < bytes.len() {
            let len = usize::try_from(u32_at(at + 8)).unwrap();
            let Some(packet) = bytes.get(at + 16..at + 16 + len) else { break };
            packets.push(packet.to_vec());
            at += 16 + len;
        }
        Self { byte_order, link_type: LinkType::from_number(u32_at(20)).unwrap(), packets }
    }

    fn parse(&self, n: usize) -> Result<Entry<'_>, pflog_wire::Error> {
        Entry::parse(&self.packets[n], self.link_type, self.byte_order)
    }

    fn lax(&self, n: usize) -> Result<(Entry<'_>, Option<pflog_wire::Error>), pflog_wire::Error> {
        Entry::parse_lax(&self.packets[n], self.link_type, self.byte_order)
    }
}
