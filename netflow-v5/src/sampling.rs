use core::{fmt, num::NonZeroU32};

/// How packets were sampled, in the last 16 bits of the header: two bits of mode, and 14 bits of
/// interval. Documents that do not know of sampling call them reserved.
///
/// What is sent there cannot be relied on:
///
/// | exporter | sends |
/// | --- | --- |
/// | softflowd | mode 1 and the interval |
/// | Juniper | the interval and mode 0, although it samples; intervals over 16383 in all 16 bits |
/// | Huawei | 0, although it samples |
///
/// So all 16 bits are here, and counters are never scaled but by a rate that the caller names:
/// [`Record::scaled`](crate::Record::scaled). [`rate`](Self::rate) is what the header says of it.
///
/// ```
/// use core::num::NonZeroU32;
/// use netflow_v5::{Sampling, SamplingMode};
///
/// let sampling = Sampling(0x4064);
/// assert_eq!((sampling.mode(), sampling.interval()), (SamplingMode::PACKET_INTERVAL, 100));
/// assert_eq!(sampling.rate(), NonZeroU32::new(100));
///
/// // From a Juniper MX80, which looked at one packet out of 1000.
/// let sampling = Sampling(1000);
/// assert_eq!((sampling.mode(), sampling.interval()), (SamplingMode::NONE, 1000));
/// assert_eq!(sampling.rate(), None);
/// assert_eq!(NonZeroU32::new(sampling.0.into()), NonZeroU32::new(1000));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sampling(pub u16);

impl Sampling {
    /// Makes the 16 bits of a mode and an interval, of which the lower 2 and 14 bits are taken.
    #[must_use]
    pub const fn new(mode: SamplingMode, interval: u16) -> Self {
        let [mode, interval] = [u16::from_be_bytes([0, mode.0]) << 14, interval & INTERVAL];
        Self(mode | interval)
    }

    /// Returns the mode: the upper 2 bits.
    #[inline]
    #[must_use]
    pub const fn mode(self) -> SamplingMode {
        let [high, _] = self.0.to_be_bytes();
        SamplingMode(high >> 6)
    }

    /// Returns the interval: the lower 14 bits. One packet out of so many was looked at.
    #[inline]
    #[must_use]
    pub const fn interval(self) -> u16 {
        self.0 & INTERVAL
    }

    /// Returns the interval as a rate, if the header says that packets were sampled: `None` for
    /// mode 0, whatever the interval, and for an interval of 0.
    #[must_use]
    pub fn rate(self) -> Option<NonZeroU32> {
        match self.mode() {
            SamplingMode::NONE => None,
            _ => NonZeroU32::new(self.interval().into()),
        }
    }
}

impl From<u16> for Sampling {
    fn from(bits: u16) -> Self {
        Self(bits)
    }
}

impl From<Sampling> for u16 {
    fn from(sampling: Sampling) -> Self {
        sampling.0
    }
}

impl fmt::Debug for Sampling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sampling")
            .field("mode", &self.mode())
            .field("interval", &self.interval())
            .finish()
    }
}

/// By what rule packets were chosen: a number of two bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SamplingMode(pub u8);

impl SamplingMode {
    /// No sampling is configured.
    pub const NONE: Self = Self(0);
    /// One packet out of each interval, always the same.
    pub const PACKET_INTERVAL: Self = Self(1);
    /// One packet out of each interval, chosen at random.
    pub const RANDOM: Self = Self(2);

    /// Returns a name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::NONE => "none",
            Self::PACKET_INTERVAL => "packet interval",
            Self::RANDOM => "random",
            _ => return None,
        })
    }
}

impl From<u8> for SamplingMode {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<SamplingMode> for u8 {
    fn from(mode: SamplingMode) -> Self {
        mode.0
    }
}

impl fmt::Display for SamplingMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for SamplingMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SamplingMode({self})")
    }
}

/// The bits of the interval.
const INTERVAL: u16 = 0x3fff;
