//! What a reader of a PDF page sees: hidden text, rulings, images.

use mingzhang::note::NoteKind;
use mingzhang::read::{Orientation, RawPage, Ruling, Tone, Visibility};

use crate::pdf::{PdfFile, document, kinds, near, page, text};

fn lines(page: &RawPage, orientation: Orientation) -> Vec<&Ruling> {
    page.rulings.iter().filter(|r| r.orientation == orientation).collect()
}

#[test]
fn what_leaves_no_ink_is_hidden() {
    let (raw, page) = document(&PdfFile::new().helvetica().content(
        "BT /F 10 Tf 10 80 Td (a) Tj 3 Tr (b) Tj 7 Tr (c) Tj 2 Tr (d) Tj 0 Tr 1 g (e) Tj 0 0 0 0 k (f) Tj 0 g (g) Tj \
         500 0 Td (h) Tj ET",
    ));
    assert_eq!(text(&page.glyphs), "adg");
    assert_eq!(text(&page.hidden), "bcefh");
    let ways: Vec<Visibility> = page.hidden.iter().map(|g| g.visibility).collect();
    use Visibility::{Clipped, Invisible, White};
    assert_eq!(ways, [Invisible, Invisible, White, White, Clipped]);
    assert_eq!(kinds(&raw), [NoteKind::HiddenText]);
}

#[test]
fn white_text_on_a_dark_area_is_seen_and_dark_text_on_it_is_not() {
    let page =
        page(&PdfFile::new().helvetica().content(
            "0 0 0.5 rg 0 60 200 40 re f BT /F 10 Tf 1 g 10 70 Td (white) Tj 0 0 0.5 rg 40 0 Td (same) Tj ET",
        ));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("white".into(), "same".into()));
}

#[test]
fn text_under_an_opaque_area_is_covered_and_under_a_translucent_one_is_not() {
    let file = PdfFile::new().helvetica().resources("/ExtGState << /G << /ca 0.4 >> >>");
    let page = page(&file.content(
        "BT /F 10 Tf 10 70 Td (under) Tj 0 -40 Td (glass) Tj ET 1 g 0 60 200 30 re f /G gs 1 1 0 rg 0 20 200 30 re f \
         0 g BT /F 10 Tf 60 70 Td (over) Tj ET",
    ));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("glassover".into(), "under".into()));
    assert_eq!(page.hidden[0].visibility, Visibility::Covered);
}

#[test]
fn a_clip_hides_what_lies_outside_until_it_is_restored() {
    let page = page(&PdfFile::new().helvetica().content(
        "q 0 0 100 100 re W n BT /F 10 Tf 10 70 Td (in) Tj 110 0 Td (out) Tj ET Q BT /F 10 Tf 120 70 Td (back) Tj ET",
    ));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("inback".into(), "out".into()));
}

#[test]
fn a_line_cut_in_half_at_the_head_of_a_page_is_seen_and_one_cut_deeper_is_not() {
    let seen = |top: f32| {
        let content =
            format!("q 0 0 200 {top} re W n BT /F 10 Tf 10 70 Td (cut) Tj ET Q BT /F 10 Tf 10 20 Td (text) Tj ET");
        text(&page(&PdfFile::new().helvetica().content(&content)).glyphs)
    };
    assert_eq!(seen(73.3), "cuttext");
    assert_eq!(seen(72.5), "text");
}

#[test]
fn the_second_line_of_a_name_that_its_cell_cuts_off_is_read_within_the_cell_and_digits_are_not() {
    let seen = |second: &str, bottom: u32| {
        let content = format!(
            "q 0 {bottom} 100 {} re W n BT /F 10 Tf 10 80 Td <655980b2> Tj 0 -12 Td <{second}> Tj ET Q",
            95 - bottom
        );
        let page = page(&PdfFile::new().cmap_font("F", "UniGB-UCS2-H").content(&content));
        let heights: Vec<f32> = page.glyphs.iter().map(|glyph| page.height - glyph.origin.1).collect();
        (text(&page.glyphs), heights.last().copied().unwrap_or_default())
    };
    // The tops of the second line are seen above 74: its middle is pulled to where they are.
    let (whole, height) = seen("652f51fa", 74);
    assert_eq!(whole, "教育支出");
    assert!((height - 71.5).abs() < 0.1, "{height}");
    // Nothing of it is seen; and half a figure is none.
    assert_eq!(seen("652f51fa", 78).0, "教育");
    assert_eq!(seen("00310032", 74).0, "教育");
}

#[test]
fn what_is_clipped_before_a_text_of_another_size_is_no_part_of_it() {
    let seen = |size: u32| {
        let content =
            format!("q 0 0 8 100 re W n BT /F {size} Tf 10 70 Td (1) Tj ET Q BT /F 10 Tf 14 70 Td (text) Tj ET");
        text(&page(&PdfFile::new().helvetica().content(&content)).glyphs)
    };
    assert_eq!(seen(10), "1text");
    assert_eq!(seen(7), "text");
}

#[test]
fn optional_content_that_is_off_is_hidden() {
    let mut file = PdfFile::new();
    let off = file.add("<< /Type /OCG /Name (off) >>");
    let on = file.add("<< /Type /OCG /Name (on) >>");
    let file = file
        .catalog(&format!("/OCProperties << /OCGs [{off} 0 R {on} 0 R] /D << /OFF [{off} 0 R] >> >>"))
        .resources(&format!("/Properties << /A {off} 0 R /B {on} 0 R >>"))
        .helvetica();
    let page = page(&file.content(
        "BT /F 10 Tf 10 70 Td /OC /A BDC (off) Tj EMC /OC /B BDC (on) Tj EMC ET /OC /A BDC 0 0 m 100 0 l S EMC",
    ));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("on".into(), "off".into()));
    assert!(page.rulings.is_empty());
}

#[test]
fn strokes_thin_areas_and_boxes_are_rulings() {
    let page = page(&PdfFile::new().content(
        "0.5 w 10 20 m 110 20 l S 10 30 100 0.5 re f 20 40 0.48 50 re f* 120 40 50 30 re S 10 50 m 60 80 l S",
    ));
    let h: Vec<(f32, f32, f32)> = lines(&page, Orientation::Horizontal).iter().map(|r| (r.at, r.from, r.to)).collect();
    let v: Vec<(f32, f32, f32)> = lines(&page, Orientation::Vertical).iter().map(|r| (r.at, r.from, r.to)).collect();
    assert_eq!(h, [(80.0, 10.0, 110.0), (69.75, 10.0, 110.0), (60.0, 120.0, 170.0), (30.0, 120.0, 170.0)]);
    assert_eq!(v, [(20.24, 10.0, 60.0), (170.0, 30.0, 60.0), (120.0, 30.0, 60.0)]);
}

#[test]
fn the_outline_of_a_glyph_is_no_ruling_and_a_box_with_rounded_corners_is() {
    let outline = "20 50 m 40 50 l 41 51 l 42 51 40 53 39 54 c 38 52 l 20 52 l h 24 60 m 30 60 l 30 66 l 24 66 l h \
                   50 60 m 52 64 55 64 58 60 c 60 58 61 57 50 60 c S";
    assert_eq!(page(&PdfFile::new().content(outline)).rulings, []);
    let upright =
        "BT /F 20 Tf 50 50 Td (H) Tj ET 52 50 m 62 50 l 62 64 l 52 64 l h 54 53 m 60 53 l 60 60 l 54 60 l h S";
    assert_eq!(page(&PdfFile::new().helvetica().content(upright)).rulings, []);
    let rounded = "12 10 m 98 10 l 99 10 100 11 100 12 c 100 88 l 100 89 99 90 98 90 c 12 90 l 11 90 10 89 10 88 c 10 12 l \
                   10 11 11 10 12 10 c S";
    assert_eq!(page(&PdfFile::new().content(rounded)).rulings.len(), 4);
}

#[test]
fn a_box_with_a_hole_is_four_rulings() {
    let page = page(&PdfFile::new().content("10 10 100 50 re 11 11 98 48 re f*"));
    assert_eq!(lines(&page, Orientation::Horizontal).len(), 2);
    assert_eq!(lines(&page, Orientation::Vertical).len(), 2);
}

#[test]
fn what_cannot_be_seen_is_no_ruling() {
    let page = page(&PdfFile::new().content(
        "1 G 10 20 m 110 20 l S 1 g 10 30 100 0.5 re f 10 40 80 20 re f \
         q 0 0 50 50 re W n 0 G 60 10 m 90 10 l S Q 0 G 10 300 m 90 300 l S",
    ));
    assert!(page.rulings.is_empty(), "{:?}", page.rulings);
}

#[test]
fn a_ruling_tells_how_it_stands_out_from_its_ground() {
    let page = page(&PdfFile::new().content(
        "0 G 0 90 m 50 90 l S 0.8 G 0 80 m 50 80 l S 0.2 g 0 60 60 10 re f 0.3 G 0 65 m 50 65 l S 1 G 0 62 m 50 62 l S \
         /Pattern CS /P SCN 0 50 m 50 50 l S",
    ));
    let tones: Vec<Tone> = page.rulings.iter().map(|ruling| ruling.tone).collect();
    assert_eq!(tones, [Tone::Strong, Tone::Faint, Tone::Faint, Tone::Strong, Tone::Unknown]);
}

#[test]
fn the_ground_of_a_merged_cell_hides_the_grid_beneath_it() {
    let page = page(&PdfFile::new().content("0.5 w 60 10 m 60 90 l S 10 50 m 110 50 l S 1 g 10 50 100 40 re f"));
    let v = lines(&page, Orientation::Vertical);
    assert_eq!(v.len(), 1);
    assert!(near(v[0].from, 50.0) && near(v[0].to, 90.0), "{v:?}");
    // The line that the area ends at stays.
    assert_eq!(lines(&page, Orientation::Horizontal).len(), 1);
}

#[test]
fn a_white_line_wipes_out_the_ruling_beneath_it_and_a_thinner_one_does_not() {
    let page = page(&PdfFile::new().content(
        "1 w 10 50 m 110 50 l S 10 30 m 110 30 l S 1 G 60 50 m 80 50 l S 0.5 w 60 30 m 80 30 l S \
         0 G 1 w 10 10 m 110 10 l S 1 g 60 9.4 20 1.2 re f",
    ));
    let h: Vec<(f32, f32, f32)> = lines(&page, Orientation::Horizontal).iter().map(|r| (r.at, r.from, r.to)).collect();
    assert_eq!(
        h,
        [(50.0, 10.0, 60.0), (50.0, 80.0, 110.0), (70.0, 10.0, 110.0), (90.0, 10.0, 60.0), (90.0, 80.0, 110.0)]
    );
}

#[test]
fn a_ruling_drawn_after_a_white_line_stays() {
    let page = page(&PdfFile::new().content("0 G 10 50 m 20 50 l S 1 G 10 50 m 110 50 l S 0 G 10 50 m 110 50 l S"));
    assert_eq!(lines(&page, Orientation::Horizontal).len(), 1);
}

#[test]
fn a_page_that_is_one_image_has_no_text_layer() {
    let mut file = PdfFile::new();
    let image = file.add_stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\x80",
    );
    let file = file.resources(&format!("/XObject << /I {image} 0 R >>"));
    let (raw, page) = document(&file.content("q 200 0 0 100 0 0 cm /I Do Q"));
    assert_eq!(kinds(&raw), [NoteKind::NoTextLayer]);
    assert_eq!(page.images.len(), 1);
}

#[test]
fn a_page_whose_text_is_outlines_has_no_text_layer() {
    let shapes: String = (0..300).map(|i| format!("{} 20 m 9 9 8 8 {} 30 c f\n", i % 190, i % 180)).collect();
    assert_eq!(kinds(&document(&PdfFile::new().content(&shapes)).0), [NoteKind::NoTextLayer]);
}

#[test]
fn text_behind_an_image_is_not_read_unless_the_image_can_be_seen_through() {
    let mut file = PdfFile::new().helvetica();
    let entries = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray";
    let solid = file.add_stream(entries, b"\x80");
    let clear = file.add_stream(&format!("{entries} /SMask {solid} 0 R"), b"\x80");
    let file = file.resources(&format!("/XObject << /I {solid} 0 R /J {clear} 0 R >>"));
    let page = page(&file.content(
        "BT /F 10 Tf 10 70 Td (under) Tj 100 0 Td (seal) Tj ET q 100 0 0 100 0 0 cm /I Do Q q 100 0 0 100 100 0 cm /J Do Q",
    ));
    assert_eq!((text(&page.glyphs), text(&page.hidden)), ("seal".into(), "under".into()));
}
