//! The kernel's own words: "Limiting icmp unreach response from 296 to 200 packets/sec".

use crate::{capture::Input, text::plural};
use icmp_wire::{Error, RateLimit, Response};
use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Cursor, Read, Write},
};

/// What a log says of responses that were held back.
#[derive(Debug, Default)]
pub(super) struct KernelLog {
    pub(super) responses: BTreeMap<Response, HeldBack>,
    /// How many lines are about a limit and cannot be read, and the first of them.
    pub(super) damaged: Option<(u64, u64, Error)>,
    lines: u64,
}

/// The lines about one kind of response.
#[derive(Clone, Debug)]
pub(super) struct HeldBack {
    pub(super) lines: u64,
    /// The most responses that were due in a second.
    pub(super) attempted: u64,
    /// The least and the greatest limit.
    pub(super) limits: (u64, u64),
    /// The date and time in front of the first and the last line, as they stand there.
    pub(super) first: String,
    pub(super) last: String,
}

impl KernelLog {
    /// Reads all lines of a log.
    ///
    /// An error if it cannot be read, or is no text, be it compressed or a capture.
    pub(super) fn read(&mut self, mut input: Input<'_>) -> io::Result<()> {
        let mut start = Vec::new();
        input.by_ref().take(START).read_to_end(&mut start)?;
        let is_control = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
        if start.iter().filter(is_control).count() > MOST_CONTROLS {
            return Err(io::Error::other("not a log, but binary"));
        }
        let mut input = BufReader::new(Cursor::new(start).chain(input));
        let mut line = Vec::new();
        let mut latest = None;
        while input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? > 0 {
            if !line.ends_with(b"\n") {
                input.skip_until(b'\n')?;
            }
            latest = self.add(&line, latest);
            line.clear();
        }
        Ok(())
    }

    /// Adds a line, given what the one before was about, and returns what this one is.
    fn add(&mut self, line: &[u8], latest: Option<Response>) -> Option<Response> {
        self.lines = self.lines.saturating_add(1);
        if let (Some(known), Some(times)) =
            (latest.and_then(|latest| self.responses.get_mut(&latest)), repeated(line))
        {
            known.lines = known.lines.saturating_add(times);
            known.last = stamp(line);
            return latest;
        }
        match RateLimit::parse(line) {
            Ok(None) => None,
            Ok(Some(limited)) => {
                let stamp = stamp(line);
                let known = self.responses.entry(limited.response).or_insert_with(|| HeldBack {
                    lines: 0,
                    attempted: 0,
                    limits: (limited.limit, limited.limit),
                    first: stamp.clone(),
                    last: String::new(),
                });
                known.lines = known.lines.saturating_add(1);
                known.attempted = known.attempted.max(limited.attempted);
                let (least, greatest) = known.limits;
                known.limits = (least.min(limited.limit), greatest.max(limited.limit));
                known.last = stamp;
                Some(limited.response)
            }
            Err(error) => {
                let (count, _, _) = self.damaged.get_or_insert((0, self.lines, error));
                *count = count.saturating_add(1);
                None
            }
        }
    }

    /// Returns whether no line was read.
    pub(super) fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// Writes what was held back, and what each kind of response has to do with a capture.
    pub(super) fn write(&self, output: &mut impl Write) -> io::Result<()> {
        if self.responses.is_empty() {
            let lines = plural(self.lines, "line");
            writeln!(output, "No limit was reached in {lines} of the kernel's log.")?;
        } else {
            writeln!(output, "Responses that the kernel held back, by its log:")?;
        }
        for (response, held_back) in &self.responses {
            let HeldBack { lines, attempted, limits: (least, greatest), first, last } = held_back;
            let times = if *lines == 1 { "once" } else { &format!("{lines} times") };
            let limit = if least == greatest {
                format!("{least}/s")
            } else {
                format!("{least} to {greatest}/s")
            };
            write!(output, "{response}: {times}, up to {attempted}/s where {limit} is allowed")?;
            match (first.as_str(), last.as_str()) {
                ("", _) | (_, "") => writeln!(output)?,
                (first, last) if first == last => writeln!(output, "\n  {first}")?,
                (first, last) => writeln!(output, "\n  {first} to {last}")?,
            }
            writeln!(output, "  {}", meaning(*response))?;
        }
        if let Some((count, line, error)) = self.damaged {
            let lines = if count == 1 { "line is" } else { "lines are" };
            writeln!(output, "{count} {lines} about a limit and damaged; in line {line}: {error}")?;
        }
        Ok(())
    }
}

/// Returns what a response answers, and whether a capture of ICMP shows it.
fn meaning(response: Response) -> &'static str {
    match response {
        Response::IcmpUnreach => "UDP datagrams to closed ports: the refusals of this report",
        Response::Icmp6Unreach => "the same over IPv6: the refusals of this report",
        Response::IcmpPing => "echo requests: ICMP, but no refusals",
        Response::IcmpTimestamp => "timestamp requests: ICMP, but no refusals",
        Response::ClosedPortRst => {
            "TCP segments to closed ports, answered with a reset: never shows up as ICMP"
        }
        Response::OpenPortRst => {
            "TCP segments of no connection, answered with a reset: never shows up as ICMP"
        }
        Response::SctpOotb => {
            "SCTP packets of no association, answered with an abort: never shows up as ICMP"
        }
        _ => "a response that is not known here",
    }
}

/// Returns how often syslog left out a line that is the same as the one before.
fn repeated(line: &[u8]) -> Option<u64> {
    let line = str::from_utf8(line).ok()?;
    let (_, rest) = line.split_once("last message repeated ")?;
    rest.split(' ').next()?.parse().ok()
}

/// Returns the date and time at the start of a line of a log, empty if there is none.
///
/// RFC 3164's `Nov 22 04:05:06`, a first word that starts with a digit, or dmesg's `[  123.456789]`.
fn stamp(line: &[u8]) -> String {
    // RFC 5424 §6: priority and version.
    let line = match line {
        [b'<', rest @ ..] => rest.splitn(2, |byte| *byte == b' ').nth(1).unwrap_or_default(),
        _ => line,
    };
    let stamp = match line {
        [_, _, _, b' ', _, _, b' ', _, _, b':', _, _, b':', _, _, ..] => line.get(..15),
        [b'0'..=b'9', ..] => line.split(|byte| *byte == b' ').next(),
        [b'[', ..] => line.split_inclusive(|byte| *byte == b']').next(),
        _ => None,
    };
    stamp.unwrap_or_default().escape_ascii().to_string()
}

/// How much of a log is looked at to see whether it is one, in bytes.
const START: u64 = 512;

/// How many control characters there may be in it, as a terminal leaves them in a log.
const MOST_CONTROLS: usize = 8;

/// How much of a line is looked at, in bytes.
const LONGEST: u64 = 0x1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_of_a_line_is_what_its_writer_put_there() {
        let words = "kernel: Limiting icmp unreach response from 296 to 200 packets/sec";
        for (line, expected) in [
            (format!("Nov 22 04:05:06 host {words}"), "Nov 22 04:05:06"),
            (format!("2026-11-22T04:05:06Z host {words}"), "2026-11-22T04:05:06Z"),
            (format!("[   12.345678] {words}"), "[   12.345678]"),
            (format!("<5>1 2026-11-22T04:05:06Z host {words}"), "2026-11-22T04:05:06Z"),
            (format!("<5>{words}"), ""),
            ("\x1b[2J 22 04:05:06".into(), ""),
            ("\x1b[2 22 04:05:06 ".into(), "\\x1b[2 22 04:05:06"),
        ] {
            assert_eq!(stamp(line.as_bytes()), expected, "{line:?}");
        }
    }
}
