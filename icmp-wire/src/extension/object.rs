use super::{InterfaceIdentification, InterfaceInformation, LabelStack, NodeIdentification};
use crate::raw::{self, split};
use core::{
    fmt,
    hash::{Hash, Hasher},
    iter::FusedIterator,
};
use wire_error::{Error, ErrorKind, Result};

/// The objects of an extension structure.
///
/// The first broken object ends the iteration: where the next one starts is not known then.
/// [`error`](Self::error) says what is wrong with it, [`Truncated`](ErrorKind::Truncated) or a length
/// under 4, and [`remainder`](Self::remainder) has the bytes from there on.
#[derive(Clone)]
pub struct Objects<'a> {
    rest: &'a [u8],
    offset: usize,
    error: Option<Error>,
}

impl<'a> Objects<'a> {
    /// Reads the objects in `input`, which starts with the first.
    #[must_use]
    pub const fn new(input: &'a [u8]) -> Self {
        Self::at(input, 0)
    }

    pub(super) const fn at(rest: &'a [u8], offset: usize) -> Self {
        Self { rest, offset, error: None }
    }

    /// Returns what is wrong with the object that ended the iteration. Offsets count from the start
    /// of the slice that was parsed.
    #[must_use]
    pub const fn error(&self) -> Option<Error> {
        self.error
    }

    /// Returns the bytes that were not yet read, or that could not be.
    #[must_use]
    pub const fn remainder(&self) -> &'a [u8] {
        self.rest
    }

    /// Returns whether there is an object, and no part of one.
    pub(super) fn are_whole(mut self) -> bool {
        let is_any = self.next().is_some();
        self.by_ref().for_each(drop);
        is_any && self.error.is_none()
    }

    #[inline]
    fn read(&mut self) -> Result<Object<'a>> {
        let (header, _) = split::<raw::Object>(self.rest, CONTEXT, self.offset)?;
        let needed = usize::from(header.length.get());
        if needed < size_of::<raw::Object>() {
            return Err(ErrorKind::InvalidLength { found: needed }.at(CONTEXT, self.offset));
        }
        let Some((object, rest)) = self.rest.split_at_checked(needed) else {
            let kind = ErrorKind::Truncated { needed, available: self.rest.len() };
            return Err(kind.at(CONTEXT, self.offset));
        };
        let object = Object {
            class: Class(header.class),
            c_type: header.c_type,
            data: object.get(size_of::<raw::Object>()..).unwrap_or_default(),
            offset: self.offset,
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(needed);
        Ok(object)
    }
}

impl<'a> Iterator for Objects<'a> {
    type Item = Object<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() || self.error.is_some() {
            return None;
        }
        match self.read() {
            Ok(object) => Some(object),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }
}

impl FusedIterator for Objects<'_> {}

impl fmt::Debug for Objects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// One object of an extension structure (RFC 4884 §8).
///
/// Two are equal if their bytes are, wherever they stand.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    class: Class,
    c_type: u8,
    data: &'a [u8],
    offset: usize,
}

impl<'a> Object<'a> {
    /// Makes an object to be written.
    #[must_use]
    pub const fn new(class: Class, c_type: u8, data: &'a [u8]) -> Self {
        Self { class, c_type, data, offset: 0 }
    }

    /// Returns the class, which says what the object is about.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Returns the C-Type, whose meaning depends on the class.
    #[must_use]
    pub const fn c_type(&self) -> u8 {
        self.c_type
    }

    /// Reads what the object says, by its class and C-Type.
    ///
    /// # Errors
    ///
    /// - [`InvalidLength`](ErrorKind::InvalidLength) of the object if it has not the length that its
    ///   C-Type promises, or of a name if that has a length that none can have.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) if an address is of no known family.
    /// - [`TrailingData`](ErrorKind::TrailingData) if something follows what the C-Type promises.
    #[inline]
    pub fn body(&self) -> Result<ObjectBody<'a>> {
        Ok(match (self.class, self.c_type) {
            (Class::MPLS_LABEL_STACK, 1) => ObjectBody::LabelStack(LabelStack::of(self)?),
            (Class::INTERFACE_INFORMATION, _) => {
                ObjectBody::InterfaceInformation(InterfaceInformation::of(self)?)
            }
            (Class::INTERFACE_IDENTIFICATION, 1..=3) => {
                ObjectBody::InterfaceIdentification(InterfaceIdentification::of(self)?)
            }
            (Class::EXTENDED_INFORMATION, 1) => match self.data.try_into() {
                Ok(pointer) => ObjectBody::Pointer(u32::from_be_bytes(pointer)),
                Err(_) => return Err(self.invalid_length("extended information object")),
            },
            (Class::NODE_IDENTIFICATION, _) => {
                ObjectBody::NodeIdentification(NodeIdentification::of(self)?)
            }
            _ => ObjectBody::Other,
        })
    }

    /// Returns what follows the 4 bytes of the object's header.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Returns where the object starts, from the start of the slice that was parsed.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the length in bytes, header included.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        self.data.len().saturating_add(size_of::<raw::Object>())
    }

    /// Writes the object to the front of `out`, and returns how many bytes it took.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under
    ///   [`encoded_len`](Self::encoded_len) bytes.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) over 65535 bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let needed = self.encoded_len();
        let available = out.len();
        let Some((header, rest)) = out.split_first_chunk_mut() else {
            return Err(ErrorKind::BufferTooSmall { needed, available }.at(CONTEXT, 0));
        };
        let Some(data) = rest.get_mut(..self.data.len()) else {
            return Err(ErrorKind::BufferTooSmall { needed, available }.at(CONTEXT, 0));
        };
        let Ok(length) = u16::try_from(needed) else {
            return Err(ErrorKind::InvalidLength { found: needed }.at(CONTEXT, 0));
        };
        let [high, low] = length.to_be_bytes();
        *header = [high, low, self.class.0, self.c_type];
        raw::fill(data, self.data);
        Ok(needed)
    }

    /// Where what is in the object starts.
    pub(super) const fn data_offset(&self) -> usize {
        self.offset.saturating_add(size_of::<raw::Object>())
    }

    /// The object's length is not one that this kind of object has.
    pub(super) const fn invalid_length(&self, context: &'static str) -> Error {
        ErrorKind::InvalidLength { found: self.encoded_len() }.at(context, self.offset)
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("class", &self.class)
            .field("c_type", &self.c_type)
            .field("body", &self.body())
            .field("offset", &self.offset)
            .field("len", &self.encoded_len())
            .finish()
    }
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.class, self.c_type, self.data) == (other.class, other.c_type, other.data)
    }
}

impl Eq for Object<'_> {}

impl Hash for Object<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.class, self.c_type, self.data).hash(state);
    }
}

/// What an object says, by its class and C-Type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectBody<'a> {
    /// The MPLS label stack with which the datagram arrived (RFC 4950).
    LabelStack(LabelStack<'a>),
    /// An interface or next hop that the datagram met (RFC 5837).
    InterfaceInformation(InterfaceInformation<'a>),
    /// The interface that an extended echo asks about (RFC 8335).
    InterfaceIdentification(InterfaceIdentification<'a>),
    /// Where in the quoted datagram the problem is, in bytes from its start (RFC 8883 §4).
    Pointer(u32),
    /// The node that sent the message (draft-ietf-intarea-extended-icmp-nodeid).
    NodeIdentification(NodeIdentification<'a>),
    /// Anything else. [`Object::data`] has its bytes.
    Other,
}

/// The class of an extension object, from IANA's [ICMP Extension Object Classes]. Classes from 247
/// on are for private use.
///
/// [ICMP Extension Object Classes]: https://www.iana.org/assignments/icmp-parameters
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(pub u8);

impl Class {
    /// MPLS Label Stack Class (RFC 4950).
    pub const MPLS_LABEL_STACK: Self = Self(1);
    /// Interface Information Object (RFC 5837).
    pub const INTERFACE_INFORMATION: Self = Self(2);
    /// Interface Identification Object (RFC 8335).
    pub const INTERFACE_IDENTIFICATION: Self = Self(3);
    /// Extended Information (RFC 8883).
    pub const EXTENDED_INFORMATION: Self = Self(4);
    /// Node Identification Object (draft-ietf-intarea-extended-icmp-nodeid).
    pub const NODE_IDENTIFICATION: Self = Self(5);

    /// Returns IANA's name for the value, `None` if it has no constant here.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::MPLS_LABEL_STACK => "MPLS Label Stack Class",
            Self::INTERFACE_INFORMATION => "Interface Information Object",
            Self::INTERFACE_IDENTIFICATION => "Interface Identification Object",
            Self::EXTENDED_INFORMATION => "Extended Information",
            Self::NODE_IDENTIFICATION => "Node Identification Object",
            _ => return None,
        })
    }
}

impl From<u8> for Class {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

impl From<Class> for u8 {
    fn from(value: Class) -> Self {
        value.0
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Class({self})")
    }
}

const CONTEXT: &str = "extension object";
