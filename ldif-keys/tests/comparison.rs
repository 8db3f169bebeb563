//! Real LDIF and real keys against other readers: libldap, python-ldap and `Net::LDAP::LDIF` of
//! a collection, and ssh-keygen.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use ldif_keys::{
    Attribute, Body, Key, Operation, Policy, Prefix, Reason, Records, Rules, SSH_PUBLIC_KEY,
};
use libtest_mimic::{Arguments, Failed};
use serde_json::Value;
use std::{
    collections::HashSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};
use testkit::outside::{Need, corpus, trial};

fn main() -> ExitCode {
    let mut trials = vec![trial("ssh-keygen on shipped keys", &[Need::Tool("ssh-keygen")], || {
        let keys = fs::read(data("keys.ldif"))?;
        assert_eq!(same_keys_as_ssh_keygen(&keys), 12);
        Ok(())
    })];
    match corpus() {
        Some(corpus) => {
            for file in files(&corpus.join("ldif"), ".readers.json") {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                let name = name.trim_end_matches(".readers.json").to_owned();
                trials.push(trial(format!("readers {name}"), &[], move || {
                    let ldif = fs::read(file.with_file_name(&name))?;
                    let theirs: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
                    compare(&name, &ldif, &theirs["readers"])
                }));
            }
            for file in files(&corpus.join("ldif"), ".cases.json") {
                trials.push(trial(
                    format!("cases {}", file.file_name().unwrap().to_string_lossy()),
                    &[],
                    move || {
                        let cases: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
                        for case in cases.as_array().unwrap() {
                            let name = case["name"].as_str().unwrap();
                            compare(name, &bytes(&case["ldif"]), &case["readers"])?;
                        }
                        Ok(())
                    },
                ));
            }
            let keys = corpus.join("ldif/ldapsearch-LLL-nowrap.ldif");
            let needs = [Need::Tool("ssh-keygen")];
            trials.push(trial("ssh-keygen on the collection", &needs, move || {
                assert!(same_keys_as_ssh_keygen(&fs::read(keys)?) > 10);
                Ok(())
            }));
        }
        None => trials.push(trial("corpus", &[Need::Corpus], || Ok(()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

type Lines = HashSet<(String, String)>;

/// Where another reader sees what we do not, or less than we do and no reason given: the reader, files
/// or cases, and why.
const DIFFERENCES: &[(&str, &[&str], &str)] = &[
    (
        "python-ldap",
        &[
            "ldapsearch-LLL-urls.ldif",
            "rfc2849-example5-external-file-errata.ldif",
            "rfc2849-example6-changes-errata.ldif",
            "rfc2849-example6-changes.ldif",
        ],
        "it has an empty value for a URL that it was not told to open; for us it is none",
    ),
    (
        "python-ldap",
        &["synth-dn-twice.ldif"],
        "it takes a second dn for an attribute; whose values follow is not known",
    ),
    ("Net::LDAP::LDIF", &["synth-dn-twice.ldif"], "the same"),
    ("OpenLDAP", &["synth-dn-twice.ldif", "synth-dn-not-first.ldif"], "it has lines, no records"),
    (
        "OpenLDAP",
        &["TestChangeRecords.test_bad_change_records"],
        "it has lines; of a changetype without a dn we read nothing",
    ),
    (
        "python-ldap",
        &["LdifReaderTest.testLineNumber#3"],
        "it takes what follows a changetype: delete for attributes",
    ),
    ("OpenLDAP", &["LdifReaderTest.testLineNumber#3"], "it has lines, no change records"),
    ("OpenLDAP", &["LdifReaderTest.testLineNumber#2"], "it takes a name with a space in it"),
    (
        "python-ldap",
        &["synth-space-before-colon.ldif"],
        "it makes the space in front of the colon a part of the name",
    ),
    ("OpenLDAP", &["synth-space-before-colon.ldif"], "it makes a NUL of it (ITS#10390)"),
    ("OpenLDAP", &["synth-separators.ldif"], "it skips a TAB behind the colon (ITS#10388)"),
    ("Net::LDAP::LDIF", &["synth-separators.ldif"], "it skips a TAB behind the colon"),
    ("Net::LDAP::LDIF", &["synth-fold-tab.ldif"], "it joins lines at a TAB, with a space"),
    ("Net::LDAP::LDIF", &["synth-base64-bad-char.ldif"], "it decodes what is no base64"),
    ("OpenLDAP", &["synth-bom-no-version.ldif"], "it makes a byte order mark a part of the name"),
    (
        "OpenLDAP",
        &["LdifAttributesReaderTest.testLdifParserRFC2849Sample3VariousSpacing"],
        "it refuses base64 with spaces in it",
    ),
];

/// How the error begins with which a reader gives up, where we go on.
const GIVEN_UP: &[(&str, &str)] = &[
    ("ValueError: no value-spec in", "a line without a colon costs one line here"),
    ("ValueError: Line ", "a record without a dn is one of a kind of its own here"),
    ("First line of LDIF entry does not begin with", "the same"),
    ("Error: Incorrect padding", "bad base64 costs one value here"),
    ("EOFError: EOF reached", "an entry without attributes is one"),
    ("can't open ", "it opens URLs"),
    ("illegal LDIF line", "a line without a colon, or with a name it does not expect"),
    ("Can't locate object method \"increment\"", "it does not know RFC 4525"),
    ("LDAP entry is not valid", "it compares the names in a modification by case"),
    ("LDIF \"delete\" entry is not valid", "it refuses lines behind a changetype: delete"),
    ("Controls only allowed with LDIF change entries", "here they are attributes"),
    ("Illegally formatted control line given", "a control that cannot be read costs no other"),
];

/// What lines libldap refuses.
const REFUSED: &[(&str, &str)] = &[
    (":< file:", "it would open the URL"),
    ("\\r", "a blank line with a CR is no line here"),
    ("::", "an empty value in base64, or base64 that is wrong"),
];

/// Compares what all readers see in a file, but for what the tables explain.
fn compare(name: &str, ldif: &[u8], readers: &Value) -> Result<(), Failed> {
    for reader in readers.as_array().unwrap() {
        let title = reader["reader"].as_str().unwrap();
        // What python-ldap makes of changes has a shape of its own; it sees their lines, too.
        if title.contains("parse_change_records") {
            continue;
        }
        let program = title.split([' ', '.']).next().unwrap();
        let (ours, mut theirs) = (ours(ldif), theirs(reader));
        for (_, line) in theirs.iter().filter(|line| line.0 == "!error") {
            let is_explained = REFUSED.iter().any(|(part, _)| line.contains(part));
            assert!(is_explained || !line.contains(": "), "libldap refuses {line}");
        }
        theirs.retain(|line| line.0 != "!error");

        let gave_up = reader["status"] != "ok";
        if gave_up {
            let error = reader["error"].as_str().unwrap();
            assert!(GIVEN_UP.iter().any(|(start, _)| error.starts_with(start)), "{error}");
        }
        // Net::LDAP::LDIF makes entries of changes, without the words of the change.
        let has_less = gave_up
            || program == "Net::LDAP::LDIF" && ours.iter().any(|line| line.0 == "changetype");
        let is_same = theirs.is_subset(&ours) && (has_less || ours.is_subset(&theirs));
        let explained = DIFFERENCES
            .iter()
            .find(|(reader, names, _)| *reader == program && names.contains(&name));
        if is_same == explained.is_some() {
            let only_ours: Vec<_> = ours.difference(&theirs).take(3).collect();
            let only_theirs: Vec<_> = theirs.difference(&ours).take(3).collect();
            let text = format!("{program} on {name}: only {only_ours:?} against {only_theirs:?}");
            return Err(text.into());
        }
    }
    Ok(())
}

/// All names and values that are read, those of changes too, but for controls.
fn ours(ldif: &[u8]) -> Lines {
    let mut lines = Lines::new();
    let mut add = |name: &str, value: &[u8]| {
        if name != "control" {
            lines.insert((name.to_ascii_lowercase(), value.escape_ascii().to_string()));
        }
    };
    let attribute = |add: &mut dyn FnMut(&str, &[u8]), it: Attribute<'_>| {
        if let Ok(value) = it.value().to_cow() {
            add(&it.description().as_text().to_string(), &value);
        }
    };
    for record in Records::new(ldif, Rules::LENIENT).flatten() {
        if let Some(dn) = record.dn() {
            add("dn", &dn.to_cow().unwrap());
        }
        if let Some(word) = record.change_type() {
            add("changetype", &word.to_cow().unwrap());
        }
        match record.body() {
            Body::Content(it) | Body::Add(it) | Body::WithoutDn(it) | Body::Trailer(it) => {
                it.flatten().for_each(|it| attribute(&mut add, it));
            }
            Body::Modify(modifications) => {
                for modification in modifications.flatten() {
                    let word = match modification.operation() {
                        Operation::Add => "add",
                        Operation::Delete => "delete",
                        Operation::Replace => "replace",
                        _ => "increment",
                    };
                    add(word, &modification.description().as_text().to_cow());
                    modification.values().flatten().for_each(|it| attribute(&mut add, it));
                }
            }
            Body::Rename(rename) => {
                add("newrdn", &rename.new_rdn().unwrap().to_cow().unwrap());
                let deletes = rename.deletes_old_rdn().unwrap();
                add("deleteoldrdn", if deletes { b"1" } else { b"0" });
                if let Some(superior) = rename.new_superior().unwrap() {
                    add("newsuperior", &superior.to_cow().unwrap());
                }
            }
            _ => {}
        }
    }
    lines
}

/// The same of another reader.
fn theirs(reader: &Value) -> Lines {
    let mut lines = Lines::new();
    let mut add = |name: &str, value: &Value| {
        // The versions are no part of a record, the ends of modifications no attributes, and controls
        // are lines here and taken apart by us.
        if !matches!(name, "version" | "-" | "control") {
            lines.insert((name.to_ascii_lowercase(), bytes(value).escape_ascii().to_string()));
        }
    };
    for record in reader["records"].as_array().unwrap() {
        if let Some(dn) = record.get("dn").filter(|dn| !dn.is_null()) {
            add("dn", dn);
        }
        for line in record["lines"].as_array().into_iter().flatten() {
            add(line[0].as_str().unwrap(), &line[1]);
        }
        for attribute in record["attributes"].as_array().into_iter().flatten() {
            for value in attribute[1].as_array().into_iter().flatten() {
                add(attribute[0].as_str().unwrap(), value);
            }
        }
    }
    lines
}

/// Decodes what the collection has in base64.
fn bytes(value: &Value) -> Vec<u8> {
    let Some(text) = value.as_str() else { return Vec::new() };
    let ldif = format!("dn:\na:: {text}\n");
    let record = Records::new(ldif.as_bytes(), Rules::STRICT).next().unwrap().unwrap();
    let Body::Content(mut attributes) = record.body() else { panic!() };
    attributes.next().unwrap().unwrap().value().to_cow().unwrap().into_owned()
}

/// Holds every value of the attribute against `ssh-keygen -l`, and returns how many are keys.
fn same_keys_as_ssh_keygen(ldif: &[u8]) -> usize {
    let mut count = 0;
    for record in Records::new(ldif, Rules::LENIENT) {
        let Body::Content(attributes) = record.unwrap().body() else { continue };
        for attribute in attributes.flatten() {
            let value = attribute.value().to_cow().unwrap();
            if !attribute.description().is(SSH_PUBLIC_KEY) {
                continue;
            }
            let mut theirs = ssh_keygen(&value);
            let parsed = Key::parse(&value);
            let ours = parsed.ok().map(|key| {
                let prefix = Prefix::parse("restrict").unwrap();
                let line = key.authorize(Policy::Replace(prefix)).unwrap().to_string();
                // It knows neither raw bytes nor bare base64, nor more spaces behind options than one.
                let is_bare = value.first() == Some(&0) || value.starts_with(b"AAAA");
                if is_bare || !key.options().is_empty() {
                    theirs = ssh_keygen(line.as_bytes());
                }
                // It reads what we write as it reads the value.
                assert_eq!(ssh_keygen(line.as_bytes()), theirs);
                let short_name = key.algorithm().short_name();
                format!("{} {} ({short_name})", key.bits(), key.fingerprint())
            });
            let is_explained = match parsed {
                Ok(_) => false,
                Err(refusal) => match refusal.reason() {
                    // It reads up to there, and of several lines each.
                    Reason::Nul | Reason::SeveralLines => true,
                    // It still knows DSA, which OpenSSH 10.0 does not, and shows certificates, which
                    // sshd does not take in a line.
                    _ => {
                        let name = value.split(|&byte| byte == b' ').next().unwrap();
                        name == b"ssh-dss" || name.ends_with(b"-cert-v01@openssh.com")
                    }
                },
            };
            if !is_explained {
                assert_eq!(ours, theirs, "line {}: {}", attribute.line(), value.escape_ascii());
            }
            count += usize::from(ours.is_some());
        }
    }
    count
}

/// What `ssh-keygen -l` says of a line, without the comment.
fn ssh_keygen(line: &[u8]) -> Option<String> {
    let mut child = Command::new("ssh-keygen")
        .args(["-l", "-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(line).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [bits, fingerprint, .., ty] => Some(format!("{bits} {fingerprint} {ty}")),
        _ => None,
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn files(directory: &Path, end: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    files.sort();
    files
}
