//! The words of OpenBSD's tcpdump for the options `-n -e`, from its source
//! (usr.sbin/tcpdump/print-pflog.c 1.35).

use super::{write_action, write_name, write_reason, write_rule, write_translation};
use crate::line::Line;
use pflog_wire::{Direction, Entry};

/// Writes all that comes before the packet.
pub(super) fn header(line: &mut Line, entry: &Entry<'_>, is_verbose: bool) {
    line.text("rule ");
    write_rule(line, entry);
    line.text("/(");
    if entry.reason_names().next().is_none() {
        line.text("unkn ").number(entry.reason().0);
    } else {
        write_reason(line, entry);
    }
    line.text(") ");
    if is_verbose {
        write_owner(line, entry.rule_uid(), entry.rule_pid());
    }
    write_action(line, entry);
    line.text(match entry.direction() {
        Some(Direction::OUT) => " out on ",
        _ => " in on ",
    });
    write_name(line, entry.interface());
    line.text(": ");
    if is_verbose {
        write_owner(line, entry.uid(), entry.pid());
        write_translation(line, entry);
    }
}

fn write_owner(line: &mut Line, uid: Option<u32>, pid: Option<i32>) {
    let Some(pid) = pid else { return };
    line.text("[uid ");
    match uid {
        Some(uid) => line.number(uid),
        None => line.text("?"),
    };
    line.text(", pid ").number(pid).text("] ");
}
