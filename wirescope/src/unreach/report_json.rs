//! The report as JSON: one object a line.

use super::{
    diagnosis::{Cause, Few, Kind, causes},
    findings::Findings,
    kernel_log::KernelLog,
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
        /// Refusals that are of no cause, since there were too many pairs, and how many of them any
        /// one pair may lack.
        forgotten: u64,
        lacking: u64,
    },
    Cause {
        kind: Kind,
        reason: String,
        service: String,
        src: Values<IpAddr>,
        src_port: Option<Values<u16>>,
        dst: Values<IpAddr>,
        dst_port: Option<Values<u16>>,
        /// Who refused in transit; null if the wanted host did itself.
        in_transit: Option<IpAddr>,
        /// Who was told; null if the knocker was.
        addressee: Option<IpAddr>,
        /// The outermost tag first.
        vlan: Vec<u16>,
        refused: u64,
        /// How often the datagrams themselves were captured, where that is known.
        knocked: Option<u64>,
        first: Option<Time>,
        last: Option<Time>,
    },
    Rate {
        host: IpAddr,
        refused: u64,
        knocked: Option<u64>,
        limit: u64,
        /// In how many seconds the limit was reached, if it held the host back.
        at_limit: Option<u64>,
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
        forgotten: findings.pairs.forgotten(),
        lacking: findings.pairs.lacking(),
    };
    line(output, &capture)?;
    for cause in causes(findings).iter().take(options.top.unwrap_or(usize::MAX)) {
        line(output, &Record::of_cause(cause))?;
    }
    for (host, seconds) in hosts {
        let rate = Record::Rate {
            host,
            refused: seconds.total(),
            knocked: knocks.get(&host).copied(),
            limit: options.limit,
            at_limit: seconds.at_limit(options.limit),
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
            src: Values::of(&cause.knocker),
            src_port: cause.knocker_port.known().as_ref().map(Values::of),
            dst: Values::of(&cause.wanted),
            dst_port: cause.wanted_port.known().as_ref().map(Values::of),
            in_transit: circumstances.in_transit,
            addressee: circumstances.addressee,
            vlan: vlan
                .into_iter()
                .flat_map(|vlan| iter::once(vlan.outer).chain(vlan.inner))
                .collect(),
            refused: cause.count,
            knocked: cause.knocks,
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
