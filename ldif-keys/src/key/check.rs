//! What a key has to be: the checks of `sshkey_from_blob` in OpenSSH 10.5.

use crate::{Algorithm, Blob, BlobBytes, Reason};

/// Why, and at which byte of the blob.
type Fault = (Reason, usize);

/// Checks a blob that has to be of this type, or of any, and returns its type and size.
pub(super) fn blob(expected: Option<Algorithm>, blob: Blob<'_>) -> Result<(Algorithm, u32), Fault> {
    let mut fields = Fields { bytes: blob.bytes(), len: blob.len() };
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
            let start = fields.at();
            match fields.mpint()? {
                bits @ RSA_MIN_BITS.. => bits,
                _ => return Err((Reason::Weak, start)),
            }
        }
    };
    if matches!(algorithm, Algorithm::SkEd25519 | Algorithm::SkEcdsaNistp256) {
        fields.application()?;
    }
    match fields.bytes.len() {
        0 => Ok((algorithm, bits)),
        _ => Err((Reason::TrailingData, fields.at())),
    }
}

/// The fields of a key, one after the other (RFC 4251 §5).
struct Fields<'a> {
    bytes: BlobBytes<'a>,
    len: usize,
}

impl Fields<'_> {
    fn at(&self) -> usize {
        self.len.saturating_sub(self.bytes.len())
    }

    /// Takes the length of a string that is whole.
    fn length(&mut self) -> Result<usize, Fault> {
        let start = self.at();
        let mut length = 0_usize;
        for _ in 0..4 {
            let byte = self.bytes.next().ok_or((Reason::Truncated, start))?;
            length = length.saturating_mul(256).saturating_add(byte.into());
        }
        if length > self.bytes.len() {
            return Err((Reason::Truncated, start));
        }
        Ok(length)
    }

    fn skip(&mut self, len: usize) {
        if let Some(last) = len.checked_sub(1) {
            self.bytes.nth(last);
        }
    }

    /// Takes the name, which must be the one expected, or any.
    fn name(&mut self, expected: Option<Algorithm>) -> Result<Algorithm, Fault> {
        let length = self.length()?;
        let name = self.bytes.clone().take(length);
        let is = |algorithm: &Algorithm| {
            algorithm.name().len() == length && name.clone().eq(algorithm.name().bytes())
        };
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
        let start = self.at();
        if self.length()? != len {
            return Err((Reason::Length, start));
        }
        self.skip(len);
        Ok(())
    }

    /// Takes the name of a curve and a point on it, which must be given in full.
    fn point(&mut self, curve: &[u8], bits: u32) -> Result<u32, Fault> {
        let start = self.at();
        let length = self.length()?;
        let name = self.bytes.clone().take(length);
        if length != curve.len() || !name.eq(curve.iter().copied()) {
            return Err((Reason::Curve, start));
        }
        self.skip(length);

        let start = self.at();
        let length = self.length()?;
        let form = self.bytes.clone().next();
        let coordinate = usize::try_from(bits.div_ceil(8)).unwrap_or_default();
        if length != coordinate.saturating_mul(2).saturating_add(1) {
            return Err((Reason::Length, start));
        }
        if form != Some(UNCOMPRESSED) {
            return Err((Reason::Point, self.at()));
        }
        self.skip(length);
        Ok(bits)
    }

    /// Takes a number that is not negative, and returns how many bits it has.
    fn mpint(&mut self) -> Result<u32, Fault> {
        let start = self.at();
        let length = self.length()?;
        let behind = self.bytes.len().saturating_sub(length);
        let first = self.bytes.clone().next().filter(|_| length > 0).unwrap_or_default();
        if first & 0x80 != 0 {
            return Err((Reason::Negative, self.at()));
        }
        // `sshbuf_get_bignum2_bytes_direct`: one byte more, if it is for the sign.
        if length > MAX_NUMBER.saturating_add(usize::from(first == 0)) {
            return Err((Reason::TooLarge, start));
        }
        let mut bits = 0;
        while bits == 0 && self.bytes.len() > behind {
            let leading = self.bytes.next().unwrap_or_default();
            let rest = self.bytes.len().saturating_sub(behind);
            if leading != 0 {
                let rest = u32::try_from(rest).unwrap_or(u32::MAX).saturating_mul(8);
                bits = rest.saturating_add(u8::BITS.saturating_sub(leading.leading_zeros()));
            }
        }
        self.skip(self.bytes.len().saturating_sub(behind));
        Ok(bits)
    }

    /// Takes the application of a key on an authenticator, which sshd has as a C string.
    fn application(&mut self) -> Result<(), Fault> {
        for _ in 0..self.length()? {
            let at = self.at();
            if self.bytes.next() == Some(0) {
                return Err((Reason::Application, at));
            }
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
