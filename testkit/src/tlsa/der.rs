//! Certificates, keys and requests composed byte by byte.

/// Returns an element with the shortest length.
pub(super) fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let len = contents.len();
    let mut bytes = match len {
        0..=0x7f => vec![tag, len as u8],
        0x80..=0xff => vec![tag, 0x81, len as u8],
        0x100..=0xffff => vec![tag, 0x82, (len >> 8) as u8, len as u8],
        _ => vec![tag, 0x83, (len >> 16) as u8, (len >> 8) as u8, len as u8],
    };
    bytes.extend(contents);
    bytes
}

/// A certificate to be composed; each part is an element, or several.
#[derive(Clone, Debug)]
pub struct Build {
    /// The version, from `a0` on, or nothing.
    pub version: Vec<u8>,
    /// The serial number.
    pub serial: Vec<u8>,
    /// The key.
    pub key: Vec<u8>,
    /// What follows the key.
    pub tail: Vec<u8>,
}

impl Build {
    /// A certificate of version 3 with a key whose bits are these.
    #[must_use]
    pub fn new(serial: u8, bits: &[u8]) -> Self {
        Self {
            version: vec![0xa0, 3, 2, 1, 2],
            serial: vec![2, 1, serial],
            key: key(bits),
            tail: Vec::new(),
        }
    }

    /// Composes it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let algorithm = element(0x30, &[6, 3, 0x2b, 0x65, 0x70]);
        let validity =
            element(0x30, &[&time(*b"260101000000Z")[..], &time(*b"460101000000Z")].concat());
        let name = element(0x30, &[]);
        let tbs = [
            &self.version[..],
            &self.serial,
            &algorithm,
            &name,
            &validity,
            &name,
            &self.key,
            &self.tail,
        ];
        let signature = element(3, &[0, 1, 2, 3, 4]);
        element(0x30, &[&element(0x30, &tbs.concat())[..], &algorithm, &signature].concat())
    }

    /// Composes the request for it.
    #[must_use]
    pub fn encode_request(&self) -> Vec<u8> {
        let algorithm = element(0x30, &[6, 3, 0x2b, 0x65, 0x70]);
        let information =
            [&[2, 1, 0][..], &element(0x30, &[]), &self.key, &element(0xa0, &self.tail)].concat();
        let signature = element(3, &[0, 1, 2, 3, 4]);
        element(0x30, &[&element(0x30, &information)[..], &algorithm, &signature].concat())
    }
}

/// Returns an Ed25519 key (RFC 8410), of any length.
fn key(bits: &[u8]) -> Vec<u8> {
    let algorithm = element(0x30, &[6, 3, 0x2b, 0x65, 0x70]);
    element(0x30, &[&algorithm[..], &element(3, &[&[0], bits].concat())].concat())
}

fn time(text: [u8; 13]) -> Vec<u8> {
    element(0x17, &text)
}
