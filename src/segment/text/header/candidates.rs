//! What can be one cell of a header whose lines interleave: pieces of several lines that make a word or may be a name.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::cells::{self, HeaderCell};
use super::over::parent_costs;
use super::parent::{Cells, Rows};
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::SKIPPED;
use crate::terms::header::HeaderWord;

/// A wrapped cell has at most this many lines.
pub(super) const MAX_WRAPS: usize = 4;

/// The lines that a cell is on, a bit each.
pub(super) type Lines = u16;

/// Pieces on different lines, from the top down, that may be one cell.
pub(super) struct Candidate {
    /// The line and the place on it of each.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) lines: Lines,
    pub(super) cell: Rc<HeaderCell>,
    pub(super) cost: Cost,
    /// Whether it is a word of headers, or of one piece: others are cells only beside some on the same lines.
    pub(super) bears_itself: bool,
    /// What its pieces cost at least, whatever cells they are of, in parts.
    pub(super) least: Cost,
}

/// What is counted by piece is counted in so many parts, for cells of up to four pieces.
pub(super) const PARTS: Cost = 12;

/// All that can be a cell of a header.
pub(super) struct Pool {
    pub(super) cells: Vec<Candidate>,
    /// For each line and piece of it those that begin with the piece.
    pub(super) by_first: Vec<Vec<Vec<usize>>>,
    /// What all pieces cost at least, in parts.
    pub(super) least: Cost,
    levels: Vec<Rc<HeaderCell>>,
    /// All families that were asked for: the first are each cell alone.
    families: RefCell<Vec<Members>>,
}

/// A cell and those right below it, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Family(u32);

impl Family {
    fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    fn place(self) -> usize {
        self.0 as usize
    }
}

/// What is known of a family.
struct Members {
    cells: Vec<usize>,
    /// How unlikely it is that the first stands over the others, and over them and more.
    costs: (Cost, Cost),
    /// The same with one cell more.
    longer: Vec<(usize, Family)>,
}

impl Pool {
    pub(super) fn of(lines: &[Vec<String>]) -> Self {
        let mut cells = candidates(lines);
        let mut by_first: Vec<Vec<Vec<usize>>> = lines.iter().map(|line| vec![Vec::new(); line.len()]).collect();
        let mut shares: Vec<Vec<Cost>> = lines.iter().map(|line| vec![Cost::MAX; line.len()]).collect();
        for (idx, candidate) in cells.iter().enumerate() {
            if let Some((line, at)) = candidate.pieces.first() {
                by_first[*line][*at].push(idx);
            }
            // Each piece costs its part of the cheapest cell that it can be of.
            let share = PARTS * candidate.cost / Cost::try_from(candidate.pieces.len()).unwrap_or(1).max(1);
            for (line, at) in &candidate.pieces {
                shares[*line][*at] = share.min(shares[*line][*at]);
            }
        }
        for candidate in &mut cells {
            candidate.least = candidate.pieces.iter().map(|(line, at)| shares[*line][*at]).sum();
        }
        let least = shares.iter().flatten().sum();
        let levels = cells.iter().map(|cell| &cell.cell).filter(|cell| cell.traits.is_code_level).cloned().collect();
        let alone = |idx| Members { cells: vec![idx], costs: (0, 0), longer: Vec::new() };
        let families = RefCell::new((0..cells.len()).map(alone).collect());
        Self { by_first, least, levels, families, cells }
    }

    /// A cell and nothing below it yet.
    pub(super) fn alone(&self, cell: usize) -> Family {
        Family::at(cell)
    }

    /// The cells whose pieces are the next of their lines where so many of each are used.
    pub(super) fn next(&self, used: &[u8]) -> Vec<usize> {
        let first = self.by_first.iter().zip(used).filter_map(|(line, used)| line.get(usize::from(*used))).flatten();
        let is_next = |(line, at): &(usize, usize)| used.get(*line).is_some_and(|used| usize::from(*used) == *at);
        first.copied().filter(|idx| self.cells[*idx].pieces.iter().all(is_next)).collect()
    }

    /// A family with one cell more.
    pub(super) fn longer(&self, family: Family, cell: usize) -> Family {
        let mut families = self.families.borrow_mut();
        if let Some((_, known)) = families[family.place()].longer.iter().find(|(other, _)| *other == cell) {
            return *known;
        }
        let own = [families[family.place()].cells.as_slice(), &[cell]].concat();
        let mut cells: Vec<Rc<HeaderCell>> = own.iter().map(|idx| Rc::clone(&self.cells[*idx].cell)).collect();
        // Parts of a code that stand elsewhere tell that it is parted.
        let n_own = cells.iter().filter(|cell| cell.traits.is_code_level).count();
        cells.extend(self.levels.iter().skip(n_own).cloned());
        let (all, kids) = (Cells::of(&cells), (1, own.len()));
        let costs = parent_costs(&Rows::of(&all, (0, 1), kids), 0, kids);
        let longer = Family::at(families.len());
        families[family.place()].longer.push((cell, longer));
        families.push(Members { cells: own, costs, longer: Vec::new() });
        longer
    }

    /// The cell that stands over the others of a family, and how many all are.
    pub(super) fn head(&self, family: Family) -> (usize, usize) {
        let cells = &self.families.borrow()[family.place()].cells;
        (cells[0], cells.len())
    }

    /// How unlikely it is that the first of a family stands over the others, and over them and more.
    pub(super) fn over(&self, family: Family) -> (Cost, Cost) {
        self.families.borrow()[family.place()].costs
    }
}

/// What can be a cell: each piece, and pieces below each other whose text is a word of headers or may be a name.
fn candidates(lines: &[Vec<String>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut open: Vec<Vec<(usize, usize)>> =
        lines.iter().enumerate().flat_map(|(line, pieces)| (0..pieces.len()).map(move |at| vec![(line, at)])).collect();
    while let Some(pieces) = open.pop() {
        let words: Vec<&str> = pieces.iter().map(|(line, at)| lines[*line][*at].as_str()).collect();
        let text = words.concat();
        let known = HeaderWord::of(&text).is_some();
        let is_name = pieces.len() > 1 && !known && cells::ends_like_name(&text);
        if pieces.len() == 1 || known || is_name {
            out.push(Pieces::of(pieces.clone(), known || pieces.len() == 1));
        }
        // Names that are no words go on over a few lines only; the beginnings of words as long as they are.
        if pieces.len() == MAX_WRAPS || pieces.len() > 2 && !HeaderWord::begins(&text) {
            continue;
        }
        let Some(&(line, at)) = pieces.last() else { continue };
        let share = |line: usize, at: usize| (at as f32 + 0.5) / lines[line].len() as f32;
        for (below, texts) in lines.iter().enumerate().skip(line + 1) {
            for (next, rest) in texts.iter().enumerate() {
                let longer = format!("{text}{rest}");
                let near = (share(line, at) - share(below, next)).abs() <= 0.5;
                if HeaderWord::begins(&longer) || near && (pieces.len() == 1 || cells::ends_like_name(&longer)) {
                    let mut pieces = pieces.clone();
                    pieces.push((below, next));
                    open.push(pieces);
                }
            }
        }
    }
    // Cells stand on the same lines as others: where words of headers do, names do too.
    let words: HashSet<Lines> = out.iter().filter(|cell| cell.bears_itself).map(|cell| cell.lines).collect();
    let n_lines = |lines: Lines| lines.count_ones();
    let wraps: HashSet<u32> = words.iter().map(|lines| n_lines(*lines)).collect();
    out.retain(|cell| cell.bears_itself || words.contains(&cell.lines) || !wraps.contains(&n_lines(cell.lines)));
    out.into_iter().map(|pieces| pieces.cell(lines)).collect()
}

/// Pieces that may be a cell.
struct Pieces {
    pieces: Vec<(usize, usize)>,
    lines: Lines,
    bears_itself: bool,
}

impl Pieces {
    fn of(pieces: Vec<(usize, usize)>, bears_itself: bool) -> Self {
        Self { lines: pieces.iter().fold(0, |lines, (line, _)| lines | 1 << line), pieces, bears_itself }
    }

    fn cell(self, lines: &[Vec<String>]) -> Candidate {
        let Self { pieces, lines: on, bears_itself } = self;
        let words: Vec<&str> = pieces.iter().map(|(line, at)| lines[*line][*at].as_str()).collect();
        let last = pieces.last().map_or(0, |(line, _)| *line);
        let n_skipped = last + 1 - pieces.first().map_or(0, |(line, _)| *line) - pieces.len();
        let cost = cells::cost_of(&words, 0) + SKIPPED * Cost::try_from(n_skipped).unwrap_or(Cost::MAX / 60);
        Candidate { cell: Rc::new(HeaderCell::of(words.concat())), lines: on, cost, bears_itself, pieces, least: 0 }
    }
}

impl Candidate {
    pub(super) fn is_money(&self) -> bool {
        matches!(self.cell.traits.word, Some(HeaderWord::Amount) | None)
    }

    /// Whether all official forms that have both print it left of another.
    pub(super) fn precedes(&self, other: &Self) -> bool {
        let places = self.cell.traits.places.into_iter().zip(other.cell.traits.places);
        let mut known = places.filter_map(|(own, other)| own.zip(other)).peekable();
        known.peek().is_some() && known.all(|(own, other)| own < other)
    }

    /// The lines about which it is centred, in halves of a line: from the first to the last that its middle can be on.
    pub(super) fn centre(&self) -> (usize, usize) {
        let line = |at: usize| self.pieces.get(at).map_or(0, |(line, _)| 2 * line);
        let half = self.pieces.len() / 2;
        if self.pieces.len() % 2 == 1 { (line(half), line(half)) } else { (line(half - 1) + 1, line(half) - 1) }
    }
}
