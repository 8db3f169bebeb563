//! Messages taken apart and written again.

use super::{
    Family, Seen, check_text, naive,
    naive::{
        checksum::{self, DESTINATION, SOURCE},
        encode::{Parts, structure},
    },
    view::check_encoding,
};
use crate::bytes::Failure;
use icmp_wire::{Evidence, Extensions, Result, v4, v6};

/// A message to be written, of either family.
#[derive(Clone, Copy, Debug)]
pub(super) enum Build<'a> {
    V4(v4::Build<'a>),
    V6(v6::Build<'a>),
}

impl<'a> Build<'a> {
    /// Takes a message apart.
    pub(super) fn from(family: Family, data: &'a [u8]) -> Self {
        match family {
            Family::V4 => Self::V4(v4::Message::parse(data).unwrap().into()),
            Family::V6 => Self::V6(v6::Message::parse(data).unwrap().into()),
        }
    }

    fn encoded_len(&self) -> usize {
        match self {
            Self::V4(build) => build.encoded_len(),
            Self::V6(build) => build.encoded_len(),
        }
    }

    fn encode(&self, out: &mut [u8]) -> Result<usize> {
        match self {
            Self::V4(build) => build.encode(out),
            Self::V6(build) => build.encode(SOURCE, DESTINATION, out),
        }
    }

    fn check_text(&self, objects_len: usize) {
        match self {
            Self::V4(build) => check_text(build, objects_len),
            Self::V6(build) => check_text(build, objects_len),
        }
    }

    /// Demands what another encoder makes of the same parts, and returns it.
    pub(super) fn check(&self, parts: &Parts<'_>) -> Option<Vec<u8>> {
        self.check_text(parts.objects.len());
        match parts.encode() {
            Ok(expected) => {
                assert_eq!(self.encoded_len(), expected.len());
                check_encoding(&expected, |out| self.encode(out));
                Some(expected)
            }
            Err(kinds) => {
                let mut buffer = vec![0; self.encoded_len()];
                let kind = self.encode(&mut buffer).unwrap_err().kind();
                assert!(kinds.contains(&kind), "{kind:?} and not {kinds:?}");
                None
            }
        }
    }
}

/// Writes the parts of a message, which is the same message again if nothing about it is odd.
pub(super) fn check(family: Family, data: &[u8], seen: &Seen) {
    let parts = Parts::of(family, data, seen);
    let written = Build::from(family, data).check(&parts);
    if is_canonical(&parts, data, seen) {
        assert_eq!(written.as_deref(), Some(data));
    }
}

/// Writes a structure around objects, with nothing in front.
pub(super) fn check_structure(objects: &[u8]) {
    match naive::structure::objects(objects, 0).error {
        None => check_encoding(&structure(objects), |out| Extensions::encode(objects, out)),
        Some(error) => {
            let refused = Extensions::encode(objects, &mut vec![0; objects.len() + 4]);
            assert_eq!(refused.map_err(Failure::from), Err(error));
        }
    }
}

/// Whether a message has nothing in it that is not kept.
pub(super) fn is_canonical(parts: &Parts<'_>, data: &[u8], seen: &Seen) -> bool {
    let mut sent = [data[4], data[5], data[6], data[7]];
    let is_structure_canonical = match &seen.structure {
        None => true,
        Some(structure) => {
            // The length of the quote is the writer's to tell.
            sent[if parts.family == Family::V4 { 1 } else { 0 }] = 0;
            let bytes = &data[structure.offset..];
            structure.evidence == Evidence::Compliant
                && bytes[..2] == [0x20, 0]
                && structure.checksum == checksum::of_structure(bytes)
                && !structure.objects.whole.is_empty()
                && structure.objects.error.is_none()
        }
    };
    is_structure_canonical
        && parts.code == seen.code
        && parts.rest == sent
        && seen.checksum == checksum::of_message(parts.family, data)
}
