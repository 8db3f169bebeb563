/// How LDIF is to be read: by RFC 2849 or as servers print it, and how much of it.
///
/// ```
/// use ldif_keys::Rules;
///
/// let rules = Rules { max_line: 16_384, max_value: 8192, ..Rules::LENIENT };
/// # assert!(!rules.is_strict);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Whether what RFC 2849 forbids is an error. The crate documentation lists what is read
    /// otherwise.
    pub is_strict: bool,
    /// Whether a TAB at the start of a line continues the line before it, as a space does. The RFC
    /// does not have it, and neither do the tools of OpenLDAP.
    pub tab_continues: bool,
    /// The most bytes a line may have, its continuations and the ends of lines between them
    /// included.
    pub max_line: usize,
    /// The most bytes a value may have as it is written: unfolded, but not decoded.
    pub max_value: usize,
}

impl Rules {
    /// RFC 2849 with its errata, without limits.
    ///
    /// The last line may lack its end, and the version may be missing (note 1 of the RFC).
    pub const STRICT: Self =
        Self { is_strict: true, tab_continues: false, max_line: usize::MAX, max_value: usize::MAX };

    /// What servers and tools print, without limits.
    pub const LENIENT: Self = Self { is_strict: false, ..Self::STRICT };
}
