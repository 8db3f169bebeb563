//! The forms in which something may come.

use super::{KEY, LEAF, OTHER, REQUEST, create, on, pem};
use std::fs;
use tempfile::TempDir;

/// Returns how a match ends, and how many records there were.
#[track_caller]
fn matching(records: &str, chain: impl Into<Vec<u8>>) -> (Option<i32>, usize) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("chain");
    fs::write(&file, chain.into()).unwrap();
    let args = ["match", "--json", "--records", "-", file.to_str().unwrap()];
    let (code, stdout, stderr) = on(&args, records);
    assert!(stderr.ends_with("wirescope: DNSSEC: not checked\n"), "{stderr}");
    (code, stdout.lines().count())
}

pub(super) fn records() {
    let rdata = create(&[], LEAF);
    let digest = rdata.split(' ').next_back().unwrap();
    let (start, end) = digest.split_at(30);
    let upper = digest.to_uppercase();
    let stale = format!("3 1 2 {}", "00".repeat(64));
    let signature = "TLSA 8 5 3600 20300101000000 20260101000000 1 example.com. AAAA";
    let other = format!("3 1 1 {}", "00".repeat(32));
    for (records, count) in [
        (rdata.clone(), 1),
        (format!("{rdata}\n{other}\n"), 2),
        (format!("3 1 1 {start} {end}\r\n"), 1),
        (format!("DANE-EE SPKI SHA2-256 {upper}"), 1),
        (format!("TLSA {rdata}\n"), 1),
        // What `dig +short` prints of an alias, and of what is signed.
        (format!("tlsa.example.net.\n{rdata}\n{signature}\n"), 1),
        (
            format!(
                "$ORIGIN example.com.\n$ttl 1h ; as long\nmail A 192.0.2.1\n_25._tcp.mail IN TLSA \
                 3 1 1 ( {start} ; the first half\n\t{end} )\n IN TLSA {other}\n"
            ),
            2,
        ),
        // A name in any case is the same, and no other origin matters without a record.
        (
            format!(
                "_25._tcp.mail TLSA {rdata}\n A 192.0.2.1\n_25._TCP.Mail TLSA {other}\n$ORIGIN a.example.com.\n\
                 www A 192.0.2.1\n"
            ),
            2,
        ),
        (
            format!(
                "_25._tcp.mail TLSA {rdata}\n_25._TCP.mail CH TLSA {stale}\n TYPE53 {stale}\n\
                 _25._tcp.mail SMIMEA {stale}\n_25._tcp.mail TXT \"TLSA {stale} (\"\n"
            ),
            1,
        ),
        (
            format!(
                "_25._tcp.mail.example.com. 3600\tCLASS1\tTYPE52\t\\# 35 030101{start} {end}\n"
            ),
            1,
        ),
        (
            format!(
                "_25._tcp.mail.example.com is an alias for tlsa.example.net.\n\
                 tlsa.example.net has TLSA record 3 1 1 {start} {end}\n"
            ),
            1,
        ),
        (create(&["--format", "danetool", "--host", "mail.example.com"], LEAF), 1),
        (create(&["--format", "ldns", "--host", "mail.example.com"], LEAF), 1),
        (create(&["--format", "generic", "--host", "mail.example.com"], LEAF), 1),
        (create(&["--format", "generic"], LEAF), 1),
    ] {
        assert_eq!(matching(&records, LEAF), (Some(0), count), "{records}");
        let (code, ..) = on(&["match", "--record", &records, "-"], LEAF);
        assert_eq!(code, Some(0), "{records}");
    }
    // Lines about other types only, and answers without any.
    for records in [
        "_25._tcp.mail.example.com. 60 IN CNAME tlsa.example.net.\n",
        "_25._tcp.mail.example.com SMIMEA 3 1 1 00\n_25._tcp.mail.example.com CH TLSA 3 1 1 00\n",
        NO_RECORD,
        &NO_RECORD.replace("NOERROR", "NXDOMAIN"),
        &NO_RECORD.replace("status:", "rcode:"),
        // Of kdig.
        &NO_RECORD.replace(", ", "; "),
        ";; resolution failed: ncache nxrrset\n; negative response, answer not validated\n",
        "; negative response, fully validated\n",
    ] {
        assert_eq!(matching(records, LEAF), (Some(4), 0), "{records}");
    }
    // What dig prints of a server that is not reached before one that answers.
    for (unreached, answer) in [
        (";; communications error to 192.0.2.1#53: timed out\n", &*rdata),
        (";; communications error to 192.0.2.1#53: timed out\n", NO_RECORD),
        (
            ";; UDP setup with 2001:db8::1#53(2001:db8::1) for a failed: network unreachable.\n",
            &rdata,
        ),
        (";; Connection to 192.0.2.1#53(192.0.2.1) for a failed: timed out.\n", "a.\n3 1 1 00"),
        (";; flags: qr tc rd ra; QUERY: 1\n;; Truncated, retrying in TCP mode.\n", &rdata),
        (";; Got SERVFAIL reply from 192.0.2.1, trying next server\n", &rdata),
    ] {
        let (code, _) = matching(&format!("{unreached}{answer}\n"), LEAF);
        assert_eq!(code, Some(if answer == rdata { 0 } else { 4 }), "{unreached}");
    }
}

/// What dig prints if there is no record.
const NO_RECORD: &str = "\
; <<>> DiG 9.18.49 <<>> TLSA www.example.com
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 64336
;; flags: qr aa rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;www.example.com.\t\tIN\tTLSA

;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)
";

pub(super) fn chains() {
    let rdata = create(&[], LEAF);
    let anchor = create(&["--usage", "2"], OTHER);
    let [leaf, other] = [LEAF, OTHER].map(|der| pem("CERTIFICATE", der));
    let noise = "CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = mail.example.com\n";
    let attributes = "Bag Attributes\n    localKeyID: 01 \nsubject=CN = mail.example.com\n";
    for chain in [
        leaf.clone(),
        format!("{leaf}{other}"),
        format!("{leaf}{other}").replace('\n', "\r\n"),
        format!("{noise}{leaf} 1 s:CN = anchor\n{other}---\nServer certificate\n---\nDONE\n"),
        format!("{attributes}{leaf}Bag Attributes: <No Attributes>\n{other}"),
        // In the file of a server the key may stand beside it.
        format!("{}{leaf}{other}", pem("PRIVATE KEY", b"nobody looks")),
    ] {
        assert_eq!(matching(&rdata, &*chain), (Some(0), 1), "{chain}");
        let code = if chain.contains(other.lines().nth(1).unwrap()) { 3 } else { 1 };
        assert_eq!(matching(&anchor, &*chain), (Some(code), 1), "{chain}");
    }
    assert_eq!(matching(&rdata, LEAF), (Some(0), 1));
    assert_eq!(matching(&rdata, OTHER), (Some(1), 1));
}

pub(super) fn subjects() {
    let key = create(&[], LEAF);
    for (label, der) in [
        ("CERTIFICATE", LEAF),
        ("X509 CERTIFICATE", LEAF),
        ("CERTIFICATE REQUEST", REQUEST),
        ("NEW CERTIFICATE REQUEST", REQUEST),
        ("PUBLIC KEY", KEY),
    ] {
        assert_eq!(create(&[], der), key);
        assert_eq!(create(&[], format!("\u{feff}# next\n\n{}", pem(label, der))), key);
        assert_eq!(create(&[], pem(label, der).replace('\n', "\r\n")), key);
    }
    // Of a chain it is the first.
    let chain = pem("CERTIFICATE", LEAF) + &pem("CERTIFICATE", OTHER);
    assert_eq!(create(&[], &*chain), key);
    let (code, stdout, stderr) = on(&["create", "--usage", "DANE-TA", "-"], chain);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert_eq!(
        stderr,
        "wirescope: standard input: several certificates: give that of the trust anchor alone\n"
    );
    for other in [pem("CERTIFICATE REQUEST", REQUEST), pem("PUBLIC KEY", KEY)] {
        let both = pem("CERTIFICATE", OTHER) + &other;
        let (code, _, stderr) = on(&["create", "-"], both);
        assert_eq!(code, Some(2));
        assert!(stderr.ends_with("or a public key: give one of them alone\n"), "{stderr}");
    }
    let (code, ..) = on(&["create", "--host", "mail.example.com", "--port", "0", "-"], LEAF);
    assert_eq!(code, Some(2));
    for der in [REQUEST, KEY] {
        let (code, stdout, stderr) = on(&["create", "--selector", "0", "-"], der);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert_eq!(stderr, "wirescope: standard input: --selector Cert: no certificate\n");
    }
}

pub(super) fn acronyms() {
    for (names, numbers) in [
        (["PKIX-TA", "Cert", "Full"], ["0", "0", "0"]),
        (["PKIX-EE", "SPKI", "SHA2-256"], ["1", "1", "1"]),
        (["DANE-TA", "cert", "sha2-512"], ["2", "0", "2"]),
        (["dane-ee", "spki", "full"], ["3", "1", "0"]),
    ] {
        let args = |[usage, selector, matching]: [&'static str; 3]| {
            ["--usage", usage, "--selector", selector, "--matching", matching]
        };
        let record = create(&args(names), LEAF);
        assert_eq!(record, create(&args(numbers), LEAF));
        assert!(record.starts_with(&numbers.join(" ")), "{record}");
    }
    for wrong in ["4", "255", "+3", "03", "DANE", ""] {
        let (code, stdout, _) = on(&["create", "--usage", wrong, "-"], LEAF);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
    }
    let host = ["--host", "mail.example.com.", "--port", "25", "--proto", "udp"];
    assert!(create(&host, LEAF).starts_with("_25._udp.mail.example.com. IN TLSA 3 1 1 "));
    for host in [
        "",
        "a..b",
        "mail example.com",
        "mail\n.example.com",
        "m\u{fc}ller.example.com",
        "192.0.2.1",
        "192.0.2.1.",
        "2001:db8::1",
        "_25._tcp.mail.example.com",
    ] {
        let (code, stdout, stderr) = on(&["create", "--host", host, "-"], LEAF);
        assert_eq!((code, stdout.as_str(), stderr.lines().count()), (Some(2), "", 1));
    }
}
