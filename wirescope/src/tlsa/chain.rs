//! The certificates that a server sends.

use super::{Stop, input};
use std::path::Path;
use tlsa_match::Certificate;

/// The certificates of a file in DER, the end entity's first.
#[derive(Debug)]
pub(super) struct Chain(Vec<Vec<u8>>);

impl Chain {
    /// Reads a file of PEM, with whatever stands around it, or of one certificate in DER.
    pub(super) fn read(file: &Path) -> Result<Self, Stop> {
        let bytes = input::read(file)?;
        let Err(damage) = Certificate::parse(&bytes) else { return Ok(Self(vec![bytes])) };
        let Some(blocks) = input::blocks(&bytes).map_err(|what| Stop::input(file, what))? else {
            return Err(Stop::input(file, format!("no PEM, and no DER: {damage}")));
        };
        let certificates: Vec<Vec<u8>> = blocks
            .into_iter()
            .filter(|block| block.tag().ends_with(input::CERTIFICATE))
            .map(pem::Pem::into_contents)
            .collect();
        if certificates.is_empty() {
            return Err(Stop::input(file, "no certificate in this PEM"));
        }
        Ok(Self(certificates))
    }

    /// Returns views of the certificates.
    pub(super) fn certificates(&self) -> Result<Vec<Certificate<'_>>, String> {
        (1_usize..)
            .zip(&self.0)
            .map(|(number, der)| {
                Certificate::parse(der).map_err(|error| format!("certificate {number}: {error}"))
            })
            .collect()
    }
}
