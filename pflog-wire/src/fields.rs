//! The fields of all layouts, as they are sent.

use crate::{Action, ByteOrder, Direction, Family, Layout, Reason, raw};

/// The fields of a header: `None` where it has none, or where it was cut.
///
/// They are read all at once where the layout is known and the header whole, since that takes one
/// check of the length; what nobody asks for the compiler leaves out.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) family: Family,
    pub(crate) action: Action,
    pub(crate) reason: Reason,
    pub(crate) interface: &'a [u8; 16],
    pub(crate) ruleset: Option<&'a [u8; 16]>,
    pub(crate) rule: u32,
    pub(crate) subrule: Option<u32>,
    pub(crate) uid: Option<u32>,
    pub(crate) pid: Option<i32>,
    pub(crate) rule_uid: Option<u32>,
    pub(crate) rule_pid: Option<i32>,
    pub(crate) direction: Option<Direction>,
    pub(crate) ridentifier: Option<u32>,
    pub(crate) rewritten: Option<u8>,
    pub(crate) naf: Option<Family>,
    pub(crate) saddr: Option<&'a [u8; 16]>,
    pub(crate) daddr: Option<&'a [u8; 16]>,
    pub(crate) sport: Option<u16>,
    pub(crate) dport: Option<u16>,
}

impl<'a> Fields<'a> {
    /// Reads a header of a layout that is known, if it is whole and filled up.
    #[inline(always)]
    pub(crate) fn of_whole(input: &'a [u8], layout: Layout, order: ByteOrder) -> Option<Self> {
        match layout {
            Layout::OPENBSD_3_0 => Self::of(input.first_chunk::<28>()?, layout, order),
            Layout::OPENBSD_3_4 => Self::of(input.first_chunk::<48>()?, layout, order),
            Layout::PFSENSE => Self::of(input.first_chunk::<52>()?, layout, order),
            Layout::OPENBSD_4_1 => Self::of(input.first_chunk::<64>()?, layout, order),
            Layout::FREEBSD_13_1_DRAFT => Self::of(input.first_chunk::<68>()?, layout, order),
            Layout::FREEBSD_13_1 => Self::of(input.first_chunk::<72>()?, layout, order),
            Layout::OPENBSD_4_9 => Self::of(input.first_chunk::<100>()?, layout, order),
            _ => None,
        }
    }

    /// Reads what is there of any header, if it is as much as all have in common.
    #[cold]
    pub(crate) fn of_part(input: &'a [u8], layout: Layout, order: ByteOrder) -> Option<Self> {
        Self::of(input, layout, order)
    }

    /// Has a copy for each layout, in which it knows where the fields are and that they are there.
    #[inline(always)]
    fn of(input: &'a [u8], layout: Layout, order: ByteOrder) -> Option<Self> {
        if layout == Layout::OPENBSD_3_0 {
            return Self::of_oldest(input);
        }
        let common: &raw::Common = raw::at(input, 0)?;
        let owner = |offset| match layout.has_owners() {
            true => raw::at(input, offset).map(|bytes| order.number(*bytes)),
            false => None,
        };
        let direction = match layout {
            Layout::OPENBSD_3_4 => input.get(44),
            Layout::PFSENSE => input.get(48),
            _ if layout.has_owners() => input.get(60),
            _ => None,
        };
        let ridentifier = match layout {
            Layout::PFSENSE => raw::at(input, 44),
            Layout::FREEBSD_13_1_DRAFT | Layout::FREEBSD_13_1 => raw::at(input, 64),
            _ => None,
        };
        let translation = match layout {
            Layout::OPENBSD_4_9 => input,
            _ => &[],
        };
        let port = |offset| raw::at(translation, offset).map(|bytes| u16::from_be_bytes(*bytes));
        Some(Self {
            family: Family(common.family.into()),
            action: Action(common.action.into()),
            reason: Reason(common.reason.into()),
            interface: &common.interface,
            ruleset: Some(&common.ruleset),
            rule: common.rule.get(),
            subrule: Some(common.subrule.get()),
            uid: owner(44),
            pid: owner(48).map(signed),
            rule_uid: owner(52),
            rule_pid: owner(56).map(signed),
            direction: direction.map(|byte| Direction(u16::from(*byte))),
            ridentifier: ridentifier.map(|bytes| u32::from_be_bytes(*bytes)),
            rewritten: translation.get(61).copied(),
            naf: translation.get(62).map(|byte| Family(u32::from(*byte))),
            saddr: raw::at(translation, 64),
            daddr: raw::at(translation, 80),
            sport: port(96),
            dport: port(98),
        })
    }

    #[inline]
    fn of_oldest(input: &'a [u8]) -> Option<Self> {
        let old: &raw::Old = raw::at(input, 0)?;
        Some(Self {
            family: Family(old.family.get()),
            action: Action(old.action.get()),
            reason: Reason(old.reason.get()),
            interface: &old.interface,
            ruleset: None,
            rule: u32::from_ne_bytes(i32::from(old.rule.get()).to_ne_bytes()),
            subrule: None,
            uid: None,
            pid: None,
            rule_uid: None,
            rule_pid: None,
            direction: Some(Direction(old.direction.get())),
            ridentifier: None,
            rewritten: None,
            naf: None,
            saddr: None,
            daddr: None,
            sport: None,
            dport: None,
        })
    }

    /// Whether users and processes are there, and all of them 0.
    #[inline]
    pub(crate) fn has_owners_of_0(&self) -> bool {
        (self.uid, self.rule_uid) == (Some(0), Some(0))
            && (self.pid, self.rule_pid) == (Some(0), Some(0))
    }
}

#[inline]
const fn signed(number: u32) -> i32 {
    i32::from_ne_bytes(number.to_ne_bytes())
}
