//! The records of one name, as text.

use super::{Stop, input};
use std::path::Path;
use tlsa_match::{Entry, Lines, Record, Result, Type};

/// The lines of the records, and room for what they say.
#[derive(Debug, Default)]
pub(super) struct Records {
    lines: Vec<Vec<u8>>,
    room: Vec<Vec<u8>>,
    owner: Option<Vec<u8>>,
}

impl Records {
    /// Reads what was given as an argument.
    pub(super) fn argument(&mut self, text: &str) -> Result<(), Stop> {
        self.add(text.as_bytes()).map_err(|what| Stop::input("--record", what))
    }

    /// Reads lines of a zone file, or what dig prints.
    pub(super) fn file(&mut self, file: &Path) -> Result<(), Stop> {
        self.add(&input::read(file)?).map_err(|what| Stop::input(file, what))
    }

    /// Takes the records among the lines of a text. Nothing at all is an answer without records; what
    /// is something else altogether is not.
    fn add(&mut self, text: &[u8]) -> Result<(), String> {
        let (mut is_empty, mut has_record) = (true, false);
        for line in Lines::new(text) {
            is_empty = false;
            let Some(entry) = Entry::parse(line).filter(|entry| entry.ty != Some(Type::SMIMEA))
            else {
                continue;
            };
            has_record = true;
            if let Some(owner) = entry.owner {
                let first = self.owner.get_or_insert_with(|| owner.to_vec());
                if !first.eq_ignore_ascii_case(owner) {
                    let [first, other] = [first.as_slice(), owner].map(<[u8]>::escape_ascii);
                    return Err(format!("records of two names, {first:.253} and {other:.253}"));
                }
            }
            self.lines.push(line.to_vec());
            self.room.push(vec![0; line.len()]);
        }
        if is_empty || has_record { Ok(()) } else { Err("no TLSA record in it".into()) }
    }

    /// Returns the records, each with its line.
    pub(super) fn read(&mut self) -> (&[Vec<u8>], Vec<Result<Record<'_>>>) {
        let records = self
            .lines
            .iter()
            .zip(&mut self.room)
            .filter_map(|(line, room)| Some(Entry::parse(line)?.record(room)))
            .collect();
        (&self.lines, records)
    }
}
