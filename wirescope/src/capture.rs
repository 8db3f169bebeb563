//! Captures: pcap and pcapng, plain or compressed, read as a stream of packets.

mod input;
mod pcap;
mod pcapng;
mod window;
mod zstandard;

pub(crate) use self::input::{Input, Requests};

use self::window::Window;
use crate::time::Time;
use pcap_parser::Linktype;
use std::{collections::BTreeMap, fmt, io, path::Path, time::Duration};

/// One captured packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packet<'a> {
    /// When it was captured, if the capture says so.
    pub(crate) time: Option<Time>,
    /// What `data` begins with.
    pub(crate) link: Linktype,
    /// The interface of a pcapng section on which it was seen.
    pub(crate) interface: u32,
    /// Whether the capture was written by a big-endian machine.
    pub(crate) is_big_endian: bool,
    /// The bytes that were captured.
    pub(crate) data: &'a [u8],
    /// The length of the packet on the wire, in bytes.
    pub(crate) wire_len: usize,
}

/// Takes the packets of a capture.
pub(crate) trait Sink {
    /// Returns whether packets of this link type can be taken.
    fn takes(&self, link: Linktype) -> bool;

    /// Takes one packet. An error ends the reading.
    fn packet(&mut self, packet: Packet<'_>) -> io::Result<()>;

    /// Called before waiting for input that is not there yet.
    ///
    /// Returns after how long a wait it wants to be called again, `None` for never.
    fn before_wait(&mut self) -> io::Result<Option<Duration>>;

    /// Called when the user asks what was found so far.
    fn so_far(&mut self) -> io::Result<()>;
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
    fn at(offset: u64, what: impl fmt::Display) -> Self {
        Self::Input(format!("byte {offset}: {what}"))
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What a capture holds and was not given to the sink.
#[derive(Debug, Default)]
pub(crate) struct PassedOver(BTreeMap<Reason, (u64, u64)>);

/// Why something was not given to the sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    DamagedBlock,
    /// Packets.
    LinkType(i32),
    ObsoleteBlock,
    UnknownInterface,
}

impl PassedOver {
    /// Counts one that stands at this byte of the capture.
    fn count(&mut self, reason: Reason, at: u64) {
        let (count, _) = self.0.entry(reason).or_insert((0, at));
        *count = count.saturating_add(1);
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Empty if there is nothing.
impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (reason, (count, first))) in self.0.iter().enumerate() {
            write!(f, "{}{count} ", if i == 0 { "not read: " } else { ", " })?;
            let s = if *count == 1 { "" } else { "s" };
            match reason {
                Reason::DamagedBlock => write!(f, "damaged block{s}"),
                Reason::LinkType(link) => write!(f, "packet{s} of link type {link}"),
                Reason::ObsoleteBlock => write!(f, "packet{s} in obsolete blocks"),
                Reason::UnknownInterface => write!(f, "packet{s} of unknown interfaces"),
            }?;
            write!(f, " from byte {first} on")?;
        }
        Ok(())
    }
}

/// Reads the capture in the file at `path`, or on standard input if it is `-`.
///
/// What precedes damage reaches the sink; the error then says where the damage is.
pub(crate) fn read(
    path: &Path,
    requests: &Requests,
    passed_over: &mut PassedOver,
    sink: &mut impl Sink,
) -> Result<(), Error> {
    // To open a pipe and to see what is in it may take for ever.
    sink.before_wait()?;
    let input = Input::open(path, requests).map_err(|error| Error::Input(words(&error)))?;
    let mut window = Window::new(input);
    if !window.fill(4, sink)? {
        let empty = window.bytes().is_empty();
        let what = if empty { "empty" } else { "not a pcap or pcapng capture" };
        return Err(Error::Input(what.into()));
    }
    if window.bytes().starts_with(&pcapng::SECTION_HEADER) {
        pcapng::read(&mut window, passed_over, sink)
    } else {
        pcap::read(&mut window, sink)
    }
}

/// Returns the text of an error without its number, which says nothing more.
pub(crate) fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// The longest record or block that is read: more than the largest packet that libpcap captures.
const LARGEST: usize = 0x100_0000;
