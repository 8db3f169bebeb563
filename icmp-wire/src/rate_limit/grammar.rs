//! The productions. Private: nom is not part of the public API.

use super::Response;
use nom::{
    IResult, Parser,
    branch::alt,
    character::complete::digit1,
    combinator::value,
    error::{ErrorKind as NomKind, ParseError},
};
use wire_error::{ErrorKind, Result};

/// Reads `Limiting RESPONSE response from`, which tells that a line is about a limit, and returns
/// what follows.
pub(super) fn subject(input: &[u8]) -> Option<(&[u8], Response)> {
    let response = alt((
        value(Response::IcmpUnreach, literal("icmp unreach")),
        value(Response::IcmpPing, literal("icmp ping")),
        value(Response::IcmpTimestamp, literal("icmp tstamp")),
        value(Response::ClosedPortRst, literal("closed port RST")),
        value(Response::OpenPortRst, literal("open port RST")),
        value(Response::Icmp6Unreach, literal("icmp6 unreach")),
        value(Response::SctpOotb, literal("sctp ootb")),
    ));
    let (rest, (_, response, _)) =
        (literal("Limiting "), response, literal(" response from")).parse(input).ok()?;
    Some((rest, response))
}

/// Reads `N to M packets/sec`, to the end of the line.
pub(super) fn numbers(input: &[u8]) -> Result<(u64, u64)> {
    let unit = alt((literal("/sec"), literal(" per second")));
    let mut line = (number, literal(" to "), number, literal(" packets"), unit, end);
    let rest = input.strip_prefix(b" ").unwrap_or(input);
    match line.parse(rest) {
        Ok((_, (attempted, _, limit, ..))) => Ok((attempted, limit)),
        Err(error) => {
            let rest = match error {
                nom::Err::Error(failure) | nom::Err::Failure(failure) => failure.rest,
                nom::Err::Incomplete(_) => &[],
            };
            let kind = match rest.first() {
                Some(&found) => ErrorKind::UnexpectedByte { found },
                None => ErrorKind::Truncated { needed: 1, available: 0 },
            };
            Err(kind.at("rate-limit line", input.len().saturating_sub(rest.len())))
        }
    }
}

/// Where a production stopped.
struct Failure<'a> {
    rest: &'a [u8],
}

impl<'a> ParseError<&'a [u8]> for Failure<'a> {
    fn from_error_kind(rest: &'a [u8], _: NomKind) -> Self {
        Self { rest }
    }

    fn append(_: &'a [u8], _: NomKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        // The alternative that came further is the one that was meant.
        if self.rest.len() < other.rest.len() { self } else { other }
    }
}

fn number(input: &[u8]) -> IResult<&[u8], u64, Failure<'_>> {
    let (rest, digits) = digit1(input)?;
    let number = digits.iter().fold(0_u64, |number, digit| {
        number.saturating_mul(10).saturating_add((digit & 0x0f).into())
    });
    Ok((rest, number))
}

/// Matches white space to the end of the line.
fn end(input: &[u8]) -> IResult<&[u8], (), Failure<'_>> {
    match input.trim_ascii_start() {
        [] => Ok((&[], ())),
        rest => Err(nom::Err::Error(Failure { rest })),
    }
}

/// Matches these words, and fails at the first byte that differs, where nom's `tag` fails at the
/// start.
fn literal<'a>(words: &'static str) -> impl Parser<&'a [u8], Output = (), Error = Failure<'a>> {
    move |input: &'a [u8]| {
        let mut rest = input;
        for word in words.as_bytes() {
            match rest.split_first() {
                Some((byte, after)) if byte == word => rest = after,
                _ => return Err(nom::Err::Error(Failure { rest })),
            }
        }
        Ok((rest, ()))
    }
}
