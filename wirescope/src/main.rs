//! `wirescope`: what a capture means to the administrator who took it, which SSH keys a directory has,
//! and whether TLSA records match a certificate.

#![forbid(unsafe_code)]
#![expect(
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "a program, and not one of the no_std crates"
)]
#![cfg_attr(
    not(all(feature = "unreach", feature = "netflow", feature = "pflog")),
    allow(dead_code, reason = "one command alone does not use all of what several share")
)]

#[cfg(feature = "packets")]
mod bar;
#[cfg(feature = "packets")]
mod capture;
#[cfg(feature = "packets")]
mod clock;
#[cfg(test)]
#[cfg(feature = "packets")]
mod composed;
#[cfg(feature = "packets")]
mod copies;
#[cfg(feature = "packets")]
mod datagram;
#[cfg(feature = "packets")]
mod export;
#[cfg(feature = "packets")]
mod files;
#[cfg(feature = "packets")]
mod filter;
#[cfg(feature = "keys")]
mod keys;
#[cfg(feature = "packets")]
mod line;
#[cfg(feature = "packets")]
mod link;
mod message;
#[cfg(feature = "netflow")]
mod netflow;
#[cfg(feature = "packets")]
mod network;
#[cfg(feature = "pflog")]
mod openbsd;
#[cfg(feature = "pflog")]
mod pflog;
#[cfg(feature = "packets")]
mod segment;
#[cfg(feature = "packets")]
mod tally;
#[cfg(feature = "packets")]
mod tcpdump;
#[cfg(feature = "packets")]
mod text;
#[cfg(feature = "packets")]
mod time;
#[cfg(feature = "tlsa")]
mod tlsa;
#[cfg(feature = "packets")]
mod tunnel;
#[cfg(feature = "unreach")]
mod unreach;

use clap::{Parser, Subcommand};
use std::{io, process::ExitCode};

/// Tells what a capture means to the administrator who took it, which SSH keys a directory has, and
/// whether TLSA records match a certificate.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "unreach")]
    Unreach(unreach::Args),
    #[cfg(feature = "netflow")]
    Netflow(netflow::Args),
    #[cfg(feature = "pflog")]
    Pflog(Box<pflog::Args>),
    #[cfg(feature = "keys")]
    Keys(Box<keys::Args>),
    #[cfg(feature = "tlsa")]
    Tlsa(tlsa::Args),
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let done = match command {
        #[cfg(feature = "unreach")]
        Command::Unreach(args) => unreach::run(args),
        #[cfg(feature = "netflow")]
        Command::Netflow(args) => netflow::run(args),
        #[cfg(feature = "pflog")]
        Command::Pflog(args) => pflog::run(*args),
        #[cfg(feature = "keys")]
        Command::Keys(args) => keys::run(&args),
        #[cfg(feature = "tlsa")]
        Command::Tlsa(args) => tlsa::run(&args),
    };
    match done {
        Ok(code) => code,
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            message::tell(&format!("cannot write: {error}"));
            ExitCode::from(2)
        }
    }
}
