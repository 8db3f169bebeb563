mod text;

pub use self::text::{Generic, Hex, Mnemonics};

use crate::{Certificate, MatchingType, Profile, PublicKey, Selector, Unusable, Usage, grammar};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// The RDATA of a TLSA or SMIMEA record (RFC 6698 §2.1, RFC 8162 §2), to be read and written.
///
/// ```text
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Cert. Usage  |   Selector    | Matching Type |               /
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+               /
/// /                 Certificate Association Data                  /
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Any numbers and any data are a record. Whether it can be used is [another
/// question](Self::unusable).
///
/// Displayed as in a zone file, `3 1 1 d746e905…`.
///
/// ```
/// use tlsa_match::{MatchingType, Record, Selector, Usage};
///
/// let record = Record::parse(&[3, 1, 1, 0xd7, 0x46])?;
/// assert_eq!((record.usage, record.selector), (Usage::DANE_EE, Selector::SPKI));
/// assert_eq!((record.matching_type, record.data), (MatchingType::SHA2_256, &[0xd7, 0x46][..]));
/// assert_eq!(record.to_string(), "3 1 1 d746");
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Record<'a> {
    /// What the certificate or key is taken for.
    pub usage: Usage,
    /// Which part of a certificate it is about.
    pub selector: Selector,
    /// How that part is presented.
    pub matching_type: MatchingType,
    /// The certificate association data: that part, or its digest.
    pub data: &'a [u8],
}

impl<'a> Record<'a> {
    /// The most bytes that RDATA has: their number is sent in 16 bits.
    pub const MAX_LEN: usize = 65535;

    /// Reads RDATA, whole.
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) under three bytes.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) over [`MAX_LEN`](Self::MAX_LEN).
    #[inline]
    pub fn parse(rdata: &'a [u8]) -> Result<Self> {
        let found = rdata.len();
        match *rdata {
            [usage, selector, matching_type, ref data @ ..] if found <= Self::MAX_LEN => Ok(Self {
                usage: Usage(usage),
                selector: Selector(selector),
                matching_type: MatchingType(matching_type),
                data,
            }),
            [_, _, _, ..] => Err(ErrorKind::InvalidLength { found }.at("TLSA record", 0)),
            _ => Err(ErrorKind::Truncated { needed: 3, available: found }.at("TLSA record", 0)),
        }
    }

    /// Reads RDATA as text: what follows `TLSA` in a zone file, and what `dig +short` prints.
    ///
    /// The three numbers are decimal, without a sign, or the acronyms of RFC 7218 in any case. The
    /// data is hexadecimal in any case, with white space anywhere in it. `\# 35 030101…` is read, too
    /// (RFC 3597 §5), and parentheses and comments are.
    ///
    /// The data is decoded to the front of `buf`, for which half the length of the text is enough.
    ///
    /// ```
    /// use tlsa_match::{Record, Usage};
    ///
    /// let mut buf = [0; 64];
    /// let record = Record::parse_text(b"dane-ee SPKI 1 ( d7 46E ; in parts\n 9 )", &mut buf)?;
    /// assert_eq!((record.usage, record.data), (Usage::DANE_EE, &[0xd7, 0x46, 0xe9][..]));
    ///
    /// let error = Record::parse_text(b"+3 1 1 d746e9", &mut buf).unwrap_err();
    /// assert_eq!(error.to_string(), "certificate usage at byte 0: unexpected byte '+'");
    /// # Ok::<(), tlsa_match::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) if the text ends too early: in the middle of a byte, in
    ///   parentheses, or before the first byte of data.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) where it goes on otherwise.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) for a number over 255.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if the length of an RFC 3597 form is not that of
    ///   its data, or is no length of a record, or if there are more data than a record has.
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) if the data is longer than `buf`.
    pub fn parse_text(text: &[u8], buf: &'a mut [u8]) -> Result<Self> {
        grammar::record(text, false, buf)
    }

    /// Returns why the record cannot be used, if it cannot (RFC 6698 §4.1). The other records of its
    /// set and the state of DNSSEC are another question: see [`RrSet::standing`](crate::RrSet::standing).
    #[must_use]
    pub fn unusable(&self, profile: &Profile<'_>) -> Option<Unusable> {
        self.unusable_form(profile).or_else(|| {
            // The digests are of the right length by now.
            let parsed = match (self.matching_type, self.selector) {
                (MatchingType::FULL, Selector::CERT) => Certificate::parse(self.data).map(drop),
                (MatchingType::FULL, _) => PublicKey::parse(self.data).map(drop),
                _ => Ok(()),
            };
            parsed.err().map(Unusable::Data)
        })
    }

    /// Returns why the record cannot be used, as far as a glance tells: what is needed before a digest
    /// is computed.
    #[inline]
    pub(crate) fn unusable_form(&self, profile: &Profile<'_>) -> Option<Unusable> {
        match self.usage {
            Usage::DANE_TA | Usage::DANE_EE => {}
            Usage::PKIX_TA | Usage::PKIX_EE if profile.pkix => {}
            Usage::PKIX_TA | Usage::PKIX_EE => return Some(Unusable::Pkix),
            _ => return Some(Unusable::Usage),
        }
        if !matches!(self.selector, Selector::CERT | Selector::SPKI) {
            return Some(Unusable::Selector);
        }
        let expected = match self.matching_type {
            MatchingType::FULL => return None,
            MatchingType::SHA2_256 => 32,
            MatchingType::SHA2_512 => 64,
            _ => return Some(Unusable::MatchingType),
        };
        if !profile.digests.contains(&self.matching_type) {
            return Some(Unusable::Digest);
        }
        let found = self.data.len();
        (found != expected).then_some(Unusable::Length { expected, found })
    }

    /// Returns the length of the RDATA in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        self.data.len().saturating_add(3)
    }

    /// Writes the RDATA to the front of `out`, and returns how many bytes it took.
    ///
    /// # Errors
    ///
    /// - [`LimitExceeded`](ErrorKind::LimitExceeded) over [`MAX_LEN`](Self::MAX_LEN) bytes.
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under [`encoded_len`](Self::encoded_len) bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let (needed, available) = (self.encoded_len(), out.len());
        if needed > Self::MAX_LEN {
            return Err(ErrorKind::LimitExceeded { limit: Self::MAX_LEN }.at("TLSA record", 0));
        }
        let Some(rdata) = out.get_mut(..needed) else {
            return Err(ErrorKind::BufferTooSmall { needed, available }.at("TLSA record", 0));
        };
        for (byte, field) in rdata.iter_mut().zip(self.head().iter().chain(self.data)) {
            *byte = *field;
        }
        Ok(needed)
    }

    /// Returns the record as text with the acronyms of RFC 7218: `DANE-EE SPKI SHA2-256 d746e905…`.
    #[must_use]
    pub const fn mnemonics(self) -> Mnemonics<'a> {
        Mnemonics::new(self)
    }

    /// Returns the record as text that software without knowledge of its type reads:
    /// `\# 35 030101d746e905…` (RFC 3597 §5).
    #[must_use]
    pub const fn generic(self) -> Generic<'a> {
        Generic::new(self)
    }

    /// Returns the three bytes before the data.
    const fn head(&self) -> [u8; 3] {
        [self.usage.0, self.selector.0, self.matching_type.0]
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("usage", &self.usage)
            .field("selector", &self.selector)
            .field("matching_type", &self.matching_type)
            .field("len", &self.data.len())
            .finish()
    }
}
