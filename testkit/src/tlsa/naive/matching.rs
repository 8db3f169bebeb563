//! Matching, as RFC 6698, RFC 7671 and RFC 7672 have it.

use super::{certificate, public_key};
use crate::tlsa::{Seen, SeenFinding, SeenMatch, SeenRecord, SeenStanding};
use sha2::{Digest, Sha256, Sha512};

/// A set, a peer, and what is accepted.
#[derive(Clone, Debug)]
pub struct Set {
    /// The records, in RDATA.
    pub records: Vec<Vec<u8>>,
    /// What DNSSEC says.
    pub dnssec: &'static str,
    /// Whether there are trusted roots.
    pub pkix: bool,
    /// Whether names are owed for DANE-EE.
    pub end_entity_names: bool,
    /// The matching types of the digests that are accepted, the strongest first.
    pub digests: Vec<u8>,
    /// The certificates.
    pub chain: Vec<Vec<u8>>,
    /// A raw key, which takes the place of the chain.
    pub raw_key: Option<Vec<u8>>,
}

/// Returns what a set says.
#[must_use]
pub fn see(set: &Set) -> Seen {
    let standings: Vec<SeenStanding> =
        set.records.iter().map(|rdata| standing(set, rdata)).collect();
    let usable = |n: usize| standings[n] == SeenStanding::Usable;
    let matches = matches(set, &usable);
    let verdict = if set.dnssec == "bogus" {
        "bogus"
    } else if set.records.is_empty() {
        "no records"
    } else if standings.iter().all(|standing| matches!(standing, SeenStanding::Unusable(_))) {
        "none usable"
    } else {
        match matches.first() {
            None => "no match",
            Some((_, _, debts)) if debts.is_empty() => "authenticated",
            Some(_) => "matched",
        }
    };
    let findings = set.raw_key.is_none().then(|| findings(set, &standings));
    Seen { verdict, standings, matches, findings }
}

fn standing(set: &Set, rdata: &[u8]) -> SeenStanding {
    if let Some(reason) = fault(set, rdata) {
        return SeenStanding::Unusable(reason);
    }
    if set.dnssec != "secure" {
        return SeenStanding::Unusable("dnssec");
    }
    // RFC 7671 §9, the unusable ones left out first.
    let stronger = set.digests.iter().find(|digest| {
        set.records.iter().any(|other| {
            fault(set, other).is_none() && other[..2] == rdata[..2] && other[2] == **digest
        })
    });
    match stronger {
        Some(digest) if rdata[2] != 0 && *digest != rdata[2] => SeenStanding::PassedOver(*digest),
        _ => SeenStanding::Usable,
    }
}

fn fault(set: &Set, rdata: &[u8]) -> Option<&'static str> {
    let Some(SeenRecord { head: [usage, selector, matching_type], data }) = super::rdata(rdata)
    else {
        return Some("malformed");
    };
    if usage > 3 {
        return Some("usage");
    }
    if usage < 2 && !set.pkix {
        return Some("pkix");
    }
    if selector > 1 {
        return Some("selector");
    }
    if matching_type > 2 {
        return Some("matching type");
    }
    if matching_type > 0 && !set.digests.contains(&matching_type) {
        return Some("digest");
    }
    match (matching_type, selector) {
        (1, _) if data.len() != 32 => Some("length"),
        (2, _) if data.len() != 64 => Some("length"),
        (0, 0) if certificate(&data).is_none() => Some("data"),
        (0, 1) if public_key(&data).is_none() => Some("data"),
        _ => None,
    }
}

/// What each depth has for each selector.
fn objects(set: &Set) -> Vec<[Option<Vec<u8>>; 2]> {
    if let Some(key) = &set.raw_key {
        return vec![[None, Some(key.clone())]];
    }
    let object = |bytes: &Vec<u8>| {
        let span = certificate(bytes).expect("only whole certificates are in a chain");
        [Some(bytes.clone()), Some(bytes[span].to_vec())]
    };
    set.chain.iter().map(object).collect()
}

fn matches(set: &Set, usable: &dyn Fn(usize) -> bool) -> Vec<SeenMatch> {
    let objects = objects(set);
    let mut found = Vec::new();
    for (n, rdata) in set.records.iter().enumerate() {
        if set.dnssec != "secure" || !usable(n) {
            continue;
        }
        let (usage, selector) = (rdata[0], usize::from(rdata[1]));
        let is_equal = |object: &Vec<u8>| match rdata[2] {
            0 => object[..] == rdata[3..],
            1 => Sha256::digest(object)[..] == rdata[3..],
            _ => Sha512::digest(object)[..] == rdata[3..],
        };
        let at = |depth: usize| objects[depth][selector].as_ref().is_some_and(is_equal);
        let is_end_entity = usage == 1 || usage == 3;
        let is_raw = set.raw_key.is_some();
        for depth in 0..objects.len() {
            let is_again = depth > 0 && set.chain[depth] == set.chain[0];
            let is_place = is_end_entity == (depth == 0) && (!is_raw || usage == 3) && !is_again;
            if is_place && at(depth) {
                let debts = match usage {
                    3 if set.end_entity_names => vec!["names"],
                    3 => vec![],
                    2 => vec!["path", "names"],
                    _ => vec!["pkix", "names"],
                };
                found.push((depth, usage < 2, (n, Ok(depth), debts)));
            }
        }
        let is_issuer = |depth: &usize| set.chain[*depth] != set.chain[0];
        let is_sent = (1..objects.len()).filter(is_issuer).any(at)
            || (selector == 0 && (0..objects.len().min(1)).any(at));
        if usage == 2 && rdata[2] == 0 && !is_sent && !is_raw && !objects.is_empty() {
            let what = ["certificate", "key"][selector];
            let debts = vec!["signature", "path", "names"];
            found.push((objects.len(), false, (n, Err(what), debts)));
        }
    }
    found.sort_by_key(|(depth, is_pkix, (n, ..))| (*depth, *is_pkix, *n));
    found.into_iter().map(|(_, _, found)| found).collect()
}

fn findings(set: &Set, standings: &[SeenStanding]) -> Vec<(usize, SeenFinding)> {
    let is_usable = |n: usize| !matches!(standings[n], SeenStanding::Unusable(_));
    let matches = matches(set, &is_usable);
    let mut findings = Vec::new();
    for (n, standing) in standings.iter().enumerate() {
        if let SeenStanding::Unusable(reason) = standing {
            findings.push((n, SeenFinding::Unusable(reason)));
            continue;
        }
        let combination = |n: usize| &set.records[n][..3];
        if (0..n).any(|other| is_usable(other) && combination(other) == combination(n)) {
            continue;
        }
        let mut of_it = matches.iter().filter(|(other, ..)| combination(*other) == combination(n));
        if of_it.clone().any(|(_, place, _)| place.is_ok()) {
            continue;
        }
        let finding =
            if of_it.next().is_some() { SeenFinding::NotSent } else { SeenFinding::Unmatched };
        findings.push((n, finding));
    }
    findings
}
