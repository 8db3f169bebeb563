//! What `tlsa_match` sees, and what must hold of every view of it.

use super::{Seen, SeenFinding, SeenMatch, SeenStanding, naive::Set};
use crate::bytes::{check_error, offset_within};
use std::{cell::RefCell, collections::HashSet, fmt::Debug};
use tlsa_match::{
    Certificate, Dnssec, EndEntity, Error, Finding, Hash, Match, MatchingType, Peer, Place,
    Profile, PublicKey, Record, Result, RrSet, Sha2, Standing, Unusable, Verdict,
};

/// Digests, each of which may be asked for once.
#[derive(Debug, Default)]
pub struct Counting(RefCell<HashSet<(usize, *const u8, Vec<u8>)>>);

impl Counting {
    /// Returns what has been asked for: the length of the digest, and of what. Two certificates may
    /// have the same key, at two places.
    #[must_use]
    pub fn asked(&self) -> HashSet<(usize, *const u8, Vec<u8>)> {
        self.0.borrow().clone()
    }

    fn ask(&self, len: usize, data: &[u8]) {
        assert!(self.0.borrow_mut().insert((len, data.as_ptr(), data.to_vec())), "computed twice");
    }
}

impl Hash for Counting {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        self.ask(32, data);
        Sha2.sha256(data)
    }

    fn sha512(&self, data: &[u8]) -> [u8; 64] {
        self.ask(64, data);
        Sha2.sha512(data)
    }
}

/// Returns what `tlsa_match` sees of a set, having checked what must hold of every view of it.
///
/// # Panics
///
/// If a view contradicts itself, or a certificate of the chain cannot be read.
#[must_use]
pub fn see(set: &Set) -> Seen {
    let records: Vec<Result<Record<'_>>> =
        set.records.iter().map(|rdata| Record::parse(rdata)).collect();
    let mut profile = Profile::DEFAULT;
    profile.pkix = set.pkix;
    profile.end_entity_names = set.end_entity_names;
    // As many as a profile can have without being made when it is needed.
    profile.digests = match set.digests[..] {
        [] => &[],
        [1] => &[MatchingType::SHA2_256],
        [2] => &[MatchingType::SHA2_512],
        [1, 2] => &[MatchingType::SHA2_256, MatchingType::SHA2_512],
        _ => &[MatchingType::SHA2_512, MatchingType::SHA2_256],
    };
    let states = [Dnssec::Secure, Dnssec::Insecure, Dnssec::Indeterminate, Dnssec::Bogus];
    let dnssec = states.into_iter().find(|state| state.name() == set.dnssec).unwrap();
    let chain: Vec<Certificate<'_>> =
        set.chain.iter().map(|der| Certificate::parse(der).unwrap()).collect();
    let peer = match &set.raw_key {
        Some(key) => Peer::RawKey(PublicKey::parse(key).unwrap()),
        None => Peer::Chain(&chain),
    };
    let set = RrSet::new(&records, dnssec, profile).unwrap();
    check_text(&set);

    let standings: Vec<SeenStanding> = set.standings().map(standing).collect();
    assert_eq!(set.standings().len(), records.len());
    for (n, standing) in standings.iter().enumerate() {
        assert_eq!(set.standing(n).map(self::standing), Some(*standing));
        let usable = records[n].is_ok_and(|record| record.unusable(&profile).is_none());
        assert!(usable || matches!(standing, SeenStanding::Unusable(_)));
    }
    assert_eq!(set.standing(records.len()), None);

    let hash = Counting::default();
    let mut iterator = set.matches(peer, &hash).unwrap();
    check_text(&iterator);
    let matches: Vec<Match> = iterator.by_ref().collect();
    assert_eq!(iterator.next(), None, "not fused");
    let seen_matches: Vec<SeenMatch> = matches.iter().map(found).collect();

    let counting = Counting::default();
    let verdict = set.verdict(peer, &counting).unwrap();
    check_needed(&counting, &set, peer);
    assert!(counting.asked().is_subset(&hash.asked()));
    let first = matches.first();
    let verdict = match verdict {
        Verdict::Authenticated(end_entity) => {
            assert_eq!(first, Some(&Match::Authenticated(end_entity)));
            "authenticated"
        }
        Verdict::Matched(owed) => {
            assert_eq!(first, Some(&Match::Owed(owed)));
            assert_eq!(Ok(owed.usage()), records[owed.record()].map(|record| record.usage));
            "matched"
        }
        other => {
            assert_eq!(first, None);
            match other {
                Verdict::Bogus => "bogus",
                Verdict::NoRecords => "no records",
                Verdict::NoneUsable => "none usable",
                _ => "no match",
            }
        }
    };
    let findings = matches!(peer, Peer::Chain(_)).then(|| {
        let mut lint = set.lint(&chain, &Sha2).unwrap();
        check_text(&lint);
        let findings = lint.by_ref().map(finding).collect();
        assert_eq!(lint.next(), None, "not fused");
        findings
    });
    Seen { verdict, standings, matches: seen_matches, findings }
}

/// A digest is computed only if a usable record has one of its kind.
fn check_needed(counting: &Counting, set: &RrSet<'_>, peer: Peer<'_>) {
    let asked = counting.asked();
    if set.standings().all(|standing| standing != Standing::Usable) {
        assert!(asked.is_empty(), "computed for nothing");
    }
    let keys: Vec<&[u8]> = match peer {
        Peer::Chain(chain) => chain.iter().map(|one| one.public_key().as_bytes()).collect(),
        Peer::RawKey(key) => vec![key.as_bytes()],
        _ => vec![],
    };
    for (_, _, object) in asked {
        let is_known = match peer {
            Peer::Chain(chain) => chain.iter().any(|one| one.as_bytes() == object),
            _ => false,
        };
        assert!(is_known || keys.contains(&&object[..]), "a digest of something else");
    }
}

fn found(found: &Match) -> SeenMatch {
    match found {
        Match::Authenticated(end_entity) => (EndEntity::record(end_entity), Ok(0), vec![]),
        Match::Owed(owed) => {
            let place = match owed.place() {
                Place::Chain { depth } => Ok(depth),
                Place::RecordCertificate => Err("certificate"),
                Place::RecordKey => Err("key"),
            };
            assert_eq!(owed.depth(), place.ok());
            let debts = owed.debts().iter().map(|debt| debt.name()).collect();
            (owed.record(), place, debts)
        }
    }
}

fn standing(standing: Standing) -> SeenStanding {
    match standing {
        Standing::Usable => SeenStanding::Usable,
        Standing::PassedOver { by } => SeenStanding::PassedOver(by.0),
        Standing::Unusable(reason) => SeenStanding::Unusable(self::reason(reason)),
    }
}

fn finding(finding: Finding) -> (usize, SeenFinding) {
    match finding {
        Finding::Unusable { record, reason } => {
            (record, SeenFinding::Unusable(self::reason(reason)))
        }
        Finding::Unmatched { record } => (record, SeenFinding::Unmatched),
        Finding::NotSent { record } => (record, SeenFinding::NotSent),
        other => panic!("{other:?}"),
    }
}

fn reason(reason: Unusable) -> &'static str {
    let text = reason.to_string();
    assert!(!text.is_empty() && !text.contains(['{', '\n']), "not a phrase: {text}");
    match reason {
        Unusable::Malformed(_) => "malformed",
        Unusable::Usage => "usage",
        Unusable::Pkix => "pkix",
        Unusable::Selector => "selector",
        Unusable::MatchingType => "matching type",
        Unusable::Digest => "digest",
        Unusable::Length { expected, found } => {
            assert!([32, 64].contains(&expected) && found != expected);
            "length"
        }
        Unusable::Data(_) => "data",
        Unusable::Dnssec(_) => "dnssec",
        other => panic!("{other:?}"),
    }
}

/// Demands of a reader that it borrows, and that its error is in order.
pub(super) fn checked<T>(
    parsed: Result<T, Error>,
    data: &[u8],
    part: impl Fn(&T) -> &[u8],
) -> Option<(usize, usize)> {
    match parsed {
        Ok(view) => {
            let part = part(&view);
            Some((offset_within(part, data), part.len()))
        }
        Err(error) => {
            check_error(&error, data);
            None
        }
    }
}

/// Formatting never fails, and never prints the bytes.
pub(super) fn check_text(view: &impl Debug) {
    let text = format!("{view:?}");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text:?}");
}
