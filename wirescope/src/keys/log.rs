//! What is told besides the keys, and where.

use crate::message::{complain, tell};
use nix::syslog::{Facility, Priority, Severity, syslog};
use std::{
    ffi::{OsStr, OsString},
    io::{self, IsTerminal},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

/// Where remarks go to: standard error, and for sshd, which throws that away, to the system's log.
#[derive(Debug)]
pub(super) struct Log {
    about: About,
    /// How many remarks there were.
    count: usize,
}

#[derive(Debug)]
enum About {
    File(PathBuf),
    User(OsString),
}

impl Log {
    pub(super) fn file(file: &Path) -> Self {
        Self { about: About::File(file.into()), count: 0 }
    }

    pub(super) fn user(user: &OsStr) -> Self {
        Self { about: About::User(user.into()), count: 0 }
    }

    /// Tells what is wrong with a value.
    pub(super) fn remark(&mut self, what: &str) {
        self.count = self.count.saturating_add(1);
        self.write(what, self.count <= MOST);
        if self.count == MOST.saturating_add(1) && matches!(self.about, About::User(_)) {
            self.tell("there are more: wirescope keys --check tells all");
        }
    }

    /// Tells what is wrong with the file, or why the user has no keys.
    pub(super) fn tell(&self, what: &str) {
        self.write(what, true);
    }

    fn write(&self, what: &str, is_logged: bool) {
        let user = match &self.about {
            About::File(file) => return complain(file, what),
            About::User(user) => user.as_bytes().escape_ascii(),
        };
        let line = format!("keys of {user}: {what}");
        tell(&line);
        if is_logged && !io::stderr().is_terminal() {
            let priority = Priority::new(Severity::LOG_WARNING, Facility::LOG_AUTH);
            // There is nowhere left to tell of a failure.
            syslog(priority, &line).ok();
        }
    }
}

/// How many remarks of one run the system's log takes: whoever may change an entry could fill it
/// otherwise, by asking for a login.
const MOST: usize = 8;
