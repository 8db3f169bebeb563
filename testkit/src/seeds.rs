//! Boundary seeds: for each limit of a format, inputs on it and next to it, the invalid ones too.
//!
//! Mutation alone hardly ever meets two limits at once, such as a length that is one too large and
//! the bytes that make it look right. The seeds are those places, so that a fuzzer starts there.

// The library does without: the example that writes the seeds and the test that compares them
// include this file, each by its path, which is why the paths below have to be spelled out.
#[path = "seeds/icmp.rs"]
mod icmp;
#[path = "seeds/ldif.rs"]
mod ldif;
#[path = "seeds/netflow.rs"]
mod netflow;
#[path = "seeds/pflog.rs"]
mod pflog;
#[path = "seeds/ssh_key.rs"]
mod ssh_key;
#[path = "seeds/tlsa.rs"]
mod tlsa;

use std::collections::BTreeMap;

/// Inputs of one fuzz target by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seeds(pub BTreeMap<String, Vec<u8>>);

impl Seeds {
    fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let (name, bytes) = (name.into(), bytes.into());
        for (other, others) in &self.0 {
            assert!(*other != name && *others != bytes, "{name} is {other} again");
        }
        self.0.insert(name, bytes);
    }
}

/// Makes the seeds of all fuzz targets, which are named as the targets are.
#[must_use]
pub fn all() -> BTreeMap<&'static str, Seeds> {
    [
        ("certificate", tlsa::certificate()),
        ("icmp", icmp::bytes()),
        ("icmp_model", icmp::model()),
        ("ldif", ldif::bytes()),
        ("ldif_model", ldif::model()),
        ("netflow", netflow::bytes()),
        ("netflow_model", netflow::model()),
        ("pflog", pflog::bytes()),
        ("pflog_model", pflog::model()),
        ("ssh_key", ssh_key::values()),
        ("tlsa", tlsa::bytes()),
        ("tlsa_model", tlsa::model()),
    ]
    .into()
}
