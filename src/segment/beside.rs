//! A table too wide for its page: further columns of its rows stand on pages of their own, at the same heights.
//!
//! The names of the rows may be printed again before them.

use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::{self, Columns, bare, is_figure};
use crate::segment::{Cell, TableRegion, TableRow, table};
use crate::terms::column::{ColumnRole, role_of};

/// Rows of two pages are the same where their rules differ by less than this share of the lowest row's height.
const SAME_HEIGHT: f32 = 0.1;

/// Columns of two pages are the same where their rules differ by less than this share of the width.
const SAME_EDGE: f32 = 0.01;

/// The pages of a table by what they hold of its columns.
#[derive(Default)]
pub struct Beside {
    /// One a page that has the first columns.
    lefts: Vec<Left>,
    /// The further columns, as far as they are known.
    strips: Vec<Strip>,
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

/// Columns that stand together on pages of their own.
struct Strip {
    columns: Columns,
    /// How many columns at its left are the table's first, printed again.
    n_again: usize,
    /// The first of them among the table's columns.
    first: usize,
    /// How many of the left pages have their page with these columns.
    n_joined: usize,
}

impl Beside {
    /// Remembers a page with the first columns: its grid, where its body begins, and the rows of the table by grid row.
    pub fn add_left(&mut self, grid: &Grid, body: usize, rows: impl Iterator<Item = (usize, usize)>) {
        self.lefts.push(Left { ys: grid.ys.clone(), body, rows: rows.collect() });
    }

    /// Gives the rows of a table as many cells as it has columns.
    pub fn widen(region: &mut TableRegion) {
        let n_columns = region.columns.len();
        region.rows.iter_mut().for_each(|row| row.cells.resize(n_columns, None));
    }

    /// Puts the columns of a grid to the right of the rows that stand at its rows' heights; `false` where it does not fit.
    pub fn take(&mut self, region: &mut TableRegion, grid: &Grid, start: usize, depth: usize, page: u32) -> bool {
        let known = self.strips.iter().position(|strip| {
            self.lefts.get(strip.n_joined).is_some_and(|left| {
                strip.has_edges_of(grid) && left.fits(grid, strip.body(grid, start, depth), strip.left_edge())
            })
        });
        let begun = if known.is_none() { self.begin(region, grid, start, depth) } else { None };
        let Some(strip) = known.and_then(|at| self.strips.get(at)).or(begun.as_ref()) else { return false };
        let Some(left) = self.lefts.get(strip.n_joined) else { return false };
        let found = table::body(grid, page, strip.body(grid, start, depth), &strip.columns);
        let rows: Vec<(Option<usize>, TableRow)> =
            found.grid_rows.iter().map(|grid_row| left.row(*grid_row)).zip(found.rows).collect();
        if !rows
            .iter()
            .all(|(row, texts)| row.and_then(|row| region.rows.get(row)).is_some_and(|row| strip.names(row, texts)))
        {
            return false;
        }
        let (first, n_again) = (strip.first, strip.n_again);
        match (known, begun) {
            (Some(at), _) => self.strips[at].n_joined += 1,
            (None, Some(strip)) => {
                region.columns.extend(strip.columns.paths[n_again..].iter().cloned());
                self.strips.push(Strip { n_joined: 1, ..strip });
            }
            (None, None) => {}
        }
        Self::widen(region);
        for (row, texts) in rows {
            let slots: Option<&mut [Option<Cell>]> =
                row.and_then(|row| region.rows.get_mut(row)).and_then(|row| row.cells.get_mut(first..));
            slots
                .into_iter()
                .flatten()
                .zip(texts.cells.into_iter().skip(n_again))
                .for_each(|(slot, cell)| *slot = cell);
        }
        region.pages.push(page);
        true
    }

    /// The strip that begins with a grid, if it is one.
    fn begin(&self, region: &TableRegion, grid: &Grid, start: usize, depth: usize) -> Option<Strip> {
        let columns = header::columns(grid, start, depth);
        let n_again = columns.paths.iter().zip(&region.columns).take_while(|(path, own)| path == own).count();
        let new = columns.paths.get(n_again..).filter(|new| !new.is_empty())?;
        let has_names = new.iter().any(|path| is_label(path));
        let strip = Strip { first: region.columns.len(), n_joined: 0, n_again, columns };
        let fits = !has_names && self.lefts.first()?.fits(grid, start + depth, strip.left_edge());
        fits.then_some(strip)
    }
}

impl Left {
    /// Whether a grid has rows at the same heights, and right of an edge nothing but figures.
    fn fits(&self, grid: &Grid, body: usize, edge: f32) -> bool {
        let heights = self.ys.windows(2).map(|pair| pair[1] - pair[0]).filter(|height| *height > 0.0);
        let near = SAME_HEIGHT * heights.fold(f32::INFINITY, f32::min);
        let in_body = || {
            let is_new = |cell: &&GridCell| cell.row >= body && !cell.is_blank() && cell.rect.center_x() > edge;
            grid.cells.iter().filter(is_new)
        };
        self.body == body
            && grid.ys.len() == self.ys.len()
            && grid.ys.iter().zip(&self.ys).all(|(a, b)| (a - b).abs() < near)
            && in_body().count() > 0
            && in_body().all(|cell| is_figure(&cell.text()))
    }

    /// The table's row of a row of the grid.
    fn row(&self, grid_row: usize) -> Option<usize> {
        self.rows.iter().find(|(row, _)| *row == grid_row).map(|(_, row)| *row)
    }
}

impl Strip {
    /// Where the new columns begin.
    fn left_edge(&self) -> f32 {
        self.columns.edges.get(self.n_again).copied().unwrap_or_default()
    }

    /// Whether a row's names, as far as they are printed again, are those of a row of the table.
    fn names(&self, row: &TableRow, again: &TableRow) -> bool {
        let text = |cell: &Option<Cell>| cell.as_ref().map(|cell| bare(&cell.text));
        row.cells.iter().zip(&again.cells).take(self.n_again).all(|(own, again)| text(own) == text(again))
    }

    /// Where the body begins: below the header where it is printed again.
    fn body(&self, grid: &Grid, start: usize, depth: usize) -> usize {
        let is_repeated = header::texts(grid, start, start + depth) == self.columns.texts;
        start + if is_repeated { depth } else { 0 }
    }

    fn has_edges_of(&self, grid: &Grid) -> bool {
        let edges = &self.columns.edges;
        let near = SAME_EDGE * grid.rect.width();
        edges.len() == grid.xs.len() && edges.iter().zip(&grid.xs).all(|(a, b)| (a - b).abs() < near)
    }
}

/// Whether a column is no column of amounts, so that its rows have their names where it stands.
fn is_label(path: &[String]) -> bool {
    path.last()
        .is_none_or(|leaf| is_figure(leaf) || matches!(role_of(leaf, path), Some(ColumnRole::Label | ColumnRole::Code)))
}
