//! One JSON object per message.

use super::message::Message;
use crate::{datagram::Datagram, time::Time};
use etherparse::LaxIpSlice;
use icmp_wire::{
    Checksum, Class, Error, Evidence, Extensions, InterfaceIdentification, InterfaceRole, Label,
    Name, Object, ObjectBody, Quote, v4, v6,
};
use serde::{Serialize, Serializer};
use std::{
    fmt,
    io::{self, Write},
    net::IpAddr,
};

/// Writes the object of one message.
///
/// All fields are there in every object; one without a value is null. Text that came from the network
/// is printable ASCII: `"`, `'` and `\` stand behind a `\`, tab, carriage return and line feed are
/// `\t`, `\r` and `\n`, every other byte is `\x` and two hexadecimal digits. JSON then writes each of
/// these backslashes as two.
pub(crate) fn line(
    output: &mut impl Write,
    time: Option<Time>,
    datagram: &Datagram<'_>,
    message: &icmp_wire::Result<Message<'_>>,
) -> io::Result<()> {
    serde_json::to_writer(&mut *output, &MessageObject::of(time, datagram, message))?;
    writeln!(output)
}

#[derive(Serialize)]
struct MessageObject<'a> {
    time: Option<Time>,
    src: IpAddr,
    dst: IpAddr,
    family: &'static str,
    #[serde(rename = "type")]
    ty: Option<u8>,
    code: Option<u8>,
    reason: Option<&'static str>,
    mtu: Option<u32>,
    /// The length that the IP header declares, in bytes.
    length: usize,
    checksum: Option<ChecksumObject>,
    quote: Option<QuoteObject>,
    /// One structure at most.
    extensions: Vec<ExtensionsObject<'a>>,
    /// Why there is no quote.
    #[serde(serialize_with = "text")]
    error: Option<Error>,
}

impl<'a> MessageObject<'a> {
    fn of(
        time: Option<Time>,
        datagram: &Datagram<'a>,
        message: &icmp_wire::Result<Message<'a>>,
    ) -> Self {
        let object = Self {
            time,
            src: datagram.source,
            dst: datagram.destination,
            family: if datagram.source.is_ipv4() { "ipv4" } else { "ipv6" },
            ty: datagram.payload.first().copied(),
            code: datagram.payload.get(1).copied(),
            reason: None,
            mtu: None,
            length: datagram.payload_len,
            checksum: None,
            quote: None,
            extensions: Vec::new(),
            error: None,
        };
        let message = match message {
            Ok(message) => message,
            Err(error) => return Self { error: Some(*error), ..object },
        };
        let (reason, mtu, extensions) = match message {
            Message::V4(message) => {
                let mtu = match message.body() {
                    v4::Body::Unreachable { next_hop_mtu, .. } => next_hop_mtu,
                    _ => None,
                };
                (message.code_name(), mtu.map(|mtu| mtu.get().into()), message.extensions())
            }
            Message::V6(message) => {
                let mtu = match message.body() {
                    v6::Body::PacketTooBig { mtu } => Some(mtu),
                    _ => None,
                };
                (message.code_name(), mtu, message.extensions())
            }
        };
        let quote = match extensions {
            Some(extensions) => extensions.quote(),
            None => message.quote(),
        };
        Self {
            reason,
            mtu,
            checksum: Some(checksum(datagram, message)),
            quote: quote.ok().map(|quote| QuoteObject::of(&quote)),
            extensions: extensions
                .iter()
                .map(|extensions| ExtensionsObject::of(extensions, datagram))
                .collect(),
            error: quote.err(),
            ..object
        }
    }
}

#[derive(Serialize)]
struct ChecksumObject {
    status: &'static str,
    sent: u16,
    computed: Option<u16>,
}

impl ChecksumObject {
    fn of(status: Checksum, sent: u16) -> Self {
        let (status, computed) = match status {
            Checksum::Valid => ("valid", None),
            Checksum::Invalid { computed } => ("invalid", Some(computed)),
            Checksum::NotSent => ("not sent", None),
            Checksum::Truncated => ("truncated", None),
        };
        Self { status, sent, computed }
    }
}

/// Returns the checksum of a message. It covers all fragments of the datagram.
fn checksum(datagram: &Datagram<'_>, message: &Message<'_>) -> ChecksumObject {
    let len = datagram.payload_len;
    let (status, sent) = match (message, datagram.source, datagram.destination) {
        (Message::V4(message), ..) => (message.checksum_status(len), message.checksum()),
        (Message::V6(message), IpAddr::V6(source), IpAddr::V6(destination)) => {
            (message.checksum_status(source, destination, len), message.checksum())
        }
        (Message::V6(message), ..) => (Checksum::Truncated, message.checksum()),
    };
    ChecksumObject::of(if is_fragment(datagram) { Checksum::Truncated } else { status }, sent)
}

fn is_fragment(datagram: &Datagram<'_>) -> bool {
    LaxIpSlice::from_slice(datagram.frame.ip)
        .is_ok_and(|(datagram, _)| datagram.is_fragmenting_payload())
}

#[derive(Serialize)]
struct QuoteObject {
    src: IpAddr,
    dst: IpAddr,
    /// Behind IPv6 extension headers, if the quote reaches as far.
    protocol: u8,
    src_port: Option<u16>,
    dst_port: Option<u16>,
    declared: usize,
    present: usize,
}

impl QuoteObject {
    fn of(quote: &Quote<'_>) -> Self {
        let ports = quote.ports().ok().flatten();
        Self {
            src: quote.source(),
            dst: quote.destination(),
            protocol: quote.transport().map_or(quote.protocol(), |it| it.protocol()).0,
            src_port: ports.map(|ports| ports.source),
            dst_port: ports.map(|ports| ports.destination),
            declared: quote.declared_len(),
            present: quote.as_bytes().len(),
        }
    }
}

#[derive(Serialize)]
struct ExtensionsObject<'a> {
    evidence: &'static str,
    checksum: ChecksumObject,
    objects: Vec<ExtensionObject<'a>>,
    /// Why there are no further objects, if that is not the end of the message.
    #[serde(serialize_with = "text")]
    error: Option<Error>,
}

impl<'a> ExtensionsObject<'a> {
    fn of(extensions: &Extensions<'a>, datagram: &Datagram<'_>) -> Self {
        let status = if is_fragment(datagram) {
            Checksum::Truncated
        } else {
            extensions.checksum_status(datagram.payload_len)
        };
        let mut objects = extensions.objects();
        Self {
            evidence: match extensions.evidence() {
                Evidence::Compliant => "compliant",
                Evidence::Padded => "padded",
                Evidence::Legacy => "legacy",
                Evidence::Octets => "octets",
                _ => "given",
            },
            checksum: ChecksumObject::of(status, extensions.checksum()),
            objects: objects.by_ref().map(|object| ExtensionObject::of(&object)).collect(),
            error: objects.error(),
        }
    }
}

#[derive(Serialize)]
struct ExtensionObject<'a> {
    class: u8,
    class_name: Option<&'static str>,
    #[serde(rename = "type")]
    c_type: u8,
    type_name: Option<&'static str>,
    labels: Option<Vec<LabelObject>>,
    index: Option<u32>,
    address: Option<IpAddr>,
    #[serde(serialize_with = "text")]
    name: Option<Name<'a>>,
    mtu: Option<u32>,
    pointer: Option<u32>,
    /// What follows the header of an object of which nothing else is told.
    #[serde(serialize_with = "text")]
    data: Option<Hex<'a>>,
    /// Why it cannot be read.
    #[serde(serialize_with = "text")]
    error: Option<Error>,
}

impl<'a> ExtensionObject<'a> {
    fn of(object: &Object<'a>) -> Self {
        let raw = Self {
            class: object.class().0,
            class_name: object.class().name(),
            c_type: object.c_type(),
            type_name: type_name(object),
            labels: None,
            index: None,
            address: None,
            name: None,
            mtu: None,
            pointer: None,
            data: Some(Hex(object.data())),
            error: None,
        };
        let body = match object.body() {
            Ok(body) => body,
            Err(error) => return Self { error: Some(error), ..raw },
        };
        let read = Self { data: None, ..raw };
        match body {
            ObjectBody::LabelStack(stack) => {
                Self { labels: Some(stack.labels().map(LabelObject::of).collect()), ..read }
            }
            ObjectBody::InterfaceInformation(interface) => Self {
                index: interface.index,
                address: interface.address,
                name: interface.name,
                mtu: interface.mtu,
                ..read
            },
            ObjectBody::InterfaceIdentification(InterfaceIdentification::Name(name)) => {
                Self { name: Some(name), ..read }
            }
            ObjectBody::InterfaceIdentification(InterfaceIdentification::Index(index)) => {
                Self { index: Some(index), ..read }
            }
            ObjectBody::Pointer(pointer) => Self { pointer: Some(pointer), ..read },
            ObjectBody::NodeIdentification(node) => {
                Self { address: node.address, name: node.name, ..read }
            }
            _ => Self { data: Some(Hex(object.data())), ..read },
        }
    }
}

/// Returns IANA's name for the C-Type of an object; of interface information that for the role.
fn type_name(object: &Object<'_>) -> Option<&'static str> {
    Some(match (object.class(), object.c_type()) {
        (Class::MPLS_LABEL_STACK, 1) => "Incoming MPLS Label Stack",
        (Class::INTERFACE_INFORMATION, c_type) => return InterfaceRole(c_type >> 6).name(),
        (Class::INTERFACE_IDENTIFICATION, 1) => "Identifies Interface by Name",
        (Class::INTERFACE_IDENTIFICATION, 2) => "Identifies Interface by Index",
        (Class::INTERFACE_IDENTIFICATION, 3) => "Identifies Interface by Address",
        (Class::EXTENDED_INFORMATION, 1) => "Pointer",
        _ => return None,
    })
}

#[derive(Serialize)]
struct LabelObject {
    label: u32,
    tc: u8,
    s: bool,
    ttl: u8,
}

impl LabelObject {
    fn of(label: Label) -> Self {
        Self {
            label: label.label,
            tc: label.traffic_class,
            s: label.is_bottom_of_stack,
            ttl: label.time_to_live,
        }
    }
}

/// Bytes as hexadecimal digits.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Writes what Display writes, as a string.
fn text<S: Serializer>(
    value: &Option<impl fmt::Display>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Frame;
    use icmp_wire::{InterfaceInformation, NodeIdentification};
    use serde_json::{Value, json};
    use std::num::NonZeroU16;

    /// Returns the line of an IP datagram.
    #[track_caller]
    fn text_of(bytes: &[u8], time: Option<Time>) -> String {
        let frame = Frame::ip(bytes).unwrap();
        let datagram = Datagram::of(&frame, bytes.len()).unwrap();
        let message = Message::of(&datagram).unwrap();
        let mut output = Vec::new();
        line(&mut output, time, &datagram, &message).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[track_caller]
    fn value_of(bytes: &[u8]) -> Value {
        serde_json::from_str(&text_of(bytes, None)).unwrap()
    }

    /// From 192.0.2.1 to 198.51.100.7.
    fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
        let [high, low] =
            u16::try_from(payload.len()).unwrap().checked_add(20).unwrap().to_be_bytes();
        let header = [0x45, 0, high, low, 0, 1, 0, 0, 64, protocol, 0, 0];
        [&header[..], &[192, 0, 2, 1, 198, 51, 100, 7], payload].concat()
    }

    /// Ports 53 and 1024, and four bytes more.
    const PORTS: [u8; 8] = [0, 53, 4, 0, 0, 8, 0, 0];

    /// Time exceeded with these extension objects.
    fn with_objects(objects: &[u8]) -> Vec<u8> {
        let body = v4::Body::TimeExceeded { code: v4::TimeExceededCode::IN_TRANSIT };
        let quote = v4(17, &PORTS);
        let mut build = v4::Build::new(body, &quote);
        build.objects = objects;
        let mut message = vec![0; build.encoded_len()];
        build.encode(&mut message).unwrap();
        v4(1, &message)
    }

    #[test]
    fn every_field_is_there_and_the_time_has_nine_decimals() {
        let code = v4::UnreachableCode::FRAGMENTATION_NEEDED;
        let body = v4::Body::Unreachable { code, next_hop_mtu: NonZeroU16::new(1280) };
        let mut message = [0; 36];
        v4::Build::new(body, &v4(17, &PORTS)).encode(&mut message).unwrap();
        let time = Time::from_ticks(1_700_000_000_123_456_789, 1_000_000_000, 0);
        let sent = u16::from_be_bytes([message[2], message[3]]);
        assert_eq!(
            text_of(&v4(1, &message), time),
            format!(
                r#"{{"time":1700000000.123456789,"src":"192.0.2.1","dst":"198.51.100.7","family":"ipv4","type":3,"code":4,"reason":"Fragmentation Needed and Don't Fragment was Set","mtu":1280,"length":36,"checksum":{{"status":"valid","sent":{sent},"computed":null}},"quote":{{"src":"192.0.2.1","dst":"198.51.100.7","protocol":17,"src_port":53,"dst_port":1024,"declared":28,"present":28}},"extensions":[],"error":null}}"#
            ) + "\n"
        );
    }

    #[test]
    fn a_wrong_checksum_says_which_is_right() {
        let bytes = v4(1, &[&[4, 0, 0, 1, 0, 0, 0, 0], &v4(17, &PORTS)[..]].concat());
        let mut message = bytes[20..].to_vec();
        message[2..4].fill(0);
        let computed = icmp_wire::checksum(&message);
        let expected = json!({"status": "invalid", "sent": 1, "computed": computed});
        assert_eq!(value_of(&bytes)["checksum"], expected);
        // The first fragment of it: the others are in the sum.
        let mut fragment = bytes;
        fragment[6] = 0x20;
        let expected = json!({"status": "truncated", "sent": 1, "computed": null});
        assert_eq!(value_of(&fragment)["checksum"], expected);
    }

    #[test]
    fn what_cannot_be_read_is_null_and_the_error_says_why() {
        let cut = value_of(&v4(1, &[3, 3, 0, 0]));
        assert_eq!(
            cut,
            json!({
                "time": null, "src": "192.0.2.1", "dst": "198.51.100.7", "family": "ipv4",
                "type": 3, "code": 3, "reason": null, "mtu": null, "length": 4,
                "checksum": null, "quote": null, "extensions": [],
                "error": "ICMP header at byte 0: needed 8 bytes, found 4",
            })
        );
        let empty = value_of(&v4(1, &[]));
        assert_eq!((&empty["type"], &empty["code"]), (&Value::Null, &Value::Null));
        let unquoted = value_of(&v4(1, &[3, 3, 0, 0, 0, 0, 0, 0, 0x45, 0]));
        assert_eq!(unquoted["reason"], "Port Unreachable");
        assert_eq!(unquoted["quote"], Value::Null);
        assert_eq!(unquoted["error"], "quoted IPv4 header at byte 8: needed 20 bytes, found 2");
        // Ports that were cut are null, and those that there are none of.
        let mut quote = v4(17, &[]);
        let portless = value_of(&v4(1, &[&[3, 3, 0, 0, 0, 0, 0, 0], &quote[..]].concat()));
        assert_eq!(portless["quote"]["dst_port"], Value::Null);
        quote[9] = 50;
        quote.extend(PORTS);
        let portless = value_of(&v4(1, &[&[3, 3, 0, 0, 0, 0, 0, 0], &quote[..]].concat()));
        assert_eq!(portless["quote"]["dst_port"], Value::Null);
        assert_eq!(portless["error"], Value::Null);
    }

    #[test]
    fn evidence_is_named() {
        let object = [0, 8, 1, 1, 0x03, 0xe8, 0x11, 1];
        // The length field, in words of 4 bytes: the quote has 28 bytes, filled up to 128.
        for (length, evidence) in [(32, "compliant"), (7, "padded"), (0, "legacy"), (128, "octets")]
        {
            let mut bytes = with_objects(&object);
            bytes[20 + 5] = length;
            assert_eq!(value_of(&bytes)["extensions"][0]["evidence"], evidence, "{length}");
        }
        // A second object that is cut ends the iteration, and is told.
        let mut bytes = with_objects(&[&object[..], &object].concat());
        bytes.truncate(bytes.len() - 4);
        let value = value_of(&bytes);
        assert_eq!(value["extensions"][0]["objects"].as_array().unwrap().len(), 1);
        let error = "extension object at byte 148: needed 8 bytes, found 4";
        assert_eq!(value["extensions"][0]["error"], error);
    }

    #[test]
    fn objects_have_numbers_and_names_and_all_fields() {
        let interface = InterfaceInformation {
            role: InterfaceRole::OUTGOING,
            index: Some(7),
            address: Some([192, 0, 2, 254].into()),
            name: Some(Name(b"\"\\ge\n\xff")),
            mtu: Some(1500),
        };
        let node = NodeIdentification { address: Some([0; 16].into()), name: Some("r1".into()) };
        let labels = [0x03, 0xe8, 0x10, 1, 0x00, 0x06, 0x4b, 254];
        let mut objects = [0; 256];
        let mut len = 0;
        for object in [
            Object::new(Class::MPLS_LABEL_STACK, 1, &labels),
            Object::new(Class(200), 9, &[0xab, 0x00, 0xcd, 0x0f]),
            Object::new(Class::EXTENDED_INFORMATION, 1, &[0, 0, 1, 0]),
            Object::new(Class::INTERFACE_IDENTIFICATION, 1, b"em0\0"),
            Object::new(Class::INTERFACE_IDENTIFICATION, 2, &[0, 0, 0, 3]),
            Object::new(Class::INTERFACE_IDENTIFICATION, 3, &[0, 1, 4, 0, 192, 0, 2, 9]),
            // A stack of half an entry.
            Object::new(Class::MPLS_LABEL_STACK, 1, &[1, 2]),
        ] {
            len += object.encode(&mut objects[len..]).unwrap();
        }
        len += interface.encode(&mut objects[len..]).unwrap();
        len += node.encode(&mut objects[len..]).unwrap();
        let value = value_of(&with_objects(&objects[..len]));
        let object = |fields: Value| {
            let mut object = json!({
                "class": null, "class_name": null, "type": null, "type_name": null,
                "labels": null, "index": null, "address": null, "name": null, "mtu": null,
                "pointer": null, "data": null, "error": null,
            });
            object.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            object
        };
        assert_eq!(value["quote"]["present"], 128);
        assert_eq!(value["extensions"][0]["evidence"], "compliant");
        assert_eq!(value["extensions"][0]["checksum"]["status"], "valid");
        assert_eq!(value["extensions"][0]["error"], Value::Null);
        assert_eq!(
            value["extensions"][0]["objects"],
            json!([
                object(json!({
                    "class": 1, "class_name": "MPLS Label Stack Class",
                    "type": 1, "type_name": "Incoming MPLS Label Stack",
                    "labels": [
                        {"label": 16001, "tc": 0, "s": false, "ttl": 1},
                        {"label": 100, "tc": 5, "s": true, "ttl": 254},
                    ],
                })),
                object(json!({"class": 200, "type": 9, "data": "ab00cd0f"})),
                object(json!({
                    "class": 4, "class_name": "Extended Information",
                    "type": 1, "type_name": "Pointer", "pointer": 256,
                })),
                object(json!({
                    "class": 3, "class_name": "Interface Identification Object",
                    "type": 1, "type_name": "Identifies Interface by Name", "name": "em0",
                })),
                object(json!({
                    "class": 3, "class_name": "Interface Identification Object",
                    "type": 2, "type_name": "Identifies Interface by Index", "index": 3,
                })),
                object(json!({
                    "class": 3, "class_name": "Interface Identification Object",
                    "type": 3, "type_name": "Identifies Interface by Address",
                    "data": "00010400c0000209",
                })),
                object(json!({
                    "class": 1, "class_name": "MPLS Label Stack Class",
                    "type": 1, "type_name": "Incoming MPLS Label Stack",
                    "data": "0102",
                    "error": "MPLS label stack object at byte 196: invalid length 6",
                })),
                object(json!({
                    "class": 2, "class_name": "Interface Information Object", "type": 0x8f,
                    "type_name": "IP interface through which datagram would be forwarded",
                    "index": 7, "address": "192.0.2.254", "name": r#"\"\\ge\n\xff"#, "mtu": 1500,
                })),
                object(json!({
                    "class": 5, "class_name": "Node Identification Object",
                    "type": 6, "address": "::", "name": "r1",
                })),
            ])
        );
    }
}
