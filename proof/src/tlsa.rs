//! Every public function of `tlsa_match`.

mod certificate;
mod code;
mod names;
mod record;
mod set;

use core::hint::black_box;

pub fn prove() {
    code::prove();
    record::prove();
    certificate::prove();
    set::prove();
    names::prove();
}

/// Digests that may be anything: the caller's.
struct Stub;

impl tlsa_match::Hash for Stub {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        black_box(data);
        black_box([0; 32])
    }

    fn sha512(&self, data: &[u8]) -> [u8; 64] {
        black_box(data);
        black_box([0; 64])
    }
}

/// The smallest certificate that has all parts.
const CERTIFICATE: [u8; 30] = [
    0x30, 28, 0x30, 21, 2, 1, 1, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 8, 0x30, 3, 6, 1, 0x2a,
    3, 1, 0, 0x30, 0, 3, 1, 0,
];
