//! Names of owners and of mail servers.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
};

pub fn prove() {
    let owner = call(
        |(port, transport, base)| tlsa_match::Owner::new(port, transport, base),
        (25, tlsa_match::Transport::Tcp, "mail.example.com"),
    );
    if let Ok(owner) = owner {
        self::owner(owner);
    }
    if let Ok(owner) = call(tlsa_match::Owner::parse, "_25._tcp.mail.example.com") {
        self::owner(owner);
    }

    let mx = tlsa_match::Mx {
        dnssec: tlsa_match::Dnssec::Secure,
        next_hop: "example.com",
        expansion: Some("example.net"),
    };
    let references = tlsa_match::SmtpReferences { base: "mail.example.com", mx: Some(mx) };
    let mut names = call(tlsa_match::SmtpReferences::names, &references);
    while call(<tlsa_match::SmtpNames as Iterator>::next, &mut names).is_some() {}
}

fn owner(owner: tlsa_match::Owner<'_>) {
    call(|(a, b)| <tlsa_match::Owner as PartialEq>::eq(a, b), (&owner, &owner));
    call(|owner| <tlsa_match::Owner as Hash>::hash(owner, &mut Sink), &owner);
    call(tlsa_match::Owner::port, &owner);
    call(tlsa_match::Owner::base, &owner);
    let transport = call(tlsa_match::Owner::transport, &owner);
    call(tlsa_match::Transport::name, transport);
    show(<tlsa_match::Transport as Display>::fmt, &transport);
    show(<tlsa_match::Owner as Display>::fmt, &owner);
    show(<tlsa_match::Owner as Debug>::fmt, &owner);
}
