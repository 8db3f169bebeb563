//! Records as bytes and as text.

use crate::call::{call, show};
use core::fmt::{Debug, Display};

pub fn prove() {
    if let Ok(record) = call(tlsa_match::Record::parse, &[3, 1, 1, 0xd7][..]) {
        self::record(record);
    }
    let mut buf = [0; 8];
    let text = &b"3 1 1 d7"[..];
    if let Ok(record) =
        call(|(text, buf)| tlsa_match::Record::parse_text(text, buf), (text, &mut buf[..]))
    {
        self::record(record);
    }

    let mut lines = call(tlsa_match::Lines::new, text);
    show(<tlsa_match::Lines as Debug>::fmt, &lines);
    call(tlsa_match::Lines::remainder, &lines);
    while let Some(line) = call(<tlsa_match::Lines as Iterator>::next, &mut lines) {
        call(tlsa_match::Lines::offset, &lines);
        let Ok(entry) = call(tlsa_match::Entry::parse, line) else { continue };
        show(<tlsa_match::Entry as Debug>::fmt, &entry);
        let mut buf = [0; 8];
        let record =
            call(|(entry, buf)| tlsa_match::Entry::record(entry, buf), (&entry, &mut buf[..]));
        if let Ok(record) = record {
            self::record(record);
        }
    }
}

fn record(record: tlsa_match::Record<'_>) {
    let profile = call(|profile| profile, tlsa_match::Profile::SMTP);
    let unusable = call(
        |(record, profile)| tlsa_match::Record::unusable(record, profile),
        (&record, &profile),
    );
    if let Some(unusable) = unusable {
        show(<tlsa_match::Unusable as Display>::fmt, &unusable);
    }
    call(tlsa_match::Record::encoded_len, &record);
    call(|(record, out)| tlsa_match::Record::encode(record, out), (&record, &mut [0; 9][..]));
    let mnemonics = call(tlsa_match::Record::mnemonics, record);
    let generic = call(tlsa_match::Record::generic, record);
    let hex = call(tlsa_match::Hex, record.data);
    show(<tlsa_match::Record as Display>::fmt, &record);
    show(<tlsa_match::Record as Debug>::fmt, &record);
    show(<tlsa_match::Mnemonics as Display>::fmt, &mnemonics);
    show(<tlsa_match::Generic as Display>::fmt, &generic);
    show(<tlsa_match::Hex as Display>::fmt, &hex);
    show(<tlsa_match::Hex as Debug>::fmt, &hex);
}
