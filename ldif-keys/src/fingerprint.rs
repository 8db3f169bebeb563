use crate::base64;
#[cfg(feature = "sha2")]
use crate::{
    Blob,
    sink::{Emit, Sink},
};
use core::fmt;
#[cfg(feature = "sha2")]
use sha2::{Digest, Sha256};

/// The SHA-256 hash of a key, displayed as OpenSSH has it: `SHA256:` and base64 without padding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

#[cfg(feature = "sha2")]
impl Fingerprint {
    pub(crate) fn of(blob: &Blob<'_>) -> Self {
        let mut hash = Hash(Sha256::new());
        blob.emit(&mut hash);
        Self(hash.0.finalize().into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 44];
        let mut window = crate::sink::Window::new(&mut text);
        base64::encode(&self.0, &mut window);
        f.write_str("SHA256:")?;
        // The last is the padding.
        text.iter().take(43).try_for_each(|&byte| fmt::Write::write_char(f, byte.into()))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "sha2")]
struct Hash(Sha256);

#[cfg(feature = "sha2")]
impl Sink for Hash {
    fn put(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}
