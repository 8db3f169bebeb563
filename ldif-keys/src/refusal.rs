use core::{error, fmt};

/// Why a value is no key that can be used, and where.
///
/// This is an answer about a value, and no failure to read: the values beside it are not concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    reason: Reason,
    offset: usize,
}

impl Refusal {
    /// Returns why.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// Returns where, counted from the start of the value that was passed: of base64 the character
    /// that the byte of the key starts in.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    pub(crate) const fn nested_at(self, base: usize) -> Self {
        Self { offset: self.offset.saturating_add(base), ..self }
    }
}

impl error::Error for Refusal {}

/// Writes one line, and nothing of the value.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.reason, self.offset)
    }
}

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// There is nothing but white space.
    Empty,
    /// It begins with `#`.
    Comment,
    /// It begins with `----`: a key in the form of RFC 4716 or PEM, or a private key.
    Armor,
    /// A NUL, where sshd would cut the line (S2).
    Nul,
    /// An end of line, so there is more than one line: see [`Keys`](crate::Keys).
    SeveralLines,
    /// A key type that sshd does not take: DSA, a certificate, or none at all.
    Algorithm,
    /// A key type, and no key behind it.
    Missing,
    /// Base64 that is wrong, or that is not what encoding its bytes gives.
    Base64,
    /// The key ends too early.
    Truncated,
    /// The key has bytes behind its end.
    TrailingData,
    /// The key is of another type than the name in front of it says.
    NameMismatch,
    /// A key, or a part of it, does not have the length that its type has.
    Length,
    /// The curve is not that of the type.
    Curve,
    /// The point is not given in full, as 0x04 and both coordinates.
    Point,
    /// The RSA modulus or exponent is negative.
    Negative,
    /// The RSA modulus or exponent starts with a zero that it does not need.
    LeadingZero,
    /// The RSA modulus has under 1024 bits.
    Weak,
    /// The RSA modulus or exponent has over 16384 bits.
    TooLarge,
    /// The application of a key on an authenticator has a NUL.
    Application,
    /// There are options, and the policy is to have none.
    Options,
    /// A quoted value of an option has no end.
    Quote,
    /// An option that sshd does not know, or one that is not written as sshd wants it.
    UnknownOption,
    /// An option twice that may be there once.
    RepeatedOption,
    /// An option that restricts, and the policy would lose it.
    RestrictingOption,
    /// An option that is not on the list of those allowed.
    ForbiddenOption,
    /// A value of an option that has bytes other than printable ASCII, or that ends in `\`, which
    /// cannot be written.
    OptionValue,
    /// A [`Prefix`](crate::Prefix) without any option.
    NoOption,
    /// A space in a [`Prefix`](crate::Prefix), outside of quotes.
    Space,
    /// The line would be too long.
    TooLong,
}

impl Reason {
    /// Returns a name for programs: words in lower case with hyphens between them.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Comment => "comment",
            Self::Armor => "armor",
            Self::Nul => "nul",
            Self::SeveralLines => "several-lines",
            Self::Algorithm => "algorithm",
            Self::Missing => "missing",
            Self::Base64 => "base64",
            Self::Truncated => "truncated",
            Self::TrailingData => "trailing-data",
            Self::NameMismatch => "name-mismatch",
            Self::Length => "length",
            Self::Curve => "curve",
            Self::Point => "point",
            Self::Negative => "negative",
            Self::LeadingZero => "leading-zero",
            Self::Weak => "weak",
            Self::TooLarge => "too-large",
            Self::Application => "application",
            Self::Options => "options",
            Self::Quote => "quote",
            Self::UnknownOption => "unknown-option",
            Self::RepeatedOption => "repeated-option",
            Self::RestrictingOption => "restricting-option",
            Self::ForbiddenOption => "forbidden-option",
            Self::OptionValue => "option-value",
            Self::NoOption => "no-option",
            Self::Space => "space",
            Self::TooLong => "too-long",
        }
    }

    #[cold]
    pub(crate) const fn at(self, offset: usize) -> Refusal {
        Refusal { reason: self, offset }
    }
}

/// Writes it for people.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no key",
            Self::Comment => "a comment instead of a key",
            Self::Armor => "a key in another format, or a private key",
            Self::Nul => "a NUL",
            Self::SeveralLines => "more than one line",
            Self::Algorithm => "unsupported key type",
            Self::Missing => "a key type without a key",
            Self::Base64 => "invalid base64",
            Self::Truncated => "key ends too early",
            Self::TrailingData => "bytes behind the key",
            Self::NameMismatch => "key of another type than its name",
            Self::Length => "invalid key length",
            Self::Curve => "wrong curve",
            Self::Point => "invalid form of the point",
            Self::Negative => "negative RSA number",
            Self::LeadingZero => "RSA number with a spare zero in front",
            Self::Weak => "RSA key of under 1024 bits",
            Self::TooLarge => "RSA number of over 16384 bits",
            Self::Application => "invalid application",
            Self::Options => "options are not allowed",
            Self::Quote => "quote without an end",
            Self::UnknownOption => "unknown option",
            Self::RepeatedOption => "repeated option",
            Self::RestrictingOption => "a restricting option would be lost",
            Self::ForbiddenOption => "option is not allowed",
            Self::OptionValue => "invalid value of an option",
            Self::NoOption => "no option",
            Self::Space => "space outside of quotes",
            Self::TooLong => "line is too long",
        })
    }
}
