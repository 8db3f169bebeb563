//! OpenLDAP's reader of LDIF, through its own library. The one place with `unsafe` code.

#![expect(unsafe_code, reason = "the peer is a C library")]

use std::ffi::{c_char, c_int, c_void};

/// Sums up the lines of `ldif`, NUL-terminated: of each the lengths of name and value. `None` if
/// libldap refuses one.
///
/// It writes into what it reads.
pub(crate) fn sum(ldif: &mut [u8]) -> Option<u64> {
    assert_eq!(ldif.last(), Some(&0));
    let mut next: *mut c_char = ldif.as_mut_ptr().cast();
    let mut sum = 0;
    loop {
        // SAFETY: `next` is in a NUL-terminated buffer that is written by nobody else.
        let line = unsafe { ldif_getline(&raw mut next) };
        if line.is_null() {
            // SAFETY: it stands at a blank line, behind which the buffer goes on, or at the NUL.
            match unsafe { next.cast::<u8>().read() } {
                b'\n' => next = next.wrapping_add(1),
                _ => return Some(sum),
            }
            continue;
        }
        let (mut name, mut value) = (Value::EMPTY, Value::EMPTY);
        let mut is_owned: c_int = 0;
        // SAFETY: the pointers are to live values of the layout of `struct berval`.
        let result =
            unsafe { ldif_parse_line2(line, &raw mut name, &raw mut value, &raw mut is_owned) };
        if result != 0 {
            return None;
        }
        sum += (name.len + value.len) as u64;
        if is_owned != 0 {
            // SAFETY: libldap allocated it, and says that it is ours.
            unsafe { ber_memfree(value.bytes.cast()) };
        }
    }
}

/// `struct berval` of `lber.h`.
#[repr(C)]
struct Value {
    len: usize,
    bytes: *mut c_char,
}

impl Value {
    const EMPTY: Self = Self { len: 0, bytes: std::ptr::null_mut() };
}

// By file name: Debian has the name without a version in the development package only.
#[link(name = "libldap-2.5.so.0", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn ldif_getline(next: *mut *mut c_char) -> *mut c_char;
    fn ldif_parse_line2(
        line: *mut c_char,
        ty: *mut Value,
        value: *mut Value,
        freeval: *mut c_int,
    ) -> c_int;
}

#[link(name = "liblber-2.5.so.0", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn ber_memfree(block: *mut c_void);
}
