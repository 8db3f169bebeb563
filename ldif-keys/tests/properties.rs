//! What holds for all bytes, for all LDIF, and for all values.

use proptest::{collection::vec, prelude::*};
use testkit::{bytes::model, ldif, ssh_key};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..200)) {
        ldif::check(&data);
        ssh_key::check(&data);
    }

    #[test]
    fn any_lines(
        lines in vec(
            prop_oneof![
                Just("dn: dc=example"), Just("DN:: ZGM9ZXhhbXBsZQ=="), Just("version: 1"),
                Just("version: 2"), Just("changetype: modify"), Just("changetype: modrdn"),
                Just("changetype: delete"), Just("changetype: x"), Just("control: 1.2 true: a"),
                Just("control: 1.2 maybe"), Just("control:1.2.3:: QQ=="), Just("add: cn"), Just("cn: a"),
                Just("cn:: QR=="), Just("cn:: QQ = ="), Just("cn:< file:///a"), Just("CN;x : a"),
                Just("-"), Just(" "), Just(" b"), Just("\tb"), Just("# c"), Just(""), Just("\r"),
                Just("newrdn: cn=a"), Just("deleteoldrdn: 1"), Just("deleteoldrdn: 01"),
                Just("newsuperior: dc=a"), Just("replace: sn"), Just("result: 0"), Just("x"),
                Just("1.2.a: b"), Just("a;;b: c"), Just("cn: \u{e9}"), Just("cn:\tb"), Just("cn:"),
                Just("\u{feff}dn: dc=b"), Just("\u{feff}"), Just("d\n \n \n \n n: dc=c"), Just("dn:: /w=="),
                Just("control: 1.2.3true"), Just("control: 1.2 : v"), Just("control: 1..2."),
                Just("control: 1.2 "), Just("newrdn:< x:y"), Just("newrdn:: w6Q="), Just("newrdn:: gA=="),
                Just("deleteoldrdn:: MQ=="), Just("newsuperior:: w6Q="), Just("newsuperior:< x:y"),
                Just("changetype: add"), Just("cn:<"), Just("cn:< x"),
            ],
            0..12,
        ),
        end in prop_oneof![Just("\n"), Just("\r\n")],
    ) {
        ldif::check(lines.join(end).as_bytes());
    }
}

proptest! {
    // Some rules take a few thousand of them to be met.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

    #[test]
    fn any_ldif(seed in vec(any::<u8>(), 0..80)) {
        ldif::check_model(&model(&seed));
    }

    #[test]
    fn any_key(seed in vec(any::<u8>(), 0..12)) {
        ssh_key::check_model(&model(&seed));
    }
}
