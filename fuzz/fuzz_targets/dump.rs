//! Any bytes as a text dump, through the whole flow.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = mingzhang::extract(bytes);
});
