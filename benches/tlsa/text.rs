//! RDATA as text taken for a record.

use crate::{
    Bytes, CERTIFICATES, Fields,
    contender::{Case, contender},
};
use criterion::Criterion;
use hickory_proto::rr::{RData, RecordType, rdata::tlsa};
use tlsa_match::Record;

pub(crate) fn text(criterion: &mut Criterion) {
    let (_, der) = CERTIFICATES[1];
    for (name, head, data) in
        [("digest", [3, 1, 1], &[0xa5; 32][..]), ("certificate", [3, 0, 0], der)]
    {
        let mut group = criterion.benchmark_group(format!("text, {name}"));
        let fields = Fields { head, data: Bytes::of(data) };
        let rdata = [&head[..], data].concat();
        let text = Record::parse(&rdata).map(|record| record.to_string()).unwrap_or_default();
        let cases: [Case<Fields>; 1] = [(text.into_bytes(), fields)];
        contender(&mut group, "tlsa-match", &cases, tlsa_match);
        contender(&mut group, "hickory-proto", &cases, hickory_proto);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

fn tlsa_match(text: &[u8]) -> Option<Fields> {
    let mut buf = [0; 512];
    let record = Record::parse_text(text, &mut buf).ok()?;
    let head = [record.usage.0, record.selector.0, record.matching_type.0];
    Some(Fields { head, data: Bytes::of(record.data) })
}

fn hickory_proto(text: &[u8]) -> Option<Fields> {
    let text = std::str::from_utf8(text).ok()?;
    of_hickory(&RData::try_from_str(RecordType::TLSA, text).ok()?)
}

pub(crate) fn of_hickory(record: &RData) -> Option<Fields> {
    let RData::TLSA(record) = record else { return None };
    let tlsa::TLSA { cert_usage, selector, matching, cert_data, .. } = record;
    let head = [u8::from(*cert_usage), u8::from(*selector), u8::from(*matching)];
    Some(Fields { head, data: Bytes::of(cert_data) })
}

/// One digit, one space, and pairs of digits: no more forms than this one.
fn floor(text: &[u8]) -> Option<Fields> {
    let [usage, b' ', selector, b' ', matching_type, b' ', digits @ ..] = text else { return None };
    let mut buf = [0; 512];
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    for (byte, [high, low]) in buf.get_mut(..pairs.len())?.iter_mut().zip(pairs) {
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    let head = [nibble(*usage)?, nibble(*selector)?, nibble(*matching_type)?];
    Some(Fields { head, data: Bytes::of(&buf[..pairs.len()]) })
}

#[inline]
fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
