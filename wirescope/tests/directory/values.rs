//! Keys, and what they are composed of.

use base64::{Engine, prelude::BASE64_STANDARD};
use std::{fs, path::Path, process::Command};

/// A key pair in a file, for logging in.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) private: String,
    /// Type and base64.
    pub(super) public: String,
}

/// Makes a key pair.
pub(super) fn pair(folder: &Path, name: &str, args: &[&str]) -> Pair {
    let private = folder.join(name);
    let made = Command::new("ssh-keygen")
        .args(["-q", "-N", "", "-C", "", "-f"])
        .arg(&private)
        .args(args)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let public = fs::read_to_string(private.with_extension("pub")).unwrap();
    Pair { private: private.to_str().unwrap().into(), public: public.trim().into() }
}

/// Returns the bytes of a public key.
pub(super) fn blob(public: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(public.split(' ').nth(1).unwrap()).unwrap()
}

/// Composes a public key of its type and what follows it (RFC 4253 §6.6), as strings (RFC 4251 §5).
pub(super) fn compose(ty: &str, strings: &[&[u8]]) -> String {
    let mut blob = Vec::new();
    for string in [&[ty.as_bytes()], strings].concat() {
        blob.extend(u32::try_from(string.len()).unwrap().to_be_bytes());
        blob.extend(string);
    }
    line(ty, &blob)
}

/// Returns type and base64 of a public key.
pub(super) fn line(ty: &str, blob: &[u8]) -> String {
    format!("{ty} {}", BASE64_STANDARD.encode(blob))
}

/// Returns the strings that a blob is made of, behind its type.
pub(super) fn strings(blob: &[u8]) -> Vec<Vec<u8>> {
    let mut strings = Vec::new();
    let mut rest = blob;
    while let Some((len, behind)) = rest.split_first_chunk() {
        let (string, behind) = behind.split_at(u32::from_be_bytes(*len).try_into().unwrap());
        strings.push(string.to_vec());
        rest = behind;
    }
    strings.split_off(1)
}
