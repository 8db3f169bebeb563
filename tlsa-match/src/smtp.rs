use crate::Dnssec;
use core::iter::FusedIterator;

/// The names that a mail server's certificate may be for, where a match of DANE-TA owes
/// [`Names`](crate::Debt::Names) (RFC 7672 §3.2.2).
///
/// ```
/// use tlsa_match::{Dnssec, Mx, SmtpReferences};
///
/// let mx = Mx { dnssec: Dnssec::Secure, next_hop: "example.com", expansion: None };
/// let references = SmtpReferences { base: "mail.example.net", mx: Some(mx) };
/// assert!(references.names().eq(["mail.example.net", "example.com"]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SmtpReferences<'a> {
    /// The TLSA base domain: the name of the server at which its records were found.
    pub base: &'a str,
    /// How that name was found, `None` if not by an MX lookup.
    pub mx: Option<Mx<'a>>,
}

/// An MX lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mx<'a> {
    /// What DNSSEC says of its answer. Unless it is secure it gives no names: anyone could have sent
    /// the mail to another server.
    pub dnssec: Dnssec,
    /// The domain that was asked for.
    pub next_hop: &'a str,
    /// What that is an alias of, all the way, if it is one.
    pub expansion: Option<&'a str>,
}

impl<'a> SmtpReferences<'a> {
    /// Returns the names, each once, without a dot behind them.
    #[must_use]
    pub fn names(&self) -> SmtpNames<'a> {
        let mx = self.mx.filter(|mx| mx.dnssec == Dnssec::Secure);
        let next_hop = mx.map(|mx| mx.next_hop).filter(|name| !is_same(name, self.base));
        let expansion = mx.and_then(|mx| mx.expansion).filter(|name| {
            !is_same(name, self.base) && next_hop.is_none_or(|next_hop| !is_same(name, next_hop))
        });
        SmtpNames { base: Some(self.base), next_hop, expansion }
    }
}

/// The names of [`SmtpReferences`].
#[derive(Clone, Debug)]
pub struct SmtpNames<'a> {
    base: Option<&'a str>,
    next_hop: Option<&'a str>,
    expansion: Option<&'a str>,
}

impl<'a> Iterator for SmtpNames<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let name = self.base.take().or_else(|| self.next_hop.take());
        name.or_else(|| self.expansion.take()).map(without_dot)
    }
}

impl FusedIterator for SmtpNames<'_> {}

/// Compares names, with or without a dot behind them.
fn is_same(name: &str, other: &str) -> bool {
    without_dot(name).eq_ignore_ascii_case(without_dot(other))
}

fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}
