use crate::{Action, ByteOrder, Direction, Entry, Family, Layout, Name, Reason, raw};
use wire_error::{Error, ErrorKind, Result};

/// An entry to be written.
///
/// ```
/// use pflog_wire::{Action, Build, ByteOrder, Entry, Layout, LinkType};
///
/// # fn main() -> pflog_wire::Result<()> {
/// let mut build = Build::new(Layout::FREEBSD_13_1, ByteOrder::Little);
/// build.action = Action::BLOCK;
/// build.interface = "em0".into();
/// build.rule = 3;
/// let mut buffer = [0; 100];
/// let len = build.encode(&mut buffer)?;
///
/// let entry = Entry::parse(&buffer[..len], LinkType::Pflog, ByteOrder::Little)?;
/// assert_eq!((entry.interface(), entry.rule()), ("em0".into(), Some(3)));
/// assert_eq!(Build::from(entry), build);
/// # Ok(())
/// # }
/// ```
///
/// A field that the layout does not have is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Build<'a> {
    /// The layout, which has to be one that is known.
    pub layout: Layout,
    /// The byte order of users and processes.
    pub byte_order: ByteOrder,
    /// See [`Entry::family`].
    pub family: Family,
    /// See [`Entry::action`].
    pub action: Action,
    /// See [`Entry::reason`].
    pub reason: Reason,
    /// See [`Entry::interface`]. What is left of its 16 bytes is filled with NULs.
    pub interface: Name<'a>,
    /// See [`Entry::ruleset`]; empty for none.
    pub ruleset: Name<'a>,
    /// See [`Entry::raw_rule`].
    pub rule: u32,
    /// See [`Entry::raw_subrule`].
    pub subrule: u32,
    /// See [`Entry::raw_uid`].
    pub uid: u32,
    /// See [`Entry::raw_pid`].
    pub pid: i32,
    /// See [`Entry::raw_rule_uid`].
    pub rule_uid: u32,
    /// See [`Entry::raw_rule_pid`].
    pub rule_pid: i32,
    /// See [`Entry::direction`].
    pub direction: Direction,
    /// See [`Entry::raw_ridentifier`].
    pub ridentifier: u32,
    /// See [`Entry::raw_rewritten`].
    pub rewritten: u8,
    /// See [`Entry::naf`].
    pub naf: Family,
    /// See [`Entry::raw_saddr`].
    pub saddr: [u8; 16],
    /// See [`Entry::raw_daddr`].
    pub daddr: [u8; 16],
    /// See [`Entry::sport`].
    pub sport: u16,
    /// See [`Entry::dport`].
    pub dport: u16,
    /// See [`Entry::payload`].
    pub payload: &'a [u8],
}

impl<'a> Build<'a> {
    /// Makes an entry for an IPv4 packet that the default rule passed in, of which nothing else is
    /// known.
    #[must_use]
    pub const fn new(layout: Layout, byte_order: ByteOrder) -> Self {
        Self {
            layout,
            byte_order,
            family: Family::INET,
            action: Action::PASS,
            reason: Reason::MATCH,
            interface: Name(&[]),
            ruleset: Name(&[]),
            rule: u32::MAX,
            subrule: u32::MAX,
            uid: u32::MAX,
            pid: 100_000,
            rule_uid: u32::MAX,
            rule_pid: 100_000,
            direction: Direction::IN,
            ridentifier: 0,
            rewritten: 0,
            naf: Family::UNSPEC,
            saddr: [0; 16],
            daddr: [0; 16],
            sport: 0,
            dport: 0,
            payload: &[],
        }
    }

    /// Returns the length of header and payload in bytes.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        self.layout.header_len().saturating_add(self.payload.len())
    }

    /// Writes the entry to the front of `out`, and returns how many bytes it took.
    ///
    /// # Errors
    ///
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if the layout is not known, or for a name of
    ///   more than [`Name::MAX_LEN`] bytes.
    /// - [`InvalidValue`](ErrorKind::InvalidValue) for a number that does not fit its field, or for a
    ///   NUL in a name.
    /// - [`BufferTooSmall`](ErrorKind::BufferTooSmall) under
    ///   [`encoded_len`](Self::encoded_len) bytes.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize> {
        let (header, len) = (self.header()?, self.encoded_len());
        let available = out.len();
        let Some(out) = out.get_mut(..len) else {
            return Err(ErrorKind::BufferTooSmall { needed: len, available }.at("entry", 0));
        };
        raw::put(out, 0, &header);
        raw::put(out, self.layout.header_len(), self.payload);
        Ok(len)
    }

    /// Makes the header, which is at the front of so many bytes.
    fn header(&self) -> Result<[u8; 100]> {
        let mut header = [0; 100];
        let mut put = |offset, bytes: &[u8]| raw::put(&mut header, offset, bytes);
        if self.layout == Layout::OPENBSD_3_0 {
            put(0, &self.family.0.to_be_bytes());
            put(4, name(self.interface, "interface name", 4)?);
            // It was extended by its sign.
            let rule = i16::try_from(i32::from_ne_bytes(self.rule.to_ne_bytes()));
            let rule = rule.map_err(|_| invalid(self.rule, "rule number", 20))?;
            put(20, &rule.to_be_bytes());
            put(22, &self.reason.0.to_be_bytes());
            put(24, &self.action.0.to_be_bytes());
            put(26, &self.direction.0.to_be_bytes());
            return Ok(header);
        }
        if !self.layout.is_known() {
            let kind = ErrorKind::InvalidLength { found: self.layout.0.into() };
            return Err(kind.at("header length", 0));
        }
        put(0, &[self.layout.0]);
        put(1, &[byte(self.family.0, "address family", 1)?]);
        put(2, &[byte(self.action.0, "action", 2)?]);
        put(3, &[byte(self.reason.0, "reason", 3)?]);
        put(4, name(self.interface, "interface name", 4)?);
        put(20, name(self.ruleset, "ruleset name", 20)?);
        put(36, &self.rule.to_be_bytes());
        put(40, &self.subrule.to_be_bytes());
        let direction = |offset| Ok([byte(self.direction.0, "direction", offset)?]);
        match self.layout {
            Layout::OPENBSD_3_4 => put(44, &direction(44)?),
            Layout::PFSENSE => {
                put(44, &self.ridentifier.to_be_bytes());
                put(48, &direction(48)?);
            }
            _ => {
                let process = |pid: i32| u32::from_ne_bytes(pid.to_ne_bytes());
                put(44, &self.byte_order.bytes(self.uid));
                put(48, &self.byte_order.bytes(process(self.pid)));
                put(52, &self.byte_order.bytes(self.rule_uid));
                put(56, &self.byte_order.bytes(process(self.rule_pid)));
                put(60, &direction(60)?);
            }
        }
        match self.layout {
            Layout::FREEBSD_13_1_DRAFT | Layout::FREEBSD_13_1 => {
                put(64, &self.ridentifier.to_be_bytes());
            }
            Layout::OPENBSD_4_9 => {
                put(61, &[self.rewritten, byte(self.naf.0, "address family", 62)?]);
                put(64, &self.saddr);
                put(80, &self.daddr);
                put(96, &self.sport.to_be_bytes());
                put(98, &self.dport.to_be_bytes());
            }
            _ => {}
        }
        Ok(header)
    }
}

/// Takes an entry apart. What is written of it again differs in bytes that no field holds: behind a
/// NUL in a name, and between and behind the fields, where zeros are written. A field that was cut
/// off is as [`Build::new`] has it.
impl<'a> From<Entry<'a>> for Build<'a> {
    fn from(entry: Entry<'a>) -> Self {
        let new = Self::new(entry.layout(), entry.byte_order());
        Self {
            family: entry.family(),
            action: entry.action(),
            reason: entry.reason(),
            interface: entry.interface(),
            ruleset: entry.ruleset().unwrap_or(new.ruleset),
            rule: entry.raw_rule(),
            subrule: entry.raw_subrule().unwrap_or(new.subrule),
            uid: entry.raw_uid().unwrap_or(new.uid),
            pid: entry.raw_pid().unwrap_or(new.pid),
            rule_uid: entry.raw_rule_uid().unwrap_or(new.rule_uid),
            rule_pid: entry.raw_rule_pid().unwrap_or(new.rule_pid),
            direction: entry.direction().unwrap_or(new.direction),
            ridentifier: entry.raw_ridentifier().unwrap_or(new.ridentifier),
            rewritten: entry.raw_rewritten().unwrap_or(new.rewritten),
            naf: entry.naf().unwrap_or(new.naf),
            saddr: entry.raw_saddr().copied().unwrap_or(new.saddr),
            daddr: entry.raw_daddr().copied().unwrap_or(new.daddr),
            sport: entry.sport().unwrap_or(new.sport),
            dport: entry.dport().unwrap_or(new.dport),
            payload: entry.payload(),
            ..new
        }
    }
}

/// The bytes of a name, if it fits its field.
fn name<'a>(Name(name): Name<'a>, context: &'static str, offset: usize) -> Result<&'a [u8]> {
    if name.len() > Name::MAX_LEN {
        return Err(ErrorKind::InvalidLength { found: name.len() }.at(context, offset));
    }
    // It would end there.
    if name.contains(&0) {
        return Err(invalid(0, context, offset));
    }
    Ok(name)
}

/// A number in one byte, if it fits.
fn byte<T>(number: T, context: &'static str, offset: usize) -> Result<u8>
where
    T: Copy + Into<u32> + TryInto<u8>,
{
    number.try_into().map_err(|_| invalid(number.into(), context, offset))
}

#[cold]
fn invalid(number: u32, context: &'static str, offset: usize) -> Error {
    ErrorKind::InvalidValue { found: number.into() }.at(context, offset)
}
