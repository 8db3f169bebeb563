//! Who logs in.

use super::{
    Lazy,
    entries::FILTER_NAME,
    host::{Host, METACHARACTERS},
    slapd::free,
};
use std::{fs, sync::Arc};

pub(super) fn right(world: &Arc<Lazy>) {
    let host = Host::new(world, &world.uri(), "");
    let entries = &world.entries;
    let [ecdsa256, ecdsa384, ecdsa521] = &entries.ecdsa;
    for (user, pair) in [
        ("user1", &entries.ed25519),
        ("user2", &entries.rsa),
        ("user3", ecdsa256),
        ("user3", ecdsa384),
        ("user3", ecdsa521),
        ("user4", &entries.ed25519),
        ("user5", &entries.ed25519),
        ("user9", ecdsa256),
        ("user10", &entries.rsa),
        ("user10", &entries.other),
        ("user10", ecdsa256),
        (FILTER_NAME, &entries.other),
    ] {
        let login = host.login(user, pair);
        assert_eq!(login.printed, Some(format!("in as {user}\n")), "{}", login.log);
        assert!(!login.log.contains("AuthorizedKeysCommand"), "{}", login.log);
    }
}

pub(super) fn wrong(world: &Arc<Lazy>) {
    let host = Host::new(world, &world.uri(), "");
    let entries = &world.entries;
    for (user, pair) in [
        ("user1", &entries.rsa),
        ("user1", &entries.other),
        ("user1", &entries.stranger),
        ("user2", &entries.ed25519),
        ("user4", &entries.stranger),
        // Their keys have options.
        ("user6", &entries.ed25519),
        ("user7", &entries.ed25519),
        // No value, and no entry.
        ("user8", &entries.ed25519),
        ("nobody-there", &entries.ed25519),
        // Keys in values that are refused, one of them on a second line.
        ("user9", &entries.ed25519),
        ("user9", &entries.other),
        (FILTER_NAME, &entries.ed25519),
    ] {
        let login = host.login(user, pair);
        assert_eq!(login.printed, None, "{user}: {}", login.log);
        assert!(!login.log.contains("AuthorizedKeysCommand"), "{}", login.log);
    }
}

pub(super) fn options(world: &Arc<Lazy>) {
    let key = &world.entries.ed25519;
    for (args, user, expected) in [
        ("--strip-options", "user7", Some("in as user7\n")),
        ("--strip-options", "user6", None),
        ("--allow-options=restrict,command", "user6", Some("forced\n")),
        ("--allow-options=restrict", "user6", None),
        (r#""--force-options=restrict,command=\"echo another\"""#, "user1", Some("another\n")),
        (r#""--force-options=restrict,command=\"echo another\"""#, "user6", None),
        (
            r#"--drop-restrictions "--force-options=restrict,command=\"echo another\"""#,
            "user6",
            Some("another\n"),
        ),
    ] {
        let login = Host::new(world, &world.uri(), args).login(user, key);
        assert_eq!(login.printed.as_deref(), expected, "{args}: {}", login.log);
    }
}

pub(super) fn metacharacters(world: &Arc<Lazy>) {
    let host = Host::new(world, &world.uri(), "");
    let entries = &world.entries;
    for name in METACHARACTERS {
        for pair in [&entries.ed25519, &entries.other] {
            let login = host.login(name, pair);
            assert_eq!(login.printed, None, "{name}: {}", login.log);
            assert!(!login.log.contains("status"), "{}", login.log);
        }
        assert_eq!(host.keys(name, &[]), (Some(0), String::new(), String::new()), "{name}");
    }
    // Names that no account can have.
    for name in ["user1\nuser2", "user1:", "\u{1b}[2J"] {
        assert_eq!(host.keys(name, &[]), (Some(0), String::new(), String::new()), "{name}");
    }
    // These are the same name to a directory (RFC 4518 §2), see docs/keys.md.
    for name in ["USER1", " user1 "] {
        assert_eq!(host.keys(name, &[]).1, format!("{}\n", entries.ed25519.public), "{name}");
    }
}

pub(super) fn break_glass(world: &Arc<Lazy>) {
    let host = Host::new(world, &format!("ldap://{}", free()), "");
    let stranger = &world.entries.stranger;
    let login = host.login("user1", stranger);
    assert_eq!(login.printed, None, "{}", login.log);
    // AuthorizedKeysFile is tried first.
    fs::write(host.path("break_glass"), &stranger.public).unwrap();
    let login = host.login("user1", stranger);
    assert_eq!(login.printed.as_deref(), Some("in as user1\n"), "{}", login.log);
    assert!(!login.log.contains("AuthorizedKeysCommand"), "{}", login.log);
}

pub(super) fn offered(world: &Arc<Lazy>) {
    let host = Host::new(world, &world.uri(), "--key=%k --fingerprint=%f --type=%t");
    let entries = &world.entries;
    let login = host.login("user3", &entries.ecdsa[1]);
    assert_eq!(login.printed.as_deref(), Some("in as user3\n"), "{}", login.log);
    assert_eq!(host.login("user3", &entries.ed25519).printed, None);
    let (_, printed, _) = host.keys("user3", &["--type=ecdsa-sha2-nistp521"]);
    assert_eq!(printed, format!("{}\n", entries.ecdsa[2].public));
    // %f is then another one.
    let configuration = host.path("sshd_config");
    let text = fs::read_to_string(&configuration).unwrap();
    fs::write(&configuration, format!("FingerprintHash md5\n{text}")).unwrap();
    let login = host.login("user3", &entries.ecdsa[1]);
    assert_eq!(login.printed, None, "{}", login.log);
    assert!(login.log.contains("failed, status 2"), "{}", login.log);
}

pub(super) fn refused(world: &Arc<Lazy>) {
    let host = Host::new(world, &world.uri(), "");
    let login = host.login("user9", &world.entries.ecdsa[0]);
    assert_eq!(login.printed.as_deref(), Some("in as user9\n"), "{}", login.log);
    let logged: Vec<&str> = login.log.lines().filter(|line| line.contains("wirescope: ")).collect();
    // sshd asks once for the offered key and once more for the one that is proven.
    assert_eq!(logged.len(), 2 * 9, "{}", login.log);
    for (index, line) in logged.into_iter().enumerate() {
        // Facility 4 (auth), severity 4 (warning).
        assert!(line.starts_with("<36>"), "{line}");
        assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{line}");
        if index % 9 == 8 {
            assert!(line.ends_with("there are more: wirescope keys --check tells all"), "{line}");
            continue;
        }
        assert!(line.contains("wirescope: keys of user9: line "), "{line}");
        assert!(
            line.contains(": sshPublicKey of cn=User 8,ou=people,dc=example,dc=com: "),
            "{line}"
        );
    }
}
