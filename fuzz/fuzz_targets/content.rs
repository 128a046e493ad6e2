//! Any bytes as the content of a page with a font, a form that draws itself, and states.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang::read::{Limits, read_within};
use mingzhang::repair::repair;

#[path = "../wrapper.rs"]
mod wrapper;

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources 6 0 R >>";
const RESOURCES: &str = "<< /Font << /F 5 0 R /G 7 0 R >> /XObject << /X 4 0 R /I 8 0 R >> \
    /ExtGState << /E << /ca 0.5 /LW 2 >> >> /ColorSpace << /S [/Separation /Spot /DeviceGray 9 0 R] >> >>";
const CID_FONT: &str = "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /GBK-EUC-V /DescendantFonts [<< /Type /Font \
    /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>";

fuzz_target!(|bytes: &[u8]| {
    let file = wrapper::file(&[
        wrapper::plain("<< /Type /Catalog /Pages 2 0 R >>"),
        wrapper::plain("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        wrapper::plain(PAGE),
        wrapper::stream("/Type /XObject /Subtype /Form /BBox [0 0 200 100]", bytes),
        wrapper::plain("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
        wrapper::plain(RESOURCES),
        wrapper::plain(CID_FONT),
        wrapper::stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"a"),
    ]);
    let limits = Limits { page_operators: 100_000, page_glyphs: 50_000, ..Limits::default() };
    if let Ok(raw) = read_within(&file, &limits) {
        repair(raw);
    }
});
