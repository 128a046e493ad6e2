//! Rows that no rule parts: several of them between two rules of a grid become rows of their own.
//!
//! Some producers rule the columns of a table and a few of its rows, or none.

use crate::segment::broken::is_grouped;
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::{bare, is_figure};
use crate::segment::heights;

/// A figure that leaves this much of its cell's width free, in ems, does not wrap.
const ROOM: f32 = 1.2;

/// So many columns whose names stand above amounts show that no rule ends the header.
const MIN_HEADED: usize = 2;

/// Parts the rows of a grid that hold several amounts in one cell.
pub fn part(grid: &mut Grid) {
    for row in (0..grid.n_rows()).rev() {
        let own = || grid.row_cells(row).into_iter().filter(|cell| cell.row == row && cell.n_rows == 1);
        let has_figures_below = |column: usize| {
            (row + 1..grid.n_rows()).map(|below| grid.cell_at(below, column)).any(|cell| is_figure(&cell.text()))
        };
        let n_headed = own().filter(|cell| is_headed(cell) && has_figures_below(cell.column)).count();
        if own().any(|cell| holds_amounts(cell, 0)) || n_headed >= MIN_HEADED {
            part_row(grid, row);
        }
    }
}

/// Whether a cell holds its column's name and below it amounts.
fn is_headed(cell: &GridCell) -> bool {
    let n_names = cell.lines.iter().take_while(|line| !is_figure(&line.text)).count();
    let is_amount = |line: &CellLine| is_figure(&line.text) && line.text.contains(['.', ',']);
    n_names > 0
        && match &cell.lines[n_names..] {
            [] => false,
            [one] => is_amount(one),
            _ => holds_amounts(cell, n_names),
        }
}

/// Whether the lines of a cell from one on are amounts, each a whole one; none is the rest of the one above it.
fn holds_amounts(cell: &GridCell, from: usize) -> bool {
    let texts: Vec<String> = cell.lines[from..].iter().map(|line| bare(&line.text)).collect();
    let decimals = |text: &String| text.rsplit_once('.').map(|(_, decimals)| decimals.len());
    let has_room = |line: &CellLine| line.rect.width() + ROOM * line.size < cell.rect.width();
    texts.len() > 1
        && texts.iter().all(|text| is_figure(text) && is_grouped(text))
        && texts.iter().all(|text| decimals(text) == decimals(&texts[0]))
        && (decimals(&texts[0]).is_some_and(|n| n > 1) || cell.lines.iter().all(has_room))
        && texts.iter().any(|text| text.contains(['.', ',']))
}

/// Puts the texts between two rules into rows, as they are in tables without rules.
fn part_row(grid: &mut Grid, row: usize) {
    let own = |cell: &&GridCell| cell.row == row && cell.n_rows == 1;
    let lines: Vec<CellLine> =
        grid.row_cells(row).into_iter().filter(own).flat_map(|cell| cell.lines.clone()).collect();
    let lines = heights::lines(lines);
    let row_of = heights::rows(&lines);
    let Some(n_more) = row_of.last().copied().filter(|last| *last > 0) else { return };
    // Each text with its row.
    let texts: Vec<(usize, CellLine)> =
        lines.into_iter().zip(row_of).flat_map(|(line, row)| line.into_iter().map(move |text| (row, text))).collect();
    let boxes = heights::boxes(texts.iter().map(|(row, text)| (*row, text.rect)), n_more + 1);
    let mut ys = grid.ys.clone();
    ys.splice(row + 1..row + 1, heights::walls(&boxes));
    let mut cells = Vec::with_capacity(grid.cells.len() + n_more * grid.n_columns());
    for cell in &grid.cells {
        let mut cell = cell.clone();
        if own(&&cell) {
            cells.extend((0..=n_more).map(|i| {
                let is_same = |line: &CellLine, text: &CellLine| text.rect == line.rect && text.text == line.text;
                let of_row = |line: &&CellLine| texts.iter().any(|(row, text)| *row == i && is_same(line, text));
                let mut part = GridCell {
                    row: row + i,
                    lines: cell.lines.iter().filter(of_row).cloned().collect(),
                    ..cell.clone()
                };
                (part.rect.y0, part.rect.y1) = (ys[row + i], ys[row + i + 1]);
                part
            }));
            continue;
        }
        if cell.row > row {
            cell.row += n_more;
        } else if cell.row + cell.n_rows > row {
            cell.n_rows += n_more;
        }
        cells.push(cell);
    }
    *grid = Grid::of_cells(grid.rect, grid.xs.clone(), ys, cells, grid.open_below.clone());
}
