//! Forms drawn as rows of cells, and what they come out as in short.

use mingzhang::geom::Rect;
use mingzhang::interpret::Form;
use mingzhang::interpret::form::interpret;
use mingzhang::note::Note;
use mingzhang::provenance::Provenance;
use mingzhang::segment::{FormCell, FormRegion, TextLine};

/// A cell of a drawing: text, rows and columns covered.
pub type Drawn = (&'static str, u16, u16);

/// A form from rows of cells as HTML tables list them: a cell that spans rows is left out of the rows below.
pub fn region(caption: &[&str], pages: &[&[&[Drawn]]], footer: &[&str]) -> FormRegion {
    let mut region = FormRegion {
        pages: (1..=pages.len() as u32).collect(),
        caption: caption.iter().map(|text| line(text, 1)).collect(),
        footer: footer.iter().map(|text| line(text, pages.len() as u32)).collect(),
        ..FormRegion::default()
    };
    let mut row = 0;
    for (page, rows) in (1..).zip(pages) {
        for cells in *rows {
            let mut column = 0;
            for (text, n_rows, n_columns) in *cells {
                while region.cells.iter().any(|cell| {
                    cell.row <= row
                        && row < cell.row + cell.n_rows
                        && cell.column <= column
                        && column < cell.column + cell.n_columns
                }) {
                    column += 1;
                }
                let x0 = f32::from(column) * 50.0;
                let y0 = f32::from(row) * 20.0;
                let rect =
                    Rect::from_corners(x0, y0, x0 + f32::from(*n_columns) * 50.0, y0 + f32::from(*n_rows) * 20.0);
                region.cells.push(FormCell {
                    row,
                    column,
                    n_rows: *n_rows,
                    n_columns: *n_columns,
                    lines: text.lines().map(str::to_owned).collect(),
                    edges: Some((rect.x0, rect.x1)),
                    provenance: Provenance::at(page, rect),
                    guessed: false,
                });
                column += n_columns;
            }
            row += 1;
        }
    }
    region
}

fn line(text: &str, page: u32) -> TextLine {
    let rect = Rect::from_corners(0.0, 0.0, 100.0, 10.0);
    TextLine { text: text.to_owned(), provenance: Provenance::at(page, rect), size: 10.0, centered: true, bold: false }
}

pub fn read(caption: &[&str], rows: &[&[Drawn]]) -> (Form, Vec<Note>) {
    let mut notes = Vec::new();
    let form = interpret(region(caption, &[rows], &[]), 0, &mut notes);
    (form, notes)
}

/// Fund lines as `source horizon amount`.
pub fn funds(form: &Form) -> Vec<String> {
    form.funds
        .iter()
        .map(|fund| {
            let amount = fund.amount_yuan.map_or_else(|| "-".to_owned(), |amount| amount.to_string());
            format!("{:?} {:?} {amount}", fund.source, fund.horizon)
        })
        .collect()
}

pub fn text<'a>(form: &'a Form, key: &str) -> Option<&'a str> {
    form.texts.iter().find(|(known, _)| known == key).and_then(|(_, text)| text.as_deref())
}

/// Indicators as `horizon level1/level2/level3 value`, `.` where one is blank.
pub fn indicators(form: &Form) -> Vec<String> {
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| ".".to_owned());
    form.indicators
        .iter()
        .map(|i| {
            format!("{:?} {}/{}/{} {}", i.horizon, word(&i.level1), word(&i.level2), word(&i.level3), word(&i.value))
        })
        .collect()
}
