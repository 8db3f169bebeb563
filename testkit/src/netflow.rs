//! Cisco NetFlow v5: the oracle of `netflow-v5`.

mod laws;
mod model;
pub mod naive;
mod seen;
mod sequence;
mod view;

pub use self::{
    model::{Model, Part, check_model},
    seen::{Fields, Seen, SeenPackets, SeenRecord},
    sequence::{Arrivals, check_sequence},
    view::see,
};

use crate::bytes::model;

/// Holds every promise of `netflow_v5` against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    let seen = see(data);
    assert_eq!(seen, naive::decode(data));
    assert_eq!(view::packets(data), naive::packets(data));
    laws::check_entries(data, &seen);
    laws::check_cuts(data, &seen);
    laws::check_recognition(data);
    laws::check_written(data);
    check_sequence(&model::<Arrivals>(data));
}
