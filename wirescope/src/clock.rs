//! How reports tell the time.

use crate::time::{Span, Time};
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// A clock in the zone of the environment, which tells the date where it is needed.
pub(crate) struct Clock {
    zone: TimeZone,
    span: Option<(Zoned, Zoned)>,
    format: &'static str,
    format_of_seconds: &'static str,
}

impl Clock {
    /// Returns a clock for times within `span`.
    pub(crate) fn new(span: Span) -> Self {
        let zone = TimeZone::system();
        let span = span.ends().map(|ends| {
            let zoned = |time: Time| Timestamp::from(time).to_zoned(zone.clone());
            (zoned(ends.0), zoned(ends.1))
        });
        let (format, format_of_seconds) = match &span {
            Some((first, last)) if first.year() != last.year() => ("%F %H:%M", "%F %H:%M:%S"),
            Some((first, last)) if first.date() != last.date() => ("%m-%d %H:%M", "%m-%d %H:%M:%S"),
            _ => ("%H:%M:%S", "%H:%M:%S"),
        };
        Self { zone, span, format, format_of_seconds }
    }

    /// Returns the span in words, behind a comma.
    pub(crate) fn title(&self) -> String {
        match &self.span {
            None => String::new(),
            Some((first, last)) => {
                let is_day = first.date() == last.date();
                let last_format = if is_day { "%H:%M:%S %Z" } else { "%F %H:%M:%S %Z" };
                // They differ where the clocks were changed in between.
                let zone = |time: &Zoned| time.strftime("%Z").to_string();
                let has_zone = zone(first) != zone(last);
                let first_format = if has_zone { "%F %H:%M:%S %Z" } else { "%F %H:%M:%S" };
                format!(", {} to {}", first.strftime(first_format), last.strftime(last_format))
            }
        }
    }

    /// Returns the two ends of a span.
    pub(crate) fn ends(&self, span: Span) -> Option<(String, String)> {
        let (first, last) = span.ends()?;
        Some((self.text(first.into(), self.format), self.text(last.into(), self.format)))
    }

    /// Returns the text of a second since 1970.
    pub(crate) fn second(&self, second: i64) -> String {
        let time = Timestamp::from_second(second).unwrap_or_default();
        self.text(time, self.format_of_seconds)
    }

    /// Returns how many characters an end of a span has.
    pub(crate) fn width(&self) -> usize {
        self.text(Timestamp::default(), self.format).len()
    }

    fn text(&self, time: Timestamp, format: &str) -> String {
        time.to_zoned(self.zone.clone()).strftime(format).to_string()
    }
}
