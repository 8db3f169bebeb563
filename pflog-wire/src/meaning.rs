/// What the addresses and ports in a header of OpenBSD 4.9 are those of.
///
/// OpenBSD has turned it around, and no field tells before from after. The payload does where the
/// translation was from one version of IP to the other: it is the packet that the header is not
/// about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "one packet, the other, both, and that nobody can know"
)]
pub enum Meaning {
    /// Of the packet as it is in the payload: it was not translated.
    Unchanged,
    /// Of the packet before the translation, which is in the payload as it was after: OpenBSD 4.9 to
    /// at least 6.4.
    Original,
    /// Of the packet after the translation, which is in the payload as it was before: OpenBSD today.
    Translated,
    /// Of one of these two, and nothing tells of which.
    Undecidable,
}
