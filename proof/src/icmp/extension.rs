//! Extension structures and their objects.

use crate::call::{Sink, call, show};
use core::{
    fmt::{Debug, Display},
    hash::Hash,
};

/// A structure with an MPLS label stack.
const STRUCTURE: [u8; 12] = [0x20, 0, 0, 0, 0, 8, 1, 1, 0, 1, 1, 64];

pub fn prove() {
    if let Ok(extensions) = call(icmp_wire::Extensions::parse, &STRUCTURE[..]) {
        self::extensions(extensions);
    }
    objects(call(icmp_wire::Objects::new, &STRUCTURE[4..]));
    call(
        |(objects, out)| icmp_wire::Extensions::encode(objects, out),
        (&STRUCTURE[4..], &mut [0; 20][..]),
    );
    let class = icmp_wire::Class::MPLS_LABEL_STACK;
    object(call(
        |(class, c_type, data)| icmp_wire::Object::new(class, c_type, data),
        (class, 1, &STRUCTURE[8..]),
    ));
    encode();
}

pub fn extensions(extensions: icmp_wire::Extensions<'_>) {
    call(icmp_wire::Extensions::evidence, &extensions);
    call(icmp_wire::Extensions::checksum, &extensions);
    call(
        |(extensions, len)| icmp_wire::Extensions::checksum_status(extensions, len),
        (&extensions, 12),
    );
    call(icmp_wire::Extensions::original_datagram, &extensions);
    if let Ok(quote) = call(icmp_wire::Extensions::quote, &extensions) {
        super::quote::quote(quote);
    }
    call(icmp_wire::Extensions::as_bytes, &extensions);
    call(icmp_wire::Extensions::offset, &extensions);
    call(|(a, b)| <icmp_wire::Extensions as PartialEq>::eq(a, b), (&extensions, &extensions));
    call(|view| <icmp_wire::Extensions as Hash>::hash(view, &mut Sink), &extensions);
    objects(call(icmp_wire::Extensions::objects, &extensions));
}

fn objects(mut objects: icmp_wire::Objects<'_>) {
    while let Some(object) = call(<icmp_wire::Objects as Iterator>::next, &mut objects) {
        self::object(object);
    }
    call(icmp_wire::Objects::error, &objects);
    call(icmp_wire::Objects::remainder, &objects);
}

fn object(object: icmp_wire::Object<'_>) {
    call(|(a, b)| <icmp_wire::Object as PartialEq>::eq(a, b), (&object, &object));
    call(|object| <icmp_wire::Object as Hash>::hash(object, &mut Sink), &object);
    call(icmp_wire::Object::class, &object);
    call(icmp_wire::Object::c_type, &object);
    call(icmp_wire::Object::data, &object);
    call(icmp_wire::Object::offset, &object);
    call(icmp_wire::Object::encoded_len, &object);
    call(|(object, out)| icmp_wire::Object::encode(object, out), (&object, &mut [0; 80][..]));
    let Ok(icmp_wire::ObjectBody::LabelStack(stack)) = call(icmp_wire::Object::body, &object)
    else {
        return;
    };
    show(<icmp_wire::LabelStack as Debug>::fmt, &stack);
    call(<icmp_wire::LabelStack as IntoIterator>::into_iter, stack);
    let mut labels = call(icmp_wire::LabelStack::labels, &stack);
    show(<icmp_wire::Labels as Debug>::fmt, &labels);
    call(<icmp_wire::Labels as Iterator>::size_hint, &labels);
    call(|(labels, n)| <icmp_wire::Labels as Iterator>::nth(labels, n), (&mut labels, 0));
    call(<icmp_wire::Labels as DoubleEndedIterator>::next_back, &mut labels);
    if let Some(label) = call(<icmp_wire::Labels as Iterator>::next, &mut labels) {
        call(icmp_wire::Label::to_bytes, label);
    }
}

fn encode() {
    let information = icmp_wire::InterfaceInformation {
        role: icmp_wire::InterfaceRole::INCOMING,
        index: Some(1),
        address: Some([192, 0, 2, 1].into()),
        name: Some(name()),
        mtu: Some(1500),
    };
    call(
        |(information, out)| icmp_wire::InterfaceInformation::encode(information, out),
        (&information, &mut [0; 80][..]),
    );
    let identification =
        icmp_wire::NodeIdentification { address: Some([0; 16].into()), name: Some(name()) };
    call(
        |(identification, out)| icmp_wire::NodeIdentification::encode(identification, out),
        (&identification, &mut [0; 80][..]),
    );
    let identification = icmp_wire::InterfaceIdentification::Name(name());
    call(
        |(identification, out)| icmp_wire::InterfaceIdentification::encode(identification, out),
        (&identification, &mut [0; 80][..]),
    );
}

fn name() -> icmp_wire::Name<'static> {
    call(<icmp_wire::Name as From<&str>>::from, "em0");
    let name = call(<icmp_wire::Name as From<&[u8]>>::from, &STRUCTURE[..]);
    show(<icmp_wire::Name as Display>::fmt, &name);
    show(<icmp_wire::Name as Debug>::fmt, &name);
    name
}
