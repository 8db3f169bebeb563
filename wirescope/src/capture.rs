//! Captures: pcap and pcapng, read as a stream of packets.

use crate::datagram;
use jiff::Timestamp;
use pcap_parser::{
    Block, InterfaceDescriptionBlock, LegacyPcapReader, Linktype, PcapBlockOwned, PcapError,
    PcapNGReader,
    traits::{PcapNGPacketBlock, PcapReaderIterator},
};
use std::{
    cell::Cell,
    collections::BTreeMap,
    fmt,
    fs::File,
    io::{self, Cursor, Read},
    path::Path,
    rc::Rc,
};

/// One captured packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packet<'a> {
    /// When it was captured, if the capture says so.
    pub(crate) time: Option<Timestamp>,
    /// What `data` begins with.
    pub(crate) link: Linktype,
    /// The bytes that were captured.
    pub(crate) data: &'a [u8],
    /// The length of the packet on the wire, in bytes.
    pub(crate) wire_len: usize,
}

/// Takes the packets of a capture.
pub(crate) trait Sink {
    /// Takes one packet. An error ends the reading.
    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()>;

    /// Called before input is read that may not be there yet.
    fn before_wait(&mut self) -> io::Result<()>;
}

/// Why a capture was not read to its end.
#[derive(Debug)]
pub(crate) enum Error {
    /// The input cannot be read, or no further.
    Input(String),
    /// The sink failed.
    Output(io::Error),
}

impl Error {
    fn at(offset: usize, what: impl fmt::Display) -> Self {
        Self::Input(format!("byte {offset}: {what}"))
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Reads the capture in the file at `path`, or on standard input if it is `-`.
///
/// What precedes damage reaches the sink; the error then says where the damage is.
pub(crate) fn read(path: &Path, sink: &mut impl Sink) -> Result<(), Error> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|error| Error::Input(reason(&error)))?)
    };
    read_from(input, sink)
}

fn read_from(mut input: Box<dyn Read>, sink: &mut impl Sink) -> Result<(), Error> {
    sink.before_wait()?;
    let head = read_head(&mut input).map_err(|error| Error::Input(reason(&error)))?;
    if head.is_empty() {
        return Err(Error::Input("empty".into()));
    }
    let is_pcapng = head.starts_with(&SECTION_HEADER);
    let failure = Rc::new(Cell::new(None));
    let input = Input { input: Cursor::new(head).chain(input), failure: Rc::clone(&failure) };
    let reader = if is_pcapng {
        PcapNGReader::new(BUFFER, input).map(boxed)
    } else {
        LegacyPcapReader::new(BUFFER, input).map(boxed)
    };
    let mut reader = reader.map_err(|error| match error {
        PcapError::Incomplete(_) => Error::at(0, "the capture ends inside its file header"),
        _ => Error::Input("not a pcap or pcapng capture".into()),
    })?;

    let mut interfaces = Interfaces::default();
    let end = read_blocks(reader.as_mut(), &failure, &mut interfaces, sink);
    interfaces.with_passed_over(end)
}

/// Reads all blocks there are.
fn read_blocks(
    reader: &mut dyn PcapReaderIterator,
    failure: &Cell<Option<io::Error>>,
    interfaces: &mut Interfaces,
    sink: &mut impl Sink,
) -> Result<(), Error> {
    loop {
        let at = reader.consumed();
        match reader.next() {
            Ok((size, block)) => {
                if let Some(packet) = interfaces.packet(&block, at)? {
                    sink.packet(packet)?;
                }
                reader.consume(size);
            }
            Err(PcapError::Eof) => return Ok(()),
            Err(PcapError::Incomplete(_)) => {
                sink.before_wait()?;
                if reader.refill().is_err() {
                    let cause = failure.take().unwrap_or_else(|| io::ErrorKind::Other.into());
                    return Err(Error::at(at, reason(&cause)));
                }
            }
            Err(PcapError::BufferTooSmall) => {
                if !reader.grow(LARGEST_BLOCK) {
                    return Err(Error::at(at, "a record is damaged: it declares more than 16 MiB"));
                }
            }
            Err(PcapError::UnexpectedEof) => {
                return Err(Error::at(at, "the capture ends inside this record, or it is damaged"));
            }
            Err(_) => return Err(Error::at(at, "this block is damaged")),
        }
    }
}

/// Returns the text of an error without its number, which says nothing more.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

fn boxed(reader: impl PcapReaderIterator + 'static) -> Box<dyn PcapReaderIterator> {
    Box::new(reader)
}

/// Reads a pcap file header, or the first block of a pcapng capture, or what there is of them.
///
/// The readers of `pcap_parser` want these whole at the first read, which a pipe does not promise.
fn read_head(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(24).read_to_end(&mut head)?;
    if let Some((&SECTION_HEADER, rest)) = head.split_first_chunk()
        && let Some((length, rest)) = rest.split_first_chunk()
    {
        let length = match rest.first_chunk() {
            Some(&BIG_ENDIAN) => u32::from_be_bytes(*length),
            _ => u32::from_le_bytes(*length),
        };
        let missing = u64::from(length.min(LARGEST_HEADER)).saturating_sub(24);
        input.take(missing).read_to_end(&mut head)?;
    }
    Ok(head)
}

/// Input that keeps the failure that `pcap_parser` only says has happened.
struct Input<R> {
    input: R,
    failure: Rc<Cell<Option<io::Error>>>,
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.input.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let kind = error.kind();
                    self.failure.set(Some(error));
                    return Err(kind.into());
                }
                read => return read,
            }
        }
    }
}

/// What the blocks behind it say of the packets: their link type and the unit of their time.
#[derive(Default)]
struct Interfaces {
    interfaces: Vec<Interface>,
    is_big_endian: bool,
    /// Packets that are not read, by why.
    passed_over: BTreeMap<String, u64>,
}

#[derive(Clone, Copy)]
struct Interface {
    link: Linktype,
    ticks_per_second: u64,
    /// Seconds that are added to every time.
    offset: i64,
    /// The most that is captured of a packet, in bytes.
    snap_len: usize,
}

impl Interfaces {
    /// Returns the packet in `block`, which starts at byte `at` of the capture.
    fn packet<'a>(
        &mut self,
        block: &'a PcapBlockOwned<'_>,
        at: usize,
    ) -> Result<Option<Packet<'a>>, Error> {
        let (interface, ticks, data, wire_len) = match block {
            PcapBlockOwned::LegacyHeader(header) => {
                // The upper bits tell the length of frame check sequences.
                let link = Linktype(header.network.0 & 0x03ff_ffff);
                if !datagram::is_supported(link) {
                    let what = format_args!("link type {} is not one that is read", link.0);
                    return Err(Error::at(20, what));
                }
                let ticks_per_second =
                    if header.is_nanosecond_precision() { 1_000_000_000 } else { 1_000_000 };
                let snap_len = usize::MAX;
                self.interfaces.push(Interface { link, ticks_per_second, offset: 0, snap_len });
                return Ok(None);
            }
            PcapBlockOwned::Legacy(packet) => {
                let Some(&interface) = self.interfaces.first() else { return Ok(None) };
                let ticks = u64::from(packet.ts_sec)
                    .saturating_mul(interface.ticks_per_second)
                    .saturating_add(packet.ts_usec.into());
                (interface, Some(ticks), packet.data, packet.origlen)
            }
            PcapBlockOwned::NG(Block::SectionHeader(block)) => {
                self.interfaces.clear();
                self.is_big_endian = block.big_endian();
                return Ok(None);
            }
            PcapBlockOwned::NG(Block::InterfaceDescription(block)) => {
                let Some(interface) = Interface::new(block, self.is_big_endian) else {
                    return Err(Error::at(at, "the interface's time resolution is out of range"));
                };
                self.interfaces.push(interface);
                return Ok(None);
            }
            PcapBlockOwned::NG(Block::EnhancedPacket(packet)) => {
                let index = usize::try_from(packet.if_id).unwrap_or(usize::MAX);
                let Some(&interface) = self.interfaces.get(index) else {
                    let what = format_args!("interface {index} is not described");
                    return Err(Error::at(at, what));
                };
                let ticks = (u64::from(packet.ts_high) << 32) | u64::from(packet.ts_low);
                (interface, Some(ticks), packet.packet_data(), packet.origlen)
            }
            PcapBlockOwned::NG(Block::SimplePacket(packet)) => {
                let Some(&interface) = self.interfaces.first() else {
                    return Err(Error::at(at, "interface 0 is not described"));
                };
                // What was captured of it is told by the interface alone.
                let data = packet.packet_data();
                let data = data.get(..interface.snap_len).unwrap_or(data);
                (interface, None, data, packet.origlen)
            }
            PcapBlockOwned::NG(Block::Unknown(block))
                // pcap_parser reads the type little-endian whatever the section says.
                if matches!(block.block_type, OBSOLETE_PACKET | OBSOLETE_PACKET_SWAPPED) =>
            {
                let count =
                    self.passed_over.entry("in an obsolete packet block".into()).or_default();
                *count = count.saturating_add(1);
                return Ok(None);
            }
            PcapBlockOwned::NG(_) => return Ok(None),
        };
        if !datagram::is_supported(interface.link) {
            let what = format!("of link type {}", interface.link.0);
            let count = self.passed_over.entry(what).or_default();
            *count = count.saturating_add(1);
            return Ok(None);
        }
        Ok(Some(Packet {
            time: ticks.and_then(|ticks| interface.time(ticks)),
            link: interface.link,
            data,
            wire_len: usize::try_from(wire_len).unwrap_or(usize::MAX).max(data.len()),
        }))
    }

    /// Adds the packets that were passed over to how the reading ended.
    fn with_passed_over(self, end: Result<(), Error>) -> Result<(), Error> {
        if self.passed_over.is_empty() {
            return end;
        }
        let packets: Vec<String> =
            self.passed_over.iter().map(|(why, count)| format!("{count} {why}")).collect();
        let packets = format!("packets that are not read: {}", packets.join(", "));
        match end {
            Ok(()) => Err(Error::Input(packets)),
            Err(Error::Input(what)) => Err(Error::Input(format!("{what}; {packets}"))),
            Err(error) => Err(error),
        }
    }
}

impl Interface {
    fn new(block: &InterfaceDescriptionBlock<'_>, is_big_endian: bool) -> Option<Self> {
        // pcap_parser reads it little-endian whatever the section says.
        let offset = if is_big_endian { block.if_tsoffset.swap_bytes() } else { block.if_tsoffset };
        // draft-ietf-opsawg-pcapng §4.2, if_tsresol: a power of 2 if the upper bit is set, else of 10.
        let exponent = block.if_tsresol & 0x7f;
        let base: u64 = if block.if_tsresol & 0x80 == 0 { 10 } else { 2 };
        Some(Self {
            link: block.linktype,
            ticks_per_second: base.checked_pow(exponent.into())?,
            offset,
            // 0 is no limit.
            snap_len: match usize::try_from(block.snaplen) {
                Ok(0) | Err(_) => usize::MAX,
                Ok(snap_len) => snap_len,
            },
        })
    }

    fn time(&self, ticks: u64) -> Option<Timestamp> {
        let seconds = i64::try_from(ticks.checked_div(self.ticks_per_second)?).ok()?;
        let fraction = u128::from(ticks.checked_rem(self.ticks_per_second)?)
            .checked_mul(1_000_000_000)?
            .checked_div(self.ticks_per_second.into())?;
        let nanoseconds = i32::try_from(fraction).ok()?;
        Timestamp::new(seconds.checked_add(self.offset)?, nanoseconds).ok()
    }
}

/// The type of a pcapng section header block, which is the same in both byte orders.
const SECTION_HEADER: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// The byte-order magic of a pcapng section, as a big-endian machine writes it.
const BIG_ENDIAN: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];

/// The type of a pcapng packet block, which the enhanced packet block replaced.
const OBSOLETE_PACKET: u32 = 2;
const OBSOLETE_PACKET_SWAPPED: u32 = OBSOLETE_PACKET.swap_bytes();

/// The longest section header, options included, that is read.
const LARGEST_HEADER: u32 = 0x10_0000;

/// What is read at a time, and more than the largest packet that libpcap captures.
const BUFFER: usize = 0x20_0000;

const LARGEST_BLOCK: usize = 0x100_0000;
