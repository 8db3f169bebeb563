//! Times of packets, and how they are printed.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;
use std::{
    fmt::{self, Write as _},
    io::{self, Write},
};

/// Nanoseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Time(i64);

impl Time {
    /// Before all times of packets.
    pub(crate) const MIN: Self = Self(i64::MIN);

    /// Returns the time of a classic pcap record.
    pub(crate) fn new(seconds: u32, ticks: u32, nanoseconds_per_tick: u32) -> Option<Self> {
        let seconds = i64::from(seconds).checked_mul(SECOND)?;
        let fraction = i64::from(ticks).checked_mul(nanoseconds_per_tick.into())?;
        seconds.checked_add(fraction).map(Self)
    }

    /// Returns the time `ticks` of a second's part after `offset` seconds.
    pub(crate) fn from_ticks(ticks: u64, ticks_per_second: u64, offset: i64) -> Option<Self> {
        let seconds = i64::try_from(ticks.checked_div(ticks_per_second)?).ok()?;
        let fraction = u128::from(ticks.checked_rem(ticks_per_second)?)
            .checked_mul(1_000_000_000)?
            .checked_div(ticks_per_second.into())?;
        let seconds = seconds.checked_add(offset)?.checked_mul(SECOND)?;
        seconds.checked_add(i64::try_from(fraction).ok()?).map(Self)
    }

    /// Returns the whole seconds since 1970.
    pub(crate) fn second(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Returns the nanoseconds within the second.
    pub(crate) fn nanosecond(self) -> i64 {
        self.0.rem_euclid(SECOND)
    }

    /// Returns the whole microseconds since 1970.
    fn microseconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Returns the whole milliseconds since 1970.
    pub(crate) fn milliseconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Returns the nanoseconds from `earlier` to this.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The seconds since 1970 with nine decimals.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let nanoseconds = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:09}", nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000)
    }
}

impl From<Time> for Timestamp {
    fn from(time: Time) -> Self {
        // Every i64 of nanoseconds is within jiff's range.
        Self::from_nanosecond(time.0.into()).unwrap_or(Self::UNIX_EPOCH)
    }
}

/// A number of seconds since 1970 with nine decimals, which are more than an `f64` has.
impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = RawValue::from_string(self.to_string()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl From<Timestamp> for Time {
    fn from(time: Timestamp) -> Self {
        // Beyond i64, in 1677 and 2262, there are no captures.
        let nanoseconds = time.as_nanosecond();
        Self(i64::try_from(nanoseconds).unwrap_or(if nanoseconds < 0 {
            i64::MIN
        } else {
            i64::MAX
        }))
    }
}

/// The first and last time of something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span(Option<(Time, Time)>);

impl Span {
    /// Adds a time, if it is known.
    #[inline]
    pub(crate) fn add(&mut self, time: Option<Time>) {
        let Some(time) = time else { return };
        match &mut self.0 {
            Some((_, last)) if *last <= time => *last = time,
            Some((first, _)) => *first = time.min(*first),
            None => self.0 = Some((time, time)),
        }
    }

    /// Adds all times that `other` spans.
    #[inline]
    pub(crate) fn join(&mut self, other: Self) {
        self.0 = match (self.0, other.0) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (own, other) => own.or(other),
        };
    }

    /// Returns the first and the last time, if any was known.
    pub(crate) fn ends(self) -> Option<(Time, Time)> {
        self.0
    }
}

/// How the time of a packet is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum TimeStyle {
    /// The time of day, as without an option of tcpdump's
    Clock,
    /// No time, as with -t
    None,
    /// Seconds since 1970, as with -tt
    Epoch,
    /// The time since the line before, as with -ttt
    Delta,
    /// Date and time of day, as with -tttt
    Date,
    /// Month, day and time of day, as with OpenBSD's -ttt
    Bsd,
    /// The time since the first line, as with -ttttt
    Since,
}

/// Writes the times of packets, one after the other.
#[derive(Debug)]
pub(crate) struct Stamp {
    style: TimeStyle,
    zone: TimeZone,
    /// The second whose date and time of day `calendar` is.
    second: Option<i64>,
    calendar: String,
    /// What differences are counted from, in microseconds since 1970.
    reference: Option<i64>,
}

impl Stamp {
    /// Makes one for the time zone of the environment.
    pub(crate) fn new(style: TimeStyle) -> Self {
        let zone = TimeZone::system();
        Self { style, zone, second: None, calendar: String::new(), reference: None }
    }

    /// Writes the time of a packet and a space: nothing if it is not known, or not wanted.
    ///
    /// Microseconds, also of a capture in nanoseconds: tcpdump prints those with `--nano` only.
    pub(crate) fn write(&mut self, output: &mut impl Write, time: Option<Time>) -> io::Result<()> {
        let Some(time) = time else { return Ok(()) };
        match self.style {
            TimeStyle::None => Ok(()),
            TimeStyle::Clock => self.write_calendar(output, time, "%H:%M:%S"),
            TimeStyle::Date => self.write_calendar(output, time, "%Y-%m-%d %H:%M:%S"),
            TimeStyle::Bsd => self.write_calendar(output, time, "%b %d %H:%M:%S"),
            TimeStyle::Epoch => {
                let (is_negative, seconds, fraction) = parts(time.microseconds());
                let sign = if is_negative { "-" } else { "" };
                write!(output, "{sign}{seconds}")?;
                write_fraction(output, fraction)
            }
            TimeStyle::Delta | TimeStyle::Since => self.write_difference(output, time),
        }
    }

    /// Writes what the calendar says in this format, which is asked once a second.
    fn write_calendar(
        &mut self,
        output: &mut impl Write,
        time: Time,
        format: &str,
    ) -> io::Result<()> {
        if self.second != Some(time.second()) {
            let now = self.zone.to_datetime(time.into());
            self.calendar.clear();
            write!(self.calendar, "{}", now.strftime(format)).map_err(io::Error::other)?;
            self.second = Some(time.second());
        }
        output.write_all(self.calendar.as_bytes())?;
        write_fraction(output, time.nanosecond().unsigned_abs() / 1_000)
    }

    fn write_difference(&mut self, output: &mut impl Write, time: Time) -> io::Result<()> {
        let time = time.microseconds();
        let reference = *self.reference.get_or_insert(time);
        if self.style == TimeStyle::Delta {
            self.reference = Some(time);
        }
        let (is_negative, seconds, fraction) = parts(time.saturating_sub(reference));
        let sign = if is_negative { "-" } else { " " };
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        write!(output, "{sign}{hours:02}:{minutes:02}:{seconds:02}")?;
        write_fraction(output, fraction)
    }
}

/// Writes microseconds of a second behind a point, and a space.
fn write_fraction(output: &mut impl Write, microseconds: u64) -> io::Result<()> {
    // Without std's formatting, which takes longer than all else of a line. The one in front keeps
    // the zeros.
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(microseconds.saturating_add(1_000_000));
    let [_, digits @ ..] = *digits.as_bytes().first_chunk::<7>().unwrap_or(b"1000000");
    let [a, b, c, d, e, f] = digits;
    output.write_all(&[b'.', a, b, c, d, e, f, b' '])
}

/// Returns whether so many microseconds are negative, and the seconds and microseconds of them.
fn parts(microseconds: i64) -> (bool, u64, u64) {
    let size = microseconds.unsigned_abs();
    (microseconds < 0, size / 1_000_000, size % 1_000_000)
}

/// A second in nanoseconds.
const SECOND: i64 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes times one after the other.
    fn stamps(style: TimeStyle, zone: &str, times: &[i64]) -> Vec<String> {
        let zone = TimeZone::get(zone).unwrap();
        let mut stamp = Stamp { zone, ..Stamp::new(style) };
        let write = |nanoseconds: &i64| {
            let mut output = Vec::new();
            stamp.write(&mut output, Some(Time(*nanoseconds))).unwrap();
            String::from_utf8(output).unwrap()
        };
        times.iter().map(write).collect()
    }

    const TIME: i64 = 1_700_000_000_123_456_789;

    #[test]
    fn every_style_is_that_of_its_option() {
        // The last is from OpenBSD's source, the others from tcpdump 4.99.3.
        for (style, text) in [
            (TimeStyle::None, ""),
            (TimeStyle::Clock, "23:13:20.123456 "),
            (TimeStyle::Epoch, "1700000000.123456 "),
            (TimeStyle::Delta, " 00:00:00.000000 "),
            (TimeStyle::Since, " 00:00:00.000000 "),
            (TimeStyle::Date, "2023-11-14 23:13:20.123456 "),
            (TimeStyle::Bsd, "Nov 14 23:13:20.123456 "),
        ] {
            assert_eq!(stamps(style, "Europe/Vienna", &[TIME]), [text], "{style:?}");
        }
    }

    #[test]
    fn the_calendar_is_asked_anew_in_each_second() {
        // Winter time begins in Vienna.
        let second = 1_698_541_200;
        let times = [second - 1, second, second + 60, second].map(|second| second * SECOND);
        assert_eq!(
            stamps(TimeStyle::Clock, "Europe/Vienna", &times),
            ["02:59:59.000000 ", "02:00:00.000000 ", "02:01:00.000000 ", "02:00:00.000000 "]
        );
    }

    #[test]
    fn differences_are_from_the_line_before_or_from_the_first() {
        let times = [TIME, TIME + 1_500_000_000, TIME - 250_000_000, TIME + 90_061 * SECOND];
        assert_eq!(
            stamps(TimeStyle::Delta, "UTC", &times),
            [" 00:00:00.000000 ", " 00:00:01.500000 ", "-00:00:01.750000 ", " 25:01:01.250000 "]
        );
        assert_eq!(
            stamps(TimeStyle::Since, "UTC", &times),
            [" 00:00:00.000000 ", " 00:00:01.500000 ", "-00:00:00.250000 ", " 25:01:01.000000 "]
        );
        // Of microseconds, as tcpdump has them: 999 nanoseconds are none, and 1 can be one.
        assert_eq!(
            stamps(TimeStyle::Delta, "UTC", &[0, 999, 1_000]),
            [" 00:00:00.000000 ", " 00:00:00.000000 ", " 00:00:00.000001 "]
        );
    }

    #[test]
    fn times_before_1970_count_backward() {
        assert_eq!(stamps(TimeStyle::Epoch, "UTC", &[-500_000_000]), ["-0.500000 "]);
        assert_eq!(stamps(TimeStyle::Date, "UTC", &[-1]), ["1969-12-31 23:59:59.999999 "]);
        assert_eq!(Time(-500_000_000).to_string(), "-0.500000000");
        assert_eq!(Time(0).to_string(), "0.000000000");
        assert_eq!(Time(TIME).to_string(), "1700000000.123456789");
    }

    #[test]
    fn a_packet_without_a_time_gets_none() {
        let mut output = Vec::new();
        Stamp::new(TimeStyle::Date).write(&mut output, None).unwrap();
        assert!(output.is_empty());
    }
}
