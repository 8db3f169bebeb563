//! The keys of a user, asked of the directory with the system's ldapsearch.

mod password;
mod process;
mod uri;

use self::{process::Ended, uri::Protection};
use super::log::Log;
use clap::builder::{OsStringValueParser, PathBufValueParser, TypedValueParser};
use ldif_keys::FilterValue;
use std::{
    env,
    ffi::{OsStr, OsString},
    os::unix::{ffi::OsStrExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// How to ask a directory.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "As AuthorizedKeysCommand of sshd")]
pub(super) struct Search {
    /// Ask the directory for the keys of this user with ldapsearch: sshd's %u
    #[arg(long, value_name = "NAME", value_parser = OsStringValueParser::new().try_map(user))]
    pub(super) user: Option<OsString>,

    /// What to search for; {user} stands for the name
    #[arg(long, value_name = "FILTER", default_value = FILTER, value_parser = filter)]
    #[arg(requires = "user")]
    filter: String,

    /// Where the directory is, if not at the URI of the system's ldap.conf
    #[arg(long, value_name = "URI", value_parser = uri, requires = "user")]
    uri: Option<String>,

    /// Where in it to search, if not from the BASE of the system's ldap.conf
    #[arg(long, value_name = "DN", requires = "user")]
    base: Option<String>,

    /// Who to ask as, with a password; else nobody in particular
    #[arg(long, value_name = "DN", requires_all = ["user", "password_file"])]
    bind_dn: Option<String>,

    /// The file with the password, which others must not be able to read
    #[arg(long, value_name = "FILE", requires_all = ["user", "bind_dn"])]
    password_file: Option<PathBuf>,

    /// Who to ask as, by this mechanism of SASL: EXTERNAL, GSSAPI
    #[arg(long, value_name = "MECHANISM", requires = "user", conflicts_with = "bind_dn")]
    sasl: Option<String>,

    /// Ask another host without TLS
    #[arg(long, requires = "user")]
    plaintext: bool,

    /// How many seconds the search may take, all of it
    #[arg(long, value_name = "SECONDS", default_value_t = 5, requires = "user")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,

    /// The ldapsearch to run, if not one of /usr/bin, /usr/local/bin, /usr/pkg/bin
    #[arg(long, value_name = "PATH", requires = "user")]
    #[arg(value_parser = PathBufValueParser::new().try_map(program))]
    ldapsearch: Option<PathBuf>,
}

impl Search {
    /// Returns the LDIF of a search that was made to its end.
    pub(super) fn run(
        &self,
        user: &OsStr,
        attributes: &[String],
        log: &Log,
    ) -> Result<Vec<u8>, String> {
        let password = self.password_file.as_deref().map(password::read).transpose()?;
        let mut command = self.command(user, attributes)?;
        let timeout = Duration::from_secs(self.timeout);
        let Ended { status, stdout, stderr } =
            process::run(&mut command, password.as_deref().unwrap_or_default(), timeout)
                .map_err(|failure| format!("ldapsearch {failure}"))?;
        match (status.code(), status.signal()) {
            (Some(0), _) => Ok(stdout),
            (Some(NO_SUCH_OBJECT), _) => {
                log.tell(&format!("the base does not exist, or not for us: {}", first(&stderr)));
                Ok(Vec::new())
            }
            (Some(code), _) => Err(format!("ldapsearch ended with {code}: {}", first(&stderr))),
            (None, signal) => Err(format!("ldapsearch was killed by {}", signal.unwrap_or(0))),
        }
    }

    fn command(&self, user: &OsStr, attributes: &[String]) -> Result<Command, String> {
        let program = match &self.ldapsearch {
            Some(path) => path.as_path(),
            None => PROGRAMS
                .into_iter()
                .map(Path::new)
                .find(|path| path.is_file())
                .ok_or("no ldapsearch: --ldapsearch names it")?,
        };
        let uri = match &self.uri {
            Some(uri) => uri.clone(),
            None => uri::of_system()?,
        };

        let mut command = Command::new(program);
        let seconds = self.timeout.to_string();
        // What else of the environment would be heeded: LDAPURI, LDAPTLS_REQCERT, LDAPRC and the
        // like, and HOME/.ldaprc. Without HOME, ldaprc is looked for here.
        command.env_clear().current_dir("/").env("LC_ALL", "C");
        command.env("LDAPTIMEOUT", &seconds).env("LDAPNETWORK_TIMEOUT", &seconds);
        // Never -L or -LL: they print the filter and with it the name, in which a line may end.
        command.args(["-LLL", "-o", "ldif-wrap=no", "-H", &uri]);
        match uri::protection(&uri)? {
            Protection::StartTls if !self.plaintext => {
                command.arg("-ZZ");
            }
            Protection::StartTls | Protection::Own => {}
        }
        if let Some(base) = &self.base {
            command.args(["-b", base]);
        }
        match (&self.sasl, &self.bind_dn) {
            (Some(mechanism), _) => {
                command.args(["-Q", "-Y", mechanism]);
                let kept = KERBEROS.into_iter().filter_map(|name| Some((name, env::var_os(name)?)));
                command.envs(kept);
            }
            // The password is not among the arguments, which anybody can see.
            (None, Some(dn)) => {
                command.args(["-x", "-D", dn, "-y", "/dev/stdin"]);
            }
            (None, None) => {
                command.arg("-x");
            }
        }
        let name = FilterValue(user.as_bytes()).to_string();
        command.arg("--").arg(self.filter.replace(PLACEHOLDER, &name)).args(attributes);
        Ok(command)
    }
}

/// Takes the name of an attribute.
pub(super) fn attribute(name: &str) -> Result<String, String> {
    // Of a letter or digit first, since ldapsearch would take it for something else.
    let is_name = name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    if is_name { Ok(name.into()) } else { Err("not the name of an attribute".into()) }
}

/// Takes a name: without one the filter might find anybody.
fn user(name: OsString) -> Result<OsString, &'static str> {
    if name.is_empty() { Err("no name") } else { Ok(name) }
}

/// Takes the URI of a directory.
fn uri(uri: &str) -> Result<String, String> {
    uri::protection(uri).map(|_| uri.into())
}

/// Takes a program.
fn program(path: PathBuf) -> Result<PathBuf, &'static str> {
    if path.is_absolute() { Ok(path) } else { Err("not an absolute path") }
}

/// Takes a filter.
fn filter(filter: &str) -> Result<String, String> {
    if !filter.contains(PLACEHOLDER) {
        // sshd would put a name for %u as it is, parentheses and all.
        return Err(format!("{PLACEHOLDER} has to stand where the name is to be"));
    }
    if !filter.starts_with('(') || !filter.ends_with(')') || filter.contains(char::is_control) {
        return Err("not a filter in parentheses".into());
    }
    Ok(filter.into())
}

/// Returns what a program has to say, or the start of it, on one line of printable ASCII.
fn first(stderr: &[u8]) -> String {
    let lines = stderr.trim_ascii().split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let mut text = String::new();
    for (index, line) in lines.enumerate() {
        text.push_str(if index == 0 { "" } else { "; " });
        for byte in line {
            match byte {
                b' '..=b'~' => text.push((*byte).into()),
                _ => text.extend(byte.escape_ascii().map(char::from)),
            }
        }
    }
    text.truncate(TOLD);
    text
}

const PLACEHOLDER: &str = "{user}";

const FILTER: &str = "(&(objectClass=posixAccount)(uid={user}))";

const PROGRAMS: [&str; 3] =
    ["/usr/bin/ldapsearch", "/usr/local/bin/ldapsearch", "/usr/pkg/bin/ldapsearch"];

/// How much is told of what ldapsearch says.
const TOLD: usize = 200;

/// `noSuchObject` of RFC 4511 §4.1.9, with which ldapsearch then ends.
const NO_SUCH_OBJECT: i32 = 32;

/// Where the tickets of Kerberos are.
const KERBEROS: [&str; 3] = ["KRB5CCNAME", "KRB5_CLIENT_KTNAME", "KRB5_CONFIG"];
