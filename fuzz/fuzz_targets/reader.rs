//! Any bytes, through the whole flow: no panic, no hang, no runaway memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang::pipeline::extract_within;
use mingzhang::read::Limits;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        stream_bytes: 4 << 20,
        document_bytes: 16 << 20,
        page_operators: 100_000,
        document_operators: 300_000,
        page_glyphs: 20_000,
        document_glyphs: 50_000,
        ..Limits::default()
    };
    let _ = extract_within(bytes, &limits);
});
