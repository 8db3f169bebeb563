//! Filters and dns.

use ldif_keys::{DnValue, FilterValue};

#[test]
fn filters_of_rfc_4515() {
    // The examples of §4.
    let cases = [
        (
            &b"Parens R Us (for all your parenthetical needs)"[..],
            r"Parens R Us \28for all your parenthetical needs\29",
        ),
        (b"*", r"\2a"),
        (b"C:\\MyFile", r"C:\5cMyFile"),
        (b"\0\0\0\x04", r"\00\00\00\04"),
        (b"Lu\xc4\x8di\xc4\x87", r"Lu\c4\8di\c4\87"),
    ];
    for (value, text) in cases {
        assert_eq!(FilterValue(value).to_string(), text);
    }
}

#[test]
fn dns_of_rfc_4514() {
    // The examples of §4 and the rules of §2.4.
    let cases = [
        (&b"James \"Jim\" Smith, III"[..], r#"James \"Jim\" Smith\, III"#),
        (b"Before\rAfter", r"Before\0dAfter"),
        (b"Lu\xc4\x8di\xc4\x87", r"Lu\c4\8di\c4\87"),
        (b" a ", r"\ a\ "),
        (b" ", r"\ "),
        (b"#a#", r"\#a#"),
        (b"a+b;c<d>e=f\\g", r"a\+b\;c\<d\>e\=f\\g"),
        (b"a\0b", r"a\00b"),
        (b"", ""),
    ];
    for (value, text) in cases {
        assert_eq!(DnValue(value).to_string(), text);
    }
}

#[test]
fn debug_shows_lengths() {
    assert_eq!(format!("{:?}", FilterValue(b"secret")), "FilterValue(6 bytes)");
    assert_eq!(format!("{:?}", DnValue(b"secret")), "DnValue(6 bytes)");
}
