//! Which elements of two sequences are the same, in order: an inserted one shifts none of those that follow.

use std::collections::HashMap;

/// Two stretches whose lengths multiply to at most this are compared element with element.
const MAX_PRODUCT: usize = 1 << 18;

/// How far ahead a changed element is looked for among those that are left.
const MAX_LOOK_AHEAD: usize = 64;

/// An element of the old sequence, of the new one, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Both(usize, usize),
    Old(usize),
    New(usize),
}

/// Aligns by each list of keys in turn, the strictest first; what is then left between two matches is
/// paired where `similar` says so.
pub(super) fn align(keys: &[(Vec<String>, Vec<String>)], similar: impl Fn(usize, usize) -> bool) -> Vec<Pair> {
    let Some((old, new)) = keys.first() else { return Vec::new() };
    let (n_old, n_new) = (old.len(), new.len());
    let mut matched: Vec<(usize, usize)> = Vec::new();
    for (old, new) in keys {
        let mut all = Vec::with_capacity(matched.len());
        for gap in gaps(&matched, n_old, n_new) {
            let numbers = numbers(&old[gap.old.clone()], &new[gap.new.clone()]);
            let found = common(&numbers.0, &numbers.1);
            all.extend(found.into_iter().map(|(i, j)| (gap.old.start + i, gap.new.start + j)));
            all.extend(gap.closed_by);
        }
        matched = all;
    }
    let mut pairs = Vec::with_capacity(n_old.max(n_new));
    for gap in gaps(&matched, n_old, n_new) {
        let mut next = gap.new.start;
        for i in gap.old.clone() {
            let mut ahead = (next..gap.new.end).take(MAX_LOOK_AHEAD);
            match ahead.find(|j| similar(i, *j)) {
                Some(j) => {
                    pairs.extend((next..j).map(Pair::New));
                    pairs.push(Pair::Both(i, j));
                    next = j + 1;
                }
                None => pairs.push(Pair::Old(i)),
            }
        }
        pairs.extend((next..gap.new.end).map(Pair::New));
        pairs.extend(gap.closed_by.map(|(i, j)| Pair::Both(i, j)));
    }
    pairs
}

/// What lies between two matches.
struct Gap {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    /// The match after it.
    closed_by: Option<(usize, usize)>,
}

fn gaps(matched: &[(usize, usize)], n_old: usize, n_new: usize) -> Vec<Gap> {
    let mut gaps = Vec::with_capacity(matched.len() + 1);
    let mut begin = (0, 0);
    for pair in matched.iter().copied().map(Some).chain([None]) {
        let (i, j) = pair.unwrap_or((n_old, n_new));
        gaps.push(Gap { old: begin.0..i, new: begin.1..j, closed_by: pair });
        begin = (i + 1, j + 1);
    }
    gaps
}

/// Equal keys become equal numbers.
fn numbers<'k>(old: &'k [String], new: &'k [String]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<&'k str, usize> = HashMap::new();
    let mut number = |key: &'k String| {
        let next = known.len();
        *known.entry(key.as_str()).or_insert(next)
    };
    let old = old.iter().map(&mut number).collect();
    (old, new.iter().map(&mut number).collect())
}

/// A long common subsequence, as pairs of positions; the longest one where the sequences are short.
fn common(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let n_head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[n_head..], &new[n_head..]);
    let n_tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_mid, new_mid) = (&old_rest[..old_rest.len() - n_tail], &new_rest[..new_rest.len() - n_tail]);
    let mut pairs: Vec<_> = (0..n_head).map(|i| (i, i)).collect();
    let middle = if old_mid.len().saturating_mul(new_mid.len()) <= MAX_PRODUCT {
        longest(old_mid, new_mid)
    } else {
        by_anchors(old_mid, new_mid)
    };
    pairs.extend(middle.into_iter().map(|(i, j)| (i + n_head, j + n_head)));
    pairs.extend((0..n_tail).rev().map(|k| (old.len() - 1 - k, new.len() - 1 - k)));
    pairs
}

/// The longest common subsequence of two short sequences.
fn longest(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// For long sequences: what occurs once in both, in its longest run of one order, and between these
/// anchors the longest common subsequence where that is cheap, else the next equal element.
fn by_anchors(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let (once_old, once_new) = (once(old), once(new));
    let mut candidates: Vec<(usize, usize)> =
        once_old.iter().filter_map(|(key, i)| once_new.get(key).map(|j| (*i, *j))).collect();
    candidates.sort_unstable();
    let anchors = rising(&candidates);
    let mut pairs = Vec::new();
    for gap in gaps(&anchors, old.len(), new.len()) {
        let (old, new) = (&old[gap.old.clone()], &new[gap.new.clone()]);
        let found =
            if old.len().saturating_mul(new.len()) <= MAX_PRODUCT { longest(old, new) } else { greedy(old, new) };
        pairs.extend(found.into_iter().map(|(i, j)| (gap.old.start + i, gap.new.start + j)));
        pairs.extend(gap.closed_by);
    }
    pairs
}

/// The elements that occur once, with their positions.
fn once(sequence: &[usize]) -> HashMap<usize, usize> {
    let mut seen: HashMap<usize, Option<usize>> = HashMap::new();
    for (i, key) in sequence.iter().enumerate() {
        seen.entry(*key).and_modify(|at| *at = None).or_insert(Some(i));
    }
    seen.into_iter().filter_map(|(key, at)| at.map(|at| (key, at))).collect()
}

/// The longest run of pairs that rises on both sides; the pairs come sorted by the first.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends the run with the least second part.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(here) = at {
        run.push(pairs[here]);
        at = before[here];
    }
    run.reverse();
    run
}

/// Each old element with the next equal new one.
fn greedy(old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (j, key) in new.iter().enumerate() {
        places.entry(*key).or_default().push(j);
    }
    let mut pairs = Vec::new();
    let mut next = 0;
    for (i, key) in old.iter().enumerate() {
        let Some(places) = places.get(key) else { continue };
        if let Some(j) = places.get(places.partition_point(|j| *j < next)) {
            pairs.push((i, *j));
            next = j + 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(words: &str) -> Vec<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    /// One letter a pair: `=` in both, `-` old, `+` new.
    fn shown(old: &str, new: &str) -> String {
        let pairs = align(&[(keys(old), keys(new))], |_, _| false);
        pairs
            .iter()
            .map(|pair| match pair {
                Pair::Both(..) => '=',
                Pair::Old(_) => '-',
                Pair::New(_) => '+',
            })
            .collect()
    }

    #[test]
    fn an_inserted_element_shifts_none_of_those_that_follow() {
        assert_eq!(shown("a b c d", "a x b c d"), "=+===");
        assert_eq!(shown("a b c d", "b c d"), "-===");
    }

    #[test]
    fn repeated_elements_stay_in_order() {
        assert_eq!(shown("a 合计 b 合计", "a 合计 x b 合计"), "==+==");
    }

    #[test]
    fn what_is_similar_is_one_element_that_changed() {
        let pairs = align(&[(keys("a b c"), keys("a x c"))], |_, _| true);
        assert_eq!(pairs, [Pair::Both(0, 0), Pair::Both(1, 1), Pair::Both(2, 2)]);
    }

    #[test]
    fn long_sequences_are_aligned_by_what_occurs_once() {
        let old: Vec<usize> = (0..40_000).collect();
        let mut new = old.clone();
        new.insert(100, 90_000);
        new.remove(30_000);
        let pairs = common(&old, &new);
        assert_eq!(pairs.len(), 39_999);
        assert!(pairs.iter().all(|(i, j)| old[*i] == new[*j]));
    }

    #[test]
    fn long_sequences_of_few_words_are_not_quadratic() {
        let old: Vec<usize> = (0..50_000).map(|i| i % 7).collect();
        let new: Vec<usize> = (0..50_000).map(|i| (i + 3) % 5).collect();
        let pairs = common(&old, &new);
        assert!(pairs.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
    }
}
