//! What follows from the fields, by tables of what each system writes.

use crate::pflog::{Fields, Seen};
use pflog_wire::Meaning;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a system writes.
struct System {
    name: &'static str,
    lengths: &'static [u8],
    /// Families that it alone, or it too, writes.
    families: &'static [u32],
    /// For no user, and then for no process.
    no_user: u32,
    no_process: &'static [u32],
}

const SYSTEMS: [System; 6] = [
    System {
        name: "OpenBSD",
        lengths: &[28, 45, 61, 100],
        families: &[24],
        no_user: 0xffff_ffff,
        no_process: &[32767, 100_000],
    },
    System {
        name: "FreeBSD",
        lengths: &[45, 49, 61, 68, 69],
        families: &[28],
        no_user: 0xffff_ffff,
        no_process: &[100_000],
    },
    System {
        name: "DragonFly",
        lengths: &[45, 61],
        families: &[28],
        no_user: 0xffff_ffff,
        no_process: &[100_000],
    },
    System {
        name: "NetBSD",
        lengths: &[45, 61],
        families: &[24],
        no_user: 0x7fff_ffff,
        no_process: &[30001],
    },
    System {
        name: "Darwin",
        lengths: &[61],
        families: &[30],
        no_user: 0x7fff_ffff,
        no_process: &[100_000],
    },
    System {
        name: "NPF",
        lengths: &[61],
        families: &[0, 24],
        no_user: 0x7fff_ffff,
        no_process: &[0xffff_ffff],
    },
];

/// What follows from the fields.
#[must_use]
pub fn seen(fields: Fields) -> Seen {
    let systems = systems(&fields);
    let only = |name| systems == [name];
    let has_rule = !only("ipfw");
    let rule = (has_rule && fields.rule != u32::MAX).then_some(fields.rule);
    // The one that FreeBSD 9 wrote, as it reads in network order.
    let bug = if fields.is_big { 1 } else { 0x0100_0000 };
    let subrule = fields.subrule.filter(|&subrule| {
        let is_bug = fields.ruleset.is_empty() && subrule == bug && systems.contains(&"FreeBSD");
        has_rule && !only("NPF") && subrule != u32::MAX && !is_bug
    });
    let npf_rule = match fields.subrule {
        Some(high) if only("NPF") && high != u32::MAX => {
            Some(u64::from(high) * (1 << 32) + u64::from(fields.rule))
        }
        _ => None,
    };
    let [uid, pid, rule_uid, rule_pid] = fields.owners;
    let user = |uid: Option<u32>| uid.filter(|uid| !is_no_user(*uid, &systems)).map(i64::from);
    let process = |uid: Option<u32>, pid: Option<u32>| {
        let is_none = is_no_process(uid?, pid?, &systems);
        pid.filter(|_| !is_none).map(|pid| i64::from(pid as i32))
    };
    let owners = [user(uid), process(uid, pid), user(rule_uid), process(rule_uid, rule_pid)];
    let meaning = meaning(&fields);
    let family = meaning.zip(fields.naf).and_then(|(meaning, naf)| match meaning {
        Meaning::Unchanged | Meaning::Original => version(fields.family),
        Meaning::Translated => version(naf),
        Meaning::Undecidable => version(naf).filter(|_| version(naf) == version(fields.family)),
    });
    let address = |bytes: Option<[u8; 16]>| {
        let bytes = bytes?;
        match family? {
            4 => Some(IpAddr::from(Ipv4Addr::new(bytes[0], bytes[1], bytes[2], bytes[3]))),
            _ => Some(IpAddr::from(Ipv6Addr::from(bytes))),
        }
    };
    let found = fields.payload.first().map(|byte| byte / 16);
    let mismatch = found.filter(|found| {
        let naf = fields.naf.and_then(version);
        let family = version(fields.family);
        family.is_some() && family != Some(*found) && naf != Some(*found)
    });
    Seen {
        actions: names(&systems, |system| actions(system, fields.layout, fields.action)),
        reasons: names(&systems, |system| reason(system, fields.reason).into_iter().collect()),
        directions: fields.direction.map(|direction| {
            names(&systems, |system| directions(system, fields.layout, direction))
        }),
        rule,
        subrule,
        npf_rule,
        owners,
        ridentifier: fields.ridentifier.filter(|ridentifier| *ridentifier != 0),
        meaning,
        addresses: [address(fields.saddr), address(fields.daddr)],
        mismatch: mismatch.map(|found| (fields.family, found)),
        header_len: 0,
        failure: None,
        systems,
        fields,
    }
}

fn systems(fields: &Fields) -> Vec<&'static str> {
    let is_nat64 = [61, 69].contains(&fields.layout)
        && (fields.action, fields.direction) == (4, Some(1))
        && fields.interface.starts_with(b"NAT64")
        && fields.owners == [Some(0); 4];
    if is_nat64 {
        return vec!["ipfw"];
    }
    let mut systems: Vec<&System> = SYSTEMS.iter().collect();
    let mut keep = |clue: &dyn Fn(&System) -> bool| {
        if systems.iter().any(|system| clue(system)) {
            systems.retain(|system| clue(system));
        }
    };
    keep(&|system| system.lengths.contains(&fields.layout));
    keep(&|system| system.families.contains(&fields.family));
    if let [Some(uid), Some(pid), ..] = fields.owners {
        let writes = |system: &System| system.no_user == uid && system.no_process.contains(&pid);
        if SYSTEMS.iter().any(writes) {
            keep(&writes);
        } else if uid == u32::MAX {
            keep(&|system| system.no_user == u32::MAX);
        }
    }
    if fields.ruleset.starts_with(b"com.apple") {
        keep(&|system| system.name == "Darwin");
    }
    systems.iter().map(|system| system.name).collect()
}

/// No user, for certain.
fn is_no_user(uid: u32, systems: &[&str]) -> bool {
    let possible = || SYSTEMS.iter().filter(|system| systems.contains(&system.name));
    // It is none anywhere, whatever a system writes for it.
    uid == u32::MAX || possible().next().is_some() && possible().all(|system| system.no_user == uid)
}

/// No process, for certain.
fn is_no_process(uid: u32, pid: u32, systems: &[&str]) -> bool {
    let of_one = |system: &System| {
        systems == [system.name] && system.no_user == uid && system.no_process.contains(&pid)
    };
    pid == 100_000 || (pid as i32) < 0 || SYSTEMS.iter().any(of_one)
}

fn meaning(fields: &Fields) -> Option<Meaning> {
    let (rewritten, naf, af) = (fields.rewritten? != 0, fields.naf?, fields.family);
    if naf == 0 {
        return Some(if rewritten { Meaning::Original } else { Meaning::Unchanged });
    }
    if naf == af && !rewritten {
        return Some(Meaning::Unchanged);
    }
    let found = fields.payload.first().map(|byte| byte / 16);
    let is_found = |family| found.is_some() && version(family) == found;
    Some(match (is_found(af), is_found(naf)) {
        (true, false) => Meaning::Translated,
        (false, true) => Meaning::Original,
        _ => Meaning::Undecidable,
    })
}

fn version(family: u32) -> Option<u8> {
    match family {
        2 => Some(4),
        24 | 28 | 30 => Some(6),
        _ => None,
    }
}

fn names(systems: &[&str], of: impl Fn(&str) -> Vec<&'static str>) -> Vec<&'static str> {
    let mut names: Vec<_> = systems.iter().flat_map(|system| of(system)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// pfvar.h before `PF_NOSCRUB` and with it.
const OLD: [&str; 10] =
    ["pass", "block", "scrub", "nat", "nonat", "binat", "nobinat", "rdr", "nordr", "synproxy-drop"];
const NEW: [&str; 11] = [
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

fn actions(system: &str, layout: u8, action: u16) -> Vec<&'static str> {
    let of = |names: &[&'static str]| names.get(usize::from(action)).copied();
    match layout {
        // The proxy came with OpenBSD 3.5.
        28 => of(&OLD[..9]).into_iter().collect(),
        45 => of(&OLD).into_iter().chain(of(&NEW)).collect(),
        _ => {
            let more: &[&str] = match system {
                "OpenBSD" => &["defer", "match", "divert", "rt", "afrt"],
                "FreeBSD" => &["defer", "match"],
                "Darwin" => &["dummynet", "nodummynet", "nat64", "nonat64"],
                _ => &[],
            };
            of(&[&NEW, more].concat()).into_iter().collect()
        }
    }
}

fn reason(system: &str, reason: u16) -> Option<&'static str> {
    let common = [
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
    let more: &[&str] = match system {
        "OpenBSD" => &["translate", "no-route"],
        "FreeBSD" => &["map-failed"],
        "NetBSD" => &["state-locked"],
        "Darwin" => &["dummynet", "invalid-port"],
        _ => &[],
    };
    [&common, more].concat().get(usize::from(reason)).copied()
}

fn directions(system: &str, layout: u8, direction: u16) -> Vec<&'static str> {
    match (layout, direction) {
        (28, 0) => vec!["in", "in/out"],
        (28, 1) => vec!["in", "out"],
        (_, 0) => vec!["in/out"],
        (_, 1) => vec!["in"],
        (_, 2) => vec!["out"],
        // FreeBSD 11.0 and 11.1, and OpenBSD 5.0, have it, each in the layout of its time.
        (61, 3) if system == "FreeBSD" => vec!["fwd"],
        (100.., 3) if system == "OpenBSD" => vec!["fwd"],
        _ => vec![],
    }
}
