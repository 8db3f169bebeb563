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
    let first = |line: &Vec<u8>| line.iter().find(|byte| !b" \t\r".contains(byte)).copied();
    lines.retain(|line| !matches!(first(line), None | Some(b';')));
    lines
}

/// Reads a line.
#[must_use]
pub fn entry(line: &[u8]) -> Option<SeenEntry> {
    let words = line_words(line)?;
    let has_owner = !matches!(line.first()?, b' ' | b'\t' | b'\r' | b'(' | b';');
    let seen = |owner, ty: Option<u16>, rdata: &[Vec<u8>]| {
        let is_read = matches!(ty, None | Some(52 | 53));
        let record = self::rdata(rdata).filter(|_| is_read);
        SeenEntry { owner, ttl: None, class: 1, ty, record }
    };
    let typed = |owner: Option<Vec<u8>>, words: &[Vec<u8>]| {
        let (mut ttl, mut class) = (None, None);
        for (at, word) in words.iter().enumerate() {
            if class.is_none() && number_of(word, &CLASSES, "class").is_some() {
                class = number_of(word, &CLASSES, "class");
            } else if ttl.is_none() && seconds(word).is_some() {
                ttl = seconds(word);
            } else {
                let ty = number_of(word, &TYPES, "type")?;
                let rdata = Some(&words[at + 1..]).filter(|rdata| !rdata.is_empty())?;
                let class = class.unwrap_or(1);
                return Some(SeenEntry { ttl, class, ..seen(owner, Some(ty), rdata) });
            }
        }
        None
    };
    let (first, behind) = words.split_first()?;
    // RDATA, alone or behind its type, whose selector is written as the type CERT is.
    let is_association = |word: &Vec<u8>| matches!(number_of(word, &TYPES, "type"), Some(52 | 53));
    let rdata = if has_owner && is_association(first) { behind } else { &words };
    let is_of_certificate = matches!(rdata, [usage, selector, ..]
        if begins_rdata(usage) && selector.eq_ignore_ascii_case(b"cert"));
    let by_type = if is_of_certificate {
        None
    } else if has_owner && is_name(first) {
        let owner = Some(first.clone());
        match told(&line[first.len()..], behind) {
            Some((ty, rdata)) => Some(seen(owner, Some(ty), rdata)),
            None => typed(owner, behind),
        }
    } else if has_owner {
        None
    } else {
        typed(None, &words)
    };
    by_type.or_else(|| {
        if begins_rdata(first) {
            return Some(seen(None, None, &words));
        }
        let ty = number_of(first, &TYPES, "type").filter(|_| has_owner && !behind.is_empty())?;
        let is_number = |word: &Vec<u8>| number(word).is_some();
        let is_signature = behind.len() > 6
            && behind[..6].iter().all(is_number)
            && behind[3..5].iter().all(|time| time.len() == 14)
            && behind[6].ends_with(b".")
            && !behind[6].iter().any(|byte| b"\\\"".contains(byte));
        match ty {
            _ if is_signature => Some(seen(None, Some(46), behind)),
            52 | 53 => Some(seen(None, Some(ty), behind)),
            _ => None,
        }
    })
}

/// Returns whether a word is one that RDATA begins with, right or wrong.
fn begins_rdata(word: &Vec<u8>) -> bool {
    let is_field = |names: &[&str], private| field(word, names, private).is_some();
    word == b"\\#"
        || word.iter().all(u8::is_ascii_digit)
        || is_field(&["pkix-ta", "pkix-ee", "dane-ta", "dane-ee"], "privcert")
        || is_field(&["cert", "spki"], "privsel")
        || is_field(&["full", "sha2-256", "sha2-512"], "privmatch")
}

/// Reads what `host` prints behind a name: the type, and the RDATA.
fn told<'a>(text: &[u8], words: &'a [Vec<u8>]) -> Option<(u16, &'a [Vec<u8>])> {
    let ty = words.get(1)?;
    let (ty, is_told, len) = if ty == b"an" {
        (5, text.starts_with(b" is an alias for "), 4)
    } else {
        let told = [b" has ", &ty[..], b" record "].concat();
        (number_of(ty, &TYPES, "type")?, text.starts_with(&told), 3)
    };
    Some((ty, words.get(len..)?)).filter(|(_, rdata)| is_told && !rdata.is_empty())
}

/// Returns whether a word is the name in front of a line.
fn is_name(word: &[u8]) -> bool {
    let mut bytes = word.iter();
    while let Some(byte) = bytes.next() {
        let is_plain = match byte {
            b'\\' => bytes.next().is_some_and(|byte| matches!(byte, b' '..=b'~')),
            b'"' => false,
            byte => byte.is_ascii_graphic(),
        };
        if !is_plain {
            return false;
        }
    }
    word != b"\\#" && !matches!(word[0], b'$' | b'#')
}

/// The words of a line, if its parentheses and quotation marks are in order and it is all there is.
/// What is escaped or quoted is a part of a word.
fn line_words(line: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut words: Vec<Vec<u8>> = Vec::new();
    let (mut depth, mut is_new_word, mut has_ended) = (0, true, false);
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let part = match byte {
            b' ' | b'\t' | b'\r' => vec![],
            b';' => {
                while bytes.next_if(|next| *next != b'\n').is_some() {}
                vec![]
            }
            b'\n' => {
                has_ended |= depth == 0;
                vec![]
            }
            _ if has_ended => return None,
            b'(' => {
                depth += 1;
                vec![]
            }
            b')' => {
                depth -= 1;
                vec![]
            }
            b'\\' => [byte].into_iter().chain(bytes.next_if(|next| *next != b'\n')).collect(),
            b'"' => {
                let mut quoted = vec![byte];
                loop {
                    let next = bytes.next_if(|next| *next != b'\n')?;
                    quoted.push(next);
                    match next {
                        b'"' => break quoted,
                        b'\\' => quoted.push(bytes.next_if(|next| *next != b'\n')?),
                        _ => {}
                    }
                }
            }
            _ => vec![byte],
        };
        if !(0..2).contains(&depth) {
            return None;
        }
        match words.last_mut() {
            Some(word) if !is_new_word => word.extend(&part),
            _ if part.is_empty() => {}
            _ => words.push(part.clone()),
        }
        is_new_word = part.is_empty();
    }
    (depth == 0).then_some(words)
}

/// Returns the number of a name, or that in `TYPE52`.
fn number_of(word: &[u8], names: &[(u16, &str)], prefix: &str) -> Option<u16> {
    let word = std::str::from_utf8(word).ok()?.to_ascii_lowercase();
    for (first, names) in names {
        let place = names.split(' ').position(|name| name.eq_ignore_ascii_case(&word));
        if let Some(place) = place {
            return Some(first + place as u16);
        }
    }
    number(word.strip_prefix(prefix)?.as_bytes())??.try_into().ok()
}

/// The names of the registry from a number on.
const TYPES: [(u16, &str); 8] = [
    (1, "A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP"),
    (23, "NSAP-PTR SIG KEY PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK"),
    (41, "OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA"),
    (55, "HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC HHIT BRID"),
    (99, "SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64"),
    (249, "TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA AVC DOA AMTRELAY RESINFO WALLET CLA IPN"),
    (128, "NXNAME"),
    (32768, "TA DLV"),
];

const CLASSES: [(u16, &str); 3] = [(1, "IN"), (3, "CH HS"), (254, "NONE ANY")];

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
