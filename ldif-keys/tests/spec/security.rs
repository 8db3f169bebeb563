//! The rules that keep a directory from letting in whom the administrator did not mean.

use crate::ED25519;
use ldif_keys::{
    Body, FilterValue, Key, Policy, Prefix, QuotedOption, Reason, Records, Rules, Value,
};
use proptest::prelude::*;

fn line(value: &[u8], policy: Policy<'_>) -> Result<String, Reason> {
    let key = Key::parse(value).map_err(|refusal| refusal.reason())?;
    let line = key.authorize(policy).map_err(|refusal| refusal.reason())?;
    Ok(line.to_string())
}

fn is_one_line(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[test]
fn s1_input_is_never_printed_as_it_came() {
    // The same key in three forms is the same line.
    let text = format!("  ssh-ed25519\t {ED25519} \t");
    let bare = ED25519.to_owned();
    let mut raw = [0; 51];
    Key::parse(bare.as_bytes()).unwrap().blob().encode(&mut raw).unwrap();
    for value in [text.as_bytes(), bare.as_bytes(), &raw] {
        assert_eq!(line(value, Policy::Refuse), Ok(format!("ssh-ed25519 {ED25519}")));
    }
    // A line feed in a comment, or in a quoted option, makes no second line.
    let injected = format!("ssh-ed25519 {ED25519} a\nssh-ed25519 {ED25519}");
    assert_eq!(line(injected.as_bytes(), Policy::Refuse), Err(Reason::SeveralLines));
    let injected = format!("command=\"a\nb\" ssh-ed25519 {ED25519}");
    for policy in [Policy::Refuse, Policy::Strip, Policy::Allow(&["command"])] {
        assert_eq!(line(injected.as_bytes(), policy), Err(Reason::SeveralLines));
    }
    let injected = format!("ssh-ed25519 {ED25519} a\rb");
    assert_eq!(line(injected.as_bytes(), Policy::Refuse), Err(Reason::SeveralLines));
    for odd in ["\x0b", "\x0c", "\u{85}", "\u{2028}"] {
        let value = format!("ssh-ed25519 {ED25519} a{odd}b");
        assert_eq!(line(value.as_bytes(), Policy::Refuse), Ok(format!("ssh-ed25519 {ED25519}")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn s1_one_value_never_becomes_two_lines(
        front in prop::collection::vec(any::<u8>(), 0..12),
        option in prop::collection::vec(any::<u8>(), 0..12),
        comment in prop::collection::vec(any::<u8>(), 0..12),
        form in 0..4,
    ) {
        let key = format!("ssh-ed25519 {ED25519} ");
        let value = match form {
            0 => front.clone(),
            1 => [&front[..], b" ", key.as_bytes(), &comment].concat(),
            2 => [b"command=\"", &option[..], b"\" ", key.as_bytes(), &comment].concat(),
            _ => [key.as_bytes(), &comment].concat(),
        };
        let prefix = Prefix::parse("restrict").unwrap();
        let (forced, replaced) = (Policy::Force(prefix), Policy::Replace(prefix));
        let allowed = Policy::Allow(&["command"]);
        for policy in [Policy::Refuse, Policy::Strip, allowed, forced, replaced] {
            if let Ok(line) = line(&value, policy) {
                prop_assert!(is_one_line(&line), "{line:?}");
                prop_assert_eq!(line.matches(ED25519).count(), 1);
                let is_forced = matches!(policy, Policy::Force(_) | Policy::Replace(_));
                prop_assert!(!is_forced || line.starts_with("restrict ssh-ed25519 "));
            }
        }
    }
}

#[test]
fn s2_a_nul_is_refused_wherever_it_stands() {
    let line = format!("command=\"a\" ssh-ed25519 {ED25519} comment");
    for at in 1..line.len() {
        let mut value = line.clone().into_bytes();
        value.insert(at, 0);
        let refusal = Key::parse(&value).unwrap_err();
        assert_eq!((refusal.reason(), refusal.offset()), (Reason::Nul, at));
    }
    // In front, it would be the start of a key in raw bytes.
    assert_eq!(
        Key::parse(&[b"\0", line.as_bytes()].concat()).unwrap_err().reason(),
        Reason::Truncated
    );
}

#[test]
fn s3_options_are_refused_by_default_and_never_lost_to_anyones_gain() {
    let value = |options: &str| format!("{options} ssh-ed25519 {ED25519}").into_bytes();
    let key = format!("ssh-ed25519 {ED25519}");
    for options in ["cert-authority", "environment=\"A=b\"", "tunnel=\"1\"", "pty", "restrict", ","]
    {
        assert_eq!(line(&value(options), Policy::default()), Err(Reason::Options), "{options}");
    }
    for options in ["environment=\"LD_PRELOAD=x\"", "no-touch-required", "x11-forwarding,pty"] {
        assert_eq!(line(&value(options), Policy::Strip), Ok(key.clone()), "{options}");
    }
    for options in [
        "from=\"192.0.2.1\"",
        "command=\"x\"",
        "restrict",
        "expiry-time=\"20300101\"",
        "pty,from=\"a\"",
    ] {
        let refused = Err(Reason::RestrictingOption);
        assert_eq!(line(&value(options), Policy::Strip), refused, "{options}");
        let wider = Policy::Force(Prefix::parse("pty").unwrap());
        assert_eq!(line(&value(options), wider), refused, "{options}");
    }
    // A line feed cannot get around a forced prefix.
    let forced = Policy::Force(Prefix::parse("restrict").unwrap());
    let two = format!("ssh-ed25519 {ED25519}\nssh-ed25519 {ED25519}");
    assert_eq!(line(two.as_bytes(), forced), Err(Reason::SeveralLines));
    assert_eq!(line(&value("pty"), forced), Ok(format!("restrict {key}")));
    // opt_dequote of OpenSSH has no way to write a backslash in front of the closing quote.
    assert_eq!(QuotedOption::new(b"a\\").unwrap_err().reason(), Reason::OptionValue);
    assert_eq!(QuotedOption::new(b"a\"\\b").unwrap().to_string(), "\"a\\\"\\b\"");
}

#[test]
fn s4_urls_are_shown_and_never_opened() {
    let ldif =
        b"include: file:///etc/hostname\n\ndn: dc=a\nsshPublicKey:< file:///etc/hostname\nx: y\n";
    let mut records = Records::new(ldif, Rules::LENIENT);
    let include = records.next().unwrap().unwrap();
    assert!(matches!(include.body(), Body::WithoutDn(_)));
    let Body::Content(mut attributes) = records.next().unwrap().unwrap().body() else { panic!() };
    let value = attributes.next().unwrap().unwrap().value();
    let Value::Url(url) = value else { panic!() };
    assert_eq!(url.to_string(), "file:///etc/hostname");
    assert!(value.decode(&mut [0; 100]).is_err() && value.to_cow().is_err());
    assert_eq!(attributes.next().unwrap().unwrap().value().decode(&mut []), Ok(&b"y"[..]));
}

#[test]
fn s5_only_content_is_present_in_the_directory() {
    let key = "sshPublicKey: x\n";
    let bodies = [
        ("", "content"),
        ("changetype: add\n", "add"),
        ("changetype: modify\nadd: sshPublicKey\n", "modify"),
        ("changetype: modify\ndelete: sshPublicKey\n", "modify"),
        ("changetype: delete\n", "delete"),
        ("changetype: modrdn\n", "rename"),
        ("changetype: other\n", "unknown"),
        ("control: 1.2 true\nchangetype: modify\n", "modify"),
        ("CHANGETYPE:  Modify\n", "modify"),
        ("change\n type: mo\n dify\n", "modify"),
        ("# comment\nchangetype: modify\n", "modify"),
    ];
    for (lines, name) in bodies {
        let ldif = format!("dn: dc=a\n{lines}{key}");
        let body = Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap().body();
        assert_eq!(body.name(), name, "{lines}");
        assert_eq!(matches!(body, Body::Content(_)), name == "content");
    }
}

#[test]
fn s6_a_user_name_cannot_leave_the_filter() {
    let name = b"user1\n\ndn: uid=user1,dc=example,dc=com\nsshPublicKey: x\n*)(|(uid=\\\0\xff";
    let escaped = FilterValue(name).to_string();
    assert!(is_one_line(&escaped));
    assert!(!escaped.contains(['*', '(', ')']));
    for byte in 0..=0xff_u8 {
        let escaped = FilterValue(&[byte]).to_string();
        let is_plain = matches!(byte, b' '..=b'~') && !b"*()\\".contains(&byte);
        let expected =
            if is_plain { char::from(byte).to_string() } else { format!("\\{byte:02x}") };
        assert_eq!(escaped, expected);
    }
}

#[test]
fn s7_one_bad_value_never_costs_a_good_key() {
    let bad =
        ["ssh-dss AAAA", "x", "", "ssh-ed25519 AAAA", "---- BEGIN SSH2 PUBLIC KEY ----", "\u{e9}"];
    let mut ldif = String::from("dn: dc=a\n");
    for value in bad {
        ldif += &format!("sshPublicKey: {value}\nsshPublicKey: ssh-ed25519 {ED25519}\n");
    }
    ldif += "broken\nsshPublicKey:: *\nsshPublicKey:< file:///x\n:\n";
    ldif += &format!("sshPublicKey: ssh-ed25519 {ED25519}\n");
    let Body::Content(attributes) =
        Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap().body()
    else {
        panic!()
    };
    let good = attributes
        .flatten()
        .filter_map(|it| it.value().to_cow().ok())
        .filter(|value| line(value, Policy::Refuse).is_ok())
        .count();
    assert_eq!(good, bad.len() + 1);
}

#[test]
fn s8_a_key_is_what_its_name_says_to_the_last_byte() {
    let check = |blob: &[u8]| Key::parse(blob).map(|key| key.bits()).map_err(|it| it.reason());
    let blob = |fields: &[&[u8]]| -> Vec<u8> {
        fields
            .iter()
            .flat_map(|it| [&u32::try_from(it.len()).unwrap().to_be_bytes()[..], it].concat())
            .collect()
    };
    let rsa = |len| blob(&[b"ssh-rsa", &[1, 0, 1], &[&[0][..], &vec![0xff; len]].concat()]);
    assert_eq!(check(&rsa(64)), Err(Reason::Weak));
    assert_eq!(check(&rsa(127)), Err(Reason::Weak));
    assert_eq!(check(&rsa(128)), Ok(1024));
    assert_eq!(check(&rsa(2048)), Ok(16384));
    assert_eq!(check(&rsa(2049)), Err(Reason::TooLarge));
    let negative = blob(&[b"ssh-rsa", &[1, 0, 1], &[0xff; 256]]);
    assert_eq!(check(&negative), Err(Reason::Negative));
    let ed25519 = |len| blob(&[b"ssh-ed25519", &vec![1; len]]);
    assert_eq!(check(&ed25519(31)), Err(Reason::Length));
    assert_eq!(check(&ed25519(33)), Err(Reason::Length));
    assert_eq!(check(&[&ed25519(32)[..], b"x"].concat()), Err(Reason::TrailingData));
    let ecdsa = |curve: &[u8], first, len| {
        blob(&[b"ecdsa-sha2-nistp256", curve, &[&[first][..], &vec![1; len]].concat()])
    };
    assert_eq!(check(&ecdsa(b"nistp256", 4, 64)), Ok(256));
    assert_eq!(check(&ecdsa(b"nistp384", 4, 64)), Err(Reason::Curve));
    assert_eq!(check(&ecdsa(b"nistp256", 2, 64)), Err(Reason::Point));
    let outer = format!("ssh-rsa {ED25519}");
    assert_eq!(Key::parse(outer.as_bytes()).unwrap_err().reason(), Reason::NameMismatch);
    let long = format!("ssh-ed25519 {ED25519} {}", "c".repeat(8192));
    assert_eq!(line(long.as_bytes(), Policy::Refuse), Err(Reason::TooLong));
}

#[test]
fn s9_a_record_without_a_dn_is_a_kind_of_its_own() {
    let ldif = format!("version: 1\nobjectClass: top\nsshPublicKey: ssh-ed25519 {ED25519}\n");
    let record = Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap();
    assert_eq!(record.dn(), None);
    let Body::WithoutDn(attributes) = record.body() else { panic!() };
    assert_eq!(attributes.count(), 2);
    let strict = Records::new(ldif.as_bytes(), Rules::STRICT).next().unwrap().unwrap_err();
    assert_eq!(strict.to_string(), "dn at byte 11: missing");
}
