//! Bars in a terminal.

use std::env;

/// What bars are drawn with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bars(&'static str);

impl Bars {
    /// Returns blocks if the locale is one of UTF-8, number signs otherwise.
    pub(crate) fn of_locale() -> Self {
        // POSIX, Environment Variables: the first of these that is set and not empty counts.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_utf8 = locale.ends_with("utf-8") || locale.ends_with("utf8");
        Self(if is_utf8 { "█" } else { "#" })
    }

    pub(crate) fn is_ascii(self) -> bool {
        self.0.is_ascii()
    }

    /// Returns the bar of `value` where that of `greatest` is `width` characters wide.
    ///
    /// Only 0 has no bar.
    pub(crate) fn bar(self, value: u64, greatest: u64, width: u64) -> String {
        let len = u128::from(value).saturating_mul(width.into()).div_ceil(greatest.max(1).into());
        self.0.repeat(usize::try_from(len).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let bars = Bars("#");
        let of_40 = [0, 1, 100, 199, 200].map(|value| bars.bar(value, 200, 40).len());
        assert_eq!(of_40, [0, 1, 20, 40, 40]);
        assert_eq!(bars.bar(u64::MAX, u64::MAX, 40).len(), 40);
        assert_eq!(bars.bar(0, 0, 40), "");
    }
}
