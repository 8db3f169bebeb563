//! ICMP and ICMPv6 errors, read in place and written.
//!
//! A [`v4::Message`] or [`v6::Message`] borrows the bytes of one ICMP message and decodes nothing
//! until asked. It says what happened to a datagram ([`v4::Body`], [`v6::Body`]), shows the start of
//! that datagram ([`Quote`]), however little of it was sent back, down to the ports that its sender
//! wanted ([`Ports`]), and what routers have to say besides ([`Extensions`]).
//!
//! ```
//! # fn main() -> icmp_wire::Result<()> {
//! use icmp_wire::{
//!     Ports,
//!     v4::{Body, Message, UnreachableCode},
//! };
//!
//! // Port unreachable, quoting a UDP datagram from 192.0.2.214 to 192.0.2.10: the IPv4 header and
//! // the eight bytes behind it, the least that RFC 792 allows.
//! let bytes = [
//!     3, 3, 0x2b, 0xe5, 0, 0, 0, 0,
//!     0x45, 0, 0x05, 0xd4, 0, 1, 0x40, 0, 64, 17, 0xb0, 0x37, 192, 0, 2, 214, 192, 0, 2, 10,
//!     0xc3, 0x50, 0x08, 0x07, 0x05, 0xc0, 0x00, 0x00,
//! ];
//! let message = Message::parse(&bytes)?;
//! let code = UnreachableCode::PORT_UNREACHABLE;
//! assert_eq!(message.body(), Body::Unreachable { code, next_hop_mtu: None });
//!
//! let Some(quote) = message.quote()? else { return Ok(()) }; // Of a type that quotes nothing.
//! assert_eq!(quote.source().to_string(), "192.0.2.214");
//! assert_eq!((quote.declared_len(), quote.as_bytes().len()), (1492, 28));
//! assert_eq!(quote.ports()?, Some(Ports { source: 50000, destination: 2055 }));
//! # Ok(())
//! # }
//! ```
//!
//! # Damage
//!
//! A quote is nearly always cut, and that is no error: what was sent back is shown, beside the
//! length that its header declares. Each step fails only for what it needs itself, and what is not
//! there is `None`, told apart from what was cut off, which is an [`Error`]:
//!
//! | step | needs |
//! | --- | --- |
//! | [`v4::Message::parse`], [`v6::Message::parse`] | the 8 bytes of the ICMP header |
//! | [`v4::Message::quote`], [`v6::Message::quote`] | the fixed IP header: 20 or 40 bytes |
//! | [`Quote::transport`] | IPv4 options or IPv6 extension headers, whole |
//! | [`Transport::ports`] | 4 bytes |
//! | [`Transport::query`], [`Transport::tcp_sequence`] | 8 bytes |
//! | [`v4::Message::extensions`], [`v6::Message::extensions`] | [`Evidence`] that there are any |
//! | [`Objects::next`](Objects) | an object that is whole |
//!
//! # Writing
//!
//! [`v4::Build`] and [`v6::Build`] write an error for a given datagram: the quote cut to what the
//! RFCs allow, extension objects behind it, checksums.
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input. `no_std` always.
//!
//! # Features
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `rate-limit` | [`RateLimit`](https://docs.rs/icmp-wire/latest/icmp_wire/struct.RateLimit.html): the line in which a FreeBSD or macOS kernel logs that it holds responses back |
//!
//! # What it does not do
//!
//! Checksums are checked when asked for, never by `parse`. Nothing is reassembled, and unwrapping a
//! tunnel is up to the caller. Messages other than errors, such as echo, show their header and
//! payload.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod build;
mod checksum;
mod extension;
mod protocol;
mod quote;
#[cfg(feature = "rate-limit")]
mod rate_limit;
mod raw;
mod severity;
mod transport;
pub mod v4;
pub mod v6;

#[cfg(feature = "rate-limit")]
pub use crate::rate_limit::{RateLimit, Response};
pub use crate::{
    checksum::{Checksum, checksum},
    extension::{
        Class, Evidence, Extensions, InterfaceIdentification, InterfaceInformation, InterfaceRole,
        Label, LabelStack, Labels, Name, NodeIdentification, Object, ObjectBody, Objects,
    },
    protocol::Protocol,
    quote::Quote,
    severity::Severity,
    transport::{Ports, Query, Transport},
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
