//! SSH keys in values: the oracle of the keys of `ldif-keys`.

mod model;
pub mod naive;

pub use self::{
    model::{Model, check_model},
    naive::SeenKey,
};

use crate::bytes::model;
use ldif_keys::{ErrorKind, Key, KeyOptions, Keys, Policy, Prefix, QuotedOption, Reason, Refusal};
use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

/// Holds every promise of `ldif_keys` about keys against arbitrary bytes: as a value, and as bytes
/// that choose one.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    check_value(data);
    check_model(&model(data));
    check_options(data);
}

/// What a refusal says.
type Refused = (Reason, usize);

fn refused(refusal: Refusal, value: &[u8]) -> Refused {
    assert!(refusal.offset() <= value.len(), "{refusal}: behind the end");
    let text = refusal.to_string();
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    let name = refusal.reason().name();
    assert!(
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'6' || byte == b'4')
    );
    (refusal.reason(), refusal.offset())
}

/// Holds every promise about a value against one.
///
/// # Panics
///
/// If one is broken.
pub fn check_value(value: &[u8]) {
    let parsed = Key::parse(value);
    let seen = parsed.map(|key| see(&key)).map_err(|refusal| refused(refusal, value));
    assert_eq!(seen, naive::key(value), "{}", value.escape_ascii());
    if let Ok(key) = parsed {
        check_blob(&key);
        check_line(&key, value);
    }
    check_keys(value);
}

fn see(key: &Key<'_>) -> SeenKey {
    let algorithm = key.algorithm();
    assert_eq!(ldif_keys::Algorithm::from_name(algorithm.name().as_bytes()), Some(algorithm));
    assert_eq!(algorithm.to_string(), algorithm.name());
    let text = format!("{key:?}");
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    assert!(text.starts_with("Key {") && text.len() < 4000);
    SeenKey {
        name: algorithm.name(),
        bits: key.bits(),
        blob: key.blob().bytes().collect(),
        comment: key.comment().to_vec(),
        has_options: !key.options().is_empty(),
    }
}

/// The bytes of a key by all ways to get them.
fn check_blob(key: &Key<'_>) {
    let blob = key.blob();
    let bytes: Vec<u8> = blob.bytes().collect();
    assert_eq!((blob.len(), blob.bytes().len()), (bytes.len(), bytes.len()));
    for n in [0, 1, 2, 3, 4, 7, bytes.len() / 2, bytes.len() - 1, bytes.len(), usize::MAX] {
        let mut left = blob.bytes();
        left.next();
        assert_eq!(left.nth(n), bytes[1..].get(n).copied(), "{n}");
        let behind = n.saturating_add(2).min(bytes.len());
        assert_eq!(left.len(), bytes.len() - behind);
        assert!(left.eq(bytes[behind..].iter().copied()));
    }
    let mut out = vec![0; bytes.len()];
    assert_eq!(blob.encode(&mut out), Ok(bytes.len()));
    assert_eq!(out, bytes);
    let kind = ErrorKind::BufferTooSmall { needed: bytes.len(), available: bytes.len() - 1 };
    assert_eq!(blob.encode(&mut out[1..]).unwrap_err().kind(), kind);

    let text = crate::ldif::base64(&bytes);
    let mut out = vec![0; text.len()];
    assert_eq!(blob.encode_base64(&mut out), Ok(text.len()));
    assert_eq!(out, text);
    // Raw, in base64, and with its name: the same key.
    let raw = Key::parse(&bytes).unwrap();
    let bare = Key::parse(&text).unwrap();
    let hash = BuildHasherDefault::<DefaultHasher>::default();
    for other in [raw.blob(), bare.blob()] {
        assert_eq!((other, other.cmp(&blob)), (blob, std::cmp::Ordering::Equal));
        assert_eq!(hash.hash_one(other), hash.hash_one(blob));
    }
    assert_eq!(key.fingerprint(), raw.fingerprint());
    assert_eq!(key.fingerprint().to_string().len(), "SHA256:".len() + 43);
    assert_eq!(key.fingerprint().to_string().parse(), Ok(key.fingerprint()));
    assert_eq!(raw, bare);
    assert_eq!(hash.hash_one(raw), hash.hash_one(bare));
    let distinct: HashSet<_> = [raw.blob(), bare.blob(), blob].into();
    assert_eq!(distinct.len(), 1);
}

/// A line for sshd is one line, and the same key, whatever the value was.
fn check_line(key: &Key<'_>, value: &[u8]) {
    let prefix = Prefix::parse("restrict,command=\"a \\\"b\\\"\"").unwrap();
    let list: Vec<&str> = ["from", "PTY", "environment"].into_iter().chain(naive::NAMES).collect();
    let list = &list[..list.len() * (value.len() % 3) / 2];
    let forced = [Policy::Force(prefix), Policy::Replace(prefix)];
    for policy in [Policy::Refuse, Policy::Strip, Policy::Allow(list)].into_iter().chain(forced) {
        let line = match (key.authorize(policy), naive::line(value, policy)) {
            (Ok(line), Ok(expected)) => {
                assert_eq!(line.to_string(), expected);
                line
            }
            (Err(refusal), Err(expected)) => {
                assert_eq!(refused(refusal, value), expected);
                continue;
            }
            (ours, naive) => panic!("{ours:?} is {naive:?} of {}", value.escape_ascii()),
        };
        let text = line.to_string();
        let len = text.len();
        assert!(len <= ldif_keys::AuthorizedKey::MAX_LEN && len == line.encoded_len());
        let mut out = vec![0; len];
        assert_eq!(line.encode(&mut out), Ok(len));
        assert_eq!(out, text.as_bytes());
        assert!(line.encode(&mut vec![0; len - 1]).is_err());
        // S1 and S2: no byte in it can end the line or cut it.
        assert!(out.iter().all(|byte| matches!(byte, b' '..=b'~')), "{text:?}");
        let again = Key::parse(&out).unwrap();
        assert_eq!(again.blob(), key.blob());
        assert!(again.options().all(|option| option.is_ok()));
        // What is written is written again as it is.
        let all: Vec<&str> = naive::NAMES.into();
        if !matches!(policy, Policy::Force(_) | Policy::Replace(_)) {
            assert_eq!(again.authorize(Policy::Allow(&all)).unwrap().to_string(), text);
        }
    }
}

/// A value of several lines is each of its lines.
fn check_keys(value: &[u8]) {
    let seen: Vec<_> = Keys::new(value)
        .map(|it| it.map(|key| see(&key)).map_err(|refusal| refused(refusal, value)))
        .collect();
    assert_eq!(seen, naive::keys(value));
    let mut keys = Keys::new(value);
    assert_eq!(keys.by_ref().count(), seen.len());
    assert!(keys.next().is_none(), "not fused");
}

/// Options of their own.
fn check_options(data: &[u8]) {
    if let Ok(quoted) = QuotedOption::new(data) {
        let options = format!("command={quoted}");
        Prefix::parse(&options).unwrap();
        let line = format!("{options} ssh-ed25519 {}", naive::ED25519);
        let key = Key::parse(line.as_bytes()).unwrap();
        let options: KeyOptions<'_> = key.options();
        let values: Vec<Vec<u8>> =
            options.map(|option| option.unwrap().value().unwrap().bytes().collect()).collect();
        assert_eq!(values, [data]);
    } else {
        let is_printable = data.iter().all(|byte| matches!(byte, b' '..=b'~'));
        assert!(!is_printable || data.ends_with(b"\\"));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parsed = Prefix::parse(text).map(drop).map_err(|refusal| refused(refusal, data));
    assert_eq!(parsed, naive::prefix(text), "{text:?}");
}
