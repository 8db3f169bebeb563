use crate::{
    Action, ByteOrder, Direction, Family, Layout, LinkType, Meaning, Name, Names, Reason, Systems,
    fields::Fields,
};
use core::{
    fmt,
    hash::{Hash, Hasher},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};
use wire_error::{Error, ErrorKind, Result};

/// One entry of the log: a header, and the packet it is about.
///
/// Which layout the header has is decided by the link type and the length byte. A field that not all
/// layouts have is `None` in those without it.
///
/// A view cannot outlive the bytes that it shows:
///
/// ```compile_fail,E0597
/// # use pflog_wire::{ByteOrder, Entry, LinkType};
/// let entry = {
///     let bytes = [0; 64];
///     Entry::parse(&bytes, LinkType::Pflog, ByteOrder::Little)
/// };
/// assert!(entry.is_ok());
/// ```
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    bytes: &'a [u8],
    link_type: LinkType,
    byte_order: ByteOrder,
    layout: Layout,
    fields: Fields<'a>,
}

impl<'a> Entry<'a> {
    /// Reads `input`, a packet of a capture, as one entry. What follows the header, rounded up to a
    /// multiple of 4 bytes, is the [`payload`](Self::payload).
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) if `input` ends in the header, or in the bytes that
    ///   fill it up to a multiple of 4.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if the length byte is not that of a layout that
    ///   is known. Of a header that belongs to the other link type the error says so.
    // As a function it would write all fields to memory, and its caller read them from there.
    #[inline(always)]
    pub fn parse(input: &'a [u8], link_type: LinkType, byte_order: ByteOrder) -> Result<Self> {
        let layout = layout(input, link_type)?;
        match Fields::of_whole(input, layout, byte_order) {
            Some(fields) => Ok(Self { bytes: input, link_type, byte_order, layout, fields }),
            None => Err(damage(layout, input.len())),
        }
    }

    /// Reads what is there of an entry: the part that all layouts have in common, and of the other
    /// fields those that are whole.
    ///
    /// The error says what is wrong with the header; with `None` nothing is. It is the error with
    /// which [`parse`](Self::parse) fails:
    ///
    /// - The header was cut: fields behind the cut are `None`, and there is no payload.
    /// - Only the bytes behind the last field were cut: all fields are there, and no payload.
    /// - The length is not that of a layout that is known, but it may be that of one to come: from
    ///   45 on there are the fields up to the subrule, from 61 on those up to the direction, and the
    ///   payload behind as many bytes as the length says.
    ///
    /// ```
    /// use pflog_wire::{ByteOrder, Entry, LinkType};
    ///
    /// # let mut bytes = [0; 50];
    /// # bytes[0] = 61;
    /// let (entry, error) = Entry::parse_lax(&bytes, LinkType::Pflog, ByteOrder::Little)?;
    /// assert_eq!((entry.uid(), entry.pid(), entry.direction()), (Some(0), None, None));
    /// let error = error.map(|error| error.to_string());
    /// assert_eq!(error.as_deref(), Some("header at byte 0: needed 64 bytes, found 50"));
    /// # Ok::<(), pflog_wire::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Truncated`](ErrorKind::Truncated) under 44 bytes, for link type 17 under 28.
    /// - [`InvalidLength`](ErrorKind::InvalidLength) if the length byte is under 45, or over 252:
    ///   those cannot be rounded up in the eight bits in which OpenBSD does it.
    #[inline]
    pub fn parse_lax(
        input: &'a [u8],
        link_type: LinkType,
        byte_order: ByteOrder,
    ) -> Result<(Self, Option<Error>)> {
        let layout = layout(input, link_type)?;
        let entry = |fields| Self { bytes: input, link_type, byte_order, layout, fields };
        if let Some(fields) = Fields::of_whole(input, layout, byte_order) {
            return Ok((entry(fields), None));
        }
        let error = damage(layout, input.len());
        match Fields::of_part(input, layout, byte_order) {
            Some(fields) => Ok((entry(fields), Some(error))),
            None => Err(error),
        }
    }

    /// Returns the link type that the entry was read by.
    #[inline]
    #[must_use]
    pub const fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// Returns the byte order that the entry was read by.
    #[inline]
    #[must_use]
    pub const fn byte_order(&self) -> ByteOrder {
        self.byte_order
    }

    /// Returns the layout of the header.
    #[inline]
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Returns the address family of the packet (af), before a translation of it.
    #[inline]
    #[must_use]
    pub const fn family(&self) -> Family {
        self.fields.family
    }

    /// Returns what was done with the packet.
    #[inline]
    #[must_use]
    pub const fn action(&self) -> Action {
        self.fields.action
    }

    /// Returns the names that the action may have, as far as the bytes tell: see
    /// [`systems`](Self::systems).
    #[inline]
    pub fn action_names(&self) -> Names {
        Names::new(self.action().rows(self.layout), || self.systems())
    }

    /// Returns why the packet was logged.
    #[inline]
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.fields.reason
    }

    /// Returns the names that the reason may have, as far as the bytes tell: see
    /// [`systems`](Self::systems).
    #[inline]
    pub fn reason_names(&self) -> Names {
        Names::new(self.reason().rows(), || self.systems())
    }

    /// Returns the interface through which the packet went (ifname). ipfw's NAT64 writes a name that
    /// is none.
    #[inline]
    #[must_use]
    pub fn interface(&self) -> Name<'a> {
        Name::of(self.fields.interface)
    }

    /// Returns the name of the anchor that the rule is in, the last part of it; `None` if it is in
    /// none.
    #[inline]
    #[must_use]
    pub fn ruleset(&self) -> Option<Name<'a>> {
        self.fields.ruleset.map(Name::of).filter(|name| !name.0.is_empty())
    }

    /// Returns the number of the rule in the main ruleset (rulenr): of the anchor, if the rule is in
    /// one. `None` for the default rule.
    ///
    /// NPF writes the lower half of an identifier: see [`npf_rule`](Self::npf_rule). ipfw's NAT64
    /// writes other things, for which it is `None`.
    #[inline]
    #[must_use]
    pub fn rule(&self) -> Option<u32> {
        match self.raw_rule() {
            u32::MAX => None,
            rule => (!self.is_nat64()).then_some(rule),
        }
    }

    /// Returns the number of the rule as it was sent, 0xffffffff for the default rule. The 16 bits
    /// of OpenBSD 3.0 are extended by their sign.
    #[inline]
    #[must_use]
    pub const fn raw_rule(&self) -> u32 {
        self.fields.rule
    }

    /// Returns the number of the rule in its anchor (subrulenr). `None` if it is in none.
    ///
    /// FreeBSD 9 to 10.1 wrote 1 for that, in the byte order of the machine, where −1 was meant:
    /// it is `None` for those two values in a header without ruleset that FreeBSD may have written.
    /// It is `None` too for what NPF and ipfw's NAT64 write.
    #[inline]
    #[must_use]
    pub fn subrule(&self) -> Option<u32> {
        let subrule = self.raw_subrule().filter(|subrule| *subrule != u32::MAX)?;
        let systems = self.systems();
        let is_bug = self.ruleset().is_none()
            && self.byte_order.bytes(1) == subrule.to_be_bytes()
            && systems.contains(Systems::FREEBSD);
        let is_rule = !is_bug && systems != Systems::NPF && systems != Systems::IPFW;
        is_rule.then_some(subrule)
    }

    /// Returns the number of the rule in its anchor as it was sent, 0xffffffff if it is in none.
    #[inline]
    #[must_use]
    pub const fn raw_subrule(&self) -> Option<u32> {
        self.fields.subrule
    }

    /// Returns the identifier of the rule that NPF logged, if [it did](Self::systems).
    ///
    /// An upper half of 0xffffffff is none: that is how pf says that a rule is in no anchor.
    #[must_use]
    pub fn npf_rule(&self) -> Option<u64> {
        let high = self.raw_subrule().filter(|high| *high != u32::MAX)?;
        let [a, b, c, d] = high.to_be_bytes();
        let [e, f, g, h] = self.raw_rule().to_be_bytes();
        let rule = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        (self.systems() == Systems::NPF).then_some(rule)
    }

    /// Returns the user whose socket the packet came from or was for. `None` if none was looked for
    /// or found: without `log (user)` in the rule none is.
    ///
    /// 0xffffffff is no user on any system. 0x7fffffff is none on NetBSD and Darwin, and a user on
    /// the others.
    #[inline]
    #[must_use]
    pub fn uid(&self) -> Option<u32> {
        self.user(self.raw_uid()?)
    }

    /// Returns the user as it was sent.
    #[inline]
    #[must_use]
    pub const fn raw_uid(&self) -> Option<u32> {
        self.fields.uid
    }

    /// Returns the process of the user: see [`uid`](Self::uid). FreeBSD never says it.
    ///
    /// 100000 and negative numbers are no process on any system. 32767 on OpenBSD and 30001 on NetBSD
    /// may be one, and are none where there is no user either.
    #[inline]
    #[must_use]
    pub fn pid(&self) -> Option<i32> {
        self.process(self.raw_uid()?, self.raw_pid()?)
    }

    /// Returns the process as it was sent.
    #[inline]
    #[must_use]
    pub const fn raw_pid(&self) -> Option<i32> {
        self.fields.pid
    }

    /// Returns the user who loaded the rule, with the same exceptions as [`uid`](Self::uid).
    #[inline]
    #[must_use]
    pub fn rule_uid(&self) -> Option<u32> {
        self.user(self.raw_rule_uid()?)
    }

    /// Returns the user who loaded the rule as it was sent.
    #[inline]
    #[must_use]
    pub const fn raw_rule_uid(&self) -> Option<u32> {
        self.fields.rule_uid
    }

    /// Returns the process that loaded the rule, with the same exceptions as [`pid`](Self::pid).
    #[inline]
    #[must_use]
    pub fn rule_pid(&self) -> Option<i32> {
        self.process(self.raw_rule_uid()?, self.raw_rule_pid()?)
    }

    /// Returns the process that loaded the rule as it was sent.
    #[inline]
    #[must_use]
    pub const fn raw_rule_pid(&self) -> Option<i32> {
        self.fields.rule_pid
    }

    /// Returns which way the packet went (dir). All layouts that are known have it.
    #[inline]
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.fields.direction
    }

    /// Returns the names that the direction may have, as far as the bytes tell: see
    /// [`systems`](Self::systems).
    #[inline]
    #[must_use]
    pub fn direction_names(&self) -> Option<Names> {
        Some(Names::new(self.direction()?.rows(self.layout), || self.systems()))
    }

    /// Returns the identifier that the rule was given in pf.conf(5), which outlives a change of its
    /// number. `None` for 0, which stands for none: layouts of FreeBSD and pfSense only.
    #[inline]
    #[must_use]
    pub fn ridentifier(&self) -> Option<u32> {
        self.raw_ridentifier().filter(|ridentifier| *ridentifier != 0)
    }

    /// Returns the identifier of the rule as it was sent, 0 for none.
    #[inline]
    #[must_use]
    pub const fn raw_ridentifier(&self) -> Option<u32> {
        self.fields.ridentifier
    }

    /// Returns whether the packet was translated: layout of OpenBSD 4.9 only.
    #[inline]
    #[must_use]
    pub fn rewritten(&self) -> Option<bool> {
        self.raw_rewritten().map(|rewritten| rewritten != 0)
    }

    /// Returns whether the packet was translated as it was sent, 0 if it was not.
    #[inline]
    #[must_use]
    pub const fn raw_rewritten(&self) -> Option<u8> {
        self.fields.rewritten
    }

    /// Returns the address family after the translation: layout of OpenBSD 4.9 only. OpenBSD 4.9 and
    /// 5.0 have no such field, and a 0 there.
    #[inline]
    #[must_use]
    pub const fn naf(&self) -> Option<Family> {
        self.fields.naf
    }

    /// Returns what the addresses and ports of the header are those of: layout of OpenBSD 4.9 only.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        let (is_rewritten, af, naf) = (self.rewritten()?, self.family(), self.naf()?);
        Some(match self.ip_version() {
            // OpenBSD 4.9 and 5.0.
            _ if naf == Family::UNSPEC && is_rewritten => Meaning::Original,
            _ if naf == Family::UNSPEC || naf == af && !is_rewritten => Meaning::Unchanged,
            _ if naf.ip_version() == af.ip_version() => Meaning::Undecidable,
            Some(found) if naf.ip_version() == Some(found) => Meaning::Original,
            Some(found) if af.ip_version() == Some(found) => Meaning::Translated,
            _ => Meaning::Undecidable,
        })
    }

    /// Returns the source address of the packet that [`meaning`](Self::meaning) says, and whether it
    /// was translated or not. `None` if nothing tells its family.
    #[must_use]
    pub fn saddr(&self) -> Option<IpAddr> {
        self.address(self.raw_saddr()?)
    }

    /// Returns the 16 bytes of the source address. An IPv4 address is in the first four.
    #[inline]
    #[must_use]
    pub const fn raw_saddr(&self) -> Option<&'a [u8; 16]> {
        self.fields.saddr
    }

    /// Returns the destination address: see [`saddr`](Self::saddr).
    #[must_use]
    pub fn daddr(&self) -> Option<IpAddr> {
        self.address(self.raw_daddr()?)
    }

    /// Returns the 16 bytes of the destination address. An IPv4 address is in the first four.
    #[inline]
    #[must_use]
    pub const fn raw_daddr(&self) -> Option<&'a [u8; 16]> {
        self.fields.daddr
    }

    /// Returns the source port that belongs to [`saddr`](Self::saddr). For ICMP it is the identifier.
    #[inline]
    #[must_use]
    pub const fn sport(&self) -> Option<u16> {
        self.fields.sport
    }

    /// Returns the destination port that belongs to [`daddr`](Self::daddr). For ICMP it is the type.
    #[inline]
    #[must_use]
    pub const fn dport(&self) -> Option<u16> {
        self.fields.dport
    }

    /// Returns the systems that may have written the header, one at least.
    ///
    /// The clues are, the strongest first: the marks of ipfw's NAT64, the layout, the number of the
    /// address family of IPv6, what stands for no user and no process, and the rulesets of macOS.
    /// A clue that contradicts those before it is passed over.
    ///
    /// Many headers have no such clue. Then it is several systems, and only a reader who knows where
    /// the capture comes from can say more. Names of interfaces are no clue: "en0" is not Darwin's
    /// alone.
    #[inline]
    #[must_use]
    pub fn systems(&self) -> Systems {
        if self.is_nat64() {
            return Systems::IPFW;
        }
        let systems = self.layout.systems().narrowed(self.family().systems());
        let systems = match (self.raw_uid(), self.raw_pid()) {
            (Some(uid), Some(pid)) => systems.narrowed(systems_without_owner(uid, pid)),
            _ => systems,
        };
        match self.ruleset() {
            Some(Name(ruleset)) if ruleset.starts_with(b"com.apple") => {
                systems.narrowed(Systems::DARWIN)
            }
            _ => systems,
        }
    }

    /// Returns the address family and the IP version of the payload, where they contradict each
    /// other: where the version is neither that of the family nor of [`naf`](Self::naf).
    #[must_use]
    pub fn version_mismatch(&self) -> Option<(Family, u8)> {
        let (family, found) = (self.family(), self.ip_version()?);
        let after = self.naf().and_then(Family::ip_version);
        let is_mismatch = family.ip_version()? != found && after != Some(found);
        is_mismatch.then_some((family, found))
    }

    /// Returns the packet, as much of it as was captured: an IP header and what follows.
    #[inline]
    #[must_use]
    pub fn payload(&self) -> &'a [u8] {
        self.bytes.get(self.layout.header_len()..).unwrap_or_default()
    }

    /// Returns the bytes of the header, with those that fill it up to a multiple of 4.
    #[inline]
    #[must_use]
    pub fn header_bytes(&self) -> &'a [u8] {
        self.bytes.get(..self.layout.header_len()).unwrap_or(self.bytes)
    }

    /// Returns all bytes: header and payload.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    fn user(&self, uid: u32) -> Option<u32> {
        match uid {
            NO_USER => None,
            NO_USER_31_BITS if NO_USER_31_BITS_ON.contains(self.systems()) => None,
            uid => Some(uid),
        }
    }

    #[inline]
    fn process(&self, uid: u32, pid: i32) -> Option<i32> {
        match pid {
            NO_PROCESS | i32::MIN..0 => None,
            NO_PROCESS_OLD_OPENBSD if uid == NO_USER && self.systems() == Systems::OPENBSD => None,
            NO_PROCESS_NETBSD if uid == NO_USER_31_BITS && self.systems() == Systems::NETBSD => {
                None
            }
            pid => Some(pid),
        }
    }

    /// Whether it has the marks of ipfw's NAT64.
    #[inline]
    fn is_nat64(&self) -> bool {
        self.action() == Action::NAT
            && self.direction() == Some(Direction::IN)
            && matches!(self.layout, Layout::OPENBSD_4_1 | Layout::FREEBSD_13_1)
            && self.fields.has_owners_of_0()
            && self.interface().0.starts_with(b"NAT64")
    }

    /// The first four bits of the payload.
    #[inline]
    fn ip_version(&self) -> Option<u8> {
        self.payload().first().map(|byte| byte >> 4)
    }

    fn address(&self, bytes: &[u8; 16]) -> Option<IpAddr> {
        let (af, naf) = (self.family().ip_version(), self.naf()?.ip_version());
        let version = match self.meaning()? {
            Meaning::Unchanged | Meaning::Original => af,
            Meaning::Translated => naf,
            Meaning::Undecidable => af.filter(|_| af == naf),
        };
        match version? {
            4 => bytes.first_chunk().copied().map(|bytes: [u8; 4]| Ipv4Addr::from(bytes).into()),
            _ => Some(Ipv6Addr::from(*bytes).into()),
        }
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("layout", &self.layout())
            .field("family", &self.family())
            .field("action", &self.action())
            .field("reason", &self.reason())
            .field("interface", &self.interface())
            .field("ruleset", &self.ruleset())
            .field("rule", &self.rule())
            .field("subrule", &self.subrule())
            .field("uid", &self.uid())
            .field("pid", &self.pid())
            .field("rule_uid", &self.rule_uid())
            .field("rule_pid", &self.rule_pid())
            .field("direction", &self.direction())
            .field("ridentifier", &self.ridentifier())
            .field("rewritten", &self.rewritten())
            .field("naf", &self.naf())
            .field("saddr", &self.saddr())
            .field("daddr", &self.daddr())
            .field("sport", &self.sport())
            .field("dport", &self.dport())
            .finish_non_exhaustive()
    }
}

/// By the bytes, and by what they were read by.
impl PartialEq for Entry<'_> {
    fn eq(&self, other: &Self) -> bool {
        let by = |entry: &Self| (entry.link_type, entry.byte_order);
        by(self) == by(other) && self.bytes == other.bytes
    }
}

impl Eq for Entry<'_> {}

impl Hash for Entry<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.link_type, self.byte_order).hash(state);
        self.bytes.hash(state);
    }
}

/// The systems that write this user and this process together for "none", as they are looked up
/// together; all of them, if there is one of either.
#[inline]
const fn systems_without_owner(uid: u32, pid: i32) -> Systems {
    match (uid, pid) {
        (NO_USER, NO_PROCESS_OLD_OPENBSD) => Systems::OPENBSD,
        (NO_USER, _) => Systems::OPENBSD.or(Systems::FREEBSD).or(Systems::DRAGONFLY),
        (NO_USER_31_BITS, NO_PROCESS) => Systems::DARWIN,
        (NO_USER_31_BITS, NO_PROCESS_NETBSD) => Systems::NETBSD,
        (NO_USER_31_BITS, NO_PROCESS_NPF) => Systems::NPF,
        _ => Systems::ALL,
    }
}

/// `UID_MAX` of OpenBSD, FreeBSD and DragonFly, which is `(uid_t)-1`.
const NO_USER: u32 = 0xffff_ffff;

/// `UID_MAX` of NetBSD and Darwin.
const NO_USER_31_BITS: u32 = 0x7fff_ffff;

const NO_USER_31_BITS_ON: Systems = Systems::NETBSD.or(Systems::NPF).or(Systems::DARWIN);

/// `NO_PID`.
const NO_PROCESS: i32 = 100_000;

/// `NO_PID` of OpenBSD, when it had as many processes at most.
const NO_PROCESS_OLD_OPENBSD: i32 = 32_767;

/// `NO_PID` of NetBSD.
const NO_PROCESS_NETBSD: i32 = 30_001;

/// NPF has no name for it.
const NO_PROCESS_NPF: i32 = -1;

/// The layout that the link type and the length byte pick, which need not be known.
#[inline]
fn layout(input: &[u8], link_type: LinkType) -> Result<Layout> {
    match (link_type, input.first()) {
        (LinkType::OldPflog, _) => Ok(Layout::OPENBSD_3_0),
        (LinkType::Pflog, Some(&length @ 45..=252)) => Ok(Layout(length)),
        (LinkType::Pflog, _) => Err(no_length(input)),
    }
}

/// There is no length byte, or none that a header can have.
#[cold]
fn no_length(input: &[u8]) -> Error {
    match input {
        [] => ErrorKind::Truncated { needed: 1, available: 0 }.at("header length", 0),
        // The family of the old header is 2 or 24, in 32 bits.
        [0, 0, 0, 2 | 24, ..] => {
            ErrorKind::InvalidLength { found: 0 }.at("header of link type 17", 0)
        }
        [length, ..] => ErrorKind::InvalidLength { found: (*length).into() }.at("header length", 0),
    }
}

/// What is wrong with a header of this layout, of which so many bytes are there.
#[cold]
fn damage(layout: Layout, available: usize) -> Error {
    let (len, needed) = (usize::from(layout.0), layout.header_len());
    if !layout.is_known() {
        return ErrorKind::InvalidLength { found: len }.at("header length", 0);
    }
    match available.checked_sub(len) {
        None => ErrorKind::Truncated { needed, available }.at("header", 0),
        Some(available) => {
            let needed = needed.saturating_sub(len);
            ErrorKind::Truncated { needed, available }.at("header padding", len)
        }
    }
}
