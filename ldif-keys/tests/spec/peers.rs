//! Bugs of other readers, named after the right answer, and what real tools print.

use crate::{ED25519, attributes, behind_dn, err, ok};
use ldif_keys::{Body, Key, Policy, Reason, Records, Rules};

#[test]
fn a_line_that_starts_with_a_nul_is_one_error() {
    // OpenLDAP ITS#10431: it looped.
    let text = "attribute description at byte 15: unexpected byte '\\x00'";
    assert_eq!(behind_dn("\0a: x\nb: y"), [err(text), ok("b", "y")]);
}

#[test]
fn an_empty_name_is_an_error() {
    // OpenLDAP ITS#10429; curl/curl#22339 printed such lines.
    for line in [": x", ":: eA==", ":< file:///x", ":", " "] {
        let read = attributes(format!("dn: dc=a\nb: y\n#\n{line}\n"));
        if line == " " {
            assert_eq!(read, [ok("b", "y")]);
        } else {
            assert_eq!(read[1], err("attribute description at byte 16: unexpected byte ':'"));
        }
    }
}

#[test]
fn a_space_in_front_of_the_colon_is_no_part_of_the_name() {
    // OpenLDAP ITS#10390.
    assert_eq!(behind_dn("a : x\nb   : y"), [ok("a", "x"), ok("b", "y")]);
    let strict = Records::new(b"dn: dc=a\na : x\n", Rules::STRICT).next().unwrap();
    let text = "attribute description at byte 10: unexpected byte ' '";
    assert_eq!(strict.unwrap_err().to_string(), text);
}

#[test]
fn a_tab_behind_the_colon_is_a_part_of_the_value() {
    // OpenLDAP ITS#10388.
    assert_eq!(behind_dn("a:\tx"), [ok("a", "\\tx")]);
}

#[test]
fn a_cr_in_a_value_stays() {
    // libldap deletes it wherever it is.
    assert_eq!(behind_dn("a: x\ry\r\nb: z\r"), [ok("a", "x\\ry"), ok("b", "z")]);
}

#[test]
fn lines_of_4095_to_4097_bytes() {
    // OpenLDAP ITS#7859.
    for len in 4090..4100 {
        let value = "x".repeat(len);
        assert_eq!(behind_dn(&format!("a: {value}\nb: y")), [ok("a", &value), ok("b", "y")]);
    }
}

#[test]
fn a_folded_comment_swallows_a_key() {
    let ldif = format!("# x\n sshPublicKey: ssh-ed25519 {ED25519}\na: x\n");
    assert_eq!(behind_dn(&ldif), [ok("a", "x")]);
}

#[test]
fn a_fold_inside_name_base64_and_colons() {
    let lines = "sshPub\n licKey:\n : YQ\n ==\nsshPublicKey\n :: YQ==\n";
    assert_eq!(behind_dn(lines), [ok("sshPublicKey", "a"), ok("sshPublicKey", "a")]);
}

#[test]
fn similar_names_are_other_attributes() {
    let ldif = "dn: dc=a\nsshPublicKey;x-opt: 1\nSSHPUBLICKEY: 2\nsshpublickeyfoo: 3\nxsshPublicKey: 4\n\
        1.3.6.1.4.1.24552.500.1.1.1.13: 5\n";
    let Body::Content(attributes) =
        Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap().body()
    else {
        panic!()
    };
    let found: Vec<_> = attributes
        .map(|it| it.unwrap())
        .filter(|it| {
            let description = it.description();
            description.is(ldif_keys::SSH_PUBLIC_KEY)
                || description.is(ldif_keys::SSH_PUBLIC_KEY_OID)
        })
        .map(|it| it.value().as_text().to_string())
        .collect();
    assert_eq!(found, ["1", "2", "5"]);
}

#[test]
fn what_ldapsearch_prints_without_l_is_read_around() {
    // Net::LDAP::LDIF and python-ldap fail on it.
    let ldif = format!(
        "# extended LDIF\n#\n# LDAPv3\n# filter: (uid=user1)\n#\n\n# user1, example.com\n\
        dn: uid=user1,dc=example,dc=com\nsshPublicKey: ssh-ed25519 {ED25519}\n\n\
        # search reference\nref: ldap://ldap.example.com/dc=example,dc=com??sub\n\n\
        # search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 3\n# numEntries: 1\n"
    );
    let names: Vec<_> = Records::new(ldif.as_bytes(), Rules::LENIENT)
        .map(|it| it.unwrap())
        .map(|it| (it.line(), it.body().name()))
        .collect();
    assert_eq!(names, [(8, "content"), (12, "trailer"), (15, "trailer")]);
}

#[test]
fn versions_repeat_in_a_paged_search() {
    let ldif =
        "version: 1\n\ndn: dc=a\na: x\n\n# pagedresults: cookie=\nversion: 1\n\ndn: dc=b\na: y\n";
    let names: Vec<_> =
        Records::new(ldif.as_bytes(), Rules::LENIENT).map(|it| it.unwrap().body().name()).collect();
    assert_eq!(names, ["content", "content"]);
}

#[test]
fn a_key_that_openbsd_prints_with_its_line_feed_is_cut_off_from_the_entry() {
    let ldif = format!(
        "version: 1\ndn: uid=user1,dc=example,dc=com\nsshPublicKey: ssh-ed25519 {ED25519}\n\n\
        sshPublicKey: ssh-ed25519 {ED25519}\n"
    );
    let names: Vec<_> =
        Records::new(ldif.as_bytes(), Rules::LENIENT).map(|it| it.unwrap().body().name()).collect();
    assert_eq!(names, ["content", "without dn"]);
}

#[test]
fn a_key_that_lost_characters_in_a_fold_is_refused() {
    // The ldap(1) of June 2018 lost one or two at each.
    for lost in 1..68 {
        for count in 1..3 {
            let mut key = format!("ssh-ed25519 {ED25519}").into_bytes();
            let start = 12 + lost.min(68 - count);
            key.drain(start..start + count);
            assert!(Key::parse(&key).is_err(), "{count} at {lost}");
        }
    }
}

#[test]
fn active_directory_has_crlf_changetype_add_and_ranges() {
    let ldif = "dn: CN=user1,DC=example,DC=com\r\nchangetype: add\r\nmember;range=0-1: a\r\n\r\n";
    let record = Records::new(ldif.as_bytes(), Rules::LENIENT).next().unwrap().unwrap();
    assert!(matches!(record.body(), Body::Add(_)));
    assert_eq!(attributes(ldif), [ok("member;range=0-1", "a")]);
}

#[test]
fn continuations_keep_the_spaces_behind_the_first() {
    // A usual one-liner with sed removes them all.
    assert_eq!(behind_dn("a: x\n   y"), [ok("a", "x  y")]);
}

#[test]
fn changetypes_do_not_leak_to_the_next_record() {
    // go-ldap/ldif#24.
    let ldif = "dn: dc=a\nchangetype: delete\n\ndn: dc=b\na: x\n";
    let names: Vec<_> =
        Records::new(ldif.as_bytes(), Rules::LENIENT).map(|it| it.unwrap().body().name()).collect();
    assert_eq!(names, ["delete", "content"]);
}

#[test]
fn example_3_of_rfc_2849_as_printed_costs_one_value() {
    // Its continuation lines lack the space.
    let lines = "description:: V2hhdCBhIGNhcmVm\ndWwgcmVhZGVy\ncn: a";
    let expected =
        [ok("description", "What a caref"), err("colon at byte 58: missing"), ok("cn", "a")];
    assert_eq!(behind_dn(lines), expected);
}

#[test]
fn options_with_spaces_commas_and_number_signs_stay_whole() {
    // ssh-key splits them at the space, and cuts the line at the number sign.
    let options = "command=\"echo \\\"a, b\\\" # c\",from=\"192.0.2.1,2001:db8::1\"";
    let value = format!("{options} ssh-ed25519 {ED25519} d # e");
    let key = Key::parse(value.as_bytes()).unwrap();
    let line = key.authorize(Policy::Allow(&["command", "from"])).unwrap().to_string();
    assert_eq!(line, value);
    let values: Vec<Vec<u8>> =
        key.options().map(|it| it.unwrap().value().unwrap().bytes().collect()).collect();
    assert_eq!(values, [&b"echo \"a, b\" # c"[..], b"192.0.2.1,2001:db8::1"]);
}

#[test]
fn a_key_behind_a_key_type_is_no_option() {
    // sshd takes the first word for options, and knows none of that name.
    let value = format!("ssh-rsa ssh-ed25519 {ED25519}");
    assert_eq!(Key::parse(value.as_bytes()).unwrap_err().reason(), Reason::Base64);
}
