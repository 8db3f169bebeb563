//! What OpenBSD's tcpdump says of TCP options.

use crate::{
    line::Line,
    segment::{ACK, END_OF_LIST, End, Header, NO_OPERATION, Options, TcpOption},
};

/// Writes the options of `header`, which begin `captured`.
pub(super) fn write(line: &mut Line, captured: &[u8], header: &Header) {
    line.text(" ");
    match list(line, Options::new(captured, header.options_len()), header.has(ACK)) {
        Ok(()) => {}
        Err(End::Bad) => _ = line.text("[bad opt]"),
        Err(End::Missing | End::Cut) => _ = line.text("[|tcp]"),
    }
    line.text(">");
}

fn list(line: &mut Line, mut options: Options<'_>, has_ack: bool) -> Result<(), End> {
    let mut before = "<";
    while !options.is_empty() {
        line.text(before);
        before = ",";
        let option = options.next()?;
        let read = write_one(line, &option, has_ack)?;
        if read != option.data_len {
            declared_len(line, &option);
        }
        if option.kind == END_OF_LIST {
            break;
        }
        options.skip(read);
    }
    Ok(())
}

/// Writes one option, and returns how many bytes of data it has by its kind.
fn write_one(line: &mut Line, option: &TcpOption<'_>, has_ack: bool) -> Result<usize, End> {
    let name = match option.kind {
        END_OF_LIST => "eol",
        NO_OPERATION => "nop",
        2 => "mss",
        3 => "wscale",
        4 => "sackOK",
        5 => return selective_acknowledgments(line, option, has_ack),
        6 => "echo",
        7 => "echoreply",
        8 => "timestamp",
        11 => "cc",
        12 => "ccnew",
        13 => "ccecho",
        19 => "tcpmd5:",
        kind => {
            line.text("opt-").number(kind);
            ":"
        }
    };
    line.text(name);
    match option.kind {
        END_OF_LIST | NO_OPERATION => Ok(0),
        // It says twice that the length is another.
        4 if option.data_len != 0 => {
            declared_len(line, option);
            Ok(0)
        }
        4 => Ok(0),
        2 | 3 | 6 | 7 | 11..=13 => {
            let (number, len) = match option.kind {
                2 => (option.u16()?.into(), 2),
                3 => (option.u8()?.into(), 1),
                _ => (option.u32_at(0)?, 4),
            };
            line.text(" ").number(number);
            Ok(len)
        }
        8 => {
            let value = option.u32_at(0)?;
            line.text(" ").number(value);
            let echo = option.u32_at(4)?;
            line.text(" ").number(echo);
            Ok(8)
        }
        _ => {
            line.bytes(option.captured());
            option.data(option.data_len).map(<[u8]>::len)
        }
    }
}

/// Writes blocks of sequence numbers, RFC 2018 §3.
fn selective_acknowledgments(
    line: &mut Line,
    option: &TcpOption<'_>,
    has_ack: bool,
) -> Result<usize, End> {
    if !option.data_len.is_multiple_of(8) || !has_ack {
        line.text("malformed sack [len ").number(option.data_len).text("] ");
        return Ok(option.data_len);
    }
    line.text("sack ").number(option.data_len / 8).text(" ");
    for at in (0..option.data_len).step_by(8) {
        let (left, right) = (option.u32_at(at)?, option.u32_at(at.saturating_add(4))?);
        line.text("{").number(left).text(":").number(right).text("} ");
    }
    Ok(option.data_len)
}

fn declared_len(line: &mut Line, option: &TcpOption<'_>) {
    line.text("[len ").number(option.data_len.saturating_add(2)).text("]");
}
