//! Pale text that is laid over a page's own leaves it; pale text of the page's own stays.

use mingzhang::note::NoteKind;
use mingzhang::read::Tone;
use mingzhang::repair::{CleanBody, CleanPage, repair};

use crate::pdf::{PdfFile, document, text};

/// The page after repair, and the kinds of its notes.
fn repaired(content: &str) -> (CleanPage, Vec<NoteKind>) {
    let file = PdfFile::new().helvetica().resources("/ExtGState << /G << /ca 0.3 >> >>").content(content);
    let clean = repair(document(&file).0);
    let CleanBody::Pages(mut pages) = clean.body else { panic!("pages") };
    (pages.remove(0), clean.notes.iter().map(|note| note.kind).collect())
}

#[test]
fn pale_text_over_figures_leaves_the_page_and_so_does_the_same_text_beside_them() {
    let (page, notes) = repaired(
        "0.8 g BT /F 10 Tf 40 70 Td (20230912) Tj 60 -30 Td (20230912) Tj ET 0 g BT /F 10 Tf 60 70 Td (1,204.37) Tj ET",
    );
    assert_eq!(text(&page.glyphs), "1,204.37");
    assert_eq!(notes, [NoteKind::Watermark]);
}

#[test]
fn half_transparent_text_is_as_pale_as_it_is_seen() {
    let (page, notes) = repaired("BT /F 10 Tf 60 70 Td (1,204.37) Tj ET q /G gs BT /F 20 Tf 50 68 Td (DRAFT) Tj ET Q");
    assert_eq!(text(&page.glyphs), "1,204.37");
    assert_eq!(notes, [NoteKind::Watermark]);
}

#[test]
fn large_pale_text_across_the_walls_of_a_grid_is_none_of_its_cells() {
    let (page, _) =
        repaired("100 20 m 100 90 l S BT /F 8 Tf 20 80 Td (12.46) Tj ET 0.85 g BT /F 20 Tf 80 40 Td (DRAFT) Tj ET");
    assert_eq!(text(&page.glyphs), "12.46");
}

#[test]
fn pale_text_that_lies_over_nothing_stays() {
    let (page, notes) = repaired(
        "0.7 g BT /F 10 Tf 10 70 Td (note) Tj 100 0 Td (0.00) Tj ET 0 g BT /F 10 Tf 10 58 Td (12.46) Tj ET \
         1 0 0 rg BT /F 10 Tf 60 58 Td (title) Tj ET",
    );
    assert_eq!(text(&page.glyphs), "note0.0012.46title");
    assert_eq!(page.glyphs[0].tone, Tone::Faint);
    assert_eq!(notes, []);
}

#[test]
fn a_pale_amount_stays_where_it_stands_alone_though_an_equal_one_is_printed_over() {
    let (page, _) =
        repaired("0.7 g BT /F 10 Tf 10 70 Td (0.00) Tj 100 0 Td (0.00) Tj ET 0 g BT /F 10 Tf 12 70 Td (12.46) Tj ET");
    assert_eq!(text(&page.glyphs), "0.0012.46");
}

#[test]
fn a_pale_shadow_of_the_same_text_is_no_watermark() {
    let (page, notes) = repaired("0.7 g BT /F 10 Tf 61.5 68.5 Td (15.00) Tj ET 0 g BT /F 10 Tf 60 70 Td (15.00) Tj ET");
    assert_eq!(text(&page.glyphs), "15.00");
    assert_eq!(notes, [NoteKind::DoubledGlyph]);
}

#[test]
fn a_watermark_may_be_a_figure_where_it_is_laid_over_others_again_and_again() {
    let (page, _) = repaired(
        "0.7 g BT /F 10 Tf 10 70 Td (12.46) Tj 50 0 Td (12.46) Tj 50 0 Td (12.46) Tj ET 0 g BT /F 10 Tf 12 70 Td (31.45) Tj \
         50 0 Td (98.84) Tj ET",
    );
    assert_eq!(text(&page.glyphs), "31.4598.84");
}
