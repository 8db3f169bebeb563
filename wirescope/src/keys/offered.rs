//! The key that a client offers.

use ldif_keys::Key;

/// What sshd knows of the offered key.
#[derive(Debug, clap::Args)]
pub(super) struct Offered {
    /// Take this key alone, given in base64: sshd's %k
    #[arg(long, value_name = "BASE64")]
    key: Option<String>,

    /// Take the key with this fingerprint alone, `SHA256:…`: sshd's %f
    #[arg(long, value_name = "FINGERPRINT")]
    fingerprint: Option<String>,

    /// Take keys of this type alone, such as `ssh-ed25519`: sshd's %t
    #[arg(long = "type", value_name = "TYPE")]
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
            && self.fingerprint.as_ref().is_none_or(|hash| *hash == key.fingerprint().to_string())
    }
}
