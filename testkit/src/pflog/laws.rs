//! What must hold between the ways to read, and between reading and writing.

use super::{Seen, naive, view};
use crate::bytes::Failure;
use pflog_wire::{Build, ByteOrder, Entry, ErrorKind, LinkType};

type Source = (LinkType, ByteOrder);

/// `parse` succeeds where nothing is wrong, and fails as `parse_lax` does.
pub(super) fn check_entries(data: &[u8], source: Source, seen: &Result<Seen, Failure>) {
    let lax = match seen {
        Ok(seen) => seen.failure,
        Err(failure) => Some(*failure),
    };
    let parsed = Entry::parse(data, source.0, source.1);
    assert_eq!(parsed.map_err(|error| view::failure(error, data)).err(), lax);
    if let Ok(entry) = parsed {
        assert_eq!(Entry::parse_lax(data, source.0, source.1), Ok((entry, None)));
        assert_eq!(entry.header_bytes().len(), entry.layout().header_len());
        assert!(entry.layout().is_known() && entry.direction().is_some());
    }
}

/// A cut entry shows less, and what it shows is the same.
pub(super) fn check_cuts(data: &[u8], source: Source, whole: &Result<Seen, Failure>) {
    let sum: usize = data.iter().map(|&byte| usize::from(byte)).sum();
    for place in [28, 44, 60, 80] {
        check_cut(data, place, source, whole);
    }
    // And anywhere.
    check_cut(data, sum % (data.len() + 1), source, whole);
}

fn check_cut(data: &[u8], len: usize, source: Source, whole: &Result<Seen, Failure>) {
    let Some(cut) = data.get(..len) else { return };
    let seen = view::look(cut, source);
    assert_eq!(seen, naive::decode(cut, source), "{len} bytes of more");
    match (seen, whole) {
        (Ok(seen), Ok(whole)) => {
            let (cut, whole) = (seen.fields, &whole.fields);
            assert!(whole.payload.starts_with(&cut.payload));
            /// The same, or none.
            fn part<T: PartialEq>(cut: &Option<T>, whole: &Option<T>) -> bool {
                cut.is_none() || cut == whole
            }
            assert!(part(&cut.direction, &whole.direction));
            assert!(part(&cut.ridentifier, &whole.ridentifier));
            assert!(part(&cut.rewritten, &whole.rewritten) && part(&cut.naf, &whole.naf));
            assert!(part(&cut.saddr, &whole.saddr) && part(&cut.daddr, &whole.daddr));
            assert!(part(&cut.sport, &whole.sport) && part(&cut.dport, &whole.dport));
            assert!(cut.owners.iter().zip(&whole.owners).all(|(cut, whole)| part(cut, whole)));
        }
        (Ok(_), Err(_)) => panic!("{len} bytes are read, and more are not"),
        (Err(failure), Ok(whole)) => {
            // Of a layout that is not known, all is wrong from the start.
            let is_unknown = whole.failure.is_some_and(|failure| failure.offset == 0)
                && matches!(failure.kind, ErrorKind::InvalidLength { .. });
            assert!(is_unknown || matches!(failure.kind, ErrorKind::Truncated { .. }));
        }
        (Err(_), Err(_)) => {}
    }
}

/// What was read is written again, byte by byte but for those that no field holds, and in a buffer
/// of that length only.
pub(super) fn check_written(data: &[u8], (link_type, byte_order): Source) {
    let Ok((entry, error)) = Entry::parse_lax(data, link_type, byte_order) else { return };
    let build = Build::from(entry);
    let len = build.encoded_len();
    let mut out = vec![0xa5; len + 3];
    let written = build.encode(&mut out);
    if !entry.layout().is_known() {
        let kind = ErrorKind::InvalidLength { found: entry.layout().0.into() };
        assert_eq!(written, Err(kind.at("header length", 0)));
        assert!(out.iter().all(|&byte| byte == 0xa5), "something was written");
        return;
    }
    assert_eq!((written, &out[len..]), (Ok(len), &[0xa5; 3][..]));
    let again = Entry::parse(&out[..len], link_type, byte_order).unwrap();
    assert_eq!(Build::from(again), build);
    if error.is_none() {
        assert_eq!(out[..len], naive::canonical(data, entry.layout().0));
    }
    for available in [0, 43, len - 1] {
        let mut out = vec![0xa5; available.min(len - 1)];
        let kind = ErrorKind::BufferTooSmall { needed: len, available: out.len() };
        assert_eq!(build.encode(&mut out), Err(kind.at("entry", 0)));
        assert!(out.iter().all(|&byte| byte == 0xa5), "something was written");
    }
}

/// The byte order is that of users and processes, and of nothing else.
pub(super) fn check_byte_orders(data: &[u8]) {
    let read = |byte_order| Entry::parse_lax(data, LinkType::Pflog, byte_order).ok();
    let (Some((little, error)), Some((big, same))) =
        (read(ByteOrder::Little), read(ByteOrder::Big))
    else {
        return;
    };
    assert_eq!(error, same);
    assert_ne!(little, big);
    let (little, big) = (Build::from(little), Build::from(big));
    if let Some(owners) = data.get(44..60).filter(|_| data[0] >= 61) {
        let swap = |pid: i32| pid.swap_bytes();
        let swapped = [little.uid.swap_bytes(), little.rule_uid.swap_bytes()];
        assert_eq!([big.uid, big.rule_uid], swapped, "{owners:02x?}");
        assert_eq!([big.pid, big.rule_pid], [swap(little.pid), swap(little.rule_pid)]);
        let mut same = little;
        (same.uid, same.pid, same.rule_uid, same.rule_pid) =
            (big.uid, big.pid, big.rule_uid, big.rule_pid);
        same.byte_order = ByteOrder::Big;
        assert_eq!(same, big);
    }
}
