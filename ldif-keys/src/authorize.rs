use crate::{
    Algorithm, Blob, Key, KeyOptions, Reason, Refusal, key_option,
    sink::{Emit, Sink},
};
use core::fmt;
use wire_error::Result;

/// What becomes of options that stand in front of a key in the directory.
///
/// Whoever can write the attribute could otherwise give a key more rights than the administrator
/// meant to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Policy<'p> {
    /// A key with options is refused.
    #[default]
    Refuse,
    /// Options are left out. A key with one that [restricts](crate::KeyOption::restricts) is
    /// refused, since it would be able to do more without.
    Strip,
    /// Options are kept if all of them are on this list, in any case; else the key is refused.
    Allow(&'p [&'p str]),
    /// Each key gets these in place of what it had. A key with an option that
    /// [restricts](crate::KeyOption::restricts) is refused, since these need not be as narrow.
    Force(Prefix<'p>),
    /// Each key gets these, and whatever it had is left out, what restricts it too.
    Replace(Prefix<'p>),
}

/// Options that are put in front of each key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Prefix<'p>(&'p str);

impl<'p> Prefix<'p> {
    /// Takes options as they stand in a line, separated by commas: what sshd takes, and all of it in
    /// printable ASCII.
    ///
    /// # Errors
    ///
    /// The [`Reason`] why sshd would refuse them, or why they could become more than options.
    pub fn parse(options: &'p str) -> Result<Self, Refusal> {
        let bytes = options.as_bytes();
        if let Some(at) = bytes.iter().position(|byte| !matches!(byte, b' '..=b'~')) {
            return Err(Reason::OptionValue.at(at));
        }
        // It would end them.
        let len = key_option::skip(bytes)?;
        if len < bytes.len() {
            return Err(Reason::Space.at(len));
        }
        let all = KeyOptions::new(bytes, 0);
        all.check()?;
        // Commas alone would force nothing.
        match { all }.next() {
            Some(_) => Ok(Self(options)),
            None => Err(Reason::NoOption.at(0)),
        }
    }
}

impl fmt::Debug for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefix({} bytes)", self.0.len())
    }
}

/// A line for sshd: options, type, key and comment, nothing of it as it came.
///
/// The options are written anew from what was read of them, the key from its bytes, and the comment
/// only if it is printable ASCII. So it is one line whatever the value was. Displayed, it has no line
/// feed at its end.
///
/// Two that are equal are the same line. Two of the same line are not equal if their options were
/// written differently, such as in another case.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AuthorizedKey<'a> {
    options: Options<'a>,
    algorithm: Algorithm,
    blob: Blob<'a>,
    comment: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Options<'a> {
    None,
    Kept(KeyOptions<'a>),
    Forced(Prefix<'a>),
}

impl<'a> AuthorizedKey<'a> {
    /// The most bytes a line has, without a line feed: what sshd(8) promises to read.
    pub const MAX_LEN: usize = 8192;

    pub(crate) fn new(key: &Key<'a>, policy: Policy<'a>) -> Result<Self, Refusal> {
        let options = options(key.options(), policy)?;
        let is_printable = key.comment().iter().all(|byte| matches!(byte, b' '..=b'~'));
        let comment = if is_printable { key.comment() } else { &[] };
        let line = Self { options, algorithm: key.algorithm(), blob: key.blob(), comment };
        if line.encoded_len() > Self::MAX_LEN {
            return Err(Reason::TooLong.at(0));
        }
        Ok(line)
    }

    /// Returns the length of the line, without a line feed.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        Emit::len(self)
    }

    /// Writes the line, without a line feed, to `out`, and returns its length.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`](crate::ErrorKind::BufferTooSmall), which says the length that is needed.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        Emit::encode(self, "authorized key", out)
    }
}

impl Emit for AuthorizedKey<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        match self.options {
            Options::None => {}
            Options::Kept(options) => {
                let mut separator: &[u8] = b"";
                for option in options.flatten() {
                    sink.put(separator);
                    option.emit(sink);
                    separator = b",";
                }
                sink.put(b" ");
            }
            Options::Forced(prefix) => {
                sink.put(prefix.0.as_bytes());
                sink.put(b" ");
            }
        }
        sink.put(self.algorithm.name().as_bytes());
        sink.put(b" ");
        self.blob.emit_base64(sink);
        if !self.comment.is_empty() {
            sink.put(b" ");
            sink.put(self.comment);
        }
    }
}

impl fmt::Display for AuthorizedKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Emit::show(self, f)
    }
}

impl fmt::Debug for AuthorizedKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthorizedKey({} bytes)", self.encoded_len())
    }
}

/// Decides which options a line gets.
fn options<'a>(options: KeyOptions<'a>, policy: Policy<'a>) -> Result<Options<'a>, Refusal> {
    if let Policy::Replace(prefix) = policy {
        return Ok(Options::Forced(prefix));
    }
    if matches!(policy, Policy::Refuse) && !options.is_empty() {
        return Err(Reason::Options.at(options.offset()));
    }
    let mut count = 0_usize;
    for option in options {
        let option = option?;
        count = count.saturating_add(1);
        match policy {
            Policy::Allow(list) => {
                if !list.iter().any(|name| name.eq_ignore_ascii_case(option.name())) {
                    return Err(Reason::ForbiddenOption.at(option.offset()));
                }
                if option.value().is_some_and(|value| !value.is_printable()) {
                    return Err(Reason::OptionValue.at(option.offset()));
                }
            }
            _ if option.restricts() => {
                return Err(Reason::RestrictingOption.at(option.offset()));
            }
            _ => {}
        }
    }
    match policy {
        Policy::Force(prefix) => Ok(Options::Forced(prefix)),
        Policy::Allow(_) if count > 0 => Ok(Options::Kept(options)),
        _ => Ok(Options::None),
    }
}
