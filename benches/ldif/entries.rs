//! Whole LDIF to values: the lengths of all names and values, summed up.
//!
//! Entries as `ldapsearch -LLL` prints them, with all attributes or with those alone that hold keys.

use crate::{Case, contender, libldap};
use criterion::Criterion;
use ldif_keys::{Body, Records, Rules};

pub(crate) fn entries(criterion: &mut Criterion) {
    for (name, attributes, wrap) in [
        ("plain LDIF", ATTRIBUTES, None),
        ("folded LDIF", ATTRIBUTES, Some(78)),
        ("plain LDIF, keys only", &[], None),
        ("folded LDIF, keys only", &[], Some(78)),
    ] {
        let mut group = criterion.benchmark_group(name);
        let cases = [ldif(attributes, wrap)];
        contender(&mut group, "ldif-keys", &cases, ldif_keys());
        contender(&mut group, "libldap", &cases, libldap());
        contender(&mut group, "floor", &cases, floor(wrap));
        group.finish();
    }
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("objectClass", "top"),
    ("objectClass", "person"),
    ("objectClass", "organizationalPerson"),
    ("objectClass", "inetOrgPerson"),
    ("objectClass", "posixAccount"),
    ("objectClass", "ldapPublicKey"),
    ("cn", "User #"),
    ("sn", "Test"),
    ("uid", "user#"),
    ("uidNumber", "100#"),
    ("gidNumber", "100"),
    ("homeDirectory", "/home/user#"),
    ("mail", "user#@example.com"),
];

/// 100 users with these attributes and with two keys, of the lengths of Ed25519 and RSA, and what all
/// names and values measure together.
fn ldif(attributes: &[(&str, &str)], wrap: Option<usize>) -> Case<u64> {
    let mut text = String::new();
    let mut sum = 0;
    let mut write = |line: &str| {
        for (at, character) in line.chars().enumerate() {
            if wrap.is_some_and(|wrap| at >= wrap && (at - wrap) % (wrap - 1) == 0) {
                text += "\n ";
            }
            text.push(character);
        }
        text.push('\n');
    };
    for n in 0..100 {
        let key = |len| (0..len).map(|at| char::from(b'A' + ((at * 7 + n) % 26) as u8)).collect();
        let keys: [String; 2] = [68, 372].map(key);
        let keys = keys.map(|key| ("sshPublicKey", format!("ssh-rsa {key} user#@example.com")));
        let dn = ("dn", "uid=user#,ou=People,dc=example,dc=com");
        let all = [dn].into_iter().chain(attributes.iter().copied());
        let keys = keys.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in all.chain(keys) {
            let value = value.replace('#', &n.to_string());
            sum += (name.len() + value.len()) as u64;
            write(&format!("{name}: {value}"));
        }
        write("");
    }
    (text.into(), sum)
}

/// Copies first, as libldap has to, and reads by lenient rules.
fn ldif_keys() -> impl FnMut(&[u8]) -> Option<u64> {
    let (mut input, mut buffer) = (Vec::new(), [0; 1024]);
    move |bytes| {
        input.clear();
        input.extend_from_slice(bytes);
        let mut sum = 0;
        for record in Records::new(&input, Rules::LENIENT) {
            let record = record.ok()?;
            sum += "dn".len() + record.dn()?.decode(&mut buffer).ok()?.len();
            let Body::Content(attributes) = record.body() else { return None };
            for attribute in attributes {
                let attribute = attribute.ok()?;
                let name = attribute.description().as_text().as_raw();
                sum += name.len() + attribute.value().decode(&mut buffer).ok()?.len();
            }
        }
        Some(sum as u64)
    }
}

fn libldap() -> impl FnMut(&[u8]) -> Option<u64> {
    let mut input = Vec::new();
    move |bytes| {
        input.clear();
        input.extend_from_slice(bytes);
        input.push(0);
        libldap::sum(&mut input)
    }
}

/// Copies, and finds the ends of lines. Of the rest it knows the answer: what is no name and no value
/// is two bytes and an end of line, or a fold.
fn floor(wrap: Option<usize>) -> impl FnMut(&[u8]) -> Option<u64> {
    let mut input = Vec::new();
    move |bytes| {
        input.clear();
        input.extend_from_slice(bytes);
        let mut sum = 0;
        let mut rest = &input[..];
        while let Some(feed) = memchr::memchr(b'\n', rest) {
            match rest[0] {
                b'\n' => {}
                b' ' if wrap.is_some() => sum += feed as u64 - 1,
                _ => sum += feed as u64 - 2,
            }
            rest = &rest[feed + 1..];
        }
        Some(sum)
    }
}
