//! Keys, options, and lines for sshd.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
};
use ldif_keys::Policy;

pub fn prove() {
    let value = &b"command=\"a\" ssh-ed25519 \
        AAAAC3NzaC1lZDI1NTE5AAAAIJSBmWZcKCzQvAT/OHRSg5cZyaavW5RyXxrWbfRd8mSw user1"[..];
    match call(ldif_keys::Key::parse, value) {
        Ok(it) => key(it),
        Err(it) => refusal(it),
    }
    let mut keys = call(ldif_keys::Keys::new, value);
    show(<ldif_keys::Keys as Debug>::fmt, &keys);
    call(<ldif_keys::Keys as Iterator>::next, &mut keys);
    if let Ok(quoted) = call(ldif_keys::QuotedOption::new, value) {
        show(<ldif_keys::QuotedOption as Display>::fmt, &quoted);
        show(<ldif_keys::QuotedOption as Debug>::fmt, &quoted);
    }
}

fn key(key: ldif_keys::Key<'_>) {
    let algorithm = call(ldif_keys::Key::algorithm, &key);
    call(ldif_keys::Algorithm::from_name, &b"ssh-rsa"[..]);
    call(ldif_keys::Algorithm::name, algorithm);
    call(ldif_keys::Algorithm::short_name, algorithm);
    show(<ldif_keys::Algorithm as Display>::fmt, &algorithm);
    call(ldif_keys::Key::bits, &key);
    call(ldif_keys::Key::comment, &key);
    show(<ldif_keys::Key as Debug>::fmt, &key);
    blob(call(ldif_keys::Key::blob, &key));
    options(call(ldif_keys::Key::options, &key));

    let fingerprint = call(ldif_keys::Key::fingerprint, &key);
    show(<ldif_keys::Fingerprint as Display>::fmt, &fingerprint);
    show(<ldif_keys::Fingerprint as Debug>::fmt, &fingerprint);

    call(
        <ldif_keys::Fingerprint as FromStr>::from_str,
        "SHA256:+nv2h+Vg4VhtQVQTtpMv47zdVZteL7VYfgXgTnjH6oY",
    );

    let prefix = call(ldif_keys::Prefix::parse, "restrict,command=\"a\"");
    let Ok(prefix) = prefix else { return };
    show(<ldif_keys::Prefix as Debug>::fmt, &prefix);
    let forced = [Policy::Force(prefix), Policy::Replace(prefix)];
    let others = [Policy::Refuse, Policy::Strip, Policy::Allow(&["from"])];
    for policy in forced.into_iter().chain(others) {
        let line = call(|(key, policy)| ldif_keys::Key::authorize(key, policy), (&key, policy));
        match line {
            Ok(line) => {
                call(ldif_keys::AuthorizedKey::encoded_len, &line);
                let mut out = [0; 200];
                call(|(it, out)| ldif_keys::AuthorizedKey::encode(it, out), (&line, &mut out[..]));
                show(<ldif_keys::AuthorizedKey as Display>::fmt, &line);
                show(<ldif_keys::AuthorizedKey as Debug>::fmt, &line);
            }
            Err(it) => refusal(it),
        }
    }
}

fn refusal(refusal: ldif_keys::Refusal) {
    call(ldif_keys::Refusal::offset, &refusal);
    show(<ldif_keys::Refusal as Display>::fmt, &refusal);
    let reason = call(ldif_keys::Refusal::reason, &refusal);
    call(ldif_keys::Reason::name, reason);
    show(<ldif_keys::Reason as Display>::fmt, &reason);
}

fn blob(blob: ldif_keys::Blob<'_>) {
    call(ldif_keys::Blob::len, &blob);
    call(|(blob, out)| ldif_keys::Blob::encode(blob, out), (&blob, &mut [0; 60][..]));
    call(|(blob, out)| ldif_keys::Blob::encode_base64(blob, out), (&blob, &mut [0; 60][..]));
    call(|(a, b)| <ldif_keys::Blob as PartialEq>::eq(a, b), (&blob, &blob));
    call(|(a, b)| <ldif_keys::Blob as PartialOrd>::partial_cmp(a, b), (&blob, &blob));
    call(|(a, b)| <ldif_keys::Blob as Ord>::cmp(a, b), (&blob, &blob));
    call(|(blob, state)| <ldif_keys::Blob as Hash>::hash(blob, state), (&blob, &mut Sink));
    show(<ldif_keys::Blob as Debug>::fmt, &blob);
    let mut bytes = call(ldif_keys::Blob::bytes, &blob);
    show(<ldif_keys::BlobBytes as Debug>::fmt, &bytes);
    call(<ldif_keys::BlobBytes as Iterator>::next, &mut bytes);
    call(|(bytes, n)| <ldif_keys::BlobBytes as Iterator>::nth(bytes, n), (&mut bytes, 5));
    call(<ldif_keys::BlobBytes as Iterator>::size_hint, &bytes);
}

fn options(mut options: ldif_keys::KeyOptions<'_>) {
    let mut names = call(|()| ldif_keys::KeyOption::names(), ());
    call(Iterator::next, &mut names);
    call(ldif_keys::KeyOptions::is_empty, &options);
    show(<ldif_keys::KeyOptions as Debug>::fmt, &options);
    call(|(a, b)| <ldif_keys::KeyOptions as PartialEq>::eq(a, b), (&options, &options));
    call(|(it, state)| <ldif_keys::KeyOptions as Hash>::hash(it, state), (&options, &mut Sink));
    let next = call(<ldif_keys::KeyOptions as Iterator>::next, &mut options);
    let Some(Ok(option)) = next else { return };
    call(ldif_keys::KeyOption::name, &option);
    call(ldif_keys::KeyOption::restricts, &option);
    call(ldif_keys::KeyOption::offset, &option);
    show(<ldif_keys::KeyOption as Debug>::fmt, &option);
    call(|(a, b)| <ldif_keys::KeyOption as PartialEq>::eq(a, b), (&option, &option));
    call(|(it, state)| <ldif_keys::KeyOption as Hash>::hash(it, state), (&option, &mut Sink));
    let Some(value) = call(ldif_keys::KeyOption::value, &option) else { return };
    call(ldif_keys::OptionValue::as_raw, &value);
    show(<ldif_keys::OptionValue as Debug>::fmt, &value);
    let mut bytes = call(ldif_keys::OptionValue::bytes, &value);
    call(Iterator::next, &mut bytes);
}
