//! An extension structure behind the quote.

use super::{super::naive::checksum, Object, Quoted};
use arbitrary::{Arbitrary, Result, Unstructured};

/// An extension structure as plain fields.
#[derive(Clone, Debug)]
pub struct Structure {
    /// How long the quote in front is, cut or filled up with zeros.
    pub quote_len: usize,
    /// What the length field says.
    pub length: u8,
    /// The version.
    pub version: u8,
    /// The 12 bits behind the version.
    pub reserved: u16,
    /// How its checksum is made.
    pub seal: Seal,
    /// The objects.
    pub objects: Vec<Object>,
    /// Bytes behind them.
    pub stray: u8,
    /// Where in the quote something looks like a structure.
    pub decoy: Option<usize>,
    /// Where in the quote a byte is changed.
    pub smudge: Option<usize>,
}

/// How a checksum is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// As it should be.
    Right,
    /// As 0.
    NotSent,
    /// Otherwise.
    Wrong,
}

/// RFC 4884 §4: the least, what is next to it, and the most that 8 bits can say.
const QUOTE_LENS: [usize; 16] =
    [128, 128, 132, 136, 127, 129, 256, 28, 0, 124, 120, 144, 1020, 1024, 2040, 2048];

impl Structure {
    /// Chooses a structure with so many objects, behind a quote whose length is in these words.
    pub(super) fn arbitrary(
        u: &mut Unstructured<'_>,
        word: usize,
        quoted: &Quoted,
        objects: usize,
    ) -> Result<Self> {
        let [places, marks] = <[u8; 2]>::arbitrary(u)?;
        let quote_len = QUOTE_LENS[usize::from(places % 16)];
        let length = match places / 16 {
            6 => 0,
            7 => quote_len,
            8 => quote_len / word + 1,
            9 => (quote_len / word).saturating_sub(1),
            10 => quoted.encode().len() / word,
            11 => 31,
            12 => 15,
            13 => 255,
            14 | 15 => u8::arbitrary(u)?.into(),
            _ => quote_len / word,
        };
        let length = u8::try_from(length).unwrap_or(u8::MAX);
        let stray = if marks & 0x80 == 0 { 0 } else { 1 + u8::arbitrary(u)? % 8 };
        let objects = (0..objects).map(|_| u.arbitrary()).collect::<Result<_>>()?;
        // Where there is no room for a decoy, what fills the quote up is not all zeros.
        let (decoy, smudge) = match marks / 4 % 8 {
            3 if quote_len < 136 => (None, quote_len.checked_sub(1)),
            3 => (Some(128), None),
            4 if length < 128 => (None, Some(word * usize::from(length))),
            4 => (Some(length.into()), None),
            _ => (None, None),
        };
        Ok(Self {
            quote_len,
            length,
            version: [2, 2, 2, 2, 2, 3, 1, 6][usize::from(marks / 4 % 8)],
            decoy: decoy.filter(|decoy| decoy + 8 <= quote_len),
            smudge: smudge.filter(|smudge| *smudge < quote_len),
            reserved: [0, 0, 0x001, 0x800][usize::from(marks / 32 % 4)],
            seal: [Seal::Right, Seal::Right, Seal::NotSent, Seal::Wrong][usize::from(marks % 4)],
            objects,
            stray,
        })
    }

    /// Encodes the structure; what is stray is made of this byte.
    #[must_use]
    pub fn encode(&self, fill: u8) -> Vec<u8> {
        let mut bytes = (u16::from(self.version) << 12 | self.reserved).to_be_bytes().to_vec();
        bytes.extend([0, 0]);
        bytes.extend(self.encode_objects());
        bytes.resize(bytes.len() + usize::from(self.stray), fill);
        let right = checksum::of_structure(&bytes);
        let checksum = match self.seal {
            Seal::Right => right,
            Seal::NotSent => 0,
            Seal::Wrong => right ^ 0x0180,
        };
        bytes[2..4].copy_from_slice(&checksum.to_be_bytes());
        bytes
    }

    /// Encodes the objects, one behind the other.
    #[must_use]
    pub fn encode_objects(&self) -> Vec<u8> {
        self.objects.iter().flat_map(Object::encode).collect()
    }

    /// Puts smudge and decoy into a message. The decoy's one object reaches to the end, and its
    /// checksum is right.
    pub(super) fn deceive(&self, message: &mut [u8]) {
        if let Some(smudge) = self.smudge {
            message[8 + smudge] ^= 0x10;
        }
        let Some(decoy) = self.decoy else { return };
        let structure = &mut message[8 + decoy..];
        let len = u16::try_from(structure.len() - 4).unwrap();
        structure[..4].copy_from_slice(&[0x20, 0, 0, 0]);
        structure[4..6].copy_from_slice(&len.to_be_bytes());
        structure[6..8].copy_from_slice(&[247, 0]);
        let checksum = checksum::of_structure(structure);
        structure[2..4].copy_from_slice(&checksum.to_be_bytes());
    }
}
