//! A table too wide for its page: further columns of its rows stand on pages of their own, at the same heights.

use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::{self, Columns, is_figure};
use crate::segment::{Cell, TableRegion, table};
use crate::terms::column::{RoleHint, role_of};

/// Rows of two pages are the same where their rules differ by less than this share of the lowest row's height.
const SAME_HEIGHT: f32 = 0.1;

/// The pages of a table by what they hold of its columns.
#[derive(Default)]
pub struct Beside {
    /// One a page that has the first columns.
    lefts: Vec<Left>,
    /// The further columns, once they are known.
    right: Option<Columns>,
    /// How many of the left pages have their right one.
    n_joined: usize,
}

/// A page with the first columns.
struct Left {
    /// Its horizontal rules.
    ys: Vec<f32>,
    /// Where its body begins.
    body: usize,
    /// For rows of the grid, the rows of the table.
    rows: Vec<(usize, usize)>,
}

impl Beside {
    /// Remembers a page with the first columns: its grid, where its body begins, and the rows of the table by grid row.
    pub fn add_left(&mut self, grid: &Grid, body: usize, rows: impl Iterator<Item = (usize, usize)>) {
        self.lefts.push(Left { ys: grid.ys.clone(), body, rows: rows.collect() });
    }

    /// Gives the rows of a table as many cells as it has columns.
    pub fn widen(&self, region: &mut TableRegion) {
        let n_columns = region.columns.len();
        region.rows.iter_mut().for_each(|row| row.cells.resize(n_columns, None));
    }

    /// Puts the columns of a grid to the right of the rows that stand at its rows' heights; `false` where it does not fit.
    pub fn take(&mut self, region: &mut TableRegion, grid: &Grid, start: usize, depth: usize, page: u32) -> bool {
        let Some(left) = self.lefts.get(self.n_joined) else { return false };
        let body = start + depth;
        if left.body != body || !has_heights(grid, &left.ys) {
            return false;
        }
        let columns = header::columns(grid, start, depth);
        if self.right.as_ref().is_some_and(|right| right.paths != columns.paths) {
            return false;
        }
        let n_left = region.columns.len() - self.right.as_ref().map_or(0, |right| right.paths.len());
        let found = table::body(grid, page, body, &columns);
        let row_of = |grid_row: &usize| left.rows.iter().find(|(row, _)| row == grid_row).map(|(_, row)| *row);
        let Some(rows) = found.grid_rows.iter().map(row_of).collect::<Option<Vec<usize>>>() else { return false };
        if rows.is_empty() {
            return false;
        }
        if self.right.is_none() {
            region.columns.extend(columns.paths.iter().cloned());
            self.right = Some(columns);
        }
        self.widen(region);
        for (row, found) in rows.into_iter().zip(found.rows) {
            let into: Option<&mut [Option<Cell>]> =
                region.rows.get_mut(row).and_then(|row| row.cells.get_mut(n_left..));
            into.into_iter().flatten().zip(found.cells).for_each(|(slot, cell)| *slot = cell);
        }
        region.pages.push(page);
        self.n_joined += 1;
        true
    }
}

/// Whether a grid's columns are amounts and nothing else, so that its rows have their names elsewhere.
pub fn has_no_labels(columns: &Columns, grid: &Grid, body: usize) -> bool {
    let is_label = |path: &Vec<String>| {
        path.last().is_some_and(|leaf| matches!(role_of(leaf, path), Some(RoleHint::Label | RoleHint::Code)))
    };
    let in_body = |cell: &&GridCell| cell.row >= body && !cell.is_blank();
    !columns.paths.iter().any(is_label) && grid.cells.iter().filter(in_body).all(|cell| is_figure(&cell.text()))
}

fn has_heights(grid: &Grid, ys: &[f32]) -> bool {
    let lowest =
        ys.windows(2).map(|pair| pair[1] - pair[0]).filter(|height| *height > 0.0).fold(f32::INFINITY, f32::min);
    grid.ys.len() == ys.len() && grid.ys.iter().zip(ys).all(|(a, b)| (a - b).abs() < SAME_HEIGHT * lowest)
}
