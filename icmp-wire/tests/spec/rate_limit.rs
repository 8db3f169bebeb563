//! The kernel's log line.

use icmp_wire::{RateLimit, Response};

fn parse(line: &str) -> icmp_wire::Result<Option<(Response, u64, u64)>> {
    let limit = RateLimit::parse(line.as_bytes())?;
    Ok(limit.map(|limit| (limit.response, limit.attempted, limit.limit)))
}

#[test]
fn every_kind_in_both_spellings() {
    let kinds = [
        ("icmp unreach", Response::IcmpUnreach),
        ("icmp ping", Response::IcmpPing),
        ("icmp tstamp", Response::IcmpTimestamp),
        ("closed port RST", Response::ClosedPortRst),
        ("open port RST", Response::OpenPortRst),
        ("icmp6 unreach", Response::Icmp6Unreach),
        ("sctp ootb", Response::SctpOotb),
    ];
    for (name, response) in kinds {
        for unit in ["packets/sec", "packets per second"] {
            let line = format!("Limiting {name} response from 368 to 200 {unit}");
            assert_eq!(parse(&line), Ok(Some((response, 368, 200))), "{line}");
        }
        assert_eq!(response.to_string(), name);
    }
}

#[test]
fn lines_as_they_were_seen() {
    let cases = [
        (
            "/kernel: Limiting closed port RST response from 368 to 200 packets per second\n",
            Response::ClosedPortRst,
            368,
            200,
        ),
        (
            "+Limiting icmp unreach response from 296 to 200 packets/sec",
            Response::IcmpUnreach,
            296,
            200,
        ),
        (
            "> Limiting icmp ping response from 1180 to 200 packets/sec",
            Response::IcmpPing,
            1180,
            200,
        ),
        (
            "Limiting icmp unreach response from231 to 200 packets/sec",
            Response::IcmpUnreach,
            231,
            200,
        ),
        (
            "011e0001:4: Limiting closed port RST response from 299 to 250 packets/sec\r\n",
            Response::ClosedPortRst,
            299,
            250,
        ),
        (
            "Limiting Limiting icmp6 unreach response from 5 to 4 packets/sec",
            Response::Icmp6Unreach,
            5,
            4,
        ),
    ];
    for (line, response, attempted, limit) in cases {
        assert_eq!(parse(line), Ok(Some((response, attempted, limit))), "{line}");
    }
}

#[test]
fn other_lines_are_about_something_else() {
    for line in [
        "",
        "Limiting",
        "Limiting ",
        "last message repeated 3 times",
        "Limiting open files",
        "limiting icmp ping response from 1 to 2 packets/sec",
    ] {
        assert_eq!(parse(line), Ok(None), "{line}");
    }
}

#[test]
fn a_broken_line_is_said_to_be_broken_and_where() {
    let cases = [
        (
            "Limiting icmp unreach response from",
            "rate-limit line at byte 35: needed 1 byte, found 0",
        ),
        (
            "Limiting icmp unreach response from 296 to 200 packets/se",
            "rate-limit line at byte 57: needed 1 byte, found 0",
        ),
        (
            "Limiting icmp unreach response from 296 to 200 packets/hour",
            "rate-limit line at byte 55: unexpected byte 'h'",
        ),
        (
            "Limiting icmp unreach response from 296 to 200 packets per minute",
            "rate-limit line at byte 59: unexpected byte 'm'",
        ),
        (
            "Limiting icmp unreach response from x to 200 packets/sec",
            "rate-limit line at byte 36: unexpected byte 'x'",
        ),
        (
            "Limiting icmp unreach response from 296 of 200 packets/sec",
            "rate-limit line at byte 40: unexpected byte 'o'",
        ),
        (
            "Limiting icmp unreach response from 296 to 200 packets/sec!",
            "rate-limit line at byte 58: unexpected byte '!'",
        ),
    ];
    for (line, message) in cases {
        assert_eq!(parse(line).unwrap_err().to_string(), message);
    }
}

#[test]
#[expect(clippy::string_slice, reason = "the line is ASCII")]
fn every_prefix_is_nothing_or_truncated() {
    let line = "Limiting icmp unreach response from 296 to 200 packets/sec";
    for len in 0..line.len() {
        match parse(&line[..len]) {
            Ok(None) => assert!(len < 35, "{len}"),
            Err(error) => assert_eq!(error.offset(), len),
            Ok(Some(_)) => panic!("{len} bytes are enough"),
        }
    }
}

#[test]
fn a_number_of_any_length_is_read() {
    let line = "Limiting icmp ping response from 18446744073709551616 to 0200 packets/sec";
    assert_eq!(parse(line), Ok(Some((Response::IcmpPing, u64::MAX, 200))));
}

#[test]
fn a_line_is_written_as_the_kernel_does() {
    let line = "Limiting icmp6 unreach response from 296 to 200 packets/sec";
    assert_eq!(RateLimit::parse(line.as_bytes()).unwrap().unwrap().to_string(), line);
}
