//! A signed zone, behind a resolver that validates it, in a network of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
    thread,
    time::Duration,
};
use tempfile::TempDir;

#[derive(Debug)]
pub(super) struct Zone {
    _folder: TempDir,
    /// The first process of the network.
    resolver: Child,
}

impl Zone {
    /// Signs a zone with these records, which is the root, and starts its resolver.
    pub(super) fn start(records: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("zone"), format!("{ROOT}{records}")).unwrap();
        let key = ldns("ldns-keygen", &["-a", "ECDSAP256SHA256", "-k", "."], folder.path());
        ldns("ldns-signzone", &["-o", ".", "zone", key.trim_end()], folder.path());
        fs::rename(path(&format!("{}.key", key.trim_end())), path("root.key")).unwrap();
        fs::write(path("resolv.conf"), "nameserver 127.0.0.1\n").unwrap();
        let named = |text: &str| text.replace("FOLDER", folder.path().to_str().unwrap());
        fs::write(path("unbound.conf"), named(CONFIGURATION)).unwrap();
        let mut resolver = Command::new("unshare")
            .args(["--mount", "--propagation", "private", "--net", "sh", "-ec", &named(ENTER)])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(resolver.stderr.take().unwrap()).lines();
        let (sender, receiver) = channel();
        // It reads on to the end, since nobody else does.
        thread::spawn(move || lines.by_ref().for_each(|line| drop(sender.send(line.unwrap()))));
        // Ended if it does not start.
        let zone = Self { _folder: folder, resolver };
        while !receiver.recv_timeout(PATIENCE).unwrap().contains("start of service") {}
        zone
    }

    /// Returns a command to be run in the network.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.resolver.id().to_string(), "--mount", "--net", program]);
        command
    }
}

impl Drop for Zone {
    fn drop(&mut self) {
        self.resolver.kill().ok();
        self.resolver.wait().ok();
    }
}

#[track_caller]
fn ldns(program: &str, args: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const ROOT: &str = "\
. 3600 IN SOA ns.example.com. root.example.com. 1 3600 600 86400 600
. 3600 IN NS ns.example.com.
ns.example.com. 3600 IN A 127.0.0.1
";

const CONFIGURATION: &str = "\
server:
  directory: FOLDER
  chroot: \"\"
  username: \"\"
  pidfile: \"\"
  use-syslog: no
  interface: 127.0.0.1
  module-config: \"validator iterator\"
  trust-anchor-file: FOLDER/root.key
remote-control:
  control-enable: no
auth-zone:
  name: .
  zonefile: FOLDER/zone.signed
  for-downstream: no
";

/// Where danetool looks for the key of the root need not be there.
const ENTER: &str = "\
ip link set lo up
mount --bind FOLDER/resolv.conf /etc/resolv.conf
mount -t tmpfs none /usr/share
mkdir /usr/share/dns
cp FOLDER/root.key /usr/share/dns/root.key
exec unbound -d -c FOLDER/unbound.conf
";

const PATIENCE: Duration = Duration::from_secs(30);
