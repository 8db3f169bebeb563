//! How fast hosts refused, and whether a limit held them back.

use super::{Options, clock::Clock, plural, table::knocked};
use crate::{
    bar::Bars,
    unreach::{findings::Findings, rate::Seconds},
};
use std::{
    cmp::Reverse,
    io::{self, Write},
    net::IpAddr,
};

/// Writes the rate of each host that refused with port unreachables.
pub(super) fn write(
    output: &mut impl Write,
    findings: &mut Findings,
    options: Options,
    clock: &Clock,
) -> io::Result<()> {
    let mut hosts: Vec<(IpAddr, Seconds)> = findings.rates.hosts().into_iter().collect();
    if hosts.is_empty() {
        return Ok(());
    }
    hosts.sort_by_cached_key(|(host, seconds)| (Reverse(seconds.total()), *host));
    let knocks = findings.knocks_by_host();
    let is_fast = |seconds: &Seconds| seconds.peak().saturating_mul(10) >= options.limit;
    let mut slow = Vec::new();
    writeln!(output, "\nPort unreachables per second, by who sent them")?;
    for (i, (host, seconds)) in hosts.iter().enumerate() {
        let (total, span, peak) = (seconds.total(), seconds.span(), seconds.peak());
        if i >= DRAWN && !is_fast(seconds) {
            slow.push(peak);
            continue;
        }
        writeln!(output, "{host}: {total} in {span} s, {peak} in the busiest")?;
        if let Some(reading) = reading(seconds, options.limit) {
            writeln!(output, "  {reading}")?;
        }
        if let Some(knocks) = knocks.get(host).filter(|knocks| **knocks > 0) {
            writeln!(output, "  {}", knocked(*knocks, total))?;
        }
        if i < DRAWN && is_fast(seconds) && span > 1 {
            write_bars(output, seconds, clock)?;
        }
    }
    if let Some(peak) = slow.iter().max() {
        let hosts = if slow.len() == 1 { "other host" } else { "other hosts" };
        writeln!(output, "{} {hosts}: at most {peak} in a second", slow.len())?;
    }
    if findings.rates.beyond() > 0 {
        let refusals = plural(findings.rates.beyond(), "refusal");
        writeln!(output, "{refusals} are in no second: there are too many hosts and seconds.")?;
    }
    Ok(())
}

/// Says what a limit of `limit` a second has to do with the counts, if anything.
fn reading(seconds: &Seconds, limit: u64) -> Option<String> {
    if let Some(at_limit) = seconds.at_limit(limit) {
        let span = seconds.span();
        return Some(format!(
            "\u{2265} {limit}/s, limit reached in {at_limit} of {span} s: the real rate is higher"
        ));
    }
    (seconds.peak() > limit)
        .then(|| format!("above {limit}/s: this host has another limit, or none (--limit)"))
}

fn write_bars(output: &mut impl Write, seconds: &Seconds, clock: &Clock) -> io::Result<()> {
    let (width, bars) = seconds.bars(MOST_BARS);
    if width > 1 {
        writeln!(output, "  the busiest second of every {width}:")?;
    }
    let drawing = Bars::of_locale();
    for (second, count) in bars {
        let bar = drawing.bar(count, seconds.peak(), BAR);
        let line = format!("  {}  {count:>6}  {bar}", clock.second(second));
        writeln!(output, "{}", line.trim_end())?;
    }
    Ok(())
}

/// How many hosts have their rate drawn.
const DRAWN: usize = 3;

/// How many bars a drawing has at most.
const MOST_BARS: u64 = 60;

/// How many characters the longest bar has.
const BAR: u64 = 50;
