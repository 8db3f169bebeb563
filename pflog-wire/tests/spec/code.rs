//! What numbers are called, where, and where nobody can know.

use crate::{FIELDS_28, FIELDS_45, FIELDS_61, FIELDS_69, FIELDS_100, all, little, old, patched};
use pflog_wire::{Action, Direction, Family, Layout, Reason, Systems};

const SYSTEMS: [Systems; 6] = [
    Systems::OPENBSD,
    Systems::FREEBSD,
    Systems::DRAGONFLY,
    Systems::NETBSD,
    Systems::DARWIN,
    Systems::NPF,
];

/// pfvar.h since 2006, in the words of tcpdump.
const ACTIONS: [&str; 11] = [
    "pass",
    "block",
    "scrub",
    "noscrub",
    "nat",
    "nonat",
    "binat",
    "nobinat",
    "rdr",
    "nordr",
    "synproxy-drop",
];

#[test]
fn actions_have_the_names_of_their_system() {
    let more: [(Systems, &[&str]); 6] = [
        (Systems::OPENBSD, &["defer", "match", "divert", "rt", "afrt"]),
        (Systems::FREEBSD, &["defer", "match"]),
        (Systems::DRAGONFLY, &[]),
        (Systems::NETBSD, &[]),
        (Systems::DARWIN, &["dummynet", "nodummynet", "nat64", "nonat64"]),
        (Systems::NPF, &[]),
    ];
    for (system, more) in more {
        let names = [&ACTIONS, more].concat();
        for number in 0..=300 {
            let name = names.get(usize::from(number)).copied();
            for layout in [49, 61, 68, 69, 100, 101].map(Layout) {
                let action = Action::from(number);
                assert_eq!(action.names(layout, system).only(), name, "{number} on {system}");
                assert_eq!(all(action.names(layout, system)).len(), name.iter().len());
            }
        }
    }
    assert_eq!((u16::from(Action::RDR), format!("{:?}", Action(300))), (8, "Action(300)".into()));
}

#[test]
fn the_header_of_openbsd_3_0_has_the_actions_of_its_time() {
    // pfvar.h before PF_NOSCRUB, and before the proxy.
    let names = ["pass", "block", "scrub", "nat", "nonat", "binat", "nobinat", "rdr", "nordr"];
    for number in 0..=20 {
        let bytes = patched(&FIELDS_28, 24, &u16::to_be_bytes(number));
        let name = names.get(usize::from(number)).copied();
        assert_eq!(all(old(&bytes).action_names()), Vec::from_iter(name), "{number}");
    }
}

#[test]
fn an_action_over_2_in_45_bytes_is_one_of_two() {
    for (number, names) in [
        (0, &["pass"][..]),
        (1, &["block"]),
        (2, &["scrub"]),
        (3, &["nat", "noscrub"]),
        (4, &["nonat", "nat"]),
        (5, &["binat", "nonat"]),
        (6, &["nobinat", "binat"]),
        (7, &["rdr", "nobinat"]),
        (8, &["nordr", "rdr"]),
        (9, &["synproxy-drop", "nordr"]),
        (10, &["synproxy-drop"]),
        (11, &[]),
        (255, &[]),
    ] {
        for family in [2, 24, 28] {
            let bytes = patched(&FIELDS_45, 1, &[family, number]);
            let entry = little(&bytes);
            assert_eq!(all(entry.action_names()), names, "{number}");
            let only = if let [name] = names { Some(*name) } else { None };
            assert_eq!(entry.action_names().only(), only);
        }
    }
}

#[test]
fn reasons_have_the_names_of_their_system() {
    // PFRES_NAMES.
    let names = [
        "match",
        "bad-offset",
        "fragment",
        "short",
        "normalize",
        "memory",
        "bad-timestamp",
        "congestion",
        "ip-option",
        "proto-cksum",
        "state-mismatch",
        "state-insert",
        "state-limit",
        "src-limit",
        "synproxy",
    ];
    let more: [&[&str]; 6] = [
        &["translate", "no-route"],
        &["map-failed"],
        &[],
        &["state-locked"],
        &["dummynet", "invalid-port"],
        &[],
    ];
    for (system, more) in SYSTEMS.into_iter().zip(more) {
        let names = [&names, more].concat();
        for number in 0..=300 {
            let reason = Reason::from(number);
            let name = names.get(usize::from(number)).copied();
            assert_eq!(reason.names(system).only(), name, "{number} on {system}");
        }
    }
    assert_eq!(
        (u16::from(Reason::SYNPROXY), format!("{:?}", Reason(300))),
        (14, "Reason(300)".into())
    );
}

#[test]
fn a_name_that_no_clue_decides_is_all_that_it_may_be() {
    // IPv4, without a user or a process that stands for none.
    let bytes = patched(&FIELDS_61, 2, &[12, 15]);
    let entry = little(&bytes);
    assert_eq!(entry.systems(), Systems::ALL);
    assert_eq!(all(entry.action_names()), ["match", "nodummynet"]);
    assert_eq!(all(entry.reason_names()), ["translate", "map-failed", "state-locked", "dummynet"]);
    assert_eq!(entry.reason_names().to_string(), "translate|map-failed|state-locked|dummynet");
    assert_eq!((entry.reason_names().only(), entry.action_names().only()), (None, None));
    // A number without a name has none.
    let bytes = patched(&FIELDS_61, 2, &[255, 255]);
    assert_eq!(little(&bytes).action_names().to_string(), "-");
    assert_eq!(all(little(&bytes).reason_names()), [""; 0]);

    // And one that the layout decides.
    let bytes = patched(&FIELDS_69, 2, &[12, 15]);
    assert_eq!(little(&bytes).action_names().only(), Some("match"));
    assert_eq!(little(&bytes).reason_names().only(), Some("map-failed"));
    let bytes = patched(&FIELDS_100, 2, &[13, 16]);
    assert_eq!(little(&bytes).action_names().only(), Some("divert"));
    assert_eq!(little(&bytes).reason_names().only(), Some("no-route"));
}

#[test]
fn names_are_an_iterator_that_ends() {
    let mut names = Reason(16).names(Systems::ALL);
    assert_eq!((names.size_hint(), names.only()), ((0, Some(2)), None));
    assert_eq!(names.next(), Some("no-route"));
    assert_eq!((names.only(), names.to_string()), (Some("invalid-port"), "invalid-port".into()));
    assert_eq!(
        (names.next(), names.next(), names.size_hint()),
        (Some("invalid-port"), None, (0, Some(0)))
    );
    assert_eq!(
        format!("{:?} {names:?}", Reason(16).names(Systems::ALL)),
        "Names(no-route|invalid-port) Names(-)"
    );
}

#[test]
fn directions_have_the_names_of_their_system() {
    for system in SYSTEMS {
        for layout in [45, 49, 61, 68, 69, 100] {
            // FreeBSD 11.0 and 11.1, and OpenBSD since 5.0.
            let is_fwd = (layout, system) == (61, Systems::FREEBSD)
                || (layout, system) == (100, Systems::OPENBSD);
            let names = [Some("in/out"), Some("in"), Some("out"), is_fwd.then_some("fwd"), None];
            for (number, name) in (0..).zip(names) {
                let names = Direction::from(number).names(Layout(layout), system);
                assert_eq!(names.only(), name, "{number} in {layout} on {system}");
            }
            assert_eq!(Direction(255).names(Layout(layout), system).only(), None);
        }
    }
    assert_eq!(
        (u16::from(Direction::FWD), format!("{:?}", Direction::IN)),
        (3, "Direction(1)".into())
    );
    assert_eq!(little(&FIELDS_45).direction_names().unwrap().only(), Some("out"));
}

#[test]
fn the_direction_of_openbsd_3_0_is_one_of_two() {
    for (number, names) in
        [(0, &["in", "in/out"][..]), (1, &["out", "in"]), (2, &["out"]), (3, &[])]
    {
        let bytes = patched(&FIELDS_28, 26, &[0, number]);
        assert_eq!(all(old(&bytes).direction_names().unwrap()), names);
    }
}

#[test]
fn three_numbers_are_ipv6() {
    for number in 0..=300 {
        let family = Family::from(number);
        let (version, name) = match number {
            0 => (None, Some("unspec")),
            2 => (Some(4), Some("inet")),
            24 | 28 | 30 => (Some(6), Some("inet6")),
            _ => (None, None),
        };
        assert_eq!((family.ip_version(), family.name()), (version, name), "{number}");
        assert_eq!((family.is_ipv4(), family.is_ipv6()), (version == Some(4), version == Some(6)));
        let text = name.map_or(number.to_string(), Into::into);
        assert_eq!(
            (family.to_string(), format!("{family:?}")),
            (text, format!("Family({number})"))
        );
        assert_eq!(u32::from(family), number);
    }
}
