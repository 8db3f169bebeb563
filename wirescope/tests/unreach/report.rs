//! The report of `wirescope unreach`: what it says of captures whose traffic is known.
//!
//! What each capture holds, and the command that shows it, is in `captures/README.md`.

use crate::{capture, run, unreach};
use serde_json::{Value, json};
use std::{collections::HashMap, fs};
use tempfile::TempDir;

/// A row of a table, and the lines below it.
#[derive(Debug)]
struct Row {
    heading: String,
    count: u64,
    knocker: String,
    wanted: String,
    details: Vec<String>,
}

#[track_caller]
fn report(name: &str, args: &[&str]) -> String {
    let (code, stdout, stderr) = run(unreach().args(args).arg(capture(name)));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    stdout
}

/// Reads the tables of a report.
fn rows(report: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut heading = "";
    let mut is_table = false;
    for line in report.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.first() {
            None => is_table = false,
            Some(&"COUNT") => is_table = true,
            Some(first) if is_table => match first.parse() {
                Ok(count) if line.find(|c: char| c.is_ascii_digit()) < Some(8) => rows.push(Row {
                    heading: heading.to_owned(),
                    count,
                    knocker: words[1].to_owned(),
                    wanted: words.get(2).copied().unwrap_or_default().to_owned(),
                    details: Vec::new(),
                }),
                _ => rows.last_mut().unwrap().details.push(words.join(" ")),
            },
            Some(_) => heading = line,
        }
    }
    rows
}

#[track_caller]
fn row(rows: &[Row], wanted: &str) -> usize {
    let found = rows.iter().position(|row| row.wanted == wanted);
    found.unwrap_or_else(|| panic!("{wanted} is not in {rows:#?}"))
}

#[test]
fn it_tells_who_knocked_what_they_wanted_and_who_refused() {
    let report = report("collector-down.pcap", &[]);
    assert!(report.starts_with("107 datagrams refused, 2026-11-22 "), "{report}");
    let rows = rows(&report);
    // tcpdump -nr collector-down.pcap 'icmp[0]=3 and icmp[30:2]=2055' | wc -l
    assert_eq!((rows[0].count, rows[0].wanted.as_str()), (86, "192.0.2.10:2055/udp"));
    assert!(rows[0].knocker.starts_with("192.0.2.214:"), "{report}");
    assert_eq!(rows[0].details, ["NetFlow v5, up to 30 records: an exporter without a collector"]);
    assert_eq!(rows[0].heading, "Port closed, says the wanted host itself: 107 refusals");
    assert_eq!(rows.iter().map(|row| row.count).sum::<u64>(), 107);
    // logger takes a new port for each of its ten lines.
    let syslog = &rows[row(&rows, "[2001:db8::a]:514/udp")];
    assert_eq!((syslog.knocker.as_str(), syslog.count), ("[2001:db8::d6]:*", 10));
    assert!(syslog.details[0].starts_with("from 10 ports, "), "{syslog:?}");
}

#[test]
fn every_refusal_is_in_a_row() {
    // The numbers are those of tcpdump --count -nr FILE 'icmp[0] = 3 or icmp6[0] = 1'.
    for (name, refused) in [
        ("any-sll.pcap", 12),
        ("any-sll2.pcap", 12),
        ("burst.pcap", 1000),
        ("limited.pcap", 1604),
        ("nano.pcap", 6),
        ("raw-ip.pcap", 24),
        ("reject.pcap", 36),
        ("scan.pcap", 195),
        ("udp4-small.pcapng", 24),
        ("udp6-large.pcap", 11),
    ] {
        let report = report(name, &["--top", "0"]);
        assert!(report.starts_with(&format!("{refused} datagrams refused, ")), "{report}");
        let sum: u64 = rows(&report).iter().map(|row| row.count).sum();
        assert_eq!(sum, refused, "{name}");
    }
}

#[test]
fn a_refusal_in_transit_names_the_router() {
    let rows = rows(&report("reject.pcap", &["--top", "0"]));
    let rejected = &rows[row(&rows, "192.0.2.10:17006/udp")];
    assert!(rejected.heading.starts_with("Prohibited, says another host, in transit: "));
    assert_eq!(rejected.details[0], "in transit, from 198.51.100.1");
    // A protocol has no port.
    let protocol = &rows[row(&rows, "192.0.2.10")];
    assert!(protocol.heading.starts_with("Protocol unreachable, says the wanted host itself: "));
}

#[test]
fn ports_that_were_not_captured_are_said_to_be_cut_off() {
    let report = report("snaplen.pcap", &[]);
    assert!(report.contains("192.0.2.10 udp, ports cut off "), "{report}");
}

#[test]
fn a_refusal_that_the_knocker_did_not_get_is_said() {
    let rows = rows(&report("nat.pcap", &[]));
    let told = "told to 198.51.100.31, not to the knocker: NAT, or a forged source";
    for (knocker, count, details) in
        [("198.51.100.23:", 4, &[told][..]), ("198.51.100.47:", 2, &[])]
    {
        let of: Vec<&Row> = rows.iter().filter(|row| row.knocker.starts_with(knocker)).collect();
        assert_eq!(of.len(), count);
        assert!(of.iter().all(|row| row.details == details), "{of:#?}");
    }
}

#[test]
fn a_scan_is_one_row() {
    let rows = rows(&report("scan.pcap", &[]));
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert_eq!((rows[0].count, rows[0].wanted.as_str()), (135, "192.0.2.10:*/udp"));
    assert_eq!(rows[0].details, ["scan of 120 ports, 7 to 65024"]);
    assert_eq!((rows[1].count, rows[1].wanted.as_str()), (60, "*:161/udp"));
    assert!(rows[1].details[0].starts_with("30 hosts, 192.0.2.101 to 192.0.2.130: a scan, or"));
}

#[test]
fn a_traceroute_is_one_row() {
    let rows = rows(&report("traceroute.pcap", &[]));
    let [v4, v6] = rows.as_slice() else { panic!("{rows:#?}") };
    assert_eq!((v4.count, v6.count), (13, 13));
    assert_eq!((v4.knocker.as_str(), v4.wanted.as_str()), ("198.51.100.23:*", "192.0.2.10:*/udp"));
    assert_eq!(v4.details, ["traceroute, as far as the wanted host"]);
    assert_eq!(v6.details, v4.details);
    assert!(report("traceroute.pcap", &[]).contains("see --print: Time Exceeded 6."));
}

#[test]
fn late_answers_are_one_row_a_server() {
    let rows = rows(&report("late-answers.pcap", &[]));
    let [dns, ntp] = rows.as_slice() else { panic!("{rows:#?}") };
    assert_eq!((dns.count, dns.knocker.as_str()), (20, "203.0.113.53:53"));
    assert!(dns.details[0].starts_with("late DNS answers to 20 ports, "), "{dns:?}");
    assert_eq!((ntp.count, ntp.knocker.as_str()), (4, "203.0.113.123:123"));
    assert!(ntp.details[0].starts_with("late NTP answers to 4 ports, "), "{ntp:?}");
}

#[test]
fn a_datagram_that_was_captured_twice_counts_once() {
    // Ten datagrams and ten refusals, each in on one interface and out on another.
    let forwarded = report("any-forwarded.pcap", &[]);
    assert!(forwarded.starts_with("10 datagrams refused, "), "{forwarded}");
    assert!(forwarded.contains("\n20 copies of datagrams that "), "{forwarded}");
    assert!(!forwarded.contains("not refused 5"), "{forwarded}");
    // Six and six, with and without a tag, or on two interfaces that hide it.
    for name in ["any-vlan.pcap", "any-vlan-sll2.pcap"] {
        let report = report(name, &[]);
        assert!(report.starts_with("6 datagrams refused, "), "{report}");
        assert!(report.contains("\n12 copies of datagrams that "), "{report}");
    }
}

#[test]
fn a_datagram_that_was_sent_twice_counts_twice() {
    // Ten refusals, byte by byte the same, from the same place.
    let report = report("repeat.pcap", &[]);
    assert!(report.starts_with("10 datagrams refused, "), "{report}");
    assert!(!report.contains("copies"), "{report}");
}

#[test]
fn the_same_addresses_in_two_vlans_are_two_pairs() {
    let rows = rows(&report("vlan.pcap", &[]));
    let vlans = rows.iter().filter(|row| row.wanted == "[2001:db8::a]:2055/udp");
    let vlans: Vec<&str> = vlans.map(|row| row.details[0].as_str()).collect();
    assert_eq!(vlans, ["in VLAN 10", "in VLAN 20", "in VLAN 10 within VLAN 30"]);
    assert!(rows.iter().all(|row| row.count == 1), "{rows:#?}");
}

#[test]
fn refusals_in_tunnels_are_named_and_not_counted() {
    let report = report("tunnel.pcap", &[]);
    assert!(report.starts_with("No destination unreachable in 16 packets.\n"), "{report}");
    let tunnels = "In tunnels, not looked into: refusals 6in4 2, GRE 2, IPIP 2, VXLAN 2.\n";
    assert!(report.ends_with(tunnels), "{report}");
}

#[test]
fn a_rate_that_is_flat_at_the_limit_is_not_taken_for_the_real_one() {
    // 450 datagrams a second for eight seconds, refused 200 times a second.
    let report = report("limited.pcap", &[]);
    let rate = "192.0.2.10: 1604 in 9 s, 200 in the busiest
  >= 200/s, limit reached in 8 of 9 s: the real rate is higher
  knocked 3600, refused 1604, not refused 1996
  04:32:44      12  ###
  04:32:45     200  ##################################################
";
    assert!(report.contains(rate), "{report}");
    assert_eq!(rows(&report)[0].details, ["knocked 3600, refused 1604, not refused 1996"]);
    // With another limit it is flat all the same.
    for limit in ["100", "1000"] {
        let other = self::report("limited.pcap", &["--limit", limit]);
        assert!(other.contains("\n  flat at about 200/s: a limit, or a steady knocker"), "{other}");
    }
}

#[test]
fn a_host_without_a_limit_is_not_taken_to_have_one() {
    let report = report("burst.pcap", &[]);
    assert!(!report.contains("limit reached"), "{report}");
    assert!(report.contains("\n  above 200/s: this host has another limit, or none"), "{report}");
}

#[test]
fn it_is_no_wider_than_a_terminal() {
    for entry in fs::read_dir(capture("")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_str().unwrap();
        if name.contains(".pcap") {
            let (_, stdout, _) = run(unreach().args(["--top", "0"]).arg(&path));
            for line in stdout.lines() {
                assert!(line.chars().count() <= 80 && line == line.trim_end(), "{name}: {line}");
            }
        }
    }
}

#[test]
fn bars_are_blocks_where_the_locale_is_utf_8() {
    let (_, stdout, _) = run(unreach().env("LC_ALL", "C.UTF-8").arg(capture("limited.pcap")));
    assert!(stdout.contains("  200  \u{2588}\u{2588}"), "{stdout}");
    assert!(stdout.contains("  \u{2265} 200/s, "), "{stdout}");
    // The first of the three that is set counts.
    let (_, stdout, _) =
        run(unreach().env("LC_ALL", "C").env("LANG", "en_US.UTF-8").arg(capture("limited.pcap")));
    assert!(stdout.contains("  200  ##"), "{stdout}");
}

#[test]
fn only_what_is_asked_for_is_reported() {
    let count = |args: &[&str]| {
        let report = report("collector-down.pcap", args);
        report.split(' ').next().unwrap().to_owned()
    };
    // The knocker, the wanted host and the whole net, in the quote as well as in the header.
    assert_eq!(count(&["--host", "2001:db8::d6"]), "10");
    assert_eq!(count(&["--host", "198.51.100.0/24"]), "11");
    assert_eq!(count(&["--host", "198.51.100.0/24", "--host", "2001:db8::/32"]), "21");
    assert_eq!(count(&["--host", "203.0.113.1"]), "No");
    // tcpdump -nr collector-down.pcap 'icmp[0]=3 or icmp6[0]=1' | awk '$1 < "01:27:47"' | wc -l
    assert_eq!(count(&["--until", "01:27:47"]), "32");
    assert_eq!(count(&["--since", "01:27:47"]), "75");
    assert_eq!(count(&["--since", "2026-11-22 01:27:47", "--until", "2026-11-22T01:27:50Z"]), "16");
    assert_eq!(count(&["--since", "2026-11-23 00:00"]), "No");
    for (args, complaint) in [
        (["--host", "example.com"], "neither an address nor a network"),
        (["--since", "yesterday"], "not like 2006-01-02T15:04:05Z"),
    ] {
        let (code, _, stderr) = run(unreach().args(args).arg(capture("collector-down.pcap")));
        assert_eq!(code, Some(2));
        assert!(stderr.contains(complaint), "{stderr}");
    }
}

#[test]
fn the_kernels_log_is_explained_alone_and_beside_a_capture() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("messages");
    let log =
        "Nov 22 04:05:06 host kernel: Limiting icmp unreach response from 296 to 200 packets/sec
Nov 22 04:05:07 host kernel: Limiting closed port RST response from 368 to 200 packets/sec
Nov 22 04:05:08 host sshd[77]: nothing to do with it
Nov 22 04:05:09 host kernel: Limiting icmp unreach response from 311 to 196 packets/sec
Nov 22 04:05:39 host last message repeated 5 times
Nov 22 04:05:40 host kernel: Limiting icmp unreach response from 3";
    fs::write(&file, log).unwrap();
    let expected = "Responses that the kernel held back, by its log:
icmp unreach: 7 times, up to 311/s where 196 to 200/s is allowed
  Nov 22 04:05:06 to Nov 22 04:05:39
  UDP datagrams to closed ports: the refusals of this report
closed port RST: once, up to 368/s where 200/s is allowed
  Nov 22 04:05:07
  TCP segments to closed ports, answered with a reset: never shows up as ICMP
1 line is about a limit and damaged; in line 6: ";
    let (code, alone, stderr) = run(unreach().arg("--log").arg(&file));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(alone.starts_with(expected), "{alone}");
    let (code, beside, _) = run(unreach().arg("--log").arg(&file).arg(capture("limited.pcap")));
    assert_eq!(code, Some(0));
    assert!(beside.starts_with("1604 datagrams refused, "), "{beside}");
    assert!(beside.ends_with(&format!("\n\n{alone}")), "{beside}");

    // A line that does not end, what is no log, and what is not there.
    fs::write(&file, vec![b'a'; 10_000_000]).unwrap();
    let (code, stdout, _) = run(unreach().arg("--log").arg(&file));
    assert_eq!(code, Some(0));
    assert_eq!(stdout, "No limit was reached in 1 line of the kernel's log.\n");
    for (file, complaint) in [
        (capture("burst.pcap"), "not a log, but binary"),
        ("/nonexistent".into(), "No such file or directory"),
    ] {
        let (code, stdout, stderr) = run(unreach().arg("--log").arg(&file));
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert_eq!(stderr, format!("wirescope: {}: {complaint}\n", file.display()));
    }
}

/// Returns the objects of a report.
#[track_caller]
fn records(name: &str, args: &[&str]) -> Vec<Value> {
    let report = report(name, &[&["--json"], args].concat());
    report.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn json_says_what_the_report_says() {
    let records = records("limited.pcap", &[]);
    let [capture, cause, rate] = records.as_slice() else { panic!("{records:#?}") };
    assert_eq!(
        (&capture["record"], &capture["packets"], &capture["refused"]),
        (&json!("capture"), &json!(5204), &json!(1604))
    );
    let one = |value: Value| json!({ "count": 1, "least": value, "greatest": value });
    let time = &cause["first"];
    assert_eq!(
        *cause,
        json!({
            "record": "cause",
            "kind": "plain",
            "reason": "port closed",
            "service": "udp",
            "src": one(json!("192.0.2.214")),
            "src_port": one(json!(40055)),
            "dst": one(json!("192.0.2.10")),
            "dst_port": one(json!(2055)),
            "src_unknown": false,
            "refuser": "wanted",
            "in_transit": null,
            "addressee": null,
            "answers": false,
            "netflow_v5": 0,
            "netflow_records": 0,
            "vlan": [],
            "refused": 1604,
            "knocked": 3600,
            "first": time,
            "last": cause["last"],
        })
    );
    // TZ=UTC date -d @1795321964: the first refusal, in the last 50 ms of its second.
    assert!(time.to_string().starts_with("1795321964.9"), "{time}");
    assert_eq!((&rate["at_limit"], &rate["knocked"]), (&json!(8), &json!(3600)));
    assert_eq!(rate["seconds"][1], json!([1_795_321_965, 200]));
}

#[test]
fn json_has_the_same_fields_in_every_object() {
    let mut fields: HashMap<String, Vec<String>> = HashMap::new();
    for name in ["reject.pcap", "nat.pcap", "vlan.pcap", "snaplen.pcap", "traceroute.pcap"] {
        for record in records(name, &["--top", "0"]) {
            let names: Vec<String> = record.as_object().unwrap().keys().cloned().collect();
            let kind = record["record"].as_str().unwrap().to_owned();
            assert_eq!(&names, fields.entry(kind).or_insert_with(|| names.clone()), "{record}");
        }
    }
}

#[test]
fn json_of_a_log_is_an_object_for_each_kind() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("messages");
    fs::write(&file, "[ 1.5] Limiting icmp6 unreach response from 296 to 200 packets/sec\n")
        .unwrap();
    let (_, stdout, _) = run(unreach().args(["--json", "--log"]).arg(&file));
    let record: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        record,
        json!({
            "record": "kernel_log",
            "response": "icmp6 unreach",
            "lines": 1,
            "attempted": 296,
            "limit": [200, 200],
            "first": "[ 1.5]",
            "last": "[ 1.5]",
        })
    );
}
