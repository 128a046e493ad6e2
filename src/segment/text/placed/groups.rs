//! Which columns each name of a group stands over, and the cells of the header that this makes.

use super::columns::Column;
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::segment::aligned::header::HeaderText;
use crate::segment::grid::GridCell;

/// A column whose name stands below the header's middle has a group above it, as a rule.
const UNCOVERED: f32 = 2.0;

/// A column whose name stands in the header's middle is as high as the header, and has none.
const COVERED: f32 = 1.0;

/// A name stands below the middle by at least this share of the pitch.
const BELOW: f32 = 0.4;

/// A run of more columns has its groups share it evenly.
const MAX_RUN: usize = 64;

/// For each column the names above it, from the top down: the groups, and its own.
pub(super) fn paths(texts: &[HeaderText], columns: &[Column], named: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<usize> = (0..texts.len()).filter(|id| !named.contains(&Some(*id))).collect();
    let key = |id: &usize| texts.get(*id).map_or((0.0, 0.0), |text| (text.rect.y0, text.rect.center_x()));
    groups.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut paths: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    let middles: Vec<f32> = columns
        .iter()
        .zip(named)
        .map(|(column, name)| {
            name.and_then(|id| texts.get(id)).map_or(column.middle(), |text| text.rect.center_x() / EM)
        })
        .collect();
    let top = texts.iter().map(|text| text.rect.y0).fold(f32::INFINITY, f32::min);
    let bottom = texts.iter().map(|text| text.rect.y1).fold(0.0, f32::max);
    let middle = (top + bottom) / 2.0;
    // What it costs that a column has a group above it, and that it has none.
    let costs: Vec<(f32, f32)> = named
        .iter()
        .map(|name| match name.and_then(|id| texts.get(id)) {
            Some(text) if text.rect.center_y() > middle + BELOW * PITCH => (0.0, UNCOVERED),
            Some(_) => (COVERED, 0.0),
            None => (0.0, 0.0),
        })
        .collect();
    let mut rest = groups.as_slice();
    while let Some(first) = rest.first().and_then(|id| texts.get(*id)) {
        let n = rest.iter().take_while(|id| texts.get(**id).is_some_and(|text| text.rect.y0 < first.rect.y1)).count();
        let (level, after) = rest.split_at(n.max(1));
        rest = after;
        let bottom = level.iter().filter_map(|id| texts.get(*id)).map(|text| text.rect.y1).fold(0.0, f32::max);
        // Names below the groups; a column without a name goes with its neighbours.
        let lower: Vec<bool> = named
            .iter()
            .map(|name| name.and_then(|id| texts.get(id)).is_none_or(|text| text.rect.y0 >= bottom))
            .collect();
        for (id, (from, to)) in spans(texts, level, &middles, &lower, &costs) {
            for path in paths.get_mut(from..to).unwrap_or_default() {
                path.push(id);
            }
        }
    }
    for (path, name) in paths.iter_mut().zip(named) {
        path.extend(*name);
    }
    paths
}

/// The columns of each group of a line, so that each stands over the middle of its own.
fn spans(
    texts: &[HeaderText],
    level: &[usize],
    middles: &[f32],
    lower: &[bool],
    costs: &[(f32, f32)],
) -> Vec<(usize, (usize, usize))> {
    let uncovered = |column: usize| {
        if lower.get(column) == Some(&true) { costs.get(column).map_or(0.0, |(_, uncovered)| *uncovered) } else { 0.0 }
    };
    let (n, m) = (level.len(), middles.len().min(MAX_RUN));
    let width = m + 1;
    // For the first groups and columns the least cost, and where the last group's columns begin and end.
    let mut best: Vec<(f32, usize, usize)> = vec![(f32::INFINITY, 0, 0); (n + 1) * width];
    let mut cost = 0.0;
    for c in 0..=m {
        if let Some(slot) = best.get_mut(c) {
            *slot = (cost, 0, 0);
        }
        cost += uncovered(c);
    }
    for (g, id) in level.iter().enumerate() {
        let middle = texts.get(*id).map_or(0.0, |text| text.rect.center_x() / EM);
        for to in 1..=m {
            // The last column stands under no group.
            let left = best.get((g + 1) * width + to - 1).copied().unwrap_or((f32::INFINITY, 0, 0));
            let mut least = (left.0 + uncovered(to - 1), left.1, left.2);
            let mut covered = 0.0;
            for from in (0..to).rev() {
                if lower.get(from) != Some(&true) {
                    break;
                }
                covered += costs.get(from).map_or(0.0, |(covered, _)| *covered);
                let (Some(a), Some(b)) = (middles.get(from), middles.get(to - 1)) else { continue };
                let before = best.get(g * width + from).map_or(f32::INFINITY, |slot| slot.0);
                let cost = before + covered + ((a + b) / 2.0 - middle).abs();
                if cost < least.0 {
                    least = (cost, from, to);
                }
            }
            if let Some(slot) = best.get_mut((g + 1) * width + to) {
                *slot = least;
            }
        }
    }
    let mut out = Vec::new();
    let mut at = m;
    for (g, id) in level.iter().enumerate().rev() {
        let Some((cost, from, to)) = best.get((g + 1) * width + at).copied() else { break };
        if !cost.is_finite() {
            break;
        }
        out.push((*id, (from, to)));
        at = from;
    }
    out.reverse();
    out
}

/// The cells of a header, and how many rows it has.
pub(super) fn cells(texts: &[HeaderText], paths: &[Vec<usize>], top: f32, bottom: f32) -> (Vec<GridCell>, usize) {
    let depth = paths.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let y = |row: usize| top + (bottom - top) * row as f32 / depth as f32;
    let at = |column: usize, row: usize| paths.get(column).and_then(|path| path.get(row)).copied();
    let is_last = |column: usize, row: usize| paths.get(column).is_none_or(|path| row + 1 >= path.len());
    let mut cells = Vec::new();
    for row in 0..depth {
        let mut column = 0;
        while column < paths.len() {
            let id = at(column, row);
            if id.is_none() && row > 0 {
                column += 1;
                continue;
            }
            let mut end = column + 1;
            while end < paths.len() && id.is_some() && at(end, row) == id && !is_last(end, row) && !is_last(column, row)
            {
                end += 1;
            }
            let n_rows = if is_last(column, row) { depth - row } else { 1 };
            cells.push(GridCell {
                row,
                column,
                n_rows,
                n_columns: end - column,
                rect: Rect { x0: 0.0, y0: y(row), x1: 0.0, y1: y(row + n_rows) },
                lines: id.and_then(|id| texts.get(id)).map_or_else(Vec::new, |text| text.lines.clone()),
            });
            column = end;
        }
    }
    (cells, depth)
}
