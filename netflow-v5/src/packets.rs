use crate::Packet;
use core::{fmt, iter::FusedIterator};
use wire_error::{Error, Result};

/// The packets of a datagram that holds several, one behind the other.
///
/// The first that is not whole ends the iteration, since where the next one starts is not known
/// then. [`error`](Self::error) says what is wrong with it, and [`remainder`](Self::remainder) has
/// the bytes from there on: what can be read of it is for [`Packet::parse_lax`].
///
/// Bytes that follow the last packet and are no packet are an error too. Of a datagram of one packet
/// followed by padding, the packet is still yielded.
///
/// ```
/// use netflow_v5::Packets;
///
/// # let mut payload = [0; 24 + 48 + 24];
/// # payload[..4].copy_from_slice(&[0, 5, 0, 1]);
/// # payload[72..76].copy_from_slice(&[0, 5, 0xff, 0xff]);
/// let mut packets = Packets::new(&payload);
/// for packet in packets.by_ref() {
///     assert_eq!(packet.records().len(), 1);
/// }
/// // The second declares 65535 records and has none.
/// let error = packets.error().map(|error| error.to_string());
/// assert_eq!(error.as_deref(), Some("flow record at byte 96: needed 48 bytes, found 0"));
/// ```
#[derive(Clone)]
pub struct Packets<'a> {
    rest: &'a [u8],
    offset: usize,
    error: Option<Error>,
}

impl<'a> Packets<'a> {
    /// Reads the packets in `input`, which starts with the first.
    #[must_use]
    pub const fn new(input: &'a [u8]) -> Self {
        Self { rest: input, offset: 0, error: None }
    }

    /// Returns what is wrong with the packet that ended the iteration. Offsets count from the start
    /// of the slice that was passed.
    #[must_use]
    pub const fn error(&self) -> Option<Error> {
        self.error
    }

    /// Returns the bytes that were not yet read, or that could not be.
    #[must_use]
    pub const fn remainder(&self) -> &'a [u8] {
        self.rest
    }

    #[inline]
    fn read(&mut self) -> Result<Packet<'a>> {
        let (packet, rest) = Packet::parse_prefix(self.rest)?;
        self.offset = self.offset.saturating_add(packet.as_bytes().len());
        self.rest = rest;
        Ok(packet)
    }
}

impl<'a> Iterator for Packets<'a> {
    type Item = Packet<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        // One that cannot be read stays in front, and cannot be read the next time either.
        match self.read() {
            Ok(packet) => Some(packet),
            Err(error) => {
                self.error = Some(error.nested_at(self.offset));
                None
            }
        }
    }
}

impl FusedIterator for Packets<'_> {}

impl fmt::Debug for Packets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
