//! Any bytes as an embedded CMap and as a ToUnicode map, with text that uses them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang::read::{Limits, read_within};

#[path = "../wrapper.rs"]
mod wrapper;

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R \
    /Resources << /Font << /F 5 0 R /G 6 0 R /H 7 0 R >> >> >>";
const CID_FONT: &str = "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo \
    << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>]";
const CONTENT: &[u8] = b"BT /F 9 Tf <00010002d4a4cbe3313280308130813920ff41> Tj /G 9 Tf <0001000200410142d4a4> Tj \
    /H 9 Tf <0102032041ff> Tj ET";

fuzz_target!(|bytes: &[u8]| {
    let file = wrapper::file(&[
        wrapper::plain("<< /Type /Catalog /Pages 2 0 R >>"),
        wrapper::plain("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        wrapper::plain(PAGE),
        wrapper::stream("", CONTENT),
        wrapper::plain(&format!("<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 8 0 R {CID_FONT} >>")),
        wrapper::plain(&format!("<< /Type /Font /Subtype /Type0 /BaseFont /B /Encoding /Identity-H /ToUnicode 8 0 R {CID_FONT} >>")),
        wrapper::plain("<< /Type /Font /Subtype /TrueType /BaseFont /C /ToUnicode 8 0 R >>"),
        wrapper::stream("/Type /CMap", bytes),
    ]);
    let _ = read_within(&file, &Limits::default());
});
