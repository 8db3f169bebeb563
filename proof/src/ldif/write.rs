//! Lines, filters and dns.

use crate::call::{call, show};
use core::fmt::{Debug, Display};

pub fn prove() {
    let (name, value) = (&b"cn"[..], &b"x y"[..]);
    let build = call(|(name, value)| ldif_keys::Build::new(name, value), (name, value));
    let base64 = ldif_keys::Content::Base64(value);
    for content in [build.value, base64, ldif_keys::Content::Url(value)] {
        let mut build = build;
        (build.value, build.wrap) = (content, None);
        let build = call(|it| it, build);
        call(ldif_keys::Build::encoded_len, &build);
        call(|(it, out)| ldif_keys::Build::encode(it, out), (&build, &mut [0; 20][..]));
        show(<ldif_keys::Build as Debug>::fmt, &build);
        show(<ldif_keys::Content as Debug>::fmt, &build.value);
    }
    let filter = call(ldif_keys::FilterValue, value);
    call(ldif_keys::FilterValue::encoded_len, &filter);
    call(|(it, out)| ldif_keys::FilterValue::encode(it, out), (&filter, &mut [0; 20][..]));
    show(<ldif_keys::FilterValue as Display>::fmt, &filter);
    show(<ldif_keys::FilterValue as Debug>::fmt, &filter);
    let dn = call(ldif_keys::DnValue, value);
    call(ldif_keys::DnValue::encoded_len, &dn);
    call(|(it, out)| ldif_keys::DnValue::encode(it, out), (&dn, &mut [0; 20][..]));
    show(<ldif_keys::DnValue as Display>::fmt, &dn);
    show(<ldif_keys::DnValue as Debug>::fmt, &dn);
}
