//! Fails unless the proof names every public function of the crates that it is about.
//!
//! The crates are the path dependencies of the proof, their public functions what rustdoc's JSON
//! lists: free functions, methods, provided methods of traits, and the methods of trait impls that
//! are written by hand. The sources of the proof name a function by its full path;
//! `not-proven.txt` has the exceptions.

mod cargo;
mod docs;

use std::{collections::BTreeSet, error::Error, fs, path::Path, process::ExitCode};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let problems = check().unwrap_or_else(|error| vec![error.to_string()]);
    for problem in &problems {
        eprintln!("surface: {problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints how many functions are proven, or returns what is wrong.
fn check() -> Result<Vec<String>> {
    let proof = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no parent directory")?;
    let mut problems = Vec::new();
    let mut public = BTreeSet::new();
    for krate in cargo::path_dependencies(proof)? {
        let name = &krate.name;
        if !krate.overflow_checks {
            problems.push(format!("without overflow checks in Cargo.toml: {name}"));
        }
        let functions = docs::functions(&cargo::rustdoc(proof, &krate)?)?;
        if functions.is_empty() {
            problems.push(format!("no public function is listed: {name}"));
        }
        public.extend(functions);
    }

    let code = code(&proof.join("src"))?;
    let (proven, unproven): (BTreeSet<_>, BTreeSet<_>) =
        public.into_iter().partition(|function| names(&code, function));
    let excluded = excluded(&fs::read_to_string(proof.join("not-proven.txt"))?)?;
    for function in unproven.difference(&excluded) {
        problems.push(format!("neither called nor in not-proven.txt: {function}"));
    }
    for function in excluded.difference(&unproven) {
        let why = if proven.contains(function) { "called" } else { "not public" };
        problems.push(format!("in not-proven.txt, but {why}: {function}"));
    }

    if problems.is_empty() {
        println!("{} public functions ({} more are not proven)", proven.len(), excluded.len());
    }
    Ok(problems)
}

/// Returns the sources below `directory` without their comments.
fn code(directory: &Path) -> Result<String> {
    let mut code = String::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            code.push_str(&self::code(&path)?);
            continue;
        }
        for line in fs::read_to_string(path)?.lines() {
            code.push_str(line.split_once("//").map_or(line, |(code, _)| code));
            code.push('\n');
        }
    }
    Ok(code)
}

/// Returns whether `code` contains `function` as a whole path, and not as the start of another.
fn names(code: &str, function: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    code.split(function)
        .zip(code.split(function).skip(1))
        .any(|(before, after)| !before.ends_with(in_word) && !after.starts_with(in_word))
}

/// Reads lines of the form `function: reason`.
fn excluded(text: &str) -> Result<BTreeSet<String>> {
    text.lines()
        .map(|line| match line.split_once(": ") {
            Some((function, _)) => Ok(function.to_owned()),
            None => Err(format!("in not-proven.txt without a reason: {line}").into()),
        })
        .collect()
}
