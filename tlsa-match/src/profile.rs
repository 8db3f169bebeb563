use crate::MatchingType;

/// What an application accepts.
///
/// ```
/// use tlsa_match::{MatchingType, Profile};
///
/// // For mail, SHA-256 before SHA-512, and no more than ten records.
/// let mut profile = Profile::SMTP;
/// profile.digests = &[MatchingType::SHA2_256, MatchingType::SHA2_512];
/// profile.limits.records = 10;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Profile<'a> {
    /// Whether the usages that need trusted roots, PKIX-TA and PKIX-EE, can be used.
    pub pkix: bool,
    /// Whether DANE-EE owes a check of names, against RFC 7671 §5.1, as OpenSSL does it unless told
    /// otherwise: a server could else be made to answer for another one that has the same key.
    pub end_entity_names: bool,
    /// The digests that are accepted, the strongest first: where records of the same usage and
    /// selector have several, only those with the strongest are looked at (RFC 7671 §9).
    pub digests: &'a [MatchingType],
    /// The most that is looked at.
    pub limits: Limits,
}

impl Profile<'_> {
    /// All usages, and SHA-512 before SHA-256.
    pub const DEFAULT: Self = Self {
        pkix: true,
        end_entity_names: false,
        digests: &[MatchingType::SHA2_512, MatchingType::SHA2_256],
        limits: Limits::DEFAULT,
    };

    /// Mail between servers: without the usages that need trusted roots (RFC 7672 §3.1.3), and no
    /// names for DANE-EE (§3.1.1).
    pub const SMTP: Self = Self { pkix: false, ..Self::DEFAULT };
}

/// [`Profile::DEFAULT`].
impl Default for Profile<'_> {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The most that is looked at. More is an error, and nothing is dropped in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// Records of a set.
    pub records: usize,
    /// Certificates of a chain.
    pub chain: usize,
    /// Bytes of a certificate or a key.
    pub certificate: usize,
}

impl Limits {
    /// 100 records, 16 certificates of 65535 bytes each.
    pub const DEFAULT: Self = Self { records: 100, chain: 16, certificate: 65535 };
}

/// [`Limits::DEFAULT`].
impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
