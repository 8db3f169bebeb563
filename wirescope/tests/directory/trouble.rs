//! A directory that does not answer as it should: nobody logs in, and the log says why.

use super::{
    Lazy,
    entries::PASSWORD,
    host::Host,
    proxy::{self, Cut},
    slapd::free,
};
use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::{PermissionsExt, chown},
    sync::Arc,
};

#[track_caller]
fn fails(world: &Arc<Lazy>, uri: &str, args: &str, reason: &str) {
    let host = Host::new(world, uri, args);
    let login = host.login("user1", &world.entries.ed25519);
    assert_eq!(login.printed, None, "{}", login.log);
    assert!(login.log.contains("wirescope keys --user=user1"), "{}", login.log);
    assert!(login.log.contains("failed, status 75"), "{}", login.log);
    assert!(login.log.contains(&format!("wirescope: keys of user1: {reason}")), "{}", login.log);
    let args: Vec<&str> = args.split_whitespace().collect();
    let (code, printed, log) = host.keys("user1", &args);
    assert_eq!((code, printed.as_str()), (Some(75), ""), "{log}");
    assert!(log.contains(reason), "{log}");
}

pub(super) fn tls(world: &Arc<Lazy>) {
    let key = &world.entries.ed25519;
    for uri in [
        // With StartTLS.
        format!("ldap://ldap.example.com:{}", world.address.port()),
        format!("ldaps://ldap.example.com:{}", world.tls.port()),
    ] {
        let login = Host::new(world, &uri, "").login("user1", key);
        assert_eq!(login.printed.as_deref(), Some("in as user1\n"), "{uri}: {}", login.log);
    }
    // The name is not that of the certificate.
    let uri = format!("ldaps://127.0.0.1:{}", world.tls.port());
    fails(world, &uri, "", "ldapsearch ended with 255: ");
    // There is no TLS to start.
    let uri = format!("ldap://ldap.example.com:{}", world.tls.port());
    fails(world, &uri, "--timeout=2", "ldapsearch ");
}

pub(super) fn down(world: &Arc<Lazy>) {
    let uri = format!("ldap://{}", free());
    let reason =
        "ldapsearch ended with 255: ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1)";
    fails(world, &uri, "", reason);
}

pub(super) fn silent(world: &Arc<Lazy>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let uri = format!("ldap://{}", listener.local_addr().unwrap());
    fails(world, &uri, "--timeout=1", "ldapsearch ");
}

pub(super) fn limited(world: &Arc<Lazy>) {
    let filter = "--all --filter=(|(uid={user})(uid=user2))";
    // Not by itself: this finds two entries.
    let host = Host::new(world, &world.uri(), filter);
    let login = host.login("user1", &world.entries.rsa);
    assert_eq!(login.printed.as_deref(), Some("in as user1\n"), "{}", login.log);
    let file = password(world, "limited", PASSWORD);
    let args = format!("{filter} --bind-dn=cn=limited,dc=example,dc=com --password-file={file}");
    fails(world, &world.uri(), &args, "ldapsearch ended with 4: Size limit exceeded (4)");
}

pub(super) fn cut(world: &Arc<Lazy>) {
    // The answers are: bound, an entry, done.
    for cut in
        [Cut::Messages(0), Cut::Messages(1), Cut::Inside(1), Cut::Messages(2), Cut::Inside(2)]
    {
        let uri = format!("ldap://{}", proxy::start(world.address, cut));
        fails(world, &uri, "--timeout=2", "ldapsearch ");
    }
    // It is the cut that does it.
    let uri = format!("ldap://{}", proxy::start(world.address, Cut::Messages(3)));
    let login = Host::new(world, &uri, "").login("user1", &world.entries.ed25519);
    assert_eq!(login.printed.as_deref(), Some("in as user1\n"), "{}", login.log);
}

pub(super) fn refusing(world: &Arc<Lazy>) {
    let args = |file: &str| format!("--bind-dn=cn=reader,dc=example,dc=com --password-file={file}");
    let wrong = password(world, "wrong", "another");
    let reason = "ldapsearch ended with 49: ldap_bind: Invalid credentials (49)";
    fails(world, &world.uri(), &args(&wrong), reason);
    let right = password(world, "right", &format!("{PASSWORD}\n"));
    let login =
        Host::new(world, &world.uri(), &args(&right)).login("user1", &world.entries.ed25519);
    assert_eq!(login.printed.as_deref(), Some("in as user1\n"), "{}", login.log);
    fs::set_permissions(&right, fs::Permissions::from_mode(0o404)).unwrap();
    let reason = format!("{right}: others can read or change it: ");
    fails(world, &world.uri(), &args(&right), &reason);
}

/// Writes a file with a password for whoever runs the command of sshd.
fn password(world: &Arc<Lazy>, name: &str, text: &str) -> String {
    let path = world.path(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    // Of nobody.
    chown(&path, Some(65_534), None).unwrap();
    path.to_str().unwrap().into()
}
