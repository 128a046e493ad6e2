//! Searches within growing limits of cost: a search is the shorter the less its readings may cost.

use super::Header;
use crate::segment::cost::Cost;
use crate::segment::cost::leaf::RIVAL;

/// What costs as little is looked for first, then what costs twice as much.
const FIRST: Cost = 48;

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

/// What readings may cost after those that cost at most so much: all of `limit` where there is little beyond.
fn next(within: Cost, limit: Cost) -> Cost {
    let more = within.saturating_mul(2).max(FIRST);
    if limit / 3 < more / 2 { limit } else { more }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_as_much_is_looked_for_and_at_last_all() {
        assert_eq!([0, 30, 48, 96].map(|within| next(within, 150)), [48, 60, 96, 150]);
        assert_eq!([0, 48].map(|within| next(within, 70)), [70, 70]);
    }
}
