use core::fmt;

/// The class of a resource record.
///
/// Displayed by its name in the registry, or as in `CLASS65280` (RFC 3597 §5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(pub u16);

impl Class {
    /// The Internet.
    pub const IN: Self = Self(1);
    /// Chaosnet.
    pub const CH: Self = Self(3);
    /// Hesiod.
    pub const HS: Self = Self(4);
    /// None, in updates (RFC 2136).
    pub const NONE: Self = Self(254);
    /// Any, in questions.
    pub const ANY: Self = Self(255);

    /// Returns the name in IANA's registry.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::IN => Some("IN"),
            Self::CH => Some("CH"),
            Self::HS => Some("HS"),
            Self::NONE => Some("NONE"),
            Self::ANY => Some("ANY"),
            _ => None,
        }
    }

    /// Returns the class of a name, in any case.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Self> {
        [Self::IN, Self::CH, Self::HS, Self::NONE, Self::ANY].into_iter().find(|class| {
            class.name().is_some_and(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        })
    }
}

impl From<u16> for Class {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<Class> for u16 {
    fn from(class: Class) -> Self {
        class.0
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "CLASS{}", self.0),
        }
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Class({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::Class;
    use alloc::{format, string::ToString};

    extern crate alloc;

    // https://www.iana.org/assignments/dns-parameters#dns-parameters-2
    #[test]
    fn names_are_the_registrys() {
        for number in 0..=u16::MAX {
            let name = match number {
                1 => Some("IN"),
                3 => Some("CH"),
                4 => Some("HS"),
                254 => Some("NONE"),
                255 => Some("ANY"),
                _ => None,
            };
            let class = Class(number);
            assert_eq!(class.name(), name);
            assert_eq!(
                name.and_then(|name| Class::from_name(name.as_bytes())),
                name.map(|_| class)
            );
            let shown = name.map_or_else(|| format!("CLASS{number}"), ToString::to_string);
            assert_eq!(class.to_string(), shown);
        }
    }
}
