//! `wirescope tlsa match`: a chain against records.

use super::{
    Stop,
    chain::Chain,
    issuers,
    names::Names,
    records::Records,
    row::{Finding, Row},
};
use crate::message::tell;
use rustls_pki_types::{InvalidDnsNameError, ServerName};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use tlsa_match::{
    Certificate, Debt, Dnssec, Match, Peer, Profile, Record, Result, RrSet, Sha2, Standing, Usage,
    Verdict,
};

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
    let files = [Some(args.chain.as_path()), args.records.as_deref(), args.roots.as_deref()];
    if files.into_iter().filter(|file| *file == Some(Path::new("-"))).count() > 1 {
        return Err(Stop::input(
            "-",
            "cannot be more than one of the chain, the records and the roots",
        ));
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
            let mut roots = roots.certificates().map_err(|what| Stop::input(file, what))?;
            roots.retain(|root| certificates.iter().any(|it| issuers::may_have_issued(root, it)));
            Some(roots)
        }
        _ => None,
    };
    let names: Result<Vec<ServerName<'_>>, InvalidDnsNameError> =
        args.name.iter().map(|name| name.as_str().try_into()).collect();
    let names =
        names.map_err(|_| Stop::input("--name", "no host name in ASCII, and no address"))?;
    let is_named = certificates.first().and_then(|first| Names(&names).has(first));

    let sent = Sent { certificates: &certificates, roots: roots.as_deref(), is_named };
    let findings = findings(&set, &records, profile, &sent);
    let findings = findings.map_err(|error| Stop::input(&args.chain, error))?;
    let has = |of: fn(&Finding) -> bool| findings.iter().any(of);
    let (what, code) = if has(|it| matches!(it, Finding::Match { owed, .. } if owed.is_empty())) {
        ("Match, and nothing is owed.", 0)
    } else if has(|it| matches!(it, Finding::Match { .. })) {
        ("Match, worth nothing before what is owed has been checked.", 3)
    } else if findings.is_empty() {
        ("No record: nothing is authenticated.", 4)
    } else if findings.iter().all(|it| matches!(it, Finding::Unusable(_))) {
        ("No usable record: nothing is authenticated.", 4)
    } else if chain.is_partial() {
        return Err(Stop::input(&args.chain, NOT_SHOWN));
    } else if has(|it| matches!(it, Finding::NotSent)) {
        return Err(Stop::input(&args.chain, NO_ROOTS));
    } else if has(|it| matches!(it, Finding::OtherName)) {
        ("No match for this name: no connection may be made.", 1)
    } else {
        if let Some(number) = misplaced(&set, &certificates) {
            tell(&format!("certificate {number} would match, but the server's comes first"));
        }
        ("No match: no connection may be made.", 1)
    };
    let rows: Vec<Row> = records.iter().flatten().zip(&findings).map(Row::new).collect();
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
fn set<'a>(records: &'a [Result<Record<'a>>], profile: Profile<'a>) -> Result<RrSet<'a>> {
    RrSet::new(records, Dnssec::Secure, profile)
}

/// What a server has sent, and what is known of it.
struct Sent<'a> {
    certificates: &'a [Certificate<'a>],
    /// The trusted roots that may have issued one of them, which need not be sent.
    roots: Option<&'a [Certificate<'a>]>,
    /// Whether the certificate is for one of the names, as far as that can be told.
    is_named: Option<bool>,
}

/// Returns what is to be said of each record.
fn findings(
    set: &RrSet<'_>,
    records: &[Result<Record<'_>>],
    profile: Profile<'_>,
    sent: &Sent<'_>,
) -> Result<Vec<Finding>> {
    let peer = Peer::Chain(sent.certificates);
    let matches: Vec<Match> = set.matches(peer, &Sha2)?.collect();
    let finding = |(number, (record, standing)): (usize, (&Record<'_>, Standing))| {
        let alone = |path: &[Certificate<'_>]| matches_alone(record, profile, path);
        match standing {
            Standing::Unusable(reason) => Finding::Unusable(reason.to_string()),
            Standing::PassedOver { by } => {
                Finding::PassedOver { by, alone: alone(sent.certificates).is_some() }
            }
            Standing::Usable => match matches.iter().find(|found| index(found) == number) {
                Some(found) => of_match(*found, sent.is_named),
                None if record.usage != Usage::PKIX_TA => Finding::NoMatch,
                None => match sent.path_to_root(alone) {
                    Some(Match::Owed(owed)) => of_debts(None, owed.debts(), sent.is_named),
                    _ if sent.roots.is_none() => Finding::NotSent,
                    _ => Finding::NoMatch,
                },
            },
        }
    };
    Ok((0..).zip(records.iter().flatten().zip(set.standings())).map(finding).collect())
}

impl Sent<'_> {
    /// Returns the match of a record with a root that need not be sent.
    fn path_to_root(&self, alone: impl Fn(&[Certificate<'_>]) -> Option<Match>) -> Option<Match> {
        let first = self.certificates.first()?;
        self.roots?.iter().find_map(|root| alone(&[*first, *root]))
    }
}

fn of_match(found: Match, is_named: Option<bool>) -> Finding {
    match found {
        Match::Authenticated(_) => Finding::Match { depth: Some(0), owed: Vec::new() },
        Match::Owed(owed) => of_debts(owed.depth(), owed.debts(), is_named),
    }
}

fn of_debts(depth: Option<usize>, debts: &[Debt], is_named: Option<bool>) -> Finding {
    let has_names = debts.contains(&Debt::Names);
    match is_named {
        Some(false) if has_names => Finding::OtherName,
        _ => {
            let is_owed = |debt: &Debt| *debt != Debt::Names || is_named.is_none();
            Finding::Match { depth, owed: debts.iter().copied().filter(is_owed).collect() }
        }
    }
}

/// Returns the match of a record if it is the only one, so that none has a stronger digest.
fn matches_alone(
    record: &Record<'_>,
    profile: Profile<'_>,
    path: &[Certificate<'_>],
) -> Option<Match> {
    let record = [Ok(*record)];
    let set = set(&record, profile).ok()?;
    set.matches(Peer::Chain(path), &Sha2).ok()?.next()
}

/// Returns the number of a certificate that would match, were it in front.
fn misplaced(set: &RrSet<'_>, certificates: &[Certificate<'_>]) -> Option<usize> {
    let matches = |certificate: &Certificate<'_>| {
        let alone = Peer::Chain(std::slice::from_ref(certificate));
        matches!(set.verdict(alone, &Sha2), Ok(Verdict::Authenticated(_)))
    };
    certificates.iter().position(matches)?.checked_add(1)
}

fn index(found: &Match) -> usize {
    match found {
        Match::Authenticated(end_entity) => end_entity.record(),
        Match::Owed(owed) => owed.record(),
    }
}

const UNCHECKED: &str = "DNSSEC: not checked";

const NOT_SHOWN: &str =
    "not all certificates are here, openssl s_client prints them with -showcerts";

const NO_ROOTS: &str =
    "no match, unless PKIX-TA is about a root that was not sent: give trusted ones with --roots";

const EXIT_STATUS: &str = "\
Exit status: 0 a record matches and nothing is owed; 1 no record matches; 2 that cannot be told, as where the \
records or the chain cannot be read; 3 a record matches and something is owed; 4 no record can be used, or there is none.";
