//! Certificates, requests and keys.

use super::{CERTIFICATE, Stub};
use crate::call::{call, show};
use core::fmt::Debug;

pub fn prove() {
    let Ok(certificate) = call(tlsa_match::Certificate::parse, &CERTIFICATE[..]) else { return };
    call(tlsa_match::Certificate::as_bytes, &certificate);
    show(<tlsa_match::Certificate as Debug>::fmt, &certificate);
    let association = call(
        |(certificate, selector, matching_type)| {
            tlsa_match::Certificate::association(certificate, selector, matching_type, &Stub)
        },
        (&certificate, tlsa_match::Selector(1), tlsa_match::MatchingType(1)),
    );
    if let Some(association) = association {
        call(tlsa_match::Association::as_bytes, &association);
        show(<tlsa_match::Association as Debug>::fmt, &association);
    }
    public_key(call(tlsa_match::Certificate::public_key, &certificate));

    if let Ok(key) = call(tlsa_match::PublicKey::parse, &CERTIFICATE[15..25]) {
        public_key(key);
    }
    let Ok(request) = call(tlsa_match::Request::parse, &CERTIFICATE[..]) else { return };
    call(tlsa_match::Request::as_bytes, &request);
    call(tlsa_match::Request::public_key, &request);
    show(<tlsa_match::Request as Debug>::fmt, &request);
}

fn public_key(key: tlsa_match::PublicKey<'_>) {
    call(tlsa_match::PublicKey::as_bytes, &key);
    show(<tlsa_match::PublicKey as Debug>::fmt, &key);
    call(
        |(key, matching_type)| tlsa_match::PublicKey::association(key, matching_type, &Stub),
        (&key, tlsa_match::MatchingType(1)),
    );
}
