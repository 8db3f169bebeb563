#[cfg(feature = "sha2")]
use crate::{
    Blob,
    sink::{Emit, Sink},
};
use crate::{
    base64::{self, Decoder, Mode},
    sink::Window,
};
use core::{fmt, str::FromStr};
#[cfg(feature = "sha2")]
use sha2::{Digest, Sha256};
use wire_error::{Error, ErrorKind, Result};

/// The SHA-256 hash of a key, as text what OpenSSH writes: `SHA256:` and base64 without padding.
///
/// ```
/// use ldif_keys::Fingerprint;
///
/// // What sshd puts in the place of %f.
/// let text = "SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY";
/// let offered: Fingerprint = text.parse()?;
/// assert_eq!(offered.to_string(), text);
/// # Ok::<(), ldif_keys::Error>(())
/// ```
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

/// Reads the text, in the one form that it has.
impl FromStr for Fingerprint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let hash =
            text.strip_prefix(PREFIX).ok_or(ErrorKind::Missing.at("fingerprint prefix", 0))?;
        let at = |kind: ErrorKind, index: usize| {
            kind.at("fingerprint", PREFIX.len().saturating_add(index))
        };
        if hash.len() != LEN {
            return Err(at(ErrorKind::InvalidLength { found: hash.len() }, 0));
        }
        if let Some(index) = hash.find('=') {
            return Err(at(ErrorKind::UnexpectedByte { found: b'=' }, index));
        }
        let mut bytes = [0; 32];
        let mut window = Window::new(&mut bytes);
        let mut decoder = Decoder::new(Mode::Strict);
        decoder
            .feed(hash.as_bytes(), &mut window)
            .and_then(|()| decoder.feed(b"=", &mut window))
            .map_err(|failure| at(failure.kind, failure.index))?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; LEN + 1];
        let mut window = Window::new(&mut text);
        base64::encode(&self.0, &mut window);
        f.write_str(PREFIX)?;
        // The last is the padding.
        text.iter().take(LEN).try_for_each(|&byte| fmt::Write::write_char(f, byte.into()))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const PREFIX: &str = "SHA256:";

/// Characters of base64 without padding, of 32 bytes.
const LEN: usize = 43;

#[cfg(feature = "sha2")]
struct Hash(Sha256);

#[cfg(feature = "sha2")]
impl Sink for Hash {
    fn put(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}
