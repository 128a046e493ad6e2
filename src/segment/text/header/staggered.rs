//! Headers whose cells' lines are printed by their height, as extractors do that sort a page's text from top to bottom.
//!
//! A cell that spans rows stands at half their height, and the lines of a wrapped cell lie above and below its middle; so
//! the lines of cells interleave. What is certain is the order within a line, from left to right, and that cells of the
//! same height and number of lines are on the same lines. The cells are put together from left to right, each of the first
//! pieces that are left of some lines.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::candidates::{self, Candidate, Lines, PARTS};
use super::cells::{HeaderCell, Reading};
use super::grown::Grown;
use super::parent::Rows;
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::*;
use crate::terms::header::HeaderWord;

/// Headers have at most so many rows of cells over cells.
const MAX_DEPTH: usize = 2;

/// So many ways are gone on with after each piece, and so many of them that used the same pieces.
const MAX_WAYS: usize = 50;
const MAX_ALIKE: usize = 2;

/// So many readings are given.
const MAX_READINGS: usize = 12;

/// More lines, pieces and cells that they may make are not put together: the ways grow with all three.
const MAX_LINES: usize = 12;
const MAX_PIECES: usize = 40;
const MAX_CANDIDATES: usize = 1_500;

/// With more cells than this fewer ways are gone on with.
const MANY_CANDIDATES: usize = 400;
const MAX_WAYS_OF_MANY: usize = 30;

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
    used: Vec<u8>,
    cells: Vec<Placed>,
    /// The cells above the next, by their place in `cells`.
    open: Vec<usize>,
    /// The kinds of the cells so far, and the lines that each is on.
    kinds: Vec<(Kind, Lines)>,
    /// How unlikely the cells are as words, and on their lines.
    cost: Cost,
    /// How unlikely it is that they stand over each other so, which the tree of the header weighs again.
    shape: Cost,
    /// What the pieces that are left cost at least, in twelfths.
    ahead: Cost,
}

/// The likely readings of the pieces, each with its rows one after the other and each row's first cell beginning a line.
pub(super) fn readings(lines: &[Vec<String>], widest: usize) -> Vec<Reading> {
    let n_pieces: usize = lines.iter().map(Vec::len).sum();
    // Where no two pieces are on one line nothing is sorted by its height.
    if lines.len() < 2 || lines.len() > MAX_LINES || n_pieces > MAX_PIECES || n_pieces == lines.len() {
        return Vec::new();
    }
    let candidates = candidates::candidates(lines);
    if candidates.len() > MAX_CANDIDATES {
        return Vec::new();
    }
    let mut by_first: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for (idx, candidate) in candidates.iter().enumerate() {
        if let Some(first) = candidate.pieces.first() {
            by_first.entry(*first).or_default().push(idx);
        }
    }
    let max_ways = if candidates.len() > MANY_CANDIDATES { MAX_WAYS_OF_MANY } else { MAX_WAYS };
    let shares = candidates::shares(&candidates);
    let start = Way {
        used: vec![0; lines.len()],
        cells: Vec::new(),
        open: Vec::new(),
        kinds: Vec::new(),
        cost: STAGGERED,
        shape: 0,
        ahead: shares.values().sum(),
    };
    let mut by_used: Vec<Vec<Way>> = vec![Vec::new(); n_pieces + 1];
    by_used[0].push(start);
    for n_used in 0..n_pieces {
        for way in kept(std::mem::take(&mut by_used[n_used]), &candidates, max_ways) {
            for way in way.closed(&candidates) {
                let first = |line: usize| (line, usize::from(way.used[line]));
                for idx in (0..lines.len()).filter_map(|line| by_first.get(&first(line))).flatten() {
                    let candidate = &candidates[*idx];
                    if !way.takes(candidate) {
                        continue;
                    }
                    let longer = n_used + candidate.pieces.len();
                    let ahead = candidate.pieces.iter().filter_map(|piece| shares.get(piece)).sum::<Cost>();
                    by_used[longer].extend(
                        way.with(*idx, candidate, &candidates, widest)
                            .into_iter()
                            .map(|way| Way { ahead: way.ahead.saturating_sub(ahead), ..way }),
                    );
                }
            }
        }
    }
    let whole = std::mem::take(&mut by_used[n_pieces]).into_iter();
    let mut whole: Vec<Way> = whole
        .flat_map(|way| way.closed(&candidates).into_iter().filter(|way| way.open.is_empty()).collect::<Vec<_>>())
        .collect();
    whole.sort_by_key(|way| way.cost + way.shape);
    let mut out: Vec<Reading> = Vec::new();
    for way in whole {
        let reading = way.reading(&candidates);
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
fn kept(mut ways: Vec<Way>, candidates: &[Candidate], max_ways: usize) -> Vec<Way> {
    ways.sort_by_cached_key(|way| way.at_least(candidates));
    let mut alike: BTreeMap<(Vec<u8>, usize), usize> = BTreeMap::new();
    ways.retain(|way| {
        let n = alike.entry((way.used.clone(), way.open.len())).or_default();
        *n += 1;
        *n <= MAX_ALIKE
    });
    ways.truncate(max_ways);
    ways
}

impl Way {
    /// Whether the pieces of a cell are the next of their lines.
    fn takes(&self, candidate: &Candidate) -> bool {
        candidate.pieces.iter().all(|(line, at)| usize::from(self.used[*line]) == *at)
    }

    /// The same, and with the last cells that stand over others closed.
    fn closed(self, candidates: &[Candidate]) -> Vec<Self> {
        let mut out = vec![self];
        while let Some(way) = out.last().filter(|way| !way.open.is_empty()) {
            let Some(closed) = way.without_open(candidates) else { break };
            out.push(closed);
        }
        out
    }

    /// The same with the last cell that stands over others closed; it needs two below it.
    fn without_open(&self, candidates: &[Candidate]) -> Option<Self> {
        let (shape, _) = self.over_its_own(*self.open.last()?, candidates)?;
        let mut closed = self.clone();
        closed.open.pop();
        closed.shape += shape;
        Some(closed)
    }

    /// How unlikely it is that a cell stands over those below it so far, two at least, and over them and more.
    fn over_its_own(&self, over: usize, candidates: &[Candidate]) -> Option<(Cost, Cost)> {
        let cell = |placed: &Placed| Rc::clone(&candidates[placed.candidate].cell);
        let depth = self.cells.get(over)?.depth;
        let below = self.cells.iter().skip(over + 1).filter(|placed| placed.depth == depth + 1);
        let mut cells: Vec<Rc<HeaderCell>> = self.cells.get(over).into_iter().chain(below).map(cell).collect();
        let kids = (1, cells.len());
        // Parts of a code that stand elsewhere tell that it is parted.
        let is_level = |cell: &&Rc<HeaderCell>| cell.traits.is_code_level;
        let levels = candidates.iter().map(|candidate| &candidate.cell).filter(is_level);
        let n_own = cells.iter().filter(is_level).count();
        let elsewhere: Vec<Rc<HeaderCell>> = levels.skip(n_own).cloned().collect();
        cells.extend(elsewhere);
        (kids.1 > 2).then(|| Rows::of(&cells, (0, 1), kids).parent_costs(0, kids))
    }

    /// What the way costs at least, as far as it can be seen, in parts.
    fn at_least(&self, candidates: &[Candidate]) -> Cost {
        let open = self.open.iter().filter_map(|over| self.over_its_own(*over, candidates));
        let open: Cost = open.map(|(_, least)| least).sum();
        PARTS * (self.cost + self.shape + open) + self.ahead
    }

    /// The same with one cell more, as a column and as a cell over the next.
    fn with(&self, idx: usize, candidate: &Candidate, candidates: &[Candidate], widest: usize) -> Vec<Self> {
        let depth = self.open.len();
        let first = |candidate: &Candidate| candidate.pieces.first().map_or(0, |(line, _)| *line);
        // A cell stands below the one over it.
        let over = self.open.last().and_then(|over| self.cells.get(*over));
        if over.is_some_and(|over| first(&candidates[over.candidate]) >= first(candidate)) {
            return Vec::new();
        }
        let mut longer = self.clone();
        for (line, _) in &candidate.pieces {
            longer.used[*line] += 1;
        }
        longer.cost += candidate.cost;
        if depth == 0 {
            longer.shape += self.late(&candidate.cell, candidates);
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
        out
    }

    /// Whether the same cells are found in the other order: of two columns of money side by side that are on no line
    /// together either may be the first.
    fn swapped(&self, candidate: &Candidate, candidates: &[Candidate]) -> bool {
        let Some(last) = self.cells.last().filter(|last| last.depth == self.open.len()) else { return false };
        let last = &candidates[last.candidate];
        last.is_money() && candidate.is_money() && last.lines & candidate.lines == 0 && last.comes_after(candidate)
    }

    /// Counts what it costs that a cell is on its lines.
    fn note(&mut self, candidate: &Candidate, depth: usize, is_over: bool) {
        let on = (Kind { depth, n_lines: candidate.pieces.len(), is_over }, candidate.lines);
        if self.kinds.contains(&on) {
            return;
        }
        let is_other = self.kinds.iter().any(|(kind, _)| *kind == on.0);
        self.cost += if candidate.bears_itself { NEW_LINES } else { NEW_LINES_OF_NAME };
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
            _ => 0,
        }
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
        Reading { cells, cost: self.cost + self.shape, grown: Some(Grown { roots, children }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(lines: &[&str]) -> String {
        let lines: Vec<Vec<String>> = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        let readings = readings(&lines, 40);
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
