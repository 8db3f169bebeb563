//! Text for a terminal.

use std::io::{self, Write};

/// Writes a paragraph.
pub(crate) fn write_wrapped(output: &mut impl Write, text: &str) -> io::Result<()> {
    for line in textwrap::wrap(text, textwrap::Options::new(WIDTH).subsequent_indent("  ")) {
        writeln!(output, "{line}")?;
    }
    Ok(())
}

/// Writes a paragraph of which each line stands so many characters to the right.
pub(crate) fn write_indented(output: &mut impl Write, text: &str, indent: usize) -> io::Result<()> {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(WIDTH).initial_indent(&indent).subsequent_indent(&indent);
    for line in textwrap::wrap(text, options) {
        writeln!(output, "{line}")?;
    }
    Ok(())
}

/// Returns a number of things.
pub(crate) fn plural(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The width of a terminal, in characters.
pub(crate) const WIDTH: usize = 80;
