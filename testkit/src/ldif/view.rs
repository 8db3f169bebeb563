//! What `ldif_keys` sees, and what must hold of every view of it.

use super::{
    Seen, SeenAttribute, SeenBody, SeenControl, SeenModification, SeenRecord, SeenRename, SeenValue,
};
use crate::bytes::{Failure, check_error, offset_within};
use ldif_keys::{
    Attribute, Body, Control, Description, Error, Modification, Record, Records, Rename, Rules,
    Text, Value,
};
use std::fmt::Debug;

/// Returns what `ldif_keys` sees in `data`, having checked what must hold of every view of it.
///
/// # Panics
///
/// If a view contradicts itself.
#[must_use]
pub fn see(data: &[u8], rules: Rules) -> Seen {
    let view = View(data);
    let mut records = Records::new(data, rules);
    let seen = records.by_ref().map(|it| view.fine(it).map(|it| view.record(it))).collect();
    assert!(records.next().is_none(), "not fused");
    check_text(&Records::new(data, rules), data.len());
    seen
}

/// The input, for what has to be inside it.
struct View<'d>(&'d [u8]);

impl View<'_> {
    fn fine<T>(&self, result: Result<T, Error>) -> Result<T, Failure> {
        result.map_err(|error| {
            check_error(&error, self.0);
            error.into()
        })
    }

    fn line(&self, offset: usize) -> usize {
        1 + self.0[..offset].iter().filter(|&&byte| byte == b'\n').count()
    }

    fn record(&self, record: Record<'_>) -> SeenRecord {
        let (offset, line) = (record.offset(), record.line());
        assert_eq!(offset_within(record.as_bytes(), self.0), offset);
        assert_eq!(self.line(offset), line);
        for at in [offset, offset + record.as_bytes().len() / 2] {
            assert_eq!(record.line_at(at), self.line(at));
        }
        let body = match record.body() {
            body @ (Body::Content(_) | Body::WithoutDn(_) | Body::Trailer(_) | Body::Add(_)) => {
                let name = body.name();
                let (Body::Content(attributes)
                | Body::WithoutDn(attributes)
                | Body::Trailer(attributes)
                | Body::Add(attributes)) = body
                else {
                    unreachable!()
                };
                let all: Vec<_> = attributes.clone().collect();
                check_text(&attributes, record.as_bytes().len());
                let seen = all.into_iter().map(|it| self.fine(it).map(|it| self.attribute(&it)));
                SeenBody::Attributes(name, seen.collect())
            }
            Body::Modify(modifications) => {
                check_text(&modifications, record.as_bytes().len());
                let seen = modifications.map(|it| self.fine(it).map(|it| self.modification(&it)));
                SeenBody::Modify(seen.collect())
            }
            Body::Rename(rename) => SeenBody::Rename(self.rename(rename)),
            Body::Delete => SeenBody::Delete,
            Body::Unknown(value) => {
                assert_eq!(Some(value), record.change_type());
                SeenBody::Unknown
            }
            other => panic!("nobody told the oracle of {other:?}"),
        };
        check_text(&record, record.as_bytes().len());
        SeenRecord {
            offset,
            line,
            dn: record.dn().map(|dn| self.value(dn)),
            controls: record
                .controls()
                .map(|it| self.fine(it).map(|it| self.control(&it)))
                .collect(),
            change_type: record.change_type().map(|it| self.value(it)),
            body,
        }
    }

    fn attribute(&self, attribute: &Attribute<'_>) -> SeenAttribute {
        assert_eq!(attribute.line(), self.line(attribute.offset()));
        check_text(attribute, 300 + attribute.description().as_text().len());
        SeenAttribute {
            offset: attribute.offset(),
            line: attribute.line(),
            description: self.description(attribute.description()),
            value: self.value(attribute.value()),
        }
    }

    fn description(&self, description: Description<'_>) -> Vec<Vec<u8>> {
        let whole = self.text(description.as_text());
        let ty = self.text(description.ty());
        let options: Vec<_> = description.options().map(|option| self.text(option)).collect();
        let parts: Vec<Vec<u8>> = [&[ty.clone()][..], &options].concat();
        assert_eq!(parts.join(&b';'), whole);
        if let Ok(text) = std::str::from_utf8(&ty) {
            assert!(description.is(text) && description.is(&text.to_ascii_uppercase()));
            assert!(!description.is(&format!("{text}x")));
        }
        parts
    }

    fn value(&self, value: Value<'_>) -> SeenValue {
        let text = self.text(value.as_text());
        let form = match value {
            Value::Plain(_) => ":",
            Value::Base64(base64) => {
                assert_eq!(base64.as_text(), value.as_text());
                assert_eq!(base64.max_len(), value.max_len());
                "::"
            }
            Value::Url(_) => ":<",
        };
        let mut out = vec![0xee; value.max_len()];
        let bytes = self.fine(value.decode(&mut out).map(<[u8]>::to_vec));
        assert_eq!(self.fine(value.to_cow()).map(|cow| cow.into_owned()), bytes);
        if let Ok(bytes) = &bytes {
            let is_borrowed = form == ":" && value.as_text().as_slice().is_some();
            let needed = bytes.len();
            let short = value.decode(&mut out[..needed.saturating_sub(1)]).map(<[u8]>::len);
            if !is_borrowed && needed > 0 {
                let kind = short.unwrap_err().kind();
                let available = needed - 1;
                assert_eq!(kind, ldif_keys::ErrorKind::BufferTooSmall { needed, available });
            }
            assert_eq!(value.decode(&mut out[..needed]).unwrap(), bytes);
        }
        check_text(&value, 0);
        SeenValue { form, offset: value.as_text().offset(), text, bytes }
    }

    /// Returns the bytes of a text, by all ways to get them.
    fn text(&self, text: Text<'_>) -> Vec<u8> {
        let bytes: Vec<u8> = text.bytes().collect();
        assert_eq!((text.len(), text.is_empty()), (bytes.len(), bytes.is_empty()));
        assert_eq!(text.to_cow(), bytes);
        let mut out = vec![0; bytes.len()];
        assert_eq!(text.unfold(&mut out).unwrap(), bytes);
        let is_folded = text.as_raw().contains(&b'\n');
        assert_eq!(text.as_slice(), (!is_folded).then_some(&bytes[..]));
        assert!(text.eq_ignore_ascii_case(&bytes.to_ascii_uppercase()));
        assert!(!text.eq_ignore_ascii_case(&[&bytes[..], b"x"].concat()));
        assert_eq!(offset_within(text.as_raw(), self.0), text.offset());
        for index in [0, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            if let Some(&byte) = bytes.get(index) {
                assert_eq!(self.0[text.offset_at(index)], byte);
            }
        }
        for index in [bytes.len(), usize::MAX] {
            assert_eq!(text.offset_at(index), text.offset() + text.as_raw().len());
        }
        assert_eq!(text.to_string(), bytes.escape_ascii().to_string());
        bytes
    }

    fn modification(&self, modification: &Modification<'_>) -> SeenModification {
        check_text(modification, 1000);
        SeenModification {
            offset: modification.offset(),
            line: modification.line(),
            operation: modification.operation(),
            description: self.description(modification.description()),
            values: modification
                .values()
                .map(|it| self.fine(it).map(|it| self.attribute(&it)))
                .collect(),
        }
    }

    fn rename(&self, rename: Rename<'_>) -> SeenRename {
        check_text(&rename, 0);
        SeenRename {
            new_rdn: self.fine(rename.new_rdn()).map(|value| self.value(value)),
            deletes_old_rdn: self.fine(rename.deletes_old_rdn()),
            new_superior: self
                .fine(rename.new_superior())
                .map(|value| value.map(|value| self.value(value))),
        }
    }

    fn control(&self, control: &Control<'_>) -> SeenControl {
        check_text(control, control.oid().len());
        SeenControl {
            oid: self.text(control.oid()),
            is_critical: control.is_critical(),
            value: control.value().map(|value| self.value(value)),
        }
    }
}

/// Formatting never fails, and never prints a value.
fn check_text(view: &impl Debug, len: usize) {
    // A short input says all that a long one would.
    if len > 300 {
        return;
    }
    let text = format!("{view:?}");
    assert!(!text.is_empty() && text.len() < 1000 + 40 * len, "too much to say: {text}");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text:?}");
}
