//! Writes the logs in `captures/pflog`: `cargo run -p testkit --example pflog_captures`.
//!
//! No BSD was at hand: headers are written by `pflog_wire::Build`, packets by etherparse.

use etherparse::{
    IpHeaders, IpNumber, Ipv4Header, PacketBuilder, PacketBuilderStep, TcpHeader, TcpOptionElement,
};
use pflog_wire::{Action, Build, ByteOrder, Direction, Family, Layout, Reason};
use std::{fs, io, net::Ipv6Addr, path::Path};

fn main() -> io::Result<()> {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures/pflog");
    for (name, log) in [
        ("story.pcap", story()),
        ("trace.pcap", trace()),
        ("freebsd.pcap", freebsd()),
        ("layouts.pcap", layouts()),
        ("big-endian.pcap", big_endian()),
        ("old.pcap", old()),
    ] {
        fs::write(captures.join(name), log.bytes)?;
    }
    Ok(())
}

/// A packet that was blocked on its way out, on OpenBSD 4.6.
fn story() -> Log {
    let mut log = Log::new(117, ByteOrder::Little, 1_261_071_625_071_592);
    let mut entry = entry(Layout::OPENBSD_4_1, ByteOrder::Little, "fxp0");
    entry.direction = Direction::OUT;
    (entry.rule, entry.action) = (2, Action::BLOCK);
    let ip = IpHeaders::Ipv4(ipv4([192, 0, 2, 226], [203, 0, 113, 34]), Default::default());
    log.add(entry, &finish(PacketBuilder::ip(ip).tcp(14_033, 822, 2_830_367_545, 16_384).syn()));
    log
}

/// What the rules of `captures/pflog/trace.rules` did to some packets, on OpenBSD 7.7.
fn trace() -> Log {
    let mut log = Log::new(117, ByteOrder::Little, 1_763_800_000_250_000);
    let mut entry = entry(Layout::OPENBSD_4_9, ByteOrder::Little, "em0");
    entry.naf = Family::INET;
    (entry.rule_uid, entry.rule_pid) = (0, 71_822);
    let mut add = |packet: &[u8], wait: u64, steps: &[(u32, &'static str, u32, Action)]| {
        log.time += wait;
        for (rule, ruleset, subrule, action) in steps {
            let mut entry = entry;
            (entry.rule, entry.subrule, entry.action) = (*rule, *subrule, *action);
            entry.ruleset = (*ruleset).into();
            log.add(entry, packet);
            log.time += 3;
        }
    };
    // An administrator's connection: the last of the rules that match decides, and is logged twice.
    add(
        &syn([198, 51, 100, 77], 51_022, [203, 0, 113, 34], 822, 1),
        0,
        &[
            (0, "", NONE, MATCH),
            (2, "", NONE, MATCH),
            (4, "", NONE, Action::BLOCK),
            (12, "_1", 0, Action::BLOCK),
            (12, "admin", 0, Action::PASS),
            (47, "", NONE, Action::BLOCK),
            (48, "", NONE, Action::PASS),
            (49, "", NONE, MATCH),
            (48, "", NONE, Action::PASS),
        ],
    );
    // A stranger's.
    add(
        &syn([192, 0, 2, 99], 40_412, [203, 0, 113, 34], 822, 7),
        731_000,
        &[
            (0, "", NONE, MATCH),
            (2, "", NONE, MATCH),
            (4, "", NONE, Action::BLOCK),
            (12, "_1", 0, Action::BLOCK),
            (47, "", NONE, Action::BLOCK),
            (49, "", NONE, MATCH),
            (47, "", NONE, Action::BLOCK),
        ],
    );
    // It tries again, and is in the table by then.
    add(
        &syn([192, 0, 2, 99], 40_412, [203, 0, 113, 34], 822, 8),
        1_000_000,
        &[
            (0, "", NONE, MATCH),
            (2, "", NONE, MATCH),
            (4, "", NONE, Action::BLOCK),
            (5, "", NONE, Action::BLOCK),
            (5, "", NONE, Action::BLOCK),
        ],
    );
    // Redirected: a rule that logs, without a trace.
    let mut web = entry;
    (web.rule, web.rewritten) = (39, 1);
    (web.saddr, web.sport) = (address([198, 51, 100, 8]), 33_100);
    (web.daddr, web.dport) = (address([10, 0, 0, 80]), 80);
    log.time += 250_000;
    log.add(web, &syn([198, 51, 100, 8], 33_100, [203, 0, 113, 33], 80, 11));
    // From IPv6 to IPv4.
    let mut nat64 = entry;
    (nat64.rule, nat64.rewritten, nat64.family) = (30, 1, Family::INET6_OPENBSD);
    (nat64.saddr, nat64.sport) = (address([203, 0, 113, 33]), 60_123);
    (nat64.daddr, nat64.dport) = (address([198, 51, 100, 20]), 443);
    nat64.interface = "em1".into();
    log.time += 250_000;
    log.add(nat64, &syn6("2001:db8:a::7", 50_001, "64:ff9b::c633:6414", 443));
    // Of an anchor that ftp-proxy fills.
    let mut data = entry;
    (data.rule, data.ruleset, data.subrule) = (10, "4711.2".into(), 0);
    data.interface = "em1".into();
    log.time += 250_000;
    log.add(data, &syn([10, 0, 0, 7], 34_111, [198, 51, 100, 20], 21_021, 3));
    // Too short, says the default rule.
    let mut short = entry;
    (short.action, short.reason) = (Action::BLOCK, Reason::SHORT);
    let mut packet = udp([192, 0, 2, 53], 53, [203, 0, 113, 33], 1_027, 4);
    packet.truncate(24);
    packet[3] = 24;
    log.time += 250_000;
    log.add(short, &packet);
    log
}

/// FreeBSD 14, with identifiers of rules, and rules for translations.
fn freebsd() -> Log {
    let mut log = Log::new(117, ByteOrder::Little, 1_763_800_100_000_000);
    let mut entry = entry(Layout::FREEBSD_13_1, ByteOrder::Little, "igb0");
    (entry.rule_uid, entry.rule_pid) = (0, 4_711);
    let inside = syn([10, 0, 0, 7], 51_000, [198, 51, 100, 20], 443, 1);
    let outside = syn([192, 0, 2, 99], 40_001, [203, 0, 113, 33], 23, 2);
    let redirected = syn([192, 0, 2, 8], 40_002, [203, 0, 113, 33], 8_080, 3);
    let mut add = |change: fn(&mut Build<'_>), packet: &[u8]| {
        let mut entry = entry;
        change(&mut entry);
        log.add(entry, packet);
        log.time += 1_000_000;
    };
    add(|it| (it.rule, it.ridentifier, it.action) = (4, 1_000_000_103, Action::BLOCK), &outside);
    add(|it| (it.rule, it.direction, it.action) = (0, Direction::OUT, Action::NAT), &inside);
    add(|it| (it.rule, it.direction, it.ridentifier) = (7, Direction::OUT, 1_700_000_001), &inside);
    add(|it| (it.rule, it.action) = (1, Action::RDR), &redirected);
    // Of a ruleset before this one: the number is another rule's now.
    add(|it| (it.rule, it.ridentifier) = (5, 1_700_000_002), &redirected);
    add(
        |it| {
            (it.rule, it.ridentifier, it.action) = (5, 1_000_000_105, Action::BLOCK);
            it.family = Family::INET6_FREEBSD;
        },
        &syn6("2001:db8:f::1", 40_003, "2001:db8::33", 22),
    );
    add(
        |it| {
            (it.rule, it.ruleset, it.subrule) = (3, "blacklistd".into(), 0);
            (it.uid, it.action) = (0, Action::BLOCK);
        },
        &outside,
    );
    // FreeBSD 15.1 has the last anchor that was tried in front of a rule that is in none.
    add(|it| (it.rule, it.subrule, it.action) = (3, 4, Action::BLOCK), &outside);
    add(|it| (it.action, it.reason) = (Action::BLOCK, Reason::STATE_MISMATCH), &redirected);
    log
}

/// Every layout with a length, in one log as no system would write it.
fn layouts() -> Log {
    let mut log = Log::new(117, ByteOrder::Little, 1_763_800_200_000_000);
    for (layout, inet6) in [
        (Layout::OPENBSD_3_4, Family::INET6_OPENBSD),
        (Layout::PFSENSE, Family::INET6_FREEBSD),
        (Layout::OPENBSD_4_1, Family::INET6_DARWIN),
        (Layout::FREEBSD_13_1_DRAFT, Family::INET6_FREEBSD),
        (Layout::FREEBSD_13_1, Family::INET6_FREEBSD),
        (Layout::OPENBSD_4_9, Family::INET6_OPENBSD),
    ] {
        let mut entry = entry(layout, ByteOrder::Little, "em0");
        (entry.rule, entry.ridentifier) = (3, 987_654_321);
        (entry.uid, entry.pid) = (1_001, 4_242);
        (entry.rule_uid, entry.rule_pid) = (0, 77);
        log.add(entry, &syn([192, 0, 2, 10], 50_000, [198, 51, 100, 20], 22, 1));
        (entry.direction, entry.action) = (Direction::OUT, Action::BLOCK);
        (entry.ruleset, entry.subrule) = ("spamd".into(), 1);
        log.add(entry, &udp([198, 51, 100, 20], 9_000, [192, 0, 2, 10], 40_000, 16));
        (entry.family, entry.rule, entry.reason) = (inet6, u32::MAX, Reason::FRAGMENT);
        log.add(entry, &syn6("2001:db8::10", 50_001, "2001:db8:1::20", 443));
        log.time += 1_000_000;
    }
    log
}

/// A header from a big-endian machine.
fn big_endian() -> Log {
    let mut log = Log::new(117, ByteOrder::Big, 1_763_800_300_000_000);
    let mut entry = entry(Layout::OPENBSD_4_9, ByteOrder::Big, "gem0");
    (entry.rule, entry.action) = (8, Action::BLOCK);
    (entry.uid, entry.pid) = (1_001, 4_242);
    (entry.rule_uid, entry.rule_pid) = (0, 77);
    entry.naf = Family::INET;
    log.add(entry, &syn([192, 0, 2, 10], 50_000, [198, 51, 100, 20], 22, 1));
    log
}

/// The header before it had a length, OpenBSD 3.0.
fn old() -> Log {
    let mut log = Log::new(17, ByteOrder::Little, 1_007_000_000_000_000);
    let mut entry = entry(Layout::OPENBSD_3_0, ByteOrder::Little, "xl0");
    (entry.rule, entry.action) = (3, Action::BLOCK);
    for direction in [0, 1, 2] {
        entry.direction = Direction(direction);
        log.add(entry, &syn([192, 0, 2, 10], 50_000, [198, 51, 100, 20], 22, 1));
        log.time += 1_000_000;
    }
    log
}

/// A capture file in the making.
struct Log {
    order: ByteOrder,
    /// Of the next entry, in microseconds since 1970.
    time: u64,
    bytes: Vec<u8>,
}

impl Log {
    fn new(link_type: u32, order: ByteOrder, time: u64) -> Self {
        let mut log = Self { order, time, bytes: Vec::new() };
        log.put(0xa1b2_c3d4);
        // Version 2.4, in two halves.
        log.put(if order == ByteOrder::Big { 0x0002_0004 } else { 0x0004_0002 });
        [0, 0, 65_535, link_type].into_iter().for_each(|number| log.put(number));
        log
    }

    fn put(&mut self, number: u32) {
        self.bytes.extend(match self.order {
            ByteOrder::Big => number.to_be_bytes(),
            ByteOrder::Little => number.to_le_bytes(),
        });
    }

    fn add<'a>(&mut self, mut entry: Build<'a>, packet: &'a [u8]) {
        entry.payload = packet;
        let mut record = vec![0; entry.encoded_len()];
        entry.encode(&mut record).unwrap();
        let len = u32::try_from(record.len()).unwrap();
        self.put(u32::try_from(self.time / 1_000_000).unwrap());
        self.put(u32::try_from(self.time % 1_000_000).unwrap());
        self.put(len);
        self.put(len);
        self.bytes.extend(record);
    }
}

fn entry(layout: Layout, order: ByteOrder, interface: &'static str) -> Build<'static> {
    let mut entry = Build::new(layout, order);
    entry.interface = interface.into();
    entry
}

fn ipv4(source: [u8; 4], destination: [u8; 4]) -> Ipv4Header {
    let mut header = Ipv4Header::new(0, 64, IpNumber::TCP, source, destination).unwrap();
    header.dont_fragment = true;
    header
}

fn finish(builder: PacketBuilderStep<TcpHeader>) -> Vec<u8> {
    let mut packet = Vec::new();
    builder.write(&mut packet, &[]).unwrap();
    packet
}

fn options() -> [TcpOptionElement; 3] {
    use TcpOptionElement::{MaximumSegmentSize, Noop, WindowScale};
    [MaximumSegmentSize(1_460), Noop, WindowScale(6)]
}

fn syn(from: [u8; 4], from_port: u16, to: [u8; 4], to_port: u16, id: u16) -> Vec<u8> {
    let mut header = ipv4(from, to);
    header.identification = id;
    let headers = IpHeaders::Ipv4(header, Default::default());
    let tcp = PacketBuilder::ip(headers).tcp(from_port, to_port, 2_830_367_545, 16_384).syn();
    finish(tcp.options(&options()).unwrap())
}

fn syn6(from: &str, from_port: u16, to: &str, to_port: u16) -> Vec<u8> {
    let octets = |text: &str| text.parse::<Ipv6Addr>().unwrap().octets();
    let tcp = PacketBuilder::ipv6(octets(from), octets(to), 64);
    let tcp = tcp.tcp(from_port, to_port, 1_406_544_976, 16_384).syn();
    finish(tcp.options(&options()).unwrap())
}

fn udp(from: [u8; 4], from_port: u16, to: [u8; 4], to_port: u16, len: usize) -> Vec<u8> {
    let mut packet = Vec::new();
    let udp = PacketBuilder::ipv4(from, to, 64).udp(from_port, to_port);
    udp.write(&mut packet, &vec![0; len]).unwrap();
    packet
}

/// An IPv4 address in a field for one of IPv6.
fn address(address: [u8; 4]) -> [u8; 16] {
    let mut field = [0; 16];
    field[..4].copy_from_slice(&address);
    field
}

/// OpenBSD's `PF_MATCH`, which is another action elsewhere.
const MATCH: Action = Action(12);

/// In place of the number of a rule in an anchor.
const NONE: u32 = u32::MAX;
