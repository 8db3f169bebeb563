//! `wirescope unreach`: who is knocking at closed ports, and who refused them.

mod print;
mod refusal;
mod report;

use self::{refusal::Refusal, report::Report};
use crate::{
    capture::{self, Packet, Sink},
    datagram::Datagram,
};
use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Who is knocking at a closed port?
///
/// Reads captures and reports the datagrams that were refused with an ICMP or ICMPv6 destination
/// unreachable: who sent them, what they wanted, and who refused them.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print one line per message, as `tcpdump -n` does, instead of the report
    #[arg(long)]
    print: bool,

    /// Read this capture, as tcpdump would; the same as naming FILE
    #[arg(short = 'r', value_name = "FILE")]
    read: Vec<PathBuf>,

    /// Accepted, since tcpdump takes it: names are never looked up
    #[arg(short = 'n')]
    numeric: bool,

    /// Captures to read, pcap or pcapng; `-` or none is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error and by the exit code.
pub(crate) fn run(args: &Args) -> io::Result<ExitCode> {
    let mut files: Vec<PathBuf> = args.read.iter().chain(&args.files).cloned().collect();
    if files.is_empty() {
        if io::stdin().is_terminal() {
            eprintln!("wirescope: no capture: name a FILE, or pipe one to standard input");
            return Ok(ExitCode::from(2));
        }
        files.push("-".into());
    }
    let mut unreach = Unreach {
        print: args.print,
        report: Report::default(),
        output: BufWriter::new(io::stdout().lock()),
    };
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        match capture::read(file, &mut unreach) {
            Ok(()) => {}
            Err(capture::Error::Input(what)) => {
                unreach.output.flush()?;
                eprintln!("wirescope: {}: {what}", name(file));
                code = ExitCode::from(2);
            }
            Err(capture::Error::Output(error)) => return Err(error),
        }
    }
    if !args.print && (code == ExitCode::SUCCESS || unreach.report.has_packets()) {
        unreach.report.write(&mut unreach.output)?;
    }
    unreach.output.flush()?;
    Ok(code)
}

struct Unreach<W> {
    print: bool,
    report: Report,
    output: W,
}

impl<W: Write> Sink for Unreach<W> {
    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()> {
        self.report.count_packet();
        let Some(datagram) = Datagram::of(packet) else {
            self.report.count_without_ip();
            return Ok(());
        };
        let Some(refusal) = Refusal::of(&datagram) else { return Ok(()) };
        if self.print {
            print::line(&mut self.output, packet.time, &datagram, &refusal)
        } else {
            self.report.add(packet.time, &refusal);
            Ok(())
        }
    }

    fn before_wait(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Returns how a file is named in a message: nothing that could steer a terminal.
fn name(file: &Path) -> String {
    if file.as_os_str() == "-" {
        "standard input".into()
    } else {
        file.to_string_lossy().escape_debug().to_string()
    }
}
