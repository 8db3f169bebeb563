use core::fmt;

/// The type of a key: those that a line of `authorized_keys` can have in OpenSSH 10.5.
///
/// DSA is gone from OpenSSH, and a certificate on such a line is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// `ssh-ed25519`.
    Ed25519,
    /// `sk-ssh-ed25519@openssh.com`, on a FIDO authenticator.
    SkEd25519,
    /// `ecdsa-sha2-nistp256`.
    EcdsaNistp256,
    /// `ecdsa-sha2-nistp384`.
    EcdsaNistp384,
    /// `ecdsa-sha2-nistp521`.
    EcdsaNistp521,
    /// `sk-ecdsa-sha2-nistp256@openssh.com`, on a FIDO authenticator.
    SkEcdsaNistp256,
    /// `ssh-rsa`.
    Rsa,
    /// `ssh-mldsa44-ed25519@openssh.com`, two signatures in one.
    Mldsa44Ed25519,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Ed25519,
        Self::SkEd25519,
        Self::EcdsaNistp256,
        Self::EcdsaNistp384,
        Self::EcdsaNistp521,
        Self::SkEcdsaNistp256,
        Self::Rsa,
        Self::Mldsa44Ed25519,
    ];

    /// Returns the algorithm of this name.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().as_bytes() == name)
    }

    /// Returns the name that the line and the key itself have.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ssh-ed25519",
            Self::SkEd25519 => "sk-ssh-ed25519@openssh.com",
            Self::EcdsaNistp256 => "ecdsa-sha2-nistp256",
            Self::EcdsaNistp384 => "ecdsa-sha2-nistp384",
            Self::EcdsaNistp521 => "ecdsa-sha2-nistp521",
            Self::SkEcdsaNistp256 => "sk-ecdsa-sha2-nistp256@openssh.com",
            Self::Rsa => "ssh-rsa",
            Self::Mldsa44Ed25519 => "ssh-mldsa44-ed25519@openssh.com",
        }
    }

    /// Returns what `ssh-keygen -l` and sshd's log call it.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ED25519",
            Self::SkEd25519 => "ED25519-SK",
            Self::EcdsaNistp256 | Self::EcdsaNistp384 | Self::EcdsaNistp521 => "ECDSA",
            Self::SkEcdsaNistp256 => "ECDSA-SK",
            Self::Rsa => "RSA",
            Self::Mldsa44Ed25519 => "MLDSA44-ED25519",
        }
    }
}

/// Writes the [name](Algorithm::name).
impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
