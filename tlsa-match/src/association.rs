use crate::{Hash, MatchingType};
use core::fmt;

/// The data of a record that is to be written: what a matching type makes of a certificate or a key.
///
/// ```
/// use tlsa_match::{Certificate, MatchingType, Record, Selector, Usage};
///
/// # struct Hash;
/// # impl tlsa_match::Hash for Hash {
/// #     fn sha256(&self, _: &[u8]) -> [u8; 32] { [0xab; 32] }
/// #     fn sha512(&self, _: &[u8]) -> [u8; 64] { [0; 64] }
/// # }
/// # let (der, hash) = (&include_bytes!("../tests/data/leaf-ed25519.der")[..], Hash);
/// let certificate = Certificate::parse(der)?;
/// let (selector, matching_type) = (Selector::SPKI, MatchingType::SHA2_256);
/// let association = certificate.association(selector, matching_type, &hash).expect("both are known");
/// let data = association.as_bytes();
/// let record = Record { usage: Usage::DANE_EE, selector, matching_type, data };
/// assert!(record.to_string().starts_with("3 1 1 abab"));
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Association<'a>(Data<'a>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Data<'a> {
    Full(&'a [u8]),
    Sha256([u8; 32]),
    Sha512([u8; 64]),
}

impl<'a> Association<'a> {
    pub(crate) fn of(
        selected: &'a [u8],
        matching_type: MatchingType,
        hash: &(impl Hash + ?Sized),
    ) -> Option<Self> {
        match matching_type {
            MatchingType::FULL => Some(Self(Data::Full(selected))),
            MatchingType::SHA2_256 => Some(Self(Data::Sha256(hash.sha256(selected)))),
            MatchingType::SHA2_512 => Some(Self(Data::Sha512(hash.sha512(selected)))),
            _ => None,
        }
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Data::Full(bytes) => bytes,
            Data::Sha256(digest) => digest,
            Data::Sha512(digest) => digest,
        }
    }
}

impl fmt::Debug for Association<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Association").field("len", &self.as_bytes().len()).finish()
    }
}
