//! A second reader of keys and options, written from OpenSSH 10.5: `sshkey_read` and
//! `sshkey_from_blob_internal` in sshkey.c, `sshauthopt_parse` in auth-options.c.

use super::Refused;
use crate::ldif::base64;
use ldif_keys::{Policy, Reason};

/// A key, as either reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenKey {
    /// Its type.
    pub name: &'static str,
    /// Its size.
    pub bits: u32,
    /// Its bytes.
    pub blob: Vec<u8>,
    /// What is behind it.
    pub comment: Vec<u8>,
    /// Whether something is in front of it.
    pub has_options: bool,
}

/// A key for tests.
pub const ED25519: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw";

/// The types, and what is behind their names in a key.
const TYPES: [(&str, &str); 8] = [
    ("ssh-ed25519", "32"),
    ("sk-ssh-ed25519@openssh.com", "32 application"),
    ("ecdsa-sha2-nistp256", "nistp256"),
    ("ecdsa-sha2-nistp384", "nistp384"),
    ("ecdsa-sha2-nistp521", "nistp521"),
    ("sk-ecdsa-sha2-nistp256@openssh.com", "nistp256 application"),
    ("ssh-rsa", "e n"),
    ("ssh-mldsa44-ed25519@openssh.com", "1344"),
];

/// The options that sshd knows.
pub const NAMES: [&str; 24] = [
    "restrict",
    "cert-authority",
    "port-forwarding",
    "no-port-forwarding",
    "agent-forwarding",
    "no-agent-forwarding",
    "x11-forwarding",
    "no-x11-forwarding",
    "touch-required",
    "no-touch-required",
    "verify-required",
    "no-verify-required",
    "pty",
    "no-pty",
    "user-rc",
    "no-user-rc",
    "command",
    "principals",
    "from",
    "expiry-time",
    "environment",
    "permitopen",
    "permitlisten",
    "tunnel",
];

/// Those whose loss gives nobody more rights.
const HARMLESS: [&str; 8] = [
    "port-forwarding",
    "agent-forwarding",
    "x11-forwarding",
    "no-touch-required",
    "no-verify-required",
    "pty",
    "user-rc",
    "environment",
];

/// A value taken apart: where the options end, and the key.
struct Parts {
    options: (usize, usize),
    key: SeenKey,
}

/// Reads a value.
///
/// # Errors
///
/// Why it is no key, and where.
pub fn key(value: &[u8]) -> Result<SeenKey, Refused> {
    parts(value).map(|parts| parts.key)
}

fn parts(value: &[u8]) -> Result<Parts, Refused> {
    if value.first() == Some(&0) {
        let key = blob(value, None, |index| index)?;
        return Ok(Parts { options: (0, 0), key });
    }
    let is_blank = |at: usize| value[at] == b' ' || value[at] == b'\t';
    let mut end = value.len();
    while end > 0 && b" \t\r\n".contains(&value[end - 1]) {
        end -= 1;
    }
    let mut start = 0;
    while start < end && b" \t\r\n".contains(&value[start]) {
        start += 1;
    }
    for (at, byte) in value[..end].iter().enumerate().skip(start) {
        match byte {
            0 => return Err((Reason::Nul, at)),
            b'\n' | b'\r' => return Err((Reason::SeveralLines, at)),
            _ => {}
        }
    }
    match &value[start..end] {
        [] => return Err((Reason::Empty, 0)),
        [b'#', ..] => return Err((Reason::Comment, start)),
        [b'-', b'-', b'-', b'-', ..] => return Err((Reason::Armor, start)),
        _ => {}
    }
    let word = |from: usize| (from..end).find(|&at| is_blank(at)).unwrap_or(end);
    let skip = |from: usize| (from..end).find(|&at| !is_blank(at)).unwrap_or(end);
    let named = |from: usize| {
        TYPES.iter().map(|it| it.0).find(|name| name.as_bytes() == &value[from..word(from)])
    };
    let read = |name: Option<&'static str>, from: usize| -> Result<SeenKey, Refused> {
        let text = &value[from..word(from)];
        let bytes = decode(text).map_err(|at| (Reason::Base64, from + at))?;
        let mut key = blob(&bytes, name, |index| from + index * 8 / 6)?;
        key.comment = value[skip(word(from))..end].to_vec();
        Ok(key)
    };
    let behind_name = |from: usize| match skip(word(from)) {
        at if at == end => Err((Reason::Missing, end)),
        at => Ok(at),
    };
    if let Some(name) = named(start) {
        let key = read(Some(name), behind_name(start)?)?;
        return Ok(Parts { options: (start, start), key });
    }
    if value[start..end].starts_with(b"AAAA") {
        return Ok(Parts { options: (start, start), key: read(None, start)? });
    }
    // sshkey_advance_past_options
    let (mut at, mut quote) = (start, None);
    while at < end && (quote.is_some() || !is_blank(at)) {
        match (value[at], value.get(at + 1).filter(|_| at + 1 < end)) {
            (b'\\', Some(b'"')) => at += 1,
            (b'"', _) if quote.is_some() => quote = None,
            (b'"', _) => quote = Some(at),
            _ => {}
        }
        at += 1;
    }
    if let Some(quote) = quote {
        return Err((Reason::Quote, quote));
    }
    let (options, behind) = (at, skip(at));
    if let Some(name) = named(behind).filter(|_| behind < end) {
        let mut key = read(Some(name), behind_name(behind)?)?;
        key.has_options = true;
        return Ok(Parts { options: (start, options), key });
    }
    let are_options = self::options(&value[start..options], start).is_ok();
    Err((Reason::Algorithm, if are_options && behind < end { behind } else { start }))
}

/// Reads a value line by line.
#[must_use]
pub fn keys(value: &[u8]) -> Vec<Result<SeenKey, Refused>> {
    if value.first() == Some(&0) {
        return vec![key(value)];
    }
    let mut seen = Vec::new();
    let mut start = 0;
    for line in value.split(|&byte| byte == b'\n') {
        match key(line) {
            Err((Reason::Empty | Reason::Comment, _)) => {}
            read => seen.push(read.map_err(|(reason, at)| (reason, start + at))),
        }
        start += line.len() + 1;
    }
    if seen.is_empty() {
        seen.push(Err((Reason::Empty, 0)));
    }
    seen
}

/// Decodes base64 that has exactly the form that encoding gives; else says which character is wrong,
/// or the first if there are too few.
fn decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::new();
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let body = text.iter().position(|&byte| !is_in(byte)).unwrap_or(text.len());
    let padding = &text[body..];
    let wanted = match body % 4 {
        2 => 2,
        3 => 1,
        _ => 0,
    };
    let fits = padding.iter().take_while(|&&byte| byte == b'=').count().min(wanted);
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bits: Vec<bool> = text[..body]
        .iter()
        .flat_map(|&byte| (0..6).rev().map(move |bit| value(byte) >> bit & 1 == 1))
        .collect();
    let (whole, excess) = bits.split_at(bits.len() / 8 * 8);
    if fits > 0 && excess.contains(&true) {
        return Err(body - 1);
    }
    if fits < padding.len() {
        return Err(body + fits);
    }
    if fits != wanted || body % 4 == 1 {
        return Err(0);
    }
    for byte in whole.chunks(8) {
        bytes.push(byte.iter().fold(0, |value, &bit| value << 1 | u8::from(bit)));
    }
    Ok(bytes)
}

/// Reads the bytes of a key of this type, or of any.
fn blob(
    bytes: &[u8],
    name: Option<&'static str>,
    place: impl Fn(usize) -> usize,
) -> Result<SeenKey, Refused> {
    let err = |reason, index| (reason, place(index));
    let mut at = 0;
    // The start of the next string, and its end.
    let string = |at: &mut usize| {
        let start = *at;
        let Some(length) = bytes.get(start..start + 4) else {
            return Err(err(Reason::Truncated, start));
        };
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        if length > bytes.len() - start - 4 {
            return Err(err(Reason::Truncated, start));
        }
        *at = start + 4 + length;
        Ok(&bytes[start + 4..*at])
    };
    let found = string(&mut at)?;
    let Some((found, layout)) = TYPES.iter().find(|it| it.0.as_bytes() == found) else {
        return Err(err(if name.is_some() { Reason::NameMismatch } else { Reason::Algorithm }, 4));
    };
    if name.is_some_and(|name| name != *found) {
        return Err(err(Reason::NameMismatch, 4));
    }
    let mut bits = 256;
    for part in layout.split(' ') {
        let start = at;
        let field = string(&mut at)?;
        match part {
            "32" | "1344" if field.len().to_string() != part => {
                return Err(err(Reason::Length, start));
            }
            "32" | "1344" => {}
            "nistp256" | "nistp384" | "nistp521" => {
                if field != part.as_bytes() {
                    return Err(err(Reason::Curve, start));
                }
                bits = part[5..].parse().unwrap();
                let len = match bits {
                    256 => 65,
                    384 => 97,
                    _ => 133,
                };
                let start = at;
                let point = string(&mut at)?;
                if point.len() != len {
                    return Err(err(Reason::Length, start));
                }
                if point[0] != 4 {
                    return Err(err(Reason::Point, start + 4));
                }
            }
            "application" => {
                if let Some(nul) = field.iter().position(|&byte| byte == 0) {
                    return Err(err(Reason::Application, start + 4 + nul));
                }
            }
            _ => {
                if field.first().is_some_and(|byte| byte & 0x80 != 0) {
                    return Err(err(Reason::Negative, start + 4));
                }
                let allowed =
                    if field.first().is_some_and(|byte| *byte != 0) { 2048 } else { 2049 };
                if field.len() > allowed {
                    return Err(err(Reason::TooLarge, start));
                }
                if matches!(field, [0] | [0, 0..0x80, ..]) {
                    return Err(err(Reason::LeadingZero, start + 4));
                }
                let digits: String = field.iter().map(|byte| format!("{byte:08b}")).collect();
                bits = digits.trim_start_matches('0').len() as u32;
                if part == "n" && bits < 1024 {
                    return Err(err(Reason::Weak, start));
                }
            }
        }
    }
    if at < bytes.len() {
        return Err(err(Reason::TrailingData, at));
    }
    Ok(SeenKey { name: found, bits, blob: bytes.to_vec(), comment: vec![], has_options: false })
}

/// An option: its name, its value without quotes, and where it starts.
type SeenOption = (&'static str, Option<Vec<u8>>, usize);

/// Reads options that start at `base`.
fn options(text: &[u8], base: usize) -> Result<Vec<SeenOption>, Refused> {
    let mut seen: Vec<SeenOption> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b',' {
            at += 1;
            continue;
        }
        let start = base + at;
        let lower = text[at..].to_ascii_lowercase();
        let Some(name) = NAMES.into_iter().find(|name| lower.starts_with(name.as_bytes())) else {
            return Err((Reason::UnknownOption, start));
        };
        at += name.len();
        // The names from here on have values.
        let has_value = NAMES.iter().position(|it| *it == name) >= Some(16);
        let mut value = None;
        if has_value {
            if text.get(at..at + 2) != Some(b"=\"") {
                return Err((Reason::UnknownOption, start));
            }
            at += 2;
            let mut bytes = Vec::new();
            // opt_dequote
            while at < text.len() && text[at] != b'"' {
                if text[at] == b'\\' && text.get(at + 1) == Some(&b'"') {
                    at += 1;
                }
                bytes.push(text[at]);
                at += 1;
            }
            if at == text.len() {
                return Err((Reason::Quote, start));
            }
            at += 1;
            value = Some(bytes);
        }
        if at < text.len() && text[at] != b',' {
            return Err((Reason::UnknownOption, start));
        }
        let is_single = ["command", "principals", "from"].contains(&name);
        if is_single && seen.iter().any(|option| option.0 == name) {
            return Err((Reason::RepeatedOption, start));
        }
        seen.push((name, value, start));
    }
    Ok(seen)
}

/// Says whether options can be put in front of keys.
///
/// # Errors
///
/// Why not, and where.
pub fn prefix(text: &str) -> Result<(), Refused> {
    let bytes = text.as_bytes();
    if let Some(at) = bytes.iter().position(|byte| !matches!(byte, b' '..=b'~')) {
        return Err((Reason::OptionValue, at));
    }
    // In a line they would end at the first space that is not in quotes.
    let (mut at, mut quote) = (0, None);
    while at < bytes.len() {
        match bytes[at] {
            b' ' if quote.is_none() => return Err((Reason::Space, at)),
            b'\\' if bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if quote.is_some() => quote = None,
            b'"' => quote = Some(at),
            _ => {}
        }
        at += 1;
    }
    if let Some(at) = quote {
        return Err((Reason::Quote, at));
    }
    options(bytes, 0)?;
    if bytes.iter().all(|&byte| byte == b',') {
        return Err((Reason::NoOption, 0));
    }
    Ok(())
}

/// Makes the line for sshd of a value that is a key.
///
/// # Errors
///
/// Why there is to be none, and where.
pub fn line(value: &[u8], policy: Policy<'_>) -> Result<String, Refused> {
    let Parts { options: (start, end), key } = parts(value)?;
    let text = &value[start..end];
    let forced = || "restrict,command=\"a \\\"b\\\"\" ".to_owned();
    let front = match policy {
        Policy::Replace(_) => forced(),
        Policy::Force(_) if text.is_empty() => forced(),
        _ if text.is_empty() => String::new(),
        Policy::Refuse => return Err((Reason::Options, start)),
        Policy::Strip | Policy::Force(_) => {
            // The first that is wrong in any way, so one by one.
            for option in each(text, start) {
                let (name, _, at) = option?;
                if !HARMLESS.contains(&name) {
                    return Err((Reason::RestrictingOption, at));
                }
            }
            if matches!(policy, Policy::Force(_)) { forced() } else { String::new() }
        }
        Policy::Allow(list) => {
            let mut written = Vec::new();
            for option in each(text, start) {
                let (name, value, at) = option?;
                if !list.iter().any(|allowed| allowed.to_lowercase() == name) {
                    return Err((Reason::ForbiddenOption, at));
                }
                let value = value.unwrap_or_default();
                let Ok(value) = String::from_utf8(value) else {
                    return Err((Reason::OptionValue, at));
                };
                if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                    return Err((Reason::OptionValue, at));
                }
                let has_value = NAMES.iter().position(|it| *it == name) >= Some(16);
                let quoted = format!("=\"{}\"", value.replace('"', "\\\""));
                written.push(format!("{name}{}", if has_value { &quoted } else { "" }));
            }
            if written.is_empty() { String::new() } else { written.join(",") + " " }
        }
        _ => panic!("nobody told the oracle of {policy:?}"),
    };
    let blob = String::from_utf8(base64(&key.blob)).unwrap();
    let is_printable = key.comment.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let comment = match String::from_utf8(key.comment) {
        Ok(comment) if is_printable && !comment.is_empty() => format!(" {comment}"),
        _ => String::new(),
    };
    let line = format!("{front}{} {blob}{comment}", key.name);
    if line.len() > 8192 { Err((Reason::TooLong, 0)) } else { Ok(line) }
}

/// The options that can be read, and what is wrong with the next.
fn each(text: &[u8], base: usize) -> Vec<Result<SeenOption, Refused>> {
    let failure = match options(text, base) {
        Ok(all) => return all.into_iter().map(Ok).collect(),
        Err(failure) => failure,
    };
    // For the one that is wrong, where it starts is where it is refused.
    let whole = &text[..failure.1 - base];
    options(whole, base).unwrap().into_iter().map(Ok).chain([Err(failure)]).collect()
}
