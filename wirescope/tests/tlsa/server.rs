//! A TLS server on the loopback interface, and a client of it that knows DANE: both are openssl's.

use super::pki::{Leaf, Pki};
use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
    thread,
    time::Duration,
};

#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    process: Child,
}

/// What OpenSSL says of records.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Which record it was, as far as it is printed, and at what depth.
    Verified {
        record: String,
        depth: u64,
    },
    NotVerified,
    /// There is no record that it can use.
    Unusable,
}

impl Server {
    /// Starts one that sends the certificate of an end entity, and this one behind it.
    pub(super) fn start(leaf: &Leaf, anchor: Option<&str>) -> Self {
        let server = Self::start_at("127.0.0.1:0", Command::new("openssl"), leaf, anchor);
        TcpStream::connect_timeout(&server.address, PATIENCE).unwrap();
        server
    }

    /// Starts one at an address, which this openssl can listen on.
    pub(super) fn start_at(
        address: &str,
        mut command: Command,
        leaf: &Leaf,
        anchor: Option<&str>,
    ) -> Self {
        command.args(["s_server", "-accept", address, "-www"]);
        command.args(["-cert", &leaf.certificate, "-key", &leaf.key, "-no-CAfile", "-no-CApath"]);
        command.args(anchor.iter().flat_map(|anchor| ["-cert_chain", anchor]));
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (sender, receiver) = channel();
        // It reads on to the end, since nobody else does.
        thread::spawn(move || lines.by_ref().for_each(|line| drop(sender.send(line.unwrap()))));
        // Ended if what follows fails.
        let mut server = Self { address: address.parse().unwrap(), process };
        loop {
            let line = receiver.recv_timeout(PATIENCE).unwrap();
            if let Some(chosen) = line.strip_prefix("ACCEPT") {
                // It tells a port that it has chosen.
                if let Some(chosen) = chosen.strip_prefix(' ') {
                    server.address = chosen.parse().unwrap();
                }
                return server;
            }
        }
    }

    /// Connects with records, each of them RDATA.
    pub(super) fn asked(&self, pki: &Pki, records: &[&str], more: &[&str]) -> Said {
        let address = self.address.to_string();
        let mut command = Command::new("openssl");
        command.args(["s_client", "-connect", &address, "-brief", "-verify_return_error"]);
        command.args(["-dane_tlsa_domain", "www.example.com", "-dane_ee_no_namechecks"]);
        command.args(["-CAfile", &pki.anchor, "-no-CApath"]);
        command.args(records.iter().flat_map(|record| ["-dane_tlsa_rrdata", record]));
        let output = command.args(more).stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        let line = told.lines().find_map(|line| line.strip_prefix("DANE TLSA "));
        match (output.status.success(), line) {
            (true, Some(line)) => {
                let depth = line.rsplit(' ').next().unwrap().parse().unwrap();
                Said::Verified { record: line[..5].to_owned(), depth }
            }
            _ if told.contains("Failed to import any TLSA records") => Said::Unusable,
            _ => {
                let is_told = told.contains("verify error:num=");
                assert!(is_told && !output.status.success(), "{told}");
                Said::NotVerified
            }
        }
    }

    /// Returns what is printed of a connection, the whole chain included, and what is told of it.
    pub(super) fn printed(&self, more: &[&str]) -> [Vec<u8>; 2] {
        let address = self.address.to_string();
        let output = Command::new("openssl")
            .args(["s_client", "-connect", &address, "-showcerts"])
            .args(more)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        [output.stdout, output.stderr]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

const PATIENCE: Duration = Duration::from_secs(30);
