use core::fmt;
use nom::{
    IResult, Parser,
    branch::alt,
    character::complete::digit1,
    combinator::value,
    error::{ErrorKind as NomKind, ParseError},
};
use wire_error::{Error, ErrorKind, Result};

/// What a BSD kernel logs when it holds responses back:
/// `Limiting icmp unreach response from 296 to 200 packets/sec`.
///
/// FreeBSD logs it when the rate falls back under the limit (`net.inet.icmp.icmplim`, 200 unless
/// set), macOS up to 12 did too.
///
/// ```
/// use icmp_wire::{RateLimit, Response};
///
/// let line = b"Nov 22 04:05:06 host kernel: Limiting icmp unreach response from 296 to 200 packets/sec";
/// let limited = RateLimit::parse(line)?.expect("the line is about a limit");
/// assert_eq!(limited.response, Response::IcmpUnreach);
/// assert_eq!((limited.attempted, limited.limit), (296, 200));
/// # Ok::<(), icmp_wire::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    /// What would have been sent.
    pub response: Response,
    /// How many of them there would have been in about a second.
    pub attempted: u64,
    /// How many were allowed in a second.
    ///
    /// FreeBSD from 14.1 on adds a random number up to 16 either way, and not the one that it used.
    pub limit: u64,
}

/// The responses that a kernel holds back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Response {
    /// ICMP port unreachable, for datagrams to closed UDP ports.
    IcmpUnreach,
    /// ICMP echo reply.
    IcmpPing,
    /// ICMP timestamp reply.
    IcmpTimestamp,
    /// TCP reset, for segments to closed ports. Never seen as ICMP.
    ClosedPortRst,
    /// TCP reset, for segments to open ports that belong to no connection.
    OpenPortRst,
    /// ICMPv6 port unreachable.
    Icmp6Unreach,
    /// SCTP abort, for packets that belong to no association ("out of the blue").
    SctpOotb,
}

impl RateLimit {
    /// Reads one line of a log, with whatever precedes the kernel's words in it and white space behind
    /// them; `None` if the line is about something else, be it a response that no kernel is known to
    /// limit.
    ///
    /// Both spellings are read, "packets/sec" and "packets per second", and "from" with or without
    /// a space behind it. A number over 64 bits is taken to be the greatest of 64 bits.
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) if the line ends too early.
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) where it goes on otherwise.
    pub fn parse(line: &[u8]) -> Result<Option<Self>> {
        let mut rest = line;
        while !rest.is_empty() {
            if let Ok((body, response)) = subject(rest) {
                let (_, limit) = numbers(response).parse(body).map_err(|error| match error {
                    nom::Err::Error(failure) | nom::Err::Failure(failure) => failure.within(line),
                    nom::Err::Incomplete(_) => Failure::at(&[]).within(line),
                })?;
                return Ok(Some(limit));
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        Ok(None)
    }
}

impl Response {
    /// Returns the kernel's words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IcmpUnreach => "icmp unreach",
            Self::IcmpPing => "icmp ping",
            Self::IcmpTimestamp => "icmp tstamp",
            Self::ClosedPortRst => "closed port RST",
            Self::OpenPortRst => "open port RST",
            Self::Icmp6Unreach => "icmp6 unreach",
            Self::SctpOotb => "sctp ootb",
        }
    }
}

/// Writes the line as a kernel does.
impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { response, attempted, limit } = self;
        write!(f, "Limiting {response} response from {attempted} to {limit} packets/sec")
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a production stopped.
struct Failure<'a> {
    rest: &'a [u8],
}

impl<'a> Failure<'a> {
    const fn at(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    fn within(&self, line: &[u8]) -> Error {
        let kind = match self.rest.first() {
            Some(&found) => ErrorKind::UnexpectedByte { found },
            None => ErrorKind::Truncated { needed: 1, available: 0 },
        };
        kind.at("rate-limit line", line.len().saturating_sub(self.rest.len()))
    }
}

impl<'a> ParseError<&'a [u8]> for Failure<'a> {
    fn from_error_kind(input: &'a [u8], _: NomKind) -> Self {
        Self::at(input)
    }

    fn append(_: &'a [u8], _: NomKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        // The alternative that came further is the one that was meant.
        if self.rest.len() < other.rest.len() { self } else { other }
    }
}

/// `Limiting RESPONSE response from`, which tells that the line is about a limit.
fn subject(input: &[u8]) -> IResult<&[u8], Response, Failure<'_>> {
    let (rest, _) = literal("Limiting ").parse(input)?;
    let (rest, response) = alt((
        value(Response::IcmpUnreach, literal("icmp unreach")),
        value(Response::IcmpPing, literal("icmp ping")),
        value(Response::IcmpTimestamp, literal("icmp tstamp")),
        value(Response::ClosedPortRst, literal("closed port RST")),
        value(Response::OpenPortRst, literal("open port RST")),
        value(Response::Icmp6Unreach, literal("icmp6 unreach")),
        value(Response::SctpOotb, literal("sctp ootb")),
    ))
    .parse(rest)?;
    let (rest, _) = literal(" response from").parse(rest)?;
    Ok((rest, response))
}

/// `N to M packets/sec`, to the end of the line.
fn numbers<'a>(
    response: Response,
) -> impl Parser<&'a [u8], Output = RateLimit, Error = Failure<'a>> {
    move |input: &'a [u8]| {
        let rest = input.strip_prefix(b" ").unwrap_or(input);
        let (rest, attempted) = number(rest)?;
        let (rest, _) = literal(" to ").parse(rest)?;
        let (rest, limit) = number(rest)?;
        let (rest, _) = literal(" packets").parse(rest)?;
        let (rest, _) = alt((literal("/sec"), literal(" per second"))).parse(rest)?;
        match rest.trim_ascii() {
            [] => Ok((rest, RateLimit { response, attempted, limit })),
            more => Err(nom::Err::Error(Failure::at(more))),
        }
    }
}

fn number(input: &[u8]) -> IResult<&[u8], u64, Failure<'_>> {
    let (rest, digits) = digit1(input)?;
    let number = digits.iter().fold(0_u64, |number, digit| {
        number.saturating_mul(10).saturating_add((digit & 0x0f).into())
    });
    Ok((rest, number))
}

/// Matches these words, and fails at the first byte that differs, where nom's `tag` fails at the
/// start.
fn literal<'a>(words: &'static str) -> impl Parser<&'a [u8], Output = (), Error = Failure<'a>> {
    move |input: &'a [u8]| {
        let mut rest = input;
        for word in words.as_bytes() {
            match rest.split_first() {
                Some((byte, after)) if byte == word => rest = after,
                _ => return Err(nom::Err::Error(Failure::at(rest))),
            }
        }
        Ok((rest, ()))
    }
}
