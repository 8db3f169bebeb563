//! The table of causes, no wider than a terminal of 80 columns if the addresses allow it.

use crate::unreach::{
    diagnosis::{Cause, Few, Kind, Refuser},
    findings::{DNS, NTP},
    refusal::Service,
};
use crate::{
    clock::Clock,
    text::{WIDTH, plural, write_indented},
};
use icmp_wire::Protocol;
use std::{
    fmt::Display,
    io::{self, Write},
    net::IpAddr,
};

/// Writes causes, with what is known of each in lines below it.
pub(super) fn write(output: &mut impl Write, causes: &[&Cause], clock: &Clock) -> io::Result<()> {
    let cells: Vec<[String; 2]> =
        causes.iter().map(|cause| [knocker(cause), wanted(cause)]).collect();
    let times = clock.width();
    let widest = |column: usize, title: &str| {
        let widths = cells.iter().flat_map(|cells| cells.get(column)).map(String::len);
        widths.max().unwrap_or_default().max(title.len())
    };
    let (mut knockers, mut wanteds) = (widest(0, "KNOCKER"), widest(1, "WANTED"));
    // What is too wide breaks its row; all others stay in their columns.
    let room = WIDTH.saturating_sub(COUNT + GAPS).saturating_sub(times.saturating_mul(2));
    if knockers.saturating_add(wanteds) > room {
        knockers = knockers.min(IPV4_KNOCKER);
        wanteds = wanteds.min(room.saturating_sub(knockers));
    }
    writeln!(
        output,
        "{:>COUNT$}  {:knockers$}  {:wanteds$}  {:times$}  LAST",
        "COUNT", "KNOCKER", "WANTED", "FIRST"
    )?;
    for (cause, [knocker, wanted]) in causes.iter().zip(&cells) {
        write!(output, "{:>COUNT$}  ", cause.count)?;
        if knocker.len() > knockers || wanted.len() > wanteds {
            let width = knockers.saturating_add(wanteds);
            write!(output, "{knocker}\n{:COUNT$}    {wanted:width$}", "")?;
        } else {
            write!(output, "{knocker:knockers$}  {wanted:wanteds$}")?;
        }
        if let Some((first, last)) = clock.ends(cause.span) {
            write!(output, "  {first}  {last}")?;
        }
        writeln!(output)?;
        for detail in details(cause) {
            write_indented(output, &detail, COUNT.saturating_add(2))?;
        }
    }
    Ok(())
}

/// Returns who sent the datagrams.
fn knocker(cause: &Cause) -> String {
    let knocker = cause.knocker.filter(|_| !cause.has_unknown_knockers);
    endpoint(knocker.and_then(|knocker| knocker.one()), &cause.knocker_port)
}

/// Returns where the datagrams were to go, and for what.
fn wanted(cause: &Cause) -> String {
    let separator = match cause.circumstances.service {
        Service::Protocol(_) if cause.wanted_port != Few::One(None) => '/',
        _ => ' ',
    };
    let endpoint = endpoint(cause.wanted.one(), &cause.wanted_port);
    format!("{endpoint}{separator}{}", cause.circumstances.service)
}

/// Returns an address and a port, a star where there are many.
fn endpoint(address: Option<IpAddr>, port: &Few<Option<u16>>) -> String {
    let star = |port: Option<u16>| port.map_or_else(|| "*".into(), |port| port.to_string());
    match (address, port.one()) {
        (Some(address), Some(None)) => address.to_string(),
        (None, Some(None)) => "*".into(),
        (Some(IpAddr::V6(v6)), port) => format!("[{v6}]:{}", star(port.flatten())),
        (Some(address), port) => format!("{address}:{}", star(port.flatten())),
        (None, port) => format!("*:{}", star(port.flatten())),
    }
}

/// Returns what else is known of a cause, a line each.
fn details(cause: &Cause) -> Vec<String> {
    let ports = |few: &Few<Option<u16>>| few.known().and_then(|ports| many(&ports, "ports"));
    let (knocker_ports, wanted_ports) = (ports(&cause.knocker_port), ports(&cause.wanted_port));
    let wanted = many(&cause.wanted, "hosts");
    let circumstances = &cause.circumstances;
    let what = match cause.kind {
        Kind::Traceroute => Some("traceroute, as far as the wanted host".into()),
        Kind::PortScan => wanted_ports.map(|ports| format!("scan of {ports}")),
        Kind::HostScan => wanted.map(|hosts| match wanted_ports {
            Some(ports) => format!("scan of {hosts}; {ports}"),
            None => format!("{hosts}: a scan, or a poller of hosts without that service"),
        }),
        Kind::LateAnswers => {
            let what = match cause.knocker_port {
                Few::One(Some(DNS)) if cause.are_answers => "DNS answers",
                Few::One(Some(NTP)) if cause.are_answers => "NTP answers",
                _ => "answers, it seems,",
            };
            let ports = wanted_ports.map_or_else(String::new, |ports| format!(" to {ports}"));
            Some(format!("late {what}{ports}: the asker was gone"))
        }
        Kind::Plain | Kind::ManyKnockers => wanted_ports.map(|ports| format!("to {ports}")),
    };
    let knockers = match (cause.knocker.as_ref(), cause.has_unknown_knockers) {
        (Some(knocker), false) => many(knocker, "hosts"),
        (Some(knocker), true) => many(knocker, "hosts").map(|hosts| format!("more than {hosts}")),
        (None, _) => Some("hosts that are not told apart".into()),
    };
    let from: Vec<String> = [knockers, knocker_ports.filter(|_| cause.kind != Kind::Traceroute)]
        .into_iter()
        .flatten()
        .collect();
    let is_filtered = circumstances.reason.is_port_closed()
        && circumstances.service == Service::Protocol(Protocol::TCP);
    [
        what,
        (!from.is_empty()).then(|| format!("from {}", from.join("; "))),
        exports(cause),
        is_filtered.then(|| "a closed TCP port sends a reset: this was a packet filter".into()),
        match circumstances.refuser {
            Refuser::InTransit(router) => Some(format!("in transit, from {router}")),
            Refuser::Wanted | Refuser::Knocker => None,
        },
        circumstances.addressee.map(|addressee| {
            format!("told to {addressee}, not to the knocker: NAT, or a forged source")
        }),
        circumstances.vlan.map(|vlan| match vlan.inner {
            None => format!("in VLAN {}", vlan.outer),
            Some(inner) => format!("in VLAN {inner} within VLAN {}", vlan.outer),
        }),
        cause
            .knocks
            .filter(|knocks| *knocks > 0 && *knocks != cause.count)
            .map(|knocks| knocked(knocks, cause.count)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Says how many of the refused datagrams are exports.
fn exports(cause: &Cause) -> Option<String> {
    let records = plural(cause.exports.records.into(), "record");
    match cause.exports.count {
        0 => None,
        count if count < cause.count => Some(format!("{count} are NetFlow v5, up to {records}")),
        _ => Some(format!("NetFlow v5, up to {records}: an exporter without a collector")),
    }
}

/// Says how many datagrams were captured, and how many refusals of them.
pub(super) fn knocked(knocks: u64, refused: u64) -> String {
    match knocks.checked_sub(refused) {
        Some(0) => format!("knocked {knocks}, all refused"),
        Some(rest) => format!("knocked {knocks}, refused {refused}, not refused {rest}"),
        None => format!("refused {refused}, though only {knocks} of them were captured"),
    }
}

/// Returns how many there are and between which, if there are several.
fn many<T: Display>(few: &Few<T>, what: &str) -> Option<String> {
    match few {
        Few::One(_) => None,
        Few::Many { count, least, greatest } => {
            Some(format!("{count} {what}, {least} to {greatest}"))
        }
    }
}

/// How many characters an IPv4 address with a port has at most.
const IPV4_KNOCKER: usize = "255.255.255.255:65535".len();

/// How many characters a count is given.
const COUNT: usize = 7;

/// How many characters there are between the columns.
const GAPS: usize = 2 * 4;
