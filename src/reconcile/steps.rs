//! Labels and amounts out of step: a column of which no sum holds, and all do where its amounts stand one row on.

use super::identity::{Identity, Outcome};
use super::ledger::{FigureId, Ledger};
use crate::arithmetic::outline::{Outline, Source};
use crate::arithmetic::side::Side;

/// So many sums of two parts and more must hold to the digit one row on: one does by chance.
const MIN_SUMS: usize = 2;
/// Longer columns are not tried at every row.
const MAX_ROWS: usize = 600;
/// More rows than this that stand in the right place end the search for the first that does not.
const MAX_STARTS: usize = 80;

/// Whether nearly all sums of a column hold once the amounts below some row stand one row lower or higher.
///
/// Only the levels that are printed say so: an outline from the figures fits them where they stand.
pub(super) fn are_out(ledger: &Ledger<'_>, side: &Side, column: &[Option<FigureId>], outline: &Outline) -> bool {
    if !matches!(outline.source, Source::Codes | Source::Indents) || column.len() > MAX_ROWS {
        return false;
    }
    let sums = sums(side, outline);
    let held = |restored: &[Option<FigureId>], lost: usize| -> (usize, usize) {
        let (mut exact, mut failed) = (0, 0);
        for (total, parts) in sums.iter().filter(|(total, parts)| *total != lost && !parts.contains(&lost)) {
            let figure = |line: usize| restored.get(line).copied().flatten();
            let Some(whole) = figure(*total) else { continue };
            let parts = parts.iter().filter_map(|line| Some((figure(*line)?, 1))).collect();
            let Some(sum) = Identity::sum(ledger, whole, parts) else { continue };
            match sum.outcome() {
                Outcome::Failed => failed += 1,
                Outcome::Exact if sum.is_sum() => exact += 1,
                _ => {}
            }
        }
        (exact, failed)
    };
    let (printed, _) = held(column, usize::MAX);
    (0..column.len().min(MAX_STARTS)).any(|start| {
        let mut lower = column.to_vec();
        lower.get_mut(start..).into_iter().for_each(|below| below.rotate_right(1));
        let mut higher = column.to_vec();
        higher.get_mut(start..).into_iter().for_each(|below| below.rotate_left(1));
        let last = column.len() - 1;
        [(lower, start), (higher, last)].into_iter().any(|(restored, lost)| {
            let (exact, failed) = held(&restored, lost);
            exact >= MIN_SUMS.max(printed + 1) && failed == 0
        })
    })
}

/// Each row with its parts, and each sum row with the rows that are part of no other.
fn sums(side: &Side, outline: &Outline) -> Vec<(usize, Vec<usize>)> {
    let children = outline.children();
    let whole = |parts: &[usize]| !parts.is_empty() && !parts.iter().any(|part| outline.selected[*part]);
    let nested = children.into_iter().enumerate().filter(|(_, parts)| whole(parts));
    let roots = outline.roots();
    let totals = (0..side.lines.len()).filter(|line| side.lines[*line].total);
    let mut sums: Vec<(usize, Vec<usize>)> = nested.collect();
    // Several sum rows would each have rows of their own.
    if let [total] = totals.collect::<Vec<usize>>().as_slice() {
        sums.push((*total, roots));
    }
    sums
}
