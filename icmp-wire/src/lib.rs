//! ICMP and ICMPv6 destination-unreachable messages, read in place.
//!
//! A [`v4::Message`] or [`v6::Message`] borrows the bytes of one ICMP message and decodes nothing
//! until asked. It says why a datagram was refused ([`v4::UnreachableCode`],
//! [`v6::UnreachableCode`]) and shows the start of that datagram ([`Quote`]), however little of it
//! was sent back, down to the ports that its sender wanted ([`Ports`]).
//!
//! ```
//! use icmp_wire::v4::{Body, Message, UnreachableCode};
//!
//! // Port unreachable, quoting a UDP datagram from 192.0.2.214 to 192.0.2.10: the IPv4 header and
//! // the eight bytes behind it, the least that RFC 792 allows.
//! let bytes = [
//!     3, 3, 0x5f, 0x0c, 0, 0, 0, 0,
//!     0x45, 0, 0x05, 0xd4, 0, 1, 0x40, 0, 64, 17, 0xb0, 0x37, 192, 0, 2, 214, 192, 0, 2, 10,
//!     0xc3, 0x50, 0x08, 0x07, 0x05, 0xc0, 0x00, 0x00,
//! ];
//! let message = Message::parse(&bytes)?;
//! let Body::Unreachable(unreachable) = message.body() else { panic!("not an unreachable") };
//! assert_eq!(unreachable.code(), UnreachableCode::PORT_UNREACHABLE);
//!
//! let quote = unreachable.quote()?;
//! assert_eq!(quote.source().to_string(), "192.0.2.214");
//! assert_eq!((quote.declared_len(), quote.as_bytes().len()), (1492, 28));
//!
//! let ports = quote.ports()?.expect("UDP has ports");
//! assert_eq!((ports.source, ports.destination), (50000, 2055));
//! # Ok::<(), icmp_wire::Error>(())
//! ```
//!
//! # Damage
//!
//! A quote is nearly always cut, and that is no error: what was sent back is shown, beside the
//! length that its header declares. Each step fails only for what it needs itself:
//!
//! | step | needs |
//! | --- | --- |
//! | [`v4::Message::parse`], [`v6::Message::parse`] | the 8 bytes of the ICMP header |
//! | [`v4::Unreachable::quote`], [`v6::Unreachable::quote`] | the fixed IP header: 20 or 40 bytes |
//! | [`Quote::transport`] | IPv4 options or IPv6 extension headers, whole |
//! | [`Transport::ports`] | 4 bytes |
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input. `no_std` always.
//!
//! # What it does not do
//!
//! Checksums are shown and not verified. Nothing is reassembled. Of the message types, destination
//! unreachable is decoded; others show their header and payload.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod protocol;
mod quote;
mod raw;
mod transport;
pub mod v4;
pub mod v6;

pub use crate::{
    protocol::Protocol,
    quote::Quote,
    transport::{Ports, Transport},
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
