//! Headers whose cells' lines are printed by their height, as extractors do that sort a page's text from top to bottom.
//!
//! A cell that spans rows stands at half their height, and the lines of a wrapped cell lie above and below its middle; so
//! the lines of cells interleave. What is certain is the order within a line, from left to right, and that cells of the
//! same height and number of lines are on the same lines. The cells are put together from left to right, each of the first
//! pieces that are left of some lines.

use std::collections::HashMap;
use std::rc::Rc;

use super::candidates::{Candidate, Lines, PARTS, Pool};
use super::cells::{HeaderCell, Reading};
use super::grown::Grown;
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::*;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::{HeaderTraits, N_ORDERS};

/// Headers have at most so many rows of cells over cells.
const MAX_DEPTH: usize = 3;

/// So many ways are gone on with after each piece, and so many of them that used the same pieces.
const MAX_WAYS: usize = 200;
const MAX_ALIKE: usize = 2;

/// So many readings are given.
const MAX_READINGS: usize = 12;

/// More lines, pieces and cells that they may make are not put together: the ways grow with all three.
const MAX_LINES: usize = 12;
const MAX_PIECES: usize = 40;
const MAX_CANDIDATES: usize = 1_500;

/// Cells that are as high as each other and have as many lines: those are on the same lines.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    depth: usize,
    n_lines: usize,
    /// Whether it stands over others; those that do not end with the header.
    is_over: bool,
}

/// A cell put to its place: which, under how many others.
#[derive(Clone, Copy)]
struct Placed {
    candidate: usize,
    depth: usize,
}

/// The cells of some columns from the left.
#[derive(Clone)]
struct Way {
    /// How many pieces of each line are used.
    used: [u8; MAX_LINES],
    cells: Vec<Placed>,
    /// The cells above the next, by their place in `cells`.
    open: Vec<usize>,
    /// The kinds of the cells so far, the lines that each is on, and where its middle can be.
    kinds: Vec<(Kind, Lines, (usize, usize))>,
    /// How unlikely the cells are as words, and on their lines.
    cost: Cost,
    /// How unlikely it is that they stand over each other so, which the tree of the header weighs again.
    shape: Cost,
    /// How many cells stand behind what they precede in each of the orders of the official forms.
    n_swapped: [Cost; N_ORDERS],
    /// What the pieces that are left cost at least, in twelfths.
    ahead: Cost,
    /// What the way costs at least, as far as it can be seen, in twelfths.
    least: Cost,
}

/// The likely readings of the pieces that cost at most `limit`, each with its rows one after the other and each row's first cell beginning a line.
pub(super) fn readings(lines: &[Vec<String>], widest: usize, limit: Cost) -> Vec<Reading> {
    let n_pieces: usize = lines.iter().map(Vec::len).sum();
    // Where no two pieces are on one line nothing is sorted by its height.
    if lines.len() < 2 || lines.len() > MAX_LINES || n_pieces > MAX_PIECES || n_pieces == lines.len() {
        return Vec::new();
    }
    let pool = Pool::of(lines);
    if pool.cells.len() > MAX_CANDIDATES {
        return Vec::new();
    }
    let start = Way {
        used: [0; MAX_LINES],
        cells: Vec::new(),
        open: Vec::new(),
        kinds: Vec::new(),
        cost: STAGGERED,
        shape: 0,
        n_swapped: [0; N_ORDERS],
        ahead: pool.least,
        least: 0,
    };
    let mut by_used: Vec<Vec<Way>> = vec![Vec::new(); n_pieces + 1];
    // What the cheapest way of as many pieces costs at least, of those found so far.
    let mut least: Vec<Cost> = vec![Cost::MAX; n_pieces + 1];
    let most = PARTS.saturating_mul(limit);
    by_used[0].push(start);
    for n_used in 0..n_pieces {
        for way in kept(std::mem::take(&mut by_used[n_used])).into_iter().flat_map(|way| way.closed(&pool)) {
            for line in 0..lines.len() {
                for idx in pool.by_first[line].get(usize::from(way.used[line])).into_iter().flatten() {
                    let candidate = &pool.cells[*idx];
                    let n_after = n_used + candidate.pieces.len();
                    let is_near =
                        |cost: Cost, least: &[Cost]| cost <= most.min(least[n_after].saturating_add(PARTS * MARGIN));
                    if !way.takes(candidate) || !is_near(way.least_with(candidate), &least) {
                        continue;
                    }
                    for longer in way.with(*idx, &pool, lines.len(), widest) {
                        if is_near(longer.least, &least) {
                            least[n_after] = longer.least.min(least[n_after]);
                            by_used[n_after].push(longer);
                        }
                    }
                }
            }
        }
    }
    let whole = std::mem::take(&mut by_used[n_pieces]).into_iter();
    let mut whole: Vec<Way> = whole
        .flat_map(|way| way.closed(&pool).into_iter().filter(|way| way.open.is_empty()).collect::<Vec<_>>())
        .collect();
    whole.sort_by_key(Way::total);
    let mut out: Vec<Reading> = Vec::new();
    for way in whole {
        let reading = way.reading(&pool.cells);
        let same = |other: &Reading| {
            other.grown == reading.grown && other.cells.iter().zip(&reading.cells).all(|(a, b)| a.text == b.text)
        };
        if out.len() < MAX_READINGS && !out.iter().any(same) {
            out.push(reading);
        }
    }
    out.sort_by_key(|reading| reading.cost);
    out
}

/// The cheapest ways, a few of those that used the same pieces under the same cells.
fn kept(mut ways: Vec<Way>) -> Vec<Way> {
    let least = ways.iter().map(|way| way.least).min().unwrap_or_default();
    ways.retain(|way| way.least <= least + PARTS * MARGIN);
    ways.sort_by_key(|way| way.least);
    let mut alike: HashMap<([u8; MAX_LINES], Vec<usize>), usize> = HashMap::new();
    ways.retain(|way| {
        let over = way.open.iter().map(|over| way.cells[*over].candidate).collect();
        let n = alike.entry((way.used, over)).or_default();
        *n += 1;
        *n <= MAX_ALIKE
    });
    ways.truncate(MAX_WAYS);
    ways
}

impl Way {
    /// Whether the pieces of a cell are the next of their lines.
    fn takes(&self, candidate: &Candidate) -> bool {
        candidate.pieces.iter().all(|(line, at)| usize::from(self.used[*line]) == *at)
    }

    /// The same, and with the last cells that stand over others closed.
    fn closed(self, pool: &Pool) -> Vec<Self> {
        let mut out = vec![self];
        while let Some(way) = out.last().filter(|way| !way.open.is_empty()) {
            let Some(closed) = way.without_open(pool) else { break };
            out.push(closed);
        }
        out
    }

    /// The same with the last cell that stands over others closed; it needs two below it.
    fn without_open(&self, pool: &Pool) -> Option<Self> {
        let family = self.family(*self.open.last()?);
        if family.len() < 3 {
            return None;
        }
        let mut closed = self.clone();
        closed.open.pop();
        closed.shape += pool.over(&family).0;
        Some(closed)
    }

    /// A cell and those right below it.
    fn family(&self, over: usize) -> Vec<usize> {
        let own = &self.cells[over..];
        let depth = own.first().map_or(0, |first| first.depth);
        let below = own.iter().skip(1).filter(|placed| placed.depth == depth + 1);
        own.iter().take(1).chain(below).map(|placed| placed.candidate).collect()
    }

    /// How unlikely the cells are so far.
    fn total(&self) -> Cost {
        let orders = self.n_swapped.iter().zip(RARER_ORDER).map(|(n, rarer)| DISORDER * n + rarer);
        self.cost + self.shape + orders.min().unwrap_or_default()
    }

    fn at_least(&self, pool: &Pool, n_lines: usize) -> Cost {
        let families = self.open.iter().map(|over| self.family(*over)).filter(|family| family.len() > 1);
        let open: Cost = families.map(|family| pool.over(&family).1).sum();
        let on_lines = self.kinds.iter().fold(0, |on_lines, (_, lines, _)| on_lines | lines);
        let n_untouched = Cost::try_from(n_lines).unwrap_or(0) - on_lines.count_ones();
        PARTS * (self.total() + open + NEW_LINES * n_untouched) + self.ahead
    }

    /// What the way costs at least with one cell more.
    fn least_with(&self, candidate: &Candidate) -> Cost {
        PARTS * (self.total() + candidate.cost) + self.ahead - candidate.least
    }

    /// The same with one cell more, as a column and as a cell over the next.
    fn with(&self, idx: usize, pool: &Pool, n_lines: usize, widest: usize) -> Vec<Self> {
        let candidates = pool.cells.as_slice();
        let candidate = &candidates[idx];
        let depth = self.open.len();
        // A cell stands below the one over it.
        let over = self.open.last().and_then(|over| self.cells.get(*over));
        let last = over.and_then(|over| candidates[over.candidate].pieces.last());
        if last.zip(candidate.pieces.first()).is_some_and(|((above, _), (line, _))| above >= line) {
            return Vec::new();
        }
        let mut longer = self.clone();
        for (line, _) in &candidate.pieces {
            longer.used[*line] += 1;
        }
        longer.ahead = self.ahead - candidate.least;
        longer.cost += candidate.cost;
        if depth == 0 {
            longer.shape += self.late(&candidate.cell, candidates);
        }
        let own = &candidate.cell.traits;
        longer.shape += self.out_of_order(own, candidates);
        for (order, n) in longer.n_swapped.iter_mut().enumerate() {
            let before = self.beside(depth).find_map(|before| candidates[before.candidate].cell.traits.places[order]);
            *n += Cost::from(before.zip(own.places[order]).is_some_and(|(before, own)| before > own));
        }
        longer.cells.push(Placed { candidate: idx, depth });
        let mut out = Vec::new();
        if depth < MAX_DEPTH && candidate.pieces.len() <= 2 {
            let mut over = longer.clone();
            over.open.push(over.cells.len() - 1);
            over.note(candidate, depth, true);
            out.push(over);
        }
        if longer.n_columns() <= widest && !self.swapped(candidate, candidates) {
            longer.note(candidate, depth, false);
            out.push(longer);
        }
        out.iter_mut().for_each(|way| way.least = way.at_least(pool, n_lines));
        out
    }

    /// Whether the same cells are found in the other order: of two columns of money side by side that are on no line
    /// together either may be the first.
    fn swapped(&self, candidate: &Candidate, candidates: &[Candidate]) -> bool {
        let Some(last) = self.cells.last().filter(|last| last.depth == self.open.len()) else { return false };
        let last = &candidates[last.candidate];
        let is_alike = last.cell.traits.places == candidate.cell.traits.places;
        let comes_after = if is_alike { last.pieces > candidate.pieces } else { candidate.precedes(last) };
        last.is_money() && candidate.is_money() && last.lines & candidate.lines == 0 && comes_after
    }

    /// Counts what it costs that a cell is on its lines.
    fn note(&mut self, candidate: &Candidate, depth: usize, is_over: bool) {
        let kind = Kind { depth, n_lines: candidate.pieces.len(), is_over };
        let on = (kind, candidate.lines, candidate.centre());
        if self.kinds.contains(&on) {
            return;
        }
        // Cells of the same height have their middles on one line, whatever number of lines they have.
        let as_high = || self.kinds.iter().filter(|(other, ..)| (other.depth, other.is_over) == (depth, is_over));
        let is_other = as_high().any(|(other, _, (from, to))| *other == kind || *to < on.2.0 || on.2.1 < *from);
        let is_known = !is_other && candidate.bears_itself && as_high().next().is_some();
        self.cost += match candidate.bears_itself {
            _ if is_known => 0,
            true => NEW_LINES,
            false => NEW_LINES_OF_NAME,
        };
        self.cost += if is_other { OTHER_LINES } else { 0 };
        self.kinds.push(on);
    }

    /// How many cells have none below them.
    fn n_columns(&self) -> usize {
        let divided = |(idx, placed): (usize, &Placed)| {
            self.open.contains(&idx) || self.cells.get(idx + 1).is_some_and(|next| next.depth > placed.depth)
        };
        self.cells.len() - self.cells.iter().enumerate().filter(|placed| divided(*placed)).count()
    }

    /// How unlikely it is that a cell under none stands behind the others: names and the sum of all stand before money.
    fn late(&self, cell: &HeaderCell, candidates: &[Candidate]) -> Cost {
        use HeaderWord::{Amount, Code, Label, Side, Total};
        let word = |placed: &Placed| candidates[placed.candidate].cell.traits.word;
        let after_money = || self.cells.iter().any(|placed| matches!(word(placed), Some(Amount | Side)));
        match cell.traits.word {
            Some(Code | Label | Total) if after_money() => LATE,
            Some(Code | Label) if self.cells.iter().any(|placed| word(placed) == Some(Total)) => LATE,
            _ => 0,
        }
    }

    /// The cells before the next under the same one, from right to left.
    fn beside(&self, depth: usize) -> impl Iterator<Item = &Placed> {
        let before = self.cells.iter().rev().take_while(move |placed| placed.depth >= depth);
        before.filter(move |placed| placed.depth == depth)
    }

    /// How unlikely it is that a cell stands behind the one before it: codes come before their names, and those before sums.
    fn out_of_order(&self, own: &HeaderTraits, candidates: &[Candidate]) -> Cost {
        use HeaderWord::{Amount, Code, Label, Side, Text, Total};
        let word = |placed: &Placed| candidates[placed.candidate].cell.traits.word;
        let mut beside = self.beside(self.open.len()).map(word);
        let Some(before) = beside.next() else { return 0 };
        let mut has = |word: HeaderWord| beside.any(|other| other == Some(word));
        // Where there are several they come in turn: a code and its name, a name and its money.
        let is_late = match (before, own.word) {
            (Some(Code), Some(Code)) => !own.is_code_level,
            (Some(Label), Some(Code)) => !has(Code),
            (Some(Label), Some(Label)) => has(Code),
            (Some(Amount | Side), Some(Label)) => !has(Label),
            (Some(Text), Some(Amount | Total)) => has(Amount),
            (Some(Total), Some(Code | Label)) | (Some(Amount | Side), Some(Code | Total)) => true,
            _ => false,
        };
        if is_late { DISORDER } else { 0 }
    }

    /// Whether two cells of money side by side may as well stand in the other order: no line has both, nor what is below
    /// them, and the official forms do not tell.
    fn is_free(&self, candidates: &[Candidate]) -> bool {
        let candidate = |at: usize| &candidates[self.cells[at].candidate];
        (0..self.cells.len()).any(|at| {
            let depth = self.cells[at].depth;
            let end_of = |at: usize| (at + 1..self.cells.len()).find(|next| self.cells[*next].depth <= depth);
            let Some(next) = end_of(at).filter(|next| self.cells[*next].depth == depth) else { return false };
            let lines = |from: usize, to: usize| (from..to).fold(0, |lines, at| lines | candidate(at).lines);
            let (this, other) = (candidate(at), candidate(next));
            let are_apart = lines(at, next) & lines(next, end_of(next).unwrap_or(self.cells.len())) == 0;
            are_apart && this.is_money() && other.is_money() && !this.precedes(other)
        })
    }

    /// The cells row by row, and what stands under each.
    fn reading(&self, candidates: &[Candidate]) -> Reading {
        let in_rows: Vec<usize> = (0..=MAX_DEPTH)
            .flat_map(|depth| (0..self.cells.len()).filter(move |at| self.cells[*at].depth == depth))
            .collect();
        let kids = |at: usize| {
            let depth = self.cells[at].depth;
            let end = (at + 1..self.cells.len()).find(|other| self.cells[*other].depth <= depth);
            let is_kid = |other: &usize| {
                self.cells[*other].depth == depth + 1 && (at + 1..end.unwrap_or(self.cells.len())).contains(other)
            };
            let first = in_rows.iter().position(is_kid).unwrap_or_default();
            (first, first + in_rows.iter().filter(|other| is_kid(other)).count())
        };
        let cells = in_rows.iter().map(|at| Rc::clone(&candidates[self.cells[*at].candidate].cell)).collect();
        let roots = (0..in_rows.len()).filter(|idx| self.cells[in_rows[*idx]].depth == 0).collect();
        let children = in_rows.iter().map(|at| kids(*at)).collect();
        Reading { cells, cost: self.total(), grown: Some(Grown { roots, children }), is_free: self.is_free(candidates) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(lines: &[&str]) -> String {
        let lines: Vec<Vec<String>> = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        let readings = readings(&lines, 40, Cost::MAX);
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
