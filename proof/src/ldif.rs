//! Every public function of `ldif_keys`.

mod change;
mod key;
mod read;
mod write;

pub fn prove() {
    read::prove();
    change::prove();
    write::prove();
    key::prove();
}
