//! Any bytes as a picture that a page shows, in each packing, and as pixels among which lines are looked for.

#![no_main]

use std::path::Path;
use std::time::Instant;

use libfuzzer_sys::fuzz_target;
use mingzhang::read::scan::{Ocr, Raster, Scan};
use mingzhang::read::{Limits, read_scans};

#[path = "../wrapper.rs"]
mod wrapper;

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>";
const PACKINGS: [&str; 6] = [
    "/Filter /DCTDecode /ColorSpace /DeviceRGB /BitsPerComponent 8",
    "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 64 >> /ColorSpace /DeviceGray /BitsPerComponent 1",
    "/Filter /JBIG2Decode /ColorSpace /DeviceGray /BitsPerComponent 1",
    "/Filter /JPXDecode",
    "/ColorSpace [/Indexed /DeviceRGB 3 <000000ffffff00ff00ff0000>] /BitsPerComponent 2",
    "/ImageMask true /BitsPerComponent 1 /Decode [1 0]",
];

fuzz_target!(|bytes: &[u8]| {
    let [kind, width, rest @ ..] = bytes else { return };
    let width = usize::from(*width).max(1);
    let packing = PACKINGS[usize::from(*kind) % PACKINGS.len()];
    let image = format!("/Type /XObject /Subtype /Image /Width {width} /Height 64 {packing}");
    let file = wrapper::file(&[
        wrapper::plain("<< /Type /Catalog /Pages 2 0 R >>"),
        wrapper::plain("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        wrapper::plain(PAGE),
        wrapper::stream("", b"200 0 0 100 0 0 cm /I Do"),
        wrapper::stream(&image, rest),
    ]);
    // Pictures are decoded before it turns out that there is no model.
    if let Ok(ocr) = Ocr::new(Path::new("no-models")) {
        let _ = read_scans(&file, &Limits::default(), Some(&ocr));
    }
    let channels = if kind % 2 == 0 { 1 } else { 3 };
    let height = rest.len() / (width * channels);
    let pixels = rest[..width * height * channels].to_vec();
    let raster = Raster { width, height, channels, pixels };
    let _ = Scan { raster, scale: 1.0 + f32::from(*kind) / 64.0, font: 0, deadline: Instant::now() }.rulings();
});
