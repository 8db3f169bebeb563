use core::fmt;

/// The certificate usage of a record: what the certificate or key in it is taken for.
///
/// Displayed by its name in the registry, or as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usage(pub u8);

/// The selector of a record: which part of a certificate it is about.
///
/// Displayed by its name in the registry, or as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector(pub u8);

/// The matching type of a record: how that part is presented in it.
///
/// Displayed by its name in the registry, or as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchingType(pub u8);

impl Usage {
    /// A certification authority, one that must be found on a path to a trusted root.
    pub const PKIX_TA: Self = Self(0);
    /// The certificate of the server, which must besides have a path to a trusted root.
    pub const PKIX_EE: Self = Self(1);
    /// A trust anchor that the domain asserts: the path of the server's certificate must end there.
    pub const DANE_TA: Self = Self(2);
    /// The certificate or key of the server. Nothing else is asked.
    pub const DANE_EE: Self = Self(3);
    /// Reserved for private use.
    pub const PRIV_CERT: Self = Self(255);

    /// Returns the usage with this acronym, in any case.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        let all = [Self::PKIX_TA, Self::PKIX_EE, Self::DANE_TA, Self::DANE_EE, Self::PRIV_CERT];
        all.into_iter().find(|code| is_name(code.name(), name))
    }

    /// Returns the acronym in IANA's registry (RFC 7218 §2.1).
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::PKIX_TA => Some("PKIX-TA"),
            Self::PKIX_EE => Some("PKIX-EE"),
            Self::DANE_TA => Some("DANE-TA"),
            Self::DANE_EE => Some("DANE-EE"),
            Self::PRIV_CERT => Some("PrivCert"),
            _ => None,
        }
    }
}

impl Selector {
    /// The whole certificate.
    pub const CERT: Self = Self(0);
    /// The key: its `SubjectPublicKeyInfo`.
    pub const SPKI: Self = Self(1);
    /// Reserved for private use.
    pub const PRIV_SEL: Self = Self(255);

    /// Returns the selector with this acronym, in any case.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        let all = [Self::CERT, Self::SPKI, Self::PRIV_SEL];
        all.into_iter().find(|code| is_name(code.name(), name))
    }

    /// Returns the acronym in IANA's registry (RFC 7218 §2.2).
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::CERT => Some("Cert"),
            Self::SPKI => Some("SPKI"),
            Self::PRIV_SEL => Some("PrivSel"),
            _ => None,
        }
    }
}

impl MatchingType {
    /// The bytes themselves.
    pub const FULL: Self = Self(0);
    /// Their SHA-256 digest.
    pub const SHA2_256: Self = Self(1);
    /// Their SHA-512 digest.
    pub const SHA2_512: Self = Self(2);
    /// Reserved for private use.
    pub const PRIV_MATCH: Self = Self(255);

    /// Returns the matching type with this acronym, in any case.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        let all = [Self::FULL, Self::SHA2_256, Self::SHA2_512, Self::PRIV_MATCH];
        all.into_iter().find(|code| is_name(code.name(), name))
    }

    /// Returns the acronym in IANA's registry (RFC 7218 §2.3).
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::FULL => Some("Full"),
            Self::SHA2_256 => Some("SHA2-256"),
            Self::SHA2_512 => Some("SHA2-512"),
            Self::PRIV_MATCH => Some("PrivMatch"),
            _ => None,
        }
    }
}

fn is_name(name: Option<&str>, found: &[u8]) -> bool {
    name.is_some_and(|name| name.as_bytes().eq_ignore_ascii_case(found))
}

impl From<u8> for Usage {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<Usage> for u8 {
    fn from(usage: Usage) -> Self {
        usage.0
    }
}

impl From<u8> for Selector {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<Selector> for u8 {
    fn from(selector: Selector) -> Self {
        selector.0
    }
}

impl From<u8> for MatchingType {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<MatchingType> for u8 {
    fn from(matching_type: MatchingType) -> Self {
        matching_type.0
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(self.name(), self.0, f)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(self.name(), self.0, f)
    }
}

impl fmt::Display for MatchingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(self.name(), self.0, f)
    }
}

impl fmt::Debug for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Usage({self})")
    }
}

impl fmt::Debug for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Selector({self})")
    }
}

impl fmt::Debug for MatchingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MatchingType({self})")
    }
}

fn display(name: Option<&str>, number: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match name {
        Some(name) => f.write_str(name),
        None => write!(f, "{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{MatchingType, Selector, Usage};
    use alloc::string::ToString;

    extern crate alloc;

    // https://www.iana.org/assignments/dane-parameters, which is RFC 7218 §2 to this day.
    #[test]
    fn names_are_the_registrys() {
        for number in 0..=255 {
            let [usage, selector, matching_type] = match number {
                0 => [Some("PKIX-TA"), Some("Cert"), Some("Full")],
                1 => [Some("PKIX-EE"), Some("SPKI"), Some("SHA2-256")],
                2 => [Some("DANE-TA"), None, Some("SHA2-512")],
                3 => [Some("DANE-EE"), None, None],
                255 => [Some("PrivCert"), Some("PrivSel"), Some("PrivMatch")],
                _ => [None, None, None],
            };
            assert_eq!(Usage(number).name(), usage);
            assert_eq!(Selector(number).name(), selector);
            assert_eq!(MatchingType(number).name(), matching_type);
            let text = number.to_string();
            assert_eq!(Usage(number).to_string(), usage.unwrap_or(&text));
            assert_eq!(Selector(number).to_string(), selector.unwrap_or(&text));
            assert_eq!(MatchingType(number).to_string(), matching_type.unwrap_or(&text));
        }
    }
}
