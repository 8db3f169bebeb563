//! The line of a kernel that holds responses back, byte by byte.

use crate::bytes::Failure;
use wire_error::ErrorKind;

/// The kernels' words for responses.
pub const RESPONSES: [&str; 7] = [
    "icmp unreach",
    "icmp ping",
    "icmp tstamp",
    "closed port RST",
    "open port RST",
    "icmp6 unreach",
    "sctp ootb",
];

/// Reads the line: which response, how many there would have been, how many were allowed.
///
/// # Errors
///
/// As the crate does.
pub fn decode(line: &[u8]) -> Result<Option<(usize, u64, u64)>, Failure> {
    for begin in 0..line.len() {
        if !line[begin..].starts_with(b"Limiting ") {
            continue;
        }
        for (response, words) in RESPONSES.iter().enumerate() {
            let start = format!("Limiting {words} response from");
            if line[begin..].starts_with(start.as_bytes()) {
                let (attempted, limit) = numbers(line, begin + start.len())?;
                return Ok(Some((response, attempted, limit)));
            }
        }
    }
    Ok(None)
}

fn numbers(line: &[u8], mut at: usize) -> Result<(u64, u64), Failure> {
    if line.get(at) == Some(&b' ') {
        at += 1;
    }
    let attempted = number(line, &mut at)?;
    words(line, &mut at, " to ")?;
    let limit = number(line, &mut at)?;
    words(line, &mut at, " packets")?;
    let spelling = if line.get(at) == Some(&b' ') { " per second" } else { "/sec" };
    words(line, &mut at, spelling)?;
    while at < line.len() {
        if !b" \t\r\n\x0c".contains(&line[at]) {
            return Err(stopped(line, at));
        }
        at += 1;
    }
    Ok((attempted, limit))
}

fn number(line: &[u8], at: &mut usize) -> Result<u64, Failure> {
    let begin = *at;
    let mut number = 0_u128;
    while *at < line.len() && line[*at].is_ascii_digit() {
        number = (10 * number + u128::from(line[*at] - b'0')).min(u64::MAX.into());
        *at += 1;
    }
    if *at == begin { Err(stopped(line, begin)) } else { Ok(u64::try_from(number).unwrap()) }
}

fn words(line: &[u8], at: &mut usize, words: &str) -> Result<(), Failure> {
    for word in words.bytes() {
        if line.get(*at) != Some(&word) {
            return Err(stopped(line, *at));
        }
        *at += 1;
    }
    Ok(())
}

fn stopped(line: &[u8], at: usize) -> Failure {
    let kind = match line.get(at) {
        Some(&found) => ErrorKind::UnexpectedByte { found },
        None => ErrorKind::Truncated { needed: 1, available: 0 },
    };
    Failure { offset: at, kind }
}
