//! Reads what the fuzzer makes up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static FORMAT: LazyLock<String> = LazyLock::new(|| std::env::var("CLEOTP_FUZZ_FORMAT").unwrap_or_default());

const PRE_SHARED: &[u8] = include_bytes!("../../fixtures/seeds/pskc-preshared-demo.key");
const PASSPHRASE: &[u8] = include_bytes!("../../fixtures/seeds/pskc-passphrase.key");

fuzz_target!(|bytes: &[u8]| {
    cleotp::fuzzing::read_as(&FORMAT, bytes, PRE_SHARED, PASSPHRASE);
});
