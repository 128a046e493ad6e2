//! How the lines of a header that are sorted by their heights can be put together: found once, whatever the rows tell.

use std::collections::HashMap;

use super::candidates::Pool;
use super::cells::Reading;
use super::search::Search;
use super::within::growing;
use super::{Expected, Header, RIVAL, staggered};
use crate::segment::cost::Cost;

/// How the lines of a header that are sorted by their heights can be put together.
pub(super) struct Together {
    pool: Option<Pool>,
    /// For each greatest number of columns that matters the readings that cost at most so much.
    found: HashMap<usize, (Cost, Vec<Reading>)>,
}

impl Together {
    pub(super) fn of(lines: &[Vec<String>]) -> Self {
        Self { pool: staggered::pool(lines), found: HashMap::new() }
    }

    /// The likeliest tree of those whose readings cost at most `limit`.
    pub(super) fn likeliest(&mut self, expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let pool = self.pool.as_ref()?;
        let widest = expected.iter().map(|wanted| wanted.n_columns).max().unwrap_or_default();
        let doubt = expected.iter().map(|wanted| wanted.doubt).min().unwrap_or_default();
        let limit = limit - doubt.saturating_sub(RIVAL).min(limit);
        let (within, readings) = self.found.entry(widest).or_insert_with(|| (staggered::least(pool), Vec::new()));
        let found = Search::through(readings, expected, Cost::MAX);
        growing(within, found, (limit, doubt), |within| {
            *readings = staggered::readings(pool, widest, within);
            Search::through(readings, expected, Cost::MAX)
        })
    }
}
