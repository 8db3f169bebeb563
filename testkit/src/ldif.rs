//! LDIF: the oracle of the records of `ldif-keys`. Keys have [one of their own](crate::ssh_key).

mod laws;
mod model;
pub mod naive;
mod seen;
mod view;

pub use self::{
    model::{Model, check_model},
    seen::{
        Seen, SeenAttribute, SeenBody, SeenControl, SeenModification, SeenRecord, SeenRename,
        SeenValue,
    },
    view::see,
};

pub(crate) use self::model::base64;

use ldif_keys::Rules;

/// Holds every promise of `ldif_keys` about LDIF against arbitrary bytes.
///
/// # Panics
///
/// If one is broken.
pub fn check(data: &[u8]) {
    let limit = data.iter().map(|&byte| usize::from(byte)).sum::<usize>() % 40;
    let (mut limited, mut tabbed) = (Rules::LENIENT, Rules::LENIENT);
    (limited.max_line, limited.max_value) = (limit + 20, limit);
    tabbed.tab_continues = true;
    for rules in [Rules::LENIENT, Rules::STRICT, limited, tabbed] {
        let seen = see(data, rules);
        assert_eq!(seen, naive::decode(data, rules), "{rules:?} on {}", data.escape_ascii());
        laws::check_written(&seen);
    }
    laws::check_parts(data);
    laws::check_escaped(data);
}
