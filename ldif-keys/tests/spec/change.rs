//! Change records.

use ldif_keys::{Body, Operation, Record, Records, Rules};

fn first(ldif: &str) -> Record<'_> {
    Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap()
}

fn strict(ldif: &str) -> Result<(), String> {
    let record = Records::new(ldif.as_bytes(), Rules::STRICT).next().unwrap();
    record.map(drop).map_err(|error| error.to_string())
}

const MODIFY: &str = "dn: cn=a,dc=example,dc=com\n\
    changetype: modify\n\
    add: postaladdress\n\
    postaladdress: 1 $ 2\n\
    postalAddress:: MyA=\n\
    -\n\
    delete: description\n\
    -\n\
    replace: mail\n\
    mail: a@example.com\n\
    -\n\
    increment: n\n\
    n: 1\n\
    -\n";

#[test]
fn modifications_of_rfc_2849() {
    assert_eq!(strict(MODIFY), Ok(()));
    let Body::Modify(modifications) = first(MODIFY).body() else { panic!() };
    let read: Vec<_> = modifications
        .map(|it| it.unwrap())
        .map(|it| {
            let values: Vec<_> = it
                .values()
                .map(|it| it.unwrap().value().to_cow().unwrap().escape_ascii().to_string())
                .collect();
            (it.line(), it.operation(), it.description().as_text().to_string(), values)
        })
        .collect();
    let expected = [
        (3, Operation::Add, "postaladdress", &["1 $ 2", "3 "][..]),
        (7, Operation::Delete, "description", &[]),
        (9, Operation::Replace, "mail", &["a@example.com"]),
        (12, Operation::Increment, "n", &["1"]),
    ];
    assert_eq!(read.len(), 4);
    for (read, (line, operation, name, values)) in read.into_iter().zip(expected) {
        let values: Vec<String> = values.iter().map(|&it| it.into()).collect();
        assert_eq!(read, (line, operation, name.into(), values));
    }
}

#[test]
fn what_is_wrong_with_a_modification_costs_no_other() {
    let ldif = "dn: dc=a\nchangetype: modify\nadd: a\nb: x\na: y\n-\nx: a\na: y\n-\n-\nadd:: YQ==\n-\nadd: c\nc: z\n";
    let Body::Modify(modifications) = first(ldif).body() else { panic!() };
    let read: Vec<_> = modifications
        .map(|it| match it {
            Ok(it) => it
                .values()
                .map(|it| {
                    it.map_or_else(|error| error.to_string(), |it| it.value().as_text().to_string())
                })
                .collect::<Vec<_>>()
                .join(" / "),
            Err(error) => error.to_string(),
        })
        .collect();
    let expected = [
        "attribute description at byte 35: unexpected byte 'b' / y",
        "modification at byte 47: unexpected byte 'x'",
        "modification at byte 59: unexpected byte '-'",
        "modification at byte 61: unexpected byte 'a'",
        // Without a `-` at the end.
        "z",
    ];
    assert_eq!(read, expected);
    let cut = "dn: dc=a\nchangetype: modify\nadd: c\nc: z\n";
    assert_eq!(strict(cut), Err("end of modification at byte 40: missing".into()));
}

#[test]
fn values_of_a_modification_are_compared_in_any_case_and_with_their_options() {
    let ldif = "dn: dc=a\nchangetype: modify\nadd: sshpublickey;x\nsshPublic\n Key;X: y\nsshPublicKey: z\n-\n";
    let Body::Modify(mut modifications) = first(ldif).body() else { panic!() };
    let values: Vec<_> = modifications.next().unwrap().unwrap().values().collect();
    assert!(values[0].is_ok());
    assert_eq!(values[1].unwrap_err().offset(), 68);
}

#[test]
fn words_of_a_change_are_read_in_any_case() {
    for (word, name) in [
        ("add", "add"),
        ("ADD", "add"),
        ("Delete", "delete"),
        ("modify", "modify"),
        ("modrdn", "rename"),
        ("moddn", "rename"),
        ("a\n dd", "add"),
        ("", "unknown"),
        ("ad", "unknown"),
        ("add ", "unknown"),
        ("increment", "unknown"),
    ] {
        let ldif = format!("dn: dc=a\nchangetype: {word}\n");
        assert_eq!(first(&ldif).body().name(), name, "{word}");
    }
    // In base64 it is a word that nobody writes.
    assert_eq!(first("dn: dc=a\nchangetype:: YWRk\n").body().name(), "unknown");
    let strict_unknown = strict("dn: dc=a\nchangetype: x\n");
    assert_eq!(strict_unknown, Err("change type at byte 21: unexpected byte 'x'".into()));
}

#[test]
fn a_new_name() {
    let ldif =
        "dn: cn=a,dc=x\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 1\nnewsuperior: dc=y\n";
    assert_eq!(strict(ldif), Ok(()));
    let Body::Rename(rename) = first(ldif).body() else { panic!() };
    assert_eq!(*rename.new_rdn().unwrap().to_cow().unwrap(), *b"cn=b");
    assert_eq!(rename.deletes_old_rdn(), Ok(true));
    assert_eq!(*rename.new_superior().unwrap().unwrap().to_cow().unwrap(), *b"dc=y");

    let head = "dn: dc=a\nchangetype: moddn\n";
    let cases = [
        ("newrdn: cn=b\ndeleteoldrdn: 0\n", Ok(false)),
        ("", Err("newrdn at byte 27: missing")),
        ("newrdn: cn=b\n", Err("deleteoldrdn at byte 40: missing")),
        ("newrdn: cn=b\ndeleteoldrdn: 2\n", Err("deleteoldrdn at byte 54: unexpected byte '2'")),
        ("newrdn: cn=b\ndeleteoldrdn: 10\n", Err("deleteoldrdn at byte 55: unexpected byte '0'")),
        ("newrdn: cn=b\ndeleteoldrdn:\n", Err("deleteoldrdn at byte 53: missing")),
        // A URL is not opened, and in base64 it is a digit that nobody writes.
        ("newrdn: cn=b\ndeleteoldrdn:: 1\n", Err("deleteoldrdn at byte 55: missing")),
        ("newrdn: cn=b\ndeleteoldrdn:: MQ==\n", Err("deleteoldrdn at byte 55: missing")),
        ("newrdn: cn=b\ndeleteoldrdn:< 1\n", Err("deleteoldrdn at byte 55: missing")),
        ("deleteoldrdn: 1\n", Err("newrdn at byte 27: unexpected byte 'd'")),
        ("newrdn: a\ndeleteoldrdn: 1\nx: y\n", Err("newsuperior at byte 53: unexpected byte 'x'")),
        // A line that cannot be read is not one that is not there.
        (
            "newrdn: a\ndeleteoldrdn: 1\nno colon\n",
            Err("attribute description at byte 56: unexpected byte 'c'"),
        ),
        ("newrdn: a\ndeleteoldrdn: 1\nbroken\n", Err("colon at byte 59: missing")),
        (
            "newrdn: a\ndeleteoldrdn: 1\nnewsuperior: b\nc: d\n",
            Err("change record at byte 68: unexpected byte 'c'"),
        ),
    ];
    for (lines, deletes) in cases {
        let ldif = format!("{head}{lines}");
        let Body::Rename(rename) = first(&ldif).body() else { panic!() };
        let read = rename.deletes_old_rdn().map_err(|error| error.to_string());
        assert_eq!(read, deletes.map_err(Into::into), "{lines}");
        assert_eq!(strict(&ldif).is_ok(), read.is_ok(), "{lines}");
    }
}

#[test]
fn controls_in_front_of_a_change() {
    let head = "dn: dc=a\n";
    let lines = "control: 1.2.840.113556.1.4.805 true\n\
        control: 1.2.3\n\
        control:1.2.3 FALSE:x\n\
        Control: 1.2.3: y\n\
        control: 1.2\n .3 true:: eg==\n\
        control: 1.2.3 true:< file:///x\n\
        control: 1..2.true\n\
        control: .1 : x\n\
        control: \n\
        control: a\n\
        control: 1-2\n\
        control: 1.2 maybe\n\
        control: 1.2 true x\n\
        control:: MS4y\n";
    let ldif = format!("{head}{lines}changetype: delete\n");
    let record = first(&ldif);
    assert_eq!(record.body().name(), "delete");
    let read: Vec<_> = record
        .controls()
        .map(|it| it.map_err(|error| error.to_string()))
        .map(|it| {
            it.map(|it| {
                let value = it.value().map(|it| it.as_text().to_string());
                format!("{} {} {value:?}", it.oid(), it.is_critical())
            })
        })
        .collect();
    let at = |line: &str, behind: usize| ldif.find(line).unwrap() + behind;
    let wrong = [
        format!("control at byte {}: missing", at("control: \n", 9)),
        format!("control at byte {}: missing", at("control: a", 9)),
        format!("control at byte {}: unexpected byte '-'", at("1-2", 1)),
        format!("control at byte {}: unexpected byte 'm'", at("maybe", 0)),
        format!("control at byte {}: unexpected byte ' '", at("true x", 4)),
        format!("control at byte {}: missing", at("MS4y", 0)),
    ];
    let expected = [
        Ok("1.2.840.113556.1.4.805 true None"),
        Ok("1.2.3 false None"),
        Ok("1.2.3 false Some(\"x\")"),
        Ok("1.2.3 false Some(\"y\")"),
        Ok("1.2.3 true Some(\"eg==\")"),
        Ok("1.2.3 true Some(\"file:///x\")"),
        Ok("1..2. true None"),
        Ok(".1 false Some(\"x\")"),
    ];
    let expected = expected.map(|it: Result<&str, String>| it.map(String::from));
    assert_eq!(read, [&expected[..], &wrong.map(Err)].concat());
    // Strict values are of RFC 2849, those of controls too.
    for (value, at) in [(":: QQ", 31), (": \u{e9}", 30), (": a", 0)] {
        let ldif = format!("dn: dc=a\ncontrol: 1.2.3 true{value}\nchangetype: delete\n");
        let found = Records::new(ldif.as_bytes(), Rules::STRICT).next().unwrap();
        assert_eq!(found.map_or_else(|error| error.offset(), |_| 0), at, "{value}");
    }
    // Without a change they are attributes.
    let content = format!("{head}control: 1.2.3\nchange: x\n");
    assert_eq!(first(&content).body().name(), "content");
    assert_eq!(first(&content).controls().count(), 0);
    assert_eq!(crate::attributes(&content).len(), 2);
}

#[test]
fn a_deletion_has_nothing_behind_it() {
    assert_eq!(strict("dn: dc=a\nchangetype: delete\n# c\n"), Ok(()));
    assert_eq!(
        strict("dn: dc=a\nchangetype: delete\na: x\n"),
        Err("change record at byte 28: 5 trailing bytes".into())
    );
}
