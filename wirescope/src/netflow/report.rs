//! The report: exporters, what was lost of their flows, and the top talkers.

use super::{
    exporter::{Exporter, Key},
    findings::{Findings, MOST_EXPORTERS},
    talkers::LIMIT,
};
use crate::{
    bar::Bars,
    clock::Clock,
    copies::MOST_SETS,
    text::{WIDTH, plural, write_indented, write_wrapped},
};
use std::{
    cmp::Reverse,
    io::{self, Write},
    net::SocketAddr,
};

/// What the user chose of the report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// How many exporters and talkers are shown; `None` is all.
    pub(super) top: Option<usize>,
}

/// Writes the report.
pub(super) fn write(
    output: &mut impl Write,
    findings: &Findings,
    options: Options,
) -> io::Result<()> {
    let read = plural(findings.packets, "packet");
    if findings.exports == 0 {
        writeln!(output, "No NetFlow v5 in {read}.")?;
        return write_remarks(output, findings);
    }
    let exports = plural(findings.exports, "export");
    let flows = plural(findings.sum.flows, "flow");
    let clock = Clock::new(findings.span);
    let title = format!("{exports} of NetFlow v5 with {flows}{}, in {read}.", clock.title());
    write_wrapped(output, &title)?;
    write_exporters(output, findings, options)?;
    write_talkers(output, findings, options)?;
    write_remarks(output, findings)
}

fn write_exporters(
    output: &mut impl Write,
    findings: &Findings,
    options: Options,
) -> io::Result<()> {
    let mut exporters: Vec<(&Key, &Exporter)> =
        findings.exporters.iter().filter(|(_, exporter)| exporter.packets > 0).collect();
    exporters.sort_unstable_by_key(|(key, exporter)| (Reverse(exporter.flows), **key));
    let shown = options.top.unwrap_or(exporters.len()).min(exporters.len());
    let (shown, hidden) = exporters.split_at_checked(shown).unwrap_or_default();
    let width = |end: fn(&Key) -> SocketAddr, title: &str| {
        let widths = shown.iter().map(|(key, _)| end(key).to_string().len());
        widths.filter(|len| *len <= IPV4).max().unwrap_or_default().max(title.len())
    };
    let exporter_width = width(|key| key.ends.exporter, "EXPORTER");
    let collector_width = width(|key| key.ends.collector, "COLLECTOR");
    writeln!(
        output,
        "\n{:>8}  {:>9}  {:>8}  {:exporter_width$}  {:collector_width$}  ENGINE",
        "EXPORTS", "FLOWS", "LOST", "EXPORTER", "COLLECTOR"
    )?;
    for (key, exporter) in shown {
        let lost = exporter.lost().map_or_else(|| "?".into(), |lost| lost.to_string());
        write!(output, "{:>8}  {:>9}  {lost:>8}  ", exporter.packets, exporter.flows)?;
        let (from, to) = (key.ends.exporter.to_string(), key.ends.collector.to_string());
        if from.len() > exporter_width || to.len() > collector_width {
            // What is too wide has a line of its own.
            write!(output, "{from}\n{:INDENT$}{to}", "")?;
        } else {
            write!(output, "{from:exporter_width$}  {to:collector_width$}")?;
        }
        writeln!(output, "  {}/{}", key.engine_type, key.engine_id)?;
        for detail in details(exporter) {
            write_indented(output, &detail, 10)?;
        }
    }
    if !hidden.is_empty() {
        writeln!(output, "{:8}  {} more: --top 0 shows all", "", hidden.len())?;
    }
    Ok(())
}

/// Returns what else is known of an exporter, a line each.
fn details(exporter: &Exporter) -> Vec<String> {
    let sampling = exporter.sampling.filter(|(sampling, changed)| sampling.0 != 0 || *changed);
    let times = |count: u64| if count == 1 { "once".into() } else { format!("{count} times") };
    let remarks = [
        sampling.map(|(sampling, changed)| {
            let mode = sampling.mode();
            let name = mode.name().map_or_else(String::new, |name| format!(" ({name})"));
            let changes = if changed { ", and others" } else { "" };
            format!(
                "sampling as sent: 0x{:04x}, mode {}{name}, interval {}{changes}; counters not scaled",
                sampling.0,
                mode.0,
                sampling.interval()
            )
        }),
        exporter.skew.and_then(skew),
        (exporter.restarts > 0).then(|| format!("restarted {}", times(exporter.restarts))),
        (exporter.reordered > 0).then(|| format!("{} out of order", exporter.reordered)),
        (exporter.duplicates > 0)
            .then(|| format!("{} sent again, as it seems; counted", exporter.duplicates)),
        (exporter.doubtful > 0).then(|| {
            let exports = plural(exporter.doubtful, "export");
            format!("{exports} far from the number that was expected, and not followed up")
        }),
        exporter
            .lost()
            .is_none()
            .then(|| "its numbers do not count flows, or two exporters send as one".into()),
        (exporter.missing > 0).then(|| {
            let flows = plural(exporter.missing, "flow");
            format!("declared, but cut off, in later fragments or not there: {flows}")
        }),
        (exporter.wrong_counts > 0)
            .then(|| format!("{} with a count other than 1 to 30", plural(exporter.wrong_counts, "export"))),
    ];
    remarks.into_iter().flatten().collect()
}

/// Says how far the exporter's clock is from that of the capture, if that is remarkable.
fn skew((least, most): (i64, i64)) -> Option<String> {
    // Each export was on its way for a while: the clock is at least as far ahead as any one shows.
    let seconds = |milliseconds: i64| match milliseconds.unsigned_abs() {
        size @ DAY.. => plural(size / DAY, "day"),
        size => format!("{}.{:03} s", size / 1_000, size % 1_000),
    };
    match most {
        _ if most.saturating_sub(least) > SET => {
            Some(format!("its clock was set, by {}", seconds(most.saturating_sub(least))))
        }
        1_000.. => Some(format!("its clock is {} ahead", seconds(most))),
        ..-1_000 => Some(format!("its clock is {} behind", seconds(most))),
        _ => None,
    }
}

fn write_talkers(output: &mut impl Write, findings: &Findings, options: Options) -> io::Result<()> {
    let talkers = findings.talkers.sorted();
    let Some((_, top)) = talkers.first() else { return Ok(()) };
    let order = findings.talkers.order();
    let shown = options.top.unwrap_or(talkers.len()).min(talkers.len());
    let (shown, hidden) = talkers.split_at_checked(shown).unwrap_or_default();
    let name_width = shown.iter().map(|(talker, _)| talker.to_string().len()).max();
    let name_width = name_width.unwrap_or_default().max(findings.talkers.title().len());
    let sum = findings.sum;
    let bytes_width = sum.bytes.to_string().len().max(13);
    let packets_width = sum.packets.to_string().len().max(10);
    let columns = bytes_width.saturating_add(packets_width).saturating_add(FLOWS);
    let bar_width = WIDTH.saturating_sub(columns).saturating_sub(name_width);
    let bar_width = u64::try_from(bar_width.min(30)).unwrap_or_default();
    let (bars, greatest) = (Bars::of_locale(), top.of(order));
    writeln!(
        output,
        "\n{:>bytes_width$}  {:>packets_width$}  {:>8}  {}",
        "BYTES",
        "PACKETS",
        "FLOWS",
        findings.talkers.title()
    )?;
    for (talker, sum) in shown {
        let bar = bars.bar(sum.of(order), greatest, bar_width);
        let name = talker.to_string();
        let line = format!(
            "{:>bytes_width$}  {:>packets_width$}  {:>8}  {name:name_width$}  {bar}",
            sum.bytes, sum.packets, sum.flows
        );
        writeln!(output, "{}", line.trim_end())?;
    }
    if !hidden.is_empty() {
        let indent = columns.saturating_sub(2);
        writeln!(output, "{:indent$}{} more: --top 0 shows all", "", hidden.len())?;
    }
    writeln!(
        output,
        "{:>bytes_width$}  {:>packets_width$}  {:>8}  in all",
        sum.bytes, sum.packets, sum.flows
    )
}

/// Writes what else there is to say of the capture.
fn write_remarks(output: &mut impl Write, findings: &Findings) -> io::Result<()> {
    let mut remarks = Vec::new();
    let (forgotten, lacking) = findings.talkers.forgotten();
    if findings.talkers.has_forgotten() {
        let unit = findings.talkers.order().unit();
        remarks.push(format!(
            "There are more than {LIMIT} talkers: the least were forgotten, with {forgotten} {unit} in \
             all, and any one that is shown may lack up to {lacking} {unit}, and more of the others."
        ));
    }
    if findings.exporters.has_forgotten() {
        remarks.push(format!(
            "There are more than {MOST_EXPORTERS} exporters: the least were forgotten, and what was \
             lost of theirs is not known."
        ));
    }
    if findings.copied > 0 {
        let datagrams = plural(findings.copied, "datagram");
        remarks.push(format!("{datagrams} captured before, elsewhere, not counted again."));
    }
    if findings.copies.hurried() > 0 && findings.copied > 0 {
        let datagrams = plural(findings.copies.hurried(), "datagram");
        remarks.push(format!(
            "Some copies may have been counted: {datagrams} came in seconds with more than {MOST_SETS}."
        ));
    }
    if !findings.others.is_empty() {
        let others = findings.others.iter().map(|(name, count)| format!("{name} {count}"));
        let others: Vec<String> = others.collect();
        remarks.push(format!("Other datagrams, not read: {}.", others.join(", ")));
    }
    if !remarks.is_empty() {
        writeln!(output)?;
    }
    remarks.iter().try_for_each(|remark| write_wrapped(output, remark))
}

/// How far the clocks come apart, in milliseconds, if one of them was set.
const SET: i64 = 60_000;

/// How many characters an IPv4 address with a port has at most.
const IPV4: usize = "255.255.255.255:65535".len();

/// How many characters there are in front of an exporter.
const INDENT: usize = 8 + 2 + 9 + 2 + 8 + 2;

/// A day in milliseconds.
const DAY: u64 = 86_400_000;

/// How many characters there are in front of a talker's name and behind it, but for bytes and packets.
const FLOWS: usize = 2 + 2 + 8 + 2 + 2;
