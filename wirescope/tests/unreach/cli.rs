//! The command as its user meets it: what it prints, and how it takes bad input.

use crate::{capture, run, unreach};
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// Runs the command on a file of these bytes.
#[track_caller]
fn run_on(bytes: &[u8]) -> (Option<i32>, String, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes).unwrap();
    let (code, stdout, stderr) = run(unreach().arg(&file));
    (code, stdout, stderr.replace(folder.path().to_str().unwrap(), "DIR"))
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
    assert_eq!(code, Some(0));
    assert!(
        stderr.ends_with(": not read: 1 packet in obsolete blocks from byte 168 on\n"),
        "{stderr}"
    );

    // Nor is it forgotten when the capture ends in damage.
    fs::write(&file, [bytes.concat(), block(2, &[0; 20]), vec![0; 5]].concat()).unwrap();
    let (code, _, stderr) = run(unreach().arg("--print").arg(&file));
    assert_eq!((code, stderr.lines().count()), (Some(2), 1));
    assert!(
        stderr.contains(": the capture ends inside this block; not read: 1 packet in obsolete"),
        "{stderr}"
    );
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
            "DIR/file: byte 0: the capture ends inside this block, or it is damaged",
        ),
        ("another link type", &usb, "DIR/file: byte 20: link type 189 is not one that is read"),
        (
            "a record of 4 GB",
            &huge,
            "DIR/file: byte 24: damaged: this record declares 4294967311 bytes, more than 16 MiB",
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
    for (path, reason) in [(folder.path(), "is a directory"), (&missing, "No such file")] {
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
    let message = format!("wirescope: DIR/file: byte {at}: the capture ends inside this record\n");
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

#[test]
fn compressed_captures_read_the_same() {
    let (_, plain, _) = run(unreach().arg(capture("udp4-small.pcap")));
    for name in ["udp4-small.pcap.gz", "udp4-small.pcap.zst"] {
        let (code, stdout, stderr) = run(unreach().arg(capture(name)));
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        assert_eq!(stdout, plain, "{name}");

        // One after the other, as `cat` and log rotation put them.
        let whole = fs::read(capture(name)).unwrap();
        let (code, stdout, _) = run_on(&[&whole[..], &[]].concat());
        assert_eq!((code, &stdout), (Some(0), &plain));

        // Cut, and damaged in the middle: what precedes it is reported or refused, and said.
        for len in (0..whole.len()).step_by(61) {
            let (code, _, stderr) = run_on(&whole[..len]);
            assert_eq!((code, stderr.lines().count()), (Some(2), 1), "{name}, {len} bytes");
            let mut damaged = whole.clone();
            damaged[len] ^= 0xff;
            let (code, _, stderr) = run_on(&damaged);
            assert!(matches!(code, Some(0 | 2)), "{name}, byte {len}: {stderr}");
            assert!(stderr.lines().count() <= 1, "{stderr}");
        }
    }
}

#[test]
fn captures_of_the_other_byte_order_read_the_same() {
    let little = fs::read(capture("limited.pcap")).unwrap();
    let mut big = Vec::new();
    // draft-ietf-opsawg-pcap §4: the words of the file header, then those of each record.
    let mut swap = |bytes: &[u8], size: usize| {
        bytes.chunks(size).for_each(|word| big.extend(word.iter().rev()));
    };
    swap(&little[..4], 4);
    swap(&little[4..8], 2);
    swap(&little[8..24], 4);
    let mut at = 24;
    while at < little.len() {
        swap(&little[at..at + 16], 4);
        let len = u32::from_le_bytes(little[at + 8..at + 12].try_into().unwrap());
        let end = at + 16 + usize::try_from(len).unwrap();
        swap(&little[at + 16..end], 1);
        at = end;
    }
    let expected = run(unreach().arg(capture("limited.pcap")));
    assert_eq!(run_on(&big), expected);
}

#[test]
fn compressed_parts_are_one_capture() {
    // The file header in one part, the records in another.
    let plain = fs::read(capture("udp4-small.pcap")).unwrap();
    let (head, records) = plain.split_at(24);
    let zst = |part: &[u8]| compress_to_vec(part, CompressionLevel::Fastest);
    let gz = |part: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    };
    let (_, expected, _) = run_on(&plain);
    for bytes in [[gz(head), gz(records)].concat(), [zst(head), zst(records)].concat()] {
        assert_eq!(run_on(&bytes), (Some(0), expected.clone(), String::new()));
    }
}

#[test]
fn other_link_types_in_a_pcapng_are_counted_and_cost_nothing() {
    let (code, stdout, stderr) = run(unreach().arg(capture("mixed.pcapng")));
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with("5 datagrams refused, "), "{stdout}");
    assert!(
        stderr.ends_with("mixed.pcapng: not read: 10 packets of link type 239 from byte 1040 on\n"),
        "{stderr}"
    );
}

#[test]
fn a_damaged_block_of_a_pcapng_costs_only_itself() {
    // Each enhanced packet block in turn declares more captured bytes than it has.
    let whole = fs::read(capture("udp4-small.pcapng")).unwrap();
    let mut at = 0;
    let mut damaged_blocks = 0;
    while at < whole.len() {
        let word = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap());
        if word(at) == 6 {
            let mut damaged = whole.clone();
            damaged[at + 20..at + 24].copy_from_slice(&9_000u32.to_le_bytes());
            let (code, stdout, stderr) = run_on(&damaged);
            assert_eq!(code, Some(0));
            assert!(stdout.contains(" in 55 packets.\n"), "{stdout}");
            let expected = format!(": not read: 1 damaged block from byte {at} on\n");
            assert!(stderr.ends_with(&expected), "{stderr}");
            damaged_blocks += 1;
        }
        at += usize::try_from(word(at + 4)).unwrap();
    }
    assert_eq!(damaged_blocks, 56);
}

#[test]
fn many_damaged_blocks_are_one_short_line() {
    let whole = fs::read(capture("udp4-small.pcapng")).unwrap();
    // A packet that declares more than its block has, over and over.
    let damaged = [
        &6_u32.to_le_bytes()[..],
        &32_u32.to_le_bytes(),
        &[0; 12],
        &9_000_u32.to_le_bytes(),
        &[0; 4],
        &32_u32.to_le_bytes(),
    ];
    let (code, stdout, stderr) = run_on(&[whole.clone(), damaged.concat().repeat(1000)].concat());
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with("24 datagrams refused, "), "{stdout}");
    let expected = format!("not read: 1000 damaged blocks from byte {} on\n", whole.len());
    assert!(stderr.ends_with(&expected), "{stderr}");
}

#[test]
fn nobody_listening_to_complaints_is_no_reason_to_panic() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = unreach().arg("/nonexistent").stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_line_is_out_before_more_input_comes() {
    let burst = fs::read(capture("burst.pcap")).unwrap();
    let mut child = unreach()
        .args(["--print", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    // The file header and a knock with its refusal, then the next.
    let pair = 16 + 42 + 16 + 70;
    let mut at = 0;
    for end in [24 + pair, 24 + 2 * pair] {
        stdin.write_all(&burst[at..end]).unwrap();
        at = end;
        let mut line = String::new();
        // The input stays open: this would wait for ever for a line that is held back.
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(" ICMP 192.0.2.10 udp port "), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn signals_ask_for_a_report_and_do_not_end_the_reading() {
    let burst = fs::read(capture("burst.pcap")).unwrap();
    let mut child =
        unreach().arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    // More than a pipe holds, so that some of it was read when this returns.
    assert!(burst.len() > 0x2_0000);
    let (most, rest) = burst.split_at(burst.len() - 16 - 70);
    stdin.write_all(most).unwrap();
    let signal = |name: &str| {
        let kill = format!("kill {name} {}", child.id());
        let status = Command::new("sh").args(["-c", &kill]).status();
        assert!(status.unwrap().success());
    };
    signal("-USR1");
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains(" datagrams refused, "), "{line}");

    // The interrupt that ends the capturing program reaches this one too.
    signal("-INT");
    stdin.write_all(rest).unwrap();
    drop(stdin);
    let mut output = String::new();
    stdout.read_to_string(&mut output).unwrap();
    assert!(output.contains("\n1000 datagrams refused, "), "{output}");
    assert!(child.wait().unwrap().success());
}
