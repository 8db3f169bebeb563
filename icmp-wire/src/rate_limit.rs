mod grammar;

use core::fmt;
use wire_error::Result;

/// What a BSD kernel logs when it holds responses back:
/// `Limiting icmp unreach response from 296 to 200 packets/sec`.
///
/// FreeBSD logs it when the rate falls back under the limit (`net.inet.icmp.icmplim`, 200 unless
/// set), macOS up to 12 did too.
///
/// ```
/// use icmp_wire::{RateLimit, Response};
///
/// let line = b"Nov 22 04:05:06 host kernel: Limiting icmp unreach response from 296 to 200 packets/sec";
/// let limited = RateLimit::parse(line)?.expect("the line is about a limit");
/// assert_eq!(limited.response, Response::IcmpUnreach);
/// assert_eq!((limited.attempted, limited.limit), (296, 200));
/// # Ok::<(), icmp_wire::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    /// What would have been sent.
    pub response: Response,
    /// How many of them there would have been in about a second.
    pub attempted: u64,
    /// How many were allowed in a second.
    ///
    /// FreeBSD from 14.1 on adds a random number up to 16 either way, and not the one that it used.
    pub limit: u64,
}

/// The responses that a kernel holds back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Response {
    /// ICMP port unreachable, for datagrams to closed UDP ports.
    IcmpUnreach,
    /// ICMP echo reply.
    IcmpPing,
    /// ICMP timestamp reply.
    IcmpTimestamp,
    /// TCP reset, for segments to closed ports. Never seen as ICMP.
    ClosedPortRst,
    /// TCP reset, for segments to open ports that belong to no connection.
    OpenPortRst,
    /// ICMPv6 port unreachable.
    Icmp6Unreach,
    /// SCTP abort, for packets that belong to no association ("out of the blue").
    SctpOotb,
}

impl RateLimit {
    /// Reads one line of a log, with whatever precedes the kernel's words in it and white space behind
    /// them; `None` if the line is about something else, be it a response that no kernel is known to
    /// limit.
    ///
    /// Both spellings are read, "packets/sec" and "packets per second", and "from" with or without
    /// a space behind it. A number over 64 bits is taken to be the greatest of 64 bits.
    ///
    /// # Errors
    ///
    /// - [`Truncated`](crate::ErrorKind::Truncated) if the line ends too early.
    /// - [`UnexpectedByte`](crate::ErrorKind::UnexpectedByte) where it goes on otherwise.
    pub fn parse(line: &[u8]) -> Result<Option<Self>> {
        let mut rest = line;
        while !rest.is_empty() {
            if let Some((numbers, response)) = grammar::subject(rest) {
                let offset = line.len().saturating_sub(numbers.len());
                let (attempted, limit) =
                    grammar::numbers(numbers).map_err(|error| error.nested_at(offset))?;
                return Ok(Some(Self { response, attempted, limit }));
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        Ok(None)
    }
}

impl Response {
    /// Returns the kernel's words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IcmpUnreach => "icmp unreach",
            Self::IcmpPing => "icmp ping",
            Self::IcmpTimestamp => "icmp tstamp",
            Self::ClosedPortRst => "closed port RST",
            Self::OpenPortRst => "open port RST",
            Self::Icmp6Unreach => "icmp6 unreach",
            Self::SctpOotb => "sctp ootb",
        }
    }
}

/// Writes the line as a kernel does.
impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { response, attempted, limit } = self;
        write!(f, "Limiting {response} response from {attempted} to {limit} packets/sec")
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
