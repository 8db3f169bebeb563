//! What becomes of options in front of a key.

use clap::builder::PossibleValuesParser;
use ldif_keys::{KeyOption, Policy, Prefix, Refusal};

/// What to do with options in front of a key; without any of these the key is refused.
#[derive(Debug, clap::Args)]
pub(super) struct OptionsPolicy {
    /// Leave out options; a key with one that restricts it is refused
    #[arg(long, conflicts_with_all = ["allow_options", "force_options"])]
    strip_options: bool,

    /// Keep options if all are among these; else the key is refused
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "force_options")]
    #[arg(value_parser = PossibleValuesParser::new(KeyOption::names()), ignore_case = true)]
    allow_options: Vec<String>,

    /// Give each key these options, in place of what it has; a key with one that restricts it is
    /// refused
    #[arg(long, value_name = "OPTIONS", value_parser = prefix)]
    force_options: Option<Prefix<'static>>,

    /// Leave out options that restrict a key, too, for those of --force-options
    #[arg(long, requires = "force_options")]
    drop_restrictions: bool,
}

impl OptionsPolicy {
    /// Returns the options that are allowed.
    pub(super) fn allowed(&self) -> Vec<&str> {
        self.allow_options.iter().map(String::as_str).collect()
    }

    pub(super) fn policy<'a>(&self, allowed: &'a [&'a str]) -> Policy<'a> {
        match self.force_options {
            Some(prefix) if self.drop_restrictions => Policy::Replace(prefix),
            Some(prefix) => Policy::Force(prefix),
            None if self.strip_options => Policy::Strip,
            None if !allowed.is_empty() => Policy::Allow(allowed),
            None => Policy::Refuse,
        }
    }
}

/// Takes the options of an argument, of which there is one for as long as the program runs.
fn prefix(options: &str) -> Result<Prefix<'static>, Refusal> {
    Prefix::parse(options.to_owned().leak())
}
