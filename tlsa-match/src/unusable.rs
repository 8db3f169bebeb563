use crate::Dnssec;
use core::fmt;
use wire_error::Error;

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unusable {
    /// It could not be read.
    Malformed(Error),
    /// Nothing is known of its usage.
    Usage,
    /// Its usage needs trusted roots, and the [profile](crate::Profile::pkix) has none.
    Pkix,
    /// Nothing is known of its selector.
    Selector,
    /// Nothing is known of its matching type.
    MatchingType,
    /// The [profile](crate::Profile::digests) does not accept its digest.
    Digest,
    /// Its digest has another length than such digests have.
    Length {
        /// The length of such digests.
        expected: usize,
        /// The length of this one.
        found: usize,
    },
    /// Its data is not the certificate, or the key, that it should be. Offsets count from the start of
    /// the data.
    Data(Error),
    /// The answer that it came in is not secure.
    Dnssec(Dnssec),
}

/// A phrase such as `the digest is of length 31 and not 32`.
impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) | Self::Data(error) => error.fmt(f),
            Self::Usage => f.write_str("the usage is unknown"),
            Self::Pkix => f.write_str("the usage needs trusted roots"),
            Self::Selector => f.write_str("the selector is unknown"),
            Self::MatchingType => f.write_str("the matching type is unknown"),
            Self::Digest => f.write_str("the digest is not accepted"),
            Self::Length { expected, found } => {
                write!(f, "the digest is of length {found} and not {expected}")
            }
            Self::Dnssec(state) => write!(f, "DNSSEC: {state}"),
        }
    }
}
