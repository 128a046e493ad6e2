//! How the lines of a header that are sorted by their heights can be put together: found once, within growing limits of cost.

use std::collections::HashMap;

use super::candidates::Pool;
use super::cells::Reading;
use super::{Expected, Header, RIVAL, Search, staggered};
use crate::segment::cost::Cost;

/// How the lines of a header that are sorted by their heights can be put together.
pub(super) struct Together {
    pool: Option<Pool>,
    /// For each greatest number of columns that matters the readings that cost at most so much.
    found: HashMap<usize, (Cost, Vec<Reading>)>,
}

/// Readings that cost little are looked for first, then those that cost twice as much: the search is the shorter the less its
/// ways may cost.
const FIRST_WITHIN: Cost = 48;

/// Where none costs as little as this all are looked for.
const LAST_WITHIN: Cost = 96;

/// What readings may cost after those that cost at most so much.
fn next(within: Cost) -> Cost {
    if within > LAST_WITHIN / 2 { Cost::MAX } else { (2 * within).max(FIRST_WITHIN) }
}

impl Together {
    pub(super) fn of(lines: &[Vec<String>]) -> Self {
        Self { pool: staggered::pool(lines), found: HashMap::new() }
    }

    /// The likeliest tree of those whose readings cost at most `limit`.
    pub(super) fn likeliest(&mut self, expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let pool = self.pool.as_ref()?;
        let widest = expected.iter().map(|wanted| wanted.n_columns).max().unwrap_or_default();
        // Whatever the reading, what the rows tell costs as much.
        let doubt = expected.iter().map(|wanted| wanted.doubt).min().unwrap_or_default();
        let limit = limit - doubt.saturating_sub(RIVAL).min(limit);
        let (within, readings) = self.found.entry(widest).or_insert_with(|| (staggered::least(pool), Vec::new()));
        loop {
            let found = Search::through(readings, expected);
            let is_near = |cost: Cost| cost.saturating_add(RIVAL) <= within.saturating_add(doubt);
            if limit <= *within || found.as_ref().is_some_and(|(cost, _)| is_near(*cost)) {
                return found;
            }
            *within = next(*within).min(limit);
            *readings = staggered::readings(pool, widest, *within);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_as_much_is_looked_for_and_at_last_all() {
        assert_eq!([0, 30, 48, 49, Cost::MAX - 1].map(next), [48, 60, 96, Cost::MAX, Cost::MAX]);
    }
}
