//! A key line to a checked key, and to a line again.

use crate::{Case, contender};
use criterion::Criterion;

pub(crate) fn keys(criterion: &mut Criterion) {
    for (name, line) in KEYS {
        let cases: [Case<usize>; 1] = [(line.as_bytes().to_vec(), line.len())];

        let mut group = criterion.benchmark_group(format!("check an {name} key"));
        contender(&mut group, "ldif-keys", &cases, |line| {
            ldif_keys::Key::parse(line).ok().map(|key| usize::from(key.bits() > 0) * line.len())
        });
        contender(&mut group, "ssh-key", &cases, |line| {
            let key = ssh_key::PublicKey::from_openssh(std::str::from_utf8(line).ok()?).ok()?;
            Some(usize::from(key.algorithm().as_str() != "") * line.len())
        });
        contender(&mut group, "openssh-keys", &cases, |line| {
            let key = openssh_keys::PublicKey::parse(std::str::from_utf8(line).ok()?).ok()?;
            Some(usize::from(key.keytype() != "") * line.len())
        });
        group.finish();

        let mut group = criterion.benchmark_group(format!("check and write an {name} key"));
        contender(&mut group, "ldif-keys", &cases, |line| {
            let key = ldif_keys::Key::parse(line).ok()?;
            let mut out = [0; 1024];
            key.authorize(ldif_keys::Policy::Refuse).ok()?.encode(&mut out).ok()
        });
        contender(&mut group, "ssh-key", &cases, |line| {
            let key = ssh_key::PublicKey::from_openssh(std::str::from_utf8(line).ok()?).ok()?;
            let mut out = [0; 1024];
            key.encode_openssh(&mut out).ok().map(str::len)
        });
        contender(&mut group, "openssh-keys", &cases, |line| {
            let key = openssh_keys::PublicKey::parse(std::str::from_utf8(line).ok()?).ok()?;
            Some(key.to_key_format().len())
        });
        group.finish();
    }
}

/// Made by `ssh-keygen -t ed25519`, `-t ecdsa -b 256` and `-t rsa -b 2048`.
const KEYS: [(&str, &str); 3] = [
    (
        "Ed25519",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDq/JgYH8Fm4g32AQmTkAoBEyUV8/MIGPYxo4/odtSwi user1@example.com",
    ),
    (
        "ECDSA",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDRUbUCz3IA29H8SbNWzAmI1NnQeGdTnndzH4CVo6CFZYvPp71DwKk/B13nn9klT2W+KN5IaEJSeVh4ZPs6s6is= user1@example.com",
    ),
    (
        "RSA",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCCWCeCN/7jN9jag4PUAVO+jgJzMDgcIy8htLMfyyZge9CtCQTu5/RySOcIHNZsVVyv/I9dC1sZVwYwvGX8amjzkqLqIELndm0Ma0ZIDlEhMdpkUbnIa5t9xrPSRuImgM1JP2pVWS9tKVksYxoMMbHPmssbf7XJI1kVlZ01E+Mkn+UabPpNIqn/eFv4ljW+vpXBfzE7pY+iarydgro9XPMAdbapixH2FsxsPffLAjKTn3fLBmSnmEcJeti19X6/T9ARhfKM28y3ch9aUgoqtjfJo8w8reLU0d9f9uDvrvQ+6JVx7m2JlavkA27Obl+FynaBTZEc6x6jKn+d9/zG6bYv user1@example.com",
    ),
];
