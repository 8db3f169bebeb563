//! `wirescope tlsa create`: the record of a certificate or a key.

use super::{
    Stop,
    blocks::{self, Blocks},
    input,
};
use clap::value_parser;
use pem::Pem;
use std::{
    fmt,
    io::{self, Write},
    net::IpAddr,
    path::PathBuf,
    process::ExitCode,
};
use tlsa_match::{
    Certificate, Error, Hex, MatchingType, Owner, PublicKey, Record, Request, Selector, Sha2,
    Transport, Usage,
};

/// Which record matches this certificate or key?
///
/// Of a key that is not yet in use the record can be published first: a request or the public key is
/// enough. Nobody should have to hand out a private key for that, so none is taken.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Rfc)]
    format: Format,

    /// 0 to 3, or PKIX-TA, PKIX-EE, DANE-TA, DANE-EE
    #[arg(long, default_value = "DANE-EE", value_parser = usage)]
    usage: Usage,

    /// 0 or 1, or Cert, SPKI
    #[arg(long, default_value = "SPKI", value_parser = selector)]
    selector: Selector,

    /// 0 to 2, or Full, SHA2-256, SHA2-512
    #[arg(long, value_name = "TYPE", default_value = "SHA2-256", value_parser = matching_type)]
    matching: MatchingType,

    /// The host, without which there is RDATA and no more
    #[arg(long, value_name = "NAME")]
    host: Option<String>,

    /// The port of the service
    #[arg(long, default_value_t = 443, value_parser = value_parser!(u16).range(1..), requires = "host")]
    port: u16,

    /// The transport of the service
    #[arg(long, value_enum, default_value_t = Proto::Tcp, requires = "host")]
    proto: Proto,

    /// A certificate, a request (CSR) or a public key, in PEM or DER; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// As RFC 6698 has it
    Rfc,
    /// As danetool prints it
    Danetool,
    /// As ldns-dane prints it
    Ldns,
    /// As a record of an unknown type (RFC 3597)
    Generic,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Proto {
    Tcp,
    Udp,
    Sctp,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let file = &args.file;
    let owner = args.host.as_deref().map(|host| owner(host, args)).transpose();
    let owner = owner.map_err(|what| Stop::input("--host", what))?;
    let der = der(input::read(file)?, args.usage).map_err(|what| Stop::input(file, what))?;
    let Some(subject) = Subject::parse(&der) else { return Err(Stop::input(file, NO_SUBJECT)) };
    let association = match (subject, args.selector) {
        (Subject::Certificate(certificate), selector) => {
            certificate.association(selector, args.matching, &Sha2)
        }
        (Subject::Key(key), Selector::SPKI) => key.association(args.matching, &Sha2),
        (Subject::Key(_), _) => return Err(Stop::input(file, "--selector Cert: no certificate")),
    };
    let Some(association) = association else {
        return Err(Stop::input(file, "no such selector or matching type"));
    };
    let record = Record {
        usage: args.usage,
        selector: args.selector,
        matching_type: args.matching,
        data: association.as_bytes(),
    };
    if record.encoded_len() > Record::MAX_LEN {
        return Err(Stop::input(file, "longer than RDATA can be, take a digest of it"));
    }
    let mut output = io::stdout().lock();
    writeln!(output, "{}", Line { owner, record, format: args.format })?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn owner<'a>(host: &'a str, args: &Args) -> Result<Owner<'a>, String> {
    if host.trim_end_matches('.').parse::<IpAddr>().is_ok() {
        return Err("an address has no TLSA records, give the name of the host".into());
    }
    if host.starts_with('_') {
        return Err("give the name of the host alone, without port and transport".into());
    }
    if !host.is_ascii() {
        return Err("not in ASCII, give labels like xn--mller-kva".into());
    }
    let transport = match args.proto {
        Proto::Tcp => Transport::Tcp,
        Proto::Udp => Transport::Udp,
        Proto::Sctp => Transport::Sctp,
    };
    Owner::new(args.port, transport, host).map_err(|error| error.to_string())
}

/// Returns the file as it is if it is DER, or else what is in PEM.
fn der(bytes: Vec<u8>, usage: Usage) -> Result<Vec<u8>, String> {
    // A name in it may hold anything, PEM too.
    if Subject::parse(&bytes).is_some() {
        return Ok(bytes);
    }
    // Looked for before anything else, so that it is never taken for that.
    if bytes.windows(PRIVATE_KEY.len()).any(|window| window == PRIVATE_KEY) {
        let what = "a private key is not taken: give the public key, a request or a certificate";
        return Err(what.into());
    }
    let Some(Blocks { blocks, .. }) = Blocks::read(&bytes)? else { return Err(NO_SUBJECT.into()) };
    let is_certificate = |block: &Pem| block.tag().ends_with(blocks::CERTIFICATE);
    let is_subject = |block: &Pem| {
        is_certificate(block)
            || block.tag().ends_with("CERTIFICATE REQUEST")
            || block.tag() == "PUBLIC KEY"
    };
    let subjects: Vec<Pem> = blocks.into_iter().filter(is_subject).collect();
    // The first of a chain is the end entity's, which is what the other usages are about.
    if subjects.len() > 1 && matches!(usage, Usage::PKIX_TA | Usage::DANE_TA) {
        return Err("several certificates: give that of the trust anchor alone".into());
    }
    if subjects.len() > 1 && !subjects.iter().all(is_certificate) {
        return Err("a certificate, a request or a public key: give one of them alone".into());
    }
    subjects.into_iter().next().map(Pem::into_contents).ok_or_else(|| NO_SUBJECT.into())
}

/// What a record is of.
#[derive(Clone, Copy, Debug)]
enum Subject<'a> {
    Certificate(Certificate<'a>),
    Key(PublicKey<'a>),
}

impl<'a> Subject<'a> {
    /// What is none of them is not looked into: it may be a private key.
    fn parse(der: &'a [u8]) -> Option<Self> {
        if let Ok(certificate) = Certificate::parse(der) {
            return Some(Self::Certificate(certificate));
        }
        let request = |_: Error| Request::parse(der).map(|request| request.public_key());
        PublicKey::parse(der).or_else(request).ok().map(Self::Key)
    }
}

struct Line<'a> {
    owner: Option<Owner<'a>>,
    record: Record<'a>,
    format: Format,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = self.record;
        if let Some(owner) = &self.owner {
            match self.format {
                Format::Rfc | Format::Danetool => write!(f, "{owner}. IN TLSA ")?,
                Format::Ldns => write!(f, "{owner}.\t3600\tIN\tTLSA\t")?,
                Format::Generic => write!(f, "{owner}. IN TYPE52 ")?,
            }
        }
        match self.format {
            Format::Rfc | Format::Ldns => record.fmt(f),
            Format::Generic => record.generic().fmt(f),
            Format::Danetool => {
                let (Usage(usage), Selector(selector)) = (record.usage, record.selector);
                let MatchingType(matching_type) = record.matching_type;
                let data = Hex(record.data);
                write!(f, "( {usage:02x} {selector:02x} {matching_type:02x} {data} )")
            }
        }
    }
}

fn usage(text: &str) -> Result<Usage, &'static str> {
    let usage = Usage::from_name(text.as_bytes()).map(u8::from);
    code(text, usage, 3).map(Usage)
}

fn selector(text: &str) -> Result<Selector, &'static str> {
    let selector = Selector::from_name(text.as_bytes()).map(u8::from);
    code(text, selector, 1).map(Selector)
}

fn matching_type(text: &str) -> Result<MatchingType, &'static str> {
    let matching_type = MatchingType::from_name(text.as_bytes()).map(u8::from);
    code(text, matching_type, 2).map(MatchingType)
}

/// Takes what has been named, or a number, up to `last`.
fn code(text: &str, named: Option<u8>, last: u8) -> Result<u8, &'static str> {
    (0..=last).find(|code| named == Some(*code) || text == code.to_string()).ok_or("no such code")
}

const PRIVATE_KEY: &[u8] = b"PRIVATE KEY-----";

const NO_SUBJECT: &str = "no certificate, request or public key; a private key is not taken";
