//! PDF files become glyphs: one behaviour of the reader each.

use mingzhang::geom::{Placing, Rect};
use mingzhang::note::NoteKind;
use mingzhang::read::{Direction, Layer, UnicodeSource};

use crate::pdf::{PdfFile, deflate, document, kinds, near, page, text};

#[test]
fn a_glyph_stands_where_the_pen_stood_counted_from_the_top_left() {
    let page = page(&PdfFile::new().helvetica().content("BT /F 10 Tf 20 30 Td (A1) Tj ET"));
    assert_eq!((page.width, page.height), (200.0, 100.0));
    assert_eq!(text(&page.glyphs), "A1");
    let one = &page.glyphs[1];
    assert_eq!(one.origin, (26.67, 70.0));
    assert!(near(one.rect.x1, 26.67 + 5.56) && one.rect.y0 < 70.0 && one.rect.y1 > 70.0);
    assert_eq!((one.size, one.direction, one.order), (10.0, Direction::Horizontal, 1));
}

#[test]
fn spacing_scaling_rise_and_adjustments_move_the_pen() {
    let page = page(
        &PdfFile::new()
            .helvetica()
            .content("BT /F 10 Tf 1 Tc 2 Tw 50 Tz 3 Ts 1 0 0 1 10 50 Tm [(1 ) -1000 (1)] TJ 0 Ts 12 TL T* (1) Tj ET"),
    );
    let places: Vec<(f32, f32)> = page.glyphs.iter().map(|g| g.origin).collect();
    assert!(near(places[0].0, 10.0) && near(places[0].1, 47.0));
    // Half of 5.56 + 1; half of 2.78 + 1 + 2; half of 10.
    assert!(near(places[1].0, 13.28) && near(places[2].0, 13.28 + 2.89 + 5.0));
    assert!(near(places[3].0, 10.0) && near(places[3].1, 62.0));
    assert!(near(page.glyphs[0].rect.width(), 2.78));
}

#[test]
fn to_unicode_names_glyphs_and_ligatures() {
    let file = PdfFile::new().identity_font(
        "F",
        "2 beginbfchar <0001> <8d22> <0002> <00660069> endbfchar 1 beginbfrange <0003> <0004> <4e00> endbfrange",
    );
    let page = page(&file.content("BT /F 10 Tf 20 30 Td <0001000200030004> Tj ET"));
    assert_eq!(text(&page.glyphs), "财fi一丁");
    assert_eq!(page.glyphs[1].tail.as_deref().map(String::as_str), Some("i"));
    assert!(page.glyphs.iter().all(|g| g.unicode_source == UnicodeSource::ToUnicode));
    // Widths by W and DW.
    assert!(near(page.glyphs[1].origin.0, 25.0) && near(page.glyphs[3].origin.0, 40.0));
}

#[test]
fn a_to_unicode_of_controls_and_private_use_is_not_believed() {
    let file = PdfFile::new().identity_font("F", "3 beginbfchar <0001> <0000> <0002> <e123> <0003> <fffd> endbfchar");
    let (raw, page) = document(&file.content("BT /F 10 Tf 20 30 Td <000100020003> Tj ET"));
    assert_eq!(text(&page.glyphs), "\u{fffd}\u{fffd}\u{fffd}");
    let notes: Vec<&str> = raw.notes.iter().map(|n| n.message.as_str()).collect();
    assert_eq!(kinds(&raw), [NoteKind::NoUnicode, NoteKind::NoUnicode]);
    assert!(notes[1].contains("font Test"), "{notes:?}");
}

#[test]
fn named_cmaps_lead_through_the_cid_to_unicode() {
    let file = PdfFile::new().cmap_font("F", "GBK-EUC-H");
    let page = page(&file.content("BT /F 10 Tf 20 30 Td <d4a4cbe33132> Tj ET"));
    assert_eq!(text(&page.glyphs), "预算12");
    assert!(near(page.glyphs[2].origin.0, 40.0) && near(page.glyphs[3].origin.0, 45.0));
    assert!(page.glyphs.iter().all(|g| g.unicode_source == UnicodeSource::Cid));
}

#[test]
fn unicode_cmaps_are_their_own_meaning() {
    let ucs2 = page(&PdfFile::new().cmap_font("F", "UniGB-UCS2-H").content("BT /F 10 Tf 20 30 Td <51b37b97> Tj ET"));
    assert_eq!(text(&ucs2.glyphs), "决算");
    let utf16 = PdfFile::new().cmap_font("F", "UniGB-UTF16-H").content("BT /F 10 Tf 20 30 Td <6536d840dc0b> Tj ET");
    assert_eq!(text(&page(&utf16).glyphs), "收\u{2000b}");
}

#[test]
fn vertical_text_runs_down_from_its_own_origin() {
    let page = page(&PdfFile::new().cmap_font("F", "UniGB-UCS2-V").content("BT /F 10 Tf 100 80 Td <51b37b97> Tj ET"));
    assert_eq!(text(&page.glyphs), "决算");
    let [first, second] = page.glyphs.as_slice() else { panic!() };
    assert_eq!(first.direction, Direction::Vertical);
    assert!(near(first.rect.x0, 95.0) && near(first.origin.1, 28.8));
    assert!(near(second.origin.1 - first.origin.1, 10.0));
}

#[test]
fn differences_name_glyphs_by_the_adobe_list() {
    let file = PdfFile::new().font(
        "F",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Odd /FirstChar 1 /Widths [500 500 500 500] /Encoding << /Differences \
         [1 /uni5143 /four /fi /nothingknown] >> >>",
    );
    let page = page(&file.content("BT /F 10 Tf 20 30 Td <01020304> Tj ET"));
    assert_eq!(text(&page.glyphs), "元4fi\u{fffd}".replace("fi", "\u{fb01}"));
    assert_eq!(page.glyphs[0].unicode_source, UnicodeSource::Encoding);
    assert_eq!(page.glyphs[3].unicode_source, UnicodeSource::Unknown);
}

#[test]
fn a_simple_font_with_a_chinese_name_holds_gbk() {
    let font = "<< /Type /Font /Subtype /TrueType /BaseFont /SimSun /Encoding /WinAnsiEncoding >>";
    let page = page(&PdfFile::new().font("F", font).content("BT /F 10 Tf 20 30 Td <d4a4cbe33132> Tj ET"));
    assert_eq!(text(&page.glyphs), "预算12");
    assert_eq!(page.glyphs[0].unicode_source, UnicodeSource::Gbk);
    assert!(near(page.glyphs[1].origin.0, 30.0));
}

#[test]
fn bytes_alone_say_gbk_only_where_all_of_them_are_pairs() {
    let font = "<< /Type /Font /Subtype /TrueType /BaseFont /Foo /Encoding /WinAnsiEncoding >>";
    let gbk = PdfFile::new().font("F", font).content("BT /F 10 Tf 20 30 Td <d4a4cbe3> Tj ET");
    assert_eq!(text(&page(&gbk).glyphs), "预算");
    let latin = PdfFile::new().font("F", font).content("BT /F 10 Tf 20 30 Td <636166e9> Tj ET");
    assert_eq!(text(&page(&latin).glyphs), "café");
}

#[test]
fn a_turned_page_is_read_as_it_is_seen() {
    // Text turned to the left on a page turned to the right.
    let content = "BT /F 10 Tf 0 1 -1 0 150 20 Tm (AB) Tj ET";
    let page = page(&PdfFile::new().page("/Rotate 90").helvetica().content(content));
    assert_eq!((page.width, page.height), (100.0, 200.0));
    assert_eq!(page.glyphs[0].direction, Direction::Horizontal);
    assert_eq!(page.glyphs[0].origin, (20.0, 150.0));
    assert!(page.glyphs[1].origin.0 > 26.0);
}

#[test]
fn every_rotation_keeps_the_first_glyph_on_the_page() {
    for (angle, expected) in [(0, (20.0, 70.0)), (90, (30.0, 20.0)), (180, (180.0, 30.0)), (270, (70.0, 180.0))] {
        let file = PdfFile::new().page(&format!("/Rotate {angle}")).helvetica();
        let page = page(&file.content("BT /F 10 Tf 20 30 Td (A) Tj ET"));
        // The text is read upright, and stands on the page as seen where the rotation brings it.
        let (x, y) = page.glyphs[0].origin;
        let seen = Placing::seen(&page.seen, &Rect { x0: x, y0: y, x1: x, y1: y });
        assert_eq!((seen.x0, seen.y0), expected, "{angle}");
        assert_eq!(page.glyphs[0].direction, Direction::Horizontal);
    }
}

#[test]
fn the_crop_box_is_the_page() {
    let file = PdfFile::new().page("/CropBox [10 20 110 90]").helvetica();
    let page = page(&file.content("BT /F 10 Tf 20 30 Td (A) Tj 150 0 Td (B) Tj ET"));
    assert_eq!((page.width, page.height), (100.0, 70.0));
    assert_eq!(page.glyphs[0].origin, (10.0, 60.0));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("A".into(), "B".into()));
}

#[test]
fn a_user_unit_enlarges_the_page() {
    let page = page(&PdfFile::new().page("/UserUnit 2").helvetica().content("BT /F 10 Tf 20 30 Td (A) Tj ET"));
    assert_eq!((page.width, page.glyphs[0].origin, page.glyphs[0].size), (400.0, (40.0, 140.0), 20.0));
}

#[test]
fn actual_text_names_only_glyphs_that_nothing_else_names() {
    let file = PdfFile::new().identity_font("F", "1 beginbfchar <0001> <5143> endbfchar");
    let page = page(
        &file.content("BT /F 10 Tf 10 70 Td /Span << /ActualText <feff4e074e07> >> BDC <00010009> Tj EMC <0008> Tj ET"),
    );
    assert_eq!(text(&page.glyphs), "元万\u{fffd}");
    assert_eq!(page.glyphs[1].unicode_source, UnicodeSource::ActualText);
}

#[test]
fn forms_are_drawn_with_their_own_matrix_box_and_resources() {
    let mut file = PdfFile::new().helvetica();
    let form = file.add_stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Matrix [1 0 0 1 100 0]",
        b"BT /F 10 Tf 5 5 Td (in) Tj 60 0 Td (out) Tj ET 2 w",
    );
    let page = page(&file.resources(&format!("/XObject << /X {form} 0 R >>")).content("q 1 0 0 1 0 10 cm /X Do Q"));
    assert_eq!(page.glyphs[0].origin, (105.0, 85.0));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("in".into(), "out".into()));
}

#[test]
fn forms_inside_forms_without_end_give_a_note() {
    let mut file = PdfFile::new().helvetica();
    let mut form = file.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 50 50]", b"");
    for _ in 0..40 {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources << /XObject << /X {form} 0 R >> >>");
        form = file.add_stream(&entries, b"/X Do /X Do");
    }
    let bytes = file.resources(&format!("/XObject << /X {form} 0 R >>")).content("BT /F 10 Tf 5 5 Td (a) Tj ET /X Do");
    let (raw, page) = document(&bytes);
    assert_eq!((kinds(&raw), text(&page.glyphs)), (vec![NoteKind::LimitReached], "a".into()));
}

#[test]
fn a_form_that_draws_itself_is_drawn_once() {
    let mut file = PdfFile::new().helvetica();
    let form = file.add_stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>",
        b"BT /F 10 Tf 5 5 Td (a) Tj ET /X Do",
    );
    let page = page(&file.resources(&format!("/XObject << /X {form} 0 R >>")).content("/X Do"));
    assert_eq!((form, text(&page.glyphs)), (6, "a".into()));
}

#[test]
fn annotations_show_their_appearance() {
    let mut file = PdfFile::new().helvetica();
    let look = file.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 10 10]", b"BT /F 1 Tf 2 2 Td (v) Tj ET");
    let seen = file.add(&format!("<< /Type /Annot /Subtype /Widget /Rect [50 40 150 60] /AP << /N {look} 0 R >> >>"));
    let hidden = file.add(&format!("<< /Type /Annot /Subtype /Stamp /F 2 /Rect [0 0 9 9] /AP << /N {look} 0 R >> >>"));
    let stamp = file.add(&format!("<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N {look} 0 R >> >>"));
    let annotations = format!("/Annots [{seen} 0 R {hidden} 0 R {stamp} 0 R]");
    let page = page(&file.page(&annotations).content("BT /F 10 Tf 10 70 Td (c) Tj ET"));
    assert_eq!(text(&page.glyphs), "cvv");
    let layers: Vec<Layer> = page.glyphs.iter().map(|glyph| glyph.layer).collect();
    assert_eq!(layers, [Layer::Content, Layer::FormField, Layer::Annotation]);
    // Ten times as wide, twice as high.
    assert_eq!(page.glyphs[1].origin, (70.0, 56.0));
}

#[test]
fn bullets_and_boxes_of_symbol_fonts_have_a_meaning() {
    let wingdings = "<< /Type /Font /Subtype /TrueType /BaseFont /Wingdings /FontDescriptor << /Flags 4 >> >>";
    let page = page(&PdfFile::new().font("F", wingdings).content("BT /F 10 Tf 10 70 Td <6ea8fe01> Tj ET"));
    assert_eq!(text(&page.glyphs), "■□☑\u{fffd}");
}

#[test]
fn codes_that_win_ansi_leaves_open_are_bullets() {
    let page = page(&PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td <7f818d8f909d95> Tj ET"));
    assert_eq!(text(&page.glyphs), "•••••••");
}

#[test]
fn dingbats_have_a_meaning_without_an_encoding() {
    let dingbats = "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>";
    let page = page(&PdfFile::new().font("F", dingbats).content("BT /F 10 Tf 10 70 Td <34386ea8acb6c0d4fe80> Tj ET"));
    assert_eq!(text(&page.glyphs), "✔✘■♣①❶➀➔➾\u{fffd}");
}

#[test]
fn glyphs_of_bitmap_fonts_are_named_after_their_codes() {
    let font = |kind: &str| {
        format!("<< /Type /Font {kind} /Encoding << /Type /Encoding /Differences [65 /a65 /a66 60 /a60 50 /a49] >> >>")
    };
    let shown =
        |kind: &str| text(&page(&PdfFile::new().font("F", &font(kind)).content("BT /F 10 Tf (AB<2) Tj ET")).glyphs);
    let bitmaps = "/Subtype /Type3 /FontMatrix [0.1 0 0 0.1 0 0] /FontBBox [0 0 9 9] /CharProcs << >>";
    assert_eq!(shown(bitmaps), "AB\u{fffd}\u{fffd}");
    assert_eq!(shown("/Subtype /Type1 /BaseFont /ZapfDingbats"), "❆❇❁✶");
}

#[test]
fn an_inline_image_does_not_end_the_page() {
    let page = page(
        &PdfFile::new()
            .helvetica()
            .content("BI /W 2 /H 2 /BPC 8 /CS /G ID \u{1}EI \u{2} EI BT /F 10 Tf 10 70 Td (after) Tj ET"),
    );
    assert_eq!(text(&page.glyphs), "after");
}

#[test]
fn packed_content_whose_checksum_fails_is_read_and_noted() {
    let packed = deflate(b"BT /F 10 Tf 10 70 Td (1234.56) Tj ET");
    let whole = PdfFile::new().helvetica().content_stream("/Filter /FlateDecode", &packed);
    let (raw, page) = document(&whole);
    assert_eq!((text(&page.glyphs), raw.notes.len()), ("1234.56".into(), 0));

    let mut changed = packed;
    *changed.last_mut().unwrap() ^= 1;
    let (raw, page) = document(&PdfFile::new().helvetica().content_stream("/Filter /FlateDecode", &changed));
    assert_eq!((text(&page.glyphs), kinds(&raw)), ("1234.56".into(), vec![NoteKind::DamagedPage]));
}

#[test]
fn packed_content_that_breaks_off_is_read_as_far_as_it_goes() {
    let content: String = (0..500).map(|i| format!("BT /F 10 Tf 10 {} Td ({i}) Tj ET\n", i % 90)).collect();
    let packed = deflate(content.as_bytes());
    let half = packed[..packed.len() / 2].to_vec();
    let (raw, page) = document(&PdfFile::new().helvetica().content_stream("/Filter /FlateDecode", &half));
    assert!(text(&page.glyphs).starts_with("012345"));
    assert_eq!(kinds(&raw), [NoteKind::DamagedPage]);
}

#[test]
fn what_follows_an_unreadable_operator_is_read_and_the_page_noted() {
    let bytes = PdfFile::new().helvetica().content("1 m /a /b re BT /F 10 Tf 10 70 Td (after) Tj ET");
    let (raw, page) = document(&bytes);
    assert_eq!((text(&page.glyphs), kinds(&raw)), ("after".into(), vec![NoteKind::DamagedPage]));
}

#[test]
fn content_that_ends_inside_a_string_is_noted() {
    let (raw, page) = document(&PdfFile::new().helvetica().content("BT /F 10 Tf 10 70 Td (1) Tj (2345 Tj ET"));
    assert_eq!((text(&page.glyphs), kinds(&raw)), ("1".into(), vec![NoteKind::DamagedPage]));
}

#[test]
fn text_in_a_font_that_the_file_does_not_hold_is_noted() {
    let (raw, page) = document(&PdfFile::new().content("BT /F 10 Tf 10 70 Td (1) Tj ET"));
    assert_eq!((text(&page.glyphs), kinds(&raw)), (String::new(), vec![NoteKind::DamagedPage]));
}

#[test]
fn a_form_without_a_font_of_its_own_has_the_page_s() {
    let mut file = PdfFile::new().helvetica();
    let entries = "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources << >>";
    let form = file.add_stream(entries, b"BT /F 10 Tf 5 5 Td (in) Tj ET");
    let page = page(&file.resources(&format!("/XObject << /X {form} 0 R >>")).content("/X Do"));
    assert_eq!(text(&page.glyphs), "in");
}
