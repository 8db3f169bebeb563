//! The report as JSON: one object a line.

use super::{
    diagnosis::{Cause, Few, Kind, Refuser, causes},
    findings::Findings,
    kernel_log::KernelLog,
    rate::Reading,
    report::Options,
};
use crate::time::Time;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
    iter,
    net::IpAddr,
};

/// What an object tells of.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record<'a> {
    Capture {
        packets: u64,
        /// Packets in which no IP datagram was found.
        without_ip: u64,
        refused: u64,
        first: Option<Time>,
        last: Option<Time>,
        copies: u64,
        tunneled: &'a BTreeMap<&'static str, u64>,
        other_errors: &'a BTreeMap<&'static str, u64>,
        /// Refusals that are of no cause, since there were too many pairs, and how many any one pair
        /// may lack.
        forgotten: u64,
        lacking: u64,
        /// Refusals that are in no second, since there were too many.
        untimed: u64,
        /// Datagrams that came so fast that a copy of them may have been counted.
        hurried: u64,
    },
    Cause {
        kind: Kind,
        reason: String,
        service: String,
        /// Null if none is told apart any more.
        src: Option<Values<IpAddr>>,
        /// Whether there are more of them.
        src_unknown: bool,
        src_port: Option<Values<u16>>,
        dst: Values<IpAddr>,
        dst_port: Option<Values<u16>>,
        /// Who refused: "wanted", "knocker" or "in transit", and then who.
        refuser: &'static str,
        in_transit: Option<IpAddr>,
        /// Who was told; null if the knocker was.
        addressee: Option<IpAddr>,
        /// The outermost tag first.
        vlan: Vec<u16>,
        refused: u64,
        /// How often the datagrams themselves were captured, where that is known.
        knocked: Option<u64>,
        /// Whether answers of DNS or NTP were seen among them.
        answers: bool,
        /// How many of them are exports of NetFlow v5, and the most records that one declares.
        netflow_v5: u64,
        netflow_records: u16,
        first: Option<Time>,
        last: Option<Time>,
    },
    Rate {
        host: IpAddr,
        refused: u64,
        knocked: Option<u64>,
        /// How many of those that were knocked were refused.
        knocked_refused: Option<u64>,
        limit: u64,
        /// In how many seconds the limit was reached, if the counts look like it.
        at_limit: Option<u64>,
        /// The rate, if it is always the same.
        flat_at: Option<u64>,
        /// Seconds since 1970, and how many datagrams were refused in each.
        seconds: Vec<(i64, u64)>,
    },
    KernelLog {
        response: &'static str,
        lines: u64,
        attempted: u64,
        limit: (u64, u64),
        first: &'a str,
        last: &'a str,
    },
    Damage {
        count: u64,
        example: String,
    },
}

/// One value, or many: how many different ones there are, the least and the greatest.
#[derive(Serialize)]
struct Values<T> {
    count: usize,
    least: T,
    greatest: T,
}

/// Writes all objects of the report.
pub(super) fn write(
    output: &mut impl Write,
    findings: &mut Findings,
    options: Options,
) -> io::Result<()> {
    let hosts = findings.rates.hosts();
    let knocks = findings.knocks_by_host();
    let (first, last) = findings.span.ends().unzip();
    let capture = Record::Capture {
        packets: findings.packets,
        without_ip: findings.without_ip,
        refused: findings.refused,
        first,
        last,
        copies: findings.copies,
        tunneled: &findings.tunneled,
        other_errors: &findings.others,
        forgotten: findings.rest.forgotten(),
        lacking: findings.pairs.lacking(),
        untimed: findings.rates.beyond(),
        hurried: findings.hurried(),
    };
    line(output, &capture)?;
    for cause in &causes(findings) {
        line(output, &Record::of_cause(cause))?;
    }
    for (host, seconds) in hosts {
        let reading = seconds.reading(options.limit);
        let rate = Record::Rate {
            host,
            refused: seconds.total(),
            knocked: knocks.get(&host).map(|(knocked, _)| *knocked),
            knocked_refused: knocks.get(&host).map(|(_, refused)| *refused),
            limit: options.limit,
            at_limit: match reading {
                Reading::AtLimit { seconds } => Some(seconds),
                _ => None,
            },
            flat_at: match reading {
                Reading::Flat { rate } => Some(rate),
                _ => None,
            },
            seconds: seconds.iter().collect(),
        };
        line(output, &rate)?;
    }
    for (count, example) in findings.damaged.values() {
        line(output, &Record::Damage { count: *count, example: example.to_string() })?;
    }
    Ok(())
}

/// Writes what the kernel's log says, an object for each kind of response.
pub(super) fn write_log(output: &mut impl Write, log: &KernelLog) -> io::Result<()> {
    for (response, held_back) in &log.responses {
        let record = Record::KernelLog {
            response: response.name(),
            lines: held_back.lines,
            attempted: held_back.attempted,
            limit: held_back.limits,
            first: &held_back.first,
            last: &held_back.last,
        };
        line(output, &record)?;
    }
    if let Some((count, line, error)) = log.damaged {
        let example = format!("line {line}: {error}");
        self::line(output, &Record::Damage { count, example })?;
    }
    Ok(())
}

impl Record<'_> {
    fn of_cause(cause: &Cause) -> Self {
        let circumstances = &cause.circumstances;
        let (first, last) = cause.span.ends().unzip();
        let vlan = circumstances.vlan;
        Self::Cause {
            kind: cause.kind,
            reason: circumstances.reason.to_string(),
            service: circumstances.service.to_string(),
            src: cause.knocker.as_ref().map(Values::of),
            src_unknown: cause.has_unknown_knockers,
            src_port: cause.knocker_port.known().as_ref().map(Values::of),
            dst: Values::of(&cause.wanted),
            dst_port: cause.wanted_port.known().as_ref().map(Values::of),
            refuser: match circumstances.refuser {
                Refuser::Wanted => "wanted",
                Refuser::Knocker => "knocker",
                Refuser::InTransit(_) => "in transit",
            },
            in_transit: match circumstances.refuser {
                Refuser::InTransit(host) => Some(host),
                Refuser::Wanted | Refuser::Knocker => None,
            },
            addressee: circumstances.addressee,
            vlan: vlan
                .into_iter()
                .flat_map(|vlan| iter::once(vlan.outer).chain(vlan.inner))
                .collect(),
            refused: cause.count,
            knocked: cause.knocks,
            answers: cause.are_answers,
            netflow_v5: cause.exports.count,
            netflow_records: cause.exports.records,
            first,
            last,
        }
    }
}

impl<T: Copy> Values<T> {
    fn of(few: &Few<T>) -> Self {
        match *few {
            Few::One(value) => Self { count: 1, least: value, greatest: value },
            Few::Many { count, least, greatest } => Self { count, least, greatest },
        }
    }
}

fn line(output: &mut impl Write, record: &Record<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *output, record)?;
    writeln!(output)
}
