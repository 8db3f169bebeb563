//! Where our lines differ from tcpdump's on purpose.

mod pflog;
mod print;

pub(crate) use self::{pflog::PFLOG, print::PRINT};

use libtest_mimic::Failed;
use std::{fs, path::Path};

/// A difference: what the two print, and why ours is not theirs.
///
/// In a pattern `*` stands for text that is the same in both lines, `…` for any text. A pair without
/// `…` in ours tells how to make our line of theirs, and so goes together with other differences.
pub(crate) struct Difference {
    /// Theirs and ours.
    patterns: &'static [(&'static str, &'static str)],
    because: &'static str,
}

/// Differences, one to one a table of the README.
pub(crate) struct Table {
    section: &'static str,
    pub(crate) differences: &'static [Difference],
}

impl Table {
    /// Checks that the table in the README is this one: as many rows in the same order, with an
    /// example of each pattern, and the same reasons.
    pub(crate) fn is_in_readme(&self) -> Result<(), Failed> {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let readme = fs::read_to_string(readme)?;
        let (_, section) = readme.split_once(&format!("## {}\n", self.section)).unwrap();
        let rows: Vec<&str> = section
            .split("\n## ")
            .next()
            .unwrap()
            .lines()
            .filter(|line| line.starts_with("| "))
            .collect();
        // The head of the table, and the line under it.
        let rows = &rows[2..];
        assert_eq!(rows.len(), self.differences.len(), "rows in the README");
        for (row, difference) in rows.iter().zip(self.differences) {
            let row = row.replace("\\|", "\u{0}");
            let cells: Vec<String> = row
                .trim_matches(['|', ' '])
                .split(" | ")
                .map(|cell| code(cell).replace('\u{0}', "|"))
                .collect();
            let [_, theirs, ours, because] = &cells[..] else { return Err(row.into()) };
            if !difference.take_out(theirs, ours).any(|line| line == *ours) {
                return Err(format!("not {:?}: {row}", difference.patterns).into());
            }
            assert_eq!(because, difference.because);
        }
        Ok(())
    }
}

impl Difference {
    /// Returns what is left of their line where this difference is taken out of it, in each way in
    /// which it can be.
    fn take_out(&self, theirs: &str, ours: &str) -> impl Iterator<Item = String> {
        self.patterns.iter().filter_map(move |(their_pattern, our_pattern)| {
            let parts = matched(their_pattern, theirs)?;
            if our_pattern.contains('…') {
                let our_parts = matched(our_pattern, ours)?;
                return parts.iter().zip(&our_parts).all(|(a, b)| a == b).then(|| ours.to_owned());
            }
            let mut parts = parts.into_iter();
            let fill = |text| [text, parts.next().unwrap_or_default()].concat();
            Some(our_pattern.split('*').map(fill).collect())
        })
    }
}

/// Returns which of `differences` make `ours` of `theirs`, `None` if none do.
pub(crate) fn between(differences: &[&Difference], theirs: &str, ours: &str) -> Option<Vec<usize>> {
    from(0, differences, theirs, ours)
}

/// Does so with the differences from the one of this number on.
fn from(first: usize, differences: &[&Difference], theirs: &str, ours: &str) -> Option<Vec<usize>> {
    if theirs == ours {
        return Some(Vec::new());
    }
    differences.iter().enumerate().skip(first).find_map(|(i, difference)| {
        let mut ways = difference.take_out(theirs, ours);
        let mut used = ways.find_map(|left| from(i + 1, differences, &left, ours))?;
        used.push(i);
        Some(used)
    })
}

/// Returns what the stars of `pattern` stand for, if it is a pattern of `text`.
fn matched<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let Some(at) = pattern.find(WILDCARDS) else { return (pattern == text).then(Vec::new) };
    let text = text.strip_prefix(&pattern[..at])?;
    let is_star = pattern[at..].starts_with('*');
    let rest = pattern[at..].trim_start_matches(WILDCARDS);
    let with = |end: usize, mut parts: Vec<&'t str>| {
        if is_star {
            parts.insert(0, &text[..end]);
        }
        parts
    };
    match rest.find(WILDCARDS) {
        None => Some(with(text.strip_suffix(rest)?.len(), Vec::new())),
        Some(next) => text
            .match_indices(&rest[..next])
            .find_map(|(end, _)| Some(with(end, matched(rest, &text[end..])?))),
    }
}

/// Returns what a cell of a table has in backticks, or all of it.
fn code(cell: &str) -> &str {
    match (cell.find('`'), cell.rfind('`')) {
        (Some(first), Some(last)) if first < last => &cell[first + 1..last],
        _ => cell.trim(),
    }
}

const WILDCARDS: [char; 2] = ['*', '…'];
