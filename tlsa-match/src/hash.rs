/// The digests that records are made with: whatever SHA-2 the caller has.
///
/// Each digest that is needed is asked for once, and no other.
///
/// ```
/// use tlsa_match::Hash;
///
/// struct Mine;
///
/// impl Hash for Mine {
///     fn sha256(&self, data: &[u8]) -> [u8; 32] {
///         // `ring::digest::digest(&SHA256, data)`, the hardware's, …
/// #       let _ = data; [0; 32]
///     }
///
///     fn sha512(&self, data: &[u8]) -> [u8; 64] {
///         // …
/// #       let _ = data; [0; 64]
///     }
/// }
/// ```
pub trait Hash {
    /// Returns the SHA-256 digest of `data`.
    fn sha256(&self, data: &[u8]) -> [u8; 32];

    /// Returns the SHA-512 digest of `data`.
    fn sha512(&self, data: &[u8]) -> [u8; 64];
}

/// The digests by the crate `sha2`.
#[cfg(feature = "sha2")]
#[cfg_attr(docsrs, doc(cfg(feature = "sha2")))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Sha2;

#[cfg(feature = "sha2")]
impl Hash for Sha2 {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        use sha2::Digest;
        sha2::Sha256::digest(data).into()
    }

    fn sha512(&self, data: &[u8]) -> [u8; 64] {
        use sha2::Digest;
        sha2::Sha512::digest(data).into()
    }
}
