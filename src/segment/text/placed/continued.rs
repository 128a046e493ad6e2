//! The columns of a page that goes on with the table of the page before.

use std::ops::Range;

use super::bind::{BESIDE, MAX_PARTS, STRANGE, beside, is_far, joined, pairs};
use super::columns::{Column, Holds};
use super::piece::{Places, TextRow};
use crate::segment::least_cost;

/// The columns of a page that goes on with a table: those of the page before, where its own are some of them. For each of
/// those is known whether its texts surely stand under their own name there.
///
/// What is blank on a page leaves no room there, so that only their order and what they hold tells which they are; also
/// gives for each whether that leaves no doubt, because the page shows all that it could be, and whether it has no near
/// rival.
pub(super) fn continued(
    shown: Vec<Column>,
    (before, were_sure): (&[Column], &[bool]),
    body: &[TextRow],
    places: Places,
) -> (Vec<Column>, Vec<bool>, Vec<bool>) {
    let further = if places == Places::Drifting { FURTHER } else { FURTHER_TRUE };
    let beside = beside(&shown, body);
    let cost = |slot: Option<usize>, run: Range<usize>| {
        let Some(column) = slot.and_then(|slot| before.get(slot)) else { return f32::INFINITY };
        let parts = shown.get(run.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return UNSHOWN };
        let mut cost = 0.0;
        for part in parts {
            let strange = part.holds.is_some() && column.holds.is_some() && part.holds != column.holds;
            cost += if strange { 2.0 * STRANGE } else { 0.0 };
            cost += if column.holds.is_none() { UNSEEN } else { 0.0 };
        }
        for (left, right) in pairs(&run) {
            cost += BESIDE * beside.get(left * shown.len() + right).copied().unwrap_or(0).min(4) as f32;
        }
        for pair in parts.windows(2) {
            if let [left, right] = pair {
                cost += IN_PARTS + APART * right.from.saturating_sub(left.to) as f32;
            }
        }
        // Names that fill a column's cells on one page fill them on the next.
        let is_wide = first.holds == Some(Holds::Names) && parts.len() == 1 && column.to > column.from;
        let wider = if is_wide { (last.to - first.from).abs_diff(column.to - column.from) as f32 } else { 0.0 };
        cost + further * (first.middle() - column.middle()).abs() + WIDER * wider
    };
    let Some(reading) = least_cost::runs(before.len(), shown.len(), MAX_PARTS, cost) else {
        let unsure = vec![false; shown.len()];
        return (shown, unsure.clone(), unsure);
    };
    let mut out: Vec<Column> = before.to_vec();
    let runs: Vec<Range<usize>> = reading.slots().map(|(_, run)| run).collect();
    // Columns that are blank here stand nowhere, so that no text goes to them.
    let mut next = usize::MAX / 2;
    for (slot, run) in out.iter_mut().zip(runs).rev() {
        let own = shown.get(run).and_then(joined);
        *slot = match own {
            Some(own) => Column { holds: own.holds.or(slot.holds), ..own },
            None => Column { from: next, to: next, holds: slot.holds },
        };
        next = slot.from;
    }
    let is_blank = |column: &Column| column.from == column.to;
    let may_share = |at: usize, other: &Column| {
        let holds = out.get(at).and_then(|column| column.holds);
        other.holds.is_none() || other.holds == holds
    };
    let is_sure = |at: usize| {
        // What holds something else parts the columns that a text may be of.
        let rivals = |other: &&Column| is_blank(other) || may_share(at, other);
        let left = out.iter().take(at).rev().take_while(rivals);
        let right = out.iter().skip(at + 1).take_while(rivals);
        // A blank column of something else parts nothing, and has none of these texts either.
        let is_unknown = out.get(at).is_none_or(|column| column.holds.is_none());
        let may_have = |other: &&Column| is_unknown || may_share(at, other);
        !left.chain(right).chain(out.get(at)).filter(may_have).any(is_blank)
    };
    // Where texts push each other to the right the order of a page's columns is less than it seems.
    // And what was in doubt there is no sign for where texts stand here.
    let was_sure = |slot: usize| were_sure.get(slot) == Some(&true);
    let is_alone = |slot: usize, run: &Range<usize>| was_sure(slot) && is_far(&reading.margins, run);
    let far: Vec<bool> =
        reading.slots().map(|(slot, run)| places == Places::Drifting && is_alone(slot, &run)).collect();
    let sure = (0..out.len()).map(|at| is_sure(at) || far.get(at) == Some(&true)).collect();
    (out, sure, far)
}

/// A column that a page does not show.
const UNSHOWN: f32 = 0.5;

/// A column that no page has shown yet.
const UNSEEN: f32 = 4.0;

/// Stretches apart that are of one column, though nothing but that says so.
const IN_PARTS: f32 = 3.0;

/// For each place between two such stretches.
const APART: f32 = 0.1;

/// For each place that a column stands away from where it stood on the page before.
const FURTHER: f32 = 0.02;

/// The same where places are those of the page.
const FURTHER_TRUE: f32 = 0.4;

/// For each place that a column of names is wider or narrower than on the page before.
const WIDER: f32 = 0.05;

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    /// Whether each column of amounts is sure, and has no near rival, on a page that shows two of them, and not the last column
    /// of the page before, which were sure there or not.
    fn told(last: Option<Holds>, were_sure: bool, places: Places) -> [Vec<bool>; 2] {
        let body = text::drawn("某某支出   9.00   4.00\n其他支出   7.00   3.00");
        let column = |from, holds| Column { from, to: from + 4, holds };
        let amounts = Some(Holds::Amounts);
        let before = [column(0, Some(Holds::Names)), column(7, amounts), column(14, amounts), column(300, last)];
        let shown = super::super::columns::columns(&body);
        let before = (&before[..], &[were_sure; 4][..]);
        let (_, sure, far) = continued(shown, before, &body, places);
        [sure, far].map(|of| of.get(1..3).map(<[bool]>::to_vec).unwrap_or_default())
    }

    fn sure(last: Option<Holds>) -> Vec<bool> {
        let [sure, _] = told(last, true, Places::WorkedOut);
        sure
    }

    #[test]
    fn what_was_in_doubt_on_the_page_before_tells_nothing_of_this_one() {
        let far = |were_sure: bool| told(Some(Holds::Amounts), were_sure, Places::Drifting)[1].clone();
        assert_eq!(far(true), [true, true]);
        assert_eq!(far(false), [false, false]);
    }

    #[test]
    fn a_blank_column_of_names_has_none_of_a_pages_amounts() {
        assert_eq!(sure(Some(Holds::Names)), [true, true]);
        assert_eq!(sure(Some(Holds::Amounts)), [false, false]);
        assert_eq!(sure(None), [false, false]);
    }
}
