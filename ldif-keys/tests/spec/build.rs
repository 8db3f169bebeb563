//! Lines written.

use ldif_keys::{Build, Content};

fn with(content: Content<'_>) -> Build<'_> {
    let mut build = Build::new(b"a", b"");
    build.value = content;
    build
}

fn build(build: Build<'_>) -> Result<String, String> {
    let len = build.encoded_len().map_err(|error| error.to_string())?;
    let mut out = vec![0; len];
    assert_eq!(build.encode(&mut out), Ok(len));
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn values_are_plain_where_nothing_can_get_lost() {
    let cases = [
        (&b"x"[..], "a: x\n"),
        (b"", "a:\n"),
        (b"x y", "a: x y\n"),
        (b"x ", "a:: eCA=\n"),
        (b" x", "a:: IHg=\n"),
        (b":x", "a:: Ong=\n"),
        (b"<x", "a:: PHg=\n"),
        (b"#x", "a: #x\n"),
        (b"x\n", "a:: eAo=\n"),
        (b"x\ty", "a:: eAl5\n"),
        (b"\xff", "a:: /w==\n"),
        (b"x\0", "a:: eAA=\n"),
        (b"x:<", "a: x:<\n"),
    ];
    for (value, line) in cases {
        assert_eq!(build(Build::new(b"a", value)), Ok(line.into()));
    }
    assert_eq!(build(with(Content::Base64(b"x"))), Ok("a:: eA==\n".into()));
    assert_eq!(build(with(Content::Url(b"file:///x"))), Ok("a:< file:///x\n".into()));
}

#[test]
fn lines_are_folded_to_their_width() {
    let with = |wrap| {
        let mut line = Build::new(b"abc", b"defghi");
        line.wrap = wrap;
        build(line)
    };
    assert_eq!(with(None), Ok("abc: defghi\n".into()));
    assert_eq!(with(Some(11)), Ok("abc: defghi\n".into()));
    assert_eq!(with(Some(10)), Ok("abc: defgh\n i\n".into()));
    assert_eq!(with(Some(4)), Ok("abc:\n  de\n fgh\n i\n".into()));
    assert_eq!(with(Some(2)), Ok("ab\n c\n :\n  \n d\n e\n f\n g\n h\n i\n".into()));
    assert_eq!(with(Some(1)), Err("line at byte 0: invalid length 1".into()));
    // The width of the RFC's examples.
    let long = build(Build::new(b"a", &[b'x'; 200])).unwrap();
    assert_eq!(long.lines().map(str::len).collect::<Vec<_>>(), [76, 76, 53]);
}

#[test]
fn what_no_line_can_have_is_refused() {
    for (name, text) in [
        (&b""[..], "attribute description at byte 0: missing"),
        (b"a b", "attribute description at byte 0: unexpected byte ' '"),
        (b"a:b", "attribute description at byte 0: unexpected byte ':'"),
        (b"a\nb", "attribute description at byte 0: unexpected byte '\\n'"),
        (b"#a", "attribute description at byte 0: unexpected byte '#'"),
        (b";a", "attribute description at byte 0: unexpected byte ';'"),
        (b"\xff", "attribute description at byte 0: unexpected byte '\\xff'"),
    ] {
        assert_eq!(build(Build::new(name, b"x")), Err(text.into()));
    }
    let url = |url| build(with(Content::Url(url)));
    assert_eq!(url(b"a\nb"), Err("URL at byte 0: unexpected byte '\\n'".into()));
    assert_eq!(url(b"a b"), Err("URL at byte 0: unexpected byte ' '".into()));
}

#[test]
fn debug_shows_lengths() {
    let line = Build::new(b"secret", b"secrets");
    assert_eq!(
        format!("{line:?}"),
        "Build { description_len: 6, value: Bytes(7 bytes), wrap: Some(76) }"
    );
    assert_eq!(format!("{:?}", Content::Base64(b"a")), "Base64(1 bytes)");
    assert_eq!(format!("{:?}", Content::Url(b"a:b")), "Url(3 bytes)");
}
