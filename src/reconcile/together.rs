//! Sums that close several sides of a statement together.

use super::identity::{Identity, Outcome};
use super::ledger::{FigureId, Ledger};
use crate::arithmetic::side::{Line, Side};

/// A sum may close several sides together (公用经费合计 over 302 and 310 side by side): where it is merged over them, or
/// where those before it have no sum of their own. Then that it does not close one of them alone says nothing.
pub(super) fn close(ledger: &Ledger<'_>, sides: &[Side], tops: &[Vec<FigureId>], kept: &mut Vec<Identity>) {
    for (index, side) in sides.iter().enumerate() {
        for line in &side.lines {
            let is_open = |side: &&Side| side.amounts.len() == 1 && side.lines.iter().all(|line| !line.total);
            let n_open = sides.iter().take(index).rev().take_while(is_open).count();
            let open = (line.total && side.amounts.len() == 1).then_some(index - n_open);
            let Some(first) = line.shared.or(open).filter(|first| *first < index) else { continue };
            let Some(total) = line.figures.iter().copied().find_map(|figure| figure) else { continue };
            let parts = tops.iter().take(index + 1).skip(first).flatten().map(|id| (*id, 1)).collect();
            let Some(identity) = Identity::sum(ledger, total, parts) else { continue };
            let gap = |identity: &Identity| (identity.left - identity.right).abs();
            let fails = |other: &Identity| other.total == total && other.outcome() == Outcome::Failed;
            let is_nearer = kept.iter().any(|other| fails(other) && gap(other) > gap(&identity));
            if identity.outcome() != Outcome::Failed || is_nearer && line.shared.is_none() {
                kept.retain(|other| !fails(other));
                kept.push(identity);
            }
        }
    }
    close_all(ledger, sides, tops, kept);
}

/// 合计 below the sums of 人员经费 and 公用经费 side by side adds both up.
fn close_all(ledger: &Ledger<'_>, sides: &[Side], tops: &[Vec<FigureId>], kept: &mut [Identity]) {
    if sides.len() < 2 || sides.iter().any(|side| side.amounts.len() != 1) {
        return;
    }
    for identity in kept.iter_mut().filter(|identity| identity.outcome() == Outcome::Failed) {
        let is_sum = |line: &&Line| line.total && line.figures.contains(&Some(identity.total));
        let Some(sum) = sides.iter().flat_map(|side| &side.lines).find(is_sum) else { continue };
        let closing = |side: &Side| {
            let above = side.lines.iter().rfind(|line| line.total && line.record < sum.record)?;
            *above.figures.first()?
        };
        let closings: Vec<FigureId> = sides.iter().filter_map(closing).collect();
        let rivals = [if closings.len() == sides.len() { closings } else { Vec::new() }, tops.concat()];
        let sums = rivals
            .into_iter()
            .filter(|parts| !parts.contains(&identity.total))
            .filter_map(|parts| Identity::sum(ledger, identity.total, parts.into_iter().map(|id| (id, 1)).collect()));
        let held = sums.filter(Identity::is_sum).find(|sum| sum.outcome() != Outcome::Failed);
        if let Some(held) = held {
            *identity = held;
        }
    }
}
