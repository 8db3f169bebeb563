//! Every public function of `wire_error`.

use crate::call::{call, show};
use core::fmt::{Debug, Display};

pub fn prove() {
    let kind = call(|kind| kind, wire_error::ErrorKind::Missing);
    show(<wire_error::ErrorKind as Display>::fmt, &kind);
    show(<wire_error::ErrorKind as Debug>::fmt, &kind);

    let error = call(
        |(kind, context, offset)| wire_error::ErrorKind::at(kind, context, offset),
        (kind, "port", 20),
    );
    call(wire_error::Error::kind, &error);
    call(wire_error::Error::context, &error);
    call(wire_error::Error::offset, &error);
    call(|(error, input)| wire_error::Error::line(error, input), (&error, &b"dn: x\nb\n"[..]));
    call(|(error, base)| wire_error::Error::nested_at(error, base), (error, 20));
    show(<wire_error::Error as Display>::fmt, &error);
    show(<wire_error::Error as Debug>::fmt, &error);
}
