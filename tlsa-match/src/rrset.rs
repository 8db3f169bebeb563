use crate::{
    Certificate, Dnssec, Hash, Lint, Match, Matches, MatchingType, Peer, Profile, Record, Selector,
    Unusable, Usage, Verdict,
};
use core::{fmt, iter::FusedIterator, slice};
use wire_error::{ErrorKind, Result};

/// The records of one name, and what they say of a peer.
///
/// ```
/// use tlsa_match::{Certificate, Dnssec, Peer, Profile, Record, RrSet, Verdict};
/// # struct Hash;
/// # impl tlsa_match::Hash for Hash {
/// #     fn sha256(&self, _: &[u8]) -> [u8; 32] { [0xab; 32] }
/// #     fn sha512(&self, _: &[u8]) -> [u8; 64] { [0; 64] }
/// # }
/// # let der = &include_bytes!("../tests/data/leaf-ed25519.der")[..];
/// # let (rdata, hash) = ([&[3, 1, 1][..], &[0xab; 32]].concat(), Hash);
///
/// // What could not be read stays in: it does not fail the others, and it is no absence.
/// let records = [Record::parse(&rdata), Record::parse(&[3, 1])];
/// let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT)?;
/// let chain = [Certificate::parse(der)?];
/// match set.verdict(Peer::Chain(&chain), &hash)? {
///     Verdict::Authenticated(end_entity) => assert_eq!(end_entity.record(), 0),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct RrSet<'a> {
    records: &'a [Result<Record<'a>>],
    dnssec: Dnssec,
    profile: Profile<'a>,
    strongest: Strongest,
}

/// How a record stands in its set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 7671 §9 has these three")]
pub enum Standing {
    /// It is looked at.
    Usable,
    /// It could be used, and is not looked at, since another record of the same usage and selector has
    /// a stronger digest (RFC 7671 §9). When the stronger is out of date nothing matches: that is how
    /// a digest that has been broken is kept out.
    PassedOver {
        /// The stronger digest.
        by: MatchingType,
    },
    /// It cannot be used.
    Unusable(Unusable),
}

impl<'a> RrSet<'a> {
    /// Takes the records of an answer as they were read, and what DNSSEC says of it.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](ErrorKind::LimitExceeded) if there are more records than the profile allows.
    pub fn new(
        records: &'a [Result<Record<'a>>],
        dnssec: Dnssec,
        profile: Profile<'a>,
    ) -> Result<Self> {
        let limit = profile.limits.records;
        if records.len() > limit {
            return Err(ErrorKind::LimitExceeded { limit }.at("records of a set", 0));
        }
        let strongest = Strongest::of(records, &profile);
        Ok(Self { records, dnssec, profile, strongest })
    }

    /// Returns what the set says of a peer.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](ErrorKind::LimitExceeded) if the chain or one of its certificates is longer
    /// than the profile allows.
    #[inline]
    pub fn verdict(&self, peer: Peer<'_>, hash: &(impl Hash + ?Sized)) -> Result<Verdict> {
        let mut matches = self.matches(peer, hash)?;
        Ok(match matches.next() {
            Some(Match::Authenticated(end_entity)) => Verdict::Authenticated(end_entity),
            Some(Match::Owed(owed)) => Verdict::Matched(owed),
            None if self.dnssec == Dnssec::Bogus => Verdict::Bogus,
            None if self.records.is_empty() => Verdict::NoRecords,
            None if self.standings().all(|standing| matches!(standing, Standing::Unusable(_))) => {
                Verdict::NoneUsable
            }
            None => Verdict::NoMatch,
        })
    }

    /// Returns all matches, the best first: whoever cannot pay what one owes may try the next. There
    /// are none unless the answer is secure.
    ///
    /// # Errors
    ///
    /// Those of [`verdict`](Self::verdict).
    #[inline]
    pub fn matches<'b, H: Hash + ?Sized>(
        &self,
        peer: Peer<'b>,
        hash: &'b H,
    ) -> Result<Matches<'b, H>>
    where
        'a: 'b,
    {
        peer.check(&self.profile.limits)?;
        Ok(Matches::new(*self, peer, hash))
    }

    /// Returns what the publisher of the records should mend, given the chain that the server sends.
    ///
    /// # Errors
    ///
    /// Those of [`verdict`](Self::verdict).
    pub fn lint<'b>(
        &self,
        chain: &'b [Certificate<'b>],
        hash: &'b (impl Hash + ?Sized),
    ) -> Result<Lint<'b>>
    where
        'a: 'b,
    {
        let peer = Peer::Chain(chain);
        peer.check(&self.profile.limits)?;
        Ok(Lint::new(*self, peer, hash))
    }

    /// Returns how a record stands, `None` after the last one.
    #[must_use]
    pub fn standing(&self, record: usize) -> Option<Standing> {
        self.records.get(record).map(|record| self.standing_of(record))
    }

    /// Returns how each record stands, in their order.
    #[must_use]
    pub fn standings(&self) -> Standings<'a> {
        Standings { set: *self, records: self.records.iter() }
    }

    fn standing_of(&self, record: &Result<Record<'_>>) -> Standing {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Standing::Unusable(Unusable::Malformed(*error)),
        };
        if let Some(reason) = record.unusable(&self.profile) {
            return Standing::Unusable(reason);
        }
        if self.dnssec != Dnssec::Secure {
            return Standing::Unusable(Unusable::Dnssec(self.dnssec));
        }
        match self.strongest.of_the_kind_of(record) {
            Some(by)
                if by != record.matching_type && record.matching_type != MatchingType::FULL =>
            {
                Standing::PassedOver { by }
            }
            _ => Standing::Usable,
        }
    }

    pub(crate) const fn records(&self) -> &'a [Result<Record<'a>>] {
        self.records
    }

    pub(crate) const fn dnssec(&self) -> Dnssec {
        self.dnssec
    }

    pub(crate) const fn profile(&self) -> &Profile<'a> {
        &self.profile
    }

    /// Returns whether a record has the strongest digest of its kind.
    #[inline]
    pub(crate) fn is_strongest(&self, record: &Record<'_>) -> bool {
        self.strongest.of_the_kind_of(record) == Some(record.matching_type)
    }
}

impl fmt::Debug for RrSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RrSet")
            .field("records", &self.records)
            .field("dnssec", &self.dnssec)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

/// How each record of a set stands.
#[derive(Clone)]
pub struct Standings<'a> {
    set: RrSet<'a>,
    records: slice::Iter<'a, Result<Record<'a>>>,
}

impl Iterator for Standings<'_> {
    type Item = Standing;

    fn next(&mut self) -> Option<Standing> {
        self.records.next().map(|record| self.set.standing_of(record))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.records.size_hint()
    }
}

impl ExactSizeIterator for Standings<'_> {}
impl FusedIterator for Standings<'_> {}

impl fmt::Debug for Standings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The strongest digest of the usable records of each usage, and there of each selector.
#[derive(Clone, Copy)]
struct Strongest([[Option<MatchingType>; 2]; 4]);

impl Strongest {
    fn of(records: &[Result<Record<'_>>], profile: &Profile<'_>) -> Self {
        let mut strongest = Self([[None; 2]; 4]);
        for digest in profile.digests {
            for record in records.iter().flatten() {
                // Which drops the unusable ones first. Full is outside of this.
                if record.matching_type != *digest
                    || record.matching_type == MatchingType::FULL
                    || record.unusable_form(profile).is_some()
                {
                    continue;
                }
                let (Usage(usage), Selector(selector)) = (record.usage, record.selector);
                let of_usage = strongest.0.get_mut(usize::from(usage));
                if let Some(slot) = of_usage.and_then(|kind| kind.get_mut(usize::from(selector))) {
                    slot.get_or_insert(*digest);
                }
            }
        }
        strongest
    }

    #[inline]
    fn of_the_kind_of(&self, record: &Record<'_>) -> Option<MatchingType> {
        let (Usage(usage), Selector(selector)) = (record.usage, record.selector);
        *self.0.get(usize::from(usage))?.get(usize::from(selector))?
    }
}
