//! TLSA and SMIMEA records, and whether they vouch for what a peer has sent (DANE).
//!
//! A [`Record`] is read from RDATA or from text, and written as either. A [`Certificate`] borrows DER
//! and shows the key in it, byte for byte ([`PublicKey`]). An [`RrSet`] holds the records of a name
//! against a chain of certificates or a raw key, and gives a [`Verdict`], which says what is still
//! owed: a digest that matches authenticates by itself only with DANE-EE.
//!
//! ```
//! # #[cfg(feature = "sha2")]
//! # fn main() -> tlsa_match::Result<()> {
//! use tlsa_match::{Certificate, Dnssec, Peer, Profile, Record, RrSet, Sha2, Verdict};
//!
//! # let leaf = &include_bytes!("../tests/data/leaf-ed25519.der")[..];
//! # let issuer = &include_bytes!("../tests/data/root-p256.der")[..];
//! let mut buf = [0; 32];
//! let text = b"3 1 1 57838550676dd4b9f6fd605941fa8fc3a0f9972b690d23670393d5e19808576f";
//! let records = [Record::parse_text(text, &mut buf)];
//! let set = RrSet::new(&records, Dnssec::Secure, Profile::DEFAULT)?;
//!
//! let chain = [Certificate::parse(leaf)?, Certificate::parse(issuer)?];
//! match set.verdict(Peer::Chain(&chain), &Sha2)? {
//!     Verdict::Authenticated(end_entity) => assert_eq!(end_entity.record(), 0),
//!     Verdict::Matched(owed) => println!("check {:?}", owed.debts()),
//!     Verdict::NoMatch | Verdict::Bogus => println!("end the connection"),
//!     Verdict::NoRecords | Verdict::NoneUsable => println!("DANE does not authenticate the peer"),
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "sha2"))]
//! # fn main() {}
//! ```
//!
//! # What is asked of the caller
//!
//! | question | who answers it |
//! | --- | --- |
//! | what DNSSEC says of the answer | the resolver: [`Dnssec`] goes in, none is assumed |
//! | SHA-256 and SHA-512 | [`Hash`]: any implementation, or the feature `sha2` |
//! | whether PKIX usages are accepted, which digest is the stronger, and how much is looked at | the [`Profile`] |
//! | signatures, times, names, trusted roots | whoever gets an [`Owed`]: its [`Debt`]s say which |
//! | whether the peer has the key | the TLS handshake |
//!
//! A record that cannot be used never fails the others, and says [why](Unusable). One that is passed
//! over for a stronger digest says [so](Standing). [`RrSet::lint`] tells a publisher what to mend.
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input, for a verdict in
//! records times certificates. `no_std` always. With the feature `sha2` the digests are that crate's.
//!
//! # Features
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `sha2` | [`Sha2`](https://docs.rs/tlsa-match/latest/tlsa_match/struct.Sha2.html): the digests, by the crate of that name |
//!
//! # What it does not do
//!
//! Nothing is resolved, no connection is made and no signature verified. A chain is taken in the order
//! in which it was sent, and no path is looked for. Comparison is not constant in time: certificates
//! and records are public.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod association;
mod certificate;
mod class;
mod code;
mod der;
mod dnssec;
mod entry;
mod grammar;
mod hash;
mod lint;
mod matches;
mod owner;
mod peer;
mod profile;
mod public_key;
mod record;
mod request;
mod rr_type;
mod rrset;
mod smtp;
mod unusable;
mod verdict;

#[cfg(feature = "sha2")]
pub use crate::hash::Sha2;
pub use crate::{
    association::Association,
    certificate::Certificate,
    class::Class,
    code::{MatchingType, Selector, Usage},
    dnssec::Dnssec,
    entry::{Entry, Lines},
    hash::Hash,
    lint::{Finding, Lint},
    matches::{Match, Matches},
    owner::{Owner, Transport},
    peer::Peer,
    profile::{Limits, Profile},
    public_key::PublicKey,
    record::{Generic, Hex, Mnemonics, Record},
    request::Request,
    rr_type::Type,
    rrset::{RrSet, Standing, Standings},
    smtp::{Mx, SmtpNames, SmtpReferences},
    unusable::Unusable,
    verdict::{Debt, EndEntity, Owed, Place, Verdict},
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
