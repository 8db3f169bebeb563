//! A program that has to end in time and may not say too much.

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::{
    fmt,
    io::{self, Read, Write},
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};
use wait_timeout::ChildExt;

/// A program that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) stdout: Vec<u8>,
    /// What it told first.
    pub(super) stderr: Vec<u8>,
}

/// Runs a program to its end, or kills it and what it started.
///
/// Its input is no more than a pipe holds.
pub(super) fn run(
    command: &mut Command,
    input: &[u8],
    timeout: Duration,
) -> Result<Ended, Failure> {
    let start = Instant::now();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.process_group(0).spawn()?;
    let ended = follow(&mut child, input, || timeout.saturating_sub(start.elapsed()));
    if ended.is_err() {
        if let Ok(group) = child.id().try_into() {
            killpg(Pid::from_raw(group), Signal::SIGKILL).ok();
        }
        child.wait().ok();
    }
    ended
}

fn follow(child: &mut Child, input: &[u8], left: impl Fn() -> Duration) -> Result<Ended, Failure> {
    let stdout = gather(child.stdout.take(), MAX_LEN.saturating_add(1))?;
    let stderr = gather(child.stderr.take(), TOLD)?;
    if let Some(mut stdin) = child.stdin.take() {
        // What does not read it says on its own why.
        stdin.write_all(input).ok();
    }
    let stdout = stdout.recv_timeout(left()).map_err(|_| Failure::Late)??;
    if stdout.len() > MAX_LEN {
        return Err(Failure::TooMuch);
    }
    let stderr = stderr.recv_timeout(left()).map_err(|_| Failure::Late)??;
    match child.wait_timeout(left())? {
        Some(status) => Ok(Ended { status, stdout, stderr }),
        None => Err(Failure::Late),
    }
}

/// Reads so many bytes, and then waits for the end if there can be more that does not matter.
fn gather(
    pipe: Option<impl Read + Send + 'static>,
    len: usize,
) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, receiver) = channel();
    let mut pipe = pipe.ok_or(io::ErrorKind::BrokenPipe)?;
    thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        let limit = u64::try_from(len).unwrap_or(u64::MAX);
        let read = pipe.by_ref().take(limit).read_to_end(&mut bytes);
        // Nobody waits for it any more if it took too long.
        sender.send(read.map(|_| bytes)).ok();
        io::copy(&mut pipe, &mut io::sink()).ok();
    })?;
    Ok(receiver)
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    Late,
    TooMuch,
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Goes on behind the name of the program.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late => f.write_str("took too long"),
            Self::TooMuch => write!(f, "printed more than {MAX_LEN} bytes"),
            Self::Io(error) => write!(f, "cannot be run: {error}"),
        }
    }
}

/// The most that is taken of an answer.
const MAX_LEN: usize = 0x10_0000;

/// How much of what it tells is kept.
const TOLD: usize = 0x1000;
