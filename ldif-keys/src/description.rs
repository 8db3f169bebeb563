use crate::{Text, line::skip_folds, text::Shown};
use core::{fmt, iter::FusedIterator};
use wire_error::{ErrorKind, Result};

/// What names an attribute: a type, and options behind it (RFC 4512 §2.5).
///
/// ```
/// use ldif_keys::{Body, Records, Rules};
///
/// let ldif = b"dn: uid=user1,dc=example,dc=com\nCN;lang-de;x-old: Benutzer\n";
/// let record = Records::new(ldif, Rules::STRICT).next().unwrap()?;
/// let Body::Content(mut attributes) = record.body() else { panic!() };
/// let description = attributes.next().unwrap()?.description();
/// assert!(description.is("cn"));
/// assert!(description.options().any(|option| option.eq_ignore_ascii_case(b"Lang-DE")));
/// # Ok::<(), ldif_keys::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Description<'a>(pub(crate) Text<'a>);

impl<'a> Description<'a> {
    /// Returns the whole of it, with the options.
    #[must_use]
    pub const fn as_text(&self) -> Text<'a> {
        self.0
    }

    /// Returns the attribute type, by name or by OID.
    #[must_use]
    pub fn ty(&self) -> Text<'a> {
        Options { rest: Some(self.0) }.next().unwrap_or(self.0)
    }

    /// Returns what stands behind the type, such as `lang-en` or Active Directory's `range=0-1499`.
    #[must_use]
    pub fn options(&self) -> Options<'a> {
        let mut options = Options { rest: Some(self.0) };
        options.next();
        options
    }

    /// Returns whether the attribute type is this one, whatever the options. ASCII letters of
    /// either case are the same.
    ///
    /// An attribute that is asked for by its OID may come back by its name or by the OID, as the
    /// server likes.
    #[must_use]
    pub fn is(&self, ty: &str) -> bool {
        let ty = ty.as_bytes();
        self.0.may_start_as(ty) && self.ty().eq_ignore_ascii_case(ty)
    }

    /// Returns whether it has the option `deleted` or `deletedattribute`.
    ///
    /// Exports of 389 Directory Server for replication have them for what the directory no longer
    /// has, as in `sshPublicKey;vdcsn-5f0c1d2e000000010000;deleted: …`.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        let names: [&[u8]; 2] = [b"deleted", b"deletedattribute"];
        self.options().any(|option| names.iter().any(|name| option.eq_ignore_ascii_case(name)))
    }

    /// Holds it against RFC 2849, where an OID has as many parts as it likes.
    pub(crate) fn check(&self) -> Result<()> {
        let raw = self.0.as_raw();
        let mut part = Part::Start;
        let mut at = skip_folds(raw, 0);
        while let Some(&found) = raw.get(at) {
            part = match (part, found) {
                (Part::Start, b'a'..=b'z' | b'A'..=b'Z') => Part::Name,
                (Part::Start | Part::Dot | Part::Oid, b'0'..=b'9') => Part::Oid,
                (Part::Oid, b'.') => Part::Dot,
                (Part::Name, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-') => Part::Name,
                (
                    Part::Semicolon | Part::Option,
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-',
                ) => Part::Option,
                (Part::Name | Part::Oid | Part::Option, b';') => Part::Semicolon,
                _ => {
                    let offset = self.0.offset().saturating_add(at);
                    let kind = ErrorKind::UnexpectedByte { found };
                    return Err(kind.at("attribute description", offset));
                }
            };
            at = skip_folds(raw, at.saturating_add(1));
        }
        match part {
            Part::Name | Part::Oid | Part::Option => Ok(()),
            Part::Start | Part::Dot | Part::Semicolon => {
                let offset = self.0.offset().saturating_add(raw.len());
                Err(ErrorKind::Missing.at("attribute description", offset))
            }
        }
    }
}

/// Shows it quoted and escaped, and no more than 64 bytes of it.
impl fmt::Debug for Description<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(self.0).fmt(f)
    }
}

/// The options of an attribute, in their order.
#[derive(Clone)]
pub struct Options<'a> {
    rest: Option<Text<'a>>,
}

impl<'a> Iterator for Options<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        let rest = self.rest.take()?;
        let raw = rest.as_raw();
        let Some(end) = raw.iter().position(|&byte| byte == b';') else { return Some(rest) };
        self.rest = Some(rest.part(end.saturating_add(1), raw.len()));
        Some(rest.part(0, end))
    }
}

impl FusedIterator for Options<'_> {}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone().map(Shown)).finish()
    }
}

/// What a description has been read of.
#[derive(Clone, Copy)]
enum Part {
    Start,
    Name,
    Oid,
    /// In an OID.
    Dot,
    Semicolon,
    Option,
}

/// The attribute of the schema openssh-lpk that holds keys, one to a value.
pub const SSH_PUBLIC_KEY: &str = "sshPublicKey";

/// The OID of [`SSH_PUBLIC_KEY`].
pub const SSH_PUBLIC_KEY_OID: &str = "1.3.6.1.4.1.24552.500.1.1.1.13";
