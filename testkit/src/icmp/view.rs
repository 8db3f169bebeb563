//! What `icmp_wire` sees, and what must hold of every view of it.

mod structure;

pub(super) use self::structure::check_encoding;

use super::{Seen, SeenBody, SeenQuote, SeenStructure, SeenTransport, naive::checksum};
use crate::{
    bytes::{Failure, check_error, offset_within},
    icmp::Family,
};
use icmp_wire::{
    Error, Evidence, Extensions, Objects, Quote, Result as WireResult, Transport, v4, v6,
};

/// Looks at bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) data: &'a [u8],
    /// Whether all promises are to be checked, or those only that cost next to nothing.
    pub(super) is_thorough: bool,
}

impl<'a> View<'a> {
    pub(super) fn message(self, family: Family) -> Result<Seen, Failure> {
        match family {
            Family::V4 => self.v4(),
            Family::V6 => self.v6(),
        }
    }

    fn v4(self) -> Result<Seen, Failure> {
        let message = self.fine(v4::Message::parse(self.data))?;
        let (body, ty, code) = (message.body(), message.ty(), message.code());
        let (expected, name, seen) = match body {
            v4::Body::Unreachable { code, next_hop_mtu } => {
                let seen = SeenBody::Unreachable { mtu: next_hop_mtu.map(u16::from) };
                (v4::Type::DESTINATION_UNREACHABLE, Some((code.0, code.name())), seen)
            }
            v4::Body::SourceQuench => (v4::Type::SOURCE_QUENCH, None, SeenBody::SourceQuench),
            v4::Body::Redirect { code, gateway } => {
                let seen = SeenBody::Redirect { gateway };
                (v4::Type::REDIRECT, Some((code.0, code.name())), seen)
            }
            v4::Body::TimeExceeded { code } => {
                (v4::Type::TIME_EXCEEDED, Some((code.0, code.name())), SeenBody::TimeExceeded)
            }
            v4::Body::ParameterProblem { code, pointer } => {
                let seen = SeenBody::ParameterProblem { pointer: pointer.into() };
                (v4::Type::PARAMETER_PROBLEM, Some((code.0, code.name())), seen)
            }
            v4::Body::Other { ty, code: other, rest } => {
                assert_eq!(other, code);
                (ty, None, SeenBody::Other { rest })
            }
            _ => panic!("nobody told the oracle of {body:?}"),
        };
        assert_eq!((ty, name.map_or(code, |name| name.0)), (expected, code));
        assert_eq!(message.code_name(), name.and_then(|name| name.1));
        assert_eq!(
            (offset_within(message.as_bytes(), self.data), message.as_bytes()),
            (0, self.data)
        );
        self.check_payload(message.payload(), message.original_datagram(), message.extensions());
        Ok(Seen {
            ty: ty.0,
            is_error: ty.is_error(),
            code,
            checksum: message.checksum(),
            body: seen,
            severity: body.severity(),
            quote: self.quoted(message.quote(), message.payload()),
            original_len: message.original_datagram().len(),
            structure: message.extensions().map(|extensions| self.structure(extensions)),
        })
    }

    fn v6(self) -> Result<Seen, Failure> {
        let message = self.fine(v6::Message::parse(self.data))?;
        let (body, ty, code) = (message.body(), message.ty(), message.code());
        let (expected, name, seen) = match body {
            v6::Body::Unreachable { code } => {
                let seen = SeenBody::Unreachable { mtu: None };
                (v6::Type::DESTINATION_UNREACHABLE, Some((code.0, code.name())), seen)
            }
            v6::Body::PacketTooBig { mtu } => {
                (v6::Type::PACKET_TOO_BIG, None, SeenBody::PacketTooBig { mtu })
            }
            v6::Body::TimeExceeded { code } => {
                (v6::Type::TIME_EXCEEDED, Some((code.0, code.name())), SeenBody::TimeExceeded)
            }
            v6::Body::ParameterProblem { code, pointer } => {
                let seen = SeenBody::ParameterProblem { pointer };
                (v6::Type::PARAMETER_PROBLEM, Some((code.0, code.name())), seen)
            }
            v6::Body::Other { ty, code: other, rest } => {
                assert_eq!(other, code);
                (ty, None, SeenBody::Other { rest })
            }
            _ => panic!("nobody told the oracle of {body:?}"),
        };
        assert_eq!((ty, name.map_or(code, |name| name.0)), (expected, code));
        assert_eq!(message.code_name(), name.and_then(|name| name.1));
        assert_eq!(
            (offset_within(message.as_bytes(), self.data), message.as_bytes()),
            (0, self.data)
        );
        self.check_payload(message.payload(), message.original_datagram(), message.extensions());
        Ok(Seen {
            ty: ty.0,
            is_error: ty.is_error(),
            code,
            checksum: message.checksum(),
            body: seen,
            severity: body.severity(),
            quote: self.quoted(message.quote(), message.payload()),
            original_len: message.original_datagram().len(),
            structure: message.extensions().map(|extensions| self.structure(extensions)),
        })
    }

    /// The payload is all that follows the header: the original datagram, what fills it up, and the
    /// structure.
    fn check_payload(self, payload: &[u8], original: &[u8], extensions: Option<Extensions<'_>>) {
        assert_eq!(offset_within(payload, self.data), 8);
        assert_eq!(8 + payload.len(), self.data.len());
        assert_eq!(offset_within(original, self.data), 8);
        let Some(extensions) = extensions else {
            assert_eq!(original.len(), payload.len());
            return;
        };
        assert_eq!(offset_within(extensions.original_datagram(), self.data), 8);
        assert_eq!(extensions.original_datagram().len(), original.len());
        let end = 8 + original.len();
        assert_eq!(
            extensions.offset(),
            match extensions.evidence() {
                Evidence::Padded => end.max(8 + 128),
                _ => end,
            }
        );
    }

    fn quoted(
        self,
        quote: WireResult<Option<Quote<'_>>>,
        payload: &[u8],
    ) -> Result<Option<SeenQuote>, Failure> {
        let quote = self.fine(quote)?;
        if let Some(quote) = quote {
            assert_eq!(quote.as_bytes(), payload);
            if self.is_thorough {
                // The same bytes by themselves read the same, only the offsets differ.
                let alone = Quote::parse(payload).unwrap();
                assert_eq!(alone, quote);
                assert_eq!(alone.transport().ok(), quote.transport().ok());
            }
        }
        Ok(quote.map(|quote| self.quote(quote)))
    }

    pub(super) fn quote(self, quote: Quote<'_>) -> SeenQuote {
        assert_eq!(offset_within(quote.as_bytes(), self.data), quote.offset());
        SeenQuote {
            offset: quote.offset(),
            source: quote.source(),
            destination: quote.destination(),
            declared_len: quote.declared_len(),
            present: quote.as_bytes().len(),
            protocol: quote.protocol().0,
            identification: quote.identification(),
            hop_limit: quote.hop_limit(),
            header_checksum: quote.header_checksum_status(),
            transport: self.fine(quote.transport()).map(|transport| {
                assert_eq!(quote.ports(), transport.ports());
                let header = transport.offset() - quote.offset();
                assert_eq!(header + transport.as_bytes().len(), quote.as_bytes().len());
                self.transport(transport)
            }),
        }
    }

    fn transport(self, transport: Transport<'_>) -> SeenTransport {
        assert_eq!(offset_within(transport.as_bytes(), self.data), transport.offset());
        assert_eq!(transport.is_later_fragment(), transport.fragment_offset() != 0);
        let ports = self.fine(transport.ports());
        let query = self.fine(transport.query());
        SeenTransport {
            protocol: transport.protocol().0,
            fragment_offset: transport.fragment_offset(),
            offset: transport.offset(),
            ports: ports.map(|ports| ports.map(|ports| (ports.source, ports.destination))),
            query: query
                .map(|query| query.map(|query| (query.ty, query.identifier, query.sequence))),
            tcp_sequence: self.fine(transport.tcp_sequence()),
        }
    }

    pub(super) fn structure(self, extensions: Extensions<'a>) -> SeenStructure {
        assert_eq!(offset_within(extensions.as_bytes(), self.data), extensions.offset());
        assert_eq!(extensions.offset() + extensions.as_bytes().len(), self.data.len());
        let objects = self.objects(extensions.objects(), extensions.offset() + 4);
        if self.is_thorough {
            let mut alone = Objects::new(&extensions.as_bytes()[4..]);
            assert!(alone.by_ref().eq(extensions.objects()));
            assert_eq!(alone.error().is_some(), objects.error.is_some());
            for declared_len in self.declared_lens(extensions.offset()) {
                assert_eq!(
                    extensions.checksum_status(declared_len),
                    checksum::structure(self.data, extensions.offset(), declared_len),
                    "the structure at {} of {} bytes if {declared_len} are declared",
                    extensions.offset(),
                    self.data.len(),
                );
            }
        }
        // A quote that ends in front of the structure: what is cut off there is missing.
        let original = extensions.original_datagram();
        let quoted = match extensions.evidence() {
            Evidence::Given => Self { data: original, ..self },
            _ => Self { data: &self.data[..8 + original.len()], ..self },
        };
        SeenStructure {
            evidence: extensions.evidence(),
            offset: extensions.offset(),
            len: extensions.as_bytes().len(),
            original_len: original.len(),
            quote: quoted.fine(extensions.quote()).map(|quote| quoted.quote(quote)),
            checksum: extensions.checksum(),
            objects,
        }
    }

    /// Lengths that a carrier may have declared for something that begins at byte `at`.
    pub(super) fn declared_lens(self, at: usize) -> [usize; 8] {
        let len = self.data.len();
        [0, at.saturating_sub(1), at, at + 3, at + 4, len - 1, len, len + 1]
    }

    /// Holds an error against its promises.
    pub(super) fn fine<T>(self, result: WireResult<T>) -> Result<T, Failure> {
        result.map_err(|error| self.failure(error))
    }

    pub(super) fn failure(self, error: Error) -> Failure {
        if self.is_thorough {
            check_error(&error, self.data);
        }
        error.into()
    }
}
