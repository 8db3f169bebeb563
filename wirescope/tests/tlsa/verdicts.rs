//! The verdicts of OpenSSL on live connections.

use super::{
    create, on,
    pki::{Leaf, Pki, write_chain},
    server::{Said, Server},
};
use serde_json::{Value, json};
use std::fs;

/// Depth and debts of a record that matches.
pub(super) type Found = Option<(Option<u64>, Vec<String>)>;

/// Returns how a match ends where the anchor is trusted, and what each record found.
#[track_caller]
pub(super) fn ours(pki: &Pki, chain: &str, records: &[&str]) -> (i32, Vec<Found>) {
    let mut args = vec!["match", "--json", "--roots", &pki.anchor, chain];
    args.extend(records.iter().flat_map(|record| ["--record", record]));
    let (code, stdout, _) = on(&args, "");
    let row = |line| {
        let row: Value = serde_json::from_str(line).unwrap();
        let debts = row["owed"].as_array()?;
        let debts = debts.iter().map(|debt| debt.as_str().unwrap().to_owned()).collect();
        Some((row["depth"].as_u64(), debts))
    };
    (code.unwrap(), stdout.lines().map(row).collect())
}

pub(super) fn record(usage: &str, selector: &str, matching: &str, file: &str) -> String {
    let args = ["--usage", usage, "--selector", selector, "--matching", matching];
    create(&args, fs::read(file).unwrap())
}

/// Every usage, selector and matching type, with every kind of key, right and wrong.
pub(super) fn each() {
    let pki = Pki::new();
    let stranger = Pki::small();
    let chain = pki.path("chain.pem");
    for leaf in &pki.leaves {
        let server = Server::start(leaf, Some(&pki.anchor));
        write_chain(&chain, &[&leaf.certificate, &pki.anchor]);
        for (usage, selector, matching) in combinations() {
            let is_anchor = matches!(usage, "0" | "2");
            let right = if is_anchor { &pki.anchor } else { &leaf.certificate };
            let right = record(usage, selector, matching, right);
            let depth = u64::from(is_anchor);
            let said = server.asked(&pki, &[&right], &[]);
            assert_eq!(said, Said::Verified { record: right[..5].into(), depth });
            let owed: &[&str] = match usage {
                "3" => &[],
                "2" => &["path", "names"],
                _ => &["pkix", "names"],
            };
            let owed: Vec<String> = owed.iter().map(ToString::to_string).collect();
            let code = if owed.is_empty() { 0 } else { 3 };
            assert_eq!(ours(&pki, &chain, &[&right]), (code, vec![Some((Some(depth), owed))]));

            // Of somebody else, and of the other end of the chain.
            let of_other =
                if is_anchor { &stranger.anchor } else { &stranger.leaves[0].certificate };
            let other_end = if is_anchor { &leaf.certificate } else { &pki.anchor };
            for wrong in [of_other, other_end] {
                let wrong = record(usage, selector, matching, wrong);
                assert_eq!(server.asked(&pki, &[&wrong], &[]), Said::NotVerified, "{wrong}");
                let (code, found) = ours(&pki, &chain, &[&wrong]);
                // A whole anchor may have signed the last certificate: that is said to be owed, and
                // OpenSSL finds that it has not.
                match &found[0] {
                    Some((depth, owed)) => {
                        assert_eq!((usage, matching, code, *depth), ("2", "0", 3, None));
                        assert_eq!(owed, &["signature", "path", "names"]);
                    }
                    None => assert_eq!(code, 1, "{wrong}"),
                }
            }
        }
        // Nothing has to be known of a name or a path for DANE-EE, but for the others.
        let [end_entity, anchor] = [("3", &leaf.certificate), ("2", &pki.anchor)]
            .map(|(usage, file)| record(usage, "1", "1", file));
        let other_name = ["-dane_tlsa_domain", "other.example.com"];
        let said = server.asked(&pki, &[&end_entity], &other_name);
        assert_eq!(said, Said::Verified { record: "3 1 1".into(), depth: 0 });
        assert_eq!(server.asked(&pki, &[&anchor], &other_name), Said::NotVerified);
    }
}

/// Agility, and what is unusable, among other records.
pub(super) fn sets() {
    let pki = Pki::small();
    let leaf = &pki.leaves[0];
    let server = Server::start(leaf, Some(&pki.anchor));
    let chain = pki.path("chain.pem");
    write_chain(&chain, &[&leaf.certificate, &pki.anchor]);
    let right = record("3", "1", "1", &leaf.certificate);
    let whole = record("3", "1", "0", &leaf.certificate);
    let anchor = record("2", "0", "2", &pki.anchor);
    let pkix = record("0", "1", "1", &pki.anchor);
    let stale = record("3", "1", "2", &pki.anchor);
    let verified = |record: &str, depth| Said::Verified { record: record.into(), depth };
    for (records, said, code) in [
        (&[&*right, &stale][..], Said::NotVerified, 1),
        (&[&right, &whole, &stale], verified("3 1 0", 0), 0),
        (&[&right, &stale, &anchor], verified("2 0 2", 1), 3),
        (&[&pkix, &anchor, &right], verified("3 1 1", 0), 0),
        // An anchor among its trusted roots matches PKIX-TA and nothing else; we name DANE-TA first.
        (&[&pkix, &anchor], verified("0 1 1", 1), 3),
        (&["3 1 2 00", &right], verified("3 1 1", 0), 0),
        (&["3 1 2 00", &stale], Said::NotVerified, 1),
        (&["3 1 2 00", "3 1 1 00"], Said::Unusable, 4),
        (&["3 1 0 00", "3 0 0 3000"], Said::Unusable, 4),
    ] {
        assert_eq!(server.asked(&pki, records, &[]), said, "{records:?}");
        assert_eq!(ours(&pki, &chain, records).0, code, "{records:?}");
    }
}

pub(super) fn not_sent() {
    let pki = Pki::small();
    let leaf = &pki.leaves[0];
    let server = Server::start(leaf, None);
    for (selector, matching) in [("0", "0"), ("1", "0")] {
        let anchor = record("2", selector, matching, &pki.anchor);
        let said = server.asked(&pki, &[&anchor], &["-no-CAfile"]);
        assert!(matches!(said, Said::Verified { .. }), "{anchor} {said:?}");
        let owed = ["signature", "path", "names"].map(ToString::to_string).to_vec();
        assert_eq!(ours(&pki, &leaf.certificate, &[&anchor]), (3, vec![Some((None, owed))]));
    }
    for (selector, matching) in [("0", "1"), ("1", "2")] {
        let anchor = record("2", selector, matching, &pki.anchor);
        assert_eq!(server.asked(&pki, &[&anchor], &["-no-CAfile"]), Said::NotVerified);
        assert_eq!(ours(&pki, &leaf.certificate, &[&anchor]), (1, vec![None]));
    }
}

/// An end entity that is signed with its own key.
pub(super) fn self_signed() {
    let pki = Pki::small();
    let [certificate, key] = ["own.crt", "own.key"].map(|name| pki.path(name));
    let new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let names = ["-subj", "/CN=www.example.com", "-addext", "subjectAltName=DNS:www.example.com"];
    let files = ["-days", "2", "-keyout", &key, "-out", &certificate];
    pki.openssl(&[&new[..], &names, &files].concat());
    let leaf = &pki.leaves[0];
    let (public_key, request) = (leaf.public_key.clone(), leaf.request.clone());
    let own = Leaf { name: "own", certificate, key, public_key, request };
    for sent in [None, Some(own.certificate.as_str())] {
        let server = Server::start(&own, sent);
        let chain = pki.path("chain.pem");
        let sent: Vec<&str> = [own.certificate.as_str()].into_iter().chain(sent).collect();
        write_chain(&chain, &sent);
        for (usage, selector, matching) in combinations() {
            let record = record(usage, selector, matching, &own.certificate);
            let said = server.asked(&pki, &[&record], &[]);
            let code = ours(&pki, &chain, &[&record]).0;
            match (usage, said) {
                // The path that is owed there is not.
                ("1", Said::NotVerified) => assert_eq!(code, 3),
                ("2", Said::Verified { depth: 0, .. }) => {
                    assert_eq!((selector, matching, code), ("1", "0", 3));
                }
                ("3", Said::Verified { depth: 0, .. }) => assert_eq!(code, 0),
                (_, said) => assert_eq!((said, code), (Said::NotVerified, 1), "{record}"),
            }
        }
    }
}

pub(super) fn names() {
    let pki = Pki::new();
    let chain = pki.path("chain.pem");
    let [p256, v1] =
        ["p256", "v1"].map(|name| pki.leaves.iter().find(|leaf| leaf.name == name).unwrap());
    let mail = mail(&pki, p256);
    for leaf in [p256, v1, &mail] {
        let server = Server::start(leaf, Some(&pki.anchor));
        write_chain(&chain, &[&leaf.certificate, &pki.anchor]);
        for (usage, file) in [("2", &pki.anchor), ("3", &leaf.certificate)] {
            let record = record(usage, "1", "1", file);
            for name in [
                "www.example.com",
                "WWW.Example.COM",
                "www.example.com.",
                "of.www.example.com",
                "of.of.www.example.com",
                "ww.example.com",
                "example.com",
                "com",
            ] {
                let said = server.asked(&pki, &[&record], &["-dane_tlsa_domain", name]);
                let is_verified = matches!(said, Said::Verified { .. });
                let args = ["match", "--json", "--record", &record, "--name", name, &chain];
                let (code, stdout, _) = on(&args, "");
                let row: Value = serde_json::from_str(&stdout).unwrap();
                // The dot of a root is no part of a name to OpenSSL.
                let has_name = is_verified || name.ends_with('.');
                let (owed, expected) = match (usage, leaf.name) {
                    ("3", _) => (json!([]), 0),
                    // Without a host among the SANs OpenSSL looks at the subject.
                    (_, "v1" | "mail") => (json!(["path", "names"]), 3),
                    _ if has_name => (json!(["path"]), 3),
                    _ => (Value::Null, 1),
                };
                assert_eq!((&row["owed"], code), (&owed, Some(expected)), "{name}");
            }
        }
    }
}

/// Makes a certificate with a SAN that is no host, of a request.
fn mail(pki: &Pki, of: &Leaf) -> Leaf {
    let [certificate, extensions] = ["mail.crt", "mail.san"].map(|name| pki.path(name));
    fs::write(&extensions, "subjectAltName=email:user1@example.com\n").unwrap();
    let sign =
        ["x509", "-req", "-days", "2", "-CA", &pki.anchor, "-CAkey", &pki.path("anchor.key")];
    let files = ["-in", &of.request, "-out", &certificate, "-extfile", &extensions];
    pki.openssl(&[&sign[..], &files].concat());
    let [key, public_key, request] = [&of.key, &of.public_key, &of.request].map(Clone::clone);
    Leaf { name: "mail", certificate, key, public_key, request }
}

/// The certificate of another server, in the name of one's own.
pub(super) fn held_in_a_name() {
    let pki = Pki::small();
    let right = &pki.leaves[0];
    let record = record("3", "1", "1", &right.certificate);
    let held = fs::read_to_string(&right.certificate).unwrap().replace('\n', "");
    let held =
        ["+", "/", "="].iter().fold(held, |text, byte| text.replace(byte, &format!("\\{byte}")));
    let subject = format!("/description={held}/CN=www.example.com");
    let [certificate, key, public_key, request] =
        ["crt", "key", "pub", "csr"].map(|end| pki.path(&format!("wrong.{end}")));
    let curve = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    pki.openssl(&[&curve[..], &["-out", &key]].concat());
    pki.openssl(&["pkey", "-in", &key, "-pubout", "-out", &public_key]);
    let new = ["req", "-new", "-key", &key, "-subj", &subject];
    pki.openssl(&[&new[..], &["-out", &request, "-outform", "DER"]].concat());
    pki.openssl(&[&new[..], &["-x509", "-days", "2", "-out", &certificate]].concat());
    let der = pki.path("wrong.der");
    pki.openssl(&["x509", "-in", &certificate, "-outform", "DER", "-out", &der]);

    let own = create(&[], fs::read(&public_key).unwrap());
    for file in [&request, &certificate, &der] {
        assert_eq!(create(&[], fs::read(file).unwrap()), own, "{file}");
    }
    let wrong = Leaf { name: "wrong", certificate, key, public_key, request };
    let server = Server::start(&wrong, None);
    assert_eq!(server.asked(&pki, &[&record], &[]), Said::NotVerified);
    let [printed, _] = server.printed(&[]);
    let held = b"-----BEGIN CERTIFICATE-----M";
    assert!(printed.windows(held.len()).any(|window| window == held));
    assert_eq!(on(&["match", "--record", &record, "-"], printed).0, Some(1));
    assert_eq!(on(&["match", "--record", &own, "-"], server.printed(&[])[0].clone()).0, Some(0));
}

pub(super) fn noise() {
    let pki = Pki::small();
    let leaf = &pki.leaves[0];
    let server = Server::start(leaf, Some(&pki.anchor));
    for (usage, file, code) in [("3", &leaf.certificate, 0), ("2", &pki.anchor, 3)] {
        let record = record(usage, "1", "1", file);
        for more in [&[][..], &["-state"], &["-msg"], &["-status"], &["-CAfile", &pki.anchor]] {
            let [printed, told] = server.printed(more);
            for text in [&[][..], &told].map(|told| [told, &printed].concat()) {
                let (found, ..) = on(&["match", "--record", &record, "-"], text);
                assert_eq!(found, Some(code), "{more:?}");
            }
        }
    }
}

pub(super) fn combinations() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let matching = |usage, selector| ["0", "1", "2"].map(move |kind| (usage, selector, kind));
    let selectors = move |usage| ["0", "1"].into_iter().flat_map(move |of| matching(usage, of));
    ["0", "1", "2", "3"].into_iter().flat_map(selectors)
}
