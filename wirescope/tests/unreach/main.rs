//! `wirescope unreach` as its user meets it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod cli;
mod diagnosis;
mod report;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A capture of the repository.
fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../captures").join(name)
}

fn unreach() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.arg("unreach").env("TZ", "UTC").env_remove("LC_ALL").env_remove("LC_CTYPE");
    command.env("LANG", "C").stdin(Stdio::null());
    command
}

#[track_caller]
fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}
