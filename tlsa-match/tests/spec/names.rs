//! Names of owners, and names that certificates may be for.

use core::hash::BuildHasher as _;
use std::hash::RandomState;
use tlsa_match::{Dnssec, Mx, Owner, SmtpReferences, Transport};

#[test]
fn owners_are_written_and_read() {
    for (port, transport, base, text) in [
        (443, Transport::Tcp, "www.example.com", "_443._tcp.www.example.com"),
        (25, Transport::Tcp, "mail.example.com.", "_25._tcp.mail.example.com"),
        (853, Transport::Udp, "xn--bcher-kva.example", "_853._udp.xn--bcher-kva.example"),
        (65535, Transport::Sctp, "example", "_65535._sctp.example"),
        (0, Transport::Tcp, "a_b.example.com", "_0._tcp.a_b.example.com"),
    ] {
        let owner = Owner::new(port, transport, base).unwrap();
        assert_eq!(owner.to_string(), text);
        assert_eq!((owner.port(), owner.transport()), (port, transport));
        assert_eq!(owner.base(), base.trim_end_matches('.'));
        assert_eq!(Owner::parse(text), Ok(owner));
        assert_eq!(Owner::parse(&format!("{text}.")), Ok(owner));
        assert_eq!(format!("{owner:?}"), format!("Owner({text})"));
    }
    let owner = Owner::parse("_443._SCTP.Example.COM").unwrap();
    assert_eq!(owner.to_string(), "_443._sctp.Example.COM");

    // Names are the same in any case, RFC 4343.
    let hasher = RandomState::new();
    let same = Owner::new(443, Transport::Sctp, "example.com").unwrap();
    assert_eq!((owner, hasher.hash_one(owner)), (same, hasher.hash_one(same)));
    for (port, transport, base) in [
        (444, Transport::Sctp, "example.com"),
        (443, Transport::Tcp, "example.com"),
        (443, Transport::Sctp, "example.org"),
    ] {
        let other = Owner::new(port, transport, base).unwrap();
        assert_ne!(owner, other);
        assert_ne!(hasher.hash_one(owner), hasher.hash_one(other));
    }
}

#[test]
fn an_owner_has_at_most_253_bytes() {
    let labels = ["a".repeat(63), "b".repeat(63), "c".repeat(63)].join(".");
    for (port, transport, prefix) in [
        (1, Transport::Tcp, "_1._tcp."),
        (10, Transport::Sctp, "_10._sctp."),
        (100, Transport::Udp, "_100._udp."),
        (1000, Transport::Tcp, "_1000._tcp."),
        (10000, Transport::Tcp, "_10000._tcp."),
    ] {
        let last = |len: usize| "d".repeat(len - prefix.len() - labels.len() - 1);
        let base = format!("{labels}.{}", last(253));
        assert_eq!(Owner::new(port, transport, &base).unwrap().to_string().len(), 253);
        let base = format!("{labels}.{}", last(254));
        let error = Owner::new(port, transport, &base).unwrap_err().to_string();
        assert_eq!(error, "owner name at byte 0: invalid length 254");
    }
}

#[test]
fn mail_may_go_by_the_names_that_led_to_the_server() {
    // RFC 7672 §3.2.2.
    let base = "mail.example.net";
    let names = |mx| SmtpReferences { base, mx }.names().collect::<Vec<_>>();
    assert_eq!(names(None), [base]);
    let mx = Mx { dnssec: Dnssec::Secure, next_hop: "example.com", expansion: None };
    assert_eq!(names(Some(mx)), [base, "example.com"]);
    let aliased = Mx { expansion: Some("example.org"), ..mx };
    assert_eq!(names(Some(aliased)), [base, "example.com", "example.org"]);
    // Each once.
    for expansion in ["EXAMPLE.com", "example.com.", "Mail.Example.NET."] {
        assert_eq!(names(Some(Mx { expansion: Some(expansion), ..mx })), [base, "example.com"]);
    }
    let same = Mx { next_hop: "MAIL.example.net.", expansion: Some("example.org"), ..mx };
    assert_eq!(names(Some(same)), [base, "example.org"]);
    // What is not secure could be anybody's.
    for dnssec in [Dnssec::Insecure, Dnssec::Indeterminate, Dnssec::Bogus] {
        assert_eq!(names(Some(Mx { dnssec, ..aliased })), [base]);
    }
}
