//! Where a capture comes from: a file or standard input, plain or compressed.

use super::{Sink, zstandard::Zstandard};
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use signal_hook::{
    consts::{SIGINT, SIGUSR1},
    flag, low_level,
};
use std::{
    fmt,
    fs::File,
    io::{self, Cursor, IsTerminal, Read},
    os::{fd::AsFd, unix::net::UnixStream},
    path::Path,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

/// The user's requests for a report: SIGUSR1, and SIGINFO where there is one.
#[derive(Debug)]
pub(crate) struct Requests(UnixStream);

impl Requests {
    pub(crate) fn new() -> io::Result<Self> {
        let (receiver, sender) = UnixStream::pair()?;
        receiver.set_nonblocking(true)?;
        #[cfg(any(target_os = "freebsd", target_os = "netbsd", target_os = "openbsd"))]
        low_level::pipe::register(signal_hook::consts::SIGINFO, sender.try_clone()?)?;
        low_level::pipe::register(SIGUSR1, sender)?;
        Ok(Self(receiver))
    }

    /// Returns whether there was a request since this was last asked.
    fn take(&self) -> bool {
        let mut requests = [0; 64];
        matches!((&self.0).read(&mut requests), Ok(1..))
    }
}

/// Input, and how to wait for it.
pub(crate) struct Input<'a> {
    read: Box<dyn Read>,
    /// What to wait for before `read` is read; `None` if a decoder holds back some of it.
    source: Option<File>,
    requests: &'a Requests,
}

impl<'a> Input<'a> {
    pub(crate) fn open(path: &Path, requests: &'a Requests) -> io::Result<Self> {
        let file = if path == Path::new("-") {
            File::from(io::stdin().as_fd().try_clone_to_owned()?)
        } else {
            File::open(path)?
        };
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut raw: Box<dyn Read> = if metadata.is_file() {
            if metadata.len() >= LARGE && io::stderr().is_terminal() {
                Box::new(progress(metadata.len()).wrap_read(file.try_clone()?))
            } else {
                Box::new(file.try_clone()?)
            }
        } else {
            read_on_at_interrupt()?;
            Box::new(file.try_clone()?)
        };
        let mut head = Vec::new();
        raw.by_ref().take(4).read_to_end(&mut head)?;
        let raw = Cursor::new(head.clone()).chain(raw);
        let (read, source): (Box<dyn Read>, _) = match *head {
            [0x1f, 0x8b, ..] => (Box::new(MultiGzDecoder::new(raw)), None),
            [0x28, 0xb5, 0x2f, 0xfd] => (Box::new(Zstandard::new(raw)), None),
            _ => (Box::new(raw), Some(file)),
        };
        Ok(Self { read, source, requests })
    }

    /// Returns when there is input to read.
    pub(super) fn wait(&self, sink: &mut impl Sink) -> io::Result<()> {
        let Some(source) = &self.source else {
            sink.before_wait()?;
            return if self.requests.take() { sink.so_far() } else { Ok(()) };
        };
        let mut timeout = Some(Duration::ZERO);
        loop {
            let mut ready =
                [PollFd::new(source, PollFlags::IN), PollFd::new(&self.requests.0, PollFlags::IN)];
            // A time that is too long for the system is for ever.
            let timespec = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
            match poll(&mut ready, timespec.as_ref()) {
                Ok(0) => timeout = sink.before_wait()?,
                Ok(_) => {
                    let [input, _] = ready.map(|ready| !ready.revents().is_empty());
                    if self.requests.take() {
                        sink.so_far()?;
                    }
                    if input {
                        return Ok(());
                    }
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read.read(buffer)
    }
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Lets the interrupt that ends the whole pipeline end this program only when it has read all.
///
/// A second interrupt ends it at once.
fn read_on_at_interrupt() -> io::Result<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    flag::register_conditional_default(SIGINT, Arc::clone(&interrupted))?;
    flag::register(SIGINT, interrupted)?;
    Ok(())
}

fn progress(len: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bytes} of {total_bytes}, {eta} left");
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The size of a file whose reading is worth watching, in bytes.
const LARGE: u64 = 0x1000_0000;
