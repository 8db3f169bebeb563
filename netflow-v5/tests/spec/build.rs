//! Packets that are written.

use crate::{HEADER, SOFTFLOWD, ip, packet, two_records};
use netflow_v5::{
    Build, ErrorKind, Flow, Header, Packet, Protocol, Sampling, SamplingMode, TcpFlags,
};

#[test]
fn fields_are_written_where_they_belong() {
    let header = Header {
        sys_uptime: 0x0102_0304,
        unix_secs: 0x6553_1234,
        unix_nsecs: 0x075b_cd15,
        flow_sequence: 0x0a0b_0c0d,
        engine_type: 0x11,
        engine_id: 0x12,
        sampling: Sampling::new(SamplingMode::PACKET_INTERVAL, 100),
    };
    let first = Flow {
        srcaddr: ip("192.0.2.1"),
        dstaddr: ip("198.51.100.7"),
        nexthop: ip("203.0.113.1"),
        input: 0x1415,
        output: 0x1617,
        packets: 0x1819_1a1b,
        octets: 0x1c1d_1e1f,
        first: 0x2021_2223,
        last: 0x2425_2627,
        srcport: 0x2829,
        dstport: 0x2a2b,
        pad1: 0x2c,
        tcp_flags: TcpFlags::SYN | TcpFlags::ACK,
        protocol: Protocol::TCP,
        tos: 0x2d,
        src_as: 0x2e2f,
        dst_as: 0x3031,
        src_mask: 24,
        dst_mask: 26,
        pad2: 0x3233,
    };
    let bytes = two_records();
    let flows = [first, Packet::parse(&bytes).unwrap().record(1).unwrap().into()];
    let build = Build::new(header, &flows);
    let mut out = [0xff; 130];
    assert_eq!((build.encoded_len(), build.encode(&mut out)), (120, Ok(120)));
    assert_eq!((&out[..120], &out[120..]), (&bytes[..], &[0xff; 10][..]));
    assert_eq!(header.to_bytes(2), HEADER);
    assert_eq!(first.to_bytes(), bytes[24..72]);
}

#[test]
fn what_softflowd_sent_is_written_again() {
    let packet = Packet::parse(&SOFTFLOWD).unwrap();
    let flows = [Flow::from(packet.record(0).unwrap())];
    let mut out = [0; 72];
    assert_eq!(Build::new(packet.into(), &flows).encode(&mut out), Ok(72));
    assert_eq!(out, SOFTFLOWD);
}

#[test]
fn defaults_are_zeros() {
    assert_eq!(Header::default().to_bytes(0)[4..], [0; 20]);
    assert_eq!(Header::default().to_bytes(0x0102)[..4], [0, 5, 1, 2]);
    assert_eq!(Flow::default().to_bytes(), [0; 48]);
}

#[test]
fn more_than_thirty_flows_are_written_on_demand_only() {
    let mut out = vec![0; 24 + 48 * 65536];
    let flows = vec![Flow::default(); 65536];
    for (count, limit, is_written) in [
        (0, 30, true),
        (30, 30, true),
        (31, 30, false),
        (31, 31, true),
        (1, 0, false),
        (65535, 65535, true),
        (65536, 65535, false),
    ] {
        let mut build = Build::new(Header::default(), &flows[..count]);
        assert_eq!(build.max_count, 30);
        build.max_count = limit;
        let written = build.encode(&mut out);
        if is_written {
            assert_eq!(written, Ok(24 + 48 * count));
            assert_eq!(usize::from(Packet::parse(&out[..24 + 48 * count]).unwrap().count()), count);
        } else {
            let kind = ErrorKind::LimitExceeded { limit: limit.into() };
            assert_eq!(written, Err(kind.at("flows of a packet", 0)));
        }
    }
    assert_eq!((Packet::MAX_COUNT, Build::MAX_LEN), (30, 1464));
    assert_eq!(Build::new(Header::default(), &flows[..30]).encoded_len(), Build::MAX_LEN);
}

#[test]
fn a_buffer_that_is_too_small_is_left_alone() {
    let bytes = packet(3, 3);
    let packet = Packet::parse(&bytes).unwrap();
    let flows: Vec<Flow> = packet.records().map(Flow::from).collect();
    let build = Build::new(packet.into(), &flows);
    for available in 0..bytes.len() {
        let mut out = vec![0xa5; available];
        let kind = ErrorKind::BufferTooSmall { needed: 168, available };
        assert_eq!(build.encode(&mut out), Err(kind.at("packet", 0)));
        assert!(out.iter().all(|&byte| byte == 0xa5));
    }
    let text = build.encode(&mut [0; 100]).unwrap_err().to_string();
    assert_eq!(text, "packet at byte 0: needed a buffer of 168 bytes, found 100");
}
