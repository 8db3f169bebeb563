use crate::Systems;
use core::{fmt, iter::FusedIterator, slice};

/// The names that a number may have, each once.
///
/// One, if the bytes tell which system wrote the number, or if it is the same on all that may have;
/// several, if they do not; none, if the number has no name on any of them.
///
/// ```
/// use pflog_wire::{Reason, Systems};
///
/// let names = Reason(15).names(Systems::FREEBSD | Systems::NETBSD);
/// assert_eq!((names.only(), names.to_string().as_str()), (None, "map-failed|state-locked"));
/// ```
#[derive(Clone)]
#[must_use]
pub struct Names {
    rows: slice::Iter<'static, Row>,
    systems: Systems,
}

/// A name, and the systems on which the number has it.
pub(crate) type Row = (Systems, &'static str);

impl Names {
    /// Makes the names of those rows that are of any of these systems, which nobody has to find out
    /// for a name that is the same on all.
    #[inline]
    pub(crate) fn new(rows: &'static [Row], systems: impl FnOnce() -> Systems) -> Self {
        let systems = match rows {
            [(Systems::EVERY, _)] => Systems::EVERY,
            _ => systems(),
        };
        Self { rows: rows.iter(), systems }
    }

    /// Returns the name if there is exactly one.
    #[inline]
    #[must_use]
    pub fn only(&self) -> Option<&'static str> {
        let mut names = self.clone();
        names.next().filter(|_| names.next().is_none())
    }
}

impl Iterator for Names {
    type Item = &'static str;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let systems = self.systems;
        self.rows.find(|(known, _)| known.intersects(systems)).map(|(_, name)| *name)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.rows.len()))
    }
}

impl FusedIterator for Names {}

/// The names that are left, or `-` for none.
impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.clone();
        f.write_str(names.next().unwrap_or("-"))?;
        for name in names {
            f.write_str("|")?;
            f.write_str(name)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({self})")
    }
}
