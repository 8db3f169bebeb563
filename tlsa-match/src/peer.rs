use crate::{Certificate, Limits, PublicKey, Selector};
use wire_error::{ErrorKind, Result};

/// What a peer has sent to show who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Peer<'a> {
    /// Certificates: its own first, and each of the others has issued the one before it.
    ///
    /// Whether it has is not looked at here. Servers need not send their root: for PKIX-TA it has to be
    /// here all the same, from among those that are trusted, or its record matches nothing (RFC 6698
    /// §2.1.1).
    Chain(&'a [Certificate<'a>]),
    /// A raw key (RFC 7250), which only `3 1 x` can match (RFC 7671 §5.1).
    RawKey(PublicKey<'a>),
}

impl<'a> Peer<'a> {
    /// Returns how many depths there are.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Chain(chain) => chain.len(),
            Self::RawKey(_) => 1,
        }
    }

    /// Returns what a record with this selector is about at this depth.
    #[inline]
    pub(crate) fn selected(&self, depth: usize, selector: Selector) -> Option<&'a [u8]> {
        match self {
            Self::Chain(chain) => chain.get(depth)?.selected(selector),
            Self::RawKey(key) if selector == Selector::SPKI => Some(key.as_bytes()),
            Self::RawKey(_) => None,
        }
    }

    /// Returns whether the end entity's certificate is at this depth, where it may be again.
    #[inline]
    pub(crate) fn is_end_entity(&self, depth: usize) -> bool {
        self.selected(depth, Selector::CERT)
            .is_some_and(|certificate| Some(certificate) == self.selected(0, Selector::CERT))
    }

    #[inline]
    pub(crate) fn check(&self, limits: &Limits) -> Result<()> {
        let over = |limit| ErrorKind::LimitExceeded { limit };
        let is_long = |bytes: &[u8]| bytes.len() > limits.certificate;
        match self {
            Self::Chain(chain) if chain.len() > limits.chain => {
                Err(over(limits.chain).at("certificates of a chain", 0))
            }
            Self::Chain(chain) if chain.iter().any(|one| is_long(one.as_bytes())) => {
                Err(over(limits.certificate).at("certificate", 0))
            }
            Self::RawKey(key) if is_long(key.as_bytes()) => {
                Err(over(limits.certificate).at("public key", 0))
            }
            _ => Ok(()),
        }
    }
}
