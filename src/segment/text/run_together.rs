//! Texts of a table without rulings that have run into those right of them.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Class, class, most};
use super::table::doubt;
use crate::segment::{Cell, TableRegion, TableRow, header};
use crate::terms::column::ColumnRole;

/// Texts that have run into those right of them.
pub(super) struct RunTogether {
    /// How many decimals most amounts of the table have.
    usual: usize,
    /// For each page the columns that such texts may be of.
    reached: BTreeMap<u32, BTreeSet<usize>>,
}

impl RunTogether {
    pub(super) fn of(table: &TableRegion) -> Self {
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
        let usual = most(cells.filter_map(n_decimals)).unwrap_or(0);
        let mut own = Self { usual, reached: BTreeMap::new() };
        for row in &table.rows {
            let at = (0..row.cells.len()).filter(|at| row.cells.get(*at).is_some_and(|cell| own.is_two(cell)));
            let reached: Vec<usize> = at.flat_map(|at| at.saturating_sub(1)..at + 2).collect();
            own.reached.entry(row.provenance.page).or_default().extend(reached);
        }
        own
    }

    /// 829.162858.39 is two amounts, .00 the end of the one before it, and 571.1230201 an amount and the code beside it.
    pub(super) fn is_two(&self, cell: &Option<Cell>) -> bool {
        let text = cell.as_ref().map_or("", |cell| cell.text.trim());
        let has_code = || cell.as_ref().and_then(n_decimals).is_some_and(|n| n >= self.usual + LEAST_CODE);
        let is_end = text.strip_prefix('.').is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()));
        doubt::is_two_amounts(text) || has_code() || is_end
    }

    /// The columns of a row whose texts may be of others. A row that shows a text in all columns that were reached tells by
    /// their order which is which, and columns that were not have places of their own.
    pub(super) fn open(&self, row: &TableRow, roles: &[ColumnRole]) -> Option<&BTreeSet<usize>> {
        let is_blank = |column: &usize| {
            row.cells.get(*column).is_some_and(Option::is_none) && roles.get(*column) == Some(&ColumnRole::Amount)
        };
        self.reached.get(&row.provenance.page).filter(|columns| columns.iter().any(is_blank))
    }
}

fn n_decimals(cell: &Cell) -> Option<usize> {
    header::n_decimals(&cell.text).filter(|_| class(&cell.text) == Class::Amount)
}

/// The shortest code of a row.
const LEAST_CODE: usize = 3;
