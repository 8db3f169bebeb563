//! `wirescope pflog`: which rules of the ruleset took each packet.

mod counts;
mod headers;
mod json;
mod logged;
mod print;
mod record;
mod rules;
mod selection;
mod trace;

use self::{
    counts::Counts,
    headers::Headers,
    logged::Logged,
    print::{Style, Words},
    rules::Rules,
    selection::Selection,
    trace::{Layout, Path, Trace},
};
use crate::{
    bar::Bars,
    capture::{self, Packet, Requests, Sink},
    files::{Files, complain, read_all},
    filter::Filter,
    line::Line,
    link,
    message::tell,
    time::{Stamp, TimeStyle},
};
use clap::ArgAction;
use pcap_parser::Linktype;
use std::{
    fs,
    io::{self, BufWriter, Read, Write},
    path::{self, PathBuf},
    process::ExitCode,
    time::Duration,
};

/// Which rules took these packets?
///
/// Reads the logs of the packet filter pf, from pflogd(8) or from a pflog interface, and prints a line
/// for each entry: the rule, what it did, and the packet.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Show for each packet the rules that it matched, and the one that decided
    #[arg(long, group = "shown")]
    trace: bool,

    /// Count the entries of each rule
    #[arg(long, group = "shown")]
    per_rule: bool,

    /// Write JSON, an object a line
    #[arg(long)]
    json: bool,

    /// In whose words a line is
    #[arg(long, value_name = "STYLE", default_value = "auto")]
    style: Style,

    /// How the time is told, in the zone that TZ names
    #[arg(long, value_name = "STYLE", default_value = "clock")]
    time: TimeStyle,

    /// Tell users and processes, FreeBSD's rule identifier, and translated addresses
    #[arg(short, action = ArgAction::Count)]
    verbose: u8,

    /// Show the text of each rule, from this output of `pfctl -a '*' -vvsr`
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,

    /// Show the text of each translation rule, from this output of `pfctl -a '*' -vvsn`
    #[arg(long, value_name = "FILE")]
    nat_rules: Vec<PathBuf>,

    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    filter: Filter,

    /// Accepted, since tcpdump needs it: the header is always printed
    #[arg(short = 'e', action = ArgAction::Count)]
    header: u8,

    #[command(flatten)]
    files: Files,
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error and by the exit code.
pub(crate) fn run(args: Args) -> io::Result<ExitCode> {
    let Some(files) = args.files.or_standard_input() else { return Ok(ExitCode::from(2)) };
    let rule_files: Vec<PathBuf> = args.rules.into_iter().chain(args.nat_rules).collect();
    if [&files, &rule_files].into_iter().flatten().filter(|file| file.as_os_str() == "-").count()
        > 1
    {
        tell("standard input can be one of the files only");
        return Ok(ExitCode::from(2));
    }
    let mut rules = Rules::default();
    for file in &rule_files {
        let what = match read(file) {
            Ok(output) if rules.read(&String::from_utf8_lossy(&output)) => continue,
            Ok(_) => "holds no rule with a number, as `pfctl -vvsr` prints them".into(),
            Err(error) => capture::words(&error),
        };
        complain(file, &what);
        return Ok(ExitCode::from(2));
    }
    let words = Words { style: args.style, is_verbose: args.verbose > 0 };
    let mut pflog = Pflog {
        shown: match (args.trace, args.per_rule) {
            (true, _) => Shown::Paths(Trace::default()),
            (_, true) => Shown::Counts(Counts::new()),
            _ => Shown::Entries,
        },
        json: args.json,
        words,
        headers: Headers::default(),
        stamp: Stamp::new(args.time),
        rules: Some(rules).filter(|_| !rule_files.is_empty()),
        layout: Layout::new(words, Bars::of_locale().is_ascii()),
        selection: Some(args.selection).filter(Selection::is_some),
        filter: args.filter,
        line: Line::default(),
        output: BufWriter::with_capacity(0x1_0000, io::stdout().lock()),
    };
    let is_all_read = read_all(&files, &Requests::new()?, &mut pflog)?;
    pflog.finish()?;
    Ok(if is_all_read { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Reads what pfctl printed to a file, or to standard input if it is `-`.
fn read(file: &path::Path) -> io::Result<Vec<u8>> {
    if file == path::Path::new("-") {
        let mut output = Vec::new();
        io::stdin().read_to_end(&mut output)?;
        return Ok(output);
    }
    fs::read(file)
}

struct Pflog<W> {
    shown: Shown,
    json: bool,
    words: Words,
    headers: Headers,
    stamp: Stamp,
    rules: Option<Rules>,
    layout: Layout,
    selection: Option<Selection>,
    filter: Filter,
    line: Line,
    output: W,
}

/// What is shown of the entries.
enum Shown {
    Entries,
    Paths(Trace),
    Counts(Counts),
}

impl<W: Write> Pflog<W> {
    /// Writes what was held back.
    fn finish(&mut self) -> io::Result<()> {
        self.report()?;
        while let Some(path) = self.next_path(true) {
            self.path(&path)?;
        }
        self.output.flush()
    }

    fn report(&mut self) -> io::Result<()> {
        let Shown::Counts(counts) = &self.shown else { return Ok(()) };
        let write = if self.json { Counts::write_json } else { Counts::write };
        write(counts, &mut self.output, self.rules.as_ref())
    }

    fn next_path(&mut self, is_end: bool) -> Option<Path> {
        let Shown::Paths(trace) = &mut self.shown else { return None };
        if is_end { trace.take() } else { trace.take_complete() }
    }

    fn entry(&mut self, logged: &Logged<'_>) -> io::Result<()> {
        if self.json {
            return json::entry(&mut self.output, logged, self.rules.as_ref());
        }
        self.line.clear();
        self.stamp.write(&mut self.line, logged.time)?;
        self.words.write(&mut self.line, logged, &mut self.headers);
        self.line.text("\n");
        if let (Some(rules), Some(entry)) = (&self.rules, &logged.entry) {
            for text in print::rule_texts(rules, entry) {
                self.line.text("    ").text(text).text("\n");
            }
        }
        self.output.write_all(self.line.as_bytes())
    }

    /// Writes a path, if it began at a time and has an entry that are asked for.
    fn path(&mut self, path: &Path) -> io::Result<()> {
        if !self.filter.takes_time(path.first().time)
            || !path.entries().any(|logged| self.takes(&logged))
        {
            return Ok(());
        }
        if self.json {
            return json::path(&mut self.output, path, self.rules.as_ref());
        }
        self.line.clear();
        self.stamp.write(&mut self.line, path.first().time)?;
        self.layout.write(&mut self.line, path, self.rules.as_ref());
        self.output.write_all(self.line.as_bytes())
    }

    /// Returns whether an entry is looked at. What is damaged is if nothing is asked for.
    fn takes(&self, logged: &Logged<'_>) -> bool {
        let is_selected = self.selection.as_ref().is_none_or(|selection| {
            logged.entry.as_ref().is_some_and(|entry| selection.takes(entry))
        });
        is_selected
            && (!self.filter.has_hosts()
                || logged.addresses().any(|address| self.filter.takes_address(address)))
    }
}

impl<W: Write> Sink for Pflog<W> {
    fn takes(&self, link: Linktype) -> bool {
        link::log_header(link).is_some()
    }

    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()> {
        let logged = Logged::new(&packet);
        if let Shown::Paths(trace) = &mut self.shown {
            trace.add(&packet, &logged);
            while let Some(path) = self.next_path(false) {
                self.path(&path)?;
            }
            return Ok(());
        }
        if !self.filter.takes_time(packet.time) || !self.takes(&logged) {
            return Ok(());
        }
        match &mut self.shown {
            Shown::Counts(counts) => {
                counts.add(&packet, &logged);
                Ok(())
            }
            _ => self.entry(&logged),
        }
    }

    fn before_wait(&mut self) -> io::Result<Option<Duration>> {
        let patience = match &mut self.shown {
            Shown::Paths(trace) => trace.patience(),
            _ => None,
        };
        if patience.is_none() {
            while let Some(path) = self.next_path(true) {
                self.path(&path)?;
            }
        }
        self.output.flush()?;
        Ok(patience)
    }

    fn so_far(&mut self) -> io::Result<()> {
        self.report()?;
        if matches!(self.shown, Shown::Counts(_)) && !self.json {
            writeln!(self.output)?;
        }
        self.output.flush()
    }
}
