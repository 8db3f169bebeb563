//! The captures that a command is given.

pub(crate) use crate::message::complain;
use crate::{
    capture::{self, PassedOver, Requests, Sink},
    message::tell,
};
use clap::ArgAction;
use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

/// What the packet commands have in common.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Files {
    /// Read this capture, as tcpdump would; the same as naming FILE
    #[arg(short = 'r', value_name = "FILE")]
    read: Vec<PathBuf>,

    /// Accepted, since tcpdump takes it: names are never looked up
    #[arg(short = 'n', action = ArgAction::Count)]
    numeric: u8,

    /// Captures to read, pcap or pcapng, plain or compressed; `-` or none is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Files {
    /// Returns the captures that are named.
    pub(crate) fn named(self) -> Vec<PathBuf> {
        self.read.into_iter().chain(self.files).collect()
    }

    /// Returns the captures that are named, standard input if none is; `None` if that is a terminal.
    pub(crate) fn or_standard_input(self) -> Option<Vec<PathBuf>> {
        let mut files = self.named();
        if files.is_empty() {
            if io::stdin().is_terminal() {
                tell("no capture: name a FILE, or pipe one to standard input");
                return None;
            }
            files.push("-".into());
        }
        Some(files)
    }
}

/// Reads captures, tells what of them cannot be read, and returns whether all could be.
pub(crate) fn read_all(
    files: &[PathBuf],
    requests: &Requests,
    sink: &mut impl Sink,
) -> io::Result<bool> {
    let mut is_all_read = true;
    for file in files {
        let mut passed_over = PassedOver::default();
        let damage = match capture::read(file, requests, &mut passed_over, sink) {
            Ok(()) => None,
            Err(capture::Error::Input(what)) => Some(what),
            Err(capture::Error::Output(error)) => return Err(error),
        };
        is_all_read &= damage.is_none();
        let passed_over = Some(passed_over.to_string()).filter(|what| !what.is_empty());
        let remarks: Vec<String> = damage.into_iter().chain(passed_over).collect();
        if !remarks.is_empty() {
            sink.before_wait()?;
            complain(file, &remarks.join("; "));
        }
    }
    Ok(is_all_read)
}
