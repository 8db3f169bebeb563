//! A path as text.

use super::Path;
use crate::{
    line::Line,
    pflog::{
        print::{Words, outcome, rule_texts, words, write_outcome, write_rule},
        record::RuleKey,
        rules::Rules,
    },
    text::WIDTH,
};
use pflog_wire::Entry;

/// How paths are written.
#[derive(Clone, Copy, Debug)]
pub(in crate::pflog) struct Layout {
    words: Words,
    next: &'static str,
    last: &'static str,
}

impl Layout {
    pub(in crate::pflog) fn new(words: Words, is_ascii: bool) -> Self {
        let (next, last) = if is_ascii { ("->", "=>") } else { ("→", "⇒") };
        Self { words, next, last }
    }

    /// Writes the packet and what became of it, and below that the rules that it matched: in one line
    /// if they fit, or with their texts in one for each.
    pub(in crate::pflog) fn write(self, line: &mut Line, path: &Path, rules: Option<&Rules>) {
        let first = path.first();
        let verdict = path.verdict();
        if let Some(entry) = &first.entry {
            line.text(&verdict.as_ref().map_or_else(|| "?".into(), outcome));
            line.text(" ");
            self.words.write_place(line, verdict.as_ref().unwrap_or(entry));
        }
        self.words.write_packet(line, &first);
        line.text("\n");
        let steps = path.steps();
        match rules {
            _ if steps.is_empty() => {}
            None => self.write_row(line, &steps, verdict.as_ref()),
            Some(rules) => self.write_column(line, &steps, verdict.as_ref(), rules),
        }
    }

    fn write_row(self, line: &mut Line, steps: &[Entry<'_>], verdict: Option<&Entry<'_>>) {
        let mut cells: Vec<String> = Vec::new();
        for step in steps {
            let arrow = if cells.is_empty() { String::new() } else { format!("{} ", self.next) };
            cells.push(format!(
                "{arrow}{} {}",
                words(step, write_rule),
                words(step, write_outcome)
            ));
        }
        let outcome = match verdict {
            Some(verdict) if is_same(Some(verdict), steps.last()) => outcome(verdict),
            Some(verdict) => format!("{} {}", words(verdict, write_rule), outcome(verdict)),
            None => "not logged".into(),
        };
        cells.push(format!("{} {outcome}", self.last));
        let mut column: usize = 0;
        for cell in cells {
            let width = cell.chars().count();
            if column == 0 {
                line.text("    ");
                column = 4;
            } else if column.saturating_add(width) < WIDTH {
                line.text(" ");
                column = column.saturating_add(1);
            } else {
                line.text("\n      ");
                column = 6;
            }
            line.text(&cell);
            column = column.saturating_add(width);
        }
        line.text("\n");
    }

    fn write_column(
        self,
        line: &mut Line,
        steps: &[Entry<'_>],
        verdict: Option<&Entry<'_>>,
        rules: &Rules,
    ) {
        let cells: Vec<[String; 2]> = steps
            .iter()
            .map(|step| [write_outcome, write_rule].map(|it| words(step, it)))
            .collect();
        let widest = |column: usize| {
            let widths = cells.iter().flat_map(|cells| cells.get(column)).map(String::len);
            widths.max().unwrap_or_default()
        };
        let (outcomes, numbers) = (widest(0), widest(1));
        for (step, [outcome, rule]) in steps.iter().zip(&cells) {
            let arrow = if is_same(verdict, Some(step)) { self.last } else { "" };
            let start = format!("  {arrow:2}{outcome:outcomes$}  {rule:>numbers$}  ");
            let indent = " ".repeat(start.chars().count());
            let options = textwrap::Options::new(WIDTH.max(indent.len().saturating_add(30)))
                .initial_indent(&start)
                .subsequent_indent(&indent);
            for text in textwrap::wrap(&rule_texts(rules, step).join(", or "), options) {
                line.text(&text).text("\n");
            }
        }
        if verdict.is_none() {
            line.text("  ").text(self.last).text(" not logged\n");
        }
    }
}

fn is_same(one: Option<&Entry<'_>>, other: Option<&Entry<'_>>) -> bool {
    one.map(RuleKey::new) == other.map(RuleKey::new)
}
