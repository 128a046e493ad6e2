//! Marked cells become a grid; what markup cannot say of merged header cells is told by blank and repeated ones.

use std::collections::VecDeque;

use super::MarkedCell;
use crate::geom::Rect;
use crate::repair::unicode::unified;
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::is_figure;
use crate::segment::text::placed::{COLUMN, EM, PITCH};
use crate::terms::header::is_total;

/// More base cells than this are no table.
const MAX_BASE_CELLS: usize = 200_000;

/// A header has at most so many rows.
const MAX_HEAD: usize = 6;

/// A cell with its place among rows and columns.
struct Placed {
    row: usize,
    column: usize,
    cell: MarkedCell,
}

/// The grid of a table whose top is at `top`; `None` where it has less than two columns or far too many cells.
pub(super) fn grid(rows: &[Vec<MarkedCell>], top: f32) -> Option<Grid> {
    let (mut cells, n_columns) = placed(rows)?;
    let n_rows = rows.len();
    if n_columns < 2 || n_rows * n_columns > MAX_BASE_CELLS {
        return None;
    }
    merge_head(&mut cells, n_columns);
    let x = |column: usize| column as f32 * COLUMN;
    let y = |row: usize| top + row as f32 * PITCH;
    let grid_cell = |Placed { row, column, cell }: Placed| {
        let rect = Rect { x0: x(column), y0: y(row), x1: x(column + cell.n_columns), y1: y(row + cell.n_rows) };
        let line = |text: &String| CellLine { text: text.chars().map(unified).collect(), rect, size: EM };
        let lines = cell.lines.iter().filter(|line| !line.trim().is_empty()).map(line).collect();
        let (n_rows, n_columns) = (cell.n_rows, cell.n_columns);
        GridCell { row, column, n_rows, n_columns, rect, lines, doubt: None }
    };
    let rect = Rect { x0: 0.0, y0: top, x1: x(n_columns), y1: y(n_rows) };
    let (xs, ys) = ((0..=n_columns).map(x).collect(), (0..=n_rows).map(y).collect());
    let cells = cells.into_iter().map(grid_cell).collect();
    Some(Grid::of_cells(rect, xs, ys, cells, vec![false; n_columns]))
}

/// Every cell in its place, blank ones where a row is short, in reading order; and how many columns there are.
fn placed(rows: &[Vec<MarkedCell>]) -> Option<(Vec<Placed>, usize)> {
    // For each column the row up to which a cell from above covers it.
    let mut covered: Vec<usize> = Vec::new();
    let mut cells: Vec<Placed> = Vec::new();
    for (row, marked) in rows.iter().enumerate() {
        let mut rest: VecDeque<&MarkedCell> = marked.iter().collect();
        let mut column = 0;
        while let Some(cell) = rest.pop_front() {
            while covered.get(column).is_some_and(|to| *to > row) {
                column += 1;
            }
            // Where a cell from above is in the way, it goes as far as that.
            let free = |at: usize| covered.get(at).is_none_or(|to| *to <= row);
            let n_columns = (column..column + cell.n_columns).take_while(|at| free(*at)).count().max(1);
            let n_rows = cell.n_rows.min(rows.len() - row);
            covered.resize(covered.len().max(column + n_columns), 0);
            covered.get_mut(column..column + n_columns)?.fill(row + n_rows);
            cells.push(Placed { row, column, cell: MarkedCell { n_rows, n_columns, lines: cell.lines.clone() } });
            column += n_columns;
        }
        if covered.len() * rows.len() > MAX_BASE_CELLS {
            return None;
        }
    }
    let n_columns = covered.len();
    let mut taken = vec![false; n_columns * rows.len()];
    for Placed { row, column, cell } in &cells {
        for at in *row..row + cell.n_rows {
            taken.get_mut(at * n_columns + column..at * n_columns + column + cell.n_columns)?.fill(true);
        }
    }
    let blanks = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(at, _)| at);
    cells.extend(blanks.map(|at| Placed { row: at / n_columns, column: at % n_columns, cell: MarkedCell::new(1, 1) }));
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Some((cells, n_columns))
}

/// Merges the cells of a header that shows none merged: a group's name stands in its first column, the others are blank
/// or say it again, and so do the rows below a name that reaches down.
fn merge_head(cells: &mut Vec<Placed>, n_columns: usize) {
    let is_body = |cell: &&Placed| {
        let text = cell.cell.text();
        is_figure(&text) || (is_total(&text) && cell.column * 2 < n_columns && cell.row > 0)
    };
    let n_head = cells.iter().find(is_body).map_or(1, |cell| cell.row);
    let head = cells.iter().take_while(|cell| cell.row < n_head);
    if n_head > MAX_HEAD || head.clone().any(|cell| cell.cell.n_columns > 1 || cell.cell.n_rows > 1) {
        return;
    }
    // Nothing is merged there, so that each place is a cell.
    let n = n_head * n_columns;
    let texts: Vec<String> = head.map(|cell| cell.cell.text()).collect();
    let text = |row: usize, column: usize| texts.get(row * n_columns + column).map_or("", String::as_str);
    // The cell that each place goes to.
    let mut to: Vec<usize> = (0..n).collect();
    for row in 0..n_head.saturating_sub(1) {
        for column in 1..n_columns {
            let (at, left) = (row * n_columns + column, row * n_columns + column - 1);
            let own = to.get(left).copied().unwrap_or(left);
            let name = texts.get(own).map_or("", String::as_str);
            let is_part = text(row, column).is_empty() || text(row, column) == name;
            let is_named = |column: usize| !text(row + 1, column).is_empty() && text(row + 1, column) != name;
            if !name.is_empty() && is_part && is_named(column) && is_named(own % n_columns) {
                to[at] = own;
            }
        }
    }
    for row in 1..n_head {
        for column in 0..n_columns {
            let (at, above) = (row * n_columns + column, (row - 1) * n_columns + column);
            let own = to.get(above).copied().unwrap_or(above);
            let name = texts.get(own).map_or("", String::as_str);
            let is_alone = (0..n).filter(|other| to[*other] == own).all(|other| other % n_columns == column);
            let is_part = text(row, column).is_empty() || text(row, column) == name;
            if !name.is_empty() && is_alone && is_part && to[at] == at {
                to[at] = own;
            }
        }
    }
    for (at, own) in to.iter().copied().enumerate() {
        if own != at
            && let Some(cell) = cells.get_mut(own)
        {
            cell.cell.n_columns = cell.cell.n_columns.max(at % n_columns - cell.column + 1);
            cell.cell.n_rows = cell.cell.n_rows.max(at / n_columns - cell.row + 1);
        }
    }
    let mut at = 0;
    cells.retain(|_| {
        at += 1;
        at > n || to[at - 1] == at - 1
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<MarkedCell>> {
        let cell = |text: &str| MarkedCell { lines: vec![text.trim().to_owned()], n_rows: 1, n_columns: 1 };
        text.lines().map(|line| line.split('|').map(cell).collect()).collect()
    }

    fn shown(grid: &Grid) -> Vec<String> {
        grid.cells
            .iter()
            .filter(|cell| !cell.is_blank())
            .map(|cell| format!("{}@{},{}+{}x{}", cell.text(), cell.row, cell.column, cell.n_rows, cell.n_columns))
            .collect()
    }

    #[test]
    fn blank_cells_of_a_header_belong_to_the_group_left_of_them_or_the_name_above() {
        let grid = grid(&rows("编码|合计|支出|\n||基本|项目\n201|9.00|4.00|5.00"), 0.0).expect("a grid");
        let head = &shown(&grid)[..5];
        assert_eq!(head, ["编码@0,0+2x1", "合计@0,1+2x1", "支出@0,2+1x2", "基本@1,2+1x1", "项目@1,3+1x1"]);
    }

    #[test]
    fn a_name_said_again_is_one_cell() {
        let grid = grid(&rows("编码|支出|支出\n编码|基本|项目\n201|4.00|5.00"), 0.0).expect("a grid");
        assert_eq!(shown(&grid)[..4], ["编码@0,0+2x1", "支出@0,1+1x2", "基本@1,1+1x1", "项目@1,2+1x1"]);
    }

    #[test]
    fn spans_that_run_into_each_other_are_cut() {
        let mut cells = rows("甲|乙\n丙|丁");
        cells[0][1].n_rows = 9;
        cells[1][0].n_columns = 9;
        let grid = grid(&cells, 0.0).expect("a grid");
        assert_eq!(shown(&grid), ["甲@0,0+1x1", "乙@0,1+2x1", "丙@1,0+1x1", "丁@1,2+1x1"]);
    }
}
