//! Links only if no public function of the crates has a panic path, allocates, or needs std.

#![no_std]
#![no_main]

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
compile_error!("the proof starts and ends by Linux's x86-64 conventions");

mod call;
mod control;
mod error;
mod icmp;
mod ldif;
mod netflow;
mod pflog;
mod tlsa;

use core::{arch::global_asm, panic::PanicInfo};

global_asm!(include_str!("start.s"), prove = sym prove);

extern "C" fn prove() {
    error::prove();
    icmp::prove();
    ldif::prove();
    netflow::prove();
    pflog::prove();
    tlsa::prove();
    #[cfg(feature = "control-alloc")]
    control::allocate();
    #[cfg(feature = "control-panic")]
    control::panic();
}

// SAFETY: declared and defined nowhere. A program that could call it does not link.
unsafe extern "C" {
    fn a_panic_path_survived() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: never runs, since a program that contains this call does not link.
    unsafe { a_panic_path_survived() }
}
