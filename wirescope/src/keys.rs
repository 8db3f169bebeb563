//! `wirescope keys`: the SSH keys in LDIF, as lines for sshd.

mod chunks;
mod lines;
mod log;
mod offered;
mod policy;
mod reading;
mod search;
mod verdict;

use self::{
    log::Log,
    offered::Offered,
    policy::OptionsPolicy,
    reading::{Choices, Format, Reading},
    search::Search,
};
use ldif_keys::{Rules, SSH_PUBLIC_KEY, SSH_PUBLIC_KEY_OID};
use std::{
    fs::File,
    io::{self, IsTerminal},
    os::fd::AsFd,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Which SSH keys has a directory?
///
/// Reads LDIF and writes a line for sshd for each key in it. Keys are checked as sshd checks them and
/// written anew: whatever a value was, it is one line or none. With --user it asks the directory
/// itself, as `AuthorizedKeysCommand` of sshd.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Report the values that are refused and not the keys; exit status 1 if there are any
    #[arg(long)]
    check: bool,

    /// Write an object a line for each value, refused or not
    #[arg(long)]
    json: bool,

    /// Take the keys of all entries; else more than one entry is an error
    #[arg(long)]
    all: bool,

    /// The attribute that has the keys
    #[arg(long, value_name = "NAME", default_value = SSH_PUBLIC_KEY)]
    #[arg(value_parser = search::attribute)]
    attribute: Vec<String>,

    /// Take a value for several keys, one on each line
    #[arg(long)]
    split: bool,

    /// Take the keys of entries that are to be added (changetype: add) too
    #[arg(long)]
    add_records: bool,

    /// Take the keys of records without a dn, as OpenBSD's ldap(1) prints them, too
    #[arg(long)]
    without_dn: bool,

    /// Take a TAB at the start of a line for a continuation, as a space
    #[arg(long)]
    tab_continues: bool,

    /// LDIF to read; `-` or none is standard input
    #[arg(value_name = "FILE", conflicts_with = "Search")]
    file: Option<PathBuf>,

    #[command(flatten)]
    policy: OptionsPolicy,

    #[command(flatten)]
    offered: Offered,

    #[command(flatten)]
    search: Search,
}

/// Runs the command.
///
/// An error is one of writing; what cannot be read is told on standard error or to the system's log,
/// and by the exit code.
pub(crate) fn run(args: &Args) -> io::Result<ExitCode> {
    let file = args.file.as_deref().unwrap_or(Path::new("-"));
    if args.search.user.is_none() && args.file.is_none() && io::stdin().is_terminal() {
        crate::message::tell("no LDIF: name a FILE, or pipe one to standard input");
        return Ok(ExitCode::from(2));
    }
    let mut log = args.search.user.as_deref().map_or_else(|| Log::file(file), Log::user);
    match read(args, file, &mut log) {
        Ok(is_good) => Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Err(Stop::Input(what)) => {
            log.tell(&what);
            Ok(ExitCode::from(if args.search.user.is_some() { TEMPORARY_FAILURE } else { 2 }))
        }
        Err(Stop::Output(error)) => Err(error),
    }
}

/// Reads the file, or asks the directory; returns whether an audit found nothing.
fn read(args: &Args, file: &Path, log: &mut Log) -> Result<bool, Stop> {
    let mut attributes: Vec<&str> = args.attribute.iter().map(String::as_str).collect();
    // A directory answers with the one or the other, whichever it was asked for.
    for (one, other) in [(SSH_PUBLIC_KEY, SSH_PUBLIC_KEY_OID), (SSH_PUBLIC_KEY_OID, SSH_PUBLIC_KEY)]
    {
        if args.attribute.iter().any(|name| name.eq_ignore_ascii_case(one)) {
            attributes.push(other);
        }
    }
    let allowed = args.policy.allowed();
    let mut rules = Rules::LENIENT;
    rules.tab_continues = args.tab_continues;
    let choices = Choices {
        format: match (args.json, args.check) {
            (true, _) => Format::Json,
            (_, true) => Format::Report,
            _ => Format::Lines,
        },
        attributes: &attributes,
        rules,
        policy: args.policy.policy(&allowed),
        offered: &args.offered,
        is_search: args.search.user.is_some(),
        all: args.all,
        split: args.split,
        add_records: args.add_records,
        without_dn: args.without_dn,
    };
    let found = match &args.search.user {
        Some(user) => Some(args.search.run(user, &args.attribute, log).map_err(Stop::Input)?),
        None => None,
    };
    let mut reading = Reading::new(&choices, log, io::stdout().lock());
    match found {
        Some(ldif) => reading.take(&ldif)?,
        None => chunks::read(open(file).map_err(cannot_read)?, |chunk| reading.take(chunk))?,
    }
    let is_good = reading.finish()?;
    Ok(is_good || !args.check)
}

fn open(file: &Path) -> io::Result<File> {
    match file == Path::new("-") {
        true => Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?)),
        false => File::open(file),
    }
}

/// Why nothing more is read.
#[derive(Debug)]
enum Stop {
    /// The input is not what it should be.
    Input(String),
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn cannot_read(error: io::Error) -> Stop {
    Stop::Input(error.to_string())
}

/// `EX_TEMPFAIL` of sysexits.h: sshd logs it, and takes no key.
const TEMPORARY_FAILURE: u8 = 75;
