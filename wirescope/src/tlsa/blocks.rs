//! PEM, and what may stand around it.
//!
//! What a server sends has names in it, and other text that it can choose: programs print some of that
//! as it is, with certificates in it that are not the server's. So blocks are taken only where nothing
//! of that kind can stand: in a file of PEM, and at the two places where `openssl s_client` prints what
//! was sent.

use pem::Pem;

/// The blocks of a text, in their order.
#[derive(Debug)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Pem>,
    /// How many certificates `openssl s_client` has told of.
    pub(super) told: usize,
}

impl Blocks {
    /// Reads a text; `None` if there is no PEM in it.
    ///
    /// What is wrong with a block is told without any of it: it may be a private key.
    pub(super) fn read(text: &[u8]) -> Result<Option<Self>, String> {
        Self::read_by(text, is_of_a_file)
    }

    /// Reads a text from somebody who is trusted, with any lines around the blocks.
    pub(super) fn trusted(text: &[u8]) -> Result<Option<Self>, String> {
        Self::read_by(text, |_| true)
    }

    fn read_by(text: &[u8], is_around: fn(&[u8]) -> bool) -> Result<Option<Self>, String> {
        if !text.windows(BEGIN.len()).any(|window| window == BEGIN) {
            return Ok(None);
        }
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut reader = Reader { is_around, part: Part::File, pem: Vec::new(), begun: 0, told: 0 };
        for (number, line) in (1_usize..).zip(text.split(|byte| *byte == b'\n')) {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            reader.line(line).map_err(|what| format!("line {number}: {what}"))?;
        }
        match pem::parse_many(&reader.pem) {
            // The crate passes over a block that does not end.
            Ok(blocks) if blocks.len() == reader.begun => {
                Ok(Some(Self { blocks, told: reader.told }))
            }
            _ => Err("a block of PEM is damaged, or has no end".into()),
        }
    }
}

#[derive(Debug)]
struct Reader {
    /// What may stand around the blocks of a file.
    is_around: fn(&[u8]) -> bool,
    part: Part,
    /// The lines of blocks.
    pem: Vec<u8>,
    begun: usize,
    told: usize,
}

/// What the next line is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A file of blocks, with what `openssl pkcs12` prints around them.
    File,
    /// What `openssl s_client` prints, before the chain or behind it.
    Session { has_chain: bool },
    /// Behind `Certificate chain`.
    Chain,
    /// Behind `Server certificate`.
    Server,
    /// A block, and what comes behind it.
    Block(After),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    File,
    Chain,
    Session,
}

impl Reader {
    fn line(&mut self, line: &[u8]) -> Result<(), &'static str> {
        let part = match (self.part, line) {
            (Part::Block(after), _) => {
                self.block(line);
                match after {
                    _ if !line.trim_ascii().starts_with(END) => self.part,
                    After::File => Part::File,
                    After::Chain => Part::Chain,
                    After::Session => Part::Session { has_chain: true },
                }
            }
            (Part::File, _) if begins(line) => self.begin(line, After::File),
            (Part::Chain, _) if begins(line) => self.begin(line, After::Chain),
            (Part::Server, _) if begins(line) => self.begin(line, After::Session),
            (Part::File, _) if (self.is_around)(line) => Part::File,
            (Part::File, _) if self.begun > 0 || !starts_session(line) => return Err(AROUND),
            (Part::Chain, b"---") => Part::Session { has_chain: true },
            (Part::Chain, _) => {
                let is_subject = is_subject(line);
                self.told = self.told.saturating_add(usize::from(is_subject));
                if !is_subject && !DETAILS.iter().any(|start| line.starts_with(start)) {
                    return Err(AROUND);
                }
                Part::Chain
            }
            (Part::Session { has_chain: true }, b"Certificate chain") => return Err(TWICE),
            (_, b"Certificate chain") => Part::Chain,
            (Part::Session { has_chain: true }, b"Server certificate") => Part::Server,
            _ if line.starts_with(STAPLED) && !line.ends_with(b"no response sent") => {
                return Err(
                    "an OCSP response, which holds other certificates: ask without -status",
                );
            }
            (Part::Session { .. }, _) if begins(line) => return Err(AROUND),
            (Part::File, _) => Part::Session { has_chain: false },
            (Part::Server, _) => Part::Session { has_chain: true },
            (part, _) => part,
        };
        self.part = part;
        Ok(())
    }

    fn begin(&mut self, line: &[u8], after: After) -> Part {
        self.begun = self.begun.saturating_add(1);
        self.block(line);
        Part::Block(after)
    }

    fn block(&mut self, line: &[u8]) {
        self.pem.extend_from_slice(line.trim_ascii());
        self.pem.push(b'\n');
    }
}

/// Returns whether a block begins on this line, which has nothing else on it (RFC 7468 §3).
fn begins(line: &[u8]) -> bool {
    let label = line.trim_ascii().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(b"-----"));
    label.is_some_and(|label| !label.windows(5).any(|window| window == b"-----"))
}

/// Returns whether this may stand in a file of PEM: nothing, a comment, or what `openssl pkcs12` prints.
fn is_of_a_file(line: &[u8]) -> bool {
    line.trim_ascii().is_empty() || OF_A_FILE.iter().any(|start| line.starts_with(start))
}

/// Returns whether `openssl s_client` begins so, its standard error included.
fn starts_session(line: &[u8]) -> bool {
    line == b"---" || SESSION.iter().any(|start| line.starts_with(start))
}

/// Returns whether this is the subject of a certificate in a chain: ` 0 s:CN = www.example.com`.
fn is_subject(line: &[u8]) -> bool {
    let number = line.strip_prefix(b" ").unwrap_or(line);
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && number.get(digits..).is_some_and(|rest| rest.starts_with(b" s:"))
}

/// What a label of a certificate ends with, that of OpenSSL's trusted ones included, which is an error
/// later on and not a gap in a chain.
pub(super) const CERTIFICATE: &str = "CERTIFICATE";

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";

const OF_A_FILE: [&[u8]; 7] = [
    b"#",
    b"Bag Attributes",
    b"Key Attributes",
    b"    localKeyID: ",
    b"    friendlyName: ",
    b"subject=",
    b"issuer=",
];

const SESSION: [&[u8]; 7] = [
    b"Connecting to ",
    b"CONNECTED(",
    b"Can't use SSL_get_servername",
    b"SSL_connect:",
    b"depth=",
    b"verify ",
    b"Certificate chain",
];

/// Issuer, algorithms and times of a certificate in a chain.
const DETAILS: [&[u8]; 3] = [b"   i:", b"   a:", b"   v:"];

const STAPLED: &[u8] = b"OCSP response:";

const AROUND: &str = "text around PEM, which could hold other certificates: give PEM alone, or what \
                      openssl s_client -showcerts prints";

const TWICE: &str = "a second chain";
