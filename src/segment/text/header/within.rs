//! Searches within growing limits of cost: a search is the shorter the less its readings may cost.

use super::Header;
use crate::segment::cost::Cost;
use crate::segment::cost::leaf::RIVAL;

/// What costs as little is looked for first, and else all.
const FIRST: Cost = 72;

/// The likeliest header that costs at most `limit`, with its rivals: `found` within what is known, or by a search within more.
/// Whatever the reading, what the rows tell costs `doubt`, on top of the limits.
pub(super) fn growing(
    within: &mut Cost,
    mut found: Option<(Cost, Header)>,
    (limit, doubt): (Cost, Cost),
    mut search: impl FnMut(Cost) -> Option<(Cost, Header)>,
) -> Option<(Cost, Header)> {
    let is_near = |cost: Cost, within: Cost| cost.saturating_add(RIVAL) <= within.saturating_add(doubt);
    while limit > *within && found.as_ref().is_none_or(|(cost, _)| !is_near(*cost, *within)) {
        *within = next(*within, limit);
        found = search(*within);
    }
    found
}

/// What readings may cost after those that cost at most so much: all of `limit`, where little lies between or those that there
/// are cost much of it already.
fn next(within: Cost, limit: Cost) -> Cost {
    if within <= FIRST / 2 && limit > FIRST + FIRST / 2 { FIRST } else { limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_little_is_looked_for_first_and_then_all() {
        assert_eq!([0, 30, 40, 72, 149].map(|within| next(within, 150)), [72, 72, 150, 150, 150]);
        assert_eq!(next(0, 100), 100);
    }
}
