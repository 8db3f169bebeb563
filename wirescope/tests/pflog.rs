//! `wirescope pflog` as its user meets it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::std_instead_of_alloc,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

#[expect(dead_code, reason = "it serves other tests too")]
mod pcap;

use pcap::Pcap;
use pflog_wire::{Action, Build, ByteOrder, Direction, Layout, Reason};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A capture of the repository, or a ruleset.
fn captures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures/pflog").join(name)
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("pflog").env("TZ", "UTC").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

#[track_caller]
fn run(args: &[&str], file: &Path) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command().args(args).arg(file).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[track_caller]
fn output(args: &[&str], file: &Path) -> String {
    let (code, stdout, stderr) = run(args, file);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    stdout
}

#[track_caller]
fn objects(args: &[&str], file: &Path) -> Vec<Value> {
    output(args, file).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Makes an entry what a test needs.
type Change<'a> = &'a dyn Fn(&mut Build<'_>);

/// Makes a log of entries of FreeBSD 14, one a second.
fn log(changes: &[Change<'_>]) -> (TempDir, PathBuf) {
    let packets = changes.iter().map(|change| {
        let mut build = Build::new(Layout::FREEBSD_13_1, ByteOrder::Little);
        build.payload = &UDP;
        change(&mut build);
        let mut bytes = vec![0; build.encoded_len()];
        let len = build.encode(&mut bytes).unwrap();
        (bytes, len)
    });
    in_folder(&Pcap::of(117, packets).to_bytes())
}

fn in_folder(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("log");
    fs::write(&file, bytes).unwrap();
    (folder, file)
}

/// From 192.0.2.1, port 53, to 198.51.100.7, port 1024.
const UDP: [u8; 28] = [
    0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7, 0, 53, 4, 0, 0, 8, 0,
    0,
];

#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("wirescope/README.md")).unwrap();
    let mut commands = 0;
    for shown in readme.split("```text\n$ wirescope pflog ").skip(1) {
        let (args, rest) = shown.split_once('\n').unwrap();
        let expected = rest.split("```").next().unwrap();
        let mut command = command();
        command.args(args.split(' ')).current_dir(&root).env("LC_ALL", "C.UTF-8");
        let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert_eq!(printed, expected, "{args}");
        commands += 1;
    }
    assert_eq!(commands, 2);
}

/// The line is of a log of OpenBSD's.
#[test]
fn the_line_of_openbsd_comes_out() {
    assert_eq!(
        output(&["--style", "openbsd", "--time", "bsd"], &captures("story.pcap")),
        "Dec 17 17:40:25.071592 rule 2/(match) block out on fxp0: 192.0.2.226.14033 > \
         203.0.113.34.822: S 2830367545:2830367545(0) win 16384 (DF)\n"
    );
}

#[test]
fn the_style_follows_the_layout() {
    let starts = |args: &[&str]| {
        let starts = |line: &str| line.split(':').next().unwrap().to_owned();
        let lines = output(args, &captures("layouts.pcap"));
        let all: Vec<String> = lines.lines().map(starts).collect();
        (all[0].clone(), all[all.len() - 1].clone())
    };
    let (tcpdump, openbsd) = ("rule 3/0(match)", "rule def.spamd.1/(fragment) block out on em0");
    assert_eq!(starts(&["--time", "none"]), (tcpdump.into(), openbsd.into()));
    let openbsd_first = "rule 3/(match) pass in on em0";
    assert_eq!(starts(&["--time", "none", "--style", "openbsd"]).0, openbsd_first);
    let tcpdump_last = "rule def.spamd.1/2(fragment)";
    assert_eq!(starts(&["--time", "none", "--style", "tcpdump"]).1, tcpdump_last);
}

#[test]
fn a_name_is_taken_whole() {
    let on = |name: &'static str| move |it: &mut Build<'_>| it.interface = name.into();
    let (_folder, file) = log(&[&on("em1"), &on("em10")]);
    let lines = |on: &str| output(&["--time", "none", "--on", on], &file);
    assert_eq!(lines("em1").lines().count(), 1);
    assert!(lines("em1").starts_with("rule def/0(match): pass in on em1: "));
    assert_eq!(lines("em10").lines().count(), 1);
    assert_eq!(lines("em"), "");
}

#[test]
fn entries_are_selected_by_every_field() {
    let (_folder, file) = log(&[
        &|it: &mut Build<'_>| (it.rule, it.action) = (0, Action::BLOCK),
        &|it| (it.rule, it.direction) = (1, Direction::OUT),
        &|it| (it.rule, it.ruleset, it.subrule) = (2, "spamd".into(), 7),
        &|it| (it.rule, it.ruleset) = (3, "spamd".into()),
        &|it| it.reason = Reason::STATE_MISMATCH,
    ]);
    let rules = |args: &[&str]| -> Vec<Value> {
        let objects = objects(&[&["--json"], args].concat(), &file);
        objects.into_iter().map(|object| object["rule"].clone()).collect()
    };
    assert_eq!(rules(&[]), [json!(0), json!(1), json!(2), json!(3), Value::Null]);
    assert_eq!(rules(&["--rule", "1"]), [1]);
    assert_eq!(rules(&["--rule", "1", "--rule", "def"]), [json!(1), Value::Null]);
    assert_eq!(rules(&["--subrule", "7"]), [2]);
    assert_eq!(rules(&["--subrule", "def"]), [3]);
    assert_eq!(rules(&["--ruleset", "spamd"]), [2, 3]);
    assert_eq!(rules(&["--ruleset", ""]), [json!(0), json!(1), Value::Null]);
    assert_eq!(rules(&["--ruleset", "spam"]), [0; 0]);
    for block in ["block", "drop", "1"] {
        assert_eq!(rules(&["--action", block]), [0]);
    }
    assert_eq!(rules(&["--direction", "out"]), [1]);
    assert_eq!(rules(&["--reason", "state-mismatch"]), [Value::Null]);
    // All of them have to hold.
    assert_eq!(rules(&["--ruleset", "spamd", "--rule", "3"]), [3]);
    assert_eq!(rules(&["--action", "block", "--rule", "1"]), [0; 0]);
}

#[test]
fn a_name_that_no_action_has_is_refused() {
    let (code, _, stderr) = run(&["--action", "accept"], Path::new("-"));
    assert_eq!(code, Some(2));
    assert!(stderr.contains("neither a number nor one of pass, block, scrub, "), "{stderr}");
}

/// The number is `match` on OpenBSD and FreeBSD, and something else on Darwin.
#[test]
fn an_action_that_is_not_decided_is_all_that_it_may_be() {
    let (_folder, file) = log(&[&|it: &mut Build<'_>| {
        (it.layout, it.action) = (Layout::OPENBSD_4_1, Action(12));
        // On Darwin and NetBSD this is nobody, elsewhere a user.
        it.uid = 0;
    }]);
    let line = output(&["--time", "none"], &file);
    assert!(line.starts_with("rule def/0(match): match|nodummynet in on "), "{line}");
    for action in ["match", "nodummynet", "12"] {
        assert_eq!(output(&["--time", "none", "--action", action], &file), line);
    }
    assert_eq!(output(&["--time", "none", "--action", "pass"], &file), "");
    assert_eq!(objects(&["--json"], &file)[0]["action"], "match|nodummynet");
}

/// A user that is nobody on Darwin in one order is somebody in the other.
#[test]
fn the_same_header_of_another_machine_may_be_of_another_system() {
    let (_folder, little) = log(&[&|it: &mut Build<'_>| {
        (it.layout, it.action) = (Layout::OPENBSD_4_1, Action(12));
        (it.uid, it.pid) = (0x7fff_ffff, 100_000);
    }]);
    let bytes = fs::read(&little).unwrap();
    // The header of the file and that of its record are numbers of 32 bits, but for the version.
    let mut heads = bytes[..40].to_vec();
    heads.chunks_exact_mut(4).for_each(<[u8]>::reverse);
    let big = [&heads[..4], &[0, 2, 0, 4], &heads[8..], &bytes[40..]].concat();
    let (_folder, big) = in_folder(&big);
    let mut command = command();
    let shown = command.args(["--time", "none"]).args([&little, &big]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let actions: Vec<&str> = shown.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    assert_eq!(actions, ["nodummynet", "match|nodummynet"]);
}

#[test]
fn hosts_are_those_before_and_after_translation() {
    let lines = |host: &str| output(&["--host", host], &captures("trace.pcap")).lines().count();
    // The server behind the redirection, which is in the header only.
    assert_eq!(lines("10.0.0.80"), 1);
    assert_eq!(lines("198.51.100.8"), 1);
    assert_eq!(lines("64:ff9b::/96"), 1);
    assert_eq!(lines("198.51.100.20/32"), 2);
    assert_eq!(lines("10.0.0.81"), 0);
    // Who is refused, in what an ICMP error quotes.
    let message = port_unreachable();
    let (_folder, file) = in_folder(&Pcap::of(117, [entry_of(&message)]).to_bytes());
    assert_eq!(
        output(&["--host", "192.0.2.1", "--host", "198.51.100.9"], &file).lines().count(),
        1
    );
    assert_eq!(output(&["--host", "198.51.100.7"], &file).lines().count(), 1);
    assert_eq!(output(&["--host", "198.51.100.8"], &file), "");
}

#[test]
fn verbose_tells_owners_and_translations() {
    let lines = output(&["-v", "--time", "none"], &captures("trace.pcap"));
    for part in [
        // Both are IPv4: the header does not tell which of the two meanings it has.
        "rule 39/(match) [uid 0, pid 71822] pass in on em0: \
         [rewritten from or to: src 198.51.100.8:33100, dst 10.0.0.80:80] ",
        // IPv6 before, IPv4 after.
        "rule 30/(match) [uid 0, pid 71822] pass in on em1: \
         [rewritten: src 203.0.113.33:60123, dst 198.51.100.20:443] 2001:db8:a::7.50001 > ",
    ] {
        assert!(lines.contains(part), "{part} is not in {lines}");
    }
    let lines = output(&["-v", "--time", "none"], &captures("freebsd.pcap"));
    let part = "rule 3.blacklistd.0/0(match) [uid 0] [rule uid 0, rule pid 4711]: block in on ";
    assert!(lines.contains(part), "{lines}");
    assert!(lines.contains("[ridentifier 1700000001]: pass out on igb0: 10.0.0.7.51000 > "));
    // In the order of the machine that wrote it.
    let lines = output(&["-v", "--time", "none"], &captures("big-endian.pcap"));
    assert!(
        lines.contains("rule 8/(match) [uid 0, pid 77] block in on gem0: [uid 1001, pid 4242] ")
    );
}

#[test]
fn a_trace_is_the_path_of_each_packet() {
    let shown = output(&["--trace", "--time", "none"], &captures("trace.pcap"));
    let paths: Vec<&str> = shown.split_terminator('\n').collect();
    assert!(paths[0].starts_with("pass in on em0: 198.51.100.77.51022 > 203.0.113.34.822: "));
    let rows: Vec<&str> = paths.into_iter().filter(|line| line.starts_with(' ')).collect();
    assert_eq!(
        rows,
        [
            "    0 match -> 2 match -> 4 block -> 12._1.0 block -> 12.admin.0 pass",
            "      -> 47 block -> 48 pass -> 49 match => 48 pass",
            "    0 match -> 2 match -> 4 block -> 12._1.0 block -> 47 block -> 49 match",
            "      => 47 block",
            "    0 match -> 2 match -> 4 block -> 5 block => block",
            "    39 pass => pass",
            "    30 pass => pass",
            "    10.4711.2.0 pass => pass",
            "    def block (short) => block (short)",
        ]
    );
    let objects = objects(&["--trace", "--json"], &captures("trace.pcap"));
    let rules = |object: &Value| -> Vec<Value> {
        object["path"].as_array().unwrap().iter().map(|rule| rule["rule"].clone()).collect()
    };
    assert_eq!(rules(&objects[1]), [0, 2, 4, 12, 47, 49]);
    assert_eq!(
        (&objects[1]["verdict"]["rule"], &objects[1]["src"]),
        (&json!(47), &json!("192.0.2.99"))
    );
}

/// Returns the paths of entries that come at these microseconds.
fn paths(entries: &[(u32, Change<'_>)]) -> Vec<String> {
    let changes: Vec<Change<'_>> = entries.iter().map(|(_, change)| *change).collect();
    let (_folder, file) = log(&changes);
    let mut capture = Pcap::parse(&fs::read(&file).unwrap());
    for (record, (microseconds, _)) in capture.records.iter_mut().zip(entries) {
        record.seconds = microseconds / 1_000_000;
        record.microseconds = microseconds % 1_000_000;
    }
    fs::write(&file, capture.to_bytes()).unwrap();
    let shown = output(&["--trace", "--time", "none"], &file);
    let rows = shown.lines().filter_map(|line| line.strip_prefix("    "));
    rows.map(ToOwned::to_owned).collect()
}

#[test]
fn a_path_is_of_one_packet_within_200_ms() {
    let block = |it: &mut Build<'_>| (it.rule, it.action) = (2, Action::BLOCK);
    let pass = |it: &mut Build<'_>| it.rule = 5;
    let together = ["2 block -> 5 pass => pass"];
    let apart = ["2 block => block", "5 pass => pass"];
    assert_eq!(paths(&[(0, &block), (200_000, &pass)]), together);
    assert_eq!(paths(&[(0, &block), (200_001, &pass)]), apart);
    let others: [Change<'_>; 3] = [
        &|it| (it.rule, it.interface) = (5, "em1".into()),
        &|it| (it.rule, it.direction) = (5, Direction::OUT),
        &|it| (it.rule, it.payload) = (5, &UDP[..20]),
    ];
    for other in others {
        assert_eq!(paths(&[(0, &block), (1, other)]), apart);
    }
    // Packets take turns.
    let other = |it: &mut Build<'_>| (it.rule, it.interface) = (7, "em1".into());
    let entries: [(u32, Change<'_>); 3] = [(0, &block), (1, &other), (2, &pass)];
    assert_eq!(paths(&entries), [together[0], "7 pass => pass"]);
}

#[test]
fn a_path_ends_where_its_first_rule_comes_again() {
    let first = |it: &mut Build<'_>| (it.rule, it.action) = (0, Action(12));
    let pass = |it: &mut Build<'_>| it.rule = 5;
    let path = "0 match -> 5 pass => pass";
    // The rule that decides is logged twice.
    let entries: [(u32, Change<'_>); 6] =
        [(0, &first), (1, &pass), (2, &pass), (3, &first), (4, &pass), (5, &pass)];
    assert_eq!(paths(&entries), [path, path]);
    assert_eq!(paths(&[(0, &pass), (1, &pass)]), ["5 pass => pass", "5 pass => pass"]);
}

#[test]
fn a_verdict_is_of_a_rule_that_decides() {
    let rule = |number, action| move |it: &mut Build<'_>| (it.rule, it.action) = (number, action);
    let (found, pass) = (rule(3, Action(12)), rule(7, Action::PASS));
    let (nat, rdr) = (rule(0, Action::NAT), rule(1, Action::RDR));
    // OpenBSD logs the packets of a state by its rule, and then by those with `match log (all)`.
    assert_eq!(paths(&[(0, &pass), (1, &found)]), ["7 pass -> 3 match => 7 pass"]);
    // The rule that decides does not log.
    assert_eq!(paths(&[(0, &found)]), ["3 match => not logged"]);
    assert_eq!(paths(&[(0, &nat), (1, &rdr)]), ["0 nat -> 1 rdr => not logged"]);
    // The action is the rule's, though the packet went no further.
    let options: Change<'_> = &|it| (it.rule, it.reason) = (7, Reason(8));
    assert_eq!(paths(&[(0, options)]), ["7 pass (ip-option) => dropped (ip-option)"]);
}

#[test]
fn a_path_is_shown_whole_if_one_of_its_entries_is_asked_for() {
    let file = captures("trace.pcap");
    let all = output(&["--trace", "--time", "none"], &file);
    let first: Vec<&str> = all.lines().take(3).collect();
    for args in [["--rule", "48"], ["--ruleset", "admin"], ["--host", "198.51.100.77"]] {
        let shown = output(&[&["--trace", "--time", "none"], &args[..]].concat(), &file);
        assert_eq!(shown.lines().collect::<Vec<_>>(), first, "{args:?}");
    }
    let until = ["--trace", "--time", "none", "--until", "2025-11-22T08:26:40.250001Z"];
    assert_eq!(output(&until, &file).lines().collect::<Vec<_>>(), first);
    assert_eq!(output(&["--trace", "--rule", "3"], &file), "");
}

#[test]
fn the_texts_of_rules_stand_beside_their_numbers() {
    let rules = captures("trace.rules");
    let args = ["--trace", "--time", "none", "--rules", rules.to_str().unwrap()];
    let shown = output(&args, &captures("trace.pcap"));
    let (_, second) = shown.split_once("\nblock in on em0: 192.0.2.99.40412 > ").unwrap();
    let rows: Vec<&str> = second.lines().skip(1).take(9).collect();
    assert_eq!(
        rows,
        [
            "    match        0  match log (matches) in on egress inet proto tcp from any to",
            "                    any port = 822",
            "    match        2  match in all scrub (no-df random-id max-mss 1440)",
            "    block        4  block return log all",
            "    block  12._1.0  block drop in log all",
            "  =>block       47  block drop in log on egress inet proto tcp from any to",
            "                    (egress) port = 822",
            "    match       49  match in on egress inet proto tcp from any to any port = 822",
            "                    tag ADMIN",
        ]
    );
    let (rules, nat) = (captures("freebsd.rules"), captures("freebsd.nat-rules"));
    let args = ["--rules", rules.to_str().unwrap(), "--nat-rules", nat.to_str().unwrap()];
    let shown = output(&args, &captures("freebsd.pcap"));
    let texts: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let deny = r#"block drop in log inet all label "default deny IPv4" ridentifier 1000000103"#;
    assert_eq!(
        texts,
        [
            deny,
            "nat log on igb0 inet from 10.0.0.0/24 to any -> 203.0.113.33 port 1024:65535",
            r#"pass out log inet all flags S/SA keep state label "out" ridentifier 1700000001"#,
            "rdr log on igb0 inet proto tcp from any to 203.0.113.33 port = 8080 -> 10.0.0.80",
            r#"pass in log on igb0 inet proto tcp from any to 10.0.0.80 port = 8080 flags S/SA keep state label "web" ridentifier 1700000002"#,
            r#"block drop in log inet6 all label "default deny IPv6" ridentifier 1000000105"#,
            "block drop in log quick proto tcp from <port23> to any port = telnet",
            deny,
            "the default rule",
        ]
    );
}

#[test]
fn entries_of_a_rule_are_counted() {
    let report = output(&["--per-rule"], &captures("trace.pcap"));
    let rows: Vec<&str> = report.lines().take(4).collect();
    assert_eq!(
        rows,
        [
            "25 entries, 2025-11-22 08:26:40 to 08:26:42 UTC.",
            "",
            "   COUNT  ACTION         RULE         FIRST     LAST",
            "       3  match          0            08:26:40  08:26:41",
        ]
    );
    assert!(report.contains("\n       1  block (short)  def          08:26:42  08:26:42\n"));
    let objects = objects(&["--per-rule", "--json"], &captures("trace.pcap"));
    let sum: u64 = objects.iter().map(|object| object["count"].as_u64().unwrap()).sum();
    assert_eq!(sum, 25);
    assert_eq!(output(&["--per-rule", "--on", "lo0"], &captures("trace.pcap")), "0 entries.\n");
}

#[test]
fn an_object_has_every_field() {
    let objects = objects(&["--json", "--rule", "30"], &captures("trace.pcap"));
    let expected = json!([{
        "time": 1_763_800_002.481_063, "layout": 100, "family": "ipv6", "interface": "em1",
        "direction": "in", "uid": null, "pid": null, "rule_uid": 0, "rule_pid": 71822,
        "rewritten": {
            "is": "translated", "src": "203.0.113.33", "dst": "198.51.100.20",
            "src_port": 60123, "dst_port": 443,
        },
        "rule": 30, "ruleset": null, "subrule": null, "ridentifier": null,
        "action": "pass", "reason": "match", "rule_text": [],
        "src": "2001:db8:a::7", "dst": "64:ff9b::c633:6414", "protocol": 6,
        "src_port": 50001, "dst_port": 443, "error": null,
    }]);
    assert_eq!(Value::from(objects), expected);
}

/// What a snap length leaves of an entry: the fields that are whole, and why there are no more.
#[test]
fn every_prefix_of_a_log_is_read() {
    let bytes = fs::read(captures("layouts.pcap")).unwrap();
    let capture = Pcap::parse(&bytes);
    let (_folder, file) = in_folder(&Pcap::cut(117, &capture.records, usize::MAX).to_bytes());
    let count: usize = capture.records.iter().map(|record| record.data.len() + 1).sum();
    for args in [&["--style", "tcpdump"][..], &["--style", "openbsd"], &["--json"]] {
        let lines = output(args, &file);
        assert_eq!(lines.lines().count(), count, "{args:?}");
        assert!(lines.lines().all(|line| !line.contains('\u{1b}')), "{args:?}");
    }
    let lines = output(&["--time", "none", "--style", "tcpdump"], &file);
    for line in [
        "damaged entry: header length at byte 0: needed 1 byte, found 0",
        "rule 3/0(match): pass ? on em0: damaged entry: header at byte 0: needed 64 bytes, found 60",
        "rule 3/0(match): pass in on em0: damaged entry: header padding at byte 61: needed 3 bytes, found 0",
        "rule 3/0(match): pass in on em0: damaged packet: IP header at byte 0: needed 1 byte, found 0",
    ] {
        assert!(lines.lines().any(|own| own == line), "{line}");
    }
}

#[test]
fn what_is_damaged_is_neither_counted_nor_traced_as_something_else() {
    let bytes = fs::read(captures("story.pcap")).unwrap();
    let record = Pcap::parse(&bytes).records[0].clone();
    // Two packets of which nothing but the header was captured, and a header that is cut.
    let lens = [64, 64, 20].map(|len| (record.data[..len].to_vec(), record.wire_len));
    let (_folder, file) = in_folder(&Pcap::of(117, lens).to_bytes());
    let report = output(&["--per-rule"], &file);
    assert!(report.starts_with("2 entries, "), "{report}");
    assert!(report.ends_with("\nDamaged, and not counted: 1 entry.\n"), "{report}");
    let (code, _, stderr) = run(&["--per-rule", "--json"], &file);
    let told = "wirescope: Damaged, and not counted: 1 entry\n";
    assert_eq!((code, stderr.as_str()), (Some(0), told));
    let mut capture = Pcap::parse(&fs::read(&file).unwrap());
    capture.records.iter_mut().for_each(|record| record.seconds = 0);
    fs::write(&file, capture.to_bytes()).unwrap();
    let paths = output(&["--trace", "--time", "none"], &file);
    let packet = "block out on fxp0: damaged packet: IP header at byte 0: needed 1 byte, found 0\n";
    let path = "    2 block => block\n";
    let entry = "damaged entry: header at byte 0: needed 64 bytes, found 20\n";
    assert_eq!(paths, [packet, path, packet, path, entry].concat());
}

#[test]
fn names_cannot_steer_the_terminal() {
    let (_folder, file) = log(&[&|it: &mut Build<'_>| {
        (it.interface, it.ruleset) = ("\u{1b}[2J".into(), "\u{9b}1m".into());
    }]);
    for args in [&["--time", "none"][..], &["--trace"], &["--per-rule"], &["--json"]] {
        let shown = output(args, &file);
        assert!(shown.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{shown:?}");
    }
    // As tcpdump escapes them.
    let line = output(&["--time", "none"], &file);
    assert!(line.starts_with("rule def.M-BM-^[1m.def/0(match): pass in on ^[[2J: "), "{line}");
}

#[test]
fn other_link_types_are_refused_in_one_line() {
    let (code, stdout, stderr) = run(&[], &captures("../udp4-small.pcap"));
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(
        stderr.ends_with("udp4-small.pcap: byte 20: link type 1 is not one that is read\n"),
        "{stderr}"
    );
    assert_eq!(stderr.lines().count(), 1);
}

#[test]
fn rules_without_numbers_are_refused_in_one_line() {
    let (_folder, file) = in_folder(b"pass in all\nblock out all\n");
    for (rules, what) in [
        (file.as_path(), "holds no rule with a number, as `pfctl -vvsr` prints them"),
        (Path::new("/nowhere"), "No such file or directory"),
        (Path::new("/"), "Is a directory"),
    ] {
        let rules = rules.to_str().unwrap();
        let (code, stdout, stderr) = run(&["--rules", rules], &captures("story.pcap"));
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert_eq!(stderr, format!("wirescope: {rules}: {what}\n"));
    }
}

#[test]
fn rules_are_read_from_standard_input() {
    let rules = fs::File::open(captures("trace.rules")).unwrap();
    let args = ["--rule", "48", "--time", "none", "--rules", "-"];
    let mut command = command();
    let shown = command.args(args).arg(captures("trace.pcap")).stdin(rules).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("\n    pass in log on egress inet proto tcp from <admins> "), "{shown}");
    let (code, _, stderr) = run(&["--rules", "-"], Path::new("-"));
    let told = "wirescope: standard input can be one of the files only\n";
    assert_eq!((code, stderr.as_str()), (Some(2), told));
}

/// Without the end of the input, and without another packet: nothing more of this one will come.
#[test]
fn a_path_is_shown_while_the_log_goes_on() {
    let mut child = command()
        .args(["--trace", "--time", "none"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&fs::read(captures("story.pcap")).unwrap()).unwrap();
    let mut shown = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = shown.next().unwrap().unwrap();
    assert!(line.starts_with("block out on fxp0: 192.0.2.226.14033 > "), "{line}");
    assert_eq!(shown.next().unwrap().unwrap(), "    2 block => block");
    drop(input);
    assert!(shown.next().is_none());
    assert!(child.wait().unwrap().success());
}

/// The packet in a log is a packet like any other.
#[test]
fn the_other_commands_read_the_packets_of_a_log() {
    let (_folder, file) = in_folder(&Pcap::of(117, [entry_of(&port_unreachable())]).to_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    let output =
        command.args(["unreach", "--print", "--time", "none"]).arg(&file).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "IP 198.51.100.9 > 203.0.113.9: ICMP 198.51.100.7 udp port 1024 unreachable, length 36\n"
    );
}

/// From 198.51.100.9 to 203.0.113.9, about what 192.0.2.1 sent to 198.51.100.7.
fn port_unreachable() -> Vec<u8> {
    let header = [0x45, 0, 0, 56, 0, 1, 0, 0, 64, 1, 0, 0, 198, 51, 100, 9, 203, 0, 113, 9];
    [&header[..], &[3, 3, 0, 0, 0, 0, 0, 0], &UDP].concat()
}

fn entry_of(packet: &[u8]) -> (Vec<u8>, usize) {
    let mut build = Build::new(Layout::OPENBSD_4_9, ByteOrder::Little);
    build.payload = packet;
    let mut bytes = vec![0; build.encoded_len()];
    let len = build.encode(&mut bytes).unwrap();
    (bytes, len)
}
