use crate::{
    Association, Hash, MatchingType,
    der::{BIT_STRING, Element, OBJECT_IDENTIFIER, Reader, SEQUENCE},
};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// A `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7): what selector SPKI is about, and what a server sends
/// that has a raw key and no certificate (RFC 7250).
///
/// Its bytes are those that were received. A key is never encoded anew, which may give other bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey<'a>(&'a [u8]);

impl<'a> PublicKey<'a> {
    /// Reads a `SubjectPublicKeyInfo`, whole, in DER. A private key is none.
    ///
    /// # Errors
    ///
    /// Those of [`Certificate::parse`](crate::Certificate::parse).
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        Self::check(Element::whole(input, SEQUENCE, "public key")?)
    }

    /// Returns its bytes, with their tag and length.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the data of a record with selector SPKI about this key, `None` if no one can say how
    /// it is made for this matching type.
    #[must_use]
    pub fn association(
        &self,
        matching_type: MatchingType,
        hash: &(impl Hash + ?Sized),
    ) -> Option<Association<'a>> {
        Association::of(self.0, matching_type, hash)
    }

    /// Reads the key that comes next.
    #[inline]
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self> {
        Self::check(reader.element(SEQUENCE, "public key")?)
    }

    #[inline]
    fn check(key: Element<'a>) -> Result<Self> {
        let mut parts = key.contents();
        let mut algorithm = parts.element(SEQUENCE, "key algorithm")?.contents();
        let identifier = algorithm.element(OBJECT_IDENTIFIER, "key algorithm")?.contents();
        if identifier.is_empty() {
            return Err(ErrorKind::Missing.at("key algorithm", identifier.offset()));
        }
        algorithm.any("key parameters")?;
        algorithm.end("key algorithm")?;
        let bits = parts.element(BIT_STRING, "key bits")?.contents();
        bits.whole_octets("key bits")?;
        parts.end("public key")?;
        Ok(Self(key.as_bytes()))
    }
}

impl fmt::Debug for PublicKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey").field("len", &self.0.len()).finish()
    }
}
