//! The extension structure that may follow a quote (RFC 4884), and the objects in it.

mod interface;
mod label;
mod name;
mod node;
mod object;
mod subobject;

pub use self::{
    interface::{InterfaceIdentification, InterfaceInformation, InterfaceRole},
    label::{Label, LabelStack, Labels},
    name::Name,
    node::NodeIdentification,
    object::{Class, Object, ObjectBody, Objects},
};

use crate::{
    Checksum, Quote,
    checksum::Sum,
    raw::{self, split},
};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use wire_error::{ErrorKind, Result};

/// An extension structure: what a router has to say besides the quote (RFC 4884 §7).
///
/// ```
/// use icmp_wire::{ObjectBody, v4::Message};
///
/// # let mut bytes = [0; 148];
/// # bytes[0] = 11;
/// # bytes[8..28].copy_from_slice(&[69, 0, 0, 60, 0, 0, 0, 0, 1, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]);
/// # bytes[5] = 32;
/// # bytes[136..].copy_from_slice(&[0x20, 0, 0, 0, 0, 8, 1, 1, 0x03, 0xe8, 0x11, 1]);
/// let message = Message::parse(&bytes)?;
/// let mut labels = Vec::new();
/// if let Some(extensions) = message.extensions() {
///     let mut objects = extensions.objects();
///     for object in objects.by_ref() {
///         match object.body() {
///             Ok(ObjectBody::LabelStack(stack)) => labels.extend(stack.labels()),
///             Ok(other) => println!("{other:?}"),
///             Err(error) => println!("a broken object: {error}"),
///         }
///     }
///     // What ended the iteration, if it was not the end of the message.
///     assert_eq!(objects.error(), None);
/// }
/// assert_eq!(labels[0].label, 16001);
/// # Ok::<(), icmp_wire::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Extensions<'a> {
    evidence: Evidence,
    original_datagram: &'a [u8],
    header: &'a raw::Structure,
    structure: &'a [u8],
    offset: usize,
}

/// Why a part of a message was taken for an extension structure.
///
/// A structure has no mark of its own. The field that tells where it starts was unused before RFC
/// 4884, and some senders fill it wrongly or not at all. So a place is only believed for what is
/// there: version 2, and
///
/// - a checksum that is right, if the length field declares the place ([`Compliant`](Self::Compliant)
///   and [`Padded`](Self::Padded));
/// - a checksum that is right or not sent, reserved bits that are zero, and one object or more that
///   fill the message exactly, at any of these places.
///
/// Of several places that are believed so, the first of [`Compliant`](Self::Compliant),
/// [`Octets`](Self::Octets) and [`Legacy`](Self::Legacy) is taken.
///
/// Failing all that, the declared place is believed for reserved bits that are zero and a first
/// object that is whole, and if the quote was padded, for the zeros that pad it: then the structure
/// was changed or cut on its way, or its checksum was wrong from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The length field declares a quote of 128 bytes or more, and the structure follows it (RFC
    /// 4884 §4).
    Compliant,
    /// The length field declares a quote of under 128 bytes. The structure is at 128: the quote was
    /// filled up to there, and its own length declared.
    Padded,
    /// The length field is 0 or leads nowhere. The structure is at 128, where senders put it before
    /// there was a length field (RFC 4884 §5.5).
    Legacy,
    /// The structure is where the length field says if it counts bytes, not words.
    Octets,
    /// The caller said that this is one.
    Given,
}

impl<'a> Extensions<'a> {
    /// Reads a structure that is known to be one, as in extended echo messages (RFC 8335 §2).
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) under 4 bytes.
    /// - [`UnsupportedVersion`](ErrorKind::UnsupportedVersion) if the version is not 2.
    #[inline]
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let (header, _) = split(input, "extension structure", 0)?;
        match version(header) {
            VERSION => Ok(Self {
                evidence: Evidence::Given,
                original_datagram: &[],
                header,
                structure: input,
                offset: 0,
            }),
            found => {
                Err(ErrorKind::UnsupportedVersion { found: found.into() }
                    .at("extension structure", 0))
            }
        }
    }

    /// Looks for a structure in what follows the header of a message, whose length field has this
    /// value and is meant to count words of this many bytes.
    pub(crate) fn weigh(payload: &'a [u8], length: u8, word: usize) -> Option<Self> {
        // The common case: too short for any structure.
        payload.get(SHORTEST_QUOTE..)?;
        let octets = usize::from(length);
        let declared = octets.saturating_mul(word);
        let at = |evidence, quote_len| Self::at(payload, evidence, quote_len);
        let legacy = || at(Evidence::Legacy, SHORTEST_QUOTE).filter(Self::is_proven);
        match declared {
            0 => legacy(),
            1..SHORTEST_QUOTE => {
                let (original_datagram, rest) = payload.split_at_checked(declared)?;
                let filling = rest.get(..SHORTEST_QUOTE.saturating_sub(declared))?;
                let is_filled = filling.iter().all(|byte| *byte == 0);
                at(Evidence::Padded, SHORTEST_QUOTE)
                    .filter(|found| found.is_proven() || is_filled && found.is_plausible())
                    .map(|found| Self { original_datagram, ..found })
            }
            _ => {
                let compliant = at(Evidence::Compliant, declared);
                let counted = || at(Evidence::Octets, octets).filter(Self::is_proven);
                compliant
                    .filter(Self::is_proven)
                    .or_else(|| if octets < SHORTEST_QUOTE { None } else { counted() })
                    .or_else(legacy)
                    .or_else(|| compliant.filter(Self::is_plausible))
            }
        }
    }

    /// Returns what would be a structure behind a quote of this length, of the right version.
    fn at(payload: &'a [u8], evidence: Evidence, quote_len: usize) -> Option<Self> {
        let (original_datagram, structure) = payload.split_at_checked(quote_len)?;
        let offset = size_of::<raw::Header>().saturating_add(quote_len);
        let (header, _) = split(structure, "extension structure", offset).ok()?;
        let found = Self { evidence, original_datagram, header, structure, offset };
        (version(header) == VERSION).then_some(found)
    }

    /// Returns whether the checksum, or the objects instead of one, say that this is a structure.
    fn is_proven(&self) -> bool {
        let is_declared = matches!(self.evidence, Evidence::Compliant | Evidence::Padded);
        match self.checksum_status(self.offset.saturating_add(self.structure.len())) {
            Checksum::Valid if is_declared => true,
            Checksum::Valid | Checksum::NotSent => {
                self.is_reserved_clear() && self.objects().are_whole()
            }
            Checksum::Invalid { .. } | Checksum::Truncated => false,
        }
    }

    /// Returns whether this can be a structure that was changed or cut on its way.
    fn is_plausible(&self) -> bool {
        self.is_reserved_clear() && self.objects().next().is_some()
    }

    fn is_reserved_clear(&self) -> bool {
        self.header.version_and_reserved.get() & 0x0fff == 0
    }

    /// Returns why this was taken for an extension structure.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Returns the checksum of the structure as it was sent; 0 means that none was computed.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        self.header.checksum.get()
    }

    /// Returns whether the checksum of the structure is right, given the length in bytes of what was
    /// parsed, as it was before anything cut it: of the whole message, or of the structure alone if
    /// that was [parsed](Self::parse). A slice cannot know that it was cut.
    ///
    /// [`Checksum::NotSent`] for a checksum of 0, whatever the length.
    #[must_use]
    pub fn checksum_status(&self, message_len: usize) -> Checksum {
        if self.checksum() == 0 {
            return Checksum::NotSent;
        }
        let len =
            message_len.checked_sub(self.offset).filter(|len| *len >= size_of_val(self.header));
        match len.and_then(|len| self.structure.get(..len)) {
            Some(structure) => {
                Sum::default().add_without(structure, CHECKSUM).status(self.checksum())
            }
            None => Checksum::Truncated,
        }
    }

    /// Returns the objects, up to the first that is broken.
    #[inline]
    #[must_use]
    pub fn objects(&self) -> Objects<'a> {
        let header = size_of::<raw::Structure>();
        Objects::at(
            self.structure.get(header..).unwrap_or_default(),
            self.offset.saturating_add(header),
        )
    }

    /// Returns the datagram that the message is about, without the structure behind it; empty if the
    /// structure was [parsed](Self::parse) by itself.
    ///
    /// The zeros that fill a short datagram up to 128 bytes are included, unless the length field
    /// declares where they start ([`Evidence::Padded`]): a datagram that ends in zeros looks the
    /// same, and only its own header, cut or rewritten as it may be, tells how long it was.
    #[must_use]
    pub const fn original_datagram(&self) -> &'a [u8] {
        self.original_datagram
    }

    /// Returns the [original datagram](Self::original_datagram) as a quote that ends in front of the
    /// structure.
    ///
    /// # Errors
    ///
    /// As [`Quote::parse`]. Offsets count from the start of the message.
    pub fn quote(&self) -> Result<Quote<'a>> {
        let offset = if self.offset == 0 { 0 } else { size_of::<raw::Header>() };
        Quote::parse_at(self.original_datagram, offset)
    }

    /// Returns the bytes of the structure, its header included, to the end of the message.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.structure
    }

    /// Returns where the structure starts, from the start of the slice that was parsed.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Writes a structure around `objects` to the front of `out`, checksum included, and returns how
    /// many bytes it took: 4 more than the objects.
    ///
    /// For messages that have their structure right behind the header (RFC 8335 §2);
    /// [`v4::Build`](crate::v4::Build) and [`v6::Build`](crate::v6::Build) write it behind a quote.
    ///
    /// # Errors
    ///
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall), and how many bytes it takes.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) or [`Truncated`](ErrorKind::Truncated) if the
    ///   objects are not well formed; the offset counts from their start.
    pub fn encode(objects: &[u8], out: &mut [u8]) -> Result<usize> {
        let (needed, available) = (objects.len().saturating_add(4), out.len());
        let Some((header, place)) =
            out.get_mut(..needed).and_then(|out| out.split_first_chunk_mut())
        else {
            let kind = ErrorKind::BufferTooSmall { needed, available };
            return Err(kind.at("extension structure", 0));
        };
        let mut well_formed = Objects::new(objects);
        well_formed.by_ref().for_each(drop);
        if let Some(error) = well_formed.error() {
            return Err(error);
        }
        let [version, reserved] = (VERSION << 12).to_be_bytes();
        // 0 would say that there is no checksum; the other zero of ones' complement does not.
        let checksum = match Sum::default().add(&[version, reserved]).add(objects).checksum() {
            0 => u16::MAX,
            checksum => checksum,
        };
        let [high, low] = checksum.to_be_bytes();
        *header = [version, reserved, high, low];
        raw::fill(place, objects);
        Ok(needed)
    }
}

impl fmt::Debug for Extensions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extensions")
            .field("evidence", &self.evidence)
            .field("checksum", &self.checksum())
            .field("objects", &self.objects())
            .field("offset", &self.offset)
            .field("len", &self.structure.len())
            .finish()
    }
}

impl PartialEq for Extensions<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.evidence, self.original_datagram, self.structure)
            == (other.evidence, other.original_datagram, other.structure)
    }
}

impl Eq for Extensions<'_> {}

impl Hash for Extensions<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.evidence, self.original_datagram, self.structure).hash(state);
    }
}

const fn version(header: &raw::Structure) -> u16 {
    header.version_and_reserved.get() >> 12
}

/// RFC 4884 §7.
const VERSION: u16 = 2;

/// Where the checksum of a structure stands.
const CHECKSUM: usize = 2;

/// RFC 4884 §4: a quote in front of an extension structure is at least this long.
pub(crate) const SHORTEST_QUOTE: usize = 128;
