//! What cargo knows about the proof and its crates.

use crate::Result;
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// Where cargo works for this program, inside the directory of the proof.
const TARGET: &str = "target/surface";

/// A crate that the proof is about.
pub struct Crate {
    pub name: String,
    pub overflow_checks: bool,
    package: String,
}

/// Returns the path dependencies of the proof, as they are built for it.
pub fn path_dependencies(proof: &Path) -> Result<Vec<Crate>> {
    let arguments = ["build", "--profile=proof", "--unit-graph", "-Zunstable-options"];
    let graph: Value = serde_json::from_str(&cargo(proof, ".", &arguments)?)?;
    let units = graph["units"].as_array().ok_or("cargo's unit graph has no units")?;
    let library = |unit: &&Value| unit["target"]["kind"][0] == "lib";
    let by_path = |unit: &Value| {
        let package = unit["pkg_id"].as_str().filter(|package| package.starts_with("path+"))?;
        Some(Crate {
            name: unit["target"]["name"].as_str()?.to_owned(),
            overflow_checks: unit["profile"]["overflow_checks"].as_bool()?,
            package: package.to_owned(),
        })
    };
    Ok(units.iter().filter(library).filter_map(by_path).collect())
}

/// Returns rustdoc's JSON of a crate with all its features.
pub fn rustdoc(proof: &Path, krate: &Crate) -> Result<Value> {
    let arguments = [
        "rustdoc",
        "--all-features",
        "--package",
        &krate.package,
        "--",
        "-Zunstable-options",
        "--output-format=json",
        "--document-hidden-items",
    ];
    // In the workspace of the crates: only there can cargo choose their features.
    cargo(proof, "..", &arguments)?;
    let json = proof.join(TARGET).join("doc").join(&krate.name).with_extension("json");
    Ok(serde_json::from_str(&fs::read_to_string(json)?)?)
}

/// Runs cargo in `directory`, and returns what it prints.
fn cargo(proof: &Path, directory: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new("cargo")
        .args(["--quiet", "--locked"])
        .args(arguments)
        .current_dir(proof.join(directory))
        .env("CARGO_TARGET_DIR", proof.join(TARGET))
        // Both answers are unstable. This opens them on a stable toolchain.
        .env("RUSTC_BOOTSTRAP", "1")
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("`cargo {}` failed", arguments[0]).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
