//! What must hold between reading and writing, and of the parts that need no record.

use super::{Seen, SeenBody, naive};
use ldif_keys::{Body, Build, Content, DnValue, ErrorKind, FilterValue, Records, Rules};

/// What was read and is written reads as the same.
pub(super) fn check_written(seen: &Seen) {
    for record in seen.iter().flatten() {
        let (Some(dn), SeenBody::Attributes("content", attributes)) = (&record.dn, &record.body)
        else {
            continue;
        };
        let Ok(dn) = &dn.bytes else { continue };
        let mut text = write(&Build::new(b"dn", dn));
        let mut expected = Vec::new();
        for attribute in attributes.iter().flatten() {
            let description = attribute.description.join(&b';');
            let Ok(value) = &attribute.value.bytes else { continue };
            let mut line = Build::new(&description, value);
            line.wrap = [None, Some(2), Some(3), Some(76)][value.len() % 4];
            text.extend(write(&line));
            expected.push((description, value.clone()));
        }
        let mut records = Records::new(&text, Rules::LENIENT);
        let Body::Content(attributes) = records.next().unwrap().unwrap().body() else { panic!() };
        let read: Vec<_> = attributes
            .map(|it| it.unwrap())
            .map(|it| {
                let description = it.description().as_text().to_cow().into_owned();
                (description, it.value().to_cow().unwrap().into_owned())
            })
            .collect();
        // The words that a change record has are none here.
        if read.len() == expected.len() {
            assert_eq!(read, expected, "{}", text.escape_ascii());
        }
        assert!(records.next().is_none());
    }
}

/// Writes a line, and holds it to its width.
fn write(build: &Build<'_>) -> Vec<u8> {
    let len = build.encoded_len().unwrap();
    let mut out = vec![0; len];
    assert_eq!(build.encode(&mut out), Ok(len));
    let kind = ErrorKind::BufferTooSmall { needed: len, available: len - 1 };
    assert_eq!(build.encode(&mut out[..len - 1]).unwrap_err().kind(), kind);
    build.encode(&mut out).unwrap();
    let lines: Vec<&[u8]> = out.strip_suffix(b"\n").unwrap().split(|&byte| byte == b'\n').collect();
    let (last, whole) = lines.split_last().unwrap();
    match build.wrap {
        None => assert!(whole.is_empty()),
        Some(wrap) => {
            assert!(whole.iter().all(|line| line.len() == wrap));
            assert!(!last.is_empty() && last.len() <= wrap);
            assert!(lines[1..].iter().all(|line| line[0] == b' ' && line.len() > 1));
        }
    }
    assert!(out.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~')));
    out
}

pub(super) fn check_parts(data: &[u8]) {
    let complete = Records::complete_len(data);
    assert_eq!(complete, naive::complete_len(data));
    // The two parts have what the whole has.
    let read = |data| -> Vec<_> {
        Records::new(data, Rules::LENIENT).map(|it| it.map_err(|error| error.kind())).collect()
    };
    assert_eq!([read(&data[..complete]), read(&data[complete..])].concat(), read(data));

    for content in [Content::Bytes(data), Content::Base64(data)] {
        for wrap in [None, Some(2 + data.len() % 80)] {
            let mut line = Build::new(b"x", b"");
            (line.value, line.wrap) = (content, wrap);
            let text = [b"dn:\n", &write(&line)[..]].concat();
            let record = Records::new(&text, Rules::STRICT).next().unwrap().unwrap();
            let Body::Content(mut attributes) = record.body() else { panic!() };
            let value = attributes.next().unwrap().unwrap().value();
            assert_eq!(value.to_cow().unwrap(), data);
        }
    }
    let mut url = Build::new(b"x", b"");
    url.value = Content::Url(data);
    assert_eq!(url.encoded_len().is_ok(), data.iter().all(u8::is_ascii_graphic));
}

/// What is escaped is ASCII, and stands for the same bytes.
pub(super) fn check_escaped(data: &[u8]) {
    let filter = FilterValue(data).to_string();
    assert_eq!(FilterValue(data).encoded_len(), filter.len());
    let mut out = vec![0; filter.len()];
    assert_eq!(FilterValue(data).encode(&mut out), Ok(filter.len()));
    assert_eq!(out, filter.as_bytes());
    assert_eq!(unescape(&filter, "*()"), data);

    let dn = DnValue(data).to_string();
    assert_eq!(DnValue(data).encoded_len(), dn.len());
    let mut out = vec![0; dn.len()];
    assert_eq!(DnValue(data).encode(&mut out), Ok(dn.len()));
    assert_eq!(out, dn.as_bytes());
    assert!(!dn.starts_with([' ', '#']) && (!dn.ends_with(' ') || dn.ends_with("\\ ")));
    assert_eq!(unescape(&dn, "\"+,;<>"), data);
    for text in [filter, dn] {
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    }
}

/// Undoes `\` with two hexadecimal digits or one other character behind it, and demands that no other
/// character is `special`.
fn unescape(text: &str, special: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
        if text[at] != b'\\' {
            assert!(!special.contains(char::from(text[at])), "not escaped");
            bytes.push(text[at]);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            bytes.push((high * 16 + low) as u8);
            at += 3;
        } else {
            bytes.push(text[at + 1]);
            at += 2;
        }
    }
    bytes
}
