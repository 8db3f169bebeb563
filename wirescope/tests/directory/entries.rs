//! What is in the directory.

use super::values::{Pair, blob, compose, line, pair, strings};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::path::Path;

/// A user, and the values of the user's attribute with what has to become of them.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) name: &'static str,
    pub(super) values: Vec<Value>,
}

/// A value: its bytes, and the line that has to be printed for it or the reason why there is none.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) bytes: Vec<u8>,
    pub(super) expected: Result<String, &'static str>,
}

/// All users, and the pairs whose public keys they have.
#[derive(Debug)]
pub(super) struct Entries {
    pub(super) users: Vec<User>,
    pub(super) ed25519: Pair,
    pub(super) rsa: Pair,
    pub(super) ecdsa: [Pair; 3],
    /// In the entry of no user but of the one whose name is a filter.
    pub(super) other: Pair,
    /// In no entry.
    pub(super) stranger: Pair,
}

impl Entries {
    /// Makes the keys in a folder.
    pub(super) fn new(folder: &Path) -> Self {
        let pair = |name: &str, args: &[&str]| pair(folder, name, args);
        let ed25519 = pair("ed25519", &["-t", "ed25519"]);
        let rsa = pair("rsa", &["-t", "rsa", "-b", "2048"]);
        let ecdsa = ["256", "384", "521"].map(|bits| pair(bits, &["-t", "ecdsa", "-b", bits]));
        let other = pair("other", &["-t", "ed25519"]);
        let stranger = pair("stranger", &["-t", "ed25519"]);

        let good = |text: &str| Value { bytes: text.into(), expected: Ok(text.into()) };
        let given =
            |bytes: &[u8], text: &str| Value { bytes: bytes.into(), expected: Ok(text.into()) };
        let bad = |reason, bytes: &[u8]| Value { bytes: bytes.into(), expected: Err(reason) };
        let key = &ed25519.public;
        let with = |before: &str, behind: &str| format!("{before}{key}{behind}").into_bytes();

        let ed25519_bytes = &strings(&blob(key))[0];
        let point = &strings(&blob(&ecdsa[0].public))[1];
        let curve = |public: &str| strings(&blob(public))[0].clone();
        let rsa_strings = strings(&blob(&rsa.public));
        let (exponent, modulus) = (&rsa_strings[0], &rsa_strings[1]);
        let negative = [&[0x80], &modulus[2..]].concat();
        let mut compressed = point[..33].to_vec();
        compressed[0] = 2;
        let hybrid = [&[6], &point[1..]].concat();

        let users = vec![
            User { name: "user1", values: vec![good(key)] },
            User {
                name: "user2",
                values: vec![good(&format!("{} user2@example.com", rsa.public))],
            },
            User { name: "user3", values: ecdsa.iter().map(|pair| good(&pair.public)).collect() },
            // The commonest way to paste a key, and the one that a directory returns in base64.
            User { name: "user4", values: vec![given(&with("", "\r\n"), key)] },
            User { name: "user5", values: vec![given(&with("", " Schl\u{fc}ssel"), key)] },
            User {
                name: "user6",
                values: vec![bad("options", &with("restrict,command=\"echo forced\" ", ""))],
            },
            User { name: "user7", values: vec![bad("options", &with("no-touch-required ", ""))] },
            User { name: "user8", values: vec![] },
            // A good one among those that are not.
            User {
                name: "user9",
                values: vec![
                    bad("algorithm", b"ssh-dss AAAAB3NzaC1kc3MAAACBAA=="),
                    bad("algorithm", b"ssh-ed25519-cert-v01@openssh.com AAAA"),
                    bad("algorithm", b"no key at all"),
                    bad("missing", b"ssh-ed25519"),
                    bad("comment", b"# user9"),
                    bad("armor", b"-----BEGIN OPENSSH PRIVATE KEY-----"),
                    bad("armor", b"---- BEGIN SSH2 PUBLIC KEY ----"),
                    bad("nul", &with("", "\0")),
                    bad("several-lines", &with("", &format!("\n{}", other.public))),
                    bad("several-lines", &with("", &format!(" comment\r{}", other.public))),
                    bad("base64", &with("", "=")),
                    bad("base64", &key.as_bytes()[..key.len() - 1]),
                    bad("truncated", &key.as_bytes()[..key.len() - 4]),
                    bad("trailing-data", compose("ssh-ed25519", &[ed25519_bytes, b""]).as_bytes()),
                    bad("name-mismatch", line("ssh-rsa", &blob(key)).as_bytes()),
                    bad("length", compose("ssh-ed25519", &[&ed25519_bytes[1..]]).as_bytes()),
                    bad(
                        "curve",
                        compose("ecdsa-sha2-nistp256", &[&curve(&ecdsa[1].public), point])
                            .as_bytes(),
                    ),
                    bad(
                        "length",
                        compose("ecdsa-sha2-nistp256", &[b"nistp256", &compressed]).as_bytes(),
                    ),
                    bad(
                        "point",
                        compose("ecdsa-sha2-nistp256", &[b"nistp256", &hybrid]).as_bytes(),
                    ),
                    bad("negative", compose("ssh-rsa", &[exponent, &negative]).as_bytes()),
                    bad(
                        "leading-zero",
                        compose("ssh-rsa", &[exponent, &[&[0], &modulus[..]].concat()]).as_bytes(),
                    ),
                    bad("weak", compose("ssh-rsa", &[exponent, &modulus[..128]]).as_bytes()),
                    bad("too-large", compose("ssh-rsa", &[exponent, &[0x7f; 2049]]).as_bytes()),
                    bad(
                        "application",
                        compose("sk-ssh-ed25519@openssh.com", &[ed25519_bytes, b"ssh:\0"])
                            .as_bytes(),
                    ),
                    bad("quote", &with("command=\"echo ", "")),
                    bad("options", &with("no-such-option ", "")),
                    bad("too-long", &with("", &format!(" {}", "x".repeat(8192)))),
                    good(&ecdsa[0].public),
                ],
            },
            User {
                name: "user10",
                values: vec![
                    // Types that need hardware, and one that is newer than most servers.
                    good(&compose("sk-ssh-ed25519@openssh.com", &[ed25519_bytes, b"ssh:"])),
                    good(&compose(
                        "sk-ecdsa-sha2-nistp256@openssh.com",
                        &[b"nistp256", point, b"ssh:example"],
                    )),
                    good(&mldsa44_ed25519(ed25519_bytes)),
                    // Other forms of a key: base64 alone, raw, and with white space around it.
                    given(BASE64_STANDARD.encode(blob(&rsa.public)).as_bytes(), &rsa.public),
                    given(&blob(&other.public), &other.public),
                    given(format!(" \t{}\t \n", ecdsa[0].public).as_bytes(), &ecdsa[0].public),
                ],
            },
            User { name: FILTER_NAME, values: vec![good(&other.public)] },
        ];
        Self { users, ed25519, rsa, ecdsa, other, stranger }
    }

    /// Returns the entries as LDIF for slapadd.
    pub(super) fn ldif(&self) -> String {
        let mut text = String::from(
            "dn: dc=example,dc=com\nobjectClass: dcObject\nobjectClass: organization\ndc: example\n\
             o: Example\n\ndn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\n\
             ou: people\n\n",
        );
        for name in ["reader", "limited"] {
            text += &format!(
                "dn: cn={name},dc=example,dc=com\nobjectClass: organizationalRole\n\
                 objectClass: simpleSecurityObject\ncn: {name}\nuserPassword: {PASSWORD}\n\n"
            );
        }
        for (number, user) in self.users.iter().enumerate() {
            let name = BASE64_STANDARD.encode(user.name);
            text += &format!(
                "dn: cn=User {number},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\n\
                 objectClass: posixAccount\nobjectClass: ldapPublicKey\ncn: User {number}\n\
                 sn: {number}\nuid:: {name}\nuidNumber: {}\ngidNumber: 60000\nhomeDirectory: /\n",
                60_001 + number
            );
            for value in &user.values {
                text += &format!("sshPublicKey:: {}\n", BASE64_STANDARD.encode(&value.bytes));
            }
            text.push('\n');
        }
        text
    }
}

/// A key of `ssh-mldsa44-ed25519@openssh.com`, composed as its specification has it: one string of an
/// ML-DSA-44 key (FIPS 204, 1312 bytes) and an Ed25519 key. No ssh-keygen of a stable system knows it.
fn mldsa44_ed25519(ed25519: &[u8]) -> String {
    let mldsa44: Vec<u8> = (0..1312_u16).map(|index| index.to_le_bytes()[0]).collect();
    compose("ssh-mldsa44-ed25519@openssh.com", &[&[&mldsa44, ed25519].concat()])
}

/// The name of a user that would find all users, were it put in a filter as it is.
pub(super) const FILTER_NAME: &str = "*)(uid=*";

/// The password of whoever has one.
pub(super) const PASSWORD: &str = "se cret";
