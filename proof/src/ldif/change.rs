//! Change records.

use super::read;
use crate::call::{call, show};
use core::fmt::Debug;
use ldif_keys::{Body, Rules};

pub fn prove() {
    let ldif = &b"dn: dc=a\nchangetype: modify\nadd: a\na: x\n-\n"[..];
    let Some(Ok(record)) = ldif_keys::Records::new(ldif, call(|it| it, Rules::LENIENT)).next()
    else {
        return;
    };
    match call(ldif_keys::Record::body, &record) {
        Body::Modify(it) => modifications(it),
        Body::Rename(it) => rename(it),
        _ => {}
    }
}

pub fn modifications(mut modifications: ldif_keys::Modifications<'_>) {
    show(<ldif_keys::Modifications as Debug>::fmt, &modifications);
    let next = call(<ldif_keys::Modifications as Iterator>::next, &mut modifications);
    let Some(Ok(modification)) = next else { return };
    call(ldif_keys::Modification::operation, &modification);
    call(ldif_keys::Modification::line, &modification);
    call(ldif_keys::Modification::offset, &modification);
    show(<ldif_keys::Modification as Debug>::fmt, &modification);
    read::description(call(ldif_keys::Modification::description, &modification));
    let mut values = call(ldif_keys::Modification::values, &modification);
    show(<ldif_keys::Values as Debug>::fmt, &values);
    if let Some(Ok(it)) = call(<ldif_keys::Values as Iterator>::next, &mut values) {
        read::attribute(it);
    }
}

pub fn rename(rename: ldif_keys::Rename<'_>) {
    call(ldif_keys::Rename::new_rdn, &rename);
    call(ldif_keys::Rename::deletes_old_rdn, &rename);
    call(ldif_keys::Rename::new_superior, &rename);
    show(<ldif_keys::Rename as Debug>::fmt, &rename);
}

pub fn controls(mut controls: ldif_keys::Controls<'_>) {
    show(<ldif_keys::Controls as Debug>::fmt, &controls);
    let next = call(<ldif_keys::Controls as Iterator>::next, &mut controls);
    let Some(Ok(control)) = next else { return };
    call(ldif_keys::Control::oid, &control);
    call(ldif_keys::Control::is_critical, &control);
    call(ldif_keys::Control::value, &control);
    show(<ldif_keys::Control as Debug>::fmt, &control);
}
