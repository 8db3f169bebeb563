use crate::{
    Attribute, Rules, Text, Value,
    line::{Lines, skip_folds},
    record::attribute,
    text::Shown,
    value,
};
use core::{fmt, iter::FusedIterator};
use wire_error::{ErrorKind, Result};

/// What a change is to be made with: a line such as `control: 1.2.840.113556.1.4.805 true`.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    oid: Text<'a>,
    is_critical: bool,
    value: Option<Value<'a>>,
}

impl<'a> Control<'a> {
    /// Returns the OID.
    #[must_use]
    pub const fn oid(&self) -> Text<'a> {
        self.oid
    }

    /// Returns whether the change is not to be made by whoever does not know the control. It is
    /// `false` unless the line says so.
    #[must_use]
    pub const fn is_critical(&self) -> bool {
        self.is_critical
    }

    /// Returns the value, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<Value<'a>> {
        self.value
    }

    /// Holds the value against RFC 2849.
    pub(crate) fn check(&self) -> Result<()> {
        self.value.map_or(Ok(()), |value| value.check())
    }

    fn read(attribute: &Attribute<'a>, rules: Rules) -> Result<Self> {
        let whole = attribute.value().as_text();
        let raw = whole.as_raw();
        let next = |at: usize| skip_folds(raw, at.saturating_add(1));
        let byte = |at: usize| raw.get(at).copied();

        let unexpected = |at: usize| {
            let kind =
                byte(at).map_or(ErrorKind::Missing, |found| ErrorKind::UnexpectedByte { found });
            kind.at("control", whole.offset().saturating_add(at))
        };

        let start = skip_folds(raw, 0);
        let (mut at, mut wants_digit) = (start, true);
        while let Some(found @ (b'0'..=b'9' | b'.')) = byte(at) {
            let is_dot = found == b'.';
            if is_dot && wants_digit && rules.is_strict {
                break;
            }
            wants_digit = is_dot;
            at = next(at);
        }
        let oid = whole.part(start, at);
        let is_plain = matches!(attribute.value(), Value::Plain(_));
        if !is_plain || oid.is_empty() {
            return Err(ErrorKind::Missing.at("control", whole.offset()));
        }
        if wants_digit && rules.is_strict {
            return Err(unexpected(at));
        }
        let oid_end = at;
        while byte(at) == Some(b' ') {
            at = next(at);
        }
        let word = at;
        while byte(at).is_some_and(|byte| byte.is_ascii_alphabetic()) {
            at = next(at);
        }
        let criticality = whole.part(word, at);
        let is_critical = criticality.eq_ignore_ascii_case(b"true");
        let is_known =
            is_critical || criticality.is_empty() || criticality.eq_ignore_ascii_case(b"false");
        // A space in front of it, and nowhere else.
        let is_apart = (word > oid_end) != criticality.is_empty();
        if !is_known || rules.is_strict && !is_apart {
            return Err(unexpected(word));
        }
        let value = match byte(at) {
            None => None,
            Some(b':') => {
                let (form, start) = value::start(raw, at.saturating_add(1), rules);
                Some(Value::new(form, whole.part(start, raw.len())))
            }
            Some(_) => return Err(unexpected(at)),
        };
        Ok(Self { oid, is_critical, value })
    }
}

impl fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control")
            .field("oid", &Shown(self.oid))
            .field("is_critical", &self.is_critical)
            .field("value", &self.value)
            .finish()
    }
}

/// The controls of a change, in their order. One that cannot be read is an error, and the next is
/// read all the same.
#[derive(Clone)]
pub struct Controls<'a> {
    pub(crate) lines: Lines<'a>,
}

impl<'a> Iterator for Controls<'a> {
    type Item = Result<Control<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rules = self.lines.rules;
        let attribute = attribute(&mut self.lines, b"control")?;
        Some(Control::read(&attribute, rules))
    }
}

impl FusedIterator for Controls<'_> {}

impl fmt::Debug for Controls<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
