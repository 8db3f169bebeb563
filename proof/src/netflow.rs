//! Every public function of `netflow_v5`.

mod read;
mod sequence;
mod write;

pub fn prove() {
    read::prove();
    sequence::prove();
    write::prove();
}

/// A packet that declares two records and has one.
const PACKET: [u8; 72] = {
    let mut bytes = [7; 72];
    (bytes[0], bytes[1], bytes[2], bytes[3]) = (0, 5, 0, 2);
    bytes
};
