//! The parts that objects about interfaces and nodes share (RFC 5837 §4.2, §4.3).

use super::{Name, Object};
use core::net::IpAddr;
use wire_error::{ErrorKind, Result};

/// Reads the parts of an object one after the other.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
    object: Object<'a>,
    context: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(object: &Object<'a>, context: &'static str) -> Self {
        Self { rest: object.data(), offset: object.data_offset(), object: *object, context }
    }

    /// Reads an array: an object that is too short for it has the wrong length.
    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let Some((array, rest)) = self.rest.split_first_chunk::<N>() else {
            return Err(self.object.invalid_length(self.context));
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(N);
        Ok(*array)
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// Reads an IP address sub-object: address family, two reserved bytes, address.
    pub(super) fn address(&mut self) -> Result<IpAddr> {
        let offset = self.offset;
        let [high, low, _, _] = self.array()?;
        match u16::from_be_bytes([high, low]) {
            AFI_IPV4 => self.array::<4>().map(IpAddr::from),
            AFI_IPV6 => self.array::<16>().map(IpAddr::from),
            found => {
                Err(ErrorKind::InvalidValue { found: found.into() }.at("address family", offset))
            }
        }
    }

    /// Reads a name sub-object: a length that counts itself, the name, and the NULs that fill it up
    /// to a multiple of 4.
    pub(super) fn name(&mut self) -> Result<Name<'a>> {
        let offset = self.offset;
        let [length] = self.array()?;
        let found = usize::from(length);
        if found == 0 || found > LONGEST_NAME || found % 4 != 0 {
            return Err(ErrorKind::InvalidLength { found }.at("name length", offset));
        }
        let Some((name, rest)) = self.rest.split_at_checked(found.saturating_sub(1)) else {
            return Err(self.object.invalid_length(self.context));
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(name.len());
        Ok(Name(trim_nul(name)))
    }

    /// Demands that nothing is left.
    pub(super) const fn finish(self, context: &'static str) -> Result<()> {
        match self.rest {
            [] => Ok(()),
            rest => Err(ErrorKind::TrailingData { remaining: rest.len() }.at(context, self.offset)),
        }
    }
}

/// Returns `name` without the NULs at its end.
pub(super) const fn trim_nul(mut name: &[u8]) -> &[u8] {
    while let [rest @ .., 0] = name {
        name = rest;
    }
    name
}

/// Writes the parts of an object one after the other, behind its header.
pub(super) struct Writer {
    buffer: [u8; LONGEST_DATA],
    len: usize,
}

impl Writer {
    pub(super) const fn new() -> Self {
        Self { buffer: [0; LONGEST_DATA], len: 0 }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        if let Some(place) = self.buffer.get_mut(self.len..) {
            crate::raw::fill(place, bytes);
        }
        self.len = self.len.saturating_add(bytes.len());
    }

    pub(super) fn address(&mut self, address: IpAddr) {
        let family = if address.is_ipv4() { AFI_IPV4 } else { AFI_IPV6 };
        self.bytes(&family.to_be_bytes());
        self.bytes(&[0; 2]);
        match address {
            IpAddr::V4(address) => self.bytes(&address.octets()),
            IpAddr::V6(address) => self.bytes(&address.octets()),
        }
    }

    /// Writes a name and what fills it up.
    ///
    /// Fails on a name of more than 63 bytes, which the length has no room for.
    pub(super) fn name(&mut self, Name(name): Name<'_>) -> Result<()> {
        let whole = name.len().checked_add(1).and_then(|len| len.checked_next_multiple_of(4));
        let Some(whole) = whole.filter(|whole| *whole <= LONGEST_NAME) else {
            return Err(ErrorKind::InvalidLength { found: name.len() }.at("name", 0));
        };
        self.bytes(&[u8::try_from(whole).unwrap_or(u8::MAX)]);
        self.bytes(name);
        self.fill_up();
        Ok(())
    }

    /// Writes bytes that have a length elsewhere, at most 64 of them, and what fills them up.
    pub(super) fn padded(&mut self, bytes: &[u8], context: &'static str) -> Result<()> {
        if bytes.len() > LONGEST_NAME {
            return Err(ErrorKind::InvalidLength { found: bytes.len() }.at(context, 0));
        }
        self.bytes(bytes);
        self.fill_up();
        Ok(())
    }

    /// Fills up to a multiple of 4.
    fn fill_up(&mut self) {
        self.len = self.len.checked_next_multiple_of(4).unwrap_or(self.len);
    }

    pub(super) fn data(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }
}

/// IANA's Address Family Numbers.
const AFI_IPV4: u16 = 1;
const AFI_IPV6: u16 = 2;

/// RFC 5837 §4.3: the length and up to 63 bytes of name.
const LONGEST_NAME: usize = 64;

/// Interface index, IPv6 address, name, MTU.
const LONGEST_DATA: usize = 4 + 20 + LONGEST_NAME + 4;
