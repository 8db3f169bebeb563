//! Records, attributes and values.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
};
use ldif_keys::{Body, Value};

pub fn prove() {
    let ldif = &b"dn: dc=a\ncontrol: 1.2\na: x\n y\nb:: eA==\n"[..];
    let mut records = call(
        |(ldif, rules)| ldif_keys::Records::new(ldif, rules),
        (ldif, ldif_keys::Rules::LENIENT),
    );
    call(ldif_keys::Records::complete_len, ldif);
    show(<ldif_keys::Records as Debug>::fmt, &records);
    if let Some(Ok(record)) = call(<ldif_keys::Records as Iterator>::next, &mut records) {
        self::record(record);
    }
}

fn record(record: ldif_keys::Record<'_>) {
    call(ldif_keys::Record::as_bytes, &record);
    call(ldif_keys::Record::offset, &record);
    call(ldif_keys::Record::line, &record);
    call(|(record, offset)| ldif_keys::Record::line_at(record, offset), (&record, 12));
    if let Some(dn) = call(ldif_keys::Record::dn, &record) {
        value(dn);
    }
    call(ldif_keys::Record::change_type, &record);
    call(|(a, b)| <ldif_keys::Record as PartialEq>::eq(a, b), (&record, &record));
    call(|(record, state)| <ldif_keys::Record as Hash>::hash(record, state), (&record, &mut Sink));
    show(<ldif_keys::Record as Debug>::fmt, &record);
    super::change::controls(call(ldif_keys::Record::controls, &record));
    let body = call(ldif_keys::Record::body, &record);
    call(ldif_keys::Body::name, &body);
    show(<ldif_keys::Body as Debug>::fmt, &body);
    match body {
        Body::Content(it) | Body::WithoutDn(it) | Body::Trailer(it) | Body::Add(it) => {
            attributes(it);
        }
        Body::Modify(modifications) => super::change::modifications(modifications),
        Body::Rename(rename) => super::change::rename(rename),
        _ => {}
    }
}

fn attributes(mut attributes: ldif_keys::Attributes<'_>) {
    show(<ldif_keys::Attributes as Debug>::fmt, &attributes);
    call(ldif_keys::Attributes::check, &attributes);
    if let Some(Ok(it)) = call(<ldif_keys::Attributes as Iterator>::next, &mut attributes) {
        attribute(it);
    }
}

pub fn attribute(attribute: ldif_keys::Attribute<'_>) {
    call(ldif_keys::Attribute::line, &attribute);
    call(ldif_keys::Attribute::offset, &attribute);
    call(|(a, b)| <ldif_keys::Attribute as PartialEq>::eq(a, b), (&attribute, &attribute));
    show(<ldif_keys::Attribute as Debug>::fmt, &attribute);
    description(call(ldif_keys::Attribute::description, &attribute));
    value(call(ldif_keys::Attribute::value, &attribute));
}

pub fn description(description: ldif_keys::Description<'_>) {
    text(call(ldif_keys::Description::as_text, &description));
    call(ldif_keys::Description::ty, &description);
    call(|(it, ty)| ldif_keys::Description::is(it, ty), (&description, "cn"));
    call(ldif_keys::Description::is_deleted, &description);
    show(<ldif_keys::Description as Debug>::fmt, &description);
    let mut options = call(ldif_keys::Description::options, &description);
    show(<ldif_keys::Options as Debug>::fmt, &options);
    call(<ldif_keys::Options as Iterator>::next, &mut options);
}

pub fn value(value: ldif_keys::Value<'_>) {
    call(ldif_keys::Value::as_text, &value);
    call(ldif_keys::Value::max_len, &value);
    call(
        |(value, out)| ldif_keys::Value::decode(value, out).map(|_| ()),
        (&value, &mut [0; 9][..]),
    );
    show(<ldif_keys::Value as Debug>::fmt, &value);
    if let Value::Base64(base64) = value {
        call(ldif_keys::Base64::as_text, &base64);
        call(ldif_keys::Base64::max_len, &base64);
        let mut out = [0; 9];
        call(|(it, out)| ldif_keys::Base64::decode(it, out).map(|_| ()), (&base64, &mut out[..]));
        show(<ldif_keys::Base64 as Debug>::fmt, &base64);
    }
}

fn text(text: ldif_keys::Text<'_>) {
    call(ldif_keys::Text::as_slice, &text);
    call(ldif_keys::Text::as_raw, &text);
    call(ldif_keys::Text::len, &text);
    call(ldif_keys::Text::is_empty, &text);
    call(|(it, other)| ldif_keys::Text::eq_ignore_ascii_case(it, other), (&text, &b"cn"[..]));
    call(|(it, out)| ldif_keys::Text::unfold(it, out).map(|_| ()), (&text, &mut [0; 9][..]));
    call(ldif_keys::Text::offset, &text);
    call(|(it, index)| ldif_keys::Text::offset_at(it, index), (&text, 3));
    call(|(a, b)| <ldif_keys::Text as PartialEq>::eq(a, b), (&text, &text));
    call(|(text, state)| <ldif_keys::Text as Hash>::hash(text, state), (&text, &mut Sink));
    show(<ldif_keys::Text as Display>::fmt, &text);
    show(<ldif_keys::Text as Debug>::fmt, &text);
    let mut bytes = call(ldif_keys::Text::bytes, &text);
    show(<ldif_keys::Bytes as Debug>::fmt, &bytes);
    call(<ldif_keys::Bytes as Iterator>::next, &mut bytes);
}
