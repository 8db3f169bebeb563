//! Packets and their records.

use super::PACKET;
use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
    num::NonZeroU32,
    ops::BitOr,
};

pub fn prove() {
    if let Ok(packet) = call(netflow_v5::Packet::parse, &PACKET[..]) {
        self::packet(packet);
    }
    if let Ok((packet, _)) = call(netflow_v5::Packet::parse_prefix, &PACKET[..]) {
        self::packet(packet);
    }
    if let Ok((packet, _)) = call(netflow_v5::Packet::parse_lax, &PACKET[..]) {
        self::packet(packet);
    }
    packets(call(netflow_v5::Packets::new, &PACKET[..]));
    call(|(payload, len)| netflow_v5::Recognition::of(payload, len), (&PACKET[..], 120));
    code();
}

fn packet(packet: netflow_v5::Packet<'_>) {
    call(netflow_v5::Packet::count, &packet);
    call(netflow_v5::Packet::has_valid_count, &packet);
    call(netflow_v5::Packet::sys_uptime, &packet);
    call(netflow_v5::Packet::unix_secs, &packet);
    call(netflow_v5::Packet::unix_nsecs, &packet);
    call(netflow_v5::Packet::flow_sequence, &packet);
    call(netflow_v5::Packet::engine_type, &packet);
    call(netflow_v5::Packet::engine_id, &packet);
    sampling(call(netflow_v5::Packet::sampling, &packet));
    clock(call(netflow_v5::Packet::clock, &packet));
    if let Some(record) = call(|(packet, n)| netflow_v5::Packet::record(packet, n), (&packet, 1)) {
        self::record(record);
    }
    records(call(netflow_v5::Packet::records, &packet));
    call(<netflow_v5::Packet as IntoIterator>::into_iter, packet);
    call(<&netflow_v5::Packet as IntoIterator>::into_iter, &packet);
    call(netflow_v5::Packet::as_bytes, &packet);
    call(|(a, b)| <netflow_v5::Packet as PartialEq>::eq(a, b), (&packet, &packet));
    call(|view| <netflow_v5::Packet as Hash>::hash(view, &mut Sink), &packet);
}

fn packets(mut packets: netflow_v5::Packets<'_>) {
    while let Some(packet) = call(<netflow_v5::Packets as Iterator>::next, &mut packets) {
        self::packet(packet);
    }
    call(netflow_v5::Packets::error, &packets);
    call(netflow_v5::Packets::remainder, &packets);
}

fn records(mut records: netflow_v5::Records<'_>) {
    call(netflow_v5::Records::remainder, &records);
    call(<netflow_v5::Records as Iterator>::size_hint, &records);
    call(|(records, n)| <netflow_v5::Records as Iterator>::nth(records, n), (&mut records, 1));
    call(<netflow_v5::Records as DoubleEndedIterator>::next_back, &mut records);
    while let Some(record) = call(<netflow_v5::Records as Iterator>::next, &mut records) {
        self::record(record);
    }
}

fn record(record: netflow_v5::Record<'_>) {
    call(netflow_v5::Record::srcaddr, &record);
    call(netflow_v5::Record::dstaddr, &record);
    call(netflow_v5::Record::nexthop, &record);
    call(netflow_v5::Record::input, &record);
    call(netflow_v5::Record::output, &record);
    call(netflow_v5::Record::packets, &record);
    call(netflow_v5::Record::octets, &record);
    call(|(record, rate)| netflow_v5::Record::scaled(record, rate), (&record, NonZeroU32::MIN));
    call(netflow_v5::Record::first, &record);
    call(netflow_v5::Record::last, &record);
    call(netflow_v5::Record::srcport, &record);
    call(netflow_v5::Record::dstport, &record);
    call(netflow_v5::Record::icmp, &record);
    call(netflow_v5::Record::pad1, &record);
    call(netflow_v5::Record::tcp_flags, &record);
    call(netflow_v5::Record::protocol, &record);
    call(netflow_v5::Record::tos, &record);
    call(netflow_v5::Record::src_as, &record);
    call(netflow_v5::Record::dst_as, &record);
    call(netflow_v5::Record::src_mask, &record);
    call(netflow_v5::Record::dst_mask, &record);
    call(netflow_v5::Record::pad2, &record);
    call(netflow_v5::Record::as_bytes, &record);
}

fn clock(clock: netflow_v5::Clock) {
    call(netflow_v5::Clock::sent_millis, clock);
    call(|(clock, uptime)| netflow_v5::Clock::unix_millis(clock, uptime), (clock, 1000));
    call(|(uptime, secs, nsecs)| netflow_v5::Clock::new(uptime, secs, nsecs), (1, 2, 3));
    call(
        |(uptime, secs, micros)| netflow_v5::Clock::with_microseconds(uptime, secs, micros),
        (1, 2, 3),
    );
}

fn sampling(sampling: netflow_v5::Sampling) {
    let mode = call(netflow_v5::Sampling::mode, sampling);
    call(netflow_v5::Sampling::interval, sampling);
    call(netflow_v5::Sampling::rate, sampling);
    call(|(mode, interval)| netflow_v5::Sampling::new(mode, interval), (mode, 100));
    call(<netflow_v5::Sampling as From<u16>>::from, 100);
    call(<u16 as From<netflow_v5::Sampling>>::from, sampling);
    show(<netflow_v5::Sampling as Debug>::fmt, &sampling);

    call(<netflow_v5::SamplingMode as From<u8>>::from, 1);
    call(<u8 as From<netflow_v5::SamplingMode>>::from, mode);
    call(netflow_v5::SamplingMode::name, mode);
    show(<netflow_v5::SamplingMode as Display>::fmt, &mode);
    show(<netflow_v5::SamplingMode as Debug>::fmt, &mode);
}

fn code() {
    let protocol = call(<netflow_v5::Protocol as From<u8>>::from, 17);
    call(<u8 as From<netflow_v5::Protocol>>::from, protocol);
    call(netflow_v5::Protocol::name, protocol);
    show(<netflow_v5::Protocol as Display>::fmt, &protocol);
    show(<netflow_v5::Protocol as Debug>::fmt, &protocol);

    let flags = call(<netflow_v5::TcpFlags as From<u8>>::from, 0x12);
    call(<u8 as From<netflow_v5::TcpFlags>>::from, flags);
    call(|(flags, other)| netflow_v5::TcpFlags::contains(flags, other), (flags, flags));
    call(|(flags, other)| <netflow_v5::TcpFlags as BitOr>::bitor(flags, other), (flags, flags));
    show(<netflow_v5::TcpFlags as Display>::fmt, &flags);
    show(<netflow_v5::TcpFlags as Debug>::fmt, &flags);
}
