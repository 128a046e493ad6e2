//! Headers whose cells' lines are printed by their height, as extractors do that sort a page's text from top to bottom.
//!
//! A cell that spans rows stands at half their height, and the lines of a wrapped cell lie above and below its middle; so
//! the lines of cells interleave. What is certain is the order within a line, from left to right, and that cells of the
//! same height and number of lines are on the same lines. The cells are put together from left to right, each of the first
//! pieces that are left of some lines.

use std::collections::HashMap;
use std::rc::Rc;

use super::candidates::{Candidate, MAX_WRAPS, PARTS, Pool};
use super::cells::{Grown, Reading};
use super::way::{Chain, MAX_DEPTH, MAX_LINES, Placed, Way};
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::MARGIN;

/// So many ways are gone on with after each piece, and so many of them that used the same pieces.
const MAX_WAYS: usize = 200;
const MAX_ALIKE: usize = 2;

/// So many readings are given.
const MAX_READINGS: usize = 12;

/// More pieces and cells that they may make are not put together: the ways grow with both.
const MAX_PIECES: usize = 40;
const MAX_CANDIDATES: usize = 1_500;

/// What can be cells of the lines, where they can be sorted by their heights.
pub(super) fn pool(lines: &[Vec<String>]) -> Option<Pool> {
    let n_pieces: usize = lines.iter().map(Vec::len).sum();
    // Where no two pieces are on one line nothing is sorted by its height.
    let are_few = lines.len() > 1 && lines.len() <= MAX_LINES && n_pieces <= MAX_PIECES && n_pieces > lines.len();
    are_few.then(|| Pool::of(lines)).filter(|pool| pool.cells.len() <= MAX_CANDIDATES)
}

/// No reading costs as little as this.
pub(super) fn least(pool: &Pool) -> Cost {
    pool.least / PARTS
}

/// The likely readings that cost at most `limit`, each with its rows one after the other and each row's first cell beginning
/// a line.
pub(super) fn readings(pool: &Pool, widest: usize, limit: Cost) -> Vec<Reading> {
    let n_lines = pool.by_first.len();
    let n_pieces: usize = pool.by_first.iter().map(Vec::len).sum();
    let mut by_used: Vec<Vec<Way>> = vec![Vec::new(); n_pieces + 1];
    // What the cheapest way of as many pieces costs at least, of those found so far.
    let mut least: Vec<Cost> = vec![Cost::MAX; n_pieces + 1];
    let most = PARTS.saturating_mul(limit);
    by_used[0].push(Way::start(pool));
    let mut chain = Chain::default();
    for n_used in 0..n_pieces {
        // Ways that have used the same pieces go on with the same cells.
        let mut next: HashMap<[u8; MAX_LINES], Vec<usize>> = HashMap::new();
        let mut ways = std::mem::take(&mut by_used[n_used]);
        for way in kept(&ways, pool) {
            let next = next.entry(way.used).or_insert_with(|| pool.next(&way.used));
            for way in way.closed(pool) {
                let so_far = way.bound(pool);
                for idx in next.iter().copied() {
                    let candidate = &pool.cells[idx];
                    let n_after = n_used + candidate.pieces.len();
                    let is_near = |cost: Cost, least: &[Cost]| cost <= least[n_after].saturating_add(PARTS * MARGIN);
                    // What the ways with it cost at least is told before they are made.
                    let known = so_far + PARTS * candidate.cost - candidate.least;
                    if known > most || !is_near(known + way.untouched(candidate, n_lines), &least) {
                        continue;
                    }
                    for longer in way.with(idx, (pool, &mut chain), n_lines, widest) {
                        if longer.bound(pool) <= most && is_near(longer.least, &least) {
                            least[n_after] = longer.least.min(least[n_after]);
                            by_used[n_after].push(longer);
                        }
                    }
                }
            }
        }
        // No cell leads further than to the next ones: behind those the room is used again.
        if let Some(behind) = by_used.get_mut(n_used + MAX_WRAPS + 1) {
            ways.clear();
            *behind = ways;
        }
    }
    let whole = std::mem::take(&mut by_used[n_pieces]).into_iter().flat_map(|way| way.closed(pool));
    let mut whole: Vec<Way> = whole.filter(|way| way.open().is_empty()).collect();
    whole.sort_by_key(Way::total);
    let mut out: Vec<Reading> = Vec::new();
    for way in whole {
        if out.len() == MAX_READINGS {
            break;
        }
        let reading = reading(&way.cells(&chain), way.total(), &pool.cells);
        let same = |other: &Reading| {
            other.grown == reading.grown && other.cells.iter().zip(&reading.cells).all(|(a, b)| a.text == b.text)
        };
        if !out.iter().any(same) {
            out.push(reading);
        }
    }
    out.sort_by_key(|reading| reading.cost);
    out
}

/// The cheapest ways, a few of those that used the same pieces under the same cells.
fn kept(ways: &[Way], pool: &Pool) -> Vec<Way> {
    let least = ways.iter().map(|way| way.least).min().unwrap_or_default();
    let near = ways.iter().enumerate().filter(|(_, way)| way.least <= least + PARTS * MARGIN);
    let mut ranked: Vec<(Cost, usize)> = near.map(|(rank, way)| (way.least, rank)).collect();
    ranked.sort_unstable();
    let mut alike: HashMap<u128, usize> = HashMap::new();
    let mut is_new = |way: &&Way| {
        let n = alike.entry(way.place(pool)).or_default();
        *n += 1;
        *n <= MAX_ALIKE
    };
    ranked.iter().map(|(_, rank)| &ways[*rank]).filter(|way| is_new(way)).take(MAX_WAYS).copied().collect()
}

/// Whether two cells of money side by side may as well stand in the other order: no line has both, nor what is below
/// them, and the official forms do not tell.
fn is_free(cells: &[Placed], candidates: &[Candidate]) -> bool {
    let candidate = |at: usize| &candidates[cells[at].candidate];
    (0..cells.len()).any(|at| {
        let depth = cells[at].depth;
        let end_of = |at: usize| (at + 1..cells.len()).find(|next| cells[*next].depth <= depth);
        let Some(next) = end_of(at).filter(|next| cells[*next].depth == depth) else { return false };
        let lines = |from: usize, to: usize| (from..to).fold(0, |lines, at| lines | candidate(at).lines);
        let (this, other) = (candidate(at), candidate(next));
        let are_apart = lines(at, next) & lines(next, end_of(next).unwrap_or(cells.len())) == 0;
        are_apart && this.is_money() && other.is_money() && !this.precedes(other)
    })
}

/// The cells row by row, and what stands under each.
fn reading(cells: &[Placed], cost: Cost, candidates: &[Candidate]) -> Reading {
    let in_rows: Vec<usize> =
        (0..=MAX_DEPTH).flat_map(|depth| (0..cells.len()).filter(move |at| cells[*at].depth == depth)).collect();
    let kids = |at: usize| {
        let depth = cells[at].depth;
        let end = (at + 1..cells.len()).find(|other| cells[*other].depth <= depth);
        let is_kid =
            |other: &usize| cells[*other].depth == depth + 1 && (at + 1..end.unwrap_or(cells.len())).contains(other);
        let first = in_rows.iter().position(is_kid).unwrap_or_default();
        (first, first + in_rows.iter().filter(|other| is_kid(other)).count())
    };
    let texts = in_rows.iter().map(|at| Rc::clone(&candidates[cells[*at].candidate].cell)).collect();
    let roots = (0..in_rows.len()).filter(|idx| cells[in_rows[*idx]].depth == 0).collect();
    let children = in_rows.iter().map(|at| kids(*at)).collect();
    Reading { cells: texts, cost, grown: Some(Grown { roots, children }), is_free: is_free(cells, candidates) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(lines: &[&str]) -> String {
        let lines: Vec<Vec<String>> = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        let readings = readings(&pool(&lines).expect("a header by height"), 40, Cost::MAX);
        let best = readings.first().expect("a reading");
        let grown = best.grown.as_ref().expect("a tree");
        let text = |cell: usize| best.cells[cell].text.as_str();
        let shown = |cell: &usize| match grown.children[*cell] {
            (from, to) if from < to => {
                format!("{}({})", text(*cell), (from..to).map(text).collect::<Vec<_>>().join("|"))
            }
            _ => text(*cell).to_owned(),
        };
        grown.roots.iter().map(shown).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cells_of_as_many_lines_are_on_the_same_lines() {
        assert_eq!(
            best(&[
                "基本支出 对附属单",
                "事业单位 上缴上",
                "功能分类科目名称 总计 日常公用支 项目支出 位补助支",
                "人员支出 经营支出 级支出",
                "出 出",
            ]),
            "功能分类科目名称|总计|基本支出(人员支出|日常公用支出)|项目支出|事业单位经营支出|上缴上级支出|对附属单位补助支出"
        );
    }
}
