//! Calls about which the optimizer can assume nothing.

use core::{
    fmt::{self, Formatter},
    hash::Hasher,
    hint::black_box,
};

/// Calls `function` on an argument and for a result that the optimizer knows nothing about: of a
/// slice not even the length, of an enum not even the variant.
pub fn call<A, R>(function: impl FnOnce(A) -> R, argument: A) -> R {
    black_box(function(black_box(argument)))
}

/// Formats `value` by `format`: plainly, padded and cut to any width and precision, and in the
/// alternate form.
pub fn show<T>(format: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result, value: &T) {
    let value = black_box(value);
    let value = fmt::from_fn(|f| format(value, f));
    // Any value that a width may have: a larger one is the caller's panic, in `format_args`.
    let (width, precision) = black_box((0_u16, 0_u16));
    let (width, precision) = (width.into(), precision.into());
    let arguments = format_args!("{value}{value:+0width$.precision$}{value:#?}");
    black_box(fmt::write(&mut Sink, arguments));
}

/// A writer that may fail and a hasher that may answer anything.
pub struct Sink;

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        black_box(Ok(()))
    }
}

impl Hasher for Sink {
    fn write(&mut self, bytes: &[u8]) {
        black_box(bytes);
    }

    fn finish(&self) -> u64 {
        black_box(0)
    }
}
