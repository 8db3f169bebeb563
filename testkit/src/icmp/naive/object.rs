//! What extension objects say, class by class.

use super::{u16_at, u32_at, v4_at, v6_at};
use crate::{bytes::Failure, icmp::SeenObjectBody};
use icmp_wire::Label;
use std::{net::IpAddr, ops::Range};
use wire_error::ErrorKind;

/// Decodes the object at byte `at`, which is `len` bytes long.
pub(super) fn body(data: &[u8], at: usize, len: usize) -> Result<SeenObjectBody, Failure> {
    let (class, c_type) = (data[at + 2], data[at + 3]);
    let end = at + len;
    let mut place = Place { data, object: at, at: at + 4, end };
    match (class, c_type) {
        (1, 1) => {
            if len % 4 != 0 {
                return Err(place.wrong_length());
            }
            let labels = (at + 4..end).step_by(4).map(|at| label(u32_at(data, at))).collect();
            Ok(SeenObjectBody::LabelStack(labels))
        }
        (2, _) => {
            let index = if c_type / 8 % 2 == 1 { Some(place.number()?) } else { None };
            let address = if c_type / 4 % 2 == 1 { Some(place.address()?) } else { None };
            let name = if c_type / 2 % 2 == 1 { Some(place.name()?) } else { None };
            let mtu = if c_type % 2 == 1 { Some(place.number()?) } else { None };
            place.nothing()?;
            Ok(SeenObjectBody::Interface { role: c_type / 64, index, address, name, mtu })
        }
        (3, 1) => Ok(SeenObjectBody::ByName(without_nul(data, at + 4..end))),
        (3, 2) => {
            let index = place.number()?;
            place.nothing()?;
            Ok(SeenObjectBody::ByIndex(index))
        }
        (3, 3) => {
            // Up to a multiple of 4, the address is filled up.
            if len < 8 || ![0, 1, 2, 3].map(|n| 8 + n + usize::from(data[at + 6])).contains(&len) {
                return Err(place.wrong_length());
            }
            Ok(SeenObjectBody::ByAddress {
                family: u16_at(data, at + 4),
                address: at + 8..at + 8 + usize::from(data[at + 6]),
            })
        }
        (4, 1) => {
            if len != 8 {
                return Err(place.wrong_length());
            }
            Ok(SeenObjectBody::Pointer(u32_at(data, at + 4)))
        }
        (5, _) => {
            let address = if c_type / 4 % 2 == 1 { Some(place.address()?) } else { None };
            let name = if c_type / 2 % 2 == 1 { Some(place.name()?) } else { None };
            place.nothing()?;
            Ok(SeenObjectBody::Node { address, name })
        }
        _ => Ok(SeenObjectBody::Other),
    }
}

/// RFC 3032 §2.1: 20 bits of label, 3 of class, 1 for the bottom, 8 of time.
fn label(entry: u32) -> Label {
    Label {
        label: entry / 4096,
        traffic_class: u8::try_from(entry / 512 % 8).unwrap(),
        is_bottom_of_stack: entry / 256 % 2 == 1,
        time_to_live: u8::try_from(entry % 256).unwrap(),
    }
}

/// A place in an object.
struct Place<'a> {
    data: &'a [u8],
    object: usize,
    at: usize,
    end: usize,
}

impl Place<'_> {
    fn wrong_length(&self) -> Failure {
        let kind = ErrorKind::InvalidLength { found: self.end - self.object };
        Failure { offset: self.object, kind }
    }

    fn need(&self, bytes: usize) -> Result<(), Failure> {
        if self.end - self.at < bytes { Err(self.wrong_length()) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<u32, Failure> {
        self.need(4)?;
        self.at += 4;
        Ok(u32_at(self.data, self.at - 4))
    }

    fn address(&mut self) -> Result<IpAddr, Failure> {
        self.need(4)?;
        let begin = self.at;
        match u16_at(self.data, begin) {
            1 => {
                self.need(8)?;
                self.at += 8;
                Ok(v4_at(self.data, begin + 4))
            }
            2 => {
                self.need(20)?;
                self.at += 20;
                Ok(v6_at(self.data, begin + 4))
            }
            family => {
                let kind = ErrorKind::InvalidValue { found: family.into() };
                Err(Failure { offset: begin, kind })
            }
        }
    }

    fn name(&mut self) -> Result<Range<usize>, Failure> {
        self.need(1)?;
        let begin = self.at;
        let len = usize::from(self.data[begin]);
        if len == 0 || len % 4 != 0 || len > 64 {
            let kind = ErrorKind::InvalidLength { found: len };
            return Err(Failure { offset: begin, kind });
        }
        self.need(len)?;
        self.at += len;
        Ok(without_nul(self.data, begin + 1..begin + len))
    }

    fn nothing(&self) -> Result<(), Failure> {
        if self.at == self.end {
            return Ok(());
        }
        let kind = ErrorKind::TrailingData { remaining: self.end - self.at };
        Err(Failure { offset: self.at, kind })
    }
}

fn without_nul(data: &[u8], mut name: Range<usize>) -> Range<usize> {
    while name.end > name.start && data[name.end - 1] == 0 {
        name.end -= 1;
    }
    name
}
