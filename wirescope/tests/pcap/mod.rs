//! Classic pcap files, little-endian and in microseconds, as the tests read and make them.

use std::{collections::BTreeMap, path::Path, process::Command};

/// A capture in memory.
pub(crate) struct Pcap {
    pub(crate) link: u32,
    pub(crate) records: Vec<Record>,
}

/// A packet of a capture.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) seconds: u32,
    pub(crate) microseconds: u32,
    pub(crate) wire_len: usize,
    pub(crate) data: Vec<u8>,
}

impl Pcap {
    /// Makes a capture of packets, the first of them in the second 1700000000, one a second.
    pub(crate) fn of(link: u32, packets: impl IntoIterator<Item = (Vec<u8>, usize)>) -> Self {
        let records = (FIRST..).zip(packets).map(|(seconds, (data, wire_len))| Record {
            seconds,
            microseconds: 0,
            wire_len,
            data,
        });
        Self { link, records: records.collect() }
    }

    pub(crate) fn parse(bytes: &[u8]) -> Self {
        assert_eq!(bytes[..4], MAGIC);
        let u32_at = |at: usize| u32::from_le_bytes(bytes[at..][..4].try_into().unwrap());
        let len_at = |at| usize::try_from(u32_at(at)).unwrap();
        let mut records = Vec::new();
        let mut at = 24;
        while at < bytes.len() {
            records.push(Record {
                seconds: u32_at(at),
                microseconds: u32_at(at + 4),
                wire_len: len_at(at + 12),
                data: bytes[at + 16..][..len_at(at + 8)].to_vec(),
            });
            at += 16 + len_at(at + 8);
        }
        Self { link: u32_at(20), records }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = [&MAGIC[..], &[2, 0, 4, 0], &[0; 8], &[0, 0, 4, 0]].concat();
        bytes.extend(self.link.to_le_bytes());
        for record in &self.records {
            bytes.extend(record.seconds.to_le_bytes());
            bytes.extend(record.microseconds.to_le_bytes());
            bytes.extend(u32::try_from(record.data.len()).unwrap().to_le_bytes());
            bytes.extend(u32::try_from(record.wire_len).unwrap().to_le_bytes());
            bytes.extend(&record.data);
        }
        bytes
    }

    /// Makes a capture of everything that can be left of these packets, up to `longest` bytes of
    /// each, as if a snap length had cut them.
    pub(crate) fn cut<'a>(
        link: u32,
        records: impl IntoIterator<Item = &'a Record>,
        longest: usize,
    ) -> Self {
        let packets = records.into_iter().flat_map(|record| {
            (0..=record.data.len().min(longest))
                .map(|len| (record.data[..len].to_vec(), record.wire_len))
        });
        Self::of(link, packets)
    }
}

/// Returns the lines that a program prints, by their times: `1700000000.000000 IP …`.
pub(crate) fn lines(command: &mut Command, file: &Path) -> BTreeMap<String, Vec<String>> {
    let output = command.arg(file).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", file.display());
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        // What continues a line, as a hexadecimal dump does, has no time.
        if let Some((time, rest)) = line.split_once(' ')
            && time.parse::<f64>().is_ok()
        {
            lines.entry(time.into()).or_default().push(rest.into());
        }
    }
    lines
}

/// Returns the command that prints our lines with their times.
pub(crate) fn ours() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirescope"));
    command.args(["unreach", "--print", "--time", "epoch"]);
    command
}

const MAGIC: [u8; 4] = [0xd4, 0xc3, 0xb2, 0xa1];

/// The second of the first packet that a test makes.
const FIRST: u32 = 1_700_000_000;
