//! LDIF, and the SSH keys in it, read in place and [written](Build).
//!
//! [`Records`] go through what `ldapsearch`, `slapcat` or OpenBSD's `ldap` print, or a directory is
//! changed with, and decode nothing until asked. A [`Key`] is a value that sshd would take, checked as
//! sshd checks it, and an [`AuthorizedKey`] the one line that is made of it, whatever the value was.
//!
//! ```
//! use ldif_keys::{Body, Key, Policy, Records, Rules, SSH_PUBLIC_KEY};
//!
//! // What `ldapsearch -LLL` prints of a key with a line feed at its end: base64, folded.
//! let ldif = b"dn: uid=user1,dc=example,dc=com\n\
//!     sshPublicKey:: c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUpTQm1XWmNLQ3p\n \
//!     RdkFUL09IUlNnNWNaeWFhdlc1UnlYeHJXYmZSZDhtU3cgdXNlcjFAZXhhbXBsZS5jb20K\n";
//! let mut lines = Vec::new();
//! for record in Records::new(ldif, Rules::LENIENT) {
//!     let Body::Content(attributes) = record?.body() else { continue };
//!     attributes.check()?;
//!     for attribute in attributes.flatten().filter(|it| it.description().is(SSH_PUBLIC_KEY)) {
//!         let mut buffer = [0; 8192];
//!         let value = attribute.value().decode(&mut buffer)?;
//!         match Key::parse(value).and_then(|key| Ok(key.authorize(Policy::Refuse)?.to_string())) {
//!             Ok(line) => lines.push(line),
//!             Err(refusal) => eprintln!("line {}: {refusal}", attribute.line()),
//!         }
//!     }
//! }
//! assert_eq!(lines, ["ssh-ed25519 \
//!     AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw user1@example.com"]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Damage
//!
//! A bad value never costs a good one. By [`Rules::LENIENT`] each line that cannot be read is an
//! [`Error`] with its byte, and the lines around it are read all the same; by [`Rules::STRICT`] a
//! record with any fault is one error.
//!
//! # Safety of keys
//!
//! What the attribute holds was written by users, and decides who may log in. So a line for sshd is
//! never made of bytes as they came: see [`AuthorizedKey`]. Only [`Body::Content`] has values that
//! are present in the directory, and of these not such as are [marked as
//! deleted](Description::is_deleted) or stand in front of a [late change](Attributes::check). URLs
//! are never opened. Ask `ldapsearch` with `-LLL`, never `-L`: that prints the filter as it is, so a
//! line feed in a user's name makes a record that looks real; and put names into the filter through
//! [`FilterValue`]. Whether a search was complete is said by its exit status alone.
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input. `no_std` always.
//!
//! # Features
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `alloc` | `to_cow` of [`Text`] and [`Value`]: unfolded and decoded without a buffer of the caller's |
//! | `sha2` | `Key::fingerprint`, as sshd logs it |
//!
//! # What it does not do
//!
//! Whether an ECDSA point lies on its curve is left to sshd, as is what the values of options say.
//! Private keys, certificates and DSA are refused. No directory is asked and no dn taken apart.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod algorithm;
mod attribute;
mod authorize;
mod base64;
mod blob;
mod build;
mod change;
mod control;
mod description;
mod escape;
mod fingerprint;
mod key;
mod key_option;
mod keys;
mod line;
mod record;
mod records;
mod refusal;
mod rules;
mod sink;
mod text;
mod value;

pub use crate::{
    algorithm::Algorithm,
    attribute::{Attribute, Attributes},
    authorize::{AuthorizedKey, Policy, Prefix},
    blob::{Blob, BlobBytes},
    build::{Build, Content},
    change::{Modification, Modifications, Operation, Rename, Values},
    control::{Control, Controls},
    description::{Description, Options, SSH_PUBLIC_KEY, SSH_PUBLIC_KEY_OID},
    escape::{DnValue, FilterValue},
    fingerprint::Fingerprint,
    key::Key,
    key_option::{KeyOption, KeyOptions, OptionValue, QuotedOption},
    keys::Keys,
    record::{Body, Record},
    records::Records,
    refusal::{Reason, Refusal},
    rules::Rules,
    text::{Bytes, Text},
    value::{Base64, Value},
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
