use crate::{
    Reason, Refusal,
    sink::{Emit, Sink},
};
use core::{
    fmt,
    hash::{Hash, Hasher},
    iter::FusedIterator,
};

/// The options in front of a key, in their order.
///
/// They are read as sshd reads them (`sshauthopt_parse` in OpenSSH 10.5): names in any case, values
/// in quotes, in which `\"` is a quote and nothing else is special. The first that sshd would refuse
/// ends the iteration with the reason, since it would refuse the line.
///
/// What is in the values, an address or a time, is not looked at.
#[derive(Clone, Copy)]
pub struct KeyOptions<'a> {
    rest: &'a [u8],
    offset: usize,
    /// Those that there were of the options that may be there once.
    seen: u8,
}

impl<'a> KeyOptions<'a> {
    pub(crate) const fn new(rest: &'a [u8], offset: usize) -> Self {
        Self { rest, offset, seen: 0 }
    }

    /// Returns whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    /// Says whether sshd takes all of them.
    pub(crate) fn check(mut self) -> Result<(), Refusal> {
        self.try_for_each(|option| option.map(drop))
    }

    fn read(&mut self) -> Result<Option<KeyOption<'a>>, Refusal> {
        while let Some(rest) = self.rest.strip_prefix(b",") {
            self.advance(rest);
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let offset = self.offset;
        let unknown = Reason::UnknownOption.at(offset);
        let (known, behind) = Known::of(self.rest).ok_or(unknown)?;
        let (value, behind) = match behind.strip_prefix(b"=") {
            Some(quoted) if known.has_value => {
                let text = quoted.strip_prefix(b"\"").ok_or(unknown)?;
                let end = closing(text).ok_or(Reason::Quote.at(offset))?;
                let (value, behind) = text.split_at_checked(end).ok_or(unknown)?;
                (Some(OptionValue(value)), behind.get(1..).unwrap_or_default())
            }
            None if !known.has_value => (None, behind),
            _ => return Err(unknown),
        };
        if !matches!(behind, [] | [b',', ..]) {
            return Err(unknown);
        }
        if self.seen & known.once != 0 {
            return Err(Reason::RepeatedOption.at(offset));
        }
        self.seen |= known.once;
        self.advance(behind);
        Ok(Some(KeyOption { known, value, offset }))
    }

    fn advance(&mut self, behind: &'a [u8]) {
        let len = self.rest.len().saturating_sub(behind.len());
        self.offset = self.offset.saturating_add(len);
        self.rest = behind;
    }
}

/// Equal if they are written alike, wherever they stand.
impl PartialEq for KeyOptions<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.rest == other.rest && self.seen == other.seen
    }
}

impl Eq for KeyOptions<'_> {}

impl Hash for KeyOptions<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rest.hash(state);
    }
}

impl<'a> Iterator for KeyOptions<'a> {
    type Item = Result<KeyOption<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        if read.is_err() {
            self.rest = &[];
        }
        read.transpose()
    }
}

impl FusedIterator for KeyOptions<'_> {}

impl fmt::Debug for KeyOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

/// One option.
#[derive(Clone, Copy)]
pub struct KeyOption<'a> {
    known: &'static Known,
    value: Option<OptionValue<'a>>,
    offset: usize,
}

impl<'a> KeyOption<'a> {
    /// Returns the names of all options that sshd knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|known| known.name)
    }

    /// Returns the name, in the spelling of sshd(8) but for its case, which is lower; with `no-` if
    /// it has that.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.known.name
    }

    /// Returns the value; `None` if it is an option without one.
    #[must_use]
    pub const fn value(&self) -> Option<OptionValue<'a>> {
        self.value
    }

    /// Returns whether more could be done with the key if the option were lost.
    ///
    /// So of `cert-authority`, too: a key that has it is good for certificates only, and without it
    /// for a login; and of `touch-required`, without which a prefix may waive the touch.
    #[must_use]
    pub const fn restricts(&self) -> bool {
        self.known.restricts
    }

    /// Returns where in the value the option starts.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl Emit for KeyOption<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        sink.put(self.known.name.as_bytes());
        if let Some(value) = self.value {
            sink.put(b"=\"");
            value.bytes().for_each(|byte| escape(byte, sink));
            sink.put(b"\"");
        }
    }
}

/// Equal if name and value are, wherever they stand.
impl PartialEq for KeyOption<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.value == other.value
    }
}

impl Eq for KeyOption<'_> {}

impl Hash for KeyOption<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
        self.value.hash(state);
    }
}

impl fmt::Debug for KeyOption<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyOption({})", self.known.name)
    }
}

/// The value of an option, in quotes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionValue<'a>(&'a [u8]);

impl<'a> OptionValue<'a> {
    /// Returns the value as it is written between the quotes.
    #[must_use]
    pub const fn as_raw(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the value, in which `\"` has become a quote.
    pub fn bytes(&self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let behind = self.0.iter().skip(1).copied().chain([0]);
        let pairs = self.0.iter().copied().zip(behind);
        pairs.filter(|pair| *pair != (b'\\', b'"')).map(|(byte, _)| byte)
    }

    /// Whether it can be written into a line: printable ASCII.
    pub(crate) fn is_printable(&self) -> bool {
        self.0.iter().all(|byte| matches!(byte, b' '..=b'~'))
    }
}

impl fmt::Debug for OptionValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OptionValue({} bytes)", self.0.len())
    }
}

/// A value in the quotes that an option wants, for a [`Prefix`](crate::Prefix).
///
/// ```
/// use ldif_keys::{Policy, Prefix, QuotedOption};
///
/// let command = QuotedOption::new(br#"say "hello""#)?;
/// let options = format!("restrict,command={command}");
/// assert_eq!(options, r#"restrict,command="say \"hello\"""#);
/// let policy = Policy::Force(Prefix::parse(&options)?);
/// # Ok::<(), ldif_keys::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuotedOption<'a>(&'a [u8]);

impl<'a> QuotedOption<'a> {
    /// Takes printable ASCII that does not end in `\`: in front of the closing quote sshd takes that
    /// for an escape, and there is no other way to write it.
    ///
    /// # Errors
    ///
    /// [`Reason::OptionValue`], at the first byte that is neither.
    pub fn new(value: &'a [u8]) -> Result<Self, Refusal> {
        let unprintable = value.iter().position(|byte| !matches!(byte, b' '..=b'~'));
        let last = value.len().saturating_sub(1);
        let backslash = (value.last() == Some(&b'\\')).then_some(last);
        match unprintable.or(backslash) {
            Some(at) => Err(Reason::OptionValue.at(at)),
            None => Ok(Self(value)),
        }
    }
}

impl Emit for QuotedOption<'_> {
    fn emit(&self, sink: &mut impl Sink) {
        sink.put(b"\"");
        self.0.iter().for_each(|&byte| escape(byte, sink));
        sink.put(b"\"");
    }
}

impl fmt::Display for QuotedOption<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Emit::show(self, f)
    }
}

impl fmt::Debug for QuotedOption<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QuotedOption({} bytes)", self.0.len())
    }
}

/// Returns the length of the options at the start of a line, up to the first space or TAB that is
/// not in quotes: `sshkey_advance_past_options` in OpenSSH 10.5.
pub(crate) fn skip(line: &[u8]) -> Result<usize, Refusal> {
    let mut quote = None;
    let mut rest = line;
    loop {
        let at = line.len().saturating_sub(rest.len());
        rest = match rest {
            [b' ' | b'\t', ..] if quote.is_none() => return Ok(at),
            [b'\\', b'"', after @ ..] => after,
            [byte, after @ ..] => {
                if *byte == b'"' {
                    quote = if quote.is_none() { Some(at) } else { None };
                }
                after
            }
            [] => return quote.map_or(Ok(at), |start| Err(Reason::Quote.at(start))),
        };
    }
}

/// Returns where the quote is that ends a value: `opt_dequote` in OpenSSH 10.5.
fn closing(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    loop {
        rest = match rest {
            [b'"', ..] => return Some(text.len().saturating_sub(rest.len())),
            [b'\\', b'"', after @ ..] | [_, after @ ..] => after,
            [] => return None,
        };
    }
}

fn escape(byte: u8, sink: &mut impl Sink) {
    if byte == b'"' {
        sink.put(b"\\");
    }
    sink.put(&[byte]);
}

/// An option that sshd knows.
struct Known {
    name: &'static str,
    has_value: bool,
    restricts: bool,
    /// A bit of its own if it may be there once.
    once: u8,
}

impl Known {
    /// Returns the option that `text` starts with, and what is behind its name.
    fn of(text: &[u8]) -> Option<(&'static Self, &[u8])> {
        KNOWN.iter().find_map(|known| {
            let (name, behind) = text.split_at_checked(known.name.len())?;
            name.eq_ignore_ascii_case(known.name.as_bytes()).then_some((known, behind))
        })
    }

    /// One that lets more be done, or nothing.
    const fn grant(name: &'static str) -> Self {
        Self { name, has_value: false, restricts: false, once: 0 }
    }

    const fn restriction(name: &'static str) -> Self {
        Self { restricts: true, ..Self::grant(name) }
    }

    const fn valued(name: &'static str, once: u8) -> Self {
        Self { has_value: true, once, ..Self::restriction(name) }
    }
}

/// No name is the start of another.
static KNOWN: [Known; 24] = [
    Known::restriction("restrict"),
    Known::restriction("cert-authority"),
    Known::grant("port-forwarding"),
    Known::restriction("no-port-forwarding"),
    Known::grant("agent-forwarding"),
    Known::restriction("no-agent-forwarding"),
    Known::grant("x11-forwarding"),
    Known::restriction("no-x11-forwarding"),
    // The default, but not behind a prefix that has `no-touch-required`.
    Known::restriction("touch-required"),
    Known::grant("no-touch-required"),
    Known::restriction("verify-required"),
    Known::grant("no-verify-required"),
    Known::grant("pty"),
    Known::restriction("no-pty"),
    Known::grant("user-rc"),
    Known::restriction("no-user-rc"),
    Known::valued("command", 1),
    Known::valued("principals", 2),
    Known::valued("from", 4),
    Known::valued("expiry-time", 0),
    Known::valued("permitopen", 0),
    Known::valued("permitlisten", 0),
    // Without it any device can be asked for.
    Known::valued("tunnel", 0),
    Known { restricts: false, ..Known::valued("environment", 0) },
];
