/// How LDIF is to be read: by RFC 2849 or as servers print it, and how much of it.
///
/// ```
/// use ldif_keys::Rules;
///
/// let mut rules = Rules::LENIENT;
/// rules.max_value = 8192;
/// # assert!(!rules.is_strict);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rules {
    /// Whether what RFC 2849 forbids is an error. [`LENIENT`](Self::LENIENT) lists what is read
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
    /// RFC 2849, without limits.
    ///
    /// Besides what its grammar has, the version may be missing (note 1), and so may the end of the
    /// last line; blank lines may be in front and at the end; an OID has as many parts as it likes;
    /// and there is `increment` (RFC 4525). Of a URL no more than the scheme is looked at, and of a dn
    /// no more than that it is UTF-8.
    pub const STRICT: Self =
        Self { is_strict: true, tab_continues: false, max_line: usize::MAX, max_value: usize::MAX };

    /// What servers and tools print, without limits. What RFC 2849 forbids and these rules read:
    ///
    /// | what | from |
    /// | --- | --- |
    /// | records without attributes, `search: 2`, repeated `version: 1` | `ldapsearch` |
    /// | records without a dn, UTF-8 in a dn | `ldap` of OpenBSD |
    /// | names of any graphic characters, such as `_` and `range=0-1499` | Active Directory |
    /// | spaces between name and colon, values of any bytes, odd URLs and controls | people |
    /// | a byte order mark in front of a record | editors |
    /// | CR, spaces and TABs inside base64 | mailers |
    /// | changes beside content, and no `-` behind the last modification | people |
    pub const LENIENT: Self = Self { is_strict: false, ..Self::STRICT };
}
