//! What must not link: otherwise the proof looks at nothing.

#[cfg(feature = "control-alloc")]
pub fn allocate() {
    extern crate alloc;
    crate::call::call(alloc::vec::Vec::<u8>::with_capacity, 1);
}

#[cfg(feature = "control-panic")]
pub fn panic() {
    crate::call::call(|index: usize| [0_u8; 4][index], 0);
}
