//! The verdicts of danetool and ldns-dane, which take records from DNS only.

use super::{
    pki::{Leaf, Pki, write_chain},
    server::Server,
    verdicts::{Found, combinations, ours, record},
    zone::Zone,
};
use std::fmt::Write;

/// A host of the zone, with its records.
struct Host {
    name: String,
    records: Vec<String>,
}

impl Host {
    /// The certificate of every end entity is good for its name.
    fn new(label: &str, records: &[&str]) -> Self {
        let records = records.iter().map(ToString::to_string).collect();
        Self { name: format!("{label}.www.example.com"), records }
    }

    /// Adds its lines to a zone.
    fn write(&self, address: &str, zone: &mut String) {
        let name = &self.name;
        writeln!(zone, "{name}. 3600 IN A {address}").unwrap();
        for record in &self.records {
            writeln!(zone, "_443._tcp.{name}. 3600 IN TLSA {record}").unwrap();
        }
    }

    fn ours(&self, pki: &Pki, leaf: &Leaf) -> (i32, Vec<Found>) {
        ours(pki, &chain(pki, leaf), &self.records.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Returns whether danetool and ldns-dane accept the server.
    fn accepted(&self, zone: &Zone, pki: &Pki) -> (bool, bool) {
        let danetool = ["--local-dns", "--check", &self.name, "--port", "443"];
        let ldns = ["-f", &pki.anchor, "verify", &self.name, "443"];
        let accepts = |program: &str, args: &[&str], yes: &str, no: &str| {
            let output = zone.command(program).args(args).output().unwrap();
            let mut told = String::from_utf8(output.stdout).unwrap();
            told += str::from_utf8(&output.stderr).unwrap();
            let accepts = output.status.success();
            // Not for another reason.
            assert!(told.contains(if accepts { yes } else { no }), "{}: {told}", self.name);
            accepts
        };
        (
            accepts("danetool", &danetool, "Verification: Certificate matches", "Verification: "),
            accepts("ldns-dane", &ldns, "-validated successfully", "did not dane-validate"),
        )
    }
}

/// Every usage, selector and matching type, with every kind of key, right and wrong.
pub(super) fn each() {
    let pki = Pki::new();
    let stranger = Pki::small();
    let mut lines = String::new();
    let mut hosts = Vec::new();
    for (leaf, address) in pki.leaves.iter().zip(addresses()) {
        for (usage, selector, matching) in combinations() {
            for (of, file) in [
                ("end-entity", &leaf.certificate),
                ("anchor", &pki.anchor),
                ("stranger", &stranger.anchor),
            ] {
                let label = format!("{of}-{usage}{selector}{matching}-{}", leaf.name);
                let host = Host::new(&label, &[&record(usage, selector, matching, file)]);
                host.write(&address, &mut lines);
                hosts.push((host, leaf));
            }
        }
    }
    let zone = Zone::start(&lines);
    let _servers: Vec<Server> = pki
        .leaves
        .iter()
        .zip(addresses())
        .map(|(leaf, address)| listen(&zone, &pki, leaf, &address))
        .collect();
    for (host, leaf) in hosts {
        let (_, found) = host.ours(&pki, leaf);
        // A certificate that is not sent has to be that of the issuer, by its signature: it is not.
        let is_found = matches!(found[..], [Some((Some(_), _))]);
        // ldns-dane checks names, for DANE-EE too, against RFC 7671 §5.1. Version 1 has no SAN.
        let is_named = leaf.name != "v1";
        let accepted = host.accepted(&zone, &pki);
        assert_eq!(accepted, (is_found, is_found && is_named), "{}", host.name);
    }
}

/// Agility, and what is unusable, among other records.
pub(super) fn sets() {
    let pki = Pki::small();
    let leaf = &pki.leaves[0];
    let right = record("3", "1", "1", &leaf.certificate);
    let whole = record("3", "1", "0", &leaf.certificate);
    let anchor = record("2", "0", "2", &pki.anchor);
    let stale = record("3", "1", "2", &pki.anchor);
    let address = "127.0.0.1";
    let cases = [
        (&[&*right, &whole][..], 0, (true, true)),
        (&[&right, &anchor], 0, (true, true)),
        (&[&whole, &stale], 0, (true, true)),
        (&[&anchor, &stale], 3, (true, true)),
        // danetool does not know agility, RFC 7671 §9.
        (&[&right, &stale], 1, (true, false)),
        // A digest of one octet.
        (&["3 1 2 00", &right], 0, (true, true)),
        (&["3 1 2 00", &stale], 1, (false, false)),
        // Nothing is usable: danetool says that it differs, ldns-dane falls back to PKIX.
        (&["3 1 2 00", "3 1 1 00"], 4, (false, true)),
        (&["3 1 77 00", "3 77 1 00"], 4, (false, true)),
    ];
    let cases: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(index, (records, code, accepted))| {
            (Host::new(&format!("set-{index}"), records), code, accepted)
        })
        .collect();
    let mut lines = String::new();
    cases.iter().for_each(|(host, ..)| host.write(address, &mut lines));
    let zone = Zone::start(&lines);
    let _server = listen(&zone, &pki, leaf, address);
    for (host, code, accepted) in cases {
        assert_eq!(&host.ours(&pki, leaf).0, code, "{:?}", host.records);
        assert_eq!(&host.accepted(&zone, &pki), accepted, "{:?}", host.records);
    }
}

fn listen(zone: &Zone, pki: &Pki, leaf: &Leaf, address: &str) -> Server {
    let address = format!("{address}:443");
    Server::start_at(&address, zone.command("openssl"), leaf, Some(&pki.anchor))
}

/// Addresses of servers, all of the loopback interface.
fn addresses() -> impl Iterator<Item = String> {
    (1..).map(|last| format!("127.0.0.{last}"))
}

/// Returns a file of what the server of an end entity sends.
fn chain(pki: &Pki, leaf: &Leaf) -> String {
    let chain = pki.path(&format!("{}.chain", leaf.name));
    write_chain(&chain, &[&leaf.certificate, &pki.anchor]);
    chain
}
