//! Where the rows of a header begin among its cells.

use std::rc::Rc;

use super::cells::{HeaderCell, Run};
use crate::segment::cost::Cost;
use crate::segment::cost::division::{BREAK_IN_LINE, LINE_WITHIN};

/// Headers have at most this many rows.
pub(super) const MAX_ROWS: usize = 4;

/// So many divisions into rows are tried; headers wrap at some ten lines.
const MAX_DIVISIONS: usize = 600;

/// A way to divide the cells into header rows.
#[derive(Clone, Copy)]
pub(super) struct Division {
    /// What it costs that rows begin within lines, and lines within rows.
    pub(super) cost: Cost,
    /// Of two at the same cost the one of the lower rank is taken.
    pub(super) rank: usize,
    rows: [Run; MAX_ROWS],
    n_rows: usize,
    n_within_lines: usize,
}

impl Division {
    /// The rows from the top down.
    pub(super) fn rows(&self) -> &[Run] {
        self.rows.get(..self.n_rows).unwrap_or_default()
    }

    fn last(&self) -> Option<Run> {
        self.rows().last().copied()
    }

    /// The same with one row more, which begins with a cell of the last.
    fn with_row(mut self, start: usize, begins_line: bool) -> Option<Self> {
        let end = std::mem::replace(&mut self.rows.get_mut(self.n_rows.checked_sub(1)?)?.1, start);
        *self.rows.get_mut(self.n_rows)? = (start, end);
        self.n_rows += 1;
        self.n_within_lines += usize::from(!begins_line);
        Some(self)
    }
}

/// Every way to divide the cells into header rows that costs less than `limit`, the cheapest first. Those that begin rows
/// with lines are of a lower rank.
pub(super) fn divisions(cells: &[Rc<HeaderCell>], limit: Cost) -> Vec<Division> {
    let begins = |idx: usize| cells.get(idx).is_some_and(|cell| cell.begins_line);
    let n_lines = (0..cells.len()).filter(|idx| begins(*idx)).count();
    let cost = |division: &Division| {
        let count = |n: usize| Cost::try_from(n).unwrap_or(Cost::MAX / 60);
        let n_beginning = division.n_rows - division.n_within_lines;
        BREAK_IN_LINE * count(division.n_within_lines) + LINE_WITHIN * count(n_lines - n_beginning)
    };
    let mut divisions: Vec<Division> = ranked(cells.len(), &begins);
    divisions.iter_mut().for_each(|division| division.cost = cost(division));
    divisions.retain(|division| division.cost < limit);
    divisions.sort_by_key(|division| division.cost);
    divisions
}

/// The ways to divide the cells by their rank; what they cost is not told.
fn ranked(n_cells: usize, begins: &impl Fn(usize) -> bool) -> Vec<Division> {
    let mut rows = [(0, 0); MAX_ROWS];
    rows[0] = (0, n_cells);
    let n_within_lines = usize::from(!begins(0));
    let whole = Division { cost: 0, rank: 0, rows, n_rows: 1, n_within_lines };
    let mut found = vec![whole];
    for within_lines in [false, true] {
        let starts: Vec<usize> = (1..n_cells).filter(|idx| within_lines || begins(*idx)).collect();
        let mut level = vec![whole];
        for _ in 1..MAX_ROWS {
            let mut deeper: Vec<Division> = Vec::new();
            for division in &level {
                let first = division.last().map_or(0, |(start, _)| starts.partition_point(|other| *other <= start));
                let further = starts.get(first..).unwrap_or_default().iter();
                let longer = further.filter_map(|start| division.with_row(*start, begins(*start)));
                // One row at most begins within a line.
                deeper.extend(longer.filter(|division| division.n_within_lines <= 1 + n_within_lines));
            }
            let is_new = |division: &&Division| within_lines == (division.n_within_lines > n_within_lines);
            found.extend(deeper.iter().filter(is_new));
            if found.len() > MAX_DIVISIONS {
                break;
            }
            level = deeper;
        }
        if found.len() > MAX_DIVISIONS {
            break;
        }
    }
    for (rank, division) in found.iter_mut().enumerate() {
        division.rank = rank;
    }
    found
}
