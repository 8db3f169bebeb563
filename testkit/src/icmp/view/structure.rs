//! Extension objects, and what must hold of them.

use super::View;
use crate::{
    bytes::{Failure, offset_within},
    icmp::{SeenObject, SeenObjectBody, SeenObjects, naive},
};
use icmp_wire::{
    InterfaceIdentification, Label, LabelStack, Name, Object, ObjectBody, Objects,
    Result as WireResult,
};

impl View<'_> {
    /// Takes the objects one after the other, of which the first begins at byte `at`.
    pub(in crate::icmp) fn objects(self, mut objects: Objects<'_>, mut at: usize) -> SeenObjects {
        let mut whole = Vec::new();
        loop {
            let left = objects.remainder();
            assert_eq!((offset_within(left, self.data), at + left.len()), (at, self.data.len()));
            assert_eq!(objects.error(), None);
            let Some(object) = objects.next() else { break };
            assert_eq!(object.offset(), at);
            assert_eq!(offset_within(object.data(), self.data), at + 4);
            assert_eq!(object.encoded_len(), 4 + object.data().len());
            at += object.encoded_len();
            whole.push(self.object(object));
        }
        let (error, remainder) = (objects.error(), objects.remainder());
        assert_eq!(error.is_none(), remainder.is_empty(), "{error:?}");
        assert_eq!(
            (offset_within(remainder, self.data), remainder.len()),
            (at, self.data.len() - at)
        );
        assert_eq!(objects.next(), None, "not fused");
        assert_eq!((objects.error(), objects.remainder()), (error, remainder));
        SeenObjects {
            whole,
            error: error.map(|error| self.failure(error)),
            remainder: remainder.len(),
        }
    }

    fn object(self, object: Object<'_>) -> SeenObject {
        if self.is_thorough {
            let sent = &self.data[object.offset()..][..object.encoded_len()];
            check_encoding(sent, |out| object.encode(out));
        }
        SeenObject {
            offset: object.offset(),
            len: object.encoded_len(),
            class: object.class().0,
            c_type: object.c_type(),
            body: self.object_body(&object),
        }
    }

    fn object_body(self, object: &Object<'_>) -> Result<SeenObjectBody, Failure> {
        let place = |part: &[u8]| {
            let at = offset_within(part, self.data);
            at..at + part.len()
        };
        let named = |name: Name<'_>| {
            assert!(!self.is_thorough || name.to_string() == name.0.escape_ascii().to_string());
            place(name.0)
        };
        let body = self.fine(object.body())?;
        let seen = match body {
            ObjectBody::LabelStack(stack) => {
                if self.is_thorough {
                    check_labels(stack, object.data());
                }
                SeenObjectBody::LabelStack(stack.labels().collect())
            }
            ObjectBody::InterfaceInformation(interface) => SeenObjectBody::Interface {
                role: interface.role.0,
                index: interface.index,
                address: interface.address,
                name: interface.name.map(named),
                mtu: interface.mtu,
            },
            ObjectBody::InterfaceIdentification(identification) => match identification {
                InterfaceIdentification::Name(name) => SeenObjectBody::ByName(named(name)),
                InterfaceIdentification::Index(index) => SeenObjectBody::ByIndex(index),
                InterfaceIdentification::Address { family, address } => {
                    SeenObjectBody::ByAddress { family, address: place(address) }
                }
                _ => panic!("nobody told the oracle of {identification:?}"),
            },
            ObjectBody::Pointer(pointer) => SeenObjectBody::Pointer(pointer),
            ObjectBody::NodeIdentification(node) => {
                let name = node.name.map(named);
                SeenObjectBody::Node { address: node.address, name }
            }
            ObjectBody::Other => SeenObjectBody::Other,
            _ => panic!("nobody told the oracle of {body:?}"),
        };
        if self.is_thorough {
            match naive::encode::object(&seen, self.data) {
                Some(Ok(plain)) => check_plain(body, &plain),
                Some(Err(kind)) => {
                    let refused = encode(body, &mut vec![0; object.encoded_len()]);
                    assert_eq!(refused.unwrap_err().kind(), kind);
                }
                None => {}
            }
        }
        Ok(seen)
    }
}

/// Objects about interfaces and nodes are written as plainly as can be, and read back.
fn check_plain(body: ObjectBody<'_>, plain: &[u8]) {
    check_encoding(plain, |out| encode(body, out));
    let mut objects = Objects::new(plain);
    assert_eq!(objects.next().unwrap().body(), Ok(body));
    assert_eq!((objects.next(), objects.error()), (None, None));
}

fn encode(body: ObjectBody<'_>, out: &mut [u8]) -> WireResult<usize> {
    match body {
        ObjectBody::InterfaceInformation(interface) => interface.encode(out),
        ObjectBody::InterfaceIdentification(identification) => identification.encode(out),
        ObjectBody::NodeIdentification(node) => node.encode(out),
        _ => panic!("{body:?} cannot be written"),
    }
}

/// Demands that `expected` is written, to a buffer that it fits and to no smaller one.
pub(in crate::icmp) fn check_encoding(
    expected: &[u8],
    encode: impl Fn(&mut [u8]) -> WireResult<usize>,
) {
    use wire_error::ErrorKind;

    let needed = expected.len();
    // What lies behind stays as it was.
    let mut buffer = vec![0xa7; needed + 3];
    assert_eq!(encode(&mut buffer), Ok(needed));
    assert_eq!((&buffer[..needed], &buffer[needed..]), (expected, &[0xa7; 3][..]));
    assert_eq!(encode(&mut buffer[..needed]), Ok(needed));
    for available in [needed - 1, needed / 2, 0] {
        let kind = encode(&mut buffer[..available]).map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::BufferTooSmall { needed, available }));
    }
}

/// The laws of an iterator that knows its length and has two ends.
fn check_labels(stack: LabelStack<'_>, sent: &[u8]) {
    let labels: Vec<Label> = stack.into_iter().collect();
    assert!(stack.labels().eq(labels.iter().copied()));
    let len = labels.len();
    assert_eq!(4 * len, sent.len());
    assert!(labels.iter().flat_map(|label| label.to_bytes()).eq(sent.iter().copied()));
    assert_eq!((stack.labels().len(), stack.labels().size_hint()), (len, (len, Some(len))));
    assert!(stack.labels().rev().eq(labels.iter().rev().copied()));
    for n in [0, 1, len / 2, len.saturating_sub(1), len, len + 1] {
        let mut rest = stack.labels();
        assert_eq!(rest.nth(n), labels.get(n).copied());
        assert_eq!(rest.len(), len.saturating_sub(n + 1));
        assert_eq!(rest.next(), labels.get(n + 1).copied());
        let mut rest = stack.labels();
        assert_eq!(rest.nth_back(n), labels.iter().nth_back(n).copied());
        assert_eq!(rest.len(), len.saturating_sub(n + 1));
    }
    let mut ends = stack.labels();
    while ends.next().is_some() && ends.next_back().is_some() {}
    assert_eq!((ends.next(), ends.next_back(), ends.len()), (None, None, 0));
}
