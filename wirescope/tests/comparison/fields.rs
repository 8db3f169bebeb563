//! Our JSON against the fields that tshark sees.

use libtest_mimic::Failed;
use serde_json::Value;
use std::{
    collections::{HashMap, VecDeque},
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
    process::Command,
};

/// Compares with the table beside a capture.
pub(crate) fn same_as_recorded(file: &Path) -> Result<(), Failed> {
    let mut table = PathBuf::from(file).into_os_string();
    table.push(".tshark.tsv");
    let table = fs::read_to_string(&table).map_err(|error| format!("{table:?}: {error}"))?;
    compare(file, &table)
}

/// Compares with what tshark makes of a capture now.
pub(crate) fn same_as_now(file: &Path) -> Result<(), Failed> {
    let mut command = Command::new("tshark");
    command.args(["-n", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"]);
    command.args(["-T", "fields", "-E", "header=y", "-E", "aggregator=|", "-r"]).arg(file);
    for field in COLUMNS {
        command.args(["-e", field]);
    }
    let output = command.output().unwrap();
    compare(file, &String::from_utf8(output.stdout).unwrap())
}

fn compare(file: &Path, table: &str) -> Result<(), Failed> {
    let mut ours = objects(file);
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut problems = Vec::new();
    for line in lines {
        let values = line.split('\t').map(|values| values.split('|').collect());
        let row = Row(header.iter().copied().zip(values).collect());
        let Some(family) = row.family() else { continue };
        let time = row.field("frame.time_epoch", 0);
        let Some(object) = ours.get_mut(time).and_then(VecDeque::pop_front) else {
            problems.push(format!("no object at {time}"));
            continue;
        };
        for (path, theirs) in row.expected(family) {
            let ours = said(&object, path);
            // An address has more than one spelling.
            let theirs = theirs.parse::<IpAddr>().map_or(theirs, |address| address.to_string());
            if ours != theirs && !is_explained(path, &theirs, &ours, &object) {
                problems.push(format!("at {time}, {path}: {ours}, tshark: {theirs}"));
            }
        }
    }
    for (time, objects) in ours {
        // tshark looks neither into messages that are too short nor into fragments.
        let is_seen = |object: &&Value| {
            object["error"].is_null() && object["checksum"]["status"] != "truncated"
        };
        for object in objects.iter().filter(is_seen) {
            problems.push(format!("tshark sees no message at {time}: {object}"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// Returns our objects by their times, the times as they are written.
pub(crate) fn objects(file: &Path) -> HashMap<String, VecDeque<Value>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    let output = command.args(["unreach", "--print", "--json"]).arg(file).output().unwrap();
    let mut objects: HashMap<String, VecDeque<Value>> = HashMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        // As a number it would lose its last digits.
        let (time, _) = line.strip_prefix("{\"time\":").unwrap().split_once(',').unwrap();
        objects.entry(time.into()).or_default().push_back(serde_json::from_str(line).unwrap());
    }
    objects
}

/// Returns what stands at a path, as tshark writes it: `*` is every element of an array.
fn said(object: &Value, path: &str) -> String {
    let mut values = vec![object];
    for name in path.split('/') {
        values = match name {
            "*" => values
                .into_iter()
                .flat_map(|value| value.as_array().into_iter().flatten())
                .collect(),
            _ => values.into_iter().filter_map(|value| value.get(name)).collect(),
        };
    }
    let texts = values.into_iter().filter_map(|value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(u8::from(*flag).to_string()),
        value => Some(value.to_string()),
    });
    texts.collect::<Vec<String>>().join("|")
}

/// What tshark says of a packet: the occurrences of each field, the outermost first.
struct Row<'a>(HashMap<&'a str, Vec<&'a str>>);

#[derive(Clone, Copy, PartialEq)]
enum Family {
    V4,
    V6,
}

impl<'a> Row<'a> {
    fn field(&self, name: &str, i: usize) -> &'a str {
        self.0.get(name).and_then(|values| values.get(i)).copied().unwrap_or_default()
    }

    /// Returns the family of the packet's ICMP error, `None` if it has none, or in a tunnel.
    fn family(&self) -> Option<Family> {
        let protocols = self.field("frame.protocols", 0);
        let (outer, _) = protocols.split_once(":icmp")?;
        // A link type that is not read.
        if outer.starts_with("nflog") {
            return None;
        }
        let datagrams: Vec<&str> =
            outer.split(':').filter(|protocol| matches!(*protocol, "ip" | "ipv6")).collect();
        match datagrams[..] {
            ["ip"] if matches!(self.field("icmp.type", 0), "3" | "4" | "5" | "11" | "12") => {
                Some(Family::V4)
            }
            ["ipv6"] if matches!(self.field("icmpv6.type", 0), "1" | "2" | "3" | "4") => {
                Some(Family::V6)
            }
            _ => None,
        }
    }

    fn all(&self, name: &str) -> String {
        self.0.get(name).map(|values| values.join("|")).unwrap_or_default()
    }

    /// Returns what tshark says, by where we say it.
    fn expected(&self, family: Family) -> Vec<(&'static str, String)> {
        let is_v4 = family == Family::V4;
        let icmp = |name: &str| {
            self.field(&format!("{}.{name}", if is_v4 { "icmp" } else { "icmpv6" }), 0)
        };
        let ip =
            |name: &str, i| self.field(&format!("{}.{name}", if is_v4 { "ip" } else { "ipv6" }), i);
        let port = |name: &str| {
            ["udp", "tcp", "sctp", "dccp"]
                .map(|transport| self.field(&format!("{transport}.{name}"), 0))
                .concat()
        };
        let status = match icmp("checksum.status") {
            "0" => "invalid",
            "1" => "valid",
            "2" => "truncated",
            other => other,
        };
        let mut expected: Vec<(&str, String)> = vec![
            ("src", ip("src", 0).into()),
            ("dst", ip("dst", 0).into()),
            ("type", icmp("type").into()),
            ("code", icmp("code").into()),
            ("checksum/sent", decimal(icmp("checksum"))),
            ("checksum/status", status.into()),
            // 0 is what routers send that do not know of it.
            ("mtu", icmp("mtu").trim_start_matches('0').into()),
            ("quote/src", ip("src", 1).into()),
            ("quote/dst", ip("dst", 1).into()),
            ("quote/src_port", port("srcport")),
            ("quote/dst_port", port("dstport")),
        ];
        let number = |text: &str| text.parse::<usize>().unwrap_or_default();
        if is_v4 {
            let len = number(ip("len", 0)) - number(ip("hdr_len", 0));
            expected.extend([
                ("length", len.to_string()),
                ("quote/declared", ip("len", 1).into()),
                ("quote/protocol", ip("proto", 1).into()),
            ]);
        } else if !ip("plen", 1).is_empty() {
            expected.push(("quote/declared", (number(ip("plen", 1)) + 40).to_string()));
        }
        let joined = |fields: &[&str]| -> String {
            let values = fields.iter().map(|field| self.all(field));
            values.filter(|values| !values.is_empty()).collect::<Vec<String>>().join("|")
        };
        expected.extend(EXTENSIONS.map(|(path, fields)| (path, joined(fields))));
        expected
    }
}

fn decimal(hexadecimal: &str) -> String {
    let digits = hexadecimal.strip_prefix("0x").unwrap_or_default();
    u32::from_str_radix(digits, 16).map(|number| number.to_string()).unwrap_or_default()
}

/// Returns whether we differ from tshark on purpose.
fn is_explained(path: &str, theirs: &str, ours: &str, object: &Value) -> bool {
    let quote = &object["quote"];
    if !object["error"].is_null() {
        // tshark shows the fields in front of a cut, and we no part of a header.
        return ours.is_empty();
    }
    match path {
        // tshark takes the bytes that are there for all that there were.
        "checksum/status" => {
            let present = quote["present"].as_u64().unwrap_or_default() + 8;
            ours == "truncated" && theirs == "invalid" && object["length"].as_u64() > Some(present)
        }
        // Of what is inside GRE and behind an IPv4 authentication header.
        "quote/src_port" | "quote/dst_port"
            if quote["protocol"] == 47 || quote["protocol"] == 51 =>
        {
            ours.is_empty()
        }
        // The recorded tables have no fields of DCCP.
        "quote/src_port" | "quote/dst_port" => theirs.is_empty() && quote["protocol"] == 33,
        "extensions/*/checksum/status" if STATUS.contains(&(theirs, ours)) => true,
        // tshark shows a name only if an MTU follows it.
        "extensions/*/objects/*/name" if ours.contains(theirs) => true,
        _ if path.starts_with("extensions/") => {
            match object["extensions"][0]["evidence"].as_str() {
                // tshark looks for no IPv4 structure behind more than 128 bytes of quote,
                Some("compliant") => {
                    theirs.is_empty()
                        && object["family"] == "ipv4"
                        && quote["present"].as_u64() > Some(128)
                }
                // nor for an IPv6 structure that no length declares,
                Some("legacy") => object["family"] == "ipv6",
                // but for one behind less than the 128 bytes that RFC 4884 §4 demands.
                None => ours.is_empty() && quote["present"].as_u64() < Some(128),
                Some(_) => false,
            }
        }
        _ => false,
    }
}

/// tshark's numbers for our words.
const STATUS: [(&str, &str); 3] = [("0", "invalid"), ("1", "valid"), ("3", "not sent")];

/// What is in extension structures.
const EXTENSIONS: [(&str, &[&str]); 11] = [
    ("extensions/*/checksum/status", &["icmp.ext.checksum.status"]),
    ("extensions/*/objects/*/class", &["icmp.ext.class"]),
    ("extensions/*/objects/*/type", &["icmp.ext.ctype"]),
    ("extensions/*/objects/*/labels/*/label", &["icmp.mpls.label"]),
    ("extensions/*/objects/*/labels/*/tc", &["icmp.mpls.exp"]),
    ("extensions/*/objects/*/labels/*/s", &["icmp.mpls.s"]),
    ("extensions/*/objects/*/labels/*/ttl", &["icmp.mpls.ttl"]),
    ("extensions/*/objects/*/index", &["icmp.int_info.index"]),
    ("extensions/*/objects/*/address", &["icmp.int_info.ipv4", "icmp.int_info.ipv6"]),
    ("extensions/*/objects/*/name", &["icmp.int_info.name"]),
    ("extensions/*/objects/*/mtu", &["icmp.int_info.mtu"]),
];

/// What is asked of tshark, beside captures that have no table.
const COLUMNS: [&str; 44] = [
    "frame.time_epoch",
    "frame.protocols",
    "ip.src",
    "ip.dst",
    "ip.len",
    "ip.hdr_len",
    "ip.proto",
    "ip.frag_offset",
    "ipv6.src",
    "ipv6.dst",
    "ipv6.plen",
    "ipv6.nxt",
    "icmp.type",
    "icmp.code",
    "icmp.checksum",
    "icmp.checksum.status",
    "icmp.mtu",
    "icmp.ext.checksum",
    "icmp.ext.checksum.status",
    "icmp.ext.class",
    "icmp.ext.ctype",
    "icmp.mpls.label",
    "icmp.mpls.exp",
    "icmp.mpls.s",
    "icmp.mpls.ttl",
    "icmp.int_info.role",
    "icmp.int_info.index",
    "icmp.int_info.ipv4",
    "icmp.int_info.ipv6",
    "icmp.int_info.name",
    "icmp.int_info.mtu",
    "icmpv6.type",
    "icmpv6.code",
    "icmpv6.checksum",
    "icmpv6.checksum.status",
    "icmpv6.mtu",
    "udp.srcport",
    "udp.dstport",
    "tcp.srcport",
    "tcp.dstport",
    "sctp.srcport",
    "sctp.dstport",
    "dccp.srcport",
    "dccp.dstport",
];
