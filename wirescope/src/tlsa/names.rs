//! Whom a certificate is for.

use rustls_pki_types::{CertificateDer, ServerName};
use tlsa_match::Certificate;
use webpki::{EndEntityCert, Error};

/// The names that a peer may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a>(pub(super) &'a [ServerName<'a>]);

impl Names<'_> {
    /// Returns whether the certificate is for one of them; `None` if that cannot be told.
    ///
    /// The subject is not looked at (RFC 9525 §2). Where there is no other name of a host, others do
    /// that still, so nothing can be told of a certificate without one.
    pub(super) fn has(self, certificate: &Certificate<'_>) -> Option<bool> {
        let der = CertificateDer::from(certificate.as_bytes());
        let certificate = EndEntityCert::try_from(&der).ok()?;
        let has_hosts = certificate.valid_dns_names().next().is_some();
        let is_host = |name: &ServerName<'_>| matches!(name, ServerName::DnsName(_));
        let mut found = None;
        for name in self.0 {
            match certificate.verify_is_valid_for_subject_name(name) {
                Ok(()) => return Some(true),
                Err(Error::CertNotValidForName(_)) if has_hosts || !is_host(name) => {
                    found = Some(false);
                }
                Err(_) => {}
            }
        }
        found
    }
}
