//! `wirescope`: what a capture means to the administrator who took it.

#![forbid(unsafe_code)]
#![expect(
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "a program, and not one of the no_std crates"
)]

mod bar;
mod capture;
mod clock;
#[cfg(test)]
mod composed;
mod copies;
mod datagram;
mod export;
mod files;
mod filter;
mod line;
mod link;
mod netflow;
mod network;
mod openbsd;
mod pflog;
mod segment;
mod tally;
mod tcpdump;
mod text;
mod time;
mod tunnel;
mod unreach;

use clap::{Parser, Subcommand};
use std::{io, process::ExitCode};

/// Tells what a capture means to the administrator who took it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Unreach(unreach::Args),
    Netflow(netflow::Args),
    Pflog(pflog::Args),
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let done = match command {
        Command::Unreach(args) => unreach::run(args),
        Command::Netflow(args) => netflow::run(args),
        Command::Pflog(args) => pflog::run(args),
    };
    match done {
        Ok(code) => code,
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            files::tell(&format!("cannot write: {error}"));
            ExitCode::from(2)
        }
    }
}
