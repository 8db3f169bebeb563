//! What the messages of both families are written with.

use crate::{
    Extensions,
    checksum::Sum,
    extension::SHORTEST_QUOTE,
    raw::{self, fill},
};
use wire_error::{ErrorKind, Result};

/// How a message is divided up.
#[derive(Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// The bytes of the datagram that are quoted.
    quote: &'a [u8],
    /// The quote and the zeros that fill it up, in bytes.
    padded_len: usize,
    objects: &'a [u8],
}

impl<'a> Layout<'a> {
    /// Divides up a message of at most `max_len` bytes, whose length field counts words of `word`
    /// bytes.
    ///
    /// A quote in front of an extension structure is a whole number of words, and at least 128
    /// bytes, to which it is filled up with zeros (RFC 4884 §4). There it may exceed `max_len`,
    /// since without those 128 bytes there is no structure.
    pub(crate) fn new(datagram: &'a [u8], objects: &'a [u8], max_len: usize, word: usize) -> Self {
        let header = size_of::<raw::Header>();
        if objects.is_empty() {
            let room = max_len.saturating_sub(header);
            let quote = datagram.get(..room).unwrap_or(datagram);
            return Self { quote, padded_len: quote.len(), objects };
        }
        let structure = size_of::<raw::Structure>().saturating_add(objects.len());
        let room = max_len.saturating_sub(header).saturating_sub(structure);
        // The length field has 8 bits.
        let longest = word.saturating_mul(u8::MAX.into());
        let words = room.clamp(SHORTEST_QUOTE, longest).checked_div(word).unwrap_or_default();
        let room = words.saturating_mul(word);
        let quote = datagram.get(..room).unwrap_or(datagram);
        let padded_len = quote.len().checked_next_multiple_of(word).unwrap_or(room);
        let padded_len = padded_len.max(SHORTEST_QUOTE);
        Self { quote, padded_len, objects }
    }

    /// The length of the whole message.
    pub(crate) fn encoded_len(&self) -> usize {
        let len = size_of::<raw::Header>().saturating_add(self.padded_len);
        if self.objects.is_empty() {
            return len;
        }
        len.saturating_add(size_of::<raw::Structure>()).saturating_add(self.objects.len())
    }

    /// The value of the length field.
    pub(crate) fn length(&self, word: usize) -> u8 {
        if self.objects.is_empty() {
            return 0;
        }
        self.padded_len.checked_div(word).and_then(|words| words.try_into().ok()).unwrap_or(u8::MAX)
    }

    /// Writes all of the message but its checksum, which is left 0, and returns it.
    pub(crate) fn encode<'b>(&self, header: [u8; 8], out: &'b mut [u8]) -> Result<&'b mut [u8]> {
        let (needed, available) = (self.encoded_len(), out.len());
        let Some(message) = out.get_mut(..needed) else {
            return Err(ErrorKind::BufferTooSmall { needed, available }.at("message", 0));
        };
        message.fill(0);
        fill(message, &header);
        let (_, payload) = message.split_at_mut_checked(header.len()).unwrap_or_default();
        fill(payload, self.quote);
        if !self.objects.is_empty() {
            let (_, structure) = payload.split_at_mut_checked(self.padded_len).unwrap_or_default();
            Extensions::encode(self.objects, structure)?;
        }
        Ok(message)
    }
}

/// Writes the checksum of a message.
pub(crate) fn write_checksum(message: &mut [u8], sum: Sum) {
    if let [_, _, high, low, ..] = message {
        [*high, *low] = sum.checksum().to_be_bytes();
    }
}
