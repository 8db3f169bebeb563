//! `tlsa-match`, its strongest peers, and floors written by hand, on the same work in one run.

#[path = "../contender.rs"]
mod contender;
mod rdata;
mod span;
mod text;
mod verdict;

use contender::Answer;
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

/// Certificates by name: of the same chain, with keys of 44 to 346 bytes.
const CERTIFICATES: [(&str, &[u8]); 4] = [
    ("Ed25519", include_bytes!("../../tlsa-match/tests/data/leaf-ed25519.der")),
    ("P-256", include_bytes!("../../tlsa-match/tests/data/leaf-p256.der")),
    ("RSA", include_bytes!("../../tlsa-match/tests/data/leaf-rsa.der")),
    ("RSA-PSS", include_bytes!("../../tlsa-match/tests/data/leaf-rsapss.der")),
];

/// The key of a certificate, as openssl has extracted it.
fn key(name: &str) -> &'static [u8] {
    match name {
        "Ed25519" => include_bytes!("../../tlsa-match/tests/data/leaf-ed25519.spki.der"),
        "P-256" => include_bytes!("../../tlsa-match/tests/data/leaf-p256.spki.der"),
        "RSA" => include_bytes!("../../tlsa-match/tests/data/leaf-rsa.spki.der"),
        _ => include_bytes!("../../tlsa-match/tests/data/leaf-rsapss.spki.der"),
    }
}

impl Answer for bool {
    fn digest(self) -> u64 {
        self.into()
    }
}

/// Bytes, by their length and a part of them.
#[derive(Clone, Copy)]
struct Bytes {
    len: usize,
    last: u8,
}

impl Bytes {
    fn of(bytes: &[u8]) -> Self {
        Self { len: bytes.len(), last: bytes.last().copied().unwrap_or_default() }
    }
}

impl Answer for Bytes {
    fn digest(self) -> u64 {
        (self.len as u64) << 8 | u64::from(self.last)
    }
}

/// The fields of a record.
#[derive(Clone, Copy)]
struct Fields {
    head: [u8; 3],
    data: Bytes,
}

impl Answer for Fields {
    fn digest(self) -> u64 {
        self.head.iter().fold(self.data.digest(), |sum, field| sum << 8 | u64::from(*field))
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = span::span, verdict::verdict, rdata::rdata, text::text
}
criterion_main!(benches);
