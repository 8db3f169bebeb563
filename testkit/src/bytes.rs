//! What the oracles of all formats share.

use arbitrary::{Arbitrary, Unstructured};
use wire_error::{Error, ErrorKind};

/// How a decoder failed: the parts of an [`Error`] that are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where, from the start of the input.
    pub offset: usize,
    /// How.
    pub kind: ErrorKind,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { offset: error.offset(), kind: error.kind() }
    }
}

/// Holds the promises about every error against one.
///
/// # Panics
///
/// If the offset is behind the end of `input`, if the text is not one clean line, or if a
/// [`Truncated`](ErrorKind::Truncated) is said of anything but the end of the input.
pub fn check_error(error: &Error, input: &[u8]) {
    assert!(error.offset() <= input.len(), "{error}: behind the end of {} bytes", input.len());
    if let ErrorKind::Truncated { needed, available } = error.kind() {
        assert!(available < needed, "{error}: nothing is missing");
        assert_eq!(available, input.len() - error.offset(), "{error}: not at the end");
    }
    let mut text = error.to_string();
    if let ErrorKind::UnexpectedByte { found } = error.kind() {
        text = text.replace(&format!("'{}'", found.escape_ascii()), "");
    }
    assert!(!text.contains(['{', '}', '\n', '(']), "not a sentence: {text}");
}

/// Demands that `part` is borrowed from `whole`, and returns where it starts.
///
/// # Panics
///
/// If it is not.
pub fn offset_within(part: &[u8], whole: &[u8]) -> usize {
    let (part, whole) = (part.as_ptr_range(), whole.as_ptr_range());
    assert!(whole.start <= part.start && part.end <= whole.end, "not borrowed from the input");
    part.start as usize - whole.start as usize
}

/// Makes a model from the bytes a driver has: a fuzzer's input, or what proptest drew.
///
/// # Panics
///
/// Never: a model takes zeros when the bytes run out.
#[must_use]
pub fn model<'a, M: Arbitrary<'a>>(seed: &'a [u8]) -> M {
    M::arbitrary(&mut Unstructured::new(seed)).expect("a model is made from any bytes")
}
