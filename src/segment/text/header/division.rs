//! Where the rows of a header begin among its cells.

use std::rc::Rc;

use super::cells::{HeaderCell, Run};
use crate::segment::cost::Cost;
use crate::segment::cost::division::{BREAK_IN_LINE, LINE_WITHIN};

/// Headers have at most this many rows.
pub(super) const MAX_ROWS: usize = 4;

/// So many divisions into rows are tried; headers wrap at some ten lines.
const MAX_DIVISIONS: usize = 600;

/// A way to divide the cells into header rows; there are many of them for each reading, so they are small.
#[derive(Clone, Copy)]
pub(super) struct Division {
    /// What it costs that rows begin within lines, and lines within rows.
    pub(super) cost: Cost,
    /// Of two at the same cost the one of the lower rank is taken.
    pub(super) rank: u32,
    rows: [(u8, u8); MAX_ROWS],
    n_rows: u8,
    n_within_lines: u8,
}

impl Division {
    /// The rows from the top down, and how many they are.
    pub(super) fn rows(&self) -> ([Run; MAX_ROWS], usize) {
        (self.rows.map(|(start, end)| (usize::from(start), usize::from(end))), usize::from(self.n_rows))
    }

    fn last(&self) -> Option<(u8, u8)> {
        self.rows.get(usize::from(self.n_rows).checked_sub(1)?).copied()
    }

    /// The same with one row more, which begins with a cell of the last.
    fn with_row(mut self, start: u8, begins_line: bool) -> Option<Self> {
        let n_rows = usize::from(self.n_rows);
        let end = std::mem::replace(&mut self.rows.get_mut(n_rows.checked_sub(1)?)?.1, start);
        *self.rows.get_mut(n_rows)? = (start, end);
        self.n_rows += 1;
        self.n_within_lines += u8::from(!begins_line);
        Some(self)
    }
}

/// Every way to divide the cells into header rows that costs less than `limit`, the cheapest first. Those that begin rows
/// with lines are of a lower rank.
pub(super) fn divisions(cells: &[Rc<HeaderCell>], limit: Cost) -> Vec<Division> {
    let begins = |idx: usize| cells.get(idx).is_some_and(|cell| cell.begins_line);
    let n_lines = count((0..cells.len()).filter(|idx| begins(*idx)).count());
    let cost = |n_beginning: Cost, n_within: Cost| BREAK_IN_LINE * n_within + LINE_WITHIN * (n_lines - n_beginning);
    if cost(n_lines.min(count(MAX_ROWS)), 0) >= limit {
        return Vec::new();
    }
    let mut divisions: Vec<Division> = ranked(cells.len(), &begins);
    for division in &mut divisions {
        let (n_rows, n_within) = (Cost::from(division.n_rows), Cost::from(division.n_within_lines));
        division.cost = cost(n_rows - n_within, n_within);
    }
    divisions.retain(|division| division.cost < limit);
    divisions.sort_by_key(|division| division.cost);
    divisions
}

fn count(n: usize) -> Cost {
    Cost::try_from(n).unwrap_or(Cost::MAX / 60)
}

/// The ways to divide the cells by their rank; what they cost is not told.
fn ranked(n_cells: usize, begins: &impl Fn(usize) -> bool) -> Vec<Division> {
    let Ok(n_cells) = u8::try_from(n_cells) else { return Vec::new() };
    let mut rows = [(0, 0); MAX_ROWS];
    rows[0] = (0, n_cells);
    let n_within_lines = u8::from(!begins(0));
    let whole = Division { cost: 0, rank: 0, rows, n_rows: 1, n_within_lines };
    let mut found = vec![whole];
    for within_lines in [false, true] {
        let starts: Vec<u8> = (1..n_cells).filter(|idx| within_lines || begins(usize::from(*idx))).collect();
        let mut level = vec![whole];
        for _ in 1..MAX_ROWS {
            let mut deeper: Vec<Division> = Vec::new();
            for division in &level {
                let first = division.last().map_or(0, |(start, _)| starts.partition_point(|other| *other <= start));
                let further = starts.get(first..).unwrap_or_default().iter();
                let longer = further.filter_map(|start| division.with_row(*start, begins(usize::from(*start))));
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
    for (rank, division) in (0..).zip(&mut found) {
        division.rank = rank;
    }
    found
}
