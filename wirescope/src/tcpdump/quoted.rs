//! The datagram that an ICMP error quotes, whether or not it can be read.

use crate::{line::Line, network::v4_at};
use icmp_wire::{Protocol, Quote};
use std::net::IpAddr;

/// What a message quotes.
#[derive(Debug)]
pub(crate) struct Quoted<'a> {
    quote: icmp_wire::Result<Quote<'a>>,
    bytes: &'a [u8],
}

impl<'a> Quoted<'a> {
    /// Returns the quote of an error message, which follows the eight bytes of its header.
    pub(crate) fn of(message: &'a [u8]) -> Self {
        let bytes = message.get(8..).unwrap_or_default();
        Self { quote: Quote::parse(bytes).map_err(|error| error.nested_at(8)), bytes }
    }

    /// Writes where the datagram came from, a question mark if that cannot be read.
    pub(crate) fn source(&self, line: &mut Line) {
        address(line, self.quote.ok().map(|quote| quote.source()));
    }

    /// Writes where the datagram was sent to.
    pub(crate) fn destination(&self, line: &mut Line) {
        address(
            line,
            match (self.quote, self.bytes) {
                (Ok(quote), _) => Some(quote.destination()),
                // An IPv4 header that is wrong about its length has its addresses all the same.
                (Err(_), [0x40..=0x44, ..]) => v4_at(self.bytes, 16).map(IpAddr::from),
                (Err(_), _) => None,
            },
        );
    }

    /// Writes the number of the datagram's protocol.
    pub(crate) fn protocol(&self, line: &mut Line) {
        let Ok(quote) = self.quote else {
            line.text("?");
            return;
        };
        let transport = quote.transport().map(|transport| transport.protocol());
        line.number(transport.unwrap_or(quote.protocol()).0);
    }

    /// Returns whether the quote was cut before the ports.
    pub(crate) fn lacks_ports(&self) -> bool {
        self.quote.is_ok_and(|quote| quote.ports().is_err())
    }

    /// Writes the protocol and port that the datagram wanted.
    pub(crate) fn service(&self, line: &mut Line) {
        let Ok(transport) = self.quote.and_then(|quote| quote.transport()) else {
            line.text("port ?");
            return;
        };
        match transport.protocol() {
            Protocol::TCP => line.text("tcp"),
            Protocol::UDP => line.text("udp"),
            Protocol(number) => line.text("protocol ").number(number),
        };
        match transport.ports() {
            Ok(Some(ports)) => line.text(" port ").number(ports.destination),
            _ if transport.is_later_fragment() => line.text(" (later fragment)"),
            _ => line.text(" (no port)"),
        };
    }

    /// Writes why the quote cannot be read; nothing if it can.
    pub(crate) fn why(&self, line: &mut Line) {
        if let Err(error) = self.quote {
            line.text(" (").display(error).text(")");
        }
    }
}

fn address(line: &mut Line, address: Option<IpAddr>) {
    match address {
        Some(address) => line.address(address),
        None => line.text("?"),
    };
}

/// Returns the header of a message, filled up with zeros if it was cut.
pub(crate) fn header_of(message: &[u8]) -> [u8; 8] {
    let mut header = [0; 8];
    for (place, byte) in header.iter_mut().zip(message) {
        *place = *byte;
    }
    header
}
