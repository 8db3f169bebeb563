//! The report: who knocked, what they wanted, who refused them, how often and when.

mod rates;
mod table;

use super::{
    diagnosis::{Cause, Refuser, causes},
    findings::{Findings, LIMIT},
};
use crate::{
    clock::Clock,
    copies::MOST_SETS,
    text::{plural, write_wrapped},
};
use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

/// What the user chose of the report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// How many causes are shown of each table, and how many hosts; `None` is all.
    pub(super) top: Option<usize>,
    /// How many datagrams a host is thought to refuse in a second at most.
    pub(super) limit: u64,
}

/// Writes the report.
pub(super) fn write(
    output: &mut impl Write,
    findings: &mut Findings,
    options: Options,
) -> io::Result<()> {
    if findings.refused == 0 {
        writeln!(output, "No destination unreachable in {}.", read(findings))?;
        writeln!(
            output,
            "A closed TCP port answers with a reset, a filtered port not at all, and a"
        )?;
        writeln!(
            output,
            "host may hold its answers back: sysctl net.inet.icmp.icmplim on FreeBSD."
        )?;
        return write_remarks(output, findings);
    }
    let clock = Clock::new(findings.span);
    let refused = plural(findings.refused, "datagram");
    let title = format!("{refused} refused{}, in {}.", clock.title(), read(findings));
    write_wrapped(output, &title)?;
    write_sections(output, &causes(findings), options, &clock)?;
    rates::write(output, findings, options, &clock)?;
    write_remarks(output, findings)
}

/// Says what was read.
fn read(findings: &Findings) -> String {
    let packets = plural(findings.packets, "packet");
    match findings.without_ip {
        0 => packets,
        all if all == findings.packets => {
            format!("{packets}, none of which holds an IP datagram")
        }
        some => format!("{packets}, {some} of them without an IP datagram"),
    }
}

/// Writes a table for each reason, those with the most refusals first.
fn write_sections(
    output: &mut impl Write,
    causes: &[Cause],
    options: Options,
    clock: &Clock,
) -> io::Result<()> {
    let mut sections: BTreeMap<String, Vec<&Cause>> = BTreeMap::new();
    for cause in causes {
        sections.entry(heading(cause)).or_default().push(cause);
    }
    let mut sections: Vec<(String, Vec<&Cause>)> = sections.into_iter().collect();
    sections.sort_by_key(|(_, causes)| Reverse(total(causes)));
    for (heading, causes) in sections {
        let shown = options.top.unwrap_or(causes.len()).min(causes.len());
        let (shown, hidden) = causes.split_at_checked(shown).unwrap_or_default();
        writeln!(output, "\n{heading}: {}", plural(total(&causes), "refusal"))?;
        table::write(output, shown, clock)?;
        if !hidden.is_empty() {
            let refusals = plural(total(hidden), "refusal");
            writeln!(output, "         {} more, with {refusals}: --top 0 shows all", hidden.len())?;
        }
    }
    Ok(())
}

/// Says why the datagrams were refused, and who says so.
fn heading(cause: &Cause) -> String {
    let reason = cause.circumstances.reason.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let who = match cause.circumstances.refuser {
        Refuser::Wanted => "the wanted host itself",
        Refuser::Knocker => "the knocker's own host",
        Refuser::InTransit(_) => "another host, in transit",
    };
    format!("{}{}, says {who}", first.unwrap_or_default(), letters.as_str())
}

/// Writes what else there is to say of the capture.
fn write_remarks(output: &mut impl Write, findings: &Findings) -> io::Result<()> {
    let mut remarks = Vec::new();
    for (count, example) in findings.damaged.values() {
        let says = if *count == 1 { "message says" } else { "messages say" };
        remarks.push(format!("{count} {says} not what was refused: {example}"));
    }
    if findings.pairs.has_forgotten() {
        remarks.push(format!(
            "There are more than {LIMIT} pairs of hosts and ports: of the rarest the knockers are \
             forgotten, and the count of any one pair may lack up to {}.",
            findings.pairs.lacking()
        ));
    }
    if findings.rest.has_forgotten() {
        let refusals = plural(findings.rest.forgotten(), "refusal");
        remarks.push(format!("{refusals} are in no row: there are too many pairs."));
    }
    if findings.knocks.has_forgotten() {
        remarks.push(format!(
            "How often datagrams were captured is not told: they are of more than {LIMIT} flows."
        ));
    }
    if findings.hurried() > 0 && findings.copies > 0 {
        remarks.push(format!(
            "Some copies may have been counted: {} came in seconds with more than {MOST_SETS}.",
            plural(findings.hurried(), "datagram")
        ));
    }
    if findings.copies > 0 {
        let copies = if findings.copies == 1 { "copy" } else { "copies" };
        remarks.push(format!(
            "{} {copies} of datagrams that were captured before, elsewhere, not counted again.",
            findings.copies
        ));
    }
    if !findings.tunneled.is_empty() {
        remarks
            .push(format!("In tunnels, not looked into: refusals {}.", list(&findings.tunneled)));
    }
    if !findings.others.is_empty() {
        remarks.push(format!("Other ICMP messages, see --print: {}.", list(&findings.others)));
    }
    if !remarks.is_empty() {
        writeln!(output)?;
    }
    remarks.iter().try_for_each(|remark| write_wrapped(output, remark))
}

fn total(causes: &[&Cause]) -> u64 {
    causes.iter().fold(0, |sum, cause| sum.saturating_add(cause.count))
}

fn list(counts: &BTreeMap<&str, u64>) -> String {
    let counts: Vec<String> =
        counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
    counts.join(", ")
}
