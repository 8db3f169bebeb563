use super::{Body, Message, Type, WORD};
use crate::{Objects, build::Layout, checksum::Sum};
use core::{fmt, net::Ipv6Addr};
use wire_error::{ErrorKind, Result};

/// An ICMPv6 message to be written.
///
/// ```
/// use icmp_wire::v6::{Body, Build, Message};
///
/// # let datagram = [0x60; 1400];
/// let (router, sender) = ("2001:db8::1".parse().unwrap(), "2001:db8::d6".parse().unwrap());
/// let body = Body::PacketTooBig { mtu: 1280 };
/// let mut buffer = [0; Build::MAX_LEN];
/// let len = Build::new(body, &datagram).encode(router, sender, &mut buffer)?;
///
/// let message = Message::parse(&buffer[..len])?;
/// assert_eq!(message.body(), body);
/// assert_eq!(message.payload(), &datagram[..1232]);
/// # Ok::<(), icmp_wire::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Build<'a> {
    /// What the header says.
    pub body: Body,
    /// The datagram that the message is about, from its IP header on; as much of it is quoted as
    /// fits. For types that quote none, what follows the header, which is not cut.
    pub datagram: &'a [u8],
    /// Extension objects, one behind the other, as
    /// [`Object::encode`](crate::Object::encode) writes them. Empty for no extension structure.
    pub objects: &'a [u8],
    /// The longest that the message may become, in bytes, header included: the quote is cut to it.
    ///
    /// With objects it becomes longer if it has to: the header, 128 bytes of quote and the objects
    /// are not cut.
    pub max_len: usize,
}

impl<'a> Build<'a> {
    /// What RFC 4443 §2.4 lets a message take: 1280 bytes, of which 40 are the IPv6 header.
    pub const MAX_LEN: usize = 1240;

    /// Makes a message of at most [`MAX_LEN`](Self::MAX_LEN) bytes without extension objects.
    #[must_use]
    pub const fn new(body: Body, datagram: &'a [u8]) -> Self {
        Self { body, datagram, objects: &[], max_len: Self::MAX_LEN }
    }

    /// Returns the length of the message in bytes.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        self.layout().encoded_len()
    }

    /// Writes the message to the front of `out`, checksums included, and returns how many bytes it
    /// took. The addresses are those of the IPv6 header, which the checksum covers.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under
    ///   [`encoded_len`](Self::encoded_len) bytes.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) if there are objects, and the type is neither
    ///   destination unreachable nor time exceeded: others have no length field that could tell
    ///   where the objects start (RFC 4884 §4).
    /// - [`InvalidLength`](ErrorKind::InvalidLength) or [`Truncated`](ErrorKind::Truncated) if
    ///   [`objects`](Self::objects) are not well formed; the offset counts from their start.
    pub fn encode(&self, source: Ipv6Addr, destination: Ipv6Addr, out: &mut [u8]) -> Result<usize> {
        let layout = self.layout();
        let (ty, code, [a, b, c, d]) = self.body.fields();
        let length = match ty {
            _ if self.objects.is_empty() => a,
            ty if ty.has_length() => layout.length(WORD),
            Type(found) => {
                let kind = ErrorKind::InvalidValue { found: found.into() };
                return Err(kind.at("type of a message with extension objects", 0));
            }
        };
        let sum = Sum::default().add_pseudo_header(source, destination, layout.encoded_len());
        layout.encode([ty.0, code, 0, 0, length, b, c, d], sum, out)
    }

    fn layout(&self) -> Layout<'a> {
        let (ty, ..) = self.body.fields();
        let max_len = if ty.quotes() { self.max_len } else { usize::MAX };
        Layout::new(self.datagram, self.objects, max_len, WORD)
    }
}

impl fmt::Debug for Build<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Build")
            .field("body", &self.body)
            .field("datagram_len", &self.datagram.len())
            .field("objects", &Objects::new(self.objects))
            .field("max_len", &self.max_len)
            .finish()
    }
}

/// Takes a message apart, so that writing gives the same bytes again.
///
/// Except for what carries no meaning and is not kept: bytes of the header that the type leaves
/// unused, a length field that is not [compliant](crate::Evidence::Compliant), the bytes that fill a
/// quote up if its length is declared, reserved bits of a structure, a structure without objects,
/// and checksums that are wrong, not sent, or the other of the two zeros. A structure whose last
/// object is broken is kept, but cannot be written.
impl<'a> From<Message<'a>> for Build<'a> {
    fn from(message: Message<'a>) -> Self {
        let extensions = message.extensions();
        Self {
            body: message.body(),
            datagram: extensions
                .map_or(message.payload(), |extensions| extensions.original_datagram()),
            objects: extensions.map_or(&[], |extensions| extensions.objects().remainder()),
            max_len: usize::MAX,
        }
    }
}
