//! What becomes of options in front of a key.

use ldif_keys::{Policy, Prefix};

/// What to do with options in front of a key; without any of these the key is refused.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub(super) struct OptionsPolicy {
    /// Leave out options; a key with one that restricts it is refused
    #[arg(long)]
    strip_options: bool,

    /// Keep options if all are among these; else the key is refused
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    allow_options: Vec<String>,

    /// Give each key these options, in place of what it has
    #[arg(long, value_name = "OPTIONS")]
    force_options: Option<String>,
}

impl OptionsPolicy {
    /// Returns the options that are allowed.
    pub(super) fn allowed(&self) -> Vec<&str> {
        self.allow_options.iter().map(String::as_str).collect()
    }

    pub(super) fn policy<'a>(&'a self, allowed: &'a [&'a str]) -> Result<Policy<'a>, String> {
        match &self.force_options {
            Some(options) => Prefix::parse(options)
                .map(Policy::Replace)
                .map_err(|refusal| format!("--force-options: {refusal}")),
            None if self.strip_options => Ok(Policy::Strip),
            None if !allowed.is_empty() => Ok(Policy::Allow(allowed)),
            None => Ok(Policy::Refuse),
        }
    }
}
