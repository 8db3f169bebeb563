//! What other decoders have got wrong: each test is named after the right answer, and says who gave
//! another one.

use crate::{FIRST, HEADER, packet};
use core::num::NonZeroU32;
use hex_literal::hex;
use netflow_v5::{
    Clock, ErrorKind, Flow, Header, Packet, Packets, Recognition, Sampling, SamplingMode, TcpFlags,
    Tracker, Verdict,
};

#[test]
fn the_count_has_two_bytes_and_a_record_48() {
    // tcpdump reads a count of four bytes, the upper half of the uptime with it ("65537 recs"), and
    // steps by 52 (print-cnfp.c, 4.7 to 4.99.6).
    let header = Header { sys_uptime: 0x0001_e240, ..Header::default() };
    let bytes = [&header.to_bytes(2)[..], &FIRST, &FIRST].concat();
    let packet = Packet::parse(&bytes).unwrap();
    assert_eq!((packet.count(), packet.sys_uptime()), (2, 123_456));
    assert_eq!(packet.records().len(), 2);
    assert_eq!(packet.record(1).unwrap().as_bytes(), FIRST);
}

#[test]
fn a_count_of_65535_in_24_bytes_makes_no_records() {
    // goflow2 makes 65535 flows of zeros out of it.
    let bytes = packet(65535, 0);
    let (packet, error) = Packet::parse_lax(&bytes).unwrap();
    assert_eq!((packet.count(), packet.records().len()), (65535, 0));
    assert_eq!(packet.records().next(), None);
    let kind = ErrorKind::Truncated { needed: 48, available: 0 };
    assert_eq!(error, Some(kind.at("flow record", 24)));
    assert_eq!(Packet::parse(&bytes), Err(error.unwrap()));

    let mut packets = Packets::new(&bytes);
    assert_eq!((packets.next(), packets.error()), (None, error));
    assert_eq!(Recognition::of(&bytes, 24), Recognition::Other);
}

#[test]
fn a_garbled_count_in_a_full_datagram_shows_the_records_that_are_there() {
    // 55582 and 163 have been seen in datagrams of 1464 bytes; goflow2 fills up with zeros, nfdump
    // and netflow_parser drop all.
    for count in [55582, 163] {
        let bytes = packet(count, 30);
        let (packet, error) = Packet::parse_lax(&bytes).unwrap();
        assert_eq!((packet.count(), packet.records().len()), (count, 30));
        assert_eq!((packet.has_valid_count(), packet.record(30)), (false, None));
        let text = error.unwrap().to_string();
        assert_eq!(text, "flow record at byte 1464: needed 48 bytes, found 0");
    }
}

#[test]
fn the_whole_records_of_a_cut_packet_are_kept_and_the_error_is_one_line() {
    // netflow_parser loses the packet, and prints all its bytes in the error.
    let bytes = packet(30, 30);
    let (packet, error) = Packet::parse_lax(&bytes[..1463]).unwrap();
    assert_eq!(packet.records().len(), 29);
    let text = error.unwrap().to_string();
    assert_eq!(text, "flow record at byte 1416: needed 48 bytes, found 47");
}

#[test]
fn more_than_thirty_records_are_read_if_they_are_there() {
    // nfdump before nfdump#447, netflow_parser, pmacct and fastnetmon reject the packet.
    let bytes = packet(31, 31);
    let packet = Packet::parse(&bytes).unwrap();
    assert_eq!((packet.records().len(), packet.has_valid_count()), (31, false));
}

#[test]
fn the_bytes_behind_a_packet_do_not_cost_it() {
    // pmacct drops the datagram; netflow_parser reports an error beside the packet.
    for rest in [&[0][..], &[0xff; 23], &[0; 24], &hex!("0009 0001")] {
        let bytes = [&packet(1, 1)[..], rest].concat();
        let (packet, left) = Packet::parse_prefix(&bytes).unwrap();
        assert_eq!((packet.count(), left), (1, rest));
        let (same, error) = Packet::parse_lax(&bytes).unwrap();
        let kind = ErrorKind::TrailingData { remaining: rest.len() };
        assert_eq!((same, error), (packet, Some(kind.at("packet", 72))));
        let mut packets = Packets::new(&bytes);
        assert_eq!(packets.next(), Some(packet));
        assert_eq!((packets.next(), packets.remainder()), (None, rest));
        assert_eq!(packets.error().unwrap().offset(), 72);
    }
}

#[test]
fn one_in_two_is_a_rate_like_any_other() {
    // nfdump does not scale by 2: it looks whether the interval less 1 is greater than 1.
    let rate = Sampling::new(SamplingMode::PACKET_INTERVAL, 2).rate();
    assert_eq!(rate, NonZeroU32::new(2));
    let bytes = packet(1, 1);
    let record = Packet::parse(&bytes).unwrap().record(0).unwrap();
    assert_eq!(record.scaled(rate.unwrap()).octets, 2 * u64::from(record.octets()));
}

#[test]
fn the_mode_is_no_part_of_the_interval() {
    // goflow2#167: 0x4064 is mode 1 and 100, not 16484. netflow_parser still has it so.
    let sampling = Sampling(0x4064);
    assert_eq!((sampling.mode(), sampling.interval()), (SamplingMode::PACKET_INTERVAL, 100));
}

#[test]
fn a_rate_of_sixteen_bits_is_kept() {
    // nfdump makes 848 of Juniper's 50000.
    let sampling = Sampling(50_000);
    assert_eq!((sampling.0, sampling.interval()), (50_000, 50_000 - 3 * 16384));
}

#[test]
fn a_rate_that_is_not_sent_can_be_given() {
    // Huawei sends 0 although it samples (fastnetmon#649); Juniper sends mode 0 and the interval.
    for sampling in [Sampling(0), Sampling(1000)] {
        assert_eq!(sampling.rate(), None);
    }
    let bytes = packet(1, 1);
    let record = Packet::parse(&bytes).unwrap().record(0).unwrap();
    let scaled = record.scaled(NonZeroU32::new(1000).unwrap());
    assert_eq!(scaled.packets, 1000 * u64::from(record.packets()));
}

#[test]
fn a_second_is_borrowed_where_milliseconds_are_subtracted() {
    // logstash#172: flows are a second late where the difference crosses one.
    let clock = Clock::new(10_000, 1_700_000_000, 100_000_000);
    assert_eq!(clock.unix_millis(9_800), 1_699_999_999_900);
}

#[test]
fn an_exporter_may_wrap_between_a_flow_and_its_packet() {
    // fluent-plugin-netflow#20, nfdump#344, softflowd#52: 49.7 days off, or flows that long.
    let clock = Clock::new(500, 1_700_000_000, 0);
    assert_eq!(clock.unix_millis(u32::MAX - 499), 1_699_999_999_000);
}

#[test]
fn an_end_before_its_start_is_a_little_before() {
    // pmacct#640 reports flows that end before they start by milliseconds: no wrap is seen in that.
    let clock = Clock::new(10_000, 1_700_000_000, 0);
    let (first, last) = (clock.unix_millis(9_003), clock.unix_millis(9_000));
    assert_eq!(first - last, 3);
}

#[test]
fn a_last_packet_after_the_export_is_not_49_days_before() {
    // goflow2 subtracts without a sign.
    let clock = Clock::new(10_000, 1_700_000_000, 0);
    assert_eq!(clock.unix_millis(10_003), 1_700_000_000_003);
}

#[test]
fn microseconds_for_nanoseconds_are_the_callers_to_know() {
    // ipt-netflow sends them; nothing in a packet tells.
    let micros = 999_999;
    assert_eq!(Clock::new(0, 1, micros).sent_millis(), 1000);
    assert_eq!(Clock::with_microseconds(0, 1, micros).sent_millis(), 1999);
}

/// What a tracker says of packets with these sequence numbers and counts.
fn verdicts<const N: usize>(packets: [(u32, u16); N]) -> ([Verdict; N], u64) {
    let mut tracker = Tracker::new();
    let verdicts = packets.map(|(flow_sequence, count)| {
        let bytes = Header { flow_sequence, ..Header::default() }.to_bytes(count);
        tracker.observe(&Packet::parse_lax(&bytes).unwrap().0)
    });
    (verdicts, tracker.lost())
}

#[test]
fn the_first_packet_of_an_exporter_does_not_count_as_lost() {
    // goflow2#116, DataDog/datadog-agent#16819.
    assert_eq!(verdicts([(4_000_000_000, 30)]), ([Verdict::First], 0));
}

#[test]
fn a_packet_that_was_overtaken_is_no_reset() {
    // beats#14904.
    let ([_, _, late, next], lost) = verdicts([(1000, 30), (1060, 30), (1030, 30), (1090, 30)]);
    assert_eq!((late, next, lost), (Verdict::Reordered { found: 30 }, Verdict::InOrder, 0));
}

#[test]
fn sequence_numbers_count_flows() {
    // Not packets, as in version 9.
    assert_eq!(verdicts([(10, 30), (40, 30)]).0[1], Verdict::InOrder);
    assert_eq!(verdicts([(10, 30), (11, 30)]).0[1], Verdict::Reordered { found: 0 });
}

#[test]
fn a_flow_of_nothing_stays_nothing() {
    // ipt-netflow tells of address translation with flows of no packets: the other address is the
    // next hop, the other port an AS number, SYN and ACK stand for the start.
    let flow = Flow {
        nexthop: [203, 0, 113, 9].into(),
        src_as: 50000,
        tcp_flags: TcpFlags::SYN | TcpFlags::ACK,
        ..Flow::default()
    };
    let bytes = [&HEADER[..], &flow.to_bytes()].concat();
    let record = Packet::parse_lax(&bytes).unwrap().0.record(0).unwrap();
    assert_eq!(Flow::from(record), flow);
    let scaled = record.scaled(NonZeroU32::new(1000).unwrap());
    assert_eq!((scaled.packets, scaled.octets), (0, 0));
}

#[test]
fn an_interface_that_is_not_known_is_a_number() {
    // ipt-netflow#72: 65535, and counters to the last bit.
    let mut bytes = packet(1, 1);
    bytes[36..48].fill(0xff);
    let record = Packet::parse(&bytes).unwrap().record(0).unwrap();
    assert_eq!((record.input(), record.output()), (65535, 65535));
    assert_eq!((record.packets(), record.octets()), (u32::MAX, u32::MAX));
}

#[test]
fn nothing_is_kept_from_one_packet_to_the_next() {
    // logstash#77: threads shared the state of a decoder.
    let (one, other) = (packet(1, 1), packet(2, 2));
    let before = Packet::parse(&other).unwrap();
    assert!(Packet::parse(&one[..50]).is_err());
    assert_eq!(Packet::parse(&other), Ok(before));
}

#[test]
fn odd_values_of_fields_are_shown() {
    // Prefixes over 32 bits, unused bytes that are not 0, fewer bytes than packets, a clock at its
    // end, and more nanoseconds than a second has.
    let mut bytes = packet(1, 1);
    bytes[4..24].fill(0xff);
    bytes[24..].fill(0xff);
    bytes[44..48].fill(0);
    let packet = Packet::parse(&bytes).unwrap();
    assert_eq!((packet.unix_nsecs(), packet.sampling().0), (u32::MAX, 0xffff));
    let record = packet.record(0).unwrap();
    assert_eq!((record.src_mask(), record.dst_mask()), (255, 255));
    assert_eq!((record.pad1(), record.pad2()), (255, 0xffff));
    assert!(record.octets() < record.packets());
    assert_eq!(packet.clock().unix_millis(record.last()), 4_294_967_295_000 + 4294);
}
