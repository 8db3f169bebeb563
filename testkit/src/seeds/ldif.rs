//! Seeds for LDIF.

use super::Seeds;

/// LDIF as bytes.
pub(super) fn bytes() -> Seeds {
    let mut seeds = Seeds::default();
    seeds.add("empty", []);
    for (name, lines) in RECORDS {
        seeds.add(*name, *lines);
        seeds.add(format!("{name}-crlf"), lines.replace('\n', "\r\n"));
    }
    for (name, line) in LINES {
        seeds.add(format!("line-{name}"), format!("dn: dc=a\n{line}\nb: y\n"));
    }
    // A record that ends on and next to the limit of what is looked at together.
    for len in [62, 63, 64, 65, 126, 127, 128, 129, 130, 255, 256, 257] {
        for end in ["\n\n", "\r\n\r\n", "\n\r", "\n\rx\n"] {
            let value = "x".repeat(len - "dn: a\nb: ".len());
            let name =
                format!("record-of-{len}-{}", end.escape_debug().to_string().replace('\\', ""));
            seeds.add(name, format!("dn: a\nb: {value}{end}dn: c\n"));
        }
    }
    // Lines on the limits of what is compared at once.
    for len in [7, 8, 9, 15, 16, 17, 31, 32, 33, 34] {
        let name = "n".repeat(len);
        seeds.add(format!("name-of-{len}"), format!("dn: dc=a\n{name}: x\n"));
        seeds.add(format!("name-of-{len}-alone"), format!("dn: dc=a\n{name}"));
        seeds.add(format!("name-of-{len}-high"), format!("dn: dc=a\n{name}\u{e9}: x\n"));
        seeds.add(format!("value-of-{len}"), format!("dn: dc=a\na: {}\nb:\n", "v".repeat(len)));
    }
    for wrap in [2, 76, 77, 78, 79, 80] {
        let line = format!("description: {}", "x y ".repeat(40));
        let mut text = String::from("dn: dc=a\n");
        for (at, character) in line.chars().enumerate() {
            if at >= wrap && (at - wrap) % (wrap - 1) == 0 {
                text += "\n ";
            }
            text.push(character);
        }
        seeds.add(format!("wrapped-at-{wrap}"), text);
    }
    seeds
}

/// Bytes that choose LDIF.
pub(super) fn model() -> Seeds {
    let mut seeds = Seeds::default();
    for before in 0..8 {
        seeds.add(format!("before-{before}"), [0, 0, before, 15, 1, 0, 1, 5, 3, 0, 1, 9, 3]);
    }
    for change in 0..8 {
        seeds.add(
            format!("change-{change}"),
            [0, 0, 0, change, 2, 0, 1, 5, 3, 0, 1, 9, 3, 4, 5, 9, 1],
        );
    }
    for form in 0..3 {
        for wrap in 0..4 {
            let shape = form | wrap << 4;
            seeds.add(format!("form-{form}-{wrap}"), [0, 0, 0, 15, 1, 0, 1, 5, 3, 3, shape, 85, 3]);
            // A dn is too short for the widths between, and never a URL.
            if form < 2 && wrap % 3 == 0 {
                let name = format!("dn-form-{form}-{wrap}");
                seeds.add(name, [1, 0, 0, 15, 1, 0, shape, 5, 1, 3, 0, 85, 3]);
            }
        }
    }
    for name in 0..16 {
        seeds.add(format!("name-{name}"), [2, 0, 1, 15, 1, 0, 0, 0, 0, name, 4, 7, 3]);
        seeds.add(format!("name-{name}-first"), [3, 0, 0xe0, 15, 1, 0, 0, 0, 0, name, 0xe4, 8, 3]);
    }
    seeds
}

const RECORDS: &[(&str, &str)] = &[
    ("content", "version: 1\ndn: dc=a\na: x\n\ndn: dc=b\na: y\n"),
    ("dn-only", "dn: dc=a\n\n\n\ndn:: ZGM9Yg==\n"),
    ("comments", "# a\n b\n\n# c\ndn: dc=a\n#\n d: e\na: x\n# f"),
    ("versions", "version: 1\n\nversion: 1\ndn: dc=a\nversion: 1\n\n# p\nversion: 01\n"),
    ("version-2", "version: 2\ndn: dc=a\na: x\n"),
    ("version-odd", "version:: MQ==\nversion: x\nversion:\nversion: 1\nx: y\n"),
    ("no-dn", "a: x\nb: y\n\nsearch: 2\nresult: 0 Success\n\nref: ldap://ldap.example.com\n"),
    ("continuation", " a\n b\ndn: dc=a\n\n c\n\n\td\n"),
    ("dn-twice", "dn: dc=a\na: x\ndn: dc=b\na: y\n"),
    ("dn-twice-folded", "dn: dc=a\na: x\nd\n \n \n \n n: dc=b\na: y\n"),
    ("dn-utf8", "dn:: w6Q=\na: x\n\ndn:: YWLD\na: x\n\ndn:: 7aCA\na: x\n"),
    ("late-change", "dn: dc=a\na: x\nchangetype: delete\na: y\n"),
    ("mark", "\u{feff}\ndn: dc=a\n\u{feff}: x\n"),
    (
        "marks",
        "\u{feff}dn: dc=a\na: x\n\n\u{feff}version: 1\n\n\u{feff}\n\u{feff}\u{feff}dn: dc=b\na: x\n",
    ),
    ("add", "dn: dc=a\nchangetype: add\na: x\n"),
    ("delete", "dn: dc=a\nchangetype: delete\n\ndn: dc=a\nchangetype: delete\na: x\n"),
    (
        "modify",
        "dn: dc=a\nchangetype: modify\nadd: a\na: x\nA: y\n-\ndelete: b\n-\nreplace: c\nc:: eA==\n-\n",
    ),
    (
        "modify-odd",
        "dn: dc=a\nchangetype: modify\n-\nx: y\n-\nadd: a\nb: x\n-\nadd:: YQ==\n-\nadd:\n-\n",
    ),
    ("modify-open", "dn: dc=a\nchangetype: modify\nincrement: a\na: 1\n# c\n"),
    ("rename", "dn: dc=a\nchangetype: modrdn\nnewrdn: dc=b\ndeleteoldrdn: 0\nnewsuperior: dc=c\n"),
    ("rename-odd", "dn: dc=a\nchangetype: moddn\nnewrdn: dc=b\ndeleteoldrdn: 10\nx: y\n"),
    (
        "rename-forms",
        "dn: dc=a\nchangetype: moddn\nnewrdn:: w6Q=\ndeleteoldrdn:: MQ==\nnewsuperior:< x:y\n",
    ),
    (
        "rename-not-utf8",
        "dn: dc=a\nchangetype: moddn\nnewrdn: dc=b\ndeleteoldrdn: 1\nnewsuperior:: w6T/\n",
    ),
    ("rename-short", "dn: dc=a\nchangetype: moddn\nnewrdn: dc=b\n"),
    (
        "unknown",
        "dn: dc=a\nchangetype: x\n\ndn: dc=a\nchangetype:: YWRk\n\ndn: dc=a\nchangetype:\n",
    ),
    (
        "controls",
        "dn: dc=a\ncontrol: 1.2 true: x\ncontrol:1.2:: eA==\ncontrol: 1.2 maybe\ncontrol: a\nchangetype: add\na: x\n",
    ),
    (
        "controls-odd",
        "dn: dc=a\ncontrol: 1.2true\nchangetype: delete\n\ndn: dc=a\ncontrol: 1..2\nchangetype: delete\n\n\
         dn: dc=a\ncontrol: 1.2 :x\nchangetype: delete\n\ndn: dc=a\ncontrol: 1.2 \nchangetype: delete\n\n\
         dn: dc=a\ncontrol: 1-2\nchangetype: delete\n",
    ),
    ("controls-alone", "dn: dc=a\ncontrol: 1.2\ncontrol: 1.2 false\n"),
    ("changes-and-content", "dn: dc=a\nchangetype: delete\n\ndn: dc=b\na: x\n"),
    ("content-and-changes", "dn: dc=a\na: x\n\ndn: dc=b\nchangetype: delete\n"),
    ("url", "dn: dc=a\na:< file:///x\nb: y\n\ndn:< file:///x\na: x\n"),
];

const LINES: &[(&str, &str)] = &[
    ("nul", "\0a: x"),
    ("no-name", ": x"),
    ("no-name-base64", ":: eA=="),
    ("no-name-url", ":< file:///x"),
    ("no-colon", "abc"),
    ("option-alone", ";a: x"),
    ("option-empty", "a;;b;: x"),
    ("range", "member;range=0-1499: x"),
    ("oid", "1.2.3;x: y"),
    ("oid-odd", "1..2.a: y"),
    ("underscore", "a_b: x"),
    ("space-before-colon", "a  : x"),
    ("space-in-name", "a b: x"),
    ("tab", "a:\tx"),
    ("tab-fold", "a: x\n\ty"),
    ("space-line", "a: x\n \n \r\n"),
    ("cr-in-value", "a: x\ry\r\r"),
    ("fold-in-name", "a\n b\r\n c: x"),
    ("fold-at-colons", "a\n :\n :\n  e\n A=\n ="),
    ("fold-of-fold", "a: x\n  \n   y"),
    ("empty", "a:"),
    ("empty-base64", "a::"),
    ("empty-url", "a:<"),
    ("url-without-scheme", "a:< x"),
    ("url-without-colon", "a:< /x:y"),
    ("safe-start", "a: : x\nb: < x\nc:   \u{e9}"),
    ("base64-cut-1", "a:: Q"),
    ("base64-cut-2", "a:: QQ"),
    ("base64-cut-3", "a:: QQ="),
    ("base64-bits-2", "a:: QR=="),
    ("base64-bits-1", "a:: QUJ="),
    ("base64-padding-first", "a:: ===="),
    ("base64-padding-second", "a:: Q==="),
    ("base64-padding-inside", "a:: QQ=Q"),
    ("base64-behind-padding", "a:: QQ==QQ=="),
    ("base64-too-much-padding", "a:: QUI=="),
    ("base64-spaces", "a:: Q Q\t=\r=  "),
    ("base64-url-alphabet", "a:: -_=="),
    ("base64-groups", "a:: QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="),
];
