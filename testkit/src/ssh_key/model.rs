//! A key as plain fields.

use super::check_value;
use crate::ldif::base64;
use arbitrary::{Arbitrary, Result, Unstructured};
use ldif_keys::Key;

/// A value with a key, and at most one thing wrong with it.
#[derive(Clone, Debug)]
pub struct Model {
    /// The type, and the one that the key itself has.
    pub names: [&'static str; 2],
    /// The fields behind the name.
    pub fields: Vec<Vec<u8>>,
    /// Bytes behind the key.
    pub tail: Vec<u8>,
    /// How it is written: raw, as base64 alone, or as a line.
    pub form: u8,
    /// What is in front of the line.
    pub options: &'static str,
    /// What is between the words, and around them.
    pub blanks: [&'static str; 4],
    /// What is behind the key.
    pub comment: &'static str,
    /// A byte of the value that is changed to another.
    pub edit: Option<(u8, u8)>,
}

const NAMES: [&str; 10] = [
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
    "ssh-mldsa44-ed25519@openssh.com",
    "ssh-rsa",
    "ssh-dss",
];
const OPTIONS: [&str; 32] = [
    "",
    "",
    "",
    "",
    "restrict",
    "no-pty,pty",
    "command=\"echo a, b\"",
    "from=\"192.0.2.0/24,2001:db8::/32\"",
    "command=\"a \\\"b\\\" \\c\"",
    "command=\"\"",
    "environment=\"A=b c\",user-rc",
    "cert-authority,principals=\"user1,user2\"",
    "permitopen=\"192.0.2.1:80\",permitopen=\"[2001:db8::1]:*\"",
    "permitlisten=\"8080\"",
    "tunnel=\"1\"",
    "expiry-time=\"20300101\"",
    "No-Touch-Required",
    "verify-required",
    "no-verify-required,touch-required",
    "agent-forwarding,x11-forwarding,port-forwarding",
    "no-agent-forwarding",
    "no-x11-forwarding",
    ",,pty,,",
    "no-restrict",
    "ptyx",
    "pty=\"1\"",
    "command=a",
    "command",
    "command=\"a",
    "command=\"a\\\"",
    "from=\"a\",from=\"b\"",
    "command=\"\u{e9}\",pty",
];
const BLANKS: [&str; 4] = [" ", "\t", "  \t ", ""];
const COMMENTS: [&str; 16] = [
    "",
    "user1@example.com",
    "two words",
    "# number",
    "trailing ",
    "\u{e9}",
    "a\u{7f}b",
    "a\nssh-ed25519 AAAA",
    "a\rb",
    "a\0b",
    "command=\"a\"",
    "a\tb",
    "\n",
    "\r\n",
    "\n\n \t",
    "=",
];

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [name, fault, at, shape, options, comment] = <[u8; 6]>::arbitrary(u)?;
        let outer = NAMES[usize::from(name) % NAMES.len()];
        let number = |len: usize, first: u8| {
            let mut number = vec![at | 1; len];
            if let Some(byte) = number.first_mut() {
                *byte = first;
            }
            number
        };
        let point = |len: usize| number(len, 4);
        let mut fields = match outer {
            "ecdsa-sha2-nistp256" | "sk-ecdsa-sha2-nistp256@openssh.com" => {
                vec![b"nistp256".to_vec(), point(65)]
            }
            "ecdsa-sha2-nistp384" => vec![b"nistp384".to_vec(), point(97)],
            "ecdsa-sha2-nistp521" => vec![b"nistp521".to_vec(), point(133)],
            "ssh-rsa" if name < 128 => {
                vec![vec![1, 0, 1], [vec![0], number(256, 0x80 | at)].concat()]
            }
            "ssh-rsa" => {
                // Around 1024 and 16384 bits, and far from both.
                let len = [127, 128, 129, 256, 2047, 2048, 2049, 2050][usize::from(at % 8)];
                let first = [0, 1, 0x7f, 0x40][usize::from(at / 8 % 4)];
                vec![number(usize::from(at / 32), first), number(len, first)]
            }
            "ssh-mldsa44-ed25519@openssh.com" => vec![vec![at; 1344]],
            _ => vec![vec![at; 32]],
        };
        if outer.starts_with("sk-") {
            fields.push(b"ssh:".to_vec());
        }
        let mut model = Self {
            names: [outer; 2],
            fields,
            tail: vec![],
            form: shape % 4,
            options: if shape % 4 < 2 { "" } else { OPTIONS[usize::from(options % 32)] },
            blanks: [shape / 4, options / 32, comment / 16, comment / 64]
                .map(|n| BLANKS[usize::from(n % 4)]),
            comment: COMMENTS[usize::from(comment % 16)],
            edit: if shape >= 0xe0 { Some(u.arbitrary()?) } else { None },
        };
        model.break_it(fault, at);
        Ok(model)
    }
}

impl Model {
    /// Makes one thing wrong.
    fn break_it(&mut self, fault: u8, at: u8) {
        let is_of_curve = self.fields[0].starts_with(b"nistp");
        let is_rsa = self.names[0] == "ssh-rsa";
        match fault % 16 {
            0 => self.tail = vec![at; 1 + usize::from(at % 4)],
            1 => self.names[1] = NAMES[(usize::from(at) + 3) % 8],
            2 if !is_rsa => drop(self.fields.last_mut().and_then(Vec::pop)),
            3 if !is_rsa => self.fields.last_mut().unwrap().push(at),
            4 if is_of_curve => self.fields[0] = b"nistp521"[..7 + usize::from(at % 2)].into(),
            5 if is_of_curve => self.fields[1][0] = at,
            6 if is_rsa => self.fields[usize::from(at % 2)] = vec![0x80 | at; 256],
            7 => drop(self.fields.pop()),
            8 => self.fields.push(vec![]),
            _ => {}
        }
    }

    /// Writes the value.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let [outer, inner] = self.names;
        let mut blob = Vec::new();
        for field in [&inner.as_bytes().to_vec()].into_iter().chain(&self.fields) {
            blob.extend((field.len() as u32).to_be_bytes());
            blob.extend(field);
        }
        blob.extend(&self.tail);
        let text = String::from_utf8(base64(&blob)).unwrap();
        let [before, first, second, third] = self.blanks;
        let mut value = match self.form {
            0 => blob,
            1 => format!("{before}{text}{first}{}", self.comment).into_bytes(),
            _ => {
                let options = self.options;
                let gap = if options.is_empty() { "" } else { first };
                format!("{before}{options}{gap}{outer}{second}{text}{third}{}", self.comment)
                    .into_bytes()
            }
        };
        if let Some((at, byte)) = self.edit {
            let at = usize::from(at) * 7 % value.len();
            value[at] = byte;
        }
        value
    }
}

/// Holds what `ldif_keys` makes of a model against its fields.
///
/// # Panics
///
/// If they differ.
pub fn check_model(model: &Model) {
    let value = model.encode();
    check_value(&value);
    if model.edit.is_some() {
        return;
    }
    let parsed = Key::parse(&value);
    if model.names[0] != model.names[1] && model.form != 0 {
        assert!(parsed.is_err() || model.form == 1);
    }
    if !model.tail.is_empty() || model.names[1] == "ssh-dss" {
        assert!(parsed.is_err(), "{model:?}");
    }
    if let Ok(key) = parsed {
        let mut out = vec![0; key.blob().len()];
        key.blob().encode(&mut out).unwrap();
        let field = model.fields.last().unwrap();
        assert!(out.ends_with(field));
    }
}
