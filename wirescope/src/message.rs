//! What the command has to say besides its output.

use std::{
    io::{self, Write},
    path::Path,
};

/// Tells what is wrong with a file; its name cannot steer a terminal.
pub(crate) fn complain(file: &Path, what: &str) {
    if file.as_os_str() == "-" {
        tell(&format!("standard input: {what}"));
    } else {
        tell(&format!("{}: {what}", file.to_string_lossy().escape_debug()));
    }
}

/// Writes a line to standard error, if anybody still listens there.
pub(crate) fn tell(what: &str) {
    writeln!(io::stderr(), "wirescope: {what}").ok();
}
