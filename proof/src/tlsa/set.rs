//! Sets and what they say.

use super::{CERTIFICATE, Stub};
use crate::call::{call, show};
use core::{
    fmt::{Debug, Display},
    hint::black_box,
};

pub fn prove() {
    let records = black_box([
        tlsa_match::Record::parse(black_box(&[3, 1, 1, 0xd7])),
        tlsa_match::Record::parse(black_box(&CERTIFICATE)),
    ]);
    let Ok(certificate) = call(tlsa_match::Certificate::parse, &CERTIFICATE[..]) else { return };
    let chain = black_box([certificate; 2]);
    let set = call(
        |(records, dnssec, profile)| tlsa_match::RrSet::new(records, dnssec, profile),
        (&records[..], tlsa_match::Dnssec::Secure, tlsa_match::Profile::SMTP),
    );
    let Ok(set) = set else { return };
    show(<tlsa_match::RrSet as Debug>::fmt, &set);
    call(|(set, record)| tlsa_match::RrSet::standing(set, record), (&set, 1));
    standings(call(tlsa_match::RrSet::standings, &set));

    for peer in
        [tlsa_match::Peer::Chain(&chain), tlsa_match::Peer::RawKey(certificate.public_key())]
    {
        call(|(set, peer)| tlsa_match::RrSet::verdict(set, peer, &Stub), (&set, peer)).ok();
        if let Ok(matches) =
            call(|(set, peer)| tlsa_match::RrSet::matches(set, peer, &Stub), (&set, peer))
        {
            self::matches(matches);
        }
    }
    let lint = call(|(set, chain)| tlsa_match::RrSet::lint(set, chain, &Stub), (&set, &chain[..]));
    if let Ok(mut lint) = lint {
        show(<tlsa_match::Lint as Debug>::fmt, &lint);
        while call(<tlsa_match::Lint as Iterator>::next, &mut lint).is_some() {}
    }
}

fn standings(mut standings: tlsa_match::Standings<'_>) {
    show(<tlsa_match::Standings as Debug>::fmt, &standings);
    call(<tlsa_match::Standings as Iterator>::size_hint, &standings);
    while call(<tlsa_match::Standings as Iterator>::next, &mut standings).is_some() {}
}

fn matches(mut matches: tlsa_match::Matches<'_, Stub>) {
    show(<tlsa_match::Matches<_> as Debug>::fmt, &matches);
    call(<tlsa_match::Matches<_> as Clone>::clone, &matches);
    while let Some(found) = call(<tlsa_match::Matches<_> as Iterator>::next, &mut matches) {
        match found {
            tlsa_match::Match::Authenticated(end_entity) => {
                call(tlsa_match::EndEntity::record, &end_entity);
            }
            tlsa_match::Match::Owed(owed) => self::owed(owed),
        }
    }
}

fn owed(owed: tlsa_match::Owed) {
    call(tlsa_match::Owed::record, &owed);
    call(tlsa_match::Owed::usage, &owed);
    call(tlsa_match::Owed::place, &owed);
    call(tlsa_match::Owed::depth, &owed);
    for debt in call(tlsa_match::Owed::debts, &owed) {
        call(tlsa_match::Debt::name, *debt);
        show(<tlsa_match::Debt as Display>::fmt, debt);
    }
}
