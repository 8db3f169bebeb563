//! A line of output, put together piece by piece.

use std::{
    fmt,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::Range,
};

/// A line of output: its methods append to it.
///
/// Made to be used again for the next line. Numbers and addresses are most of what is written, and
/// std's formatting takes most of the time that printing takes: these are written without it.
#[derive(Debug, Default)]
pub(crate) struct Line(Vec<u8>);

impl Line {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes back all but the first `len` bytes.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    #[inline]
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// Appends a number in decimal.
    #[inline]
    pub(crate) fn number(&mut self, number: impl itoa::Integer) -> &mut Self {
        self.text(itoa::Buffer::new().format(number))
    }

    /// Appends a number in decimal, with zeros in front up to `width` digits.
    pub(crate) fn padded(&mut self, number: u32, width: usize) -> &mut Self {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(number);
        for _ in digits.len()..width {
            self.0.push(b'0');
        }
        self.text(digits)
    }

    /// Appends a number in hexadecimal, without leading zeros.
    pub(crate) fn hex(&mut self, number: u32) -> &mut Self {
        let digits = number.to_be_bytes().map(digits);
        let digits = digits.as_flattened();
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        // A zero has one digit.
        self.0.extend_from_slice(digits.get(zeros.min(7)..).unwrap_or_default());
        self
    }

    /// Appends bytes in hexadecimal, two digits each.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        for byte in bytes {
            self.0.extend_from_slice(&digits(*byte));
        }
        self
    }

    /// Appends an address as tcpdump writes it: the last 32 bits of `::a.b.c.d` in decimal.
    #[inline]
    pub(crate) fn address(&mut self, address: IpAddr) -> &mut Self {
        match address {
            IpAddr::V4(v4) => self.v4(v4),
            IpAddr::V6(v6) => self.v6(v6),
        }
    }

    #[inline]
    fn v4(&mut self, address: Ipv4Addr) -> &mut Self {
        let [a, b, c, d] = address.octets();
        self.number(a).text(".").number(b).text(".").number(c).text(".").number(d)
    }

    fn v6(&mut self, address: Ipv6Addr) -> &mut Self {
        let groups = address.segments();
        let [.., a, b, c, d] = address.octets();
        match groups {
            [0, 0, 0, 0, 0, 0, group, _] if group != 0 => self.text("::").v4([a, b, c, d].into()),
            [0, 0, 0, 0, 0, 0xffff, ..] => self.text("::ffff:").v4([a, b, c, d].into()),
            _ => {
                let zeros = longest_zeros(&groups);
                for (i, group) in groups.into_iter().enumerate() {
                    if zeros.contains(&i) {
                        if i == zeros.start {
                            self.text("::");
                        }
                        continue;
                    }
                    if i != 0 && i != zeros.end {
                        self.text(":");
                    }
                    self.hex(group.into());
                }
                self
            }
        }
    }

    /// Appends what has no method of its own.
    pub(crate) fn display(&mut self, what: impl fmt::Display) -> &mut Self {
        // A vector takes everything.
        let _ = write!(self.0, "{what}");
        self
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the place of the first of the longest runs of zeros, RFC 5952 §4.2; an empty one at the end
/// if none is longer than one group.
fn longest_zeros(groups: &[u16; 8]) -> Range<usize> {
    let mut longest = 8..8;
    let mut start = 0;
    for (i, group) in groups.iter().enumerate() {
        if *group != 0 {
            start = i.saturating_add(1);
        } else if i.saturating_sub(start) >= longest.len().max(1) {
            longest = start..i.saturating_add(1);
        }
    }
    longest
}

#[inline]
fn digits(byte: u8) -> [u8; 2] {
    let digit = |nibble: u8| b"0123456789abcdef".get(usize::from(nibble)).copied();
    [byte >> 4, byte & 0x0f].map(|nibble| digit(nibble).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Line)) -> String {
        let mut line = Line::default();
        write(&mut line);
        String::from_utf8(line.0).unwrap()
    }

    #[test]
    fn numbers_have_as_many_digits_as_they_need() {
        for (number, decimal, padded, hex) in [
            (0, "0", "000", "0"),
            (7, "7", "007", "7"),
            (0x10, "16", "016", "10"),
            (0xabc, "2748", "2748", "abc"),
            (u32::MAX, "4294967295", "4294967295", "ffffffff"),
        ] {
            assert_eq!(text(|line| _ = line.number(number)), decimal);
            assert_eq!(text(|line| _ = line.padded(number, 3)), padded);
            assert_eq!(text(|line| _ = line.hex(number)), hex);
        }
        assert_eq!(text(|line| _ = line.bytes(&[0, 0xa, 0xff])), "000aff");
    }

    /// Every pattern of zeros, with groups of one and of four digits; but for the two kinds that std
    /// writes as tcpdump does or does not.
    #[test]
    fn addresses_are_spelled_as_std_spells_them() {
        for zeros in 0..=255u8 {
            for group in [1, 0xabcd] {
                let groups =
                    [0, 1, 2, 3, 4, 5, 6, 7].map(|i| if zeros >> i & 1 == 0 { group } else { 0 });
                let address = Ipv6Addr::from(groups);
                let last_four = matches!(groups, [0, 0, 0, 0, 0, 0, group, _] if group != 0);
                if !last_four {
                    assert_eq!(text(|line| _ = line.address(address.into())), address.to_string());
                }
            }
        }
        for address in ["192.0.2.255", "::ffff:198.51.100.7", "::198.51.100.7", "::0.1.0.0", "::1"]
        {
            let parsed = address.parse().unwrap();
            assert_eq!(text(|line| _ = line.address(parsed)), address);
        }
    }

    #[test]
    fn what_was_taken_back_is_gone() {
        assert_eq!(text(|line| line.text("ICMP ").truncate(2)), "IC");
        assert_eq!(text(|line| line.text("ICMP ").clear()), "");
        assert_eq!(text(|line| _ = line.display(format_args!("{:?}", Some(1)))), "Some(1)");
    }
}
