#![no_main]

use testkit::{bytes::model, tlsa::check_model};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check_model(&model(data)));
