//! Classic pcap files.

use super::{Error, Packet, Sink, Window};
use crate::time::Time;
use nom::{Err as NomError, IResult, Needed};
use pcap_parser::{
    LegacyPcapBlock, Linktype, PcapError, PcapHeader, parse_pcap_frame, parse_pcap_frame_be,
    parse_pcap_frame_modified, parse_pcap_header,
};

type ParseFrame = fn(&[u8]) -> IResult<&[u8], LegacyPcapBlock<'_>, PcapError<&[u8]>>;

/// Reads all records.
pub(super) fn read(window: &mut Window<'_>, sink: &mut impl Sink) -> Result<(), Error> {
    let header = read_header(window, sink)?;
    // The upper bits tell the length of frame check sequences.
    let link = Linktype(header.network.0 & 0x03ff_ffff);
    if !sink.takes(link) {
        return Err(Error::at(20, format_args!("link type {} is not one that is read", link.0)));
    }
    let parse_frame: ParseFrame = if header.is_modified_format() {
        parse_pcap_frame_modified
    } else if header.is_bigendian() {
        parse_pcap_frame_be
    } else {
        parse_pcap_frame
    };
    let nanoseconds_per_tick = if header.is_nanosecond_precision() { 1 } else { 1_000 };
    loop {
        let bytes = window.bytes();
        let mut rest = bytes;
        let missing = loop {
            match parse_frame(rest) {
                Ok((behind, frame)) => {
                    sink.packet(Packet {
                        time: Time::new(frame.ts_sec, frame.ts_usec, nanoseconds_per_tick),
                        link,
                        interface: 0,
                        is_big_endian: header.is_bigendian(),
                        data: frame.data,
                        wire_len: usize::try_from(frame.origlen)
                            .unwrap_or(usize::MAX)
                            .max(frame.data.len()),
                    })?;
                    rest = behind;
                }
                Err(NomError::Incomplete(Needed::Size(missing))) => break missing.get(),
                Err(_) => break 1,
            }
        };
        let left = rest.len();
        window.consume(bytes.len().saturating_sub(left));
        if !window.fill(left.saturating_add(missing), sink)? {
            return match left {
                0 => Ok(()),
                _ => Err(Error::at(window.offset(), "the capture ends inside this record")),
            };
        }
    }
}

fn read_header(window: &mut Window<'_>, sink: &mut impl Sink) -> Result<PcapHeader, Error> {
    let is_whole = window.fill(HEADER, sink)?;
    match parse_pcap_header(window.bytes()) {
        Ok((_, header)) => {
            window.consume(HEADER);
            Ok(header)
        }
        Err(NomError::Incomplete(_)) if !is_whole => {
            Err(Error::at(0, "the capture ends inside its file header"))
        }
        Err(_) => Err(Error::Input("not a pcap or pcapng capture".into())),
    }
}

/// The length of a file header in bytes.
const HEADER: usize = 24;
