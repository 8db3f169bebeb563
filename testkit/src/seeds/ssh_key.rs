//! Seeds for keys: values, and bytes that choose one. The target takes an input for both.

use super::Seeds;

const ED25519: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw";

/// Values, and bytes that choose one.
pub(super) fn values() -> Seeds {
    let mut seeds = Seeds::default();
    seeds.add("empty", []);
    for (name, value) in [
        ("line", format!("ssh-ed25519 {ED25519} user1@example.com\n")),
        ("bare", ED25519.to_owned()),
        ("blanks", format!(" \tssh-ed25519 \t {ED25519}\t c \r\n")),
        ("two", format!("ssh-ed25519 {ED25519}\r\n\n# c\n{ED25519} d\n")),
        ("nul", format!("ssh-ed25519 {ED25519} \0")),
        ("name", format!("ssh-rsa {ED25519}")),
        ("type", format!("ssh-dss {ED25519}")),
        ("no-key", "ssh-ed25519".to_owned()),
        ("no-key-behind-options", "restrict ssh-ed25519 ".to_owned()),
        ("bare-behind-options", format!("restrict {ED25519}")),
        ("comment", "  # c".to_owned()),
        ("armor", "---- BEGIN SSH2 PUBLIC KEY ----".to_owned()),
        ("unicode-comment", format!("ssh-ed25519 {ED25519} \u{e9}")),
        ("too-long", format!("ssh-ed25519 {ED25519} {}", "c".repeat(8112))),
        ("as-long-as-can-be", format!("ssh-ed25519 {ED25519} {}", "c".repeat(8111))),
        ("padding", format!("ssh-ed25519 {ED25519}=")),
        ("cut", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJSB".to_owned()),
        ("bits", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ==".to_owned()),
    ] {
        seeds.add(format!("value-{name}"), value);
    }
    for (n, options) in OPTIONS.iter().enumerate() {
        seeds.add(format!("options-{n}"), format!("{options} ssh-ed25519 {ED25519}"));
        seeds.add(format!("options-{n}-alone"), *options);
    }
    let blob = |fields: &[&[u8]]| {
        let string = |field: &&[u8]| [&(field.len() as u32).to_be_bytes()[..], field].concat();
        fields.iter().flat_map(string).collect::<Vec<u8>>()
    };
    for len in [31, 32, 33] {
        seeds.add(format!("raw-ed25519-{len}"), blob(&[b"ssh-ed25519", &vec![7; len]]));
    }
    for len in [0, 127, 128, 129, 2047, 2048, 2049, 2050] {
        for first in [0, 1, 0x7f, 0x80] {
            let mut modulus = vec![0xff; len];
            modulus.iter_mut().take(1).for_each(|byte| *byte = first);
            if len > 0 || first == 0 {
                let name = format!("raw-rsa-{len}-{first}");
                seeds.add(name, blob(&[b"ssh-rsa", &[1, 0, 1], &modulus]));
            }
        }
    }
    for (name, exponent, front) in [
        ("modulus", &[1, 0, 1][..], &[0, 0][..]),
        ("exponent", &[0, 1, 0, 1], &[0]),
        ("0", &[0], &[0]),
    ] {
        let modulus = [front, &[0xff; 128]].concat();
        seeds.add(format!("raw-rsa-zero-{name}"), blob(&[b"ssh-rsa", exponent, &modulus]));
    }
    for (curve, len) in [("nistp256", 65), ("nistp384", 97), ("nistp521", 133)] {
        let name = format!("ecdsa-sha2-{curve}");
        for (len, first) in [(len, 4), (len - 1, 4), (len + 1, 4), (len, 2), (len / 2 + 1, 3)] {
            let mut point = vec![9; len];
            point[0] = first;
            let blob = blob(&[name.as_bytes(), curve.as_bytes(), &point]);
            seeds.add(format!("raw-{curve}-{len}-{first}"), blob);
        }
    }
    for application in [&b"ssh:"[..], b"", b"a\0", b"\0a"] {
        let name = format!(
            "raw-sk-{}",
            application.len() * 2 + usize::from(application.first() == Some(&0))
        );
        seeds.add(name, blob(&[b"sk-ssh-ed25519@openssh.com", &[7; 32], application]));
    }
    seeds.add("raw-no-name", [0; 4]);
    seeds.add("raw-long-name", [0, 0, 0, 255, 1]);
    // Type, fault, a byte of it, form, options, comment.
    for ty in 0..10 {
        for form in 0..4 {
            seeds.add(format!("model-{ty}-{form}"), [ty, 15, 7, form, 0, 1, 1]);
        }
        for fault in 0..9 {
            seeds.add(format!("model-{ty}-fault-{fault}"), [ty, fault, 3, 2, 0, 1, 2]);
        }
    }
    for size in 0..32 {
        seeds.add(format!("model-rsa-{size}"), [136, 15, size | 160, 0, 0, 0, 3]);
    }
    for comment in 0..16 {
        seeds.add(format!("model-comment-{comment}"), [0, 15, 7, 2, 0, comment, 4]);
    }
    seeds
}

const OPTIONS: &[&str] = &[
    "restrict",
    "pty,no-pty",
    ",,pty,,",
    "NO-TOUCH-REQUIRED",
    "no-verify-required,touch-required,environment=\"A=b c\"",
    "command=\"a \\\"b\\\", c\"",
    "command=\"\"",
    "command=\"\\\\\"",
    "command=\"a\\\"",
    "command=\"a",
    "command=a",
    "command",
    "from=\"a\",FROM=\"b\"",
    "permitopen=\"a:1\",permitopen=\"b:2\"",
    "cert-authority,principals=\"a\"",
    "unknown",
    "ptyx",
    "pty=\"a\"",
    "from=\"a\"b",
    "from=\"\u{e9}\"",
    "no-restrict",
    "\"a b\"",
    "a\"b c\"d",
    "tunnel=\"1\",expiry-time=\"2\",permitlisten=\"3\",verify-required",
    "x11-forwarding,agent-forwarding,port-forwarding,user-rc",
];
