use crate::{
    Dnssec, EndEntity, Hash, MatchingType, Owed, Peer, Place, Record, RrSet, Selector, Usage,
};
use core::{fmt, iter::FusedIterator};

/// A record that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "something is owed, or nothing is")]
#[must_use]
pub enum Match {
    /// The peer is authenticated.
    Authenticated(EndEntity),
    /// It is not, until what is owed has been checked.
    Owed(Owed),
}

/// The matches of a set with a peer: first those at depth 0, then those at depth 1 and so on, and
/// those that only the record has the certificate or key of. At each depth DANE comes before PKIX,
/// which owes more.
///
/// Each digest is computed once, and only when a record asks for it.
pub struct Matches<'a, H: ?Sized> {
    set: RrSet<'a>,
    peer: Peer<'a>,
    hash: &'a H,
    /// Whether records are passed over for stronger digests.
    has_agility: bool,
    depth: usize,
    /// The usage that is looked for.
    usage: Usage,
    /// The record that comes next.
    record: usize,
    /// What has been computed at this depth.
    certificate: Digests,
    public_key: Digests,
}

#[derive(Clone, Copy, Default)]
struct Digests {
    sha256: Option<[u8; 32]>,
    sha512: Option<[u8; 64]>,
}

impl<'a, H: Hash + ?Sized> Matches<'a, H> {
    #[inline]
    pub(crate) const fn new(set: RrSet<'a>, peer: Peer<'a>, hash: &'a H) -> Self {
        Self {
            set,
            peer,
            hash,
            has_agility: true,
            depth: 0,
            usage: Usage::DANE_EE,
            record: 0,
            certificate: Digests { sha256: None, sha512: None },
            public_key: Digests { sha256: None, sha512: None },
        }
    }

    /// Passes over no record.
    pub(crate) const fn without_agility(self) -> Self {
        Self { has_agility: false, ..self }
    }

    /// Goes on to the next usage, and behind the last one to the next depth.
    fn advance(&mut self) -> Option<()> {
        let chain = match self.peer {
            Peer::Chain(chain) => chain,
            // No issuer, so no other usage either.
            Peer::RawKey(_) => return None,
        };
        self.usage = match self.usage {
            Usage::DANE_EE => Usage::PKIX_EE,
            Usage::DANE_TA => Usage::PKIX_TA,
            _ if self.depth >= chain.len() => return None,
            _ => {
                self.depth = self.depth.saturating_add(1);
                (self.certificate, self.public_key) = (Digests::default(), Digests::default());
                Usage::DANE_TA
            }
        };
        self.record = 0;
        Some(())
    }

    /// Returns where the certificate or key of a record is, if it is at this depth.
    #[inline]
    fn place(&mut self, record: &Record<'a>) -> Option<Place> {
        let depth = self.depth;
        if depth > 0 && self.peer.is_end_entity(depth) {
            return None;
        }
        match self.peer.selected(depth, record.selector) {
            Some(selected) => self.is_of(record, selected).then_some(Place::Chain { depth }),
            None => self.place_in_record(record),
        }
    }

    /// Returns whether a record is of these bytes.
    #[inline]
    fn is_of(&mut self, record: &Record<'a>, selected: &[u8]) -> bool {
        if record.unusable_form(self.set.profile()).is_some() {
            return false;
        }
        // What is equal to the bytes of a certificate is one, so nobody has to look into it.
        if record.matching_type == MatchingType::FULL {
            return record.data == selected;
        }
        if self.has_agility && !self.set.is_strongest(record) {
            return false;
        }
        let digests = match record.selector {
            Selector::CERT => &mut self.certificate,
            _ => &mut self.public_key,
        };
        let hash = self.hash;
        match record.matching_type {
            MatchingType::SHA2_256 => {
                let digest = digests.sha256.get_or_insert_with(|| hash.sha256(selected));
                record.data == digest.as_slice()
            }
            _ => {
                let digest = digests.sha512.get_or_insert_with(|| hash.sha512(selected));
                record.data == digest.as_slice()
            }
        }
    }

    /// Returns whether a record has the whole of an anchor that was not sent.
    #[cold]
    fn place_in_record(&self, record: &Record<'a>) -> Option<Place> {
        let is_anchor =
            record.usage == Usage::DANE_TA && record.matching_type == MatchingType::FULL;
        if !is_anchor || record.unusable(self.set.profile()).is_some() {
            return None;
        }
        // What was sent as an issuer has its depth.
        let is_at = |depth| self.peer.selected(depth, record.selector) == Some(record.data);
        if (1..self.peer.len()).any(|depth| is_at(depth) && !self.peer.is_end_entity(depth)) {
            return None;
        }
        match record.selector {
            // No end entity is its own issuer.
            Selector::CERT => (!is_at(0)).then_some(Place::RecordCertificate),
            // But it may be signed with its own key.
            _ => Some(Place::RecordKey),
        }
    }
}

impl<H: Hash + ?Sized> Iterator for Matches<'_, H> {
    type Item = Match;

    #[inline]
    fn next(&mut self) -> Option<Match> {
        if self.set.dnssec() != Dnssec::Secure {
            return None;
        }
        loop {
            let Some(record) = self.set.records().get(self.record) else {
                self.advance()?;
                continue;
            };
            let index = self.record;
            self.record = index.saturating_add(1);
            let record = match record {
                Ok(record) if record.usage == self.usage => record,
                _ => continue,
            };
            let Some(place) = self.place(record) else { continue };
            let owed = Owed { record: index, usage: record.usage, place };
            return Some(match record.usage {
                Usage::DANE_EE if !self.set.profile().end_entity_names => {
                    Match::Authenticated(EndEntity { record: index })
                }
                _ => Match::Owed(owed),
            });
        }
    }
}

impl<H: Hash + ?Sized> FusedIterator for Matches<'_, H> {}

impl<H: ?Sized> Clone for Matches<'_, H> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<H: ?Sized> fmt::Debug for Matches<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matches")
            .field("depth", &self.depth)
            .field("usage", &self.usage)
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}
