//! Link headers: from a captured packet to the IP datagram in it.

use crate::capture::Packet;
use pcap_parser::Linktype;
use pflog_wire::{ByteOrder, Entry, LinkType};

/// A packet without its link header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// The VLAN, if the packet has a tag.
    pub(crate) vlan: Option<Vlan>,
    /// The session of PPP over Ethernet, if the packet is in one.
    pub(crate) pppoe_session: Option<u16>,
    /// The MPLS label stack, four bytes a label.
    pub(crate) labels: &'a [u8],
    /// Whether this came from a cooked header by way of a VLAN tag.
    pub(crate) is_cooked_vlan: bool,
    /// From the IP header on, with the link's padding.
    pub(crate) ip: &'a [u8],
}

/// The VLAN identifiers of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Vlan {
    pub(crate) outer: u16,
    /// Of the innermost tag, if there are several.
    pub(crate) inner: Option<u16>,
}

/// Returns whether packets of this link type are read.
pub(crate) fn is_supported(link: Linktype) -> bool {
    matches!(
        link,
        Linktype::ETHERNET
            | Linktype::NULL
            | Linktype::LOOP
            | PPP
            | PPP_HDLC
            | PPP_ETHER
            | Linktype::RAW
            | Linktype::LINUX_SLL
            | LINUX_SLL2
            | Linktype::IPV4
            | Linktype::IPV6
    ) || log_header(link).is_some()
}

/// Returns which of pf's headers packets of this link type begin with, `None` if they have none.
pub(crate) fn log_header(link: Linktype) -> Option<LinkType> {
    LinkType::from_number(u32::try_from(link.0).ok()?)
}

impl<'a> Frame<'a> {
    /// Returns what is behind the link header of `packet`, `None` if that is no IP datagram.
    #[inline]
    pub(crate) fn of(packet: &Packet<'a>) -> Option<Self> {
        let data = packet.data;
        match packet.link {
            Linktype::ETHERNET => Self::ethernet(data),
            Linktype::NULL => {
                let (family, rest) = data.split_first_chunk()?;
                // The writer's byte order, whatever that of the capture: one is a small number.
                let family = u32::from_be_bytes(*family).min(u32::from_le_bytes(*family));
                Self::ip(rest).filter(|_| is_ip_family(family))
            }
            Linktype::LOOP => {
                let (family, rest) = data.split_first_chunk()?;
                Self::ip(rest).filter(|_| is_ip_family(u32::from_be_bytes(*family)))
            }
            PPP | PPP_HDLC => Self::ppp(data),
            PPP_ETHER => Self::pppoe(data),
            Linktype::LINUX_SLL => {
                let ([.., high, low], rest) = data.split_first_chunk::<16>()?;
                Self::cooked(u16::from_be_bytes([*high, *low]), rest)
            }
            LINUX_SLL2 => {
                let ([high, low, ..], rest) = data.split_first_chunk::<20>()?;
                Self::cooked(u16::from_be_bytes([*high, *low]), rest)
            }
            link => match log_header(link) {
                // The order is of numbers that are not asked for.
                Some(header) => {
                    Self::ip(Entry::parse(data, header, ByteOrder::Big).ok()?.payload())
                }
                None => Self::ip(data),
            },
        }
    }

    /// Returns the length of `ip` on the wire, given that of the `data` which it is in.
    #[inline]
    pub(crate) fn wire_len(&self, data: &[u8], wire_len: usize) -> usize {
        wire_len.saturating_sub(data.len().saturating_sub(self.ip.len()))
    }

    /// Reads an Ethernet frame from its destination address on.
    #[inline]
    pub(crate) fn ethernet(data: &'a [u8]) -> Option<Self> {
        let ([.., high, low], rest) = data.split_first_chunk::<14>()?;
        let ether_type = u16::from_be_bytes([*high, *low]);
        if ether_type >= FIRST_ETHER_TYPE {
            return Self::behind(ether_type, rest);
        }
        // IEEE 802.3: a length, which the padding follows.
        let rest = rest.get(..ether_type.into()).unwrap_or(rest);
        match rest {
            // IEEE 802.2 with SNAP, without an organization.
            [0xaa, 0xaa, 0x03, 0, 0, 0, high, low, rest @ ..] => {
                Self::behind(u16::from_be_bytes([*high, *low]), rest)
            }
            [0x06, 0x06, 0x03, rest @ ..] => Self::ip(rest),
            _ => None,
        }
    }

    /// Reads what `ether_type` says is in `data`.
    #[inline]
    fn behind(ether_type: u16, data: &'a [u8]) -> Option<Self> {
        match ether_type {
            0x0800 | 0x86dd => Self::ip(data),
            0x8847 | 0x8848 => Self::mpls(data),
            0x8864 => Self::pppoe(data),
            _ if is_vlan_tag(ether_type) => Self::tagged(data),
            _ => None,
        }
    }

    /// Reads what follows the type of a VLAN tag, IEEE 802.1Q §9.6, and any more tags.
    fn tagged(data: &'a [u8]) -> Option<Self> {
        let mut rest = data;
        let mut vlan: Option<Vlan> = None;
        loop {
            let ([tag @ .., high, low], behind) = rest.split_first_chunk::<4>()?;
            let id = u16::from_be_bytes(*tag) & 0x0fff;
            vlan = Some(match vlan {
                Some(Vlan { outer, .. }) => Vlan { outer, inner: Some(id) },
                None => Vlan { outer: id, inner: None },
            });
            rest = behind;
            let ether_type = u16::from_be_bytes([*high, *low]);
            if !is_vlan_tag(ether_type) {
                return Some(Self { vlan, ..Self::behind(ether_type, rest)? });
            }
        }
    }

    fn cooked(ether_type: u16, data: &'a [u8]) -> Option<Self> {
        let frame = Self::behind(ether_type, data)?;
        Some(Self { is_cooked_vlan: frame.vlan.is_some(), ..frame })
    }

    /// Reads a PPP frame, RFC 1661 and 1662, with or without address and control.
    fn ppp(data: &'a [u8]) -> Option<Self> {
        let data = data.strip_prefix(&[0xff, 0x03]).unwrap_or(data);
        // A compressed protocol field is one byte, and odd.
        let (protocol, rest) = match data {
            [low, rest @ ..] if low % 2 == 1 => (u16::from(*low), rest),
            [high, low, rest @ ..] => (u16::from_be_bytes([*high, *low]), rest),
            _ => return None,
        };
        match protocol {
            0x0021 | 0x0057 => Self::ip(rest),
            0x0281 | 0x0283 => Self::mpls(rest),
            _ => None,
        }
    }

    /// Reads a packet of a session of PPP over Ethernet, RFC 2516 §4.
    fn pppoe(data: &'a [u8]) -> Option<Self> {
        let ([0x11, 0, session @ .., _, _], rest) = data.split_first_chunk::<6>()? else {
            return None;
        };
        Some(Self { pppoe_session: Some(u16::from_be_bytes(*session)), ..Self::ppp(rest)? })
    }

    /// Reads an MPLS label stack, RFC 3032 §2.1.
    fn mpls(data: &'a [u8]) -> Option<Self> {
        let mut rest = data;
        loop {
            let ([_, _, bottom, _], behind) = rest.split_first_chunk()?;
            rest = behind;
            if bottom & 1 != 0 {
                break;
            }
        }
        let labels = data.get(..data.len().checked_sub(rest.len())?)?;
        Some(Self { labels, ..Self::ip(rest)? })
    }

    /// Takes `ip` as an IP datagram if its version says so.
    #[inline]
    pub(crate) fn ip(ip: &'a [u8]) -> Option<Self> {
        let version = ip.first()? >> 4;
        matches!(version, 4 | 6).then_some(Self {
            vlan: None,
            pppoe_session: None,
            labels: &[],
            is_cooked_vlan: false,
            ip,
        })
    }
}

fn is_vlan_tag(ether_type: u16) -> bool {
    matches!(ether_type, 0x8100 | 0x88a8 | 0x9100 | 0x9200)
}

/// Returns whether an address family is IPv4's, or IPv6's on one of the systems.
fn is_ip_family(family: u32) -> bool {
    // NetBSD and OpenBSD 24, FreeBSD 28, Darwin 30; Linux 10.
    matches!(family, 2 | 10 | 24 | 28 | 30)
}

const PPP: Linktype = Linktype(9);
const PPP_HDLC: Linktype = Linktype(50);
const PPP_ETHER: Linktype = Linktype(51);
const LINUX_SLL2: Linktype = Linktype(276);

/// The smallest number in an Ethernet header that is a type and no length.
const FIRST_ETHER_TYPE: u16 = 0x0600;
