//! What tcpdump says of ICMPv6 errors.

use crate::{
    line::Line,
    tcpdump::quoted::{Quoted, header_of},
};
use icmp_wire::v6::{Body, Message, ParameterProblemCode, TimeExceededCode, UnreachableCode};

/// Writes what an error message says behind its type, `None` if it was cut before the end of that.
pub(super) fn words(line: &mut Line, message: &[u8]) -> Option<()> {
    let quoted = Quoted::of(message);
    let body = Message::parse(&header_of(message)).ok()?.body();
    if let Body::Unreachable { code } = body {
        // The code has to be there.
        message.get(1)?;
        reason(line.text(", "), code);
    }
    let wants_port = matches!(body, Body::Unreachable { code: UnreachableCode::PORT_UNREACHABLE });
    if message.len() < needed(body) || wants_port && quoted.lacks_ports() {
        return None;
    }
    match body {
        Body::Unreachable { code } => {
            if code == UnreachableCode::PORT_UNREACHABLE {
                line.text(",");
            }
            quoted.destination(line.text(" "));
            match code {
                UnreachableCode::BEYOND_SCOPE => quoted.source(line.text(", source address ")),
                UnreachableCode::PORT_UNREACHABLE => quoted.service(line.text(" ")),
                _ => {}
            }
            quoted.why(line);
        }
        Body::PacketTooBig { mtu } => _ = line.text(", mtu ").number(mtu),
        Body::TimeExceeded { code: TimeExceededCode::IN_TRANSIT } => {
            quoted.destination(line.text(" for "));
            quoted.why(line);
        }
        Body::TimeExceeded { code: TimeExceededCode::REASSEMBLY } => {
            line.text(" (reassembly)");
        }
        Body::TimeExceeded { code: TimeExceededCode(code) } => {
            line.text(", unknown code (").number(code).text(")");
        }
        Body::ParameterProblem { code, pointer } => {
            let what = match code {
                ParameterProblemCode::HEADER_FIELD => ", erroneous - octet ",
                ParameterProblemCode::NEXT_HEADER => ", next header - octet ",
                ParameterProblemCode::OPTION => ", option - octet ",
                ParameterProblemCode::INCOMPLETE_CHAIN => ", incomplete header chain - octet ",
                ParameterProblemCode(code) => {
                    line.text(", code-#").number(code);
                    return Some(());
                }
            };
            line.text(what).number(pointer);
        }
        _ => {}
    }
    Some(())
}

/// Writes the words that come before the address.
fn reason(line: &mut Line, code: UnreachableCode) {
    line.text(match code {
        UnreachableCode::NO_ROUTE => "unreachable route",
        // The space is tcpdump's.
        UnreachableCode::PROHIBITED => " unreachable prohibited",
        UnreachableCode::BEYOND_SCOPE => "beyond scope",
        UnreachableCode::ADDRESS_UNREACHABLE => "unreachable address",
        UnreachableCode::PORT_UNREACHABLE => "unreachable port",
        // tcpdump has no words for these.
        UnreachableCode::SOURCE_POLICY => "source address failed policy",
        UnreachableCode::REJECT_ROUTE => "reject route",
        UnreachableCode::SOURCE_ROUTING_HEADER => "error in source routing header",
        UnreachableCode::HEADERS_TOO_LONG => "headers too long",
        UnreachableCode::P_ROUTE => "error in projected route",
        UnreachableCode(code) => {
            line.text("unknown unreach code (").number(code).text(")");
            return;
        }
    });
}

/// Returns how many bytes of a message tcpdump wants to see: the parts that it prints, and of a
/// parameter problem the quoted IPv6 header, which it does not.
const fn needed(body: Body) -> usize {
    match body {
        Body::TimeExceeded { code: TimeExceededCode::IN_TRANSIT } => 48,
        Body::TimeExceeded { .. } => 2,
        Body::PacketTooBig { .. } => 8,
        _ => 48,
    }
}
