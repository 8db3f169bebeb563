//! The certificates that a server sends.

use super::{Stop, input};
use std::path::Path;
use tlsa_match::Certificate;

/// The certificates of a file in DER, the end entity's first.
#[derive(Debug)]
pub(super) struct Chain {
    certificates: Vec<Vec<u8>>,
    /// How many certificates the text around them tells of, as `openssl s_client` prints it.
    told: usize,
}

impl Chain {
    /// Reads a file of PEM, with whatever stands around it, or of one certificate in DER.
    pub(super) fn read(file: &Path) -> Result<Self, Stop> {
        let bytes = input::read(file)?;
        if bytes.is_empty() {
            return Err(Stop::input(file, "empty"));
        }
        let Err(damage) = Certificate::parse(&bytes) else {
            return Ok(Self { certificates: vec![bytes], told: 1 });
        };
        let Some(blocks) = input::blocks(&bytes).map_err(|what| Stop::input(file, what))? else {
            return Err(Stop::input(file, format!("no PEM, and no certificate in DER: {damage}")));
        };
        if blocks.iter().any(|block| block.tag() == "PKCS7") {
            return Err(Stop::input(file, "PKCS #7: openssl pkcs7 -print_certs takes it apart"));
        }
        let certificates: Vec<Vec<u8>> = blocks
            .into_iter()
            .filter(|block| block.tag().ends_with(input::CERTIFICATE))
            .map(pem::Pem::into_contents)
            .collect();
        if certificates.is_empty() {
            return Err(Stop::input(file, "no certificate in this PEM"));
        }
        let told = bytes.split(|byte| *byte == b'\n').filter(|line| is_told(line)).count();
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

/// Returns whether a line of `openssl s_client` tells of a certificate: ` 0 s:CN = www.example.com`.
fn is_told(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(b" s:"))
}
