//! `Serialize` of the view: the fields in the names of the accessors, a code point as its number, a
//! name as escaped text, an address as serde has it. What is `None` is none.

use crate::{Action, Direction, Entry, Family, Layout, Name, Reason};
use serde::{
    Serialize,
    ser::{SerializeStruct, Serializer},
};

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("Entry", 20)?;
        entry.serialize_field("layout", &self.layout())?;
        entry.serialize_field("family", &self.family())?;
        entry.serialize_field("action", &self.action())?;
        entry.serialize_field("reason", &self.reason())?;
        entry.serialize_field("interface", &self.interface())?;
        entry.serialize_field("ruleset", &self.ruleset())?;
        entry.serialize_field("rule", &self.rule())?;
        entry.serialize_field("subrule", &self.subrule())?;
        entry.serialize_field("uid", &self.uid())?;
        entry.serialize_field("pid", &self.pid())?;
        entry.serialize_field("rule_uid", &self.rule_uid())?;
        entry.serialize_field("rule_pid", &self.rule_pid())?;
        entry.serialize_field("direction", &self.direction())?;
        entry.serialize_field("rewritten", &self.rewritten())?;
        entry.serialize_field("ridentifier", &self.ridentifier())?;
        entry.serialize_field("naf", &self.naf())?;
        entry.serialize_field("saddr", &self.saddr())?;
        entry.serialize_field("daddr", &self.daddr())?;
        entry.serialize_field("sport", &self.sport())?;
        entry.serialize_field("dport", &self.dport())?;
        entry.end()
    }
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl Serialize for Direction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
