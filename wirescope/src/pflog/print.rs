//! One line per entry, as tcpdump prints it or as OpenBSD's does.

mod openbsd;
mod tcpdump;

use super::{headers::Headers, logged::Logged, rules::Rules};
use crate::line::Line;
use pflog_wire::{Action, Entry, Layout, Meaning, Name, Names, Reason};
use std::{net::IpAddr, str};

/// In whose words an entry is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Style {
    /// OpenBSD's for entries that OpenBSD 4.9 or later wrote, else tcpdump's
    Auto,
    /// As OpenBSD's tcpdump
    Openbsd,
    /// As tcpdump 4.99
    Tcpdump,
}

/// How an entry is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) style: Style,
    /// Whether owners and translations are told too.
    pub(super) is_verbose: bool,
}

impl Words {
    /// Writes the whole entry.
    pub(super) fn write(self, line: &mut Line, logged: &Logged<'_>, headers: &mut Headers) {
        match &logged.entry {
            // Identifiers and translations are behind what is kept.
            Some(entry) if self.is_verbose => self.write_header(line, entry),
            Some(entry) => {
                headers.write(line, entry, |line, entry| self.write_header(line, entry));
            }
            None => {}
        }
        self.write_packet(line, logged);
    }

    fn write_header(self, line: &mut Line, entry: &Entry<'_>) {
        if self.is_openbsd(entry) {
            openbsd::header(line, entry, self.is_verbose);
        } else {
            tcpdump::header(line, entry, self.is_verbose);
        }
    }

    /// Writes the packet that was logged, or why there is none.
    pub(super) fn write_packet(self, line: &mut Line, logged: &Logged<'_>) {
        if let Some((family, version @ (4 | 6))) =
            logged.entry.and_then(|entry| entry.version_mismatch())
        {
            line.text("[family ").number(family.0).text(", IP version ").number(version);
            line.text("] ");
        }
        match (&logged.entry, &logged.datagram()) {
            (Some(entry), Ok(datagram)) if self.is_openbsd(entry) => {
                crate::openbsd::datagram(line, datagram);
            }
            (_, Ok(datagram)) => crate::tcpdump::datagram(line, datagram),
            (_, Err(damage)) => {
                let what = if logged.error.is_some() { "entry" } else { "packet" };
                line.text("damaged ").text(what).text(": ").display(damage);
            }
        }
    }

    /// Writes where the packet was.
    pub(super) fn write_place(self, line: &mut Line, entry: &Entry<'_>) {
        write_direction(line, entry);
        line.text(" on ");
        write_name(line, entry.interface());
        line.text(": ");
        if self.is_verbose {
            write_translation(line, entry);
        }
    }

    fn is_openbsd(self, entry: &Entry<'_>) -> bool {
        match self.style {
            Style::Auto => entry.layout() == Layout::OPENBSD_4_9,
            Style::Openbsd => true,
            Style::Tcpdump => false,
        }
    }
}

/// Writes the number of the rule; of one in an anchor that of the anchor, its name, and the number in
/// it. NPF numbers its rules with 64 bits, and ipfw has none to log.
pub(super) fn write_rule(line: &mut Line, entry: &Entry<'_>) {
    match (entry.npf_rule(), entry.rule()) {
        (Some(rule), _) => {
            line.number(rule);
            return;
        }
        (None, Some(rule)) => line.number(rule),
        (None, None) if entry.raw_rule() == u32::MAX => line.text("def"),
        (None, None) => line.text("-"),
    };
    if entry.ruleset().is_none() && entry.subrule().is_none() {
        return;
    }
    line.text(".");
    if let Some(ruleset) = entry.ruleset() {
        write_name(line, ruleset);
    }
    line.text(".");
    match entry.subrule() {
        Some(subrule) => line.number(subrule),
        None => line.text("def"),
    };
}

/// Writes what the rule did.
pub(super) fn write_action(line: &mut Line, entry: &Entry<'_>) {
    write_code(line, entry.action_names(), entry.action().0);
}

/// Writes why, in one word.
pub(super) fn write_reason(line: &mut Line, entry: &Entry<'_>) {
    write_code(line, entry.reason_names(), entry.reason().0);
}

/// Writes which way the packet went; a question mark if that was cut off.
pub(super) fn write_direction(line: &mut Line, entry: &Entry<'_>) {
    match entry.direction().zip(entry.direction_names()) {
        Some((direction, names)) => write_code(line, names, direction.0),
        None => _ = line.text("?"),
    }
}

/// Writes what the rule did, and why if that is not because it matched.
pub(super) fn write_outcome(line: &mut Line, entry: &Entry<'_>) {
    write_action(line, entry);
    if entry.reason() != Reason::MATCH {
        line.text(" (");
        write_reason(line, entry);
        line.text(")");
    }
}

/// Returns what became of a packet by the rule that decided.
///
/// pf logs the action of the rule, and the reason why it was not followed: a packet that a rule
/// passes and that has options, or is one too many, is dropped (`pflog_packet` of OpenBSD).
pub(super) fn outcome(entry: &Entry<'_>) -> String {
    if entry.action() == Action::PASS && entry.reason() != Reason::MATCH {
        return format!("dropped ({})", words(entry, write_reason));
    }
    words(entry, write_outcome)
}

/// Writes the name of a code: all that it may have, with bars between them, or its number.
fn write_code(line: &mut Line, mut names: Names, code: u16) {
    match names.next() {
        Some(name) => line.text(name),
        None => line.text("unkn(").number(code).text(")"),
    };
    for name in names {
        line.text("|").text(name);
    }
}

/// Returns what `write` writes of an entry.
pub(super) fn words(entry: &Entry<'_>, write: fn(&mut Line, &Entry<'_>)) -> String {
    let mut line = Line::default();
    write(&mut line, entry);
    String::from_utf8_lossy(line.as_bytes()).into_owned()
}

/// Returns the texts of the rules that an entry may be of, or why there is none.
pub(super) fn rule_texts<'r>(rules: &'r Rules, entry: &Entry<'_>) -> Vec<&'r str> {
    let mut texts: Vec<&str> = rules.texts(entry).collect();
    if texts.is_empty() {
        let is_default = entry.raw_rule() == u32::MAX;
        texts.push(if is_default { "the default rule" } else { "not in this ruleset" });
    }
    texts
}

/// Writes a name of at most 16 bytes as tcpdump does: `^A` for a control character, `M-` before what
/// is not ASCII.
fn write_name(line: &mut Line, name: Name<'_>) {
    if let Ok(text) = str::from_utf8(name.0)
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    {
        line.text(text);
        return;
    }
    for byte in name.0 {
        if !byte.is_ascii() {
            line.text("M-");
        }
        let ascii = byte & 0x7f;
        if ascii.is_ascii_control() {
            line.text("^");
        }
        let visible = if ascii.is_ascii_control() { ascii ^ 0x40 } else { ascii };
        line.text(char::from(visible).encode_utf8(&mut [0; 4]));
    }
}

/// Writes the addresses and ports of the packet before or after translation, if it was translated.
fn write_translation(line: &mut Line, entry: &Entry<'_>) {
    if entry.rewritten() != Some(true) {
        return;
    }
    line.text(match entry.meaning() {
        Some(Meaning::Original) => "[orig src ",
        Some(Meaning::Translated) => "[rewritten: src ",
        _ => "[rewritten from or to: src ",
    });
    write_end(line, entry.saddr(), entry.sport());
    line.text(", dst ");
    write_end(line, entry.daddr(), entry.dport());
    line.text("] ");
}

fn write_end(line: &mut Line, address: Option<IpAddr>, port: Option<u16>) {
    match address.zip(port) {
        Some((address, port)) => line.address(address).text(":").number(port),
        None => line.text("?"),
    };
}
