//! Texts that kept their order but lost their places: each gets one, ascending, at the least cost of all together.

use std::ops::Add;

/// The place of each item; `None` where there are fewer places than items. Of equal costs the leftmost places are taken.
pub fn places<C>(n_items: usize, n_places: usize, cost: impl Fn(usize, usize) -> C) -> Option<Vec<usize>>
where
    C: Copy + Default + PartialOrd + Add<Output = C>,
{
    // The cost and the places of the first items, for each number of them.
    let mut best: Vec<Option<(C, Vec<usize>)>> = vec![None; n_items + 1];
    if let Some(none) = best.first_mut() {
        *none = Some((C::default(), Vec::new()));
    }
    for place in 0..n_places {
        for item in (0..n_items).rev() {
            let Some((before, chosen)) = best.get(item).and_then(Option::as_ref) else { continue };
            let whole = *before + cost(item, place);
            let next = best.get(item + 1).and_then(Option::as_ref);
            if next.is_none_or(|(known, _)| whole < *known) {
                let chosen = [chosen.as_slice(), &[place]].concat();
                if let Some(slot) = best.get_mut(item + 1) {
                    *slot = Some((whole, chosen));
                }
            }
        }
    }
    best.pop().flatten().map(|(_, chosen)| chosen)
}

#[cfg(test)]
mod tests {
    use super::places;

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
}
