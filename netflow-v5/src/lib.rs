//! Cisco NetFlow v5 exports, read in place and written.
//!
//! A [`Packet`] borrows the payload of one datagram and decodes nothing until asked. It shows flows
//! ([`Record`]), when they were ([`Clock`]), how they were sampled ([`Sampling`]), and, held against
//! the packets before, what was lost on the way ([`Tracker`]).
//!
//! ```
//! # fn main() -> netflow_v5::Result<()> {
//! use netflow_v5::{Packet, Protocol};
//!
//! // What softflowd sent to a collector that was down: one flow, a datagram of QUIC.
//! let bytes = [
//!     0, 5, 0, 1, 0, 0, 0x1b, 0x8b, 0x6b, 0x02, 0x45, 0x15, 0x18, 0xe8, 0xff, 0xb8,
//!     0, 0, 0x03, 0x44, 0, 0, 0, 0,
//!     198, 51, 100, 23, 203, 0, 113, 80, 0, 0, 0, 0, 0, 0, 0, 0,
//!     0, 0, 0, 1, 0, 0, 0, 0xd3, 0, 0, 0x0f, 0xd2, 0, 0, 0x0f, 0xd2,
//!     0xa5, 0x2b, 0x01, 0xbb, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0,
//! ];
//! let packet = Packet::parse(&bytes)?;
//! assert_eq!((packet.count(), packet.flow_sequence()), (1, 836));
//!
//! let clock = packet.clock();
//! for record in packet {
//!     assert_eq!(record.srcaddr().to_string(), "198.51.100.23");
//!     assert_eq!((record.protocol(), record.dstport()), (Protocol::UDP, 443));
//!     assert_eq!((record.packets(), record.octets()), (1, 211));
//!     // 2026-11-22 01:27:46.416 UTC.
//!     assert_eq!(clock.unix_millis(record.first()), 1_795_310_866_416);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Damage
//!
//! The bytes decide which records there are, never the count alone. Of what was cut the whole
//! records are kept, and it is said where it stopped, as an [`Error`]:
//!
//! | entry point | reads |
//! | --- | --- |
//! | [`Packet::parse`] | one packet, whole, and nothing left over |
//! | [`Packet::parse_prefix`] | one packet, whole, and returns what follows |
//! | [`Packet::parse_lax`] | the header, and the records that are whole |
//! | [`Packets`] | one whole packet behind the other, up to the first that is not |
//! | [`Recognition::of`] | a few bytes: is this payload, cut or not, an export at all? |
//!
//! A count of 0 or above 30 is against the format and read all the same:
//! [`Packet::has_valid_count`]. No other value of a field is refused, neither a prefix length above
//! 32 nor unused bytes that are not 0.
//!
//! # Writing
//!
//! [`Build`] writes a packet of a [`Header`] and [`Flow`]s, plain fields that are also made
//! of the views. What was read is written again byte by byte.
//!
//! # Guarantees
//!
//! No allocation, no `unsafe`, no panic on any input; time linear in the input. `no_std` always.
//!
//! # Features
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `serde` | `Serialize` of [`Packet`], [`Records`], [`Record`] and their code points, in the field names of the specification. A code point is its number; times are uptimes, as they were sent |
//!
//! There is no `alloc`: [`Header`] and [`Flow`] are owned and of a fixed size, and whoever wants many
//! of them collects them.
//!
//! # What it does not do
//!
//! Other versions are [`UnsupportedVersion`](ErrorKind::UnsupportedVersion); version 7 has records
//! of its own. Nothing is received, and no clock is read. Counters are not scaled unless asked
//! ([`Record::scaled`]), and flows of which nothing was counted are flows like any others: ipt-netflow
//! tells of translated addresses with them.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod build;
mod packet;
mod packets;
mod protocol;
mod raw;
mod recognition;
mod record;
mod records;
mod sampling;
mod sequence;
#[cfg(feature = "serde")]
mod serde;
mod tcp_flags;
mod time;

pub use crate::{
    build::{Build, Flow, Header},
    packet::Packet,
    packets::Packets,
    protocol::Protocol,
    recognition::Recognition,
    record::{Icmp, Record, Scaled},
    records::Records,
    sampling::{Sampling, SamplingMode},
    sequence::{Tracker, Verdict},
    tcp_flags::TcpFlags,
    time::Clock,
};
#[doc(no_inline)]
pub use wire_error::{Error, ErrorKind, Result};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
