//! Real packets against other decoders: the fields that tshark saw, and what nfdump made of them.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use core::num::NonZeroU32;
use libtest_mimic::{Arguments, Failed, Trial};
use netflow_v5::{Packet, Packets, Recognition, Record, Tracker, Verdict};
use serde_json::Value;
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use testkit::outside::{Need, corpus, trial};

fn main() -> ExitCode {
    let mut trials = vec![Trial::test("shipped capture", shipped_capture_is_whole_and_in_order)];
    match corpus() {
        Some(corpus) => {
            let mut files: Vec<PathBuf> = fs::read_dir(corpus.join("netflow"))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|end| end == "pcap"))
                .collect();
            files.sort();
            for file in files {
                for (program, end, test) in COMPARISONS {
                    let theirs = beside(&file, end);
                    if theirs.exists() {
                        let name = file.file_name().unwrap().to_string_lossy();
                        let file = file.clone();
                        trials.push(trial(format!("{program} {name}"), &[], move || {
                            test(&file, &fs::read_to_string(&theirs)?)
                        }));
                    }
                }
            }
        }
        None => trials.push(trial("corpus", &[Need::Corpus], || Ok(()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

type Comparison = fn(&Path, &str) -> Result<(), Failed>;

const COMPARISONS: [(&str, &str, Comparison); 4] = [
    ("tshark headers", "tshark.tsv", same_headers_as_tshark),
    ("tshark records", "tshark-flows.tsv", same_records_as_tshark),
    ("nfdump", "nfdump.json", same_as_nfdump),
    ("nfcapd", "nfcapd.log", same_sequence_errors_as_nfcapd),
];

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

/// What softflowd exported while nobody listened: nothing got lost on the way to the capture.
fn shipped_capture_is_whole_and_in_order() -> Result<(), Failed> {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures");
    let mut tracker = Tracker::new();
    let mut verdicts = Vec::new();
    let mut flows = 0;
    for (_, payload) in datagrams(&captures.join("collector-down.pcap"), Some(2055)) {
        assert_eq!(Recognition::of(&payload, payload.len()), Recognition::Export);
        let packet = Packet::parse(&payload)?;
        assert!(packet.has_valid_count());
        verdicts.push(tracker.observe(&packet));
        for record in packet {
            let clock = packet.clock();
            let (first, last) =
                (clock.unix_millis(record.first()), clock.unix_millis(record.last()));
            assert!(first <= last && last <= clock.sent_millis(), "{record:?}");
        }
        flows += packet.records().len();
    }
    assert_eq!(verdicts[0], Verdict::First);
    assert!(verdicts[1..].iter().all(|verdict| *verdict == Verdict::InOrder), "{verdicts:?}");
    // 86 datagrams, and by the UDP lengths that tcpdump prints 2452 records.
    assert_eq!((verdicts.len(), flows, tracker.lost()), (86, 2452, 0));
    Ok(())
}

/// The lines of a table, each with its cells by the names of the columns.
fn rows(table: &str) -> impl Iterator<Item = HashMap<&str, &str>> {
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(move |line| columns.iter().copied().zip(line.split('\t')).collect())
}

fn same_headers_as_tshark(file: &Path, table: &str) -> Result<(), Failed> {
    let datagrams: HashMap<String, Vec<u8>> =
        datagrams(file, None).map(|(frame, payload)| (frame.to_string(), payload)).collect();
    for row in rows(table) {
        let cell = |name: &str| row.get(name).copied().unwrap_or_default();
        let payload = &datagrams[cell("frame.number")];
        let Ok((packet, error)) = Packet::parse_lax(payload) else {
            // tshark shows what is there of a header that is cut.
            assert!(cell("cflow.version") != "5" || payload.len() < 24, "{row:?}");
            continue;
        };
        let secs_and_millis =
            format!("{}.{:03}000000", packet.sys_uptime() / 1000, packet.sys_uptime() % 1000);
        let sampling = packet.sampling();
        for (name, ours) in [
            ("cflow.version", 5.to_string()),
            ("cflow.count", packet.count().to_string()),
            ("cflow.sysuptime", secs_and_millis),
            ("cflow.unix_secs", packet.unix_secs().to_string()),
            ("cflow.unix_nsecs", packet.unix_nsecs().to_string()),
            ("cflow.sequence", packet.flow_sequence().to_string()),
            ("cflow.engine_type", packet.engine_type().to_string()),
            ("cflow.engine_id", packet.engine_id().to_string()),
            ("cflow.samplingmode", sampling.mode().0.to_string()),
            ("cflow.samplerate", sampling.interval().to_string()),
        ] {
            assert!(row.contains_key(name));
            assert_eq!(ours, cell(name), "{name} of {row:?}");
        }
        if error.is_none() && packet.has_valid_count() {
            assert_eq!(Recognition::of(payload, payload.len()), Recognition::Export);
        }
    }
    Ok(())
}

fn same_records_as_tshark(file: &Path, table: &str) -> Result<(), Failed> {
    let mut theirs = rows(table);
    for (frame, payload) in datagrams(file, None) {
        let Ok((packet, _)) = Packet::parse_lax(&payload) else { continue };
        for (n, record) in packet.into_iter().enumerate() {
            let millis = |time: u32| format!("{}.{:03}000000", time / 1000, time % 1000);
            let row = theirs.next().ok_or("tshark has fewer records")?;
            for (name, ours) in [
                ("frame.number", frame.to_string()),
                ("record", (n + 1).to_string()),
                ("srcaddr", record.srcaddr().to_string()),
                ("dstaddr", record.dstaddr().to_string()),
                ("nexthop", record.nexthop().to_string()),
                ("inputint", record.input().to_string()),
                ("outputint", record.output().to_string()),
                ("packets", record.packets().to_string()),
                ("octets", record.octets().to_string()),
                ("timestart", millis(record.first())),
                ("timeend", millis(record.last())),
                ("srcport", record.srcport().to_string()),
                ("dstport", record.dstport().to_string()),
                ("tcpflags", format!("{:#04x}", record.tcp_flags().0)),
                ("protocol", record.protocol().0.to_string()),
                ("tos", format!("{:#04x}", record.tos())),
                ("srcas", record.src_as().to_string()),
                ("dstas", record.dst_as().to_string()),
                ("srcmask", record.src_mask().to_string()),
                ("dstmask", record.dst_mask().to_string()),
            ] {
                assert_eq!(ours, row[name], "{name} of {row:?}");
            }
        }
    }
    assert!(theirs.next().is_none(), "tshark has more records");
    Ok(())
}

/// The exporters of other versions in a file, as nfcapd numbered them.
const OTHERS: [(&str, &[u64]); 2] =
    [("synth-malformed.pcap", &[2, 3]), ("softflowd-v1-not-v5.pcap", &[1])];

fn same_as_nfdump(file: &Path, json: &str) -> Result<(), Failed> {
    let name = file.file_name().unwrap().to_str().unwrap();
    let others = OTHERS.iter().find(|(other, _)| *other == name).map_or(&[][..], |(_, ids)| ids);
    let theirs: Value = serde_json::from_str(json)?;
    let theirs = theirs.as_array().unwrap();
    let mut theirs =
        theirs.iter().filter(|flow| !others.contains(&flow["export_sysid"].as_u64().unwrap()));
    let mut intervals = HashMap::new();
    for (_, payload) in datagrams(file, None) {
        for packet in Packets::new(&payload) {
            // nfcapd 1.7.1 drops what has more records, and all that follows it.
            if packet.count() > Packet::MAX_COUNT {
                break;
            }
            // It takes the sampling of the first datagram of each engine, whatever its mode.
            let engine = (packet.engine_type(), packet.engine_id());
            let interval = *intervals.entry(engine).or_insert(packet.sampling().interval());
            for record in packet {
                let flow = theirs.next().ok_or("nfdump has fewer flows")?;
                same_flow(packet, record, interval, flow);
            }
        }
    }
    assert!(theirs.next().is_none(), "nfdump has more flows");
    Ok(())
}

/// nfcapd counts whatever is not the expected packet, per engine.
fn same_sequence_errors_as_nfcapd(file: &Path, log: &str) -> Result<(), Failed> {
    let mut trackers: HashMap<(u8, u8), (Tracker, Verdict)> = HashMap::new();
    let (mut verdicts, mut ours) = (Vec::new(), 0);
    for (_, payload) in datagrams(file, None) {
        for packet in Packets::new(&payload).take_while(|packet| packet.count() <= 30) {
            let engine = (packet.engine_type(), packet.engine_id());
            let new = (Tracker::new(), Verdict::First);
            let (tracker, last) = trackers.entry(engine).or_insert(new);
            let verdict = tracker.observe(&packet);
            // It believes a doubtful packet, and expects the one that confirms it.
            let is_expected = match last {
                Verdict::Doubtful => matches!(verdict, Verdict::Lost { .. } | Verdict::Restarted),
                _ => matches!(verdict, Verdict::First | Verdict::InOrder),
            };
            ours += usize::from(!is_expected);
            *last = verdict;
            verdicts.push(verdict);
        }
    }
    let (_, theirs) = log.rsplit_once("Sequence Errors: ").ok_or("no total in the log")?;
    let theirs: usize = theirs.split(',').next().unwrap().parse()?;
    // Datagrams of which it refuses a part are no basis for a comparison.
    if !log.contains("Abort v5/v7 record processing") {
        assert_eq!(ours, theirs, "{verdicts:?}");
    }
    Ok(())
}

fn same_flow(packet: Packet<'_>, record: Record<'_>, interval: u16, flow: &Value) {
    // It does not scale by 2, and ours is only scaled if asked.
    let rate = NonZeroU32::new(interval.into()).filter(|rate| rate.get() > 2);
    let scaled = record.scaled(rate.unwrap_or(NonZeroU32::MIN));
    // What is 0 is left out.
    let number = |name: &str| flow.get(name).map_or(0, |value| value.as_u64().unwrap());
    let text = |name: &str| flow.get(name).map_or("0.0.0.0", |value| value.as_str().unwrap());
    for (name, ours) in [
        ("in_packets", scaled.packets),
        ("in_bytes", scaled.octets),
        ("proto", record.protocol().0.into()),
        ("src_tos", record.tos().into()),
        ("input_snmp", record.input().into()),
        ("output_snmp", record.output().into()),
        ("src_as", record.src_as().into()),
        ("dst_as", record.dst_as().into()),
    ] {
        assert_eq!(number(name), ours, "{name} of {flow} in {record:?}");
    }
    for (name, ours) in [
        ("src4_addr", record.srcaddr()),
        ("dst4_addr", record.dstaddr()),
        ("ip4_next_hop", record.nexthop()),
    ] {
        assert_eq!(text(name), ours.to_string(), "{name} of {flow}");
    }
    if flow.get("icmp_type").is_some() {
        let theirs = (number("icmp_type"), number("icmp_code"));
        match record.icmp() {
            Some(icmp) => assert_eq!(theirs, (icmp.ty.into(), icmp.code.into())),
            // It takes any source port for the two, the code first.
            None => {
                assert_ne!(record.srcport(), 0);
                assert_eq!(theirs.0 + 256 * theirs.1, u64::from(record.srcport()));
            }
        }
    } else {
        assert_eq!((record.icmp(), number("src_port")), (None, record.srcport().into()));
        assert_eq!(number("dst_port"), u64::from(record.dstport()));
        let flags = "CEUAPRSF"
            .chars()
            .enumerate()
            .map(|(n, letter)| if record.tcp_flags().0 >> (7 - n) & 1 == 1 { letter } else { '.' });
        assert_eq!(text("tcp_flags"), flags.collect::<String>());
    }
    same_times(packet, record, flow);
}

/// The times are nfdump's, and where they are not, they differ as the documentation of `Clock` says.
fn same_times(packet: Packet<'_>, record: Record<'_>, flow: &Value) {
    let (clock, uptime) = (packet.clock(), packet.sys_uptime());
    let (first, last) = (record.first(), record.last());
    let boot = clock.sent_millis() - i64::from(uptime);
    let wrap: i64 = 1 << 32;
    // nfdump's rule, which its output confirms.
    let back = if last.saturating_sub(uptime) > 100_000 { wrap } else { 0 };
    let start = boot + i64::from(first) - back - if first > last { wrap } else { 0 };
    let end = boot + i64::from(last) - back;
    let theirs = |name: &str| millis(flow[name].as_str().unwrap());
    assert_eq!((theirs("first"), theirs("last")), (start, end), "{flow}");

    let ours = (clock.unix_millis(first), clock.unix_millis(last));
    let is_after = ours.1 - clock.sent_millis() > 100_000;
    assert_eq!(ours, if is_after { (start + wrap, end + wrap) } else { (start, end) }, "{flow}");
}

/// Milliseconds since 1970 of a time such as "2023-11-14T22:13:10.123".
fn millis(time: &str) -> i64 {
    let parts: Vec<i64> =
        time.split(['-', 'T', ':', '.']).map(|part| part.parse().unwrap()).collect();
    let [year, month, day, hour, minute, second, millis] = parts[..] else { panic!("{time}") };
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_years: i64 = (1970..year).map(|year| 365 + i64::from(is_leap(year))).sum();
    let february = 28 + i64::from(is_leap(year));
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days_of_months: i64 = (1..month).zip(months).map(|(_, days)| days).sum();
    let days = days_of_years + days_of_months + day - 1;
    (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis
}

/// The payloads of the UDP datagrams to a port in a pcap file of Ethernet frames, with the numbers
/// of their frames.
fn datagrams(file: &Path, port: Option<u16>) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((u32_at(0), u32_at(20)), (0xa1b2_c3d4, 1), "{file:?}");
    let mut frames = Vec::new();
    let mut at = 24;
    while at < bytes.len() {
        let len = usize::try_from(u32_at(at + 8)).unwrap();
        frames.push(bytes[at + 16..][..len].to_vec());
        at += 16 + len;
    }
    let payload = move |(n, frame): (usize, Vec<u8>)| {
        let (header_len, protocol) = match frame[12..14] {
            [8, 0] => (usize::from(frame[14] & 15) * 4, frame[23]),
            [0x86, 0xdd] => (40, frame[20]),
            _ => return None,
        };
        let udp = frame.get(14 + header_len..).filter(|_| protocol == 17)?;
        let wanted = port.is_none_or(|port| udp[2..4] == port.to_be_bytes());
        let len = usize::from(u16::from_be_bytes([udp[4], udp[5]]));
        wanted.then(|| (n + 1, udp[8..len].to_vec()))
    };
    frames.into_iter().enumerate().filter_map(payload)
}
