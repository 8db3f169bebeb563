//! `wirescope netflow`: who exports flows, how many were lost on the way, and who talks most.

mod exporter;
mod findings;
mod flow;
mod print;
mod report;
mod talkers;
mod version;

use self::{
    exporter::Ends,
    findings::{Content, Findings},
    flow::Flow,
    report::Options,
    talkers::{By, Order},
};
use crate::{
    capture::{Packet, Requests, Sink},
    datagram::Datagram,
    files::{Files, read_all},
    filter::Filter,
    link::{self, Frame},
    time::{Stamp, TimeStyle},
};
use etherparse::{IpNumber, UdpHeaderSlice};
use netflow_v5::Record;
use pcap_parser::Linktype;
use std::{
    io::{self, BufWriter, Write},
    net::SocketAddr,
    process::ExitCode,
    time::Duration,
};

/// Who exports flows, and who talks most in them?
///
/// Reads captures and reports the NetFlow v5 exports in them: the exporters, the flows that were lost
/// on the way, and the top talkers. Any UDP payload that is an export by its version and lengths
/// counts, whatever its port.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print each export and its flows, as OpenBSD's `tcpdump -T cnfp` does
    #[arg(long, group = "format")]
    print: bool,

    /// Write an object a line for each flow
    #[arg(long, group = "format")]
    json: bool,

    /// Write a line of comma-separated values for each flow
    #[arg(long, group = "format")]
    csv: bool,

    /// How --print tells the time, in the zone that TZ names
    #[arg(long, value_name = "STYLE", default_value = "clock")]
    time: TimeStyle,

    /// What the top talkers are
    #[arg(long, value_name = "WHAT", default_value = "src")]
    by: By,

    /// What the top talkers are ordered by
    #[arg(long, value_name = "WHAT", default_value = "bytes")]
    order: Order,

    /// Show so many exporters and talkers in the report; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,

    /// Look only at datagrams to this port, and take all of them for exports
    #[arg(long, value_name = "PORT")]
    udp_port: Vec<u16>,

    #[command(flatten)]
    filter: Filter,

    #[command(flatten)]
    files: Files,
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error and by the exit code.
pub(crate) fn run(args: Args) -> io::Result<ExitCode> {
    let Some(files) = args.files.or_standard_input() else { return Ok(ExitCode::from(2)) };
    let format = match (args.print, args.json, args.csv) {
        (true, _, _) => Format::Print(Stamp::new(args.time)),
        (_, true, _) => Format::Json,
        (_, _, true) => Format::Csv,
        _ => Format::Report(Options { top: Some(args.top).filter(|top| *top > 0) }),
    };
    let mut netflow = Netflow {
        format,
        filter: args.filter,
        ports: args.udp_port,
        findings: Findings::new(args.by, args.order),
        output: BufWriter::new(io::stdout().lock()),
    };
    if matches!(netflow.format, Format::Csv) {
        writeln!(netflow.output, "{}", Flow::FIELDS)?;
    }
    let is_all_read = read_all(&files, &Requests::new()?, &mut netflow)?;
    if is_all_read || netflow.findings.packets > 0 {
        netflow.report()?;
    }
    netflow.output.flush()?;
    Ok(if is_all_read { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

struct Netflow<W> {
    format: Format,
    filter: Filter,
    ports: Vec<u16>,
    findings: Findings,
    output: W,
}

/// What is written.
enum Format {
    Report(Options),
    Print(Stamp),
    Json,
    Csv,
}

impl<W: Write> Netflow<W> {
    fn report(&mut self) -> io::Result<()> {
        match self.format {
            Format::Report(options) => report::write(&mut self.output, &self.findings, options),
            _ => Ok(()),
        }
    }

    /// Takes a datagram of UDP.
    fn datagram(&mut self, packet: &Packet<'_>, datagram: &Datagram<'_>) -> io::Result<()> {
        let Ok(header) = UdpHeaderSlice::from_slice(datagram.payload) else { return Ok(()) };
        let ends = Ends {
            exporter: SocketAddr::new(datagram.source, header.source_port()),
            collector: SocketAddr::new(datagram.destination, header.destination_port()),
        };
        if !self.ports.is_empty() && !self.ports.contains(&header.destination_port()) {
            return Ok(());
        }
        let payload = datagram.payload.get(header.slice().len()..).unwrap_or_default();
        let len = usize::from(header.length()).saturating_sub(header.slice().len());
        let payload = payload.get(..len).unwrap_or(payload);
        let content = self.findings.look(&ends, !self.ports.is_empty(), payload, len);
        if matches!(content, Content::Nothing) {
            return Ok(());
        }
        if self.findings.copies.contain(packet, datagram) {
            self.findings.copied = self.findings.copied.saturating_add(1);
            return Ok(());
        }
        self.findings.learn(&ends, &content);
        let Content::Exports(exports) = content else { return Ok(()) };
        let filter = &self.filter;
        let takes_all = !filter.has_hosts()
            || filter.takes_address(datagram.source)
            || filter.takes_address(datagram.destination);
        let takes = |record: &Record<'_>| {
            takes_all
                || filter.takes_address(record.srcaddr().into())
                || filter.takes_address(record.dstaddr().into())
        };
        for export in exports {
            let records = export.records().filter(takes);
            let flows = if takes_all { export.records().len() } else { records.clone().count() };
            let is_taken = takes_all || flows > 0;
            let flows = is_taken.then(|| u64::try_from(flows).unwrap_or(u64::MAX));
            self.findings.add(packet.time, ends, &export, flows);
            if !is_taken {
                continue;
            }
            match &mut self.format {
                Format::Report(_) => self.findings.talk(records),
                Format::Print(stamp) => {
                    stamp.write(&mut self.output, packet.time)?;
                    print::export(&mut self.output, &ends, &export, records)?;
                }
                Format::Json => {
                    for record in records {
                        let flow = Flow::new(packet.time, &ends, &export, &record);
                        serde_json::to_writer(&mut self.output, &flow)?;
                        writeln!(self.output)?;
                    }
                }
                Format::Csv => {
                    for record in records {
                        let flow = Flow::new(packet.time, &ends, &export, &record);
                        writeln!(self.output, "{flow}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl<W: Write> Sink for Netflow<W> {
    fn takes(&self, link: Linktype) -> bool {
        link::is_supported(link)
    }

    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()> {
        if !self.filter.takes_time(packet.time) {
            return Ok(());
        }
        self.findings.packets = self.findings.packets.saturating_add(1);
        let Some(frame) = &Frame::of(&packet) else { return Ok(()) };
        let wire_len = frame.wire_len(packet.data, packet.wire_len);
        match &Datagram::of(frame, wire_len) {
            Some(datagram) if datagram.protocol == IpNumber::UDP && !datagram.is_later_fragment => {
                self.datagram(&packet, datagram)
            }
            _ => Ok(()),
        }
    }

    fn before_wait(&mut self) -> io::Result<Option<Duration>> {
        self.output.flush()?;
        Ok(None)
    }

    fn so_far(&mut self) -> io::Result<()> {
        if matches!(self.format, Format::Report(_)) {
            self.report()?;
            writeln!(self.output)?;
        }
        self.output.flush()
    }
}
