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

    /// Writes the message to the front of `out`, and returns how many bytes it took. `sum` is that
    /// of what the checksum covers besides the message.
    pub(crate) fn encode(&self, mut header: [u8; 8], sum: Sum, out: &mut [u8]) -> Result<usize> {
        let (needed, available) = (self.encoded_len(), out.len());
        let Some(message) = out.get_mut(..needed) else {
            return Err(ErrorKind::BufferTooSmall { needed, available }.at("message", 0));
        };
        let (front, payload) = message.split_at_mut_checked(header.len()).unwrap_or_default();
        let (quote, rest) = payload.split_at_mut_checked(self.quote.len()).unwrap_or_default();
        let padding = self.padded_len.saturating_sub(self.quote.len());
        let (padding, structure) = rest.split_at_mut_checked(padding).unwrap_or_default();
        fill(quote, self.quote);
        padding.fill(0);
        if !self.objects.is_empty() {
            Extensions::encode(self.objects, structure)?;
        }
        // The quote is summed where it comes from: bytes just written are slow to read. If it is odd
        // and not the last, a zero follows it, as the sum has it.
        let sum = sum.add(&header).add(self.quote).add(structure);
        let [_, _, high, low, ..] = &mut header;
        [*high, *low] = sum.checksum().to_be_bytes();
        fill(front, &header);
        Ok(needed)
    }
}
