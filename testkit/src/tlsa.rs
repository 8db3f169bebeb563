//! TLSA records and certificates: the oracle of `tlsa-match`.

mod certificate;
mod der;
mod laws;
mod model;
pub mod naive;
mod seen;
mod view;

pub use self::{
    certificate::check_certificate,
    der::Build,
    model::{Model, check_model},
    seen::{Seen, SeenEntry, SeenFinding, SeenMatch, SeenRecord, SeenStanding},
    view::{Counting, see},
};

/// Holds every promise of `tlsa_match` about records against arbitrary bytes: as RDATA, as text, and
/// as the name of an owner.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    laws::check_rdata(data);
    laws::check_presentation(data);
    laws::check_lines(data);
    if let Ok(text) = std::str::from_utf8(data) {
        laws::check_owner(text);
    }
}
