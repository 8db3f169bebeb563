use crate::{Protocol, TcpFlags, raw};
use core::{fmt, net::Ipv4Addr, num::NonZeroU32};

/// One flow: packets in one direction that share addresses, ports, protocol, type of service and
/// input interface.
///
/// Times are of the exporter's uptime, and mean nothing without the header of the packet:
/// [`Clock`](crate::Clock) makes absolute times of them. Many exporters leave some of the fields 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Record<'a>(pub(crate) &'a raw::Record);

impl<'a> Record<'a> {
    /// Returns the address the flow comes from.
    #[inline]
    #[must_use]
    pub const fn srcaddr(&self) -> Ipv4Addr {
        address(self.0.srcaddr)
    }

    /// Returns the address the flow goes to.
    #[inline]
    #[must_use]
    pub const fn dstaddr(&self) -> Ipv4Addr {
        address(self.0.dstaddr)
    }

    /// Returns the address of the next router; 0.0.0.0 if there is none, or if it is not known.
    #[inline]
    #[must_use]
    pub const fn nexthop(&self) -> Ipv4Addr {
        address(self.0.nexthop)
    }

    /// Returns the SNMP ifIndex of the interface through which the flow came in. Some exporters send
    /// 65535 if they do not know.
    #[inline]
    #[must_use]
    pub const fn input(&self) -> u16 {
        self.0.input.get()
    }

    /// Returns the SNMP ifIndex of the interface through which the flow went out, 0 if through none.
    #[inline]
    #[must_use]
    pub const fn output(&self) -> u16 {
        self.0.output.get()
    }

    /// Returns the packets of the flow that were seen (dPkts).
    ///
    /// As they were sent: see [`scaled`](Self::scaled).
    #[inline]
    #[must_use]
    pub const fn packets(&self) -> u32 {
        self.0.packets.get()
    }

    /// Returns the bytes of these packets, from their IP headers on (dOctets).
    ///
    /// As they were sent: see [`scaled`](Self::scaled).
    #[inline]
    #[must_use]
    pub const fn octets(&self) -> u32 {
        self.0.octets.get()
    }

    /// Returns packets and bytes times `rate`: what they stand for if one packet out of `rate` was
    /// looked at.
    ///
    /// Never done unless asked for, and always by the caller's rate, since the one in the header is
    /// often missing or wrong: [`Sampling`](crate::Sampling) says how.
    ///
    /// ```
    /// use core::num::NonZeroU32;
    /// use netflow_v5::Packet;
    ///
    /// # let mut bytes = [0; 72];
    /// # bytes[..4].copy_from_slice(&[0, 5, 0, 1]);
    /// # bytes[22..24].copy_from_slice(&[0x40, 100]);
    /// # bytes[43] = 7;
    /// # let configured = None;
    /// let packet = Packet::parse(&bytes)?;
    /// let rate = configured.or(packet.sampling().rate()).unwrap_or(NonZeroU32::MIN);
    /// let packets: u64 = packet.records().map(|record| record.scaled(rate).packets).sum();
    /// assert_eq!(packets, 700);
    /// # Ok::<(), netflow_v5::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn scaled(&self, rate: NonZeroU32) -> Scaled {
        // 32 bits times 32 bits fit.
        let scale = |counter: u32| u64::from(counter).saturating_mul(rate.get().into());
        Scaled { packets: scale(self.packets()), octets: scale(self.octets()) }
    }

    /// Returns the uptime of the exporter when the flow began, in milliseconds.
    #[inline]
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.0.first.get()
    }

    /// Returns the uptime of the exporter at the last packet of the flow, in milliseconds.
    #[inline]
    #[must_use]
    pub const fn last(&self) -> u32 {
        self.0.last.get()
    }

    /// Returns the source port, 0 for protocols without ports.
    #[inline]
    #[must_use]
    pub const fn srcport(&self) -> u16 {
        self.0.srcport.get()
    }

    /// Returns the destination port, 0 for protocols without ports but [ICMP](Self::icmp).
    #[inline]
    #[must_use]
    pub const fn dstport(&self) -> u16 {
        self.0.dstport.get()
    }

    /// Returns the type and code of an ICMP flow, which are sent as the destination port: the type
    /// times 256, and the code.
    ///
    /// `None` if the protocol is not ICMP, or the source port is not 0: then the exporter has another
    /// convention, and nothing tells which. Some Cisco devices send the two in the source port, the
    /// code first, and so nfdump reads every source port that is not 0.
    #[inline]
    #[must_use]
    pub const fn icmp(&self) -> Option<Icmp> {
        let [ty, code] = self.0.dstport.to_bytes();
        match (self.protocol(), self.srcport()) {
            (Protocol::ICMP, 0) => Some(Icmp { ty, code }),
            _ => None,
        }
    }

    /// Returns the first byte that the format leaves unused, as it was sent.
    #[inline]
    #[must_use]
    pub const fn pad1(&self) -> u8 {
        self.0.pad1
    }

    /// Returns the TCP flags of all packets of the flow, one or another. For other protocols the
    /// field has no meaning.
    #[inline]
    #[must_use]
    pub const fn tcp_flags(&self) -> TcpFlags {
        TcpFlags(self.0.tcp_flags)
    }

    /// Returns the IP protocol.
    #[inline]
    #[must_use]
    pub const fn protocol(&self) -> Protocol {
        Protocol(self.0.protocol)
    }

    /// Returns the type of service, the whole byte.
    #[inline]
    #[must_use]
    pub const fn tos(&self) -> u8 {
        self.0.tos
    }

    /// Returns the number of the autonomous system of the source, its origin or its peer as the
    /// exporter is configured. 23456 stands for numbers over 65535 (RFC 6793).
    #[inline]
    #[must_use]
    pub const fn src_as(&self) -> u16 {
        self.0.src_as.get()
    }

    /// Returns the number of the autonomous system of the destination: see [`src_as`](Self::src_as).
    #[inline]
    #[must_use]
    pub const fn dst_as(&self) -> u16 {
        self.0.dst_as.get()
    }

    /// Returns the length in bits of the prefix of the source address. Lengths over 32 occur.
    #[inline]
    #[must_use]
    pub const fn src_mask(&self) -> u8 {
        self.0.src_mask
    }

    /// Returns the length in bits of the prefix of the destination address. Lengths over 32 occur.
    #[inline]
    #[must_use]
    pub const fn dst_mask(&self) -> u8 {
        self.0.dst_mask
    }

    /// Returns the last two bytes, which the format leaves unused, as they were sent.
    #[inline]
    #[must_use]
    pub const fn pad2(&self) -> u16 {
        self.0.pad2.get()
    }

    /// Returns the 48 bytes of the record.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        raw::bytes(self.0)
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("srcaddr", &self.srcaddr())
            .field("dstaddr", &self.dstaddr())
            .field("nexthop", &self.nexthop())
            .field("input", &self.input())
            .field("output", &self.output())
            .field("packets", &self.packets())
            .field("octets", &self.octets())
            .field("first", &self.first())
            .field("last", &self.last())
            .field("srcport", &self.srcport())
            .field("dstport", &self.dstport())
            .field("tcp_flags", &self.tcp_flags())
            .field("protocol", &self.protocol())
            .field("tos", &self.tos())
            .field("src_as", &self.src_as())
            .field("dst_as", &self.dst_as())
            .field("src_mask", &self.src_mask())
            .field("dst_mask", &self.dst_mask())
            .finish_non_exhaustive()
    }
}

/// The type and code of an ICMP flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Icmp {
    /// The type, of IANA's ICMP Type Numbers.
    pub ty: u8,
    /// The code, whose meaning depends on the type.
    pub code: u8,
}

/// What the counters of a sampled flow stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scaled {
    /// Packets.
    pub packets: u64,
    /// Bytes of these packets.
    pub octets: u64,
}

#[inline]
const fn address([a, b, c, d]: [u8; 4]) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}
