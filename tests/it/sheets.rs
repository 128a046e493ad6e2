//! A page that is there twice counts once, and two pages on one sheet are read one after the other.

use mingzhang::geom::Placing;
use mingzhang::note::{Note, NoteKind};
use mingzhang::read::{Orientation, RawBody, RawPage, Ruling, read};
use mingzhang::repair::{repeated, two_up};

use crate::pdf::{PdfFile, text};

fn pages(contents: &[&str]) -> Vec<RawPage> {
    let file = PdfFile::new().helvetica().more_pages(&contents[1..]).content(contents[0]);
    let RawBody::Pages(pages) = read(&file).unwrap().body else { panic!("pages") };
    pages
}

/// The numbers of the pages that are left.
fn left(contents: &[&str]) -> (Vec<u32>, Vec<Note>) {
    let (mut pages, mut notes) = (pages(contents), Vec::new());
    repeated::drop_pages(&mut pages, &mut notes);
    (pages.iter().map(|page| page.number).collect(), notes)
}

const TABLE: &str = "BT /F 8 Tf 20 70 Td (201) Tj 60 0 Td (1,987.84) Tj ET";

#[test]
fn a_page_that_shows_the_same_figures_in_the_same_places_counts_once_whatever_its_number() {
    let again = format!("{TABLE} BT /F 8 Tf 100 4 Td (- 3 -) Tj ET");
    let (pages, notes) = left(&[&format!("{TABLE} BT /F 8 Tf 100 4 Td (- 2 -) Tj ET"), &again, ""]);
    assert_eq!(pages, [1, 3]);
    assert_eq!(notes[0].kind, NoteKind::PageRepeated);
    assert_eq!(notes[0].provenance.unwrap().page, 2);
}

#[test]
fn pages_that_only_look_alike_stay() {
    let other_title = |title: &str| format!("{TABLE} BT /F 8 Tf 80 94 Td ({title}) Tj ET");
    let moved = TABLE.replace("20 70 Td", "20 50 Td");
    let blank = "BT /F 8 Tf 20 70 Td (Total) Tj 60 0 Td (0.00) Tj ET";
    assert_eq!(left(&[&other_title("Table 5"), &other_title("Table 6")]).0, [1, 2]);
    assert_eq!(left(&[TABLE, &moved]).0, [1, 2]);
    assert_eq!(left(&[TABLE, &moved, TABLE]).0, [1, 2, 3], "the last page of another table");
    assert_eq!(left(&[blank, blank]).0, [1, 2]);
}

/// A sheet of two halves, each with a line of text over a grid.
fn sheet(titles: [&str; 2]) -> RawPage {
    let grid = |x: i32| {
        let h = [20, 40, 60].map(|y| format!("{} {y} m {} {y} l S", x + 10, x + 90)).join(" ");
        let v = [10, 50, 90].map(|dx| format!("{} 20 m {} 60 l S", x + dx, x + dx)).join(" ");
        format!("{h} {v}")
    };
    let content = format!(
        "{} {} BT /F 8 Tf 20 44 Td (1.00) Tj 100 0 Td (2.00) Tj ET BT /F 8 Tf 30 4 Td (- 1 -) Tj 100 0 Td (- 2 -) Tj ET \
         BT /T 8 Tf 20 80 Td <0001> Tj ET BT /U 8 Tf 120 80 Td <0001> Tj ET",
        grid(0),
        grid(100)
    );
    let codes = |title: &str| title.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
    let map = |title: &str| format!("1 beginbfchar <0001> <{}> endbfchar", codes(title));
    let file = PdfFile::new().helvetica().identity_font("T", &map(titles[0])).identity_font("U", &map(titles[1]));
    let RawBody::Pages(mut pages) = read(&file.content(&content)).unwrap().body else { panic!("pages") };
    pages.remove(0)
}

#[test]
fn two_pages_on_one_sheet_are_read_one_below_the_other() {
    let mut page = sheet(["支出总表", "收入总表"]);
    two_up::repair(&mut page);
    assert_eq!((page.width, page.height), (100.0, 200.0));
    assert_eq!(text(&page.glyphs).replace(' ', ""), "1.00支出总表2.00收入总表");
    let is_right = |ruling: &&Ruling| ruling.orientation == Orientation::Horizontal && ruling.at > 100.0;
    assert_eq!(page.rulings.iter().filter(is_right).count(), 3);
    let figure = page.glyphs.iter().find(|glyph| glyph.ch == '2').unwrap();
    assert_eq!(Placing::seen(&page.seen, &figure.rect).x0.round(), 120.0);
}

#[test]
fn grids_side_by_side_without_a_title_each_are_one_page() {
    let mut page = sheet(["支出总表", "单位：万元"]);
    two_up::repair(&mut page);
    assert_eq!((page.width, page.height), (200.0, 100.0));
}
