//! What `wirescope netflow` reads in a capture is what nfdump reads in the very same datagrams.
//!
//! Beside each capture is what nfcapd and nfdump 1.7.1 made of it; see captures/README.md.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use jiff::{civil::DateTime, tz::TimeZone};
use serde_json::{Map, Value};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A capture of exports, and what is known about it without reading it.
struct Capture {
    name: &'static str,
    /// One packet of so many was counted.
    interval: u64,
    /// Flows that the exporter sent, as they were captured before any was lost.
    sent: u64,
    /// Flows that got as far as the capture.
    arrived: u64,
}

const CAPTURES: [Capture; 4] = [
    Capture { name: "netflow-scan", interval: 1, sent: 181, arrived: 181 },
    Capture { name: "netflow-mixed", interval: 1, sent: 135, arrived: 135 },
    Capture { name: "netflow-sampled", interval: 7, sent: 101, arrived: 101 },
    Capture { name: "netflow-lossy", interval: 1, sent: 788, arrived: 532 },
];

impl Capture {
    fn file(&self, extension: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
        folder.join(format!("{}.{extension}", self.name))
    }

    /// Runs the command on it.
    #[track_caller]
    fn netflow(&self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
        command.arg("netflow").args(args).arg(self.file("pcap"));
        command.env("TZ", "UTC").env("LC_ALL", "C").stdin(Stdio::null());
        let Output { status, stdout, stderr } = command.output().unwrap();
        assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
        String::from_utf8(stdout).unwrap()
    }

    /// Returns the flows as the command reads them.
    fn ours(&self) -> Vec<Map<String, Value>> {
        let json = self.netflow(&["--json"]);
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Returns the flows as nfdump reads them.
    fn theirs(&self) -> Vec<Map<String, Value>> {
        let json = fs::read_to_string(self.file("nfdump.json")).unwrap();
        serde_json::from_str(&json).unwrap()
    }

    /// Returns what nfcapd says that it is, or has so many of.
    fn nfcapd(&self, what: &str) -> String {
        let log = fs::read_to_string(self.file("nfcapd.log")).unwrap();
        let found: Vec<&str> = log.split(what).skip(1).collect();
        let [found] = found[..] else { panic!("{what} is not once in {log}") };
        found.split([',', '\n']).next().unwrap().to_owned()
    }
}

/// A flow in the terms of both.
#[derive(Debug, PartialEq, Eq)]
struct Flow {
    exporter: String,
    src: String,
    dst: String,
    next_hop: String,
    /// Source and destination port, but type and code of ICMP.
    ports: (u64, u64),
    protocol: u64,
    tcp_flags: String,
    tos: u64,
    packets: u64,
    octets: u64,
    /// Milliseconds since 1970.
    first: i64,
    last: i64,
    interfaces: (u64, u64),
    systems: (u64, u64),
    masks: (u64, u64),
}

const ICMP: u64 = 1;

/// Reads a line of ours.
///
/// nfdump multiplies by the interval that the first export of an exporter declares. We tell what
/// was sent.
fn of_ours(flow: &Map<String, Value>, interval: u64) -> Flow {
    let text = |name: &str| flow[name].as_str().unwrap().to_owned();
    let number = |name: &str| flow[name].as_u64().unwrap();
    // Seconds with three decimals.
    let millis = |name: &str| flow[name].to_string().parse::<f64>().unwrap() * 1_000.0;
    let protocol = number("protocol");
    let ports = match (number("srcport"), number("dstport")) {
        // The format has no place for type and code, and exporters put them into the destination
        // port, as 256 * type + code. nfdump takes them out of there, and shows no ports.
        (0, port) if protocol == ICMP => (port >> 8, port & 0xff),
        ports => ports,
    };
    Flow {
        exporter: text("exporter"),
        src: text("srcaddr"),
        dst: text("dstaddr"),
        next_hop: text("nexthop"),
        ports,
        protocol,
        tcp_flags: flags(number("tcp_flags")),
        tos: number("tos"),
        packets: number("packets") * interval,
        octets: number("octets") * interval,
        first: round(millis("first")),
        last: round(millis("last")),
        interfaces: (number("input"), number("output")),
        systems: (number("src_as"), number("dst_as")),
        masks: (number("src_mask"), number("dst_mask")),
    }
}

/// Reads an object of nfdump, all of it.
///
/// nfdump leaves out groups of fields that are all zero.
fn of_theirs(mut flow: Map<String, Value>, interval: u64) -> Flow {
    let is_sampled = u64::from(interval > 1);
    // What is about the collector, or made of the rest, or not in version 5.
    for (name, constant) in [
        ("type", Value::from("FLOW")),
        ("sampled", Value::from(is_sampled)),
        ("export_sysid", Value::from(1)),
        ("label", Value::from("<none>")),
        ("src_net", Value::from("")),
        ("dst_net", Value::from("")),
        ("fwd_status", Value::from(0)),
        ("direction", Value::from(0)),
        ("dst_tos", Value::from(0)),
    ] {
        let value = flow.remove(name);
        assert!(value.is_none_or(|value| value == constant), "{name} is not {constant}");
    }
    let mut take = |name: &str| flow.remove(name);
    let protocol = take("proto").unwrap().as_u64().unwrap();
    let [source, destination] = match protocol {
        ICMP => ["icmp_type", "icmp_code"],
        _ => ["src_port", "dst_port"],
    };
    let ports = [source, destination].map(|name| take(name).unwrap().as_u64().unwrap());
    let tcp_flags = match (protocol, take("tcp_flags")) {
        (ICMP, None) => flags(0),
        (_, flags) => flags.unwrap().as_str().unwrap().to_owned(),
    };
    let mut time = |name: &str| {
        let time: DateTime = take(name).unwrap().as_str().unwrap().parse().unwrap();
        time.to_zoned(TimeZone::UTC).unwrap().timestamp().as_millisecond()
    };
    let (first, last) = (time("first"), time("last"));
    let mut text = |name: &str| take(name).map(|value| value.as_str().unwrap().to_owned());
    let exporter = text("ip4_router").unwrap();
    let src = text("src4_addr").unwrap();
    let dst = text("dst4_addr").unwrap();
    let next_hop = text("ip4_next_hop").unwrap_or_else(|| "0.0.0.0".into());
    let mut number = |name: &str| take(name).map_or(0, |value| value.as_u64().unwrap());
    let flow_read = Flow {
        exporter,
        src,
        dst,
        next_hop,
        ports: ports.into(),
        protocol,
        tcp_flags,
        tos: number("src_tos"),
        packets: number("in_packets"),
        octets: number("in_bytes"),
        first,
        last,
        interfaces: (number("input_snmp"), number("output_snmp")),
        systems: (number("src_as"), number("dst_as")),
        masks: (number("src_mask"), number("dst_mask")),
    };
    assert!(flow.is_empty(), "not compared: {flow:?}");
    flow_read
}

/// Writes flags as nfdump does.
fn flags(bits: u64) -> String {
    "CEUAPRSF"
        .chars()
        .zip((0..8).rev())
        .map(|(letter, bit)| if bits >> bit & 1 == 1 { letter } else { '.' })
        .collect()
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a time of our days")]
fn round(number: f64) -> i64 {
    number.round() as i64
}

#[test]
fn flows_are_those_of_nfdump() {
    for capture in &CAPTURES {
        let (ours, theirs) = (capture.ours(), capture.theirs());
        assert_eq!(ours.len(), theirs.len(), "{}", capture.name);
        assert_eq!(u64::try_from(ours.len()).unwrap(), capture.arrived, "{}", capture.name);
        // Both in the order in which they came.
        for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            let ours = of_ours(ours, capture.interval);
            let theirs = of_theirs(theirs, capture.interval);
            assert_eq!(ours, theirs, "{}, flow {index}", capture.name);
        }
    }
}

#[test]
fn flows_are_not_all_alike() {
    // Else the comparison would say little.
    let flows: Vec<Flow> = CAPTURES
        .iter()
        .flat_map(|capture| capture.theirs().into_iter().map(|flow| (flow, capture.interval)))
        .map(|(flow, interval)| of_theirs(flow, interval))
        .collect();
    let has = |what: &dyn Fn(&Flow) -> bool| flows.iter().any(what);
    for protocol in [ICMP, 6, 17, 253] {
        assert!(has(&|flow| flow.protocol == protocol), "no flow of protocol {protocol}");
    }
    for ports in [(0, 0), (3, 2), (3, 3), (8, 0), (11, 0)] {
        assert!(has(&|flow| (flow.protocol, flow.ports) == (ICMP, ports)), "no ICMP {ports:?}");
    }
    for flags in ["......S.", "...A.R..", "...AP.SF"] {
        assert!(has(&|flow| flow.tcp_flags == flags), "no TCP {flags}");
    }
    assert!(has(&|flow| flow.tos == 0x48));
    assert!(has(&|flow| flow.last - flow.first > 1_000));
    assert!(has(&|flow| flow.interfaces == (7, 7)));
}

#[test]
fn lost_flows_are_those_that_did_not_arrive() {
    for capture in &CAPTURES {
        let report = capture.netflow(&[]);
        let (_, table) = report.split_once("  COLLECTOR        ENGINE\n").unwrap();
        let row: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
        let [_, flows, lost, _, "192.0.2.10:2055", engine] = row[..] else { panic!("{report}") };
        let Capture { name, sent, arrived, .. } = capture;
        assert_eq!(flows, arrived.to_string(), "{name}");
        assert_eq!(lost, (sent - arrived).to_string(), "{name}");
        // So says nfcapd.
        assert_eq!(flows, capture.nfcapd("Flows: "), "{name}");
        let theirs = [capture.nfcapd("type "), capture.nfcapd("engine id ")];
        assert_eq!(engine, theirs.join("/"), "{name}");
    }
}

#[test]
fn sequence_errors_are_those_of_nfcapd() {
    for capture in &CAPTURES {
        // An error is a sequence number that is not the one before and its flows, so two exports
        // lost in a row are one error.
        let mut exports: Vec<(u64, u64)> = Vec::new();
        for flow in capture.ours() {
            let sequence = flow["sequence"].as_u64().unwrap();
            match exports.last_mut() {
                Some((last, flows)) if *last == sequence => *flows += 1,
                _ => exports.push((sequence, 1)),
            }
        }
        let gaps = exports.windows(2).filter(|pair| pair[0].0 + pair[0].1 != pair[1].0).count();
        assert_eq!(gaps.to_string(), capture.nfcapd("Sequence Errors: "), "{}", capture.name);
        assert_eq!(gaps > 0, capture.sent > capture.arrived, "{}", capture.name);
    }
}

#[test]
fn sampling_is_told_and_not_applied() {
    for capture in &CAPTURES {
        let report = capture.netflow(&[]);
        let is_told = report.contains(&format!("interval {};", capture.interval));
        assert_eq!(is_told, capture.interval > 1, "{report}");
        // nfcapd adds up what it multiplied.
        let sum = |name: &str| -> u64 {
            let values = capture.ours().into_iter().map(|flow| flow[name].as_u64().unwrap());
            values.sum::<u64>() * capture.interval
        };
        assert_eq!(sum("packets").to_string(), capture.nfcapd(", Packets: "), "{}", capture.name);
        assert_eq!(sum("octets").to_string(), capture.nfcapd("Bytes: "), "{}", capture.name);
    }
}
