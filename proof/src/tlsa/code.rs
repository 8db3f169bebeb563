//! Code points, and words for what is known otherwise.

use crate::call::{call, show};
use core::fmt::{Debug, Display};

pub fn prove() {
    let usage = call(<tlsa_match::Usage as From<u8>>::from, 3);
    call(<u8 as From<tlsa_match::Usage>>::from, usage);
    call(tlsa_match::Usage::from_name, &b"DANE-EE"[..]);
    call(tlsa_match::Usage::name, usage);
    show(<tlsa_match::Usage as Display>::fmt, &usage);
    show(<tlsa_match::Usage as Debug>::fmt, &usage);

    let selector = call(<tlsa_match::Selector as From<u8>>::from, 1);
    call(<u8 as From<tlsa_match::Selector>>::from, selector);
    call(tlsa_match::Selector::from_name, &b"SPKI"[..]);
    call(tlsa_match::Selector::name, selector);
    show(<tlsa_match::Selector as Display>::fmt, &selector);
    show(<tlsa_match::Selector as Debug>::fmt, &selector);

    let matching_type = call(<tlsa_match::MatchingType as From<u8>>::from, 1);
    call(<u8 as From<tlsa_match::MatchingType>>::from, matching_type);
    call(tlsa_match::MatchingType::from_name, &b"SHA2-256"[..]);
    call(tlsa_match::MatchingType::name, matching_type);
    show(<tlsa_match::MatchingType as Display>::fmt, &matching_type);
    show(<tlsa_match::MatchingType as Debug>::fmt, &matching_type);

    let ty = call(<tlsa_match::Type as From<u16>>::from, 52);
    call(<u16 as From<tlsa_match::Type>>::from, ty);
    call(tlsa_match::Type::from_name, &b"TLSA"[..]);
    call(tlsa_match::Type::name, ty);
    show(<tlsa_match::Type as Display>::fmt, &ty);
    show(<tlsa_match::Type as Debug>::fmt, &ty);

    let class = call(<tlsa_match::Class as From<u16>>::from, 1);
    call(<u16 as From<tlsa_match::Class>>::from, class);
    call(tlsa_match::Class::from_name, &b"IN"[..]);
    call(tlsa_match::Class::name, class);
    show(<tlsa_match::Class as Display>::fmt, &class);
    show(<tlsa_match::Class as Debug>::fmt, &class);

    let dnssec = call(|state| state, tlsa_match::Dnssec::Secure);
    call(tlsa_match::Dnssec::name, dnssec);
    show(<tlsa_match::Dnssec as Display>::fmt, &dnssec);

    call(|()| <tlsa_match::Profile as Default>::default(), ());
    call(|()| <tlsa_match::Limits as Default>::default(), ());
}
