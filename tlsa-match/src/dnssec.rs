use core::fmt;

/// What DNSSEC says of an answer: one of the four states of RFC 4033 §5.
///
/// It comes from whoever has resolved the name. Nothing here assumes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 4033 has these four")]
pub enum Dnssec {
    /// Signed, and the signatures are good. Of an answer without records: it is proven that there
    /// are none.
    Secure,
    /// Proven to be unsigned.
    Insecure,
    /// There is no telling whether it should be signed.
    Indeterminate,
    /// It should be signed, and is not well: forged, expired, or damaged on the way.
    Bogus,
}

impl Dnssec {
    /// Returns the word of RFC 4033.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::Insecure => "insecure",
            Self::Indeterminate => "indeterminate",
            Self::Bogus => "bogus",
        }
    }
}

impl fmt::Display for Dnssec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
