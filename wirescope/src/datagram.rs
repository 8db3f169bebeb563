//! The outer headers: from a captured packet to the IP datagram in it.

use crate::capture::Packet;
use etherparse::{
    Ethernet2HeaderSlice, IpNumber, Ipv6ExtensionSlice, LaxIpSlice, SingleVlanHeaderSlice,
};
use pcap_parser::Linktype;
use std::net::IpAddr;

/// An IP datagram, as much of it as was captured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Datagram<'a> {
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    /// What `payload` is, behind all extension headers.
    pub(crate) protocol: IpNumber,
    /// What was captured behind the headers, without the link's padding.
    pub(crate) payload: &'a [u8],
    /// The length of the payload that the IP header declares, in bytes.
    pub(crate) payload_len: usize,
    /// How many bytes the IP header declares that were not on the wire.
    pub(crate) missing: usize,
    /// Whether this is a fragment other than the first.
    pub(crate) is_later_fragment: bool,
}

/// Returns whether packets of this link type are read.
pub(crate) fn is_supported(link: Linktype) -> bool {
    matches!(
        link,
        Linktype::ETHERNET | Linktype::RAW | Linktype::LINUX_SLL | LINUX_SLL2 | IPV4 | IPV6
    )
}

impl<'a> Datagram<'a> {
    /// Returns the IP datagram in `packet`, `None` if it holds none.
    pub(crate) fn of(packet: Packet<'a>) -> Option<Self> {
        let ip = match packet.link {
            Linktype::ETHERNET => ethernet_payload(packet.data)?,
            // etherparse reads no cooked header of a loopback device.
            Linktype::LINUX_SLL => {
                let ([.., high, low], rest) = packet.data.split_first_chunk::<16>()?;
                vlan_payload(u16::from_be_bytes([*high, *low]), rest)?
            }
            LINUX_SLL2 => {
                let ([high, low, ..], rest) = packet.data.split_first_chunk::<20>()?;
                vlan_payload(u16::from_be_bytes([*high, *low]), rest)?
            }
            _ => packet.data,
        };
        let link_len = packet.data.len().checked_sub(ip.len())?;
        Self::of_ip(ip, packet.wire_len.checked_sub(link_len)?)
    }

    /// Reads a datagram of which `wire_len` bytes were on the wire.
    fn of_ip(ip: &'a [u8], wire_len: usize) -> Option<Self> {
        let (datagram, _) = LaxIpSlice::from_slice(ip).ok()?;
        let (declared, is_later_fragment, payload) = match &datagram {
            LaxIpSlice::Ipv4(v4) => {
                let header = v4.header();
                let later = header.fragments_offset().value() != 0;
                (usize::from(header.total_len()), later, v4.payload())
            }
            LaxIpSlice::Ipv6(v6) => {
                let later = v6.extensions().clone().into_iter().any(|extension| {
                    matches!(extension, Ipv6ExtensionSlice::Fragment(fragment)
                        if fragment.fragment_offset().value() != 0)
                });
                let declared = usize::from(v6.header().payload_length()).saturating_add(40);
                (declared, later, v6.payload())
            }
        };
        let offset = offset_of(payload.payload, ip);
        Some(Self {
            source: datagram.source_addr(),
            destination: datagram.destination_addr(),
            protocol: payload.ip_number,
            payload: payload.payload,
            payload_len: declared.saturating_sub(offset),
            missing: declared.saturating_sub(wire_len),
            is_later_fragment,
        })
    }
}

fn ethernet_payload(data: &[u8]) -> Option<&[u8]> {
    let header = Ethernet2HeaderSlice::from_slice(data).ok()?;
    vlan_payload(header.ether_type().0, data.get(header.slice().len()..)?)
}

/// Returns the IP datagram behind any number of VLAN tags.
fn vlan_payload(mut ether_type: u16, mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        match ether_type {
            0x0800 | 0x86dd => return Some(rest),
            0x8100 | 0x88a8 | 0x9100 => {
                let tag = SingleVlanHeaderSlice::from_slice(rest).ok()?;
                ether_type = tag.ether_type().0;
                rest = rest.get(tag.slice().len()..)?;
            }
            _ => return None,
        }
    }
}

fn offset_of(part: &[u8], whole: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

const LINUX_SLL2: Linktype = Linktype(276);
const IPV4: Linktype = Linktype(228);
const IPV6: Linktype = Linktype(229);
