//! The log headers of BSD pf, read in place and written.
//!
//! An [`Entry`] borrows a packet of a capture of `pflog0`. It shows which rule decided what about
//! which packet, in every layout that pf has had ([`Layout`]) on every system ([`Systems`]); and where
//! the bytes do not tell what a number means, all that it may mean ([`Names`], [`Meaning`]).
//!
//! ```
//! # fn main() -> pflog_wire::Result<()> {
//! use pflog_wire::{Action, ByteOrder, Entry, Layout, LinkType, Systems};
//!
//! // FreeBSD 14 blocked a packet: rule 3, on em0. The capture is little-endian.
//! let bytes = [
//!     69, 2, 1, 0, b'e', b'm', b'0', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
//!     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff,
//!     0xff, 0xff, 0xff, 0xff, 0xa0, 0x86, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,
//!     0x3a, 0xde, 0x68, 0xb1, 0, 0, 0, 0, 0x45, 0, 0, 0x30,
//! ];
//! let entry = Entry::parse(&bytes, LinkType::Pflog, ByteOrder::Little)?;
//! assert_eq!((entry.layout(), entry.systems()), (Layout::FREEBSD_13_1, Systems::FREEBSD));
//! assert_eq!(entry.action(), Action::BLOCK);
//! assert_eq!(entry.action_names().only(), Some("block"));
//! assert_eq!(entry.interface().to_string(), "em0");
//! assert_eq!((entry.rule(), entry.subrule(), entry.uid()), (Some(3), None, None));
//! assert_eq!(entry.ridentifier(), Some(987_654_321));
//! assert_eq!(entry.payload(), [0x45, 0, 0, 0x30]);
//! # Ok(())
//! # }
//! ```
//!
//! # Ambiguity
//!
//! The header names neither the system that wrote it nor the release. Nothing is guessed:
//!
//! | what | told by |
//! | --- | --- |
//! | the systems it may be from | [`Entry::systems`]: from layout, address family, and what stands for "none" |
//! | actions over 10, reasons over 14 | [`Entry::action_names`], [`Entry::reason_names`]: one name, or several |
//! | actions over 2 in the layout of OpenBSD 3.4 | the same: a name was put in between while it was in use |
//! | the direction in that of OpenBSD 3.0 | [`Entry::direction_names`] |
//! | addresses in that of OpenBSD 4.9 | [`Entry::meaning`]: of the packet before a translation, or after |
//!
//! # Damage
//!
//! | entry point | reads |
//! | --- | --- |
//! | [`Entry::parse`] | a header that is whole, of a layout that is known, and the packet behind it |
//! | [`Entry::parse_lax`] | what is whole of a header that was cut, or that is longer than any known |
//!
//! No value of a field is refused.
//!
//! # Writing
//!
//! [`Build`] writes an entry of plain fields in any of the layouts, and is also made of the view.
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input. `no_std` always.
//!
//! # Features
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `serde` | `Serialize` of [`Entry`] and its code points, in the names of the accessors. A code point is its number, a name is text with escapes |
//!
//! # What it does not do
//!
//! The packet behind the header is bytes. Captures are read by others: the link type and the byte
//! order are theirs to tell. pfsync is another format.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod action;
mod build;
mod direction;
mod entry;
mod family;
mod fields;
mod layout;
mod meaning;
mod name;
mod names;
mod raw;
mod reason;
#[cfg(feature = "serde")]
mod serde;
mod source;
mod systems;

pub use crate::{
    action::Action,
    build::Build,
    direction::Direction,
    entry::Entry,
    family::Family,
    layout::Layout,
    meaning::Meaning,
    name::Name,
    names::Names,
    reason::Reason,
    source::{ByteOrder, LinkType},
    systems::Systems,
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
