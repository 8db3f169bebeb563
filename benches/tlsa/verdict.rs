//! `3 1 1` against a certificate, from the bytes of both.

use crate::{
    CERTIFICATES,
    contender::{Case, contender},
    key,
};
use criterion::Criterion;
use sha2::{Digest, Sha256};
use tlsa_match::{Certificate, Dnssec, Hash, Peer, Profile, Record, RrSet, Sha2, Verdict};
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

pub(crate) fn verdict(criterion: &mut Criterion) {
    for (name, der) in CERTIFICATES {
        let rdata = [&[3, 1, 1][..], &Sha256::digest(key(name))].concat();
        let cases: [Case<bool>; 1] = [(der.to_vec(), true)];

        let mut group = criterion.benchmark_group(format!("match of 3 1 1, {name}"));
        contender(&mut group, "tlsa-match", &cases, |der| tlsa_match(der, &rdata, &Sha2));
        contender(&mut group, "x509-parser and sha2", &cases, |der| by_sha2(der, &rdata));
        contender(&mut group, "x509-parser and ring", &cases, |der| by_ring(der, &rdata));
        contender(&mut group, "hashing alone", &cases, |_| {
            Some(Sha256::digest(key(name))[..] == rdata[3..])
        });
        let records = [Record::parse(&rdata)];
        let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT);
        if let (Ok(set), Ok(certificate)) = (set, Certificate::parse(der)) {
            let chain = [certificate];
            contender(&mut group, "verdict alone", &cases, |_| {
                let verdict = set.verdict(Peer::Chain(&chain), &Sha2).ok()?;
                Some(matches!(verdict, Verdict::Authenticated(_)))
            });
        }
        group.finish();

        let mut group = criterion.benchmark_group(format!("match of 3 1 1, by ring, {name}"));
        contender(&mut group, "tlsa-match and ring", &cases, |der| tlsa_match(der, &rdata, &Ring));
        contender(&mut group, "x509-parser and ring", &cases, |der| by_ring(der, &rdata));
        contender(&mut group, "hashing alone", &cases, |_| {
            Some(Ring.sha256(key(name))[..] == rdata[3..])
        });
        group.finish();
    }
}

struct Ring;

impl Hash for Ring {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        let digest = ring::digest::digest(&ring::digest::SHA256, data);
        digest.as_ref().try_into().unwrap_or_default()
    }

    fn sha512(&self, _: &[u8]) -> [u8; 64] {
        [0; 64]
    }
}

/// Everything: the record, its set, and whether it can be used, too.
fn tlsa_match(der: &[u8], rdata: &[u8], hash: &impl Hash) -> Option<bool> {
    let records = [Record::parse(rdata)];
    let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT).ok()?;
    let chain = [Certificate::parse(der).ok()?];
    let verdict = set.verdict(Peer::Chain(&chain), hash).ok()?;
    Some(matches!(verdict, Verdict::Authenticated(_)))
}

fn by_sha2(der: &[u8], rdata: &[u8]) -> Option<bool> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let key = certificate.public_key().raw;
    Some(Sha256::digest(key)[..] == rdata[3..])
}

fn by_ring(der: &[u8], rdata: &[u8]) -> Option<bool> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let key = certificate.public_key().raw;
    Some(ring::digest::digest(&ring::digest::SHA256, key).as_ref() == &rdata[3..])
}
