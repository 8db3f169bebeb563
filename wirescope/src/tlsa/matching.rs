//! `wirescope tlsa match`: a chain against records.

use super::{Stop, chain::Chain, names::Names, records::Records, row::Row};
use crate::message::tell;
use rustls_pki_types::{InvalidDnsNameError, ServerName};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use tlsa_match::{Dnssec, Match, Peer, Profile, Record, Result, RrSet, Sha2, Usage, Verdict};

/// Do these records match this certificate?
///
/// Looks for each record in the chain that a server sends, and says what has yet to be checked:
/// signatures and times are not. Neither is DNSSEC, without which no record is worth anything.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Args {
    /// A record: RDATA such as `3 1 1 d746…`, or a line of a zone file
    #[arg(long, value_name = "RDATA", required_unless_present = "records")]
    record: Vec<String>,

    /// The file with the records, lines of a zone file or what dig prints; `-` is standard input
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,

    /// What the records are for; mail does not take PKIX-TA and PKIX-EE
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Application>,

    /// Whom the certificate has to be for, unless the usage is DANE-EE; may be given more than once
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,

    /// Trusted roots in PEM, which servers need not send: PKIX-TA looks among them too
    #[arg(long, value_name = "FILE")]
    roots: Option<PathBuf>,

    /// Write an object a line for each record
    #[arg(long)]
    json: bool,

    /// The certificates as the server sends them, in PEM, or one in DER; `-` is standard input
    #[arg(value_name = "CHAIN")]
    chain: PathBuf,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Application {
    /// Mail between servers (RFC 7672)
    Smtp,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    if args.chain == Path::new("-") && args.records.as_deref() == Some(Path::new("-")) {
        return Err(Stop::input("-", "cannot be both the chain and the records"));
    }
    let profile = match args.profile {
        Some(Application::Smtp) => Profile::SMTP,
        None => Profile::DEFAULT,
    };
    let mut records = Records::default();
    args.record.iter().try_for_each(|record| records.argument(record))?;
    args.records.iter().try_for_each(|file| records.file(file))?;
    let chain = Chain::read(&args.chain)?;
    let certificates = chain.certificates().map_err(|what| Stop::input(&args.chain, what))?;
    let records = records.read();
    let source = args.records.as_deref().unwrap_or(Path::new("--record"));
    let set = set(&records, profile).map_err(|error| Stop::input(source, error))?;

    let roots = args.roots.as_deref().map(Chain::roots).transpose()?;
    let roots = match (&args.roots, &roots) {
        (Some(file), Some(roots)) => {
            Some(roots.certificates().map_err(|what| Stop::input(file, what))?)
        }
        _ => None,
    };

    let names: Result<Vec<ServerName<'_>>, InvalidDnsNameError> =
        args.name.iter().map(|name| name.as_str().try_into()).collect();
    let names =
        names.map_err(|_| Stop::input("--name", "no host name in ASCII, and no address"))?;
    let too_much = |error| Stop::input(&args.chain, error);
    let peer = Peer::Chain(&certificates);
    let mut matches: Vec<Match> = set.matches(peer, &Sha2).map_err(too_much)?.collect();
    for root in roots.iter().flatten() {
        let path = [&certificates[..], &[*root]].concat();
        let found = set.matches(Peer::Chain(&path), &Sha2).map_err(too_much)?;
        matches.extend(found.filter(|found| is_of_root(found, certificates.len())));
    }
    let is_named = certificates.first().and_then(|first| Names(&names).has(first));
    let rows: Vec<Row> = (0..)
        .zip(records.iter().flatten())
        .zip(set.standings())
        .map(|((number, record), standing)| {
            let found = matches.iter().copied().find(|found| index(*found) == number);
            let alone = matches_alone(record, profile, peer);
            Row::new(record, standing, found, alone, is_named, roots.is_some())
        })
        .collect();

    let (what, code) = match set.verdict(peer, &Sha2).map_err(too_much)? {
        Verdict::Authenticated(_) => ("Match, and nothing is owed.", 0),
        _ if rows.iter().any(|row| row.matched) => {
            ("Match, worth nothing before what is owed has been checked.", 3)
        }
        Verdict::Matched(_) => ("No match for this name: no connection may be made.", 1),
        Verdict::NoMatch if chain.is_partial() => {
            return Err(Stop::input(&args.chain, NOT_SHOWN));
        }
        Verdict::NoMatch => {
            for (number, certificate) in (1_usize..).zip(&certificates).skip(1) {
                let alone = Peer::Chain(std::slice::from_ref(certificate));
                if let Ok(Verdict::Authenticated(_)) = set.verdict(alone, &Sha2) {
                    tell(&format!(
                        "certificate {number} would match, but the server's comes first"
                    ));
                }
            }
            ("No match: no connection may be made.", 1)
        }
        Verdict::NoneUsable => ("No usable record: nothing is authenticated.", 4),
        Verdict::NoRecords | Verdict::Bogus => ("No record: nothing is authenticated.", 4),
    };
    match write(args, &rows, what) {
        // Else a verdict that nobody reads to its end would count as the best one.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::from(code)),
    }
}

fn write(args: &Args, rows: &[Row], what: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    if args.json {
        tell(what);
        tell(UNCHECKED);
        for row in rows {
            serde_json::to_writer(&mut output, row)?;
            writeln!(output)?;
        }
    } else {
        for row in rows {
            write!(output, "{row}")?;
        }
        writeln!(output, "{what}\n{UNCHECKED}")?;
    }
    output.flush()
}

/// DNSSEC is for others to look at, so the records are taken as if they were secure.
fn set<'a>(records: &'a [Result<Record<'a>>], profile: Profile) -> Result<RrSet<'a>> {
    RrSet::new(records, Dnssec::Secure, profile)
}

/// Returns whether a record would match if no other could have a stronger digest.
fn matches_alone(record: &Record<'_>, profile: Profile, peer: Peer<'_>) -> bool {
    set(&[Ok(*record)], profile)
        .and_then(|set| Ok(set.matches(peer, &Sha2)?.next().is_some()))
        .unwrap_or(false)
}

/// Returns whether a match is one of PKIX-TA at this depth.
fn is_of_root(found: &Match, depth: usize) -> bool {
    match found {
        Match::Owed(owed) => owed.usage() == Usage::PKIX_TA && owed.depth() == Some(depth),
        Match::Authenticated(_) => false,
    }
}

fn index(found: Match) -> usize {
    match found {
        Match::Authenticated(end_entity) => end_entity.record(),
        Match::Owed(owed) => owed.record(),
    }
}

const UNCHECKED: &str = "DNSSEC: not checked";

const NOT_SHOWN: &str =
    "not all certificates are here, openssl s_client prints them with -showcerts";

const EXIT_STATUS: &str = "\
Exit status: 0 a record matches and nothing is owed; 1 no record matches; 2 the records or the chain cannot be \
read; 3 a record matches and something is owed; 4 no record can be used, or there is none.";
