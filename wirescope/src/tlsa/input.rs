//! Files that are held as a whole.

use super::Stop;
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

/// The most that is read: three times what a chain has at the most in base64.
const MAX_LEN: u64 = 0x40_0000;
