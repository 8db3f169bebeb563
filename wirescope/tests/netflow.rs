//! `wirescope netflow` as its user meets it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use core::slice::from_ref;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A capture of the repository: what a softflowd sent to a collector that was down.
fn collector_down() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures/collector-down.pcap")
}

#[track_caller]
fn netflow(args: &[&str], file: &Path) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("netflow").args(args).arg(file).env("TZ", "UTC").env("LC_ALL", "C");
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[track_caller]
fn output(args: &[&str]) -> String {
    let (code, stdout, stderr) = netflow(args, &collector_down());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    stdout
}

#[test]
fn the_report_tells_exporters_and_talkers() {
    // tshark -r collector-down.pcap -d udp.port==2055,cflow -Y 'cflow && !icmp' -T fields
    //     -e cflow.srcaddr -e cflow.octets -e cflow.packets, summed up
    let report = output(&["--top", "2"]);
    assert!(
        report.starts_with("86 exports of NetFlow v5 with 2452 flows, 2026-11-22 01:27:46 to ")
    );
    for line in [
        "\n      86       2452         0  192.0.2.214:36624  192.0.2.10:2055  0/0\n",
        "\n       354242        1439       597  203.0.113.80  ####",
        "\n                                     5 more: --top 0 shows all\n",
        "\n       987444        4637      2452  in all\n",
    ] {
        assert!(report.contains(line), "{line} is not in {report}");
    }
    assert!(report.lines().all(|line| line.len() <= 80), "{report}");
}

#[test]
fn talkers_are_what_is_asked_for() {
    let first = |args: &[&str]| {
        let report = output(args);
        let table = report.split("BYTES").nth(1).unwrap();
        let row: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
        row[3..].iter().take_while(|word| !word.starts_with('#')).copied().collect::<String>()
    };
    assert_eq!(first(&["--by", "pair", "--order", "packets"]), "198.51.100.47>203.0.113.80");
    assert_eq!(first(&["--by", "as"]), "unknown");
    assert_eq!(first(&["--by", "port"]), "tcp/80");
    // Of one flow each, the least address is first.
    let flows = output(&["--csv", "--host", "203.0.113.80"]).lines().skip(1).count();
    let report = output(&["--host", "203.0.113.80"]);
    assert!(report.contains(&format!(" {flows}  in all\n")), "{flows}: {report}");
}

#[test]
fn print_is_what_openbsd_prints() {
    let printed = output(&["--print", "--time", "none"]);
    let expected = "\
192.0.2.214.36624 > 192.0.2.10.2055: NetFlow v5, 4.051 uptime, 1795310866.417530000, #0, 30 recs
  started 0.192, last 0.192
    198.51.100.47/0:0:37902 > 203.0.113.80/0:0:443 >> 0.0.0.0
    udp tos 0, 1 (323 octets)
";
    assert!(printed.starts_with(expected), "{printed}");
    assert_eq!(printed.lines().filter(|line| line.contains(": NetFlow v5, ")).count(), 86);
    assert_eq!(printed.lines().filter(|line| line.starts_with("  started ")).count(), 2452);
}

#[test]
fn json_and_csv_have_the_same_fields_and_values() {
    let csv = output(&["--csv"]);
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let json = output(&["--json"]);
    assert_eq!(json.lines().count(), 2452);
    for (object, row) in json.lines().zip(lines) {
        let cells: Vec<&str> = row.split(',').collect();
        // In order and by their text, since the numbers have more digits than an f64.
        let fields: Vec<String> = names
            .iter()
            .zip(cells)
            .map(|(name, cell)| match *name {
                "exporter" | "collector" | "srcaddr" | "dstaddr" | "nexthop" => {
                    format!("\"{name}\":\"{cell}\"")
                }
                _ => format!("\"{name}\":{cell}"),
            })
            .collect();
        assert_eq!(object, format!("{{{}}}", fields.join(",")));
    }
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    // Of the README of netflow-v5: the header's time less its uptime, plus the flow's.
    assert_eq!(first["first"].to_string(), "1795310862.558");
}

#[test]
fn a_capture_without_exports_is_a_result() {
    let burst = collector_down().with_file_name("burst.pcap");
    let (code, stdout, stderr) = netflow(&[], &burst);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(stdout, "No NetFlow v5 in 2000 packets.\n");
    // What comes to the port is an export, or it is said that it is none.
    let (_, stdout, _) = netflow(&["--udp-port", "20000"], &burst);
    assert!(stdout.ends_with("Other datagrams, not read: no NetFlow 10.\n"), "{stdout}");
    let (_, stdout, _) = netflow(&["--csv"], &burst);
    assert_eq!(stdout.lines().count(), 1);
}

#[test]
fn other_versions_are_named_by_more_than_their_number() {
    // Behind the headers of an export: version, count and what else has to agree.
    let zeros = |len: usize, start: &[u8]| [start, &vec![0; len - start.len()]].concat();
    let mut v8 = zeros(28 + 2 * 28, &[0, 8, 0, 2]);
    v8[22] = 1;
    let mut v9 = zeros(20 + 8, &[0, 9, 0, 1]);
    v9[22..24].copy_from_slice(&[0, 8]);
    let mut ipfix = zeros(16 + 8, &[0, 10, 0, 24]);
    ipfix[16..20].copy_from_slice(&[0, 2, 0, 8]);
    let sflow = zeros(28, &[0, 0, 0, 5, 0, 0, 0, 1]);
    let cases: [(Vec<u8>, Option<&str>); 12] = [
        (zeros(16 + 48, &[0, 1, 0, 1]), Some("NetFlow v1")),
        (zeros(16 + 47, &[0, 1, 0, 1]), None),
        (
            zeros(24 + 48, &[0, 5, 0, 2]),
            Some("like NetFlow v5, by a number alone (--udp-port reads them)"),
        ),
        (zeros(24 + 52, &[0, 6, 0, 1]), Some("NetFlow v6")),
        (zeros(24 + 52, &[0, 7, 0, 1]), Some("NetFlow v7")),
        (v8.clone(), Some("NetFlow v8")),
        (v8[..v8.len() - 1].to_vec(), None),
        (v9.clone(), Some("NetFlow v9")),
        ([&v9[..], &[0; 5]].concat(), None),
        (ipfix.clone(), Some("IPFIX")),
        (ipfix[..23].to_vec(), None),
        (sflow, Some("sFlow")),
    ];
    for (payload, name) in cases {
        let stdout = read_datagram(&payload);
        let expected = name.map_or_else(
            || "No NetFlow v5 in 1 packet.".into(),
            |name| format!("No NetFlow v5 in 1 packet. Other datagrams, not read: {name} 1."),
        );
        assert_eq!(words(&stdout), expected);
    }
}

/// An export of flows of 1000 bytes in 10 packets, from 198.51.100.1 on.
fn export(sequence: u32, count: u16, present: usize, engine: u8) -> Vec<u8> {
    let mut bytes = [&[0, 5], &count.to_be_bytes()[..], &10_000_u32.to_be_bytes()].concat();
    bytes.extend(1_700_000_000_u32.to_be_bytes());
    bytes.extend([0; 4]);
    bytes.extend(sequence.to_be_bytes());
    bytes.extend([0, engine, 0, 0]);
    for i in 0..present {
        let mut record = vec![198, 51, 100, 1 + u8::try_from(i).unwrap()];
        record.extend([&[0; 12][..], &10_u32.to_be_bytes(), &1000_u32.to_be_bytes()].concat());
        record.resize(48, 0);
        bytes.extend(record);
    }
    bytes
}

/// Returns the report on datagrams of UDP, a millisecond apart.
#[track_caller]
fn report_on(args: &[&str], payloads: &[Vec<u8>]) -> String {
    let packets: Vec<Vec<u8>> =
        (1..).zip(payloads).map(|(id, payload)| datagram(id, payload)).collect();
    report_on_packets(args, &packets)
}

#[track_caller]
fn report_on_packets(args: &[&str], packets: &[Vec<u8>]) -> String {
    let word = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    // Raw IP.
    let header = [&[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0][..], &[0; 8], &word(262_144), &word(101)];
    let mut bytes = header.concat();
    for (i, packet) in packets.iter().enumerate() {
        let head = [1_700_000_000 + i / 1000, i % 1000 * 1000, packet.len(), packet.len()];
        bytes.extend(head.into_iter().flat_map(word));
        bytes.extend(packet);
    }
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes).unwrap();
    let (code, stdout, stderr) = netflow(args, &file);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    stdout
}

/// Returns a datagram of UDP from 192.0.2.1:40000 to 192.0.2.2:2055.
fn datagram(id: u16, payload: &[u8]) -> Vec<u8> {
    let half = |number: usize| u16::try_from(number).unwrap().to_be_bytes();
    let udp = [&[0x9c, 0x40, 0x08, 0x07], &half(payload.len() + 8)[..], &[0, 0], payload].concat();
    let ip = [
        &[0x45, 0],
        &half(udp.len() + 20)[..],
        &id.to_be_bytes(),
        &[0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2],
        &udp,
    ];
    ip.concat()
}

/// Returns the report on a capture of one datagram of UDP.
fn read_datagram(payload: &[u8]) -> String {
    report_on(&[], &[payload.to_vec()])
}

/// Returns a text without its line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the rows of exporters and what stands below them.
fn exporters(report: &str) -> Vec<String> {
    let table = report.split("ENGINE\n").nth(1).unwrap_or_default();
    let lines = table.lines().take_while(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn lost_flows_are_those_between_the_numbers() {
    let report =
        report_on(&[], &[export(100, 2, 2, 0), export(102, 2, 2, 0), export(109, 1, 1, 0)]);
    let row = "3 5 5 192.0.2.1:40000 192.0.2.2:2055 0/0";
    assert_eq!(exporters(&report), [row], "{report}");
    // Each engine counts for itself.
    let report = report_on(&[], &[export(100, 2, 2, 0), export(7, 1, 1, 9)]);
    assert_eq!(
        exporters(&report),
        ["1 2 0 192.0.2.1:40000 192.0.2.2:2055 0/0", "1 1 0 192.0.2.1:40000 192.0.2.2:2055 0/9"]
    );
}

#[test]
fn numbers_that_count_no_flows_are_not_taken_for_none_lost() {
    let report = report_on(&[], &vec![export(0, 2, 2, 0); 50]);
    let lines = exporters(&report);
    assert_eq!(lines[0], "50 100 ? 192.0.2.1:40000 192.0.2.2:2055 0/0", "{report}");
    assert!(report.contains("its numbers do not count flows"), "{report}");
}

#[test]
fn more_records_than_allowed_are_read_where_they_are_there() {
    // 30, 31, 30: whole, and without a gap.
    let report =
        report_on(&[], &[export(0, 30, 30, 0), export(30, 31, 31, 0), export(61, 30, 30, 0)]);
    assert_eq!(
        exporters(&report),
        ["3 91 0 192.0.2.1:40000 192.0.2.2:2055 0/0", "1 export with a count other than 1 to 30"]
    );
}

#[test]
fn counts_that_do_not_fit_are_read_where_exports_are_known() {
    let wrong = export(2, 65_535, 1, 0);
    // Not alone, but with the port named, and behind one that is right.
    assert!(report_on(&[], from_ref(&wrong)).starts_with("No NetFlow v5 in 1 packet."));
    let expected = "declared, but cut off, in later fragments or not there: 65534 flows";
    let asked = report_on(&["--udp-port", "2055"], from_ref(&wrong));
    assert!(
        asked.starts_with("1 export of NetFlow v5 with 1 flow") && words(&asked).contains(expected)
    );
    let known = report_on(&[], &[export(0, 2, 2, 0), wrong]);
    assert!(known.starts_with("2 exports of NetFlow v5 with 3 flows"), "{known}");
}

#[test]
fn exports_without_the_host_are_followed_and_not_shown() {
    let exports = [export(0, 1, 1, 0), export(1, 2, 2, 0), export(3, 1, 1, 0), export(9, 2, 2, 0)];
    let report = report_on(&["--host", "198.51.100.2"], &exports);
    assert!(report.starts_with("2 exports of NetFlow v5 with 2 flows"), "{report}");
    assert_eq!(exporters(&report), ["2 2 5 192.0.2.1:40000 192.0.2.2:2055 0/0"]);
    let report = report_on(&["--host", "203.0.113.1"], &exports);
    assert!(report.starts_with("No NetFlow v5 in 4 packets."), "{report}");
}

#[test]
fn an_exporter_that_sends_no_flows_is_shown() {
    let report = report_on(&["--udp-port", "2055"], &[export(0, 0, 0, 0)]);
    assert_eq!(
        exporters(&report),
        ["1 0 0 192.0.2.1:40000 192.0.2.2:2055 0/0", "1 export with a count other than 1 to 30"]
    );
}

#[test]
fn several_exports_in_a_datagram_are_several() {
    let both = [export(0, 2, 2, 0), export(2, 1, 1, 0)].concat();
    let report = report_on(&[], &[both]);
    assert_eq!(exporters(&report), ["2 3 0 192.0.2.1:40000 192.0.2.2:2055 0/0"]);
}

#[test]
fn what_the_capture_cut_off_is_said() {
    let mut packet = datagram(1, &export(0, 30, 30, 0));
    let cut = |packet: &mut Vec<u8>, len| {
        packet.truncate(len);
        report_on_packets(&[], from_ref(packet))
    };
    let report = cut(&mut packet, 28 + 24 + 48 + 47);
    assert!(report.starts_with("1 export of NetFlow v5 with 1 flow"), "{report}");
    let expected = "declared, but cut off, in later fragments or not there: 29 flows";
    assert!(words(&report).contains(expected), "{report}");
    let report = cut(&mut packet, 28 + 23);
    assert!(report.contains("NetFlow v5 cut in its header 1."), "{report}");
}

#[test]
fn text_is_no_export() {
    // RFC 1350 §5: an error of TFTP, of the length of an export.
    let mut error =
        b"\0\x05\0\x01File not found, or whatever else a server has to say of it.".to_vec();
    error.resize(72, 0);
    assert!(read_datagram(&error).starts_with("No NetFlow v5 in 1 packet.\n"));
}

#[test]
fn exports_of_the_same_length_without_identification_are_no_copies() {
    let packets: Vec<Vec<u8>> = (0..50_u32)
        .map(|i| {
            let mut packet = datagram(0, &export(2 * i, 2, 2, 0));
            // Over two ways, with another hop limit each.
            packet[8] = if i % 2 == 0 { 64 } else { 63 };
            packet
        })
        .collect();
    let report = report_on_packets(&[], &packets);
    assert_eq!(exporters(&report), ["50 100 0 192.0.2.1:40000 192.0.2.2:2055 0/0"], "{report}");
    assert!(!report.contains("captured before"), "{report}");
    // And those that are the same are.
    let mut twice = vec![datagram(7, &export(0, 2, 2, 0)); 2];
    twice[1][8] = 63;
    let report = report_on_packets(&[], &twice);
    assert!(report.ends_with("\n1 datagram captured before, elsewhere, not counted again.\n"));
}
