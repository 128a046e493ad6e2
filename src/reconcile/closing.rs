//! How far the rows of a side close with its sum rows, as they are read.

use super::identity::Outcome;
use super::ledger::FigureId;
use super::rows::Reading;
use crate::arithmetic::side::Side;

impl Reading {
    /// Whether every row has found a place and all of them close with a printed sum.
    pub(super) fn takes_all_in(&self, side: &Side) -> bool {
        let items: Vec<usize> = (0..side.lines.len()).filter(|line| !side.lines[*line].is_apart()).collect();
        side.lines.iter().any(|line| line.total) && self.tally.failed == 0 && self.outline.takes_in(&items)
    }

    /// Whether the rows add up to a sum row to the digit, and nothing fails.
    pub(super) fn bears_out(&self, total: FigureId) -> bool {
        let mut sums = self.columns.iter().flat_map(|(own, _)| own);
        let closes = sums.any(|sum| sum.total == total && sum.outcome() == Outcome::Exact);
        self.tally.failed == 0 && self.tally.exact > 0 && closes
    }

    /// Whether the side has a sum row and every one of them closes.
    pub(super) fn sums_close(&self, side: &Side) -> bool {
        let sums = side.lines.iter().filter(|line| line.total);
        let totals: Vec<FigureId> = sums.flat_map(|line| line.figures.iter().copied().flatten()).collect();
        let sums = self.columns.iter().flat_map(|(own, _)| own);
        let mut closing = sums.filter(|sum| totals.contains(&sum.total)).peekable();
        closing.peek().is_some() && closing.all(|sum| sum.outcome() != Outcome::Failed)
    }
}
