//! Every public function of `pflog_wire`.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
    hint::black_box,
    ops::{BitAnd, BitOr},
};
use pflog_wire::{ByteOrder, LinkType};

/// OpenBSD's header, and a packet.
const ENTRY: [u8; 120] = {
    let mut bytes = [7; 120];
    (bytes[0], bytes[1]) = (100, 2);
    bytes
};

pub fn prove() {
    let source = (&ENTRY[..], LinkType::Pflog, ByteOrder::Little);
    if let Ok(entry) =
        call(|(input, link, order)| pflog_wire::Entry::parse(input, link, order), source)
    {
        self::entry(entry);
    }
    if let Ok((entry, _)) =
        call(|(input, link, order)| pflog_wire::Entry::parse_lax(input, link, order), source)
    {
        self::entry(entry);
        write(entry);
    }
    code();
    name();
    layout();
}

fn entry(entry: pflog_wire::Entry<'_>) {
    call(pflog_wire::Entry::link_type, &entry);
    call(pflog_wire::Entry::byte_order, &entry);
    call(pflog_wire::Entry::layout, &entry);
    call(pflog_wire::Entry::family, &entry);
    call(pflog_wire::Entry::action, &entry);
    names(call(pflog_wire::Entry::action_names, &entry));
    call(pflog_wire::Entry::reason, &entry);
    names(call(pflog_wire::Entry::reason_names, &entry));
    call(pflog_wire::Entry::interface, &entry);
    call(pflog_wire::Entry::ruleset, &entry);
    call(pflog_wire::Entry::rule, &entry);
    call(pflog_wire::Entry::raw_rule, &entry);
    call(pflog_wire::Entry::subrule, &entry);
    call(pflog_wire::Entry::raw_subrule, &entry);
    call(pflog_wire::Entry::npf_rule, &entry);
    call(pflog_wire::Entry::uid, &entry);
    call(pflog_wire::Entry::raw_uid, &entry);
    call(pflog_wire::Entry::pid, &entry);
    call(pflog_wire::Entry::raw_pid, &entry);
    call(pflog_wire::Entry::rule_uid, &entry);
    call(pflog_wire::Entry::raw_rule_uid, &entry);
    call(pflog_wire::Entry::rule_pid, &entry);
    call(pflog_wire::Entry::raw_rule_pid, &entry);
    call(pflog_wire::Entry::direction, &entry);
    if let Some(names) = call(pflog_wire::Entry::direction_names, &entry) {
        self::names(names);
    }
    call(pflog_wire::Entry::ridentifier, &entry);
    call(pflog_wire::Entry::raw_ridentifier, &entry);
    call(pflog_wire::Entry::rewritten, &entry);
    call(pflog_wire::Entry::raw_rewritten, &entry);
    call(pflog_wire::Entry::naf, &entry);
    call(pflog_wire::Entry::meaning, &entry);
    call(pflog_wire::Entry::saddr, &entry);
    call(pflog_wire::Entry::raw_saddr, &entry);
    call(pflog_wire::Entry::daddr, &entry);
    call(pflog_wire::Entry::raw_daddr, &entry);
    call(pflog_wire::Entry::sport, &entry);
    call(pflog_wire::Entry::dport, &entry);
    call(pflog_wire::Entry::systems, &entry);
    call(pflog_wire::Entry::version_mismatch, &entry);
    call(pflog_wire::Entry::payload, &entry);
    call(pflog_wire::Entry::header_bytes, &entry);
    call(pflog_wire::Entry::as_bytes, &entry);
    call(|(a, b)| <pflog_wire::Entry as PartialEq>::eq(a, b), (&entry, &entry));
    call(|view| <pflog_wire::Entry as Hash>::hash(view, &mut Sink), &entry);
}

fn names(mut names: pflog_wire::Names) {
    call(pflog_wire::Names::only, &names);
    call(<pflog_wire::Names as Iterator>::size_hint, &names);
    show(<pflog_wire::Names as Display>::fmt, &names);
    show(<pflog_wire::Names as Debug>::fmt, &names);
    while call(<pflog_wire::Names as Iterator>::next, &mut names).is_some() {}
}

fn write(entry: pflog_wire::Entry<'_>) {
    let new = call(
        |(layout, order)| pflog_wire::Build::new(layout, order),
        (entry.layout(), entry.byte_order()),
    );
    let build = call(<pflog_wire::Build as From<pflog_wire::Entry>>::from, entry);
    for build in [new, build] {
        call(pflog_wire::Build::encoded_len, &build);
        call(|(build, out)| pflog_wire::Build::encode(build, out), (&build, &mut [0; 120][..]));
    }
}

fn code() {
    let layout = black_box(pflog_wire::Layout::OPENBSD_3_4);
    let systems = systems();

    let family = call(<pflog_wire::Family as From<u32>>::from, 24);
    call(<u32 as From<pflog_wire::Family>>::from, family);
    call(pflog_wire::Family::is_ipv4, family);
    call(pflog_wire::Family::is_ipv6, family);
    call(pflog_wire::Family::ip_version, family);
    call(pflog_wire::Family::name, family);
    show(<pflog_wire::Family as Display>::fmt, &family);
    show(<pflog_wire::Family as Debug>::fmt, &family);

    let action = call(<pflog_wire::Action as From<u16>>::from, 4);
    call(<u16 as From<pflog_wire::Action>>::from, action);
    names(call(
        |(action, layout, systems)| pflog_wire::Action::names(action, layout, systems),
        (action, layout, systems),
    ));
    show(<pflog_wire::Action as Debug>::fmt, &action);

    let reason = call(<pflog_wire::Reason as From<u16>>::from, 15);
    call(<u16 as From<pflog_wire::Reason>>::from, reason);
    names(call(|(reason, systems)| pflog_wire::Reason::names(reason, systems), (reason, systems)));
    show(<pflog_wire::Reason as Debug>::fmt, &reason);

    let direction = call(<pflog_wire::Direction as From<u16>>::from, 1);
    call(<u16 as From<pflog_wire::Direction>>::from, direction);
    names(call(
        |(direction, layout, systems)| pflog_wire::Direction::names(direction, layout, systems),
        (direction, layout, systems),
    ));
    show(<pflog_wire::Direction as Debug>::fmt, &direction);
}

fn systems() -> pflog_wire::Systems {
    let both = call(
        |(one, other)| <pflog_wire::Systems as BitOr>::bitor(one, other),
        (pflog_wire::Systems::OPENBSD, pflog_wire::Systems::NPF),
    );
    call(|(one, other)| <pflog_wire::Systems as BitAnd>::bitand(one, other), (both, both));
    call(|(one, other)| pflog_wire::Systems::contains(one, other), (both, both));
    call(|(one, other)| pflog_wire::Systems::intersects(one, other), (both, both));
    show(<pflog_wire::Systems as Display>::fmt, &both);
    show(<pflog_wire::Systems as Debug>::fmt, &both);
    both
}

fn name() {
    call(<pflog_wire::Name as From<&str>>::from, "em0");
    let name = call(<pflog_wire::Name as From<&[u8]>>::from, &b"em0"[..]);
    show(<pflog_wire::Name as Display>::fmt, &name);
    show(<pflog_wire::Name as Debug>::fmt, &name);
}

fn layout() {
    let layout = call(<pflog_wire::Layout as From<u8>>::from, 61);
    call(<u8 as From<pflog_wire::Layout>>::from, layout);
    call(pflog_wire::Layout::name, layout);
    call(pflog_wire::Layout::is_known, layout);
    call(pflog_wire::Layout::header_len, layout);
    show(<pflog_wire::Layout as Display>::fmt, &layout);
    show(<pflog_wire::Layout as Debug>::fmt, &layout);

    if let Some(link_type) = call(pflog_wire::LinkType::from_number, 117) {
        call(pflog_wire::LinkType::number, link_type);
    }
}
