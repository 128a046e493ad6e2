//! Runs of items, in their order, go to slots, in theirs, at the least cost of all together; and by how much the best
//! reading is better than the next.

use std::ops::Range;

/// The best reading.
#[derive(Debug)]
pub struct Reading {
    /// Runs of items in order, each with its slot; a slot whose run is empty shows nothing.
    pub runs: Vec<(Option<usize>, Range<usize>)>,
    /// For each item how much more the best reading costs that has it in another slot, or in one where it has none.
    pub margins: Vec<f32>,
}

impl Reading {
    /// The run of each slot.
    pub fn slots(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        self.runs.iter().filter_map(|(slot, run)| Some(((*slot)?, run.clone())))
    }
}

/// The best reading, if any is possible; runs have at most `longest` items.
///
/// The cost of a run is infinite where it cannot be; every slot gets one, if only an empty one.
pub fn runs(
    n_slots: usize,
    n_items: usize,
    longest: usize,
    cost: impl Fn(Option<usize>, Range<usize>) -> f32,
) -> Option<Reading> {
    let width = n_items + 1;
    // Every run that can be, with the number of slots before and behind it.
    let mut edges: Vec<Edge> = Vec::new();
    let mut best: Vec<(f32, Option<usize>)> = vec![(f32::INFINITY, None); (n_slots + 1) * width];
    best.first_mut()?.0 = 0.0;
    for slot in 0..=n_slots {
        for to in 0..=n_items {
            let mut offer = |before: usize, slot_of: Option<usize>, run: Range<usize>| {
                let Some((known, _)) = best.get(before).copied().filter(|state| state.0.is_finite()) else { return };
                let own = cost(slot_of, run.clone());
                if !own.is_finite() {
                    return;
                }
                let after = slot * width + to;
                edges.push(Edge { before, after, slot: slot_of, run, cost: own });
                if let Some(state) = best.get_mut(after)
                    && known + own < state.0
                {
                    *state = (known + own, Some(edges.len() - 1));
                }
            };
            let least = to.saturating_sub(longest);
            for from in (least..to).rev() {
                offer(slot * width + from, None, from..to);
            }
            if let Some(above) = slot.checked_sub(1) {
                for from in (least..=to).rev() {
                    offer(above * width + from, Some(above), from..to);
                }
            }
        }
    }
    let cost = best.last()?.0;
    let mut runs = Vec::new();
    let mut own: Vec<Option<usize>> = vec![None; n_items];
    let mut at = best.len() - 1;
    while let Some(edge) = best.get(at).and_then(|state| state.1).and_then(|edge| edges.get(edge)) {
        own.get_mut(edge.run.clone())?.fill(edge.slot);
        runs.push((edge.slot, edge.run.clone()));
        at = edge.before;
    }
    runs.reverse();
    // What the rest costs at least behind each state; edges are in the order of their ends.
    let mut rest: Vec<f32> = vec![f32::INFINITY; best.len()];
    *rest.last_mut()? = 0.0;
    let mut margins = vec![f32::INFINITY; n_items];
    for edge in edges.iter().rev() {
        let behind = edge.cost + rest.get(edge.after)?;
        let slot = rest.get_mut(edge.before)?;
        *slot = slot.min(behind);
        let more = best.get(edge.before)?.0 + behind - cost;
        for item in edge.run.clone().filter(|item| own.get(*item) != Some(&edge.slot)) {
            let margin = margins.get_mut(item)?;
            *margin = margin.min(more);
        }
    }
    cost.is_finite().then_some(Reading { runs, margins })
}

/// A run that can be, between two states.
struct Edge {
    before: usize,
    after: usize,
    slot: Option<usize>,
    run: Range<usize>,
    cost: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots over the middles of their runs; an item without a slot costs as given.
    fn over(middles: &[f32], n_items: usize, without: f32) -> Option<Reading> {
        runs(middles.len(), n_items, n_items, |slot, run| match slot {
            None if run.len() == 1 => without,
            None => f32::INFINITY,
            Some(_) if run.is_empty() => f32::INFINITY,
            Some(slot) => ((run.start + run.end - 1) as f32 / 2.0 - middles[slot]).abs(),
        })
    }

    #[test]
    fn each_slot_stands_over_the_middle_of_its_run() {
        let reading = over(&[0.5, 3.0], 5, 9.0).unwrap();
        assert_eq!(reading.runs, [(Some(0), 0..2), (Some(1), 2..5)]);
        let reading = over(&[1.0], 4, 0.1).unwrap();
        assert_eq!(reading.runs, [(Some(0), 0..3), (None, 3..4)]);
    }

    #[test]
    fn the_margin_of_an_item_is_what_its_next_slot_costs_more() {
        // The last item may well be of the slot: its middle lies half an item further.
        let reading = over(&[1.0], 4, 0.1).unwrap();
        assert!((reading.margins[3] - 0.4).abs() < 1e-6, "{reading:?}");
        assert!(reading.margins[1] > 0.4, "{reading:?}");
    }

    #[test]
    fn more_slots_than_items_have_no_reading() {
        assert!(over(&[0.0, 1.0], 1, 0.1).is_none());
    }
}
