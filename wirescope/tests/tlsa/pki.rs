//! Certificates with keys of every kind, made with openssl.

use std::{fs, path::Path, process::Command};
use tempfile::TempDir;

/// An anchor, and end entities that it has vouched for.
#[derive(Debug)]
pub(super) struct Pki {
    /// The anchor's certificate, a file.
    pub(super) anchor: String,
    pub(super) leaves: Vec<Leaf>,
    folder: TempDir,
}

/// An end entity: the name of its kind, and those of its files.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) name: &'static str,
    pub(super) certificate: String,
    pub(super) key: String,
    pub(super) public_key: String,
    pub(super) request: String,
}

impl Pki {
    /// Makes one with end entities of every kind.
    pub(super) fn new() -> Self {
        Self::of(&KINDS)
    }

    /// Makes one with an end entity of the kind that is made soonest.
    pub(super) fn small() -> Self {
        Self::of(&[P256])
    }

    fn of(kinds: &[Kind]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut pki = Self { anchor: String::new(), leaves: Vec::new(), folder };
        let key = pki.path("anchor.key");
        pki.anchor = pki.path("anchor.crt");
        pki.openssl(&["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", &key]);
        let request = ["req", "-x509", "-new", "-days", "2", "-subj", "/CN=anchor"];
        pki.openssl(&[&request[..], &["-key", &key, "-out", &pki.anchor]].concat());
        fs::write(pki.path("san"), "subjectAltName=DNS:www.example.com,DNS:*.www.example.com\n")
            .unwrap();
        for (name, kind) in kinds {
            let leaf = pki.leaf(name, kind, &key);
            pki.leaves.push(leaf);
        }
        pki
    }

    fn leaf(&self, name: &'static str, kind: &[&str], anchor_key: &str) -> Leaf {
        let [certificate, key, public_key, request] =
            ["crt", "key", "pub", "csr"].map(|end| self.path(&format!("{name}.{end}")));
        self.openssl(&[&["genpkey", "-out", &key, "-algorithm"], kind].concat());
        self.openssl(&["pkey", "-in", &key, "-pubout", "-out", &public_key]);
        let subject = "/CN=www.example.com";
        self.openssl(&["req", "-new", "-key", &key, "-subj", subject, "-out", &request]);
        let san = self.path("san");
        // Without extensions it is a certificate of version 1.
        let extensions = if name == "v1" { &[][..] } else { &["-extfile", &san] };
        let sign = ["x509", "-req", "-days", "2", "-CA", &self.anchor, "-CAkey", anchor_key];
        let files = ["-in", &request, "-out", &certificate];
        self.openssl(&[&sign[..], extensions, &files].concat());
        Leaf { name, certificate, key, public_key, request }
    }

    /// Runs openssl, and returns what it prints.
    #[track_caller]
    pub(super) fn openssl(&self, args: &[&str]) -> Vec<u8> {
        let output = Command::new("openssl").args(args).output().unwrap();
        assert!(output.status.success(), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

/// Makes a file of certificates.
pub(super) fn write_chain(file: impl AsRef<Path>, certificates: &[&str]) {
    let text: Vec<String> =
        certificates.iter().map(|name| fs::read_to_string(name).unwrap()).collect();
    fs::write(file, text.concat()).unwrap();
}

/// A name, and how openssl makes the key.
type Kind = (&'static str, &'static [&'static str]);

const P256: Kind = ("p256", &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]);

const KINDS: [Kind; 6] = [
    ("rsa", &["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("rsa-pss", &["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]),
    P256,
    ("p384", &["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
    ("ed25519", &["ED25519"]),
    ("v1", &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
];
