//! What tcpdump says of ICMPv4 errors.

use crate::{
    line::Line,
    tcpdump::quoted::{Quoted, header_of},
};
use icmp_wire::v4::{
    Body, Message, ParameterProblemCode, RedirectCode, TimeExceededCode, UnreachableCode,
};

/// Writes what an error message says, `None` if it was cut before the end of that.
pub(super) fn words(line: &mut Line, message: &[u8]) -> Option<()> {
    let quoted = Quoted::of(message);
    let body = Message::parse(&header_of(message)).ok()?.body();
    let wants_port =
        matches!(body, Body::Unreachable { code: UnreachableCode::PORT_UNREACHABLE, .. });
    if message.len() < needed(body) || wants_port && quoted.lacks_ports() {
        return None;
    }
    match body {
        Body::Unreachable { code, next_hop_mtu } => {
            unreachable(line, &quoted, code);
            if let Some(mtu) = next_hop_mtu {
                line.text(" (mtu ").number(mtu.get()).text(")");
            }
            quoted.why(line);
        }
        Body::Redirect { code, gateway } => {
            let to = match code {
                RedirectCode::NETWORK | RedirectCode::TOS_AND_NETWORK => " to net ",
                RedirectCode::HOST | RedirectCode::TOS_AND_HOST => " to host ",
                _ => " to ",
            };
            match code {
                RedirectCode::NETWORK | RedirectCode::HOST => line.text("redirect "),
                RedirectCode::TOS_AND_NETWORK | RedirectCode::TOS_AND_HOST => {
                    line.text("redirect-tos ")
                }
                RedirectCode(code) => line.text("redirect-#").number(code).text(" "),
            };
            quoted.destination(line);
            line.text(to).address(gateway.into());
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
        Body::ParameterProblem { code: ParameterProblemCode::POINTER, pointer } => {
            line.text("parameter problem - octet ").number(pointer);
        }
        Body::ParameterProblem { code: ParameterProblemCode(code), .. } => {
            line.text("parameter problem - code ").number(code);
        }
        // The last of the types that quote.
        _ => _ = line.text("source quench"),
    }
    Some(())
}

fn unreachable(line: &mut Line, quoted: &Quoted<'_>, code: UnreachableCode) {
    let (what, why) = words_around(code);
    quoted.destination(line.text(what));
    match code {
        UnreachableCode::PROTOCOL_UNREACHABLE => quoted.protocol(line.text(" protocol ")),
        UnreachableCode::PORT_UNREACHABLE => quoted.service(line.text(" ")),
        _ => {}
    }
    line.text(" unreachable").text(why);
    if UnreachableCode::name(code).is_none() {
        line.text(" - #").number(code.0);
    }
}

/// Returns what comes before the address, and what behind the word "unreachable".
pub(crate) const fn words_around(code: UnreachableCode) -> (&'static str, &'static str) {
    match code {
        UnreachableCode::NET_UNREACHABLE => ("net ", ""),
        UnreachableCode::HOST_UNREACHABLE => ("host ", ""),
        UnreachableCode::FRAGMENTATION_NEEDED => ("", " - need to frag"),
        UnreachableCode::SOURCE_ROUTE_FAILED => ("", " - source route failed"),
        UnreachableCode::NETWORK_UNKNOWN => ("net ", " - unknown"),
        UnreachableCode::HOST_UNKNOWN => ("host ", " - unknown"),
        UnreachableCode::SOURCE_HOST_ISOLATED => ("", " - source host isolated"),
        UnreachableCode::NETWORK_PROHIBITED => ("net ", " - admin prohibited"),
        UnreachableCode::HOST_PROHIBITED => ("host ", " - admin prohibited"),
        UnreachableCode::NET_UNREACHABLE_FOR_TOS => ("net ", " - tos prohibited"),
        UnreachableCode::HOST_UNREACHABLE_FOR_TOS => ("host ", " - tos prohibited"),
        UnreachableCode::COMMUNICATION_PROHIBITED => ("host ", " - admin prohibited filter"),
        UnreachableCode::HOST_PRECEDENCE_VIOLATION => ("host ", " - host precedence violation"),
        UnreachableCode::PRECEDENCE_CUTOFF => ("host ", " - precedence cutoff"),
        _ => ("", ""),
    }
}

/// Returns how many bytes of a message tcpdump wants to see: the parts that it prints, and of time
/// exceeded the quoted IPv4 header, which it does not.
const fn needed(body: Body) -> usize {
    match body {
        Body::SourceQuench => 2,
        Body::ParameterProblem { code: ParameterProblemCode::POINTER, .. } => 5,
        Body::ParameterProblem { .. } => 2,
        _ => 28,
    }
}
