//! The key of a certificate.

use crate::{
    Bytes, CERTIFICATES,
    contender::{Case, contender},
    key,
};
use criterion::Criterion;
use rustls_pki_types::CertificateDer;
use webpki::EndEntityCert;
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

pub(crate) fn span(criterion: &mut Criterion) {
    for (name, der) in CERTIFICATES {
        let mut group = criterion.benchmark_group(format!("key of a certificate, {name}"));
        let cases: [Case<Bytes>; 1] = [(der.to_vec(), Bytes::of(key(name)))];
        contender(&mut group, "tlsa-match", &cases, tlsa_match);
        contender(&mut group, "hns-dane", &cases, hns_dane);
        contender(&mut group, "rustls-webpki", &cases, rustls_webpki);
        contender(&mut group, "x509-parser", &cases, x509_parser);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

fn tlsa_match(der: &[u8]) -> Option<Bytes> {
    Some(Bytes::of(tlsa_match::Certificate::parse(der).ok()?.public_key().as_bytes()))
}

fn hns_dane(der: &[u8]) -> Option<Bytes> {
    Some(Bytes::of(hns_dane::extract_subject_public_key_info(der).ok()?))
}

fn rustls_webpki(der: &[u8]) -> Option<Bytes> {
    let der = CertificateDer::from(der);
    let certificate = EndEntityCert::try_from(&der).ok()?;
    Some(Bytes::of(&certificate.subject_public_key_info()))
}

fn x509_parser(der: &[u8]) -> Option<Bytes> {
    Some(Bytes::of(X509Certificate::from_der(der).ok()?.1.public_key().raw))
}

/// The same elements, by their tags and lengths alone: what is not on the way is skipped, and
/// nothing is demanded of the lengths but that they are in the input.
fn floor(der: &[u8]) -> Option<Bytes> {
    let (_, tbs) = element(der, 0x30)?;
    let (_, mut fields) = element(tbs, 0x30)?;
    if fields.first() == Some(&0xa0) {
        fields = &fields[element(fields, 0xa0)?.0.len()..];
    }
    for tag in [2, 0x30, 0x30, 0x30, 0x30] {
        fields = &fields[element(fields, tag)?.0.len()..];
    }
    Some(Bytes::of(element(fields, 0x30)?.0))
}

/// Returns an element and its contents.
#[inline]
fn element(input: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (header, len) = match *input {
        [found, len @ 0..=0x7f, ..] if found == tag => (2, usize::from(len)),
        [found, 0x81, len, ..] if found == tag => (3, usize::from(len)),
        [found, 0x82, a, b, ..] if found == tag => (4, usize::from(u16::from_be_bytes([a, b]))),
        _ => return None,
    };
    let whole = input.get(..header + len)?;
    Some((whole, &whole[header..]))
}
