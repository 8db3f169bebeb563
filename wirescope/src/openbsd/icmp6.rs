//! What OpenBSD's tcpdump says of ICMPv6 (print-icmp6.c 1.22).

use crate::{
    line::Line,
    network::{u16_at, v6_at},
    tcpdump::{
        icmp6::{LISTENER_LEN, QUERY_V2_LEN, group_and_sources, listener},
        quoted::{Quoted, header_of},
    },
};
use icmp_wire::v6::{Body, Message, ParameterProblemCode, TimeExceededCode, UnreachableCode};

/// Writes what a message that is `len` bytes long by the IP header says, up to where it was cut.
pub(super) fn message(line: &mut Line, message: &[u8], len: usize) {
    if words(line, message, len).is_none() {
        line.text("[|icmp6]");
    }
}

fn words(line: &mut Line, message: &[u8], len: usize) -> Option<()> {
    let [ty, code] = *message.first_chunk()?;
    match ty {
        1..=4 => return error(line, message),
        128 => line.text("icmp6: echo request"),
        129 => line.text("icmp6: echo reply"),
        130 => {
            line.text("icmp6: multicast listener query ");
            match len {
                LISTENER_LEN => listener(line, message),
                QUERY_V2_LEN.. => return group_and_sources(line.text("v2 "), message, len),
                _ => line.text("unknown-version (len ").number(len).text(") "),
            }
        }
        131 => listener(line.text("icmp6: multicast listener report "), message),
        132 => listener(line.text("icmp6: multicast listener done "), message),
        133 => line.text("icmp6: router solicitation "),
        134 => line.text("icmp6: router advertisement"),
        135 => {
            let target = v6_at(message, 8)?;
            line.text("icmp6: neighbor sol: who has ").address(target.into())
        }
        136 => {
            let target = v6_at(message, 8)?;
            line.text("icmp6: neighbor adv: tgt is ").address(target.into())
        }
        137 => {
            let (target, destination) = (v6_at(message, 8)?, v6_at(message, 24)?);
            line.text("icmp6: redirect ").address(destination.into());
            line.text(" to ").address(target.into())
        }
        138 => match code {
            0 => line.text("icmp6: router renum command"),
            1 => line.text("icmp6: router renum result"),
            _ => line.text("icmp6: router renum code-#").number(code),
        },
        143 if len < 8 => {
            line.text("multicast listener report v2 [invalid len ").number(len).text("]")
        }
        143 => {
            line.text("multicast listener report v2");
            let records = u16_at(message, 6)?;
            line.text(", ").number(records).text(" group record(s)")
        }
        _ => line.text("icmp6: type-#").number(ty),
    };
    Some(())
}

fn error(line: &mut Line, message: &[u8]) -> Option<()> {
    let quoted = Quoted::of(message);
    let body = Message::parse(&header_of(message)).ok()?.body();
    if let Body::PacketTooBig { mtu } = body {
        message.get(7)?;
        line.text("icmp6: too big ").number(mtu);
        return Some(());
    }
    // The addresses that are quoted.
    message.get(47)?;
    let start = line.len();
    line.text("icmp6: ");
    match body {
        Body::Unreachable { code } => {
            quoted.destination(line);
            match code {
                UnreachableCode::NO_ROUTE => _ = line.text(" unreachable route"),
                UnreachableCode::PROHIBITED => _ = line.text(" unreachable prohibited"),
                UnreachableCode::BEYOND_SCOPE => {
                    quoted.source(line.text(" beyond scope of source address "));
                }
                UnreachableCode::ADDRESS_UNREACHABLE => _ = line.text(" unreachable address"),
                UnreachableCode::PORT_UNREACHABLE if quoted.lacks_ports() => {
                    line.truncate(start);
                    return None;
                }
                UnreachableCode::PORT_UNREACHABLE => {
                    quoted.service(line.text(" "));
                    line.text(" unreachable");
                }
                UnreachableCode(code) => _ = line.text(" unreachable code-#").number(code),
            }
            quoted.why(line);
        }
        Body::TimeExceeded { code: TimeExceededCode::IN_TRANSIT } => {
            quoted.destination(line.text("time exceeded in-transit for "));
            quoted.why(line);
        }
        Body::TimeExceeded { code: TimeExceededCode::REASSEMBLY } => {
            line.text("ip6 reassembly time exceeded");
        }
        Body::TimeExceeded { code: TimeExceededCode(code) } => {
            line.text("time exceeded code-#").number(code);
        }
        Body::ParameterProblem { code, pointer } => {
            let what = match code {
                // The spelling is OpenBSD's.
                ParameterProblemCode::HEADER_FIELD => "errorneous",
                ParameterProblemCode::NEXT_HEADER => "next header",
                ParameterProblemCode::OPTION => "option",
                ParameterProblemCode(code) => {
                    line.text("parameter problem code-#").number(code);
                    return Some(());
                }
            };
            line.text("parameter problem ").text(what).text(" - octet ").number(pointer);
        }
        _ => {}
    }
    Some(())
}
