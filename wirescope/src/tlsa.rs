//! `wirescope tlsa`: do these TLSA records match this certificate, and which record would?

mod blocks;
mod chain;
mod create;
mod input;
mod issuers;
mod matching;
mod names;
mod records;
mod row;

use std::{io, path::PathBuf, process::ExitCode};

/// Do these TLSA records match this certificate, and which record would?
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Match(matching::Args),
    Create(create::Args),
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error and by the exit code.
pub(crate) fn run(args: &Args) -> io::Result<ExitCode> {
    let done = match &args.command {
        Command::Match(args) => matching::run(args),
        Command::Create(args) => create::run(args),
    };
    match done {
        Ok(code) => Ok(code),
        Err(Stop::Input(source, what)) => {
            crate::message::complain(&source, &what);
            Ok(ExitCode::from(2))
        }
        Err(Stop::Output(error)) => Err(error),
    }
}

/// Why there is no result.
#[derive(Debug)]
enum Stop {
    /// The input, a file or an option, is not what it should be.
    Input(PathBuf, String),
    Output(io::Error),
}

impl Stop {
    fn input(source: impl Into<PathBuf>, what: impl ToString) -> Self {
        Self::Input(source.into(), what.to_string())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
