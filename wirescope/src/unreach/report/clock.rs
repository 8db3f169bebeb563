use crate::time::{Span, Time};
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// How the report tells times: in the zone of the environment, with the date if it needs one.
pub(super) struct Clock {
    zone: TimeZone,
    span: Option<(Zoned, Zoned)>,
    format: &'static str,
}

impl Clock {
    /// Returns a clock for times within `span`.
    pub(super) fn new(span: Span) -> Self {
        let zone = TimeZone::system();
        let span = span.ends().map(|ends| {
            let zoned = |time: Time| Timestamp::from(time).to_zoned(zone.clone());
            (zoned(ends.0), zoned(ends.1))
        });
        let format = match &span {
            Some((first, last)) if first.date() != last.date() => "%m-%d %H:%M",
            _ => "%H:%M:%S",
        };
        Self { zone, span, format }
    }

    /// Returns the span in words, behind a comma.
    pub(super) fn title(&self) -> String {
        match &self.span {
            None => String::new(),
            Some((first, last)) => {
                let is_day = first.date() == last.date();
                let format = if is_day { "%H:%M:%S %Z" } else { "%F %H:%M:%S %Z" };
                format!(", {} to {}", first.strftime("%F %H:%M:%S"), last.strftime(format))
            }
        }
    }

    /// Returns the two ends of a span.
    pub(super) fn ends(&self, span: Span) -> Option<(String, String)> {
        let (first, last) = span.ends()?;
        Some((self.text(first.into()), self.text(last.into())))
    }

    /// Returns a second since 1970.
    pub(super) fn second(&self, second: i64) -> String {
        self.text(Timestamp::from_second(second).unwrap_or_default())
    }

    /// Returns how many characters the text of a time has.
    pub(super) fn width(&self) -> usize {
        self.second(0).len()
    }

    fn text(&self, time: Timestamp) -> String {
        time.to_zoned(self.zone.clone()).strftime(self.format).to_string()
    }
}
