//! The search for the tree of a header through its readings.

use std::collections::BTreeMap;

use super::cells::Reading;
use super::{Expected, Header, tree};
use crate::segment::cost::Cost;
use crate::segment::cost::leaf::RIVAL;

/// How many steps the search for the tree of one header may take; real headers need some thousands.
const BUDGET: u64 = 300_000;

/// The search for the tree of a header through its readings.
pub(super) struct Search<'a> {
    expected: &'a [Expected],
    /// Headers that cost as much or more do not matter.
    limit: Cost,
    best: Option<(Cost, Header)>,
    /// The least cost for each number of columns.
    costs: BTreeMap<usize, Cost>,
    /// The columns of the likely trees of readings that tell their tree, and of all others beside them, with their costs.
    shapes: Vec<(Cost, bool, Vec<Vec<String>>)>,
    budget: u64,
}

impl Search<'_> {
    /// The likeliest header of all that are read so and cost less than `limit`.
    pub(super) fn through(readings: &[Reading], expected: &[Expected], limit: Cost) -> Option<(Cost, Header)> {
        let (costs, shapes) = (BTreeMap::new(), Vec::new());
        let mut search = Search { expected, limit, best: None, costs, shapes, budget: BUDGET };
        search.try_all(readings);
        search.told()
    }

    fn try_all(&mut self, readings: &[Reading]) {
        let least_doubt = self.expected.iter().map(|expected| expected.doubt).min().unwrap_or_default();
        for reading in readings {
            let mut trees = None;
            for wanted in self.expected {
                let limit =
                    self.best.as_ref().map_or(self.limit, |(cost, _)| self.limit.min(cost.saturating_add(RIVAL)));
                let spent = reading.cost.saturating_add(wanted.doubt);
                if spent >= limit {
                    continue;
                }
                let more = wanted.doubt - least_doubt;
                // Numbers of columns that are too unlikely now are so for all that follows.
                let likely = || {
                    let likely = |wanted: &&Expected| reading.cost.saturating_add(wanted.doubt) < limit;
                    let numbers = || self.expected.iter().filter(likely).map(|wanted| wanted.n_columns);
                    (numbers().min().unwrap_or_default(), numbers().max().unwrap_or_default())
                };
                let limit = limit - spent;
                let found = match &reading.grown {
                    Some(grown) => tree::told(&reading.cells, grown, wanted, limit),
                    None => {
                        let of_cells = || tree::Trees::of(&reading.cells, limit.saturating_add(more), likely());
                        trees.get_or_insert_with(of_cells).build(wanted, limit, more + RIVAL, &mut self.budget)
                    }
                };
                if let Some((cost, mut header)) = found {
                    let cost = spent + cost;
                    header.rivalled = reading.is_free;
                    let known = self.costs.entry(wanted.n_columns).or_insert(cost);
                    *known = cost.min(*known);
                    self.shapes.push((cost, reading.grown.is_some(), header.paths.clone()));
                    if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
                        self.best = Some((cost, header));
                    }
                }
            }
        }
    }

    /// The likeliest header; a rival has another number of columns, or where the order of cells was worked out other columns.
    fn told(self) -> Option<(Cost, Header)> {
        let (best, mut header) = self.best?;
        let near = |other: Cost| other < best.saturating_add(RIVAL);
        let is_best = |(cost, is_grown, paths): &(Cost, bool, Vec<Vec<String>>)| {
            *is_grown && *cost == best && *paths == header.paths
        };
        let is_grown = self.shapes.iter().any(is_best);
        let n_columns = header.paths.len();
        header.rivalled |= self.costs.iter().any(|(n, other)| *n != n_columns && near(*other))
            || self
                .shapes
                .iter()
                .any(|(other, grown, paths)| near(*other) && (*grown || is_grown) && *paths != header.paths);
        Some((best, header))
    }
}
