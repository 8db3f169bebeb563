use crate::{
    Association, Hash, MatchingType, PublicKey, Selector,
    der::{BIT_STRING, Element, INTEGER, Reader, SEQUENCE},
};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// An X.509 certificate, of which the key is looked for and nothing else.
///
/// ```
/// use tlsa_match::Certificate;
///
/// # let der = &include_bytes!("../tests/data/leaf-ed25519.der")[..];
/// let certificate = Certificate::parse(der)?;
/// // An Ed25519 key takes 44 bytes with what says so (RFC 8410 §4).
/// assert_eq!(certificate.public_key().as_bytes().len(), 44);
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Certificate<'a> {
    bytes: &'a [u8],
    public_key: PublicKey<'a>,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate, whole, in DER.
    ///
    /// The walk is strict in all that leads to the key: each tag on the way, lengths, and that nothing
    /// follows. It does not look into names, times and extensions: DANE-EE does not ask for them
    /// (RFC 7671 §5.1), and who does ask has to read them with care.
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) if the input ends too early.
    /// - [`TrailingData`](ErrorKind::TrailingData) if something follows the certificate or a part of
    ///   it.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) for another tag or form of length.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if a length could be shorter, or is too long for
    ///   where it stands.
    /// - [`Missing`](ErrorKind::Missing) if a part is.
    /// - [`UnsupportedVersion`](ErrorKind::UnsupportedVersion) after version 3.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) if a key or a signature is not of whole octets.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let certificate = Element::whole(input, SEQUENCE, "certificate")?;
        let mut parts = certificate.contents();
        let mut tbs = parts.element(SEQUENCE, "TBS certificate")?.contents();
        parts.element(SEQUENCE, "signature algorithm")?;
        let signature = parts.element(BIT_STRING, "signature")?;
        signature.contents().whole_octets("signature")?;
        parts.end("certificate")?;

        // Absent in certificates of version 1.
        if let Some(version) = tbs.optional(VERSION, "version")? {
            self::version(version.contents())?;
        }
        tbs.element(INTEGER, "serial number")?;
        tbs.element(SEQUENCE, "signature")?;
        tbs.element(SEQUENCE, "issuer")?;
        tbs.element(SEQUENCE, "validity")?;
        tbs.element(SEQUENCE, "subject")?;
        let public_key = PublicKey::read(&mut tbs)?;
        tbs.optional(ISSUER_UNIQUE_ID, "issuer unique identifier")?;
        tbs.optional(SUBJECT_UNIQUE_ID, "subject unique identifier")?;
        tbs.optional(EXTENSIONS, "extensions")?;
        tbs.end("TBS certificate")?;
        Ok(Self { bytes: certificate.as_bytes(), public_key })
    }

    /// Returns the key, as it was received.
    #[inline]
    #[must_use]
    pub const fn public_key(&self) -> PublicKey<'a> {
        self.public_key
    }

    /// Returns the whole certificate.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the data of a record about this certificate, `None` if no one can say how it is made
    /// for this selector or matching type.
    #[must_use]
    pub fn association(
        &self,
        selector: Selector,
        matching_type: MatchingType,
        hash: &(impl Hash + ?Sized),
    ) -> Option<Association<'a>> {
        Association::of(self.selected(selector)?, matching_type, hash)
    }

    /// Returns the part that a record with this selector is about.
    #[inline]
    pub(crate) const fn selected(&self, selector: Selector) -> Option<&'a [u8]> {
        match selector {
            Selector::CERT => Some(self.bytes),
            Selector::SPKI => Some(self.public_key.as_bytes()),
            _ => None,
        }
    }
}

impl fmt::Debug for Certificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("len", &self.bytes.len())
            .field("public_key", &self.public_key)
            .finish()
    }
}

fn version(mut explicit: Reader<'_>) -> Result<()> {
    let version = explicit.element(INTEGER, "version")?.contents();
    explicit.end("version")?;
    if version.is_empty() {
        return Err(ErrorKind::Missing.at("version", version.offset()));
    }
    match version.number() {
        // OpenSSL reads a version 1 that is spelled out, too.
        0..=2 => Ok(()),
        found => Err(ErrorKind::UnsupportedVersion { found }.at("version", version.offset())),
    }
}

// RFC 5280 §4.1: the tags of the fields that may be absent.
const VERSION: u8 = 0xa0;
const ISSUER_UNIQUE_ID: u8 = 0x81;
const SUBJECT_UNIQUE_ID: u8 = 0x82;
const EXTENSIONS: u8 = 0xa3;
