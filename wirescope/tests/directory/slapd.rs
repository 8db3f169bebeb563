//! A directory.

use super::entries::Entries;
use std::{
    fs,
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A slapd with all entries, and what else the tests share.
#[derive(Debug)]
pub(super) struct World {
    pub(super) entries: Entries,
    /// Where slapd listens.
    pub(super) address: SocketAddr,
    /// The same, with TLS from the start.
    pub(super) tls: SocketAddr,
    slapd: Child,
    folder: TempDir,
}

impl World {
    pub(super) fn start() -> Self {
        let folder = TempDir::new().unwrap();
        // Others than root go through it, to what is theirs.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let path = |name: &str| folder.path().join(name);
        let entries = Entries::new(folder.path());
        fs::create_dir(path("database")).unwrap();
        fs::create_dir(path("bin")).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_wirescope"), path("bin/wirescope")).unwrap();
        fs::write(path("entries.ldif"), entries.ldif()).unwrap();
        fs::write(path("openssh-lpk.schema"), SCHEMA).unwrap();
        let has_certificate = certificate(folder.path());
        let tls = if has_certificate { TLS } else { "" };
        let configuration = format!("{CONFIGURATION}{tls}{DATABASE}");
        let configuration = configuration.replace("FOLDER", folder.path().to_str().unwrap());
        fs::write(path("slapd.conf"), configuration).unwrap();

        let configured = |command: &str| {
            let mut command = Command::new(command);
            command.arg("-f").arg(path("slapd.conf")).stdout(Stdio::null());
            command
        };
        let added = configured("/usr/sbin/slapadd").arg("-l").arg(path("entries.ldif")).output();
        let added = added.unwrap();
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        for _ in 0..10 {
            // Somebody else may take the ports before slapd does.
            let [address, tls] = [free(), free()];
            let socket = path("ldapi").to_str().unwrap().replace('/', "%2F");
            let mut urls = format!("ldap://{address} ldapi://{socket}");
            if has_certificate {
                urls += &format!(" ldaps://{tls}");
            }
            let log = fs::File::create(path("slapd.log")).unwrap();
            let mut slapd = configured("/usr/sbin/slapd")
                .args(["-d", "none", "-h", &urls])
                .stderr(log)
                .spawn()
                .unwrap();
            if answers(&mut slapd, address) {
                return Self { entries, address, tls, slapd, folder };
            }
            slapd.kill().ok();
            slapd.wait().unwrap();
        }
        panic!("slapd does not start: {}", fs::read_to_string(path("slapd.log")).unwrap());
    }

    pub(super) fn uri(&self) -> String {
        format!("ldap://{}", self.address)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.slapd.kill().ok();
        self.slapd.wait().ok();
    }
}

/// Returns an address where nobody listens.
pub(super) fn free() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// Waits until a server can be connected to, and returns whether that was before it ended.
fn answers(server: &mut Child, address: SocketAddr) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        match TcpStream::connect(address) {
            Ok(_) => return true,
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionRefused),
        }
        if server.try_wait().unwrap().is_some() {
            return false;
        }
        thread::yield_now();
    }
    false
}

/// Makes a certificate that vouches for itself, if there is an openssl to do so.
fn certificate(folder: &Path) -> bool {
    Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=ldap.example.com", "-addext", "subjectAltName=DNS:ldap.example.com"])
        .args(["-keyout", "tls.key", "-out", "tls.crt"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

const CONFIGURATION: &str = "\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
include FOLDER/openssh-lpk.schema
pidfile FOLDER/slapd.pid
argsfile FOLDER/slapd.args
modulepath /usr/lib/ldap
moduleload back_mdb
";

const TLS: &str = "\
TLSCertificateFile FOLDER/tls.crt
TLSCertificateKeyFile FOLDER/tls.key
";

const DATABASE: &str = "\
database mdb
suffix dc=example,dc=com
directory FOLDER/database
access to attrs=userPassword by anonymous auth
access to * by * read
limits dn.exact=\"cn=limited,dc=example,dc=com\" size.soft=1 size.hard=1
";

/// What openssh-lpk declares.
const SCHEMA: &str = "\
attributetype ( 1.3.6.1.4.1.24552.500.1.1.1.13 NAME 'sshPublicKey'
    DESC 'OpenSSH public key'
    EQUALITY octetStringMatch
    SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
objectclass ( 1.3.6.1.4.1.24552.500.1.1.2.0 NAME 'ldapPublicKey' SUP top AUXILIARY
    DESC 'Objects with OpenSSH public keys'
    MAY ( sshPublicKey $ uid ) )
";
