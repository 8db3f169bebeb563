//! Which log entries are looked at.

use pflog_wire::{Action, Direction, Entry, Layout, Names, Reason, Systems};
use std::str::FromStr;

/// What an entry has to say to be looked at. Names are compared whole.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Selection {
    /// Look only at entries of the rule of this number, or of the anchor; `def` is the default rule
    #[arg(long, value_name = "N")]
    rule: Vec<Number>,

    /// Look only at entries of the rule of this number in an anchor
    #[arg(long, value_name = "N")]
    subrule: Vec<Number>,

    /// Look only at entries of rules in this anchor, by the last part of its name
    #[arg(long, value_name = "NAME")]
    ruleset: Vec<String>,

    /// Look only at entries with this action, as `block`
    #[arg(long, value_name = "NAME", value_parser = code_of(action_names))]
    action: Vec<Code>,

    /// Look only at entries with this reason, as `state-mismatch`
    #[arg(long, value_name = "NAME", value_parser = code_of(reason_names))]
    reason: Vec<Code>,

    /// Look only at packets in this direction: `in` or `out`
    #[arg(long, value_name = "NAME", value_parser = code_of(direction_names))]
    direction: Vec<Code>,

    /// Look only at packets on this interface
    #[arg(long, value_name = "INTERFACE")]
    on: Vec<String>,
}

impl Selection {
    /// Returns whether anything is asked for.
    pub(super) fn is_some(&self) -> bool {
        let Self { rule, subrule, ruleset, action, reason, direction, on } = self;
        !(rule.is_empty() && subrule.is_empty() && ruleset.is_empty() && on.is_empty())
            || !(action.is_empty() && reason.is_empty() && direction.is_empty())
    }

    /// Returns whether an entry is looked at. A name that its bytes do not decide on is any of those
    /// that it may be.
    pub(super) fn takes(&self, entry: &Entry<'_>) -> bool {
        let is_any = |wanted: &[String], name: &[u8]| {
            wanted.is_empty() || wanted.iter().any(|wanted| wanted.as_bytes() == name)
        };
        let is_default = entry.raw_rule() == u32::MAX;
        takes_number(&self.rule, entry.rule())
            // What ipfw's NAT64 logs is of no rule.
            && (self.rule.is_empty() || entry.rule().is_some() || is_default)
            && (self.subrule.is_empty()
                || (entry.ruleset().is_some() || entry.subrule().is_some())
                    && takes_number(&self.subrule, entry.subrule()))
            && is_any(&self.ruleset, entry.ruleset().map_or(&[], |name| name.0))
            && is_any(&self.on, entry.interface().0)
            && takes_code(&self.action, Some(entry.action().0), || Some(entry.action_names()))
            && takes_code(&self.reason, Some(entry.reason().0), || Some(entry.reason_names()))
            && takes_code(&self.direction, entry.direction().map(|direction| direction.0), || {
                entry.direction_names()
            })
    }
}

fn takes_number(wanted: &[Number], number: Option<u32>) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| wanted.0 == number)
}

fn takes_code(wanted: &[Code], code: Option<u16>, names: impl Fn() -> Option<Names>) -> bool {
    wanted.is_empty()
        || wanted.iter().any(|wanted| match wanted {
            Code::Number(number) => Some(*number) == code,
            Code::Name(name) => names().is_some_and(|mut names| names.any(|one| one == *name)),
        })
}

/// The number of a rule, `None` for the default rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number(Option<u32>);

impl FromStr for Number {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "def" => Ok(Self(None)),
            _ => text.parse().map(|number| Self(Some(number))).map_err(|_| "no number, nor `def`"),
        }
    }
}

/// A code, by its name or by its number.
#[derive(Clone, Copy, Debug)]
enum Code {
    Name(&'static str),
    Number(u16),
}

/// Returns a parser for codes with these names.
fn code_of(
    names: fn(u16, Layout) -> Names,
) -> impl Fn(&str) -> Result<Code, String> + Clone + Send + Sync + 'static {
    move |text| {
        // What tcpdump calls it, and what the ruleset and pf itself do.
        let text = if text == "drop" { "block" } else { text };
        if let Ok(number) = text.parse() {
            return Ok(Code::Number(number));
        }
        let mut all: Vec<&str> = Vec::new();
        // Two numberings, of which the older is in one layout only.
        for name in [Layout::OPENBSD_3_4, Layout::OPENBSD_4_1]
            .into_iter()
            .flat_map(|layout| (0..=u8::MAX.into()).flat_map(move |code| names(code, layout)))
        {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all.iter()
            .find(|name| **name == text)
            .map(|name| Code::Name(name))
            .ok_or_else(|| format!("neither a number nor one of {}", all.join(", ")))
    }
}

fn action_names(code: u16, layout: Layout) -> Names {
    Action(code).names(layout, Systems::ALL)
}

fn reason_names(code: u16, _: Layout) -> Names {
    Reason(code).names(Systems::ALL)
}

fn direction_names(code: u16, layout: Layout) -> Names {
    Direction(code).names(layout, Systems::ALL)
}
