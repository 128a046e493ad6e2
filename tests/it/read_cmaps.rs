//! The ladder from codes to characters: predefined and embedded CMaps, and embedded fonts read backwards.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use mingzhang::read::{Direction, UnicodeSource};

use crate::pdf::{PdfFile, document, page, text};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn show(bytes: &[u8]) -> String {
    format!("BT /F 10 Tf 100 80 Td <{}> Tj ET", hex(bytes))
}

/// Text in a multi-byte character set.
fn legacy(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy);
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn utf32(text: &str) -> Vec<u8> {
    text.chars().flat_map(|ch| (ch as u32).to_be_bytes()).collect()
}

/// CMaps without the letter of their direction, the collection, and the bytes of a text.
fn predefined() -> Vec<(&'static str, &'static str, &'static str, Vec<u8>)> {
    let mut out = Vec::new();
    let mut add = |names: &[&'static str], collection: &'static str, text: &'static str, bytes: Vec<u8>| {
        out.extend(names.iter().map(|name| (*name, collection, text, bytes.clone())));
    };
    let simplified = "预算1,2";
    add(&["GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K"], "GB1", simplified, legacy(GBK, simplified));
    add(&["UniGB-UCS2", "UniGB-UTF16"], "GB1", simplified, utf16(simplified));
    add(&["UniGB-UTF8"], "GB1", simplified, simplified.as_bytes().to_vec());
    add(&["UniGB-UTF32"], "GB1", simplified, utf32(simplified));
    let traditional = "預算12";
    add(&["B5pc", "ETen-B5", "ETenms-B5", "HKscs-B5"], "CNS1", traditional, legacy(BIG5, traditional));
    add(&["UniCNS-UCS2", "UniCNS-UTF16"], "CNS1", traditional, utf16(traditional));
    let japanese = "予算";
    add(&["83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ"], "Japan1", japanese, legacy(SHIFT_JIS, japanese));
    add(&["EUC"], "Japan1", japanese, legacy(EUC_JP, japanese));
    // The plain 7-bit codes of the same set.
    add(&[""], "Japan1", japanese, legacy(EUC_JP, japanese).iter().map(|byte| byte & 0x7f).collect());
    add(&["UniJIS-UCS2", "UniJIS-UTF16"], "Japan1", japanese, utf16(japanese));
    let korean = "예산12";
    add(&["KSC-EUC", "KSCms-UHC"], "Korea1", korean, legacy(EUC_KR, korean));
    add(&["UniKS-UCS2", "UniKS-UTF16"], "Korea1", korean, utf16(korean));
    out
}

/// Text that is shown in a font whose ToUnicode map gives these characters for the codes from 1 on.
fn mapped(characters: &str) -> String {
    let pairs: Vec<String> =
        characters.chars().zip(1..).map(|(ch, code)| format!("<{code:04x}> <{:04x}>\n", ch as u32)).collect();
    let n = pairs.len();
    let map = format!(
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n{n} beginbfchar\n{}endbfchar\n",
        pairs.concat()
    );
    let mut file = PdfFile::new();
    let map = file.add_stream("", map.as_bytes());
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimHei /Encoding /Identity-H /ToUnicode {map} 0 R /DescendantFonts \
         [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimHei /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> >>] >>"
    );
    let codes: Vec<u8> = (1..=n as u16).flat_map(u16::to_be_bytes).collect();
    text(&page(&file.font("F", &font).content(&show(&codes))).glyphs)
}

#[test]
fn a_map_that_makes_gibberish_is_not_believed() {
    assert_eq!(mapped("N1oÿ¯½ßþûïN算"), "\u{fffd}".repeat(12));
    for sound in ["Größe café ÿ", "预算¥±×÷½1²", "año niño ¿qué? ¡sí!"] {
        assert_eq!(mapped(sound), sound);
    }
}

#[test]
fn every_predefined_cmap_leads_to_the_characters() {
    /// Made for horizontal text only.
    const NEVER_VERTICAL: [&str; 3] = ["GBpc-EUC", "B5pc", "83pv-RKSJ"];
    for (name, collection, want, bytes) in predefined() {
        for (letter, direction) in [("H", Direction::Horizontal), ("V", Direction::Vertical)] {
            if letter == "V" && NEVER_VERTICAL.contains(&name) {
                continue;
            }
            let cmap = if name.is_empty() { letter.to_owned() } else { format!("{name}-{letter}") };
            let page = page(&PdfFile::new().collection_font("F", &cmap, collection).content(&show(&bytes)));
            // Vertical variants of punctuation are characters of their own in some collections.
            let got = text(&page.glyphs).replace(['︐', '，'], ",");
            assert_eq!(got, want, "{cmap}");
            assert!(page.glyphs.iter().all(|g| g.direction == direction), "{cmap}");
            assert!(page.glyphs.iter().all(|g| g.unicode_source == UnicodeSource::Cid), "{cmap}");
        }
    }
}

#[test]
fn an_embedded_cmap_builds_on_a_predefined_one() {
    let mut file = PdfFile::new();
    let cmap = file.add_stream(
        "/Type /CMap /CMapName /Own-H",
        b"/GBK-EUC-H usecmap begincmap 1 begincidchar <41> 4559 endcidchar endcmap",
    );
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding {cmap} 0 R /DescendantFonts [<< /Type /Font /Subtype \
         /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
    );
    let page = page(&file.font("F", &font).content(&show(&legacy(GBK, "预算"))));
    assert_eq!(text(&page.glyphs), "预算");
}

#[test]
fn a_to_unicode_builds_on_a_named_map() {
    let file = PdfFile::new().identity_font("F", "/Adobe-GB1-UCS2 usecmap 1 beginbfchar <0001> <5143> endbfchar");
    assert!(text(&page(&file.content(&show(&[0, 1]))).glyphs).starts_with('元'));
}

/// A TrueType file with nothing but a character map and a number of glyphs.
fn truetype(cmap: &[u8], n_glyphs: u16) -> Vec<u8> {
    let mut maxp = 0x5000_u32.to_be_bytes().to_vec();
    maxp.extend(n_glyphs.to_be_bytes());
    maxp.resize(8, 0);
    let mut cmap = cmap.to_vec();
    cmap.resize(cmap.len().next_multiple_of(4), 0);
    let mut out = b"\0\x01\0\0\0\x02\0\x20\0\x01\0\0".to_vec();
    let start = 12 + 2 * 16;
    for (tag, offset, length) in [(b"cmap", start, cmap.len()), (b"maxp", start + cmap.len(), maxp.len())] {
        out.extend(tag);
        out.extend([0; 4]);
        out.extend((offset as u32).to_be_bytes());
        out.extend((length as u32).to_be_bytes());
    }
    out.extend(cmap);
    out.extend(maxp);
    out
}

/// A character map of single-byte codes for a platform and an encoding.
fn byte_map(platform: u16, encoding: u16, codes: &[(u8, u8)]) -> Vec<u8> {
    let mut out: Vec<u8> =
        [0, 1, platform, encoding, 0, 12, 0, 262, 0].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut glyphs = [0; 256];
    codes.iter().for_each(|(code, glyph)| glyphs[usize::from(*code)] = *glyph);
    out.extend(glyphs);
    out
}

/// A file whose font `F` has two-byte codes that are glyph numbers of an embedded program.
fn embedded(program: &[u8]) -> PdfFile {
    let mut file = PdfFile::new();
    let program = file.add_stream("", program);
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype \
         /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
         /FontDescriptor << /Type /FontDescriptor /FontFile2 {program} 0 R /Flags 4 >> >>] >>"
    );
    file.font("F", &font)
}

#[test]
fn an_embedded_font_s_macintosh_map_is_read_backwards() {
    let program = truetype(&byte_map(1, 0, &[(b'A', 5), (b'z', 2), (0x8a, 3)]), 6);
    let page = page(&embedded(&program).content(&show(&[0, 5, 0, 2, 0, 3, 0, 1])));
    assert_eq!(text(&page.glyphs), "Azä\u{fffd}");
    assert_eq!(page.glyphs[0].unicode_source, UnicodeSource::Program);
}

#[test]
fn a_macintosh_map_that_only_numbers_the_glyphs_of_a_subset_means_nothing() {
    let program = truetype(&byte_map(1, 0, &[(b'!', 1), (b'"', 2), (b'#', 3)]), 4);
    let page = page(&embedded(&program).content(&show(&[0, 1, 0, 2])));
    assert_eq!(text(&page.glyphs), "\u{fffd}\u{fffd}");
}

#[test]
fn a_symbolic_font_s_macintosh_map_means_nothing_and_another_s_does() {
    for (flags, want) in [(4, "\u{fffd}"), (32, "A")] {
        let mut file = PdfFile::new();
        let program = file.add_stream("", &truetype(&byte_map(1, 0, &[(b'A', 2), (b'C', 1)]), 3));
        let font = format!(
            "<< /Type /Font /Subtype /TrueType /BaseFont /Own /FontDescriptor << /Type /FontDescriptor /FontFile2 \
             {program} 0 R /Flags {flags} >> >>"
        );
        assert_eq!(text(&page(&file.font("F", &font).content(&show(b"A"))).glyphs), want);
    }
}

#[test]
fn a_font_program_that_is_garbage_gives_no_text_and_a_note() {
    let (raw, page) = document(&embedded(b"\0\x01\0\0garbage").content(&show(&[0, 1])));
    assert_eq!(text(&page.glyphs), "\u{fffd}");
    assert!(!raw.notes.is_empty());
}
