//! Tests that need something from outside the repository: another program, or the corpus.
//!
//! Where it is absent such a test is reported as ignored, by name. With `WIRE_REQUIRE=1` in the
//! environment, as in continuous integration, absence is a failure.

use libtest_mimic::{Failed, Trial};
use std::{env, path::PathBuf, process::Command};

/// What a test needs.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// The folder of captures that `WIRE_CORPUS` names.
    Corpus,
    /// A program, and how the version begins that its `--version` has to print.
    Program(&'static str, &'static str),
    /// A program of any version, which need not know `--version`.
    Tool(&'static str),
    /// A command, and how a line begins that it has to print.
    Says(&'static [&'static str], &'static str),
}

impl Need {
    /// Says what is missing, if it is.
    fn missing(self) -> Option<String> {
        match self {
            Self::Corpus => corpus().is_none().then(|| "WIRE_CORPUS names no folder".into()),
            Self::Tool(name) => {
                let found = Command::new(name).arg("--version").output().is_ok();
                (!found).then(|| format!("{name} is not installed"))
            }
            Self::Program(name, wanted) => missing_program(name, &["--version"], wanted),
            Self::Says(command, wanted) => {
                let (name, args) = command.split_first()?;
                missing_program(name, args, wanted)
            }
        }
    }
}

fn missing_program(name: &str, args: &[&str], wanted: &str) -> Option<String> {
    let Ok(output) = Command::new(name).args(args).output() else {
        return Some(format!("{name} is not installed"));
    };
    let mut text = output.stdout;
    text.extend(output.stderr);
    let text = String::from_utf8_lossy(&text).into_owned();
    let is_wanted = text.lines().any(|line| line.starts_with(wanted));
    (!is_wanted).then(|| format!("{name} is not {wanted}, but {}", text.trim_end()))
}

/// Makes a test that runs if all its needs are met.
pub fn trial(
    name: impl Into<String>,
    needs: &[Need],
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let missing = needs.iter().find_map(|need| need.missing());
    let required = env::var_os("WIRE_REQUIRE").is_some_and(|value| value == "1");
    match missing {
        None => Trial::test(name, test),
        Some(missing) if required => Trial::test(name, move || Err(missing.into())),
        Some(missing) => Trial::test(name, test).with_kind(missing).with_ignored_flag(true),
    }
}

/// Returns the folder of captures that `WIRE_CORPUS` names.
#[must_use]
pub fn corpus() -> Option<PathBuf> {
    env::var_os("WIRE_CORPUS").map(PathBuf::from).filter(|path| path.is_dir())
}
