//! `wirescope unreach`: who is knocking at closed ports, and who refused them.

mod diagnosis;
mod findings;
mod kernel_log;
mod message;
mod message_json;
mod pair;
mod print;
mod rate;
mod refusal;
mod report;
mod report_json;

use self::{findings::Findings, kernel_log::KernelLog, message::Message, report::Options};
use crate::{
    capture::{self, Input, Packet, Requests, Sink},
    datagram::Datagram,
    files::{Files, complain, read_all},
    filter::Filter,
    line::Line,
    link::{self, Frame},
    time::{Stamp, TimeStyle},
};
use pcap_parser::Linktype;
use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

/// Who is knocking at a closed port?
///
/// Reads captures and reports the datagrams that were refused with an ICMP or ICMPv6 destination
/// unreachable: who sent them, what they wanted, and who refused them.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print one line per ICMP error message, as `tcpdump -n` does, instead of the report
    #[arg(long)]
    print: bool,

    /// Write JSON, an object a line: the report, or with --print the messages
    #[arg(long)]
    json: bool,

    /// How --print tells the time, in the zone that TZ names
    #[arg(long, value_name = "STYLE", default_value = "clock")]
    time: TimeStyle,

    /// Show so many causes and hosts in the report; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,

    /// How many datagrams a second a host refuses at most, as FreeBSD's net.inet.icmp.icmplim
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: u64,

    /// Read the kernel's "Limiting … response" lines of this log, alone or beside a capture
    #[arg(long, value_name = "FILE", conflicts_with = "print")]
    log: Vec<PathBuf>,

    #[command(flatten)]
    filter: Filter,

    #[command(flatten)]
    files: Files,
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error and by the exit code.
pub(crate) fn run(args: Args) -> io::Result<ExitCode> {
    let files =
        if args.log.is_empty() { args.files.or_standard_input() } else { Some(args.files.named()) };
    let Some(files) = files else { return Ok(ExitCode::from(2)) };
    let mut unreach = Unreach {
        print: args.print,
        json: args.json,
        stamp: Stamp::new(args.time),
        filter: args.filter,
        options: Options { top: Some(args.top).filter(|top| *top > 0), limit: args.limit },
        findings: Findings::new(),
        line: Line::default(),
        output: BufWriter::new(io::stdout().lock()),
    };
    let requests = Requests::new()?;
    let mut is_all_read = read_all(&files, &requests, &mut unreach)?;
    let mut log = KernelLog::default();
    for file in &args.log {
        if let Err(error) = Input::open(file, &requests).and_then(|input| log.read(input)) {
            complain(file, &capture::words(&error));
            is_all_read = false;
        }
    }
    let has_report = !args.print && !files.is_empty();
    if has_report && (is_all_read || unreach.findings.packets > 0) {
        unreach.report()?;
    }
    if args.json {
        report_json::write_log(&mut unreach.output, &log)?;
    } else if !log.is_empty() {
        if has_report {
            writeln!(unreach.output)?;
        }
        log.write(&mut unreach.output)?;
    }
    unreach.output.flush()?;
    Ok(if is_all_read { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

struct Unreach<W> {
    print: bool,
    json: bool,
    stamp: Stamp,
    filter: Filter,
    options: Options,
    findings: Findings,
    line: Line,
    output: W,
}

impl<W: Write> Unreach<W> {
    fn report(&mut self) -> io::Result<()> {
        let write = if self.json { report_json::write } else { report::write };
        write(&mut self.output, &mut self.findings, self.options)
    }
}

impl<W> Unreach<W> {
    /// Returns whether one of the addresses is asked for.
    fn takes(&self, datagram: &Datagram<'_>, message: Option<&Message<'_>>) -> bool {
        let quote = message.and_then(|message| message.quote().ok());
        let quoted = quote.map(|quote| [quote.source(), quote.destination()]);
        [datagram.source, datagram.destination]
            .into_iter()
            .chain(quoted.into_iter().flatten())
            .any(|address| self.filter.takes_address(address))
    }
}

impl<W: Write> Sink for Unreach<W> {
    fn takes(&self, link: Linktype) -> bool {
        link::is_supported(link)
    }

    #[inline]
    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()> {
        if !self.filter.takes_time(packet.time) {
            return Ok(());
        }
        self.findings.packets = self.findings.packets.saturating_add(1);
        // By reference, since moving them takes longer than reading them.
        let frame = Frame::of(&packet);
        let datagram = match &frame {
            Some(frame) => Datagram::of(frame, frame.wire_len(packet.data, packet.wire_len)),
            None => None,
        };
        let Some(datagram) = &datagram else {
            self.findings.without_ip = self.findings.without_ip.saturating_add(1);
            return Ok(());
        };
        let message = Message::of(datagram);
        let readable = message.as_ref().and_then(|message| message.as_ref().ok());
        if self.filter.has_hosts() && !self.takes(datagram, readable) {
            return Ok(());
        }
        match &message {
            message if !self.print => {
                self.findings.add(&packet, datagram, message.as_ref());
                Ok(())
            }
            Some(message) if self.json => {
                message_json::line(&mut self.output, packet.time, datagram, message)
            }
            Some(_) => {
                self.line.clear();
                self.stamp.write(&mut self.line, packet.time)?;
                print::line(&mut self.line, datagram);
                self.output.write_all(self.line.as_bytes())
            }
            None => Ok(()),
        }
    }

    fn before_wait(&mut self) -> io::Result<Option<Duration>> {
        self.output.flush()?;
        Ok(None)
    }

    fn so_far(&mut self) -> io::Result<()> {
        if !self.print {
            self.report()?;
        }
        if !self.print && !self.json {
            writeln!(self.output)?;
        }
        self.output.flush()
    }
}
