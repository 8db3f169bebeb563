//! What precedes a message on its line: what it was wrapped in, and who sent it to whom.

use super::Address;
use crate::{datagram::Datagram, link::Vlan};
use etherparse::{IpNumber, LaxIpSlice};
use std::fmt;

/// Everything up to the message, but for its time.
pub(super) struct Prefix<'a>(pub(super) &'a Datagram<'a>);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(datagram) = self;
        self.link(f)?;
        f.write_str(if datagram.source.is_ipv4() { "IP " } else { "IP6 " })?;
        if datagram.missing > 0 {
            let cut = if datagram.source.is_ipv4() { "truncated-ip" } else { "truncated-ip6" };
            write!(f, "{cut} - {} bytes missing! ", datagram.missing)?;
        }
        let (source, destination) = (datagram.source, datagram.destination);
        write!(f, "{} > {}: ", Address(Some(source)), Address(Some(destination)))?;
        self.extension_headers(f)
    }
}

impl Prefix<'_> {
    /// Writes what tcpdump tells of a link header: nothing of most, nor of VLANs.
    fn link(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frame = &self.0.frame;
        if frame.is_cooked_vlan {
            if let Some(Vlan { inner: Some(_), .. }) = frame.vlan {
                f.write_str("ethertype 802.1Q, ")?;
            }
            let ether_type = match (frame.pppoe_session, frame.labels) {
                (Some(_), _) => "PPPoE S",
                (None, [_, ..]) => "MPLS unicast",
                (None, []) if self.0.source.is_ipv4() => "IPv4",
                (None, []) => "IPv6",
            };
            write!(f, "ethertype {ether_type}, ")?;
        }
        match frame.pppoe_session {
            // tcpdump leaves the session out if its number is 0, and the spaces around it in.
            Some(0) => f.write_str("PPPoE  ")?,
            Some(session) => write!(f, "PPPoE  [ses {session:#x}] ")?,
            None => {}
        }
        if let (entries @ [_, ..], _) = frame.labels.as_chunks() {
            f.write_str("MPLS")?;
            for entry in entries {
                // RFC 3032 §2.1: label, traffic class, bottom of stack, time to live.
                let [_, _, flags, time_to_live] = *entry;
                let label = u32::from_be_bytes(*entry) >> 12;
                let bottom = if flags & 1 == 0 { "" } else { ", [S]" };
                write!(f, " (label {label}, tc {}{bottom}, ttl {time_to_live})", flags >> 1 & 7)?;
            }
            f.write_str(" ")?;
        }
        Ok(())
    }

    /// Writes the extension headers of IPv6 that have one word each. tcpdump's words for routing and
    /// authentication headers are not reproduced.
    fn extension_headers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok((LaxIpSlice::Ipv6(datagram), _)) = LaxIpSlice::from_slice(self.0.frame.ip) else {
            return Ok(());
        };
        let mut header = datagram.header().next_header();
        let mut declared = usize::from(datagram.header().payload_length());
        // All of them are whole. Their own iterator is not safe to use: where a chain was cut it
        // reads on behind its end.
        let mut headers = datagram.extensions().slice();
        while let [next_header, len, ..] = *headers {
            let len = usize::from(len);
            let len = match header {
                IpNumber::IPV6_FRAGMENTATION_HEADER => 8,
                // RFC 4302 §2.2: in 4-byte units, minus 2.
                IpNumber::AUTHENTICATION_HEADER => len.saturating_add(2).saturating_mul(4),
                // RFC 8200 §4.3: in 8-byte units, not including the first.
                _ => len.saturating_add(1).saturating_mul(8),
            };
            declared = declared.saturating_sub(len);
            match header {
                IpNumber::IPV6_HEADER_HOP_BY_HOP => f.write_str("HBH ")?,
                IpNumber::IPV6_DESTINATION_OPTIONS => f.write_str("DSTOPT ")?,
                // Of a later fragment there is no line: the offset is 0.
                IpNumber::IPV6_FRAGMENTATION_HEADER => write!(f, "frag (0|{declared}) ")?,
                _ => {}
            }
            header = next_header.into();
            headers = headers.get(len..).unwrap_or_default();
        }
        Ok(())
    }
}
