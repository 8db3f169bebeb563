//! The command against other programs: the lines and times of tcpdump, the fields of tshark.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod composed;
mod difference;
mod entries;
mod fields;
mod flows;
mod lines;
mod log_fields;
#[path = "../pcap/mod.rs"]
mod pcap;
mod times;

use libtest_mimic::{Arguments, Failed, Trial};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use testkit::outside::{Need, corpus, trial};

fn main() -> ExitCode {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
    let mut trials = vec![
        trial("the README lists the differences", &[], || difference::PRINT.is_in_readme()),
        trial("the README lists the differences of pflog", &[], || {
            difference::PFLOG.is_in_readme()
        }),
        trial("every difference occurs", &[TCPDUMP], lines::every_difference_occurs),
        trial("every difference of pflog occurs", &[TCPDUMP], entries::every_difference_occurs),
    ];
    for file in captures(&shipped) {
        let name = file_name(&file);
        trials.push(on(&file, format!("lines {name}"), &[TCPDUMP], lines::same));
        trials.push(on(&file, format!("lines cut {name}"), &[TCPDUMP], lines::same_if_cut));
        trials.push(on(&file, format!("times {name}"), &[TCPDUMP], times::same));
        trials.push(on(&file, format!("fields {name}"), &[TSHARK], fields::same_as_now));
    }
    for (name, capture) in composed::captures() {
        trials.push(trial(format!("lines composed {name}"), &[TCPDUMP], move || {
            lines::same_if_cut_in(&capture)
        }));
    }
    // Of odd quotes and lengths tshark shows less.
    let is_odd = |name: &str| name.starts_with("quotes") || name == "declared lengths";
    for (name, capture) in composed::captures().into_iter().filter(|(name, _)| !is_odd(name)) {
        trials.push(trial(format!("fields composed {name}"), &[TSHARK], move || {
            lines::in_file(&capture, fields::same_as_now)
        }));
    }
    // Neither knows the link type of the oldest logs.
    for file in captures(&shipped.join("pflog")).iter().filter(|file| !file.ends_with("old.pcap")) {
        let name = format!("fields pflog {}", file_name(file));
        trials.push(on(file, name, &[TSHARK], log_fields::same_as_now));
        let name = format!("pflog {}", file_name(file));
        trials.push(on(file, name, &[TCPDUMP], entries::same));
    }
    trials.push(trial("pflog headers", &[TCPDUMP], || {
        lines::in_file(&entries::headers(), entries::same)
    }));
    for (name, capture) in entries::captures() {
        trials.push(trial(format!("pflog composed {name}"), &[TCPDUMP], move || {
            entries::same_if_cut(&capture)
        }));
    }
    let lossy = shipped.join("netflow-lossy.pcap");
    trials.push(on(&lossy, "cnfp in the README".into(), &[TCPDUMP], flows::as_in_readme));
    trials.push(trial("times backward", &[TCPDUMP], times::same_backward));
    match corpus() {
        Some(corpus) => {
            for file in captures(&corpus.join("icmp")) {
                let name = format!("corpus {}", file_name(&file));
                trials.push(on(&file, format!("lines {name}"), &[TCPDUMP], lines::same));
                trials.push(on(&file, format!("lines cut {name}"), &[TCPDUMP], lines::same_if_cut));
                trials.push(on(
                    &file,
                    format!("one or none {name}"),
                    &[TCPDUMP],
                    lines::one_or_none,
                ));
                trials.push(on(&file, format!("fields {name}"), &[], fields::same_as_recorded));
            }
            for file in captures(&corpus.join("pflog")) {
                let name = file_name(&file);
                if !REFUSED.contains(&name.as_str()) {
                    let name = format!("pflog corpus {name}");
                    trials.push(on(&file, name, &[TCPDUMP], entries::same));
                }
            }
            for file in captures(&corpus.join("netflow")) {
                let name = format!("flows corpus {}", file_name(&file));
                trials.push(on(&file, name, &[], flows::same_as_recorded));
            }
        }
        None => trials.push(trial("corpus", &[Need::Corpus], || Ok(()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Makes a test of a file.
fn on(
    file: &Path,
    name: String,
    needs: &[Need],
    test: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let file = file.to_owned();
    trial(name, needs, move || test(&file))
}

/// Returns the captures in a folder.
fn captures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pcap" || end == "pcapng"))
        .collect();
    files.sort();
    files
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// Logs that tcpdump does not read: two whose only record is cut, one of link type 17, and one with
/// several link types.
const REFUSED: [&str; 4] = [
    "scapy_pflog_icmp.pcap",
    "scapy_pflog_udp.pcap",
    "synth-old28-linktype17.pcap",
    "synth-pcapng-mixed-interfaces.pcapng",
];

/// Versions differ in their wording: the lines are those of this one.
const TCPDUMP: Need = Need::Program("tcpdump", "tcpdump version 4.99.3");

/// Versions differ in what they find: the fields are those of this one.
const TSHARK: Need = Need::Program("tshark", "TShark (Wireshark) 4.0.17");
