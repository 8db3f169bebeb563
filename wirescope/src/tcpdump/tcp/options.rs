//! What tcpdump says of TCP options.

use crate::{
    line::Line,
    segment::{END_OF_LIST, End, NO_OPERATION, Options, TcpOption},
};

/// Writes the options at the front of `captured`, `len` bytes by the header.
///
/// Returns whether that is all of them. If it is not, tcpdump says no more of the segment.
pub(super) fn write(line: &mut Line, captured: &[u8], len: usize) -> bool {
    line.text(", options [");
    // tcpdump closes a list that it gives up only from the second option on, and not always alike.
    let mut is_first = true;
    let (end, close) = match list(line, Options::new(captured, len), &mut is_first) {
        Ok(()) => {
            line.text("]");
            return true;
        }
        Err(End::Bad) => ("[bad opt]", "]"),
        Err(End::Missing) => (" [|tcp]", ""),
        Err(End::Cut) => (" [|tcp]", ">"),
    };
    line.text(end).text(if is_first { "" } else { close });
    false
}

fn list(line: &mut Line, mut options: Options<'_>, is_first: &mut bool) -> Result<(), End> {
    while !options.is_empty() {
        if !*is_first {
            line.text(",");
        }
        let option = options.next()?;
        let read = write_one(line, &option)?;
        if read != option.data_len {
            line.text("[len ").number(option.data_len.saturating_add(2)).text("]");
        }
        if option.kind == END_OF_LIST {
            break;
        }
        options.skip(read);
        *is_first = false;
    }
    Ok(())
}

/// Writes one option, and returns how many bytes of data it has by its kind.
fn write_one(line: &mut Line, option: &TcpOption<'_>) -> Result<usize, End> {
    // The names are tcpdump's, which has an empty one for 13.
    let name = match option.kind {
        END_OF_LIST => "eol",
        NO_OPERATION => "nop",
        2 => "mss",
        3 => "wscale",
        4 => "sackOK",
        5 => "sack",
        6 => "echo",
        7 => "echoreply",
        8 => "TS",
        11 => "cc",
        12 => "ccnew",
        13 => "",
        19 => "md5",
        20 => "scps",
        28 => "uto",
        29 => "tcp-ao",
        30 => "mptcp",
        34 => "tfo",
        254 => "exp",
        kind => {
            line.text("unknown-").number(kind);
            return hexadecimal(line, option);
        }
    };
    line.text(name);
    match option.kind {
        END_OF_LIST | NO_OPERATION | 4 => Ok(0),
        5 => selective_acknowledgments(line, option),
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
            let echo = option.u32_at(4)?;
            line.text(" val ").number(option.u32_at(0)?).text(" ecr ").number(echo);
            Ok(8)
        }
        // tcpdump has more words for these, of which some depend on other packets and keys.
        _ => hexadecimal(line, option),
    }
}

/// Writes blocks of sequence numbers, RFC 2018 §3.
fn selective_acknowledgments(line: &mut Line, option: &TcpOption<'_>) -> Result<usize, End> {
    if !option.data_len.is_multiple_of(8) {
        line.text(" invalid sack");
        return Ok(option.data_len);
    }
    line.text(" ").number(option.data_len / 8).text(" ");
    for at in (0..option.data_len).step_by(8) {
        let (left, right) = (option.u32_at(at)?, option.u32_at(at.saturating_add(4))?);
        line.text("{").number(left).text(":").number(right).text("}");
    }
    Ok(option.data_len)
}

fn hexadecimal(line: &mut Line, option: &TcpOption<'_>) -> Result<usize, End> {
    if option.data_len > 0 {
        line.text(" 0x").bytes(option.captured());
    }
    option.data(option.data_len).map(<[u8]>::len)
}
