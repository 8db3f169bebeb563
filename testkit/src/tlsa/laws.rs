//! What must hold of reading and writing records.

use super::{SeenEntry, SeenRecord, naive, view::check_text};
use crate::bytes::{check_error, offset_within};
use tlsa_match::{Entry, ErrorKind, Lines, Owner, Record};

/// RDATA is read as the naive reader has it, and written back as it was.
pub(super) fn check_rdata(data: &[u8]) {
    let parsed = Record::parse(data);
    assert_eq!(parsed.ok().map(seen), naive::rdata(data));
    let record = match parsed {
        Ok(record) => record,
        Err(error) => return check_error(&error, data),
    };
    check_text(&record);
    if !record.data.is_empty() {
        assert_eq!(offset_within(record.data, data), 3);
    }
    let mut out = vec![0xa5; data.len() + 1];
    assert_eq!((record.encode(&mut out), record.encoded_len()), (Ok(data.len()), data.len()));
    assert_eq!((&out[..data.len()], out[data.len()]), (data, 0xa5));
    let small = record.encode(&mut out[..data.len() - 1]).unwrap_err().kind();
    assert_eq!(small, ErrorKind::BufferTooSmall { needed: data.len(), available: data.len() - 1 });

    let forms = [record.to_string(), record.mnemonics().to_string(), record.generic().to_string()];
    for text in forms {
        let mut buf = vec![0; data.len()];
        assert_eq!(Record::parse_text(text.as_bytes(), &mut buf), Ok(record), "{text}");
        let entry = Entry::parse(text.as_bytes()).unwrap();
        assert_eq!(entry.record(&mut buf), Ok(record), "{text}");
        for line in [format!("TLSA {text}"), format!("  {text}"), format!("a SMIMEA {text}")] {
            let entry = Entry::parse(line.as_bytes()).unwrap();
            assert_eq!(entry.record(&mut buf), Ok(record), "{line}");
        }
        let line = format!("_443._tcp.example.com. 3600 IN TLSA {text}");
        let entry = Entry::parse(line.as_bytes()).unwrap();
        assert_eq!((entry.ttl, entry.record(&mut buf)), (Some(3600), Ok(record)), "{text}");
    }
}

/// Text is read as the naive reader has it, into no more room than is needed.
pub(super) fn presented(text: &[u8]) -> Option<SeenRecord> {
    let mut buf = vec![0; text.len() / 2];
    let seen = match Record::parse_text(text, &mut buf) {
        Ok(record) => seen(record),
        Err(error) => {
            check_error(&error, text);
            assert!(!matches!(error.kind(), ErrorKind::BufferTooSmall { .. }), "{error}");
            return None;
        }
    };
    // The generic form has the head among its bytes.
    let is_plain = Record::parse_text(text, &mut vec![0; seen.data.len()]).is_ok();
    let room = seen.data.len() + if is_plain { 0 } else { 3 };
    let mut buf = vec![0; room];
    assert_eq!(Record::parse_text(text, &mut buf).map(self::seen), Ok(seen.clone()));
    let error = Record::parse_text(text, &mut buf[1..]).unwrap_err();
    let ErrorKind::BufferTooSmall { needed, available } = error.kind() else { panic!("{error}") };
    assert!(available == room - 1 && needed >= room, "{error}");
    // Behind an entry there may be nothing, on any number of lines.
    let mut buf = vec![0; text.len() / 2];
    let longer = [text, b"\r\n ; nothing\n\n"].concat();
    assert_eq!(Record::parse_text(&longer, &mut buf).map(self::seen), Ok(seen.clone()));
    Some(seen)
}

pub(super) fn check_presentation(text: &[u8]) {
    assert_eq!(presented(text), naive::record(text), "{}", text.escape_ascii());
}

/// A text falls into lines, and a line into its parts.
pub(super) fn check_lines(text: &[u8]) {
    let mut lines = Lines::new(text);
    let mut end = 0;
    let mut seen = Vec::new();
    while let Some(line) = lines.next() {
        let start = offset_within(line, text);
        assert_eq!(start, lines.offset());
        assert!(start >= end && lines.remainder().len() <= text.len() - start - line.len());
        end = start + line.len();
        seen.push(line.to_vec());
        check_entry(line);
    }
    assert_eq!((lines.next(), lines.remainder()), (None, &[][..]));
    assert_eq!(seen, naive::lines(text), "{}", text.escape_ascii());
    check_text(&lines);
    check_entry(text);
}

fn check_entry(line: &[u8]) {
    let mut buf = vec![0; line.len() / 2];
    let entry = match Entry::parse(line) {
        Ok(entry) => {
            check_text(&entry);
            let record = entry.record(&mut buf);
            if let Err(error) = &record {
                check_error(error, line);
            }
            Some(SeenEntry {
                owner: entry.owner.map(<[u8]>::to_vec),
                ttl: entry.ttl,
                class: entry.class.0,
                ty: entry.ty.map(u16::from),
                record: record.ok().map(seen),
            })
        }
        Err(error) => {
            check_error(&error, line);
            None
        }
    };
    assert_eq!(entry, naive::entry(line), "{}", line.escape_ascii());
}

/// The name of an owner is read as the naive reader has it, and written back.
pub(super) fn check_owner(text: &str) {
    match Owner::parse(text) {
        Ok(owner) => {
            let parts = (owner.port(), owner.transport().to_string(), owner.base().to_owned());
            assert_eq!(Some(parts), naive::owner(text));
            assert_eq!(Owner::parse(&owner.to_string()), Ok(owner));
            assert_eq!(Owner::new(owner.port(), owner.transport(), owner.base()), Ok(owner));
            check_text(&owner);
        }
        Err(error) => {
            check_error(&error, text.as_bytes());
            assert_eq!(None, naive::owner(text), "{error}");
        }
    }
}

fn seen(record: Record<'_>) -> SeenRecord {
    let head = [record.usage.0, record.selector.0, record.matching_type.0];
    SeenRecord { head, data: record.data.to_vec() }
}
