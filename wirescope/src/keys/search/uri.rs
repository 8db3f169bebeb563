//! Where the directory is, and whether what is said there is protected.

use std::{
    fs::File,
    io::{self, Read},
    net::IpAddr,
};

/// What protects the answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// TLS from the start, or no network.
    Own,
    /// TLS, if it is asked for.
    StartTls,
}

/// Returns what protects the answers of all servers in a list of URIs.
pub(super) fn protection(uris: &str) -> Result<Protection, String> {
    // Whatever libldap takes for a separator: behind it is another server.
    let is_separator = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut uris = uris.split(is_separator).filter(|uri| !uri.is_empty()).map(of_one);
    let first = uris.next().ok_or("no URI")??;
    for uri in uris {
        // One option of ldapsearch is for all of them.
        if uri? != first {
            return Err("URIs of which some need StartTLS and some cannot have it".into());
        }
    }
    Ok(first)
}

fn of_one(uri: &str) -> Result<Protection, String> {
    let refused = || format!("not a URI of a directory: {}", uri.escape_default());
    let (scheme, rest) = uri.split_once("://").ok_or_else(refused)?;
    match scheme.to_ascii_lowercase().as_str() {
        "ldaps" | "ldapi" => Ok(Protection::Own),
        "ldap" => {
            let authority = rest.strip_suffix('/').unwrap_or(rest);
            let (host, port) = match authority.strip_prefix('[') {
                Some(rest) => rest.split_once(']').ok_or_else(refused)?,
                None => authority
                    .split_at_checked(authority.find(':').unwrap_or(authority.len()))
                    .ok_or_else(refused)?,
            };
            let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
            if !(port.is_empty() || port.strip_prefix(':').is_some_and(is_port)) {
                return Err(refused());
            }
            let is_here = host.eq_ignore_ascii_case("localhost")
                || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
            Ok(if is_here { Protection::Own } else { Protection::StartTls })
        }
        _ => Err(refused()),
    }
}

/// Returns the URI of the system's ldap.conf.
pub(super) fn of_system() -> Result<String, String> {
    let mut text = None;
    for path in CONFIGURATIONS {
        match File::open(path) {
            Ok(file) => {
                let mut bytes = Vec::new();
                file.take(0x10_0000)
                    .read_to_end(&mut bytes)
                    .map_err(|error| format!("{path}: {error}"))?;
                text = Some((path, bytes));
                break;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{path}: {error}")),
        }
    }
    let (path, bytes) = text.ok_or("no ldap.conf, and no --uri")?;
    String::from_utf8_lossy(&bytes)
        .lines()
        .filter_map(uri)
        .next_back()
        .ok_or_else(|| format!("{path}: no URI in it, and no --uri"))
}

/// Returns the URI that a line of ldap.conf gives, if it does.
fn uri(line: &str) -> Option<String> {
    let (keyword, value) = line.trim_ascii().split_once(|c: char| c.is_ascii_whitespace())?;
    keyword.eq_ignore_ascii_case("uri").then(|| value.trim_ascii_start().into())
}

/// Where the libraries of OpenLDAP look for it: on Debian, elsewhere, on FreeBSD and OpenBSD, and on
/// NetBSD.
const CONFIGURATIONS: [&str; 4] = [
    "/etc/ldap/ldap.conf",
    "/etc/openldap/ldap.conf",
    "/usr/local/etc/openldap/ldap.conf",
    "/usr/pkg/etc/openldap/ldap.conf",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_is_asked_for_where_the_network_is() {
        for (uris, expected) in [
            ("ldaps://ldap.example.com", Some(Protection::Own)),
            ("LDAPI://%2fvar%2frun%2fldapi", Some(Protection::Own)),
            ("ldap://ldap.example.com:389/", Some(Protection::StartTls)),
            ("ldap://", Some(Protection::StartTls)),
            ("ldap://192.0.2.1", Some(Protection::StartTls)),
            ("ldap://127.0.0.1:1389", Some(Protection::Own)),
            ("ldap://[::1]:1389/", Some(Protection::Own)),
            ("ldap://[2001:db8::1]", Some(Protection::StartTls)),
            ("ldap://LOCALHOST", Some(Protection::Own)),
            // Not the hosts they begin with.
            ("ldap://localhost.example.com", Some(Protection::StartTls)),
            ("ldap://127.0.0.1.example.com", Some(Protection::StartTls)),
            ("ldap://127.0.0.1@192.0.2.1", Some(Protection::StartTls)),
            ("ldap://127.0.0.1:389@192.0.2.1", None),
            ("ldap://[::1", None),
            ("http://127.0.0.1", None),
            ("ldap.example.com", None),
            ("", None),
            ("ldap://192.0.2.1 ldap://192.0.2.2", Some(Protection::StartTls)),
            ("ldaps://192.0.2.1 ldap://192.0.2.2", None),
            ("ldaps://192.0.2.1,ldap://192.0.2.2", None),
            ("ldapi:///,ldap://192.0.2.2", None),
            ("ldaps://192.0.2.1/dc=example,dc=com", None),
        ] {
            assert_eq!(protection(uris).ok(), expected, "{uris}");
        }
    }

    #[test]
    fn a_line_of_the_configuration_gives_a_uri() {
        assert_eq!(
            uri("URI\t ldap://192.0.2.1 ldap://192.0.2.2 \r"),
            Some("ldap://192.0.2.1 ldap://192.0.2.2".into())
        );
        // As libldap 2.5 has them, white space in front included.
        for line in ["uri ldap:///", " \tURI ldap:///", "Uri\t\tldap:///\t"] {
            assert_eq!(uri(line), Some("ldap:///".into()), "{line}");
        }
        for line in ["#URI ldap:///", " # URI ldap:///", "URI", "URI ", "URIS ldap:///", ""] {
            assert_eq!(uri(line), None, "{line}");
        }
    }
}
