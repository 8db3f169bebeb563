//! ICMP and ICMPv6 errors: the oracle of `icmp-wire`.

mod model;
pub mod naive;

pub use self::model::{Extension, Family, Model, Quoted, check_model};

use crate::bytes::{Failure, check_error, offset_within};
use icmp_wire::{Quote, Transport, v4, v6};
use std::net::IpAddr;
use wire_error::ErrorKind;

/// What a decoder sees of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The type.
    pub ty: u8,
    /// The code.
    pub code: u8,
    /// The checksum as sent.
    pub checksum: u16,
    /// What a destination unreachable says.
    pub unreachable: Option<SeenUnreachable>,
}

/// What a decoder sees of a destination unreachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenUnreachable {
    /// The next-hop MTU; `None` for other codes and for 0.
    pub mtu: Option<u16>,
    /// The quoted datagram.
    pub quote: Result<SeenQuote, Failure>,
}

/// What a decoder sees of a quoted datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenQuote {
    /// Where the quote starts.
    pub offset: usize,
    /// Its source.
    pub source: IpAddr,
    /// Its destination.
    pub destination: IpAddr,
    /// The length its header declares.
    pub declared_len: usize,
    /// The bytes that are present.
    pub present: usize,
    /// Time to live or hop limit.
    pub hop_limit: u8,
    /// What follows its header.
    pub transport: Result<SeenTransport, Failure>,
}

/// What a decoder sees behind a quoted IP header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenTransport {
    /// The protocol.
    pub protocol: u8,
    /// The fragment offset in units of 8 bytes.
    pub fragment_offset: u16,
    /// Where the transport header starts.
    pub offset: usize,
    /// Source and destination port.
    pub ports: Result<Option<(u16, u16)>, Failure>,
}

/// Holds every promise of `icmp_wire` against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    for family in [Family::V4, Family::V6] {
        let seen = see(family, data);
        assert_eq!(seen, naive::decode(family, data), "{family:?}");
        check_prefix_law(family, data, seen);
    }
    match Quote::parse(data) {
        Ok(quote) => assert_eq!(see_quote(quote, data), naive::quote(data, 0).unwrap()),
        Err(error) => {
            check_error(&error, data);
            assert_eq!(Err(error.into()), naive::quote(data, 0));
        }
    }
}

/// Returns what `icmp_wire` sees in `data`, having checked what must hold of every view of it.
///
/// # Errors
///
/// The crate's own.
///
/// # Panics
///
/// If a view contradicts itself.
pub fn see(family: Family, data: &[u8]) -> Result<Seen, Failure> {
    match family {
        Family::V4 => see_v4(data),
        Family::V6 => see_v6(data),
    }
}

fn see_v4(data: &[u8]) -> Result<Seen, Failure> {
    let message = v4::Message::parse(data).map_err(|error| failure(error, data))?;
    assert_eq!(message, v4::Message::parse(data).unwrap());
    check_text(&message);
    check_payload(message.payload(), data);
    let unreachable = match message.body() {
        v4::Body::Unreachable { code, next_hop_mtu } => {
            assert_eq!(message.ty(), v4::Type::DESTINATION_UNREACHABLE);
            assert_eq!(message.code_name(), code.name());
            Some(SeenUnreachable {
                mtu: next_hop_mtu.map(u16::from),
                quote: see_quoted(message.quote(), message.payload(), data),
            })
        }
        _ => None,
    };
    let (ty, code, checksum) = (message.ty().0, message.code(), message.checksum());
    Ok(Seen { ty, code, checksum, unreachable })
}

fn see_v6(data: &[u8]) -> Result<Seen, Failure> {
    let message = v6::Message::parse(data).map_err(|error| failure(error, data))?;
    assert_eq!(message, v6::Message::parse(data).unwrap());
    check_text(&message);
    check_payload(message.payload(), data);
    let unreachable = match message.body() {
        v6::Body::Unreachable { code } => {
            assert_eq!(message.ty(), v6::Type::DESTINATION_UNREACHABLE);
            assert_eq!(message.code_name(), code.name());
            Some(SeenUnreachable {
                mtu: None,
                quote: see_quoted(message.quote(), message.payload(), data),
            })
        }
        _ => None,
    };
    let (ty, code, checksum) = (message.ty().0, message.code(), message.checksum());
    Ok(Seen { ty, code, checksum, unreachable })
}

fn see_quoted(
    quote: icmp_wire::Result<Option<Quote<'_>>>,
    payload: &[u8],
    data: &[u8],
) -> Result<SeenQuote, Failure> {
    let quote = quote.map_err(|error| failure(error, data))?.expect("an unreachable quotes");
    // The same bytes by themselves read the same, only the offsets differ.
    assert_eq!(quote, Quote::parse(payload).unwrap());
    Ok(see_quote(quote, data))
}

fn see_quote(quote: Quote<'_>, data: &[u8]) -> SeenQuote {
    check_text(&quote);
    assert_eq!(offset_within(quote.as_bytes(), data), quote.offset());
    let transport = quote.transport().map_err(|error| failure(error, data));
    if let Ok(transport) = quote.transport() {
        check_text(&transport);
        assert_eq!(quote.ports(), transport.ports());
        assert_eq!(offset_within(transport.as_bytes(), data), transport.offset());
        let header = transport.offset() - quote.offset();
        assert_eq!(header + transport.as_bytes().len(), quote.as_bytes().len());
    }
    SeenQuote {
        offset: quote.offset(),
        source: quote.source(),
        destination: quote.destination(),
        declared_len: quote.declared_len(),
        present: quote.as_bytes().len(),
        hop_limit: quote.hop_limit(),
        transport: transport.map(|transport| see_transport(transport, data)),
    }
}

fn see_transport(transport: Transport<'_>, data: &[u8]) -> SeenTransport {
    let ports = transport.ports().map_err(|error| failure(error, data));
    SeenTransport {
        protocol: transport.protocol().0,
        fragment_offset: transport.fragment_offset(),
        offset: transport.offset(),
        ports: ports.map(|ports| ports.map(|ports| (ports.source, ports.destination))),
    }
}

/// A cut message shows less, and what it shows is the same.
fn check_prefix_law(family: Family, data: &[u8], whole: Result<Seen, Failure>) {
    // The limits all lie in the headers; what lies behind them is only counted.
    for len in (0..data.len()).rev().filter(|len| *len < 160 || len % 61 == 0) {
        let cut = naive::decode(family, &data[..len]);
        assert_eq!(see(family, &data[..len]), cut, "{len} of {} bytes", data.len());
        match (cut, whole) {
            (Ok(cut), Ok(whole)) => {
                assert_eq!(
                    (cut.ty, cut.code, cut.checksum),
                    (whole.ty, whole.code, whole.checksum)
                );
            }
            (Err(Failure { kind, .. }), _) => {
                assert!(matches!(kind, ErrorKind::Truncated { .. }), "{kind:?}");
            }
            (Ok(_), Err(failure)) => panic!("a prefix is read where the whole fails: {failure:?}"),
        }
    }
}

fn check_payload(payload: &[u8], data: &[u8]) {
    assert_eq!(offset_within(payload, data), 8);
    assert_eq!(8 + payload.len(), data.len());
}

/// Formatting never fails, and never prints the bytes.
fn check_text(view: &impl std::fmt::Debug) {
    let text = format!("{view:?}");
    assert!(text.len() < 1000, "too much to say: {text}");
}

fn failure(error: icmp_wire::Error, data: &[u8]) -> Failure {
    check_error(&error, data);
    error.into()
}
