//! What a key has to be: the checks of `sshkey_from_blob` in OpenSSH 10.5.

use crate::{Algorithm, Blob, Reason};

/// Why, and at which byte of the blob.
type Fault = (Reason, usize);

/// Checks a blob that has to be of this type, or of any, and returns its type and size.
pub(super) fn blob(expected: Option<Algorithm>, blob: Blob<'_>) -> Result<(Algorithm, u32), Fault> {
    let mut fields = Fields { blob, at: 0 };
    let algorithm = fields.name(expected)?;
    let bits = match algorithm {
        Algorithm::Ed25519 | Algorithm::SkEd25519 => {
            fields.exactly(ED25519)?;
            256
        }
        Algorithm::Mldsa44Ed25519 => {
            fields.exactly(MLDSA44 + ED25519)?;
            256
        }
        Algorithm::EcdsaNistp256 | Algorithm::SkEcdsaNistp256 => fields.point(b"nistp256", 256)?,
        Algorithm::EcdsaNistp384 => fields.point(b"nistp384", 384)?,
        Algorithm::EcdsaNistp521 => fields.point(b"nistp521", 521)?,
        Algorithm::Rsa => {
            fields.mpint()?;
            let start = fields.at;
            match fields.mpint()? {
                bits @ RSA_MIN_BITS.. => bits,
                _ => return Err((Reason::Weak, start)),
            }
        }
    };
    if matches!(algorithm, Algorithm::SkEd25519 | Algorithm::SkEcdsaNistp256) {
        fields.application()?;
    }
    match fields.left() {
        0 => Ok((algorithm, bits)),
        _ => Err((Reason::TrailingData, fields.at)),
    }
}

/// The fields of a key, one after the other (RFC 4251 §5).
struct Fields<'a> {
    blob: Blob<'a>,
    at: usize,
}

impl Fields<'_> {
    fn left(&self) -> usize {
        self.blob.len().saturating_sub(self.at)
    }

    /// Takes the length of a string that is whole.
    fn length(&mut self) -> Result<usize, Fault> {
        let truncated = (Reason::Truncated, self.at);
        let word = self.blob.word(self.at).ok_or(truncated)?;
        let length = usize::try_from(u32::from_be_bytes(word)).unwrap_or(usize::MAX);
        if length > self.left().saturating_sub(LENGTH) {
            return Err(truncated);
        }
        self.skip(LENGTH);
        Ok(length)
    }

    fn skip(&mut self, len: usize) {
        self.at = self.at.saturating_add(len);
    }

    /// Whether the string of this length that comes is this one.
    fn is(&self, length: usize, expected: &[u8]) -> bool {
        let mut at = self.at;
        let mut rest = expected;
        while let Some((word, after)) = rest.split_first_chunk() {
            if self.blob.word(at) != Some(*word) {
                return false;
            }
            at = at.saturating_add(4);
            rest = after;
        }
        let mut behind = (at..at.saturating_add(rest.len())).zip(rest);
        length == expected.len() && behind.all(|(at, &byte)| self.blob.byte(at) == Some(byte))
    }

    /// Takes the name, which must be the one expected, or any.
    fn name(&mut self, expected: Option<Algorithm>) -> Result<Algorithm, Fault> {
        let length = self.length()?;
        let is = |algorithm: &Algorithm| self.is(length, algorithm.name().as_bytes());
        let found = match expected {
            Some(expected) if is(&expected) => expected,
            Some(_) => return Err((Reason::NameMismatch, LENGTH)),
            None => Algorithm::ALL.into_iter().find(is).ok_or((Reason::Algorithm, LENGTH))?,
        };
        self.skip(length);
        Ok(found)
    }

    /// Takes a string of this length.
    fn exactly(&mut self, len: usize) -> Result<(), Fault> {
        let start = self.at;
        if self.length()? != len {
            return Err((Reason::Length, start));
        }
        self.skip(len);
        Ok(())
    }

    /// Takes the name of a curve and a point on it, which must be given in full.
    fn point(&mut self, curve: &[u8], bits: u32) -> Result<u32, Fault> {
        let start = self.at;
        let length = self.length()?;
        if !self.is(length, curve) {
            return Err((Reason::Curve, start));
        }
        self.skip(length);

        let start = self.at;
        let length = self.length()?;
        let coordinate = usize::try_from(bits.div_ceil(8)).unwrap_or_default();
        if length != coordinate.saturating_mul(2).saturating_add(1) {
            return Err((Reason::Length, start));
        }
        if self.blob.byte(self.at) != Some(UNCOMPRESSED) {
            return Err((Reason::Point, self.at));
        }
        self.skip(length);
        Ok(bits)
    }

    /// Takes a number that is not negative, and returns how many bits it has.
    fn mpint(&mut self) -> Result<u32, Fault> {
        let start = self.at;
        let length = self.length()?;
        let byte = |index: usize| {
            let byte = self.blob.byte(self.at.saturating_add(index));
            byte.filter(|_| index < length).unwrap_or_default()
        };
        let first = byte(0);
        if first & 0x80 != 0 {
            return Err((Reason::Negative, self.at));
        }
        // `sshbuf_get_bignum2_bytes_direct`: one byte more, if it is for the sign.
        if length > MAX_NUMBER.saturating_add(usize::from(first == 0)) {
            return Err((Reason::TooLarge, start));
        }
        // RFC 4251 §5. sshd takes it, and leaves out the zero: its fingerprint would be another one.
        if length > 0 && first == 0 && byte(1) & 0x80 == 0 {
            return Err((Reason::LeadingZero, self.at));
        }
        self.skip(length);
        let bits = u32::try_from(length).unwrap_or(u32::MAX).saturating_mul(8);
        Ok(bits.saturating_sub(first.leading_zeros()))
    }

    /// Takes the application of a key on an authenticator, which sshd has as a C string.
    fn application(&mut self) -> Result<(), Fault> {
        for _ in 0..self.length()? {
            if self.blob.byte(self.at) == Some(0) {
                return Err((Reason::Application, self.at));
            }
            self.skip(1);
        }
        Ok(())
    }
}

const ED25519: usize = 32;
const MLDSA44: usize = 1312;
/// The form of a point: both coordinates (SEC 1 §2.3.3).
const UNCOMPRESSED: u8 = 4;
const RSA_MIN_BITS: u32 = 1024;
/// Bytes of a number: `SSHBUF_MAX_BIGNUM`.
const MAX_NUMBER: usize = 16384 / 8;
/// Bytes of the length of a string.
const LENGTH: usize = 4;
