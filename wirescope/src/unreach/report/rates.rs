//! How fast hosts refused, and whether a limit held them back.

use super::{Options, table::knocked};
use crate::{
    bar::Bars,
    clock::Clock,
    text::plural,
    unreach::{
        findings::Findings,
        rate::{LIMIT, Reading, Seconds},
    },
};
use std::{
    cmp::Reverse,
    io::{self, Write},
};

/// Writes the rate of each host that refused with port unreachables.
pub(super) fn write(
    output: &mut impl Write,
    findings: &mut Findings,
    options: Options,
    clock: &Clock,
) -> io::Result<()> {
    let mut hosts = findings.rates.hosts();
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
        let is_shown = i < DRAWN || is_fast(seconds) && options.top.is_none_or(|top| i < top);
        if !is_shown {
            slow.push(peak);
            continue;
        }
        writeln!(output, "{host}: {total} in {span} s, {peak} in the busiest")?;
        let knocks = knocks.get(host).copied().filter(|(knocked, _)| *knocked > 0);
        if let Some(reading) = reading(seconds, options.limit, knocks) {
            writeln!(output, "  {reading}")?;
        }
        if let Some((knocks, refused)) = knocks {
            writeln!(output, "  {}", knocked(knocks, refused))?;
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
        writeln!(output, "{refusals} not shown: more than {LIMIT} seconds, of all hosts")?;
    }
    Ok(())
}

/// Says what a limit has to do with the counts, if anything.
///
/// Where all that was captured was refused, nothing was held back.
fn reading(seconds: &Seconds, limit: u64, knocks: Option<(u64, u64)>) -> Option<String> {
    let is_held_back = knocks.map(|(knocked, refused)| knocked > refused);
    let span = seconds.span();
    match seconds.reading(limit) {
        Reading::AtLimit { seconds } if is_held_back != Some(false) => {
            let is = if is_held_back == Some(true) { "is" } else { "may be" };
            let at_least = if Bars::of_locale().is_ascii() { ">=" } else { "\u{2265}" };
            Some(format!(
                "{at_least} {limit}/s, limit reached in {seconds} of {span} s: the real rate {is} higher"
            ))
        }
        Reading::Flat { rate } if is_held_back != Some(false) => {
            Some(format!("flat at about {rate}/s: a limit, or a steady knocker"))
        }
        Reading::Above => {
            Some(format!("above {limit}/s: this host has another limit, or none (--limit)"))
        }
        _ => None,
    }
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
