//! The body rows of a grid become rows of a table, cells bound to its columns.

use crate::geom::Rect;
use crate::provenance::Provenance;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::{Columns, bare, is_figure};
use crate::segment::{Cell, TableRow, TextLine};
use crate::terms::compatibility::nfkc;
use crate::terms::header::is_total;

/// How many rows below the header may be column-number rows.
pub const NUMBER_ROWS: usize = 3;

/// What the rows of a grid say.
#[derive(Default)]
pub struct Body {
    /// Rows in order.
    pub rows: Vec<TableRow>,
    /// The grid row of each row.
    pub grid_rows: Vec<usize>,
    /// Ruled rows that explain the table (注：…).
    pub notes: Vec<TextLine>,
}

/// Reads the rows from `start` on.
pub fn body(grid: &Grid, page: u32, start: usize, columns: &Columns) -> Body {
    let column_of: Vec<usize> = grid.xs.windows(2).map(|pair| columns.at(pair[0], pair[1])).collect();
    let n_columns = columns.paths.len();
    let mut body = Body::default();
    for row in start..grid.n_rows() {
        let cells: Vec<&GridCell> = grid.row_cells(row).into_iter().filter(|c| c.row == row && !c.is_blank()).collect();
        if cells.is_empty() || (row < start + NUMBER_ROWS && is_number_row(&texts(&cells))) {
            continue;
        }
        if let [cell] = cells[..]
            && is_note(&cell.text())
        {
            body.notes.push(cell.text_line(page));
            continue;
        }
        let mut bound: Vec<Option<Cell>> = vec![None; n_columns];
        for cell in cells {
            let Some(slot) = bound.get_mut(column_of[cell.column]) else { continue };
            put(slot, cell, page);
        }
        if is_header_again(&bound, columns) {
            continue;
        }
        let rect = Rect { x0: grid.rect.x0, y0: grid.ys[row], x1: grid.rect.x1, y1: grid.ys[row + 1] };
        body.grid_rows.push(row);
        body.rows.push(TableRow { cells: bound, provenance: Provenance::at(page, rect) });
    }
    body
}

/// Whether a row prints the names of its columns again, in the middle of a page.
fn is_header_again(bound: &[Option<Cell>], columns: &Columns) -> bool {
    let named = bound.iter().zip(&columns.paths).filter_map(|(cell, path)| Some((bare(&cell.as_ref()?.text), path)));
    let mut n_named = 0;
    for (text, path) in named {
        if path.last() != Some(&text) {
            return false;
        }
        n_named += 1;
    }
    n_named > 2 && n_named * 2 > bound.len()
}

/// Puts a grid cell's text into a row's cell, behind what stands there.
pub fn put(slot: &mut Option<Cell>, cell: &GridCell, page: u32) {
    match slot {
        Some(before) => before.text.push_str(&cell.text()),
        None => {
            *slot = Some(Cell {
                text: cell.text(),
                provenance: Provenance::at(page, cell.rect),
                n_columns: cell.n_columns as u16,
                n_rows: cell.n_rows as u16,
                doubt: cell.doubt,
                inset: cell.inset(),
            });
        }
    }
}

fn texts(cells: &[&GridCell]) -> Vec<String> {
    cells.iter().map(|cell| nfkc(&bare(&cell.text())).into_owned()).collect()
}

/// Whether a line explains the table above it.
pub fn is_note(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['（', '(']);
    ["注：", "注:", "备注：", "备注:", "说明：", "说明:", "说明事项：", "说明事项:", "注1", "注 1"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// A row that counts so far from 1 on numbers the columns, whatever a mark beside that was read as.
const COUNTED: usize = 4;

/// Whether a row only numbers the columns: 1 2 3, 栏次 1 2, ** 1 2, 1=2+3.
pub fn is_number_row(texts: &[String]) -> bool {
    let is_mark = |t: &str| {
        matches!(t, "栏次" | "行次" | "甲" | "乙" | "丙") || t.chars().all(|c| matches!(c, '*' | '—' | '-' | '－'))
    };
    let number = |t: &str| -> Option<u32> {
        // 7=8+9+10 says what the column adds up; (1) is bracketed.
        let (head, formula) = t.split_once(['=', '＝']).unwrap_or((t, ""));
        let head = head.trim_matches(|c| matches!(c, '(' | ')' | '（' | '）' | '[' | ']'));
        let is_short = (1..=2).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_digit());
        if is_short && formula.is_ascii() { head.parse().ok() } else { None }
    };
    let is_letter = |t: &str| t.len() == 1 && t.bytes().all(|b| b.is_ascii_uppercase());
    let rest: Vec<&String> = texts.iter().filter(|t| !is_mark(t) && !is_letter(t)).collect();
    let numbers: Vec<u32> = rest.iter().filter_map(|t| number(t)).collect();
    if numbers.len() != rest.len() || texts.len() < 2 {
        // A mark of a picture may be read as anything as short.
        let is_counted = numbers.len() > 2 && numbers.iter().zip(1..).all(|(number, nth)| *number == nth);
        let may_be_mark = |t: &str| t.contains('*') || numbers.len() >= COUNTED && !is_total(t);
        let mut others = rest.iter().filter(|t| number(t).is_none());
        return is_counted && others.all(|t| t.chars().count() <= 2 && may_be_mark(t));
    }
    match numbers.first() {
        Some(&first) => {
            first <= 3
                && (numbers.len() >= 2 || texts.len() > rest.len())
                && numbers.windows(2).all(|p| p[1] == p[0] + 1)
        }
        None => texts.iter().all(|t| is_letter(t)) || texts.iter().all(|t| is_mark(t)),
    }
}

/// Whether a row holds what only a body row holds: a figure, a code or a total.
pub fn is_data(grid: &Grid, row: usize) -> bool {
    grid.row_cells(row).iter().filter(|c| c.row == row).any(|c| {
        let text = bare(&c.text());
        is_figure(&text) || matches!(text.as_str(), "合计" | "总计") && c.column < grid.n_columns() / 2
    })
}
