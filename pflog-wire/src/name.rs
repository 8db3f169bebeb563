use core::fmt;

/// The name of an interface or of a ruleset: the bytes in front of the first NUL, 16 at most.
///
/// Nothing guarantees that it is ASCII, nor that a NUL ends it, nor that it is fit for a terminal:
/// Display and Debug escape what is not printable ASCII.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name<'a>(pub &'a [u8]);

impl<'a> Name<'a> {
    /// The most bytes that a name has: 16.
    pub const MAX_LEN: usize = 16;

    /// Takes the name that a field holds.
    #[inline]
    pub(crate) fn of(field: &'a [u8; 16]) -> Self {
        // The lowest bit that is left is the highest of the first byte that is 0, if there is one: a
        // byte borrows from those above it only if it is 0 itself.
        let bytes = u128::from_le_bytes(*field);
        let nuls = bytes.wrapping_sub(ONES) & !bytes & (ONES << 7);
        let len = usize::try_from(nuls.trailing_zeros() / 8).unwrap_or_default();
        Self(field.get(..len).unwrap_or(field))
    }
}

impl<'a> From<&'a [u8]> for Name<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.escape_ascii().fmt(f)
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

/// 1 in each byte.
const ONES: u128 = u128::from_ne_bytes([1; 16]);
