//! A host whose sshd asks the directory.

use super::{entries::FILTER_NAME, slapd::World, values::Pair};
use std::{
    fs,
    os::unix::{fs::PermissionsExt, fs::symlink, net::UnixDatagram},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        Arc, LazyLock,
        mpsc::{Receiver, channel},
    },
    thread,
};
use tempfile::TempDir;

/// A namespace with accounts, an ldap.conf, and a system's log of its own.
#[derive(Debug)]
pub(super) struct Host {
    folder: TempDir,
    log: Receiver<String>,
}

/// How a login ended.
#[derive(Debug)]
pub(super) struct Login {
    /// What the session printed; `None` if there was none.
    pub(super) printed: Option<String>,
    /// What sshd and the command logged.
    pub(super) log: String,
}

impl Host {
    /// Sets up a host that finds the directory at a URI; its sshd runs `wirescope keys --user=%u` and
    /// these arguments.
    pub(super) fn new(world: &Arc<LazyLock<World>>, uri: &str, args: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let path = |name: &str| folder.path().join(name);

        let mut accounts = fs::read_to_string("/etc/passwd").unwrap();
        for (number, name) in names().into_iter().enumerate() {
            accounts += &format!("{name}:*:{}:60000::/:/bin/sh\n", 60_001 + number);
        }
        fs::write(path("passwd"), accounts).unwrap();
        fs::write(path("hosts"), "127.0.0.1 localhost ldap.example.com\n").unwrap();
        let certificate = world.path("tls.crt");
        fs::write(
            path("ldap.conf"),
            format!(
                "URI {uri}\nBASE ou=people,dc=example,dc=com\nTLS_CACERT {}\n",
                certificate.display()
            ),
        )
        .unwrap();

        // All devices but the log.
        fs::create_dir(path("dev")).unwrap();
        fs::create_dir(path("devices")).unwrap();
        for device in fs::read_dir("/dev").unwrap() {
            let name = device.unwrap().file_name();
            if name != "log" {
                symlink(path("devices").join(&name), path("dev").join(&name)).unwrap();
            }
        }
        let log = listen(&path("dev/log"));

        super::values::pair(folder.path(), "host_key", &["-t", "ed25519"]);
        fs::write(path("break_glass"), "").unwrap();
        fs::write(
            path("sshd_config"),
            format!(
                "HostKey {0}/host_key\nPidFile none\nUsePAM no\nLogLevel VERBOSE\n\
                 AuthorizedKeysFile {0}/break_glass\nStrictModes no\n\
                 AuthorizedKeysCommand /usr/local/bin/wirescope keys --user=%u {args}\n\
                 AuthorizedKeysCommandUser nobody\nAuthenticationMethods publickey\n",
                folder.path().display()
            ),
        )
        .unwrap();
        let enter = ENTER
            .replace("FOLDER", folder.path().to_str().unwrap())
            .replace("BIN", world.path("bin").to_str().unwrap());
        fs::write(path("enter"), enter).unwrap();
        Self { folder, log }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Tries to log in and to run a command.
    pub(super) fn login(&self, user: &str, pair: &Pair) -> Login {
        self.log();
        let configuration = self.path("ssh_config");
        fs::write(&configuration, format!("User \"{user}\"\n")).unwrap();
        let Output { status, stdout, .. } = Command::new("ssh")
            .arg("-F")
            .arg(&configuration)
            .args(["-T", "-i", &pair.private])
            .args(["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes"])
            .args(["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"])
            .arg("-o")
            .arg(format!(
                "ProxyCommand=sh {} /usr/sbin/sshd -i -f {}",
                self.path("enter").display(),
                self.path("sshd_config").display()
            ))
            .args(["host.example.com", "echo in as $USER"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let printed = status.success().then(|| String::from_utf8(stdout).unwrap());
        Login { printed, log: self.log() }
    }

    /// Runs the command as sshd would, and returns its exit code, what it printed and what it
    /// logged.
    pub(super) fn keys(&self, user: &str, args: &[&str]) -> (Option<i32>, String, String) {
        self.log();
        let Output { status, stdout, .. } = Command::new("sh")
            .arg(self.path("enter"))
            .args(["/usr/local/bin/wirescope", "keys", &format!("--user={user}")])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (status.code(), String::from_utf8(stdout).unwrap(), self.log())
    }

    /// Returns what was logged until now.
    fn log(&self) -> String {
        let mark = UnixDatagram::unbound().unwrap();
        mark.send_to(MARK.as_bytes(), self.path("dev/log")).unwrap();
        let until_now = self.log.iter().take_while(|message| message != MARK);
        until_now.map(|message| message + "\n").collect()
    }
}

/// Takes what is logged, so that nobody has to wait.
fn listen(path: &Path) -> Receiver<String> {
    let socket = UnixDatagram::bind(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut buffer = [0; 0x1_0000];
        while let Ok(len) = socket.recv(&mut buffer) {
            let message = String::from_utf8_lossy(&buffer[..len]).into_owned();
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The names of all accounts: those in the directory, and some that are not.
fn names() -> Vec<&'static str> {
    let mut names =
        vec!["user1", "user2", "user3", "user4", "user5", "user6", "user7", "user8", "user9"];
    names.extend(["user10", FILTER_NAME, "nobody-there"]);
    names.extend(METACHARACTERS);
    names
}

/// Names that mean something else to a filter, a shell, ldapsearch or sshd.
pub(super) const METACHARACTERS: [&str; 11] = [
    "*",
    "user1)(uid=user1",
    "user1*",
    "user1)(|(uid=*)",
    r"user1\2a",
    "-x",
    "$(id)",
    "`id`",
    ";id",
    "%u",
    "{user}",
];

const MARK: &str = "that is all";

/// Runs a program where some files are those of the test.
const ENTER: &str = r#"exec unshare --mount --propagation private sh -ec '
mount --bind BIN /usr/local/bin
mount --bind FOLDER/passwd /etc/passwd
mount --bind FOLDER/hosts /etc/hosts
mount --bind FOLDER/ldap.conf /etc/ldap/ldap.conf
mount --rbind /dev FOLDER/devices
mount --bind FOLDER/dev /dev
mount -t tmpfs none /run
mkdir -m 755 /run/sshd
exec "$@"' sh "$@"
"#;
