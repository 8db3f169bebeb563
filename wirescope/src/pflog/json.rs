//! JSON, an object a line.
//!
//! All fields are there in every object; one without a value is null. An action, a reason or a
//! direction is its name: all that it may have, with bars between them, or `unkn(99)` if it has none.
//! Names that came from the network are escaped.

use super::{logged::Logged, print, rules::Rules, trace::Path};
use crate::time::{Span, Time};
use pflog_wire::{Entry, Error, Meaning, Name};
use serde::{Serialize, Serializer};
use std::{
    fmt,
    io::{self, Write},
    net::IpAddr,
};

/// Writes the object of one entry.
pub(super) fn entry(
    output: &mut impl Write,
    logged: &Logged<'_>,
    rules: Option<&Rules>,
) -> io::Result<()> {
    let object = EntryObject {
        time: logged.time,
        header: logged.entry.as_ref().map(HeaderObject::of).unwrap_or_default(),
        rule: logged.entry.as_ref().map(|entry| RuleObject::of(entry, rules)).unwrap_or_default(),
        packet: PacketObject::of(logged),
        error: logged.datagram().err().map(Text),
    };
    write(output, &object)
}

/// Writes the object of one packet with the rules that it matched.
pub(super) fn path(output: &mut impl Write, path: &Path, rules: Option<&Rules>) -> io::Result<()> {
    let first = path.first();
    let entry = first.entry.as_ref();
    let object = PathObject {
        time: first.time,
        interface: entry.map(|entry| Text(entry.interface())),
        direction: entry.and_then(direction),
        packet: PacketObject::of(&first),
        path: path.steps().iter().map(|step| RuleObject::of(step, rules)).collect(),
        verdict: path.verdict().map(|entry| RuleObject::of(&entry, rules)),
        outcome: path.verdict().map(|entry| print::outcome(&entry)),
        error: first.datagram().err().map(Text),
    };
    write(output, &object)
}

/// Writes the object of the entries that say the same of a rule.
pub(super) fn count(
    output: &mut impl Write,
    entry: &Entry<'_>,
    count: u64,
    span: Span,
    rules: Option<&Rules>,
) -> io::Result<()> {
    let (first, last) = span.ends().unzip();
    write(output, &CountObject { count, first, last, rule: RuleObject::of(entry, rules) })
}

fn write(output: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, object)?;
    writeln!(output)
}

#[derive(Serialize)]
struct EntryObject<'a> {
    time: Option<Time>,
    #[serde(flatten)]
    header: HeaderObject<'a>,
    #[serde(flatten)]
    rule: RuleObject<'a>,
    #[serde(flatten)]
    packet: PacketObject,
    error: Option<Text<Error>>,
}

#[derive(Serialize)]
struct PathObject<'a> {
    time: Option<Time>,
    interface: Option<Text<Name<'a>>>,
    direction: Option<String>,
    #[serde(flatten)]
    packet: PacketObject,
    path: Vec<RuleObject<'a>>,
    verdict: Option<RuleObject<'a>>,
    /// What became of the packet.
    outcome: Option<String>,
    error: Option<Text<Error>>,
}

#[derive(Serialize)]
struct CountObject<'a> {
    count: u64,
    first: Option<Time>,
    last: Option<Time>,
    #[serde(flatten)]
    rule: RuleObject<'a>,
}

/// What a header says but for the rule.
#[derive(Default, Serialize)]
struct HeaderObject<'a> {
    layout: Option<u8>,
    family: Option<&'static str>,
    interface: Option<Text<Name<'a>>>,
    direction: Option<String>,
    uid: Option<u32>,
    pid: Option<i32>,
    rule_uid: Option<u32>,
    rule_pid: Option<i32>,
    rewritten: Option<RewrittenObject>,
}

impl<'a> HeaderObject<'a> {
    fn of(entry: &Entry<'a>) -> Self {
        Self {
            layout: Some(entry.layout().0),
            family: match entry.family() {
                family if family.is_ipv4() => Some("ipv4"),
                family if family.is_ipv6() => Some("ipv6"),
                _ => None,
            },
            interface: Some(Text(entry.interface())),
            direction: direction(entry),
            uid: entry.uid(),
            pid: entry.pid(),
            rule_uid: entry.rule_uid(),
            rule_pid: entry.rule_pid(),
            rewritten: RewrittenObject::of(entry),
        }
    }
}

/// The packet as it was before the translation or as it is after it.
#[derive(Serialize)]
struct RewrittenObject {
    is: Option<&'static str>,
    src: Option<IpAddr>,
    dst: Option<IpAddr>,
    src_port: Option<u16>,
    dst_port: Option<u16>,
}

impl RewrittenObject {
    fn of(entry: &Entry<'_>) -> Option<Self> {
        entry.rewritten().filter(|is_rewritten| *is_rewritten).map(|_| Self {
            is: match entry.meaning() {
                Some(Meaning::Original) => Some("original"),
                Some(Meaning::Translated) => Some("translated"),
                _ => None,
            },
            src: entry.saddr(),
            dst: entry.daddr(),
            src_port: entry.sport(),
            dst_port: entry.dport(),
        })
    }
}

/// A rule, and what it did.
#[derive(Default, Serialize)]
struct RuleObject<'a> {
    /// Null for the default rule.
    rule: Option<u64>,
    ruleset: Option<Text<Name<'a>>>,
    subrule: Option<u32>,
    ridentifier: Option<u32>,
    action: Option<String>,
    reason: Option<String>,
    /// Of all rules that it may be.
    rule_text: Vec<String>,
}

impl<'a> RuleObject<'a> {
    fn of(entry: &Entry<'a>, rules: Option<&Rules>) -> Self {
        Self {
            rule: entry.npf_rule().or(entry.rule().map(Into::into)),
            ruleset: entry.ruleset().map(Text),
            subrule: entry.subrule(),
            ridentifier: entry.ridentifier(),
            action: Some(print::words(entry, print::write_action)),
            reason: Some(print::words(entry, print::write_reason)),
            rule_text: rules
                .into_iter()
                .flat_map(|rules| rules.texts(entry))
                .map(ToOwned::to_owned)
                .collect(),
        }
    }
}

/// The packet that was logged.
#[derive(Serialize)]
struct PacketObject {
    src: Option<IpAddr>,
    dst: Option<IpAddr>,
    protocol: Option<u8>,
    src_port: Option<u16>,
    dst_port: Option<u16>,
}

impl PacketObject {
    fn of(logged: &Logged<'_>) -> Self {
        let quote = logged.quote();
        let ports = quote.and_then(|quote| quote.ports().ok()?);
        Self {
            src: quote.map(|quote| quote.source()),
            dst: quote.map(|quote| quote.destination()),
            protocol: quote.map(|quote| {
                quote.transport().map_or(quote.protocol(), |transport| transport.protocol()).0
            }),
            src_port: ports.map(|ports| ports.source),
            dst_port: ports.map(|ports| ports.destination),
        }
    }
}

fn direction(entry: &Entry<'_>) -> Option<String> {
    entry.direction().map(|_| print::words(entry, print::write_direction))
}

/// What is written as its text.
struct Text<T>(T);

impl<T: fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
