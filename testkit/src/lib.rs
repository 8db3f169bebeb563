//! One oracle and one generator per format, driven by tests, proptest and libFuzzer alike.
//!
//! Each format has a module with the same five parts:
//!
//! - `check(data)` holds every promise of the crate against arbitrary bytes and panics if one is
//!   broken;
//! - `naive`, a second decoder that reads index by index and shares no code with the crate;
//! - `Seen`, what either decoder sees, so that the two can be compared whole;
//! - `Model`, a message as plain owned fields, made from a few bytes that steer counts and lengths
//!   around the limits of the format;
//! - `check_model(model)`, which encodes a model and demands its fields back.

pub mod bytes;
pub mod icmp;
pub mod ldif;
pub mod netflow;
#[cfg(feature = "outside")]
pub mod outside;
pub mod pflog;
pub mod ssh_key;
pub mod tlsa;
