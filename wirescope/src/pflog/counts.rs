//! How often each rule was logged.

use super::{
    json,
    logged::Logged,
    print::{self, rule_texts, words},
    record::{Record, RuleKey},
    rules::Rules,
};
use crate::{
    capture::Packet,
    clock::Clock,
    message::tell,
    tally::Tally,
    text::{write_indented, write_wrapped},
    time::Span,
};
use std::{
    cmp::Reverse,
    io::{self, Write},
};

/// The entries of all rules, counted.
#[derive(Debug)]
pub(super) struct Counts {
    rules: Tally<RuleKey, Count>,
    entries: u64,
    /// How many more there are of which the rule cannot be read.
    damaged: u64,
    span: Span,
}

/// The entries that say the same of a rule.
#[derive(Debug, Default)]
struct Count {
    count: u64,
    span: Span,
    example: Option<Record>,
}

impl Counts {
    pub(super) fn new() -> Self {
        let rules = Tally::new(MOST_RULES, |count: &Count| count.count);
        Self { rules, entries: 0, damaged: 0, span: Span::default() }
    }

    pub(super) fn add(&mut self, packet: &Packet<'_>, logged: &Logged<'_>) {
        let Some(entry) = &logged.entry else {
            self.damaged = self.damaged.saturating_add(1);
            return;
        };
        self.entries = self.entries.saturating_add(1);
        self.span.add(logged.time);
        let count = self.rules.entry(&RuleKey::new(entry));
        count.count = count.count.saturating_add(1);
        count.span.add(logged.time);
        count.example.get_or_insert_with(|| Record::new(packet));
    }

    /// Returns the counts, the greatest first.
    fn sorted(&self) -> Vec<(&Count, &Record)> {
        let mut counts: Vec<_> = self
            .rules
            .iter()
            .filter_map(|(key, count)| Some((key, count, count.example.as_ref()?)))
            .collect();
        counts.sort_unstable_by_key(|(key, count, _)| (Reverse(count.count), *key));
        counts.into_iter().map(|(_, count, example)| (count, example)).collect()
    }

    /// Writes a table.
    pub(super) fn write(&self, output: &mut impl Write, rules: Option<&Rules>) -> io::Result<()> {
        let clock = Clock::new(self.span);
        let title = format!("{}{}.", entries(self.entries), clock.title());
        write_wrapped(output, &title)?;
        let mut rows = Vec::new();
        for (count, example) in self.sorted() {
            let Some(entry) = example.logged().entry else { continue };
            let cells = [print::write_outcome, print::write_rule].map(|write| words(&entry, write));
            let texts = rules.map(|rules| rule_texts(rules, &entry).join("; or "));
            rows.push((count, cells, texts));
        }
        if rows.is_empty() {
            return self.write_remarks(output);
        }
        let widest = |column: usize, title: &str| {
            let widths = rows.iter().flat_map(|(_, cells, _)| cells.get(column)).map(String::len);
            widths.max().unwrap_or_default().max(title.len())
        };
        let (actions, numbers) = (widest(0, "ACTION"), widest(1, "RULE"));
        let times = clock.width();
        writeln!(
            output,
            "\n{:>8}  {:actions$}  {:numbers$}  {:times$}  LAST",
            "COUNT", "ACTION", "RULE", "FIRST"
        )?;
        for (count, [action, rule], texts) in &rows {
            write!(output, "{:>8}  {action:actions$}  {rule:numbers$}", count.count)?;
            if let Some((first, last)) = clock.ends(count.span) {
                write!(output, "  {first}  {last}")?;
            }
            writeln!(output)?;
            if let Some(text) = texts {
                write_indented(output, text, 10)?;
            }
        }
        self.write_remarks(output)
    }

    fn write_remarks(&self, output: &mut impl Write) -> io::Result<()> {
        for remark in self.remarks() {
            writeln!(output)?;
            write_wrapped(output, &format!("{remark}."))?;
        }
        Ok(())
    }

    /// Returns what the counts do not say.
    fn remarks(&self) -> impl Iterator<Item = String> {
        let damaged = (self.damaged > 0)
            .then(|| format!("Damaged, and not counted: {}", entries(self.damaged)));
        let forgotten = self.rules.has_forgotten().then(|| {
            format!(
                "More than {MOST_RULES} rules: {} of the rarest are not shown, and any one may lack \
                 up to {}",
                entries(self.rules.forgotten()),
                self.rules.lacking()
            )
        });
        damaged.into_iter().chain(forgotten)
    }

    /// Writes an object for each row of the table.
    pub(super) fn write_json(
        &self,
        output: &mut impl Write,
        rules: Option<&Rules>,
    ) -> io::Result<()> {
        for (count, example) in self.sorted() {
            let Some(entry) = example.logged().entry else { continue };
            json::count(output, &entry, count.count, count.span, rules)?;
        }
        self.remarks().for_each(|remark| tell(&remark));
        Ok(())
    }
}

fn entries(count: u64) -> String {
    if count == 1 { "1 entry".into() } else { format!("{count} entries") }
}

/// How many rules are told apart.
const MOST_RULES: usize = 100_000;
