//! The log headers of pf: the oracle of `pflog-wire`.

mod laws;
mod model;
pub mod naive;
mod seen;
mod view;

pub use self::{
    model::{Model, check_model},
    seen::{Fields, Seen},
    view::see,
};

use pflog_wire::{ByteOrder, LinkType};

/// By what a packet can be read. The old header has no number in the writer's byte order.
pub const SOURCES: [(LinkType, ByteOrder); 3] = [
    (LinkType::Pflog, ByteOrder::Little),
    (LinkType::Pflog, ByteOrder::Big),
    (LinkType::OldPflog, ByteOrder::Big),
];

/// Holds every promise of `pflog_wire` against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    for source in SOURCES {
        let seen = see(data, source);
        assert_eq!(seen, naive::decode(data, source), "{source:?}");
        laws::check_entries(data, source, &seen);
        laws::check_cuts(data, source, &seen);
        laws::check_written(data, source);
    }
    laws::check_byte_orders(data);
}
