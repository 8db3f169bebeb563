//! Text, by words.

use crate::tlsa::{SeenEntry, SeenRecord};

/// What a line is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Word(Vec<u8>),
    Open,
    Close,
    LineEnd,
}

/// Takes text apart. A comment is nothing, white space is nothing but the end of a word.
fn pieces(text: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut is_new_word = true;
    let mut is_comment = false;
    for &byte in text {
        let piece = match byte {
            b'\n' => Some(Piece::LineEnd),
            _ if is_comment => None,
            b';' => None,
            b'(' => Some(Piece::Open),
            b')' => Some(Piece::Close),
            b' ' | b'\t' | b'\r' => None,
            _ => {
                match pieces.last_mut() {
                    Some(Piece::Word(word)) if !is_new_word => word.push(byte),
                    _ => pieces.push(Piece::Word(vec![byte])),
                }
                is_new_word = false;
                continue;
            }
        };
        is_comment = byte == b';' || is_comment && byte != b'\n';
        is_new_word = true;
        pieces.extend(piece);
    }
    pieces
}

/// Returns the words of one entry, if its parentheses are in order and it is all there is.
fn words(pieces: &[Piece], mut is_open: bool) -> Option<Vec<Vec<u8>>> {
    let mut words = Vec::new();
    let mut has_ended = false;
    for piece in pieces {
        match piece {
            Piece::LineEnd => has_ended |= !is_open,
            _ if has_ended => return None,
            Piece::Open if is_open => return None,
            Piece::Open => is_open = true,
            Piece::Close if !is_open => return None,
            Piece::Close => is_open = false,
            Piece::Word(word) => words.push(word.clone()),
        }
    }
    (!is_open).then_some(words)
}

/// Reads RDATA as text.
#[must_use]
pub fn record(text: &[u8]) -> Option<SeenRecord> {
    rdata(&words(&pieces(text), false)?)
}

fn rdata(words: &[Vec<u8>]) -> Option<SeenRecord> {
    if words.first()? == b"\\#" {
        let len = number(words.get(1)?)?;
        let rdata = hexadecimal(&words[2..].concat())?;
        let is_declared = len == Some(rdata.len() as u64) && words.len() > 2;
        return super::rdata(&rdata).filter(|_| is_declared);
    }
    let usages = ["pkix-ta", "pkix-ee", "dane-ta", "dane-ee"];
    let head = [
        field(words.first()?, &usages, "privcert")?,
        field(words.get(1)?, &["cert", "spki"], "privsel")?,
        field(words.get(2)?, &["full", "sha2-256", "sha2-512"], "privmatch")?,
    ];
    let data = hexadecimal(&words[3..].concat())?;
    (!data.is_empty() && data.len() <= 65532).then_some(SeenRecord { head, data })
}

fn field(word: &[u8], names: &[&str], private: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    if lower == private.as_bytes() {
        return Some(255);
    }
    if let Some(at) = names.iter().position(|name| name.as_bytes() == lower) {
        return Some(at as u8);
    }
    number(word)??.try_into().ok()
}

/// Reads digits: `None` if there is something else, and nothing inside if it is too large.
fn number(word: &[u8]) -> Option<Option<u64>> {
    if word.is_empty() || !word.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(std::str::from_utf8(word).ok()?.parse().ok())
}

fn hexadecimal(digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len() % 2 != 0 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let text = std::str::from_utf8(digits).ok()?;
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// Splits text into the lines that have something on them.
#[must_use]
pub fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = vec![Vec::new()];
    let (mut is_open, mut mode, mut at) = (false, b' ', 0);
    while at < text.len() {
        let byte = text[at];
        at += 1;
        if byte == b'\n' {
            mode = b' ';
            if !is_open {
                lines.push(Vec::new());
                continue;
            }
        }
        lines.last_mut().unwrap().push(byte);
        match (mode, byte) {
            (b';', _) => {}
            (_, b'\\') => {
                // What is behind it has no meaning, but a line feed.
                if let Some(next) = text.get(at).filter(|next| **next != b'\n') {
                    lines.last_mut().unwrap().push(*next);
                    at += 1;
                }
            }
            (b'"', b'"') => mode = b' ',
            (b'"', _) => {}
            (_, b'"' | b';') => mode = byte,
            (_, b'(') => is_open = true,
            (_, b')') => is_open = false,
            _ => {}
        }
    }
    lines.retain(|line| !matches!(line.trim_ascii_start(), [] | [b';', ..]));
    lines
}

/// Reads a line.
#[must_use]
pub fn entry(line: &[u8]) -> Option<SeenEntry> {
    typed(line).or_else(|| {
        let words: Vec<Vec<u8>> =
            in_order(&pieces(line)).map(|(_, word, _)| word).take(3).collect();
        let is_field = |(n, word): (usize, &Vec<u8>)| match n {
            0 => field(word, &["pkix-ta", "pkix-ee", "dane-ta", "dane-ee"], "privcert").is_some(),
            1 => field(word, &["cert", "spki"], "privsel").is_some(),
            _ => field(word, &["full", "sha2-256", "sha2-512"], "privmatch").is_some(),
        };
        let is_rdata = words.first()? == b"\\#" || words.iter().enumerate().all(is_field);
        is_rdata.then(|| SeenEntry { owner: None, ttl: None, ty: None, record: record(line) })
    })
}

/// Reads a line that has a type.
fn typed(line: &[u8]) -> Option<SeenEntry> {
    let pieces = pieces(line);
    let mut words = in_order(&pieces);
    let mut seen = SeenEntry { owner: None, ttl: None, ty: None, record: None };
    if !matches!(line.first()?, b' ' | b'\t' | b'\r' | b'(' | b';') {
        seen.owner = Some(words.next()?.1);
    }
    let mut has_class = false;
    loop {
        let (at, word, is_open) = words.next()?;
        match &word.to_ascii_lowercase()[..] {
            b"tlsa" | b"type52" => seen.ty = Some(52),
            b"smimea" | b"type53" => seen.ty = Some(53),
            b"in" if !has_class => has_class = true,
            word if seen.ttl.is_none() => seen.ttl = Some(seconds(word)?),
            _ => return None,
        }
        if seen.ty.is_some() {
            let words = self::words(&pieces[at + 1..], is_open);
            seen.record = words.and_then(|words| rdata(&words));
            return Some(seen);
        }
    }
}

/// The words up to where the line is out of order: their places among the pieces, and whether a
/// parenthesis is open behind each.
fn in_order(pieces: &[Piece]) -> impl Iterator<Item = (usize, Vec<u8>, bool)> {
    let mut is_open = false;
    let words = pieces.iter().enumerate().map_while(move |(at, piece)| match piece {
        Piece::Word(word) => Some(Some((at, word.clone(), is_open))),
        Piece::LineEnd if is_open => Some(None),
        Piece::LineEnd => None,
        _ => {
            let was_open = std::mem::replace(&mut is_open, *piece == Piece::Open);
            (was_open != is_open).then_some(None)
        }
    });
    words.flatten()
}

fn seconds(word: &[u8]) -> Option<u32> {
    let mut total = 0_u128;
    let mut rest = word;
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = number(&rest[..digits])?.unwrap_or(u64::MAX);
        let unit = match rest.get(digits) {
            None | Some(b's' | b'S') => 1,
            Some(b'm' | b'M') => 60,
            Some(b'h' | b'H') => 60 * 60,
            Some(b'd' | b'D') => 24 * 60 * 60,
            Some(b'w' | b'W') => 7 * 24 * 60 * 60,
            Some(_) => return None,
        };
        total += u128::from(number) * unit;
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    Some(total.try_into().unwrap_or(u32::MAX))
}

/// Reads the name of an owner: its port, transport and host.
#[must_use]
pub fn owner(text: &str) -> Option<(u16, String, String)> {
    let labels: Vec<&str> = text.strip_suffix('.').unwrap_or(text).split('.').collect();
    let [port, transport, host @ ..] = &labels[..] else { return None };
    let port: u16 = port.strip_prefix('_').filter(|port| !port.starts_with('+'))?.parse().ok()?;
    let transport = transport.to_ascii_lowercase();
    let is_label = |label: &&str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (1..=63).contains(&label.len()) && label.chars().all(is_allowed)
    };
    let is_owner = labels[0] == format!("_{port}")
        && ["_tcp", "_udp", "_sctp"].contains(&&transport[..])
        && !host.is_empty()
        && host.iter().all(is_label)
        && labels.join(".").len() <= 253;
    is_owner.then(|| (port, transport[1..].to_owned(), host.join(".")))
}
