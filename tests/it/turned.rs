//! Text that stands sideways or askew is read in its direction, and its places are those of the page as seen.

use mingzhang::note::NoteKind;
use mingzhang::read::{Direction, Orientation, read};
use mingzhang::repair::repair;
use mingzhang::segment::{Layout, Region, segment};

use crate::pdf::{PdfFile, document, kinds, page, text};

/// A grid of two columns and three rows with codes and amounts, drawn in a square of 100 points.
const TABLE: &str = "10 90 m 90 90 l S 10 70 m 90 70 l S 10 50 m 90 50 l S 10 30 m 90 30 l S 10 30 m 10 90 l S \
     50 30 m 50 90 l S 90 30 m 90 90 l S BT /F 8 Tf 12 76 Td (Code) Tj 40 0 Td (Total) Tj -40 -20 Td (201) Tj 40 0 Td \
     (12.46) Tj -40 -20 Td (208) Tj 40 0 Td (1,987.84) Tj ET";

fn layout(bytes: &[u8]) -> Layout {
    segment(repair(read(bytes).unwrap()))
}

/// The cells of a layout's first table, and where the last of them stands.
fn cells(layout: &Layout) -> (Vec<String>, [f32; 4]) {
    let table = layout.regions.iter().find_map(|region| match region {
        Region::Table(table) => Some(table),
        Region::Form(_) | Region::Narrative(_) => None,
    });
    let cells: Vec<_> = table.unwrap().rows.iter().flat_map(|row| row.cells.iter().flatten()).collect();
    let rect = cells.last().unwrap().provenance.rect.unwrap();
    (cells.iter().map(|cell| cell.text.clone()).collect(), [rect.x0, rect.y0, rect.x1, rect.y1].map(f32::round))
}

#[test]
fn a_page_that_is_turned_against_its_text_is_read_upright_and_placed_as_seen() {
    let upright = cells(&layout(&PdfFile::new().page("/MediaBox [0 0 100 100]").helvetica().content(TABLE)));
    assert_eq!(upright, (["201", "12.46", "208", "1,987.84"].map(str::to_owned).to_vec(), [50.0, 50.0, 90.0, 70.0]));
    for (turn, place) in
        [(90, [30.0, 50.0, 50.0, 90.0]), (180, [10.0, 30.0, 50.0, 50.0]), (270, [50.0, 10.0, 70.0, 50.0])]
    {
        let file = PdfFile::new().page(&format!("/MediaBox [0 0 100 100] /Rotate {turn}")).helvetica();
        let (texts, rect) = cells(&layout(&file.content(TABLE)));
        assert_eq!((texts, rect), (upright.0.clone(), place), "{turn}");
    }
}

#[test]
fn a_page_askew_is_read_level() {
    for degrees in [-4.0_f64, 0.6, 2.5] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let content = format!("{cos} {sin} {} {cos} 50 50 cm 1 0 0 1 -50 -50 cm {TABLE}", -sin);
        let file = PdfFile::new().page("/MediaBox [0 0 100 100]").helvetica();
        let (texts, _) = cells(&layout(&file.content(&content)));
        assert_eq!(texts, ["201", "12.46", "208", "1,987.84"], "{degrees}");
    }
}

#[test]
fn a_sideways_table_on_an_upright_page_is_read_in_its_place() {
    let content = format!(
        "BT /F 8 Tf 10 280 Td (a line of text above it) Tj 0 -250 Td (and a line of text below) Tj ET \
         q 0 1 -1 0 150 100 cm {TABLE} Q"
    );
    let file = PdfFile::new().page("/MediaBox [0 0 200 300]").helvetica().content(&content);
    let page = page(&file);
    assert!(page.glyphs.iter().all(|glyph| glyph.direction == Direction::Horizontal));
    assert_eq!(text(&page.glyphs).len(), 23 + 24 + "CodeTotal20112.462081,987.84".len());
    assert_eq!(page.rulings.iter().filter(|ruling| ruling.orientation == Orientation::Horizontal).count(), 4);
    let (texts, rect) = cells(&layout(&file));
    assert_eq!(texts, ["201", "12.46", "208", "1,987.84"]);
    assert_eq!(rect, [100.0, 110.0, 120.0, 150.0]);
}

#[test]
fn labels_that_stand_turned_in_an_upright_grid_leave_it_as_it_is_and_are_noted() {
    let labels = "BT 0 1 -1 0 8 20 Tm /F 4 Tf (a label that stands turned) Tj ET 2 30 m 90 30 l S 2 90 m 90 90 l S";
    let content = format!("{TABLE} {labels}");
    let (raw, page) = document(&PdfFile::new().page("/MediaBox [0 0 100 100]").helvetica().content(&content));
    assert!(page.seen.is_empty());
    assert_eq!(kinds(&raw), [NoteKind::TurnedText]);
}
