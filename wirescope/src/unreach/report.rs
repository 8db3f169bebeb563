//! The report: who knocked, what they wanted, who refused them, how often and when.

use super::refusal::{Endpoint, Reason, Refusal, Service, knock};
use comfy_table::{CellAlignment, Table, presets};
use icmp_wire::Error;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    io::{self, Write},
    net::IpAddr,
};

/// What was seen so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    packets: u64,
    /// Packets in which no IP datagram was found.
    without_ip: u64,
    refusals: u64,
    rows: HashMap<Key, Row>,
    /// Messages whose quote cannot be read, by what could not be read of them.
    damaged: BTreeMap<&'static str, (u64, Error)>,
    span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    knocker: Endpoint,
    wanted: Endpoint,
    service: Service,
    refused_by: IpAddr,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row {
    count: u64,
    span: Span,
}

/// The first and last time of something.
#[derive(Clone, Copy, Debug, Default)]
struct Span(Option<(Timestamp, Timestamp)>);

impl Span {
    fn add(&mut self, time: Option<Timestamp>) {
        self.0 = match (self.0, time) {
            (Some((first, last)), Some(time)) => Some((first.min(time), last.max(time))),
            (None, Some(time)) => Some((time, time)),
            (span, None) => span,
        };
    }
}

impl Report {
    pub(crate) fn count_packet(&mut self) {
        self.packets = self.packets.saturating_add(1);
    }

    pub(crate) fn count_without_ip(&mut self) {
        self.without_ip = self.without_ip.saturating_add(1);
    }

    pub(crate) fn has_packets(&self) -> bool {
        self.packets > 0
    }

    pub(crate) fn add(
        &mut self,
        time: Option<Timestamp>,
        refusal: &icmp_wire::Result<Refusal<'_>>,
    ) {
        self.refusals = self.refusals.saturating_add(1);
        self.span.add(time);
        let read = refusal.as_ref().map_err(|error| *error);
        match read.and_then(|refusal| Ok((refusal, refusal.quote?))) {
            Ok((refusal, quote)) => {
                let (knocker, wanted, service) = knock(&quote);
                let refused_by = refusal.datagram.source;
                let key = Key { knocker, wanted, service, refused_by, reason: refusal.reason };
                let row = self.rows.entry(key).or_default();
                row.count = row.count.saturating_add(1);
                row.span.add(time);
            }
            Err(error) => {
                let (count, _) = self.damaged.entry(error.context()).or_insert((0, error));
                *count = count.saturating_add(1);
            }
        }
    }

    pub(crate) fn write(&self, output: &mut impl Write) -> io::Result<()> {
        if self.refusals == 0 {
            writeln!(output, "No destination unreachable in {}.", self.read())?;
            return writeln!(
                output,
                "A closed TCP port answers with a reset, and a filtered one not at all."
            );
        }
        let zone = TimeZone::system();
        write!(output, "{} refused", datagrams(self.refusals))?;
        let mut format = "%H:%M:%S";
        if let Some((first, last)) = self.span.0 {
            let (first, last) = (first.to_zoned(zone.clone()), last.to_zoned(zone.clone()));
            write!(output, ", {}", first.strftime("%F %H:%M:%S"))?;
            if first.date() == last.date() {
                write!(output, " to {}", last.strftime("%H:%M:%S %Z"))?;
            } else {
                write!(output, " to {}", last.strftime("%F %H:%M:%S %Z"))?;
                format = "%F %H:%M:%S";
            }
        }
        writeln!(output, ", in {}.", self.read())?;
        writeln!(output)?;
        if !self.rows.is_empty() {
            self.write_table(output, |time| time.to_zoned(zone.clone()), format)?;
        }
        for (count, example) in self.damaged.values() {
            let messages = if *count == 1 { "message says" } else { "messages say" };
            writeln!(output, "{count} {messages} not what was refused: {example}")?;
        }
        Ok(())
    }

    /// Says what was read.
    fn read(&self) -> String {
        let packets = packets(self.packets);
        match self.without_ip {
            0 => packets,
            all if all == self.packets => format!("{packets}, none of which holds an IP datagram"),
            some => format!("{packets}, {some} of them without an IP datagram"),
        }
    }

    fn write_table(
        &self,
        output: &mut impl Write,
        zoned: impl Fn(Timestamp) -> Zoned,
        format: &str,
    ) -> io::Result<()> {
        let mut rows: Vec<(&Key, &Row)> = self.rows.iter().collect();
        rows.sort_unstable_by_key(|(key, row)| (Reverse(row.count), **key));
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        table.set_header(["KNOCKER", "WANTED", "REFUSED BY", "WHY", "COUNT", "FIRST", "LAST"]);
        for (key, row) in rows {
            let refused_by = if key.refused_by == key.wanted.address {
                "itself".into()
            } else {
                key.refused_by.to_string()
            };
            let (first, last) = row.span.0.map_or_else(Default::default, |(first, last)| {
                let text = |time| zoned(time).strftime(format).to_string();
                (text(first), text(last))
            });
            table.add_row([
                key.knocker.to_string(),
                wanted(key),
                refused_by,
                key.reason.to_string(),
                row.count.to_string(),
                first,
                last,
            ]);
        }
        for (i, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if i == COUNT {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.lines() {
            writeln!(output, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn wanted(key: &Key) -> String {
    let separator = if key.wanted.port.is_some() { '/' } else { ' ' };
    format!("{}{separator}{}", key.wanted, key.service)
}

fn packets(count: u64) -> String {
    if count == 1 { "1 packet".into() } else { format!("{count} packets") }
}

fn datagrams(count: u64) -> String {
    if count == 1 { "1 datagram".into() } else { format!("{count} datagrams") }
}

const COUNT: usize = 4;
