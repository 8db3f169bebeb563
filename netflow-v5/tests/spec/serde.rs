//! `Serialize`, by way of JSON.

use crate::{SOFTFLOWD, two_records};
use netflow_v5::{Packet, Protocol, Sampling, TcpFlags};
use serde_json::{json, to_value};

#[test]
fn a_packet_has_the_names_of_the_specification() {
    let packet = Packet::parse(&SOFTFLOWD).unwrap();
    let expected = json!({
        "count": 1, "sys_uptime": 7051, "unix_secs": 1_795_310_869, "unix_nsecs": 417_923_000,
        "flow_sequence": 836, "engine_type": 0, "engine_id": 0, "sampling": 0,
        "records": [{
            "srcaddr": "198.51.100.23", "dstaddr": "203.0.113.80", "nexthop": "0.0.0.0",
            "input": 0, "output": 0, "packets": 1, "octets": 211, "first": 4050, "last": 4050,
            "srcport": 42283, "dstport": 443, "pad1": 0, "tcp_flags": 0, "protocol": 17, "tos": 0,
            "src_as": 0, "dst_as": 0, "src_mask": 0, "dst_mask": 0, "pad2": 0,
        }],
    });
    assert_eq!(to_value(packet).unwrap(), expected);
    assert_eq!(to_value(packet.records()).unwrap(), expected["records"]);
}

#[test]
fn every_field_is_its_own() {
    let bytes = two_records();
    let packet = Packet::parse(&bytes).unwrap();
    let value = to_value(packet).unwrap();
    assert_eq!(value["engine_type"], 0x11);
    assert_eq!((&value["engine_id"], &value["sampling"]), (&json!(0x12), &json!(0x4064)));
    let expected = json!({
        "srcaddr": "192.0.2.1", "dstaddr": "198.51.100.7", "nexthop": "203.0.113.1",
        "input": 0x1415, "output": 0x1617, "packets": 0x1819_1a1b, "octets": 0x1c1d_1e1f,
        "first": 0x2021_2223, "last": 0x2425_2627, "srcport": 0x2829, "dstport": 0x2a2b,
        "pad1": 0x2c, "tcp_flags": 0x12, "protocol": 6, "tos": 0x2d, "src_as": 0x2e2f,
        "dst_as": 0x3031, "src_mask": 24, "dst_mask": 26, "pad2": 0x3233,
    });
    assert_eq!(value["records"][0], expected);
    assert_eq!(to_value(packet.record(0).unwrap()).unwrap(), expected);
}

#[test]
fn a_code_point_is_its_number() {
    assert_eq!(to_value(Protocol::TCP).unwrap(), 6);
    assert_eq!(to_value(TcpFlags::SYN).unwrap(), 2);
    assert_eq!(to_value(Sampling(0x4064)).unwrap(), 0x4064);
}
