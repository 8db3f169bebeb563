//! Rulesets as pfctl prints them with their numbers.

use hashbrown::HashMap;
use pflog_wire::{Action, Entry};
use std::{iter, str};

/// The rules of a firewall, found by what a log entry says of them.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_number: HashMap<Place, Vec<usize>>,
    by_id: HashMap<u32, Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    /// FreeBSD's number that stays when rules are added: `ridentifier`, 0 if it has none.
    id: u32,
    text: String,
}

/// Where a rule stands, as far as a log entry tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    kind: Kind,
    /// The number of the rule, or of the anchor that it is in, in the main ruleset.
    rule: u32,
    /// The anchor and the number in it, if the rule is in one.
    in_anchor: Option<(Vec<u8>, u32)>,
}

/// Kinds of rules that are numbered each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Filter,
    Scrub,
    Nat,
    Binat,
    Rdr,
}

/// An anchor whose rules are being read.
struct Anchor<'a> {
    /// The number in the main ruleset of the outermost anchor.
    main: Option<u32>,
    name: &'a str,
}

impl Rules {
    /// Adds the rules that `pfctl -vvsr` or `-vvsn` printed, with `-a '*'` those in anchors too, and
    /// returns whether there were any.
    pub(super) fn read(&mut self, output: &str) -> bool {
        let before = self.rules.len();
        let mut anchors: Vec<Anchor<'_>> = Vec::new();
        for line in output.lines().map(str::trim) {
            if line == "}" {
                anchors.pop();
                continue;
            }
            let (line, is_opened) = match line.strip_suffix(" {") {
                Some(line) => (line, true),
                None => (line, false),
            };
            let numbered = numbered(line);
            if let Some((number, id, text)) = numbered {
                self.add(&anchors, number, id, text);
            }
            if is_opened {
                // The anchors that a wildcard stands for have no numbers.
                let own = numbered.map(|(number, ..)| number);
                let main = anchors.first().map_or(own, |anchor| anchor.main);
                anchors.push(Anchor { main, name: anchor_name(line) });
            }
        }
        self.rules.len() > before
    }

    fn add(&mut self, anchors: &[Anchor<'_>], number: u32, id: u32, text: &str) {
        let index = self.rules.len();
        let in_anchor = anchors.last().map(|anchor| (logged(anchor.name.as_bytes()), number));
        let rule = anchors.first().map_or(Some(number), |anchor| anchor.main);
        let Some(rule) = rule else { return };
        let place = Place { kind: Kind::of_text(text), rule, in_anchor };
        self.by_number.entry(place).or_default().push(index);
        if id != 0 {
            self.by_id.entry(id).or_default().push(index);
        }
        self.rules.push(Rule { id, text: printable(text) });
    }

    /// Returns the texts of the rules that `entry` may be of: none if there is no such rule, several
    /// if the entry does not tell them apart.
    ///
    /// The identifier decides if both have one, since numbers change with the ruleset.
    pub(super) fn texts(&self, entry: &Entry<'_>) -> impl Iterator<Item = &str> {
        let id = entry.ridentifier().unwrap_or_default();
        let by_id = self.by_id.get(&id).map(Vec::as_slice).unwrap_or_default();
        let by_number = self.by_number(entry);
        // Several rules may have been given one identifier.
        let both: Vec<usize> =
            by_id.iter().copied().filter(|index| by_number.contains(index)).collect();
        let found = match (both.is_empty(), by_id.is_empty()) {
            (false, _) => both,
            (true, false) => by_id.to_vec(),
            (true, true) => by_number,
        };
        let is_found_by_number = by_id.is_empty();
        let mut texts: Vec<&str> = Vec::new();
        for rule in found.into_iter().filter_map(|index| self.rules.get(index)) {
            // With another identifier than the entry's it is another rule.
            let is_other = is_found_by_number && id != 0 && rule.id != 0;
            if !is_other && !texts.contains(&rule.text.as_str()) {
                texts.push(&rule.text);
            }
        }
        texts.into_iter()
    }

    fn by_number(&self, entry: &Entry<'_>) -> Vec<usize> {
        let (rule, in_anchor) = match (entry.ruleset(), entry.subrule()) {
            (Some(name), Some(subrule)) => (entry.rule(), Some((logged(name.0), subrule))),
            // FreeBSD 15.1 gives the last anchor that was tried with rules that are in none.
            (None, Some(subrule)) => (Some(subrule), None),
            (_, None) => (entry.rule(), None),
        };
        let Some(rule) = rule else { return Vec::new() };
        let of_kind = |kind| {
            let place = Place { kind, rule, in_anchor: in_anchor.clone() };
            self.by_number.get(&place).into_iter().flatten().copied()
        };
        let is_text = |index: &usize, is_wanted: fn(&str) -> bool| {
            self.rules.get(*index).is_some_and(|rule| is_wanted(&rule.text))
        };
        let mut kinds: Vec<Kind> = entry.action_names().map(Kind::of_action).collect();
        kinds.dedup();
        let mut found: Vec<usize> = kinds.into_iter().flat_map(of_kind).collect();
        if entry.action() == Action::PASS {
            // FreeBSD logs the packets of a state with the number of a translation rule that has
            // `log (all)`, and as passed.
            found.retain(|index| !is_text(index, |text| text.starts_with("block")));
            let translating = [Kind::Nat, Kind::Binat, Kind::Rdr].into_iter().flat_map(of_kind);
            found.extend(
                translating.filter(|index| is_text(index, |text| text.contains("log (all"))),
            );
        }
        found
    }
}

impl Kind {
    fn of_text(text: &str) -> Self {
        let text = text.strip_prefix("no ").unwrap_or(text);
        match text.split([' ', '-']).next() {
            Some("scrub") => Self::Scrub,
            Some("nat") => Self::Nat,
            Some("binat") => Self::Binat,
            Some("rdr") => Self::Rdr,
            _ => Self::Filter,
        }
    }

    fn of_action(name: &str) -> Self {
        match name {
            "scrub" | "noscrub" => Self::Scrub,
            "nat" | "nonat" => Self::Nat,
            "binat" | "nobinat" => Self::Binat,
            "rdr" | "nordr" => Self::Rdr,
            _ => Self::Filter,
        }
    }
}

/// Returns the number, the identifier and the text of `@5(1000000103) pass in all`, which pfSense
/// prints, or of `@5 pass in all ridentifier 1000000103`, as FreeBSD does.
fn numbered(line: &str) -> Option<(u32, u32, &str)> {
    let (number, text) = line.strip_prefix('@')?.split_once(char::is_whitespace)?;
    let (number, id) = match number.strip_suffix(')').and_then(|number| number.split_once('(')) {
        Some((number, id)) => (number, id),
        None => (number, ridentifier(text).unwrap_or("0")),
    };
    Some((number.parse().ok()?, id.parse().ok()?, text.trim()))
}

fn ridentifier(text: &str) -> Option<&str> {
    // A label may be anything.
    let mut unquoted = text.split('"').step_by(2);
    let (_, behind) = unquoted.find_map(|text| text.split_once("ridentifier "))?;
    behind.split(' ').next()
}

/// Returns the last part of the name of an anchor, empty if it has none of its own.
fn anchor_name(text: &str) -> &str {
    let name = text.split('"').nth(1).unwrap_or_default();
    let name = name.strip_suffix("/*").unwrap_or(name);
    name.rsplit('/').next().unwrap_or_default()
}

/// Returns as much of the name of an anchor as a log entry has; none of a name that pf gave it.
fn logged(name: &[u8]) -> Vec<u8> {
    if name.starts_with(b"_") {
        return Vec::new();
    }
    name.iter().copied().take(LOGGED_NAME).collect()
}

/// Returns text that cannot steer a terminal.
fn printable(text: &str) -> String {
    let escape = |c: char| {
        let escaped = c.is_control().then(|| c.escape_default());
        escaped.into_iter().flatten().chain(iter::once(c).filter(move |_| !c.is_control()))
    };
    text.chars().flat_map(escape).collect()
}

/// How many bytes of an anchor's name a log entry has.
const LOGGED_NAME: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;
    use pflog_wire::{Action, Build, ByteOrder, Layout, LinkType, Name};

    /// As `pfctl -a '*' -vvsr` prints it, by its source.
    const RULES: &str = r#"
@0 scrub in all fragment reassemble
  [ Evaluations: 3         Packets: 3         Bytes: 180         States: 0     ]
  [ Inserted: uid 0 pid 7 State Creations: 0     ]
@0 block drop log all label "no ridentifier 9" ridentifier 7
@1 anchor "ftp/*" all {
anchor "4711.2" all {
@0 pass in all
}
anchor "a-name-too-long-to-log" all {
@0 pass out all
}
}
@2(5) anchor in on em0 all {
@0 pass from 192.0.2.1 to any
@1 anchor "outer/inner" all {
@0 pass out quick all
}
}
@3 pass all
"#;

    const NAT_RULES: &str = "\
@0 nat on em0 all -> 192.0.2.1
@0 no rdr all
@1 rdr all -> 192.0.2.2
";

    #[track_caller]
    fn find(change: impl FnOnce(&mut Build<'_>)) -> Vec<String> {
        let mut rules = Rules::default();
        assert!(rules.read(RULES));
        assert!(rules.read(NAT_RULES));
        let mut build = Build::new(Layout::FREEBSD_13_1, ByteOrder::Little);
        build.rule = 0;
        change(&mut build);
        let mut bytes = [0; 100];
        let len = build.encode(&mut bytes).unwrap();
        let entry = Entry::parse(&bytes[..len], LinkType::Pflog, ByteOrder::Little).unwrap();
        rules.texts(&entry).map(ToOwned::to_owned).collect()
    }

    const FIRST: &str = r#"block drop log all label "no ridentifier 9" ridentifier 7"#;

    #[test]
    fn each_kind_of_rule_has_its_own_numbers() {
        for (action, rule, text) in [
            (Action::BLOCK, 0, FIRST),
            (Action::SCRUB, 0, "scrub in all fragment reassemble"),
            (Action::NAT, 0, "nat on em0 all -> 192.0.2.1"),
            (Action::NORDR, 0, "no rdr all"),
            (Action::RDR, 1, "rdr all -> 192.0.2.2"),
        ] {
            assert_eq!(find(|it| (it.action, it.rule) = (action, rule)), [text]);
        }
        assert!(find(|it| (it.action, it.rule) = (Action::NAT, 1)).is_empty());
        assert!(find(|it| it.rule = u32::MAX).is_empty());
    }

    #[test]
    fn a_rule_in_an_anchor_is_found_by_the_last_part_of_its_name() {
        let find = |rule, name: &'static str, subrule| {
            find(|it| (it.rule, it.ruleset, it.subrule) = (rule, Name(name.as_bytes()), subrule))
        };
        assert_eq!(find(1, "4711.2", 0), ["pass in all"]);
        assert_eq!(find(1, "a-name-too-long", 0), ["pass out all"]);
        // A name that pf gave it is not printed.
        assert_eq!(find(2, "_1", 0), ["pass from 192.0.2.1 to any"]);
        assert_eq!(find(2, "inner", 0), ["pass out quick all"]);
        assert!(find(1, "inner", 0).is_empty());
        assert!(find(1, "4711", 0).is_empty());
        assert!(find(1, "4711.2", 1).is_empty());
    }

    #[test]
    fn the_identifier_decides_if_a_rule_has_it() {
        let find = |rule, id| find(|it| (it.rule, it.ridentifier) = (rule, id));
        assert_eq!(find(0, 7), [FIRST]);
        assert_eq!(find(3, 7), [FIRST], "the number is that of another rule");
        assert_eq!(find(3, 9), ["pass all"], "no rule has it, the label is not one");
        assert!(find(0, 9).is_empty(), "the rule of this number has another");
        assert_eq!(find(0, 5), ["anchor in on em0 all"]);
    }

    #[test]
    fn freebsd_15_1_has_an_anchor_in_front_of_a_rule_that_is_in_none() {
        assert_eq!(find(|it| (it.rule, it.subrule) = (1, 3)), ["pass all"]);
    }

    #[test]
    fn a_packet_that_passed_is_of_no_rule_that_blocks() {
        let mut rules = Rules::default();
        rules.read(
            "@0 block all\n@0 nat log (all) on em0 all -> 192.0.2.1\n@0 rdr log all -> 192.0.2.2\n",
        );
        let texts = |action| -> Vec<String> {
            let mut build = Build::new(Layout::FREEBSD_13_1, ByteOrder::Little);
            (build.rule, build.action) = (0, action);
            let mut bytes = [0; 100];
            let len = build.encode(&mut bytes).unwrap();
            let entry = Entry::parse(&bytes[..len], LinkType::Pflog, ByteOrder::Little).unwrap();
            rules.texts(&entry).map(ToOwned::to_owned).collect()
        };
        assert_eq!(texts(Action::BLOCK), ["block all"]);
        assert_eq!(texts(Action::PASS), ["nat log (all) on em0 all -> 192.0.2.1"]);
    }

    #[test]
    fn the_same_rules_twice_are_one_answer() {
        let mut rules = Rules::default();
        assert!(rules.read(RULES) && rules.read(RULES));
        let mut build = Build::new(Layout::FREEBSD_13_1, ByteOrder::Little);
        build.rule = 3;
        let mut bytes = [0; 100];
        let len = build.encode(&mut bytes).unwrap();
        let entry = Entry::parse(&bytes[..len], LinkType::Pflog, ByteOrder::Little).unwrap();
        assert_eq!(rules.texts(&entry).collect::<Vec<_>>(), ["pass all"]);
    }

    #[test]
    fn what_has_no_numbers_is_no_ruleset() {
        for text in ["", "pass all\n", "@ pass\n", "@1\n", "@x pass\n", "}\n}\n", "@1(x) pass\n"] {
            assert!(!Rules::default().read(text), "{text}");
        }
    }

    #[test]
    fn control_characters_cannot_steer_a_terminal() {
        let mut rules = Rules::default();
        rules.read("@0 pass label \"\u{1b}[31m\u{9b}\"\n");
        assert_eq!(rules.rules[0].text, "pass label \"\\u{1b}[31m\\u{9b}\"");
    }
}
