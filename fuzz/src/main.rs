//! Reads what the fuzzer makes up, as the format that `CLEOTP_FUZZ_FORMAT` names, or as what it is found to be.
//!
//! Two other works are done in place of that, since all of one build must be linked with the fuzzer: `CLEOTP_FUZZ_FORMATS` tells the
//! names of the formats, `CLEOTP_FUZZ_IMPORTS` imports so many damaged fixtures.
#![no_main]

mod imports;

use libfuzzer_sys::fuzz_target;
use std::env::var;
use std::process::exit;
use std::sync::LazyLock;

static FORMAT: LazyLock<String> = LazyLock::new(|| var("CLEOTP_FUZZ_FORMAT").unwrap_or_default());

const PRE_SHARED: &[u8] = include_bytes!("../../fixtures/seeds/pskc-preshared-demo.key");
const PASSPHRASE: &[u8] = include_bytes!("../../fixtures/seeds/pskc-passphrase.key");

fuzz_target!(
    init: {
        if var("CLEOTP_FUZZ_FORMATS").is_ok() {
            cleotp::fuzzing::formats().for_each(|format| println!("{format}"));
            exit(0);
        }
        if let Ok(number) = var("CLEOTP_FUZZ_IMPORTS") {
            let seed = var("CLEOTP_FUZZ_SEED").map_or(0, |seed| seed.parse().expect("a number"));
            imports::run(number.parse().expect("a number of files"), seed);
            exit(0);
        }
    },
    |bytes: &[u8]| {
        cleotp::fuzzing::read_as(&FORMAT, bytes, PRE_SHARED, PASSPHRASE);
    }
);
