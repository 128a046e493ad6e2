//! The PDF file: objects in a fixed order, so that the same pages make the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::content::{self, number};
use super::font::{Subset, font};
use super::knobs::{Drawing, ToUnicode};
use super::page::Page;
use super::rng::Rng;

/// What the file names as its maker.
pub(crate) const PRODUCER: &str = "mingzhang document generator";

/// Font name; the tag is fixed, since one document has one font.
const FONT_NAME: &str = "GENERA+MingzhangTestHei";

/// Number of objects before the first page.
const N_FIXED: usize = 8;

/// Writes the pages as a PDF file.
pub(crate) fn write(pages: &[Page], drawing: &Drawing, rng: &mut Rng) -> Vec<u8> {
    let chars: BTreeSet<char> = pages.iter().flat_map(|p| &p.texts).flat_map(|t| t.text.chars()).collect();
    let subset = font().subset(&chars, drawing.to_unicode != ToUnicode::Nothing);
    let mut file = File::default();
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", N_FIXED + 1 + 2 * i)).collect();
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object(&format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()));
    let to_unicode = if drawing.to_unicode == ToUnicode::Present { " /ToUnicode 7 0 R" } else { "" };
    file.object(&format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /{FONT_NAME} /Encoding /Identity-H /DescendantFonts [4 0 R]{to_unicode} >>"
    ));
    file.object(&format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{FONT_NAME} /CIDSystemInfo << /Registry (Adobe) /Ordering \
         (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [{}] /CIDToGIDMap /Identity >>",
        widths(&subset)
    ));
    file.object(&format!(
        "<< /Type /FontDescriptor /FontName /{FONT_NAME} /Flags 4 /FontBBox [-50 -150 1050 950] /ItalicAngle 0 \
         /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /FontFile2 6 0 R >>"
    ));
    file.stream(&format!("/Length1 {}", subset.bytes.len()), subset.bytes.clone());
    file.stream("", to_unicode_cmap(&subset).into_bytes());
    file.object(&format!("<< /Producer ({PRODUCER}) >>"));
    for (i, page) in pages.iter().enumerate() {
        let turned = drawing.rotated && page.width > page.height;
        let (width, height) = if turned { (page.height, page.width) } else { (page.width, page.height) };
        file.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}]{} /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            number(width),
            number(height),
            if turned { " /Rotate 90" } else { "" },
            N_FIXED + 2 + 2 * i
        ));
        file.stream("", content::stream(page, drawing, &subset.glyph_of, rng));
    }
    file.finish(8)
}

/// Objects, numbered from 1 as they are added.
pub(crate) struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Default for File {
    fn default() -> Self {
        Self { bytes: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), offsets: Vec::new() }
    }
}

impl File {
    fn begin(&mut self) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", self.offsets.len()).into_bytes());
    }

    /// Adds an object.
    pub(crate) fn object(&mut self, body: &str) {
        self.begin();
        self.bytes.extend(format!("{body}\nendobj\n").into_bytes());
    }

    /// Adds a stream, packed.
    pub(crate) fn stream(&mut self, entries: &str, data: Vec<u8>) {
        let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), data);
        let filter = match stream.compress() {
            Ok(()) if stream.dict.has(b"Filter") => " /Filter /FlateDecode",
            _ => "",
        };
        self.packed_stream(&format!("{filter} {entries}"), &stream.content);
    }

    /// Adds a stream as it is; `entries` name its filter.
    pub(crate) fn packed_stream(&mut self, entries: &str, data: &[u8]) {
        self.begin();
        self.bytes.extend(format!("<< /Length {}{entries} >>\nstream\n", data.len()).into_bytes());
        self.bytes.extend(data);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    /// The file; `info` is the number of what names its maker, and object 1 is the catalog.
    pub(crate) fn finish(mut self, info: usize) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.offsets.len() + 1;
        let mut tail = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            let _ = writeln!(tail, "{offset:010} 00000 n ");
        }
        let _ = write!(tail, "trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend(tail.into_bytes());
        self.bytes
    }
}

/// The /W array: runs of glyphs that are not one em wide.
fn widths(subset: &Subset) -> String {
    let mut out = String::new();
    let mut open = false;
    for (glyph, advance) in subset.advances.iter().enumerate() {
        if *advance == 1000 {
            if open {
                out.push_str("] ");
            }
            open = false;
            continue;
        }
        if open {
            out.push(' ');
        } else {
            let _ = write!(out, "{glyph} [");
        }
        let _ = write!(out, "{advance}");
        open = true;
    }
    if open {
        out.push(']');
    }
    out
}

fn to_unicode_cmap(subset: &Subset) -> String {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n\
         /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let pairs: Vec<(&char, &u16)> = subset.glyph_of.iter().collect();
    for chunk in pairs.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar", chunk.len());
        for (ch, glyph) in chunk {
            let _ = writeln!(out, "<{glyph:04X}> <{:04X}>", **ch as u32);
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}
