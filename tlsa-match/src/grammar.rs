//! The productions of zone files (RFC 1035 §5.1). Private: nom is not part of the public API.

use crate::{Class, MatchingType, Record, Selector, Type, Usage};
use core::{iter, mem};
use nom::{
    IResult, Parser,
    branch::alt,
    character::complete::digit1,
    combinator::value,
    error::{ErrorKind as NomKind, ParseError},
};
use wire_error::{Error, ErrorKind, Result};

/// Reads a record to the end of the text, where `is_open` says that a parenthesis is open already.
pub(crate) fn record<'b>(text: &[u8], is_open: bool, buf: &'b mut [u8]) -> Result<Record<'b>> {
    let mut space = Space { is_open };
    let rest = space.skip(text);
    match rest.strip_prefix(b"\\#") {
        Some(rest) => generic(text, rest, space, buf),
        None => plain(text, rest, space, buf),
    }
}

/// A production of one of the three numbers of a record.
type Field = fn(&[u8]) -> IResult<&[u8], u8, Failure<'_>>;

/// Reads `3 1 1 d746e905…`.
fn plain<'b>(text: &[u8], rest: &[u8], mut space: Space, buf: &'b mut [u8]) -> Result<Record<'b>> {
    let mut number = |rest, context, field: Field| {
        let (rest, number) = field(rest).map_err(|error| failed(error, text, context))?;
        let after = space.skip(rest);
        // A field ends where white space begins, or a parenthesis.
        if after.len() == rest.len() {
            return Err(stopped(rest, text, context));
        }
        Ok((after, number))
    };
    let (rest, usage) = number(rest, "certificate usage", usage)?;
    let (rest, selector) = number(rest, "selector", selector)?;
    let (rest, matching_type) = number(rest, "matching type", matching_type)?;
    let data = hexadecimal(text, rest, space, buf)?;
    if data.len() > Record::MAX_LEN.saturating_sub(3) {
        let kind = ErrorKind::InvalidLength { found: data.len() };
        return Err(kind.at("association data", offset(text, rest)));
    }
    Ok(Record {
        usage: Usage(usage),
        selector: Selector(selector),
        matching_type: MatchingType(matching_type),
        data,
    })
}

/// Reads `35 030101d746e905…`, behind `\#`.
fn generic<'b>(
    text: &[u8],
    rest: &[u8],
    mut space: Space,
    buf: &'b mut [u8],
) -> Result<Record<'b>> {
    const CONTEXT: &str = "RDATA length";
    let start = space.skip(rest);
    if start.len() == rest.len() {
        return Err(stopped(rest, text, CONTEXT));
    }
    let (rest, declared) = decimal(start).map_err(|error| failed(error, text, CONTEXT))?;
    let digits = space.skip(rest);
    let declared = usize::try_from(declared).unwrap_or(usize::MAX);
    let invalid = ErrorKind::InvalidLength { found: declared }.at(CONTEXT, offset(text, start));
    if !(3..=Record::MAX_LEN).contains(&declared) {
        return Err(invalid);
    }
    if digits.len() == rest.len() {
        return Err(stopped(rest, text, CONTEXT));
    }
    let rdata = hexadecimal(text, digits, space, buf)?;
    if rdata.len() != declared {
        return Err(invalid);
    }
    Record::parse(rdata)
}

/// Decodes to the end of the text, where `rest` is what is left of it.
fn hexadecimal<'b>(
    text: &[u8],
    mut rest: &[u8],
    mut space: Space,
    buf: &'b mut [u8],
) -> Result<&'b [u8]> {
    const CONTEXT: &str = "association data";
    let available = buf.len();
    let mut free = buf.iter_mut();
    let mut high = None;
    loop {
        if let Some((nibble, after)) = split_digit(rest) {
            rest = after;
            match high.take() {
                None => high = Some(nibble << 4),
                Some(high) => match free.next() {
                    Some(byte) => *byte = high | nibble,
                    None => {
                        // Two digits or more make a byte.
                        let needed = text.len().div_ceil(2);
                        return Err(ErrorKind::BufferTooSmall { needed, available }.at("buffer", 0));
                    }
                },
            }
            continue;
        }
        let after = space.skip(rest);
        if after.len() == rest.len() {
            break;
        }
        rest = after;
    }
    let len = available.saturating_sub(free.len());
    // Behind the last byte there may be empty lines.
    let is_whole = high.is_none() && len > 0 && !space.is_open;
    let behind = if is_whole { skip_lines(rest) } else { rest };
    if !is_whole || !behind.is_empty() {
        return Err(stopped(behind, text, CONTEXT));
    }
    Ok(buf.get(..len).unwrap_or_default())
}

#[inline]
fn split_digit(rest: &[u8]) -> Option<(u8, &[u8])> {
    let (digit, rest) = rest.split_first()?;
    match digit {
        b'0'..=b'9' => Some((digit & 0x0f, rest)),
        b'a'..=b'f' | b'A'..=b'F' => Some(((digit & 0x0f).saturating_add(9), rest)),
        _ => None,
    }
}

/// What stands between two fields: white space, comments, and parentheses, inside which a line may
/// end.
#[derive(Clone, Copy)]
pub(crate) struct Space {
    pub(crate) is_open: bool,
}

impl Space {
    pub(crate) fn skip<'a>(&mut self, mut input: &'a [u8]) -> &'a [u8] {
        loop {
            input = match input {
                [b' ' | b'\t' | b'\r', rest @ ..] => rest,
                [b';', rest @ ..] => end_of_line(rest),
                [b'(', rest @ ..] if !self.is_open => {
                    self.is_open = true;
                    rest
                }
                [b')', rest @ ..] if self.is_open => {
                    self.is_open = false;
                    rest
                }
                [b'\n', rest @ ..] if self.is_open => rest,
                _ => return input,
            }
        }
    }
}

/// Returns what is left of a text from the line feed on that ends its first entry, and from where its
/// parentheses or quotation marks are wrong, if they are. What is in quotation marks or escaped, as
/// other types have it, is passed over.
pub(crate) fn end_of_entry(text: &[u8], space: Space) -> (&[u8], Option<&[u8]>) {
    let Space { mut is_open } = space;
    let (mut is_quoted, mut is_comment, mut is_escaped) = (false, false, false);
    let (mut rest, mut wrong) = (text, None);
    while let Some((byte, after)) = rest.split_first() {
        let is_wrong = match byte {
            // No quotation goes over the end of a line.
            b'\n' => {
                let was_quoted = is_quoted;
                (is_quoted, is_comment, is_escaped) = (false, false, false);
                was_quoted
            }
            _ if is_comment => false,
            _ if is_escaped => {
                is_escaped = false;
                false
            }
            b'\\' => {
                is_escaped = true;
                false
            }
            b'"' => {
                is_quoted = !is_quoted;
                false
            }
            _ if is_quoted => false,
            b';' => {
                is_comment = true;
                false
            }
            b'(' => mem::replace(&mut is_open, true),
            b')' => !mem::replace(&mut is_open, false),
            _ => false,
        };
        if is_wrong {
            wrong = wrong.or(Some(rest));
        }
        if *byte == b'\n' && !is_open {
            return (rest, wrong);
        }
        rest = after;
    }
    (rest, wrong.or((is_open || is_quoted).then_some(rest)))
}

/// Skips lines with nothing on them.
fn skip_lines(mut input: &[u8]) -> &[u8] {
    loop {
        input = match input {
            [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] => rest,
            [b';', rest @ ..] => end_of_line(rest),
            _ => return input,
        }
    }
}

/// Returns what is left from the line feed on.
fn end_of_line(input: &[u8]) -> &[u8] {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    input.get(end..).unwrap_or_default()
}

/// An entry, as far as its RDATA.
pub(crate) struct Head<'a> {
    pub(crate) owner: Option<&'a [u8]>,
    pub(crate) ttl: Option<u32>,
    pub(crate) class: Class,
    pub(crate) ty: Option<Type>,
    /// The RDATA, and whether a parenthesis is open before it.
    pub(crate) rdata: &'a [u8],
    pub(crate) space: Space,
}

impl Head<'_> {
    /// Makes sure that there is something behind the type.
    fn has_rdata(self, line: &[u8]) -> Result<Self> {
        match self.rdata {
            [] | [b'\n', ..] => Err(stopped(self.rdata, line, RDATA)),
            _ => Ok(self),
        }
    }
}

/// Reads a line of any form, and makes sure that it ends where it should.
pub(crate) fn head(line: &[u8]) -> Result<Head<'_>> {
    let head = typed(line).and_then(|head| head.has_rdata(line));
    let head = head.or_else(|error| untyped(line).ok_or(error)?.has_rdata(line))?;
    let (rest, wrong) = end_of_entry(head.rdata, head.space);
    let behind = wrong.unwrap_or_else(|| skip_lines(rest));
    if wrong.is_some() || !behind.is_empty() {
        return Err(stopped(behind, line, RDATA));
    }
    Ok(head)
}

/// Reads `[owner] [TTL] [class] type`, with TTL and class in any order, or what `host` prints.
fn typed(line: &[u8]) -> Result<Head<'_>> {
    const CONTEXT: &str = "record type";
    let mut space = Space { is_open: false };
    let start = space.skip(line);
    let (mut ttl, mut class) = (None, None);
    // White space in front means that the owner is that of the line before.
    let (mut rest, owner) = if start.len() < line.len() {
        (start, None)
    } else {
        let (rest, owner) = owner(line)?;
        // The generic form of RDATA.
        if owner == b"\\#" {
            return Err(stopped(line, line, CONTEXT));
        }
        if let Some((ty, rdata)) = told(rest) {
            let (owner, class, ty, rdata) = (Some(owner), Class::IN, Some(ty), space.skip(rdata));
            return Ok(Head { owner, ttl, class, ty, rdata, space });
        }
        (space.skip(rest), Some(owner))
    };
    let mut ttl_word = None;
    let ty = loop {
        let Some((after, word)) = token(rest) else { return Err(stopped(rest, line, CONTEXT)) };
        let start = mem::replace(&mut rest, space.skip(after));
        if let Some(ty) = association_type(word) {
            break ty;
        } else if let Some(found) = self::class(word).filter(|_| class.is_none()) {
            class = Some(found);
        } else if let Some(found) = seconds(word).filter(|_| ttl.is_none()) {
            (ttl, ttl_word) = (Some(found), Some(word));
        } else {
            break ty(word).ok_or_else(|| stopped(start, line, CONTEXT))?;
        }
    };
    // The selector of RDATA has the name of a type: `DANE-EE Cert Full …`, `TLSA 3 Cert Full …`.
    let usage = match (owner, ttl_word) {
        (Some(owner), Some(_)) if association_type(owner).is_none() => None,
        (owner, ttl_word) => ttl_word.or(owner),
    };
    if ty == Type::CERT && class.is_none() && usage.is_some_and(begins_rdata) {
        return Err(stopped(line, line, CONTEXT));
    }
    let class = class.unwrap_or(Class::IN);
    Ok(Head { owner, ttl, class, ty: Some(ty), rdata: rest, space })
}

/// Reads a line that begins with RDATA, or with its type, which is no owner.
fn untyped(line: &[u8]) -> Option<Head<'_>> {
    let mut space = Space { is_open: false };
    let (after, word) = token(space.skip(line))?;
    let (owner, ttl, class) = (None, None, Class::IN);
    if begins_rdata(word) {
        let space = Space { is_open: false };
        return Some(Head { owner, ttl, class, ty: None, rdata: line, space });
    }
    let rdata = space.skip(after);
    let ty = match ty(word)? {
        _ if is_signature(rdata, space) => Type::RRSIG,
        ty => Some(ty).filter(|ty| matches!(*ty, Type::TLSA | Type::SMIMEA))?,
    };
    Some(Head { owner, ttl, class, ty: Some(ty), rdata, space })
}

/// Returns whether a line with this word in front may be RDATA alone.
fn begins_rdata(word: &[u8]) -> bool {
    let is_word = |field: Field| matches!(field(word), Ok(([], _)));
    word == b"\\#"
        || word.iter().all(u8::is_ascii_digit)
        || [usage, selector, matching_type].into_iter().any(is_word)
}

/// Returns whether RDATA goes on as that of an RRSIG does behind the type (RFC 4034 §3.2): with times
/// of 14 digits and a name that ends with a dot, which no TLSA record has.
fn is_signature(mut rest: &[u8], mut space: Space) -> bool {
    let mut words = iter::from_fn(|| {
        let (after, word) = token(rest)?;
        rest = space.skip(after);
        Some(word)
    });
    // Algorithm, labels, TTL, expiration, inception, key tag.
    [None, None, None, Some(14), Some(14), None].into_iter().all(|len| {
        words.next().is_some_and(|word| {
            word.iter().all(u8::is_ascii_digit) && len.is_none_or(|len| word.len() == len)
        })
    }) && words.next().is_some_and(|signer| {
        signer.ends_with(b".") && !signer.iter().any(|byte| matches!(byte, b'"' | b'\\'))
    })
}

/// Reads ` has TLSA record …` or ` is an alias for …`, which follows a name in what `host` prints.
fn told(rest: &[u8]) -> Option<(Type, &[u8])> {
    if let Some(name) = rest.strip_prefix(b" is an alias for ") {
        return Some((Type::CNAME, name));
    }
    let (rest, word) = token(rest.strip_prefix(b" has ")?)?;
    Some((ty(word)?, rest.strip_prefix(b" record ")?))
}

/// Splits off the name in front of a line, and returns what is left first.
fn owner(line: &[u8]) -> Result<(&[u8], &[u8])> {
    let mut rest = line;
    loop {
        let is_first = rest.len() == line.len();
        rest = match rest {
            // What is escaped does not end it.
            [b'\\', b' '..=b'~', rest @ ..] => rest,
            [] | [b' ' | b'\t' | b'\r' | b'\n' | b';' | b'(' | b')', ..] if !is_first => {
                return Ok((rest, line.get(..offset(line, rest)).unwrap_or_default()));
            }
            // Of a directive, and of a comment elsewhere.
            [b'$' | b'#', ..] if is_first => break,
            [b'"' | b')' | b'\\', ..] => break,
            [b'!'..=b'~', rest @ ..] => rest,
            _ => break,
        };
    }
    Err(stopped(rest, line, "owner name"))
}

/// Splits off a word, and returns what is left first. By hand: nom's `take_while1` keeps a panic path.
fn token(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = input;
    while let Some((byte, after)) = rest.split_first() {
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b';' | b'(' | b')') {
            break;
        }
        rest = after;
    }
    let word = input.get(..offset(input, rest)).filter(|word| !word.is_empty())?;
    Some((rest, word))
}

/// The types whose RDATA is read, which most lines are about.
fn association_type(word: &[u8]) -> Option<Type> {
    let types: [(&[u8], Type); 4] = [
        (b"TLSA", Type::TLSA),
        (b"TYPE52", Type::TLSA),
        (b"SMIMEA", Type::SMIMEA),
        (b"TYPE53", Type::SMIMEA),
    ];
    types.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, ty)| ty)
}

fn ty(word: &[u8]) -> Option<Type> {
    Type::from_name(word).or_else(|| numbered(word, b"TYPE").map(Type))
}

fn class(word: &[u8]) -> Option<Class> {
    Class::from_name(word).or_else(|| numbered(word, b"CLASS").map(Class))
}

/// Reads the number of a type or a class (RFC 3597 §5).
fn numbered(word: &[u8], prefix: &[u8]) -> Option<u16> {
    let (name, number) = word.split_at_checked(prefix.len())?;
    match decimal(number) {
        Ok(([], number)) if name.eq_ignore_ascii_case(prefix) => number.try_into().ok(),
        _ => None,
    }
}

/// Reads a TTL: seconds, or in the units that BIND has, `1h30m`.
fn seconds(token: &[u8]) -> Option<u32> {
    let mut rest = token;
    let mut seconds = 0_u32;
    loop {
        let (after, number) = decimal(rest).ok()?;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let (unit, after) = after.split_first().unwrap_or((&b's', &[]));
        let unit = match unit.to_ascii_lowercase() {
            b's' => 1,
            b'm' => 60,
            b'h' => 3600,
            b'd' => 86_400,
            b'w' => 604_800,
            _ => return None,
        };
        seconds = seconds.saturating_add(number.saturating_mul(unit));
        rest = after;
        if rest.is_empty() {
            return Some(seconds);
        }
    }
}

fn usage(input: &[u8]) -> IResult<&[u8], u8, Failure<'_>> {
    let names = alt((
        value(Usage::PKIX_TA.0, keyword("PKIX-TA")),
        value(Usage::PKIX_EE.0, keyword("PKIX-EE")),
        value(Usage::DANE_TA.0, keyword("DANE-TA")),
        value(Usage::DANE_EE.0, keyword("DANE-EE")),
        value(Usage::PRIV_CERT.0, keyword("PrivCert")),
    ));
    alt((octet, names)).parse(input)
}

fn selector(input: &[u8]) -> IResult<&[u8], u8, Failure<'_>> {
    let names = alt((
        value(Selector::CERT.0, keyword("Cert")),
        value(Selector::SPKI.0, keyword("SPKI")),
        value(Selector::PRIV_SEL.0, keyword("PrivSel")),
    ));
    alt((octet, names)).parse(input)
}

fn matching_type(input: &[u8]) -> IResult<&[u8], u8, Failure<'_>> {
    let names = alt((
        value(MatchingType::FULL.0, keyword("Full")),
        value(MatchingType::SHA2_256.0, keyword("SHA2-256")),
        value(MatchingType::SHA2_512.0, keyword("SHA2-512")),
        value(MatchingType::PRIV_MATCH.0, keyword("PrivMatch")),
    ));
    alt((octet, names)).parse(input)
}

/// A number of eight bits.
fn octet(input: &[u8]) -> IResult<&[u8], u8, Failure<'_>> {
    let (rest, number) = decimal(input)?;
    match u8::try_from(number) {
        Ok(number) => Ok((rest, number)),
        Err(_) => Err(nom::Err::Failure(Failure { rest: input, found: Some(number) })),
    }
}

/// A number without a sign, the greatest of 64 bits if it is greater.
fn decimal(input: &[u8]) -> IResult<&[u8], u64, Failure<'_>> {
    let (rest, digits) = digit1(input)?;
    let number = digits.iter().fold(0_u64, |number, digit| {
        number.saturating_mul(10).saturating_add((digit & 0x0f).into())
    });
    Ok((rest, number))
}

/// Matches a word in any case, and fails at the first byte that differs, where nom's `tag_no_case`
/// fails at the start.
fn keyword<'a>(word: &'static str) -> impl Parser<&'a [u8], Output = (), Error = Failure<'a>> {
    move |input: &'a [u8]| {
        let mut rest = input;
        for letter in word.as_bytes() {
            match rest.split_first() {
                Some((byte, after)) if byte.eq_ignore_ascii_case(letter) => rest = after,
                _ => return Err(nom::Err::Error(Failure { rest, found: None })),
            }
        }
        Ok((rest, ()))
    }
}

/// Where a production stopped, and at which number if it was one.
struct Failure<'a> {
    rest: &'a [u8],
    found: Option<u64>,
}

impl<'a> ParseError<&'a [u8]> for Failure<'a> {
    fn from_error_kind(rest: &'a [u8], _: NomKind) -> Self {
        Self { rest, found: None }
    }

    fn append(_: &'a [u8], _: NomKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        // The alternative that came further is the one that was meant.
        if self.rest.len() < other.rest.len() { self } else { other }
    }
}

#[cold]
fn failed(error: nom::Err<Failure<'_>>, text: &[u8], context: &'static str) -> Error {
    match error {
        nom::Err::Error(Failure { rest, found: Some(found) })
        | nom::Err::Failure(Failure { rest, found: Some(found) }) => {
            ErrorKind::InvalidValue { found }.at(context, offset(text, rest))
        }
        nom::Err::Error(failure) | nom::Err::Failure(failure) => {
            stopped(failure.rest, text, context)
        }
        nom::Err::Incomplete(_) => stopped(&[], text, context),
    }
}

/// Returns the error of a text that goes on with `rest` and should not.
#[cold]
fn stopped(rest: &[u8], text: &[u8], context: &'static str) -> Error {
    let kind = match rest.first() {
        Some(&found) => ErrorKind::UnexpectedByte { found },
        None => ErrorKind::Truncated { needed: 1, available: 0 },
    };
    kind.at(context, offset(text, rest))
}

const RDATA: &str = "RDATA";

/// Returns where `rest` begins, which is the end of `text`.
fn offset(text: &[u8], rest: &[u8]) -> usize {
    text.len().saturating_sub(rest.len())
}
