//! Lines for sshd, and the options in them.

use crate::ED25519;
use core::hash::BuildHasher as _;
use ldif_keys::{AuthorizedKey, Key, KeyOption, Policy, Prefix, QuotedOption, Reason};
use std::hash::RandomState;

fn line(options: &str, policy: Policy<'_>) -> Result<String, (Reason, usize)> {
    let value = format!("{options}ssh-ed25519 {ED25519} c");
    let key = Key::parse(value.as_bytes()).unwrap();
    match key.authorize(policy) {
        Ok(line) => {
            Ok(line.to_string().strip_suffix(&format!("ssh-ed25519 {ED25519} c")).unwrap().into())
        }
        Err(refusal) => Err((refusal.reason(), refusal.offset())),
    }
}

fn strip(options: &str) -> Result<String, (Reason, usize)> {
    line(options, Policy::Strip)
}

/// Every option that sshd(8) of OpenSSH 10.5 has, and whether a key without it could do more.
const OPTIONS: [(&str, bool); 24] = [
    ("agent-forwarding", false),
    ("cert-authority", true),
    ("command=\"x\"", true),
    ("environment=\"A=b\"", false),
    ("expiry-time=\"20300101\"", true),
    ("from=\"192.0.2.1\"", true),
    ("no-agent-forwarding", true),
    ("no-port-forwarding", true),
    ("no-pty", true),
    ("no-user-rc", true),
    ("no-x11-forwarding", true),
    ("permitlisten=\"8080\"", true),
    ("permitopen=\"192.0.2.1:80\"", true),
    ("port-forwarding", false),
    ("principals=\"a\"", true),
    ("pty", false),
    ("no-touch-required", false),
    // The default, but a prefix may have `no-touch-required`.
    ("touch-required", true),
    ("verify-required", true),
    ("no-verify-required", false),
    ("restrict", true),
    ("tunnel=\"0\"", true),
    ("user-rc", false),
    ("x11-forwarding", false),
];

#[test]
fn options_that_widen_are_stripped_and_those_that_restrict_refused() {
    for (option, restricts) in OPTIONS {
        let expected =
            if restricts { Err((Reason::RestrictingOption, 0)) } else { Ok(String::new()) };
        assert_eq!(strip(&format!("{option} ")), expected, "{option}");
        assert_eq!(strip(&format!("{} ", option.to_uppercase())), expected, "{option}");
        let second = strip(&format!("pty,{option}\t"));
        assert_eq!(second.is_err(), restricts);
        if let Err(refusal) = second {
            assert_eq!(refusal, (Reason::RestrictingOption, 4));
        }
    }
}

#[test]
fn every_option_has_its_name_on_the_list() {
    let mut names: Vec<&str> = KeyOption::names().collect();
    let mut expected: Vec<&str> =
        OPTIONS.iter().map(|(option, _)| option.split('=').next().unwrap()).collect();
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn options_on_the_list_are_written_anew() {
    for (option, _) in OPTIONS {
        let name = option.split('=').next().unwrap();
        assert_eq!(line(&format!("{option} "), Policy::Allow(&[name])), Ok(format!("{option} ")));
        let upper = name.to_uppercase();
        assert_eq!(
            line(&format!("{upper}{} ", &option[name.len()..]), Policy::Allow(&[&upper])),
            Ok(format!("{option} "))
        );
        let forbidden = Err((Reason::ForbiddenOption, 0));
        assert_eq!(line(&format!("{option} "), Policy::Allow(&[])), forbidden);
        assert_eq!(line(&format!("{option} "), Policy::Allow(&["x"])), forbidden);
    }
    let policy = Policy::Allow(&["from", "command"]);
    assert_eq!(
        line(",from=\"a, b\",,command=\"c \\\"d\\\" \\e\",  ", policy),
        Ok("from=\"a, b\",command=\"c \\\"d\\\" \\e\" ".into())
    );
    assert_eq!(line("from=\"a\",pty ", policy), Err((Reason::ForbiddenOption, 9)));
    assert_eq!(line("from=\"\u{e9}\" ", policy), Err((Reason::OptionValue, 0)));
    assert_eq!(line(", ", policy), Ok(String::new()));
}

#[test]
fn what_sshd_refuses_is_refused() {
    let all: Vec<&str> = OPTIONS.iter().map(|it| it.0.split('=').next().unwrap()).collect();
    let cases = [
        ("unknown", Reason::UnknownOption, 0),
        ("pty,unknown", Reason::UnknownOption, 4),
        ("ptyx", Reason::UnknownOption, 0),
        ("no-restrict", Reason::UnknownOption, 0),
        ("no-cert-authority", Reason::UnknownOption, 0),
        ("no-from=\"a\"", Reason::UnknownOption, 0),
        ("pty=\"a\"", Reason::UnknownOption, 0),
        ("from", Reason::UnknownOption, 0),
        ("from=", Reason::UnknownOption, 0),
        ("from=a", Reason::UnknownOption, 0),
        ("from=\"a\"b", Reason::UnknownOption, 0),
        ("from=\"a\"\"b\"", Reason::UnknownOption, 0),
        ("from =\"a\"", Reason::Algorithm, 0),
        ("from=\"a\",from=\"b\"", Reason::RepeatedOption, 9),
        ("command=\"\",pty,COMMAND=\"\"", Reason::RepeatedOption, 15),
        ("principals=\"a\",principals=\"a\"", Reason::RepeatedOption, 15),
        ("restrict;pty", Reason::UnknownOption, 0),
    ];
    for (options, reason, offset) in cases {
        let value = format!("{options} ssh-ed25519 {ED25519}");
        let refusal = match Key::parse(value.as_bytes()) {
            Ok(key) => key.authorize(Policy::Allow(&all)).unwrap_err(),
            Err(refusal) => refusal,
        };
        assert_eq!((refusal.reason(), refusal.offset()), (reason, offset), "{options}");
    }
    // What may be there twice.
    let twice =
        "permitopen=\"a:1\",permitopen=\"a:2\",expiry-time=\"1\",expiry-time=\"2\",pty,pty ";
    assert_eq!(line(twice, Policy::Allow(&all)), Ok(twice.into()));
}

#[test]
fn a_quote_without_an_end_hides_the_key() {
    for options in ["command=\"a", "command=\"a\\\"", "\"", "pty,from=\"a b"] {
        let value = format!("{options} ssh-ed25519 {ED25519}");
        let refusal = Key::parse(value.as_bytes()).unwrap_err();
        assert_eq!(refusal.reason(), Reason::Quote, "{options}");
        assert_eq!(refusal.offset(), options.find('"').unwrap(), "{options}");
    }
}

#[test]
fn a_prefix_is_put_in_front_of_each_key() {
    let forced = "restrict,command=\"say \\\"a, b\\\"\",from=\"192.0.2.0/24\"";
    let policy = Policy::Replace(Prefix::parse(forced).unwrap());
    for options in ["", "pty ", "cert-authority,x11-forwarding ", "unknown,from=\"a\" "] {
        assert_eq!(line(options, policy), Ok(format!("{forced} ")), "{options}");
    }
    for (option, restricts) in OPTIONS {
        let expected =
            if restricts { Err((Reason::RestrictingOption, 4)) } else { Ok("pty ".into()) };
        let policy = Policy::Force(Prefix::parse("pty").unwrap());
        assert_eq!(line(&format!("pty,{option} "), policy), expected, "{option}");
    }
    let policy = Policy::Force(Prefix::parse(forced).unwrap());
    assert_eq!(line("", policy), Ok(format!("{forced} ")));
    assert_eq!(line("unknown ", policy), Err((Reason::UnknownOption, 0)));
    assert_eq!(line("pty=\"a\" ", policy), Err((Reason::UnknownOption, 0)));
    let cases = [
        ("", Reason::NoOption, 0),
        (",", Reason::NoOption, 0),
        (",,", Reason::NoOption, 0),
        (" ", Reason::Space, 0),
        ("restrict ", Reason::Space, 8),
        ("restrict ssh-ed25519 AAAA", Reason::Space, 8),
        ("restrict\tpty", Reason::OptionValue, 8),
        ("restrict\nssh-ed25519", Reason::OptionValue, 8),
        ("command=\"a\nb\"", Reason::OptionValue, 10),
        ("command=\"a\0b\"", Reason::OptionValue, 10),
        ("command=\"\u{e9}\"", Reason::OptionValue, 9),
        ("command=\"a", Reason::Quote, 8),
        ("command=\"a\\\"", Reason::Quote, 8),
        ("unknown", Reason::UnknownOption, 0),
        ("from=\"a\",from=\"b\"", Reason::RepeatedOption, 9),
    ];
    for (options, reason, offset) in cases {
        let refusal = Prefix::parse(options).unwrap_err();
        assert_eq!((refusal.reason(), refusal.offset()), (reason, offset), "{options:?}");
    }
}

#[test]
fn options_and_lines_are_equal_if_what_they_say_is() {
    let value = |options: &str, comment: &str| format!("{options}ssh-ed25519 {ED25519}{comment}");
    let [plain, spaced, commented, pty, upper] = [
        value("", ""),
        value("  ", " "),
        value("", " c"),
        value("pty,from=\"a\" ", ""),
        value("from=\"a\",PTY ", ""),
    ];
    let [plain, spaced, commented, pty, upper] =
        [&plain, &spaced, &commented, &pty, &upper].map(|it| Key::parse(it.as_bytes()).unwrap());
    let hasher = RandomState::new();
    assert_eq!(plain, spaced);
    assert_eq!(hasher.hash_one(plain), hasher.hash_one(spaced));
    let all = [plain, commented, pty, upper];
    for (n, m) in (0..4).flat_map(|n| (0..n).map(move |m| (n, m))) {
        assert_ne!(all[n], all[m]);
        assert_ne!(hasher.hash_one(all[n]), hasher.hash_one(all[m]));
    }
    // Each of the options, wherever it stands.
    let [pty, upper] = [pty, upper].map(|it| it.options().map(Result::unwrap).collect::<Vec<_>>());
    assert_eq!((pty[0], pty[1]), (upper[1], upper[0]));
    assert_eq!(hasher.hash_one(pty[0]), hasher.hash_one(upper[1]));
    assert_ne!(pty[0], pty[1]);

    let prefix = |text| Policy::Force(Prefix::parse(text).unwrap());
    assert_eq!(prefix("pty"), prefix("pty"));
    assert_ne!(prefix("pty"), prefix("restrict"));
    let line = plain.authorize(Policy::Refuse).unwrap();
    assert_eq!(line, spaced.authorize(Policy::Strip).unwrap());
    assert_ne!(line, plain.authorize(prefix("pty")).unwrap());
    assert_ne!(line, commented.authorize(Policy::Refuse).unwrap());
}

#[test]
fn quoted_values_come_back() {
    for value in ["", "a", "a b,c", "\"", "\\a", "\\\"", "a\\\\\"b", "'#$"] {
        let quoted = QuotedOption::new(value.as_bytes()).unwrap().to_string();
        let written = format!("command={quoted} ");
        assert_eq!(line(&written, Policy::Allow(&["command"])), Ok(written.clone()), "{value}");
    }
    for (value, at) in [("\\", 0), ("a\\", 1), ("a\nb", 1), ("\0", 0), ("\u{e9}", 0), ("a\t\\", 1)]
    {
        let refusal = QuotedOption::new(value.as_bytes()).unwrap_err();
        assert_eq!((refusal.reason(), refusal.offset()), (Reason::OptionValue, at), "{value:?}");
    }
}

#[test]
fn a_line_has_a_longest_length() {
    let rest = AuthorizedKey::MAX_LEN - format!("ssh-ed25519 {ED25519} ").len();
    for (len, fits) in [(rest, true), (rest + 1, false)] {
        let value = format!("ssh-ed25519 {ED25519} {}", "c".repeat(len));
        let line = Key::parse(value.as_bytes()).unwrap().authorize(Policy::Refuse);
        assert_eq!(line.map(|line| line.encoded_len()).ok(), fits.then_some(8192));
    }
}

#[test]
fn comments_are_kept_if_they_are_printable() {
    for (comment, kept) in [
        ("a b", true),
        ("~", true),
        ("a\tb", false),
        ("\u{e9}", false),
        ("\u{7f}", false),
        ("\x1b[2J", false),
    ] {
        let value = format!("ssh-ed25519 {ED25519} {comment}");
        let line =
            Key::parse(value.as_bytes()).unwrap().authorize(Policy::Refuse).unwrap().to_string();
        let expected = if kept { value } else { format!("ssh-ed25519 {ED25519}") };
        assert_eq!(line, expected, "{comment:?}");
    }
}

#[test]
fn debug_shows_no_options_and_no_comments() {
    let value = format!("command=\"secret\" ssh-ed25519 {ED25519} secret");
    let key = Key::parse(value.as_bytes()).unwrap();
    let text = format!("{key:?}");
    assert_eq!(
        text,
        "Key { algorithm: Ed25519, bits: 256, blob: Blob(51 bytes), \
            options: [Ok(KeyOption(command))], comment: 6 bytes }"
    );
    let option = key.options().next().unwrap().unwrap();
    assert_eq!(format!("{:?}", option.value().unwrap()), "OptionValue(6 bytes)");
    let prefix = Prefix::parse("restrict").unwrap();
    assert_eq!(format!("{:?}", Policy::Replace(prefix)), "Replace(Prefix(8 bytes))");
    let line = key.authorize(Policy::Replace(prefix)).unwrap();
    assert_eq!(format!("{line:?}"), "AuthorizedKey(96 bytes)");
    assert_eq!(format!("{:?}", QuotedOption::new(b"secret").unwrap()), "QuotedOption(6 bytes)");
    assert_eq!(format!("{:?}", key.blob().bytes()), "BlobBytes(51 left)");
    assert!(format!("{:?}", ldif_keys::Keys::new(value.as_bytes())).starts_with("[Ok(Key {"));
}

#[test]
fn each_reason_has_a_name_and_words_of_its_own() {
    let reasons = [
        Reason::Empty,
        Reason::Comment,
        Reason::Armor,
        Reason::Nul,
        Reason::SeveralLines,
        Reason::Algorithm,
        Reason::Missing,
        Reason::Base64,
        Reason::Truncated,
        Reason::TrailingData,
        Reason::NameMismatch,
        Reason::Length,
        Reason::Curve,
        Reason::Point,
        Reason::Negative,
        Reason::LeadingZero,
        Reason::Weak,
        Reason::TooLarge,
        Reason::Application,
        Reason::Options,
        Reason::Quote,
        Reason::UnknownOption,
        Reason::RepeatedOption,
        Reason::RestrictingOption,
        Reason::ForbiddenOption,
        Reason::OptionValue,
        Reason::NoOption,
        Reason::Space,
        Reason::TooLong,
    ];
    let distinct = |text: fn(&Reason) -> String| {
        let mut all: Vec<String> = reasons.iter().map(text).collect();
        all.sort();
        all.dedup();
        all.len()
    };
    assert_eq!(distinct(|reason| reason.name().into()), reasons.len());
    assert_eq!(distinct(ToString::to_string), reasons.len());
    // The name is that of the constant, in words.
    for reason in reasons {
        let name = reason.name().replace('-', "");
        assert_eq!(name, format!("{reason:?}").to_lowercase());
    }
}
