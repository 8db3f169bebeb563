//! What the crate promises.

use wire_error::{Error, ErrorKind, Result};

#[test]
fn display_names_the_item_the_place_and_the_failure() {
    use ErrorKind::*;
    let cases = [
        (
            BufferTooSmall { needed: 1464, available: 512 }.at("packet", 0),
            "packet at byte 0: needed a buffer of 1464 bytes, found 512",
        ),
        (
            BufferTooSmall { needed: 1, available: 0 }.at("value", 0),
            "value at byte 0: needed a buffer of 1 byte, found 0",
        ),
        (
            InvalidLength { found: 3 }.at("extension object", 132),
            "extension object at byte 132: invalid length 3",
        ),
        (
            InvalidValue { found: 4 }.at("reserved bits", 8),
            "reserved bits at byte 8: invalid value 4",
        ),
        (
            LimitExceeded { limit: 64 }.at("line length", 90),
            "line length at byte 90: exceeds the limit of 64",
        ),
        (Missing.at("dn", 17), "dn at byte 17: missing"),
        (
            TrailingData { remaining: 8 }.at("end of packet", 1464),
            "end of packet at byte 1464: 8 trailing bytes",
        ),
        (
            TrailingData { remaining: 1 }.at("end of packet", 1464),
            "end of packet at byte 1464: 1 trailing byte",
        ),
        (
            Truncated { needed: 48, available: 12 }.at("flow record", 72),
            "flow record at byte 72: needed 48 bytes, found 12",
        ),
        (
            Truncated { needed: 1, available: 0 }.at("unit", 9),
            "unit at byte 9: needed 1 byte, found 0",
        ),
        (
            UnexpectedByte { found: 0 }.at("attribute name", 17),
            "attribute name at byte 17: unexpected byte '\\x00'",
        ),
        (UnexpectedByte { found: b'h' }.at("unit", 3), "unit at byte 3: unexpected byte 'h'"),
        (
            UnsupportedVersion { found: 9 }.at("packet header", 0),
            "packet header at byte 0: unsupported version 9",
        ),
    ];
    for (error, text) in cases {
        assert_eq!(error.to_string(), text);
        assert_eq!(format!("{error:?}"), format!("Error({text})"));
    }
}

#[test]
fn parts_come_back_as_they_were_given() {
    let kind = ErrorKind::Truncated { needed: 8, available: 3 };
    let error = kind.at("message header", 20);
    assert_eq!((error.kind(), error.context(), error.offset()), (kind, "message header", 20));
}

#[test]
fn nesting_moves_the_offset_and_nothing_else() {
    let error = ErrorKind::Missing.at("dn", 3);
    let moved = error.nested_at(40);
    assert_eq!((moved.kind(), moved.context(), moved.offset()), (error.kind(), "dn", 43));
    assert_eq!(error.nested_at(usize::MAX).offset(), usize::MAX, "saturates");
}

#[test]
fn lines_are_counted_from_one_and_end_at_a_line_feed() {
    let input = b"a\r\nb\n\nc";
    let lines: Vec<usize> =
        (0..=8).map(|offset| ErrorKind::Missing.at("value", offset).line(input)).collect();
    assert_eq!(lines, [1, 1, 1, 2, 2, 3, 4, 4, 4]);
    assert_eq!(ErrorKind::Missing.at("value", 0).line(b""), 1);
    assert_eq!(ErrorKind::Missing.at("value", usize::MAX).line(b"a\n"), 2);
}

#[test]
fn a_result_of_a_slice_is_no_larger_than_six_words() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<&[u8]>>() <= 48);
}

#[test]
fn an_error_crosses_threads_and_converts() {
    use core::error::Error as StdError;

    fn assert_bounds<T: Copy + Send + Sync + StdError + 'static>() {}
    assert_bounds::<Error>();
    let boxed: Box<dyn StdError> = ErrorKind::Missing.at("dn", 0).into();
    assert_eq!(boxed.to_string(), "dn at byte 0: missing");
}
