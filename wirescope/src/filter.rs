//! Which packets are looked at.

use crate::time::Time;
use ipnet::IpNet;
use jiff::{Timestamp, civil, tz::TimeZone};
use std::{net::IpAddr, str::FromStr};

/// What the packet commands have in common.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Filter {
    /// Look only at packets from or to this address or network, be it in a quoted datagram
    #[arg(long, value_name = "NET", value_parser = net)]
    host: Vec<IpNet>,

    /// Leave out what was captured before this: a date and time, or a time of the first day
    #[arg(long, value_name = "TIME")]
    since: Option<When>,

    /// Leave out what was captured after this
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
}

impl Filter {
    /// Returns whether packets of this time are looked at; those without a time are if no time is
    /// asked for.
    #[inline]
    pub(crate) fn takes_time(&mut self, time: Option<Time>) -> bool {
        self.since.is_none() && self.until.is_none() || self.is_between(time)
    }

    fn is_between(&mut self, time: Option<Time>) -> bool {
        let Some(time) = time else { return false };
        // Both by the first packet, though it may lie before both.
        let [since, until] = [&mut self.since, &mut self.until]
            .map(|when| when.as_mut().map(|when| when.resolve(time)));
        since.is_none_or(|since| since <= time) && until.is_none_or(|until| time <= until)
    }

    /// Returns whether some addresses are asked for.
    pub(crate) fn has_hosts(&self) -> bool {
        !self.host.is_empty()
    }

    /// Returns whether packets of this address are looked at.
    pub(crate) fn takes_address(&self, address: IpAddr) -> bool {
        self.host.iter().any(|net| net.contains(&address))
    }
}

fn net(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "neither an address nor a network like 192.0.2.0/24".into())
}

/// A point in time.
#[derive(Clone, Copy, Debug)]
enum When {
    At(Time),
    /// A time on the day of the first packet.
    OfDay(civil::Time),
}

impl When {
    /// Returns the time, given that of the first packet.
    fn resolve(&mut self, first: Time) -> Time {
        match *self {
            Self::At(time) => time,
            Self::OfDay(time) => {
                let day = Timestamp::from(first).to_zoned(TimeZone::system()).date();
                let at = day.to_datetime(time).to_zoned(TimeZone::system());
                let time = at.map_or(first, |at| at.timestamp().into());
                *self = Self::At(time);
                time
            }
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(time) = text.parse::<Timestamp>() {
            return Ok(Self::At(time.into()));
        }
        if let Ok(time) = text.parse::<civil::DateTime>() {
            let zoned = time.to_zoned(TimeZone::system()).map_err(|error| error.to_string())?;
            return Ok(Self::At(zoned.timestamp().into()));
        }
        if let Ok(time) = text.parse::<civil::Time>() {
            return Ok(Self::OfDay(time));
        }
        Err("not like 2006-01-02T15:04:05Z, \"2006-01-02 15:04\" or 15:04:05".into())
    }
}
