//! Where our lines differ from tcpdump's on purpose.

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

/// One to one the table of the README.
pub(crate) const ALL: [Difference; 16] = [
    Difference {
        patterns: &[
            ("… In  *", "*"),
            ("… Out *", "*"),
            ("… B   *", "*"),
            ("… M   *", "*"),
            ("… P   *", "*"),
        ],
        because: "the name is that of the reading machine's interface",
    },
    Difference {
        patterns: &[("… ethertype 802.1Q-…, length …: ", "ethertype …")],
        because: "the tag is passed over as on Ethernet",
    },
    Difference {
        patterns: &[("IP: *", "*"), ("IP6: *", "*"), ("MPLS: *", "*")],
        because: "no other link header is named",
    },
    Difference {
        patterns: &[("*truncated-ip6 - * bytes missing!*", "*truncated-ip6 - * bytes missing! *")],
        because: "the space is missing",
    },
    Difference {
        patterns: &[("*RT6 (…) *", "**")],
        because: "the words are many, and not about the message",
    },
    Difference {
        patterns: &[("*AH(…): *", "**")],
        because: "the words are many, and not about the message",
    },
    Difference {
        patterns: &[("*RT6 (…(invalid)", "*ICMP6, …"), ("*RT6 (…(invalid)", "* [|icmp6]")],
        because: "the length of a routing header does not depend on its type",
    },
    Difference {
        patterns: &[("*frag (0|*) ", "*frag (0|*)  [|icmp6]")],
        because: "a message follows, and was cut off",
    },
    Difference { patterns: &[("IP bad-len …", "IP …")], because: "the message is there" },
    Difference {
        patterns: &[(
            "*ICMP6, destination unreachable, unknown unreach code (…)",
            "*ICMP6, destination unreachable, …",
        )],
        because: "RFC 4443 and IANA name them",
    },
    Difference {
        patterns: &[("*, unreachable port [|icmp6]", "*, unreachable port, …, length …")],
        because: "nothing is cut off",
    },
    Difference {
        patterns: &[
            (
                "*ICMP * protocol * port … unreachable, length *",
                "*ICMP * protocol * (no port) unreachable, length *",
            ),
            ("* [|icmp]", "*ICMP … (no port) unreachable, length …"),
        ],
        because: "the number is part of something else, such as an SPI",
    },
    Difference {
        patterns: &[
            (
                "*ICMP * port … unreachable, length *",
                "*ICMP * (later fragment) unreachable, length *",
            ),
            ("* [|icmp]", "*ICMP … (later fragment) unreachable, length …"),
        ],
        because: "a later fragment has no UDP header",
    },
    Difference {
        patterns: &[
            ("*ICMP … unreachable…, length *", "*ICMP …:…:… unreachable…, length *"),
            ("*ICMP redirect … to *", "*ICMP redirect …:…:… to *"),
            ("*ICMP … unreachable, length …", "* [|icmp]"),
        ],
        because: "the quoted header is not IPv4's",
    },
    Difference {
        patterns: &[("*ICMP6, …, length *", "*ICMP6, … ….….….…, length *")],
        because: "the quoted header is not IPv6's",
    },
    Difference {
        patterns: &[
            ("*ICMP …, length *", "*ICMP … (quoted IP…at byte …: …), length *"),
            ("*ICMP6, …", "*ICMP6, … (quoted IP…at byte …: …), length …"),
            ("* [|icmp]", "*ICMP … (quoted IP…at byte …: …), length …"),
        ],
        because: "there is no address to print, or no port",
    },
];

impl Difference {
    /// Returns what is left of their line where this difference is taken out of it.
    fn take_out(&self, theirs: &str, ours: &str) -> Option<String> {
        self.patterns.iter().find_map(|(their_pattern, our_pattern)| {
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

/// Returns which differences make `ours` of `theirs`, `None` if none do.
pub(crate) fn between(theirs: &str, ours: &str) -> Option<Vec<usize>> {
    from(0, theirs, ours)
}

/// Does so with the differences from the one of this number on.
fn from(first: usize, theirs: &str, ours: &str) -> Option<Vec<usize>> {
    if theirs == ours {
        return Some(Vec::new());
    }
    ALL.iter().enumerate().skip(first).find_map(|(i, difference)| {
        let left = difference.take_out(theirs, ours)?;
        let mut used = from(i + 1, &left, ours)?;
        used.push(i);
        Some(used)
    })
}

/// Returns what the stars of `pattern` stand for, if it is a pattern of `text`.
fn matched<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let Some(at) = pattern.find(['*', '…']) else { return (pattern == text).then(Vec::new) };
    let text = text.strip_prefix(&pattern[..at])?;
    let is_star = pattern[at..].starts_with('*');
    let rest = pattern[at..].trim_start_matches(['*', '…']);
    (0..=text.len()).filter(|end| text.is_char_boundary(*end)).find_map(|end| {
        let mut parts = matched(rest, &text[end..])?;
        if is_star {
            parts.insert(0, &text[..end]);
        }
        Some(parts)
    })
}

/// Returns what a cell of a table has in backticks, or all of it.
fn code(cell: &str) -> &str {
    match (cell.find('`'), cell.rfind('`')) {
        (Some(first), Some(last)) if first < last => &cell[first + 1..last],
        _ => cell.trim(),
    }
}

/// Checks that the table in the README is this one: as many rows in the same order, with an example
/// of each pattern, and the same reasons.
pub(crate) fn in_readme() -> Result<(), Failed> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme)?;
    let (_, section) = readme.split_once("## Where `--print` differs from tcpdump\n").unwrap();
    let rows: Vec<&str> = section
        .split("\n## ")
        .next()
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    // The head of the table, and the line under it.
    let rows = &rows[2..];
    assert_eq!(rows.len(), ALL.len(), "rows in the README");
    for (row, difference) in rows.iter().zip(&ALL) {
        let row = row.replace("\\|", "\u{0}");
        let cells: Vec<String> = row
            .trim_matches(['|', ' '])
            .split(" | ")
            .map(|cell| code(cell).replace('\u{0}', "|"))
            .collect();
        let [_, theirs, ours, because] = &cells[..] else { return Err(row.into()) };
        if difference.take_out(theirs, ours).as_ref() != Some(ours) {
            return Err(format!("not {:?}: {row}", difference.patterns).into());
        }
        assert_eq!(because, difference.because);
    }
    Ok(())
}
