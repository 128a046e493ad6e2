//! Where the rows of a header begin among its cells.

use std::rc::Rc;

use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::division::{BREAK_IN_LINE, LINE_WITHIN};

/// Headers have at most this many rows.
const MAX_ROWS: usize = 4;

/// So many divisions into rows are tried; headers wrap at some ten lines.
const MAX_DIVISIONS: usize = 600;

/// A way to divide the cells into header rows.
pub(super) struct Division {
    /// What it costs that rows begin within lines, and lines within rows.
    pub(super) cost: Cost,
    /// Of two at the same cost the one of the lower rank is taken.
    pub(super) rank: usize,
    /// The first and the last cell of each row, the latter excluded.
    pub(super) rows: Vec<(usize, usize)>,
}

/// Every way to divide the cells into header rows that costs less than `limit`, the cheapest first. Those that begin rows
/// with lines are of a lower rank.
pub(super) fn divisions(cells: &[Rc<HeaderCell>], limit: Cost) -> Vec<Division> {
    let division = |(rank, starts): (usize, Vec<usize>)| {
        let cost = cost(cells, &starts);
        let ends = || starts.iter().skip(1).copied().chain(std::iter::once(cells.len()));
        (cost < limit).then(|| Division { cost, rank, rows: starts.iter().copied().zip(ends()).collect() })
    };
    let mut divisions: Vec<Division> = starts(cells).into_iter().enumerate().filter_map(division).collect();
    divisions.sort_by_key(|division| division.cost);
    divisions
}

/// The index of each row's first cell, for every division.
fn starts(cells: &[Rc<HeaderCell>]) -> Vec<Vec<usize>> {
    let begins = |idx: &usize| cells.get(*idx).is_some_and(|cell| cell.begins_line);
    let mut found = vec![vec![0]];
    for within_lines in [false, true] {
        let starts: Vec<usize> = (1..cells.len()).filter(|idx| within_lines || begins(idx)).collect();
        let mut level = vec![vec![0]];
        for _ in 1..MAX_ROWS {
            let mut deeper: Vec<Vec<usize>> = Vec::new();
            for division in &level {
                let last = division.last().copied().unwrap_or(0);
                for start in starts.iter().filter(|start| **start > last) {
                    let mut division = division.clone();
                    division.push(*start);
                    // One row at most begins within a line.
                    if division.iter().skip(1).filter(|start| !begins(start)).count() <= 1 {
                        deeper.push(division);
                    }
                }
            }
            found.extend(
                deeper
                    .iter()
                    .filter(|division| within_lines == division.iter().skip(1).any(|start| !begins(start)))
                    .cloned(),
            );
            if found.len() > MAX_DIVISIONS {
                return found;
            }
            level = deeper;
        }
    }
    found
}

/// What it costs that rows begin within lines, and lines within rows.
fn cost(cells: &[Rc<HeaderCell>], division: &[usize]) -> Cost {
    let begins = |idx: usize| cells.get(idx).is_some_and(|cell| cell.begins_line);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX / 60);
    let rows = division.iter().filter(|start| !begins(**start)).count();
    let lines = (0..cells.len()).filter(|idx| begins(*idx) && !division.contains(idx)).count();
    BREAK_IN_LINE * count(rows) + LINE_WITHIN * count(lines)
}
