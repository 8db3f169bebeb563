mod check;

#[cfg(feature = "sha2")]
use crate::Fingerprint;
use crate::{Algorithm, AuthorizedKey, Blob, KeyOptions, Policy, Reason, Refusal, key_option};
use core::fmt;
use memchr::{memchr2, memchr3};

/// A public key that sshd takes.
///
/// It is read of a value in one of three forms: a line as in `authorized_keys`, with or without
/// options and comment; the base64 of such a line alone; or the raw bytes of the key.
///
/// ```
/// use ldif_keys::{Algorithm, Key, Policy, Reason};
///
/// let value = b"ssh-ed25519 \
///     AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw user1@example.com\n";
/// let key = Key::parse(value)?;
/// assert_eq!((key.algorithm(), key.bits()), (Algorithm::Ed25519, 256));
/// assert_eq!(key.comment(), b"user1@example.com");
///
/// let mut out = [0; 200];
/// let len = key.authorize(Policy::Refuse)?.encode(&mut out).unwrap();
/// assert_eq!(&out[..len], value.trim_ascii_end());
///
/// let refusal = Key::parse(b"ssh-dss AAAAB3NzaC1kc3M= user1").unwrap_err();
/// assert_eq!((refusal.reason(), refusal.offset()), (Reason::Algorithm, 0));
/// # Ok::<(), ldif_keys::Refusal>(())
/// ```
///
/// Equal to another if the bytes of the key, the options and the comment are, in whatever form they
/// came. Whether it is the same key, its [`blob`](Self::blob) says.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key<'a> {
    algorithm: Algorithm,
    bits: u32,
    blob: Blob<'a>,
    options: KeyOptions<'a>,
    comment: &'a [u8],
}

impl<'a> Key<'a> {
    /// Reads a value as one key, with the checks of OpenSSH's `sshkey_read`.
    ///
    /// Spaces, TABs and ends of line around the line are passed over. Options are found as sshd finds
    /// them, and not looked at.
    ///
    /// Unlike sshd it takes nothing that sshd itself would write otherwise: no white space inside the
    /// base64, no name that ends in a NUL, no RSA number with a spare zero, and no name of a signature
    /// for that of a key.
    ///
    /// # Errors
    ///
    /// The first [`Reason`] not to use it, and where.
    #[inline]
    pub fn parse(value: &'a [u8]) -> Result<Self, Refusal> {
        // The length of a name, of which no name has so many as would make this another byte.
        if value.first() == Some(&0) {
            return Self::of_blob(None, Blob::raw(value), 0);
        }
        let line = Line::new(value)?;
        let (first, behind) = line.word(line.rest);
        if let Some(algorithm) = Algorithm::from_name(first) {
            return Self::of_line(&line, algorithm, behind);
        }
        if first.starts_with(BARE) {
            return Self::of_base64(&line, None, line.rest);
        }
        Self::with_options(&line)
    }

    /// Returns the type.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Returns the size as `ssh-keygen -l` prints it: of RSA that of the modulus, else that of the
    /// curve.
    #[must_use]
    pub const fn bits(&self) -> u32 {
        self.bits
    }

    /// Returns the bytes of the key.
    #[must_use]
    pub const fn blob(&self) -> Blob<'a> {
        self.blob
    }

    /// Returns the options in front of the key, not yet checked.
    #[must_use]
    pub const fn options(&self) -> KeyOptions<'a> {
        self.options
    }

    /// Returns what stands behind the key, as it came: any bytes but NUL and ends of line.
    #[must_use]
    pub const fn comment(&self) -> &'a [u8] {
        self.comment
    }

    /// Returns the hash by which sshd logs the key.
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.blob)
    }

    /// Makes a line for sshd of it, with the options that `policy` leaves or gives.
    ///
    /// # Errors
    ///
    /// The [`Reason`] why there is to be no such line, and where.
    pub fn authorize(&self, policy: Policy<'a>) -> Result<AuthorizedKey<'a>, Refusal> {
        AuthorizedKey::new(self, policy)
    }

    /// Reads a line that starts with options.
    fn with_options(line: &Line<'a>) -> Result<Self, Refusal> {
        let len = key_option::skip(line.rest).map_err(|refusal| refusal.nested_at(line.start))?;
        let (options, behind) = line.rest.split_at_checked(len).unwrap_or((line.rest, &[]));
        let behind = trim_start(behind);
        let (name, after) = line.word(behind);
        let options = KeyOptions::new(options, line.start);
        match Algorithm::from_name(name) {
            Some(algorithm) => Ok(Self { options, ..Self::of_line(line, algorithm, after)? }),
            // It is the type that is unknown, or it is missing behind options that are right.
            None if options.check().is_err() || behind.is_empty() => {
                Err(Reason::Algorithm.at(line.start))
            }
            None => Err(Reason::Algorithm.at(line.offset(behind))),
        }
    }

    /// Reads what follows the type.
    fn of_line(line: &Line<'a>, algorithm: Algorithm, behind: &'a [u8]) -> Result<Self, Refusal> {
        let behind = trim_start(behind);
        match behind {
            [] => Err(Reason::Missing.at(line.offset(behind))),
            _ => Self::of_base64(line, Some(algorithm), behind),
        }
    }

    fn of_base64(
        line: &Line<'a>,
        algorithm: Option<Algorithm>,
        rest: &'a [u8],
    ) -> Result<Self, Refusal> {
        let start = line.offset(rest);
        let (text, behind) = line.word(rest);
        let blob = Blob::base64(text)
            .map_err(|failure| Reason::Base64.at(start.saturating_add(failure.index)))?;
        let key = Self::of_blob(algorithm, blob, start)?;
        Ok(Self { comment: trim_start(behind), ..key })
    }

    /// Checks a blob that starts at `start` in the value.
    fn of_blob(
        algorithm: Option<Algorithm>,
        blob: Blob<'a>,
        start: usize,
    ) -> Result<Self, Refusal> {
        let (algorithm, bits) = check::blob(algorithm, blob)
            .map_err(|(reason, index)| reason.at(start.saturating_add(blob.place(index))))?;
        Ok(Self { algorithm, bits, blob, options: KeyOptions::new(&[], start), comment: &[] })
    }
}

/// Shows the key, and of the comment how long it is.
impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("algorithm", &self.algorithm)
            .field("bits", &self.bits)
            .field("blob", &self.blob)
            .field("options", &self.options)
            .field("comment", &format_args!("{} bytes", self.comment.len()))
            .finish()
    }
}

/// The one line of a value, without white space around it.
struct Line<'a> {
    rest: &'a [u8],
    start: usize,
}

impl<'a> Line<'a> {
    fn new(value: &'a [u8]) -> Result<Self, Refusal> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let end =
            value.iter().rposition(|byte| !is_space(byte)).map_or(0, |at| at.saturating_add(1));
        let line = value.get(..end).unwrap_or_default();
        let start = line.iter().position(|byte| !is_space(byte)).unwrap_or(line.len());
        let rest = line.get(start..).unwrap_or_default();
        if let Some(at) = memchr3(0, b'\n', b'\r', rest) {
            let reason = if rest.get(at) == Some(&0) { Reason::Nul } else { Reason::SeveralLines };
            return Err(reason.at(start.saturating_add(at)));
        }
        match rest {
            [] => Err(Reason::Empty.at(0)),
            [b'#', ..] => Err(Reason::Comment.at(start)),
            [b'-', b'-', b'-', b'-', ..] => Err(Reason::Armor.at(start)),
            _ => Ok(Self { rest, start }),
        }
    }

    /// Splits `text` behind its first word.
    fn word(&self, text: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let end = memchr2(b' ', b'\t', text).unwrap_or(text.len());
        text.split_at_checked(end).unwrap_or((text, &[]))
    }

    /// Returns where in the value the end of the line that is `rest` starts.
    fn offset(&self, rest: &[u8]) -> usize {
        self.start.saturating_add(self.rest.len().saturating_sub(rest.len()))
    }
}

fn trim_start(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// How the base64 of every key starts: the length of its name is under 65536.
const BARE: &[u8] = b"AAAA";
