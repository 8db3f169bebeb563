//! Files that are held as a whole, and what is PEM in them.

use super::Stop;
use pem::Pem;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Reads a file, or standard input for `-`.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(MAX_LEN.saturating_add(1)).read_to_end(&mut bytes)
    } else {
        File::open(file)
            .and_then(|file| file.take(MAX_LEN.saturating_add(1)).read_to_end(&mut bytes))
    };
    match read {
        Err(error) => Err(Stop::input(file, error)),
        Ok(len) if u64::try_from(len).is_ok_and(|len| len <= MAX_LEN) => Ok(bytes),
        Ok(_) => Err(Stop::input(file, format!("more than {MAX_LEN} bytes"))),
    }
}

/// Returns the blocks of PEM among other text, `None` if there are none.
///
/// They begin on lines of their own (RFC 7468 §3). A name in a certificate may hold another one, and
/// names are printed within lines.
///
/// What is wrong with one is told without any of it: it may be a private key.
pub(super) fn blocks(text: &[u8]) -> Result<Option<Vec<Pem>>, &'static str> {
    let begun = text.windows(BEGIN.len()).filter(|window| *window == BEGIN).count();
    if begun == 0 {
        return Ok(None);
    }
    if text.split(|byte| *byte == b'\n').filter(|line| begins(line)).count() != begun {
        return Err("PEM begins within a line");
    }
    match pem::parse_many(text) {
        // The crate passes over a block that does not end.
        Ok(blocks) if blocks.len() == begun => Ok(Some(blocks)),
        _ => Err("a block of PEM is damaged, or has no end"),
    }
}

fn begins(line: &[u8]) -> bool {
    let label = line.trim_ascii().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(b"-----"));
    label.is_some_and(|label| !label.windows(5).any(|window| window == b"-----"))
}

/// What a label of a certificate ends with, that of OpenSSL's trusted ones included, which is an error
/// later on and not a gap in a chain.
pub(super) const CERTIFICATE: &str = "CERTIFICATE";

const BEGIN: &[u8] = b"-----BEGIN ";

/// The most that is read: three times what a chain has at the most in base64.
const MAX_LEN: u64 = 0x40_0000;
