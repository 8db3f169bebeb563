use crate::{Clock, Record, Records, Sampling, raw};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::{Error, ErrorKind, Result};

/// One export packet: a header of 24 bytes, and flow records of 48 bytes.
///
/// Which records there are is decided by the bytes and never by the count alone: a packet has
/// exactly the records that can be read.
///
/// A view cannot outlive the bytes that it shows:
///
/// ```compile_fail,E0597
/// let packet = {
///     let bytes = [0; 24];
///     netflow_v5::Packet::parse(&bytes)
/// };
/// assert!(packet.is_ok());
/// ```
#[derive(Clone, Copy)]
pub struct Packet<'a>(&'a raw::Packet);

impl<'a> Packet<'a> {
    /// The most records that the format allows: 30, which make 1464 bytes.
    pub const MAX_COUNT: u16 = 30;

    /// Reads `input` as one packet: the payload of a datagram.
    ///
    /// Any count is read, as long as the records are there:
    /// [`has_valid_count`](Self::has_valid_count).
    ///
    /// # Errors
    ///
    /// - As [`parse_prefix`](Self::parse_prefix).
    /// - [`TrailingData`](ErrorKind::TrailingData) if bytes follow the records, such as another
    ///   packet: see [`Packets`](crate::Packets).
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        match Self::parse_prefix(input)? {
            (packet, []) => Ok(packet),
            (packet, rest) => Err(packet.trailing(rest)),
        }
    }

    /// Reads the packet at the front of `input`, and returns what follows it.
    ///
    /// # Errors
    ///
    /// - [`UnsupportedVersion`](ErrorKind::UnsupportedVersion) if the version is not 5.
    /// - [`Truncated`](ErrorKind::Truncated) if `input` ends in the header or before the last record
    ///   that the count declares. The offset is that of the first record that is not whole.
    #[inline]
    pub fn parse_prefix(input: &'a [u8]) -> Result<(Self, &'a [u8])> {
        let (header, rest) = raw::header(input)?;
        match raw::packet(input, header.count.get()) {
            Some((packet, rest)) => Ok((Self(packet), rest)),
            None => Err(cut(rest)),
        }
    }

    /// Reads what is there of a packet: the header, and of the records that the count declares those
    /// that are whole.
    ///
    /// The error says where the packet stopped, or what follows it; with `None` it is whole and
    /// nothing follows. It is the error with which [`parse`](Self::parse) fails.
    ///
    /// ```
    /// use netflow_v5::Packet;
    ///
    /// # let mut bytes = [0; 100];
    /// # bytes[..4].copy_from_slice(&[0, 5, 0, 30]);
    /// let (packet, error) = Packet::parse_lax(&bytes)?;
    /// assert_eq!((packet.count(), packet.records().len()), (30, 1)); // Declared and present.
    /// let error = error.map(|error| error.to_string());
    /// assert_eq!(error.as_deref(), Some("flow record at byte 72: needed 48 bytes, found 28"));
    /// # Ok::<(), netflow_v5::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`UnsupportedVersion`](ErrorKind::UnsupportedVersion) if the version is not 5.
    /// - [`Truncated`](ErrorKind::Truncated) under 24 bytes.
    #[inline]
    pub fn parse_lax(input: &'a [u8]) -> Result<(Self, Option<Error>)> {
        let (header, rest) = raw::header(input)?;
        let count = header.count.get();
        let (present, _) = raw::records(rest);
        let whole = u16::try_from(present.len()).unwrap_or(count).min(count);
        let Some((packet, left)) = raw::packet(input, whole) else { return Err(cut(rest)) };
        let packet = Self(packet);
        let error = match left {
            _ if whole < count => Some(cut(rest)),
            [] => None,
            left => Some(packet.trailing(left)),
        };
        Ok((packet, error))
    }

    /// Returns the number of records that the header declares. Those that are there are
    /// [`records`](Self::records): fewer, if the packet was cut.
    #[inline]
    #[must_use]
    pub const fn count(&self) -> u16 {
        self.0.header.count.get()
    }

    /// Returns whether the declared count is one that the format allows: 1 to
    /// [`MAX_COUNT`](Self::MAX_COUNT).
    ///
    /// Exporters that send more exist, and so do collectors that drop such packets.
    #[inline]
    #[must_use]
    pub const fn has_valid_count(&self) -> bool {
        matches!(self.count(), 1..=Self::MAX_COUNT)
    }

    /// Returns the time since the exporter was started, in milliseconds. It wraps after 49.7 days.
    #[inline]
    #[must_use]
    pub const fn sys_uptime(&self) -> u32 {
        self.0.header.sys_uptime.get()
    }

    /// Returns the time at which the packet was sent: whole seconds since 1970, UTC.
    #[inline]
    #[must_use]
    pub const fn unix_secs(&self) -> u32 {
        self.0.header.unix_secs.get()
    }

    /// Returns the residual nanoseconds of the time at which the packet was sent, as they were sent:
    /// some exporters send microseconds, some send 0 always. See [`Clock`].
    #[inline]
    #[must_use]
    pub const fn unix_nsecs(&self) -> u32 {
        self.0.header.unix_nsecs.get()
    }

    /// Returns the time at which the packet was sent, as what makes absolute times out of those of
    /// its records.
    #[inline]
    #[must_use]
    pub const fn clock(&self) -> Clock {
        Clock::new(self.sys_uptime(), self.unix_secs(), self.unix_nsecs())
    }

    /// Returns how many flows this engine had exported before those of this packet, modulo 2³². See
    /// [`Tracker`](crate::Tracker).
    #[inline]
    #[must_use]
    pub const fn flow_sequence(&self) -> u32 {
        self.0.header.flow_sequence.get()
    }

    /// Returns the type of the engine that switched the flows: to Cisco 0 is the route processor, 1
    /// a line card, 2 a feature card. To others it is a number like any other.
    #[inline]
    #[must_use]
    pub const fn engine_type(&self) -> u8 {
        self.0.header.engine_type
    }

    /// Returns the number of the engine, such as the slot of a line card.
    #[inline]
    #[must_use]
    pub const fn engine_id(&self) -> u8 {
        self.0.header.engine_id
    }

    /// Returns how packets were sampled.
    #[inline]
    #[must_use]
    pub const fn sampling(&self) -> Sampling {
        Sampling(self.0.header.sampling.get())
    }

    /// Returns the record with this index, counted from 0.
    #[inline]
    #[must_use]
    pub fn record(&self, index: usize) -> Option<Record<'a>> {
        self.0.records.get(index).map(Record)
    }

    /// Returns the records that are there.
    #[inline]
    #[must_use]
    pub fn records(&self) -> Records<'a> {
        Records(self.0.records.iter())
    }

    /// Returns the bytes of the header and of the records that are there.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        raw::bytes(self.0)
    }

    /// `rest` follows the packet.
    #[cold]
    fn trailing(&self, rest: &[u8]) -> Error {
        ErrorKind::TrailingData { remaining: rest.len() }.at("packet", self.as_bytes().len())
    }
}

impl<'a> IntoIterator for Packet<'a> {
    type Item = Record<'a>;
    type IntoIter = Records<'a>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.records()
    }
}

impl<'a> IntoIterator for &Packet<'a> {
    type Item = Record<'a>;
    type IntoIter = Records<'a>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.records()
    }
}

impl fmt::Debug for Packet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packet")
            .field("count", &self.count())
            .field("sys_uptime", &self.sys_uptime())
            .field("unix_secs", &self.unix_secs())
            .field("unix_nsecs", &self.unix_nsecs())
            .field("flow_sequence", &self.flow_sequence())
            .field("engine_type", &self.engine_type())
            .field("engine_id", &self.engine_id())
            .field("sampling", &self.sampling())
            .field("records", &self.records())
            .finish()
    }
}

impl PartialEq for Packet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Packet<'_> {}

impl Hash for Packet<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

/// `rest`, which follows the header, ends before the last record does.
#[cold]
fn cut(rest: &[u8]) -> Error {
    let (whole, part) = raw::records(rest);
    let offset = size_of::<raw::Header>().saturating_add(size_of_val(whole));
    let (needed, available) = (size_of::<raw::Record>(), part.len());
    ErrorKind::Truncated { needed, available }.at("flow record", offset)
}
