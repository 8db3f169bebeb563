//! The words of tcpdump 4.99 for the options `-n -e`.

use super::{
    write_action, write_direction, write_name, write_reason, write_rule, write_translation,
};
use crate::line::Line;
use pflog_wire::Entry;

/// Writes all that comes before the packet.
pub(super) fn header(line: &mut Line, entry: &Entry<'_>, is_verbose: bool) {
    line.text("rule ");
    write_rule(line, entry);
    line.text("/");
    let reason = entry.reason().0;
    if entry.reason_names().next().is_none() {
        line.text("unkn(").number(reason).text(")");
    } else {
        line.number(reason).text("(");
        write_reason(line, entry);
        line.text(")");
    }
    if is_verbose {
        write_owners(line, entry);
    }
    line.text(": ");
    write_action(line, entry);
    line.text(" ");
    write_direction(line, entry);
    line.text(" on ");
    write_name(line, entry.interface());
    line.text(": ");
    if is_verbose {
        write_translation(line, entry);
    }
}

/// Writes what FreeBSD's tcpdump tells of a user, and the rest in the same way.
fn write_owners(line: &mut Line, entry: &Entry<'_>) {
    for (name, uid, pid) in
        [("", entry.uid(), entry.pid()), ("rule ", entry.rule_uid(), entry.rule_pid())]
    {
        if uid.is_none() && pid.is_none() {
            continue;
        }
        line.text(" [");
        if let Some(uid) = uid {
            line.text(name).text("uid ").number(uid);
        }
        if uid.is_some() && pid.is_some() {
            line.text(", ");
        }
        if let Some(pid) = pid {
            line.text(name).text("pid ").number(pid);
        }
        line.text("]");
    }
    if let Some(id) = entry.ridentifier() {
        line.text(" [ridentifier ").number(id).text("]");
    }
}
