//! The search for the reading of least cost: a way through states; runs of items in slots, with by how much the best
//! reading is better than the next; items in places.

use std::ops::{Add, Range};

/// The states of a search, the first of which costs nothing: for each the least cost of all ways to it.
///
/// Steps lead from states that no later step leads to; of ways at the same cost the one that was offered first is kept.
pub struct States<C, S> {
    reached: Vec<Option<Reached<C, S>>>,
}

struct Reached<C, S> {
    cost: C,
    /// The state before it on the cheapest way, and the step between them.
    came: Option<(u32, S)>,
}

impl<C: Copy + Default + PartialOrd + Add<Output = C>, S> States<C, S> {
    /// So many states, of which only the first is reached.
    pub fn new(n_states: usize) -> Self {
        let start = std::iter::once(Some(Reached { cost: C::default(), came: None }));
        Self { reached: start.chain(std::iter::repeat_with(|| None)).take(n_states).collect() }
    }

    fn at(&self, state: usize) -> Option<&Reached<C, S>> {
        self.reached.get(state).and_then(Option::as_ref)
    }

    /// The cost of the cheapest way to a state, if there is one.
    pub fn cost(&self, state: usize) -> Option<C> {
        self.at(state).map(|reached| reached.cost)
    }

    /// The last step of the cheapest way to a state.
    pub fn last(&self, state: usize) -> Option<&S> {
        self.at(state)?.came.as_ref().map(|(_, step)| step)
    }

    /// Leads from one state, if it is reached, to another, at so much more.
    pub fn offer(&mut self, before: usize, after: usize, more: C, step: S) {
        let Some(cost) = self.cost(before).map(|cost| cost + more) else { return };
        if let Some(slot) = self.reached.get_mut(after)
            && slot.as_ref().is_none_or(|known| cost < known.cost)
        {
            *slot = Some(Reached { cost, came: u32::try_from(before).ok().map(|before| (before, step)) });
        }
    }

    /// The steps of the cheapest way to a state, in order, each with the states that it leads from and to.
    pub fn way(&self, end: usize) -> Vec<(usize, usize, &S)> {
        let mut steps = Vec::new();
        let mut at = end;
        while let Some((before, step)) = self.at(at).and_then(|reached| reached.came.as_ref()) {
            let before = *before as usize;
            steps.push((before, at, step));
            at = before;
        }
        steps.reverse();
        steps
    }
}

/// The place of each item, ascending, at the least cost of all together; `None` where there are fewer places than items.
/// Of equal costs the leftmost places are taken.
pub fn places<C>(n_items: usize, n_places: usize, cost: impl Fn(usize, usize) -> C) -> Option<Vec<usize>>
where
    C: Copy + Default + PartialOrd + Add<Output = C>,
{
    let width = n_items + 1;
    let mut states = States::new((n_places + 1) * width);
    for place in 0..n_places {
        for item in (0..=n_items).rev() {
            let at = place * width + item;
            states.offer(at, at + width, C::default(), None);
            if item < n_items && states.cost(at).is_some() {
                states.offer(at, at + width + 1, cost(item, place), Some(place));
            }
        }
    }
    let end = n_places * width + n_items;
    states.cost(end)?;
    Some(states.way(end).into_iter().filter_map(|(_, _, place)| *place).collect())
}

/// The best reading of runs.
#[derive(Debug)]
pub struct Reading {
    /// Runs of items in order, each with its slot; a slot whose run is empty shows nothing.
    pub runs: Vec<(Option<usize>, Range<usize>)>,
    /// For each item how much more the best reading costs that has it in another slot, or in one where it has none.
    pub margins: Vec<f32>,
    /// What it costs.
    pub cost: f32,
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
    let mut states: States<f32, usize> = States::new((n_slots + 1) * width);
    for slot in 0..=n_slots {
        for to in 0..=n_items {
            let mut offer = |before: usize, slot_of: Option<usize>, run: Range<usize>| {
                let is_reached = states.cost(before).is_some();
                let own = if is_reached { cost(slot_of, run.clone()) } else { f32::INFINITY };
                if own.is_finite() {
                    let after = slot * width + to;
                    states.offer(before, after, own, edges.len());
                    edges.push(Edge { before, after, slot: slot_of, run, cost: own });
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
    let end = n_slots * width + n_items;
    let cost = states.cost(end)?;
    let mut runs = Vec::new();
    let mut own: Vec<Option<usize>> = vec![None; n_items];
    for edge in states.way(end).into_iter().filter_map(|(_, _, edge)| edges.get(*edge)) {
        own.get_mut(edge.run.clone())?.fill(edge.slot);
        runs.push((edge.slot, edge.run.clone()));
    }
    // What the rest costs at least behind each state; edges are in the order of their ends.
    let mut rest: Vec<f32> = vec![f32::INFINITY; end + 1];
    *rest.last_mut()? = 0.0;
    let mut margins = vec![f32::INFINITY; n_items];
    for edge in edges.iter().rev() {
        let behind = edge.cost + rest.get(edge.after)?;
        let slot = rest.get_mut(edge.before)?;
        *slot = slot.min(behind);
        let more = states.cost(edge.before)? + behind - cost;
        for item in edge.run.clone().filter(|item| own.get(*item) != Some(&edge.slot)) {
            let margin = margins.get_mut(item)?;
            *margin = margin.min(more);
        }
    }
    Some(Reading { runs, margins, cost })
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

    fn nearest(items: &[i32], at: &[i32]) -> Option<Vec<usize>> {
        places(items.len(), at.len(), |item, place| (items[item] - at[place]).abs())
    }

    #[test]
    fn items_go_to_the_nearest_places_in_their_order() {
        assert_eq!(nearest(&[24, 46], &[14, 38, 60]), Some(vec![0, 1]));
        assert_eq!(nearest(&[36, 62], &[14, 38, 60]), Some(vec![1, 2]));
        // Both are nearest to the second.
        assert_eq!(nearest(&[37, 40], &[14, 38, 60]), Some(vec![1, 2]));
    }

    #[test]
    fn more_items_than_places_have_none() {
        assert_eq!(nearest(&[1, 2], &[1]), None);
    }

    #[test]
    fn of_ways_at_the_same_cost_the_first_is_kept() {
        let mut states = States::new(4);
        for (before, after, cost) in [(0, 1, 1), (0, 2, 1), (1, 3, 2), (2, 3, 2), (0, 3, 4)] {
            states.offer(before, after, cost, (before, after));
        }
        assert_eq!(states.cost(3), Some(3));
        assert_eq!(states.way(3), [(0, 1, &(0, 1)), (1, 3, &(1, 3))]);
        assert_eq!(states.last(0), None);
    }
}
