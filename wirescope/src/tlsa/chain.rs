//! The certificates that a server sends.

use super::{
    Stop,
    blocks::{self, Blocks},
    input,
};
use std::path::Path;
use tlsa_match::Certificate;

/// The certificates of a file in DER, the end entity's first.
#[derive(Debug)]
pub(super) struct Chain {
    certificates: Vec<Vec<u8>>,
    /// How many certificates the text around them tells of.
    told: usize,
}

impl Chain {
    /// Reads a file of PEM, what `openssl s_client` prints, or one certificate in DER.
    pub(super) fn read(file: &Path) -> Result<Self, Stop> {
        Self::read_by(file, Blocks::read)
    }

    /// Reads a file of trusted roots, which may have any text around its PEM.
    pub(super) fn roots(file: &Path) -> Result<Self, Stop> {
        Self::read_by(file, Blocks::trusted)
    }

    fn read_by(
        file: &Path,
        blocks: fn(&[u8]) -> Result<Option<Blocks>, String>,
    ) -> Result<Self, Stop> {
        let bytes = input::read(file)?;
        if bytes.is_empty() {
            return Err(Stop::input(file, "empty"));
        }
        let Err(damage) = Certificate::parse(&bytes) else {
            return Ok(Self { certificates: vec![bytes], told: 1 });
        };
        let read = blocks(&bytes).map_err(|what| Stop::input(file, what))?;
        let Some(Blocks { blocks, told }) = read else {
            return Err(Stop::input(file, format!("no PEM, and no certificate in DER: {damage}")));
        };
        if blocks.iter().any(|block| block.tag() == "PKCS7") {
            return Err(Stop::input(file, "PKCS #7: openssl pkcs7 -print_certs takes it apart"));
        }
        let certificates: Vec<Vec<u8>> = blocks
            .into_iter()
            .filter(|block| block.tag().ends_with(blocks::CERTIFICATE))
            .map(pem::Pem::into_contents)
            .collect();
        if certificates.is_empty() {
            return Err(Stop::input(file, "no certificate in this PEM"));
        }
        Ok(Self { certificates, told })
    }

    /// Returns whether there should be more certificates.
    pub(super) fn is_partial(&self) -> bool {
        self.told > self.certificates.len()
    }

    /// Returns views of the certificates.
    pub(super) fn certificates(&self) -> Result<Vec<Certificate<'_>>, String> {
        (1_usize..)
            .zip(&self.certificates)
            .map(|(number, der)| {
                Certificate::parse(der).map_err(|error| format!("certificate {number}: {error}"))
            })
            .collect()
    }
}
