use crate::{Key, Reason, Refusal};
use core::{fmt, iter::FusedIterator};
use memchr::memchr;

/// The keys of a value that has several, one on each line, as some directories have them.
///
/// A server takes such a value for one, and so does [`Key::parse`], which refuses it: reading it like
/// this is a choice. Empty lines and comments are passed over. A line that is no key is refused, and
/// the others are read all the same. The raw bytes of a key have no lines and are one key.
///
/// Ends for good after the last one. A value without any line is refused as
/// [`Empty`](Reason::Empty).
///
/// ```
/// use ldif_keys::Keys;
///
/// let value = b"# two, and one of them cut\r\n\
///     ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw\r\n\
///     ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJSB\r\n";
/// let mut keys = Keys::new(value);
/// assert_eq!(keys.next().unwrap().unwrap().bits(), 256);
/// let refusal = keys.next().unwrap().unwrap_err();
/// assert_eq!(refusal.to_string(), "key ends too early at byte 142");
/// assert!(keys.next().is_none());
/// ```
#[derive(Clone)]
pub struct Keys<'a> {
    rest: Option<&'a [u8]>,
    offset: usize,
    is_empty: bool,
}

impl<'a> Keys<'a> {
    /// Reads the keys of a value.
    #[must_use]
    pub const fn new(value: &'a [u8]) -> Self {
        Self { rest: Some(value), offset: 0, is_empty: true }
    }
}

impl<'a> Iterator for Keys<'a> {
    type Item = Result<Key<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(rest) = self.rest.take() else {
                let is_empty = core::mem::take(&mut self.is_empty);
                return is_empty.then(|| Err(Reason::Empty.at(0)));
            };
            let offset = self.offset;
            let feed = memchr(b'\n', rest).filter(|_| offset > 0 || rest.first() != Some(&0));
            let line = match feed {
                Some(feed) => {
                    let behind = feed.saturating_add(1);
                    self.rest = rest.get(behind..);
                    self.offset = offset.saturating_add(behind);
                    rest.get(..feed).unwrap_or_default()
                }
                None => rest,
            };
            match Key::parse(line) {
                Err(refusal) if matches!(refusal.reason(), Reason::Empty | Reason::Comment) => {}
                parsed => {
                    self.is_empty = false;
                    return Some(parsed.map_err(|refusal| refusal.nested_at(offset)));
                }
            }
        }
    }
}

impl FusedIterator for Keys<'_> {}

impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
