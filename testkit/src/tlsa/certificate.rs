//! Certificates: the naive reader, and two that others have written.

use super::{naive, view::checked};
use ::der::{AnyRef, Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use tlsa_match::{Certificate, ErrorKind, PublicKey, Request};
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

/// Holds every promise of `tlsa_match` about certificates, keys and requests against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check_certificate(data: &[u8]) {
    let key = checked(PublicKey::parse(data), data, |key| key.as_bytes());
    assert_eq!(key.map(|(at, len)| at..at + len), naive::public_key(data));

    let request = Request::parse(data);
    if let Ok(request) = request {
        assert_eq!(request.as_bytes(), data);
    }
    let span = checked(request, data, |request| request.public_key().as_bytes());
    assert_eq!(span.map(|(at, len)| at..at + len), naive::request(data));

    let certificate = Certificate::parse(data);
    let key = certificate.ok().map(|certificate| certificate.public_key());
    if let Ok(certificate) = certificate {
        assert_eq!(certificate.as_bytes(), data);
        check_cuts(data);
    }
    let span = checked(certificate, data, |certificate| certificate.public_key().as_bytes());
    assert_eq!(span.map(|(at, len)| at..at + len), naive::certificate(data));
    if let Some(key) = key {
        assert_eq!(PublicKey::parse(key.as_bytes()), Ok(key));
    }
    let key = key.map(|key| key.as_bytes());

    // It knows no tag that is unassigned or reserved, and parameters of a key may have any.
    let theirs = by_der(data);
    if theirs.is_some() || key.is_some_and(|key| by_der_key(key).is_some()) {
        assert_eq!(key, theirs, "the crate der");
    }
    // It reads names, times and extensions, which may be wrong; and lengths that are not the
    // shortest, keys that are not of whole octets, and later versions.
    if let (Ok((_, theirs)), Some(key)) = (X509Certificate::from_der(data), key) {
        assert_eq!(key, theirs.public_key().raw, "x509-parser");
    }
}

/// A certificate that is cut is never taken for one, and more would help.
fn check_cuts(data: &[u8]) {
    let step = data.len() / 16 + 1;
    for len in (0..data.len()).step_by(step).chain([data.len() - 1]) {
        let kind = Certificate::parse(&data[..len]).unwrap_err().kind();
        assert!(matches!(kind, ErrorKind::Truncated { .. }), "{len} of {}: {kind}", data.len());
    }
    let longer = [data, &[0]].concat();
    let kind = Certificate::parse(&longer).unwrap_err().kind();
    assert_eq!(kind, ErrorKind::TrailingData { remaining: 1 });
}

/// Reads the key with the tools of the crate `der`.
fn by_der(data: &[u8]) -> Option<&[u8]> {
    let whole = AnyRef::from_der(data).ok().filter(|any| any.tag() == Tag::Sequence)?;
    let mut parts = SliceReader::new(whole.value()).ok()?;
    let tbs = next(&mut parts, Tag::Sequence)?;
    next(&mut parts, Tag::Sequence)?;
    let signature = next(&mut parts, Tag::BitString)?;
    if !parts.is_finished() || signature.value().first() != Some(&0) {
        return None;
    }
    let mut fields = SliceReader::new(tbs.value()).ok()?;
    if peek(&fields) == Some(context(0, true)) {
        let explicit = next(&mut fields, context(0, true))?;
        let version = AnyRef::from_der(explicit.value()).ok()?;
        let (last, zeros) = version.value().split_last()?;
        if version.tag() != Tag::Integer || *last > 2 || zeros.iter().any(|octet| *octet != 0) {
            return None;
        }
    }
    next(&mut fields, Tag::Integer)?;
    for _ in 0..4 {
        next(&mut fields, Tag::Sequence)?;
    }
    let key = fields.tlv_bytes().ok()?;
    by_der_key(key)?;
    for tag in [context(1, false), context(2, false), context(3, true)] {
        if peek(&fields) == Some(tag) {
            next(&mut fields, tag)?;
        }
    }
    fields.is_finished().then_some(key)
}

fn by_der_key(key: &[u8]) -> Option<()> {
    let key = AnyRef::from_der(key).ok().filter(|any| any.tag() == Tag::Sequence)?;
    let mut parts = SliceReader::new(key.value()).ok()?;
    let algorithm = next(&mut parts, Tag::Sequence)?;
    let bits = next(&mut parts, Tag::BitString)?;
    let mut algorithm = SliceReader::new(algorithm.value()).ok()?;
    let identifier = next(&mut algorithm, Tag::ObjectIdentifier)?;
    if !algorithm.is_finished() {
        AnyRef::decode(&mut algorithm).ok()?;
    }
    let is_key = !identifier.value().is_empty() && bits.value().first() == Some(&0);
    (is_key && algorithm.is_finished() && parts.is_finished()).then_some(())
}

fn next<'a>(reader: &mut SliceReader<'a>, tag: Tag) -> Option<AnyRef<'a>> {
    AnyRef::decode(reader).ok().filter(|any| any.tag() == tag)
}

fn peek(reader: &SliceReader<'_>) -> Option<Tag> {
    Tag::peek(reader).ok()
}

fn context(number: u32, constructed: bool) -> Tag {
    Tag::ContextSpecific { constructed, number: TagNumber(number) }
}
