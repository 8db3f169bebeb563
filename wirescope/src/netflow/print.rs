//! Exports as OpenBSD's `tcpdump -T cnfp` prints them (usr.sbin/tcpdump/print-cnfp.c 1.11).

use super::exporter::Ends;
use netflow_v5::{Packet as Export, Protocol, Record, TcpFlags};
use std::{
    fmt,
    io::{self, Write},
    net::SocketAddr,
};

/// Writes an export, and three lines for each of these flows.
pub(super) fn export<'a>(
    output: &mut impl Write,
    ends: &Ends,
    export: &Export<'_>,
    records: impl Iterator<Item = Record<'a>>,
) -> io::Result<()> {
    writeln!(
        output,
        "{} > {}: NetFlow v5, {} uptime, {}.{:09}, #{}, {:2} recs",
        Dotted(ends.exporter),
        Dotted(ends.collector),
        Uptime(export.sys_uptime()),
        export.unix_secs(),
        export.unix_nsecs(),
        export.flow_sequence(),
        export.count()
    )?;
    for record in records {
        let (first, last) = (Uptime(record.first()), Uptime(record.last()));
        writeln!(output, "  started {first}, last {last}")?;
        writeln!(
            output,
            "    {}/{}:{}:{} > {}/{}:{}:{} >> {}",
            record.srcaddr(),
            record.src_mask(),
            record.src_as(),
            record.srcport(),
            record.dstaddr(),
            record.dst_mask(),
            record.dst_as(),
            record.dstport(),
            record.nexthop()
        )?;
        let (tos, packets, octets) = (record.tos(), record.packets(), record.octets());
        match record.protocol().name() {
            Some(name) => write!(output, "    {} ", name.to_ascii_lowercase())?,
            None => write!(output, "    {} ", record.protocol().0)?,
        }
        if record.protocol() == Protocol::TCP {
            write!(output, "{}", Letters(record.tcp_flags()))?;
        }
        writeln!(output, "tos {tos}, {packets} ({octets} octets)")?;
    }
    Ok(())
}

/// An address and a port, with a dot between them.
struct Dotted(SocketAddr);

impl fmt::Display for Dotted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0.ip(), self.0.port())
    }
}

/// Milliseconds, as seconds with three decimals.
struct Uptime(u32);

impl fmt::Display for Uptime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

/// A letter for each flag, and a space if there is any.
struct Letters(TcpFlags);

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (flag, letter) in [
            (TcpFlags::FIN, 'F'),
            (TcpFlags::SYN, 'S'),
            (TcpFlags::RST, 'R'),
            (TcpFlags::PSH, 'P'),
            (TcpFlags::ACK, 'A'),
            (TcpFlags::URG, 'U'),
        ] {
            if self.0.contains(flag) {
                write!(f, "{letter}")?;
            }
        }
        if self.0.0 == 0 { Ok(()) } else { f.write_str(" ") }
    }
}
