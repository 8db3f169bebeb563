//! What good input says, and what the bugs of others have taught.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod authorize;
mod build;
mod change;
mod escape;
mod key;
mod peers;
mod records;
mod security;

use ldif_keys::{Attributes, Body, Records, Rules};

/// A key of `ssh-keygen -t ed25519`, in base64.
const ED25519: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw";

/// The attributes of the first record, by lenient rules: names and values, or what is wrong.
fn attributes(ldif: impl AsRef<[u8]>) -> Vec<Result<(String, String), String>> {
    let record = Records::new(ldif.as_ref(), Rules::LENIENT).next().unwrap().unwrap();
    match record.body() {
        Body::Content(it) | Body::Add(it) | Body::WithoutDn(it) | Body::Trailer(it) => read(it),
        other => panic!("{other:?}"),
    }
}

fn read(attributes: Attributes<'_>) -> Vec<Result<(String, String), String>> {
    attributes
        .map(|attribute| {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let name = attribute.description().as_text().to_string();
            let value = attribute.value().to_cow().map_err(|error| error.to_string())?;
            Ok((name, value.escape_ascii().to_string()))
        })
        .collect()
}

/// What the record says about each line behind `dn: dc=example`.
fn behind_dn(lines: &str) -> Vec<Result<(String, String), String>> {
    attributes(format!("dn: dc=example\n{lines}"))
}

fn ok(name: &str, value: &str) -> Result<(String, String), String> {
    Ok((name.into(), value.into()))
}

fn err(text: &str) -> Result<(String, String), String> {
    Err(text.into())
}
