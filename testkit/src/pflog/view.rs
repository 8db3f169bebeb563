//! What `pflog_wire` sees, and what must hold of every view of it.

use super::{Fields, Seen};
use crate::bytes::{Failure, check_error, offset_within};
use pflog_wire::{ByteOrder, Entry, Error, LinkType, Names, Systems};

/// Returns what `pflog_wire` sees in `data`, having checked what must hold of every view of it.
///
/// # Errors
///
/// The crate's own.
///
/// # Panics
///
/// If a view contradicts itself.
pub fn see(data: &[u8], source: (LinkType, ByteOrder)) -> Result<Seen, Failure> {
    let (link_type, byte_order) = source;
    if let Ok((entry, error)) = Entry::parse_lax(data, link_type, byte_order) {
        assert_eq!((entry.link_type(), entry.byte_order()), source);
        check_bytes(&entry, data);
        check_text(&entry);
        // The same bytes at another place are the same entry.
        let copy = data.to_vec();
        assert_eq!(Entry::parse_lax(&copy, link_type, byte_order), Ok((entry, error)));
    }
    look(data, source)
}

/// Returns what `pflog_wire` sees in `data`, and no more.
pub(super) fn look(
    data: &[u8],
    (link_type, byte_order): (LinkType, ByteOrder),
) -> Result<Seen, Failure> {
    let (entry, error) =
        Entry::parse_lax(data, link_type, byte_order).map_err(|error| failure(error, data))?;
    Ok(Seen { failure: error.map(|error| failure(error, data)), ..self::entry(entry) })
}

fn entry(entry: Entry<'_>) -> Seen {
    let number = |pid: i32| pid as u32;
    let fields = Fields {
        layout: entry.layout().0,
        is_big: entry.byte_order() == ByteOrder::Big,
        family: entry.family().0,
        action: entry.action().0,
        reason: entry.reason().0,
        interface: entry.interface().0.to_vec(),
        ruleset: entry.ruleset().map_or(vec![], |name| name.0.to_vec()),
        rule: entry.raw_rule(),
        subrule: entry.raw_subrule(),
        owners: [
            entry.raw_uid(),
            entry.raw_pid().map(number),
            entry.raw_rule_uid(),
            entry.raw_rule_pid().map(number),
        ],
        direction: entry.direction().map(|direction| direction.0),
        ridentifier: entry.raw_ridentifier(),
        rewritten: entry.raw_rewritten(),
        naf: entry.naf().map(|naf| naf.0),
        saddr: entry.raw_saddr().copied(),
        daddr: entry.raw_daddr().copied(),
        sport: entry.sport(),
        dport: entry.dport(),
        payload: entry.payload().to_vec(),
    };
    assert_eq!(entry.rewritten(), fields.rewritten.map(|rewritten| rewritten != 0));
    assert_ne!(entry.ruleset().map(|name| name.0), Some(&b""[..]));
    let systems = entry.systems();
    assert!(systems.intersects(Systems::ALL | Systems::IPFW));
    Seen {
        fields,
        systems: self::systems(systems),
        actions: names(entry.action_names()),
        reasons: names(entry.reason_names()),
        directions: entry.direction_names().map(names),
        rule: entry.rule(),
        subrule: entry.subrule(),
        npf_rule: entry.npf_rule(),
        owners: [
            entry.uid().map(i64::from),
            entry.pid().map(i64::from),
            entry.rule_uid().map(i64::from),
            entry.rule_pid().map(i64::from),
        ],
        ridentifier: entry.ridentifier(),
        meaning: entry.meaning(),
        addresses: [entry.saddr(), entry.daddr()],
        mismatch: entry.version_mismatch().map(|(family, found)| (family.0, found)),
        header_len: entry.header_bytes().len(),
        failure: None,
    }
}

fn systems(systems: Systems) -> Vec<&'static str> {
    let of = [
        (Systems::OPENBSD, "OpenBSD"),
        (Systems::FREEBSD, "FreeBSD"),
        (Systems::DRAGONFLY, "DragonFly"),
        (Systems::NETBSD, "NetBSD"),
        (Systems::DARWIN, "Darwin"),
        (Systems::NPF, "NPF"),
        (Systems::IPFW, "ipfw"),
    ];
    let names: Vec<_> =
        of.into_iter().filter(|(one, _)| systems.contains(*one)).map(|(_, name)| name).collect();
    assert_eq!(systems.to_string(), names.join("|"));
    names
}

/// The laws of the names, and the names in the order of the alphabet.
fn names(mut names: Names) -> Vec<&'static str> {
    let (text, only) = (names.to_string(), names.only());
    let mut all: Vec<_> = names.by_ref().collect();
    assert_eq!((names.next(), names.next(), names.only()), (None, None, None));
    assert_eq!(text, if all.is_empty() { "-".to_owned() } else { all.join("|") });
    assert_eq!(only, if let [name] = all[..] { Some(name) } else { None });
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "not distinct: {text}");
    all
}

/// Header and payload are parts of the input, one behind the other, and nothing is left over.
fn check_bytes(entry: &Entry<'_>, data: &[u8]) {
    assert_eq!(entry.as_bytes(), data);
    assert_eq!(offset_within(entry.as_bytes(), data), 0);
    assert_eq!([entry.header_bytes(), entry.payload()].concat(), data);
    assert_eq!(offset_within(entry.header_bytes(), data), 0);
    if !entry.payload().is_empty() {
        assert_eq!(offset_within(entry.payload(), data), entry.layout().header_len());
    }
    offset_within(entry.interface().0, data);
    entry.ruleset().map(|name| offset_within(name.0, data));
    assert!(entry.interface().0.len() <= 16 && !entry.interface().0.contains(&0));
}

/// Holds an error against its promises.
pub(super) fn failure(error: Error, data: &[u8]) -> Failure {
    check_error(&error, data);
    error.into()
}

/// Formatting never fails, and never prints the bytes.
fn check_text(entry: &Entry<'_>) {
    let text = format!("{entry:?}");
    assert!(text.len() < 900, "too much to say: {text}");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text:?}");
}
