//! A cut message shows less, and what it shows is the same.

use super::{Family, Seen, naive, view::View};
use crate::bytes::Failure;
use icmp_wire::Evidence;
use wire_error::ErrorKind;

/// Cuts a message around the places where something in it begins.
pub(super) fn check(family: Family, data: &[u8], whole: &Result<Seen, Failure>) {
    let mut places = vec![0, 8, data.len()];
    if let Ok(whole) = whole {
        if let Ok(Some(quote)) = whole.quote {
            places.push(if quote.source.is_ipv4() { 28 } else { 48 });
            if let Ok(transport) = quote.transport {
                places.extend([transport.offset, transport.offset + 4, transport.offset + 8]);
            }
        }
        if let Some(structure) = &whole.structure {
            let objects = &structure.objects;
            places.extend([structure.offset, structure.offset + 4]);
            places.extend(objects.whole.iter().take(2).map(|object| object.offset + object.len));
            places.push(data.len() - objects.remainder);
        }
    }
    // And anywhere.
    let sum: usize = data.iter().map(|&byte| usize::from(byte)).sum();
    places.push(sum % (data.len() + 1));
    places.sort_unstable();
    places.dedup();
    for place in places {
        for len in [place.saturating_sub(1), place] {
            if len < data.len() {
                check_cut(family, &data[..len], whole);
            }
        }
    }
}

fn check_cut(family: Family, data: &[u8], whole: &Result<Seen, Failure>) {
    let cut = View { data, is_thorough: false }.message(family);
    assert_eq!(cut, naive::decode(family, data), "{} bytes of more", data.len());
    match (&cut, whole) {
        (Ok(cut), Ok(whole)) => check_less(cut, whole, data),
        (Err(Failure { kind: ErrorKind::Truncated { .. }, .. }), _) => {}
        (Err(failure), _) => panic!("{failure:?} of a prefix"),
        (Ok(_), Err(failure)) => panic!("a prefix is read where the whole fails: {failure:?}"),
    }
}

fn check_less(cut: &Seen, whole: &Seen, data: &[u8]) {
    assert_eq!(
        (cut.ty, cut.code, cut.checksum, cut.body, cut.severity),
        (whole.ty, whole.code, whole.checksum, whole.body, whole.severity)
    );
    match (cut.quote, whole.quote) {
        (Ok(Some(cut)), Ok(Some(whole))) => {
            let less = (cut.transport, cut.present, cut.header_checksum);
            let mut more = whole;
            (more.transport, more.present, more.header_checksum) = less;
            assert_eq!(cut, more);
            if let (Ok(cut), Ok(whole)) = (cut.transport, whole.transport) {
                assert_eq!((cut.protocol, cut.offset), (whole.protocol, whole.offset));
                same_or_truncated(cut.ports, whole.ports);
                same_or_truncated(cut.query, whole.query);
                same_or_truncated(cut.tcp_sequence, whole.tcp_sequence);
            } else {
                same_or_truncated(cut.transport.map(|_| ()), whole.transport.map(|_| ()));
            }
        }
        (cut, whole) => same_or_truncated(cut.map(|_| ()), whole.map(|_| ())),
    }
    // A cut can make up a checksum that is right, and objects that fill the message exactly. It
    // cannot make up a place that is declared, zeros in front, and an object.
    let Some(structure) = &cut.structure else { return };
    let is_declared = matches!(structure.evidence, Evidence::Compliant | Evidence::Padded);
    let filling = &data[8 + structure.original_len..structure.offset];
    let is_plain = data[structure.offset..][..2] == [0x20, 0];
    if is_declared
        && is_plain
        && filling.iter().all(|&byte| byte == 0)
        && !structure.objects.whole.is_empty()
    {
        let whole = whole.structure.as_ref().expect("a structure is behind the same quote");
        // Unless the whole message proves that there is one elsewhere.
        if !matches!(whole.evidence, Evidence::Octets | Evidence::Legacy) {
            assert_eq!((structure.evidence, structure.offset), (whole.evidence, whole.offset));
            assert!(whole.objects.whole.starts_with(&structure.objects.whole));
        }
    }
}

/// Demands that a step on a cut message comes to the same, or fails for want of bytes.
fn same_or_truncated<T: PartialEq + std::fmt::Debug>(
    cut: Result<T, Failure>,
    whole: Result<T, Failure>,
) {
    if !matches!(cut, Err(Failure { kind: ErrorKind::Truncated { .. }, .. })) {
        assert_eq!(cut, whole);
    }
}
