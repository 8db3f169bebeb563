//! The file with the password.

use nix::fcntl::OFlag;
use std::{
    fs::OpenOptions,
    io::{self, Read},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// Reads a password, without an end of line behind it.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let about = |what: &str| format!("{}: {what}", path.to_string_lossy().escape_debug());
    let password = read_private(path).map_err(|error| about(&error.to_string()))?;
    let password = password.strip_suffix(b"\n").unwrap_or(&password);
    let password = password.strip_suffix(b"\r").unwrap_or(password);
    match password {
        // With an empty one the server takes us for nobody, and says that all is well (RFC 4513
        // §5.1.2).
        [] => Err(about("no password")),
        [.., _] if password.len() > MAX_LEN => Err(about("too long for a password")),
        [.., _] => Ok(password.into()),
    }
}

fn read_private(path: &Path) -> io::Result<Vec<u8>> {
    // A FIFO would be waited for, however long.
    let file = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a file"));
    }
    if metadata.permissions().mode() & FORBIDDEN != 0 {
        return Err(io::Error::other("others can read or change it: chmod o= and g-w"));
    }
    let mut password = Vec::new();
    file.take(0x1000).read_to_end(&mut password)?;
    Ok(password)
}

/// All that others may do, and changing by the group.
const FORBIDDEN: u32 = 0o027;

/// What any pipe holds without a reader.
const MAX_LEN: usize = 512;
