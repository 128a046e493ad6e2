//! Headers whose cells are written together with what stands below them: a cell, its parts, the next cell.

use std::rc::Rc;

use super::cells::{HeaderCell, Run};
use super::over::Over;
use super::parent::{Cells, Rows};
use crate::segment::cost::Cost;
use crate::segment::cost::division::{LINE_WITHIN, NESTED};
use crate::segment::least_cost::States;

/// So many cells at most stand under one.
const MAX_PARTS: usize = 12;

/// A cell over others at this cost is unlikely.
const MAX_COST: Cost = 30;

/// What it costs that a cell stands over those that follow it up to another.
pub(super) struct Groups(Vec<(usize, usize, Cost)>);

impl Groups {
    /// Every cell on a line of its own with parts on lines of their own.
    pub(super) fn of(cells: &[Rc<HeaderCell>]) -> Self {
        let begins = |idx: usize| cells.get(idx).is_none_or(|cell| cell.begins_line);
        let all = Cells::of(cells);
        let mut groups = Vec::new();
        for at in (0..cells.len()).filter(|at| begins(*at) && begins(at + 1)) {
            let lower = (at + 1, cells.len().min(at + 1 + MAX_PARTS));
            let rows = Rows::of(&all, (at, at + 1), lower);
            let Some(mut over) = Over::of(&rows, at, at + 1) else { continue };
            for to in at + 2..=lower.1 {
                over.take_next();
                let cost = if to > at + 2 && begins(to) { over.costs().0 } else { MAX_COST };
                if cost < MAX_COST {
                    groups.push((at, to, cost));
                }
            }
        }
        Self(groups)
    }
}

/// The cells that stand under none, each with those under it, at the least cost with so many columns. The groups are found
/// where they are needed first.
pub(super) fn nested(
    cells: &[Rc<HeaderCell>],
    groups: &mut Option<Groups>,
    n_columns: usize,
    limit: Cost,
) -> Option<(Cost, Vec<(usize, Run)>)> {
    let n_lines = cells.iter().filter(|cell| cell.begins_line).count();
    let lines = LINE_WITHIN * Cost::try_from(n_lines.saturating_sub(2)).unwrap_or(Cost::MAX / 60);
    let own = NESTED + lines;
    if own >= limit {
        return None;
    }
    let mut groups = groups.get_or_insert_with(|| Groups::of(cells)).0.as_slice();
    if groups.is_empty() {
        return None;
    }
    let width = n_columns + 1;
    // So many cells are done, and so many columns found; a step is a cell with its parts.
    let mut states: States<Cost, (usize, Run)> = States::new((cells.len() + 1) * width);
    for at in 0..cells.len() {
        let n_own = groups.iter().take_while(|(of, ..)| *of == at).count();
        let (of_cell, rest) = groups.split_at(n_own);
        groups = rest;
        for found in 0..n_columns {
            let before = at * width + found;
            if states.cost(before).is_none_or(|cost| cost + own >= limit) {
                continue;
            }
            states.offer(before, before + width + 1, 0, (at, (0, 0)));
            for (_, to, more) in of_cell {
                let found = found + to - (at + 1);
                if found <= n_columns {
                    states.offer(before, to * width + found, *more, (at, (at + 1, *to)));
                }
            }
        }
    }
    let end = cells.len() * width + n_columns;
    let cost = states.cost(end)?.saturating_add(own);
    let items: Vec<(usize, Run)> = states.way(end).into_iter().map(|(_, _, item)| *item).collect();
    let has_parts = items.iter().any(|(_, (from, to))| from < to);
    (has_parts && cost < limit).then_some((cost, items))
}
