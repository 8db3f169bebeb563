//! What `wirescope unreach` makes of traffic that no capture of the repository shows: how it groups,
//! what it takes for a limit, a copy, an answer, and what it does beyond its bounds.

use crate::{run, unreach};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

type V4 = [u8; 4];

const HOST: V4 = [192, 0, 2, 10];
const KNOCKER: V4 = [198, 51, 100, 23];
const ROUTER: V4 = [203, 0, 113, 1];

/// Returns an IPv4 datagram.
fn datagram(from: V4, to: V4, id: u16, ttl: u8, protocol: u8, payload: &[u8]) -> Vec<u8> {
    let len = (20 + payload.len()) as u16;
    let mut bytes = vec![0x45, 0];
    bytes.extend(len.to_be_bytes());
    bytes.extend(id.to_be_bytes());
    bytes.extend([0, 0, ttl, protocol, 0, 0]);
    bytes.extend(from);
    bytes.extend(to);
    bytes.extend(payload);
    bytes
}

/// A datagram of UDP, or of another protocol with ports.
#[derive(Clone, Copy)]
struct Knock {
    from: V4,
    to: V4,
    source: u16,
    destination: u16,
    protocol: u8,
    ttl: u8,
    id: u16,
    payload: &'static [u8],
}

const KNOCK: Knock = Knock {
    from: KNOCKER,
    to: HOST,
    source: 40_000,
    destination: 2055,
    protocol: 17,
    ttl: 60,
    id: 0,
    payload: &[],
};

impl Knock {
    fn bytes(&self) -> Vec<u8> {
        let mut udp = [self.source.to_be_bytes(), self.destination.to_be_bytes()].concat();
        udp.extend(((8 + self.payload.len()) as u16).to_be_bytes());
        udp.extend([0, 0]);
        udp.extend(self.payload);
        datagram(self.from, self.to, self.id, self.ttl, self.protocol, &udp)
    }

    /// Returns the refusal of it with this code, which `host` sends.
    fn refused_by(&self, host: V4, code: u8, id: u16) -> Vec<u8> {
        let icmp =
            [&[3, code, id.to_be_bytes()[0], id.to_be_bytes()[1], 0, 0, 0, 0], &self.bytes()[..]];
        datagram(host, self.from, id, 64, 1, &icmp.concat())
    }

    fn refused(&self, id: u16) -> Vec<u8> {
        self.refused_by(self.to, 3, id)
    }
}

/// A capture: packets with their microseconds since 2023-11-14 22:13:20 UTC.
#[derive(Default)]
struct Traffic(Vec<(u64, Vec<u8>)>);

impl Traffic {
    fn add(&mut self, microseconds: u64, packet: Vec<u8>) {
        self.0.push((microseconds, packet));
    }

    /// Refusals of these datagrams, a millisecond apart.
    fn refusals(knocks: impl IntoIterator<Item = Knock>) -> Self {
        let refusals = (0..).zip(knocks).map(|(i, knock)| (1000 * i, knock.refused(i as u16)));
        Self(refusals.collect())
    }

    /// Returns what the command prints.
    #[track_caller]
    fn report(&self, args: &[&str]) -> String {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("file");
        // Raw IP, in microseconds.
        let mut bytes = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
        bytes.extend([[0; 4], [0; 4], 262_144_u32.to_le_bytes(), 101_u32.to_le_bytes()].concat());
        for (time, packet) in &self.0 {
            let seconds = 1_700_000_000 + (time / 1_000_000) as u32;
            let len = packet.len() as u32;
            for word in [seconds, (time % 1_000_000) as u32, len, len] {
                bytes.extend(word.to_le_bytes());
            }
            bytes.extend(packet);
        }
        fs::write(&file, bytes).unwrap();
        let (code, stdout, stderr) = run(unreach().args(args).arg(&file));
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        stdout
    }

    /// Returns the causes, those first with the most refusals.
    #[track_caller]
    fn causes(&self) -> Vec<Value> {
        self.records("cause")
    }

    #[track_caller]
    fn records(&self, record: &str) -> Vec<Value> {
        let report = self.report(&["--json"]);
        let records = report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        records.filter(|object| object["record"] == record).collect()
    }
}

#[test]
fn the_knockers_own_host_is_not_in_transit() {
    // Linux answers itself where its neighbor does not.
    let mut traffic = Traffic::default();
    traffic.add(0, KNOCK.refused_by(KNOCKER, 1, 1));
    traffic.add(1, KNOCK.refused_by(ROUTER, 1, 1));
    let report = traffic.report(&[]);
    assert!(
        report.contains("\nHost unreachable, says the knocker's own host: 1 refusal\n"),
        "{report}"
    );
    assert!(report.contains("\nHost unreachable, says another host, in transit: 1 refusal\n"));
}

#[test]
fn a_tcp_port_that_is_refused_with_icmp_is_filtered() {
    let report = Traffic::refusals([Knock { protocol: 6, ..KNOCK }]).report(&[]);
    assert!(
        report.contains("a closed TCP port sends a reset: this was a packet filter"),
        "{report}"
    );
}

#[test]
fn answers_from_a_servers_port_are_no_scan() {
    for port in [53, 161, 443] {
        let answers = (0..30).map(|i| Knock { source: port, destination: 50_000 + i, ..KNOCK });
        let traffic = Traffic::refusals(answers);
        let causes = traffic.causes();
        assert_eq!(causes.len(), 1, "{causes:#?}");
        assert_eq!(causes[0]["kind"], "late_answers");
        // Whether they are, an eighth byte of the datagram would tell.
        assert!(traffic.report(&[]).contains("late answers, it seems, to 30 ports"));
    }
    // From a client's port it is a scan.
    let probes = (0..30).map(|i| Knock { source: 50_000, destination: 1000 + i, ..KNOCK });
    assert_eq!(Traffic::refusals(probes).causes()[0]["kind"], "port_scan");
}

#[test]
fn answers_are_known_by_what_they_carry() {
    // RFC 1035 §4.1.1, QR set and not; RFC 5905 §7.3, mode 4 and 3.
    for (port, payload, is_answer) in [
        (53, &[0x12, 0x34, 0x81, 0x80][..], true),
        (53, &[0x12, 0x34, 0x01, 0x00], false),
        (123, &[0x24], true),
        (123, &[0x23], false),
    ] {
        let knock = Knock { source: port, destination: 50_000, payload, ..KNOCK };
        let traffic = Traffic::refusals([knock]);
        assert_eq!(traffic.causes()[0]["answers"], is_answer, "{port} {payload:?}");
    }
}

#[test]
fn late_answers_of_many_servers_are_counted_by_server() {
    let servers = (0..51).map(|i| Knock {
        from: [203, 0, 113, i],
        source: 53,
        destination: if i == 0 { 50_000 } else { 50_001 },
        ..KNOCK
    });
    let causes = Traffic::refusals(servers).causes();
    assert_eq!(causes.len(), 1, "{causes:#?}");
    assert_eq!(
        (&causes[0]["src"]["count"], &causes[0]["dst_port"]["count"]),
        (&json!(51), &json!(2))
    );
}

#[test]
fn traceroute_is_several_ports_and_one_last_hop() {
    let probe = |i: u16, ttl| Knock { destination: 33_434 + i, source: 50_000 + i, ttl, ..KNOCK };
    let kind = |ttls: &[u8]| {
        let probes = (0..).zip(ttls).map(|(i, ttl)| probe(i, *ttl));
        Traffic::refusals(probes).causes()[0]["kind"].clone()
    };
    assert_eq!(kind(&[1, 1, 1, 2, 2, 2]), "traceroute");
    assert_eq!(kind(&[5, 5, 5, 6, 6, 6]), "plain");
    assert_eq!(kind(&[1, 1]), "plain");
    // The same port all the time, with the last hop as its hop limit, is something else.
    let same = (0..100).map(|i| Knock { source: 1024 + i, ttl: 1, destination: 33_434, ..KNOCK });
    assert_eq!(Traffic::refusals(same).causes()[0]["kind"], "plain");
}

#[test]
fn a_flood_is_one_row_though_no_port_and_no_sender_is_there_twice() {
    let flood = (0..500_u16).map(|i| Knock {
        from: if i < 256 { [198, 51, 100, i as u8] } else { [203, 0, 113, (i - 256) as u8] },
        source: 1024 + i,
        destination: 20_000 + 7 * i,
        ..KNOCK
    });
    let causes = Traffic::refusals(flood).causes();
    assert_eq!(causes.len(), 1, "{causes:#?}");
    let cause = &causes[0];
    assert_eq!((&cause["kind"], &cause["refused"]), (&json!("many_knockers"), &json!(500)));
    assert_eq!((&cause["src"]["count"], &cause["dst_port"]["count"]), (&json!(500), &json!(500)));
}

#[test]
fn a_sweep_is_one_row_though_no_port_and_no_host_is_there_twice() {
    let sweep = (0..200_u16).map(|i| Knock {
        to: [192, 0, 2, i as u8],
        destination: 20_000 + 7 * i,
        ..KNOCK
    });
    let causes = Traffic::refusals(sweep).causes();
    assert_eq!(causes.len(), 1, "{causes:#?}");
    assert_eq!(
        (&causes[0]["kind"], &causes[0]["dst"]["count"]),
        (&json!("host_scan"), &json!(200))
    );
}

#[test]
fn a_service_that_was_up_for_a_while_is_not_called_unanswered() {
    let mut traffic = Traffic::default();
    for i in 0..150_u16 {
        traffic.add(10_000 * u64::from(i), Knock { id: i + 1, ..KNOCK }.bytes());
    }
    traffic.add(1_500_000, KNOCK.refused(1));
    let report = traffic.report(&[]);
    assert!(report.contains("knocked 150, refused 1, not refused 149"), "{report}");
}

#[test]
fn datagrams_that_differ_in_nothing_but_their_time_are_no_copies() {
    // Programs that write their own headers give all datagrams the same identification.
    let mut traffic = Traffic::default();
    for i in 0..100 {
        let knock = Knock { id: 54_321, ..KNOCK };
        traffic.add(10_000 * i, knock.bytes());
        traffic.add(10_000 * i + 10, knock.refused(i as u16 + 1));
    }
    let report = traffic.report(&[]);
    assert!(report.contains("  knocked 100, all refused\n"), "{report}");
    assert!(!report.contains("cop"), "{report}");
}

#[test]
fn copies_are_known_among_many_and_at_a_distance() {
    // A router that forwards 50 000 datagrams a second, 300 ms later: 15 000 are on their way.
    let mut packets = Vec::new();
    for i in 0..40_000_u64 {
        let refusal = Knock { source: (i % 50_000) as u16, ..KNOCK }.refused(i as u16 + 1);
        let mut copy = refusal.clone();
        copy[8] -= 1;
        packets.push((20 * i, refusal));
        packets.push((20 * i + 300_000, copy));
    }
    packets.sort_by_key(|(time, _)| *time);
    let capture = &Traffic(packets).records("capture")[0];
    assert_eq!(
        (&capture["refused"], &capture["copies"], &capture["hurried"]),
        (&json!(40_000), &json!(40_000), &json!(0))
    );
}

#[test]
fn on_a_mirroring_port_a_copy_follows_at_once() {
    let mut traffic = Traffic::default();
    for i in 0..20 {
        for repeat in 0..2 {
            traffic.add(50_000 * i + 20 * repeat, KNOCK.refused(i as u16 + 1));
        }
    }
    let capture = &traffic.records("capture")[0];
    assert_eq!((&capture["refused"], &capture["copies"]), (&json!(20), &json!(20)));
}

#[test]
fn a_limit_is_no_limit_where_all_that_knocks_is_refused() {
    let steady = |with_knocks: bool| {
        let mut traffic = Traffic::default();
        for i in 0..190 * 6_u64 {
            let time = i * 1_000_000 / 190;
            let knock = Knock { id: i as u16 + 1, ..KNOCK };
            if with_knocks {
                traffic.add(time, knock.bytes());
            }
            traffic.add(time + 5, knock.refused(i as u16 + 1));
        }
        traffic.report(&[])
    };
    assert!(!steady(true).contains("limit"), "{}", steady(true));
    // Without them nobody can know.
    let report = steady(false);
    assert!(
        report.contains(">= 200/s, limit reached in 6 of 6 s: the real rate may be higher"),
        "{report}"
    );
}

#[test]
fn messages_that_are_cut_before_they_say_what_they_are_refuse_nothing() {
    let mut traffic = Traffic::default();
    for (i, ty) in [8_u8, 11, 3].into_iter().enumerate() {
        let icmp = [ty, 0, 0, 0, 0, 0, 0, 0];
        let mut bytes = datagram(ROUTER, KNOCKER, i as u16 + 1, 64, 1, &icmp);
        bytes.truncate(24);
        traffic.add(i as u64, bytes);
    }
    let report = traffic.report(&[]);
    assert!(report.starts_with("1 datagram refused"), "{report}");
    assert!(report.contains("1 message says not what was refused"), "{report}");
}

#[test]
fn until_is_of_the_first_day_as_since_is() {
    let mut traffic = Traffic::default();
    for day in 0..2 {
        // 22:13:20, and the same on the next day.
        traffic.add(day * 86_400_000_000, KNOCK.refused(1));
    }
    let report = traffic.report(&["--since", "23:30", "--until", "23:45"]);
    assert!(report.starts_with("No destination unreachable"), "{report}");
    let report = traffic.report(&["--since", "22:00", "--until", "23:00"]);
    assert!(report.starts_with("1 datagram refused"), "{report}");
}

#[test]
fn rows_that_are_not_shown_are_in_the_totals() {
    // Thirty hosts with nothing in common but the reason.
    let knocks = (0..30_u16).map(|i| Knock {
        from: [198, 51, 100, i as u8],
        to: [192, 0, 2, i as u8],
        destination: 1000 + i,
        ..KNOCK
    });
    let traffic = Traffic::refusals(knocks);
    let report = traffic.report(&["--top", "5"]);
    assert!(report.contains("Port closed, says the wanted host itself: 30 refusals\n"), "{report}");
    assert!(
        report.contains("\n         25 more, with 25 refusals: --top 0 shows all\n"),
        "{report}"
    );
    assert_eq!(traffic.causes().len(), 30);
}

#[test]
fn a_year_and_a_change_of_the_clocks_are_in_the_times() {
    let mut traffic = Traffic::default();
    let day = 86_400_000_000;
    // 2023-11-14, 2023-12-31 and 2024-01-01.
    for days in [0, 47, 48] {
        traffic.add(days * day, KNOCK.refused(1));
    }
    let report = traffic.report(&[]);
    assert!(report.contains("2023-11-14 22:13  2024-01-01 22:13"), "{report}");
    assert!(report.lines().all(|line| line.chars().count() <= 80), "{report}");
}

#[test]
fn beyond_the_bound_the_knockers_are_forgotten_and_the_counts_are_not() {
    // From 256 hosts, and from 1563 ports of each.
    let knocks = (0..400_100_u32).map(|i| Knock {
        from: [198, 51, 100, (i % 256) as u8],
        source: 1024 + (i / 256) as u16,
        ..KNOCK
    });
    let traffic = Traffic::refusals(knocks);
    let causes = traffic.causes();
    assert_eq!(causes.len(), 1, "{causes:#?}");
    let cause = &causes[0];
    assert_eq!((&cause["refused"], &cause["src_unknown"]), (&json!(400_100), &json!(true)));
    assert_eq!(traffic.records("capture")[0]["forgotten"], 0);
    let report = traffic.report(&[]);
    assert!(report.contains("There are more than 400000 pairs of hosts and ports"), "{report}");
    assert!(
        report.contains("from more than 256 hosts, 198.51.100.0 to 198.51.100.255"),
        "{report}"
    );
}
