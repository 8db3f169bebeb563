//! RDATA taken for a record.

use crate::{
    Bytes, CERTIFICATES, Fields,
    contender::{Case, contender},
};
use criterion::Criterion;
use domain::rdata::Tlsa;
use hickory_proto::{
    rr::{RData, RecordType},
    serialize::binary::{BinDecoder, Restrict},
};
use octseq::Parser;

pub(crate) fn rdata(criterion: &mut Criterion) {
    let (_, der) = CERTIFICATES[1];
    for (name, head, data) in
        [("digest", [3, 1, 1], &[0xa5; 32][..]), ("certificate", [3, 0, 0], der)]
    {
        let mut group = criterion.benchmark_group(format!("RDATA, {name}"));
        let fields = Fields { head, data: Bytes::of(data) };
        let cases: [Case<Fields>; 1] = [([&head[..], data].concat(), fields)];
        contender(&mut group, "tlsa-match", &cases, tlsa_match);
        contender(&mut group, "domain", &cases, domain);
        contender(&mut group, "hickory-proto", &cases, hickory_proto);
        contender(&mut group, "floor", &cases, floor);
        group.finish();
    }
}

fn tlsa_match(rdata: &[u8]) -> Option<Fields> {
    let record = tlsa_match::Record::parse(rdata).ok()?;
    let head = [record.usage.0, record.selector.0, record.matching_type.0];
    Some(Fields { head, data: Bytes::of(record.data) })
}

fn domain(rdata: &[u8]) -> Option<Fields> {
    let record = Tlsa::parse(&mut Parser::from_ref(rdata)).ok()?;
    let head =
        [record.usage().to_int(), record.selector().to_int(), record.matching_type().to_int()];
    Some(Fields { head, data: Bytes::of(record.data()) })
}

fn hickory_proto(rdata: &[u8]) -> Option<Fields> {
    let len = Restrict::new(u16::try_from(rdata.len()).ok()?);
    let record = RData::read(&mut BinDecoder::new(rdata), RecordType::TLSA, len).ok()?;
    crate::text::of_hickory(&record)
}

fn floor(rdata: &[u8]) -> Option<Fields> {
    let (head, data) = rdata.split_first_chunk()?;
    Some(Fields { head: *head, data: Bytes::of(data) })
}
