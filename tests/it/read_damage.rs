//! Fonts and objects that are gone or damaged: what is lost is told, and no other text is read in its place.

use mingzhang::note::NoteKind;

use crate::pdf::{PdfFile, deflate, document, kinds, text};

const SHOWN: &str = "BT /F 10 Tf 10 70 Td (12.00) Tj ET";
/// An object that no file here has.
const GONE: &str = "99 0 R";

#[test]
fn a_subset_whose_descriptor_or_program_is_gone_shows_no_other_text() {
    let bare = "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Arial /FirstChar 32 /LastChar 33 /Widths [500 500]";
    let mut file = PdfFile::new();
    let descriptor =
        file.add(&format!("<< /Type /FontDescriptor /FontName /ABCDEF+Arial /Flags 32 /FontFile2 {GONE} >>"));
    let by_descriptor = file.font("F", &format!("{bare} /FontDescriptor {descriptor} 0 R >>")).content(SHOWN);
    let without = PdfFile::new().font("F", &format!("{bare} /FontDescriptor {GONE} >>")).content(SHOWN);
    for bytes in [by_descriptor, without, PdfFile::new().font("F", &format!("{bare} >>")).content(SHOWN)] {
        let (raw, page) = document(&bytes);
        assert!(kinds(&raw).contains(&NoteKind::DamagedPage), "{:?}", raw.notes);
        assert!(!text(&page.glyphs).contains('1'), "{}", text(&page.glyphs));
    }
}

#[test]
fn a_font_without_its_descriptor_whose_encoding_tells_its_text_is_sound() {
    for entries in
        ["/Encoding /WinAnsiEncoding", "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /one] >>"]
    {
        let font = format!("<< /Type /Font /Subtype /Type1 /BaseFont /Arial {entries} /FontDescriptor {GONE} >>");
        let (raw, page) = document(&PdfFile::new().font("F", &font).content(SHOWN));
        assert_eq!(kinds(&raw), []);
        assert_eq!(text(&page.glyphs), "12.00");
    }
}

#[test]
fn a_font_whose_own_encoding_is_lost_with_its_descriptor_says_so() {
    for entries in ["", "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [49 /g17 /g18] >>"] {
        let font = format!("<< /Type /Font /Subtype /TrueType /BaseFont /Own {entries} /FontDescriptor {GONE} >>");
        let (raw, _) = document(&PdfFile::new().font("F", &font).content(SHOWN));
        assert!(kinds(&raw).contains(&NoteKind::DamagedPage), "{:?}", raw.notes);
    }
}

#[test]
fn glyph_numbers_of_a_lost_program_are_not_read_as_characters_of_a_collection() {
    let font = |program: &str, data: Option<&[u8]>| {
        let mut file = PdfFile::new();
        let stream = data.map(|data| file.add_stream(&format!("/Length1 {}", data.len()), data));
        let program = stream.map_or(program.to_owned(), |number| format!("{number} 0 R"));
        let descriptor =
            file.add(&format!("<< /Type /FontDescriptor /FontName /ABCDEF+Song /Flags 4 /FontFile2 {program} >>"));
        let cid = file.add(&format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /CIDSystemInfo << /Registry (Adobe) /Ordering \
             (GB1) /Supplement 2 >> /FontDescriptor {descriptor} 0 R >>"
        ));
        let font = format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [{cid} 0 R] >>"
        );
        file.font("F", &font).content("BT /F 10 Tf 10 70 Td <03C703C8> Tj ET")
    };
    for bytes in [font(GONE, None), font("", Some(b"no font program at all"))] {
        let (raw, page) = document(&bytes);
        assert_eq!(text(&page.glyphs), "\u{fffd}\u{fffd}");
        assert!(kinds(&raw).contains(&NoteKind::NoUnicode), "{:?}", raw.notes);
    }
}

#[test]
fn a_damaged_stream_of_objects_is_told() {
    let objects = deflate(b"90 0 91 3 42 (unused)");
    let with = |data: &[u8]| {
        let mut file = PdfFile::new().helvetica();
        file.add_stream("/Type /ObjStm /N 2 /First 10 /Filter /FlateDecode", data);
        file.content(SHOWN)
    };
    assert_eq!(kinds(&document(&with(&objects)).0), []);
    let mut damaged = objects.clone();
    *damaged.last_mut().unwrap() ^= 1;
    for bytes in [with(&damaged), with(&objects[..objects.len() - 6])] {
        assert_eq!(kinds(&document(&bytes).0), [NoteKind::DamagedFile]);
    }
}
