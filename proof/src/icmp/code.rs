//! Code points.

use crate::call::{call, show};
use core::fmt::{Debug, Display};

pub fn prove() {
    v4();
    v6();
    shared();
}

fn v4() {
    let code = call(<icmp_wire::v4::Type as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::Type>>::from, code);
    call(icmp_wire::v4::Type::name, code);
    show(<icmp_wire::v4::Type as Display>::fmt, &code);
    show(<icmp_wire::v4::Type as Debug>::fmt, &code);

    let code = call(<icmp_wire::v4::UnreachableCode as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::UnreachableCode>>::from, code);
    call(icmp_wire::v4::UnreachableCode::name, code);
    show(<icmp_wire::v4::UnreachableCode as Display>::fmt, &code);
    show(<icmp_wire::v4::UnreachableCode as Debug>::fmt, &code);

    let code = call(<icmp_wire::v4::RedirectCode as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::RedirectCode>>::from, code);
    call(icmp_wire::v4::RedirectCode::name, code);
    show(<icmp_wire::v4::RedirectCode as Display>::fmt, &code);
    show(<icmp_wire::v4::RedirectCode as Debug>::fmt, &code);

    let code = call(<icmp_wire::v4::TimeExceededCode as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::TimeExceededCode>>::from, code);
    call(icmp_wire::v4::TimeExceededCode::name, code);
    show(<icmp_wire::v4::TimeExceededCode as Display>::fmt, &code);
    show(<icmp_wire::v4::TimeExceededCode as Debug>::fmt, &code);

    let code = call(<icmp_wire::v4::ParameterProblemCode as From<u8>>::from, 3);
    call(<u8 as From<icmp_wire::v4::ParameterProblemCode>>::from, code);
    call(icmp_wire::v4::ParameterProblemCode::name, code);
    show(<icmp_wire::v4::ParameterProblemCode as Display>::fmt, &code);
    show(<icmp_wire::v4::ParameterProblemCode as Debug>::fmt, &code);

    call(icmp_wire::v4::Type::is_error, icmp_wire::v4::Type(3));
    call(icmp_wire::v4::Type::quotes, icmp_wire::v4::Type(3));
}

fn v6() {
    let code = call(<icmp_wire::v6::Type as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::v6::Type>>::from, code);
    call(icmp_wire::v6::Type::name, code);
    show(<icmp_wire::v6::Type as Display>::fmt, &code);
    show(<icmp_wire::v6::Type as Debug>::fmt, &code);

    let code = call(<icmp_wire::v6::UnreachableCode as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::v6::UnreachableCode>>::from, code);
    call(icmp_wire::v6::UnreachableCode::name, code);
    show(<icmp_wire::v6::UnreachableCode as Display>::fmt, &code);
    show(<icmp_wire::v6::UnreachableCode as Debug>::fmt, &code);

    let code = call(<icmp_wire::v6::TimeExceededCode as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::v6::TimeExceededCode>>::from, code);
    call(icmp_wire::v6::TimeExceededCode::name, code);
    show(<icmp_wire::v6::TimeExceededCode as Display>::fmt, &code);
    show(<icmp_wire::v6::TimeExceededCode as Debug>::fmt, &code);

    let code = call(<icmp_wire::v6::ParameterProblemCode as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::v6::ParameterProblemCode>>::from, code);
    call(icmp_wire::v6::ParameterProblemCode::name, code);
    show(<icmp_wire::v6::ParameterProblemCode as Display>::fmt, &code);
    show(<icmp_wire::v6::ParameterProblemCode as Debug>::fmt, &code);

    call(icmp_wire::v6::Type::is_error, icmp_wire::v6::Type(1));
    call(icmp_wire::v6::Type::quotes, icmp_wire::v6::Type(1));
}

fn shared() {
    let code = call(<icmp_wire::Protocol as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::Protocol>>::from, code);
    call(icmp_wire::Protocol::name, code);
    show(<icmp_wire::Protocol as Display>::fmt, &code);
    show(<icmp_wire::Protocol as Debug>::fmt, &code);

    let code = call(<icmp_wire::Class as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::Class>>::from, code);
    call(icmp_wire::Class::name, code);
    show(<icmp_wire::Class as Display>::fmt, &code);
    show(<icmp_wire::Class as Debug>::fmt, &code);

    let code = call(<icmp_wire::InterfaceRole as From<u8>>::from, 1);
    call(<u8 as From<icmp_wire::InterfaceRole>>::from, code);
    call(icmp_wire::InterfaceRole::name, code);
    show(<icmp_wire::InterfaceRole as Display>::fmt, &code);
    show(<icmp_wire::InterfaceRole as Debug>::fmt, &code);

    call(icmp_wire::Protocol::has_ports, icmp_wire::Protocol(17));
}
