//! Who has issued a certificate.

use rustls_pki_types::CertificateDer;
use tlsa_match::Certificate;
use webpki::EndEntityCert;

/// Returns whether a root has the name of the issuer, which is also so if that cannot be told.
pub(super) fn may_have_issued(root: &Certificate<'_>, certificate: &Certificate<'_>) -> bool {
    let [root, certificate] =
        [root, certificate].map(|certificate| CertificateDer::from(certificate.as_bytes()));
    match (webpki::anchor_from_trusted_cert(&root), EndEntityCert::try_from(&certificate)) {
        (Ok(root), Ok(certificate)) => root.subject.as_ref() == certificate.issuer(),
        _ => true,
    }
}
