use crate::{
    Checksum, Ports, Protocol, Transport,
    checksum::Sum,
    raw::{self, split},
};
use core::{
    fmt,
    hash::{Hash, Hasher},
    net::IpAddr,
};
use wire_error::{ErrorKind, Result};

/// The datagram that an ICMP error quotes: its IP header, and as much of what follows as was sent
/// back.
///
/// RFC 792 asks for 8 bytes behind the header, RFC 1812 §4.3.2.3 for as many as fit into 576, RFC
/// 4443 §2.4 for as many as fit into 1280. So a quote is normally shorter than the datagram was:
/// [`declared_len`](Self::declared_len) is what its header says, `as_bytes().len()` is what is
/// here. Neither the declared length nor the header checksum has to be right, nor even the byte
/// order of length and fragment offset: systems descended from 4.4BSD have quoted headers that they
/// had already rewritten. Of these, only the fragment offset is relied on: [`Transport::ports`].
///
/// A view cannot outlive the bytes that it shows:
///
/// ```compile_fail,E0597
/// let quote = {
///     let bytes = [0x45; 20];
///     icmp_wire::Quote::parse(&bytes)
/// };
/// assert!(quote.is_ok());
/// ```
#[derive(Clone, Copy)]
pub struct Quote<'a> {
    header: Header<'a>,
    bytes: &'a [u8],
    offset: usize,
}

#[derive(Clone, Copy)]
enum Header<'a> {
    V4(&'a raw::Ipv4),
    V6(&'a raw::Ipv6),
}

impl<'a> Quote<'a> {
    /// Reads the IP header at the front of `input`, IPv4 or IPv6 as its version says.
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) under 20 bytes of IPv4 or 40 of IPv6.
    /// - [`UnsupportedVersion`](ErrorKind::UnsupportedVersion) if the version is neither 4 nor 6.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if IPv4's header length is under 5 words.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        Self::parse_at(input, 0)
    }

    /// Reads a quote that starts `offset` bytes into the slice that the caller passed.
    #[inline]
    pub(crate) fn parse_at(input: &'a [u8], offset: usize) -> Result<Self> {
        // The first byte: the version, and IPv4's header length in words.
        let header = match input {
            [0x45..=0x4f, ..] => Header::V4(split(input, "quoted IPv4 header", offset)?.0),
            [0x60..=0x6f, ..] => Header::V6(split(input, "quoted IPv6 header", offset)?.0),
            [first @ 0x40..=0x44, ..] => {
                split::<raw::Ipv4>(input, "quoted IPv4 header", offset)?;
                let kind = ErrorKind::InvalidLength { found: (first & 0x0f).into() };
                return Err(kind.at("quoted IPv4 header length", offset));
            }
            [first, ..] => {
                let kind = ErrorKind::UnsupportedVersion { found: (first >> 4).into() };
                return Err(kind.at("quoted IP header", offset));
            }
            [] => {
                let kind = ErrorKind::Truncated { needed: 1, available: 0 };
                return Err(kind.at("quoted IP header", offset));
            }
        };
        Ok(Self { header, bytes: input, offset })
    }

    /// Returns the address the datagram came from.
    #[inline]
    #[must_use]
    pub fn source(&self) -> IpAddr {
        match self.header {
            Header::V4(header) => header.source.into(),
            Header::V6(header) => header.source.into(),
        }
    }

    /// Returns the address the datagram was sent to.
    #[inline]
    #[must_use]
    pub fn destination(&self) -> IpAddr {
        match self.header {
            Header::V4(header) => header.destination.into(),
            Header::V6(header) => header.destination.into(),
        }
    }

    /// Returns the length of the datagram in bytes, IP header included, as its header declares it.
    ///
    /// From IPv4's total length, or IPv6's payload length and the 40 bytes of the header.
    #[inline]
    #[must_use]
    pub fn declared_len(&self) -> usize {
        match self.header {
            Header::V4(header) => header.total_length.get().into(),
            Header::V6(header) => {
                usize::from(header.payload_length.get()).saturating_add(size_of::<raw::Ipv6>())
            }
        }
    }

    /// Returns the time to live or hop limit that was left when the datagram was refused.
    #[inline]
    #[must_use]
    pub fn hop_limit(&self) -> u8 {
        match self.header {
            Header::V4(header) => header.time_to_live,
            Header::V6(header) => header.hop_limit,
        }
    }

    /// Returns whether the checksum of an IPv4 header is right; `None` for IPv6, which has none.
    ///
    /// A wrong one is common and no sign of damage: routers quote headers that they had already
    /// changed.
    #[must_use]
    pub fn header_checksum_status(&self) -> Option<Checksum> {
        let Header::V4(header) = self.header else { return None };
        Some(match self.bytes.get(..header_len(header)) {
            Some(bytes) => Sum::default().add_without(bytes, 10).status(header.checksum.get()),
            None => Checksum::Truncated,
        })
    }

    /// Returns the protocol of an IPv4 datagram, or the first next-header value of an IPv6 datagram,
    /// which may announce an extension header. It is known even where the quote ends before the
    /// [`transport`](Self::transport).
    #[inline]
    #[must_use]
    pub const fn protocol(&self) -> Protocol {
        match self.header {
            Header::V4(header) => Protocol(header.protocol),
            Header::V6(header) => Protocol(header.next_header),
        }
    }

    /// Returns the identification of an IPv4 datagram, by which a traceroute knows its probes; `None`
    /// for IPv6.
    #[must_use]
    pub const fn identification(&self) -> Option<u16> {
        match self.header {
            Header::V4(header) => Some(header.identification.get()),
            Header::V6(_) => None,
        }
    }

    /// Returns the quoted ports.
    ///
    /// `None` if the datagram has none: see [`Transport::ports`].
    ///
    /// # Errors
    ///
    /// [`Truncated`](ErrorKind::Truncated) if the quote ends before them.
    #[inline(always)]
    pub fn ports(&self) -> Result<Option<Ports>> {
        self.read_transport(|transport| transport.ports())
    }

    /// Walks IPv4 options or the chain of IPv6 extension headers, and returns what follows them.
    ///
    /// The walk passes hop-by-hop options, routing, destination options, fragment, authentication,
    /// mobility, HIP and shim6 headers (RFC 8200 §4, RFC 4302, RFC 6275, RFC 7401, RFC 5533), and
    /// stops behind the fragment header of a later fragment.
    ///
    /// # Errors
    ///
    /// [`Truncated`](ErrorKind::Truncated) if the quote ends inside the options or the chain.
    #[inline]
    pub fn transport(&self) -> Result<Transport<'a>> {
        self.read_transport(Ok)
    }

    /// Returns the quoted bytes, from the start of the IP header to the end of the message.
    ///
    /// If an extension structure may follow the quote, take [`Extensions::quote`], or these may hold
    /// it, and the zeros in front of it.
    ///
    /// [`Extensions::quote`]: crate::Extensions::quote
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns where the quote starts, from the start of the slice that was parsed.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Hands the transport to `read`, on each way to it by itself: so what `read` does not look at is
    /// not worked out, and a datagram without extension headers is read without a call.
    #[inline(always)]
    fn read_transport<T>(&self, read: impl Fn(Transport<'a>) -> Result<T>) -> Result<T> {
        match self.header {
            Header::V4(header) => read(self.transport_v4(header)?),
            Header::V6(header) => {
                let protocol = header.next_header;
                let bytes = self.bytes.get(size_of::<raw::Ipv6>()..).unwrap_or_default();
                let offset = self.offset.saturating_add(size_of::<raw::Ipv6>());
                if is_extension_header(protocol) {
                    return read(Self::walk(protocol, bytes, offset)?);
                }
                read(Transport { protocol: Protocol(protocol), fragment_offset: 0, bytes, offset })
            }
        }
    }

    #[inline]
    fn transport_v4(&self, header: &'a raw::Ipv4) -> Result<Transport<'a>> {
        let header_len = header_len(header);
        let Some(bytes) = self.bytes.get(header_len..) else {
            let kind = ErrorKind::Truncated { needed: header_len, available: self.bytes.len() };
            return Err(kind.at("quoted IPv4 header", self.offset));
        };
        Ok(Transport {
            protocol: Protocol(header.protocol),
            fragment_offset: header.flags_and_fragment_offset.get() & 0x1fff,
            bytes,
            offset: self.offset.saturating_add(header_len),
        })
    }

    /// Walks a chain of IPv6 extension headers, the first of which is a `protocol`.
    #[inline(never)]
    fn walk(mut protocol: u8, mut bytes: &'a [u8], mut offset: usize) -> Result<Transport<'a>> {
        let mut fragment_offset = 0;
        while fragment_offset == 0 && is_extension_header(protocol) {
            let (extension, _) =
                split::<raw::Ipv6Extension>(bytes, "quoted IPv6 extension header", offset)?;
            let length = usize::from(extension.length);
            let needed = match protocol {
                FRAGMENT => 8,
                // RFC 4302 §2.2: in 4-byte units, minus 2.
                AUTHENTICATION => length.saturating_add(2).saturating_mul(4),
                // RFC 8200 §4.3: in 8-byte units, not including the first.
                _ => length.saturating_add(1).saturating_mul(8),
            };
            let Some(rest) = bytes.get(needed..) else {
                let kind = ErrorKind::Truncated { needed, available: bytes.len() };
                return Err(kind.at("quoted IPv6 extension header", offset));
            };
            if protocol == FRAGMENT {
                fragment_offset = extension.fragment_offset_and_flags.get() >> 3;
            }
            protocol = extension.next_header;
            bytes = rest;
            offset = offset.saturating_add(needed);
        }
        Ok(Transport { protocol: Protocol(protocol), fragment_offset, bytes, offset })
    }
}

impl fmt::Debug for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quote")
            .field("source", &self.source())
            .field("destination", &self.destination())
            .field("declared_len", &self.declared_len())
            .field("hop_limit", &self.hop_limit())
            .field("transport", &self.transport())
            .field("offset", &self.offset)
            .field("len", &self.bytes.len())
            .finish()
    }
}

impl PartialEq for Quote<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Quote<'_> {}

impl Hash for Quote<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

/// The length of an IPv4 header in bytes, options included.
#[inline]
fn header_len(header: &raw::Ipv4) -> usize {
    usize::from(header.version_and_header_length & 0x0f).saturating_mul(4)
}

const FRAGMENT: u8 = 44;
const AUTHENTICATION: u8 = 51;

/// Returns whether a next-header value announces an extension header that can be passed over.
///
/// IANA's IPv6 Extension Header Types without ESP (50), behind which nothing can be read, and
/// without the two values for experiments (253, 254), which need not have the common form.
#[inline]
const fn is_extension_header(next_header: u8) -> bool {
    matches!(next_header, 0 | 43 | FRAGMENT | AUTHENTICATION | 60 | 135 | 139 | 140)
}
