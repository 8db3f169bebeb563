//! `wirescope keys` between a real slapd and a real sshd.
//!
//! slapd has entries with keys of every type and with every fault. sshd asks for them with
//! `AuthorizedKeysCommand`, in a mount namespace where /etc/passwd, /etc/ldap/ldap.conf, /dev/log and
//! /usr/local/bin are those of the test, and ssh is at the other end of a pipe. Nothing of the machine
//! is changed, and nothing listens but slapd, on the loopback interface.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod answers;
mod entries;
mod host;
mod logins;
mod proxy;
mod slapd;
mod trouble;
mod values;

use self::slapd::World;
use libtest_mimic::{Arguments, Trial};
use std::{
    process::ExitCode,
    sync::{Arc, LazyLock},
};
use testkit::outside::{Need, trial};

fn main() -> ExitCode {
    let world = Arc::new(Lazy::new(World::start));
    let on = |name: &str, needs: &[Need], test: fn(&Arc<Lazy>)| {
        let world = Arc::clone(&world);
        trial(name, needs, move || {
            test(&world);
            Ok(())
        })
    };
    let directory = [SLAPD, LDAPSEARCH, SSH_KEYGEN];
    let all = [SLAPD, LDAPSEARCH, SSH_KEYGEN, SSHD, NAMESPACE, OPENSSL];
    let trials: Vec<Trial> = vec![
        on("every type is what ssh-keygen says it is", &directory, answers::types),
        on("every value has its verdict", &directory, answers::verdicts),
        on("where OpenSSH differs", &directory, answers::differences),
        on(
            "what a one-liner of Perl loses",
            &[&directory[..], &[PERL]].concat(),
            answers::one_liner,
        ),
        on("a name that is a record, and why -LLL", &directory, answers::echo),
        on("SASL over a socket", &directory, answers::external),
        on("users log in with their keys", &all, logins::right),
        on("nobody logs in with another's key", &all, logins::wrong),
        on("options by policy", &all, logins::options),
        on("names full of metacharacters", &all, logins::metacharacters),
        on("the key for an emergency", &all, logins::break_glass),
        on("only the offered key", &all, logins::offered),
        on("refused values are logged", &all, logins::refused),
        on("TLS", &all, trouble::tls),
        on("a directory that is down", &all, trouble::down),
        on("a directory that is silent", &all, trouble::silent),
        on("a directory that sends a part", &all, trouble::limited),
        on("a directory that is cut off", &all, trouble::cut),
        on("a directory that refuses", &all, trouble::refusing),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// What all tests share, started by the first that is run.
type Lazy = LazyLock<World>;

const SLAPD: Need = Need::Says(&["/usr/sbin/slapd", "-VV"], "@(#) $OpenLDAP: slapd 2.");
const LDAPSEARCH: Need =
    Need::Says(&["ldapsearch", "-VV"], "ldapsearch: @(#) $OpenLDAP: ldapsearch 2.");
/// It has no option for its version.
const SSH_KEYGEN: Need = Need::Says(&["ssh", "-V"], "OpenSSH_");
const SSHD: Need = Need::Says(&["/usr/sbin/sshd", "-V"], "OpenSSH_");
const PERL: Need = Need::Says(&["perl", "-e", "print 'perl'"], "perl");
const OPENSSL: Need = Need::Says(&["openssl", "version"], "OpenSSL ");
/// The rights of root, with which sshd can be given other files than the machine's.
const NAMESPACE: Need =
    Need::Says(&["unshare", "--mount", "mount", "--version"], "mount from util-linux");
