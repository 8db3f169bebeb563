//! ICMP and ICMPv6 errors: the oracle of `icmp-wire`.

mod line;
mod model;
pub mod naive;
mod prefix;
mod seen;
mod view;
mod written;

pub use self::{
    line::{Line, check_line},
    model::{Extension, Family, Length, Model, Object, Part, Quoted, Seal, Structure, check_model},
    seen::{
        Seen, SeenBody, SeenObject, SeenObjectBody, SeenObjects, SeenQuote, SeenStructure,
        SeenTransport,
    },
};

use self::{naive::checksum, view::View};
use crate::bytes::{Failure, model, offset_within};
use icmp_wire::{Extensions, Objects, Quote, v4, v6};
use std::fmt::Debug;

/// Holds every promise of `icmp_wire` against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    for family in [Family::V4, Family::V6] {
        let seen = see(family, data);
        assert_eq!(seen, naive::decode(family, data), "{family:?}");
        if let Ok(seen) = &seen {
            check_message(family, data, seen);
            written::check(family, data, seen);
        }
        prefix::check(family, data, &seen);
    }
    check_parts(data);
    check_checksum(data);
    check_line(data);
    check_line(&model::<Line>(data).encode());
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
    View { data, is_thorough: true }.message(family)
}

fn check_message(family: Family, data: &[u8], seen: &Seen) {
    let structure_len = seen.structure.as_ref().map_or(0, |structure| structure.len);
    // The same bytes at another place are the same message.
    let copy = data.to_vec();
    let declared_lens = View { data, is_thorough: true }.declared_lens(8);
    let status = |declared_len| checksum::message(family, data, declared_len);
    match family {
        Family::V4 => {
            let message = v4::Message::parse(data).unwrap();
            assert_eq!(v4::Message::parse(&copy), Ok(message));
            check_text(&message, structure_len);
            for len in declared_lens {
                assert_eq!(message.checksum_status(len), status(len), "{len} bytes declared");
            }
        }
        Family::V6 => {
            let message = v6::Message::parse(data).unwrap();
            assert_eq!(v6::Message::parse(&copy), Ok(message));
            check_text(&message, structure_len);
            for len in declared_lens {
                let found = message.checksum_status(checksum::SOURCE, checksum::DESTINATION, len);
                assert_eq!(found, status(len), "{len} bytes declared");
            }
        }
    }
}

/// Quotes, structures and objects without anything in front.
fn check_parts(data: &[u8]) {
    let view = View { data, is_thorough: true };
    let quote = view.fine(Quote::parse(data)).map(|quote| view.quote(quote));
    assert_eq!(quote, naive::quote(data, 0));

    let seen = view.fine(Extensions::parse(data)).map(|extensions| {
        assert!(extensions.original_datagram().is_empty());
        check_text(&extensions, data.len());
        view.structure(extensions)
    });
    assert_eq!(seen, naive::structure::bare(data));

    let seen = view.objects(Objects::new(data), 0);
    assert_eq!(seen, naive::structure::objects(data, 0));
    if let Some(first) = Objects::new(data).next() {
        assert_eq!(offset_within(first.data(), data), 4);
        check_text(&Objects::new(data), data.len());
    }
    written::check_structure(data);
}

fn check_checksum(data: &[u8]) {
    let sum = icmp_wire::checksum(data);
    assert_eq!(sum, checksum::checksum(data));
    // At an odd address, too.
    let odd = data.get(1..).unwrap_or_default();
    assert_eq!(icmp_wire::checksum(odd), checksum::checksum(odd));
    let mut whole = data.to_vec();
    whole.resize(data.len().next_multiple_of(2), 0);
    whole.extend(sum.to_be_bytes());
    assert_eq!(icmp_wire::checksum(&whole), 0, "not right with its own checksum behind");
}

/// Formatting never fails, and never prints the bytes: what is said grows with the objects alone.
fn check_text(view: &impl Debug, structure_len: usize) {
    let text = format!("{view:?}");
    assert!(text.len() < 1000 + 40 * structure_len, "too much to say: {text}");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text:?}");
}
