//! Extension headers: those between an IP header and what the datagram is about.

use etherparse::IpNumber;

/// An extension header of IPv6, or an authentication header of IPv4.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExtensionHeader<'a> {
    pub(crate) protocol: IpNumber,
    /// The header, all of it.
    pub(crate) bytes: &'a [u8],
    /// How many bytes of the datagram follow it, by the IP header.
    pub(crate) behind: usize,
}

/// The extension headers of a datagram, from the first to the last that is whole.
#[derive(Clone, Debug)]
pub(crate) struct ExtensionHeaders<'a> {
    protocol: IpNumber,
    headers: &'a [u8],
    payload_len: usize,
}

impl<'a> ExtensionHeaders<'a> {
    /// Takes whole `headers`, the first of them a `protocol`, in front of so many bytes.
    pub(super) const fn new(protocol: IpNumber, headers: &'a [u8], payload_len: usize) -> Self {
        Self { protocol, headers, payload_len }
    }
}

impl<'a> Iterator for ExtensionHeaders<'a> {
    type Item = ExtensionHeader<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let [next, len, ..] = *self.headers else { return None };
        let len = usize::from(len);
        let len = match self.protocol {
            IpNumber::IPV6_FRAGMENTATION_HEADER => 8,
            // RFC 4302 §2.2: in 4-byte units, minus 2.
            IpNumber::AUTHENTICATION_HEADER => len.saturating_add(2).saturating_mul(4),
            // RFC 8200 §4.3: in 8-byte units, not including the first.
            _ => len.saturating_add(1).saturating_mul(8),
        };
        let (bytes, rest) = self.headers.split_at_checked(len)?;
        let behind = self.payload_len.saturating_add(rest.len());
        let header = ExtensionHeader { protocol: self.protocol, bytes, behind };
        (self.protocol, self.headers) = (next.into(), rest);
        Some(header)
    }
}
