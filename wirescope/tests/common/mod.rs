//! Runs the command.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A capture of the repository.
pub(crate) fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures").join(name)
}

pub(crate) fn unreach() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("unreach").env("TZ", "UTC").env_remove("LC_ALL").env_remove("LC_CTYPE");
    command.env("LANG", "C").stdin(Stdio::null());
    command
}

#[track_caller]
pub(crate) fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}
