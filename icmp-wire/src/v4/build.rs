use super::{Body, Message, Type, WORD};
use crate::{Objects, build::Layout, checksum::Sum};
use core::fmt;
use wire_error::{ErrorKind, Result};

/// An ICMPv4 message to be written.
///
/// ```
/// use core::num::NonZeroU16;
/// use icmp_wire::v4::{Body, Build, Message, UnreachableCode};
///
/// # let datagram = [0x45; 1400];
/// let code = UnreachableCode::FRAGMENTATION_NEEDED;
/// let body = Body::Unreachable { code, next_hop_mtu: NonZeroU16::new(1280) };
/// let mut buffer = [0; Build::MAX_LEN];
/// let len = Build::new(body, &datagram).encode(&mut buffer)?;
///
/// let message = Message::parse(&buffer[..len])?;
/// assert_eq!(message.body(), body);
/// assert_eq!(message.payload(), &datagram[..548]);
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
    /// Extension objects, one behind the other, as [`Object::encode`](crate::Object::encode) writes
    /// them. Empty for no extension structure.
    ///
    /// ```
    /// use icmp_wire::{Class, InterfaceInformation, InterfaceRole, Label, Object, v4::{Body, Build}};
    ///
    /// # let (body, datagram) = (Body::SourceQuench, [0x45; 60]);
    /// let label = Label {
    ///     label: 16001,
    ///     traffic_class: 0,
    ///     is_bottom_of_stack: true,
    ///     time_to_live: 1,
    /// };
    /// let interface = InterfaceInformation {
    ///     role: InterfaceRole::INCOMING,
    ///     index: Some(15),
    ///     address: None,
    ///     name: None,
    ///     mtu: None,
    /// };
    /// let mut objects = [0; 16];
    /// let len = Object::new(Class::MPLS_LABEL_STACK, 1, &label.to_bytes()).encode(&mut objects)?;
    /// let len = len + interface.encode(&mut objects[len..])?;
    ///
    /// let mut build = Build::new(body, &datagram);
    /// build.objects = &objects[..len];
    /// # Ok::<(), icmp_wire::Error>(())
    /// ```
    pub objects: &'a [u8],
    /// The longest that the message may become, in bytes, header included: the quote is cut to it.
    ///
    /// With objects it becomes longer if it has to: the header, 128 bytes of quote and the objects
    /// are not cut.
    pub max_len: usize,
}

impl<'a> Build<'a> {
    /// What RFC 1812 §4.3.2.3 lets a message take: 576 bytes, of which 20 are the IPv4 header.
    pub const MAX_LEN: usize = 556;

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
    /// took.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under
    ///   [`encoded_len`](Self::encoded_len) bytes.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) if there are objects, and the type is not one of
    ///   destination unreachable, time exceeded and parameter problem: others have no length field
    ///   that could tell where the objects start (RFC 4884 §4).
    /// - [`InvalidLength`](ErrorKind::InvalidLength) or [`Truncated`](ErrorKind::Truncated) if
    ///   [`objects`](Self::objects) are not well formed; the offset counts from their start.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let layout = self.layout();
        let (ty, code, [a, b, c, d]) = self.body.fields();
        let length = match ty {
            _ if self.objects.is_empty() => b,
            ty if ty.has_length() => layout.length(WORD),
            Type(found) => {
                let kind = ErrorKind::InvalidValue { found: found.into() };
                return Err(kind.at("type of a message with extension objects", 0));
            }
        };
        layout.encode([ty.0, code, 0, 0, a, length, c, d], Sum::default(), out)
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
