//! What independent programs say of the same records, certificates and chains.
//!
//! OpenSSL's own test cases and the verdicts of OpenSSL 3.0.19, GnuTLS libdane 3.7.9 and ldns-dane
//! 1.8.3, and what BIND 9.18, ldns 1.8.3 and dnspython 2.3.0 read in zone files. Where they disagree
//! with what is expected of us a table says why.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::{fs, path::PathBuf, process::ExitCode};
use testkit::outside::{Need, corpus, trial};
use tlsa_match::{
    Certificate, Class, Debt, Dnssec, Entry, Hex, Lines, Match, MatchingType, Peer, Place, Profile,
    Record, RrSet, Sha2, Usage, Verdict,
};

type Comparison = fn() -> Result<(), Failed>;

fn main() -> ExitCode {
    let tests: [(&str, Comparison); 5] = [
        ("danetest_of_openssl", danetest_of_openssl),
        ("verdicts_of_openssl_gnutls_and_ldns", verdicts_of_openssl_gnutls_and_ldns),
        ("records_of_openssl_danetool_and_ldns", records_of_openssl_danetool_and_ldns),
        ("zone_lines_of_bind_ldns_and_dnspython", zone_lines_of_bind_ldns_and_dnspython),
        ("zone_lines_of_other_projects", zone_lines_of_other_projects),
    ];
    let tests: Vec<Trial> =
        tests.into_iter().map(|(name, test)| trial(name, &[Need::Corpus], test)).collect();
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

/// Where danetest expects a match that is not at that depth of what was sent.
const DANETEST: [(u64, Expected); 3] = [
    // OpenSSL matches the path that it has built, which ends in a trusted root that was not sent. Given
    // that path, so do we.
    (34, Expected::WithAnchor),
    (48, Expected::Place(Place::RecordCertificate)),
    (49, Expected::Place(Place::RecordKey)),
];

#[derive(Clone, Copy)]
enum Expected {
    WithAnchor,
    Place(Place),
}

fn danetest_of_openssl() -> Result<(), Failed> {
    let cases = cases("openssl-danetest.cases.json")?;
    assert_eq!(cases.len(), 36);
    let anchor = pem(&fs::read_to_string(tlsa("openssl-danetest-anchor.pem"))?);
    for case in &cases {
        let id = case["id"].as_u64().unwrap();
        let other = DANETEST.iter().find(|(other, _)| *other == id).map(|(_, expected)| *expected);
        let mut ders: Vec<Vec<u8>> = strings(&case["chain_pem"]).map(pem).collect();
        if matches!(other, Some(Expected::WithAnchor)) {
            ders.push(anchor.clone());
        }
        let mut profile = Profile::DEFAULT;
        // danetest.c ranks them so.
        profile.digests = &[MatchingType::SHA2_256, MatchingType::SHA2_512];
        // What OpenSSL does unless told not to.
        profile.end_entity_names = case["no_name_checks"] == false;
        let depth = usize::try_from(case["expected_match_depth"].as_i64().unwrap()).ok();
        let expected = match other {
            Some(Expected::Place(place)) => Some(place),
            _ => depth.map(|depth| Place::Chain { depth }),
        };
        let (verdict, place) = verdict(case, &ders, profile);
        assert_eq!(place, expected, "{id}: {verdict:?}");
        match (verdict, case["expected_verify_text"].as_str().unwrap()) {
            (Verdict::Authenticated(_), "X509_V_OK") => assert_eq!(case["no_name_checks"], true),
            (Verdict::Matched(_), "X509_V_OK")
            | (Verdict::NoMatch, "no matching DANE TLSA records") => {}
            (Verdict::Matched(owed), "hostname mismatch") => {
                assert!(owed.debts().contains(&Debt::Names));
            }
            (verdict, theirs) => panic!("{id}: {verdict:?} and {theirs}"),
        }
    }
    Ok(())
}

/// Where GnuTLS libdane says something else.
const GNUTLS: [(&str, bool, &str); 7] = [
    ("leaf-rsapss-310", false, "it encodes the key anew, which gives other bytes for RSA-PSS"),
    ("leaf-rsapss-311", false, "as above"),
    ("leaf-rsapss-312", false, "as above"),
    ("leaf-rsapss-111-trusted", false, "as above"),
    ("leaf-rsapss-111-untrusted", false, "as above"),
    ("set-sha512-wrong-sha256-right", true, "it has no digest agility (RFC 7671 §9)"),
    ("ta-full-spki-not-in-chain", false, "it wants the trust anchor in the chain"),
];

fn verdicts_of_openssl_gnutls_and_ldns() -> Result<(), Failed> {
    let cases = cases("verify-cases.json")?;
    assert_eq!(cases.len(), 159);
    let mut excused = 0;
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let read = |name: &str| fs::read(tlsa("certs").join(name.replace(".pem", ".der")));
        let ders = strings(&case["chain"]).map(read).collect::<Result<Vec<_>, _>>()?;
        same_data(case, &ders);
        let (verdict, place) = verdict(case, &ders, Profile::DEFAULT);

        let openssl = &case["verdicts"]["openssl s_client 3.0.19"];
        let text = openssl["verify_text"].as_str();
        if openssl["ok"] == true {
            let theirs = openssl["dane"].as_str().unwrap();
            let place = match place.unwrap() {
                Place::Chain { depth: 0 } => "matched EE certificate at depth 0".to_owned(),
                Place::Chain { depth } => format!("matched TA certificate at depth {depth}"),
                Place::RecordKey => format!("signed the certificate at depth {}", ders.len() - 1),
                Place::RecordCertificate => panic!("{id}: no case is of this kind"),
            };
            assert!(theirs.ends_with(&place), "{id}: {theirs}");
        } else {
            match text {
                // It refuses the records before it connects.
                None => assert_eq!(verdict, Verdict::NoneUsable, "{id}"),
                Some("no matching DANE TLSA records") => {
                    assert_eq!(verdict, Verdict::NoMatch, "{id}");
                }
                // It checks names for DANE-EE unless told not to, against RFC 7671 §5.1.
                Some("hostname mismatch") => {
                    let mut profile = Profile::DEFAULT;
                    profile.end_entity_names = true;
                    let (Verdict::Matched(owed), _) = self::verdict(case, &ders, profile) else {
                        panic!("{id}: {verdict:?}");
                    };
                    assert!(owed.debts().contains(&Debt::Names), "{id}");
                }
                // It looks for a path while it looks for a match: that is what is owed, or, where the
                // record is of no issuer, there is no match.
                Some(_) => match verdict {
                    Verdict::Matched(owed) => assert!(owed.debts().contains(&Debt::Pkix), "{id}"),
                    other => assert_eq!(other, Verdict::NoMatch, "{id}"),
                },
            }
        }

        let gnutls = case["verdicts"]["gnutls libdane 3.7.9"]["ok"] == true;
        match GNUTLS.iter().find(|(other, ..)| *other == id) {
            Some((_, theirs, _)) => {
                assert_eq!((gnutls, place.is_some()), (*theirs, !*theirs), "{id}");
                excused += 1;
            }
            None => assert_eq!(gnutls, place.is_some(), "{id}"),
        }
        // It checks names and paths, too, so it may only refuse more.
        let ldns = case["verdicts"]["ldns-dane 1.8.3"]["exit"] == 0;
        assert!(!ldns || place.is_some(), "{id}");
    }
    assert_eq!(excused, GNUTLS.len());
    Ok(())
}

/// Holds the data of each record against each certificate, whatever their usage and depth.
fn same_data(case: &Value, ders: &[Vec<u8>]) {
    for (text, theirs) in strings(&case["records"]).zip(case["data_matches"].as_array().unwrap()) {
        let mut buf = vec![0; text.len()];
        let record = Record::parse_text(text.as_bytes(), &mut buf).unwrap();
        if theirs == "unusable" {
            assert!(record.unusable(&Profile::DEFAULT).is_some(), "{text}");
            continue;
        }
        let is_of = |der: &Vec<u8>| {
            let certificate = Certificate::parse(der).unwrap();
            let data = certificate.association(record.selector, record.matching_type, &Sha2);
            data.is_some_and(|data| data.as_bytes() == record.data)
        };
        let ours: Vec<usize> = (0..ders.len()).filter(|depth| is_of(&ders[*depth])).collect();
        assert_eq!(serde_json::json!(ours), *theirs, "{text}");
    }
}

/// Returns our verdict, and where the match is.
fn verdict(case: &Value, ders: &[Vec<u8>], profile: Profile<'_>) -> (Verdict, Option<Place>) {
    let texts: Vec<&str> = strings(&case["records"]).collect();
    let mut bufs: Vec<Vec<u8>> = texts.iter().map(|text| vec![0; text.len()]).collect();
    let records: Vec<_> = texts
        .iter()
        .zip(&mut bufs)
        .map(|(text, buf)| Record::parse_text(text.as_bytes(), buf))
        .collect();
    let set = RrSet::new(&records, Dnssec::Secure, profile).unwrap();
    let chain: Vec<_> = ders.iter().map(|der| Certificate::parse(der).unwrap()).collect();
    let peer = Peer::Chain(&chain);
    let place = match set.matches(peer, &Sha2).unwrap().next() {
        Some(Match::Authenticated(_)) => Some(Place::Chain { depth: 0 }),
        Some(Match::Owed(owed)) => Some(owed.place()),
        None => None,
    };
    (set.verdict(peer, &Sha2).unwrap(), place)
}

fn records_of_openssl_danetool_and_ldns() -> Result<(), Failed> {
    let cases = cases("records.json")?;
    assert_eq!(cases.len(), 312);
    for case in &cases {
        let name = case["certificate"].as_str().unwrap();
        let der = fs::read(tlsa("certs").join(name.replace(".pem", ".der")))?;
        let certificate = Certificate::parse(&der)?;
        let number = |field: &str| u8::try_from(case[field].as_u64().unwrap()).unwrap();
        let (selector, matching_type) =
            (number("selector").into(), MatchingType(number("matching_type")));
        let association = certificate.association(selector, matching_type, &Sha2).unwrap();
        let usage = Usage(number("usage"));
        let record = Record { usage, selector, matching_type, data: association.as_bytes() };
        assert_eq!(record.to_string(), case["rdata"].as_str().unwrap().to_lowercase(), "{name}");
        let key = fs::read(tlsa("certs").join(name.replace(".pem", ".spki.der")))?;
        assert_eq!(certificate.public_key().as_bytes(), key, "{name}");
    }
    Ok(())
}

/// Where a parser reads a zone line otherwise: the case, the parser, and why.
const ZONES: [(&str, &str, &str); 14] = [
    ("class-before-ttl", "dnspython", "it wants the TTL first, RFC 1035 §5.1 has both orders"),
    ("class-before-ttl", "ldns", "as above"),
    ("parentheses-unclosed", "ldns", "it closes them at the end of the file"),
    ("plus-sign", "ldns", "it reads numbers with strtol, RFC 6698 §2.2 has unsigned ones"),
    ("negative", "ldns", "as above, modulo 256"),
    ("selector-256", "ldns", "it reads numbers modulo 256"),
    ("mtype-256", "ldns", "as above"),
    ("rfc7218-mnemonics", "BIND", "it has no acronyms"),
    ("rfc7218-mnemonics", "dnspython", "as above"),
    ("odd-hex", "ldns", "it adds a digit"),
    ("rfc3597-zero", "ldns", "it takes RDATA of any length"),
    ("escaped-digit", "dnspython", "it takes escapes in numbers, which are no character strings"),
    ("crlf", "dnspython", "it takes a carriage return for a part of the data"),
    ("class-ch", "ldns", "it takes any class, DANE is about one"),
];

const ZONES_OF_OTHERS: [(&str, &str, &str); 1] =
    [("_443._tcp.www.example.com. IN TLSA 0 0 1 A", "ldns", "it adds a digit")];

fn zone_lines_of_bind_ldns_and_dnspython() -> Result<(), Failed> {
    same_zone_lines("presentation.json", "id", 54, &ZONES)
}

fn zone_lines_of_other_projects() -> Result<(), Failed> {
    same_zone_lines("upstream-presentation.json", "text", 20, &ZONES_OF_OTHERS)
}

/// Compares all cases of a file: they differ where the table says so, and nowhere else.
fn same_zone_lines(
    file: &str,
    id: &str,
    len: usize,
    table: &[(&str, &str, &str)],
) -> Result<(), Failed> {
    let cases = cases(file)?;
    assert_eq!(cases.len(), len);
    let mut others = Vec::new();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let lines: Vec<&[u8]> = Lines::new(text.as_bytes()).collect();
        assert_eq!(lines.len(), 1, "{text}");
        let mut buf = vec![0; text.len()];
        let entry = Entry::parse(lines[0]).ok().filter(|entry| entry.class == Class::IN);
        let record = entry.and_then(|entry| entry.record(&mut buf).ok());
        let ours = record.map(|record| {
            let mut rdata = vec![0; record.encoded_len()];
            record.encode(&mut rdata).unwrap();
            Hex(&rdata).to_string()
        });
        for (parser, theirs) in case["parsers"].as_object().unwrap() {
            let wire = theirs["wire"].as_str().filter(|_| theirs["ok"] == true);
            if wire != ours.as_deref() {
                let parser = parser.split(['-', ' ']).next().unwrap();
                others.push((case[id].as_str().unwrap(), parser));
            }
        }
    }
    let table: Vec<(&str, &str)> = table.iter().map(|(id, parser, _)| (*id, *parser)).collect();
    assert_eq!(others, table);
    Ok(())
}

fn tlsa(file: &str) -> PathBuf {
    corpus().unwrap().join("tlsa").join(file)
}

fn cases(file: &str) -> Result<Vec<Value>, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(tlsa(file))?)?)
}

fn strings(array: &Value) -> impl Iterator<Item = &str> {
    array.as_array().unwrap().iter().map(|text| text.as_str().unwrap())
}

/// Decodes the first block of a PEM file.
fn pem(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = text.lines().skip_while(|line| !line.starts_with("-----BEGIN")).skip(1);
    let body = body.take_while(|line| !line.starts_with("-----END"));
    let digits = body.flat_map(str::chars).filter_map(|digit| ALPHABET.find(digit));
    let digits: Vec<usize> = digits.collect();
    let decode = |group: &[usize]| {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        let octets = [bits >> 16, bits >> 8, bits].map(|octet| u8::try_from(octet & 0xff).unwrap());
        octets[..group.len() - 1].to_vec()
    };
    digits.chunks(4).flat_map(decode).collect()
}
