//! `Serialize`, by way of JSON.

use crate::{FIELDS_28, FIELDS_69, FIELDS_100, MACOS, OPENBSD, big, little, old};
use pflog_wire::{Action, Direction, Family, Layout, Name, Reason};
use serde_json::{json, to_value};

#[test]
fn a_field_without_a_value_is_null() {
    let expected = json!({
        "layout": 61, "family": 2, "action": 0, "reason": 0, "interface": "en0",
        "ruleset": "logging", "rule": 0, "subrule": 174, "uid": null, "pid": null, "rule_uid": 0,
        "rule_pid": 47296, "direction": 2, "rewritten": null, "ridentifier": null, "naf": null,
        "saddr": null, "daddr": null, "sport": null, "dport": null,
    });
    assert_eq!(to_value(little(&MACOS)).unwrap(), expected);

    let expected = json!({
        "layout": 28, "family": 24, "action": 0x0102, "reason": 7,
        "interface": "abcdefghijklmnop", "ruleset": null, "rule": 0x1234, "subrule": null,
        "uid": null, "pid": null, "rule_uid": null, "rule_pid": null, "direction": 0x0203,
        "rewritten": null, "ridentifier": null, "naf": null, "saddr": null, "daddr": null,
        "sport": null, "dport": null,
    });
    assert_eq!(to_value(old(&FIELDS_28)).unwrap(), expected);
}

#[test]
fn every_field_is_its_own() {
    let expected = json!({
        "layout": 100, "family": 2, "action": 1, "reason": 0, "interface": "vio0",
        "ruleset": null, "rule": 5, "subrule": null, "uid": null, "pid": null, "rule_uid": 0,
        "rule_pid": 86916, "direction": 1, "rewritten": false, "ridentifier": null, "naf": 2,
        "saddr": "192.0.2.1", "daddr": "198.51.100.7", "sport": 41917, "dport": 23,
    });
    assert_eq!(to_value(little(&OPENBSD)).unwrap(), expected);

    let value = to_value(big(&FIELDS_69)).unwrap();
    assert_eq!((&value["uid"], &value["pid"]), (&json!(0x1819_1a1b), &json!(0x1c1d_1e1f)));
    assert_eq!(
        (&value["rule_uid"], &value["ridentifier"]),
        (&json!(0x2021_2223), &json!(0x2829_2a2b))
    );
    assert_eq!((&value["subrule"], &value["reason"]), (&json!(0x1415_1617), &json!(7)));
    let value = to_value(big(&FIELDS_100)).unwrap();
    assert_eq!((&value["rewritten"], &value["saddr"]), (&json!(true), &json!(null)));
}

#[test]
fn a_code_point_is_its_number_and_a_name_is_text() {
    assert_eq!(to_value((Layout(61), Family(30), Action(300))).unwrap(), json!([61, 30, 300]));
    assert_eq!(to_value((Reason(1), Direction(2))).unwrap(), json!([1, 2]));
    assert_eq!(to_value(Name(b"e\xffm\"")).unwrap(), "e\\xffm\\\"");
}
