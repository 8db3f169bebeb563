//! A second decoder, written from RFC 2849 and from what is known of servers: it unfolds all lines
//! first, each byte with its place, and then goes through them index by index.

use super::{
    Seen, SeenAttribute, SeenBody, SeenControl, SeenModification, SeenRecord, SeenRename, SeenValue,
};
use crate::bytes::Failure;
use ldif_keys::{ErrorKind, Operation, Rules};

/// A byte and where it stands.
type Place = (u8, usize);

/// A line with its continuations.
#[derive(Clone)]
struct Line {
    bytes: Vec<Place>,
    start: usize,
    /// Where its bytes end, and where the next line starts.
    end: usize,
    next: usize,
    number: usize,
}

/// Returns what is in `data`.
#[must_use]
pub fn decode(data: &[u8], rules: Rules) -> Seen {
    let mut seen = Vec::new();
    let mut may_be_version = true;
    let mut is_changes = None;
    for mut block in blocks(data, rules) {
        let mut first = 0;
        loop {
            match record(&mut block[first..], rules, &mut may_be_version) {
                Ok(Some(record)) => {
                    // ldif-file = ldif-content / ldif-changes
                    let is_change = record.change_type.is_some();
                    let fits = *is_changes.get_or_insert(is_change) == is_change;
                    seen.push(match fits || !rules.is_strict {
                        true => Ok(record),
                        false => Err(unexpected((data[record.offset], record.offset))),
                    });
                }
                Ok(None) => {}
                Err((failure, lines)) => {
                    seen.push(Err(failure));
                    if !rules.is_strict {
                        first += lines;
                        continue;
                    }
                }
            }
            break;
        }
    }
    seen
}

/// How many bytes are complete records.
#[must_use]
pub fn complete_len(data: &[u8]) -> usize {
    let mut complete = 0;
    let mut at = 0;
    for line in data.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line == b"\n" || line == b"\r\n" {
            complete = at;
        }
    }
    complete
}

/// Splits at blank lines, and joins continuations to their lines.
fn blocks(data: &[u8], rules: Rules) -> Vec<Vec<Line>> {
    let mut blocks: Vec<Vec<Line>> = vec![Vec::new()];
    let mut start = 0;
    let mut number = 1;
    while start < data.len() {
        let is_between = blocks.last().unwrap().is_empty();
        if is_between && !rules.is_strict && data[start..].starts_with(b"\xef\xbb\xbf") {
            start += 3;
            continue;
        }
        let feed = (start..data.len()).find(|&at| data[at] == b'\n');
        let next = feed.map_or(data.len(), |feed| feed + 1);
        let mut end = feed.unwrap_or(data.len());
        if end > start && data[end - 1] == b'\r' {
            end -= 1;
        }
        let block = blocks.last_mut().unwrap();
        let continues = data[start] == b' ' || data[start] == b'\t' && rules.tab_continues;
        match block.last_mut() {
            _ if start == end => blocks.push(Vec::new()),
            Some(line) if continues => {
                line.bytes.extend((start + 1..end).map(|at| (data[at], at)));
                (line.end, line.next) = (end, next);
            }
            _ => {
                let bytes = (start..end).map(|at| (data[at], at)).collect();
                block.push(Line { bytes, start, end, next, number });
            }
        }
        start = next;
        number += 1;
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn unexpected((found, offset): Place) -> Failure {
    Failure { offset, kind: ErrorKind::UnexpectedByte { found } }
}

fn missing(offset: usize) -> Failure {
    Failure { offset, kind: ErrorKind::Missing }
}

/// Reads a block. What is wrong in front of the record comes with the number of lines to drop.
fn record(
    block: &mut [Line],
    rules: Rules,
    may_be_version: &mut bool,
) -> Result<Option<SeenRecord>, (Failure, usize)> {
    let mut at = 0;
    if let Some(first) = block.first() {
        let (byte, _) = first.bytes[0];
        if byte == b' ' || byte == b'\t' && rules.tab_continues {
            return Err((unexpected(first.bytes[0]), 1));
        }
    }
    while at < block.len() {
        let line = &block[at];
        at += 1;
        if line.bytes[0].0 == b'#' {
            continue;
        }
        let is_first = std::mem::replace(may_be_version, false);
        let attribute = attribute(line, rules).ok();
        let Some(version) = attribute.filter(|it| it.name() == b"version") else {
            at -= 1;
            break;
        };
        let text = &version.value.text;
        let number = text.iter().try_fold(0_u64, |number, &byte| {
            let digit = char::from(byte).to_digit(10)?;
            Some(number.saturating_mul(10).saturating_add(digit.into()))
        });
        let value_places = &line.bytes[line.bytes.len() - text.len()..];
        let failure = match number {
            _ if version.value.form != ":" || text.is_empty() => missing(version.value.offset),
            None => unexpected(*value_places.iter().find(|(it, _)| !it.is_ascii_digit()).unwrap()),
            Some(1) if !rules.is_strict || is_first => continue,
            Some(1) => unexpected(line.bytes[0]),
            Some(found) => Failure {
                offset: version.value.offset,
                kind: ErrorKind::UnsupportedVersion { found },
            },
        };
        return Err((failure, at));
    }
    let lines: Vec<Line> =
        block[at..].iter().filter(|line| line.bytes[0].0 != b'#').cloned().collect();
    // Where only comments follow, there is no record.
    if lines.is_empty() {
        return Ok(None);
    }
    let end = block.last().unwrap().next;
    let record = record_of(&lines, end, rules);
    if rules.is_strict {
        check(&record, &lines, end, rules).map_err(|failure| (failure, 0))?;
    }
    Ok(Some(record))
}

fn record_of(lines: &[Line], end: usize, rules: Rules) -> SeenRecord {
    let is = |at: usize, name: &[u8]| {
        let read = lines.get(at).and_then(|line| attribute(line, rules).ok());
        read.filter(|it| it.name() == name)
    };
    let dn = is(0, b"dn");
    let mut at = usize::from(dn.is_some());
    while dn.is_some() && is(at, b"control").is_some() {
        at += 1;
    }
    let change_type = is(at, b"changetype").filter(|_| dn.is_some()).map(|it| it.value);
    let controls = match change_type {
        Some(_) => lines[1..at].iter().map(|line| control(line, rules)).collect(),
        None => Vec::new(),
    };
    let body = match &change_type {
        None => {
            let attributes = attributes(&lines[usize::from(dn.is_some())..], rules);
            let is_trailer = match attributes.first() {
                Some(Ok(first)) => {
                    TRAILERS.iter().any(|it| first.name() == it.to_ascii_lowercase())
                }
                _ => false,
            };
            let kind = match (&dn, is_trailer) {
                (Some(_), _) => "content",
                (None, true) => "trailer",
                (None, false) => "without dn",
            };
            SeenBody::Attributes(kind, attributes)
        }
        Some(word) => {
            let body = &lines[at + 1..];
            let text = match word.form {
                ":" => word.text.to_ascii_lowercase(),
                _ => Vec::new(),
            };
            match &text[..] {
                b"add" => SeenBody::Attributes("add", attributes(body, rules)),
                b"delete" => SeenBody::Delete,
                b"modify" => SeenBody::Modify(modifications(body, rules)),
                b"modrdn" | b"moddn" => SeenBody::Rename(rename(body, end, rules)),
                _ => SeenBody::Unknown,
            }
        }
    };
    let (offset, line) = (lines[0].start, lines[0].number);
    SeenRecord { offset, line, dn: dn.map(|it| it.value), controls, change_type, body }
}

/// What RFC 2849 demands of a whole record.
fn check(record: &SeenRecord, lines: &[Line], end: usize, rules: Rules) -> Result<(), Failure> {
    let Some(dn) = &record.dn else {
        attributes(lines, rules).into_iter().try_for_each(|it| it.map(drop))?;
        return Err(missing(record.offset));
    };
    let decoded = |value: &SeenValue| match value.form {
        ":<" => Ok(()),
        _ => value.bytes.clone().map(drop),
    };
    let all = |attributes: &[Result<SeenAttribute, Failure>]| {
        attributes.iter().try_for_each(|it| decoded(&it.clone()?.value))
    };
    // dn-spec = "dn:" (FILL distinguishedName / ":" FILL base64-distinguishedName)
    distinguished_name(dn, &lines[0])?;
    for control in &record.controls {
        control.clone()?.value.map_or(Ok(()), |value| decoded(&value))?;
    }
    match &record.body {
        SeenBody::Attributes(_, attributes) => {
            all(attributes)?;
            if attributes.is_empty() { Err(missing(end)) } else { Ok(()) }
        }
        SeenBody::Delete => match lines.get(record.controls.len() + 2) {
            None => Ok(()),
            Some(line) => {
                let kind = ErrorKind::TrailingData { remaining: end - line.start };
                Err(Failure { offset: line.start, kind })
            }
        },
        SeenBody::Modify(modifications) => {
            modifications.iter().try_for_each(|it| all(&it.clone()?.values))
        }
        // "newrdn:" (FILL rdn / ":" FILL base64-rdn), and the same of "newsuperior:"
        SeenBody::Rename(rename) => {
            let body = &lines[record.controls.len() + 2..];
            distinguished_name(&rename.new_rdn.clone()?, &body[0])?;
            rename.deletes_old_rdn?;
            rename
                .new_superior
                .clone()?
                .map_or(Ok(()), |value| distinguished_name(&value, &body[2]))
        }
        SeenBody::Unknown => {
            let word = record.change_type.as_ref().unwrap();
            let found = word.text.first().copied().unwrap_or(b'\n');
            Err(unexpected((found, word.offset)))
        }
    }
}

/// Two forms, of which BASE64-UTF8-STRING is not base64 of any bytes.
fn distinguished_name(value: &SeenValue, line: &Line) -> Result<(), Failure> {
    let Err(error) = String::from_utf8(value.bytes.clone()?) else { return Ok(()) };
    let valid = error.utf8_error().valid_up_to();
    let places = &line.bytes[line.bytes.len() - value.text.len()..];
    Err(unexpected((error.as_bytes()[valid], places[valid * 8 / 6].1)))
}

fn attributes(lines: &[Line], rules: Rules) -> Vec<Result<SeenAttribute, Failure>> {
    let mut seen = Vec::new();
    for line in lines {
        let read = attribute(line, rules);
        // What follows a second dn is somebody else's.
        if read.as_ref().is_ok_and(|it| matches!(&it.name()[..], b"dn" | b"changetype")) {
            seen.push(Err(unexpected(line.bytes[0])));
            break;
        }
        seen.push(read);
    }
    seen
}

impl SeenAttribute {
    /// The description in lower case.
    fn name(&self) -> Vec<u8> {
        self.description.join(&b';').to_ascii_lowercase()
    }
}

fn attribute(line: &Line, rules: Rules) -> Result<SeenAttribute, Failure> {
    if line.end - line.start > rules.max_line {
        let kind = ErrorKind::LimitExceeded { limit: rules.max_line };
        return Err(Failure { offset: line.start, kind });
    }
    let bytes = &line.bytes;
    let mut name = Vec::new();
    let mut at = 0;
    while at < bytes.len() && bytes[at].0 != b':' {
        let (byte, _) = bytes[at];
        let is_behind = at > 0 && bytes[at - 1].0 == b' ';
        match byte {
            b' ' if at > 0 && !rules.is_strict => {}
            0x21..=0x7e if !is_behind && (at > 0 || byte != b';') => name.push(bytes[at]),
            _ => return Err(unexpected(bytes[at])),
        }
        at += 1;
    }
    if at == bytes.len() {
        return Err(missing(line.end));
    }
    if at == 0 {
        return Err(unexpected(bytes[at]));
    }
    let value = value(&bytes[at + 1..], line.end, rules);
    if value.text.len() > rules.max_value {
        let kind = ErrorKind::LimitExceeded { limit: rules.max_value };
        return Err(Failure { offset: value.offset, kind });
    }
    if rules.is_strict {
        described(&name)?;
        written(&value, &bytes[bytes.len() - value.text.len()..], line.end)?;
    }
    let name: Vec<u8> = name.iter().map(|place| place.0).collect();
    Ok(SeenAttribute {
        offset: line.start,
        line: line.number,
        description: name.split(|&byte| byte == b';').map(<[u8]>::to_vec).collect(),
        value,
    })
}

/// What RFC 2849 and RFC 4512 have for a description.
fn described(places: &[Place]) -> Result<(), Failure> {
    let mut at = 0;
    let end = places.last().map_or(0, |place| place.1 + 1);
    let starts_with_digit = places.first().is_some_and(|place| place.0.is_ascii_digit());
    // An OID, or a name.
    let mut may_be_dot = false;
    while at < places.len() && places[at].0 != b';' {
        let byte = places[at].0;
        let fits = match (starts_with_digit, byte) {
            (true, b'.') => std::mem::replace(&mut may_be_dot, false),
            (true, _) => {
                may_be_dot = byte.is_ascii_digit();
                may_be_dot
            }
            (false, _) if at == 0 => byte.is_ascii_alphabetic(),
            (false, _) => byte.is_ascii_alphanumeric() || byte == b'-',
        };
        if !fits {
            return Err(unexpected(places[at]));
        }
        at += 1;
    }
    if at == 0 {
        return Err(places.first().map_or(missing(end), |place| unexpected(*place)));
    }
    if starts_with_digit && !may_be_dot {
        return Err(places.get(at).map_or(missing(end), |place| unexpected(*place)));
    }
    while at < places.len() {
        at += 1;
        let start = at;
        while at < places.len() && (places[at].0.is_ascii_alphanumeric() || places[at].0 == b'-') {
            at += 1;
        }
        if at < places.len() && (places[at].0 != b';' || at == start) {
            return Err(unexpected(places[at]));
        }
        if at == start {
            return Err(missing(end));
        }
    }
    Ok(())
}

/// SAFE-STRING of RFC 2849, or a URL; base64 is held against its own rules.
fn written(value: &SeenValue, places: &[Place], end: usize) -> Result<(), Failure> {
    if value.form == "::" {
        return Ok(());
    }
    for (n, &(byte, offset)) in places.iter().enumerate() {
        let is_first = n == 0 && (byte == b':' || byte == b'<');
        if byte == 0 || byte == b'\r' || byte > 127 || is_first {
            return Err(unexpected((byte, offset)));
        }
    }
    if value.form == ":<" {
        // genericurl = scheme ":" schemepart, scheme = 1*[ lowalpha | digit | "+" | "-" | "." ],
        // with letters of either case (RFC 1738 §5 and §2.1).
        const SCHEME: &str = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
        let mut rest = places;
        while let [(byte, _), behind @ ..] = rest {
            if !SCHEME.contains(char::from(byte.to_ascii_lowercase())) {
                break;
            }
            rest = behind;
        }
        match rest {
            [(b':', _), ..] => {}
            [place, ..] => return Err(unexpected(*place)),
            [] => return Err(missing(end)),
        }
    }
    Ok(())
}

/// Reads what is behind the first colon.
fn value(behind: &[Place], end: usize, rules: Rules) -> SeenValue {
    let (form, mut at) = match behind.first() {
        Some((b':', _)) => ("::", 1),
        Some((b'<', _)) => (":<", 1),
        _ => (":", 0),
    };
    while at < behind.len() && behind[at].0 == b' ' {
        at += 1;
    }
    let places = &behind[at..];
    let offset = places.first().map_or(end, |place| place.1);
    let text: Vec<u8> = places.iter().map(|place| place.0).collect();
    let bytes = match form {
        ":" => Ok(text.clone()),
        "::" => base64(places, offset, rules),
        _ => Err(unexpected((b'<', offset))),
    };
    SeenValue { form, offset, text, bytes }
}

fn base64(places: &[Place], start: usize, rules: Rules) -> Result<Vec<u8>, Failure> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let is_skipped = |byte: u8| !rules.is_strict && matches!(byte, b'\r' | b' ' | b'\t');
    let places: Vec<Place> = places.iter().copied().filter(|place| !is_skipped(place.0)).collect();
    let mut bits = String::new();
    let mut padding = 0;
    for (n, &(byte, _)) in places.iter().enumerate() {
        let value = ALPHABET.find(char::from(byte));
        match value {
            Some(value) if padding == 0 => bits += &format!("{value:06b}"),
            None if byte == b'=' && (n % 4 == 2 && padding == 0 || n % 4 == 3 && padding < 2) => {
                padding += 1;
                let last = bits.len() % 8;
                let excess = u64::from_str_radix(&bits[bits.len() - last..], 2).unwrap_or(0);
                if excess != 0 && padding == 1 {
                    let kind = ErrorKind::InvalidValue { found: excess };
                    return Err(Failure { offset: places[n - 1].1, kind });
                }
            }
            _ => return Err(unexpected(places[n])),
        }
    }
    if places.len() % 4 != 0 {
        let kind = ErrorKind::InvalidLength { found: places.len() };
        return Err(Failure { offset: start, kind });
    }
    let whole = bits.len() / 8 * 8;
    Ok((0..whole).step_by(8).map(|at| u8::from_str_radix(&bits[at..at + 8], 2).unwrap()).collect())
}

fn control(line: &Line, rules: Rules) -> Result<SeenControl, Failure> {
    let attribute = attribute(line, rules).unwrap();
    let value = &attribute.value;
    let places = &line.bytes[line.bytes.len() - value.text.len()..];
    if rules.is_strict {
        strict_control(value, places, line.end)?;
    }
    let mut at = 0;
    let run = |at: &mut usize, fits: fn(u8) -> bool| {
        let start = *at;
        while *at < places.len() && fits(places[*at].0) {
            *at += 1;
        }
        value.text[start..*at].to_vec()
    };
    let oid = run(&mut at, |byte| byte.is_ascii_digit() || byte == b'.');
    if value.form != ":" || oid.is_empty() {
        return Err(missing(value.offset));
    }
    run(&mut at, |byte| byte == b' ');
    let start = at;
    let word = run(&mut at, |byte| byte.is_ascii_alphabetic());
    let is_critical = match &word.to_ascii_lowercase()[..] {
        b"true" => true,
        b"false" | b"" => false,
        _ => return Err(unexpected(places[start])),
    };
    let value = match places.get(at) {
        None => None,
        Some((b':', _)) => {
            let value = self::value(&places[at + 1..], line.end, rules);
            if rules.is_strict {
                written(&value, &places[places.len() - value.text.len()..], line.end)?;
            }
            Some(value)
        }
        Some(place) => return Err(unexpected(*place)),
    };
    Ok(SeenControl { oid, is_critical, value })
}

/// `control = "control:" FILL ldap-oid 0*1(1*SPACE ("true" / "false")) 0*1(value-spec)`, where
/// ldap-oid is `1*DIGIT *("." 1*DIGIT)`: the RFC's has two parts at most, and OIDs have more.
fn strict_control(value: &SeenValue, places: &[Place], end: usize) -> Result<(), Failure> {
    let is_digit = |place: &&Place| b"0123456789".contains(&place.0);
    let next = |rest: &[Place]| rest.first().map_or(missing(end), |place| unexpected(*place));
    let mut rest = places;
    if value.form != ":" || !places.first().is_some_and(|place| is_digit(&place)) {
        return Err(missing(value.offset));
    }
    loop {
        let digits = rest.iter().take_while(is_digit).count();
        if digits == 0 {
            return Err(next(rest));
        }
        rest = &rest[digits..];
        match rest {
            [(b'.', _), behind @ ..] => rest = behind,
            _ => break,
        }
    }
    if let [(b' ', _), ..] = rest {
        rest = &rest[rest.iter().take_while(|place| place.0 == b' ').count()..];
        let letters = rest.iter().take_while(|place| place.0.is_ascii_alphabetic());
        let word: Vec<u8> = letters.map(|place| place.0.to_ascii_lowercase()).collect();
        if word != b"true" && word != b"false" {
            return Err(next(rest));
        }
        rest = &rest[word.len()..];
    }
    match rest {
        [] | [(b':', _), ..] => Ok(()),
        _ => Err(next(rest)),
    }
}

fn modifications(lines: &[Line], rules: Rules) -> Vec<Result<SeenModification, Failure>> {
    let is_end = |line: &Line| line.bytes.len() == 1 && line.bytes[0].0 == b'-';
    let mut seen = Vec::new();
    let mut rest = lines;
    while let Some((first, behind)) = rest.split_first() {
        if is_end(first) {
            seen.push(Err(unexpected(first.bytes[0])));
            rest = behind;
            continue;
        }
        let end = behind.iter().position(is_end);
        let values = &behind[..end.unwrap_or(behind.len())];
        rest = end.map_or(&[], |end| &behind[end + 1..]);
        if end.is_none() && rules.is_strict {
            seen.push(Err(missing(values.last().unwrap_or(first).next)));
            continue;
        }
        seen.push(modification(first, values, rules));
    }
    seen
}

fn modification(line: &Line, lines: &[Line], rules: Rules) -> Result<SeenModification, Failure> {
    let first = attribute(line, rules)?;
    let operation = match &first.name()[..] {
        b"add" => Operation::Add,
        b"delete" => Operation::Delete,
        b"replace" => Operation::Replace,
        b"increment" => Operation::Increment,
        _ => return Err(unexpected(line.bytes[0])),
    };
    if first.value.form != ":" {
        return Err(unexpected(line.bytes[0]));
    }
    let name = &first.value.text;
    if rules.is_strict {
        let places = &line.bytes[line.bytes.len() - name.len()..];
        described(places).map_err(|failure| match places {
            [] => missing(line.end),
            _ => failure,
        })?;
    }
    let values = lines.iter().map(|line| {
        let value = attribute(line, rules)?;
        if value.name() == name.to_ascii_lowercase() {
            Ok(value)
        } else {
            Err(unexpected(line.bytes[0]))
        }
    });
    Ok(SeenModification {
        offset: first.offset,
        line: first.line,
        operation,
        description: name.split(|&byte| byte == b';').map(<[u8]>::to_vec).collect(),
        values: values.collect(),
    })
}

fn rename(lines: &[Line], end: usize, rules: Rules) -> SeenRename {
    let part = |at: usize, name: &[u8]| {
        let line = lines.get(at).ok_or(missing(end))?;
        let attribute = attribute(line, rules)?;
        match attribute.name() == name {
            true => Ok(attribute.value),
            false => Err(unexpected(line.bytes[0])),
        }
    };
    let all = || {
        let new_rdn = part(0, b"newrdn")?;
        let deletes = part(1, b"deleteoldrdn")?;
        let new_superior = match lines.get(2) {
            Some(_) => Some(part(2, b"newsuperior")?),
            None => None,
        };
        match lines.get(3) {
            Some(line) => Err(unexpected(line.bytes[0])),
            None => Ok((new_rdn, deletes, new_superior)),
        }
    };
    // "deleteoldrdn:" FILL ("0" / "1")
    let deletes_old_rdn = all().and_then(|(_, value, _)| {
        if value.form != ":" {
            return Err(missing(value.offset));
        }
        let places = &lines[1].bytes[lines[1].bytes.len() - value.text.len()..];
        match places {
            [(b'0', _)] => Ok(false),
            [(b'1', _)] => Ok(true),
            [] => Err(missing(value.offset)),
            [(b'0' | b'1', _), second, ..] => Err(unexpected(*second)),
            [first, ..] => Err(unexpected(*first)),
        }
    });
    SeenRename {
        new_rdn: all().map(|(new_rdn, ..)| new_rdn),
        deletes_old_rdn,
        new_superior: all().map(|(.., new_superior)| new_superior),
    }
}

/// What ldapsearch prints besides entries.
const TRAILERS: [&[u8]; 10] = [
    b"search",
    b"result",
    b"ref",
    b"matchedDN",
    b"text",
    b"control",
    b"pagedresults",
    b"extended",
    b"oid",
    b"data",
];
