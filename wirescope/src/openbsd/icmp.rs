//! What OpenBSD's tcpdump says of ICMPv4 (print-icmp.c 1.25).

use crate::{
    line::Line,
    network::u32_at,
    tcpdump::{
        icmp::{error::words_around, router_advertisement},
        quoted::{Quoted, header_of},
    },
};
use icmp_wire::v4::{
    Body, Message, ParameterProblemCode, RedirectCode, TimeExceededCode, UnreachableCode,
};

/// Writes all that a message says, or that it was cut.
pub(super) fn message(line: &mut Line, message: &[u8]) {
    let start = line.len();
    line.text("icmp: ");
    if words(line, message).is_none() {
        line.truncate(start);
        line.text("[|icmp]");
    }
}

fn words(line: &mut Line, message: &[u8]) -> Option<()> {
    let [ty, _] = *message.first_chunk()?;
    match ty {
        0 => line.text("echo reply"),
        3 | 5 | 11 | 12 => return error(line, message),
        4 => line.text("source quench"),
        8 => line.text("echo request"),
        9 => return router_advertisement(line, message),
        10 => line.text("router solicitation"),
        13 => line.text("time stamp request"),
        14 => line.text("time stamp reply"),
        15 => line.text("information request"),
        16 => line.text("information reply"),
        17 => line.text("address mask request"),
        18 => {
            let mask = u32_at(message, 8)?.to_be_bytes();
            line.text("address mask is 0x").bytes(&mask)
        }
        _ => line.text("type-#").number(ty),
    };
    Some(())
}

fn error(line: &mut Line, message: &[u8]) -> Option<()> {
    let quoted = Quoted::of(message);
    let body = Message::parse(&header_of(message)).ok()?.body();
    if let Body::ParameterProblem { code, pointer } = body {
        match code {
            ParameterProblemCode::MISSING_OPTION => line.text("requested option absent"),
            ParameterProblemCode::BAD_LENGTH => line.text("bad length ").number(pointer),
            _ => {
                message.get(4)?;
                line.text("parameter problem - octet ").number(pointer)
            }
        };
        return Some(());
    }
    // The addresses that are quoted.
    message.get(27)?;
    match body {
        Body::Unreachable { code, next_hop_mtu } => {
            let (what, why) = words_around(code);
            if code.name().is_none() {
                line.text("#").number(code.0).text(" ");
            }
            quoted.destination(line.text(what));
            match code {
                UnreachableCode::PROTOCOL_UNREACHABLE => quoted.protocol(line.text(" protocol ")),
                UnreachableCode::PORT_UNREACHABLE if quoted.lacks_ports() => return None,
                UnreachableCode::PORT_UNREACHABLE => quoted.service(line.text(" ")),
                _ => {}
            }
            line.text(" unreachable").text(why);
            if let Some(mtu) = next_hop_mtu {
                line.text(" (mtu ").number(mtu.get()).text(")");
            }
            quoted.why(line);
        }
        Body::Redirect { code, gateway } => {
            match code {
                RedirectCode::NETWORK | RedirectCode::HOST => line.text("redirect "),
                RedirectCode::TOS_AND_NETWORK | RedirectCode::TOS_AND_HOST => {
                    line.text("redirect-tos ")
                }
                RedirectCode(code) => line.text("redirect-#").number(code).text(" "),
            };
            quoted.destination(line);
            // A host for type of service is a net to it, too.
            line.text(if code == RedirectCode::HOST { " to host " } else { " to net " });
            line.address(gateway.into());
            quoted.why(line);
        }
        Body::TimeExceeded { code: TimeExceededCode::IN_TRANSIT } => {
            line.text("time exceeded in-transit");
        }
        Body::TimeExceeded { code: TimeExceededCode::REASSEMBLY } => {
            line.text("ip reassembly time exceeded");
        }
        Body::TimeExceeded { code: TimeExceededCode(code) } => {
            line.text("time exceeded-#").number(code);
        }
        _ => {}
    }
    Some(())
}
