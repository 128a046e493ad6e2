//! The grid of a form while it is drawn.

use crate::provenance::Provenance;
use crate::segment::FormCell;

/// Columns of the grid: a label, four columns for the period, three for the year.
pub(super) const N_COLUMNS: u16 = 8;

/// The first column of the right-hand side.
pub(super) const RIGHT: u16 = 5;

/// A form's grid; rows are added at its foot.
#[derive(Default)]
pub(super) struct Sheet {
    cells: Vec<FormCell>,
    n_rows: u16,
}

impl Sheet {
    /// Adds a row and returns its index.
    pub(super) fn add_row(&mut self) -> u16 {
        let row = self.n_rows;
        self.n_rows = self.n_rows.saturating_add(1);
        row
    }

    /// How many rows there are.
    pub(super) fn n_rows(&self) -> u16 {
        self.n_rows
    }

    /// Puts a cell on the grid and returns its place in the list.
    pub(super) fn put(&mut self, row: u16, columns: std::ops::Range<u16>, lines: Vec<String>, page: u32) -> usize {
        self.cells.push(FormCell {
            row,
            column: columns.start,
            n_rows: 1,
            n_columns: columns.end.saturating_sub(columns.start).max(1),
            lines,
            edges: None,
            provenance: Provenance::page(page),
            guessed: false,
        });
        self.cells.len() - 1
    }

    /// Puts what heads each of two sides below it, and a label beside both.
    pub(super) fn put_sides(&mut self, label: &str, heads: [&str; 2], sides: [Vec<String>; 2], page: u32) {
        let at = self.add_row();
        let beside = self.put(at, 0..1, vec![label.to_owned()], page);
        let below = self.add_row();
        for ((head, side), columns) in heads.into_iter().zip(sides).zip([1..RIGHT, RIGHT..N_COLUMNS]) {
            self.put(at, columns.clone(), vec![head.to_owned()], page);
            self.put(below, columns, side, page);
        }
        self.span_to_foot(beside);
    }

    /// Marks a cell whose place is the likeliest of several.
    pub(super) fn guess(&mut self, cell: usize) {
        if let Some(cell) = self.cells.get_mut(cell) {
            cell.guessed = true;
        }
    }

    /// Lets a cell run down to the last row.
    pub(super) fn span_to_foot(&mut self, cell: usize) {
        let n_rows = self.n_rows;
        if let Some(cell) = self.cells.get_mut(cell) {
            cell.n_rows = n_rows.saturating_sub(cell.row).max(1);
        }
    }

    /// The cells in reading order.
    pub(super) fn cells(mut self) -> Vec<FormCell> {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells
    }
}
