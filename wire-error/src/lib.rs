//! The error of parsers: how bytes failed, in what, and where.
//!
//! An [`Error`] holds three facts and nothing else: the [`ErrorKind`] says how the bytes failed,
//! with the numbers a caller can act on; the context names the part of the format that was being
//! read; the offset says where that part starts, counted from the slice the caller passed. It is
//! `Copy`, borrows nothing from the input, and needs neither an allocator nor `std`.
//!
//! ```
//! use wire_error::{ErrorKind, Result};
//!
//! /// Reads the port number at the front of `input`.
//! fn port(input: &[u8]) -> Result<u16> {
//!     let Some((port, _)) = input.split_first_chunk() else {
//!         return Err(ErrorKind::Truncated { needed: 2, available: input.len() }.at("port", 0));
//!     };
//!     Ok(u16::from_be_bytes(*port))
//! }
//!
//! // The ports stand at byte 20 of this header: an inner error is moved to its place there.
//! let header = [0; 21];
//! let error = port(&header[20..]).map_err(|error| error.nested_at(20)).unwrap_err();
//! assert_eq!(error.to_string(), "port at byte 20: needed 2 bytes, found 1");
//! assert_eq!(error.kind(), ErrorKind::Truncated { needed: 2, available: 1 });
//! ```
//!
//! # Who uses it
//!
//! Crates that read wire and text formats and want one error type across all of them. A kind is
//! about bytes and never about one format; a word about a format is a context. What is not a
//! failure to read is not an error: a gap in a sequence, a certificate that does not match, a key
//! that is refused are answers, and belong in a type of their own.
//!
//! # Guarantees
//!
//! No dependencies, no features, no allocation, no `unsafe`, no panic. The texts of a context and
//! of [`Display`](core::fmt::Display) are for people; programs match on [`Error::kind`]. The
//! wording is not covered by semantic versioning.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

use core::{error, fmt, result};

/// The result of reading or writing.
pub type Result<T, E = Error> = result::Result<T, E>;

/// Where and how bytes could not be read, or a value could not be written.
///
/// Displayed as `context at byte offset: kind`, for example
/// `flow record at byte 72: needed 48 bytes, found 12`.
///
/// Equality includes the context: a test that has to outlast a release compares
/// [`kind`](Self::kind) and [`offset`](Self::offset).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Error {
    kind: ErrorKind,
    context: &'static str,
    offset: usize,
}

impl Error {
    /// Returns how the bytes failed.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns what was being read or written, as a noun phrase of the format: "flow record".
    ///
    /// The text is for people. Its wording may change in any release.
    #[must_use]
    pub const fn context(&self) -> &'static str {
        self.context
    }

    /// Returns where the item starts or the byte stands, in bytes.
    ///
    /// Counted from the slice that was first passed to be read; what a view finds out later counts
    /// from there too. When writing, counted from the start of the output, and 0 for an argument that
    /// cannot be written at all.
    ///
    /// This is an offset and not an index: it may be the length of the input, when something is
    /// missing at the end.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the line of `input` that holds the offset, counted from 1.
    ///
    /// Lines end at a line feed. `input` must be the slice whose parser returned this error, and the
    /// error not yet [moved](Self::nested_at). An offset behind its end is taken to be on its last
    /// line.
    ///
    /// Takes time linear in the offset: to place many errors, count on from the last one.
    ///
    /// ```
    /// use wire_error::ErrorKind;
    ///
    /// let error = ErrorKind::UnexpectedByte { found: b'?' }.at("attribute name", 8);
    /// assert_eq!(error.line(b"dn: x\nb\n?: y\n"), 3);
    /// ```
    #[must_use]
    pub fn line(&self, input: &[u8]) -> usize {
        let before = input.get(..self.offset).unwrap_or(input);
        before.iter().fold(1, |line: usize, &byte| line.saturating_add((byte == b'\n').into()))
    }

    /// Returns the same error, moved `base` bytes on.
    ///
    /// For a parser that calls another one on a part of its input which starts at `base`.
    #[must_use]
    pub const fn nested_at(self, base: usize) -> Self {
        Self { offset: self.offset.saturating_add(base), ..self }
    }
}

impl error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}: {}", self.context, self.offset, self.kind)
    }
}

// By hand: the derived one formats `context` through `str`'s Debug, which keeps a panic path.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

/// How bytes failed.
///
/// The enum may grow. The fields of a variant will not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's output buffer has fewer bytes than the output. Never said of input.
    BufferTooSmall {
        /// Bytes the whole output takes: a buffer of this length is enough.
        needed: usize,
        /// Bytes the caller's whole buffer has.
        available: usize,
    },
    /// A length or a count that the format forbids, or that contradicts the bytes around it.
    InvalidLength {
        /// The length or count as it was found, in the unit that the format gives it, or the
        /// greatest `usize` if it is greater.
        found: usize,
    },
    /// A field other than a length or a count holds a value that the format forbids.
    InvalidValue {
        /// The value as it was found, or the greatest `u64` if it is greater.
        found: u64,
    },
    /// The input holds more of something than the caller allowed.
    LimitExceeded {
        /// The most that the caller allowed.
        limit: usize,
    },
    /// A part that the format requires is absent, and the input goes on without it.
    ///
    /// At the end of the input it is [`Truncated`](Self::Truncated).
    Missing,
    /// A complete value is followed by bytes that belong to nothing.
    TrailingData {
        /// Bytes left over.
        remaining: usize,
    },
    /// The input ends before the item does: with more input it could be read.
    ///
    /// An item that does not fit a length which stands in the input is an
    /// [`InvalidLength`](Self::InvalidLength) of that length, since more input would not help.
    Truncated {
        /// Bytes the item takes, as far as what is present tells.
        needed: usize,
        /// Bytes that are present.
        available: usize,
    },
    /// A byte that the grammar does not allow in this place.
    UnexpectedByte {
        /// The byte.
        found: u8,
    },
    /// The format is known and this version of it is not.
    UnsupportedVersion {
        /// The version as it was found, or the greatest `u64` if it is greater.
        found: u64,
    },
}

impl ErrorKind {
    /// Returns the error of this kind in `context`, a lower-case noun phrase of the format, at
    /// `offset` bytes from the start of the input.
    #[cold]
    #[must_use]
    pub const fn at(self, context: &'static str, offset: usize) -> Error {
        Error { kind: self, context, offset }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BufferTooSmall { needed, available } => {
                write!(f, "needed a buffer of {}, found {available}", Bytes(needed))
            }
            Self::InvalidLength { found } => write!(f, "invalid length {found}"),
            Self::InvalidValue { found } => write!(f, "invalid value {found}"),
            Self::LimitExceeded { limit } => write!(f, "exceeds the limit of {limit}"),
            Self::Missing => f.write_str("missing"),
            Self::TrailingData { remaining: 1 } => f.write_str("1 trailing byte"),
            Self::TrailingData { remaining } => write!(f, "{remaining} trailing bytes"),
            Self::Truncated { needed, available } => {
                write!(f, "needed {}, found {available}", Bytes(needed))
            }
            Self::UnexpectedByte { found } => {
                write!(f, "unexpected byte '{}'", found.escape_ascii())
            }
            Self::UnsupportedVersion { found } => write!(f, "unsupported version {found}"),
        }
    }
}

/// A number of bytes, with the noun in its number.
struct Bytes(usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 byte"),
            n => write!(f, "{n} bytes"),
        }
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
