use crate::{
    PublicKey,
    der::{BIT_STRING, Element, INTEGER, SEQUENCE},
};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// A request for a certificate (PKCS #10, RFC 2986): it has the key of the next certificate, whose
/// record is to be published before the certificate is used (RFC 7671 §8.1).
///
/// Its signature is not verified.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Request<'a> {
    bytes: &'a [u8],
    public_key: PublicKey<'a>,
}

impl<'a> Request<'a> {
    /// Reads a request, whole, in DER.
    ///
    /// # Errors
    ///
    /// Those of [`Certificate::parse`](crate::Certificate::parse).
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let request = Element::whole(input, SEQUENCE, "certification request")?;
        let mut parts = request.contents();
        let mut information =
            parts.element(SEQUENCE, "certification request information")?.contents();
        parts.element(SEQUENCE, "signature algorithm")?;
        parts.element(BIT_STRING, "signature")?.contents().whole_octets("signature")?;
        parts.end("certification request")?;

        let version = information.element(INTEGER, "version")?.contents();
        if version.is_empty() {
            return Err(ErrorKind::Missing.at("version", version.offset()));
        }
        let found = version.number();
        if found != 0 {
            return Err(ErrorKind::UnsupportedVersion { found }.at("version", version.offset()));
        }
        information.element(SEQUENCE, "subject")?;
        let public_key = PublicKey::read(&mut information)?;
        // Required by RFC 2986 §4.1, and left out by some: OpenSSL reads those, too.
        information.optional(ATTRIBUTES, "attributes")?;
        information.end("certification request information")?;
        Ok(Self { bytes: request.as_bytes(), public_key })
    }

    /// Returns the key, as it was received.
    #[inline]
    #[must_use]
    pub const fn public_key(&self) -> PublicKey<'a> {
        self.public_key
    }

    /// Returns the whole request.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("len", &self.bytes.len())
            .field("public_key", &self.public_key)
            .finish()
    }
}

const ATTRIBUTES: u8 = 0xa0;
