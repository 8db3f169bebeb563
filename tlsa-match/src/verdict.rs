use crate::Usage;
use core::fmt;

/// What a set of records says of a peer.
///
/// There is no way to a plain yes: [`Authenticated`](Self::Authenticated) is all that needs nothing
/// else, and it takes DANE-EE to get there. Each of the others asks for something else to be done
/// (RFC 7672 §2.2 for mail).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must decide about each of them")]
#[must_use]
pub enum Verdict {
    /// The answer is bogus, which is not the same as absent: no connection may be made (RFC 6698
    /// §4.1).
    Bogus,
    /// There are no records, so DANE has nothing to say.
    NoRecords,
    /// There are records, and none can be used: the connection is to be encrypted, but DANE does not
    /// authenticate the peer. Where DANE is mandatory, none may be made (RFC 7671 §10.3).
    ///
    /// [`RrSet::standings`](crate::RrSet::standings) has the reasons.
    NoneUsable,
    /// There are usable records, and none matches: the connection must be ended.
    ///
    /// Of PKIX-TA that is said only of the certificates that were given: see
    /// [`Peer::Chain`](crate::Peer::Chain).
    ///
    /// A record that would have matched may have been passed over for one with a stronger digest:
    /// see [`Standing::PassedOver`](crate::Standing::PassedOver).
    NoMatch,
    /// The peer is authenticated.
    Authenticated(EndEntity),
    /// A record matches, and the peer is not authenticated until what is owed has been checked.
    ///
    /// Where that fails, another match may do: see [`RrSet::matches`](crate::RrSet::matches).
    Matched(Owed),
}

/// A match of DANE-EE: the end entity's own certificate or key. Nothing is owed, names and times must
/// not be looked at (RFC 7671 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EndEntity {
    pub(crate) record: usize,
}

/// A match that authenticates nobody by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Owed {
    pub(crate) record: usize,
    pub(crate) usage: Usage,
    pub(crate) place: Place,
}

/// Where the certificate or key of a record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "sent or not, and a certificate or a key")]
pub enum Place {
    /// In the chain that was sent.
    Chain {
        /// How far from the end entity, which is at 0.
        depth: usize,
    },
    /// Not in the chain: the record has the whole certificate, and it must have issued one of the chain
    /// (`2 0 0`, RFC 7671 §5.2.2).
    RecordCertificate,
    /// Not in the chain, or the end entity's own: the record has the whole key, and one of the chain
    /// must be signed with it (`2 1 0`, RFC 7671 §5.2.3).
    RecordKey,
}

/// What has to be checked before a match is worth something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Debt {
    /// A certificate of the chain is signed by the certificate or key of the record. Which one the path
    /// tells: it is the last one of the chain, unless more was sent than is needed.
    Signature,
    /// The end entity's certificate has a valid path to the trust anchor that matched: signatures,
    /// times, constraints (RFC 7671 §5.2).
    Path,
    /// It has a valid path to a trusted root, for PKIX-TA through the certificate that matched
    /// (RFC 6698 §2.1.1).
    Pkix,
    /// It is for one of the names of the peer: for mail see
    /// [`SmtpReferences`](crate::SmtpReferences).
    Names,
}

impl EndEntity {
    /// Returns which record matched, counted from 0.
    #[must_use]
    pub const fn record(&self) -> usize {
        self.record
    }
}

impl Owed {
    /// Returns which record matched, counted from 0.
    #[must_use]
    pub const fn record(&self) -> usize {
        self.record
    }

    /// Returns the usage of that record.
    #[must_use]
    pub const fn usage(&self) -> Usage {
        self.usage
    }

    /// Returns where its certificate or key was found.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Returns its depth in the chain, `None` if it was not there.
    #[must_use]
    pub const fn depth(&self) -> Option<usize> {
        match self.place {
            Place::Chain { depth } => Some(depth),
            Place::RecordCertificate | Place::RecordKey => None,
        }
    }

    /// Returns what is owed: all of it has to be paid.
    #[must_use]
    pub const fn debts(&self) -> &'static [Debt] {
        match (self.usage, self.place) {
            // The profile asks for it.
            (Usage::DANE_EE, _) => &[Debt::Names],
            (Usage::DANE_TA, Place::Chain { .. }) => &[Debt::Path, Debt::Names],
            (Usage::DANE_TA, _) => &[Debt::Signature, Debt::Path, Debt::Names],
            _ => &[Debt::Pkix, Debt::Names],
        }
    }
}

impl Debt {
    /// Returns it in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Path => "path",
            Self::Pkix => "pkix",
            Self::Names => "names",
        }
    }
}

impl fmt::Display for Debt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
