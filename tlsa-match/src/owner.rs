use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::{Error, ErrorKind, Result};

/// The name at which a service has its TLSA records: `_443._tcp.www.example.com` (RFC 6698 §3).
///
/// Equal whatever the case of its letters (RFC 4343).
///
/// ```
/// use tlsa_match::{Owner, Transport};
///
/// let owner = Owner::new(25, Transport::Tcp, "mail.example.com")?;
/// assert_eq!(owner.to_string(), "_25._tcp.mail.example.com");
/// assert_eq!(Owner::parse("_25._TCP.Mail.example.com.")?, owner);
/// # Ok::<(), tlsa_match::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    port: u16,
    transport: Transport,
    base: &'a str,
}

/// The transport of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP: DTLS and QUIC.
    Udp,
    /// SCTP.
    Sctp,
}

impl<'a> Owner<'a> {
    /// Makes the owner for a service at a host, its TLSA base domain (RFC 7671 §7): the name behind
    /// its aliases first, then the name as it was given.
    ///
    /// The host is an absolute name with or without a dot behind it, other alphabets as A-labels.
    ///
    /// # Errors
    ///
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) for what is no letter, digit, hyphen or low
    ///   line.
    /// - [`Missing`](ErrorKind::Missing) for an empty label or name.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if a label has more than 63 bytes, or all of the
    ///   owner more than 253.
    pub fn new(port: u16, transport: Transport, base: &'a str) -> Result<Self> {
        Self { port, transport, base: host(base)? }.checked()
    }

    /// Reads an owner.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new), and for the first two labels
    ///
    /// - [`UnexpectedByte`](ErrorKind::UnexpectedByte) where they are not `_PORT` without leading
    ///   zeros, and a known transport.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) for a port over 65535.
    /// - [`Truncated`](ErrorKind::Truncated) if they are not whole.
    pub fn parse(text: &'a str) -> Result<Self> {
        let offset = |rest: &str| text.len().saturating_sub(rest.len());
        let (port, rest) = port(text)?;
        let (transport, base) = transport(rest).map_err(|error| error.nested_at(offset(rest)))?;
        let host = host(base).map_err(|error| error.nested_at(offset(base)))?;
        Self { port, transport, base: host }.checked()
    }

    /// Returns the port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Returns the transport.
    #[must_use]
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// Returns the host, without a dot behind it.
    #[must_use]
    pub const fn base(&self) -> &'a str {
        self.base
    }

    fn checked(self) -> Result<Self> {
        let digits: usize = match self.port {
            0..=9 => 1,
            10..=99 => 2,
            100..=999 => 3,
            1000..=9999 => 4,
            10000.. => 5,
        };
        // Two low lines and two dots are the same for all.
        let found = digits
            .saturating_add(self.transport.name().len())
            .saturating_add(self.base.len())
            .saturating_add(4);
        // RFC 1035 §3.1: 255 with the length of the first label and that of the root.
        if found > 253 {
            return Err(ErrorKind::InvalidLength { found }.at("owner name", 0));
        }
        Ok(self)
    }
}

impl Transport {
    /// Returns its name, as in the second label without the low line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }
}

impl PartialEq for Owner<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.port, self.transport) == (other.port, other.transport)
            && self.base.eq_ignore_ascii_case(other.base)
    }
}

impl Eq for Owner<'_> {}

impl Hash for Owner<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.port, self.transport).hash(state);
        self.base.bytes().for_each(|byte| byte.to_ascii_lowercase().hash(state));
    }
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "_{}._{}.{}", self.port, self.transport, self.base)
    }
}

impl fmt::Debug for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Owner({self})")
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads `_443.`, and returns what follows.
fn port(text: &str) -> Result<(u16, &str)> {
    const CONTEXT: &str = "port label";
    let digits = text.strip_prefix('_').ok_or_else(|| unexpected(text, 0, CONTEXT))?;
    let (label, rest) = split_label(digits);
    let has_leading_zero = label.len() > 1 && label.starts_with('0');
    let is_wrong = |byte: u8| !byte.is_ascii_digit();
    let wrong = if has_leading_zero { Some(0) } else { label.bytes().position(is_wrong) };
    // An empty label, too, is wrong where the first digit should be.
    let wrong = wrong.or(label.is_empty().then_some(0));
    if let Some(at) = wrong {
        return Err(unexpected(text, at.saturating_add(1), CONTEXT));
    }
    let number = label.bytes().fold(0_u64, |number, digit| {
        number.saturating_mul(10).saturating_add((digit & 0x0f).into())
    });
    let Ok(port) = u16::try_from(number) else {
        return Err(ErrorKind::InvalidValue { found: number }.at(CONTEXT, 1));
    };
    match rest {
        Some(rest) => Ok((port, rest)),
        None => Err(unexpected(text, text.len(), CONTEXT)),
    }
}

/// Reads `_tcp.`, and returns what follows.
fn transport(text: &str) -> Result<(Transport, &str)> {
    const CONTEXT: &str = "transport label";
    let (label, rest) = split_label(text);
    let transports = [Transport::Tcp, Transport::Udp, Transport::Sctp];
    let named = label.strip_prefix('_').and_then(|name| {
        transports.into_iter().find(|transport| transport.name().eq_ignore_ascii_case(name))
    });
    match (named, rest) {
        (Some(transport), Some(rest)) => Ok((transport, rest)),
        (Some(_), None) => Err(unexpected(text, text.len(), CONTEXT)),
        (None, _) => Err(unexpected(text, 0, CONTEXT)),
    }
}

/// Demands a host name, and returns it without the dot behind it.
fn host(name: &str) -> Result<&str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let mut offset = 0_usize;
    for label in name.as_bytes().split(|byte| *byte == b'.') {
        let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if let Some(at) = label.iter().position(|byte| !is_allowed(byte)) {
            return Err(unexpected(name, offset.saturating_add(at), "host name"));
        }
        match label.len() {
            0 => return Err(ErrorKind::Missing.at("label of a host name", offset)),
            1..=63 => {}
            found => {
                let kind = ErrorKind::InvalidLength { found };
                return Err(kind.at("label of a host name", offset));
            }
        }
        offset = offset.saturating_add(label.len()).saturating_add(1);
    }
    Ok(name)
}

/// Splits at the first dot, if there is one.
fn split_label(text: &str) -> (&str, Option<&str>) {
    match text.split_once('.') {
        Some((label, rest)) => (label, Some(rest)),
        None => (text, None),
    }
}

#[cold]
fn unexpected(text: &str, offset: usize, context: &'static str) -> Error {
    let kind = match text.as_bytes().get(offset) {
        Some(&found) => ErrorKind::UnexpectedByte { found },
        None => ErrorKind::Truncated { needed: 1, available: 0 },
    };
    kind.at(context, offset)
}
