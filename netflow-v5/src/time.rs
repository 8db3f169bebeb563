//! Absolute times.

/// The moment at which a packet was sent, by both clocks of the exporter: what makes absolute times
/// of the uptimes in its records.
///
/// ```
/// use netflow_v5::Clock;
///
/// // Sent at 1700000000.123 s, 3600 s after the start; the flow began 10 s before.
/// let clock = Clock::new(3_600_000, 1_700_000_000, 123_456_789);
/// assert_eq!(clock.unix_millis(3_590_000), 1_699_999_990_123);
/// ```
///
/// # The rule
///
/// An uptime is as far from the packet's own, before or after, as their difference as a signed
/// number of 32 bits says: `sent + ((uptime − sys_uptime) as i32)` milliseconds. An uptime has 32
/// bits and wraps every 49.7 days; of all the moments that it can mean this is the one nearest to
/// the packet, no more than 24.9 days away. So a flow that began before a wrap and was sent after
/// it is right, whether First is greater than Last or than the packet's own uptime, and so is one
/// whose Last is a little after the packet was sent, as Cisco's `CSCei12353` has it.
///
/// What others do with the same numbers:
///
/// | decoder | rule | differs where |
/// | --- | --- | --- |
/// | nfdump | First is a wrap back if it is greater than Last; both are if Last is over 100 s greater than the packet's uptime | Last is over 100 s after the packet, or less but behind a wrap: there all is 49.7 days earlier |
/// | | | First is after Last and no wrap is between them: there it is 49.7 days earlier |
/// | | | First is over 24.9 days before the packet: here it is 49.7 days later |
/// | goflow2 | `sent − (sys_uptime − uptime)`, unsigned | an uptime is after the packet's own, by however little: there it is 49.7 days earlier |
/// | | | an uptime is over 24.9 days before the packet's own: here it is 49.7 days later |
/// | logstash's codec | the difference is subtracted from the microseconds, and no second is borrowed | the difference crosses a second: there it is 1 s later |
/// | `rustflow_core` | an uptime is a time since 1970 | always |
/// | tshark, tcpdump | uptimes are shown as they are | |
///
/// # The nanoseconds
///
/// They are taken for nanoseconds, a second of them or more too, and what is less than a millisecond
/// is dropped, as nfdump does it. Some exporters send microseconds (ipt-netflow), and nothing in a
/// packet tells: all times are then up to a second too early, unless a caller who knows the exporter
/// says so ([`with_microseconds`](Self::with_microseconds)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    sys_uptime: u32,
    unix_secs: u32,
    residual_millis: u32,
}

impl Clock {
    /// Makes the moment that a header with these fields names.
    #[inline]
    #[must_use]
    pub const fn new(sys_uptime: u32, unix_secs: u32, unix_nsecs: u32) -> Self {
        Self { sys_uptime, unix_secs, residual_millis: unix_nsecs / 1_000_000 }
    }

    /// Makes the moment that a header with these fields names, if the exporter sends microseconds
    /// for nanoseconds.
    ///
    /// ```
    /// use netflow_v5::{Clock, Packet};
    ///
    /// # let mut bytes = [0; 24];
    /// # bytes[..12].copy_from_slice(&[0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    /// # bytes[12..16].copy_from_slice(&250_000_u32.to_be_bytes());
    /// let packet = Packet::parse(&bytes)?;
    /// let clock =
    ///     Clock::with_microseconds(packet.sys_uptime(), packet.unix_secs(), packet.unix_nsecs());
    /// assert_eq!(clock.sent_millis(), 2250);
    /// assert_eq!(packet.clock().sent_millis(), 2000);
    /// # Ok::<(), netflow_v5::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub const fn with_microseconds(sys_uptime: u32, unix_secs: u32, micros: u32) -> Self {
        Self { sys_uptime, unix_secs, residual_millis: micros / 1_000 }
    }

    /// Returns when the packet was sent, in milliseconds since 1970, UTC.
    #[inline]
    #[must_use]
    pub fn sent_millis(self) -> i64 {
        i64::from(self.unix_secs).saturating_mul(1000).saturating_add(self.residual_millis.into())
    }

    /// Returns when the exporter had this uptime, in milliseconds since 1970, UTC, as
    /// [the rule](Self#the-rule) has it. Negative if the exporter's clock was never set.
    #[inline]
    #[must_use]
    pub fn unix_millis(self, uptime: u32) -> i64 {
        let after = uptime.wrapping_sub(self.sys_uptime);
        self.sent_millis().saturating_add(i32::from_ne_bytes(after.to_ne_bytes()).into())
    }

    /// Returns when the exporter was started, in milliseconds modulo 2³²: whole wraps of the uptime
    /// make no difference.
    #[inline]
    pub(crate) const fn boot(self) -> u32 {
        let sent = self.unix_secs.wrapping_mul(1000).wrapping_add(self.residual_millis);
        sent.wrapping_sub(self.sys_uptime)
    }
}
