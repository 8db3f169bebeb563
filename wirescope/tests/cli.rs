//! The command as its user meets it: what it prints, and how it takes bad input.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A capture of the repository.
fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures").join(name)
}

fn unreach() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("unreach").env("TZ", "UTC").stdin(Stdio::null());
    command
}

#[track_caller]
fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Runs the command on a file of these bytes.
#[track_caller]
fn run_on(bytes: &[u8]) -> (Option<i32>, String, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes).unwrap();
    let (code, stdout, stderr) = run(unreach().arg(&file));
    (code, stdout, stderr.replace(folder.path().to_str().unwrap(), "DIR"))
}

/// Splits a table row at its column gaps.
fn columns(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect()
}

#[test]
fn the_report_tells_who_knocked_what_they_wanted_and_who_refused() {
    // The counts are those of
    // tcpdump -nr collector-down.pcap 'icmp[0]=3 and icmp[30:2]=2055' | wc -l
    let (code, stdout, stderr) = run(unreach().arg(capture("collector-down.pcap")));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let rows: Vec<Vec<&str>> = stdout.lines().skip(2).map(columns).collect();
    assert_eq!(rows[0], ["KNOCKER", "WANTED", "REFUSED BY", "WHY", "COUNT", "FIRST", "LAST"]);
    assert!(rows[1][0].starts_with("192.0.2.214:"), "{stdout}");
    assert_eq!(rows[1][1..4], ["192.0.2.10:2055/udp", "itself", "port closed"]);
    let snmp = rows.iter().find(|row| row[1] == "192.0.2.10:161/udp").unwrap();
    assert!(snmp[0].starts_with("198.51.100.23:"), "{stdout}");
    assert!(rows.iter().any(|row| row[1] == "[2001:db8::a]:514/udp"), "{stdout}");
}

#[test]
fn counts_add_up() {
    let (_, stdout, _) = run(unreach().arg(capture("burst.pcap")));
    let total: u64 = stdout.split(' ').next().unwrap().parse().unwrap();
    let rows = stdout.lines().skip(3).map(|line| columns(line)[4].parse::<u64>().unwrap());
    assert_eq!((total, rows.sum::<u64>()), (1000, 1000));
}

#[test]
fn a_router_that_refuses_is_named() {
    let (_, stdout, _) = run(unreach().arg(capture("reject.pcap")));
    let rows: Vec<Vec<&str>> = stdout.lines().skip(3).map(columns).collect();
    let find = |wanted| rows.iter().find(|row| row[1] == wanted).unwrap()[2..4].to_vec();
    assert_eq!(find("192.0.2.10:17006/udp"), ["198.51.100.1", "prohibited"]);
    assert_eq!(find("192.0.2.10 protocol 253"), ["itself", "protocol unreachable"]);
}

#[test]
fn ports_that_were_not_captured_are_said_to_be_cut_off() {
    let (code, stdout, _) = run(unreach().arg(capture("snaplen.pcap")));
    let rows: Vec<Vec<&str>> = stdout.lines().skip(3).map(columns).collect();
    assert_eq!(code, Some(0));
    assert_eq!(rows[0][..2], ["192.0.2.214", "192.0.2.10 udp, ports cut off"]);
}

#[test]
fn every_link_type_reads_the_same() {
    for (name, refusals) in [
        ("any-sll.pcap", 12),
        ("any-sll2.pcap", 12),
        ("raw-ip.pcap", 24),
        ("udp4-small.pcapng", 28),
    ] {
        let (code, stdout, stderr) = run(unreach().arg(capture(name)));
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{name}");
        assert!(stdout.starts_with(&format!("{refusals} datagrams refused, ")), "{name}: {stdout}");
    }
}

#[test]
fn several_captures_make_one_report() {
    let (_, stdout, _) =
        run(unreach().arg(capture("any-sll.pcap")).arg("-r").arg(capture("raw-ip.pcap")));
    assert!(stdout.starts_with("36 datagrams refused, "), "{stdout}");
}

#[test]
fn standard_input_is_read_without_a_file_and_as_a_dash() {
    let (_, expected, _) = run(unreach().arg(capture("udp4-small.pcapng")));
    for arguments in [&[][..], &["-"], &["-n", "-r", "-"]] {
        let file = fs::File::open(capture("udp4-small.pcapng")).unwrap();
        let (code, stdout, _) = run(unreach().args(arguments).stdin(file));
        assert_eq!((code, &stdout), (Some(0), &expected), "{arguments:?}");
    }
}

#[test]
fn a_pipe_that_delivers_a_byte_at_a_time_reads_the_same() {
    for name in ["any-sll.pcap", "udp4-small.pcapng"] {
        let (_, expected, _) = run(unreach().arg(capture(name)));
        let mut child = unreach().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        for byte in fs::read(capture(name)).unwrap() {
            input.write_all(&[byte]).unwrap();
        }
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{name}");
    }
}

/// A big-endian pcapng block.
fn block(ty: u32, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len() + 12).unwrap().to_be_bytes();
    [&ty.to_be_bytes()[..], &len, body, &len].concat()
}

#[test]
fn times_of_a_big_endian_pcapng_have_its_offset() {
    // draft-ietf-opsawg-pcapng §4.1-4.3: an hour of if_tsoffset, and a packet at 0.
    let refusal = &fs::read(capture("burst.pcap")).unwrap()[24 + 16 + 42 + 16..][..70];
    let section = [&[0x1a, 0x2b, 0x3c, 0x4d, 0, 1, 0, 0][..], &[0xff; 8]].concat();
    let interface =
        [&[0, 1, 0, 0, 0, 0, 0, 0][..], &[0, 14, 0, 8, 0, 0, 0, 0, 0, 0, 0x0e, 0x10], &[0; 4]];
    let packet = [&[0; 12][..], &[0, 0, 0, 70, 0, 0, 0, 70], refusal, &[0, 0]];
    let bytes =
        [block(0x0a0d_0d0a, &section), block(1, &interface.concat()), block(6, &packet.concat())];
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes.concat()).unwrap();
    let (code, stdout, stderr) = run(unreach().arg("--print").arg(&file));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.starts_with("01:00:00.000000 IP 192.0.2.10 > 192.0.2.214: ICMP "), "{stdout}");

    // A packet block, as it was before there were enhanced ones, is not read, and that is said.
    fs::write(&file, [bytes.concat(), block(2, &[0; 20])].concat()).unwrap();
    let (code, _, stderr) = run(unreach().arg("--print").arg(&file));
    assert_eq!(code, Some(2));
    assert!(
        stderr.ends_with(": packets that are not read: 1 in an obsolete packet block\n"),
        "{stderr}"
    );

    // Nor is it forgotten when the capture ends in damage.
    fs::write(&file, [bytes.concat(), block(2, &[0; 20]), vec![0; 5]].concat()).unwrap();
    let (code, _, stderr) = run(unreach().arg("--print").arg(&file));
    assert_eq!((code, stderr.lines().count()), (Some(2), 1));
    assert!(stderr.contains("or it is damaged; packets that are not read: 1 in an"), "{stderr}");
}

#[test]
fn a_capture_without_refusals_is_a_result() {
    // A pcap header and nothing behind it.
    let header = &fs::read(capture("burst.pcap")).unwrap()[..24];
    let (code, stdout, stderr) = run_on(header);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.starts_with("No destination unreachable in 0 packets.\n"), "{stdout}");
}

#[test]
fn bad_input_is_said_in_one_line_and_by_the_exit_code() {
    let burst = fs::read(capture("burst.pcap")).unwrap();
    let mut usb = burst.clone();
    usb[20..24].copy_from_slice(&[189, 0, 0, 0]);
    let mut huge = burst.clone();
    huge[32..36].copy_from_slice(&[0xff; 4]);
    let pcapng = fs::read(capture("udp4-small.pcapng")).unwrap();
    let cases: [(&str, &[u8], &str); 8] = [
        ("empty", b"", "DIR/file: empty"),
        ("text", b"Nov 22 04:05:06 host kernel: hello\n", "DIR/file: not a pcap or pcapng capture"),
        ("short text", b"hello", "DIR/file: not a pcap or pcapng capture"),
        (
            "a cut file header",
            &burst[..23],
            "DIR/file: byte 0: the capture ends inside its file header",
        ),
        (
            "a cut first block",
            &pcapng[..27],
            "DIR/file: byte 0: the capture ends inside its file header",
        ),
        ("another link type", &usb, "DIR/file: byte 20: link type 189 is not one that is read"),
        (
            "a record of 4 GB",
            &huge,
            "DIR/file: byte 24: a record is damaged: it declares more than 16 MiB",
        ),
        ("zeros", &[0; 100_000], "DIR/file: not a pcap or pcapng capture"),
    ];
    for (name, bytes, message) in cases {
        let (code, stdout, stderr) = run_on(bytes);
        assert_eq!(stderr, format!("wirescope: {message}\n"), "{name}");
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{name}");
    }
}

#[test]
fn packets_that_hold_nothing_are_counted() {
    let mut zeros = fs::read(capture("burst.pcap")).unwrap()[..24].to_vec();
    zeros.resize(24 + 16 * 5, 0);
    let (code, stdout, _) = run_on(&zeros);
    assert_eq!(code, Some(0));
    let expected = "No destination unreachable in 5 packets, none of which holds an IP datagram.";
    assert_eq!(stdout.lines().next(), Some(expected));
}

#[test]
fn a_directory_and_a_missing_file_are_said() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing");
    for (path, reason) in [(folder.path(), "Is a directory"), (&missing, "No such file")] {
        let (code, stdout, stderr) = run(unreach().arg(path));
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(
            stderr.starts_with(&format!("wirescope: {}: {reason}", path.display())),
            "{stderr}"
        );
        assert_eq!(stderr.lines().count(), 1);
    }
}

#[test]
fn what_precedes_damage_is_reported() {
    // 24 bytes of file header, records of 16 + 42 and 16 + 70 bytes: the cut is inside the fourth.
    let burst = fs::read(capture("burst.pcap")).unwrap();
    let whole = 24 + 2 * (16 + 42 + 16 + 70);
    let (code, stdout, stderr) = run_on(&burst[..whole - 1]);
    assert_eq!(code, Some(2));
    let at = whole - 16 - 70;
    let message = format!(
        "wirescope: DIR/file: byte {at}: the capture ends inside this record, or it is damaged\n"
    );
    assert_eq!(stderr, message);
    assert!(stdout.starts_with("1 datagram refused, "), "{stdout}");
    assert!(stdout.contains(", in 3 packets.\n"), "{stdout}");
}

#[test]
fn every_prefix_of_a_capture_is_read_or_refused_cleanly() {
    for name in ["any-sll.pcap", "udp4-small.pcapng"] {
        let whole = fs::read(capture(name)).unwrap();
        for len in (0..whole.len()).step_by(97) {
            let (code, _, stderr) = run_on(&whole[..len]);
            assert!(matches!(code, Some(0 | 2)), "{name}, {len} bytes: {stderr}");
            assert!(stderr.lines().count() <= 1, "{stderr}");
        }
    }
}

#[test]
fn one_bad_file_does_not_cost_the_others() {
    let (code, stdout, stderr) = run(unreach().args(["/nonexistent"]).arg(capture("any-sll.pcap")));
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("wirescope: /nonexistent: No such file"), "{stderr}");
    assert!(stdout.starts_with("12 datagrams refused, "), "{stdout}");
}

#[test]
fn a_file_name_cannot_steer_the_terminal() {
    let (_, _, stderr) = run(unreach().arg("/nonexistent/\u{1b}[2J"));
    assert!(stderr.starts_with("wirescope: /nonexistent/\\u{1b}[2J: "), "{stderr:?}");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = unreach()
        .arg("--print")
        .args([capture("burst.pcap"), capture("burst.pcap"), capture("burst.pcap")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn print_writes_a_line_per_message_with_the_time_of_day() {
    let (code, stdout, _) = run(unreach().arg("--print").arg(capture("burst.pcap")));
    assert_eq!((code, stdout.lines().count()), (Some(0), 1000));
    let (time, rest) = stdout.lines().next().unwrap().split_once(' ').unwrap();
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "99:99:99.999999");
    assert!(rest.starts_with("IP 192.0.2.10 > 192.0.2.214: ICMP 192.0.2.10 udp port "), "{rest}");
}

#[test]
fn the_time_zone_is_that_of_the_environment() {
    let line = |zone: &str| {
        let (_, stdout, _) = run(unreach().arg(capture("burst.pcap")).env("TZ", zone));
        stdout.lines().next().unwrap().to_owned()
    };
    assert!(line("UTC").contains(" UTC, in "), "{}", line("UTC"));
    assert!(line("America/New_York").contains(" EST, in "), "{}", line("America/New_York"));
}
