//! The report: who knocked, what they wanted, who refused them, how often and when.

mod clock;
mod rates;
mod table;

use self::clock::Clock;
use super::{
    diagnosis::{Cause, causes},
    findings::{Findings, LIMIT},
};
use std::{
    cmp::Reverse,
    io::{self, Write},
};

/// What the user chose of the report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// How many causes are shown; `None` is all.
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
    writeln!(output, "{refused} refused{}, in {}.", clock.title(), read(findings))?;
    let mut causes = causes(findings);
    let shown = options.top.unwrap_or(causes.len()).min(causes.len());
    let hidden = causes.split_off(shown);
    write_sections(output, &mut causes, &clock)?;
    if !hidden.is_empty() {
        let refusals = plural(total(&hidden), "refusal");
        writeln!(output, "\n{} more with {refusals}: --top 0 shows all.", hidden.len())?;
    }
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
fn write_sections(output: &mut impl Write, causes: &mut [Cause], clock: &Clock) -> io::Result<()> {
    causes.sort_by_cached_key(heading);
    let mut sections: Vec<&[Cause]> =
        causes.chunk_by(|cause, next| heading(cause) == heading(next)).collect();
    sections.sort_by_key(|section| Reverse(total(section)));
    for section in sections {
        let Some(first) = section.first() else { continue };
        writeln!(output, "\n{}: {}", heading(first), plural(total(section), "refusal"))?;
        table::write(output, section, clock)?;
    }
    Ok(())
}

/// Says why the datagrams were refused, and who says so.
fn heading(cause: &Cause) -> String {
    let reason = cause.circumstances.reason.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let who = match cause.circumstances.in_transit {
        None => "the wanted host itself",
        Some(_) => "another host, in transit",
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
    if findings.pairs.forgotten() > 0 {
        remarks.push(format!(
            "{} are in no row: more than {LIMIT} pairs of hosts and ports, the rarest were \
             forgotten. The count of any pair may lack up to {}.",
            plural(findings.pairs.forgotten(), "refusal"),
            findings.pairs.lacking()
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
        remarks.push(format!("Other ICMP errors, see --print: {}.", list(&findings.others)));
    }
    if !remarks.is_empty() {
        writeln!(output)?;
    }
    for remark in remarks {
        for line in textwrap::wrap(&remark, textwrap::Options::new(80).subsequent_indent("  ")) {
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}

fn total(causes: &[Cause]) -> u64 {
    causes.iter().fold(0, |sum, cause| sum.saturating_add(cause.count))
}

fn list(counts: &std::collections::BTreeMap<&str, u64>) -> String {
    let counts: Vec<String> =
        counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
    counts.join(", ")
}

pub(super) fn plural(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
