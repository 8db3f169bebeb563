//! pcapng files, draft-ietf-opsawg-pcapng.

use super::{Error, LARGEST, Packet, PassedOver, Reason, Sink, Window};
use crate::time::Time;
use pcap_parser::{
    Block, InterfaceDescriptionBlock, Linktype, parse_block_be, parse_block_le,
    traits::PcapNGPacketBlock,
};

/// Reads all blocks.
pub(super) fn read(
    window: &mut Window<'_>,
    passed_over: &mut PassedOver,
    sink: &mut impl Sink,
) -> Result<(), Error> {
    let mut section = Section::default();
    let mut packets: u64 = 0;
    while let Some(len) = next_block(window, &mut section, sink)? {
        let at = window.offset();
        let block = window.bytes().get(..len).unwrap_or_default();
        let parsed =
            if section.is_big_endian { parse_block_be(block) } else { parse_block_le(block) };
        match parsed {
            Ok((_, block)) => match section.packet(&block, sink) {
                Ok(None) => {}
                Ok(Some(packet)) => {
                    packets = packets.saturating_add(1);
                    sink.packet(packet)?;
                }
                Err(reason) => passed_over.count(reason, at),
            },
            Err(_) => {
                if matches!(section.kind(block), Some(INTERFACE_DESCRIPTION)) {
                    section.describe(None);
                }
                passed_over.count(Reason::DamagedBlock, at);
            }
        }
        window.consume(len);
    }
    if packets == 0 && !passed_over.is_empty() {
        return Err(Error::Input("holds no packet that is read".into()));
    }
    Ok(())
}

/// Returns the length of the next block, which is then whole in the window.
fn next_block(
    window: &mut Window<'_>,
    section: &mut Section,
    sink: &mut impl Sink,
) -> Result<Option<usize>, Error> {
    // Type and length; of a section header the byte-order magic too.
    for head in [8, 12] {
        if !window.fill(head, sink)? {
            return match window.bytes() {
                [] => Ok(None),
                _ => Err(Error::at(window.offset(), "the capture ends inside this block")),
            };
        }
        if !window.bytes().starts_with(&SECTION_HEADER) {
            break;
        }
    }
    if let Some([kind @ .., _, _, _, _, a, b, c, d]) = window.bytes().first_chunk::<12>()
        && *kind == SECTION_HEADER
    {
        section.is_big_endian = match [*a, *b, *c, *d] {
            BYTE_ORDER_MAGIC => true,
            [0x4d, 0x3c, 0x2b, 0x1a] => false,
            _ => return Err(Error::at(window.offset(), "this section header is damaged")),
        };
    }
    let Some(([_, _, _, _], rest)) = window.bytes().split_first_chunk() else { return Ok(None) };
    let len = rest.first_chunk().map_or(0, |len| section.u32(*len));
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    if len < 12 || len % 4 != 0 {
        let what = format_args!("this block is damaged: it declares {len} bytes");
        return Err(Error::at(window.offset(), what));
    }
    if window.fill(len, sink)? {
        Ok(Some(len))
    } else {
        Err(Error::at(window.offset(), "the capture ends inside this block, or it is damaged"))
    }
}

/// What the blocks of a section say of its packets.
#[derive(Debug, Default)]
struct Section {
    is_big_endian: bool,
    /// `None` where the description is damaged.
    interfaces: Vec<Option<Interface>>,
}

#[derive(Clone, Copy, Debug)]
struct Interface {
    link: Linktype,
    ticks_per_second: u64,
    /// Seconds that are added to every time.
    offset: i64,
    /// The most that is captured of a packet, in bytes.
    snap_len: usize,
}

impl Section {
    fn u32(&self, bytes: [u8; 4]) -> u32 {
        if self.is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    /// Adds an interface. More than a capture could have had are left out, and with them their
    /// packets.
    fn describe(&mut self, interface: Option<Interface>) {
        if self.interfaces.len() < MOST_INTERFACES {
            self.interfaces.push(interface);
        }
    }

    fn kind(&self, block: &[u8]) -> Option<u32> {
        block.first_chunk().map(|kind| self.u32(*kind))
    }

    /// Returns the packet in `block`, if it holds one; an error says why it is not read.
    fn packet<'a>(
        &mut self,
        block: &'a Block<'_>,
        sink: &impl Sink,
    ) -> Result<Option<Packet<'a>>, Reason> {
        let (index, ticks, data, wire_len) = match block {
            Block::SectionHeader(_) => {
                self.interfaces.clear();
                return Ok(None);
            }
            Block::InterfaceDescription(block) => {
                self.describe(Interface::new(block, self.is_big_endian));
                return Ok(None);
            }
            Block::EnhancedPacket(packet) => {
                let ticks = (u64::from(packet.ts_high) << 32) | u64::from(packet.ts_low);
                (packet.if_id, Some(ticks), packet.packet_data(), packet.origlen)
            }
            Block::SimplePacket(packet) => (0, None, packet.packet_data(), packet.origlen),
            // pcap_parser reads the type little-endian whatever the section says.
            Block::Unknown(block)
                if matches!(block.block_type, OBSOLETE_PACKET | OBSOLETE_PACKET_SWAPPED) =>
            {
                return Err(Reason::ObsoleteBlock);
            }
            _ => return Ok(None),
        };
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        let Some(interface) = self.interfaces.get(place).copied().flatten() else {
            return Err(Reason::UnknownInterface);
        };
        if !sink.takes(interface.link) {
            return Err(Reason::LinkType(interface.link.0));
        }
        // How much was captured is told by the interface alone in a simple packet block.
        let is_simple = ticks.is_none();
        let data = data.get(..interface.snap_len).filter(|_| is_simple).unwrap_or(data);
        Ok(Some(Packet {
            time: ticks.and_then(|ticks| {
                Time::from_ticks(ticks, interface.ticks_per_second, interface.offset)
            }),
            link: interface.link,
            interface: index,
            is_big_endian: self.is_big_endian,
            data,
            wire_len: usize::try_from(wire_len).unwrap_or(usize::MAX).max(data.len()),
        }))
    }
}

impl Interface {
    fn new(block: &InterfaceDescriptionBlock<'_>, is_big_endian: bool) -> Option<Self> {
        // pcap_parser reads it little-endian whatever the section says.
        let offset = if is_big_endian { block.if_tsoffset.swap_bytes() } else { block.if_tsoffset };
        // §4.2, if_tsresol: a power of 2 if the upper bit is set, else of 10.
        let exponent = block.if_tsresol & 0x7f;
        let base: u64 = if block.if_tsresol & 0x80 == 0 { 10 } else { 2 };
        Some(Self {
            link: block.linktype,
            ticks_per_second: base.checked_pow(exponent.into())?,
            offset,
            // 0 is no limit.
            snap_len: match usize::try_from(block.snaplen) {
                Ok(0) | Err(_) => LARGEST,
                Ok(snap_len) => snap_len,
            },
        })
    }
}

/// The type of a section header block, which is the same in both byte orders.
pub(super) const SECTION_HEADER: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// The byte-order magic of a section, as a big-endian machine writes it.
const BYTE_ORDER_MAGIC: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];

const INTERFACE_DESCRIPTION: u32 = 1;

const MOST_INTERFACES: usize = 0x1_0000;

/// The type of the packet block, which the enhanced packet block replaced.
const OBSOLETE_PACKET: u32 = 2;
const OBSOLETE_PACKET_SWAPPED: u32 = OBSOLETE_PACKET.swap_bytes();
