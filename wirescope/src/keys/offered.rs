//! The key that a client offers.

use clap::builder::NonEmptyStringValueParser;
use ldif_keys::{Fingerprint, Key, Reason};

/// What sshd knows of the offered key.
#[derive(Debug, clap::Args)]
pub(super) struct Offered {
    /// Take this key alone, given in base64: sshd's %k
    #[arg(long, value_name = "BASE64", value_parser = key)]
    key: Option<String>,

    /// Take the key with this fingerprint alone, `SHA256:…`: sshd's %f
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    fingerprint: Option<Fingerprint>,

    /// Take keys of this type alone, such as `ssh-ed25519`: sshd's %t
    #[arg(long = "type", value_name = "TYPE", value_parser = NonEmptyStringValueParser::new())]
    ty: Option<String>,
}

impl Offered {
    /// Returns whether this may be the key.
    pub(super) fn may_be(&self, key: &Key<'_>) -> bool {
        let is_key = |offered: &String| {
            // A certificate, for one, is none of the keys of a directory.
            Key::parse(offered.as_bytes()).is_ok_and(|offered| offered.blob() == key.blob())
        };
        self.ty.as_ref().is_none_or(|ty| ty == key.algorithm().name())
            && self.key.as_ref().is_none_or(is_key)
            && self.fingerprint.is_none_or(|fingerprint| fingerprint == key.fingerprint())
    }
}

/// Takes what sshd writes for a key of any type, one that is not known here or a certificate too.
fn key(text: &str) -> Result<String, &'static str> {
    let refusal = Key::parse(text.as_bytes()).err();
    let is_base64 = refusal.is_none_or(|refusal| refusal.reason() != Reason::Base64);
    // The name that it starts with has a length under 65536.
    if is_base64 && text.starts_with("AAAA") && !text.contains(char::is_whitespace) {
        Ok(text.into())
    } else {
        Err("not a key in base64")
    }
}

/// Takes what sshd writes for a fingerprint.
fn fingerprint(text: &str) -> Result<Fingerprint, &'static str> {
    if !text.starts_with("SHA256:") {
        return Err("not a SHA256 fingerprint: sshd needs FingerprintHash sha256");
    }
    text.parse().map_err(|_| "not 43 characters of base64 behind SHA256:")
}
